"""Dates as OFAC prints them: ``10 Dec 1948``, ``Dec 1948``, ``circa 1948``, ``1948 to 1950``, ``05/07/2024``."""

from __future__ import annotations

import re
from functools import lru_cache

from sanctions_tracker.errors import InvalidDateError
from sanctions_tracker.model import PartialDate

_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_POINT = re.compile(r"(?:(?:(?P<day>\d{1,2}) )?(?P<month>[A-Za-z]{3,9})\.? )?(?P<year>\d{4})", re.ASCII)
_CIRCA = re.compile(r"(?:circa|ca?\.|approximately|about|around) ", re.IGNORECASE)
_RANGE = re.compile(r"(?:between )?(?P<first>.+?)(?: (?:to|and) | ?- ?)(?P<last>.+)", re.IGNORECASE)
_US_DAY = re.compile(r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})", re.ASCII)


@lru_cache(maxsize=65536)
def printed_date(text: str) -> PartialDate | None:
    """The date that a printed text means, None where none can be read from it.

    >>> printed_date("10 Dec 1948"), printed_date("circa 1948"), printed_date("1948 to 1950")
    (PartialDate('1948-12-10'), PartialDate('1948~'), PartialDate('1948/1950'))
    >>> printed_date("31 Feb 1948")
    """
    words = " ".join(text.split())
    plain = _CIRCA.sub("", words)
    try:
        return _range(plain, circa=plain != words)
    except InvalidDateError:
        return None


def _range(text: str, *, circa: bool) -> PartialDate | None:
    first, last = _point(text), None
    if first is None and (match := _RANGE.fullmatch(text)):
        first, last = _point(match["first"]), _point(match["last"])
        if last is None:
            return None
    if first is None:
        return None
    if last is None and not circa:
        return first
    return PartialDate.between(first.earliest, (last or first).latest, circa=circa)


def _point(text: str) -> PartialDate | None:
    match = _POINT.fullmatch(text)
    if match is None:
        return None
    word = (match["month"] or "").lower()
    month = next((place for place, name in enumerate(_MONTHS, 1) if name.startswith(word)), None) if word else None
    if word and month is None:
        return None
    return PartialDate.of(int(match["year"]), month, int(match["day"]) if match["day"] else None)


def us_date(text: str) -> PartialDate | None:
    """A day written month first, as the publication dates are; None where it is none.

    >>> us_date("05/07/2024"), us_date("13/07/2024")
    (PartialDate('2024-05-07'), None)
    """
    match = _US_DAY.fullmatch(text.strip())
    try:
        return PartialDate.of(int(match["year"]), int(match["month"]), int(match["day"])) if match else None
    except InvalidDateError:
        return None
