"""Folding: one text for the many ways in which one spelling is written.

Folding undoes what a keyboard, a typesetter or a vowelling teacher does. It
never judges how a name sounds: that is the work of ``skeleton``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NewType

from sanctions_tracker.names.tables import mapping

#: A text that went through `fold`: lower case, no marks, single spaces.
Folded = NewType("Folded", str)

#: Joins a word's parts on the page while it separates them in sound: Persian
#: writes plurals and compounds with it, so it counts as a space.
_ZERO_WIDTH_NON_JOINER = "\u200c"

#: Letters of other scripts are not joined: among them it only hides a word from a search.
_STRAY_NON_JOINER = re.compile("(?<![\u0600-\u08ff\ufb50-\ufeff])\u200c")

#: Apostrophes and the signs that romanisations use for ayn and hamza. They go
#: before normalisation, which would make a space of some of them.
#: Source: ALA-LC and ISO 233 romanisations, and what keyboards offer instead.
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘`´ʿʾʼʻʽ‛′ˈʹꞌ＇ˋˊ՚"))

_DROPPED_CATEGORIES = frozenset({"Mn", "Me", "Cf", "Sk"})
_KEPT_CATEGORIES = frozenset({"Ll", "Lu", "Lt", "Lm", "Lo", "Mc", "Nl", "No"})


class _Letters(dict[int, str]):
    """What becomes of each letter, worked out when it is first met, for ``str.translate``."""

    def __missing__(self, code: int) -> str:
        folded = _folded_letter(chr(code))
        if len(self) < _REMEMBERED_LETTERS:
            self[code] = folded
        return folded


#: Texts in all scripts of the lists together have some thousands of letters.
_REMEMBERED_LETTERS = 8192

_letters = _Letters()


@lru_cache(maxsize=1)
def _ascii_letters() -> tuple[bytes, bytes]:
    """What becomes of each ASCII letter, and those that go, for ``bytes.translate``."""
    folded = [_letters[code] for code in bytes(range(128)).lower()]
    gone = bytes(code for code, letter in enumerate(folded) if code in _APOSTROPHES or not letter)
    return "".join(letter or " " for letter in folded).encode().ljust(256), gone


def _folded_letter(letter: str) -> str:
    known = mapping("letters", "letter", "folded").get(letter)
    if known is not None:
        return known
    category = unicodedata.category(letter)
    if category == "Nd":
        return str(unicodedata.decimal(letter))
    if category in _KEPT_CATEGORIES:
        return letter
    return "" if category in _DROPPED_CATEGORIES and letter != _ZERO_WIDTH_NON_JOINER else " "


#: The blocks of Cyrillic and Greek letters that decomposition leaves. Source: Unicode 15, Blocks.txt.
_CYRILLIC_OR_GREEK = re.compile("[\u0370-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f]")


def _is_latin(letter: str) -> bool:
    return "a" <= letter <= "z"


@lru_cache(maxsize=2)
def _latin_letters(*, homoglyphs: bool) -> dict[int, str]:
    """The Latin letters for Cyrillic and Greek ones, or those that these look like, for ``str.translate``."""
    looking = mapping("homoglyphs", "letter", "latin") if homoglyphs else {}
    return str.maketrans(mapping("transliteration", "letter", "latin") | looking)


def _latinised(word: str) -> str:
    """A Cyrillic or Greek word in Latin letters; inside a Latin word such a letter is a homoglyph."""
    return word if word.isascii() else word.translate(_latin_letters(homoglyphs=any(map(_is_latin, word))))


def _latinised_words(text: str) -> str:
    if not _CYRILLIC_OR_GREEK.search(text):
        return text
    return " ".join(_latinised(word) for word in text.split())


def _decomposed(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return unicodedata.normalize("NFKD", plain)


@lru_cache(maxsize=65536)
def _folded(text: str) -> Folded:
    if text.isascii():
        return Folded(b" ".join(text.encode().translate(*_ascii_letters()).split()).decode())
    plain = _STRAY_NON_JOINER.sub("", text.translate(_APOSTROPHES))
    latin = _latinised_words(" ".join(_decomposed(plain).translate(_letters).split()))
    return Folded(" ".join(unicodedata.normalize("NFC", latin).split()))


#: Longer texts are not kept in memory after folding.
_REMEMBERED_LENGTH = 200


def fold(text: str) -> Folded:
    """``text`` with everything undone that leaves a spelling the same spelling.

    * compatibility and presentation forms, capitals, Latin accents;
    * Arabic vowel signs, tatweel, the hamza upon or under a letter; the several
      yehs, kafs and hehs; ta marbuta becomes heh;
    * digits of every script become ASCII digits;
    * apostrophes and the signs for ayn go; all other punctuation becomes a space,
      and so does a zero-width non-joiner behind an Arabic letter; other invisible
      characters go;
    * Cyrillic and Greek words are romanised (BGN/PCGN, ELOT 743); a Cyrillic or
      Greek letter inside a Latin word becomes the Latin letter it looks like.

    Idempotent; never raises, whatever the text; empty where nothing is left.

    >>> fold("Müller-O’Brien"), fold("مُحَمَّـــد"), fold("١٢"), fold("Раypal")
    ('muller obrien', 'محمد', '12', 'paypal')
    """
    if len(text) <= _REMEMBERED_LENGTH:
        return _folded(text)
    return _folded.__wrapped__(text)
