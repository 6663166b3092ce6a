"""Comparing two names: how alike they are, and why."""

from __future__ import annotations

import re

import attrs

from sanctions_tracker.errors import InvalidNameError
from sanctions_tracker.matching.alignment import align
from sanctions_tracker.matching.evidence import TokenEvidence, score_of
from sanctions_tracker.matching.explanation import explained
from sanctions_tracker.names.folding import Folded, fold
from sanctions_tracker.names.tokens import Token, tokens_of

#: Characters of a name beyond this are not looked at: the longest name on the
#: OFAC, UN, EU and UK lists has fewer than 400, and the cost stays bounded.
MAX_NAME_CHARACTERS = 2000

#: Capitals in brackets behind a name abbreviate it: HAQQANI NETWORK (HQN).
_OWN_ACRONYM = re.compile(r"(?<=\w\s)\((?:[A-Z]{2,8}|[A-Z]{2,6}-[A-Z]{1,4})\)\s*$")


@attrs.frozen
class Comparison:
    """Two names, how alike they are (``score``, 0..1), and the evidence that the score follows from."""

    left: str
    right: str
    score: float
    evidence: tuple[TokenEvidence, ...]

    def explain(self) -> str:
        """The evidence in words, a line each, the score at the end."""
        return explained(self)

    def mirrored(self) -> Comparison:
        """The same comparison with left and right exchanged."""
        return Comparison(self.right, self.left, self.score, tuple(one.mirrored() for one in self.evidence))


def folded_name(text: str) -> Folded:
    """The folded first `MAX_NAME_CHARACTERS` of a name, without an acronym in brackets at its end.

    Raises:
        InvalidNameError: where no letter and no digit is left to compare.
    """
    text = text[:MAX_NAME_CHARACTERS]
    folded = fold(_OWN_ACRONYM.sub("", text) if "(" in text else text)
    if not folded[:1].isalnum() and not any(map(str.isalnum, folded)):
        raise InvalidNameError(text)
    return folded


def compared(left: str, right: str, left_tokens: tuple[Token, ...], right_tokens: tuple[Token, ...]) -> Comparison:
    """The comparison of two names that were taken apart before."""
    evidence = align(left_tokens, right_tokens)
    return Comparison(left, right, score_of(evidence), evidence)


def compare(left: str, right: str, *, kind: str | None = None) -> Comparison:
    """How alike two names are, whatever their scripts, word order and spelling.

    ``kind`` is what the names are names of, in the words of the model
    (``person``, ``organisation``, …), or None: a person's legal forms and an
    organisation's titles then count as names.

    Symmetric: exchanging the names exchanges the sides of the evidence and
    nothing else. A name compared with itself scores 1. Only the first 2,000
    characters, 24 words and 48 letters of a word are looked at, so that the
    cost is bounded.

    Raises:
        InvalidNameError: a text without letter or digit.

    >>> compare("Hosein Harooni", "حسین هارونی").score > 0.9
    True
    >>> compare("Bank Melli", "Bank Mellat").score < 0.8
    True
    """
    left_tokens, right_tokens = (tokens_of(folded_name(text), kind) for text in (left, right))
    return compared(left, right, left_tokens, right_tokens)
