"""Dates as far as they are known, written as ISO 8601-2 (EDTF) strings."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import attrs

from sanctions_tracker.errors import InvalidDateError
from sanctions_tracker.model.calendars import Days, hijri_days, jalali_days

#: How far a circa date may be off, in years, before an order is called certain.
#: A convention of this library: no publisher states a width.
CIRCA_YEARS = 2

_POINT = re.compile(r"(?P<year>\d{4}|\d{3}X|\d\dXX)(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?(?P<mark>[~?%]?)", re.ASCII)
_OPEN = ".."
#: The calendar years that a date may name.
_FIRST_YEAR, _LAST_YEAR = 1, 9999


class _Known(NamedTuple):
    """What a string says: the days it may mean (None: open), and whether it is approximate."""

    earliest: dt.date | None
    latest: dt.date | None
    circa: bool
    year: int | None
    month: int | None
    day: int | None


def _first_day(years: range, month: int, day: int) -> dt.date | None:
    """The first of ``years`` in which that day exists (29 February), None where none has it."""
    for year in years:
        if day <= calendar.monthrange(year, month)[1]:
            return dt.date(year, month, day)
    return None


@lru_cache(maxsize=65536)
def _point(text: str) -> _Known:
    match = _POINT.fullmatch(text)
    if match is None:
        raise InvalidDateError(text, "expected YYYY, YYYY-MM or YYYY-MM-DD, X for an unknown digit of the year")
    low, high = int(match["year"].replace("X", "0")), int(match["year"].replace("X", "9"))
    low = max(low, _FIRST_YEAR)
    if high < low:
        raise InvalidDateError(text, "there is no year 0000")
    month = int(match["month"]) if match["month"] else None
    day = int(match["day"]) if match["day"] else None
    if month is not None and not 1 <= month <= 12:  # noqa: PLR2004  (months of a year)
        raise InvalidDateError(text, f"there is no month {month}")
    first, last = (month, month) if month else (1, 12)
    earliest = _first_day(range(low, high + 1), first, day or 1)
    latest = _first_day(range(high, low - 1, -1), last, day or calendar.monthrange(high, last)[1])
    if earliest is None or latest is None or day == 0:
        raise InvalidDateError(text, "there is no such day")
    return _Known(earliest, latest, bool(match["mark"]), low if low == high else None, month, day)


@lru_cache(maxsize=65536)
def _known(text: str) -> _Known:
    start, slash, end = text.partition("/")
    if not slash:
        return _point(text)
    if start == end == _OPEN:
        raise InvalidDateError(text, "a range needs at least one end")
    first = None if start == _OPEN else _point(start)
    last = None if end == _OPEN else _point(end)
    earliest, latest = first and first.earliest, last and last.latest
    if earliest and latest and latest < earliest:
        raise InvalidDateError(text, "the range ends before it starts")
    circa = bool((first and first.circa) or (last and last.circa))
    return _Known(earliest, latest, circa, None, None, None)


def _edtf(text: str) -> str:
    _known(text)
    return text


def _shifted(day: dt.date | None, years: int) -> dt.date | None:
    if day is None or not years:
        return day
    year = min(max(day.year + years, _FIRST_YEAR), _LAST_YEAR)
    return dt.date(year, day.month, min(day.day, calendar.monthrange(year, day.month)[1]))


@attrs.frozen(order=False, repr=False)
class PartialDate:
    """A day, as far as it is known.

    ``edtf`` is one of

    * ``1975``, ``1975-03``, ``1975-03-21``: a year, a month, a day;
    * ``196X``, ``19XX-08-15``: trailing digits of the year unknown;
    * ``1975~`` (``?`` and ``%`` alike): circa;
    * ``1960/1965``, ``../1965``, ``1960/..``: some day between the two, ends included.

    ``a < b`` is true only where every day that ``a`` may mean lies before every
    day that ``b`` may mean: an order that is not certain is false both ways.
    A circa date may be off by :data:`CIRCA_YEARS` years.

    Raises:
        InvalidDateError: any other text, or a day that does not exist.

    >>> PartialDate("1975") < PartialDate("1976-01"), PartialDate("1975") < PartialDate("1975-06")
    (True, False)
    """

    edtf: str = attrs.field(converter=_edtf)

    @classmethod
    def of(cls, year: int, month: int | None = None, day: int | None = None, *, circa: bool = False) -> PartialDate:
        """From numbers.

        Raises:
            InvalidDateError: no such day, or a day without its month.

        >>> PartialDate.of(1975, 3, circa=True)
        PartialDate('1975-03~')
        """
        if month is None and day is not None:
            written = f"{year:04d}-?-{day:02d}"
            raise InvalidDateError(written, "a day needs its month")
        parts = [f"{year:04d}", *(f"{part:02d}" for part in (month, day) if part is not None)]
        return cls("-".join(parts) + ("~" if circa else ""))

    @classmethod
    def on(cls, day: dt.date) -> PartialDate:
        """From a calendar day."""
        return cls(day.isoformat())

    @classmethod
    def between(cls, earliest: dt.date | None, latest: dt.date | None, *, circa: bool = False) -> PartialDate:
        """Some day between two, ends included, written as short as it can be; None is an open end.

        >>> import datetime as dt
        >>> PartialDate.between(dt.date(1975, 1, 1), dt.date(1975, 12, 31))
        PartialDate('1975')
        """
        mark = "~" if circa else ""
        whole = _whole(earliest, latest)
        if whole:
            return cls(whole + mark)
        ends = [
            f"{_whole_end(end, first=first)}{mark}" if end else _OPEN
            for end, first in ((earliest, True), (latest, False))
        ]
        return cls("/".join(ends))

    @classmethod
    def from_hijri(cls, year: int, month: int | None = None, day: int | None = None) -> PartialDate:
        """From the Islamic calendar as Umm al-Qura reckons it (1343 to 1500 AH).

        Raises:
            InvalidDateError: outside these years, or no such day.
            MissingExtraError: without the package hijridate (extra ``calendars``).

        >>> PartialDate.from_hijri(1445, 10, 9)
        PartialDate('2024-04-18')
        """
        return cls._from_calendar(hijri_days, "AH", year, month, day)

    @classmethod
    def from_jalali(cls, year: int, month: int | None = None, day: int | None = None) -> PartialDate:
        """From the Solar Hijri calendar of Iran and Afghanistan.

        Raises:
            InvalidDateError: no such day.
            MissingExtraError: without the package jdatetime (extra ``calendars``).

        >>> PartialDate.from_jalali(1403, 2, 13)
        PartialDate('2024-05-02')
        """
        return cls._from_calendar(jalali_days, "SH", year, month, day)

    @classmethod
    def _from_calendar(cls, days: Callable[..., Days], era: str, *parts: int | None) -> PartialDate:
        try:
            return cls.between(*days(*parts))
        except (ValueError, OverflowError) as error:
            written = "-".join(str(part) for part in parts if part is not None) + f" {era}"
            raise InvalidDateError(written, str(error)) from error

    @property
    def earliest(self) -> dt.date | None:
        """The first day that may be meant; None where the start is open."""
        return _known(self.edtf).earliest

    @property
    def latest(self) -> dt.date | None:
        """The last day that may be meant; None where the end is open."""
        return _known(self.edtf).latest

    @property
    def circa(self) -> bool:
        """Whether the publisher calls it approximate."""
        return _known(self.edtf).circa

    @property
    def year(self) -> int | None:
        """The year, where it is one and known in full."""
        return _known(self.edtf).year

    @property
    def month(self) -> int | None:
        """The month, 1 to 12, where it is known."""
        return _known(self.edtf).month

    @property
    def day(self) -> dt.date | None:
        """The calendar day, where it is known in full and not circa."""
        known = _known(self.edtf)
        return known.earliest if known.earliest == known.latest and not known.circa else None

    def _bounds(self) -> tuple[dt.date | None, dt.date | None]:
        known = _known(self.edtf)
        width = CIRCA_YEARS if known.circa else 0
        return _shifted(known.earliest, -width), _shifted(known.latest, width)

    def __lt__(self, other: PartialDate) -> bool:
        if not isinstance(other, PartialDate):
            return NotImplemented
        latest, earliest = self._bounds()[1], other._bounds()[0]
        return latest is not None and earliest is not None and latest < earliest

    def __gt__(self, other: PartialDate) -> bool:
        if not isinstance(other, PartialDate):
            return NotImplemented
        return other < self

    def reached_by(self, day: dt.date) -> bool | None:
        """Whether the date is ``day`` or before it: True or False where certain, else None."""
        earliest, latest = self._bounds()
        if latest is not None and latest <= day:
            return True
        if earliest is not None and earliest > day:
            return False
        return None

    def may_be(self, other: PartialDate) -> bool:
        """Whether both may mean the same day: neither lies certainly before the other."""
        return not self < other and not other < self

    def sort_key(self) -> tuple[dt.date, dt.date]:
        """A total order for display: by the first day, then by the last."""
        known = _known(self.edtf)
        return known.earliest or dt.date.min, known.latest or dt.date.max

    def __str__(self) -> str:
        return self.edtf

    def __repr__(self) -> str:
        return f"PartialDate({self.edtf!r})"


def _whole(earliest: dt.date | None, latest: dt.date | None) -> str:
    """The day, month or year that the two ends enclose exactly, else an empty string."""
    if earliest is None or latest is None:
        return ""
    if earliest == latest:
        return earliest.isoformat()
    if earliest.year != latest.year or earliest.day != 1:
        return ""
    if (earliest.month, latest.month, latest.day) == (1, 12, 31):
        return f"{earliest.year:04d}"
    last_day = calendar.monthrange(latest.year, latest.month)[1]
    return earliest.isoformat()[:7] if earliest.month == latest.month and latest.day == last_day else ""


def _whole_end(end: dt.date, *, first: bool) -> str:
    """One end of a range, as a year where it is the year's first or last day."""
    whole_year = (end.month, end.day) == ((1, 1) if first else (12, 31))
    return f"{end.year:04d}" if whole_year else end.isoformat()
