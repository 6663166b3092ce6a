"""The table ``targets.simple.csv``: a row a party, several values of a cell parted by semicolons.

It says less than the entities: neither which names are weak or former, nor what kind of number an identifier is, nor
what ties a party to a country, nor who imposed a sanction. One note of the list says so.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import suppress

import attrs

from sanctions_tracker.errors import DamagedInputError
from sanctions_tracker.model import (
    Address,
    Attribute,
    Birth,
    CountryTie,
    Identifier,
    Measure,
    Name,
    Note,
    Origin,
    RejectedRecord,
    Sanctioner,
    Source,
    Target,
)
from sanctions_tracker.model.vocabulary import IdentifierType, MeasureKind, NameKind, TargetKind, TieRole
from sanctions_tracker.names.script import has_letter_or_digit
from sanctions_tracker.sources.document import MAX_COLUMNS, Document
from sanctions_tracker.sources.opensanctions.entities import SOURCE_ID, schemata
from sanctions_tracker.sources.opensanctions.imposing import UNSTATED
from sanctions_tracker.sources.opensanctions.relations import target_id
from sanctions_tracker.sources.opensanctions.values import country_of, date_of
from sanctions_tracker.sources.parts import Entry, Heading, Part

FORMAT = "opensanctions-simple-csv"
TITLE = "OpenSanctions targets"
#: A row's number and its cells.
_Numbered = tuple[int, list[str]]
#: By these the heading row is known.
MARKERS = frozenset({"id", "schema", "name", "aliases", "birth_date"})
_REQUIRED = ("id", "schema", "name")
_LESS = (
    "targets.simple.csv does not tell weak and former names from others, what kind of number an identifier is,"
    " what ties a party to a country, or who imposed a sanction"
)
_IDENTIFIERS = (
    ("identifiers", IdentifierType.OTHER),
    ("phones", IdentifierType.PHONE),
    ("emails", IdentifierType.EMAIL),
)
_TAKEN = frozenset(
    {"id", "schema", "name", "aliases", "birth_date", "countries", "addresses", "sanctions"}
    | {column for column, _ in _IDENTIFIERS}
)


def recognise(document: Document) -> bool:
    """Whether the first row holds the table's headings."""
    if document.workbook is not None or not document.first_rows:
        return False
    return {cell.strip().removeprefix("\ufeff") for cell in document.first_rows[0]} >= MARKERS


def parse(document: Document) -> Iterator[Part]:
    """The whole table; its rows are held, since which ``last_seen`` is the newest says how to read each.

    Raises:
        DamagedInputError: no UTF-8, NUL characters, a heading row that lacks a column, or no row behind it.
        UnsafeInputError: a line is too long to be held.
    """
    columns, rows = _table(document)
    held = list(rows)
    yield from _parts(columns, held, _newest(columns, held, document.name))


def parse_sparingly(document: Document) -> Iterator[Part]:
    """The same in two passes, a row at a time.

    Raises:
        DamagedInputError: as in one pass; the file changed between the two.
        UnsafeInputError: a line is too long to be held.
    """
    newest = _newest(*_table(document), document.name)
    with document.again() as second:
        columns, rows = _table(second)
        yield from _parts(columns, rows, newest)


def _parts(columns: dict[str, int], rows: Iterable[_Numbered], newest: str) -> Iterator[Part]:
    yield _heading(newest)
    yield Note(_LESS, Origin(SOURCE_ID, locator="row 1"))
    sanctioned = False
    for number, cells in rows:
        part = _Reader(_Row.of(columns, cells, number), newest).part()
        sanctioned = sanctioned or (isinstance(part, Entry) and bool(part.measures))
        yield part
    if sanctioned:
        yield _heading(newest, UNSTATED)


def _heading(newest: str, *sanctioners: Sanctioner) -> Heading:
    date = date_of(newest) if newest else None
    source = Source(SOURCE_ID, TITLE, "OpenSanctions", kind="aggregated_list", published=date)
    return Heading.of(source, *sanctioners)


def _newest(columns: dict[str, int], rows: Iterable[_Numbered], name: str) -> str:
    """The latest ``last_seen`` of all rows, which is the list's date."""
    index, newest, is_empty = columns.get("last_seen"), "", True
    for _, cells in rows:
        is_empty = False
        text = cells[index].strip() if index is not None and index < len(cells) else ""
        if text > newest and date_of(text):
            newest = text
    if is_empty:
        message = "no row stands behind the headings: cut short?"
        raise DamagedInputError(message, file=name)
    return newest


