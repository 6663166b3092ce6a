"""By what a word of a text leads to the listed names that have its like.

A key is coarser than a skeleton: the consonants of a word, near ones as one.
Of the pairs of spellings that ``names/spellings`` knows and that a comparison
takes for one word, 95 % share a key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from sanctions_tracker.names.concepts import near_concepts
from sanctions_tracker.names.skeleton import sounds, sounds_of
from sanctions_tracker.names.tokens import Token, name_token

#: Consonants that spellings exchange, under one sign; h and glides are left out as often as written.
_CLASSES = {"P": "bp", "F": "fv", "M": "m", "N": "n", "L": "l", "R": "r", "T": "tṭdḍθð", "S": "sṣzẓšçčž", "K": "gγkqxj"}
#: What else a sound may be written as: dh as z, j as zh, v as w (which is left out).
_OTHERWISE = {"S": "ðḍθj", "": "v"}

_MEANING = "="

_REPEATED = re.compile(r"(.)\1+")


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[int, str], dict[int, str]]:
    signs = {ord(sound): sign for sign, those in _CLASSES.items() for sound in those}
    silent = {ord(sound): "" for sound in sounds()}
    others = {ord(sound): sign for sign, those in _OTHERWISE.items() for sound in those}
    plain = silent | signs
    return plain, plain | others


@lru_cache(maxsize=131072)
def _keys_of_reading(word: str) -> frozenset[str]:
    if any(map(str.isdigit, word)):
        return frozenset({word})
    heard = sounds_of(word)
    return frozenset(_REPEATED.sub(r"\1", heard.translate(table)) or heard for table in _tables())


def _keys(readings: Iterable[str]) -> frozenset[str]:
    return frozenset().union(*map(_keys_of_reading, readings))


@lru_cache(maxsize=131072)
def word_keys(token: Token) -> frozenset[str]:
    """The keys of a word by its sound, in all its readings; never empty."""
    return _keys(token.readings or (token.core,))


@lru_cache(maxsize=131072)
def keys_of(word: str) -> frozenset[str]:
    """The keys of a folded word."""
    return word_keys(name_token(word))


#: What stands for Abd in all its spellings.
ABD = "abd"
_ABD = re.compile(r"^abd[aeiou]?[lrsztdn]?$|^عبد(?:ال)?$")


def without_ending(word: str) -> str:
    """A word as it is read with the one behind it: Abd without its article (Abdul Rahman)."""
    return _ABD.sub(ABD, word)


def joined_keys(left: frozenset[str], right: frozenset[str]) -> frozenset[str]:
    """The keys of two neighbouring words read as one, from the keys of both."""
    return frozenset([one + (other[1:] if one[-1:] == other[:1] else other) for one in left for other in right])


def meaning_keys(concepts: Iterable[str]) -> frozenset[str]:
    """The keys of meanings: no word has them."""
    return frozenset(_MEANING + concept for concept in concepts)


def is_meaning(key: str) -> bool:
    """Whether a key is that of a meaning."""
    return key.startswith(_MEANING)


@lru_cache(maxsize=32768)
def near_meaning_keys(concepts: frozenset[str]) -> frozenset[str]:
    """The keys of meanings and of all that they are exchanged with."""
    return meaning_keys(near for concept in concepts for near in near_concepts(concept))
