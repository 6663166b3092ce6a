"""The United Kingdom: OFSI's consolidated list of financial sanctions targets, as CSV or as a workbook.

One record is one Group ID: its rows lie scattered over the file and are a
Cartesian product of names, births and addresses. Source of the columns: OFSI,
"Consolidated list: format guide", and the lists of 2020 and 2025 themselves.
"""

from __future__ import annotations

from collections.abc import Iterator

from sanctions_tracker.model import Origin, RejectedRecord, Sanctioner, Source
from sanctions_tracker.sources.document import Document
from sanctions_tracker.sources.parts import Entry, Heading, Part
from sanctions_tracker.sources.registry import ListFormat, ListSource
from sanctions_tracker.sources.rows import Lines, csv_rows
from sanctions_tracker.sources.scattered import Gather, gathered, in_two_passes
from sanctions_tracker.sources.uk.imposing import LIST_NAME, SANCTIONER_ID, measures
from sanctions_tracker.sources.uk.information import information
from sanctions_tracker.sources.uk.naming import names
from sanctions_tracker.sources.uk.party import kind_of, target
from sanctions_tracker.sources.uk.sheet import OLD_ENCODING, SOURCE_ID, Group, Row, Sheet, has_heading, read_sheet

TITLE = "UK consolidated list of financial sanctions targets"
PUBLISHER = "Office of Financial Sanctions Implementation, HM Treasury"

SANCTIONER = Sanctioner(
    SANCTIONER_ID, "Office of Financial Sanctions Implementation", country="GB", official_list=LIST_NAME
)


def _is_csv(document: Document) -> bool:
    return document.workbook is None and has_heading(document.first_rows)


def _is_workbook(document: Document) -> bool:
    return document.workbook is not None and has_heading(document.first_rows)


def _csv(document: Document) -> Sheet:
    return read_sheet(csv_rows(Lines(document, otherwise=OLD_ENCODING)), document.name)


def _parse_csv(document: Document, gather: Gather[Row] = gathered) -> Iterator[Part]:
    return _parts(_csv(document), gather)


def _parse_workbook(document: Document) -> Iterator[Part]:
    return _parts(read_sheet(document.sheet_rows(), document.name), gathered)


def _parse_csv_sparingly(document: Document) -> Iterator[Part]:
    """Go through the file once for the last row of each group, once more to read it."""
    return in_two_passes(document, _group_ids, _parse_csv)


def _group_ids(document: Document) -> Iterator[str]:
    return (group_id for group_id, _ in _csv(document).keyed())


def _parts(sheet: Sheet, gather: Gather[Row]) -> Iterator[Part]:
    source = Source(
        SOURCE_ID, title=TITLE, publisher=PUBLISHER, language="en", kind="official_list", published=sheet.published
    )
    yield Heading.of(source, SANCTIONER)
    yield from sheet.notes
    for group_id, rows in gather(sheet.keyed()):
        yield _part(sheet.group(group_id, rows)) if group_id else _rejected("", rows, "the row has no Group ID")


def _rejected(group_id: str, rows: list[Row], reason: str) -> RejectedRecord:
    numbers = ", ".join(str(row.number) for row in rows)
    return RejectedRecord(Origin(SOURCE_ID, group_id, f"row {numbers}"), reason)


def _part(group: Group) -> Entry | RejectedRecord:
    kind = kind_of(group)
    found, texts = names(group, kind)
    if not found:
        return _rejected(group.id, group.rows, "no name with a letter or a digit")
    told = information(group)
    read = target(group, kind, found, texts, told)
    return Entry(read, measures(group, told), tuple(dict.fromkeys(group.notes)))


SOURCE = ListSource(
    id="uk",
    title="United Kingdom",
    sanctioner=SANCTIONER,
    formats=(
        ListFormat("uk-conlist-csv", "UK consolidated list (ConList.csv)", _is_csv, _parse_csv, _parse_csv_sparingly),
        # A workbook is held whole by what opens it: a second pass would spare nothing.
        ListFormat("uk-conlist-xlsx", "UK consolidated list (workbook)", _is_workbook, _parse_workbook),
    ),
)
