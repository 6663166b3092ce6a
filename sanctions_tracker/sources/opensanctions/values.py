"""Dates, countries and shares as FollowTheMoney writes them."""

from __future__ import annotations

import re
from functools import lru_cache

from sanctions_tracker.errors import InvalidDateError
from sanctions_tracker.model import PartialDate
from sanctions_tracker.model.country import known_codes
from sanctions_tracker.sources import tables

_DATE = re.compile(
    r"(?P<date>\d{4}(?:-\d\d(?:-\d\d)?)?)(?:[T ]\d\d(?::\d\d(?::\d\d(?:\.\d+)?)?)?(?:Z|[+-]00:?00)?)?", re.ASCII
)
_SHARE = re.compile(r"(?P<number>\d{1,3}(?:\.\d+)?)\s*%?", re.ASCII)
_WHOLE = 100


@lru_cache(maxsize=16384)
def date_of(text: str) -> PartialDate | None:
    """A date, as far as it is given; the time of day is cut off. None where the text is no date.

    >>> date_of("1975"), date_of("2024-04-18T00:00:00"), date_of("circa 1975")
    (PartialDate('1975'), PartialDate('2024-04-18'), None)
    """
    match = _DATE.fullmatch(text.strip())
    try:
        return PartialDate(match["date"]) if match else None
    except InvalidDateError:
        return None


@lru_cache(maxsize=4096)
def span_of(start: str, end: str) -> PartialDate | None:
    """From a start to an end, either of which may be missing; None where neither is a date."""
    first, last = date_of(start), date_of(end)
    if first is None and last is None:
        return None
    try:
        return PartialDate(f"{first or '..'}/{last or '..'}")
    except InvalidDateError:
        return None


@lru_cache(maxsize=1)
def _special_codes() -> dict[str, str]:
    return tables.mapping("ftm_countries", "code", "country")


@lru_cache(maxsize=1024)
def country_of(code: str) -> str | None:
    """The country of a code: two letters, or one of FollowTheMoney's own; None for disputed territories.

    >>> country_of("ir"), country_of("suhh"), country_of("ua-cri")
    ('IR', 'SU', None)
    """
    code = code.strip().casefold()
    if code in _special_codes():
        return _special_codes()[code] or None
    return code.upper() if code.upper() in known_codes() else None


def share_of(text: str) -> float | None:
    """A share between 0 and 1 from a percentage; None where it is none.

    >>> share_of("51%"), share_of("12.5"), share_of("a majority")
    (0.51, 0.125, None)
    """
    match = _SHARE.fullmatch(text.strip())
    share = float(match["number"]) / _WHOLE if match else _WHOLE
    return share if share <= 1 else None
