"""Which of a few records are one party: fast enough for the hits of a search."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations, product

import attrs

from sanctions_tracker.model.vocabulary import PartyClass
from sanctions_tracker.parties import bits as weigh
from sanctions_tracker.parties.clusters import Merging, held_back
from sanctions_tracker.parties.comparison import (
    Verdict,
    class_of,
    compare_parties,
    one_record,
    particulars_evidence,
    verdict_of,
)
from sanctions_tracker.parties.decisions import Key, PartyDecision, Ruling
from sanctions_tracker.parties.findings import births_differ
from sanctions_tracker.parties.naming import shared_names
from sanctions_tracker.parties.profile import Profile, profile_of
from sanctions_tracker.parties.record import Record


@attrs.frozen
class _Glance:
    """What is seen of two records without comparing names: bits that they have at least and at most, and a veto."""

    least: float
    most: float
    forbidden: bool


def _richest(profile: Profile) -> float:
    return max((name.information for name in profile.strong), default=0.0)


@lru_cache(maxsize=65536)
def _glance(left: Record, right: Record) -> _Glance:
    first, second = profile_of(left), profile_of(right)
    if _apart_at_once(first, second):
        return _Glance(float("-inf"), float("-inf"), forbidden=True)
    evidence = particulars_evidence(first, second)
    bits = sum(one.bits for one in evidence)
    shared, of = shared_names(first, second), class_of(first, second)
    least = bits + (weigh.most_bits(shared[0][0].information, of) if shared else weigh.CONTRADICTING)
    met = min(_richest(first), _richest(second))
    most = bits + weigh.most_bits(met, of) + weigh.SHARED_ALIAS * weigh.MOST_ALIASES + weigh.WEAK_ALIAS
    return _Glance(least, most, any(one.veto for one in evidence))


def _apart_at_once(left: Profile, right: Profile) -> bool:
    """Whether two may not stand together whatever else they share: cheaper to see than all that they share."""
    one, other = left.record, right.record
    if not left.numbers.isdisjoint(right.numbers) or one_record(one, other):
        return False
    if one.publisher == other.publisher:
        return True
    if PartyClass.UNKNOWN not in {left.party_class, right.party_class} and left.party_class is not right.party_class:
        return True
    return left.is_person and right.is_person and births_differ(left.particulars, right.particulars)


def grouped(records: Sequence[Record], decisions: Iterable[PartyDecision] = ()) -> tuple[tuple[int, ...], ...]:
    """Which of the records are one party: positions, each in one group, in order.

    The groups do not depend on the order of the records. Versions of one
    publisher's record are one party by its own word, unless it was decided
    otherwise; the newest that says most speaks for them. Records whose
    publisher, numbers or equal names settle the matter are joined first; other
    names are compared only where they could make two records the same.

    Raises:
        DecisionError: decisions that contradict each other.
    """
    ruling = Ruling(decisions)
    order = sorted(range(len(records)), key=lambda at: records[at].sort_key())
    voices = _voices(records, order, ruling)
    merging = _Grouping([tuple(records[at] for at in voice) for voice in voices], ruling).merged()
    groups = (tuple(sorted(at for voice in cluster for at in voices[voice])) for cluster in merging.clusters())
    return tuple(sorted(groups))


def _voices(records: Sequence[Record], order: Iterable[int], ruling: Ruling) -> list[list[int]]:
    """The versions of each record, the one that speaks for them first; each alone where a decision parts them."""
    versions: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for at in order:
        versions[records[at].publisher, records[at].target.id].append(at)
    voices: list[list[int]] = []
    for several in versions.values():
        parted = ruling and any(
            ruling.apart(records[one].key, records[other].key) for one, other in combinations(several, 2)
        )
        ranked = sorted(several, key=lambda at: _says(records[at]), reverse=True)
        voices += [[at] for at in several] if parted else [ranked]
    return voices


def _says(record: Record) -> tuple[str, int]:
    """How new a record is, and how much it says."""
    target = record.target
    return str(record.dated or ""), len(target.names) + len(target.identifiers) + len(target.births)


class _Grouping:
    """The work of `grouped` on records in their own order; of each its versions, the one that speaks first."""

    def __init__(self, versions: Sequence[tuple[Record, ...]], ruling: Ruling) -> None:
        self._versions = versions
        self._records = [first for first, *_ in versions]
        self._ruling = ruling
        self._merging = Merging(len(versions), self._forbidden)
        self._aside: frozenset[int] = frozenset()
        self._pairs = list(combinations(range(len(versions)), 2))

    def merged(self) -> Merging:
        """The clusters."""
        for left, right in self._pairs if self._ruling else ():
            if self._decided(left, right, self._ruling.together):
                self._merging.join(left, right)
        clear = {(left, right): -bits for bits, left, right in self._clear()}
        self._aside = held_back(clear, [record.publisher for record in self._records], self._alike)
        for edges in (self._clear, self._named):
            for _, left, right in sorted(edges()):
                # Those that stand aside are joined with each other only.
                if (left in self._aside) == (right in self._aside):
                    self._merging.merge(left, right)
        return self._merging

    def _alike(self, left: int, right: int) -> bool:
        """Whether two records of one publisher that share no number are otherwise the same."""
        found = compare_parties(self._records[left], self._records[right])
        return found.bits >= weigh.SAME_FROM and not found.identified

    def _forbidden(self, left: int, right: int) -> bool:
        if self._ruling:
            if self._decided(left, right, self._ruling.apart):
                return True
            if self._decided(left, right, self._ruling.together):
                return False
        return _glance(self._records[left], self._records[right]).forbidden

    def _decided(self, left: int, right: int, so: Callable[[Key, Key], object]) -> bool:
        """Whether it was decided so of any versions of two records."""
        return any(so(one.key, other.key) for one, other in product(self._versions[left], self._versions[right]))

    def _clear(self) -> Iterator[tuple[float, int, int]]:
        """What is the same at a glance."""
        for left, right in self._pairs:
            seen = _glance(self._records[left], self._records[right])
            if seen.least >= weigh.SAME_FROM and not seen.forbidden:
                yield -seen.least, left, right

    def _named(self) -> Iterator[tuple[float, int, int]]:
        """What is the same by names that are not equal, where that is still open."""
        for left, right in self._pairs:
            if self._merging.together(left, right):
                continue
            seen = _glance(self._records[left], self._records[right])
            if seen.most < weigh.SAME_FROM or seen.forbidden or self._merging.refusal(left, right):
                continue
            verdict, bits = verdict_of(self._records[left], self._records[right])
            if verdict is Verdict.SAME:
                yield -bits, left, right
