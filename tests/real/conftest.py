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
