"""Dates and countries as publishers print them."""

from __future__ import annotations

import re
from functools import lru_cache

from sanctions_tracker.errors import InvalidDateError
from sanctions_tracker.model import PartialDate
from sanctions_tracker.model.country import country_code
from sanctions_tracker.sources import tables

_YEAR = r"(?:\d{4}|\d{3}[yx?]|\d\d(?:yy|xx|\?\?))"
_DAY = re.compile(rf"(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}})/(?P<year>{_YEAR})", re.IGNORECASE | re.ASCII)
_MONTH = re.compile(rf"(?P<month>\d{{1,2}})/(?P<year>{_YEAR})", re.IGNORECASE | re.ASCII)
_DECADE = re.compile(r"(?P<year>\d{3})0s", re.ASCII)
_ISO = re.compile(r"(?P<date>\d{4}-\d\d-\d\d)(?:[ T]00:00(?::00)?)?", re.ASCII)
_CIRCA = re.compile(r"(?:circa|ca?\.|approximately|approx\.?|about|around)\s*(?P<date>.+)", re.IGNORECASE)
_RANGE = re.compile(
    r"(?:between\s+)?(?P<from>[\d/]{4,10})\s*(?:-|–|to|and)\s*(?P<to>[\d/]{4,10})", re.IGNORECASE | re.ASCII
)
_UNKNOWN_DIGIT = str.maketrans("yYx?", "XXXX")


@lru_cache(maxsize=16384)
def partial_date(text: str) -> PartialDate | None:
    """The date that a printed text means (day before month), None where none can be read from it.

    >>> partial_date("00/03/1975"), partial_date("15/08/19yy"), partial_date("circa 1965"), partial_date("15/00/1975")
    (PartialDate('1975-03'), PartialDate('19XX-08-15'), PartialDate('1965~'), None)
    """
    edtf = _edtf(text.strip())
    try:
        return PartialDate(edtf) if edtf else None
    except InvalidDateError:
        return None


def _edtf(text: str) -> str:
    if match := _CIRCA.fullmatch(text):
        inner = _point(match["date"])
        return f"{inner}~" if inner else ""
    if match := _RANGE.fullmatch(text):
        ends = (_point(match["from"]), _point(match["to"]))
        return "/".join(ends) if all(ends) else ""
    return _point(text)


def _point(text: str) -> str:
    if match := _ISO.fullmatch(text):
        return match["date"]
    if match := _DECADE.fullmatch(text):
        return f"{match['year']}X"
    if re.fullmatch(_YEAR, text, re.IGNORECASE | re.ASCII):
        return text.translate(_UNKNOWN_DIGIT)
    match = _DAY.fullmatch(text) or _MONTH.fullmatch(text)
    if match is None:
        return ""
    numbers = match.groupdict()
    return _from_numbers(numbers["year"].translate(_UNKNOWN_DIGIT), int(numbers["month"]), int(numbers.get("day") or 0))


def _from_numbers(year: str, month: int, day: int) -> str:
    """00 stands for unknown; a day of an unknown month cannot be written down."""
    if not month:
        return "" if day else year
    return f"{year}-{month:02d}-{day:02d}" if day else f"{year}-{month:02d}"


#: No country's name is longer, in characters; without an end, a long cell would be gone through again and again.
_LONGEST = 120
_NOW = re.compile(rf".*?\b(?:now|currently) (?P<now>[^()]{{1,{_LONGEST}}})\)?", re.IGNORECASE)
_FORMER = re.compile(rf"\(?(?:the )?former(?:ly)? (?P<country>[^()]{{1,{_LONGEST}}})\)?", re.IGNORECASE)
_QUALIFIED = re.compile(rf"(?:In )?(?P<country>[^(]{{1,{_LONGEST}}}?),? ?(?:\(.*\)?|\bas (?:at|of)\b.*)", re.IGNORECASE)
_CITIZEN = re.compile(
    rf"(?P<country>.{{1,{_LONGEST}}}?) (?:citizenship|nationals?|nationalit(?:y|ies)|citizen|by birth)\b.*",
    re.IGNORECASE,
)
_SENTENCE = re.compile(rf"(?P<country>[^.]{{3,{_LONGEST}}}?)\. .+")
_SEVERAL = re.compile(r"\. |, ?| and |; ?")
_CODE_LENGTH = 2
#: Two letters that are a name wherever they stand in capitals.
_ABBREVIATED = frozenset({"UK", "US"})


