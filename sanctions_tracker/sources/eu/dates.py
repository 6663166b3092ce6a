"""When someone was born, in the parts and calendars in which the publisher says it."""

from __future__ import annotations

import re

from sanctions_tracker.errors import InvalidDateError, MissingExtraError
from sanctions_tracker.model import PartialDate
from sanctions_tracker.sources.eu.record import Part, Record
from sanctions_tracker.sources.printed import partial_date

#: The fields that a date of birth is read from.
DATE_FIELDS = ("birthdate", "dayOfMonth", "monthOfYear", "year", "yearRangeFrom", "yearRangeTo", "calendarType")
_VALUES = DATE_FIELDS[:-1]
_GREGORIAN = frozenset({"", "GREGORIAN"})
#: The CSV of 2018 writes this for a date that is not known in full.
_NONE = frozenset({"", "N/A"})
#: A remark that tells Iran's calendar from the lunar one: the publisher calls both ISLAMIC.
_SOLAR = re.compile(r"\b(?:iranian|persian|solar|jalali|shamsi|afghan)\b", re.IGNORECASE)
#: Where a year of the Islamic calendar may be one of either, unless a remark says so.
_EITHER = frozenset({"IR", "AF"})
#: A year of the Islamic calendar; the publisher converts full dates, which come with a Gregorian year.
_LAST_HIJRI = 1500


def has_date(part: Part) -> bool:
    """Whether anything is said of the date."""
    return any(part.text(name) not in _NONE for name in _VALUES)


def birth_date(record: Record, part: Part, country: str | None) -> PartialDate | None:
    """The date of birth; None, with a note, where something is said that cannot be read.

    ``country`` is the code of the birthplace, which tells whether a year of the
    Islamic calendar is ambiguous.
    """
    if not has_date(part):
        return None
    try:
        return _read(record, part, country)
    except (InvalidDateError, MissingExtraError, ValueError) as error:
        raw = part.raw(DATE_FIELDS)
        why = f" ({error})" if isinstance(error, MissingExtraError) else ""
        record.note(f"a date of birth that cannot be read{why}", part.locator, raw)
        return None


def _read(record: Record, part: Part, country: str | None) -> PartialDate:
    calendar = part.text("calendarType").upper()
    printed = part.text("birthdate")
    exact = partial_date(printed) if printed not in _NONE else None
    if calendar in _GREGORIAN:
        return _gregorian(record, part, exact)
    if exact is not None and exact.year is not None and exact.year > _LAST_HIJRI:
        return _marked(exact, part)
    if calendar == "ISLAMIC":
        return _islamic(part, country)
    raise InvalidDateError(part.raw(DATE_FIELDS), "an unknown calendar")


def _gregorian(record: Record, part: Part, exact: PartialDate | None) -> PartialDate:
    if exact is not None:
        _compare(record, part, exact)
        return _marked(exact, part)
    if part.text("birthdate") not in _NONE:
        raise InvalidDateError(part.text("birthdate"), "not a day")
    if part.text("year"):
        return PartialDate.of(*_numbers(part), circa=part.flag("circa"))
    first, last = _number(part, "yearRangeFrom"), _number(part, "yearRangeTo")
    mark = "~" if part.flag("circa") else ""
    ends = [f"{year:04d}{mark}" if year is not None else ".." for year in (first, last)]
    return PartialDate("/".join(ends))


def _compare(record: Record, part: Part, exact: PartialDate) -> None:
    """Tell where the parts of a full date contradict it."""
    told = {name: part.text(name) for name in ("year", "monthOfYear", "dayOfMonth")}
    if "-".join([text.zfill(2) for text in told.values()]) == exact.edtf:
        return  # nearly always
    day = exact.day
    if day is None or not any(told.values()):
        return
    numbers = {"dayOfMonth": day.day, "monthOfYear": day.month, "year": day.year}
    if any(text and text.lstrip("0") != str(numbers[name]) for name, text in told.items()):
        record.note("a date of birth that its parts contradict", part.locator, part.raw(DATE_FIELDS))


def _islamic(part: Part, country: str | None) -> PartialDate:
    numbers = _numbers(part)
    if _SOLAR.search(part.remark):
        return _marked(PartialDate.from_jalali(*numbers), part)
    if country in _EITHER:
        raise InvalidDateError(part.raw(DATE_FIELDS), "a year of the lunar calendar or of Iran's")
    return _marked(PartialDate.from_hijri(*numbers), part)


def _marked(date: PartialDate, part: Part) -> PartialDate:
    if not part.flag("circa"):
        return date
    ends = [end if end == ".." or end[-1] in "~?%" else f"{end}~" for end in date.edtf.split("/")]
    return PartialDate("/".join(ends))


def _numbers(part: Part) -> tuple[int, int | None, int | None]:
    year = _number(part, "year")
    if year is None:
        raise InvalidDateError(part.raw(DATE_FIELDS), "no year")
    return year, _number(part, "monthOfYear"), _number(part, "dayOfMonth")


def _number(part: Part, name: str) -> int | None:
    text = part.text(name)
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) <= 4):  # noqa: PLR2004  (digits of a year)
        raise InvalidDateError(text, f"{name} is no number")
    return int(text)
