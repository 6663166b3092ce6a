"""The rows of a companion file (aliases, addresses, comments), handed to the parties of the primary file.

The publisher sorts all files by the party's number, so that they can be gone
through side by side; a copy in another order is grouped in memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sanctions_tracker.model import Note, Origin
from sanctions_tracker.sources.ofac.csv_files import COLUMNS, CsvFile, CsvRow

#: More digits than any number of a party has.
_DIGITS = 18


def in_order(rows: Iterable[CsvRow]) -> bool:
    """Whether the first cells are whole numbers that never fall."""
    last = 0
    for _, cells in rows:
        number = int(cells[0][:_DIGITS]) if cells[0].isascii() and cells[0].isdecimal() else -1
        if number < last or str(number) != cells[0]:
            return False
        last = number
    return True


class Companion:
    """One companion file; each party's rows are handed over once, in the primary file's order.

    ``merging`` says that the primary file is in order: then rows are read as they are needed if this file is too.
    """

    def __init__(self, kind: str, file: CsvFile, *, merging: bool) -> None:
        self.source = file.source
        self._columns = COLUMNS[kind]
        self._misshapen: list[Note] = []
        self._nobodys: list[CsvRow] = []
        self._grouped: dict[str, list[CsvRow]] = {}
        self._rows: Iterator[CsvRow] = iter(())
        if merging and in_order(row for row in file.rows() if self._is_whole(row)):
            self._rows = self._whole(file.rows())
        else:
            for row in self._whole(file.rows()):
                self._grouped.setdefault(row[1][0], []).append(row)
        self._next = next(self._rows, None)

    def of(self, record: str) -> list[CsvRow]:
        """Hand over the rows of a party."""
        if self._grouped:
            return self._grouped.pop(record, [])
        found: list[CsvRow] = []
        while self._next and int(self._next[1][0]) <= int(record):
            (found if self._next[1][0] == record else self._nobodys).append(self._next)
            self._next = next(self._rows, None)
        return found

    def notes(self) -> Iterator[Note]:
        """What no party has taken, and rows of another shape; to be asked for at the end."""
        self._nobodys.extend([self._next] if self._next else [])
        self._nobodys.extend(self._rows)
        yield from self._misshapen
        for rows in (self._nobodys, *self._grouped.values()):
            for number, cells in rows:
                text = f"a row for a party that the primary file does not hold: {', '.join(filter(None, cells))}"
                yield Note(text, Origin(self.source, cells[0], f"row {number}"))

    def _is_whole(self, row: CsvRow) -> bool:
        cells = row[1]
        return len(cells) >= self._columns and bool(cells[0])

    def _whole(self, rows: Iterable[CsvRow]) -> Iterator[CsvRow]:
        """The rows of the publisher's shape; the others become notes."""
        for row in rows:
            if self._is_whole(row):
                yield row
            else:
                number, cells = row
                text = f"a row of {len(cells)} columns where {self._columns} are expected: {', '.join(cells)}"
                self._misshapen.append(Note(text, Origin(self.source, cells[0], f"row {number}")))
