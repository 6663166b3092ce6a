"""Numbers against their own check digits: by type, by country, by label, and whatever a publisher may print."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctions_tracker.model import Identifier, Name, Note, Origin, Target
from sanctions_tracker.model.check_digits import check, is_company_imo, is_vessel_imo
from sanctions_tracker.model.vocabulary import IdentifierType, TargetKind
from sanctions_tracker.sources import tables
from sanctions_tracker.sources.check_digits import FAILS, fails, noted
from sanctions_tracker.sources.parts import Entry, Heading

T = IdentifierType
ROWS = tables.rows("check_digits")

#: One sound number of each kind that is checked most, invented or published as an example.
SOUND = [
    (T.IMO_VESSEL, None, "", "9074729"),
    (T.IMO_COMPANY, None, "", "1234565"),
    (T.LEI, None, "", "5493001KJTIIGC8Y1R12"),
    (T.ISIN, None, "", "US0378331005"),
    (T.TAX_ID, "RU", "", "7707083893"),
    (T.TAX_ID, "RU", "", "500100732259"),
    (T.TAX_ID, "UA", "", "1759013776"),
    (T.TAX_ID, "TR", "", "4540536920"),
    (T.TAX_ID, "AR", "", "20055361682"),
    (T.TAX_ID, "PL", "", "8567346215"),
    (T.TAX_ID, "HR", "", "33392005961"),
    (T.TAX_ID, None, "INN", "7707083893"),
    (T.TAX_ID, None, "innCode", "7707083893"),
    (T.REGISTRATION, "RU", "", "1027700132195"),
    (T.REGISTRATION, "RU", "", "304500116000157"),
    (T.REGISTRATION, None, "OGRN", "1027700132195"),
    (T.REGISTRATION, "CN", "", "91110000600037341L"),
    (T.REGISTRATION, "IR", "", "10380284790"),
    (T.NATIONAL_ID, "IR", "", "0499370899"),
    (T.NATIONAL_ID, "IR", "", "10380284790"),
    (T.NATIONAL_ID, "TR", "", "17291716060"),
    (T.NATIONAL_ID, "CN", "", "11010519491231002X"),
    (T.NATIONAL_ID, "MX", "", "BOXW310820HNERXN09"),
    (T.NATIONAL_ID, "EC", "", "1714307103"),
]
#: Those whose rule finds every single wrong digit. Not among them: Russian and Iranian numbers, where a
#: remainder of ten or eleven is written like another one, and those of ships, whose weights share divisors with ten.
FINDS_EVERY_DIGIT = [
    (T.LEI, None, "5493001KJTIIGC8Y1R12"),
    (T.ISIN, None, "US0378331005"),
    (T.TAX_ID, "ZA", "0001339050"),
    (T.NATIONAL_ID, "CN", "11010519491231002X"),
    (T.REGISTRATION, "CN", "91110000600037341L"),
    (T.TAX_ID, "HR", "33392005961"),
]


def identifier(kind: T, number: str, country: str | None = None, label: str = "") -> Identifier:
    return Identifier(kind, number, label=label, country=country)


@pytest.mark.parametrize(("kind", "country", "label", "number"), SOUND)
def test_sound_numbers_pass_and_a_wrong_last_digit_fails(kind: T, country: str | None, label: str, number: str) -> None:
    assert not fails(identifier(kind, number, country, label))
    wrong = number[:-1] + ("1" if number[-1] != "1" else "2")
    assert fails(identifier(kind, wrong, country, label))


@pytest.mark.parametrize(
    ("kind", "country", "number"),
    [
        (T.IMO_VESSEL, None, "IMO 9074729"),
        (T.IMO_VESSEL, None, "IMO9074729"),
        (T.IMO_VESSEL, None, " imo: 9074729"),
        (T.IMO_COMPANY, None, "IMO 1234565"),
        (T.TAX_ID, "RU", "77 07\N{NO-BREAK SPACE}083-893"),
        (T.TAX_ID, "CO", "213.123.432\N{EN DASH}1"),
        (T.TAX_ID, "CH", "CHE-107.787.577"),
    ],
)
def test_signs_between_digits_do_not_count(kind: T, country: str | None, number: str) -> None:
    assert not fails(identifier(kind, number, country))
    assert fails(identifier(kind, re.sub(r"\d$", lambda last: str(9 - int(last[0])), number), country))


@pytest.mark.parametrize(
    ("kind", "country", "label", "number"),
    [
        (T.TAX_ID, None, "", "7707083894"),  # whose number it is nobody says
        (T.TAX_ID, None, "Tax ID No.", "7707083894"),
        (T.TAX_ID, "KZ", "", "7707083894"),  # no rule is known for the country
        (T.TAX_ID, "RU", "", "770701001"),  # the nine digits of a KPP, which has no check digit
        (T.REGISTRATION, "RU", "Government Gazette Number", "12345678"),
        (T.REGISTRATION, "RU", "", "7707083894"),
        (T.TAX_ID, "BY", "", "807000028"),
        (T.PASSPORT, "RU", "", "7707083894"),
        (T.OTHER, None, "", "9074728"),
        (T.MMSI, None, "", "1"),
        (T.WALLET, None, "XBT", "1"),
        (T.TAX_ID, "RU", "", "٧٧٠٧٠٨٣٨٩٤"),
    ],
)
def test_what_no_scheme_is_known_of_passes(kind: T, country: str | None, label: str, number: str) -> None:
    assert not fails(identifier(kind, number, country, label))


@pytest.mark.parametrize("number", ["IMO 15411", "90747290", "9074729 / 9074731", "٩٠٧٤٧٢٩", "9" * 100_000, "IMO"])
def test_an_unmistakable_type_fails_by_its_length_and_signs_as_well(number: str) -> None:
    assert fails(identifier(T.IMO_VESSEL, number))
    assert fails(identifier(T.IMO_COMPANY, number))
    assert fails(identifier(T.LEI, number))
    assert fails(identifier(T.TAX_ID, number, "RU", "Tax ID No."))


def test_ships_and_companies_have_rules_of_their_own() -> None:
    assert is_vessel_imo("9074729")
    assert not is_company_imo("9074729")
    assert is_company_imo("1234565")
    assert not is_vessel_imo("1234565")
    assert not is_vessel_imo("907472")


def test_one_of_several_schemes_is_enough() -> None:
    """A Bulgarian personal number may be a citizen's or a foreigner's."""
    citizen, foreigner = "7523169263", "7111042925"
    assert not fails(identifier(T.NATIONAL_ID, citizen, "BG"))
    assert not fails(identifier(T.NATIONAL_ID, foreigner, "BG"))
    assert fails(identifier(T.NATIONAL_ID, "7523169264", "BG"))


@pytest.mark.parametrize(
    "row", ROWS, ids=lambda row: "-".join(filter(None, (row["type"], row["country"], row["label"])))
)
def test_each_row_names_a_type_a_scheme_and_its_source(row: dict[str, str]) -> None:
    assert T(row["type"])
    assert callable(check(row["scheme"]))
    re.compile(row["shape"])
    assert row["source"]
    Identifier(T(row["type"]), "1", country=row["country"] or None)


@given(st.sampled_from(ROWS), st.data())
def test_no_text_raises(row: dict[str, str], data: st.DataObject) -> None:
    """Neither a text of the scheme's own shape nor any other."""
    shaped = st.from_regex(re.compile(row["shape"] or r"[A-Z0-9 ]{1,20}", re.ASCII), fullmatch=True)
    number = data.draw(st.one_of(shaped, st.text(min_size=1)).filter(str.strip))
    assert fails(identifier(T(row["type"]), number, row["country"] or None, row["label"])) in {True, False}


