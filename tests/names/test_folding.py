"""Folding: what is undone, what is kept, and the laws."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctions_tracker.names.folding import fold

_HARAKAT = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670"
_TATWEEL = "\u0640"
arabic_words = st.text("بتثجحخدذرزسشصضطظعغفقكلمنهوياپچگژ", min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Müller", "muller"),
        ("  AL-Rahman,  Abd ", "al rahman abd"),
        ("O'Brien", "obrien"),
        ("Jama’atu", "jamaatu"),
        ("ʿAlī", "ali"),
        ("Łódź ß Đoković ışık Əliyev", "lodz ss dokovic isik aliyev"),
        ("أحمد إيمان آدم ٱلله", "احمد ايمان ادم الله"),
        ("علی کریم", "علي كريم"),
        ("مصطفى", "مصطفي"),
        ("فاطمة", "فاطمه"),
        ("مؤمن رئيس جزء", "مومن رييس جز"),
        ("گچپژ", "گچپژ"),
        ("می‌خواهم", "مي خواهم"),
        ("٧-٢٨ ۱۲", "7 28 12"),
        ("\u200fعلي\u200e", "علي"),
        ("Ｌｔｄ", "ltd"),
        ("Раypal", "paypal"),
        ("Рособоронэкспорт", "rosoboroneksport"),
        ("Αθήνα", "athina"),
        ("---", ""),
        ("", ""),
        ("\ud800", ""),
        ("\u064b\u0301", ""),
    ],
)
def test_folds(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(max_size=60))
def test_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(categories=None), max_size=60))
def test_never_raises(text: str) -> None:
    assert fold(text) == fold(text).strip()


@given(arabic_words, st.data())
def test_vowelled_and_stretched_spellings_fold_as_the_plain_one(word: str, data: st.DataObject) -> None:
    marks = data.draw(st.lists(st.sampled_from([*_HARAKAT, _TATWEEL, ""]), min_size=len(word), max_size=len(word)))
    assert fold("".join(letter + mark for letter, mark in zip(word, marks, strict=True))) == fold(word)


@given(st.text(st.characters(min_codepoint=0xFE80, max_codepoint=0xFEF4), min_size=1, max_size=12))
def test_presentation_forms_fold_as_the_plain_letters(text: str) -> None:
    assert all("\u0621" <= letter <= "\u064a" for letter in fold(text))


def test_a_presentation_form_spelling_is_the_plain_one() -> None:
    assert fold("ﻣﺤﻤﺪ") == fold("محمد")


def test_a_long_text_folds_in_linear_time() -> None:
    assert len(fold("Müller-" * 20_000)) == 140_000 - 1


@given(st.text(alphabet=st.characters(max_codepoint=127), max_size=40))
def test_a_text_in_ascii_is_folded_as_it_is_among_other_letters(text: str) -> None:
    assert fold(f"{text} é").split() == [*fold(text).split(), "e"]
