"""The table itself: rows of a CSV or a workbook, found by their headings, and the group that rows form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from operator import itemgetter
from typing import NamedTuple, Protocol

import attrs

from sanctions_tracker.errors import DamagedInputError
from sanctions_tracker.model import Note, Origin, PartialDate
from sanctions_tracker.sources.printed import partial_date

SOURCE_ID = "uk-conlist"
#: The encoding of ConList.csv until OFSI changed to UTF-8.
OLD_ENCODING = "cp1252"

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
    """A row's number as a spreadsheet shows it, and its stripped cells.

    There are as many cells as headings at least, and an empty one behind them,
    which is what the row has in a column that the file lacks.
    """

    number: int
    cells: list[str]


class Cell(NamedTuple):
    """One cell's text, its heading, and where it stands."""

    text: str
    column: str
    locator: str

    @classmethod
    def at(cls, text: str, column: str, row: int) -> Cell:
        """The cell of a row, told by the row's number."""
        return cls(text, column, f"row {row}, column {column}")


class Noting(Protocol):
    """What the functions that read a cell ask of the record it stands in: here a group, a designation elsewhere."""

    def origin(self, cell: Cell, raw: str | None = None) -> Origin:
        """Where a value stands; ``raw`` is the text as printed where it was interpreted."""

    def note(self, what: str, cell: Cell) -> None:
        """Say that a cell was kept as printed."""


#: Takes the texts of some columns from a row's cells.
_Taking = Callable[[list[str]], tuple[str, ...]]


@attrs.frozen
class Columns:
    """Where each column stands: heading -> index; ``width`` is the number of headings."""

    at: dict[str, int]
    width: int
    _taking: dict[tuple[str, ...], _Taking] = attrs.field(factory=dict, init=False)

    def taking(self, columns: tuple[str, ...]) -> _Taking:
        """What takes the texts of two or more columns from a row's cells, made once."""
        if columns not in self._taking:
            self._taking[columns] = itemgetter(*(self.at.get(column, -1) for column in columns))
        return self._taking[columns]


@attrs.define(slots=False)
class Group:
    """Every row of one Group ID: one target. ``notes`` gathers what could not be interpreted."""

    id: str
    columns: Columns
    rows: list[Row]
    notes: list[Note] = attrs.field(factory=list)

    @cached_property
    def _upright(self) -> list[tuple[str, ...]]:
        """The rows' columns."""
        return list(zip(*[row.cells for row in self.rows], strict=True))

    def has(self, column: str) -> bool:
        """Whether the file has such a column."""
        return column in self.columns.at

    def distinct(self, columns: tuple[str, ...]) -> dict[tuple[str, ...], int]:
        """The distinct texts of some columns, taken together: each with the number of the row where it first stands."""
        texts = self.columns.taking(columns)
        found: dict[tuple[str, ...], int] = {}
        for number, cells in self.rows:
            found.setdefault(texts(cells), number)
        return found

    def cells(self, column: str) -> list[Cell]:
        """The distinct texts of a column in order of appearance, each where it first stands."""
        texts = self._upright[self.columns.at.get(column, -1)]
        first = texts[0]
        if texts.count(first) == len(texts):  # as nearly always: rows repeat what does not differ
            return [Cell.at(first, column, self.rows[0].number)] if first else []
        return [Cell.at(text, column, self.rows[texts.index(text)].number) for text in dict.fromkeys(texts) if text]

    def first(self, column: str) -> Cell | None:
        """The first text of a column."""
        return next(iter(self.cells(column)), None)

    def origin(self, cell: Cell, raw: str | None = None) -> Origin:
        """Where a value stands; ``raw`` is the text as printed where it was interpreted."""
        return Origin(SOURCE_ID, self.id, cell.locator, raw)

    def place(self, row: int, column: str, raw: str | None = None) -> Origin:
        """As :meth:`origin`, of the cell in a row and a column."""
        return Origin(SOURCE_ID, self.id, f"row {row}, column {column}", raw)

    def note(self, what: str, cell: Cell) -> None:
        """Say that a cell was kept as printed."""
        self.notes.append(Note(f"{what}: {cell.text!r}", self.origin(cell, cell.text)))


@attrs.frozen
class Sheet:
    """The table: its columns, what the rows above the headings say, and the rows below that hold anything."""

    columns: Columns
    published: PartialDate | None
    notes: tuple[Note, ...]
    rows: Iterator[Row]

    def keyed(self) -> Iterator[tuple[str, Row]]:
        """The rows by Group ID, empty where a row has none."""
        at = self.columns.at["Group ID"]
        for row in self.rows:
            yield row.cells[at], row

    def group(self, group_id: str, rows: list[Row]) -> Group:
        """The group that rows form; cells beyond the headings get columns of their own, so that they are kept."""
        width = self.columns.width
        widest = max([len(row.cells) for row in rows]) - 1
        if widest == width:
            return Group(group_id, self.columns, rows)
        extra = {f"column {index + 1}": index for index in range(width, widest)}
        for row in rows:
            row.cells.extend([""] * (widest + 1 - len(row.cells)))
        group = Group(group_id, Columns({**self.columns.at, **extra}, widest), rows)
        group.notes += [
            Note("a row has more cells than there are headings", Origin(SOURCE_ID, group_id, f"row {row.number}"))
            for row in rows
            if any(row.cells[width:])
        ]
        return group


def _is_heading(row: list[str]) -> bool:
    named = {_CANONICAL.get(cell.strip().casefold()) for cell in row}
    return sum(marker in named for marker in MARKERS) >= _ENOUGH_MARKERS


def has_heading(rows: Iterable[list[str]]) -> bool:
    """Whether one of the first rows is the list's heading row."""
    return any(map(_is_heading, rows))


def read_sheet(rows: Iterable[list[str]], name: str) -> Sheet:
    """Find the headings and number what follows; ``name`` is the file's, for messages.

    Raises:
        DamagedInputError: no heading row, or one that lacks a required column; while iterating the rows: there is none.
    """
    numbered = (Row(number, list(map(str.strip, row))) for number, row in enumerate(rows, start=1))
    before, heading = _heading(numbered, name)
    columns = _columns(heading, name)
    published, notes = _published(before)
    return Sheet(columns, published, notes, _filled(numbered, columns.width, name))


def _filled(rows: Iterator[Row], width: int, name: str) -> Iterator[Row]:
    is_empty = True
    for row in rows:
        cells = row.cells
        cells.extend([""] * (width + 1 - len(cells)) or ("",))
        if any(cells):
            is_empty = False
            yield row
    if is_empty:
        message = "no row stands behind the headings: cut short?"
        raise DamagedInputError(message, file=name)


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


def _columns(heading: Row, name: str) -> Columns:
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
    return Columns(columns, len(heading.cells))


def _published(before: list[Row]) -> tuple[PartialDate | None, tuple[Note, ...]]:
    for row in before:
        if row.cells and row.cells[0].replace("\ufeff", "").casefold() == "last updated":
            text = next(filter(None, row.cells[1:]), "")
            date = partial_date(text)
            origin = Origin(SOURCE_ID, locator=f"row {row.number}", raw=text)
            return date, () if date else (Note(f"the list's date cannot be read: {text!r}", origin),)
    return None, (Note("the list does not say when it was last updated", Origin(SOURCE_ID, locator="row 1")),)
