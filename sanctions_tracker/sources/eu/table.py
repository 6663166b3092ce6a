"""The full CSV: rows of one part each, gathered into records. Both layouts, that of 2018 and that of 118 columns.

The separator is a semicolon. A copy that was re-saved by a spreadsheet program
as a table of commas has each row in one quoted cell, the text's own commas
turned into tabs: they are turned back.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import attrs

from sanctions_tracker.errors import DamagedInputError
from sanctions_tracker.model import Note, Origin, RejectedRecord
from sanctions_tracker.sources import tables
from sanctions_tracker.sources.document import Document
from sanctions_tracker.sources.eu.cells import part_of, remarks_of
from sanctions_tracker.sources.eu.record import KNOWN, LIST_ID, Act, Extra, Part, Record
from sanctions_tracker.sources.rows import Lines, Row, csv_rows, gathered

#: By these headings the table is known, in either layout.
_MARKERS = (
    frozenset({"entity_logical_id", "leba_numtitle", "naal_wholename", "eu_ref_num"}),
    frozenset({"entity_logicalid", "entity_eu_referencenumber", "namealias_wholename", "entity_regulation_programme"}),
)
#: How many of the four make a heading row: a list that has lost one is named, not mistaken for another's.
_ENOUGH_MARKERS = 3
#: Without these nothing can be read: one alternative of each pair.
_REQUIRED = (("Entity_logical_id", "Entity_LogicalId"), ("Naal_wholename", "NameAlias_WholeName"))
_ENTITY, _LINK = "sanctionEntity", "entity_logical_id"
#: The heading of the date was seen with letters typed behind it.
_DATE_HEADING = re.compile(r"date_file\w*", re.IGNORECASE)
_ACT = "act."


@attrs.frozen
class _Columns:
    """Where each field stands: by element, index and field; and the headings that nobody knows."""

    width: int
    of: dict[str, tuple[tuple[int, str], ...]]
    headings: tuple[str, ...]
    unknown: tuple[int, ...]
    date: int | None

    def index(self, element: str, field: str) -> int | None:
        """The index of one field."""
        return next((index for index, name in self.of.get(element, ()) if name == field), None)


def recognise(document: Document) -> bool:
    """Whether the first row is the heading row of either layout."""
    if document.workbook is not None or document.head.lstrip()[:1] == b"<":
        return False
    rows = document.first_rows
    return bool(rows) and _is_heading(_cells(",".join(rows[0])))


def _is_heading(cells: Iterable[str]) -> bool:
    named = {cell.strip().casefold() for cell in cells}
    return any(len(markers & named) >= _ENOUGH_MARKERS for markers in _MARKERS)


def _cells(line: str) -> list[str]:
    return line.replace("\ufeff", "").rstrip("\t").split(";")


class Table:
    """One pass over the table; ``generated`` is the file's own date as printed, known once the first record is.

    Raises:
        DamagedInputError: no heading row, or one that lacks a required column.
    """

    def __init__(self, document: Document, *, generated: str = "") -> None:
        self.generated = generated
        self._name = document.name
        heading = document.head_text.partition("\n")[0].strip()
        self._wrapped = heading[:1] == heading[-1:] == '"'
        self._lines = Lines(document, otherwise="cp1252")
        self._rows = csv_rows(self._lines, delimiter="," if self._wrapped else ";")
        self._columns = _columns(self._cells(next(self._rows, [])), self._name)
        self._entity = self._columns.of[_ENTITY]
        self._id = self._columns.index(_ENTITY, "logicalId")
        self._tags = tuple(tag for tag in KNOWN if tag in self._columns.of)

    def _cells(self, row: list[str]) -> list[str]:
        return _unwrapped(row) if self._wrapped else row

    def keyed(self) -> Iterator[tuple[str, Row]]:
        """Each row that says anything, with what tells its record from others; empty for a damaged row without an id.

        Raises:
            DamagedInputError: the text is damaged, or there is not a single row.
        """
        seen, columns = False, self._columns
        for number, cells in enumerate(self._rows, start=2):
            row = Row(number, self._cells(cells))
            if not any(row.cells):
                continue
            seen, whole = True, len(row.cells) == columns.width
            if whole and columns.date is not None and not self.generated:
                self.generated = row.cells[columns.date].strip()
            yield self._logical_id(row) or ("; ".join(self._told(row)) if whole else ""), row
        if not seen:
            message = "a heading row and nothing below it: the file is not whole"
            raise DamagedInputError(message, file=self._name)

    def _logical_id(self, row: Row) -> str:
        return row.cells[self._id].strip() if self._id is not None and self._id < len(row.cells) else ""

    def _told(self, row: Row) -> tuple[str, ...]:
        """What a row says of the record itself."""
        return tuple([row.cells[index].strip() for index, _ in self._entity])

    def records(self, last: Mapping[str, int] | None) -> Iterator[Record | RejectedRecord]:
        """The records; of a damaged row the whole record is rejected, as it would be read short.

        ``last`` is as for :func:`.rows.gathered`.
        """
        for _, rows in gathered(self.keyed(), last):
            width = self._columns.width
            found = self._gathered([row for row in rows if len(row.cells) == width])
            damaged = next((row for row in rows if len(row.cells) != width), None)
            yield from self._refused(damaged, found) if damaged else found

    def _refused(self, row: Row, found: Iterable[Record]) -> Iterator[RejectedRecord]:
        place = f"row {row.number}"
        told = f"{place} has {len(row.cells)} cells, the heading row {self._columns.width}: the row is cut or damaged"
        ids = [record.id for record in found] or [self._logical_id(row)]
        for record_id in ids:
            yield RejectedRecord(Origin(LIST_ID, record_id, place), told)

    def _gathered(self, rows: list[Row]) -> list[Record]:
        """The rows of one id: those of one record say the same of the record itself."""
        found: dict[tuple[str, ...], Record] = {}
        read: set[tuple[tuple[str, ...], str, str]] = set()
        for row in rows:
            key = self._told(row)
            if key not in found:
                found[key] = self._record(row.number, key)
            for tag, number, part in self._parts(found[key], row):
                if (key, tag, number) not in read:  # a row may repeat a part that another one holds
                    read.add((key, tag, number))
                    found[key].parts[tag].append(part)
        return list(found.values())

    def _record(self, number: int, key: tuple[str, ...]) -> Record:
        cells = {field: text for (_, field), text in zip(self._entity, key, strict=True)}
        acts = {field.removeprefix(_ACT): cells.pop(field) for field in list(cells) if field.startswith(_ACT)}
        remarks = remarks_of(cells.pop("remark", ""))
        subjects = tuple(text for field in ("subject", "classification") if (text := cells.pop(field, "")))
        locator = f"row {number}"
        record = Record(locator, cells, Act(**acts), locator, subjects)
        record.remarks = _without_date(record, remarks)
        return record

    def _parts(self, record: Record, row: Row) -> Iterator[tuple[str, str, Part]]:
        """The parts that a row holds, each with its element and the publisher's number, or all its fields."""
        cells, place = row.cells, f"row {row.number}"
        for tag in self._tags:
            fields = {field: text for index, field in self._columns.of[tag] if (text := cells[index].strip())}
            if fields:
                number = fields.get("logicalId", "") or repr(sorted(fields.items()))
                yield tag, number, part_of(record, tag, fields, place)
        for index in self._columns.unknown:
            if text := cells[index].strip():
                heading = self._columns.headings[index]
                record.extras.append(Extra(heading, text, f"{place}, column {heading}"))

    def notes(self) -> Iterator[Note]:
        """What is to be told of the file, once it is read."""
        if self._wrapped:
            told = "re-saved as a table of commas, the rows in one cell each: tabs inside them are read as commas"
            yield Note(told, Origin(LIST_ID, locator="row 1"))
        if self._lines.failed_at is not None:
            told = "not UTF-8, read as Windows-1252: letters that it cannot write were lost when the file was saved"
            yield Note(told, Origin(LIST_ID, locator=f"byte {self._lines.failed_at}"))


