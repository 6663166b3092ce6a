"""The table ``targets.simple.csv``: a row a party, several values of a cell parted by semicolons.

It says less than the entities: neither which names are weak or former, nor what kind of number an identifier is, nor
what ties a party to a country, nor who imposed a sanction. One note of the list says so.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
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
    SanctionsList,
    Source,
    Target,
)
from sanctions_tracker.model.vocabulary import IdentifierType, MeasureKind, NameKind, TargetKind, TieRole
from sanctions_tracker.names.script import has_letter_or_digit
from sanctions_tracker.sources.document import Document
from sanctions_tracker.sources.opensanctions.entities import SOURCE_ID, schemata
from sanctions_tracker.sources.opensanctions.imposing import UNSTATED
from sanctions_tracker.sources.opensanctions.relations import target_id
from sanctions_tracker.sources.opensanctions.values import country_of, date_of

FORMAT = "opensanctions-simple-csv"
TITLE = "OpenSanctions targets"
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


def parse(document: Document) -> SanctionsList:
    """The whole table.

    Raises:
        DamagedInputError: no UTF-8, NUL characters, a heading row that lacks a column, or no row behind it.
    """
    rows = _rows(document)
    columns = _columns(next(rows)[1], document.name)
    read = [_Row.of(columns, cells, number) for number, cells in rows if any(cell.strip() for cell in cells)]
    if not read:
        message = "no row stands behind the headings: cut short?"
        raise DamagedInputError(message, file=document.name)
    table = _Table(max((text for row in read if date_of(text := row.text("last_seen"))), default=""))
    for row in read:
        table.take(row)
    date = date_of(table.newest) if table.newest else None
    return SanctionsList(
        id=SOURCE_ID,
        title=TITLE,
        date=date,
        format=FORMAT,
        sanctioners=(UNSTATED,) if table.measures else (),
        targets=tuple(table.targets),
        measures=tuple(table.measures),
        sources=(
            Source(SOURCE_ID, TITLE, "OpenSanctions", kind="aggregated_list", published=date, sha256=document.sha256()),
        ),
        rejected=tuple(table.rejected),
        notes=(Note(_LESS, Origin(SOURCE_ID, locator="row 1")), *table.notes),
        records_seen=len(read),
    )


def _rows(document: Document) -> Iterator[tuple[int, list[str]]]:
    """Each row with its number as a spreadsheet shows it."""
    try:
        text = document.content().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"not sound UTF-8 ({error.reason})"
        raise DamagedInputError(message, file=document.name, locator=f"byte {error.start}") from error
    if (at := text.find("\0")) >= 0:
        message = "a NUL character: the file is damaged"
        raise DamagedInputError(message, file=document.name, locator=f"line {text.count(chr(10), 0, at) + 1}")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        yield from enumerate(reader, 1)
    except csv.Error as error:
        message = f"the table is cut short or damaged ({error})"
        raise DamagedInputError(message, file=document.name, locator=f"line {reader.line_num}") from error


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
class _Table:
    """What has been read so far. ``newest`` is the latest ``last_seen``, which is the list's date."""

    newest: str
    targets: list[Target] = attrs.field(factory=list)
    measures: list[Measure] = attrs.field(factory=list)
    rejected: list[RejectedRecord] = attrs.field(factory=list)
    notes: list[Note] = attrs.field(factory=list)
    ids: dict[str, int] = attrs.field(factory=dict)

    def take(self, row: _Row) -> None:
        """One row: a target with its measures, or a rejected record."""
        names, attributes = self._names(row)
        reason = "" if names else "no name with a letter or a digit"
        if row.id in self.ids:
            reason = f"the id stands twice, first in row {self.ids[row.id]}"
        if not row.id:
            reason = "the row has no id"
        if reason:
            self.rejected.append(RejectedRecord(row.origin(), reason))
            return
        self.ids[row.id] = row.number
        self.targets.append(self._target(row, names, attributes))
        self.measures += _measures(row)

    def note(self, what: str, row: _Row, column: str, text: str) -> None:
        """Say that a value was kept as printed."""
        self.notes.append(Note(f"{what}: {text!r}", row.origin(column, text)))

    def _names(self, row: _Row) -> tuple[tuple[Name, ...], list[Attribute]]:
        """The name, then the aliases; the first of these is the primary one where there is no name."""
        name = row.text("name")
        columns = {name: "name", **dict.fromkeys(row.several("aliases"), "aliases")}
        columns[name] = "name"
        names: list[Name] = []
        attributes = []
        for text, column in columns.items():
            if has_letter_or_digit(text):
                kind = NameKind.ALIAS if names else NameKind.PRIMARY
                names.append(Name(text, kind, origin=row.origin(column)))
            elif text:
                self.note("a name without letter or digit", row, column, text)
                attributes.append(Attribute(column, text, origin=row.origin(column)))
        return tuple(names), attributes

    def _target(self, row: _Row, names: tuple[Name, ...], attributes: list[Attribute]) -> Target:
        schema = row.text("schema")
        known = schemata().get(schema, ("party", "unknown"))
        if schema not in schemata():
            self.note("an unknown schema", row, "schema", schema)
            attributes.append(Attribute("schema", schema, origin=row.origin("schema")))
        return Target(
            target_id(row.id),
            TargetKind(known[1] or "unknown"),
            names,
            births=tuple(self._birth(row, text) for text in row.several("birth_date")),
            countries=tuple(self._tie(row, text) for text in row.several("countries")),
            addresses=tuple(Address((text,), origin=row.origin("addresses")) for text in row.several("addresses")),
            identifiers=tuple(
                Identifier(kind, text, column, origin=row.origin(column))
                for column, kind in _IDENTIFIERS
                for text in row.several(column)
            ),
            attributes=(*attributes, *self._others(row)),
            origin=row.origin(),
        )

    def _birth(self, row: _Row, text: str) -> Birth:
        date = date_of(text)
        if date is None:
            self.note("a date that cannot be read", row, "birth_date", text)
        return Birth(date, note="" if date else text, origin=row.origin("birth_date", text))

    def _tie(self, row: _Row, text: str) -> CountryTie:
        code = country_of(text)
        if code is None:
            self.note("a country that no table knows", row, "countries", text)
        return CountryTie(TieRole.SEAT, code, text, note="the kind of tie is not told", origin=row.origin("countries"))

    def _others(self, row: _Row) -> Iterator[Attribute]:
        """Every column that has no place in the model, those that OpenSanctions adds one day among them."""
        for column, text in row.texts.items():
            if not text or column in _TAKEN:
                continue
            said = text == self.newest if column == "last_seen" else column == "program_ids" and row.programmes
            if not said:
                date = date_of(text) if column.endswith(("_seen", "_change")) else None
                yield Attribute(column, text, date=date, origin=row.origin(column))
        for index, cell in enumerate(row.beyond, len(row.texts) + 1):
            if cell.strip():
                self.note("a cell without a heading", row, str(index), cell)
                yield Attribute(f"column {index}", cell, origin=row.origin(str(index)))


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
