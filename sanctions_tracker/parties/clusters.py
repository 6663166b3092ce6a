"""Putting records together one by one, refusing what may not stand together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations

import attrs

#: Two members, the lesser first.
Pair = tuple[int, int]


@attrs.frozen
class Refusal:
    """Two members, one of each cluster, that may not stand together."""

    left: int
    right: int


class Merging:
    """Clusters of the members 0 to n-1, each alone at first.

    ``forbidden`` says of two members whether they may not stand together.
    """

    def __init__(self, count: int, forbidden: Callable[[int, int], bool]) -> None:
        self._cluster = list(range(count))
        self._members: dict[int, list[int]] = {one: [one] for one in range(count)}
        self._forbidden = forbidden

    def together(self, left: int, right: int) -> bool:
        """Whether two members stand in one cluster."""
        return self._cluster[left] == self._cluster[right]

    def first(self, member: int) -> int:
        """The first member of a member's cluster, which stands for it."""
        return self._cluster[member]

    def refusal(self, left: int, right: int) -> Refusal | None:
        """The first two members of their clusters that may not stand together; None where all may."""
        for one in self._members[self._cluster[left]]:
            for other in self._members[self._cluster[right]]:
                if self._forbidden(one, other):
                    return Refusal(one, other)
        return None

    def merge(self, left: int, right: int) -> Refusal | None:
        """Join the clusters of two members, or say why not."""
        if self.together(left, right):
            return None
        refused = self.refusal(left, right)
        if refused is None:
            self.join(left, right)
        return refused

    def join(self, left: int, right: int) -> None:
        """Join the clusters of two members, whatever is forbidden."""
        first, second = sorted((self._cluster[left], self._cluster[right]))
        if first != second:
            moved = self._members.pop(second)
            self._members[first] = sorted(self._members[first] + moved)
            for one in moved:
                self._cluster[one] = first

    def clusters(self) -> tuple[tuple[int, ...], ...]:
        """All clusters, each with its members in order, by their first members."""
        return tuple(tuple(self._members[first]) for first in sorted(self._members))


def held_back(
    bits: Mapping[Pair, float], publishers: Sequence[str], alike: Callable[[int, int], bool]
) -> frozenset[int]:
    """Members that stand aside because their publisher has another record of what seems the same party.

    Two records of one publisher stay apart, so that the records of others would
    be torn between them: some would go to one, some to the other. Of two that
    are alike, and nearest to the same record wherever another publisher has
    one, the one that has less in common with all others stands aside.
    """
    nearest = _nearest(bits, publishers)
    followers: defaultdict[int, list[int]] = defaultdict(list)
    for one, by_publisher in nearest.items():
        for other in by_publisher.values():
            followers[other].append(one)
    weight: defaultdict[int, float] = defaultdict(float)
    for pair, held in bits.items():
        for one in pair:
            weight[one] += held
    rivals = {pair for group in followers.values() for pair in combinations(sorted(group), 2)}
    return frozenset(
        left if (round(weight[left], 3), -left) < (round(weight[right], 3), -right) else right
        for left, right in sorted(rivals)
        if publishers[left] == publishers[right] and _agree(nearest[left], nearest[right]) and alike(left, right)
    )


def _nearest(bits: Mapping[Pair, float], publishers: Sequence[str]) -> dict[int, dict[str, int]]:
    """Of each member the one of each other publisher that has most in common with it."""
    nearest: dict[int, dict[str, int]] = {}
    for pair in sorted(bits, key=lambda pair: (-bits[pair], pair)):
        for one, other in (pair, pair[::-1]):
            if publishers[one] != publishers[other]:
                nearest.setdefault(one, {}).setdefault(publishers[other], other)
    return nearest


def _agree(left: Mapping[str, int], right: Mapping[str, int]) -> bool:
    return all(left[publisher] == right[publisher] for publisher in left.keys() & right.keys())
