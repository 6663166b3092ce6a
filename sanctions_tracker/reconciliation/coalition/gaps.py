"""Whom one ally lists and another does not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from sanctions_tracker.model import Measure, PartialDate, SanctionsList
from sanctions_tracker.reconciliation.coalition.listings import Day, Disappearance, ListedParty, Listing, Perhaps
from sanctions_tracker.reconciliation.days import Days, days_between, days_in_words


@attrs.frozen
class Ally:
    """One who lists parties of the country, and by which of the lists given that is known.

    ``lists`` are ids and dates. ``own_list`` is False where there is only a data
    set of several sanctioners, which never claims to be whole: what it does not
    name may be listed all the same. ``known_until`` is the newest date of those
    lists, or the newest day that they state where they bear no date.
    """

    by: str
    lists: tuple[tuple[str, PartialDate | None], ...]
    own_list: bool
    known_until: PartialDate | None

    def to_json(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "by": self.by,
            "lists": [[list_id, str(date) if date else None] for list_id, date in self.lists],
            "own_list": self.own_list,
            "known_until": str(self.known_until) if self.known_until else None,
        }


def ally_of(by: str, lists: Iterable[SanctionsList], as_of: dt.date) -> Ally:
    """What is known of an ally by the lists; its own where there are some, else the data sets that it stands in."""
    speaking = [one for one in lists if _speaks_of(one, by)]
    own = [one for one in speaking if all(_country(one, body.id) == by for body in one.sanctioners)]
    told = own or speaking
    dates = [date for one in told if (date := one.date or _newest_day(one, as_of))]
    return Ally(
        by,
        tuple(sorted(((one.id, one.date) for one in told), key=lambda pair: (pair[0], str(pair[1] or "")))),
        bool(own),
        max(dates, key=lambda date: (date.latest or dt.date.max, date.sort_key()), default=None),
    )


def _country(one: SanctionsList, sanctioner: str) -> str:
    return one.country_of(sanctioner) or sanctioner


def _speaks_of(one: SanctionsList, by: str) -> bool:
    bodies = {body.id for body in one.sanctioners} or {measure.sanctioner for measure in one.measures}
    return any(_country(one, body) == by for body in bodies)


def _newest_day(one: SanctionsList, as_of: dt.date) -> PartialDate | None:
    def days(measures: Iterable[Measure]) -> Iterator[dt.date]:
        return (event.date.day for measure in measures for event in measure.events if event.date.day)

    newest = max((day for day in days(one.measures) if day <= as_of), default=None)
    return PartialDate.on(newest) if newest else None


@attrs.frozen
class Gap:
    """A party that one ally lists, with effect on the day, and another does not.

    ``listing`` is the one's; ``days`` how long it has stood (least and
    greatest), None where its first day is unknown. Of the other, ``without``: ``other`` is its listing
    where there is one that does not bind (suspended, delisted, unclear),
    ``ended`` the day on which it was delisted or expired, ``disappeared`` its
    record on an older edition, which is no delisting; ``perhaps`` its records
    that may be this very party. ``told_by`` says which list the party is not
    on, and how far that list reaches.
    """

    party: ListedParty
    listing: Listing
    told_by: Ally
    days: Days | None
    other: Listing | None = None
    ended: Day | None = None
    disappeared: Disappearance | None = None
    perhaps: tuple[Perhaps, ...] = ()

    @property
    def by(self) -> str:
        """Who lists it."""
        return self.listing.by

    @property
    def without(self) -> str:
        """Who does not."""
        return self.told_by.by

    @property
    def since(self) -> Day | None:
        """Since when it is listed; None where that is unknown."""
        return self.listing.since

    @property
    def untold(self) -> bool:
        """Whether the listing began after all that the other's lists can know."""
        known_until = self.told_by.known_until
        return bool(self.since and known_until and known_until < self.since.date)

    def to_json(self) -> dict[str, Any]:
        """Plain data for JSON; the party by its id."""
        return {
            "party": self.party.id,
            "by": self.by,
            "without": self.without,
            "since": self.since.to_json() if self.since else None,
            "days": list(self.days) if self.days else None,
            "other": self.other.to_json() if self.other else None,
            "ended": self.ended.to_json() if self.ended else None,
            "disappeared": self.disappeared.to_json() if self.disappeared else None,
            "perhaps": [one.to_json() for one in self.perhaps],
        }

    def __str__(self) -> str:
        since = f"since {self.since}, {days_in_words(self.days)}" if self.since else "since a day unknown"
        return f"{self.party.name}: {self.by} {since}; {self.without} {self._not_so()}"

    def _not_so(self) -> str:
        if self.perhaps:
            return f"perhaps, as {', '.join(str(one.record) for one in self.perhaps)}: a person must decide"
        if self.ended:
            return f"{self.ended.event.value} on {self.ended.date}"
        if self.other:
            statuses = ", ".join(sorted({status.value for _, status in self.other.statuses}))
            return f"without effect: {statuses}"
        if self.disappeared:
            date = self.disappeared.record.dated
            return f"no longer, on its list of {date}: not known to be delisted"
        if not self.told_by.own_list:
            return "not as far as the data set tells"
        return f"not{f', as of {self.told_by.known_until}' if self.told_by.known_until else ''}"


def gaps(parties: Iterable[ListedParty], allies: Mapping[str, Ally], as_of: dt.date) -> tuple[Gap, ...]:
    """Of each party, each ally that lists it with each that does not; the longest first, unknown days last."""
    found = (gap for party in parties for gap in _gaps(party, allies, as_of))
    return tuple(sorted(found, key=_longest_first))


def _gaps(party: ListedParty, allies: Mapping[str, Ally], as_of: dt.date) -> Iterator[Gap]:
    bound = party.bound_by
    gone = {one.by: one for one in party.disappeared}
    for listing in (one for one in party.listings if one.binds):
        days = days_between(listing.since.date, PartialDate.on(as_of)) if listing.since else None
        for by, ally in allies.items():
            if by not in bound:
                other, lost = party.listing(by), gone.get(by)
                ended = other.ended if other else lost.ended if lost else None
                perhaps = tuple(one for one in party.perhaps if by in one.by)
                yield Gap(party, listing, ally, days, other, ended, None if other else lost, perhaps)


def _longest_first(gap: Gap) -> tuple[object, ...]:
    """By the days that are certain, then by those that are possible."""
    low, high = gap.days or (None, None)
    certain, possible = (-1 if low is None else low), (-1 if high is None else high)
    return -certain, -possible, gap.party.id, gap.by, gap.without
