"""Days of other calendars in the Gregorian one (extra ``calendars``)."""

from __future__ import annotations

import datetime as dt

from sanctions_tracker.errors import MissingExtraError

#: The first and the last day, in the Gregorian calendar, that a date may mean.
Days = tuple[dt.date, dt.date]


def hijri_days(year: int, month: int | None, day: int | None) -> Days:
    """The days of a date of the Islamic calendar as Umm al-Qura reckons it.

    Raises:
        ValueError: there is no such day, or the year is outside 1343 to 1500.
        MissingExtraError: without the package hijridate.
    """
    try:
        from hijridate import Hijri  # noqa: PLC0415  (optional)
    except ImportError as error:
        what = "a date of the Islamic calendar"
        raise MissingExtraError(what, "calendars") from error
    _check_parts(month, day)
    first = Hijri(year, month or 1, day or 1)
    last_month = Hijri(year, month or 12, 1)
    last = Hijri(year, month or 12, day or last_month.month_length())
    return dt.date(*first.to_gregorian().datetuple()), dt.date(*last.to_gregorian().datetuple())


def jalali_days(year: int, month: int | None, day: int | None) -> Days:
    """The days of a date of the Solar Hijri calendar of Iran and Afghanistan.

    Raises:
        ValueError: there is no such day.
        MissingExtraError: without the package jdatetime.
    """
    try:
        import jdatetime  # noqa: PLC0415  (optional)
    except ImportError as error:
        what = "a date of the Solar Hijri calendar"
        raise MissingExtraError(what, "calendars") from error
    _check_parts(month, day)
    first = jdatetime.date(year, month or 1, day or 1).togregorian()
    if day is not None:
        return first, first
    following = jdatetime.date(year + 1, 1, 1) if month in {None, 12} else jdatetime.date(year, (month or 0) + 1, 1)
    return first, following.togregorian() - dt.timedelta(days=1)


def _check_parts(month: int | None, day: int | None) -> None:
    """Refuse what would be taken for a part not given."""
    if month == 0 or day == 0:
        message = "months and days count from 1"
        raise ValueError(message)
    if day is not None and month is None:
        message = "a day needs its month"
        raise ValueError(message)
