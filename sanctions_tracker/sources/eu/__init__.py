"""The European Union: the consolidated list of financial sanctions, as XML or as CSV.

The file is the list of freezes. Source of the layout: the export 1.1 itself
(http://eu.europa.ec/fpi/fsd/export), and the heading rows of the CSV of 2018
and of today.
"""

from __future__ import annotations

from sanctions_tracker.model import Note, Origin, PartialDate, SanctionsList
from sanctions_tracker.sources.document import Document
from sanctions_tracker.sources.eu import export, table
from sanctions_tracker.sources.eu.listing import SANCTIONER, Gathered, the_list
from sanctions_tracker.sources.eu.record import LIST_ID
from sanctions_tracker.sources.printed import partial_date
from sanctions_tracker.sources.registry import ListFormat, ListSource

_XML, _CSV = "eu-fsf-xml", "eu-fsf-csv"
_DAY = 10


def _date(printed: str, locator: str, notes: list[Note]) -> PartialDate | None:
    """The list's own date; None, with a note, where it cannot be read. A moment's day is read as printed."""
    date = partial_date(printed[:_DAY])
    if date is None:
        origin = Origin(LIST_ID, locator=locator, raw=printed)
        notes.append(Note(f"the list's date cannot be read: {printed!r}", origin))
    return date


def _parse_xml(document: Document) -> SanctionsList:
    whole, gathered = export.Export(document), Gathered()
    notes: list[Note] = []
    for number, record in enumerate(whole.records()):
        if not number:
            gathered.date = _date(whole.generated, "export/@generationDate", notes)
        gathered.add(record)
    return the_list(gathered, document, _XML, (*notes, *whole.notes))


def _parse_csv(document: Document) -> SanctionsList:
    rows = table.read_table(document)
    notes = list(rows.notes)
    gathered = Gathered(_date(rows.generated, "row 2, column 1", notes))
    for record in rows.records:
        if isinstance(record, table.Broken):
            gathered.reject(record.origin, record.reason)
        else:
            gathered.add(record)
    return the_list(gathered, document, _CSV, notes)


SOURCE = ListSource(
    id="eu",
    title="European Union",
    sanctioner=SANCTIONER,
    formats=(
        ListFormat(_XML, "EU consolidated financial sanctions list (full XML 1.1)", export.recognise, _parse_xml),
        ListFormat(_CSV, "EU consolidated financial sanctions list (full CSV)", table.recognise, _parse_csv),
    ),
)
