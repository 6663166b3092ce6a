"""United Arab Emirates: the local terrorist list (persons), as CSV or as a workbook.

Three heading rows in Arabic, then one row a person with the full name in
Arabic and in Latin letters. Source of the columns: the list of 2025, which
names the Cabinet's decision of each listing by number and year.
"""

from __future__ import annotations

from sanctions_tracker.model import Note, Origin, RejectedRecord, Sanctioner, SanctionsList, Source
from sanctions_tracker.sources.ae.party import LIST_NAME, SANCTIONER_ID, measures, names, target
from sanctions_tracker.sources.ae.sheet import HEADING, NOTHING, NUMBER, SOURCE_ID
from sanctions_tracker.sources.document import Document
from sanctions_tracker.sources.gathering import Gathering
from sanctions_tracker.sources.registry import ListFormat, ListSource
from sanctions_tracker.sources.rows import Row, Table, read_table, table_rows, unique

TITLE = "UAE local terrorist list"
PUBLISHER = "Executive Office for Control and Non-Proliferation, United Arab Emirates"
SANCTIONER = Sanctioner(SANCTIONER_ID, PUBLISHER, country="AE", official_list=LIST_NAME)
_FORMAT = "ae-local"


def _recognise(document: Document) -> bool:
    return HEADING.stands_in(document.first_rows)


def _parse(document: Document) -> SanctionsList:
    table = read_table(table_rows(document), HEADING, document.name)
    undated = Note("the list does not state its date", Origin(SOURCE_ID, locator="row 1"))
    gathered = Gathering(notes=[undated])
    seen = 0
    for row in table.rows:
        seen += 1
        _take(table, row, gathered)
    return gathered.sanctions_list(_source(document), SANCTIONER, format_id=_FORMAT, records_seen=seen)


def _take(table: Table, row: Row, gathered: Gathering) -> None:
    """Read one row; without a number of its own, or with another's, it is told by the row."""
    row.cells[:] = ["" if cell in NOTHING else cell for cell in row.cells]
    index = table.columns.get(NUMBER)
    number = row.cells[index] if index is not None else ""
    record = table.record(SOURCE_ID, number or f"row-{row.number}", row)
    found = names(record, row)
    if found[0]:
        wanted = f"ae:{record.id}"
        target_id = unique(wanted, gathered.ids)
        if target_id != wanted or not number:
            record.note("the number stands twice" if number else "a row without a number", record.cell(row, NUMBER))
        gathered.targets.append(target(record, row, target_id, found))
        gathered.measures += measures(record, row, target_id)
    else:
        place = Origin(SOURCE_ID, record.id, f"row {row.number}")
        gathered.rejected.append(RejectedRecord(place, "no name with a letter or a digit"))
    gathered.notes += dict.fromkeys(record.notes)


def _source(document: Document) -> Source:
    return Source(
        SOURCE_ID,
        title=TITLE,
        publisher=PUBLISHER,
        url="https://www.uaeiec.gov.ae",
        language="ar",
        kind="official_list",
        sha256=document.sha256(),
    )


SOURCE = ListSource(
    id="ae",
    title="United Arab Emirates",
    sanctioner=SANCTIONER,
    formats=(ListFormat(_FORMAT, "UAE local terrorist list (table with Arabic headings)", _recognise, _parse),),
)
