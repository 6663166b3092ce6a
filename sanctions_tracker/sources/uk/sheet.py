"""The table itself: rows of a CSV or a workbook, found by their headings and gathered by group."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import attrs

from sanctions_tracker.errors import DamagedInputError
from sanctions_tracker.model import Note, Origin, PartialDate, RejectedRecord
from sanctions_tracker.sources.document import Document
from sanctions_tracker.sources.printed import partial_date

SOURCE_ID = "uk-conlist"

NAME_COLUMNS = ("Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Name 6")
ADDRESS_COLUMNS = ("Address 1", "Address 2", "Address 3", "Address 4", "Address 5", "Address 6")
#: By these the heading row is known.
MARKERS = ("Group ID", "Name 6", "Regime", "Listed On")
#: How many of the markers make a heading row: a list that has lost one is named, not mistaken for another's.
_ENOUGH_MARKERS = 3
REQUIRED = (*NAME_COLUMNS, "Group Type", "Alias Type", "Regime", "Listed On", "Group ID")
#: Every column that has a place in the model; others are kept as attributes.
KNOWN = (
    *REQUIRED,
    *ADDRESS_COLUMNS,
    *("Title", "Name Non-Latin Script", "Non-Latin Script Type", "Non-Latin Script Language"),
    *("DOB", "Town of Birth", "Country of Birth", "Nationality", "Position"),
    *("Passport Number", "Passport Details", "NI Number"),
    *("National Identification Number", "National Identification Details"),
    *("Post/Zip Code", "Country", "Other Information", "Alias Quality"),
    *("UK Sanctions List Date Designated", "Last Updated"),
)
_CANONICAL = {name.casefold(): name for name in KNOWN}
#: In how many of the first rows the heading row is looked for.
_HEADING_WITHIN = 6


class Row(NamedTuple):
    """A row's stripped cells, as many as there are headings at least, and its number as a spreadsheet shows it."""

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


@attrs.define
class Group:
    """Every row of one Group ID: one target. ``notes`` gathers what could not be interpreted."""

    id: str
    columns: dict[str, int]
    rows: list[Row] = attrs.field(factory=list)
    notes: list[Note] = attrs.field(factory=list)

    def text(self, row: Row, column: str) -> str:
        """One cell; empty where the file has no such column or the row ends before it."""
        index = self.columns.get(column)
        return row.cells[index] if index is not None and index < len(row.cells) else ""

    def distinct_rows(self, columns: tuple[str, ...]) -> Iterator[Row]:
        """The first of all rows that have the same texts in these columns."""
        indices = [self.columns[column] for column in columns if column in self.columns]
        seen: set[tuple[str, ...]] = set()
        for row in self.rows:
            texts = tuple([row.cells[index] for index in indices])
            if texts not in seen:
                seen.add(texts)
                yield row

    def cells(self, column: str) -> list[Cell]:
        """The distinct texts of a column in order of appearance, each where it first stands."""
        index = self.columns.get(column)
        if index is None:
            return []
        found: dict[str, int] = {}
        for row in self.rows:
            if index < len(row.cells) and (text := row.cells[index]) and text not in found:
                found[text] = row.number
        return [Cell(text, column, number) for text, number in found.items()]

    def first(self, column: str) -> Cell | None:
        """The first text of a column."""
        return next(iter(self.cells(column)), None)

    def origin(self, cell: Cell, raw: str | None = None) -> Origin:
        """Where a value stands; ``raw`` is the text as printed where it was interpreted."""
        return Origin(SOURCE_ID, self.id, cell.locator, raw)

    def note(self, what: str, cell: Cell) -> None:
        """Say that a cell was kept as printed."""
        self.notes.append(Note(f"{what}: {cell.text!r}", self.origin(cell, cell.text)))


@attrs.frozen
class Sheet:
    """The whole table, gathered: groups in order of their first appearance."""

    published: PartialDate | None
    groups: tuple[Group, ...]
    rejected: tuple[RejectedRecord, ...]
    notes: tuple[Note, ...]


def _is_heading(row: list[str]) -> bool:
    named = {_CANONICAL.get(cell.strip().casefold()) for cell in row}
    return sum(marker in named for marker in MARKERS) >= _ENOUGH_MARKERS


