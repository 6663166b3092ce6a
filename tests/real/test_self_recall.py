"""Every strong name of a list, asked for as it is printed, returns its own party."""

from __future__ import annotations

import random

import pytest

import sanctions_tracker as st

pytestmark = pytest.mark.real

Named = tuple[str, str, str]


@pytest.fixture(scope="module")
def screener(ofac: st.SanctionsList, uk: st.SanctionsList) -> st.Screener:
    return st.Screener([ofac, uk])


@pytest.fixture(scope="module")
def strong_names(ofac: st.SanctionsList, uk: st.SanctionsList) -> list[Named]:
    """List, target and text of every strong name."""
    return [
        (one.id, target.id, name.text) for one in (ofac, uk) for target in one.targets for name in target.strong_names
    ]


def lost(screener: st.Screener, names: list[Named]) -> list[Named]:
    return [
        (list_id, target_id, text)
        for list_id, target_id, text in names
        if (list_id, target_id)
        not in {(one.list_id, one.target.id) for hit in screener.screen(text) for one in hit.listings}
    ]


def test_a_sample_of_all_names(screener: st.Screener, strong_names: list[Named]) -> None:
    assert lost(screener, random.Random(20240418).sample(strong_names, 150)) == []  # noqa: S311  (a sample, no secret)


def test_the_names_that_screening_tools_lose(screener: st.Screener, strong_names: list[Named]) -> None:
    """One word, digits alone, and the longest of all."""
    odd = [named for named in strong_names if named[2] == "7-28"]
    single = [named for named in strong_names if " " not in named[2]]
    longest = sorted(strong_names, key=lambda named: -len(named[2]))
    assert lost(screener, [*odd, *single[:: len(single) // 20], *longest[:20]]) == []
    assert odd


@pytest.mark.long
def test_every_name_in_arabic_script_and_every_tenth_other(screener: st.Screener, strong_names: list[Named]) -> None:
    arabic = [named for named in strong_names if any("\u0600" <= letter <= "\u06ff" for letter in named[2])]
    assert lost(screener, [*arabic, *strong_names[::10]]) == []
