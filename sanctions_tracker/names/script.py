"""Which script a text is written in, as an ISO 15924 code."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import lru_cache

#: Beginnings of Unicode character names and the ISO 15924 code of their script.
#: Source: the Unicode Character Database names scripts first in a letter's name;
#: the codes are those of ISO 15924.
_CODES = {
    "LATIN": "Latn",
    "FULLWIDTH LATIN": "Latn",
    "MODIFIER LETTER": "Latn",
    "ARABIC": "Arab",
    "CYRILLIC": "Cyrl",
    "GREEK": "Grek",
    "HEBREW": "Hebr",
    "ARMENIAN": "Armn",
    "GEORGIAN": "Geor",
    "CJK": "Hani",
    "HANGUL": "Hang",
    "HIRAGANA": "Jpan",
    "KATAKANA": "Jpan",
    "DEVANAGARI": "Deva",
    "BENGALI": "Beng",
    "THAI": "Thai",
    "MYANMAR": "Mymr",
    "KHMER": "Khmr",
    "LAO": "Laoo",
    "ETHIOPIC": "Ethi",
    "SYRIAC": "Syrc",
    "THAANA": "Thaa",
    "TAMIL": "Taml",
    "SINHALA": "Sinh",
    "TIBETAN": "Tibt",
    "MONGOLIAN": "Mong",
}

#: ISO 15924 for a text without letters, such as ``7-28``.
UNDETERMINED = "Zyyy"


@lru_cache(maxsize=4096)
def _script_of_letter(letter: str) -> str:
    words = unicodedata.name(letter, "").split(" ")
    return _CODES.get(" ".join(words[:2])) or _CODES.get(words[0].partition("-")[0]) or "Zzzz"


def script_of(text: str) -> str:
    """The ISO 15924 code of the script that most letters of ``text`` are in.

    ``Zyyy`` for a text without letters, ``Zzzz`` for a script outside the
    table. Of two scripts with equally many letters the earlier one wins.

    >>> script_of("Lockheed Martin"), script_of("لوكهيد مارتن"), script_of("7-28")
    ('Latn', 'Arab', 'Zyyy')
    """
    if text.isascii():
        return "Latn" if text[:1].isalpha() or any(map(str.isalpha, text)) else UNDETERMINED
    scripts = scripts_of(text)
    if len(scripts) > 1:
        counted = Counter(_script_of_letter(letter) for letter in text if letter.isalpha())
        return max(counted, key=counted.__getitem__)
    return next(iter(scripts), UNDETERMINED)


def scripts_of(text: str) -> frozenset[str]:
    """Every script that a letter of ``text`` is in: more than one hints at a homoglyph.

    >>> sorted(scripts_of("Раypal"))
    ['Cyrl', 'Latn']
    """
    return frozenset(map(_script_of_letter, filter(str.isalpha, set(text))))


#: Letters that stand for no sound of their own and that folding removes: ayn and
#: apostrophe marks, stress marks, the Cyrillic signs, hamza, and tatweel, which
#: only stretches a word. Source: their Unicode names.
_SILENT = frozenset(
    "\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u02ca\u02cb\u042a\u042c\u044a\u044c\u0621\u0640\u1c86\ua69c\ua69d\ua78c"
)


def has_letter_or_digit(text: str) -> bool:
    """Whether there is anything in ``text`` that a comparison could use.

    >>> has_letter_or_digit("7-28"), has_letter_or_digit("---"), has_letter_or_digit("\u0640")
    (True, False, False)
    """
    if text.isascii():
        return text[:1].isalnum() or any(map(str.isalnum, text))
    return any(letter.isalnum() and letter not in _SILENT for letter in unicodedata.normalize("NFKC", text))
