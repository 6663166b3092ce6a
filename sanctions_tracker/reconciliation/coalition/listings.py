"""Who lists a party, since when and on whose word, and whether it binds."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Any

import attrs

from sanctions_tracker.codec import unstructure
from sanctions_tracker.model import Measure, MeasureEvent, Origin, PartialDate, SanctionsList
from sanctions_tracker.model.vocabulary import EventKind, MeasureStatus, PartyClass
from sanctions_tracker.parties import Record
from sanctions_tracker.reconciliation.coalition.attribution import Attribution
from sanctions_tracker.reconciliation.parties import status_on, within

#: What puts a party on a list, and what takes it off.
_BEGINS = frozenset({EventKind.LISTED, EventKind.DESIGNATED, EventKind.EFFECTIVE, EventKind.REIMPOSED})
_ENDS = frozenset({EventKind.DELISTED, EventKind.REVOKED, EventKind.EXPIRED})
_ENDED = frozenset({MeasureStatus.DELISTED, MeasureStatus.REVOKED, MeasureStatus.EXPIRED})

#: A measure of which no more than this can be said lists nobody yet.
_NOT_LISTING = frozenset({MeasureStatus.NOT_YET, MeasureStatus.CALLED_FOR})


class DayBasis(StrEnum):
    """Where a day comes from: an announcement, or the list's own dates. The two may differ by some days."""

    LIST = "list"
    ANNOUNCEMENT = "announcement"


@attrs.frozen
class Day:
    """A day on which something happened to a listing, and where that stands.

    ``event`` is what happened; ``record`` the one whose measure says so,
    ``measure`` the id of that measure, ``origins`` where the day stands.
    """

    date: PartialDate
    basis: DayBasis
    event: EventKind
    record: Record
    measure: str
    origins: tuple[Origin, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "date": str(self.date),
            "basis": self.basis.value,
            "event": self.event.value,
            **record_as_data(self.record),
            "measure": self.measure,
            "sources": [unstructure(origin) for origin in self.origins],
        }

    def __str__(self) -> str:
        announced = self.basis is DayBasis.ANNOUNCEMENT
        return f"{self.date}{' (announced)' if announced else ''}"


@attrs.frozen
class Listing:
    """One ally's listing of a party, over all its lists and measures.

    ``listed`` is the first day by the list's own dates, ``announced`` that of
    the first announcement; None where none is stated. ``binds`` says whether
    some measure must be obeyed on the day asked; None where the dates do not
    tell. ``ended`` is the last end stated, where all measures have ended.
    """

    by: str
    records: tuple[Record, ...]
    statuses: tuple[tuple[str, MeasureStatus], ...]
    binds: bool | None
    listed: Day | None = None
    announced: Day | None = None
    ended: Day | None = None

    @property
    def since(self) -> Day | None:
        """The first day: the list's where it states one, else the announcement's; None where neither is known."""
        return self.listed or self.announced

    def day(self, basis: DayBasis) -> Day | None:
        """The first day on that basis, or on the other one where it is not known."""
        on_list, announced = self.listed, self.announced
        return (on_list or announced) if basis is DayBasis.LIST else (announced or on_list)

    def to_json(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "by": self.by,
            "records": [record_as_data(record) for record in self.records],
            "listed": self.listed.to_json() if self.listed else None,
            "announced": self.announced.to_json() if self.announced else None,
            "binds": self.binds,
            "measures": {measure: status.value for measure, status in self.statuses},
            "ended": self.ended.to_json() if self.ended else None,
        }

    def __str__(self) -> str:
        both = self.listed and self.announced and self.listed.date != self.announced.date
        since = f"{self.since or 'day unknown'}{f', {self.announced}' if both else ''}"
        return f"{self.by} {since}{f', ended {self.ended.date}' if self.ended else ''}"


@attrs.frozen
class Disappearance:
    """A record on an older edition of an ally's list that the newer one no longer holds: no delisting by itself.

    ``gone_from`` is the newer edition as id and date; ``ended`` the end that
    the older edition itself states, if it does.
    """

    by: str
    record: Record
    gone_from: tuple[str, PartialDate | None]
    ended: Day | None = None

    def to_json(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "by": self.by,
            **record_as_data(self.record),
            "gone_from": [self.gone_from[0], str(self.gone_from[1] or "")],
            "ended": self.ended.to_json() if self.ended else None,
        }


