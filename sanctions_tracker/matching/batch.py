"""The likeness of a few words to many at once: what ``similarity`` computes, as numpy arrays.

Import this module only where an index is used: it needs numpy.
"""

from __future__ import annotations

from functools import lru_cache
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
    concepts_nearness,
    costs,
    informed,
)
from sanctions_tracker.names.skeleton import features_of, sounds, sounds_of
from sanctions_tracker.names.spellings import spellings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from sanctions_tracker.names.tokens import Token

    Floats = NDArray[np.float32]
    Integers = NDArray[np.int64]
    Bytes = NDArray[np.uint8]

#: Sounds of a word beyond this are left out of the estimate.
_LONGEST = 24

#: Stands after the end of a word: it costs nothing to drop and meets nothing.
_END = 0
_NEVER = 9.0

#: How a meaning begins that stands among words, and one that is asked for: by their features they never meet.
_MEANING, _ASKED_MEANING = "\0", "\1"

#: Words whose features are this alike may be as alike in sound as the line says, and
#: hardly ever more: of 900,000 pairs of words from the development half of the name
#: benchmark 0.1 % lie above it, nearly all of them known spellings, which are looked up.
_RISE, _FALL = 1.6, 0.36


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


def meaning(token: Token) -> str:
    """What stands among words for the meanings of a token that has any: no word begins so."""
    return _MEANING + ",".join(sorted(token.concepts))


def _concepts(word: str) -> frozenset[str]:
    return frozenset(word.removeprefix(_MEANING).split(","))


def _features(word: str, meaning: str = _MEANING) -> str:
    return meaning if word.startswith(_MEANING) else features_of(word)


@attrs.frozen(eq=False)
class Words:
    """Many words as arrays: ``signs[i]`` the numbers of a word's sounds, padded; ``arabic[i]`` its script.

    ``spelt`` are the words, empty for meanings; ``mass[i, j]`` is what word ``j`` costs
    to leave out by the costs of `_CostArrays`; ``places`` tells where a word stands;
    ``meanings`` where the meanings stand among them.
    """

    places: dict[str, int]
    meanings: dict[int, frozenset[str]]
    spelt: NDArray[np.object_]
    features: NDArray[np.object_]
    signs: Bytes
    arabic: NDArray[np.bool_]
    mass: Floats


def _signs(words: Sequence[str]) -> Bytes:
    numbering = _numbering()
    padded = [sounds_of(word).translate(numbering)[:_LONGEST].ljust(_LONGEST, "\0") for word in words]
    return np.frombuffer("".join(padded).encode("latin-1"), dtype=np.uint8).reshape(len(words), _LONGEST)


def words_of(words: Sequence[str]) -> Words:
    """Encode words, and meanings among them, once for all queries."""
    signs = _signs(words)
    return Words(
        places={word: place for place, word in enumerate(words)},
        meanings={place: _concepts(word) for place, word in enumerate(words) if word.startswith(_MEANING)},
        spelt=_objects(["" if word.startswith(_MEANING) else word for word in words]),
        features=_objects([_features(word) for word in words]),
        signs=signs,
        arabic=_are_arabic(words),
        mass=_mass(signs),
    )


def _objects(texts: Sequence[str]) -> NDArray[np.object_]:
    return np.array([*texts, None], dtype=np.object_)[:-1]  # None, lest numpy makes texts of one width of them


def _are_arabic(words: Sequence[str]) -> NDArray[np.bool_]:
    return np.array(["\u0600" <= word[:1] <= "\u06ff" for word in words], dtype=np.bool_)


def _mass(signs: Bytes) -> Floats:
    mass: Floats = _cost_arrays().drop[:, signs].sum(axis=2)
    return mass


def _there(wanted: Sequence[int], chosen: Integers) -> Iterator[tuple[int, int]]:
    """Those of the wanted places that are chosen, each with its column."""
    if len(chosen):
        places = np.array(wanted, dtype=np.int64)
        columns = np.minimum(np.searchsorted(chosen, places), len(chosen) - 1)
        for place, column in zip(places.tolist(), columns.tolist(), strict=True):
            if chosen[column] == place:
                yield place, column


def _mean(query: str, likeness: Floats, words: Words, chosen: Integers) -> None:
    """Set how near the chosen meanings are to that of the query, in place."""
    concepts = _concepts(query)
    for place, column in _there(tuple(words.meanings), chosen):
        likeness[column] = concepts_nearness(concepts, words.meanings[place])


