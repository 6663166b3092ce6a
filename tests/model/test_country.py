"""Country codes that exist, and the codes that publishers' spellings mean."""

from __future__ import annotations

import csv
from importlib import resources

import pycountry
import pytest

from sanctions_tracker.errors import UnknownCountryError
from sanctions_tracker.model.country import checked_code, country_code, country_name, known_codes


@pytest.mark.parametrize("code", ["IR", "US", "GB", "EU", "UN", "XK", "SU", "YU", "DD"])
def test_known_codes(code: str) -> None:
    assert checked_code(code) == code
    assert country_name(code)


@pytest.mark.parametrize("code", ["", "ir", "Iran", "IRN", "ZZ", "UK", "*", " IR"])
def test_unknown_codes(code: str) -> None:
    with pytest.raises(UnknownCountryError, match="give an ISO 3166 two-letter code") as caught:
        checked_code(code)
    assert caught.value.value == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("IR", "IR"),
        ("ir", "IR"),
        (" Iran ", "IR"),
        ("IRAN, ISLAMIC REPUBLIC OF", "IR"),
        ("IRN", "IR"),
        ("Korea, North", "KP"),
        ("Côte d'Ivoire", "CI"),
        ("cote d’ivoire", "CI"),
        ("European Union", "EU"),
        ("Kosovo", "XK"),
        ("Soviet Union", "SU"),
        ("", None),
        ("--", None),
        ("Ruritania", None),
        ("إيران", None),
    ],
)
def test_what_a_spelling_means(text: str, code: str | None) -> None:
    assert country_code(text) == code


def test_every_country_is_known_by_its_names() -> None:
    for country in pycountry.countries:
        assert country_code(country.alpha_2) == country.alpha_2
        assert country_code(country.alpha_3) == country.alpha_2
        assert country_code(country.name) == country.alpha_2


def test_no_two_countries_are_shown_alike() -> None:
    shown = {country_name(country.alpha_2): country.alpha_2 for country in pycountry.countries}
    assert len(shown) == len(pycountry.countries)
    assert all(country_code(name) in {code, None} for name, code in shown.items())


def test_the_reviewed_table() -> None:
    table = resources.files("sanctions_tracker.model").joinpath("data/country_names.tsv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(table.splitlines(), delimiter="\t"))
    assert rows
    for row in rows:
        assert row["code"] in known_codes()
        assert row["source"]
        assert country_code(row["spelling"]) == row["code"]


def test_names_to_show() -> None:
    assert [country_name(code) for code in ("IR", "GB", "EU", "XK", "SU")] == [
        "Iran",
        "United Kingdom",
        "European Union",
        "Kosovo",
        "USSR",
    ]
    with pytest.raises(UnknownCountryError):
        country_name("ZZ")
