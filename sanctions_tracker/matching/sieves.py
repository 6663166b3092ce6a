"""Which of many names may be like a query: three sieves before the comparison itself.

The first asks how like the query's words may be to the names' words, by their
features; the second how many feature signs the names share at all, free of order
and of word boundaries; the third how like the words sound. All are estimates:
what they let through may still be unlike.
Import this module only where an index is used: it needs numpy.
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import attrs
import numpy as np

from sanctions_tracker.matching.alignment import MISSING
from sanctions_tracker.matching.batch import Beside, at_most, beside, features_of_likeness
from sanctions_tracker.matching.letters import COUNTED, counted, counts_of, letters_of, light_of, spelt_weights_of
from sanctions_tracker.matching.similarity import FEATURES_AT_LEAST
from sanctions_tracker.matching.vocabulary import JOINED_AT_LEAST, ranges
from sanctions_tracker.matching.weights import weight_of
from sanctions_tracker.names.particles import Role
from sanctions_tracker.names.tokens import Token, joinable, joined_readings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from sanctions_tracker.matching.encoding import Encoded
    from sanctions_tracker.matching.vocabulary import Near, Vocabulary

    Floats = NDArray[np.float32]
    Integers = NDArray[np.int64]
    Places = NDArray[np.int32]
    Flags = NDArray[np.bool_]

#: How far below the threshold the estimates may lie. Measured on the
#: development half of the name benchmark (``benchmarks/names.py --loss``).
_LETTERS_MARGIN = 0.12
_WORDS_MARGIN = 0.12
_SOUNDS_MARGIN = 0.18
#: Likewise for a query with words that are translated: their weight does not go by their letters.
_MEANINGS_MARGIN = 0.3

#: So many signs that a name has more than a query may be what the query tells by an initial: a third of a word's.
_UNSAID_LETTERS = 4

#: Words whose features are less alike than this are not looked for in the whole vocabulary.
_LOOKED_FOR = 0.6

#: A word that is met so well as it stands is not read as one with its neighbour (see ``alignment``).
_MET_ALONE = 0.999

#: A name of which two words are met as one weighs so much less, where both are short or have a meaning.
_JOINED_LIGHTER = 0.5

#: So alike by their features are no two words.
_NEVER = 2.0

_ROUNDING = 1e-4

#: A name of nothing but initials is never more like one that has a word: a word that meets an initial leaves most of
#: its weight unmet. The most that any name of the official lists reached beside such a name is 0.78.
_INITIALS_REACH = 0.8

#: The letters of so many names are looked through sooner than a query's words are looked up; the words of
#: more than so many are not looked at one by one before that.
_LOOKED_THROUGH, _LOOKED_UP = 4000, 200

#: So few names are compared sooner than they are estimated.
_FEW = 6


def candidates(encoded: Encoded, query: tuple[Token, ...], threshold: float) -> Integers:
    """The names, ascending, whose score may reach the threshold."""
    least = threshold - _WORDS_MARGIN
    if least <= 0:
        return np.arange(len(encoded))
    if not counted(query):
        return np.flatnonzero(encoded.weights == 0) if threshold > _INITIALS_REACH else np.arange(len(encoded))
    question = _question(query)
    margin = _MEANINGS_MARGIN if any(word.meaning for word in question.words) else _LETTERS_MARGIN
    chosen = _weights_sieve(encoded, question, least)
    if len(chosen) <= _LOOKED_THROUGH:
        chosen = _letters_sieve(encoded, question, chosen, threshold - margin)
    if len(chosen) > _LOOKED_UP:
        chosen = _words_sieve(encoded, question, chosen, least)
        chosen = _letters_sieve(encoded, question, chosen, threshold - margin)
    chosen = _sounds_sieve(encoded, question, chosen, threshold - _SOUNDS_MARGIN)
    return chosen if threshold > _INITIALS_REACH else np.union1d(chosen, np.flatnonzero(encoded.weights == 0))


@attrs.frozen(eq=False)
class _Word:
    """A word of a query: its readings, its meanings, which of the query's joins it is part of."""

    token: Token
    readings: tuple[str, ...]
    joins: tuple[int, ...]
    meaning: frozenset[str]


