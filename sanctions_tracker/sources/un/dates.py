"""Dates as the Security Council prints them: XML dates, and words in notes."""

from __future__ import annotations

import re
from functools import lru_cache

from sanctions_tracker.errors import InvalidDateError, MissingExtraError
from sanctions_tracker.model import PartialDate

#: An XML Schema date or moment, with or without a time zone: ``1960-01-01-05:00``.
_XML = re.compile(r"(?P<day>\d{4}-\d\d-\d\d)(?:T[\d:.]+)?(?:Z|[+-]\d\d:\d\d)?", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
#: A day, a month or a year in English words: ``5 Apr. 1999``, ``August 1961``.
WORDED = rf"(?:(?:\d{{1,2}}\s+)?{_MONTH},?\s*)?\d{{4}}"
_WORDED = re.compile(
    rf"(?:(?:(?P<day>\d{{1,2}})\s+)?(?P<month>{_MONTH}),?\s*)?(?P<year>\d{{4}})", re.IGNORECASE | re.ASCII
)
_BETWEEN = re.compile(
    rf"between\s+(?P<first>{_MONTH})\s+and\s+(?P<last>{_MONTH})\s+(?P<year>\d{{4}})", re.IGNORECASE | re.ASCII
)
_HIJRI = re.compile(
    r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})\s+\(hijri(?:\s+calendar)?\)", re.IGNORECASE | re.ASCII
)


@lru_cache(maxsize=16384)
def xml_date(text: str) -> PartialDate | None:
    """The day, or the year, of an element; None where it is neither.

    >>> xml_date("1960-01-01-05:00"), xml_date("1955"), xml_date("1960-13-01")
    (PartialDate('1960-01-01'), PartialDate('1955'), None)
    """
    match = _XML.fullmatch(text)
    if match is None and not _YEAR.fullmatch(text):
        return None
    return _date(match["day"] if match else text)


@lru_cache(maxsize=4096)
def worded_date(text: str) -> PartialDate | None:
    """The date that a note spells out, None where none can be read from it.

    >>> worded_date("Nov. 1973"), worded_date("Between Aug. and Sep. 1977"), worded_date("30-35 years old")
    (PartialDate('1973-11'), PartialDate('1977-08/1977-09'), None)
    """
    text = text.strip(" .()")
    if match := _HIJRI.fullmatch(f"{text})"):
        return _hijri(int(match["year"]), int(match["month"]), int(match["day"]))
    if match := _BETWEEN.fullmatch(text):
        first, last = (f"{match['year']}-{_month(match[end]):02d}" for end in ("first", "last"))
        return _date(f"{first}/{last}")
    if match := _WORDED.fullmatch(text):
        month = f"-{_month(match['month']):02d}" if match["month"] else ""
        return _date(match["year"] + month + (f"-{int(match['day']):02d}" if match["day"] else ""))
    return xml_date(text)


def circa(date: PartialDate) -> PartialDate:
    """The same date, marked as approximate."""
    return PartialDate("/".join(end if end == ".." else f"{end}~" for end in date.edtf.split("/")))


def years(first: str, last: str) -> PartialDate | None:
    """A range of years; an empty text leaves its end open."""
    return _date(f"{first or '..'}/{last or '..'}") if first != last else _date(first)


def _month(text: str) -> int:
    return _MONTHS.index(text[:3].lower()) + 1


def _date(edtf: str) -> PartialDate | None:
    try:
        return PartialDate(edtf)
    except InvalidDateError:
        return None


def _hijri(year: int, month: int, day: int) -> PartialDate | None:
    try:
        return PartialDate.from_hijri(year, month, day)
    except (InvalidDateError, MissingExtraError):  # without the extra the text stays, with a note
        return None
