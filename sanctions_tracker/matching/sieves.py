"""Which of many names may be like a query: two sieves before the comparison itself.

The first asks how many feature signs the names share at all, in one numpy pass
over everything, free of order and of word boundaries; the second how like the
query's words are to the names' words, by their features, then by their sound.
Both are estimates: what they let through may still be unlike.
Import this module only where an index is used: it needs numpy.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import attrs
import numpy as np

from sanctions_tracker.matching.alignment import MISSING
from sanctions_tracker.matching.batch import beside
from sanctions_tracker.matching.encoding import (
    counted,
    counts_of,
    letters_of,
    light_of,
    ranges,
    readings_of,
    spelt_weights_of,
)
from sanctions_tracker.matching.weights import weight_of
from sanctions_tracker.names.particles import Role
from sanctions_tracker.names.tokens import Token, neighbours

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sanctions_tracker.matching.encoding import Encoded

    Floats = NDArray[np.float32]
    Integers = NDArray[np.int64]

#: How far below the threshold the two estimates may lie. Measured on the
#: development half of the name benchmark (``benchmarks/names.py --loss``).
_LETTERS_MARGIN = 0.12
_WORDS_MARGIN = 0.12
#: Likewise for a query with words that are translated: their weight does not go by their letters.
_MEANINGS_MARGIN = 0.3

#: So many signs that a name has more than a query may be what the query tells by an initial: a third of a word's.
_UNSAID_LETTERS = 4

_ROUNDING = 1e-4


def candidates(encoded: Encoded, query: tuple[Token, ...], threshold: float) -> Integers:
    """The names, ascending, whose score may reach the threshold."""
    margin = _MEANINGS_MARGIN if any(token.concepts for token in query) else _LETTERS_MARGIN
    chosen = _letters_sieve(encoded, query, threshold - margin)
    if not len(chosen) or not counted(query):
        return chosen
    unknown = encoded.weights[chosen] == 0
    passed = _words_sieve(encoded, _question(query), chosen[~unknown], threshold - _WORDS_MARGIN)
    return np.sort(np.concatenate((chosen[unknown], passed)))


def _letters_sieve(encoded: Encoded, query: tuple[Token, ...], threshold: float) -> Integers:
    """The names that share enough feature signs with the query, free of order and of word boundaries.

    What one of the two merely lacks counts for little, as in a comparison, and
    of common words for less. A name without consonants passes.
    """
    words = counted(query)
    counts = counts_of([token.core for token in words]).sum(axis=0)
    own, own_light, other = int(counts.sum()), light_of(words).sum(), _other_letters(words)
    # As narrow as the sum allows: this pass over all names is as fast as memory.
    common = np.full(len(encoded.sizes), other, dtype=np.min_scalar_type(2 * own + other))
    for sign in np.flatnonzero(counts).tolist():
        common += np.minimum(encoded.counts[sign], min(int(counts[sign]), 255))
    for token in words:  # a word that may be met by its meaning counts with all of its letters
        bearers = [encoded.concepts[concept] for concept in token.concepts if concept in encoded.concepts]
        if bearers:
            common[np.unique(np.concatenate(bearers))] += len(letters_of(token.core))
    small, surplus = np.minimum(encoded.sizes, own), np.abs(encoded.sizes - own)
    light = np.where(encoded.sizes > own, encoded.light, own_light)
    unsaid = _UNSAID_LETTERS * sum(token.role is Role.INITIAL for token in query)
    needed = threshold * (small + MISSING * np.maximum(surplus - light - unsaid, 0))
    needed[small == 0] = 0
    passed: Integers = np.flatnonzero(np.minimum(common, small) >= needed - _ROUNDING)
    return passed


def _other_letters(words: list[Token]) -> int:
    """How many signs the words as written lack that other readings of them have."""
    more = 0
    for word in words:
        if len(word.readings) > 1:
            written = Counter(letters_of(word.core))
            more += max((Counter(letters_of(reading)) - written).total() for reading in word.readings)
    return more


def _slices(encoded: Encoded, chosen: Integers) -> tuple[Integers, Integers]:
    """The pieces of the chosen names in one array, and where each name's begin in it."""
    first = encoded.starts[chosen]
    lengths = encoded.starts[chosen + 1] - first
    return encoded.pieces[ranges(first, lengths)], np.cumsum(lengths) - lengths


