"""The list as a table: rows of the CSV or the ODS, gathered by Unique ID.

The table is the Cartesian product of a designation's names, addresses, births
and so on: what belongs together is read from the distinct texts of the columns
that form a group, so that the product folds back into what the XML says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import zip_longest
from operator import itemgetter
from typing import NamedTuple

import attrs

from sanctions_tracker.errors import DamagedInputError, EmptyInputError
from sanctions_tracker.model import Note, Origin, PartialDate
from sanctions_tracker.sources.uk.sheet import Cell
from sanctions_tracker.sources.uksl.dates import printed_day
from sanctions_tracker.sources.uksl.record import SOURCE_ID, UNIQUE_ID, Entry, Record, groups

#: By these the heading row is known; no other publisher's table has three of them.
MARKERS = (UNIQUE_ID, "OFSI Group ID", "Regime Name", "Designation Type", "Sanctions Imposed", "Date Designated")
_ENOUGH_MARKERS = 3
REQUIRED = (
    UNIQUE_ID,
    *(f"Name {number}" for number in range(1, 7)),
    *("Name type", "Regime Name", "Designation Type", "Sanctions Imposed", "Date Designated"),
)
#: In how many of the first rows the heading row is looked for: ``Report Date: …`` stands above it.
_HEADING_WITHIN = 6
_REPORT_DATE = re.compile(r"(?:report date|date generated|last updated)\s*:?\s*(?P<date>.*)", re.IGNORECASE | re.DOTALL)


class Row(NamedTuple):
    """A row's number as a spreadsheet shows it, and its stripped cells."""

    number: int
    cells: list[str]


#: Takes the texts of some columns from a row's cells.
_Taking = Callable[[list[str]], tuple[str, ...]]


class _Plan(NamedTuple):
    """How a record is read from its rows: columns of no group, groups of columns, and columns that are unknown."""

    single: tuple[tuple[str, int], ...]
    groups: tuple[tuple[str, tuple[str, ...], _Taking], ...]
    others: tuple[tuple[str, int], ...]


@lru_cache(maxsize=1)
def _canonical() -> dict[str, str]:
    return {column.casefold(): column for columns in groups().values() for column in columns}


def _heading_name(cell: str) -> str:
    printed = " ".join(cell.replace("\ufeff", "").split())
    return _canonical().get(printed.casefold(), printed)


def _is_heading(row: list[str]) -> bool:
    named = {_heading_name(cell) for cell in row}
    return sum(marker in named for marker in MARKERS) >= _ENOUGH_MARKERS


def has_heading(rows: Iterable[list[str]]) -> bool:
    """Whether one of the first rows is the list's heading row."""
    return any(map(_is_heading, rows))


@attrs.frozen
class Table:
    """The columns of a table, what the rows above the headings say, and the rows below."""

    name: str
    columns: dict[str, int]
    width: int
    published: PartialDate | None
    notes: tuple[Note, ...]
    rows: Iterator[Row]
    _plan: _Plan

    def keyed(self) -> Iterator[tuple[str, Row]]:
        """The rows that hold anything by Unique ID, empty where a row has none.

        Raises:
            EmptyInputError: there is none.
        """
        at, seen = self.columns[UNIQUE_ID], False
        for row in self.rows:
            unique_id = row.cells[at] if at < len(row.cells) else ""
            if unique_id or any(row.cells):
                seen = True
                yield unique_id, row
        if not seen:
            message = "a heading without any row below it: a failed download?"
            raise EmptyInputError(message, file=self.name)

    def record(self, unique_id: str, rows: list[Row]) -> Record:
        """The record that rows form."""
        record = Record(unique_id, f"row {rows[0].number}")
        record.notes += [note for row in rows for note in self.misshapen(row)]
        upright = list(zip_longest(*[row.cells for row in rows], fillvalue=""))
        for column, index in self._plan.single:
            if cells := _cells(rows, upright[index], column):
                record.values[column] = cells
        for group, columns, taking in self._plan.groups:
            if entries := _entries(rows, columns, taking):
                record.entries[group] = entries
        beyond = range(self.width, len(upright))
        for column, index in (*self._plan.others, *((f"column {index + 1}", index) for index in beyond)):
            record.unknown += _cells(rows, upright[index], column)
        return record

    def misshapen(self, row: Row) -> list[Note]:
        """Fill a short row up; say so, and say where a row is longer than its headings."""
        width = self.width
        if len(row.cells) == width:
            return []
        beyond, short = any(row.cells[width:]), len(row.cells) < width
        row.cells.extend([""] * (width - len(row.cells)))
        origin = Origin(SOURCE_ID, row.cells[self.columns[UNIQUE_ID]], f"row {row.number}")
        told = ["a row has more cells than there are headings"] if beyond else []
        told += ["a row has fewer cells than there are headings: cut short?"] if short else []
        return [Note(text, origin) for text in told]


