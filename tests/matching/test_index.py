"""Finding among many names."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanctions_tracker.errors import InvalidNameError
from sanctions_tracker.matching import NameIndex, compare

NAMES = [
    "Lockheed Martin",
    "General Dynamics",
    "Chevron",
    "Hosein Harooni",
    "HAROONI, Hosein",
    "Alireza Tangsiri",
    "Abd al-Rahman al-Rawi",
    "Abu Bakr al-Baghdadi",
    "علي رضا تنجسيري",
    "Khatam al-Anbiya Construction Headquarters",
    "Nureddin al-Zinki",
    "Hezbollah",
    "金正恩",
    "Unit 700",
    "lockheed martin",
]


@pytest.fixture(scope="module")
def index() -> NameIndex:
    return NameIndex(NAMES)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("لوكهيد مارتن", [0, 14]),
        ("جنرال ديناميكس", [1]),
        ("شيفرون", [2]),
        ("حسین هارونی", [3, 4]),
        ("Ali Reza Tangsiri", [5, 8]),
        ("عبد الرحمن الراوي", [6]),
        ("نور الدين الزنكي", [10]),
        ("حزب الله", [11]),
        ("金正恩", [12]),
        ("700", []),
        ("Somebody Else", []),
    ],
)
def test_finds(index: NameIndex, query: str, found: list[int]) -> None:
    assert [place for place, _ in index.search(query, threshold=0.82)] == found


def test_hits_carry_the_comparison_with_the_name_as_it_was_given(index: NameIndex) -> None:
    (_, first), (place, second) = index.search("Lockheed Martin", threshold=0.9)
    assert first == compare("Lockheed Martin", "Lockheed Martin")
    assert (place, second.right, second.score) == (14, "lockheed martin", 1)


def test_best_first_and_limited(index: NameIndex) -> None:
    hits = index.search("Hosein Harooni", threshold=0.5)
    assert [hit.score for _, hit in hits] == sorted((hit.score for _, hit in hits), reverse=True)
    assert index.search("Hosein Harooni", threshold=0.5, limit=1) == hits[:1]


@given(st.sampled_from(NAMES), st.sampled_from([0.5, 0.7, 0.82, 0.95]))
@settings(deadline=None)
def test_nothing_is_lost_that_an_exhaustive_comparison_finds(query: str, threshold: float) -> None:
    found = {place for place, _ in NameIndex(NAMES).search(query, threshold=threshold)}
    assert found == {place for place, name in enumerate(NAMES) if compare(query, name).score >= threshold}


@given(st.lists(st.text("abcdhklmnrs عليمحدنر", min_size=1, max_size=12).filter(str.strip), min_size=1, max_size=8))
@settings(deadline=None, max_examples=50)
def test_every_name_finds_itself(names: list[str]) -> None:
    index = NameIndex(names)
    for place, name in enumerate(names):
        assert place in {at for at, _ in index.search(name, threshold=1.0)}


def test_an_empty_index_finds_nothing() -> None:
    assert NameIndex([]).search("Ali", threshold=0) == []


def test_a_threshold_of_nothing_finds_everything(index: NameIndex) -> None:
    assert len(index.search("Ali", threshold=0)) == len(index) == len(NAMES)


def test_names_without_letters_are_refused(index: NameIndex) -> None:
    with pytest.raises(InvalidNameError):
        NameIndex(["Ali", "---"])
    with pytest.raises(InvalidNameError):
        index.search("", threshold=0.8)


def test_kind_is_that_of_all_names() -> None:
    index = NameIndex(["General Electric", "Electric"], kind="organisation")
    assert [place for place, _ in index.search("General Electric", threshold=0.9)] == [0]


def test_keeps_the_names_as_they_were_given(index: NameIndex) -> None:
    assert list(index.names) == NAMES


def test_says_what_it_is(index: NameIndex) -> None:
    assert repr(index) == "<NameIndex of 15 names, 14 different>"


def test_importing_the_matcher_imports_no_numpy() -> None:
    code = "import sys, sanctions_tracker.matching as m; m.compare('a', 'b'); assert 'numpy' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
