"""What a listed name must have in it to be recognised in running text, and how well it must be met.

Running text is full of words that are also names. A name that is nothing but
common words proves nothing there, however exactly it is met.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib import resources

from sanctions_tracker.matching.comparison import Comparison
from sanctions_tracker.matching.evidence import How, TokenEvidence
from sanctions_tracker.matching.weights import weight_of
from sanctions_tracker.names.concepts import class_of, concept_spans, expanded, is_known
from sanctions_tracker.names.particles import Role
from sanctions_tracker.names.spellings import spellings
from sanctions_tracker.names.tokens import Token

#: Classes of meanings that tell whose body it is: Bank of Moscow, Iranian Army.
_TELLING_CLASSES = frozenset({"place", "people"})
#: Meanings that only one body has, or one kind that bears the name. Chosen from ``names/data/concepts.tsv``.
_ONE_BODY = frozenset(
    {
        "al_qaida", "baath_party", "construction_jihad", "eiko", "expediency_council", "guardian_council",
        "isil", "islamic_state", "modafl", "muslim_brotherhood", "nusra", "popular_mobilisation", "qods_force",
        "rapid_support", "revolutionary_guard", "taliban",
    }
)  # fmt: skip

#: The least that the words of a name weigh together: of one word all that a word can, of
#: several more than two of the commonest given names (Muhammad Ali, Ahmad Hassan).
_ONE_WORD, _SEVERAL_WORDS = 1.0, 1.2

#: A word that weighs less may be left out, or be there without being in the name: titles, legal forms, son of.
_LIGHT = 0.1

#: How alike a word must be that is one of several, and one that is the whole name.
_WORD_MET, _ALONE_MET = 0.8, 0.94
#: How far the least score lies from the threshold for a name alone, of the way to 1:
#: in a text many windows are tried against each name.
_STRICTER = 0.4

#: Letters of a name of one word, in Latin letters and in Arabic ones (where more words sound alike).
_SHORTEST_ALONE, _SHORTEST_ARABIC = 5, 6
_ARTICLE = "ال"
#: Inflected forms of common words, and what they are inflected from.
_INFLECTIONS = (("ies", "y"), ("es", ""), ("s", ""), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"), ("ly", ""))


@lru_cache(maxsize=1)
def _common_words() -> frozenset[str]:
    file = resources.files(__package__).joinpath("data/mention_common_words.txt")
    lines = file.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


def is_common(word: str) -> bool:
    """Whether a folded word is a word of the language, or a name that many bear.

    >>> is_common("horizons"), is_common("rosneft")
    (True, False)
    """
    stems = [word.removesuffix(end) + rest for end, rest in _INFLECTIONS if word.endswith(end)]
    return is_known(word) or word in spellings().seen or not _common_words().isdisjoint([word, *stems])


def weighty(tokens: tuple[Token, ...]) -> list[Token]:
    """The words of a name that must be met: all but particles and initials."""
    return [token for token in tokens if token.role is Role.NAME]


@lru_cache(maxsize=65536)
def _one_body(token: Token) -> bool:
    return not _ONE_BODY.isdisjoint(token.concepts) if token.concepts else means_one_body([token.text])


def means_one_body(words: Sequence[str]) -> bool:
    """Whether folded words have a meaning together, or one of them has, that one body has alone.

    >>> means_one_body(["القاعده"]), means_one_body(["قاعده"])
    (True, False)
    """
    spans = concept_spans(expanded(words))
    return any(not _ONE_BODY.isdisjoint(span.concepts) for span in spans)


def is_one_body(tokens: tuple[Token, ...]) -> bool:
    """Whether a name has a word or phrase in it that means one body only: Revolutionary Guard, Taliban."""
    return any(map(_one_body, weighty(tokens)))


def _tells_whose(token: Token) -> bool:
    return any(class_of(concept) in _TELLING_CLASSES for concept in token.concepts)


def is_telling(tokens: tuple[Token, ...]) -> bool:
    """Whether a listed name says enough to be recognised in running text."""
    words = weighty(tokens)
    spelt = [token for token in words if not token.concepts]
    if not words or all(token.text.isdigit() for token in words):
        return False
    if is_one_body(tokens):
        return True
    if not spelt and not any(map(_tells_whose, words)):
        return False
    weight = sum(map(weight_of, words))
    return weight >= _ONE_WORD if len(words) == 1 else weight >= _SEVERAL_WORDS


def is_telling_alone(token: Token, written: str) -> bool:
    """Whether a name of one word may be met by the folded word ``written``."""
    if is_common(token.text) or is_common(token.core) or is_common(written):
        return False
    shortest = _SHORTEST_ARABIC if "\u0600" <= written[:1] <= "\u06ff" else _SHORTEST_ALONE
    long_enough = len(token.core) >= _SHORTEST_ALONE and len(written) >= shortest
    return long_enough and not written.startswith(_ARTICLE)


def least_score(threshold: float) -> float:
    """The score from which on a name is found in a text, by the ``threshold`` (0..1) for a name alone."""
    return threshold + (1 - threshold) * _STRICTER


def _is_met(one: TokenEvidence, least: float) -> bool:
    return one.weight <= _LIGHT or (one.how is not How.UNMATCHED and one.similarity >= least)


def is_met(comparison: Comparison, *, alone: bool) -> bool:
    """Whether every weighty word of both sides met its like."""
    least = _ALONE_MET if alone else _WORD_MET
    return all(_is_met(one, least) for one in comparison.evidence)