def read_table(rows: Iterable[list[str]], name: str) -> Table:
    """Find the headings and number what follows; ``name`` is the file's, for messages.

    Raises:
        DamagedInputError: no heading row, or one that lacks a required column.
    """
    numbered = (Row(number, list(map(str.strip, row))) for number, row in enumerate(rows, start=1))
    before, heading = _heading(numbered, name)
    columns = _columns(heading, name)
    published, notes = _published(before)
    return Table(name, columns, len(heading.cells), published, notes, numbered, _plan(columns))


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
    """Column -> index. A heading without a name, or one that stands twice, is told by its position."""
    columns: dict[str, int] = {}
    for index, cell in enumerate(heading.cells):
        column = _heading_name(cell) or f"column {index + 1}"
        columns[column if column not in columns else f"{column} (column {index + 1})"] = index
    if missing := [column for column in REQUIRED if column not in columns]:
        message = f"the list lacks the column(s) {', '.join(missing)}"
        raise DamagedInputError(message, file=name, locator=f"row {heading.number}")
    return columns


def _plan(columns: dict[str, int]) -> _Plan:
    single, several = [], []
    for group, members in groups().items():
        present = tuple([column for column in members if column in columns])
        if members == (group,):
            single += [(column, columns[column]) for column in present]
        elif present:
            taking = itemgetter(*[columns[column] for column in present])
            several.append((group, present, taking if len(present) > 1 else _as_tuple(taking)))
    ours = {column for members in groups().values() for column in members}
    others = [(column, index) for column, index in columns.items() if column not in ours]
    return _Plan(tuple(single), tuple(several), tuple(others))


def _as_tuple(taking: Callable[[list[str]], str]) -> _Taking:
    """What takes one text, giving a tuple of it as those do that take several."""
    return lambda cells: (taking(cells),)


def _cells(rows: list[Row], texts: tuple[str, ...], column: str) -> list[Cell]:
    """The distinct texts of a column, each where it first stands."""
    first = texts[0]
    if texts.count(first) == len(texts):  # as nearly always: rows repeat what does not differ
        return [_cell(first, column, rows[0].number)] if first else []
    return [_cell(text, column, rows[texts.index(text)].number) for text in dict.fromkeys(texts) if text]


def _entries(rows: list[Row], columns: tuple[str, ...], taking: _Taking) -> list[Entry]:
    """The distinct entries of a group, each where it first stands."""
    found: dict[tuple[str, ...], int] = {}
    for number, cells in rows:
        found.setdefault(taking(cells), number)
    return [
        {column: _cell(text, column, number) for column, text in zip(columns, texts, strict=True) if text}
        for texts, number in found.items()
        if any(texts)
    ]


def _cell(text: str, column: str, number: int) -> Cell:
    return Cell.at(text.replace("\r\n", "\n") if "\r" in text else text, column, number)


def _published(before: list[Row]) -> tuple[PartialDate | None, tuple[Note, ...]]:
    """The date in the rows above the heading: ``Report Date: 21-Sep-2026``, in one cell or two."""
    for row in before:
        text = " ".join(filter(None, row.cells)).replace("\ufeff", "")
        if match := _REPORT_DATE.fullmatch(text):
            date = printed_day(match["date"])
            origin = Origin(SOURCE_ID, locator=f"row {row.number}", raw=text)
            return date, () if date else (Note(f"the list's date cannot be read: {text!r}", origin),)
    return None, (Note("the list does not say of which day it is", Origin(SOURCE_ID, locator="row 1")),)
