"""What the particulars of two parties say about each other, as data.

A finding is a fact (both were born on this day), not yet a judgement: what it
weighs is said by a policy (``screening``) or by the bits of ``parties``.
What one side does not know gives no finding: absent is not conflict.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

import attrs
from rapidfuzz.fuzz import token_set_ratio

from sanctions_tracker.model import PartialDate
from sanctions_tracker.model.vocabulary import PartyClass
from sanctions_tracker.names.folding import fold
from sanctions_tracker.parties.numbers import conflicting_number, same_number
from sanctions_tracker.parties.particulars import Particulars

#: Births that lie so many years apart are told apart by a slip or another reckoning, not by the person.
#: A convention of this library: lists that state several births of one party mostly state neighbouring years.
NEAR_YEARS = 2

#: Texts of places, addresses and positions agree from this ratio (0..100) of rapidfuzz's token_set_ratio on.
_SAME_TEXT = 85


class Level(StrEnum):
    """How two values stand to each other, from equal to contradicting."""

    IDENTIFIER_SAME = "identifier_same"
    IDENTIFIER_DIFFERENT = "identifier_different"
    BIRTH_SAME_DAY = "birth_same_day"
    BIRTH_COMPATIBLE = "birth_compatible"
    BIRTH_NEAR = "birth_near"
    BIRTH_DIFFERENT = "birth_different"
    BIRTHPLACE_SAME = "birthplace_same"
    COUNTRY_SAME = "country_same"
    COUNTRY_DIFFERENT = "country_different"
    KIND_DIFFERENT = "kind_different"
    GENDER_DIFFERENT = "gender_different"
    ADDRESS_SAME = "address_same"
    POSITION_SAME = "position_same"


@attrs.frozen
class Finding:
    """One thing that was found out about two parties; ``left`` and ``right`` are the values, to be shown."""

    level: Level
    left: str
    right: str

    def mirrored(self) -> Finding:
        """The same finding with left and right exchanged."""
        return Finding(self.level, self.right, self.left)


def findings(left: Particulars, right: Particulars) -> tuple[Finding, ...]:
    """All findings on two parties, at most one an aspect; symmetric but for the sides.

    >>> born = Particulars(births=(PartialDate("1975-03-21"),))
    >>> [str(finding.level) for finding in findings(born, Particulars(births=(PartialDate("1975"),)))]
    ['birth_compatible']
    """
    aspects = (_identifiers, _births, _kinds, _genders, _countries, _texts)
    return tuple(finding for aspect in aspects for finding in aspect(left, right))


def _identifiers(left: Particulars, right: Particulars) -> Iterator[Finding]:
    same = same_number(left.identifiers, right.identifiers)
    if same:
        yield Finding(Level.IDENTIFIER_SAME, str(same[0]), str(same[1]))
        return
    other = conflicting_number(left.identifiers, right.identifiers)
    if other:
        yield Finding(Level.IDENTIFIER_DIFFERENT, str(other[0]), str(other[1]))


#: The levels of births, the best first: of several births the two that agree best are found.
_BIRTH_LEVELS = (Level.BIRTH_SAME_DAY, Level.BIRTH_COMPATIBLE, Level.BIRTH_NEAR, Level.BIRTH_DIFFERENT)


def _births(left: Particulars, right: Particulars) -> Iterator[Finding]:
    pairs = [(_birth_level(one, other), one, other) for one in left.births for other in right.births]
    if pairs:
        level, one, other = min(pairs, key=lambda pair: _BIRTH_LEVELS.index(pair[0]))
        yield Finding(level, str(one), str(other))


def births_differ(left: Particulars, right: Particulars) -> bool:
    """Whether no birth of one may be a birth of the other, as far as both are known."""
    return any(finding.level is Level.BIRTH_DIFFERENT for finding in _births(left, right))


def _birth_level(left: PartialDate, right: PartialDate) -> Level:
    if left.day and left.day == right.day:
        return Level.BIRTH_SAME_DAY
    if left.may_be(right):
        return Level.BIRTH_COMPATIBLE
    if _swapped(left, right) or _years_apart(left, right) <= NEAR_YEARS:
        return Level.BIRTH_NEAR
    return Level.BIRTH_DIFFERENT


def _swapped(left: PartialDate, right: PartialDate) -> bool:
    """Whether day and month may have changed places: 3 April for 4 March of one year."""
    one, other = left.day, right.day
    return bool(one and other and (one.year, one.month, one.day) == (other.year, other.day, other.month))


def _years_apart(left: PartialDate, right: PartialDate) -> int:
    """Years between two that do not overlap; a great number where an end is open."""
    first, second = sorted((left, right), key=PartialDate.sort_key)
    return second.earliest.year - first.latest.year if first.latest and second.earliest else NEAR_YEARS + 1


def _kinds(left: Particulars, right: Particulars) -> Iterator[Finding]:
    if left.kind is None or right.kind is None:
        return
    classes = {left.kind.counted_as, right.kind.counted_as}
    if len(classes) > 1 and PartyClass.UNKNOWN not in classes:
        yield Finding(Level.KIND_DIFFERENT, left.kind.value, right.kind.value)


def _genders(left: Particulars, right: Particulars) -> Iterator[Finding]:
    if left.gender and right.gender and left.gender != right.gender:
        yield Finding(Level.GENDER_DIFFERENT, left.gender, right.gender)


#: Places that lists count to either of two countries: Crimea and the other occupied regions, Hong Kong, Macao, Taiwan,
#: Kosovo, Palestine. Of these two countries neither agreement nor conflict is concluded. Source: the lists themselves.
_EITHER = tuple(map(frozenset, (("RU", "UA"), ("CN", "HK"), ("CN", "MO"), ("CN", "TW"), ("RS", "XK"), ("IL", "PS"))))


def _countries(left: Particulars, right: Particulars) -> Iterator[Finding]:
    if not left.countries or not right.countries:
        return
    shared = ", ".join(sorted(left.countries & right.countries))
    if shared:
        yield Finding(Level.COUNTRY_SAME, shared, shared)
    elif not any(either & left.countries and either & right.countries for either in _EITHER):
        yield Finding(Level.COUNTRY_DIFFERENT, ", ".join(sorted(left.countries)), ", ".join(sorted(right.countries)))


def _texts(left: Particulars, right: Particulars) -> Iterator[Finding]:
    for level, one, other in (
        (Level.BIRTHPLACE_SAME, left.places, right.places),
        (Level.ADDRESS_SAME, left.addresses, right.addresses),
        (Level.POSITION_SAME, left.positions, right.positions),
    ):
        alike = _alike(one, other)
        if alike:
            yield Finding(level, *alike)


def _alike(left: Iterable[str], right: Iterable[str]) -> tuple[str, str] | None:
    others = [(text, fold(text)) for text in right]
    for text in left:
        folded = fold(text)
        for other, other_folded in others:
            if token_set_ratio(folded, other_folded, score_cutoff=_SAME_TEXT):
                return text, other
    return None
