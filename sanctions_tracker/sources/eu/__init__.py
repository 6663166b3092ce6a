"""The European Union: the consolidated list of financial sanctions, as XML or as CSV.

The file is the list of freezes. Source of the layout: the export 1.1 itself
(http://eu.europa.ec/fpi/fsd/export), the heading row of the CSV of 2018, and
the columns of today's CSV as public programs that load it name them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sanctions_tracker.sources.document import Document
from sanctions_tracker.sources.eu import export, table
from sanctions_tracker.sources.eu.listing import SANCTIONER, Listing
from sanctions_tracker.sources.eu.record import Record
from sanctions_tracker.sources.parts import Part
from sanctions_tracker.sources.registry import ListFormat, ListSource

_XML, _CSV = "eu-fsf-xml", "eu-fsf-csv"


def _parse_xml(document: Document) -> Iterator[Part]:
    """The heading stands at the end once more, with the acts that the records named."""
    whole, listing = export.Export(document), Listing()
    for number, told in enumerate(whole.records()):
        if not number:
            yield from listing.begin(whole.generated, "export/@generationDate")
        yield listing.entry(told) if isinstance(told, Record) else told
    yield listing.heading()


def _parse_csv(document: Document) -> Iterator[Part]:
    """Every row of the table, then its records."""
    return _rows(table.Table(document))


def _sparing(document: Document) -> Iterator[Part]:
    """The same in two passes: nothing says that the rows of a record stand together, though they do."""
    first = table.Table(document)
    last = {key: row.number for key, row in first.keyed()}
    with document.again() as again:
        yield from _rows(table.Table(again, generated=first.generated), last)


def _rows(rows: table.Table, last: Mapping[str, int] | None = None) -> Iterator[Part]:
    listing = Listing()
    for number, told in enumerate(rows.records(last)):
        if not number:
            yield from listing.begin(rows.generated, "row 2, column 1")
        yield listing.entry(told) if isinstance(told, Record) else told
    yield listing.heading()
    yield from rows.notes()


SOURCE = ListSource(
    id="eu",
    title="European Union",
    sanctioner=SANCTIONER,
    formats=(
        ListFormat(_XML, "EU consolidated financial sanctions list (full XML 1.1)", export.recognise, _parse_xml),
        ListFormat(_CSV, "EU consolidated financial sanctions list (full CSV)", table.recognise, _parse_csv, _sparing),
    ),
)
