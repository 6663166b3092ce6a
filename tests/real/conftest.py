"""The official lists, each read once for all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

import sanctions_tracker as st


@pytest.fixture(scope="session")
def ofac(lists_folder: Path) -> st.SanctionsList:
    """OFAC's advanced file of 2025-11-19."""
    return st.read(lists_folder / "us_ofac" / "sdn_advanced_2025-11-19.xml.bz2")


@pytest.fixture(scope="session")
def uk(lists_folder: Path) -> st.SanctionsList:
    """The UK list of 2025-04-10."""
    return st.read(lists_folder / "uk" / "ConList_2025-04-10.xlsx")


#: The newest file of each publisher, and the older versions and other formats of the same lists.
NEWEST = (
    "us_ofac/sdn_advanced_2025-11-19.xml.bz2",
    "uk/ConList_2025-04-10.xlsx",
    "us_ofac/consolidated_2026-01-08.xml",
    "eu/full_2024-05-13.xml",
    "un/consolidated_2025-04-19.xml",
    "au/Australian_Sanctions_Consolidated_List_2026-02-24.xlsx",
    "ca/sema-lmes_2025-03-20.xml",
    "ae/uae_local_terrorist_list_individuals_LS1309232025.csv",
)
OLDER = (
    "us_ofac/cons_enhanced_2026-01-08.xml",
    "us_ofac/cons_csv_2025-12",
    "us_ofac/sdn_enhanced_IRGC_subset_2024-08-28.xml",
    "us_ofac/sdn_2024-05-07.xml",
    "us_ofac/csv_2023-07",
    "us_ofac/sdn_2021-03-10.xml",
    "uk/ConList_2020-04-27.csv",
    "eu/full_2021-03-02.xml",
    "eu/csvFullSanctionsList_1_1_first1000_sample.csv",
    "un/consolidated_2021-03-12.xml",
    "au/regulation8_consolidated_2024-11-11.xlsx",
)


@pytest.fixture(scope="session")
def newest(lists_folder: Path, ofac: st.SanctionsList, uk: st.SanctionsList) -> tuple[st.SanctionsList, ...]:
    """The newest file of each publisher, what cannot be read of them left out and told by other tests."""
    return (ofac, uk, *(st.read(lists_folder / name, on_rejected="collect") for name in NEWEST[2:]))


@pytest.fixture(scope="session")
def older(lists_folder: Path) -> tuple[st.SanctionsList, ...]:
    """Older versions and other formats of the same lists."""
    return tuple(st.read(lists_folder / name, on_rejected="collect") for name in OLDER)