def _different(numbers: Integers, size: int) -> tuple[Integers, Integers]:
    """The different ones of numbers below ``size``, ascending, and where each number stands among them."""
    there = np.zeros(size, dtype=np.bool_)
    there[numbers] = True
    found = np.flatnonzero(there)
    places = np.empty(size, dtype=np.int64)
    places[found] = np.arange(len(found))
    return found, places[numbers]


@attrs.frozen(eq=False)
class _Question:
    """What the sieves look for: ``pieces`` (words in all readings and meanings, neighbours read as one).

    For each counted word of the query, ``rows`` are those of its pieces and ``weights`` what it weighs;
    ``heaviest`` is what they weigh together if none is met by its meaning.
    """

    pieces: tuple[str, ...]
    rows: tuple[tuple[int, ...], ...]
    weights: Floats
    heaviest: float


def _question(query: tuple[Token, ...]) -> _Question:
    words, joins = counted(query), neighbours(query)
    pieces: dict[str, int] = {}
    rows: list[tuple[int, ...]] = []
    for word in words:
        around = [both for both in joins if word.text in both.text]
        readings = [reading for token in (word, *around) for reading in readings_of(token)]
        rows.append(tuple(pieces.setdefault(reading, len(pieces)) for reading in readings))
    weights = np.array([weight_of(word) for word in words], dtype=np.float32)
    return _Question(tuple(pieces), tuple(rows), weights, float(spelt_weights_of(words).sum()))


def _words_sieve(encoded: Encoded, question: _Question, chosen: Integers, threshold: float) -> Integers:
    """Those of the chosen names whose words may be alike enough: first by features, then by sound."""
    words, begins = _slices(encoded, chosen)
    different, places = _different(words, len(encoded.vocabulary.spelt))
    near = beside(question.pieces, encoded.vocabulary, different)
    most = _score_estimate(near.at_most(), question, places, begins, _masses(encoded, chosen))
    kept = np.flatnonzero(most >= threshold)
    lengths = np.diff(begins, append=len(places))
    inside = np.repeat(most >= threshold, lengths)
    columns, places = _different(places[inside], len(different))
    begins = np.cumsum(lengths[kept]) - lengths[kept]
    alike = near.only(columns).likeness()
    estimate = _score_estimate(alike, question, places, begins, _masses(encoded, chosen[kept]))
    passed: Integers = chosen[kept[estimate >= threshold]]
    return passed


def _masses(encoded: Encoded, chosen: Integers) -> tuple[Floats, Floats]:
    return encoded.weights[chosen], encoded.spelt_weights[chosen]


def _score_estimate(
    similar: Floats, question: _Question, places: Integers, begins: Integers, masses: tuple[Floats, Floats]
) -> Floats:
    """The score that names could have: each query word meets the best word, the surplus is missing.

    ``similar`` tells how alike pieces (rows) and words (columns) are; a name's words are the columns
    ``places[begins[i]:begins[i + 1]]``, and ``masses`` the least and the most that they weigh.
    """
    # A name without words has no slice: a nought at the end gives the last ones a place to begin.
    met = np.stack([np.append(similar[list(row)].max(axis=0)[places], np.float32(0)) for row in question.rows])
    met = np.maximum.reduceat(met, begins, axis=1)
    # A query longer than the name cannot meet more words than the name has:
    # its worst met words are then missing, not contradicted.
    order = np.argsort(-met, axis=0)
    met, ordered = np.take_along_axis(met, order, axis=0), question.weights[order]
    before = np.cumsum(ordered, axis=0) - ordered
    within = np.clip((masses[0] - before) / np.maximum(ordered, 1e-6), 0.0, 1.0) * ordered
    counted = within * (2 - met)
    lightest, heaviest = sorted((float(question.weights.sum()), question.heaviest))
    surplus = np.maximum(lightest - np.maximum(*masses), np.minimum(*masses) - heaviest)
    whole = counted.sum(axis=0) + MISSING * np.maximum(surplus, 0)
    estimate: Floats = (counted * met).sum(axis=0) / np.maximum(whole, 1e-6)
    return estimate
