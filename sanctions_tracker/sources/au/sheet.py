"""The sheet of the Consolidated List: rows gathered by the number in their reference."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import product

from sanctions_tracker.model import Origin, RejectedRecord
from sanctions_tracker.sources.document import Document
from sanctions_tracker.sources.rows import Cell, Heading, Record, Row, gathered, read_table, table_rows

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
#: What the publisher writes where it has nothing to say, in any mixture of small letters and capitals.
_NOTHING = frozenset(
    "".join(letters) for word in ("na", "n/a", "nil", "-") for letters in product(*zip(word, word.upper(), strict=True))
)


class Sheet:
    """One pass over the list's table.

    Raises:
        DamagedInputError: no heading row, or one that lacks a required column.
    """

    def __init__(self, document: Document) -> None:
        self._table = read_table(table_rows(document), HEADING, document.name)
        self._reference = self._table.columns[REFERENCE]

    def numbers(self) -> Iterator[tuple[str, Row]]:
        """Each row with the number in its reference; an empty one where it has no reference."""
        at = self._reference
        for row in self._table.rows:
            reference = row.cells[at]
            match = _REFERENCE.fullmatch(reference)
            yield match["number"] if match else reference, row

    def records(self, last: Mapping[str, int] | None) -> Iterator[Record | RejectedRecord]:
        """The records, and rows that belong to none; ``last`` is as for :func:`.rows.gathered`."""
        for number, rows in gathered(self.numbers(), last):
            if number:
                yield self._record(number, rows)
            else:
                place = Origin(SOURCE_ID, locator=f"row {rows[0].number}")
                yield RejectedRecord(place, "the row has no Reference")

    def _record(self, number: str, rows: list[Row]) -> Record:
        record = Record(SOURCE_ID, number, self._table.columns)
        seen: set[str] = set()
        for row in rows:
            reference = row.cells[self._reference]
            if not _NOTHING.isdisjoint(row.cells):
                row.cells[:] = ["" if cell in _NOTHING else cell for cell in row.cells]
            record.take(row, self._table.width)
            if reference in seen:
                record.note("a reference that stands twice", Cell(reference, REFERENCE, row.number))
            seen.add(reference)
        if _REFERENCE.fullmatch(number) is None:
            record.note("a reference that is no number with letters", Cell(number, REFERENCE, rows[0].number))
        return record