@attrs.frozen(eq=False)
class _Question:
    """What the sieves look for: the counted words and what each two neighbours are as one, in every reading.

    ``weights`` are those of the words, ``heaviest`` what they weigh together if none is met by its
    meaning; ``initials`` is how many initials stand beside them.
    """

    words: tuple[_Word, ...]
    joins: tuple[tuple[str, ...], ...]
    weights: Floats
    heaviest: float
    initials: int

    @cached_property
    def readings(self) -> tuple[str, ...]:
        """The words in every reading."""
        return tuple(dict.fromkeys(reading for word in self.words for reading in word.readings))

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """The words in every reading, then the joins likewise."""
        return (*self.readings, *dict.fromkeys(piece for join in self.joins for piece in join))

    def best(self, pieces: Sequence[str], alike: Floats) -> Floats:
        """The best of the rows of some pieces, where there is a row for each of ``asked``."""
        best: Floats = alike[[self.asked.index(piece) for piece in pieces]].max(axis=0)
        return best

    def words_of(self, alike: Floats) -> Floats:
        """A row for each word: the best of its readings'."""
        return np.stack([self.best(word.readings, alike) for word in self.words])


def _question(query: tuple[Token, ...]) -> _Question:
    tokens = joinable(query)
    joins = tuple(joined_readings(left, right) for left, right in pairwise(tokens))
    words = tuple(
        _Word(token, token.readings, tuple(at for at in (place - 1, place) if 0 <= at < len(joins)), token.concepts)
        for place, token in enumerate(tokens)
        if token.role in COUNTED
    )
    own = [word.token for word in words]
    weights = np.array([weight_of(token) for token in own], dtype=np.float32)
    initials = sum(token.role is Role.INITIAL for token in query)
    return _Question(words, joins, weights, float(spelt_weights_of(own).sum()), initials)


def _weights_sieve(encoded: Encoded, question: _Question, least: float) -> Integers:
    """The names that are neither so light nor so heavy beside the query that they cannot reach the least score."""
    masses = encoded.weights, encoded.spelt_weights
    small = np.minimum(masses[0], question.weights.sum())
    passed: Integers = np.flatnonzero((small > 0) & (small >= least * (small + MISSING * _surplus(question, masses))))
    return passed


def _words_sieve(encoded: Encoded, question: _Question, chosen: Integers, least: float) -> Integers:
    """Those of the chosen names whose words may be alike enough, as far as the vocabulary tells.

    The estimate is a mean: a name none of whose words is that like the query's does not reach it.
    """
    cut = _cut(least)
    unknown = float(at_most(np.array(cut, dtype=np.float32))) if cut > FEATURES_AT_LEAST else 0.0
    met = np.full((len(question.words), len(encoded)), unknown, dtype=np.float32)
    strong = np.zeros(len(encoded), dtype=np.bool_)
    for row, word in zip(met, question.words, strict=True):
        for near in _all_near(encoded.vocabulary, question, word, cut):
            names, values = _bearers(encoded.vocabulary, near)
            row[names] = np.maximum(row[names], values)  # ascending: of a name that is there twice the last one stays
            strong[names[np.searchsorted(values, least - _ROUNDING) :]] = True
    chosen = chosen[strong[chosen]]
    estimate = _score_estimate(met[:, chosen], question, _masses(encoded, chosen))
    passed: Integers = chosen[estimate >= least]
    return passed


def _cut(least: float) -> float:
    """How alike by their features words must be to be looked for where scores must reach ``least``."""
    return max(min(_LOOKED_FOR, features_of_likeness(least)), FEATURES_AT_LEAST)


def _all_near(vocabulary: Vocabulary, question: _Question, word: _Word, cut: float) -> Iterator[Near]:
    """What is like a word of the query, in every reading, as part of a longer word, in meaning."""
    for reading in word.readings:
        yield vocabulary.near_word(reading, cut)
    for join in word.joins:
        yield from map(vocabulary.near_join, question.joins[join])
    if word.meaning:
        yield vocabulary.near_meaning(word.meaning)


def _bearers(vocabulary: Vocabulary, near: Near) -> tuple[Places, Floats]:
    """The names near a word and how near each is, ascending."""
    return vocabulary.bearers[ranges(near.begins, near.lengths)], np.repeat(near.values, near.lengths)