def has_heading(rows: Iterable[list[str]]) -> bool:
    """Whether one of the first rows is the list's heading row."""
    return any(map(_is_heading, rows))


def csv_rows(document: Document) -> Iterator[list[str]]:
    """The rows of a CSV.

    Raises:
        DamagedInputError: an encoding that is none of UTF-8, UTF-16 and Windows-1252, or NUL characters.
    """
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
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _decoded_as("utf-16", content, document.name)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        guess = content.decode("utf-8", errors="replace")
        damaged = guess.count("\ufffd")
        sound = sum(not letter.isascii() for letter in guess) - damaged
        if sound > damaged or error.reason == "unexpected end of data":
            message = f"not sound UTF-8 ({error.reason})"
            raise DamagedInputError(message, file=document.name, locator=f"byte {error.start}") from error
    return _decoded_as("cp1252", content, document.name)


def _decoded_as(encoding: str, content: bytes, name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        message = f"neither UTF-8 nor {encoding} ({error.reason})"
        raise DamagedInputError(message, file=name, locator=f"byte {error.start}") from error


def read_sheet(rows: Iterable[list[str]], name: str) -> Sheet:
    """Gather rows by Group ID; ``name`` is the file's, for messages.

    Raises:
        DamagedInputError: no heading row, or one that lacks a required column.
    """
    numbered = (Row(number, [cell.strip() for cell in row]) for number, row in enumerate(rows, start=1))
    before, heading = _heading(numbered, name)
    columns, width = _columns(heading, name), len(heading.cells)
    groups: dict[str, Group] = {}
    rejected: list[RejectedRecord] = []
    for row in numbered:
        row.cells.extend([""] * (width - len(row.cells)))
        group_id = row.cells[columns["Group ID"]]
        if group_id:
            if group_id not in groups:
                groups[group_id] = Group(group_id, columns)
            _take(groups[group_id], row, width)
        elif any(row.cells):
            rejected.append(RejectedRecord(Origin(SOURCE_ID, locator=f"row {row.number}"), "the row has no Group ID"))
    published, notes = _published(before)
    return Sheet(published, tuple(groups.values()), tuple(rejected), notes)


def _heading(rows: Iterator[Row], name: str) -> tuple[list[Row], Row]:
    before: list[Row] = []
    for row in rows:
        if _is_heading(row.cells):
            return before, row
        before.append(row)
        if len(before) >= _HEADING_WITHIN:
            break
    message = f"no heading row among the first {_HEADING_WITHIN} (expected {', '.join(MARKERS)})"
    raise DamagedInputError(message, file=name)


def _columns(heading: Row, name: str) -> dict[str, int]:
    """Canonical heading -> index. A heading without a name, or one that stands twice, is told by its position."""
    columns: dict[str, int] = {}
    for index, cell in enumerate(heading.cells):
        printed = cell.replace("\ufeff", "").strip()
        heading_name = _CANONICAL.get(printed.casefold(), printed) or f"column {index + 1}"
        columns[heading_name if heading_name not in columns else f"{heading_name} (column {index + 1})"] = index
    missing = [column for column in REQUIRED if column not in columns]
    if missing:
        message = f"the list lacks the column(s) {', '.join(missing)}"
        raise DamagedInputError(message, file=name, locator=f"row {heading.number}")
    return columns


def _take(group: Group, row: Row, width: int) -> None:
    """Take the row in; cells beyond the headings get columns of their own, so that they are kept."""
    group.rows.append(row)
    if len(row.cells) > width and any(row.cells[width:]):
        extra = {f"column {index + 1}": index for index in range(width, len(row.cells))}
        group.columns = {**group.columns, **extra}
        group.notes.append(
            Note("a row has more cells than there are headings", Origin(SOURCE_ID, group.id, f"row {row.number}"))
        )


def _published(before: list[Row]) -> tuple[PartialDate | None, tuple[Note, ...]]:
    for row in before:
        if row.cells and row.cells[0].replace("\ufeff", "").casefold() == "last updated":
            text = next(filter(None, row.cells[1:]), "")
            date = partial_date(text)
            origin = Origin(SOURCE_ID, locator=f"row {row.number}", raw=text)
            return date, () if date else (Note(f"the list's date cannot be read: {text!r}", origin),)
    return None, (Note("the list does not say when it was last updated", Origin(SOURCE_ID, locator="row 1")),)