def _kin(query: str, words: Words, chosen: Integers) -> Iterator[tuple[str, int]]:
    """The chosen words that are known as spellings of the query, each with its column."""
    known = {words.places[word]: word for word in spellings().kin(query) & words.places.keys() if word != query}
    for place, column in _there(tuple(known), chosen):
        yield known[place], column


@attrs.frozen(eq=False)
class Beside:
    """Query words (and meanings) beside some of many: ``chosen`` ascends, ``features`` is their likeness by feature."""

    queries: tuple[str, ...]
    words: Words
    chosen: Integers
    features: Floats

    def at_most(self) -> Floats:
        """How alike each query word (rows) and each chosen word (columns) may be, 0..1: seldom too low."""
        most = np.minimum(_RISE * self.features - _FALL * (self.features > 0), 1.0)
        for row, query in enumerate(self.queries):
            if query.startswith(_MEANING):
                _mean(query, most[row], self.words, self.chosen)
            else:
                for _, column in _kin(query, self.words, self.chosen):
                    most[row, column] = self.features[row, column] > 0
        return most

    def only(self, columns: Integers) -> Beside:
        """The same beside fewer words; ``columns`` ascends."""
        return Beside(self.queries, self.words, self.chosen[columns], self.features[:, columns])

    def likeness(self) -> Floats:
        """How alike each query word (rows) and each chosen word (columns) sound, 0..1.

        A meaning is as near to another as their concepts are, and to no word.
        As ``similarity.token_similarity`` of single readings, but for words of more
        than 24 sounds; words known to be apart may come out too near.
        """
        alike = np.zeros_like(self.features)
        rows, columns = np.nonzero(self.features)
        alike[rows, columns] = _sound_alike(self.queries, self.words, rows, self.chosen[columns])
        for row, query in enumerate(self.queries):
            if query.startswith(_MEANING):
                _mean(query, alike[row], self.words, self.chosen)
            else:
                for word, column in _kin(query, self.words, self.chosen):
                    alike[row, column] = max(alike[row, column], informed(float(alike[row, column]), query, word))
        words = [row for row, query in enumerate(self.queries) if not query.startswith(_MEANING)]
        alike[words] = np.maximum(alike[words], self._slips([self.queries[row] for row in words]))
        return alike

    def _slips(self, queries: Sequence[str]) -> Floats:
        """How alike they are as words that are one but for a slip; words known to be two come out too near."""
        letters = cdist(
            queries,
            self.words.spelt[self.chosen].tolist(),
            scorer=OSA.normalized_similarity,
            score_cutoff=1 - 1 / SLIP_LENGTH,
            dtype=np.float32,
        )
        return np.where(letters > 0, 1 - SLIP * (1 - letters), np.float32(0))


def beside(queries: Sequence[str], words: Words, chosen: Integers) -> Beside:
    """Set query words beside the chosen ones: one rapidfuzz pass over their features."""
    features = cdist(
        [_features(query, _ASKED_MEANING) for query in queries],
        words.features[chosen].tolist(),
        scorer=Indel.normalized_similarity,
        score_cutoff=FEATURES_AT_LEAST,
        dtype=np.float32,
    )
    return Beside(tuple(queries), words, chosen, features)


def _sound_alike(queries: Sequence[str], words: Words, rows: Integers, places: Integers) -> Floats:
    """How alike sound the query word of each row and the word beside it."""
    if not len(rows):
        return np.zeros(0, dtype=np.float32)
    from_arabic = _are_arabic(queries)[rows]
    crossing = np.where(from_arabic, _FROM_ARABIC, _FROM_LATIN)
    which = np.where(from_arabic == words.arabic[places], _SAME_SCRIPT, crossing)
    asked = _signs(queries)
    mass = _mass(asked)[which, rows] + words.mass[which, places]
    distances = _distances(asked[rows], words.signs[places], which)
    similar: Floats = np.maximum(1.0 - STEEPNESS * distances / np.maximum(mass, 1e-6), 0.0)
    return similar


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
    row: list[Floats] = [np.zeros(len(which), dtype=np.float32)]
    for left_out in drops:
        row.append(row[-1] + left_out)
    for signs, dropped in zip(queries, drop.take(queries), strict=True):
        swapped = swap.take(columns + signs * size)
        swapped += row[:-1]
        below = [row[0] + dropped]
        for cheapest, above, left_out in zip(swapped, row[1:], drops, strict=True):
            np.minimum(cheapest, above + dropped, out=cheapest)
            below.append(np.minimum(cheapest, below[-1] + left_out, out=cheapest))
        row = below
    return row[-1]
