"""The words for a comparison, made from its evidence and from nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanctions_tracker.matching.evidence import How, TokenEvidence

if TYPE_CHECKING:
    from sanctions_tracker.matching.comparison import Comparison

_WORDS = {
    How.SAME_SPELLING: "same spelling",
    How.VARIANT: "sounds alike",
    How.CROSS_SCRIPT: "across scripts",
    How.CONCEPT: "means the same",
    How.INITIAL: "initial",
    How.PARTICLE: "particle",
    How.TITLE: "title",
    How.LEGAL_FORM: "legal form",
    How.UNMATCHED: "nothing like it",
}

#: Below this a pair is worded as two different words.
_ALIKE = 0.6


def _meeting(one: TokenEvidence) -> str:
    if one.how is How.UNMATCHED:
        return f"{one.left or one.right} (only {'left' if one.left else 'right'})"
    sign = "=" if one.how is How.SAME_SPELLING else "≈" if one.similarity >= _ALIKE else "≠"
    return f"{one.left} {sign} {one.right}"


def _line(one: TokenEvidence, width: int) -> str:
    figures = f"similarity {one.similarity:.2f}, weight {one.weight:.2f}"
    return f"{_meeting(one):<{width}}   {_WORDS[one.how]:<15}   {figures}"


def explained(comparison: Comparison) -> str:
    """One line for each piece of evidence and the score in the last one."""
    width = max((len(_meeting(one)) for one in comparison.evidence), default=0)
    lines = [_line(one, width) for one in comparison.evidence]
    return "\n".join([*lines, f"score {comparison.score:.2f}: the mean similarity by weight"])
