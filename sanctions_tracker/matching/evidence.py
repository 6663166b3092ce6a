"""What a comparison found, as data: the score and the explanation are both drawn from it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Scores are rounded to this many decimals, so that a score does not depend on
#: the order in which the evidence is added up.
SCORE_DECIMALS = 6


class How(StrEnum):
    """In what way two words met."""

    SAME_SPELLING = "same_spelling"
    VARIANT = "variant"
    CROSS_SCRIPT = "cross_script"
    CONCEPT = "concept"
    INITIAL = "initial"
    PARTICLE = "particle"
    TITLE = "title"
    LEGAL_FORM = "legal_form"
    UNMATCHED = "unmatched"


@attrs.frozen
class TokenEvidence:
    """One word (or two read as one) of the left name and what it met in the right one.

    ``left`` and ``right`` are folded words, empty on the side where nothing
    was met. ``similarity`` is 0..1; ``weight``, 0 or more, is how much it
    counts. A pair that does not fit weighs up to twice what it would weigh if
    it did: two different words contradict, where a missing one is only silent.
    """

    left: str
    right: str
    how: How
    similarity: float
    weight: float

    def mirrored(self) -> TokenEvidence:
        """The same evidence with left and right exchanged."""
        return attrs.evolve(self, left=self.right, right=self.left)


def score_of(evidence: Iterable[TokenEvidence]) -> float:
    """The mean similarity, weighted; 0..1, rounded to six decimals; 0.0 where nothing weighs anything.

    >>> missing = TokenEvidence("reza", "", How.UNMATCHED, 0.0, 0.5)
    >>> score_of([TokenEvidence("ali", "aly", How.VARIANT, 1.0, 0.5), missing])
    0.5
    """
    found = tuple(evidence)
    total = sum(one.weight for one in found)
    if total <= 0:
        return 0.0
    return min(1.0, round(sum(one.similarity * one.weight for one in found) / total, SCORE_DECIMALS))
