"""The sheet of the Consolidated List: rows gathered by the number in their reference."""

from __future__ import annotations

import re
from collections.abc import Iterable

import attrs

from sanctions_tracker.model import Origin, RejectedRecord
from sanctions_tracker.sources.rows import Cell, Heading, Record, Row, Table, read_table

SOURCE_ID = "au-dfat"

REFERENCE, NAME, KIND, NAME_KIND, STRENGTH = (
    "Reference",
    "Name of Individual or Entity",
    "Type",
    "Name Type",
    "Alias Strength",
)
BIRTH_DATE, BIRTH_PLACE, CITIZENSHIP, ADDRESS = "Date of Birth", "Place of Birth", "Citizenship", "Address"
INFORMATION, LISTING, IMO = "Additional Information", "Listing Information", "IMO Number"
COMMITTEES, CONTROL_DATE, INSTRUMENT = "Committees", "Control Date", "Instrument of Designation"
#: The columns that say what is imposed; the list had none of them before 2025.
IMPOSED = ("Targeted Financial Sanction", "Travel Ban", "Arms Embargo", "Maritime Restriction")

_REQUIRED = (REFERENCE, NAME, KIND, NAME_KIND, LISTING, COMMITTEES, CONTROL_DATE)
#: Every column that has a place in the model; others are kept as attributes.
KNOWN = (
    *_REQUIRED,
    *(STRENGTH, BIRTH_DATE, BIRTH_PLACE, CITIZENSHIP, ADDRESS, INFORMATION, IMO, INSTRUMENT),
    *IMPOSED,
)
HEADING = Heading(
    markers=(REFERENCE, NAME, NAME_KIND, COMMITTEES, CONTROL_DATE), enough=4, required=_REQUIRED, known=KNOWN
)

#: ``8077`` is the primary name's row, ``8077a`` an alias's, ``34c1`` the original script of alias ``34c``.
_REFERENCE = re.compile(r"(?P<number>\d+)\s*(?P<name>[a-z]*\d*)", re.IGNORECASE)
#: What the publisher writes where it has nothing to say.
_NOTHING = frozenset({"na", "n/a", "nil", "-"})
_LONGEST_NOTHING = max(map(len, _NOTHING))


@attrs.frozen
class Sheet:
    """The whole list, gathered: records in order of their first appearance."""

    records: tuple[Record, ...]
    rejected: tuple[RejectedRecord, ...]


def read_sheet(rows: Iterable[list[str]], name: str) -> Sheet:
    """Gather rows by reference; ``name`` is the file's, for messages.

    Raises:
        DamagedInputError: no heading row, or one that lacks a required column.
    """
    table = read_table(rows, HEADING, name)
    records: dict[str, Record] = {}
    rejected: list[RejectedRecord] = []
    references: set[str] = set()
    for row in table.rows:
        reference = row.cells[table.columns[REFERENCE]]
        if reference:
            _take(table, row, records, references)
        else:
            rejected.append(RejectedRecord(Origin(SOURCE_ID, locator=f"row {row.number}"), "the row has no Reference"))
    return Sheet(tuple(records.values()), tuple(rejected))


def _take(table: Table, row: Row, records: dict[str, Record], references: set[str]) -> None:
    reference = row.cells[table.columns[REFERENCE]]
    match = _REFERENCE.fullmatch(reference)
    number = match["number"] if match else reference
    if number not in records:
        records[number] = Record(SOURCE_ID, number, table.columns)
    record = records[number]
    row.cells[:] = ["" if len(cell) <= _LONGEST_NOTHING and cell.casefold() in _NOTHING else cell for cell in row.cells]
    record.take(row, table.width)
    if match is None:
        record.note("a reference that is no number with letters", Cell(reference, REFERENCE, row.number))
    if reference in references:
        record.note("a reference that stands twice", Cell(reference, REFERENCE, row.number))
    references.add(reference)