@attrs.frozen
class Perhaps:
    """A record that may be the same party: a person must decide.

    ``by`` are those who list it, or another record of its own party; ``why`` says what is open.
    """

    by: tuple[str, ...]
    record: Record
    why: str

    def to_json(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {"by": list(self.by), **record_as_data(self.record), "why": self.why}


@attrs.frozen
class ListedParty:
    """A party of the country that at least one ally lists: all its records, and who lists it.

    ``disappeared`` are its records on older editions, ``perhaps`` those that
    may be its own and count as another's until a person decides.
    """

    records: tuple[Record, ...]
    listings: tuple[Listing, ...]
    attribution: Attribution
    disappeared: tuple[Disappearance, ...] = ()
    perhaps: tuple[Perhaps, ...] = ()

    @property
    def id(self) -> str:
        """List and target of the first record."""
        return "/".join(self.records[0].key)

    @property
    def name(self) -> str:
        """A name to show: of the first record whose name is in Latin letters, else of the first."""
        latin = (record.target.name for record in self.records if record.target.name.isascii())
        return next(latin, self.records[0].target.name)

    @property
    def party_class(self) -> PartyClass:
        """The class under which it is counted; unknown where its records disagree."""
        known = {record.target.kind.counted_as for record in self.records} - {PartyClass.UNKNOWN}
        return known.pop() if len(known) == 1 else PartyClass.UNKNOWN

    @property
    def bound_by(self) -> frozenset[str]:
        """The allies whose listing binds on the day."""
        return frozenset(listing.by for listing in self.listings if listing.binds)

    def listing(self, by: str) -> Listing | None:
        """An ally's listing of it, if there is one."""
        return next((listing for listing in self.listings if listing.by == by), None)

    def to_json(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "id": self.id,
            "name": self.name,
            "class": self.party_class.value,
            "records": [
                {**record_as_data(record), "name": record.target.name, "source": _source(record)}
                for record in self.records
            ],
            "attribution": self.attribution.to_json(),
            "listings": [listing.to_json() for listing in self.listings],
            "disappeared": [one.to_json() for one in self.disappeared],
            "perhaps": [one.to_json() for one in self.perhaps],
        }

    def __str__(self) -> str:
        return f"{self.name}: {'; '.join(map(str, self.listings))}"


def record_as_data(record: Record) -> dict[str, Any]:
    """What finds a record again: list, edition and target."""
    return {
        "list": record.list_id,
        "dated": str(record.dated) if record.dated else None,
        "record": record.target.id,
    }


def _source(record: Record) -> dict[str, Any] | None:
    return unstructure(record.target.origin) if record.target.origin else None


#: A list, a record on it, and a measure on that.
Held = tuple[SanctionsList, Record, Measure]


def held_by_ally(records: Iterable[tuple[SanctionsList, Record]], against: str) -> dict[str, list[Held]]:
    """The measures on some records by the country that imposes them; the country's own sanctioners are no allies.

    A body whose country is not known stands under its own id.
    """
    held: defaultdict[str, list[Held]] = defaultdict(list)
    for one, record in records:
        for measure in one.measures_on(record.target.id):
            by = one.country_of(measure.sanctioner) or measure.sanctioner
            if by not in within(against):
                held[by].append((one, record, measure))
    return held


def listings_of(records: Iterable[tuple[SanctionsList, Record]], against: str, as_of: dt.date) -> tuple[Listing, ...]:
    """Who lists the party of these records by the day, by ally.

    What is only called for, or yet to come on the day, is no listing.
    """
    found = []
    for by, held in sorted(held_by_ally(records, against).items()):
        listing = [one for one in held if status_on(one[0], one[2], as_of) not in _NOT_LISTING]
        if listing:
            found.append(_listing(by, listing, as_of))
    return tuple(found)


def _listing(by: str, held: Sequence[Held], as_of: dt.date) -> Listing:
    statuses = tuple((measure.id, status_on(one, measure, as_of)) for one, _, measure in held)
    binding = [None if status is MeasureStatus.UNKNOWN else status.binds for _, status in statuses]
    days = sorted(_days(held, as_of, _BEGINS | {EventKind.ANNOUNCED}), key=_in_order)
    return Listing(
        by=by,
        records=tuple(dict.fromkeys(record for _, record, _ in held)),
        statuses=statuses,
        binds=True if True in binding else None if None in binding else False,
        listed=next((day for day in days if day.basis is DayBasis.LIST), None),
        announced=next((day for day in days if day.basis is DayBasis.ANNOUNCEMENT), None),
        ended=ending(held, as_of),
    )


def ending(held: Iterable[Held], as_of: dt.date) -> Day | None:
    """The last end stated of some measures, where all of them have ended by the day."""
    several = tuple(held)
    if any(measure.status(as_of) not in _ENDED for _, _, measure in several):
        return None
    return max(_days(several, as_of, _ENDS), key=_in_order, default=None)


def _days(held: Iterable[Held], as_of: dt.date, kinds: frozenset[EventKind]) -> Iterator[Day]:
    for one, record, measure in held:
        for event in measure.events:
            if event.kind in kinds and event.date.reached_by(as_of) is not False:
                yield _day(one, record, measure, event)


def _day(one: SanctionsList, record: Record, measure: Measure, event: MeasureEvent) -> Day:
    announced = event.action is not None or event.kind is EventKind.ANNOUNCED
    action = one.actions_by_id.get(event.action or "")
    origins = (event.origin,) if event.origin else action.origins if action else measure.origins
    basis = DayBasis.ANNOUNCEMENT if announced else DayBasis.LIST
    return Day(event.date, basis, event.kind, record, measure.id, origins)


def _in_order(day: Day) -> tuple[object, ...]:
    return day.date.sort_key(), day.record.sort_key(), day.measure, day.event
