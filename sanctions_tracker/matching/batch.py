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

from sanctions_tracker.matching.similarity import (
    FEATURES_AT_LEAST,
    STEEPNESS,
    UNKNOWN_DROP,
    concepts_nearness,
    costs,
    informed,
)
from sanctions_tracker.names.skeleton import features_of, sounds, sounds_of
from sanctions_tracker.names.spellings import spellings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sanctions_tracker.names.tokens import Token

    Floats = NDArray[np.float32]
    Integers = NDArray[np.int64]

#: Sounds of a word beyond this are left out of the estimate.
_LONGEST = 24

#: Stands after the end of a word: it costs nothing to drop and meets nothing.
_END = 0
_NEVER = 9.0

#: How a meaning begins that stands among words.
_MEANING = "\0"


@lru_cache(maxsize=1)
def _numbers() -> dict[str, int]:
    return {sign: number for number, sign in enumerate(sounds(), start=1)}


@attrs.frozen(eq=False)
class _CostArrays:
    """``Costs`` by the numbers of the sounds; ``swap`` a sound of the query for one of the words it is set beside."""

    drop: Floats
    swap: Floats


@lru_cache(maxsize=4)
def _cost_arrays(*, same_script: bool, query_on_left: bool) -> _CostArrays:
    """The costs of ``similarity`` by the numbers of the sounds; the last number is every unknown sound."""
    table, numbers = costs(same_script=same_script), _numbers()
    size = len(numbers) + 2
    drop = np.full(size, UNKNOWN_DROP, dtype=np.float32)
    swap = np.full((size, size), 2 * UNKNOWN_DROP, dtype=np.float32)
    for sign, number in numbers.items():
        drop[number] = table.drop[sign]
        for other, cost in table.swap[sign].items():
            swap[number, numbers[other]] = cost
    swap[-1, -1] = 0.0
    if not query_on_left:
        swap = swap.T.copy()
    drop[_END], swap[:, _END] = 0.0, _NEVER
    return _CostArrays(drop, swap)


def _numbered(word: str) -> list[int]:
    numbers = _numbers()
    return [numbers.get(sign, len(numbers) + 1) for sign in sounds_of(word)[:_LONGEST]]


def meaning(token: Token) -> str:
    """What stands among words for the meanings of a token that has any: no word begins so."""
    return _MEANING + ",".join(sorted(token.concepts))


def _concepts(word: str) -> frozenset[str]:
    return frozenset(word.removeprefix(_MEANING).split(","))


@attrs.frozen(eq=False)
class Words:
    """Many words as one array: ``signs[i]`` the numbers of a word's sounds, padded; ``arabic[i]`` its script.

    ``places`` tells where a word stands; ``meanings`` where the meanings stand among them.
    """

    places: dict[str, int]
    meanings: tuple[tuple[int, frozenset[str]], ...]
    features: tuple[str, ...]
    signs: NDArray[np.uint8]
    arabic: NDArray[np.bool_]


def words_of(words: Sequence[str]) -> Words:
    """Encode words, and meanings among them, once for all queries."""
    signs = np.zeros((len(words), _LONGEST), dtype=np.uint8)
    for row, word in enumerate(words):
        numbers = _numbered(word)
        signs[row, : len(numbers)] = numbers
    arabic = np.array(["\u0600" <= word[:1] <= "\u06ff" for word in words], dtype=np.bool_)
    places = {word: place for place, word in enumerate(words)}
    meanings = tuple((place, _concepts(word)) for word, place in places.items() if word.startswith(_MEANING))
    features = tuple(_MEANING if word.startswith(_MEANING) else features_of(word) for word in words)
    return Words(places, meanings, features, signs, arabic)


def _distances(query: list[int], signs: NDArray[np.uint8], table: _CostArrays) -> Floats:
    """The edit distance of ``similarity.distance`` from one word to each row."""
    columns = np.ascontiguousarray(signs.T).astype(np.intp)
    drops = table.drop[columns]
    row: list[Floats] = [np.zeros(signs.shape[0], dtype=np.float32)]
    for drop in drops:
        row.append(row[-1] + drop)
    for sign in query:
        dropped = table.drop[sign]
        below = [row[0] + dropped]
        diagonal = np.take(table.swap[sign], columns)
        diagonal += row[:-1]
        np.minimum(diagonal, np.add(row[1:], dropped), out=diagonal)
        for cheapest, drop in zip(diagonal, drops, strict=True):
            below.append(np.minimum(cheapest, below[-1] + drop))
        row = below
    last: Floats = row[-1]
    return last


def _similarities(query: str, signs: NDArray[np.uint8], *, query_is_arabic: bool, arabic: bool) -> Floats:
    table = _cost_arrays(same_script=query_is_arabic == arabic, query_on_left=query_is_arabic or not arabic)
    numbers = _numbered(query)
    width = int((signs != _END).sum(axis=1).max(initial=1))
    distances = _distances(numbers, signs[:, :width], table)
    mass = table.drop[signs].sum(axis=1) + table.drop[numbers].sum()
    similar: Floats = np.maximum(0.0, 1.0 - STEEPNESS * distances / np.maximum(mass, 1e-6)).astype(np.float32)
    return similar


def _inform(query: str, similar: Floats, words: Words, chosen: Integers) -> None:
    """Raise the likeness of words that are known as spellings of the query, in place."""
    for word in spellings().kin(query) & words.places.keys():
        column = int(np.searchsorted(chosen, words.places[word]))
        if column < len(chosen) and chosen[column] == words.places[word] and word != query:
            similar[column] = max(similar[column], informed(float(similar[column]), query, word))


def _mean(query: str, similar: Floats, words: Words, chosen: Integers) -> None:
    """Set how near the chosen meanings are to that of the query, in place."""
    concepts, places = _concepts(query), np.array([place for place, _ in words.meanings], dtype=np.int64)
    columns = np.searchsorted(chosen, places)
    there = np.flatnonzero(columns < len(chosen))
    there = there[chosen[columns[there]] == places[there]]
    for number in there.tolist():
        similar[columns[number]] = concepts_nearness(concepts, words.meanings[number][1])


def similarities(queries: Sequence[str], words: Words, chosen: Integers) -> Floats:
    """How alike each query word (rows) and each chosen word (columns) sound, 0..1; ``chosen`` ascends.

    A meaning among them (see `meaning`) is as near to another as their concepts are, and to no word.

    As ``similarity.token_similarity`` of single readings, but for words of more
    than 24 sounds; words known to be apart may come out too near.
    """
    choices = [words.features[word] for word in chosen.tolist()]
    likeness = cdist([features_of(query) for query in queries], choices, scorer=Indel.normalized_similarity)
    similar = np.zeros((len(queries), len(chosen)), dtype=np.float32)
    for row, query in enumerate(queries):
        if query.startswith(_MEANING):
            _mean(query, similar[row], words, chosen)
            continue
        query_is_arabic = "\u0600" <= query[:1] <= "\u06ff"
        near = likeness[row] >= FEATURES_AT_LEAST
        for arabic in (True, False):
            columns = np.flatnonzero(near & (words.arabic[chosen] == arabic))
            if len(columns):
                signs = words.signs[chosen[columns]]
                similar[row, columns] = _similarities(query, signs, query_is_arabic=query_is_arabic, arabic=arabic)
        _inform(query, similar[row], words, chosen)
    return similar
