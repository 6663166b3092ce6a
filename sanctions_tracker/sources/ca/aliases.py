"""The alias field: one text in which any number of names stand, in any script, however separated.

Semicolons and the names of languages always separate. Commas, slashes, "or"
and "and" also stand inside names, so that they separate only where both sides
are names by themselves: of several words, or of different scripts. What is
left open stays one name as printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from sanctions_tracker.names.script import has_letter_or_digit, script_of
from sanctions_tracker.sources import tables

#: Two words make a person's name that can stand by itself.
_WORDS_OF_A_NAME = 2
#: A list of so many members is no "Surname, Given names".
_LIST = 3
_SEPARATOR = re.compile(r"(\s*,\s*(?:(?:and|or)\s+)?|\s+or\s+|\s+and\s+|\s*/\s*)")
_RTL = "\u0590-\u06ff\ufb50-\ufdff\ufe70-\ufeff"
#: Hebrew or Arabic beside Latin with nothing between them but a space or a bracket.
_SIDES = re.compile(rf"(?<=[{_RTL}])\s*\(?\s+\(?(?=[A-Za-z])|(?<=[A-Za-z.)])\s*\(?\s+\(?(?=[{_RTL}])")
_CLOSING = re.compile(r"\s+\(?(?:aka|a\.k\.a\.?)\)?$", re.IGNORECASE)
_UNCASED = frozenset({"Arab", "Hebr", "Hani", "Mymr", "Thai", "Hang", "Deva", "Zyyy"})
_ARTICLES = ("the ", "l'", "l’", "al-", "el-", "al ", "el ")


#: A longer field, in characters, is no list of names: it stays one text.
_LONGEST = 10_000


class Alias(NamedTuple):
    """A name found in the field, with the language that the field states for it."""

    text: str
    language: str = ""


@lru_cache(maxsize=1)
def _label() -> re.Pattern[str]:
    words = "|".join(tables.mapping("ca_languages", "word", "tag"))
    return re.compile(rf"\b(?P<word>{words})\s?:\s?", re.IGNORECASE)


@lru_cache(maxsize=1)
def _legal_forms() -> frozenset[str]:
    return frozenset(row["form"].casefold() for row in tables.rows("ca_legal_forms"))


@lru_cache(maxsize=8192)
def split_aliases(text: str, *, person: bool) -> tuple[Alias, ...]:
    """The names in an alias field, in its order, each once.

    >>> [alias.text for alias in split_aliases("Rahim Darvandi, رحیم دروندی; Darvandi", person=True)]
    ['Rahim Darvandi', 'رحیم دروندی', 'Darvandi']
    >>> [tuple(alias) for alias in split_aliases("Ordak Works, LLC, Arabic: أرداك", person=False)]
    [('Ordak Works, LLC', ''), ('أرداك', 'ar')]
    """
    if len(text) > _LONGEST:
        return (Alias(text),) if has_letter_or_digit(text) else ()
    found = dict.fromkeys(
        Alias(name, language if "/" not in piece or number == 0 else "")  # behind a slash stands another language
        for segment in text.split(";")
        for piece, language in _labelled(segment)
        for part in _SIDES.split(piece)
        for number, raw in enumerate(_members(part, person=person))
        if has_letter_or_digit(name := _trimmed(raw))
    )
    return tuple(found)


def _labelled(text: str) -> Iterator[tuple[str, str]]:
    """The parts of a text before and behind the names of languages."""
    tags = tables.mapping("ca_languages", "word", "tag")
    start, language = 0, ""
    for match in _label().finditer(text):
        yield text[start : match.start()].rstrip(" ,;("), language
        start, language = match.end(), tags[match["word"].casefold()]
    yield text[start:], language


def _members(text: str, *, person: bool) -> list[str]:
    """A text cut where its separators separate names, as printed elsewhere."""
    tokens = _SEPARATOR.split(text.strip())
    pieces, separators = tokens[::2], tokens[1::2]
    cut = _cut_person if person else _cut_entity
    members = [[pieces[0]]]
    for (left, right), separator in zip(pairwise(pieces), separators, strict=True):
        if _differ(left, right) or cut(left, right, separator, len(pieces)):
            members.append([right])
        else:
            members[-1] += [separator, right]
    return ["".join(member) for member in members]


def _is_legal_form(text: str) -> bool:
    return text.strip(" ()\"“”«»'").casefold() in _legal_forms()


def _differ(left: str, right: str) -> bool:
    """Whether two pieces are in different scripts, a legal form being no piece of its own."""
    scripts = {script_of(left), script_of(right)} - {"Zyyy"}
    return len(scripts) > 1 and not _is_legal_form(right) and not _is_legal_form(left)


def _several_words(text: str) -> bool:
    return len(text.split()) >= _WORDS_OF_A_NAME


def _cut_person(left: str, right: str, separator: str, count: int) -> bool:
    """Single words may be other spellings of one part of a name: they stay with each other."""
    several = _several_words(left) + _several_words(right)
    if separator.strip() == "," and count >= _LIST:
        return several > 0
    return several == _WORDS_OF_A_NAME


def _cut_entity(left: str, right: str, separator: str, _count: int) -> bool:
    word, script = separator.strip(" ,"), script_of(right)
    if not left or not right or _is_legal_form(right) or _is_legal_form(left) or left.count("(") > left.count(")"):
        return False
    if word == "/":
        # as in "J/V Company"
        abbreviated = len(left.rsplit(maxsplit=1)[-1]) == 1 or len(right.split(maxsplit=1)[0]) == 1
        return _several_words(left) and _several_words(right) and not abbreviated
    if word:
        return word == "or" or script != "Latn"
    if script == "Latn":
        return not right[0].islower() or right.casefold().startswith(_ARTICLES)
    return script in _UNCASED or _is_legal_form(right.split(maxsplit=1)[0])


def _trimmed(text: str) -> str:
    """Without what the cuts left behind: separators, half a bracket, and a closing "aka"."""
    text = _CLOSING.sub("", text.strip(" ,;"))
    if text.startswith("(") and text.count("(") > text.count(")"):
        text = text[1:]
    if text.endswith(")") and text.count(")") > text.count("("):
        text = text[:-1]
    if text.startswith("(") and text.endswith(")") and text.count("(") == 1:
        text = text[1:-1]
    return text.strip(" ,;")
