"""The words for what holds two records together or apart, made from the evidence alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanctions_tracker.parties.findings import Finding, Level

if TYPE_CHECKING:
    from sanctions_tracker.parties.comparison import PartyComparison, PartyEvidence

_LEVELS = {
    Level.IDENTIFIER_SAME: "the same identifier",
    Level.IDENTIFIER_DIFFERENT: "another number of one type and issuer",
    Level.BIRTH_SAME_DAY: "born on the same day",
    Level.BIRTH_COMPATIBLE: "births that may be one",
    Level.BIRTH_NEAR: "births that lie near each other",
    Level.BIRTH_DIFFERENT: "births that differ",
    Level.BIRTHPLACE_SAME: "the same place of birth",
    Level.COUNTRY_SAME: "a country in common",
    Level.COUNTRY_DIFFERENT: "no country in common",
    Level.KIND_DIFFERENT: "of different kinds",
    Level.GENDER_DIFFERENT: "of different gender",
    Level.ADDRESS_SAME: "the same address",
    Level.POSITION_SAME: "the same position",
}


def _finding(one: Finding) -> str:
    values = one.left if one.left == one.right else f"{one.left} / {one.right}"
    return f"{_LEVELS[one.level]}: {values}"


def in_words(one: PartyEvidence) -> str:
    """What one piece of evidence is about."""
    if one.finding:
        return _finding(one.finding)
    if one.names:
        return f"names {one.names.left!r} / {one.names.right!r}, score {one.names.score:.2f}"
    record = "two records of one publisher" if one.veto else "one id in one publisher's lists"
    words = {
        "prior": "two records are seldom one party",
        "record": f"{record}: {one.text}",
        "aliases": f"more names in common: {one.text}",
        "weak_alias": f"a weak alias in common: {one.text}",
    }
    return words[one.ground.value]


def explained(comparison: PartyComparison) -> str:
    """A line for the two records, one for each piece of evidence, and the verdict in the last one."""
    lines = [f"{comparison.left} / {comparison.right}"]
    lines += [
        f"{one.bits:+6.1f}  {in_words(one)}{' (forbids to call them the same)' if one.veto else ''}"
        for one in comparison.evidence
    ]
    return "\n".join([*lines, f"{comparison.bits:+6.1f}  {comparison.verdict.value}"])
