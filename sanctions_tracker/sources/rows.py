"""A table with a heading row: its columns found by name, its rows numbered as a spreadsheet shows them."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import zip_longest
from typing import NamedTuple

import attrs

from sanctions_tracker.errors import DamagedInputError, UnsafeInputError
from sanctions_tracker.model import Attribute, Note, Origin
from sanctions_tracker.sources.document import MAX_COLUMNS, MAX_IN_MEMORY, Document

#: In how many of the first rows the heading row is looked for.
_WITHIN = 6
#: How much of a text is decoded at once, in bytes.
_CHUNK = 64 * 1024
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
#: Python's word for a letter that the end of the file cuts in two.
_CUT = "unexpected end of data"


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
        number, cells = row
        index = self.columns.get(column)
        return Cell(cells[index] if index is not None and index < len(cells) else "", column, number)

    def cells(self, column: str) -> list[Cell]:
        """The distinct texts of a column in order of appearance, each where it first stands."""
        if not self._cells:
            self._cells = self._all_cells()
        return self._cells.get(column, [])

    def _all_cells(self) -> dict[str, list[Cell]]:
        """Every column at once: nearly always the rows of a record repeat its values."""
        number, count = self.rows[0].number, len(self.rows)
        if count == 1:
            return self._one_row(self.rows[0])
        found: dict[str, list[Cell]] = {}
        texts = list(zip_longest(*[row.cells for row in self.rows], fillvalue=""))
        for column, index in self.columns.items():
            one = texts[index] if index < len(texts) else ("",)
            text = one[0]
            if one.count(text) == count:
                if text:
                    found[column] = [Cell(text, column, number)]
            else:
                first = {text: row.number for text, row in zip(reversed(one), reversed(self.rows), strict=False)}
                found[column] = [Cell(text, column, first[text]) for text in dict.fromkeys(one) if text]
        return found

    def _one_row(self, row: Row) -> dict[str, list[Cell]]:
        number, texts = row
        width = len(texts)
        return {
            column: [Cell(texts[index], column, number)]
            for column, index in self.columns.items()
            if index < width and texts[index]
        }

    def origin(self, cell: Cell, raw: str | None = None) -> Origin:
        """Where a value stands; ``raw`` is the text as printed where it was interpreted."""
        return Origin(self.source, self.id, f"row {cell.row}, column {cell.column}", raw)

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
        UnsafeInputError: it is too large.
    """
    return document.sheet_rows() if document.workbook is not None else csv_rows(Lines(document))


def csv_rows(lines: Lines, *, delimiter: str = ",") -> Iterator[list[str]]:
    """The rows of a CSV, one at a time.

    Raises:
        DamagedInputError, UnsafeInputError: as iterating ``lines``; or a cell of more than 131,072 characters, a row
            of more than :data:`~sanctions_tracker.sources.document.MAX_COLUMNS` cells.
    """
    reader = csv.reader(lines, delimiter=delimiter)
    try:
        for row in reader:
            if len(row) > MAX_COLUMNS:
                message = f"a row of {len(row):,} cells"
                raise DamagedInputError(message, file=lines.name, locator=f"line {reader.line_num}")
            yield row
    except csv.Error as error:
        raise DamagedInputError(str(error), file=lines.name, locator=f"line {reader.line_num}") from error


