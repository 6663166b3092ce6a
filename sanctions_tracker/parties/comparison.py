"""Whether two records are the same party: evidence in bits, added up, and what forbids it."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from typing import Any

import attrs

from sanctions_tracker.codec import unstructure
from sanctions_tracker.matching import Comparison
from sanctions_tracker.model.vocabulary import PartyClass
from sanctions_tracker.parties import bits as weigh
from sanctions_tracker.parties.findings import Finding, Level, findings
from sanctions_tracker.parties.naming import best_names, shared_names, weak_alias
from sanctions_tracker.parties.profile import Profile, profile_of
from sanctions_tracker.parties.record import Record


class Verdict(StrEnum):
    """Whether two records are the same party; ``POSSIBLE`` is for a person to decide."""

    SAME = "same"
    POSSIBLE = "possible"
    DIFFERENT = "different"


class Ground(StrEnum):
    """What a piece of evidence is about."""

    PRIOR = "prior"
    RECORD = "record"
    NAMES = "names"
    ALIASES = "aliases"
    WEAK_ALIAS = "weak_alias"
    FINDING = "finding"


@attrs.frozen
class PartyEvidence:
    """One thing that speaks for (bits above 0) or against one party.

    ``veto`` marks what forbids to call the records the same, whatever the bits.
    ``finding`` and ``names`` hold what was compared, ``text`` what has no other place.
    """

    ground: Ground
    bits: float
    veto: bool = False
    finding: Finding | None = None
    names: Comparison | None = None
    text: str = ""

    @property
    def identifies(self) -> bool:
        """Whether it is a number, or the publisher's own id, that both bear: a person looks, whatever else differs."""
        if self.finding:
            return self.finding.level is Level.IDENTIFIER_SAME
        return self.ground is Ground.RECORD and not self.veto

    def mirrored(self) -> PartyEvidence:
        """The same evidence with left and right exchanged."""
        return attrs.evolve(
            self,
            finding=self.finding and self.finding.mirrored(),
            names=self.names and self.names.mirrored(),
        )


@attrs.frozen
class PartyComparison:
    """Two records, the evidence, and what follows from it alone: ``bits`` and ``verdict``."""

    left: Record
    right: Record
    evidence: tuple[PartyEvidence, ...]

    @property
    def bits(self) -> float:
        """The sum of the evidence: how many times over (as a power of two) one party is likelier than two."""
        return round(sum(one.bits for one in self.evidence), 3)

    @property
    def vetoed(self) -> bool:
        """Whether something forbids to call them the same."""
        return any(one.veto for one in self.evidence)

    @property
    def identified(self) -> bool:
        """Whether both bear one number, or one id in one publisher's lists."""
        return any(one.identifies for one in self.evidence)

    @property
    def _namesakes(self) -> bool:
        """Whether they bear one name, which may say little, and nothing speaks against it."""
        one_name = any(one.names and one.names.score >= weigh.ONE_NAME for one in self.evidence)
        return one_name and all(one.bits >= 0 and not one.veto for one in self.evidence[1:])

    @property
    def verdict(self) -> Verdict:
        """Same, possible or different."""
        if self.bits < weigh.POSSIBLE_FROM and not self.identified and not self._namesakes:
            return Verdict.DIFFERENT
        return Verdict.SAME if self.bits >= weigh.SAME_FROM and not self.vetoed else Verdict.POSSIBLE

    def mirrored(self) -> PartyComparison:
        """The same comparison with left and right exchanged."""
        return PartyComparison(self.right, self.left, tuple(one.mirrored() for one in self.evidence))

    def explain(self) -> str:
        """The evidence in words, a line each, the verdict at the end."""
        from sanctions_tracker.parties.explanation import explained  # noqa: PLC0415  (words only where they are asked for)

        return explained(self)

    def to_json(self) -> dict[str, Any]:
        """Plain data for JSON: the two keys, the verdict, the bits and the evidence."""
        return {
            "left": list(self.left.key),
            "right": list(self.right.key),
            "verdict": self.verdict.value,
            "bits": self.bits,
            "evidence": [unstructure(one) for one in self.evidence],
        }


