"""Australia: the Consolidated List of the Department of Foreign Affairs and Trade, in both layouts.

One record is one number of the column ``Reference``: ``8077`` bears the
primary name, ``8077a``, ``8077b`` … one further name each, and every row
repeats the rest. Source of the columns: the lists of November 2024 (12
columns, ``regulation8_consolidated``) and of February 2026 (19 columns).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sanctions_tracker.model import Note, Origin, PartialDate, RejectedRecord, Sanctioner, Source
from sanctions_tracker.sources.au.dates import point
from sanctions_tracker.sources.au.imposing import LIST_NAME, SANCTIONER_ID, measures
from sanctions_tracker.sources.au.naming import names
from sanctions_tracker.sources.au.party import target
from sanctions_tracker.sources.au.sheet import CONTROL_DATE, HEADING, IMPOSED, NAME, SOURCE_ID, Sheet
from sanctions_tracker.sources.document import Document
from sanctions_tracker.sources.parts import Entry, Heading, Part
from sanctions_tracker.sources.registry import ListFormat, ListSource
from sanctions_tracker.sources.rows import Cell, Record

PUBLISHER = "Department of Foreign Affairs and Trade, Australian Sanctions Office"
SANCTIONER = Sanctioner(SANCTIONER_ID, PUBLISHER, country="AU", official_list=LIST_NAME)


def _names_measures(document: Document) -> bool:
    return any(set(IMPOSED) & set(HEADING.names(row)) for row in document.first_rows if HEADING.is_heading(row))


def _is_current(document: Document) -> bool:
    return HEADING.stands_in(document.first_rows) and _names_measures(document)


def _is_former(document: Document) -> bool:
    return HEADING.stands_in(document.first_rows) and not _names_measures(document)


def _parse(document: Document) -> Iterator[Part]:
    """Every row of the list, then its records."""
    return _parts(Sheet(document))


def _sparing(document: Document) -> Iterator[Part]:
    """The same of a CSV in two passes, as the rows of a record may stand apart; a workbook is held whole anyhow."""
    if document.workbook is not None:
        yield from _parse(document)
        return
    last = {number: row.number for number, row in Sheet(document).numbers()}
    with document.again() as again:
        yield from _parts(Sheet(again), last)


def _parts(sheet: Sheet, last: Mapping[str, int] | None = None) -> Iterator[Part]:
    """The heading stands at the end once more: only the last row tells the newest control date."""
    newest: Cell | None = None
    yield _heading(None)
    for record in sheet.records(last):
        if isinstance(record, RejectedRecord):
            yield record
            continue
        yield _entry(record)
        newest = _newer(newest, record)
        record.release()
    yield _dated(newest)
    yield _heading(point(newest.text) if newest else None)


def _entry(record: Record) -> Entry | RejectedRecord:
    found, texts = names(record)
    if not found:
        rows = ", ".join(str(row.number) for row in record.rows)
        printed = "; ".join(cell.text for cell in record.cells(NAME))
        place = Origin(SOURCE_ID, record.id, f"row {rows}", printed or None)
        return RejectedRecord(place, "no name with a letter or a digit")
    read, imposed = target(record, found, texts), tuple(measures(record))
    return Entry(read, imposed, tuple(dict.fromkeys(record.notes)))


def _newer(newest: Cell | None, record: Record) -> Cell | None:
    """The newest control date so far: the day of the last change, as the list does not say when it was published."""
    for cell in record.cells(CONTROL_DATE):
        date, known = point(cell.text), point(newest.text) if newest else None
        if date is None or date.day is None:
            continue
        if newest is None or known is None or known < date or (known == date and cell.row < newest.row):
            newest = cell
    return newest


def _dated(newest: Cell | None) -> Note:
    if newest is None:
        return Note(
            "the list does not state its date, and no control date gives it", Origin(SOURCE_ID, locator="row 1")
        )
    origin = Origin(SOURCE_ID, locator=newest.locator, raw=newest.text)
    return Note("the list does not state its date: the newest control date is taken", origin)


def _heading(date: PartialDate | None) -> Heading:
    source = Source(
        SOURCE_ID,
        title=LIST_NAME,
        publisher=PUBLISHER,
        url="https://www.dfat.gov.au/international-relations/security/sanctions/consolidated-list",
        language="en",
        kind="official_list",
        published=date,
    )
    return Heading.of(source, SANCTIONER)


SOURCE = ListSource(
    id="au",
    title="Australia",
    sanctioner=SANCTIONER,
    formats=(
        ListFormat("au-dfat", "Australian Consolidated List (with measures)", _is_current, _parse, _sparing),
        ListFormat(
            "au-dfat-regulation8",
            "Australian Consolidated List (before 2025, without measures)",
            _is_former,
            _parse,
            _sparing,
        ),
    ),
)
