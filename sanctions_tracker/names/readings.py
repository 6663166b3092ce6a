"""The words that one written word may be: with an article or without, two sounds or one, misread."""

from __future__ import annotations

import re

from sanctions_tracker.names.skeleton import SEAM
from sanctions_tracker.names.tables import rows

#: Between ``abd`` and the name of God stands an article, written or assimilated
#: or left out: this sign holds its place, and ``skeleton`` lets it fall cheaply.
ARTICLE_SIGN = "|"

ARABIC_ARTICLE = "ال"
#: What is written with the word behind it: and, and the.
_AND, _AND_THE = "و", "وال"
SHORTEST_NAME = 3

#: How a Latin word begins that may have the article in it.
ATTACHED = frozenset({"al", "el"})

#: Letters that are one sound, or two that happen to meet (Fathi is فتحي, Ishaq اسحاق, Mazhar مظهر).
_DIGRAPH = re.compile(r"(?<=.[tdsz])(?=h.)")

#: Ben with a name that begins with n (Bennacer is بن ناصر): both are heard.
_BEN = re.compile(r"(?<=^b[ei]n)(?=n.{2})")

#: The article of the word behind it, written with a word of South Asia (Amanul Haque is امان الحق).
_TRAILING_ARTICLE = re.compile(r"(?<=.{4})ul$")

#: A word that has a digraph, such an article, or letters and digits that may be others.
_MORE_READINGS = re.compile(r"[tdsz]h|ul$|^b[ei]nn|[0-9]|rn|vv|cl")

#: A word with more digits than this, or fewer letters, is a code, no misread name.
_MISREAD_DIGITS, _MISREAD_LETTERS = 1, 2

#: The article inside a name of honour written as one word (نورالدين, Nureddin).
_ARABIC_DIN = re.compile(r"(?<=..)ال(?=دين$)")


def without_article(word: str) -> str:
    """An Arabic word without the article, where enough of it is left."""
    bare = word[2:]
    return bare if word.startswith(ARABIC_ARTICLE) and len(bare) >= SHORTEST_NAME - 1 else word


def latin_readings(word: str) -> tuple[str, ...]:
    """A folded Latin word and the others that it may be, best first."""
    attached = word[:2] in ATTACHED and len(word) >= 2 + SHORTEST_NAME
    readings = (word, word[2:]) if attached else (word,)
    if not _MORE_READINGS.search(word):
        return readings
    parted = _DIGRAPH.sub(SEAM, word), _BEN.sub(SEAM, word)
    return tuple(dict.fromkeys((*readings, *parted, _TRAILING_ARTICLE.sub("", word), *_misread(word))))


def _misread(word: str) -> list[str]:
    """What a word with a digit or two letters that look like another letter may have been (``sa1eh``: ``saleh``)."""
    letters = sum(map(str.isalpha, word))
    if letters < len(word) and (letters < _MISREAD_LETTERS or letters + _MISREAD_DIGITS < len(word)):
        return []
    return [word.replace(row["written"], row["meant"]) for row in rows("lookalikes") if row["written"] in word]


def arabic_readings(word: str) -> tuple[str, ...]:
    """A folded Arabic-script word without conjunction and article, then as written."""
    bare = without_article(word.removeprefix(_AND) if word.startswith(_AND_THE) else word)
    if bare == word:
        return (_ARABIC_DIN.sub(ARTICLE_SIGN, word),)
    return (bare, word)
