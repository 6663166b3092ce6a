"""The similarity of one word to many at once: what ``similarity`` computes, as numpy arrays.

Import this module only where an index is used: it needs numpy.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import attrs
import numpy as np
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from sanctions_tracker.matching.similarity import FEATURES_AT_LEAST, STEEPNESS, UNKNOWN_DROP, costs
from sanctions_tracker.names.skeleton import features_of, sounds, sounds_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Integers = NDArray[np.int64]

#: Sounds of a word beyond this are left out of the estimate.
_LONGEST = 24

#: Stands after the end of a word: it costs nothing to drop and meets nothing.
_END = 0
_NEVER = 9.0


@lru_cache(maxsize=1)
def _numbers() -> dict[str, int]:
    return {sign: number for number, sign in enumerate(sounds(), start=1)}


@attrs.frozen(eq=False)
class _CostArrays:
    drop: Floats
    swap: Floats


@lru_cache(maxsize=2)
def _cost_arrays(*, same_script: bool) -> _CostArrays:
    """The costs of ``similarity`` by the numbers of the sounds; the last number is every unknown sound."""
    table, numbers = costs(same_script=same_script), _numbers()
    size = len(numbers) + 2
    drop = np.full(size, UNKNOWN_DROP, dtype=np.float32)
    swap = np.full((size, size), 2 * UNKNOWN_DROP, dtype=np.float32)
    drop[_END], swap[:, _END] = 0.0, _NEVER
    for left, row in table.swap.items():
        drop[numbers[left]] = table.drop[left]
        for right, cost in row.items():
            swap[numbers[left], numbers[right]] = cost
    swap[-1, -1] = 0.0
    return _CostArrays(drop, swap)


def _numbered(word: str) -> list[int]:
    numbers = _numbers()
    return [numbers.get(sign, len(numbers) + 1) for sign in sounds_of(word)[:_LONGEST]]


@attrs.frozen(eq=False)
class Words:
    """Many words as one array: ``signs[i]`` the numbers of a word's sounds, padded; ``arabic[i]`` its script."""

    features: tuple[str, ...]
    signs: NDArray[np.uint8]
    arabic: NDArray[np.bool_]


def words_of(words: Sequence[str]) -> Words:
    """Encode words, once for all queries."""
    signs = np.zeros((len(words), _LONGEST), dtype=np.uint8)
    for row, word in enumerate(words):
        numbers = _numbered(word)
        signs[row, : len(numbers)] = numbers
    arabic = np.array(["\u0600" <= word[:1] <= "\u06ff" for word in words], dtype=np.bool_)
    return Words(tuple(map(features_of, words)), signs, arabic)


def _distances(query: list[int], signs: NDArray[np.uint8], table: _CostArrays, *, query_first: bool) -> Floats:
    """The edit distance of ``similarity.distance`` from one word to each row."""
    columns = np.ascontiguousarray(signs.T).astype(np.intp)
    drops = table.drop[columns]
    row: list[Floats] = [np.zeros(signs.shape[0], dtype=np.float32)]
    for drop in drops:
        row.append(row[-1] + drop)
    for sign in query:
        swaps = (table.swap[sign] if query_first else table.swap[:, sign]).copy()
        swaps[_END] = _NEVER
        dropped = table.drop[sign]
        below = [row[0] + dropped]
        diagonal = np.take(swaps, columns)
        diagonal += row[:-1]
        np.minimum(diagonal, np.add(row[1:], dropped), out=diagonal)
        for cheapest, drop in zip(diagonal, drops, strict=True):
            below.append(np.minimum(cheapest, below[-1] + drop))
        row = below
    last: Floats = row[-1]
    return last


def _similarities(query: str, signs: NDArray[np.uint8], *, query_is_arabic: bool, arabic: bool) -> Floats:
    table = _cost_arrays(same_script=query_is_arabic == arabic)
    numbers = _numbered(query)
    width = int((signs != _END).sum(axis=1).max(initial=1))
    distances = _distances(numbers, signs[:, :width], table, query_first=query_is_arabic or not arabic)
    mass = table.drop[signs].sum(axis=1) + table.drop[numbers].sum()
    similar: Floats = np.maximum(0.0, 1.0 - STEEPNESS * distances / np.maximum(mass, 1e-6)).astype(np.float32)
    return similar


def similarities(queries: Sequence[str], words: Words, chosen: Integers) -> Floats:
    """How alike each query word (rows) and each chosen word (columns) sound, 0..1.

    As ``similarity.token_similarity`` of single readings, but for words of more
    than 24 sounds.
    """
    choices = [words.features[word] for word in chosen.tolist()]
    likeness = cdist([features_of(query) for query in queries], choices, scorer=Indel.normalized_similarity)
    similar = np.zeros((len(queries), len(chosen)), dtype=np.float32)
    for row, query in enumerate(queries):
        query_is_arabic = "\u0600" <= query[:1] <= "\u06ff"
        near = likeness[row] >= FEATURES_AT_LEAST
        for arabic in (True, False):
            columns = np.flatnonzero(near & (words.arabic[chosen] == arabic))
            if len(columns):
                signs = words.signs[chosen[columns]]
                similar[row, columns] = _similarities(query, signs, query_is_arabic=query_is_arabic, arabic=arabic)
    return similar
