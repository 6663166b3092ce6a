"""A running text taken apart into words that know where they stand.

Folding changes lengths, so each word is folded by itself and keeps its place.
What is written with a word but is none of it (a conjunction, a possessive s)
gives the word a second reading, with a place of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import attrs

from sanctions_tracker.names.folding import fold
from sanctions_tracker.names.particles import particle_of

#: Longer words are looked at by nobody: no name on the lists has one.
LONGEST_WORD = 64

#: And, so; by, to, like: what Arabic writes with the word behind it.
_CONJUNCTIONS, _PREPOSITIONS = "وف", "بكل"
_ARTICLE, _TO_THE = "ال", "لل"
#: What is left of a word without such a letter is this long at least.
_SHORTEST_REST = 3
#: Marks and stretched letters may stand between a letter and the next one.
_FARTHEST_CUT = 12

_POSSESSIVE = re.compile("['’ʼ＇]s$", re.IGNORECASE)

#: Endings that Persian writes apart, behind a non-joiner: plural, ezafe.
_ENDINGS = frozenset({"ها", "هاي", "هايي", "ي"})
_NON_JOINER = "\u200c"

#: Ends a phrase: no name goes on behind it. A full stop does so behind a word that is no abbreviation.
_ENDS_PHRASE = re.compile(r"[!?؟؛;،,:…•|\u2028\u2029]|\s[-–—]+\s|—|\n\s*\n")
_FULL_STOP = re.compile(r"[.۔。](?:\W*\s|\W*$)")
_LONGEST_ABBREVIATION = 2
_LONGEST_GAP = 12
_HYPHENS = frozenset("-‐‑")
_BLANK = re.compile(r"[\s\-‐‑\u200b-\u200f\u202a-\u202e\u2066-\u2069]*")

_ARABIC, _LETTER, _MARK, _PASSED_OVER, _BETWEEN = "axm~ "
#: A word begins with a letter and ends with a letter or a mark on one; a
#: non-joiner behind an Arabic letter parts two words.
_WORD = re.compile(r"[ax](?:~*[axm]|(?<!a)z~*[axm])*")
_LETTERS = frozenset({"Ll", "Lu", "Lt", "Lm", "Lo", "Mc", "Nl", "No", "Nd"})
_MARKS, _CONTROLS = frozenset({"Mn", "Me"}), frozenset({"Cf", "Sk"})
_APOSTROPHES = frozenset("'’‘`´ʿʾʼʻʽ‛′ˈʹꞌ＇ˋˊ՚")
_REMEMBERED = 8192


class _Signs(dict[int, str]):
    """What each character does in a word, a sign each, for ``str.translate``."""

    def __missing__(self, code: int) -> str:
        sign = _sign(chr(code))
        if len(self) < _REMEMBERED:
            self[code] = sign
        return sign


_signs = _Signs({ord(_NON_JOINER): "z"})


def _sign(letter: str) -> str:
    category = unicodedata.category(letter)
    if letter in _APOSTROPHES or category in _CONTROLS:
        return _PASSED_OVER
    if category in _MARKS:
        return _MARK
    if category not in _LETTERS and not fold(letter):
        return _BETWEEN
    return _ARABIC if "\u0600" <= letter <= "\u08ff" or "\ufb50" <= letter <= "\ufeff" else _LETTER


@attrs.frozen
class Reading:
    """A folded word, and the characters of the text that it stands for: ``text[start:end]``, never empty."""

    text: str
    start: int
    end: int


@attrs.frozen
class Word:
    """A word of the text: its ``readings``, as written first; none where it is too long to be looked at.

    ``phrase`` numbers what ends at punctuation: no name goes beyond it.
    ``beside`` tells whether nothing but a space or hyphen parts it from the word before.
    ``capital`` tells whether it has a capital letter, None for scripts that have none.
    """

    readings: tuple[Reading, ...]
    phrase: int
    beside: bool
    capital: bool | None


def _cut(written: str, rest: str) -> int:
    """How many characters of ``written`` stand before the folded ``rest`` of it; 0 where that cannot be told."""
    cuts = range(1, min(len(written), _FARTHEST_CUT))
    return next((cut for cut in cuts if fold(written[cut:]) == rest), 0)


def _without_clitics(word: str) -> Iterator[tuple[str, str]]:
    """The words that an Arabic word may be without what is written before it: each whole, and what is left of it."""
    rests = [word, word[1:]] if word[:1] in _CONJUNCTIONS else [word]
    for rest in rests:
        if rest is not word:
            yield rest, rest
        if rest.startswith(_TO_THE):
            yield _ARTICLE + rest[2:], rest[1:]
        if rest[:1] in _PREPOSITIONS:
            yield rest[1:], rest[1:]


def _arabic_readings(word: str, written: str, start: int) -> Iterator[Reading]:
    for whole, rest in _without_clitics(word):
        cut = _cut(written, rest) if len(rest) >= _SHORTEST_REST else 0
        if cut:
            yield Reading(whole, start + cut, start + len(written))


def _readings(written: str, start: int) -> Iterator[tuple[Reading, ...]]:
    """The readings of each folded word that the characters stand for: one word, but for ligatures of several."""
    if len(written) > LONGEST_WORD:
        yield ()
        return
    owner = _POSSESSIVE.sub("", written)
    if len(owner) < len(written) and fold(owner):
        end = start + len(owner)
        yield Reading(fold(owner), start, end), Reading(fold(written), start, start + len(written))
        return
    words = fold(written).split()
    for word in words:
        plain = Reading(word, start, start + len(written))
        more = _arabic_readings(word, written, start) if len(words) == 1 and "\u0600" <= word[0] <= "\u06ff" else ()
        yield (plain, *more)


def _is_abbreviation(written: str) -> bool:
    return len(written) <= _LONGEST_ABBREVIATION or particle_of(fold(written[:LONGEST_WORD])) is not None


def _ends_phrase(before: str, gap: str) -> bool:
    if len(gap) > _LONGEST_GAP or _ENDS_PHRASE.search(gap):
        return True
    return bool(_FULL_STOP.search(gap)) and not _is_abbreviation(before)


def _capital(written: str) -> bool | None:
    if written.upper() == written.lower():
        return None
    return any(letter.isupper() or letter.istitle() for letter in written)


def words_of(text: str) -> list[Word]:
    """The words of a text in order; never raises, linear in the length of the text.

    >>> [[one.text for one in word.readings] for word in words_of("Chevron's, للحرس")]
    [['chevron', 'chevrons'], ['للحرس', 'الحرس', 'لحرس']]
    """
    out: list[Word] = []
    phrase, last, before = 0, 0, ""
    for place in _WORD.finditer(text.translate(_signs)):
        start, end = place.span()
        written, gap = text[start:end], text[last:start]
        ended = bool(before) and _ends_phrase(before, gap)
        phrase += ended
        beside = bool(before) and not ended and bool(_BLANK.fullmatch(gap))
        for readings in _readings(written, start):
            if _NON_JOINER not in gap or (readings[:1] and readings[0].text not in _ENDINGS):
                hyphened = beside and gap in _HYPHENS and out[-1].capital is not False
                out.append(
                    Word(readings, phrase, beside, _capital(written) or (None if hyphened else _capital(written)))
                )
        last, before = end, written
    return out
