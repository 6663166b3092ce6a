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
from collections.abc import Iterable, Iterator

import attrs

from sanctions_tracker.errors import DamagedInputError
from sanctions_tracker.model import Note, Origin
from sanctions_tracker.sources import tables
from sanctions_tracker.sources.document import Document
from sanctions_tracker.sources.eu.cells import part_of, remarks_of
from sanctions_tracker.sources.eu.record import KNOWN, LIST_ID, Act, Extra, Record

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
class Broken:
    """A record that could not be read whole."""

    origin: Origin
    reason: str


@attrs.frozen
class Table:
    """The whole file: its own date as printed, its records in order of appearance, and notes on the file."""

    generated: str
    records: tuple[Record | Broken, ...]
    notes: tuple[Note, ...]


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


def read_table(document: Document) -> Table:
    """Read the whole file.

    Raises:
        DamagedInputError: NUL characters, no heading row, a required column that
            is missing, or not a single row.
    """
    notes: list[Note] = []
    rows = _rows(_decoded(document, notes), document.name, notes)
    columns = _columns(next(rows, []), document.name)
    gathering = _Gathering(columns)
    for number, row in enumerate(rows, start=2):
        gathering.take(number, row)
    if not gathering.seen:
        message = "a heading row and nothing below it: the file is not whole"
        raise DamagedInputError(message, file=document.name)
    return Table(gathering.generated, tuple(gathering.records()), tuple(notes))


def _decoded(document: Document, notes: list[Note]) -> str:
    content = document.content()
    try:
        encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        text = content.decode("cp1252", errors="replace")
        told = "not UTF-8, read as Windows-1252: letters that it cannot write were lost when the file was saved"
        notes.append(Note(told, Origin(LIST_ID, locator=f"byte {error.start}")))
    if (at := text.find("\0")) >= 0:
        message = "a NUL character: the file is damaged"
        raise DamagedInputError(message, file=document.name, locator=f"line {text.count(chr(10), 0, at) + 1}")
    return text


def _rows(text: str, name: str, notes: list[Note]) -> Iterator[list[str]]:
    """The rows as cells, whether the file is as published or re-saved."""
    wrapped = text[:1] == '"' and text.partition("\n")[0].rstrip("\r")[-1:] == '"'
    if wrapped:
        told = "re-saved as a table of commas, the rows in one cell each: tabs inside them are read as commas"
        notes.append(Note(told, Origin(LIST_ID, locator="row 1")))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="," if wrapped else ";")
    try:
        for row in reader:
            yield _unwrapped(row) if wrapped else row
    except csv.Error as error:
        raise DamagedInputError(str(error), file=name, locator=f"line {reader.line_num}") from error


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


class _Gathering:
    """Rows of one record are those that say the same of the record itself."""

    def __init__(self, columns: _Columns) -> None:
        self.seen = 0
        self.generated = ""
        self._columns = columns
        self._entity = columns.of[_ENTITY]
        self._id = columns.index(_ENTITY, "logicalId")
        self._tags = tuple(tag for tag in KNOWN if tag in columns.of)
        self._records: dict[tuple[str, ...], Record] = {}
        self._read: defaultdict[tuple[str, ...], set[tuple[str, str]]] = defaultdict(set)
        self._broken: dict[str, tuple[int, str]] = {}
        self._stray: list[Broken] = []

    def take(self, number: int, row: list[str]) -> None:
        """Take one row in; an empty one says nothing."""
        if not any(row):
            return
        self.seen += 1
        if len(row) != self._columns.width:
            self._refuse(number, row)
            return
        if self._columns.date is not None and not self.generated:
            self.generated = row[self._columns.date].strip()
        key = tuple([row[index].strip() for index, _ in self._entity])
        record = self._records.get(key)
        if record is None:
            record = self._records[key] = self._record(number, key)
        self._parts(record, key, number, row)

    def _refuse(self, number: int, row: list[str]) -> None:
        told = f"row {number} has {len(row)} cells, the heading row {self._columns.width}: the row is cut or damaged"
        logical_id = row[self._id].strip() if self._id is not None and self._id < len(row) else ""
        if logical_id:
            self._broken.setdefault(logical_id, (number, told))
        else:
            self._stray.append(Broken(Origin(LIST_ID, locator=f"row {number}"), told))

    def _record(self, number: int, key: tuple[str, ...]) -> Record:
        cells = {field: text for (_, field), text in zip(self._entity, key, strict=True)}
        acts = {field.removeprefix(_ACT): cells.pop(field) for field in list(cells) if field.startswith(_ACT)}
        remarks = remarks_of(cells.pop("remark", ""))
        subjects = tuple(text for field in ("subject", "classification") if (text := cells.pop(field, "")))
        locator = f"row {number}"
        record = Record(locator, cells, Act(**acts), locator, subjects)
        record.remarks = _without_date(record, remarks)
        return record

    def _parts(self, record: Record, key: tuple[str, ...], number: int, row: list[str]) -> None:
        for tag in self._tags:
            fields = {field: text for index, field in self._columns.of[tag] if (text := row[index].strip())}
            if not fields:
                continue
            part = part_of(record, tag, fields, f"row {number}")
            mark = (tag, part.number or repr(sorted(fields.items())))
            if mark not in self._read[key]:  # a row may repeat a part that another one holds
                self._read[key].add(mark)
                record.parts[tag].append(part)
        for index in self._columns.unknown:
            if text := row[index].strip():
                heading = self._columns.headings[index]
                record.extras.append(Extra(heading, text, f"row {number}, column {heading}"))

    def records(self) -> Iterator[Record | Broken]:
        """The records in order of appearance; of a cut row the whole record, which would be read short."""
        told = dict(self._broken)
        for record in self._records.values():
            logical_id = record.text("logicalId")
            if logical_id in self._broken:
                number, reason = self._broken[logical_id]
                told.pop(logical_id, None)
                yield Broken(record.origin(f"row {number}"), reason)
            else:
                yield record
        for logical_id, (number, reason) in told.items():
            yield Broken(Origin(LIST_ID, logical_id, f"row {number}"), reason)
        yield from self._stray


#: The CSV writes the designation date as the first of the remarks. Source: the same records in CSV and XML.
_DESIGNATED = re.compile(r"Date of UN designation: (?P<date>\d{4}-\d\d-\d\d)")


def _without_date(record: Record, remarks: tuple[str, ...]) -> tuple[str, ...]:
    """Move the designation date to where the XML has it, unless another one stands there."""
    match = _DESIGNATED.fullmatch(remarks[0]) if remarks else None
    if match is None or record.text("designationDate") not in {"", match["date"]}:
        return remarks
    record.fields["designationDate"] = match["date"]
    return remarks[1:]
