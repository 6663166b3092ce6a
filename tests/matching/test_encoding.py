"""Names as arrays, and words beside words: what the arrays say is what the words say one by one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctions_tracker.matching.apart import Apart, taken_apart
from sanctions_tracker.matching.batch import Beside, beside
from sanctions_tracker.matching.encoding import Encoded, encoded
from sanctions_tracker.matching.filing import filed
from sanctions_tracker.matching.letters import (
    counted,
    counts_in,
    counts_of,
    letter_rows,
    letters_of,
    sign_rows,
    signs_of,
)
from sanctions_tracker.matching.similarity import FEATURES_AT_LEAST, token_similarity
from sanctions_tracker.matching.vocabulary import Near
from sanctions_tracker.matching.weights import weight_of
from sanctions_tracker.names.folding import fold
from sanctions_tracker.names.skeleton import features_of
from sanctions_tracker.names.tokens import name_token, neighbours, tokens_of

_WORDS = [
    "محمد",
    "علي",
    "رضا",
    "عبد",
    "الرحمن",
    "بن",
    "abu",
    "bakr",
    "ali",
    "reza",
    "al",
    "j",
    "bank",
    "البنك",
    "7",
    "金",
]
_names = st.lists(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=6).map(" ".join), min_size=1, max_size=6)


def _of(names: list[str]) -> tuple[Apart, Encoded]:
    apart = taken_apart(names)
    return apart, encoded(apart)


@given(_names)
def test_names_are_taken_apart_as_one_by_one_each_different_one_once(names: list[str]) -> None:
    apart = taken_apart(names)
    for text, name in zip(names, apart.text_of, strict=True):
        assert apart.texts[name] == text
        assert apart.tokens(apart.name_of[name]) == tokens_of(fold(text))
    assert len(apart) == len({tokens_of(fold(name)) for name in names})


@given(_names)
def test_a_names_pieces_are_its_words_and_neighbours_in_every_reading(names: list[str]) -> None:
    apart, arrays = _of(names)
    listed = (*arrays.vocabulary.words, *arrays.vocabulary.joins)
    for name in range(len(apart)):
        pieces = [listed[piece] for piece in arrays.pieces[arrays.starts[name] : arrays.starts[name + 1]]]
        words = (*counted(apart.tokens(name)), *neighbours(apart.tokens(name)))
        assert set(pieces) == {reading for word in words for reading in word.readings}


@given(_names)
def test_letters_and_weights_are_those_of_the_words(names: list[str]) -> None:
    apart, arrays = _of(names)
    for name in range(len(apart)):
        words = counted(apart.tokens(name))
        letters = b"".join(letters_of(word.core) for word in words)
        assert arrays.counts[name].tolist() == np.bincount(list(letters), minlength=arrays.counts.shape[1]).tolist()
        assert arrays.sizes[name] == len(letters)
        assert arrays.weights[name] == pytest.approx(sum(map(weight_of, words)), abs=1e-5)


def _borne(arrays: Encoded, near: Near) -> dict[int, float]:
    """How near each name is to what was asked for."""
    found: dict[int, float] = {}
    for begin, length, value in zip(near.begins, near.lengths, near.values, strict=True):
        found |= dict.fromkeys(arrays.vocabulary.bearers[begin : begin + length].tolist(), float(value))
    return found


def test_the_bearers_of_a_meaning_are_those_with_a_word_of_it_or_near_it() -> None:
    _, arrays = _of(["Central Bank of Egypt", "البنك المركزي", "Ali Reza"])
    assert _borne(arrays, arrays.vocabulary.near_meaning(frozenset({"bank"}))) == {0: 1.0, 1: 1.0}
    assert _borne(arrays, arrays.vocabulary.near_meaning(frozenset({"egypt"}))) == {0: 1.0}


def test_the_bearers_of_a_word_are_those_with_one_like_it_or_two_that_are_together() -> None:
    _, arrays = _of(["Alireza Tangsiri", "Ali Reza Tangsiri", "علیرضا", "Chevron"])
    assert _borne(arrays, arrays.vocabulary.near_word("alireza", 0.66)).keys() == {0, 1, 2}


@given(st.sampled_from(["alireza", "bakr", "محمد", "金", "banker"]), st.sampled_from([0.5, 0.6, 0.8]))
def test_the_features_found_are_those_that_a_look_at_each_finds(word: str, least: float) -> None:
    _, arrays = _of([" ".join(_WORDS[:9]), " ".join(_WORDS[9:]), "bakri muhammad banking"])
    filed, asked = arrays.vocabulary.filed, features_of(word)
    places, alike = filed.near(asked, least)
    one_by_one = beside([word], filed.features, filed.features, np.full((1, len(filed.features)), least)).features[0]
    assert places.tolist() == np.flatnonzero(one_by_one).tolist()
    assert alike.tolist() == one_by_one[places].tolist()


def _all_beside(queries: list[str], words: list[str]) -> Beside:
    least = np.full((len(queries), len(words)), FEATURES_AT_LEAST, dtype=np.float32)
    return beside(queries, words, [features_of(word) for word in words], least)


_single = st.sampled_from(
    ["محمد", "حسين", "هاروني", "mohammed", "muhammad", "husain", "harooni", "lockheed", "kadhafi", "金"]
)


@given(st.lists(_single, min_size=1, max_size=4, unique=True), st.lists(_single, min_size=1, max_size=8, unique=True))
def test_words_sound_in_arrays_as_they_do_one_by_one(queries: list[str], words: list[str]) -> None:
    found = _all_beside(queries, words).likeness()
    for row, query in enumerate(queries):
        for column, word in enumerate(words):
            one = token_similarity(name_token(query), name_token(word))
            # Words known to be two names may come out too near: the comparison tells them apart.
            assert found[row, column] >= one - 1e-5
            if _all_beside([query], [word]).features[0, 0] < FEATURES_AT_LEAST:
                assert found[row, column] == 0


def test_fewer_words_are_beside_as_among_all() -> None:
    near = _all_beside(["harooni"], ["harouni", "chevron", "هاروني"])
    columns = np.array([0, 2])
    assert near.only(columns).likeness().tolist() == near.likeness()[:, columns].tolist()


_words = st.lists(st.text(max_size=8).map(fold) | st.sampled_from(_WORDS), max_size=9)


@given(_words)
def test_signs_are_counted_for_many_words_as_for_each(words: list[str]) -> None:
    features = [features_of(word) for word in words]
    counts = counts_in(features)
    assert counts.shape == (len(words), sign_rows())
    for row, one in zip(counts, features, strict=True):
        assert row.tolist() == np.bincount(list(signs_of(one)), minlength=sign_rows()).tolist()
    letters = [np.bincount(list(letters_of(word)), minlength=letter_rows()).tolist() for word in words]
    assert counts_of(words).tolist() == letters


@given(_words)
def test_words_are_filed_by_their_features_the_shortest_first(words: list[str]) -> None:
    features = [features_of(word) for word in words]
    found, order = filed(features)
    put = [features[place] for place in order]
    assert put == sorted(features, key=lambda one: (len(one), one))
    assert sorted(order.tolist()) == list(range(len(words)))
    assert [one for at, one in enumerate(found.features) for _ in range(*found.firsts[at : at + 2])] == put
    assert found.counts.T.tolist() == np.minimum(counts_in(found.features), 255).tolist()


def test_no_names_are_no_rows() -> None:
    _, arrays = _of([])
    assert len(arrays) == len(arrays.counts) == len(arrays.sizes) == 0
    assert arrays.starts.tolist() == [0]
