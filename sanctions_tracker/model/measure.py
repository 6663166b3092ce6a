"""What one sanctioner does to one target, and what held of it on a day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs

from sanctions_tracker.errors import ModelError
from sanctions_tracker.model.checks import not_blank, with_time_zone
from sanctions_tracker.model.dates import PartialDate
from sanctions_tracker.model.provenance import Origin
from sanctions_tracker.model.vocabulary import EventKind, MeasureKind, MeasureStatus

#: The status that each kind of event brings about; an amendment brings none.
_BRINGS = {
    EventKind.CALLED_FOR: MeasureStatus.CALLED_FOR,
    EventKind.ANNOUNCED: MeasureStatus.ANNOUNCED,
    EventKind.LISTED: MeasureStatus.IN_FORCE,
    EventKind.DESIGNATED: MeasureStatus.IN_FORCE,
    EventKind.EFFECTIVE: MeasureStatus.IN_FORCE,
    EventKind.SUSPENDED: MeasureStatus.SUSPENDED,
    EventKind.LICENSED: MeasureStatus.LICENSED,
    EventKind.EXPIRED: MeasureStatus.EXPIRED,
    EventKind.REVOKED: MeasureStatus.REVOKED,
    EventKind.DELISTED: MeasureStatus.DELISTED,
    EventKind.REIMPOSED: MeasureStatus.REIMPOSED,
}

#: A measure in force by one of these has been put on a list or into effect.
_BEGINS = frozenset({EventKind.LISTED, EventKind.DESIGNATED, EventKind.EFFECTIVE, EventKind.REIMPOSED})


@attrs.frozen
class MeasureEvent:
    """Something that happened to a measure.

    ``until`` ends a suspension or a licence: from the day after it the status
    before the event holds again. ``moment`` is the exact instant where one is
    stated (with its time zone); ``date`` is then its day in UTC.

    Raises:
        ModelError: an end certainly before the start, or a moment without time zone.
    """

    kind: EventKind
    date: PartialDate
    until: PartialDate | None = attrs.field(default=None)
    moment: dt.datetime | None = attrs.field(default=None, validator=with_time_zone)
    action: str | None = None
    note: str = ""
    origin: Origin | None = None

    @until.validator
    def _ends_after_start(self, _attribute: attrs.Attribute[Any], until: PartialDate | None) -> None:
        if until is not None and until < self.date:
            message = f"a {self.kind.value} event of {self.date} cannot end before it, on {until}"
            raise ModelError(message, value=until)

    @property
    def status(self) -> MeasureStatus | None:
        """The status that it brings about; None for an amendment."""
        return _BRINGS.get(self.kind)


@attrs.frozen
class Measure:
    """One sanctioner, one target, one kind; its programmes, legal bases, grounds and dated events.

    ``label`` keeps the publisher's own words for the kind, ``list_name`` the
    publisher's list (``SDN List``). Events stand in the publisher's order.
    """

    id: str = attrs.field(validator=not_blank)
    sanctioner: str = attrs.field(validator=not_blank)
    target: str = attrs.field(validator=not_blank)
    kind: MeasureKind
    label: str = ""
    list_name: str = ""
    programmes: tuple[str, ...] = ()
    legal_bases: tuple[str, ...] = ()
    grounds: str = ""
    events: tuple[MeasureEvent, ...] = ()
    actions: tuple[str, ...] = ()
    note: str = ""
    origins: tuple[Origin, ...] = ()

    @property
    def since(self) -> PartialDate | None:
        """When it was first listed, designated or put into effect; None where no date is known."""
        begun = [event.date for event in self.events if event.kind in _BEGINS]
        return min(begun, key=PartialDate.sort_key) if begun else None

    @property
    def listed_on(self) -> PartialDate | None:
        """The publisher's entry date, where it states one."""
        return next((event.date for event in self.events if event.kind is EventKind.LISTED), None)

    def status(self, on: dt.date) -> MeasureStatus:
        """What held on the day ``on`` (UTC), derived from the events.

        ``NOT_YET`` before the first event; ``UNKNOWN`` where the known dates
        leave open whether an event that changes the status had happened.
        """
        return _status_after(sorted(self.events, key=lambda event: event.date.sort_key()), on)

    def status_on_list(self, on: dt.date, list_date: PartialDate | None) -> MeasureStatus:
        """What held on a day of a measure that stands on a list of that date.

        One without any event (OFAC's CSV files state no days) stands on the
        list, and that is all that is known of it: in force from the list's own
        date on, ``UNKNOWN`` before; in force on a list without a date.
        """
        if self.events:
            return self.status(on)
        stands = list_date is None or list_date.reached_by(on)
        return MeasureStatus.IN_FORCE if stands else MeasureStatus.UNKNOWN


def _status_after(events: list[MeasureEvent], on: dt.date) -> MeasureStatus:
    status = MeasureStatus.NOT_YET
    for event in events:
        brought = event.status
        reached = event.date.reached_by(on)
        if brought is None or reached is False or (reached is None and brought is status):
            continue
        if reached is None:
            return MeasureStatus.UNKNOWN
        if event.until is None:
            status = brought
        else:
            ended = _ended(event.until, on)
            if ended is None:
                return MeasureStatus.UNKNOWN
            status = status if ended else brought
    return status


def _ended(until: PartialDate, on: dt.date) -> bool | None:
    """Whether ``until``, itself included, lies wholly before ``on``."""
    return until.reached_by(on - dt.timedelta(days=1))
