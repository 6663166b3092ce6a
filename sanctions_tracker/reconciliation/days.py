"""How many days lie between two dates of which one may be partial, open or only about right."""

from __future__ import annotations

from sanctions_tracker.model import PartialDate
from sanctions_tracker.model.dates import CIRCA_YEARS

#: The least and the greatest number of days, alike where both days are known; None where an end is open.
Days = tuple[int | None, int | None]

#: More days than lie between any two events: a number beyond it comes from a date with an open end.
ENDLESS = 100_000

#: By so many days a circa date may be off on either side: leap years reckoned in.
_CIRCA_DAYS = 366 * CIRCA_YEARS


def lag_between(earlier: PartialDate, later: PartialDate) -> tuple[int, int]:
    """The least and the greatest number of days from one date to another, to reckon with.

    A circa date may be off by `CIRCA_YEARS`; an open one gives a number beyond `ENDLESS`.

    >>> lag_between(PartialDate("2024-01"), PartialDate("2024-02-03"))
    (3, 33)
    """
    (first, last), (earliest, latest) = earlier.sort_key(), later.sort_key()
    width = _CIRCA_DAYS * (earlier.circa + later.circa)
    return (earliest - last).days - width, (latest - first).days + width


def as_days(lag: tuple[int, int]) -> Days:
    """A lag as it is told: None for an end that is open."""
    low, high = (days if abs(days) <= ENDLESS else None for days in lag)
    return low, high


def days_between(start: PartialDate, end: PartialDate) -> Days | None:
    """The least and the greatest number of days from one date to another; None where nothing is known of them.

    >>> days_between(PartialDate("2019-11-04"), PartialDate("2024-04-18"))
    (1627, 1627)
    >>> days_between(PartialDate("2024"), PartialDate("2024-03"))
    (-305, 90)
    >>> days_between(PartialDate("../2007-04-24"), PartialDate("2007-05-24"))
    (30, None)
    """
    days = as_days(lag_between(start, end))
    return None if days == (None, None) else days


def days_in_words(days: Days | None) -> str:
    """``1,627 days``, ``3 to 33 days``, ``at least 30 days``, or that they are unknown.

    >>> days_in_words((1, 1)), days_in_words((3, 33)), days_in_words((30, None)), days_in_words(None)
    ('1 day', '3 to 33 days', 'at least 30 days', 'days unknown')
    """
    low, high = days or (None, None)
    if low is None and high is None:
        return "days unknown"
    if low is None or high is None:
        number = f"at least {low:,}" if high is None else f"at most {high:,}"
    else:
        number = f"{low:,}" if low == high else f"{low:,} to {high:,}"
    return f"{number} day{'' if low == high == 1 else 's'}"
