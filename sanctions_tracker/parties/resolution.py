"""Which records of any number of lists are one party, and what a person must decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Any

import attrs

from sanctions_tracker.errors import UnknownRecordError
from sanctions_tracker.model import SanctionsList
from sanctions_tracker.parties import bits as weigh
from sanctions_tracker.parties.candidates import candidates
from sanctions_tracker.parties.clusters import Merging, Pair, Refusal, held_back
from sanctions_tracker.parties.comparison import (
    PartyComparison,
    Verdict,
    compare_parties,
    compare_profiles,
    particulars_evidence,
)
from sanctions_tracker.parties.decisions import Key, PartyDecision, Ruling
from sanctions_tracker.parties.profile import Profile, profile_of
from sanctions_tracker.parties.record import Record


@attrs.frozen
class Cluster:
    """The records of one party, in a fixed order, and the comparisons that hold them together."""

    records: tuple[Record, ...]
    held_by: tuple[PartyComparison, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain data for JSON: the keys of the records, and the comparisons."""
        return {
            "records": [list(record.key) for record in self.records],
            "held_by": [comparison.to_json() for comparison in self.held_by],
        }


@attrs.frozen
class Open:
    """Two records that may be one party: a person must decide. ``why`` says what keeps them from being joined."""

    comparison: PartyComparison
    why: str

    def to_json(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {**self.comparison.to_json(), "why": self.why}


@attrs.frozen
class Parties:
    """The parties of some lists: every record stands in one cluster, most of them alone.

    ``possible`` are the pairs to decide, the likeliest first; of two clusters the likeliest pair only.
    """

    clusters: tuple[Cluster, ...]
    possible: tuple[Open, ...]

    @cached_property
    def _by_key(self) -> Mapping[Key, Cluster]:
        # Of two versions of a list that both hold an id the newer one's cluster counts: it comes last.
        dated = sorted(
            ((record.sort_key(), record.key, cluster) for cluster in self.clusters for record in cluster.records),
            key=lambda one: one[0],
        )
        return MappingProxyType({key: cluster for _, key, cluster in dated})

    def cluster_of(self, list_id: str, target_id: str) -> Cluster:
        """The cluster of a record; of the newest version, where versions of one list were given.

        Raises:
            UnknownRecordError: no list given holds it.
        """
        try:
            return self._by_key[list_id, target_id]
        except KeyError:
            raise UnknownRecordError(target_id, kind="target", where=list_id) from None

    def to_json(self) -> dict[str, Any]:
        """Plain data for JSON: clusters of two records or more, how many stand alone, and what is open."""
        several = [cluster for cluster in self.clusters if len(cluster.records) > 1]
        return {
            "clusters": [cluster.to_json() for cluster in several],
            "alone": len(self.clusters) - len(several),
            "possible": [one.to_json() for one in self.possible],
        }


def resolve(lists: SanctionsList | Iterable[SanctionsList], decisions: Iterable[PartyDecision] = ()) -> Parties:
    """Which records of the lists are one party.

    Deterministic, and independent of the order of the lists and of their
    targets; a further list that shares nothing with the others changes nothing
    for them. The likeliest pairs are joined first. What would put two records
    together that may not stand together stays open instead.

    Raises:
        DecisionError: decisions that contradict each other.
    """
    given = (lists,) if isinstance(lists, SanctionsList) else tuple(lists)
    records = sorted((Record.of(one, target) for one in given for target in one.targets), key=Record.sort_key)
    return _Resolution(records, Ruling(decisions)).parties()


class _Resolution:
    """The work of `resolve` on records in their own order."""

    def __init__(self, records: list[Record], ruling: Ruling) -> None:
        self._records = records
        self._ruling = ruling
        self._profiles = [profile_of(record) for record in records]
        self._merging = Merging(len(records), self._forbidden)
        self._found: dict[Pair, PartyComparison] = {}
        self._refused: dict[Pair, str] = {}

    def parties(self) -> Parties:
        """The clusters and what is open."""
        self._obey()
        self._compare()
        same = {pair: one.bits for pair, one in self._found.items() if one.verdict is Verdict.SAME}
        aside = held_back(same, [record.publisher for record in self._records], self._alike)
        ranked = sorted(same, key=lambda pair: (-same[pair], pair))
        held = [pair for pair in ranked if self._joined(pair, aside)]
        # Where two lists hold a party twice, those that stand aside are one party as well.
        held += [pair for pair in ranked if aside.issuperset(pair) and self._joined(pair, frozenset())]
        return Parties(self._clusters(held), tuple(self._open()))

    def _obey(self) -> None:
        """Join what was decided to be the same."""
        groups: dict[Key, int] = {}
        for at, record in enumerate(self._records if self._ruling else ()):
            first = groups.setdefault(self._ruling.group(record.key), at)
            self._merging.join(first, at)

    def _compare(self) -> None:
        for left, right in candidates(self._profiles):
            if self._ruling and self._decided(left, right):
                continue
            one, other = self._profiles[left], self._profiles[right]
            if _may_be_one(one, other):
                found = compare_profiles(one, other)
                if found.verdict is not Verdict.DIFFERENT:
                    self._found[left, right] = found

    def _decided(self, left: int, right: int) -> bool:
        one, other = self._records[left].key, self._records[right].key
        return bool(self._ruling.apart(one, other)) or self._ruling.together(one, other)

    def _joined(self, pair: Pair, aside: frozenset[int]) -> bool:
        """Whether a pair is joined, or was; why not is noted."""
        held = [self._records[at] for at in pair if at in aside]
        if held:
            self._refused[pair] = f"{' and '.join(map(str, held))}: the same list holds another record like it"
            return False
        refused = self._merging.merge(*pair)
        if refused:
            self._refused[pair] = self._reason(refused)
        return refused is None

    def _reason(self, refused: Refusal) -> str:
        left, right = self._records[refused.left], self._records[refused.right]
        if self._ruling.apart(left.key, right.key):
            return f"it was decided that {left} and {right} are two"
        if left.publisher == right.publisher:
            return f"it would put two records of one publisher together: {left} and {right}"
        return f"it would put together what contradicts: {left} and {right}"

    def _forbidden(self, left: int, right: int) -> bool:
        one, other = self._records[left], self._records[right]
        if self._ruling:
            if self._ruling.apart(one.key, other.key):
                return True
            if self._ruling.together(one.key, other.key):
                return False
        return any(evidence.veto for evidence in particulars_evidence(self._profiles[left], self._profiles[right]))

    def _alike(self, left: int, right: int) -> bool:
        found = compare_parties(self._records[left], self._records[right])
        return found.bits >= weigh.SAME_FROM and not found.identified

    def _clusters(self, held: Iterable[Pair]) -> tuple[Cluster, ...]:
        members = self._merging.clusters()
        place = {at: number for number, group in enumerate(members) for at in group}
        edges: dict[int, list[PartyComparison]] = {}
        for pair in held:
            edges.setdefault(place[pair[0]], []).append(self._found[pair])
        return tuple(
            Cluster(tuple(self._records[at] for at in group), tuple(edges.get(number, ())))
            for number, group in enumerate(members)
        )

    def _open(self) -> Iterator[Open]:
        """What is open between clusters, the likeliest pair of any two of them."""
        seen: set[Pair] = set()
        for pair in sorted(self._found, key=lambda pair: (-self._found[pair].bits, pair)):
            left, right = self._merging.first(pair[0]), self._merging.first(pair[1])
            between = (min(left, right), max(left, right))
            if left == right or between in seen:
                continue
            comparison = self._found[pair]
            refused = self._refused.get(pair)
            if refused or comparison.vetoed or not self._merging.refusal(*pair):
                seen.add(between)
                yield Open(comparison, refused or _why(comparison))


def _why(comparison: PartyComparison) -> str:
    if comparison.vetoed:
        return "something contradicts"
    return f"{comparison.bits:.1f} bits, {weigh.SAME_FROM:.0f} are needed"


def _may_be_one(left: Profile, right: Profile) -> bool:
    """Whether it is worth comparing names: not where births differ and no name and no number is shared."""
    if left.record.publisher == right.record.publisher:
        return True
    if not (left.is_person and right.is_person and left.years and right.years):
        return True
    near = any(abs(one - other) <= _FAR_YEARS for one in left.years for other in right.years)
    return near or not left.bags.keys().isdisjoint(right.bags.keys()) or not left.numbers.isdisjoint(right.numbers)


#: Persons whose years of birth lie further apart are compared only where a name or a number is the same.
_FAR_YEARS = 5
