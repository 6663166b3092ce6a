"""Other ways to write an organisation's name, and titles before a person's.

The words come from ``variants_words.tsv``: legal forms that stand for one kind of company bear one
key, titles the key of what they mean. The grouping is a convention of this benchmark; ``source`` says on
which lists a word was seen.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

_WORDS = Path(__file__).with_name("variants_words.tsv")
_ACRONYM = re.compile(r"[A-Z]{3,8}")
_SMALL = {"a", "an", "and", "d", "de", "des", "du", "for", "fi", "in", "la", "le", "les"}
_SMALL |= {"of", "on", "the", "wa", "und", "von", "y"}


class Word(NamedTuple):
    """A legal form or a title; ``script`` is an ISO 15924 code."""

    word_class: str
    key: str
    form: str
    script: str
    source: str


@lru_cache(maxsize=1)
def words() -> tuple[Word, ...]:
    """All rows of the table, in its order."""
    with _WORDS.open(encoding="utf-8", newline="") as file:
        _, *rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
    return tuple(Word(*row) for row in rows)


def titles(script: str) -> tuple[str, ...]:
    """The titles that are written in a script."""
    return tuple(word.form for word in words() if word.word_class == "title" and word.script == script)


def titled(name: str, script: str) -> Iterable[str]:
    """Every title of the script before the name."""
    return [f"{title} {name}" for title in titles(script)]


# legal forms


@lru_cache(maxsize=1)
def _legal_forms() -> dict[str, Word]:
    return {word.form.casefold(): word for word in words() if word.word_class == "legal_form"}


@lru_cache(maxsize=1)
def _at_an_end() -> re.Pattern[str]:
    forms = "|".join(re.escape(form) for form in sorted(_legal_forms(), key=len, reverse=True))
    return re.compile(rf"^(?:{forms})(?=\s)|(?<=\s)(?:{forms})$", re.IGNORECASE)


def _found(name: str) -> Iterator[tuple[int, int, Word]]:
    """Where a legal form begins or ends the name."""
    for found in _at_an_end().finditer(name):
        word = _legal_forms().get(found[0].casefold())
        if word is not None and len(name) - len(found[0]) > len(found[0]) // 2:
            yield found.start(), found.end(), word


def _without(name: str, start: int, end: int, instead: str = "") -> str:
    return (name[:start] + instead + name[end:]).strip(" ,،")


def form_dropped(name: str) -> Iterable[str]:
    """Orient LLC as Orient."""
    return [_without(name, start, end) for start, end, _ in _found(name)]


def form_changed(name: str) -> Iterable[str]:
    """Orient LLC as Orient Ltd: a form of the same kind in the same script."""
    return [
        _without(name, start, end, other.form)
        for start, end, word in _found(name)
        for other in _legal_forms().values()
        if other.key == word.key and other.script == word.script
    ]


def form_translated(name: str) -> Iterable[str]:
    """Orient LLC as Orient ООО: a form of the same kind in another script."""
    return [
        _without(name, start, end, other.form)
        for start, end, word in _found(name)
        for other in _legal_forms().values()
        if other.key == word.key and other.script != word.script
    ]


# the name itself


def reordered(name: str) -> Iterable[str]:
    """Two neighbours exchanged, neither of them a small word, a sign or a legal form."""
    parts = name.split()
    for place in range(len(parts) - 1):
        pair = parts[place : place + 2]
        if all(map(_carries, pair)):
            yield " ".join([*parts[:place], *reversed(pair), *parts[place + 2 :]])


def _carries(part: str) -> bool:
    folded = part.strip(",").casefold()
    return len(folded) > 1 and any(map(str.isalpha, folded)) and folded not in _legal_forms().keys() | _SMALL


def punctuated(name: str) -> Iterable[str]:
    """Full stops put into an abbreviation or taken out, hyphens as spaces or nothing, quotation marks, brackets."""
    yield re.sub(r"(?<=\w)\.", "", name)
    yield from (re.sub(rf"\b{one}\b", ".".join(one) + ".", name) for one in _abbreviations(name))
    yield from (name.replace("-", " "), name.replace("-", ""))
    first, _, rest = name.partition(" ")
    yield f'"{first}" {rest}'
    yield re.sub(r"[()\[\]«»“”‘’\"']", "", name)


def _abbreviations(name: str) -> list[str]:
    """Two to four capitals; in a name all of capitals only legal forms are known to be short for something."""
    found = re.findall(r"\b[A-Z]{2,4}\b(?!\.)", name)
    return [one for one in found if one.casefold() in _legal_forms() or not name.isupper()]


def ampersand(name: str) -> Iterable[str]:
    """And as &, and back."""
    if re.search(r"\band\b", name, re.IGNORECASE):
        yield re.sub(r"\band\b", "&", name, flags=re.IGNORECASE)
    if "&" in name:
        yield re.sub(r"\s*&\s*", " and ", name)


def is_acronym_of(acronym: str, name: str) -> bool:
    """Whether three to eight capitals are the first letters of the name's words; small words may be left out."""
    parts = re.findall(r"[^\W\d_]+", name)
    initials = "".join(part[0] for part in parts if part.casefold() not in _SMALL).upper()
    every = "".join(part[0] for part in parts).upper()
    return bool(_ACRONYM.fullmatch(acronym)) and acronym in {initials, every}