def _table(document: Document) -> tuple[dict[str, int], Iterator[_Numbered]]:
    """The columns, and the rows that hold anything."""
    rows = _rows(document)
    columns = _columns(next(rows)[1], document.name)
    return columns, ((number, cells) for number, cells in rows if any(map(str.strip, cells)))


def _rows(document: Document) -> Iterator[_Numbered]:
    """Each row with its number as a spreadsheet shows it."""
    reader = csv.reader(_lines(document), strict=True)
    try:
        for number, cells in enumerate(reader, 1):
            if len(cells) > MAX_COLUMNS:
                message = f"a row of {len(cells):,} cells"
                raise DamagedInputError(message, file=document.name, locator=f"row {number}")
            yield number, cells
    except csv.Error as error:
        message = f"the table is cut short or damaged ({error})"
        raise DamagedInputError(message, file=document.name, locator=f"line {reader.line_num}") from error


def _lines(document: Document) -> Iterator[str]:
    for number, line in enumerate(document.lines(), 1):
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            message = f"not sound UTF-8 ({error.reason})"
            place = f"line {number}, byte {error.start + 1}"
            raise DamagedInputError(message, file=document.name, locator=place) from error
        if "\0" in text:
            message = "a NUL character: the file is damaged"
            raise DamagedInputError(message, file=document.name, locator=f"line {number}")
        yield text


def _columns(heading: list[str], name: str) -> dict[str, int]:
    columns: dict[str, int] = {}
    for index, cell in enumerate(heading):
        title = cell.strip() or f"column {index + 1}"
        columns[title if title not in columns else f"{title} (column {index + 1})"] = index
    missing = [column for column in _REQUIRED if column not in columns]
    if missing:
        message = f"the table lacks the column(s) {', '.join(missing)}"
        raise DamagedInputError(message, file=name, locator="row 1")
    return columns


@attrs.frozen
class _Row:
    """A row: its texts by column, stripped, those beyond the headings, and the row's number."""

    texts: dict[str, str]
    beyond: list[str]
    number: int
    id: str
    sanctions: list[str]
    origins: dict[str, Origin] = attrs.field(factory=dict)

    @classmethod
    def of(cls, columns: dict[str, int], cells: list[str], number: int) -> _Row:
        """The cells of a row, which may end before the headings or go on behind them."""
        texts = dict(zip(columns, map(str.strip, cells), strict=False))
        sanctions = _distinct(texts.get("sanctions", ""))
        return cls(texts, cells[len(columns) :], number, texts.get("id", ""), sanctions)

    def text(self, column: str) -> str:
        """One cell; empty where the row ends before it."""
        return self.texts.get(column, "")

    def several(self, column: str) -> list[str]:
        """The values of a cell, quoted among themselves where they hold a semicolon."""
        return _distinct(self.texts.get(column, ""))

    @property
    def programmes(self) -> tuple[str, ...]:
        """The programmes belong to the sanction where there is one only."""
        return tuple(self.several("program_ids")) if len(self.sanctions) == 1 else ()

    def origin(self, column: str = "", raw: str | None = None) -> Origin:
        """Where a value stands; one value for all that stand in one cell."""
        if raw is None and column in self.origins:
            return self.origins[column]
        place = f"row {self.number}, column {column}" if column else f"row {self.number}"
        made = Origin(SOURCE_ID, self.id, place, raw)
        if raw is None:
            self.origins[column] = made
        return made


def _distinct(text: str) -> list[str]:
    if ";" not in text and '"' not in text:
        return [text] if text else []
    return list(dict.fromkeys(value.strip() for value in _parted(text) if value.strip()))


def _parted(text: str) -> list[str]:
    """The values of a cell, as a line of CSV with semicolons; parted at each of these where it is none.

    >>> _parted('Ordak Works;"Darvandi; Sons"')
    ['Ordak Works', 'Darvandi; Sons']
    """
    if '"' in text:
        with suppress(csv.Error):
            return [value for row in csv.reader(io.StringIO(text, newline=""), delimiter=";") for value in row]
    return text.split(";")


