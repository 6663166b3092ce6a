"""How alike two words sound.

A weighted edit distance over the sounds of ``names/skeleton``: every sound
costs what the tables say to leave out, every two near sounds what the tables
say to exchange, and there are two sets of costs, for words of one script and
for an Arabic word against a Latin one (which leaves short vowels unwritten).
"""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate
from math import inf
from operator import itemgetter
from typing import TYPE_CHECKING

import attrs
from rapidfuzz.distance import OSA, Indel

from sanctions_tracker.names.concepts import nearness
from sanctions_tracker.names.skeleton import SEAM, Sounds, features_of, sounds, sounds_of
from sanctions_tracker.names.spellings import spellings
from sanctions_tracker.names.tables import rows

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sanctions_tracker.names.tokens import Token

#: How fast similarity falls with distance: at 2, words of which half the sounds
#: must go are wholly unlike. Chosen on the development half of the name benchmark.
STEEPNESS = 2.5

#: Exchanging two unrelated consonants costs this share of dropping one and
#: adding the other; for two unrelated vowels see `_VOWELS`. Chosen likewise.
_UNRELATED = 0.8
_VOWELS = 0.75

#: What reading an attached article as part of the name costs.
_SECOND_READING = 0.03

#: Two words less alike than this have nothing to do with each other. Chosen on
#: the development half of the name benchmark.
LEAST_SIMILAR = 0.3
_ROUNDING = 1e-9

#: From this kinship on (see ``names/spellings``) two words are taken for one;
#: how far they then come nearer, of the distance that is left; how far words
#: without kinship are set apart; and how often a word must have been seen to
#: count half. Chosen on the development half of the name benchmark.
_KINDRED = 0.3
_NEARER = 0.6
_APART = 0.15
_WELL_KNOWN = 5

#: A slip costs this share of one letter's part of the word, in words of so many letters.
#: Chosen on the public screening benchmark (``benchmarks/screening_public.py``).
SLIP, SLIP_LENGTH = 1.2, 4

#: Words whose features are less alike than this are taken for unlike in sound as
#: well: of 20,000 pairs that are spellings of one word 0.1 % lie below it and would
#: make a pair, most of them wrongly labelled.
FEATURES_AT_LEAST = 0.5

#: A sound that no table knows (letters of other scripts): a plain letter.
UNKNOWN_DROP = 1.0


class ByOther(dict[str, float]):
    """Costs by sound; ``otherwise`` for sounds that no table knows (letters of other scripts)."""

    def __init__(self, known: Mapping[str, float], otherwise: float) -> None:
        super().__init__(known)
        self.otherwise = otherwise

    def __missing__(self, sign: str) -> float:
        return self.otherwise


@attrs.frozen
class Costs:
    """One set of costs: ``drop`` a sound, ``swap`` the first for the second (across scripts, Arabic first)."""

    drop: ByOther
    swap: dict[str, ByOther]
    same_script: bool


def _swap_cost(left: str, right: str, drop: dict[str, float]) -> float:
    both = drop[left] + drop[right]
    kinds = {sounds()[left].kind, sounds()[right].kind}
    if kinds == {"vowel"}:
        return both * _VOWELS
    return both * _UNRELATED if kinds == {"consonant"} else both


def prior_costs(*, same_script: bool) -> Costs:
    """The costs that phonetics suggests, set by hand: ``data/sounds.tsv``, ``data/near_sounds.tsv``."""
    known = sounds()
    drop = {sign: sound.drop_same if same_script else sound.drop_cross for sign, sound in known.items()}
    swap = {left: {right: _swap_cost(left, right, drop) for right in known} for left in known}
    there, back = ("cost_same", "cost_same") if same_script else ("cost_arabic_left", "cost_arabic_right")
    for row in rows("near_sounds"):
        swap[row["left"]][row["right"]] = float(row[there])
        swap[row["right"]][row["left"]] = float(row[back])
    for sign in known:
        swap[sign][sign] = 0.0
    rows_of_costs = {sign: ByOther(costs, 2 * UNKNOWN_DROP) for sign, costs in swap.items()}
    return Costs(ByOther(drop, UNKNOWN_DROP), rows_of_costs, same_script)


@lru_cache(maxsize=2)
def costs(*, same_script: bool) -> Costs:
    """The costs within one script, or across Arabic and Latin.

    Across scripts, what it costs to swap a sound was learned from pairs of names
    where that differs (``data/learned_costs.tsv``, made by ``tools/learn_names.py``).
    """
    table = prior_costs(same_script=same_script)
    for row in () if same_script else rows("learned_costs"):
        table.swap[row["arabic"]][row["latin"]] = float(row["cost"])
    return table


@lru_cache(maxsize=131072)
def _picker(word: Sounds) -> Callable[[ByOther], tuple[float, ...]]:
    """What takes the costs of a word's sounds from a table, in their order."""
    if len(word) > 1:
        return itemgetter(*word)
    return lambda costs: tuple([costs[sign] for sign in word])


