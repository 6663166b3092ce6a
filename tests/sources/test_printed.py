"""Countries and dates as publishers print them, and the cells that nobody should print."""

from __future__ import annotations

import pytest

from sanctions_tracker.model import PartialDate
from sanctions_tracker.sources.numbered import broken_numbering, items, led_items
from sanctions_tracker.sources.printed import nationalities, opening_country, partial_date, place_at_end, place_code

#: How many characters; a pattern that went back for each of them would take minutes.
ENDLESS_BLANKS, ENDLESS_WORDS = 1_000_000, 100_000
ENDLESS = (" ", "a, ", "former ", "x. ", "x now ", "circa ", "as of ", "a citizen ", "(1) ", "and ", "(", "\t\n", "In ")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("IQ", "IQ"),
        (" NA ", "NA"),
        ("UK", "GB"),
        ("na", None),
        ("no", None),
        ("No.", None),
        ("uk", None),
        ("No. (Iraqi)", None),
        ("IT (former)", None),
        ("UK (previous)", "GB"),
        ("US national/citizen", "US"),
        ("USSR  (now\nBelarus)", "BY"),
    ],
)
def test_two_letters_are_a_code_only_in_capitals_and_alone(text: str, code: str | None) -> None:
    assert place_code(text) == code
    assert nationalities(text) == ((code,) if code else ())


@pytest.mark.parametrize(
    ("text", "code"), [("Wilmington, DE", None), ("Tirana, AL", None), ("London, UK", "GB"), ("Rome,  Italy", "IT")]
)
def test_two_letters_behind_a_city_are_no_country(text: str, code: str | None) -> None:
    assert place_at_end(text) == code


def test_a_country_behind_another_of_two_letters() -> None:
    assert nationalities("Iranian, UK") == ("IR", "GB")
    assert nationalities("Iranian, na") == ()


def test_only_a_day_can_be_approximate() -> None:
    assert partial_date("circa 1965") == PartialDate("1965~")
    assert partial_date("circa 1960-1965") is None
    assert partial_date("circa " * 5000 + "1965") is None  # no call within a call for each of them


@pytest.mark.parametrize("unit", ENDLESS)
def test_an_endless_cell_is_read_in_time(unit: str) -> None:
    text = unit * ((ENDLESS_WORDS if unit.strip() else ENDLESS_BLANKS) // len(unit))
    for cell in (text, f"{text}x", f"Iraq{text}(("):
        assert place_code(cell) in {None, "IQ"}
        assert partial_date(cell) is None
        assert place_at_end(cell) is None
        assert opening_country(cell) in {None, "IQ"}
        assert len(items(cell)) == 1
        assert led_items(cell)[1] == ()
        assert not broken_numbering(cell) or unit == "(1) "
    assert nationalities(text) == ()
