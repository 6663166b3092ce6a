"""How long one ally took after another, and who listed a party on one day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any

import attrs

from sanctions_tracker.reconciliation.coalition.listings import Day, DayBasis, ListedParty, Listing
from sanctions_tracker.reconciliation.days import Days, days_between, days_in_words


@attrs.frozen
class Span:
    """From one ally's first day to another's, each with its basis; ``days`` is None where nothing is known of them."""

    start: Day
    end: Day
    days: Days | None

    def to_json(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "days": list(self.days) if self.days else None,
            "start": self.start.to_json(),
            "end": self.end.to_json(),
        }

    def __str__(self) -> str:
        return f"{days_in_words(self.days)} ({self.start} to {self.end})"


@attrs.frozen
class Lag:
    """How long after ``first`` an ally, ``then``, listed a party.

    ``spans`` holds what the lists' own days give, then what the announcements
    give where that is not the same days; where one of them is known for one
    ally only, the other kind of day stands in and says so. No span: a first
    day is unknown. Which of the two comes first goes by the first of the spans;
    a span of less than 0 days says that it may have been the other way round.
    """

    party: ListedParty
    first: str
    then: str
    spans: tuple[Span, ...]

    @property
    def order_known(self) -> bool:
        """Whether ``first`` surely came first, by every span: not on one day, nor where a day is not known."""
        least = [span.days[0] if span.days else None for span in self.spans]
        return bool(least) and all(days is not None and days > 0 for days in least)

    def to_json(self) -> dict[str, Any]:
        """Plain data for JSON; the party by its id."""
        return {
            "party": self.party.id,
            "order_known": self.order_known,
            "first": self.first,
            "then": self.then,
            "spans": [span.to_json() for span in self.spans],
        }

    def __str__(self) -> str:
        spans = " or ".join(map(str, self.spans)) or "days unknown"
        return f"{self.party.name}: {self.first} {'then' if self.order_known else 'and'} {self.then}, {spans}"


def lags(parties: Iterable[ListedParty]) -> tuple[Lag, ...]:
    """The lags between each two allies that list a party, by party, then by ally."""
    return tuple(_lag(party, *pair) for party in parties for pair in combinations(party.listings, 2))


def _lag(party: ListedParty, one: Listing, other: Listing) -> Lag:
    first, then = sorted((one, other), key=_first_day)
    spans = dict.fromkeys(span for basis in DayBasis if (span := _span(first, then, basis)))
    return Lag(party, first.by, then.by, tuple(spans))


def _first_day(listing: Listing) -> tuple[dt.date, dt.date, str]:
    since = listing.since.date.sort_key() if listing.since else (dt.date.max, dt.date.max)
    return *since, listing.by


def _span(first: Listing, then: Listing, basis: DayBasis) -> Span | None:
    start, end = first.day(basis), then.day(basis)
    return Span(start, end, days_between(start.date, end.date)) if start and end else None


@attrs.frozen
class SameDay:
    """A party that two allies or more listed for the first time on one day; ``days`` says so for each, by ally."""

    party: ListedParty
    day: dt.date
    days: tuple[tuple[str, Day], ...]

    @property
    def allies(self) -> tuple[str, ...]:
        """Who did."""
        return tuple(by for by, _ in self.days)

    def to_json(self) -> dict[str, Any]:
        """Plain data for JSON; the party by its id."""
        return {
            "party": self.party.id,
            "day": self.day.isoformat(),
            "allies": {by: day.to_json() for by, day in self.days},
        }

    def __str__(self) -> str:
        return f"{self.day} {', '.join(self.allies)}: {self.party.name}"


def same_days(parties: Iterable[ListedParty]) -> tuple[SameDay, ...]:
    """The parties first listed by several allies on one day, by a list's day or an announcement's; oldest first."""
    found = (one for party in parties for one in _same_days(party))
    return tuple(sorted(found, key=lambda one: (one.day, one.party.id)))


def _same_days(party: ListedParty) -> Iterator[SameDay]:
    by_day: dict[dt.date, dict[str, Day]] = {}
    for listing in party.listings:
        for day in (listing.listed, listing.announced):
            if day and day.date.day:
                by_day.setdefault(day.date.day, {}).setdefault(listing.by, day)
    for on, allies in by_day.items():
        if len(allies) > 1:
            yield SameDay(party, on, tuple(allies.items()))
