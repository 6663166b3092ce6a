"""How many numbers of the official lists fail their own check, by type and country."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import sanctions_tracker as st
from sanctions_tracker.model.vocabulary import IdentifierType
from sanctions_tracker.sources.check_digits import FAILS, fails, is_company_imo, is_vessel_imo

pytestmark = pytest.mark.real

#: Numbers that fail in OFAC's advanced list of 2025-11-19. Of the Russian tax numbers 11 have an INN's length.
OFAC = {
    "imo_company": 6,
    "national_id BR": 1,
    "national_id CN": 1,
    "national_id IR": 7,
    "national_id MX": 2,
    "national_id ZA": 1,
    "registration CN": 1,
    "registration RU": 8,
    "registration SG": 1,
    "tax_id BY": 2,
    "tax_id CO": 1,
    "tax_id DE": 1,
    "tax_id RU": 40,
    "tax_id TR": 1,
}
#: Numbers that fail in the other lists. Chinese and Brazilian securities are printed with slips of the pen.
OTHERS: dict[str, dict[str, int]] = {
    "us_ofac/consolidated_2026-01-08.xml": {"isin": 3, "tax_id RU": 1},
    "us_ofac/cons_enhanced_2026-01-08.xml": {"isin": 3, "tax_id RU": 1},
    "us_ofac/cons_csv_2025-12": {"isin": 3, "tax_id RU": 1},
    "us_ofac/sdn_enhanced_IRGC_subset_2024-08-28.xml": {},
    "eu/full_2024-05-13.xml": {"tax_id RU": 2},
    "eu/full_2021-03-02.xml": {},
    "uk/ConList_2020-04-27.csv": {},
    "au/Australian_Sanctions_Consolidated_List_2026-02-24.xlsx": {"imo_vessel": 1},
    "au/regulation8_consolidated_2024-11-11.xlsx": {},
    "ca/sema-lmes_2025-03-20.xml": {},
    "un/consolidated_2025-04-19.xml": {},
    "ae/uae_local_terrorist_list_individuals_LS1309232025.csv": {},
}


def numbers(listed: st.SanctionsList) -> Iterator[st.Identifier]:
    return (identifier for target in listed.targets for identifier in target.identifiers)


def of_type(listed: st.SanctionsList, kind: IdentifierType, country: str | None = None) -> list[st.Identifier]:
    return [one for one in numbers(listed) if one.type is kind and country in {None, one.country}]


def failing(listed: st.SanctionsList) -> dict[str, int]:
    return Counter(f"{one.type} {one.country or ''}".strip() for one in numbers(listed) if fails(one))


def noted(listed: st.SanctionsList) -> int:
    return sum(note.text.startswith(f"{FAILS}: ") for note in listed.notes)


def test_ofac(ofac: st.SanctionsList) -> None:
    assert failing(ofac) == OFAC
    assert noted(ofac) == sum(OFAC.values())
    assert len(of_type(ofac, IdentifierType.TAX_ID, "RU")) == 3_770


def test_numbers_of_ships_and_of_companies(ofac: st.SanctionsList) -> None:
    """All of ships pass; a company's passes the rule for ships by chance alone, one time in ten."""
    vessels, companies = of_type(ofac, IdentifierType.IMO_VESSEL), of_type(ofac, IdentifierType.IMO_COMPANY)
    assert len(vessels) == 1_363
    assert all(is_vessel_imo(one.number) for one in vessels)
    assert len(companies) == 418
    assert sum(is_company_imo(one.number.removeprefix("IMO ")) for one in companies) == 412
    assert sum(not is_vessel_imo(one.number) for one in companies) == 381


def test_uk(uk: st.SanctionsList) -> None:
    """A bank's code with words, a number with all that is known of its bearer, and one of South Africa."""
    assert failing(uk) == {"bic": 1, "lei": 1, "national_id ZA": 1}
    assert noted(uk) == 3


@pytest.mark.parametrize("name", OTHERS)
def test_other_lists(lists_folder: Path, name: str) -> None:
    listed = st.read(lists_folder / name)
    assert failing(listed) == OTHERS[name]
    assert noted(listed) == sum(OTHERS[name].values())
