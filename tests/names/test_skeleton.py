"""Sounds, skeletons and features."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctions_tracker.names.folding import fold
from sanctions_tracker.names.skeleton import MAX_WORD_LETTERS, features_of, skeleton_of, sounds, sounds_of
from sanctions_tracker.names.tables import rows


@pytest.mark.parametrize(
    ("word", "heard"),
    [
        ("lockheed", "lokhīd"),
        ("khomeini", "xomēnì"),
        ("chevron", "çevron"),
        ("schmidt", "šmidt"),
        ("mohammed", "mohamed"),
        ("لوكهيد", "lWkhYd"),
        ("تشافيز", "čAfYz"),
        ("تتار", "ttAr"),
        ("yousef", "yūsef"),
        ("ali", "°alì"),
    ],
)
def test_sounds(word: str, heard: str) -> None:
    assert sounds_of(word) == heard


def test_both_scripts_meet_in_the_skeleton() -> None:
    assert skeleton_of(fold("فاغين")) == skeleton_of(fold("faghin"))
    assert skeleton_of("hossein") == skeleton_of("hussain")


def test_near_sounds_share_features() -> None:
    assert sum(a == b for a, b in zip(features_of("b"), features_of("p"), strict=True)) == 2
    assert not set(features_of("b")) & set(features_of("r"))


def test_letters_of_unknown_scripts_stay() -> None:
    assert sounds_of("金正恩") == "金正恩"


@given(st.text(max_size=100))
def test_any_text_has_sounds_within_bounds(text: str) -> None:
    assert len(sounds_of(text)) <= 3 * MAX_WORD_LETTERS


def test_the_tables_name_known_sounds_only() -> None:
    known = set(sounds())
    assert {row[side] for row in rows("near_sounds") for side in ("left", "right")} <= known
    assert {sign for row in rows("spelling") for sign in row["sounds"]} <= known
