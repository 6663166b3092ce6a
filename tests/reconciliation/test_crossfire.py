"""Parties between two sides."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable

import attrs
import pytest

import sanctions_tracker as st
from sanctions_tracker import model
from sanctions_tracker.errors import NothingToSearchError, ReconciliationError, UnknownCountryError
from sanctions_tracker.model import PartialDate
from sanctions_tracker.model.vocabulary import ActionKind, EventKind, MeasureKind
from sanctions_tracker.reconciliation import Crossfire, CrossfireKind, acting_together, crossfire, opposing_sides
from tests.builders import announced, listed, official_list, target

TODAY = dt.date(2025, 1, 1)
BODIES = {"us": "US", "ir": "IR", "ru": "RU", "gb": "GB"}


def data(actions: Iterable[model.Action], holds: dict[str, tuple[str, ...]], *, of: str = "SY") -> model.SanctionsList:
    """Bodies of four countries; for each party, whose measures are on it."""
    return model.SanctionsList(
        "data",
        date=PartialDate("2025-01-01"),
        sanctioners=tuple(model.Sanctioner(key, key, country=country) for key, country in BODIES.items()),
        targets=tuple(target(key, f"Party {key}", country=of) for key in holds),
        measures=tuple(
            attrs.evolve(listed(key, "2020-01-01", sanctioner=body), id=f"{key}/{body}")
            for key, bodies in holds.items()
            for body in bodies
        ),
        actions=tuple(actions),
    )


def acts(*pairs: tuple[str, str, str]) -> list[model.Action]:
    return [announced(f"{by}-{on}-{day}", day, by, on) for by, on, day in pairs]


OPPOSED = acts(("us", "IR", "2020-01-01"), ("ir", "US", "2020-02-01"))


def told(found: Iterable[Crossfire]) -> list[tuple[CrossfireKind, tuple[str, str], str | None, str]]:
    return [(one.kind, one.sides, one.party[1] if one.party else None, one.of) for one in found]


def test_both_of_two_opposing_sides_list_it() -> None:
    found = crossfire(data(OPPOSED, {"p": ("us", "ir"), "q": ("us",)}), TODAY)
    assert told(found) == [(CrossfireKind.BOTH_SIDES, ("IR", "US"), "p", "")]
    assert [(held.by, [one.id for one in held.measures]) for held in found[0].holdings] == [
        ("IR", ["p/ir"]),
        ("US", ["p/us"]),
    ]
    assert str(found[0]) == "Party p is listed by Iran and United States, which oppose each other"


def test_sides_that_do_not_answer_each_other_do_not_oppose() -> None:
    one = data(acts(("us", "IR", "2020-01-01")), {"p": ("us", "ir")})
    assert opposing_sides([one], TODAY) == frozenset()
    assert crossfire(one, TODAY) == ()


def test_the_user_may_say_who_opposes_whom() -> None:
    one = data([], {"p": ("us", "gb")})
    assert told(crossfire(one, TODAY, opposing=[("GB", "United States")])) == [
        (CrossfireKind.BOTH_SIDES, ("GB", "US"), "p", "")
    ]


def test_opposition_begins_on_the_day_of_the_second_action() -> None:
    one = data(OPPOSED, {})
    assert opposing_sides([one], dt.date(2020, 1, 31)) == frozenset()
    assert opposing_sides([one], dt.date(2020, 2, 1)) == {("IR", "US")}


TWO_RIVALS = [*OPPOSED, *acts(("us", "RU", "2021-01-01"), ("ru", "US", "2021-02-01"))]


def test_two_that_oppose_its_own_country_list_it() -> None:
    one = data(TWO_RIVALS, {"p": ("ir", "ru")}, of="US")
    expected = [(CrossfireKind.ADVERSARIES, ("IR", "RU"), "p", "US")]
    assert told(crossfire(one, TODAY)) == expected
    assert told(crossfire(one, TODAY, between=("US", "IR"))) == expected
    assert told(crossfire(one, TODAY, between=("US", "GB"))) == []


def test_what_allies_list_together_is_no_crossfire() -> None:
    same_day = [*TWO_RIVALS, *acts(("ru", "US", "2020-02-01"))]
    one = data(same_day, {"p": ("ir", "ru")}, of="US")
    assert acting_together([one], TODAY) == {("IR", "RU")}
    assert crossfire(one, TODAY) == ()
    assert len(crossfire(one, TODAY, together=[])) == 1
    assert crossfire(data(TWO_RIVALS, {"p": ("ir", "ru")}, of="US"), TODAY, together=[("RU", "IR")]) == ()


def test_what_binds_no_more_is_none() -> None:
    one = data(OPPOSED, {"p": ("us", "ir")})
    gone = model.MeasureEvent(EventKind.DELISTED, PartialDate("2024-01-01"))
    later = attrs.evolve(
        one, measures=(one.measures[0], attrs.evolve(one.measures[1], events=(*one.measures[1].events, gone)))
    )
    assert len(crossfire(later, dt.date(2023, 12, 31))) == 1
    assert crossfire(later, dt.date(2024, 1, 1)) == ()


def test_records_of_two_lists_are_one_party_where_their_names_say_so() -> None:
    number = model.Identifier(model.vocabulary.IdentifierType.NATIONAL_ID, "0499370899", country="IR")
    mine, theirs = (
        attrs.evolve(target(f"{who}:1", "Ruhollah Zzyzxpour Karimabadi", country="IR"), identifiers=(number,))
        for who in ("us", "ir")
    )
    lists = [
        official_list("US", "2025-01-01", [(mine, listed("us:1", "2020-01-01"))], list_id="us-list"),
        official_list("IR", "2025-01-01", [(theirs, listed("ir:1", "2020-01-01"))], list_id="ir-list"),
    ]
    found = crossfire(lists, TODAY, opposing=[("US", "IR")])
    assert [(one.party, one.certain) for one in found] == [(("ir-list", "ir:1"), True)]
    assert [held.list_id for held in found[0].holdings] == ["ir-list", "us-list"]


def test_a_blocking_statute_is_told_between_its_two_sides_only() -> None:
    bundled = st.bundled()
    found = crossfire(bundled, dt.date(2026, 1, 1), between=("EU", "US"))
    assert [(one.kind, one.sides, [law.id for law in one.statutes]) for one in found] == [
        (CrossfireKind.FORBIDDEN_TO_OBEY, ("EU", "US"), ["eu-20180807-blocking"])
    ]
    assert "European Union forbids" in str(found[0])
    assert crossfire(bundled, dt.date(2018, 8, 6), between=("EU", "US")) == ()
    china = crossfire(bundled, dt.date(2026, 1, 1), between=("CN", "CA"))
    assert [(one.sides, one.statutes[0].id) for one in china] == [(("CN", "*"), "cn-20210610-afsl")]


def test_a_party_may_be_forbidden_by_name() -> None:
    law = announced("law", "2020-01-01", "ir", "US", kind=ActionKind.BLOCKING_STATUTE)
    one = data([law], {"p": ("ir",)}, of="IR")
    ban = attrs.evolve(one.measures[0], kind=MeasureKind.COMPLIANCE_PROHIBITION, actions=("law",))
    found = crossfire(attrs.evolve(one, measures=(ban,)), TODAY, between=("IR", "US"))
    assert told(found) == [
        (CrossfireKind.FORBIDDEN_TO_OBEY, ("IR", "US"), None, ""),
        (CrossfireKind.FORBIDDEN_TO_OBEY, ("IR", "US"), "p", ""),
    ]
    assert str(found[1]) == "Iran forbids Party p to obey measures of United States"


def test_json_names_every_measure_and_source() -> None:
    found = crossfire(st.bundled(), dt.date(2026, 1, 1), between=("IR", "US"))
    data = json.loads(json.dumps([one.to_json() for one in found]))
    (milley,) = (one for one in data if one["party"] == ["bundled", "us-milley"])
    assert [held["by"] for held in milley["holdings"]] == ["IR", "RU"]
    assert all(held["sources"] and held["measures"] for held in milley["holdings"])


def test_bad_questions() -> None:
    with pytest.raises(NothingToSearchError):
        crossfire([], TODAY)
    with pytest.raises(UnknownCountryError):
        crossfire(data([], {}), TODAY, between=("IR", "Ruritania"))
    with pytest.raises(ReconciliationError, match="US was given twice"):
        crossfire(data([], {}), TODAY, opposing=[("US", "United States")])


def test_a_listing_without_a_day_stands_in_the_crossfire() -> None:
    one = data(OPPOSED, {"p": ("us", "ir")})
    undated = attrs.evolve(one, measures=tuple(attrs.evolve(measure, events=()) for measure in one.measures))
    assert told(crossfire(undated, TODAY)) == [(CrossfireKind.BOTH_SIDES, ("IR", "US"), "p", "")]
