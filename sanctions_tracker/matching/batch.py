"""The likeness of a few words to many at once: what ``similarity`` computes, as numpy arrays.

Import this module only where an index is used: it needs numpy.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import attrs
import numpy as np
from rapidfuzz.distance import OSA, Indel
from rapidfuzz.process import cdist

from sanctions_tracker.matching.similarity import (
    FEATURES_AT_LEAST,
    SLIP,
    SLIP_LENGTH,
    STEEPNESS,
    UNKNOWN_DROP,
    costs,
    informed,
)
from sanctions_tracker.names.skeleton import features_of, sounds, sounds_of
from sanctions_tracker.names.spellings import spellings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Integers = NDArray[np.int64]
    Bytes = NDArray[np.uint8]

#: Sounds of a word beyond this are left out of the estimate.
LONGEST = 24

#: Stands after the end of a word: it costs nothing to drop and meets nothing.
_END = 0
_NEVER = 9.0

#: Words whose features are this alike may be as alike in sound as the line says, and
#: hardly ever more: of 900,000 pairs of words from the development half of the name
#: benchmark 0.1 % lie above it, nearly all of them known spellings, which are looked up.
_RISE, _FALL = 1.6, 0.36

#: Of fewer columns than this one running minimum is faster than a minimum a row: it is a single call.
_FEW = 200


@lru_cache(maxsize=1)
def _numbers() -> dict[str, int]:
    return {sign: number for number, sign in enumerate(sounds(), start=1)}


class _Numbering(dict[int, str]):
    """Each sound as the character of its number, for ``str.translate``; all unknown sounds share the last one."""

    def __missing__(self, code: int) -> str:
        return chr(len(_numbers()) + 1)


@lru_cache(maxsize=1)
def _numbering() -> _Numbering:
    return _Numbering({ord(sign): chr(number) for sign, number in _numbers().items()})


#: Which costs two words are compared by: words of one script, an Arabic query
#: beside a Latin word, a Latin query beside an Arabic one.
_SAME_SCRIPT, _FROM_ARABIC, _FROM_LATIN = range(3)


@attrs.frozen(eq=False)
class _CostArrays:
    """``Costs`` by which they are and by the numbers of sounds: ``drop[i, a]``, ``swap[i, query's, word's]``."""

    drop: Floats
    swap: Floats


@lru_cache(maxsize=1)
def _cost_arrays() -> _CostArrays:
    size = len(_numbers()) + 2
    drop = np.full((3, size), UNKNOWN_DROP, dtype=np.float32)
    swap = np.full((3, size, size), 2 * UNKNOWN_DROP, dtype=np.float32)
    swap[:, -1, -1] = 0.0
    for which in (_SAME_SCRIPT, _FROM_ARABIC):
        table = costs(same_script=which == _SAME_SCRIPT)
        for sign, number in _numbers().items():
            drop[which, number] = table.drop[sign]
            for other, cost in table.swap[sign].items():
                swap[which, number, _numbers()[other]] = cost
    drop[_FROM_LATIN], swap[_FROM_LATIN] = drop[_FROM_ARABIC], swap[_FROM_ARABIC].T
    drop[:, _END], swap[:, _END, :], swap[:, :, _END] = 0.0, _NEVER, _NEVER
    return _CostArrays(drop, swap)


def at_most(features: Floats) -> Floats:
    """How alike words may sound that are so alike by their features, 0..1: seldom too low."""
    most: Floats = np.minimum(_RISE * features - _FALL * (features > 0), 1.0)
    return most


def features_of_likeness(likeness: float) -> float:
    """How alike by their features words must be that may be so alike by `at_most`."""
    return (likeness + _FALL) / _RISE


@lru_cache(maxsize=131072)
def _signs_of(word: str) -> bytes:
    """The sounds of a word as numbers, filled up with `_END`."""
    return sounds_of(word).translate(_numbering())[:LONGEST].ljust(LONGEST, chr(_END)).encode("latin-1")


def _signs(words: Sequence[str]) -> Bytes:
    return np.frombuffer(b"".join(map(_signs_of, words)), dtype=np.uint8).reshape(len(words), LONGEST)


def _are_arabic(words: Sequence[str]) -> NDArray[np.bool_]:
    first = np.array(words, dtype="U1")
    return (first >= "\u0600") & (first <= "\u06ff")


def _mass(signs: Bytes) -> Floats:
    mass: Floats = _cost_arrays().drop[:, signs].sum(axis=2)
    return mass


@attrs.frozen(eq=False)
class Beside:
    """Query words beside others: ``features[i, j]`` is how alike the i-th and the j-th are by their features."""

    queries: tuple[str, ...]
    texts: tuple[str, ...]
    features: Floats

    def at_most(self) -> Floats:
        """How alike each query word (rows) and each chosen word (columns) may be, 0..1: seldom too low."""
        most = at_most(self.features)
        for row, column in self._kin():
            most[row, column] = self.features[row, column] > 0
        return most

    def only(self, columns: Integers) -> Beside:
        """The same beside fewer words."""
        return Beside(self.queries, tuple([self.texts[at] for at in columns.tolist()]), self.features[:, columns])

    def likeness(self, heard: Floats | None = None) -> Floats:
        """How alike each query word (rows) and each chosen word (columns) sound, 0..1.

        As ``similarity.token_similarity`` of single readings, but for words of more
        than 24 sounds; words known to be apart may come out too near. ``heard`` is
        what `sound` returned, where that was asked before.
        """
        alike = self.sound() if heard is None else heard.copy()
        for row, column in self._kin():
            known = informed(float(alike[row, column]), self.queries[row], self.texts[column])
            alike[row, column] = max(alike[row, column], known)
        return np.maximum(alike, self._slips())

    def sound(self, known: Floats | None = None) -> Floats:
        """How alike they are by their sounds alone; ``known`` is what of it was worked out before, NaN for the rest."""
        alike = np.full_like(self.features, np.nan) if known is None else known.copy()
        alike[self.features == 0] = 0
        rows, columns = np.nonzero(np.isnan(alike))
        alike[rows, columns] = self._sound_alike(rows, columns)
        return alike

    def _kin(self) -> Iterator[tuple[int, int]]:
        """The query words and chosen words that are known as spellings of one another."""
        columns = dict(zip(self.texts, range(len(self.texts)), strict=True))
        for row, query in enumerate(self.queries):
            yield from ((row, columns[word]) for word in spellings().kin(query) & columns.keys() if word != query)

    def _slips(self) -> Floats:
        """How alike they are as words that are one but for a slip; words known to be two come out too near."""
        letters = cdist(
            self.queries,
            self.texts,
            scorer=OSA.normalized_similarity,
            score_cutoff=1 - 1 / SLIP_LENGTH,
            dtype=np.float32,
        )
        return np.where(letters > 0, 1 - SLIP * (1 - letters), np.float32(0))

    def _sound_alike(self, rows: Integers, columns: Integers) -> Floats:
        """How alike sound the query word of each row and the chosen word of each column."""
        if not len(rows):
            return np.zeros(0, dtype=np.float32)
        from_arabic = _are_arabic(self.queries)[rows]
        crossing = np.where(from_arabic, _FROM_ARABIC, _FROM_LATIN)
        which = np.where(from_arabic == _are_arabic(self.texts)[columns], _SAME_SCRIPT, crossing)
        used, places = np.unique(columns, return_inverse=True)
        asked, others = _signs(self.queries), _signs([self.texts[at] for at in used.tolist()])
        mass = _mass(asked)[which, rows] + _mass(others)[which, places]
        distances = _distances(asked[rows], others[places], which)
        similar: Floats = np.maximum(1.0 - STEEPNESS * distances / np.maximum(mass, 1e-6), 0.0)
        return similar


def beside(queries: Sequence[str], texts: Sequence[str], features: Sequence[str], least: Floats) -> Beside:
    """Set query words beside others (and their ``features``), as far as they are at least so alike.

    ``least`` (0.5 or more, for each two) is the likeness by features below which they count as unlike.
    """
    alike = cdist(
        [features_of(query) for query in queries],
        features,
        scorer=Indel.normalized_similarity,
        score_cutoff=FEATURES_AT_LEAST,
        dtype=np.float32,
    )
    alike[alike < least] = 0
    return Beside(tuple(queries), tuple(texts), alike)


def _used(signs: Bytes) -> Integers:
    """The signs column by column, without the columns that no word uses, as indices."""
    width = int((signs != _END).sum(axis=1).max(initial=1))
    return np.ascontiguousarray(signs[:, :width].T).astype(np.int64)


def _distances(asked: Bytes, listed: Bytes, which: Integers) -> Floats:
    """The edit distance of ``similarity.distance`` for each row of two arrays of words, by the costs of ``which``."""
    drop, swap = (table.ravel() for table in attrs.astuple(_cost_arrays(), recurse=False))
    size = _cost_arrays().drop.shape[1]
    queries, columns = _used(asked) + which * size, _used(listed)
    drops = drop.take(columns + which * size)
    ahead = np.zeros((len(drops) + 1, len(which)), dtype=np.float32)
    np.cumsum(drops, axis=0, out=ahead[1:])
    row = ahead.copy()
    for signs, dropped in zip(queries, drop.take(queries), strict=True):
        swapped = swap.take(columns + signs * size)
        swapped += row[:-1]
        row += dropped
        np.minimum(row[1:], swapped, out=row[1:])
        # What stands before may be dropped: measured from the word's beginning that is a running minimum.
        row -= ahead
        _run_minimum(row)
        row += ahead
    distances: Floats = row[-1]
    return distances


def _run_minimum(rows: Floats) -> None:
    """Make each row the least of itself and of all above it, in place."""
    if rows.shape[1] < _FEW:
        np.minimum.accumulate(rows, axis=0, out=rows)
    else:
        for above, row in pairwise(rows):
            np.minimum(above, row, out=row)