def _letters_sieve(encoded: Encoded, question: _Question, chosen: Integers, threshold: float) -> Integers:
    """Those of the chosen names that share enough feature signs with the query, free of order and word boundaries.

    What one of the two merely lacks counts for little, as in a comparison, and
    of common words for less. A name without consonants passes.
    """
    words = [word.token for word in question.words]
    counts = counts_of([token.core for token in words]).sum(axis=0)
    own, own_light, other = int(counts.sum()), light_of(words).sum(), _other_letters(words)
    common = np.minimum(encoded.counts[chosen], np.minimum(counts, 255).astype(np.uint8)).sum(axis=1, dtype=np.int64)
    common += other
    for word in question.words:  # a word that may be met by its meaning counts with all of its letters
        if word.meaning:
            common[_meant(encoded, word)[chosen] > 0] += len(letters_of(word.token.core))
    sizes = encoded.sizes[chosen]
    small, surplus = np.minimum(sizes, own), np.abs(sizes - own)
    light = np.where(sizes > own, encoded.light[chosen], own_light)
    unsaid = _UNSAID_LETTERS * question.initials
    needed = threshold * (small + MISSING * np.maximum(surplus - light - unsaid, 0))
    needed[small == 0] = 0
    passed: Integers = chosen[np.minimum(common, small) >= needed - _ROUNDING]
    return passed


def _meant(encoded: Encoded, word: _Word) -> Floats:
    """How near each name comes to a word by its meaning."""
    met = np.zeros(len(encoded), dtype=np.float32)
    names, values = _bearers(encoded.vocabulary, encoded.vocabulary.near_meaning(word.meaning))
    met[names] = values
    return met


def _other_letters(words: list[Token]) -> int:
    """How many signs the words as written lack that other readings of them have."""
    more = 0
    for word in words:
        if len(word.readings) > 1:
            written = Counter(letters_of(word.core))
            more += max((Counter(letters_of(reading)) - written).total() for reading in word.readings)
    return more


def _different(numbers: NDArray[np.signedinteger], size: int) -> tuple[Integers, Integers]:
    """The different ones of numbers below ``size``, ascending, and where each number stands among them."""
    there = np.zeros(size, dtype=np.bool_)
    there[numbers] = True
    found = np.flatnonzero(there)
    places = np.empty(size, dtype=np.int64)
    places[found] = np.arange(len(found))
    return found, places[numbers]


def _sounds_sieve(encoded: Encoded, question: _Question, chosen: Integers, least: float) -> Integers:
    """Those of the chosen names whose words are alike enough: first by features, then by sound."""
    if len(chosen) <= _FEW:
        return chosen
    meant = _meant_by(encoded, question, chosen)
    begins = encoded.starts[chosen]
    lengths = encoded.starts[chosen + 1] - begins
    words = len(encoded.vocabulary.words)
    pieces, places = _different(encoded.pieces[ranges(begins, lengths)], words + len(encoded.vocabulary.joins))
    near = _beside(encoded.vocabulary, question, pieces)
    named = _Named(places, lengths, pieces >= words)
    # What words may be like at most says nothing of how they are met: two of them may be one all the same.
    kept = named.estimate(question, near.at_most(), meant, _masses(encoded, chosen), alone=_NEVER) >= least
    if not kept.any():
        return chosen[kept]
    columns, places = _different(places[np.repeat(kept, lengths)], len(pieces))
    named = _Named(places, lengths[kept], named.joins[columns])
    chosen = chosen[kept]
    alike = encoded.vocabulary.likeness(near.only(columns), pieces[columns])
    estimate = named.estimate(question, alike, meant[:, kept], _masses(encoded, chosen), alone=_MET_ALONE)
    passed: Integers = chosen[estimate >= least]
    return passed


def _beside(vocabulary: Vocabulary, question: _Question, pieces: Integers) -> Beside:
    """The words and joins of the query beside those at some places of the vocabulary."""
    joins = np.repeat([False, True], [len(question.readings), len(question.asked) - len(question.readings)])
    both = joins[:, None].astype(np.int64) + (pieces >= len(vocabulary.words))
    least = np.array([FEATURES_AT_LEAST, JOINED_AT_LEAST, _NEVER], dtype=np.float32)[both]
    return beside(question.asked, *vocabulary.looked_up(pieces), least)


