"""The United Kingdom: the UK Sanctions List of the Foreign, Commonwealth & Development Office, as XML, CSV or ODS.

Since 28 January 2026 it is the only list of UK designations. One record is one
Unique ID. Source of the layout: the publisher's XML schema and "UK Sanctions
List: change to the list's format", and the headings of the tables of 2026.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from sanctions_tracker.model import Note, Origin, PartialDate, RejectedRecord, Sanctioner, Source
from sanctions_tracker.sources.document import Document
from sanctions_tracker.sources.parts import Entry, Heading, Part
from sanctions_tracker.sources.registry import ListFormat, ListSource
from sanctions_tracker.sources.rows import Lines, csv_rows, unique
from sanctions_tracker.sources.scattered import Gather, gathered, in_two_passes
from sanctions_tracker.sources.uk.sheet import OLD_ENCODING
from sanctions_tracker.sources.uksl.elements import Designations, recognise
from sanctions_tracker.sources.uksl.imposing import LIST_NAME, SANCTIONER_ID, measures
from sanctions_tracker.sources.uksl.naming import names
from sanctions_tracker.sources.uksl.party import kind_of, target
from sanctions_tracker.sources.uksl.record import SOURCE_ID, Record
from sanctions_tracker.sources.uksl.table import Row, Table, has_heading, read_table

PUBLISHER = "Foreign, Commonwealth & Development Office"
SANCTIONER = Sanctioner(SANCTIONER_ID, PUBLISHER, country="GB", official_list=LIST_NAME)
_LIST = Source(
    SOURCE_ID,
    title=LIST_NAME,
    publisher=PUBLISHER,
    url="https://www.gov.uk/government/publications/the-uk-sanctions-list",
    language="en",
    kind="official_list",
)


def _is_csv(document: Document) -> bool:
    return document.workbook is None and has_heading(document.first_rows)


def _is_workbook(document: Document) -> bool:
    return document.workbook is not None and has_heading(document.first_rows)


def _csv(document: Document) -> Table:
    return read_table(csv_rows(Lines(document, otherwise=OLD_ENCODING)), document.name)


def _parse_csv(document: Document, gather: Gather[Row] = gathered) -> Iterator[Part]:
    return _from_table(_csv(document), gather)


def _parse_workbook(document: Document) -> Iterator[Part]:
    return _from_table(read_table(document.sheet_rows(), document.name), gathered)


def _parse_csv_sparingly(document: Document) -> Iterator[Part]:
    """Go through the file once for the last row of each Unique ID, once more to read it."""
    return in_two_passes(document, _unique_ids, _parse_csv)


def _unique_ids(document: Document) -> Iterator[str]:
    return (unique_id for unique_id, _ in _csv(document).keyed())


def _from_table(table: Table, gather: Gather[Row]) -> Iterator[Part]:
    yield _heading(table.published)
    yield from table.notes
    ids: set[str] = set()
    for unique_id, rows in gather(table.keyed()):
        if unique_id:
            yield _part(table.record(unique_id, rows), ids)
        else:
            yield from table.misshapen(rows[0])
            yield _rejected(f"row {rows[0].number}", "the row has no Unique ID")


def _parse_xml(document: Document) -> Iterator[Part]:
    """The designations; of which day they are usually stands before the first, but may stand anywhere."""
    designations = Designations(document)
    ids: set[str] = set()
    for record in designations:
        if not ids:
            yield _heading(designations.published()[0])
        yield _part(record, ids) if record.id else _rejected(record.locator, "the designation has no UniqueID")
    published, notes = designations.published()
    yield _heading(published)
    yield from notes


def _heading(published: PartialDate | None) -> Heading:
    return Heading.of(attrs.evolve(_LIST, published=published), SANCTIONER)


def _rejected(locator: str, reason: str, record: str = "") -> RejectedRecord:
    return RejectedRecord(Origin(SOURCE_ID, record, locator), reason)


def _part(record: Record, ids: set[str]) -> Entry | RejectedRecord:
    """One record; a second designation of the same Unique ID gets an id of its own."""
    wanted = f"gb-uksl:{record.id}"
    record.target_id = unique(wanted, ids)
    if record.target_id != wanted:
        record.notes.append(Note("the Unique ID stands twice", Origin(SOURCE_ID, record.id, record.locator)))
    kind = kind_of(record)
    found, texts = names(record, kind)
    if not found:
        return _rejected(record.locator, "no name with a letter or a digit", record.id)
    imposed, indicators = measures(record)
    read = target(record, kind, found, [*texts, *indicators])
    return Entry(read, imposed, tuple(dict.fromkeys(record.notes)))


SOURCE = ListSource(
    id=SOURCE_ID,
    title="UK Sanctions List",
    sanctioner=SANCTIONER,
    formats=(
        ListFormat("uksl-xml", "UK Sanctions List (XML)", recognise, _parse_xml),
        ListFormat("uksl-csv", "UK Sanctions List (CSV)", _is_csv, _parse_csv, _parse_csv_sparingly),
        # A workbook is held whole by what opens it: a second pass would spare nothing.
        ListFormat("uksl-ods", "UK Sanctions List (ODS)", _is_workbook, _parse_workbook),
    ),
)
