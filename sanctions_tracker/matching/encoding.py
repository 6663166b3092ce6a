"""Many names as arrays, encoded once for all queries.

Words repeat from name to name: each different one, and each two that stand side
by side, is looked at once, and numpy puts the names together from them.
Import this module only where an index is used: it needs numpy.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

import attrs
import numpy as np

from sanctions_tracker.matching.batch import Words, meaning, words_of
from sanctions_tracker.matching.weights import weight_of
from sanctions_tracker.names.concepts import near_concepts
from sanctions_tracker.names.particles import Role
from sanctions_tracker.names.skeleton import SEAM, features_of, sounds
from sanctions_tracker.names.tokens import Token, joinable, joined_readings, name_token

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Integers = NDArray[np.int64]
    Bytes = NDArray[np.uint8]

_Number = TypeVar("_Number", bound=np.generic)

#: Letters of scripts without a table of sounds share this many bins.
_OTHER_BINS = 8

#: What the estimates look at. An initial fits many names: it is left to the comparison.
_COUNTED = frozenset({Role.NAME, Role.KUNYA})

#: Vowels are written or not: their signs are not counted.
_VOWEL_SIGNS = "WY"

#: The letters of a word that weighs less than this say little.
_LIGHT = 0.5


@lru_cache(maxsize=1)
def _sign_bins() -> dict[str, int]:
    """Each feature sign of a consonant and the row of the matrix that counts it."""
    features = (sound.features for sound in sounds().values() if sound.kind == "consonant")
    return {sign: row for row, sign in enumerate(sorted(set("".join(features))))}


class _Bins(dict[int, str]):
    """The row of each feature sign as a character, for ``str.translate``."""

    def __missing__(self, code: int) -> str:
        return chr(len(_sign_bins()) + code % _OTHER_BINS)


@lru_cache(maxsize=1)
def _bins() -> _Bins:
    rows = {ord(sign): chr(row) for sign, row in _sign_bins().items()}
    return _Bins(rows | dict.fromkeys(map(ord, _VOWEL_SIGNS), ""))


@lru_cache(maxsize=131072)
def letters_of(word: str) -> bytes:
    """The consonants of a word by their feature signs, a byte each, as numbers of rows of `Encoded.counts`."""
    return features_of(word).translate(_bins()).encode("latin-1")


def counted(tokens: Iterable[Token]) -> list[Token]:
    """The words of a name that the estimates look at."""
    return [token for token in tokens if token.role in _COUNTED]


def readings_of(token: Token) -> tuple[str, ...]:
    """A word in every reading, and its meanings if it has any."""
    return (*token.readings, meaning(token)) if token.concepts else token.readings


def counts_of(words: Sequence[str]) -> Bytes:
    """How often each feature sign (columns) stands in each word (rows); 255 for more."""
    width = len(_sign_bins()) + _OTHER_BINS
    flat = [letters_of(word) for word in words]
    rows = np.repeat(np.arange(len(flat)), [len(row) for row in flat])
    found = np.bincount(rows * width + np.frombuffer(b"".join(flat), dtype=np.uint8), minlength=len(flat) * width)
    return np.minimum(found, 255).astype(np.uint8).reshape(len(flat), width)


def light_of(tokens: Sequence[Token]) -> Floats:
    """How many of each word's feature signs say nothing, as the word weighs little."""
    light = [len(letters_of(token.core)) * max(0.0, 1 - weight_of(token) / _LIGHT) for token in tokens]
    return np.array(light, dtype=np.float32)


def spelt_weights_of(tokens: Iterable[Token]) -> Floats:
    """What words weigh that are met by their sound: those with a meaning weigh otherwise where they are translated."""
    return np.array([_spelt_weight(token) for token in tokens], dtype=np.float32)


def _spelt_weight(token: Token) -> float:
    if not token.concepts:
        return weight_of(token)
    return sum([weight_of(name_token(part)) for part in token.core.split(SEAM)])


@attrs.frozen(eq=False)
class Encoded:
    """Many names: a column of ``counts`` each, and ``pieces[starts[i]:starts[i + 1]]`` its words among ``vocabulary``.

    The pieces of a name are its words in every reading and meaning, and every two
    neighbours read as one. ``sizes`` are the sums of ``counts``, of which ``light``
    belong to words that say little; ``weights`` the sums of the words' weights,
    ``spelt_weights`` if none were met by its meaning.
    ``concepts`` tells which names have a word of a meaning, or of one near to it.
    """

    counts: Bytes
    sizes: Floats
    light: Floats
    weights: Floats
    spelt_weights: Floats
    pieces: Integers
    starts: Integers
    vocabulary: Words
    concepts: dict[str, Integers]


