"""On which days a measure was put on its target."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

import attrs

from sanctions_tracker.model import Measure, PartialDate
from sanctions_tracker.model.vocabulary import EventKind, MeasureKind

#: Events by which a party is put under a measure. One that only takes effect was announced before.
_DESIGNATES = frozenset({EventKind.ANNOUNCED, EventKind.LISTED, EventKind.DESIGNATED, EventKind.REIMPOSED})


def designated_on(measure: Measure, as_of: dt.date) -> frozenset[PartialDate]:
    """The dates, not after ``as_of``, on which a measure was announced, put on a list, or imposed again.

    Where no such date is known, the date on which it took effect.
    """
    reached = [event for event in measure.events if event.date.reached_by(as_of) is not False]
    days = frozenset(event.date for event in reached if event.kind in _DESIGNATES)
    return days or frozenset(event.date for event in reached if event.kind is EventKind.EFFECTIVE)


@attrs.frozen
class Designation:
    """What was done to one party on one day: the kinds of measure, and the actions that did it."""

    date: PartialDate
    kinds: frozenset[MeasureKind]
    actions: tuple[str, ...]


def designations(
    measures: Iterable[Measure], as_of: dt.date, actions: Mapping[str, PartialDate]
) -> tuple[Designation, ...]:
    """The designations of a party, oldest first.

    ``actions`` maps the ids of announcements to their dates: an announcement
    belongs to the designation of its day.
    """
    kinds: dict[PartialDate, set[MeasureKind]] = {}
    for measure in measures:
        for day in designated_on(measure, as_of):
            kinds.setdefault(day, set()).add(measure.kind)
    return tuple(
        Designation(day, frozenset(kinds[day]), tuple(sorted(key for key, date in actions.items() if date == day)))
        for day in sorted(kinds, key=lambda day: (day.sort_key(), day.edtf))
    )
