"""The words of many names, with the names that bear them.

Import this module only where an index is used: it needs numpy.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import attrs
import numpy as np
from rapidfuzz.distance import Indel

from sanctions_tracker.matching.batch import at_most
from sanctions_tracker.matching.similarity import FEATURES_AT_LEAST, concepts_nearness
from sanctions_tracker.names.concepts import near_concepts
from sanctions_tracker.names.skeleton import features_of
from sanctions_tracker.names.spellings import spellings

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from numpy.typing import NDArray

    from sanctions_tracker.matching.batch import Beside
    from sanctions_tracker.matching.filing import Filed

    Floats = NDArray[np.float32]
    Integers = NDArray[np.int64]
    Places = NDArray[np.int32]

#: Two words are read as one only where their features are this alike to the one word of the other
#: name: a little below what ``alignment`` asks, as the seam between them may sound otherwise.
JOINED_AT_LEAST = 0.65

#: What is remembered of words asked for, in bytes, takes up to twice this, and once more for how they sound.
_REMEMBERED = 24_000_000

#: A word that is like so many is common, and will be asked for again.
_MANY = 200


def ranges(begins: NDArray[np.integer], lengths: NDArray[np.integer]) -> Integers:
    """The numbers from each beginning on, as many as its length says, one range after the other."""
    shifts = begins - (np.cumsum(lengths) - lengths)
    found: Integers = np.repeat(shifts, lengths) + np.arange(int(lengths.sum()))
    return found


@attrs.frozen(eq=False)
class Near:
    """Where the names stand that have something like one word, and how alike it may be at most, ascending.

    The names are ``bearers[begins[i]:begins[i] + lengths[i]]`` of `Vocabulary`.
    """

    begins: Integers
    lengths: Integers
    values: Floats


class _Memory:
    """What was worked out for a word, forgotten when it was not asked for in a long while."""

    def __init__(self) -> None:
        self._young: dict[Hashable, Near] = {}
        self._old: dict[Hashable, Near] = {}
        self._size = 0

    def get(self, key: Hashable, worked_out: Callable[[], Near]) -> Near:
        found = self._young.get(key)
        if found is None:
            found = self._old.get(key) or worked_out()
            self._remember(key, found)
        return found

    def _remember(self, key: Hashable, found: Near) -> None:
        if self._size > _REMEMBERED:
            self._young, self._old, self._size = {}, self._young, 0
        self._young[key] = found
        self._size += 500 + sum(part.nbytes for part in attrs.astuple(found, recurse=False))


class _Heard:
    """How alike words asked for sound to those of a vocabulary, as far as it was worked out: NaN for the rest.

    Common words are asked for again and again, and are like many.
    """

    def __init__(self) -> None:
        self._rows: dict[str, Floats] = {}

    def row(self, word: str, size: int) -> Floats:
        """What is known of a word; to be written to."""
        row = self._rows.pop(word, None)
        if row is None:
            row = np.full(size, np.nan, dtype=np.float32)
            if len(self._rows) * row.nbytes > _REMEMBERED:
                self._rows.pop(next(iter(self._rows)))
        self._rows[word] = row  # the last one asked for is the last to be forgotten
        return row


@attrs.frozen(eq=False)
class Vocabulary:
    """The words of names, two neighbours read as one, and meanings; each with the names that bear it.

    They are numbered one after the other, words first, then joins, then meanings;
    ``bearers[starts[i]:starts[i + 1]]`` are the names that have the i-th, ascending.
    """

    words: Sequence[str]
    filed: Filed
    joins: Sequence[str]
    filed_joins: Filed
    meanings: Sequence[frozenset[str]]
    starts: Integers
    bearers: Places
    _memory: _Memory = attrs.field(init=False, factory=_Memory)
    _heard: _Heard = attrs.field(init=False, factory=_Heard)

    def near_word(self, word: str, least: float) -> Near:
        """What is like a word of a query, in one of its readings: by their features at least so (0..1)."""
        return self._memory.get((word, least), lambda: self._near_word(word, least))

    def near_join(self, joined: str) -> Near:
        """What is like two neighbours of a query read as one: at most one of two that meet is such."""
        return self._memory.get((joined,), lambda: self._near_join(joined))

    def near_meaning(self, concepts: frozenset[str]) -> Near:
        """What is near in meaning to a word of a query."""
        return self._memory.get(concepts, lambda: self._near_meaning(concepts))

    def _near_word(self, word: str, least: float) -> Near:
        features = features_of(word)
        groups, alike = self.filed.near(features, least)
        joined, joined_alike = self.filed_joins.near(features, JOINED_AT_LEAST)
        firsts, ends = self.filed_joins.firsts[joined], self.filed_joins.firsts[joined + 1]
        kin = self._kin(word)
        after = len(self.words)
        pieces = (
            (self.filed.firsts[groups], self.filed.firsts[groups + 1], at_most(alike)),
            (after + firsts, after + ends, at_most(joined_alike)),
            (kin, kin + 1, np.ones(len(kin), dtype=np.float32)),
        )
        return self._near(pieces)

    def _near_join(self, joined: str) -> Near:
        groups, alike = self.filed.near(features_of(joined), JOINED_AT_LEAST)
        return self._near([(self.filed.firsts[groups], self.filed.firsts[groups + 1], at_most(alike))])

    def _near_meaning(self, concepts: frozenset[str]) -> Near:
        near = {place for one in concepts for also in near_concepts(one) for place in self._meaning.get(also, ())}
        found = np.array(sorted(near), dtype=np.int64)
        worth = np.array([concepts_nearness(concepts, self.meanings[place]) for place in found], dtype=np.float32)
        places = len(self.words) + len(self.joins) + found
        return self._near([(places, places + 1, worth)])

    @cached_property
    def _meaning(self) -> dict[str, list[int]]:
        """The meanings that each concept is among."""
        found: dict[str, list[int]] = {}
        for place, concepts in enumerate(self.meanings):
            for one in concepts:
                found.setdefault(one, []).append(place)
        return found

    def _near(self, pieces: Iterable[tuple[NDArray[np.integer], NDArray[np.integer], Floats]]) -> Near:
        firsts, ends, values = (np.concatenate(parts) for parts in zip(*pieces, strict=True))
        order = np.argsort(values, kind="stable")
        begins = self.starts[firsts[order]]
        return Near(begins, self.starts[ends[order]] - begins, values[order])

    @cached_property
    def _places(self) -> dict[str, int]:
        """Where each word stands."""
        return {word: place for place, word in enumerate(self.words)}

    def looked_up(self, places: Integers) -> tuple[list[str], list[str]]:
        """The words and joins at some ascending places, and their features."""
        words, joins = places[places < len(self.words)], places[places >= len(self.words)] - len(self.words)
        texts: list[str] = self._words[words].tolist() + self._joins[joins].tolist()
        return texts, self.filed.of(words) + self.filed_joins.of(joins)

    @cached_property
    def _words(self) -> NDArray[np.object_]:
        return np.array(self.words, dtype=np.object_)

    @cached_property
    def _joins(self) -> NDArray[np.object_]:
        return np.array(self.joins, dtype=np.object_)

    def likeness(self, near: Beside, places: Integers) -> Floats:
        """How alike words asked for and those at some places, which stand in ``near``, sound: `Beside.likeness`."""
        if len(places) < _MANY:
            return near.likeness()
        rows = [self._heard.row(word, len(self.words) + len(self.joins)) for word in near.queries]
        heard = near.sound(np.stack([row[places] for row in rows]))
        for row, values, like in zip(rows, heard, near.features > 0, strict=True):
            row[places[like]] = values[like]
        return near.likeness(heard)

    def _kin(self, word: str) -> Integers:
        """The words that are known as spellings of one, and sound at all like it."""
        places, features = self._places, features_of(word)
        known = [other for other in spellings().kin(word) if other in places and other != word]
        near = [
            places[other]
            for other in known
            if Indel.normalized_similarity(features, features_of(other)) >= FEATURES_AT_LEAST
        ]
        return np.array(near, dtype=np.int64)
