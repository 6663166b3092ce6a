"""The letters of words by their feature signs, counted: what two names can share at most.

Import this module only where an index is used: it needs numpy.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from sanctions_tracker.matching.weights import weight_of
from sanctions_tracker.names.particles import Role
from sanctions_tracker.names.skeleton import SEAM, features_of, sounds
from sanctions_tracker.names.tokens import Token, name_token

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import ArrayLike, NDArray

    Integers = NDArray[np.int64]
    Floats = NDArray[np.float32]
    Bytes = NDArray[np.uint8]

#: Letters of scripts without a table of sounds share this many bins.
_OTHER_BINS = 8

#: What the estimates look at. An initial fits many names: it is left to the comparison.
COUNTED = frozenset({Role.NAME, Role.KUNYA})

#: Vowels are written or not: their signs stand in the last rows, which a name's letters leave out.
_VOWEL_SIGNS = "WY"

#: The letters of a word that weighs less than this say little.
_LIGHT = 0.5

#: A word of more signs than this (four consonants) weighs no more than one of as many.
_FULL_SIGNS = 12


@lru_cache(maxsize=1)
def _consonant_rows() -> dict[str, int]:
    """Each feature sign of a consonant and the row that counts it."""
    features = (sound.features for sound in sounds().values() if sound.kind == "consonant")
    return {sign: row for row, sign in enumerate(sorted(set("".join(features))))}


def letter_rows() -> int:
    """How many rows count the letters of a name."""
    return len(_consonant_rows()) + _OTHER_BINS


def sign_rows() -> int:
    """How many rows count the feature signs of a word, weak vowels included."""
    return letter_rows() + len(_VOWEL_SIGNS)


class _Rows(dict[int, str]):
    """The row of each feature sign as a character, for ``str.translate``."""

    def __missing__(self, code: int) -> str:
        return chr(len(_consonant_rows()) + code % _OTHER_BINS)


@lru_cache(maxsize=2)
def _rows(*, vowels: bool) -> _Rows:
    consonants = {ord(sign): chr(row) for sign, row in _consonant_rows().items()}
    weak = {ord(sign): chr(letter_rows() + at) if vowels else "" for at, sign in enumerate(_VOWEL_SIGNS)}
    return _Rows(consonants | weak)


@lru_cache(maxsize=131072)
def letters_of(word: str) -> bytes:
    """The consonants of a word by their feature signs, a byte each, as numbers of columns of `Encoded.counts`."""
    return features_of(word).translate(_rows(vowels=False)).encode("latin-1")


def signs_of(features: str) -> bytes:
    """Feature signs, a byte each, as numbers of rows of `Filed.counts`."""
    return features.translate(_rows(vowels=True)).encode("latin-1")


@lru_cache(maxsize=1)
def _rows_of_codes() -> Bytes:
    """The row of each sign by its code: of ASCII, and up to the last of those that are known."""
    last = max(127, *map(ord, (*_consonant_rows(), *_VOWEL_SIGNS)))
    return np.frombuffer(signs_of("".join(map(chr, range(last + 1)))), dtype=np.uint8)


def _rows_in(features: str) -> Bytes:
    """As `signs_of`, for long texts."""
    known = _rows_of_codes()
    if features.isascii():
        return known[np.frombuffer(features.encode(), dtype=np.uint8)]
    codes = np.frombuffer(features.encode("utf-32-le"), dtype=np.uint32)
    others = (len(_consonant_rows()) + codes % _OTHER_BINS).astype(np.uint8)
    return np.where(codes < len(known), known[np.minimum(codes, len(known) - 1)], others)


def counts_in(features: Sequence[str]) -> Integers:
    """How often each feature sign (columns, as in `signs_of`) stands in the features of each word (rows)."""
    signs = _rows_in("".join(features))
    words = np.repeat(np.arange(len(features)), np.fromiter(map(len, features), dtype=np.int64, count=len(features)))
    counts: Integers = np.bincount(words * sign_rows() + signs, minlength=len(features) * sign_rows())
    return counts.reshape(len(features), sign_rows())


def capped(counts: NDArray[np.integer]) -> Bytes:
    """Counts in a byte each: 255 for more."""
    found: Bytes = np.minimum(counts, 255).astype(np.uint8)
    return found


def counts_of(words: Sequence[str]) -> Bytes:
    """How often each consonant sign (columns) stands in each word (rows); 255 for more."""
    return capped(counts_in([features_of(word) for word in words])[:, : letter_rows()])


def counted(tokens: Iterable[Token]) -> list[Token]:
    """The words of a name that the estimates look at."""
    return [token for token in tokens if token.role in COUNTED]


def light_of(tokens: Sequence[Token]) -> Floats:
    """How many of each word's feature signs say nothing, as the word weighs little or has many."""
    return light_in([len(letters_of(token.core)) for token in tokens], [weight_of(token) for token in tokens])


def light_in(signs: ArrayLike, weights: ArrayLike) -> Floats:
    """How many of words' consonant signs say nothing, by how many each has and by its weight (0..1)."""
    of, weighed = np.asarray(signs, dtype=np.float64), np.asarray(weights, dtype=np.float64)
    return np.maximum(np.maximum(of * (1 - weighed / _LIGHT), of - _FULL_SIGNS), 0).astype(np.float32)


def spelt_weights_of(tokens: Iterable[Token]) -> Floats:
    """What words weigh that are met by their sound: those with a meaning weigh otherwise where they are translated."""
    return np.array([_spelt_weight(token) for token in tokens], dtype=np.float32)


def _spelt_weight(token: Token) -> float:
    if not token.concepts:
        return weight_of(token)
    return sum([weight_of(name_token(part)) for part in token.core.split(SEAM)])