@attrs.frozen(eq=False)
class _Named:
    """Some names: each has the next ``lengths[i]`` of ``places``, those are columns, of which some are ``joins``."""

    places: Integers
    lengths: Integers
    joins: Flags

    def estimate(
        self, question: _Question, alike: Floats, meant: Floats, masses: tuple[Floats, Floats], *, alone: float
    ) -> Floats:
        """The score that the names could have, by how alike the query's words (rows) and theirs (columns) are.

        A word that is met so well as ``alone`` says is not read as one with its neighbour.
        """
        words, joins = len(question.words), len(question.joins)
        alike_words = question.words_of(alike)
        alike_joins = [question.best(join, alike)[None] for join in question.joins]
        best = self._best(np.concatenate([alike_words * ~self.joins, alike_words * self.joins, *alike_joins]))
        own, joined, as_one = best[:words], best[words : 2 * words], best[2 * words :]
        own = np.maximum(own, meant)
        lighter = masses[0] - _JOINED_LIGHTER * (joined > own).any(axis=0)
        met = np.maximum(own, joined)
        for place in range(joins):
            around = [row for row, word in enumerate(question.words) if place in word.joins]
            if around:
                met_alone = own[around].max(axis=0) >= alone
                met[around] = np.maximum(met[around], np.where(met_alone, np.float32(0), as_one[place]))
        return _score_estimate(met, question, (lighter, masses[1]))

    def _best(self, alike: Floats) -> Floats:
        """The best of each row for each name."""
        # A name without words has no slice: a nought at the end gives the last ones a place to begin.
        met = np.zeros((len(alike), len(self.places) + 1), dtype=np.float32)
        alike.take(self.places, axis=1, out=met[:, :-1])
        best: Floats = np.maximum.reduceat(met, np.cumsum(self.lengths) - self.lengths, axis=1)
        return best


def _meant_by(encoded: Encoded, question: _Question, chosen: Integers) -> Floats:
    """How near each chosen name (columns) comes to each word of the query (rows) by its meaning."""
    nothing = np.zeros(len(chosen), dtype=np.float32)
    return np.stack([_meant(encoded, word)[chosen] if word.meaning else nothing for word in question.words])


def _masses(encoded: Encoded, chosen: Integers) -> tuple[Floats, Floats]:
    return encoded.weights[chosen], encoded.spelt_weights[chosen]


def _score_estimate(met: Floats, question: _Question, masses: tuple[Floats, Floats]) -> Floats:
    """The score that names could have: each query word meets the best word, the surplus is missing.

    ``met`` tells how alike each word of the query (rows) is to the most like word of each
    name (columns), and ``masses`` the least and the most that the names weigh.
    """
    counted = _within(met, question.weights, masses[0]) * (2 - met)
    whole = counted.sum(axis=0) + MISSING * _surplus(question, masses)
    estimate: Floats = (counted * met).sum(axis=0) / np.maximum(whole, 1e-6)
    return estimate


def _surplus(question: _Question, masses: tuple[Floats, Floats]) -> Floats:
    """What names and query weigh apart from each other, at least."""
    lightest, heaviest = sorted((float(question.weights.sum()), question.heaviest))
    return np.maximum(np.maximum(lightest - np.maximum(*masses), np.minimum(*masses) - heaviest), 0)


def _within(met: Floats, weights: Floats, masses: Floats) -> Floats:
    """How much of each query word's weight the names can meet, by what they weigh themselves.

    A query longer than the name cannot meet more words than the name has: its
    worst met words are then missing, not contradicted.
    """
    within = np.repeat(weights[:, None], met.shape[1], axis=1)
    light = np.flatnonzero(masses < weights.sum())
    if len(light):
        order = np.argsort(-met[:, light], axis=0)
        ordered = weights[order]
        before = np.cumsum(ordered, axis=0) - ordered
        ordered *= np.clip((masses[light] - before) / np.maximum(ordered, 1e-6), 0.0, 1.0)
        some = np.empty_like(ordered)
        np.put_along_axis(some, order, ordered, axis=0)
        within[:, light] = some
    return within