def _one_line(text: str) -> str:
    """With one space for any run of blanks and line breaks: the patterns above know no other."""
    return " ".join(text.split())


def _named(text: str, *, alone: bool = False) -> str | None:
    """The code of a country's name or of its people's; ``alone`` where there is no other word beside it."""
    text = text.strip(" .,;:")
    if len(text) == _CODE_LENGTH and not _is_code(text, alone=alone):
        return None
    return country_code(text) or _demonyms().get(text.casefold())


def _is_code(text: str, *, alone: bool) -> bool:
    """Two letters are mostly another word ("na", "no."), and behind a city mostly a state's ("DE")."""
    return text in _ABBREVIATED or (alone and text.isupper())


@lru_cache(maxsize=1)
def _demonyms() -> dict[str, str]:
    return {word.casefold(): code for word, code in tables.mapping("demonyms", "demonym", "code").items()}


@lru_cache(maxsize=8192)
def place_code(text: str) -> str | None:
    """The country that a cell plainly means, None where that is left open.

    Names, demonyms, and names with a remark: ``Iraq (previous address)``,
    ``former USSR (now Belarus)``, ``Libyan citizenship``. Two letters are a
    code only in capitals, with nothing beside them.

    >>> place_code("Afghan"), place_code("USSR (now Moldova)"), place_code("Egypt (previous)"), place_code("Crimea")
    ('AF', 'MD', 'EG', None)
    >>> place_code("NA"), place_code("na"), place_code("Wilmington, DE")
    ('NA', None, None)
    """
    return _place(_one_line(text), alone=True)


def _place(text: str, *, alone: bool) -> str | None:
    if code := _named(text, alone=alone):
        return code
    if match := _NOW.fullmatch(text):
        return _named(match["now"])
    for pattern in (_FORMER, _QUALIFIED, _CITIZEN, _SENTENCE):
        if (match := pattern.fullmatch(text)) and (code := _named(match["country"])):
            return code
    return None


@lru_cache(maxsize=4096)
def place_at_end(text: str) -> str | None:
    """The country with which an address or a birthplace ends, as in ``Latakia Province, Syria``."""
    _, comma, last = text.rpartition(",")
    return _place(_one_line(last), alone=False) if comma else None


@lru_cache(maxsize=4096)
def nationalities(text: str) -> tuple[str, ...]:
    """The countries that one value of the nationality column names; empty where not every word is known.

    >>> nationalities("Bosnia and Herzegovina"), nationalities("Syrian, Turkish"), nationalities("Possibly Ethiopian")
    (('BA',), ('SY', 'TR'), ())
    """
    text = _one_line(text)
    if code := _named(text, alone=True):
        return (code,)
    codes = [_place(part, alone=False) for part in _SEVERAL.split(text)]
    if len(codes) > 1 and all(codes):
        return tuple(code for code in codes if code)
    code = _place(text, alone=True)
    return (code,) if code else ()


#: Short forms that may open a document's details; any other short word ("ID") is no country.
_SHORT_FORMS = frozenset({"UK", "USA", "UAE", "DRC", "DPRK"})
_LEAST_LETTERS = 4
_MOST_WORDS = 6


@lru_cache(maxsize=4096)
def opening_country(text: str) -> str | None:
    """The country or people with which a text begins: ``Libya number``, ``(Afghan). Issued on …``.

    >>> opening_country("Saudi Arabia number, expired"), opening_country("Issued in Milan, Italy")
    ('SA', None)
    """
    opening = re.split(r"[.,;:()]", text.strip().lstrip("("), maxsplit=1)[0]
    words = opening.split()[:_MOST_WORDS]
    if not words or (len(words[0]) < _LEAST_LETTERS and words[0] not in _SHORT_FORMS and len(words) == 1):
        return None
    prefixes = (" ".join(words[:count]) for count in range(len(words), 0, -1))
    return next(
        (code for p in prefixes if (len(p) >= _LEAST_LETTERS or p in _SHORT_FORMS) and (code := _named(p))), None
    )