@attrs.define
class _Reader:
    """Reads one row. ``newest`` is the latest ``last_seen`` of the table."""

    row: _Row
    newest: str
    notes: list[Note] = attrs.field(factory=list)

    def part(self) -> Entry | RejectedRecord:
        """A target with its measures, or a rejected record."""
        names, attributes = self._names()
        if not names or not self.row.id:
            reason = "no name with a letter or a digit" if self.row.id else "the row has no id"
            return RejectedRecord(self.row.origin(), reason)
        return Entry(self._target(names, attributes), tuple(_measures(self.row)), tuple(dict.fromkeys(self.notes)))

    def note(self, what: str, column: str, text: str) -> None:
        """Say that a value was kept as printed."""
        self.notes.append(Note(f"{what}: {text!r}", self.row.origin(column, text)))

    def _names(self) -> tuple[tuple[Name, ...], list[Attribute]]:
        """The name, then the aliases; the first of these is the primary one where there is no name."""
        name = self.row.text("name")
        columns = {name: "name", **dict.fromkeys(self.row.several("aliases"), "aliases")}
        columns[name] = "name"
        names: list[Name] = []
        attributes = []
        for text, column in columns.items():
            if has_letter_or_digit(text):
                kind = NameKind.ALIAS if names else NameKind.PRIMARY
                names.append(Name(text, kind, origin=self.row.origin(column)))
            elif text:
                self.note("a name without letter or digit", column, text)
                attributes.append(Attribute(column, text, origin=self.row.origin(column)))
        return tuple(names), attributes

    def _target(self, names: tuple[Name, ...], attributes: list[Attribute]) -> Target:
        schema = self.row.text("schema")
        known = schemata().get(schema, ("party", "unknown"))
        if schema not in schemata():
            self.note("an unknown schema", "schema", schema)
            attributes.append(Attribute("schema", schema, origin=self.row.origin("schema")))
        return Target(
            target_id(self.row.id),
            TargetKind(known[1] or "unknown"),
            names,
            births=tuple(self._birth(text) for text in self.row.several("birth_date")),
            countries=tuple(self._tie(text) for text in self.row.several("countries")),
            addresses=tuple(
                Address((text,), origin=self.row.origin("addresses")) for text in self.row.several("addresses")
            ),
            identifiers=tuple(
                Identifier(kind, text, column, origin=self.row.origin(column))
                for column, kind in _IDENTIFIERS
                for text in self.row.several(column)
            ),
            attributes=(*attributes, *self._others()),
            origin=self.row.origin(),
        )

    def _birth(self, text: str) -> Birth:
        date = date_of(text)
        if date is None:
            self.note("a date that cannot be read", "birth_date", text)
        return Birth(date, note="" if date else text, origin=self.row.origin("birth_date", text))

    def _tie(self, text: str) -> CountryTie:
        code = country_of(text)
        if code is None:
            self.note("a country that no table knows", "countries", text)
        return CountryTie(
            TieRole.SEAT, code, text, note="the kind of tie is not told", origin=self.row.origin("countries")
        )

    def _others(self) -> Iterator[Attribute]:
        """Every column that has no place in the model, those that OpenSanctions adds one day among them."""
        for column, text in self.row.texts.items():
            if not text or column in _TAKEN:
                continue
            said = text == self.newest if column == "last_seen" else column == "program_ids" and self.row.programmes
            if not said:
                date = date_of(text) if column.endswith(("_seen", "_change")) else None
                yield Attribute(column, text, date=date, origin=self.row.origin(column))
        for index, cell in enumerate(self.row.beyond, len(self.row.texts) + 1):
            if cell.strip():
                self.note("a cell without a heading", str(index), cell)
                yield Attribute(f"column {index}", cell, origin=self.row.origin(str(index)))


def _measures(row: _Row) -> Iterator[Measure]:
    """A measure for each text on sanctions."""
    programmes = row.programmes
    for number, text in enumerate(row.sanctions, 1):
        yield Measure(
            f"{target_id(row.id)}/{number}",
            UNSTATED.id,
            target_id(row.id),
            MeasureKind.UNSPECIFIED,
            label=text,
            list_name=row.text("dataset"),
            programmes=programmes,
            origins=(row.origin("sanctions"),),
        )
