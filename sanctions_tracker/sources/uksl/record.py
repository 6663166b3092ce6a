"""One designation, whichever of the publisher's formats it stands in: its values by the list's column headings."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import attrs

from sanctions_tracker.model import Note, Origin, PartialDate, RejectedRecord
from sanctions_tracker.sources import tables

SOURCE_ID = "uksl"

NAMES, SCRIPTS, ADDRESSES, IMPOSED = "names", "scripts", "addresses", "imposed"
PASSPORTS, NATIONAL_IDENTIFIERS, BIRTHPLACES = "passports", "national identifiers", "birthplaces"
UNIQUE_ID = "Unique ID"


class Cell(NamedTuple):
    """One value's text, the column heading under which the publisher knows it, and where it stands."""

    text: str
    column: str
    locator: str


#: Values that belong together (the parts of one name, the lines of one address), by column; empty ones left out.
Entry = dict[str, Cell]


@attrs.define
class Record:
    """Everything that is said under one Unique ID.

    ``entries`` holds the distinct entries of each group of columns; a column
    that belongs to no group is one of its own. ``indicators`` are the XML's
    flags (name, text), which the tables do not have; ``unknown`` what this library has no
    place for; ``notes`` what could not be interpreted.
    """

    id: str
    locator: str
    entries: dict[str, list[Entry]] = attrs.field(factory=dict)
    indicators: list[tuple[str, str]] = attrs.field(factory=list)
    unknown: list[Cell] = attrs.field(factory=list)
    notes: list[Note] = attrs.field(factory=list)

    def cells(self, column: str) -> list[Cell]:
        """The distinct values of a column that belongs to no group."""
        entries = self.entries.get(column)
        return [entry[column] for entry in entries] if entries else []

    def group(self, name: str) -> list[Entry]:
        """The distinct entries of a group of columns."""
        return self.entries.get(name, [])

    def origin(self, cell: Cell, raw: str | None = None) -> Origin:
        """Where a value stands; ``raw`` is the text as printed where it was interpreted."""
        return Origin(SOURCE_ID, self.id, cell.locator, raw)

    def note(self, what: str, cell: Cell, text: str | None = None) -> None:
        """Say that a value was kept as printed; ``text`` is the part of it that is meant."""
        shown = cell.text if text is None else text
        self.notes.append(Note(f"{what}: {shown!r}", self.origin(cell, cell.text)))


@attrs.frozen
class Reading:
    """The whole file, gathered: records in order of their first appearance."""

    published: PartialDate | None
    records: tuple[Record, ...]
    rejected: tuple[RejectedRecord, ...]
    notes: tuple[Note, ...]


@lru_cache(maxsize=1)
def groups() -> dict[str, tuple[str, ...]]:
    """Group -> its columns. Source: the publisher's XML schema, in which the columns of a group share an element."""
    found: dict[str, list[str]] = {}
    for row in tables.rows("uksl_fields"):
        found.setdefault(row["group"] or row["column"], []).append(row["column"])
    return {group: tuple(columns) for group, columns in found.items()}


@lru_cache(maxsize=1)
def fields() -> dict[str, tuple[str, str]]:
    """XML element -> the table's column for it, and the column's group."""
    return {row["element"]: (row["column"], row["group"] or row["column"]) for row in tables.rows("uksl_fields")}
