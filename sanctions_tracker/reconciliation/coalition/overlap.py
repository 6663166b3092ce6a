"""How far the parties of two allies are the same: counts, Jaccard, containment."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from itertools import combinations
from typing import Any

import attrs

from sanctions_tracker.model.vocabulary import PartyClass
from sanctions_tracker.reconciliation.coalition.listings import ListedParty


@attrs.frozen
class Overlap:
    """How many parties each of two has, and how many both have."""

    left: int
    right: int
    both: int

    @property
    def jaccard(self) -> float:
        """The share of all their parties that both have, 0 to 1; 0 where neither has any."""
        either = self.left + self.right - self.both
        return round(self.both / either, 4) if either else 0.0

    @property
    def containment(self) -> float:
        """The share of the smaller that the larger has as well, 0 to 1; 0 where the smaller has none."""
        smaller = min(self.left, self.right)
        return round(self.both / smaller, 4) if smaller else 0.0

    def mirrored(self) -> Overlap:
        """The same with left and right exchanged."""
        return Overlap(self.right, self.left, self.both)

    def to_json(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {**attrs.asdict(self), "jaccard": self.jaccard, "containment": self.containment}


def overlap(left: Iterable[Hashable], right: Iterable[Hashable]) -> Overlap:
    """The overlap of two collections of parties, or of their ids; what stands twice in one counts once.

    >>> from sanctions_tracker import bundled
    >>> actions = bundled().actions_by_id
    >>> found = overlap(actions["eu-20210322"].named, actions["us-20210322"].named)
    >>> found.left, found.right, found.jaccard, found.containment
    (5, 2, 0.4, 1.0)
    """
    lefts, rights = set(left), set(right)
    return Overlap(len(lefts), len(rights), len(lefts & rights))


@attrs.frozen
class AllyOverlap:
    """The parties that two allies list, in all and by class; classes of which neither lists any are left out."""

    left: str
    right: str
    total: Overlap
    by_class: Mapping[PartyClass, Overlap]

    def mirrored(self) -> AllyOverlap:
        """The same with left and right exchanged."""
        by_class = {of: one.mirrored() for of, one in self.by_class.items()}
        return AllyOverlap(self.right, self.left, self.total.mirrored(), by_class)

    def to_json(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "left": self.left,
            "right": self.right,
            **self.total.to_json(),
            "by_class": {of.value: one.to_json() for of, one in self.by_class.items()},
        }

    def __str__(self) -> str:
        one = self.total
        counts = f"{one.left} and {one.right} parties, {one.both} of them the same"
        return f"{self.left} and {self.right}: {counts} (Jaccard {one.jaccard:.2f}, containment {one.containment:.2f})"


def matrix(parties: Iterable[ListedParty], allies: Iterable[str]) -> tuple[AllyOverlap, ...]:
    """The overlap of each two allies, in alphabetical order, over the listings that bind."""
    bound: dict[str, dict[str, PartyClass]] = {ally: {} for ally in allies}
    for party in parties:
        for ally in party.bound_by:
            bound[ally][party.id] = party.party_class
    return tuple(_ally_overlap(left, right, bound) for left, right in combinations(sorted(bound), 2))


def _ally_overlap(left: str, right: str, bound: Mapping[str, Mapping[str, PartyClass]]) -> AllyOverlap:
    one, other = bound[left], bound[right]
    classes = {*one.values(), *other.values()}
    by_class = {
        of: overlap(
            (party for party, its in one.items() if its is of),
            (party for party, its in other.items() if its is of),
        )
        for of in PartyClass
        if of in classes
    }
    return AllyOverlap(left, right, overlap(one, other), by_class)
