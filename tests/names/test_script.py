"""Which script, and whether there is anything to compare at all."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as hs

from sanctions_tracker.names.folding import fold
from sanctions_tracker.names.script import has_letter_or_digit, script_of, scripts_of


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Lockheed Martin", "Latn"),
        ("لوكهيد مارتن", "Arab"),
        ("Лукойл", "Cyrl"),
        ("通用动力公司", "Hani"),
        ("한국", "Hang"),
        ("פאיז", "Hebr"),
        ("7-28", "Zyyy"),
        ("", "Zyyy"),
        ("ﻟﻮﻛﻬﻴﺪ", "Arab"),
        ("Ｌｏｃｋｈｅｅｄ", "Latn"),
        ("Ali علی رضا", "Arab"),
    ],
)
def test_the_script_of_most_letters(text: str, script: str) -> None:
    assert script_of(text) == script


def test_a_homoglyph_shows_as_a_second_script() -> None:
    assert scripts_of("Lоckheed") == {"Latn", "Cyrl"}
    assert scripts_of("Lockheed") == {"Latn"}


def test_what_counts_as_a_letter_is_left_after_folding() -> None:
    """A listed name that folding made empty could never be found again."""
    lost = [
        hex(code)
        for code in range(sys.maxunicode + 1)
        if has_letter_or_digit(chr(code)) and not any(map(str.isalnum, fold(chr(code))))
    ]
    assert lost == []


@given(hs.text(max_size=8))
def test_nor_is_a_whole_text_lost(text: str) -> None:
    if has_letter_or_digit(text):
        assert any(map(str.isalnum, fold(text)))