@given(st.sampled_from(FINDS_EVERY_DIGIT), st.data())
def test_one_wrong_digit_is_found(sound: tuple[T, str | None, str], data: st.DataObject) -> None:
    kind, country, number = sound
    assert not fails(identifier(kind, number, country))
    at = data.draw(st.sampled_from([index for index, sign in enumerate(number) if sign.isdigit()]))
    other = data.draw(st.sampled_from("0123456789").filter(lambda digit: digit != number[at]))
    assert fails(identifier(kind, number[:at] + other + number[at + 1 :], country))


def test_an_entry_gets_a_note_and_keeps_its_number() -> None:
    wrong = Identifier(T.IMO_VESSEL, "9074728", label="IMO", origin=Origin("xx", "1", "row 2"))
    right = Identifier(T.IMO_VESSEL, "9074729", label="IMO")
    first, second = (
        Target(f"xx:{index}", TargetKind.VESSEL, (Name("Sea Star"),), identifiers=(number,))
        for index, number in enumerate((wrong, right))
    )
    before = Note("something else")
    parts = list(noted(iter([Heading("xx"), Entry(first, notes=(before,)), Entry(second), before])))
    assert parts == [
        Heading("xx"),
        Entry(first, notes=(before, Note(f"{FAILS}: IMO 9074728", wrong.origin))),
        Entry(second),
        before,
    ]
