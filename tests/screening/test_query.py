"""What can be asked, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as hs

import sanctions_tracker as st
from sanctions_tracker.errors import InvalidNameError, QueryError, UnknownCountryError
from sanctions_tracker.model import PartialDate
from sanctions_tracker.model.vocabulary import IdentifierType, TargetKind
from tests import strategies
from tests.builders import target


def test_a_row_with_all_that_is_known() -> None:
    query = st.Query.of(
        {
            "Name": " Ali Rezaei ",
            "Type": "Individual",
            "Date of birth": "1975-03; 1976",
            "Nationality": "Iran; Syria",
            "Sex": "M",
            "passport": "P123456 (ir); Q99999",
            "tax_id": "",
            "address": None,
            "ID": "customer 7",
        }
    )
    assert query.names == ("Ali Rezaei",)
    assert query.kind is TargetKind.PERSON
    assert query.births == (PartialDate("1975-03"), PartialDate("1976"))
    assert query.countries == ("IR", "SY")
    assert (query.gender, query.address, query.reference) == ("male", "", "customer 7")
    passports = [(IdentifierType.PASSPORT, "P123456", "IR"), (IdentifierType.PASSPORT, "Q99999", None)]
    assert [(one.type, one.number, one.country) for one in query.identifiers] == passports


def test_a_comma_stands_inside_a_name() -> None:
    assert st.Query.of({"name": "Rezaei, Ali"}).names == ("Rezaei, Ali",)


def test_identifiers_as_a_list() -> None:
    query = st.Query.of({"name": "X1", "identifiers": [{"type": "imo_vessel", "number": "9167253", "country": "pa"}]})
    assert query.identifiers == (st.Identifier(IdentifierType.IMO_VESSEL, "9167253", country="PA"),)
    assert st.Query.of({"name": "X1", "identifiers": query.identifiers}) == query


def test_a_listed_party_asks_by_its_strong_names() -> None:
    query = st.Query.of(target("7", "Ali Rezaei", "Aly Rezai", country="IR", weak=["The Engineer"]))
    assert query.names == ("Ali Rezaei", "Aly Rezai")
    assert (query.kind, query.countries, query.reference) == (TargetKind.PERSON, ("IR",), "7")


@given(hs.one_of(strategies.targets(), strategies.names.map(lambda name: name.text)))
def test_a_query_of_a_query_is_itself(asked: Any) -> None:
    query = st.Query.of(asked)
    assert st.Query.of(query) is query


def test_the_askers_reference_is_no_part_of_the_question() -> None:
    one, other = st.Query(("Ali",), reference="1"), st.Query(("Ali",), reference="2")
    assert one == other
    assert one.key == other.key
    assert one.key != st.Query(("Ali",), kind=TargetKind.PERSON).key


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"nmae": "Ali"}, "unknown heading 'nmae': known are name, "),
        ({}, "needs a name"),
        ({"name": ""}, "needs a name"),
        ({"kind": "person"}, "needs a name"),
        ({"name": "Ali", "dob": "21/03/1975"}, "write dates as 1975-03-21"),
        ({"name": "Ali", "kind": "firm"}, "unknown kind 'firm'"),
        ({"name": "Ali", "gender": "x"}, "unknown gender"),
        ({"name": "Ali", "country": 7}, "a list of texts"),
        ({"name": "Ali", "gender": 7}, "expected a text"),
        ({"name": "Ali", "passport": "P1 (ZZ)"}, "ZZ"),
        ({"name": "Ali", "identifiers": "P1"}, "a column of its own"),
        ({"name": "Ali", "identifiers": [{"type": "pass", "number": "1"}]}, "type, number and country"),
        ({"name": "Ali", "identifiers": [7]}, "type, number and country"),
        ({"name": "Ali", None: ["more"]}, "more cells than the table has columns"),
        ({"name": "Ali", "id": "1", "reference": "2"}, "says reference a second time"),
        (7, "not int"),
    ],
)
def test_what_is_refused(asked: Any, message: str) -> None:
    with pytest.raises(QueryError, match=message.replace("(", r"\(")):
        st.Query.of(asked)


def test_names_and_countries_that_are_none() -> None:
    with pytest.raises(InvalidNameError):
        st.Query.of("---")
    with pytest.raises(UnknownCountryError, match="Ruritania"):
        st.Query.of({"name": "Ali", "country": "Ruritania"})
