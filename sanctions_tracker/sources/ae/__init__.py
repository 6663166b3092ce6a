"""United Arab Emirates: the local terrorist list (persons), as CSV or as a workbook.

Three heading rows in Arabic, then one row a person with the full name in
Arabic and in Latin letters. Source of the columns: the list of 2025, which
names the Cabinet's decision of each listing by number and year.
"""

from __future__ import annotations

from collections.abc import Iterator

from sanctions_tracker.model import Note, Origin, RejectedRecord, Sanctioner, Source
from sanctions_tracker.sources.ae.party import LIST_NAME, SANCTIONER_ID, measures, names, target
from sanctions_tracker.sources.ae.sheet import HEADING, NOTHING, NUMBER, SOURCE_ID
from sanctions_tracker.sources.document import Document
from sanctions_tracker.sources.parts import Entry, Heading, Part
from sanctions_tracker.sources.registry import ListFormat, ListSource
from sanctions_tracker.sources.rows import Row, Table, read_table, table_rows, unique

TITLE = "UAE local terrorist list"
PUBLISHER = "Executive Office for Control and Non-Proliferation, United Arab Emirates"
SANCTIONER = Sanctioner(SANCTIONER_ID, PUBLISHER, country="AE", official_list=LIST_NAME)
_FORMAT = "ae-local"
_LIST = Source(
    SOURCE_ID, title=TITLE, publisher=PUBLISHER, url="https://www.uaeiec.gov.ae", language="ar", kind="official_list"
)


def _recognise(document: Document) -> bool:
    return HEADING.stands_in(document.first_rows)


def _parse(document: Document) -> Iterator[Part]:
    table = read_table(table_rows(document), HEADING, document.name)
    yield Heading.of(_LIST, SANCTIONER)
    yield Note("the list does not state its date", Origin(SOURCE_ID, locator="row 1"))
    ids: set[str] = set()
    for row in table.rows:
        yield _part(table, row, ids)


def _part(table: Table, row: Row, ids: set[str]) -> Entry | RejectedRecord:
    """Read one row; without a number of its own, or with another's, it is told by the row."""
    row.cells[:] = ["" if cell in NOTHING else cell for cell in row.cells]
    index = table.columns.get(NUMBER)
    number = row.cells[index] if index is not None else ""
    record = table.record(SOURCE_ID, number or f"row-{row.number}", row)
    found = names(record, row)
    if not found[0]:
        place = Origin(SOURCE_ID, record.id, f"row {row.number}")
        return RejectedRecord(place, "no name with a letter or a digit")
    wanted = f"ae:{record.id}"
    target_id = unique(wanted, ids)
    if target_id != wanted or not number:
        record.note("the number stands twice" if number else "a row without a number", record.cell(row, NUMBER))
    read = target(record, row, target_id, found)
    return Entry(read, tuple(measures(record, row, target_id)), tuple(dict.fromkeys(record.notes)))


SOURCE = ListSource(
    id="ae",
    title="United Arab Emirates",
    sanctioner=SANCTIONER,
    formats=(ListFormat(_FORMAT, "UAE local terrorist list (table with Arabic headings)", _recognise, _parse),),
)
