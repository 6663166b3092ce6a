"""The United Kingdom: OFSI's consolidated list of financial sanctions targets, as CSV or as a workbook.

One record is one Group ID: its rows lie scattered over the file and are a
Cartesian product of names, births and addresses. Source of the columns: OFSI,
"Consolidated list: format guide", and the lists of 2020 and 2025 themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sanctions_tracker.model import (
    Measure,
    Origin,
    RejectedRecord,
    Sanctioner,
    SanctionsList,
    Source,
    Target,
)
from sanctions_tracker.sources.document import Document
from sanctions_tracker.sources.gathering import Gathering
from sanctions_tracker.sources.registry import ListFormat, ListSource
from sanctions_tracker.sources.uk.imposing import LIST_NAME, SANCTIONER_ID, measures
from sanctions_tracker.sources.uk.information import information
from sanctions_tracker.sources.uk.naming import names
from sanctions_tracker.sources.uk.party import kind_of, target
from sanctions_tracker.sources.uk.sheet import SOURCE_ID, Group, Sheet, csv_rows, has_heading, read_sheet

TITLE = "UK consolidated list of financial sanctions targets"
PUBLISHER = "Office of Financial Sanctions Implementation, HM Treasury"

SANCTIONER = Sanctioner(
    SANCTIONER_ID, "Office of Financial Sanctions Implementation", country="GB", official_list=LIST_NAME
)


def _is_csv(document: Document) -> bool:
    return document.workbook is None and has_heading(document.first_rows)


def _is_workbook(document: Document) -> bool:
    return document.workbook is not None and has_heading(document.first_rows)


def _parser(format_id: str, rows: Callable[[Document], Iterable[list[str]]]) -> Callable[[Document], SanctionsList]:
    def parse(document: Document) -> SanctionsList:
        return _list(read_sheet(rows(document), document.name), document, format_id)

    return parse


def _list(sheet: Sheet, document: Document, format_id: str) -> SanctionsList:
    gathered = Gathering(rejected=list(sheet.rejected), notes=list(sheet.notes))
    for group in sheet.groups:
        gathered.add(_read(group))
        gathered.notes += dict.fromkeys(group.notes)
    seen = len(sheet.groups) + len(sheet.rejected)
    return gathered.sanctions_list(_source(sheet, document), SANCTIONER, format_id=format_id, records_seen=seen)


def _read(group: Group) -> tuple[Target, list[Measure]] | RejectedRecord:
    kind = kind_of(group)
    found, texts = names(group, kind)
    if not found:
        rows = ", ".join(str(row.number) for row in group.rows)
        return RejectedRecord(Origin(SOURCE_ID, group.id, f"row {rows}"), "no name with a letter or a digit")
    told = information(group)
    return target(group, kind, found, texts, told), measures(group, told)


def _source(sheet: Sheet, document: Document) -> Source:
    return Source(
        SOURCE_ID,
        title=TITLE,
        publisher=PUBLISHER,
        language="en",
        kind="official_list",
        published=sheet.published,
        sha256=document.sha256(),
    )


SOURCE = ListSource(
    id="uk",
    title="United Kingdom",
    sanctioner=SANCTIONER,
    formats=(
        ListFormat(
            "uk-conlist-csv", "UK consolidated list (ConList.csv)", _is_csv, _parser("uk-conlist-csv", csv_rows)
        ),
        ListFormat(
            "uk-conlist-xlsx",
            "UK consolidated list (workbook)",
            _is_workbook,
            _parser("uk-conlist-xlsx", Document.sheet_rows),
        ),
    ),
)
