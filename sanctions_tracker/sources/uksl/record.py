"""One designation, whichever of the publisher's formats it stands in: its values by the list's column headings."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import attrs

from sanctions_tracker.model import Note, Origin
from sanctions_tracker.sources import tables
from sanctions_tracker.sources.uk.sheet import Cell

SOURCE_ID = "uksl"

NAMES, SCRIPTS, ADDRESSES, IMPOSED = "names", "scripts", "addresses", "imposed"
PASSPORTS, NATIONAL_IDENTIFIERS, BIRTHPLACES = "passports", "national identifiers", "birthplaces"
UNIQUE_ID = "Unique ID"


#: Values that belong together (the parts of one name, the lines of one address), by column; empty ones left out.
Entry = dict[str, Cell]


@attrs.define
class Record:
    """Everything that is said under one Unique ID, from which the id of its target is made.

    ``values`` holds the distinct values of each column that belongs to no
    group, ``entries`` the distinct entries of each group of columns.
    ``indicators`` are the XML's flags (name, text), which the tables do not
    have; ``unknown`` what this library has no place for; ``notes`` what could
    not be interpreted.
    """

    id: str
    locator: str
    target_id: str = ""
    values: dict[str, list[Cell]] = attrs.field(factory=dict)
    entries: dict[str, list[Entry]] = attrs.field(factory=dict)
    indicators: list[tuple[str, str]] = attrs.field(factory=list)
    unknown: list[Cell] = attrs.field(factory=list)
    notes: list[Note] = attrs.field(factory=list)

    def cells(self, column: str) -> Sequence[Cell]:
        """The distinct values of a column that belongs to no group."""
        return self.values.get(column, ())

    def group(self, name: str) -> Sequence[Entry]:
        """The distinct entries of a group of columns."""
        return self.entries.get(name, ())

    def origin(self, cell: Cell, raw: str | None = None) -> Origin:
        """Where a value stands; ``raw`` is the text as printed where it was interpreted."""
        return Origin(SOURCE_ID, self.id, cell.locator, raw)

    def note(self, what: str, cell: Cell, text: str | None = None) -> None:
        """Say that a value was kept as printed; ``text`` is the part of it that is meant."""
        shown = cell.text if text is None else text
        self.notes.append(Note(f"{what}: {shown!r}", self.origin(cell, cell.text)))


def distinct_cells(cells: list[Cell]) -> list[Cell]:
    """Cells that say the same, once."""
    found: dict[str, Cell] = {}
    for cell in cells:
        found.setdefault(cell.text, cell)
    return list(found.values())


def distinct_entries(entries: list[Entry]) -> list[Entry]:
    """Entries that say the same, once: the publisher repeats a passport for every date of birth."""
    found: dict[tuple[tuple[str, str], ...], Entry] = {}
    for entry in entries:
        found.setdefault(tuple([(column, cell.text) for column, cell in entry.items()]), entry)
    return list(found.values())


@lru_cache(maxsize=1)
def groups() -> dict[str, tuple[str, ...]]:
    """Group -> its columns. Source: the publisher's XML schema, in which the columns of a group share an element."""
    found: dict[str, list[str]] = {}
    for row in tables.rows("uksl_fields"):
        found.setdefault(row["group"] or row["column"], []).append(row["column"])
    return {group: tuple(columns) for group, columns in found.items()}


@lru_cache(maxsize=1)
def fields() -> dict[str, tuple[str, str]]:
    """XML element -> the table's column for it, and the column's group; empty where it belongs to none."""
    return {row["element"]: (row["column"], row["group"]) for row in tables.rows("uksl_fields")}
