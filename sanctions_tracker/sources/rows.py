"""A table with a heading row: its columns found by name, its rows numbered as a spreadsheet shows them."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Iterator
from itertools import zip_longest
from typing import NamedTuple

import attrs

from sanctions_tracker.errors import DamagedInputError
from sanctions_tracker.model import Attribute, Note, Origin
from sanctions_tracker.sources.document import Document

#: In how many of the first rows the heading row is looked for.
_WITHIN = 6


class Row(NamedTuple):
    """A row's stripped cells, as many as there are headings at least, and its number."""

    number: int
    cells: list[str]


class Cell(NamedTuple):
    """One cell's text and where it stands."""

    text: str
    column: str
    row: int

    @property
    def locator(self) -> str:
        """The place in words."""
        return f"row {self.row}, column {self.column}"


def _key(heading: str) -> str:
    return " ".join(heading.replace("\ufeff", "").split()).casefold()


@attrs.frozen
class Heading:
    """What the heading row of a list looks like: ``enough`` of the ``markers`` make it one."""

    markers: tuple[str, ...]
    enough: int
    required: tuple[str, ...]
    known: tuple[str, ...]

    def names(self, row: Iterable[str]) -> list[str]:
        """The cells of a heading row as the columns are called here."""
        canonical = {_key(name): name for name in self.known}
        return [canonical.get(_key(cell), " ".join(cell.replace("\ufeff", "").split())) for cell in row]

    def is_heading(self, row: Iterable[str]) -> bool:
        """Whether this is the heading row."""
        named = set(self.names(row))
        return sum(marker in named for marker in self.markers) >= self.enough

    def stands_in(self, rows: Iterable[list[str]]) -> bool:
        """Whether one of the first rows is the heading row."""
        return any(map(self.is_heading, rows))


@attrs.define
class Record:
    """The rows of one record of the publisher. ``notes`` gathers what could not be interpreted."""

    source: str
    id: str
    columns: dict[str, int]
    rows: list[Row] = attrs.field(factory=list)
    notes: list[Note] = attrs.field(factory=list)
    _cells: dict[str, list[Cell]] = attrs.field(factory=dict, init=False)

    def text(self, row: Row, column: str) -> str:
        """One cell; empty where the file has no such column."""
        index = self.columns.get(column)
        return row.cells[index] if index is not None and index < len(row.cells) else ""

    def cell(self, row: Row, column: str) -> Cell:
        """One cell with its place."""
        return Cell(self.text(row, column), column, row.number)

    def cells(self, column: str) -> list[Cell]:
        """The distinct texts of a column in order of appearance, each where it first stands."""
        if not self._cells:
            self._cells = self._all_cells()
        return self._cells.get(column, [])

    def _all_cells(self) -> dict[str, list[Cell]]:
        """Every column at once: nearly always the rows of a record repeat its values."""
        number, count = self.rows[0].number, len(self.rows)
        found: dict[str, list[Cell]] = {}
        texts = list(zip_longest(*(row.cells for row in self.rows), fillvalue=""))
        for column, index in self.columns.items():
            one = texts[index] if index < len(texts) else ("",)
            if one.count(one[0]) == count:
                found[column] = [Cell(one[0], column, number)] if one[0] else []
            else:
                first = {text: row.number for text, row in zip(reversed(one), reversed(self.rows), strict=False)}
                found[column] = [Cell(text, column, first[text]) for text in dict.fromkeys(one) if text]
        return found

    def origin(self, cell: Cell, raw: str | None = None) -> Origin:
        """Where a value stands; ``raw`` is the text as printed where it was interpreted."""
        return Origin(self.source, self.id, cell.locator, raw)

    def note(self, what: str, cell: Cell) -> None:
        """Say that a cell was kept as printed."""
        self.notes.append(Note(f"{what}: {cell.text!r}", self.origin(cell, cell.text)))

    def take(self, row: Row, width: int) -> None:
        """Take a row in; cells beyond the headings get columns of their own, so that they are kept."""
        self.rows.append(row)
        self._cells.clear()
        if len(row.cells) > width and any(row.cells[width:]):
            extra = {f"column {index + 1}": index for index in range(width, len(row.cells))}
            self.columns = {**self.columns, **extra}
            place = Origin(self.source, self.id, f"row {row.number}")
            self.notes.append(Note("a row has more cells than there are headings", place))

    def release(self) -> None:
        """Let go of the rows once the record is read: a long list need not be held twice."""
        self.rows.clear()
        self._cells.clear()

    def others(self, known: Collection[str]) -> Iterator[Attribute]:
        """The columns that have no place in the model."""
        for column in self.columns:
            if column not in known:
                for cell in self.cells(column):
                    yield Attribute(column, cell.text, origin=self.origin(cell))