def class_of(left: Profile, right: Profile) -> PartyClass:
    """The class by which two are weighed: the one that is known; persons', the strictest, where both differ."""
    classes = {left.party_class, right.party_class} - {PartyClass.UNKNOWN}
    if len(classes) == 1:
        return classes.pop()
    return PartyClass.PERSON


def one_record(left: Record, right: Record) -> bool:
    """Whether the publisher says that both are one party: one id in one series."""
    return left.publisher == right.publisher and left.target.id == right.target.id


def particulars_evidence(left: Profile, right: Profile) -> tuple[PartyEvidence, ...]:
    """What everything but the names says; cheap beside the names."""
    return tuple(_particulars(left, right))


def _particulars(left: Profile, right: Profile) -> Iterator[PartyEvidence]:
    of = class_of(left, right)
    yield PartyEvidence(Ground.PRIOR, weigh.prior(of))
    if one_record(left.record, right.record):
        yield PartyEvidence(Ground.RECORD, weigh.bits_of(Level.IDENTIFIER_SAME, of), text=left.record.target.id)
    found = findings(left.particulars, right.particulars)
    agreed = one_record(left.record, right.record) or any(one.level is Level.IDENTIFIER_SAME for one in found)
    if left.record.publisher == right.record.publisher and not agreed:
        yield PartyEvidence(Ground.RECORD, 0.0, veto=True, text=left.record.publisher)
    for one in found:
        yield PartyEvidence(Ground.FINDING, weigh.bits_of(one.level, of), _forbids(one, of, agreed=agreed), one)


#: What forbids to call two records the same unless a number agrees, by their class: a firm of one name in another
#: country is another firm until a number or a person says otherwise.
_FORBIDDING = {
    PartyClass.PERSON: frozenset({Level.IDENTIFIER_DIFFERENT, Level.BIRTH_DIFFERENT}),
    PartyClass.ENTITY: frozenset({Level.IDENTIFIER_DIFFERENT, Level.COUNTRY_DIFFERENT}),
}


def _forbids(finding: Finding, of: PartyClass, *, agreed: bool) -> bool:
    if finding.level is Level.KIND_DIFFERENT:
        return True
    return not agreed and finding.level in _FORBIDDING.get(of, {Level.IDENTIFIER_DIFFERENT})


def _named(left: Profile, right: Profile, other_bits: float) -> Iterator[PartyEvidence]:
    best = best_names(left, right, class_of(left, right), weigh.SAME_FROM - other_bits)
    if best:
        yield PartyEvidence(Ground.NAMES, round(best[1], 3), names=best[0])
    more = shared_names(left, right)[1:]
    if more:
        texts = ", ".join(name.text for name, _ in more[: weigh.MOST_ALIASES])
        yield PartyEvidence(Ground.ALIASES, weigh.SHARED_ALIAS * min(len(more), weigh.MOST_ALIASES), text=texts)
    alias = weak_alias(left, right)
    if alias:
        yield PartyEvidence(Ground.WEAK_ALIAS, weigh.WEAK_ALIAS, text=" ".join(alias))


def compare_parties(left: Record, right: Record) -> PartyComparison:
    """Whether two records are the same party, and why.

    Symmetric: exchanging the records exchanges the sides of the evidence and
    nothing else. What one of them does not know says nothing.
    """
    return compare_profiles(profile_of(left), profile_of(right))


def compare_profiles(left: Profile, right: Profile) -> PartyComparison:
    """`compare_parties` for records whose profiles are at hand."""
    if right.record.sort_key() < left.record.sort_key():  # one direction, so that no tie depends on it
        return compare_profiles(right, left).mirrored()
    evidence = particulars_evidence(left, right)
    named = tuple(_named(left, right, sum(one.bits for one in evidence)))
    return PartyComparison(left.record, right.record, (*evidence, *named))


@lru_cache(maxsize=65536)
def verdict_of(left: Record, right: Record) -> tuple[Verdict, float]:
    """Verdict and bits of two records, remembered."""
    found = compare_parties(left, right)
    return found.verdict, found.bits
