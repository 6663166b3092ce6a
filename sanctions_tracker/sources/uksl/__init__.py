"""The United Kingdom: the UK Sanctions List of the Foreign, Commonwealth & Development Office, as XML, CSV or ODS.

Since 28 January 2026 it is the only list of UK designations. One record is one
Unique ID. Source of the layout: the publisher's XML schema and "UK Sanctions
List: change to the list's format", and the headings of the tables of 2026.
"""

from __future__ import annotations

from collections.abc import Callable

from sanctions_tracker.model import Measure, Origin, RejectedRecord, Sanctioner, SanctionsList, Source, Target
from sanctions_tracker.sources.document import Document
from sanctions_tracker.sources.gathering import Gathering
from sanctions_tracker.sources.registry import ListFormat, ListSource
from sanctions_tracker.sources.uk.sheet import csv_rows
from sanctions_tracker.sources.uksl import elements
from sanctions_tracker.sources.uksl.imposing import LIST_NAME, SANCTIONER_ID, measures
from sanctions_tracker.sources.uksl.naming import names
from sanctions_tracker.sources.uksl.party import kind_of, target
from sanctions_tracker.sources.uksl.record import SOURCE_ID, Reading, Record
from sanctions_tracker.sources.uksl.table import has_heading, read_table

PUBLISHER = "Foreign, Commonwealth & Development Office"
SANCTIONER = Sanctioner(SANCTIONER_ID, PUBLISHER, country="GB", official_list=LIST_NAME)


def _is_csv(document: Document) -> bool:
    return document.workbook is None and has_heading(document.first_rows)


def _is_workbook(document: Document) -> bool:
    return document.workbook is not None and has_heading(document.first_rows)


def _from_csv(document: Document) -> Reading:
    return read_table(csv_rows(document), document.name)


def _from_workbook(document: Document) -> Reading:
    return read_table(document.sheet_rows(), document.name)


def _parser(format_id: str, reading: Callable[[Document], Reading]) -> Callable[[Document], SanctionsList]:
    def parse(document: Document) -> SanctionsList:
        return _list(reading(document), document, format_id)

    return parse


def _list(reading: Reading, document: Document, format_id: str) -> SanctionsList:
    gathered = Gathering(rejected=list(reading.rejected), notes=list(reading.notes))
    for record in reading.records:
        gathered.add(_read(record))
        gathered.notes += dict.fromkeys(record.notes)
    seen = len(reading.records) + len(reading.rejected)
    return gathered.sanctions_list(_source(reading, document), SANCTIONER, format_id=format_id, records_seen=seen)


def _read(record: Record) -> tuple[Target, list[Measure]] | RejectedRecord:
    kind = kind_of(record)
    found, texts = names(record, kind)
    if not found:
        return RejectedRecord(Origin(SOURCE_ID, record.id, record.locator), "no name with a letter or a digit")
    imposed, indicators = measures(record)
    return target(record, kind, found, [*texts, *indicators]), imposed


def _source(reading: Reading, document: Document) -> Source:
    return Source(
        SOURCE_ID,
        title=LIST_NAME,
        publisher=PUBLISHER,
        url="https://www.gov.uk/government/publications/the-uk-sanctions-list",
        language="en",
        kind="official_list",
        published=reading.published,
        sha256=document.sha256(),
    )


SOURCE = ListSource(
    id=SOURCE_ID,
    title="UK Sanctions List",
    sanctioner=SANCTIONER,
    formats=(
        ListFormat(
            "uksl-xml", "UK Sanctions List (XML)", elements.recognise, _parser("uksl-xml", elements.read_elements)
        ),
        ListFormat("uksl-csv", "UK Sanctions List (CSV)", _is_csv, _parser("uksl-csv", _from_csv)),
        ListFormat("uksl-ods", "UK Sanctions List (ODS)", _is_workbook, _parser("uksl-ods", _from_workbook)),
    ),
)
