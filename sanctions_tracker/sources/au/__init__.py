"""Australia: the Consolidated List of the Department of Foreign Affairs and Trade, in both layouts.

One record is one number of the column ``Reference``: ``8077`` bears the
primary name, ``8077a``, ``8077b`` … one further name each, and every row
repeats the rest. Source of the columns: the lists of November 2024 (12
columns, ``regulation8_consolidated``) and of February 2026 (19 columns).
"""

from __future__ import annotations

from collections.abc import Callable

from sanctions_tracker.model import (
    Measure,
    Note,
    Origin,
    PartialDate,
    RejectedRecord,
    Sanctioner,
    SanctionsList,
    Source,
    Target,
)
from sanctions_tracker.sources.au.dates import point
from sanctions_tracker.sources.au.imposing import LIST_NAME, SANCTIONER_ID, measures
from sanctions_tracker.sources.au.naming import names
from sanctions_tracker.sources.au.party import target
from sanctions_tracker.sources.au.sheet import CONTROL_DATE, HEADING, IMPOSED, SOURCE_ID, Sheet, read_sheet
from sanctions_tracker.sources.document import Document
from sanctions_tracker.sources.registry import ListFormat, ListSource
from sanctions_tracker.sources.rows import Cell, Record, table_rows

PUBLISHER = "Department of Foreign Affairs and Trade, Australian Sanctions Office"
SANCTIONER = Sanctioner(SANCTIONER_ID, PUBLISHER, country="AU", official_list=LIST_NAME)


def _names_measures(document: Document) -> bool:
    return any(set(IMPOSED) & set(HEADING.names(row)) for row in document.first_rows if HEADING.is_heading(row))


def _is_current(document: Document) -> bool:
    return HEADING.stands_in(document.first_rows) and _names_measures(document)


def _is_former(document: Document) -> bool:
    return HEADING.stands_in(document.first_rows) and not _names_measures(document)


def _parser(format_id: str) -> Callable[[Document], SanctionsList]:
    def parse(document: Document) -> SanctionsList:
        return _list(read_sheet(table_rows(document), document.name), document, format_id)

    return parse


def _list(sheet: Sheet, document: Document, format_id: str) -> SanctionsList:
    targets: list[Target] = []
    imposed: list[Measure] = []
    rejected = list(sheet.rejected)
    notes: list[Note] = []
    newest: Cell | None = None
    for record in sheet.records:
        read = _read(record)
        if isinstance(read, RejectedRecord):
            rejected.append(read)
        else:
            targets.append(read[0])
            imposed += read[1]
        notes += dict.fromkeys(record.notes)
        newest = _newer(newest, record)
        record.release()
    date = point(newest.text) if newest else None
    return SanctionsList(
        id=SOURCE_ID,
        title=LIST_NAME,
        date=date,
        format=format_id,
        sanctioners=(SANCTIONER,),
        targets=tuple(targets),
        measures=tuple(imposed),
        sources=(_source(document, date),),
        rejected=tuple(rejected),
        notes=(_dated(newest), *notes),
        records_seen=len(sheet.records) + len(sheet.rejected),
    )


def _read(record: Record) -> tuple[Target, list[Measure]] | RejectedRecord:
    found, texts = names(record)
    if not found:
        rows = ", ".join(str(row.number) for row in record.rows)
        return RejectedRecord(Origin(SOURCE_ID, record.id, f"row {rows}"), "no name with a letter or a digit")
    return target(record, found, texts), measures(record)


def _newer(newest: Cell | None, record: Record) -> Cell | None:
    """The newest control date so far: the day of the last change, as the list does not say when it was published."""
    for cell in record.cells(CONTROL_DATE):
        date, known = point(cell.text), point(newest.text) if newest else None
        if date is not None and date.day is not None and (known is None or known < date):
            newest = cell
    return newest


def _dated(newest: Cell | None) -> Note:
    if newest is None:
        return Note(
            "the list does not state its date, and no control date gives it", Origin(SOURCE_ID, locator="row 1")
        )
    origin = Origin(SOURCE_ID, locator=newest.locator, raw=newest.text)
    return Note("the list does not state its date: the newest control date is taken", origin)


def _source(document: Document, date: PartialDate | None) -> Source:
    return Source(
        SOURCE_ID,
        title=LIST_NAME,
        publisher=PUBLISHER,
        url="https://www.dfat.gov.au/international-relations/security/sanctions/consolidated-list",
        language="en",
        kind="official_list",
        published=date,
        sha256=document.sha256(),
    )


SOURCE = ListSource(
    id="au",
    title="Australia",
    sanctioner=SANCTIONER,
    formats=(
        ListFormat("au-dfat", "Australian Consolidated List (with measures)", _is_current, _parser("au-dfat")),
        ListFormat(
            "au-dfat-regulation8",
            "Australian Consolidated List (before 2025, without measures)",
            _is_former,
            _parser("au-dfat-regulation8"),
        ),
    ),
)