def _unwrapped(row: list[str]) -> list[str]:
    """The cells of a row that stands in one cell; the tabs at its end fill the table up."""
    inner = ",".join(row).rstrip("\t").replace("\t", ",")
    return next(csv.reader(io.StringIO(inner, newline=""), delimiter=";"), [])


def _columns(heading: list[str], name: str) -> _Columns:
    cells = [cell.replace("\ufeff", "").strip() for cell in heading]
    if not _is_heading(cells):
        message = "the first row is not the list's heading row"
        raise DamagedInputError(message, file=name, locator="row 1")
    folded = {cell.casefold() for cell in cells}
    missing = [" or ".join(pair) for pair in _REQUIRED if not any(column.casefold() in folded for column in pair)]
    if missing:
        message = f"the list lacks the column(s) {', '.join(missing)}"
        raise DamagedInputError(message, file=name, locator="row 1")
    return _placed(cells)


def _placed(cells: list[str]) -> _Columns:
    known = {row["column"].casefold(): (row["element"], row["field"]) for row in tables.rows("eu_columns")}
    of: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    unknown: list[int] = []
    date: int | None = None
    seen: set[str] = set()
    for index, cell in enumerate(cells):
        column = "date_file" if _DATE_HEADING.fullmatch(cell) else cell.casefold()
        element, field = known.get(column, ("", ""))
        if element == "export":
            date = index
        elif element and column not in seen:
            of[element].append((index, field))
        elif column != _LINK:  # the link of each part to its record
            unknown.append(index)
        seen.add(column)
    headings = tuple(cell or f"column {index + 1}" for index, cell in enumerate(cells))
    return _Columns(len(cells), {tag: tuple(found) for tag, found in of.items()}, headings, tuple(unknown), date)


#: The CSV writes the designation date as the first of the remarks. Source: the same records in CSV and XML.
_DESIGNATED = re.compile(r"Date of UN designation: (?P<date>\d{4}-\d\d-\d\d)")


def _without_date(record: Record, remarks: tuple[str, ...]) -> tuple[str, ...]:
    """Move the designation date to where the XML has it, unless another one stands there."""
    match = _DESIGNATED.fullmatch(remarks[0]) if remarks else None
    if match is None or record.text("designationDate") not in {"", match["date"]}:
        return remarks
    record.fields["designationDate"] = match["date"]
    return remarks[1:]
