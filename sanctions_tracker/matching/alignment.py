"""Which word of one name meets which word of the other.

Order counts for little: lists put the family name first or last. All choices
are made on values that do not change when the two names are exchanged, so that
the evidence of one direction mirrors that of the other.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from rapidfuzz.distance import Indel

from sanctions_tracker.matching.evidence import How, TokenEvidence
from sanctions_tracker.matching.similarity import LEAST_SIMILAR, concepts_nearness, token_similarity
from sanctions_tracker.matching.weights import weight_of
from sanctions_tracker.names.particles import Role
from sanctions_tracker.names.skeleton import Features, features_of, sounds_of
from sanctions_tracker.names.tokens import Token, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

#: What a word weighs that the other name merely leaves out, beside its full
#: weight where the other name has another word in its place. Chosen on the
#: development half of the name benchmark, as those below.
MISSING = 0.35

#: Two words are read as one where that is at least this alike to a word of the
#: other name, and better than either alone by the margin.
_JOIN_AT_LEAST = 0.7
_JOIN_MARGIN = 0.1
#: A word of the other name that is this alike to a word alone is not tried as two.
_MET_ALONE = 0.9
#: By their features words that are so alike are at least this alike (see ``batch``): others need no closer look.
_JOIN_FEATURES = 0.66

#: An initial fits every name that begins with it, and proves little.
_INITIAL_FITS = 0.9
#: What the rest of a name weighs of which only the initial is told, beside its full weight.
_UNSAID = 0.25

#: Words in another order are the same words, but lists that put the family name
#: first are rarer than two people, one named Walid Ahmad and one Ahmad Walid.
_CROSSED = 0.96

#: Two words of different meanings are one word only if they sound at least this alike
#: (a meaning that one of them has beside others may be missing from the tables).
_SAME_WORD = 0.92

#: The article is left out freely, but of two listed names that differ in it alone
#: the one that has it where the other has it is meant.
_ONE_ARTICLE = 0.985

#: From two names on a name is a chain; from this weight on a given name tells persons apart.
_A_CHAIN, _TELLING = 2, 0.5

_NAMES = frozenset({Role.NAME, Role.INITIAL})
_JOINABLE = frozenset({Role.NAME, Role.INITIAL, Role.NASAB, Role.KUNYA})
_HOW = {Role.TITLE: How.TITLE, Role.LEGAL_FORM: How.LEGAL_FORM}


def _initial_similarity(left: Token, right: Token) -> float:
    first, second = (sounds_of(token.core)[:1] for token in (left, right))
    return _INITIAL_FITS if first == second else 0.0


def _similarity(left: Token, right: Token) -> float:
    sound = _sound(left, right)
    if not (left.concepts and right.concepts):
        return sound
    near = concepts_nearness(left.concepts, right.concepts)
    return max(near, sound) if near or sound >= _SAME_WORD else 0.0


def _sound(left: Token, right: Token) -> float:
    if left.text == right.text and left.definite == right.definite:
        return 1.0
    if left.role is Role.INITIAL or right.role is Role.INITIAL:
        return _initial_similarity(left, right)
    similarity = token_similarity(left, right)
    one_article = left.definite is not right.definite and left.definite is not None and right.definite is not None
    return similarity * _ONE_ARTICLE if one_article else similarity


def _how(left: Token, right: Token) -> How:
    if left.text == right.text:
        return How.SAME_SPELLING
    if left.role is Role.INITIAL or right.role is Role.INITIAL:
        return How.INITIAL
    if left.concepts and right.concepts and concepts_nearness(left.concepts, right.concepts) > _sound(left, right):
        return How.CONCEPT
    return How.VARIANT if left.is_arabic == right.is_arabic else How.CROSS_SCRIPT


#: How alike each word of the left name (rows) and each of the right one (columns) are.
_Likeness = list[list[float]]


def _likeness(left: Sequence[Token], right: Sequence[Token]) -> _Likeness:
    return [[_similarity(one, other) for other in right] for one in left]


def _exchanged(likeness: _Likeness) -> _Likeness:
    return [list(column) for column in zip(*likeness, strict=True)]


@lru_cache(maxsize=131072)
def _longest(readings: tuple[str, ...]) -> Features:
    """The feature signs of the longest reading of a word."""
    return max(map(features_of, readings), key=len)


def _may_join(first: Token, second: Token, whole: Token) -> bool:
    """Whether one word is long enough to be two, and roughly like both together."""
    one, other, both = features_of(first.core), features_of(second.core), _longest(whole.readings)
    longer = max(len(one), len(other)) < len(both)
    return longer and Indel.normalized_similarity(one + other, both) >= _JOIN_FEATURES


def _join_candidates(
    left: Sequence[Token], right: Sequence[Token], likeness: _Likeness
) -> Iterator[tuple[float, int, int, Token]]:
    """Neighbours on the left that together are like one word on the right: likeness, where, which word, joined."""
    best = [max(row, default=0.0) for row in likeness]
    met = [max(column) for column in zip(*likeness, strict=True)]
    wholes = [(other, whole) for other, whole in enumerate(right) if left and met[other] <= _MET_ALONE]
    for position, (first, second) in enumerate(pairwise(left) if wholes else ()):
        alone, other_alone = best[position], best[position + 1]
        if min(alone, other_alone) >= _JOIN_AT_LEAST or max(alone, other_alone) == 1.0:
            continue
        for other, whole in wholes:
            if _may_join(first, second, whole):
                separate = max(likeness[position][other], likeness[position + 1][other])
                both = joined(first, second)
                together = token_similarity(both, whole)
                if together >= max(_JOIN_AT_LEAST, separate + _JOIN_MARGIN):
                    yield together, position, other, both


def _with_joins(left: list[Token], right: list[Token], likeness: _Likeness) -> list[Token]:
    """``left`` with neighbours joined wherever a word of ``right`` is written as one; itself where none are."""
    found = sorted(_join_candidates(left, right, likeness), key=lambda join: (-join[0], join[1], join[2]))
    if not found:
        return left
    taken: set[int] = set()
    met: set[int] = set()
    joins: dict[int, Token] = {}
    for _, position, other, both in found:
        if other not in met and not {position, position + 1} & taken:
            taken |= {position, position + 1}
            met.add(other)
            joins[position] = both
    return [joins.get(at, token) for at, token in enumerate(left) if at in joins or at not in taken]


def _pairs(likeness: _Likeness) -> list[tuple[float, int, int]]:
    """The best pairs one to one, first places first: greedy by likeness, then by place.

    No tie depends on the direction.
    """
    ranked = [
        (-similarity, row + column, abs(row - column), row, column)
        for row, across in enumerate(likeness)
        for column, similarity in enumerate(across)
        if similarity >= LEAST_SIMILAR
    ]
    ranked.sort()
    rows: set[int] = set()
    columns: set[int] = set()
    found: list[tuple[float, int, int]] = []
    for similarity, _, _, row, column in ranked:
        if row not in rows and column not in columns:
            rows.add(row)
            columns.add(column)
            found.append((-similarity, row, column))
    return sorted(found, key=lambda pair: (pair[1] + pair[2], pair[1])) if len(found) > 1 else found


def _crossed(pair: tuple[float, int, int], pairs: Iterable[tuple[float, int, int]]) -> bool:
    return any((pair[1] - other[1]) * (pair[2] - other[2]) < 0 for other in pairs)


def _paired(left: Token, right: Token, similarity: float) -> TokenEvidence:
    weights = weight_of(left), weight_of(right)
    if left.role is not right.role:  # an initial: what it leaves unsaid of the name is missing
        weight = min(weights) + _UNSAID * (max(weights) - min(weights))
        return TokenEvidence(left.text, right.text, How.INITIAL, similarity * min(weights) / weight, weight)
    return TokenEvidence(left.text, right.text, _how(left, right), similarity, sum(weights) / 2 * (2 - similarity))


def _alone(token: Token, *, on_left: bool, share: float) -> TokenEvidence:
    left, right = (token.text, "") if on_left else ("", token.text)
    return TokenEvidence(left, right, How.UNMATCHED, 0.0, weight_of(token) * share)


def _unmet(left: Sequence[Token], right: Sequence[Token], given: Token | None) -> Iterator[TokenEvidence]:
    """Words that met none: on both sides they contradict, on one side they are merely missing.

    As much as both sides hold contradicts in full; the surplus of the longer
    side counts as missing, but for the ``given`` name of a child.
    """
    left_mass, right_mass = (sum(map(weight_of, side)) for side in (left, right))
    for side, mass, other, on_left in ((left, left_mass, right_mass, True), (right, right_mass, left_mass, False)):
        contradicted = min(1.0, other / mass) if mass else 0.0
        for token in side:
            missing = 1.0 if token is given else MISSING
            yield _alone(token, on_left=on_left, share=contradicted + (1 - contradicted) * missing)


def _child(left: Sequence[Token], right: Sequence[Token], pairs: Sequence[tuple[float, int, int]]) -> Token | None:
    """The given name that one name has before the whole of the other, or None.

    A chain of names begins with the bearer, then come father and grandfather:
    Ali Barzan Ibrahim is a child of Barzan Ibrahim. Common names stand before
    others as an honour (Muhammad) and may be left out.
    """
    met = {(row, column) for _, row, column in pairs}
    if len(pairs) < _A_CHAIN or (0, 0) in met:
        return None
    for names, other, chain in ((left, right, {(1, 0), (2, 1)}), (right, left, {(0, 1), (1, 2)})):
        if chain <= met and len(names) > len(other) and weight_of(names[0]) >= _TELLING and not names[0].concepts:
            return names[0]
    return None


def _names(side: Sequence[Token]) -> list[int]:
    return [at for at, token in enumerate(side) if token.role in _NAMES]


def _met(pairs: Sequence[tuple[float, int, int]], left: Sequence[Token], right: Sequence[Token]) -> list[TokenEvidence]:
    """The evidence of the words that met; words in another order are worth less."""
    if len(pairs) > 1:
        # Translation puts words in another order: those of a meaning cross freely.
        spelt = [pair for pair in pairs if not (left[pair[1]].concepts or right[pair[2]].concepts)]
        crossed = {pair for pair in spelt if _crossed(pair, spelt)}
    else:
        crossed = set()
    return [
        _paired(left[row], right[column], alike * _CROSSED if (alike, row, column) in crossed else alike)
        for alike, row, column in pairs
    ]


def _align_names(left: list[Token], right: list[Token]) -> list[TokenEvidence]:
    likeness = _likeness(left, right)
    joined_left, joined_right = _with_joins(left, right, likeness), _with_joins(right, left, _exchanged(likeness))
    if joined_left is not left or joined_right is not right:
        left, right = joined_left, joined_right
        likeness = _likeness(left, right)
    rows, columns = _names(left), _names(right)
    names_left, names_right = [left[at] for at in rows], [right[at] for at in columns]
    pairs = _pairs([[likeness[row][column] for column in columns] for row in rows])
    found = _met(pairs, names_left, names_right)
    if not len(pairs) == len(names_left) == len(names_right):
        met_left, met_right = {row for _, row, _ in pairs}, {column for _, _, column in pairs}
        found += _unmet(
            [token for at, token in enumerate(names_left) if at not in met_left],
            [token for at, token in enumerate(names_right) if at not in met_right],
            _child(names_left, names_right, pairs),
        )
    if len(rows) + len(columns) < len(left) + len(right):
        found += _align_particles(left, right)
    return found


def _align_particles(left: Iterable[Token], right: Iterable[Token]) -> Iterator[TokenEvidence]:
    """Titles, legal forms and the rest meet where they mean the same; the others stand alone."""
    waiting = [token for token in right if token.role not in _NAMES]
    for token in left:
        if token.role in _NAMES:
            continue
        like = next((other for other in waiting if (other.role, other.key) == (token.role, token.key)), None)
        if like is None:
            yield _alone(token, on_left=True, share=MISSING)
        else:
            waiting.remove(like)
            how = _HOW.get(token.role, How.PARTICLE)
            yield TokenEvidence(token.text, like.text, how, 1.0, weight_of(token))
    for token in waiting:
        yield _alone(token, on_left=False, share=MISSING)


def align(left: Sequence[Token], right: Sequence[Token]) -> tuple[TokenEvidence, ...]:
    """What each word of two names met, names first, then words without a like, then particles.

    One to one and free of order; two words of one side may be read as one
    (``Ali Reza`` / ``Alireza``); at most one word of each pair is a join.
    """
    names_left, names_right = ([t for t in side if t.role in _JOINABLE] for side in (left, right))
    found = _align_names(names_left, names_right)
    if len(names_left) + len(names_right) < len(left) + len(right):
        rest_left, rest_right = ([t for t in side if t.role not in _JOINABLE] for side in (left, right))
        found += _align_particles(rest_left, rest_right)
    return tuple(found)
