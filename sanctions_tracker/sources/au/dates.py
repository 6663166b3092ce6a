"""Dates inside text: every date that a cell prints, and the words between them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from sanctions_tracker.errors import InvalidDateError, MissingExtraError
from sanctions_tracker.model import PartialDate

_NAMES = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:i?l)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?"
)
_ABBREVIATED = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_ABBREVIATED, start=1)}
_DAY_MONTH_YEAR = re.compile(
    r"(?P<day>\d{1,2})\s?(?P<sign>[/.-])\s?(?P<month>\d{1,2})\s?(?P=sign)\s?(?P<year>\d{4})", re.ASCII
)
_WORDED = re.compile(
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s.-]*)?\b(?P<month>{_NAMES})\b(?:\s+(?P<after>\d{{1,2}}),)?"
    r"[\s.,-]*(?P<year>\d{4})",
    re.IGNORECASE | re.ASCII,
)
_MONTH_YEAR = re.compile(r"(?P<month>\d{1,2})/(?P<year>\d{4})", re.ASCII)
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?:[ T]00:00:00)?", re.ASCII)
_YEAR = re.compile(r"(?P<year>\d{4})", re.ASCII)


def _plain(pattern: re.Pattern[str]) -> str:
    """A pattern without its group names, to stand in another more than once."""
    return re.sub(r"\(\?P<\w+>", "(?:", pattern.pattern).replace("(?P=sign)", "[/.-]")


#: A day or a month of a year. A year by itself is left out: ``resolution 1373 (2001)``.
_DATED = "|".join(map(_plain, (_ISO, _DAY_MONTH_YEAR, _WORDED, _MONTH_YEAR)))
#: No digit and no slash may touch a date: ``10/061962`` is none, and holds none.
_BEFORE, _AFTER = r"(?<![\d/])", r"(?![\d/])"
DATED = rf"{_BEFORE}(?:{_DATED}){_AFTER}"
_POINT = rf"{_BEFORE}(?:{_DATED}|\d{{4}}){_AFTER}"
_FOUND = re.compile(
    rf"(?P<circa>\b(?:approximately|approx\b\.?|circa\b|ca?\.|about\b|around\b))?\s*"
    rf"(?:(?P<between>\bbetween|\bfrom)\s+)?"
    rf"(?:(?P<first>{_POINT})(?:\s*(?(between)(?:-|–|\bto\b|\band\b)|(?:-|–|\bto\b))\s*(?P<last>{_POINT}))?"
    rf"|(?P<from>\b(?:{_NAMES}))\b\.?\s+(?:and|to|-)\s+(?P<to>(?:{_NAMES})\b[\s.]*\d{{4}}){_AFTER})",
    re.IGNORECASE | re.ASCII,
)
#: Two years with a slash between them, after "approximately".
_EITHER = re.compile(r"(?<!\d)(\d{4})/(\d{4})(?![\d/])", re.ASCII)
#: List markers, separators, and words that add nothing to a date.
_SEPARATORS = re.compile(r"\(?\b[a-j]\)|[\s;,.>()\xa0-]+|\b(?:or|and|alt|DOB)\b:?", re.IGNORECASE)
#: With one of these left over, the dates found do not mean what they say.
_HAZARD = re.compile(r"\b(?:between|before|after|early|late|mid|until|since|not|prior)\b", re.IGNORECASE)
_LUNAR = re.compile(r"\bhijri\b|\bA\.?H\.?(?!\w)", re.IGNORECASE)
#: Years that are not of the Gregorian calendar where somebody's birth is told.
_OTHER_CALENDAR = range(1200, 1600)


class Dates(NamedTuple):
    """The dates of a cell; ``remark`` tells whether it holds other words, ``unread`` whether some of it is no date."""

    dates: tuple[PartialDate, ...]
    remark: bool
    unread: bool


class _Parts(NamedTuple):
    year: int
    month: int | None
    day: int | None


def _parts(text: str) -> _Parts:
    for pattern in (_ISO, _DAY_MONTH_YEAR, _WORDED, _MONTH_YEAR, _YEAR):
        if match := pattern.fullmatch(text):
            found = match.groupdict()
            month = found.get("month")
            day = found.get("day") or found.get("after")
            return _Parts(int(found["year"]), _month(month) if month else None, int(day) if day else None)
    raise InvalidDateError(text, "no form that is known")


def _month(text: str) -> int:
    return int(text) if text.isdigit() else _MONTHS[text[:3].casefold()]


@lru_cache(maxsize=16384)
def point(text: str) -> PartialDate | None:
    """One date, day before month; None where it does not exist.

    >>> point("24 Jan.1973"), point("1/03/1961"), point("March 16, 1972"), point("31/02/1975")
    (PartialDate('1973-01-24'), PartialDate('1961-03-01'), PartialDate('1972-03-16'), None)
    """
    try:
        return PartialDate.of(*_parts(text.strip()))
    except InvalidDateError:
        return None


@lru_cache(maxsize=8192)
def dates(text: str) -> Dates:
    """Every date of birth that a cell prints.

    >>> [date.edtf for date in dates("a) 1 Jan. 1966 b) Between 1958 and 1964 c) Approximately 1967").dates]
    ['1966-01-01', '1958/1964', '1967~']
    """
    if _ISO.fullmatch(text):  # as most cells of a workbook
        date = _date(text)
        return Dates((date,) if date else (), remark=False, unread=date is None)
    text = _EITHER.sub(r"\1 - \2", " ".join(text.split()))
    lunar = bool(_LUNAR.search(text))
    matches = list(_FOUND.finditer(text))
    found = [_dated(match, lunar=lunar) for match in matches]
    rest = _FOUND.sub(" ", text)
    left = _SEPARATORS.sub("", rest)
    if _HAZARD.search(rest):
        return Dates((), remark=True, unread=True)
    unread = not all(found) or any(map(str.isdigit, left)) or not found
    return Dates(tuple(date for date in found if date), remark=bool(left), unread=unread)


def _date(text: str) -> PartialDate | None:
    try:
        return _one(text, lunar=False)
    except InvalidDateError:
        return None


def _dated(match: re.Match[str], *, lunar: bool) -> PartialDate | None:
    try:
        return _range(match, lunar=lunar)
    except (InvalidDateError, MissingExtraError):
        return None


def _range(match: re.Match[str], *, lunar: bool) -> PartialDate:
    mark = "~" if match["circa"] else ""
    if match["from"]:
        end = _parts(match["to"].strip())
        return PartialDate(f"{end.year:04d}-{_month(match['from']):02d}{mark}/{end.year:04d}-{end.month:02d}{mark}")
    first = _one(match["first"], lunar=lunar)
    if not match["last"]:
        return PartialDate(f"{first}{mark}") if mark else first
    return PartialDate(f"{first}{mark}/{_one(match['last'], lunar=lunar)}{mark}")


def _one(text: str, *, lunar: bool) -> PartialDate:
    """One date; a year that can only be of the Islamic calendar is read where the cell names that calendar."""
    parts = _parts(text)
    if parts.year not in _OTHER_CALENDAR:
        return PartialDate.of(*parts)
    if not lunar:
        raise InvalidDateError(text, "the year is of a calendar that is not named")
    return PartialDate.from_hijri(*parts)
