"""What the headings of a table mean, and what divides its columns."""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping, Sequence

import attrs

from sanctions_tracker.errors import QueryError
from sanctions_tracker.screening.query import Query, known_headings

#: What may divide columns, the likeliest first.
DELIMITERS = (",", ";", "\t", "|")

#: The one heading under which a cell may hold a line break.
_OF_SEVERAL_LINES = "address"


@attrs.frozen
class Layout:
    """How a table is to be read, as far as its reader says so.

    ``delimiter`` divides columns, None to be told from the headings. ``named``
    gives headings of a query with the headings of the file that stand for them;
    ``ignored`` are headings of the file to pass over, ``ignore_unknown`` passes
    over all that mean nothing. ``extra`` are headings known beside those of a
    query.
    """

    encoding: str = "utf-8"
    delimiter: str | None = None
    named: Mapping[str, str] = attrs.field(factory=dict)
    ignored: Collection[str] = ()
    ignore_unknown: bool = False
    extra: Collection[str] = ()


@attrs.frozen
class Columns:
    """For each column the heading of a query, None where the column is passed over."""

    headings: tuple[str | None, ...]

    def __len__(self) -> int:
        return len(self.headings)

    def values(self, cells: Sequence[str]) -> dict[str, str]:
        """The cells of a row by their headings."""
        return {heading: cell for heading, cell in zip(self.headings, cells, strict=True) if heading}

    def broken(self, cells: Sequence[str]) -> bool:
        """Whether a line break stands where none may: not in an address, nor in a column that is passed over."""
        return any("\n" in cell and heading not in {None, _OF_SEVERAL_LINES} for heading, cell in self._with(cells))

    def _with(self, cells: Sequence[str]) -> zip[tuple[str | None, str]]:
        return zip(self.headings, cells, strict=True)


def plain(heading: str) -> str:
    """A heading as queries spell it.

    >>> plain(" Date of Birth")
    'date_of_birth'
    """
    return heading.strip().lower().replace(" ", "_").replace("-", "_")


def delimiter_of(header: str, layout: Layout) -> str:
    """What divides the columns: that by which most headings mean something, of two alike the likelier."""
    return max(DELIMITERS, key=lambda delimiter: _understood(header, delimiter, layout))


def _understood(header: str, delimiter: str, layout: Layout) -> int:
    known = {*known_headings(), *layout.extra}
    named = {*layout.named.values(), *layout.ignored}
    cells = next(csv.reader([header], delimiter=delimiter), [])
    return sum(plain(cell) in known or cell.strip() in named for cell in cells)


def columns_of(header: Sequence[str], layout: Layout) -> Columns:
    """What the headings of a file mean.

    Raises:
        QueryError: a heading means nothing or stands twice, one that was named is not there, or none is a name's.
    """
    known = {*known_headings(), *layout.extra}
    _check_named(header, layout, known)
    columns = Columns(tuple(_meaning(cell.strip(), layout, known) for cell in header))
    unknown = [cell.strip() for cell in header if _is_unknown(cell.strip(), layout, known)]
    if unknown and not layout.ignore_unknown:
        message = (
            f"unknown heading(s) {', '.join(map(repr, unknown))}: say what they are with --column name=HEADING, "
            f"or pass over them with --ignore-columns; known are {', '.join(sorted(known))}"
        )
        raise QueryError(message, value=unknown)
    _check_once(columns)
    return columns


def _is_unknown(cell: str, layout: Layout, known: Collection[str]) -> bool:
    return cell not in layout.ignored and _meaning(cell, layout, known) is None


def _meaning(cell: str, layout: Layout, known: Collection[str]) -> str | None:
    for heading, written in layout.named.items():
        if written == cell:
            return plain(heading)
    return plain(cell) if plain(cell) in known and cell not in layout.ignored else None


def _check_named(header: Sequence[str], layout: Layout, known: Collection[str]) -> None:
    there = {cell.strip() for cell in header}
    for heading, written in layout.named.items():
        if plain(heading) not in known:
            message = f"--column {heading}={written}: no heading is called {heading!r}; known are {', '.join(known)}"
            raise QueryError(message, value=heading)
        if written not in there:
            message = f"--column {heading}={written}: the file has no such heading, but {', '.join(map(repr, header))}"
            raise QueryError(message, value=written)
    for written in layout.ignored:
        if written not in there:
            message = f"--ignore {written}: the file has no such heading, but {', '.join(map(repr, header))}"
            raise QueryError(message, value=written)


def _check_once(columns: Columns) -> None:
    used = [heading for heading in columns.headings if heading]
    twice = {heading for heading in used if used.count(heading) > 1}
    if twice:
        message = f"several columns are {', '.join(sorted(twice))}: pass over all but one with --ignore HEADING"
        raise QueryError(message, value=twice)
    if not any(map(_is_name, used)):
        message = "no heading is that of a name: say which column holds the names with --column name=HEADING"
        raise QueryError(message, value=used)


def _is_name(heading: str) -> bool:
    """Whether a cell under the heading alone makes a query."""
    try:
        return Query.of({heading: "a"}).names == ("a",)
    except QueryError:
        return False