class Lines:
    """The lines of a text, with their ends, decoded as they are asked for; to be gone through once.

    UTF-16 where a byte order mark says so, else UTF-8. ``otherwise`` is the
    eight-bit encoding that a publisher also used: it is taken from the first byte
    on that is no UTF-8, unless letters that are stand before it, or behind it in
    greater number. ``failed_at`` is that byte, None where there is none (so far).

    Raises:
        DamagedInputError: while iterating: another encoding, damaged letters, or NUL characters.
        UnsafeInputError: while iterating: more than :data:`~sanctions_tracker.sources.document.MAX_IN_MEMORY` bytes.
    """

    def __init__(self, document: Document, *, otherwise: str = "") -> None:
        self.name = document.name
        self.failed_at: int | None = None
        self._stream = document.stream
        self._encoding = "utf-16" if document.head.startswith(_UTF_16) else "utf-8-sig"
        self._otherwise = "" if document.head.startswith((*_UTF_16, codecs.BOM_UTF8)) else otherwise
        self._decoder = codecs.getincrementaldecoder(self._encoding)()
        self._bytes, self._lines, self._ascii = 0, 0, True
        self._sound, self._damaged = 0, 0

    def __iter__(self) -> Iterator[str]:
        rest = ""
        for text in self._texts():
            lines, end, behind = text.rpartition("\n")
            if end:
                yield from io.StringIO(f"{rest}{lines}\n", newline="")
                rest = behind
            else:
                rest += text
        yield from io.StringIO(rest, newline="")

    def _texts(self) -> Iterator[str]:
        while chunk := self._stream.read(_CHUNK):
            self._bytes += len(chunk)
            if self._bytes > MAX_IN_MEMORY:
                message = f"a table of more than {MAX_IN_MEMORY:,} bytes"
                raise UnsafeInputError(message, file=self.name)
            yield self._checked(self._decoded(chunk))
        yield self._checked(self._decoded(b"", final=True))
        if self.failed_at is not None and self._sound > self._damaged:
            reason = "letters of UTF-8 beside others"
            raise self._refusal(reason, self.failed_at)

    def _decoded(self, chunk: bytes, *, final: bool = False) -> str:
        if self.failed_at is not None:
            self._compare(chunk)
        try:
            return self._decoder.decode(chunk, final)
        except UnicodeDecodeError as error:
            return self._decoded_otherwise(error, final=final)

    def _decoded_otherwise(self, error: UnicodeDecodeError, *, final: bool) -> str:
        content = error.object  # what was left over of the chunk before, and this one
        at = self._bytes - len(content) + error.start
        plain = self._ascii and content[: error.start].isascii()
        if not self._otherwise or self.failed_at is not None or not plain or error.reason == _CUT:
            raise self._refusal(error.reason, at) from error
        self.failed_at = at
        self._encoding = self._otherwise
        self._decoder = codecs.getincrementaldecoder(self._otherwise)()
        return self._decoded(content, final=final)

    def _compare(self, content: bytes) -> None:
        """Count the letters that are UTF-8 and those that are not."""
        guess = content.decode("utf-8", errors="replace")
        damaged = guess.count("\ufffd")
        self._damaged += damaged
        self._sound += len(guess) - len(guess.encode("ascii", errors="ignore")) - damaged

    def _refusal(self, reason: str, at: int) -> DamagedInputError:
        tried = "UTF-16" if self._encoding == "utf-16" else "UTF-8"
        also = f" and not {self._otherwise}" if self._otherwise else ""
        message = f"not sound {tried}{also} ({reason}): save the list as UTF-8"
        return DamagedInputError(message, file=self.name, locator=f"byte {at}")

    def _checked(self, text: str) -> str:
        if (at := text.find("\0")) >= 0:
            message = "a NUL character: the file is damaged"
            line = self._lines + text.count("\n", 0, at) + 1
            raise DamagedInputError(message, file=self.name, locator=f"line {line}")
        self._lines += text.count("\n")
        self._ascii = self._ascii and text.isascii()
        return text


def gathered(rows: Iterable[tuple[str, Row]], last: Mapping[str, int] | None = None) -> Iterator[tuple[str, list[Row]]]:
    """Rows of one key together, in the order in which the keys first stand; a row without a key is alone.

    Args:
        rows: each row with the key of its record, empty where it has none.
        last: key -> number of its last row, which a first pass finds out. Rows are handed on as soon as they, and
            all that come before them, are together; without ``last``, once every row is seen. The order is the same.

    >>> rows = [("a", Row(1, [])), ("", Row(2, [])), ("b", Row(3, [])), ("a", Row(4, []))]
    >>> [(key, [row.number for row in found]) for key, found in gathered(rows)]
    [('a', [1, 4]), ('', [2]), ('b', [3])]
    """
    held: dict[str | int, list[Row]] = {}
    for key, row in rows:
        held.setdefault(key or row.number, []).append(row)
        while last is not None and held and _ended(first := next(iter(held)), row, last):
            yield (first if isinstance(first, str) else ""), held.pop(first)
    for first, found in held.items():
        yield (first if isinstance(first, str) else ""), found


def _ended(key: str | int, row: Row, last: Mapping[str, int]) -> bool:
    return isinstance(key, int) or last.get(key, 0) <= row.number


def read_table(rows: Iterable[list[str]], heading: Heading, name: str) -> Table:
    """Find the heading row and number what follows; ``name`` is the file's, for messages.

    Raises:
        DamagedInputError: no heading row, or one that lacks a required column; while iterating the rows: there is none.
    """
    numbered = (Row(number, list(map(str.strip, row))) for number, row in enumerate(rows, start=1))
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
    return Table(columns, width, _filled(numbered, width, name))


def _filled(rows: Iterator[Row], width: int, name: str) -> Iterator[Row]:
    """The rows that hold anything, made as wide as the headings."""
    is_empty = True
    for row in rows:
        if any(row.cells):
            is_empty = False
            row.cells.extend([""] * (width - len(row.cells)))
            yield row
    if is_empty:
        message = "no row stands behind the headings: cut short?"
        raise DamagedInputError(message, file=name)


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
