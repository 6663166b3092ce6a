"""What is imposed on a record: one measure for each column that says yes, with its dated events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache

from sanctions_tracker.model import Measure, MeasureEvent, PartialDate
from sanctions_tracker.model.vocabulary import EventKind, MeasureKind
from sanctions_tracker.sources import tables
from sanctions_tracker.sources.au.dates import point
from sanctions_tracker.sources.au.listing import listing
from sanctions_tracker.sources.au.sheet import COMMITTEES, CONTROL_DATE, IMPOSED, INSTRUMENT, LISTING
from sanctions_tracker.sources.rows import Cell, Record

SANCTIONER_ID = "au-dfat"
LIST_NAME = "Australian Sanctions Consolidated List"
_FLAGS = {"true": True, "false": False, "yes": True, "no": False, "": False}
_BEGINS = frozenset({EventKind.LISTED, EventKind.DESIGNATED})


def target_id(record: Record) -> str:
    """The id of a record's target."""
    return f"au:{record.id}"


@lru_cache(maxsize=4)
def _kinds(table: str, key: str) -> dict[str, MeasureKind]:
    return {word: MeasureKind(kind) for word, kind in tables.mapping(table, key, "kind").items()}


def measures(record: Record) -> list[Measure]:
    """The measures on one target, which share their dates: the list dates the listing, not each measure."""
    events = tuple(_events(record))
    bases = tuple(cell.text for cell in record.cells(INSTRUMENT) if point(cell.text) is None)
    committees = tuple(cell.text for cell in record.cells(COMMITTEES))
    return [
        Measure(
            id=f"{target_id(record)}/{kind.value.replace('_', '-')}",
            sanctioner=SANCTIONER_ID,
            target=target_id(record),
            kind=kind,
            label=label,
            list_name=LIST_NAME,
            programmes=committees,
            legal_bases=bases,
            events=events,
            origins=(record.origin(cell),),
        )
        for kind, (label, cell) in _imposed(record).items()
    ]


def _imposed(record: Record) -> dict[MeasureKind, tuple[str, Cell]]:
    """Kind -> the publisher's words for it and where they stand."""
    if not any(column in record.columns for column in IMPOSED):
        return _by_committee(record)
    found: dict[MeasureKind, tuple[str, Cell]] = {}
    for column in IMPOSED:
        cell = _affirmed(record, column)
        if cell is not None:
            known = cell.text.casefold() in _FLAGS
            kind = _kinds("au_measures", "column")[column] if known else MeasureKind.UNSPECIFIED
            found.setdefault(kind, (column if known else f"{column}: {cell.text}", cell))
    if not found:
        record.note("no measure is affirmed", record.cell(record.rows[0], IMPOSED[0]))
    return found or {MeasureKind.UNSPECIFIED: ("", record.cell(record.rows[0], IMPOSED[0]))}


def _affirmed(record: Record, column: str) -> Cell | None:
    """The first cell that says yes, or something that is neither yes nor no."""
    for cell in record.cells(column):
        flag = _FLAGS.get(cell.text.casefold())
        if flag is None:
            record.note("neither true nor false, kept as an unspecified measure", cell)
        if flag is not False:
            return cell
    return None


def _by_committee(record: Record) -> dict[MeasureKind, tuple[str, Cell]]:
    """The list before 2025 names no measure: by the committee under which the record is listed."""
    cells = record.cells(COMMITTEES) or [record.cell(record.rows[0], COMMITTEES)]
    found: dict[MeasureKind, tuple[str, Cell]] = {}
    for cell in cells:
        kind = _kinds("au_committees", "committee").get(" ".join(cell.text.split()))
        if kind is None:
            record.note("unknown committee, its measure left unspecified", cell)
        found.setdefault(kind or MeasureKind.UNSPECIFIED, (cell.text if kind is None else "", cell))
    return found


def _events(record: Record) -> Iterator[MeasureEvent]:
    """The distinct dates that the record states, then the last change of the entry."""
    told = list(_told(record))
    controls = list(_controls(record))
    if not any(event.kind in _BEGINS for event in told):
        yield from _bounded(record, controls)
    yield from told
    yield from controls


def _told(record: Record) -> Iterator[MeasureEvent]:
    seen: set[tuple[EventKind, PartialDate]] = set()
    instruments = [cell for cell in record.cells(INSTRUMENT) if point(cell.text) is None]
    for cell in (*record.cells(LISTING), *instruments):
        read = listing(cell.text)
        for text in read.impossible:
            record.note("a date that does not exist", cell._replace(text=text))
        for event in read.events:
            if (event.kind, event.date) not in seen:
                seen.add((event.kind, event.date))
                yield MeasureEvent(event.kind, event.date, note=event.words, origin=record.origin(cell, event.raw))


def _controls(record: Record) -> Iterator[MeasureEvent]:
    """The control dates: when the entry was last changed."""
    for cell in record.cells(CONTROL_DATE):
        date = point(cell.text)
        if date is None:
            record.note("a control date that cannot be read", cell)
        else:
            yield MeasureEvent(EventKind.AMENDED, date, note=CONTROL_DATE, origin=record.origin(cell, cell.text))


@lru_cache(maxsize=4096)
def _latest(date: PartialDate) -> dt.date | None:
    return date.latest


def _bounded(record: Record, controls: list[MeasureEvent]) -> Iterator[MeasureEvent]:
    """Where no day of listing is stated: a day in the year of the instrument, and none after the control date."""
    cells = record.cells(LISTING) or [record.cell(record.rows[0], LISTING)]
    year = next((found for cell in cells if (found := listing(cell.text).year)), None)
    latest = min([day for event in controls if (day := _latest(event.date))], default=None)
    if year is None and latest is None:
        record.note("no date of listing", cells[0])
        return
    words = "year of the instrument, control date as the latest day" if year else "control date as the latest day"
    yield MeasureEvent(
        EventKind.LISTED, _between(year, latest), note=words, origin=record.origin(cells[0], cells[0].text)
    )


@lru_cache(maxsize=4096)
def _between(year: int | None, latest: dt.date | None) -> PartialDate:
    """Some day of a year; not after the latest one, if that is in the year or no year is known."""
    first = dt.date(year, 1, 1) if year else None
    last = dt.date(year, 12, 31) if year else latest
    if latest and last and first and first <= latest < last:
        last = latest
    return PartialDate.between(first, last)
