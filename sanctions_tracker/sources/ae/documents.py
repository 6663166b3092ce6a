"""The document of a row: its type, its number or numbers, who issued it and when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from sanctions_tracker.model import Attribute, Identifier, PartialDate
from sanctions_tracker.model.vocabulary import IdentifierType
from sanctions_tracker.sources import tables
from sanctions_tracker.sources.ae.printed import country, printed_date
from sanctions_tracker.sources.ae.sheet import DOCUMENT_NUMBER, DOCUMENT_TYPE, EXPIRES, ISSUED, ISSUER
from sanctions_tracker.sources.rows import Record, Row

#: A line of a cell with several numbers: the people whose passport it is, and the number.
_LINE = re.compile(r"(?P<whose>[^\d:]+?)\s*رقم\s*:\s*(?P<number>\S.*)")
_COLUMNS = (DOCUMENT_TYPE, DOCUMENT_NUMBER, ISSUER, ISSUED, EXPIRES)


class _Printed(NamedTuple):
    """What the row prints beside the number."""

    kind: IdentifierType
    label: str
    country: str | None
    issuer: str
    issued: PartialDate | None
    expires: PartialDate | None
    note: str


@lru_cache(maxsize=1)
def _types() -> dict[str, dict[str, str]]:
    """The publisher's word for a document -> its row of the reviewed table."""
    return {entry["word"]: entry for entry in tables.rows("ae_documents")}


def documents(record: Record, row: Row) -> tuple[tuple[Identifier, ...], tuple[Attribute, ...]]:
    """The identifiers of a row; its other cells as attributes where it prints no number."""
    cell = record.cell(row, DOCUMENT_NUMBER)
    if not cell.text:
        cells = [record.cell(row, column) for column in _COLUMNS]
        return (), tuple(Attribute(c.column, c.text, origin=record.origin(c)) for c in cells if c.text)
    printed = _printed(record, row)
    return tuple(_identifiers(record, row, printed)), ()


def _identifiers(record: Record, row: Row, printed: _Printed) -> Iterator[Identifier]:
    cell = record.cell(row, DOCUMENT_NUMBER)
    raw = "; ".join(filter(None, (cell.text, record.text(row, ISSUED), record.text(row, EXPIRES))))
    lines = [" ".join(line.split()) for line in cell.text.splitlines() if line.strip()]
    for line in lines:
        match = _LINE.fullmatch(line)
        yield Identifier(
            printed.kind,
            match["number"] if match else line,
            printed.label,
            country(match["whose"]) if match else printed.country,
            issuer=printed.issuer,
            issued=printed.issued,
            expires=printed.expires,
            note="; ".join(part for part in (match["whose"] if match else "", printed.note) if part),
            origin=record.origin(cell, raw),
        )


def _printed(record: Record, row: Row) -> _Printed:
    label, issuer = record.text(row, DOCUMENT_TYPE), record.text(row, ISSUER)
    known = _types().get(" ".join(label.split()))
    if label and known is None:
        record.note("unknown type of document", record.cell(row, DOCUMENT_TYPE))
    issued, first = _date(record, row, ISSUED)
    expires, second = _date(record, row, EXPIRES)
    if issued and expires and expires < issued:
        record.note("a document that expires before it is issued", record.cell(row, EXPIRES))
        expires, second = None, f"{EXPIRES}: {record.text(row, EXPIRES)}"
    return _Printed(
        IdentifierType(known["type"]) if known else IdentifierType.OTHER,
        label,
        (known["country"] if known else "") or country(issuer),
        issuer,
        issued,
        expires,
        "; ".join(part for part in (first, second) if part),
    )


def _date(record: Record, row: Row, column: str) -> tuple[PartialDate | None, str]:
    """A date, or the text that could not be read as one."""
    cell = record.cell(row, column)
    date = printed_date(cell.text) if cell.text else None
    if cell.text and date is None:
        record.note("a date that cannot be read", cell)
        return None, f"{column}: {cell.text}"
    return date, ""