def _mass(word: Sounds, table: Costs) -> float:
    return sum(_picker(word)(table.drop))


def distance(left: Sounds, right: Sounds, table: Costs, limit: float = inf) -> float:
    """The cheapest way from one to the other, 0 or more; symmetric up to rounding.

    Infinite as soon as it is certain to be more than ``limit``.
    """
    pick = _picker(right)
    drops = pick(table.drop)
    row = [0.0, *accumulate(drops)]
    for sign, dropped in zip(left, _picker(left)(table.drop), strict=True):
        swaps = table.swap.get(sign) or ByOther({sign: 0.0}, 2 * UNKNOWN_DROP)
        diagonal = row[0]
        last = diagonal + dropped
        below = [last]
        for cost, above, drop in zip(pick(swaps), row[1:], drops, strict=True):
            last += drop
            if diagonal + cost < last:  # noqa: PLR1730  (min() doubles the time of this innermost loop)
                last = diagonal + cost
            if above + dropped < last:  # noqa: PLR1730
                last = above + dropped
            below.append(last)
            diagonal = above
        if min(below) > limit:
            return inf
        row = below
    return row[-1]


def sound_similarity(left: Sounds, right: Sounds, table: Costs, least: float = 0.0) -> float:
    """How alike two words sound by the costs of ``table``, 0..1; it may come out as 0 where it is below ``least``."""
    mass = _mass(left, table) + _mass(right, table)
    if not mass:
        return 0.0
    limit = mass * (1 - least) / STEEPNESS
    return max(0.0, 1.0 - STEEPNESS * distance(left, right, table, limit + _ROUNDING) / mass)


def _reading_similarity(left: str, right: str, table: Costs) -> float:
    if Indel.normalized_similarity(features_of(left), features_of(right)) < FEATURES_AT_LEAST:
        return 0.0
    return sound_similarity(sounds_of(left), sounds_of(right), table, LEAST_SIMILAR)


def _best_reading(left: tuple[str, ...], right: tuple[str, ...], table: Costs) -> float:
    best, *others = [_reading_similarity(one, other, table) for one in left for other in right]
    return max(best, max(others) - _SECOND_READING) if others else best


def _likeness(left: tuple[str, ...], right: tuple[str, ...], table: Costs) -> float:
    """The likeness of two words by all their readings, the words themselves first."""
    if left[0].isdigit() or right[0].isdigit():
        return 0.0
    return informed(_best_reading(left, right, table), left[0], right[0])


@lru_cache(maxsize=262144)
def _within_script(left: tuple[str, ...], right: tuple[str, ...]) -> float:
    return max(_likeness(left, right, costs(same_script=True)), slip_similarity(left[0], right[0]))


@lru_cache(maxsize=262144)
def _across_scripts(arabic: tuple[str, ...], latin: tuple[str, ...]) -> float:
    return _likeness(arabic, latin, costs(same_script=False))


def slip_similarity(left: str, right: str) -> float:
    """How alike two words of one script are if one is the other with a slip of the pen or keyboard in it, 0..1.

    One letter wrong, missing, too many or changed with its neighbour. Two words
    that are both known as names are two names, however near (Kamal, Jamal).
    """
    longer = max(len(left), len(right))
    if longer < SLIP_LENGTH or SEAM in left + right or spellings().kinship(left, right) is not None:
        return 0.0
    return 1 - SLIP / longer if OSA.distance(left, right, score_cutoff=1) <= 1 else 0.0


def informed(similarity: float, left: str, right: str) -> float:
    """The likeness of two words by sound, corrected by what is known of how they are spelt.

    Words known as one come nearer, words that are both well known and never seen
    as one are set apart.
    """
    kinship = spellings().kinship(left, right) if similarity >= LEAST_SIMILAR else None
    if kinship is None:
        return similarity
    if kinship >= _KINDRED:
        return similarity + (1 - similarity) * _NEARER * kinship
    seen = min(spellings().seen[left], spellings().seen[right])
    return max(0.0, similarity - _APART * (1 - kinship / _KINDRED) * seen / (seen + _WELL_KNOWN))


def token_similarity(left: Token, right: Token) -> float:
    """How alike two words are, 0..1: the best over their readings, corrected by known spellings; 1.0 for one spelling.

    Digits are no sounds: a number is like itself and like nothing else.
    """
    if left.core == right.core:
        return 1.0
    # One order for both directions: symmetric to the last bit, half the memory,
    # and the Arabic word first, as the costs across scripts want it.
    if left.is_arabic is not right.is_arabic:
        arabic, latin = (left, right) if left.is_arabic else (right, left)
        return _across_scripts(arabic.readings, latin.readings)
    if left.core > right.core:
        left, right = right, left
    return _within_script(left.readings, right.readings)


@lru_cache(maxsize=65536)
def concepts_nearness(left: frozenset[str], right: frozenset[str]) -> float:
    """How near two words are in meaning, 0..1: by the nearest of what each may mean."""
    return max((nearness(one, other) for one in left for other in right), default=0.0)
