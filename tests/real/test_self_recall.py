"""Every strong name of every list, asked for as it is printed, returns its own party."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping

import pytest

import sanctions_tracker as st

pytestmark = pytest.mark.real

#: List, date of the list and target: two versions of a list share their ids.
Bearer = tuple[str, str, str]
Lists = tuple[st.SanctionsList, ...]


def bearers_of(lists: Iterable[st.SanctionsList]) -> dict[str, set[Bearer]]:
    """Each strong name as it is printed, and whose it is."""
    found: dict[str, set[Bearer]] = {}
    for one in lists:
        for target in one.targets:
            for name in target.strong_names:
                found.setdefault(name.text, set()).add((one.id, str(one.date), target.id))
    return found


def lost(screener: st.Screener, names: Iterable[str], bearers: Mapping[str, set[Bearer]]) -> list[tuple[str, Bearer]]:
    """The names that do not return one of their bearers among the hits."""
    return [
        (name, bearer)
        for name in names
        for bearer in bearers[name]
        - {(one.list_id, str(one.list_date), one.target.id) for hit in screener.screen(name) for one in hit.listings}
    ]


@pytest.fixture(scope="module")
def screener(newest: Lists) -> st.Screener:
    return st.Screener(newest)


@pytest.fixture(scope="module")
def bearers(newest: Lists) -> dict[str, set[Bearer]]:
    return bearers_of(newest)


def test_a_sample_of_all_names(screener: st.Screener, bearers: dict[str, set[Bearer]]) -> None:
    sample = random.Random(20240418).sample(sorted(bearers), 300)  # noqa: S311  (a sample, no secret)
    assert lost(screener, sample, bearers) == []


def test_the_names_that_screening_tools_lose(screener: st.Screener, bearers: dict[str, set[Bearer]]) -> None:
    """One word, digits alone, and the longest of all."""
    names = sorted(bearers)
    digits = [name for name in names if not any(map(str.isalpha, name))]
    single = [name for name in names if " " not in name]
    long = [name for name in names if len(name) > 100]
    assert "7-28" in digits
    assert lost(screener, [*digits, *single[:: len(single) // 60], *long[:: len(long) // 60]], bearers) == []


@pytest.mark.long
def test_every_name_of_every_list(newest: Lists, older: Lists) -> None:
    lists = (*newest, *older)
    bearers = bearers_of(lists)
    assert len(bearers) > 100_000
    assert lost(st.Screener(lists), bearers, bearers) == []
