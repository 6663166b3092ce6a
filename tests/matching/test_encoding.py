"""Names as arrays, and words beside words: what the arrays say is what the words say one by one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctions_tracker.matching.batch import Beside, beside, meaning, words_of
from sanctions_tracker.matching.encoding import Encoded, counted, encoded, letters_of, readings_of
from sanctions_tracker.matching.similarity import FEATURES_AT_LEAST, token_similarity
from sanctions_tracker.matching.weights import weight_of
from sanctions_tracker.names.folding import fold
from sanctions_tracker.names.tokens import Token, name_token, neighbours, tokens_of

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


def _of(names: list[str]) -> tuple[list[tuple[Token, ...]], Encoded]:
    tokens = [tokens_of(fold(name)) for name in names]
    return tokens, encoded(tokens)


@given(_names)
def test_a_names_pieces_are_its_words_and_neighbours_in_every_reading(names: list[str]) -> None:
    tokens, arrays = _of(names)
    for place, name in enumerate(tokens):
        listed = list(arrays.vocabulary.places)
        pieces = [listed[piece] for piece in arrays.pieces[arrays.starts[place] : arrays.starts[place + 1]]]
        words = (*counted(name), *neighbours(name))
        assert set(pieces) == {reading for word in words for reading in readings_of(word)}


@given(_names)
def test_letters_and_weights_are_those_of_the_words(names: list[str]) -> None:
    tokens, arrays = _of(names)
    for place, name in enumerate(tokens):
        letters = b"".join(letters_of(word.core) for word in counted(name))
        assert arrays.counts[:, place].tolist() == np.bincount(list(letters), minlength=len(arrays.counts)).tolist()
        assert arrays.sizes[place] == len(letters)
        assert arrays.weights[place] == pytest.approx(sum(map(weight_of, counted(name))), abs=1e-5)


def test_the_bearers_of_a_meaning_are_those_with_a_word_of_it_or_near_it() -> None:
    _, arrays = _of(["Central Bank of Egypt", "البنك المركزي", "Ali Reza"])
    assert arrays.concepts["bank"].tolist() == [0, 1]
    assert arrays.concepts["egypt"].tolist() == [0]


def _all_beside(queries: list[str], words: list[str]) -> Beside:
    return beside(queries, words_of(words), np.arange(len(words)))


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


def test_meanings_meet_meanings_and_no_words() -> None:
    bank, navy = (token for token in tokens_of(fold("bank navy")))
    found = _all_beside([meaning(bank), "bank"], [meaning(bank), meaning(navy), "bank"])
    assert found.likeness().tolist() == [[1, 0, 0], [0, 0, 1]]
    assert found.at_most().tolist() == [[1, 0, 0], [0, 0, 1]]


def test_fewer_words_are_beside_as_among_all() -> None:
    near = _all_beside(["harooni"], ["harouni", "chevron", "هاروني"])
    columns = np.array([0, 2])
    assert near.only(columns).likeness().tolist() == near.likeness()[:, columns].tolist()


def test_no_names_are_no_columns() -> None:
    arrays = encoded([])
    assert arrays.counts.shape[1] == len(arrays.sizes) == 0
    assert arrays.starts.tolist() == [0]
