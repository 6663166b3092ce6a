"""The list as a table: rows of the CSV or the ODS, gathered by Unique ID.

The table is the Cartesian product of a designation's names, addresses, births
and so on: what belongs together is read from the distinct texts of the columns
that form a group, so that the product folds back into what the XML says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from sanctions_tracker.errors import DamagedInputError, EmptyInputError
from sanctions_tracker.model import Note, Origin, PartialDate, RejectedRecord
from sanctions_tracker.sources.uksl.dates import printed_day
from sanctions_tracker.sources.uksl.record import SOURCE_ID, UNIQUE_ID, Cell, Entry, Reading, Record, groups

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
#: Not a heading: under this, columns are gathered that this library does not know.
_OTHERS = "\0"
_REPORT_DATE = re.compile(r"(?:report date|date generated|last updated)\s*:?\s*(?P<date>.*)", re.IGNORECASE | re.DOTALL)


class _Row(NamedTuple):
    number: int
    cells: list[str]


class _Heading(NamedTuple):
    """Where each column stands, and what the rows above say."""

    columns: dict[str, int]
    width: int
    before: list[_Row]


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


def read_table(rows: Iterable[list[str]], name: str) -> Reading:
    """Gather rows by Unique ID; ``name`` is the file's, for messages.

    Raises:
        DamagedInputError: no heading row, or one that lacks a required column.
        EmptyInputError: a heading and nothing below it.
    """
    numbered = (_Row(number, list(map(str.strip, row))) for number, row in enumerate(rows, start=1))
    heading = _heading(numbered, name)
    gathered: dict[str, list[_Row]] = {}
    rejected: list[RejectedRecord] = []
    widest, at = heading.width, heading.columns[UNIQUE_ID]
    notes: list[Note] = []
    for row in numbered:
        if len(row.cells) != heading.width:
            widest = max(widest, len(row.cells))
            notes += _misshapen(row, heading)
        if unique_id := row.cells[at]:
            gathered.setdefault(unique_id, []).append(row)
        elif any(row.cells):
            rejected.append(RejectedRecord(Origin(SOURCE_ID, locator=f"row {row.number}"), "the row has no Unique ID"))
    if not gathered and not rejected:
        message = "a heading without any row below it: a failed download?"
        raise EmptyInputError(message, file=name)
    published, about_date = _published(heading.before)
    records = _records(gathered, heading.columns, widest)
    return Reading(published, tuple(records), tuple(rejected), (*about_date, *notes))


def _heading(rows: Iterator[_Row], name: str) -> _Heading:
    before: list[_Row] = []
    for row in rows:
        if _is_heading(row.cells):
            return _Heading(_columns(row, name), len(row.cells), before)
        before.append(row)
        if len(before) >= _HEADING_WITHIN:
            break
    message = f"no heading row among the first {_HEADING_WITHIN} (expected {', '.join(MARKERS)})"
    raise DamagedInputError(message, file=name)


def _columns(heading: _Row, name: str) -> dict[str, int]:
    """Column -> index. A heading without a name, or one that stands twice, is told by its position."""
    columns: dict[str, int] = {}
    for index, cell in enumerate(heading.cells):
        column = _heading_name(cell) or f"column {index + 1}"
        columns[column if column not in columns else f"{column} (column {index + 1})"] = index
    if missing := [column for column in REQUIRED if column not in columns]:
        message = f"the list lacks the column(s) {', '.join(missing)}"
        raise DamagedInputError(message, file=name, locator=f"row {heading.number}")
    return columns


def _misshapen(row: _Row, heading: _Heading) -> list[Note]:
    """Fill a short row up; say so, and say where a row is longer than its headings."""
    beyond = any(row.cells[heading.width :])
    short = any(row.cells) and len(row.cells) < heading.width
    row.cells.extend([""] * (heading.width - len(row.cells)))
    origin = Origin(SOURCE_ID, row.cells[heading.columns[UNIQUE_ID]], f"row {row.number}")
    told = ["a row has more cells than there are headings"] if beyond else []
    told += ["a row has fewer cells than there are headings: cut short?"] if short else []
    return [Note(text, origin) for text in told]


class _Plan(NamedTuple):
    """How one group is read from a row: its columns, and their texts as a tuple."""

    group: str
    columns: tuple[str, ...]
    indices: tuple[int, ...]


def _records(gathered: dict[str, list[_Row]], columns: dict[str, int], widest: int) -> Iterator[Record]:
    known = groups()
    plans = [
        _Plan(group, present, tuple(columns[column] for column in present))
        for group, members in known.items()
        if (present := tuple(column for column in members if column in columns))
    ]
    ours = {column for members in known.values() for column in members}
    others = {column: index for column, index in columns.items() if column not in ours}
    others |= {f"column {index + 1}": index for index in range(len(columns), widest)}
    plans += [_Plan(_OTHERS, (column,), (index,)) for column, index in others.items()]
    for unique_id, rows in gathered.items():
        record = Record(unique_id, f"row {rows[0].number}")
        upright = list(zip_longest(*[row.cells for row in rows], fillvalue=""))
        for plan in plans:
            if max(plan.indices) < len(upright) and (entries := _entries(rows, upright, plan)):
                record.entries.setdefault(plan.group, []).extend(entries)
        record.unknown += [cell for entry in record.entries.pop(_OTHERS, ()) for cell in entry.values()]
        yield record


def _entries(rows: list[_Row], upright: list[tuple[str, ...]], plan: _Plan) -> list[Entry]:
    """The distinct entries of a group, each where it first stands; ``upright`` are the rows' columns."""
    columns = [upright[index] for index in plan.indices]
    if not any(map(any, columns)):
        return []
    found = list(zip(*columns, strict=True))
    return [
        _entry(plan.columns, texts, rows[found.index(texts)].number) for texts in dict.fromkeys(found) if any(texts)
    ]


def _entry(columns: tuple[str, ...], texts: tuple[str, ...], number: int) -> Entry:
    return {
        column: Cell(text.replace("\r\n", "\n"), column, f"row {number}, column {column}")
        for column, text in zip(columns, texts, strict=True)
        if text
    }


def _published(before: list[_Row]) -> tuple[PartialDate | None, tuple[Note, ...]]:
    """The date in the rows above the heading: ``Report Date: 21-Sep-2026``, in one cell or two."""
    for row in before:
        text = " ".join(filter(None, row.cells)).replace("\ufeff", "")
        if match := _REPORT_DATE.fullmatch(text):
            date = printed_day(match["date"])
            origin = Origin(SOURCE_ID, locator=f"row {row.number}", raw=text)
            return date, () if date else (Note(f"the list's date cannot be read: {text!r}", origin),)
    return None, (Note("the list does not say of which day it is", Origin(SOURCE_ID, locator="row 1")),)
