"""Dates as the UK Sanctions List prints them."""

from __future__ import annotations

import re
from functools import lru_cache

from sanctions_tracker.model import PartialDate
from sanctions_tracker.sources.printed import partial_date

#: The publisher writes the letters of what it does not know: ``dd/mm/1945``, ``dd/09/1958``.
_UNKNOWN_DAY = re.compile(r"dd(?=/)", re.IGNORECASE)
_UNKNOWN_MONTH = re.compile(r"(?<=/)mm(?=/)|^mm(?=/)", re.IGNORECASE)
_MIDNIGHT = re.compile(r"[ T]00:00(?::00(?:\.0+)?)?Z?$", re.ASCII)
_CLOCK = re.compile(r"(?<=\d)[ T]\d{1,2}:\d\d.*$", re.ASCII | re.DOTALL)
_WORDED = re.compile(r"(?P<day>\d{1,2})[- ](?P<month>[A-Za-z]{3,9})[- ](?P<year>\d{4})", re.ASCII)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@lru_cache(maxsize=16384)
def printed_date(text: str) -> PartialDate | None:
    """A date of the list, None where none can be read from it.

    >>> printed_date("dd/09/1958"), printed_date("'00/00/1975"), printed_date("04/08/2026 00:00:00")
    (PartialDate('1958-09'), PartialDate('1975'), PartialDate('2026-08-04'))
    >>> printed_date("15/mm/1975") is None  # a day of an unknown month cannot be written down
    True
    """
    plain = _MIDNIGHT.sub("", text.strip().lstrip("'"))
    return partial_date(_UNKNOWN_MONTH.sub("00", _UNKNOWN_DAY.sub("00", plain)))


def printed_day(text: str) -> PartialDate | None:
    """The day on which the list was generated, the hour left out.

    >>> printed_day("21-Sep-2026"), printed_day("07/09/2026 10:32"), printed_day("2026-09-07T10:32:00.1+01:00")
    (PartialDate('2026-09-21'), PartialDate('2026-09-07'), PartialDate('2026-09-07'))
    """
    plain = _CLOCK.sub("", text.strip())
    match = _WORDED.fullmatch(plain)
    if match is None:
        return printed_date(plain)
    name = match["month"].casefold()[:3]
    return printed_date(f"{match['day']}/{_MONTHS.index(name) + 1}/{match['year']}") if name in _MONTHS else None