@attrs.frozen
class Table:
    """The columns of a table, and its rows below the heading that hold anything."""

    columns: dict[str, int]
    width: int
    rows: Iterator[Row]

    def record(self, source: str, record_id: str, row: Row) -> Record:
        """A record of one row."""
        record = Record(source, record_id, self.columns)
        record.take(row, self.width)
        return record


def table_rows(document: Document) -> Iterator[list[str]]:
    """The rows of a workbook's first sheet, or of a CSV in UTF-8 or UTF-16.

    A CSV in one of the old eight-bit encodings is refused: nothing tells Windows-1252 from
    Windows-1256, and the names would be wrong without a word.

    Raises:
        DamagedInputError: another encoding, or NUL characters.
    """
    return document.sheet_rows() if document.workbook is not None else _csv_rows(document)


def _csv_rows(document: Document) -> Iterator[list[str]]:
    text = _decoded(document)
    if (at := text.find("\0")) >= 0:
        message = "a NUL character: the file is damaged"
        raise DamagedInputError(message, file=document.name, locator=f"line {text.count(chr(10), 0, at) + 1}")
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        yield from reader
    except csv.Error as error:
        raise DamagedInputError(str(error), file=document.name, locator=f"line {reader.line_num}") from error


def _decoded(document: Document) -> str:
    content = document.content()
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        message = f"not sound {encoding.removesuffix('-sig').upper()} ({error.reason}): save the list as UTF-8"
        raise DamagedInputError(message, file=document.name, locator=f"byte {error.start}") from error


def read_table(rows: Iterable[list[str]], heading: Heading, name: str) -> Table:
    """Find the heading row and number what follows; ``name`` is the file's, for messages.

    Raises:
        DamagedInputError: no heading row, or one that lacks a required column.
    """
    numbered = (Row(number, [cell.strip() for cell in row]) for number, row in enumerate(rows, start=1))
    found = next((row for row, _ in zip(numbered, range(_WITHIN), strict=False) if heading.is_heading(row.cells)), None)
    if found is None:
        message = f"no heading row among the first {_WITHIN} (expected {', '.join(heading.markers)})"
        raise DamagedInputError(message, file=name)
    columns = _columns(heading.names(found.cells))
    missing = [column for column in heading.required if column not in columns]
    if missing:
        message = f"the list lacks the column(s) {', '.join(missing)}"
        raise DamagedInputError(message, file=name, locator=f"row {found.number}")
    width = len(found.cells)
    return Table(columns, width, (_padded(row, width) for row in numbered if any(row.cells)))


def _padded(row: Row, width: int) -> Row:
    row.cells.extend([""] * (width - len(row.cells)))
    return row


def _columns(names: list[str]) -> dict[str, int]:
    """Column -> index. A heading without a name, or one that stands twice, is told by its position."""
    columns: dict[str, int] = {}
    for index, name in enumerate(names):
        named = name or f"column {index + 1}"
        columns[named if named not in columns else f"{named} (column {index + 1})"] = index
    return columns


def unique(wanted: str, taken: set[str]) -> str:
    """``wanted``, or the first of ``wanted-2``, ``wanted-3`` … that is not taken; it is then."""
    number, chosen = 1, wanted
    while chosen in taken:
        number += 1
        chosen = f"{wanted}-{number}"
    taken.add(chosen)
    return chosen