class _Pieces:
    """Which of the numbered strings each of many things has: the readings of a word, say."""

    def __init__(self, ids: dict[str, int], things: Iterable[Iterable[str]]) -> None:
        rows = [[ids.setdefault(piece, len(ids)) for piece in thing] for thing in things]
        self.lengths = np.array([len(row) for row in rows], dtype=np.int64)
        self._begins = np.cumsum(self.lengths) - self.lengths
        self._flat = np.array([piece for row in rows for piece in row], dtype=np.int64)

    def of(self, things: Integers) -> Integers:
        """The pieces of the things, one after the other."""
        return self._flat[ranges(self._begins[things], self.lengths[things])]


def ranges(begins: Integers, lengths: Integers) -> Integers:
    """The numbers from each beginning on, as many as its length says, one range after the other."""
    shifts = begins - (np.cumsum(lengths) - lengths)
    found: Integers = np.repeat(shifts, lengths) + np.arange(int(lengths.sum()))
    return found


def _summed(values: NDArray[_Number], owners: Integers, count: int) -> NDArray[_Number]:
    """The values (or rows) of each of ``count`` owners added up; ``owners`` ascends."""
    total = np.zeros((count, *values.shape[1:]), dtype=values.dtype)
    first = np.flatnonzero(np.diff(owners, prepend=-1))
    if len(first):
        total[owners[first]] = np.add.reduceat(values, first, axis=0)
    return total


def encoded(names: Sequence[tuple[Token, ...]]) -> Encoded:
    """Encode names that were taken apart."""
    known: dict[Token, int] = {}
    words = [[known.setdefault(token, len(known)) for token in joinable(name)] for name in names]
    owners = np.repeat(np.arange(len(names)), [len(row) for row in words])
    flat = np.array([word for row in words for word in row], dtype=np.int64)
    tokens = tuple(known)
    counts = np.array([token.role in _COUNTED for token in tokens], dtype=np.bool_)
    own = counts[flat] if len(flat) else np.zeros(0, dtype=np.bool_)
    pieces, starts, vocabulary = _spelt(tokens, counts, flat, owners, len(names))
    signs = _summed(counts_of([token.core for token in tokens])[flat[own]].astype(np.uint16), owners[own], len(names))
    weights = np.array([weight_of(token) for token in tokens], dtype=np.float32)
    return Encoded(
        counts=np.minimum(signs, 255).astype(np.uint8).T.copy(),
        sizes=signs.sum(axis=1, dtype=np.float32),
        light=_summed(light_of(tokens)[flat[own]], owners[own], len(names)),
        weights=_summed(weights[flat[own]], owners[own], len(names)),
        spelt_weights=_summed(spelt_weights_of(tokens)[flat[own]], owners[own], len(names)),
        pieces=pieces,
        starts=starts,
        vocabulary=vocabulary,
        concepts=_bearers(tokens, flat, owners),
    )


def _spelt(
    tokens: tuple[Token, ...], counts: NDArray[np.bool_], flat: Integers, owners: Integers, names: int
) -> tuple[Integers, Integers, Words]:
    """The pieces of all names, where each name's begin, and the vocabulary of pieces."""
    ids: dict[str, int] = {}
    single = _Pieces(ids, (readings_of(token) if own else () for token, own in zip(tokens, counts, strict=True)))
    beside = np.flatnonzero(owners[1:] == owners[:-1])
    pairs, met = np.unique(flat[beside] * len(tokens) + flat[beside + 1], return_inverse=True)
    double = _Pieces(ids, (joined_readings(tokens[one], tokens[other]) for one, other in _divided(pairs, len(tokens))))
    bearers = np.concatenate(
        (np.repeat(owners, single.lengths[flat]), np.repeat(owners[beside], double.lengths[met]))
    ).astype(np.int64)
    order = np.argsort(bearers, kind="stable")
    pieces = np.concatenate((single.of(flat), double.of(met)))[order]
    starts = np.concatenate(([0], np.cumsum(np.bincount(bearers, minlength=names)))).astype(np.int64)
    return pieces, starts, words_of(tuple(ids))


def _divided(pairs: Integers, size: int) -> Iterable[tuple[int, int]]:
    return zip((pairs // max(size, 1)).tolist(), (pairs % max(size, 1)).tolist(), strict=True)


def _bearers(tokens: Sequence[Token], flat: Integers, owners: Integers) -> dict[str, Integers]:
    """The names that have a word of each meaning, or of one near to it."""
    ids: dict[str, int] = {}
    near = _Pieces(ids, ({also for one in token.concepts for also in near_concepts(one)} for token in tokens))
    names = np.repeat(owners, near.lengths[flat])
    meant = near.of(flat)
    order = np.lexsort((names, meant))
    ends = np.cumsum(np.bincount(meant, minlength=len(ids)))
    return dict(zip(ids, map(np.unique, np.split(names[order], ends[:-1])), strict=True)) if ids else {}
