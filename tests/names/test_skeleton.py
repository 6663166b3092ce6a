"""Sounds, skeletons and features."""

from __future__ import annotations

import re

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


_GRAPHEMES = sorted({row["grapheme"] for row in rows("spelling")} | {"ñ", "1", "金", "š", " "})
_spelt = st.lists(st.sampled_from(_GRAPHEMES), max_size=14).map("".join)

_PLACES = {
    "any": "{0}",
    "start": "^{0}",
    "end": "(?<=.){0}(?=~|$)",
    "before_front": "{0}(?=[eiy])",
    "before_consonant": "{0}(?![aeiouyw])",
}


def _row_of(place: re.Match[str], table: list[dict[str, str]]) -> str:
    return table[(place.lastindex or 0) - 1]["sounds"]


def _plainly_heard(part: str, *, inside: bool) -> str:
    """One pass with every row of the table, the longest and most particular first."""
    table = sorted(rows("spelling"), key=lambda row: (-len(row["grapheme"]), row["where"] == "any"))
    pattern = "|".join(f"({_PLACES[row['where']].format(re.escape(row['grapheme']))})" for row in table)
    written = re.sub(pattern, lambda found: _row_of(found, table), "~" + part if inside else part)
    return re.sub(r"(.)\1+", r"\1", written)


@given(_spelt)
def test_a_latin_words_sounds_are_those_of_one_pass_with_the_whole_table(spelt: str) -> None:
    word = "b" + spelt.replace("~", "")[: MAX_WORD_LETTERS - 1]
    assert sounds_of(word) == _plainly_heard(word, inside=False)


@given(_spelt)
def test_the_second_of_two_words_sounds_as_in_one_pass_with_the_whole_table(spelt: str) -> None:
    second = spelt.replace("~", "")[: MAX_WORD_LETTERS - 2]
    heard = _plainly_heard(second, inside=True)
    assert sounds_of("b~" + second) == "b" + heard


@given(st.lists(_spelt, min_size=1, max_size=3).map("~".join))
def test_features_are_those_of_the_sounds_whatever_the_seams(word: str) -> None:
    signs = str.maketrans({sign: sound.features for sign, sound in sounds().items()})
    assert features_of(word) == sounds_of(word).translate(signs)


def test_a_weak_sound_that_ends_one_word_and_begins_the_next_is_heard_once() -> None:
    assert sounds_of("بنو~وليد") == "bnWlYd"
    assert features_of("بنو~وليد") == features_of("بنوليد")
    assert sounds_of("amin~nazar") == "°aminnazar"


def test_the_tables_name_known_sounds_only() -> None:
    known = set(sounds())
    assert {row[side] for row in rows("near_sounds") for side in ("left", "right")} <= known
    assert {sign for row in rows("spelling") for sign in row["sounds"]} <= known
