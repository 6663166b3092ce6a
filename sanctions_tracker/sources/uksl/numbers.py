"""References, documents, registers, ships' numbers and ways of contact."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from sanctions_tracker.model import Attribute, Identifier, Origin
from sanctions_tracker.model.vocabulary import IdentifierType
from sanctions_tracker.sources.check_digits import is_vessel_imo
from sanctions_tracker.sources.numbered import items
from sanctions_tracker.sources.uk import documents, sheet
from sanctions_tracker.sources.uksl.record import NATIONAL_IDENTIFIERS, PASSPORTS, UNIQUE_ID, Cell, Record

_REFERENCES = (UNIQUE_ID, "OFSI Group ID", "UN Reference Number")
_BUSINESS = "Business registration number (s)"
_IMO = "IMO number"
_OTHERS = (
    ("Hull identification number (HIN)", IdentifierType.OTHER),
    ("Crypto wallet address", IdentifierType.WALLET),
)
_CONTACTS = (
    ("Phone number", IdentifierType.PHONE),
    ("Website", IdentifierType.WEBSITE),
    ("Email address", IdentifierType.EMAIL),
)
#: Group -> its two columns here, and the headings under which the consolidated list's functions read them.
_DOCUMENTS = (
    (PASSPORTS, ("Passport number", "Passport additional information"), ("Passport Number", "Passport Details")),
    (
        NATIONAL_IDENTIFIERS,
        ("National Identifier number", "National Identifier additional information"),
        ("National Identification Number", "National Identification Details"),
    ),
)
_UN_REFERENCE = re.compile(r"[A-Z]{2,4}[A-Z]?[a-z]?\.?\s?[A-Z]?\.?\d[\w.]*")
_SEPARATED = re.compile(r"\s*[;,|]\s*|\s+and\s+|\n+")
_SHIP = re.compile(r"(?:IMO(?:\s+number)?\s*:?\s*)?(?P<number>\d{7})", re.IGNORECASE | re.ASCII)
_CONTACT_SEPARATED = re.compile(r"\s*[;,]\s*|\s+and\s+|\n+|\s+(?=\S+@)|(?<=\w)\s+/\s+")
_SHAPES = (
    (IdentifierType.EMAIL, re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")),
    (IdentifierType.WEBSITE, re.compile(r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)+(?:/\S*)?")),
    (IdentifierType.PHONE, re.compile(r"[+\d(][\d\s()/+.–-]{3,}\d\)?(?:\s*\([^()]*\))?")),
)


def identifiers(record: Record) -> tuple[list[Identifier], list[Attribute]]:
    """Every number of a record, and details of documents that belong to no number."""
    found = list(_references(record))
    attributes: list[Attribute] = []
    for group, ours, theirs in _DOCUMENTS:
        for entry in record.group(group):
            borrowed = _borrowed(record, {old: entry.get(new) for new, old in zip(ours, theirs, strict=True)})
            documented, details = documents.identifiers(borrowed)
            found += [attrs.evolve(identifier, label=ours[0]) for identifier in documented]
            attributes += [attrs.evolve(detail, name=ours[1]) for detail in details]
    for read in (_registrations, _ships, _others, _contacts):
        found += read(record)
    return found, attributes


def _references(record: Record) -> Iterator[Identifier]:
    """The record's numbers on this list, the consolidated list that it replaced, and the UN's."""
    for column in _REFERENCES:
        for cell in record.cells(column):
            parts = [part for part in _SEPARATED.split(cell.text) if part]
            several = len(parts) > 1 and all(map(_UN_REFERENCE.fullmatch, parts))
            for number in parts if several else (cell.text,):
                raw = cell.text if several else None
                yield Identifier(IdentifierType.LIST_REFERENCE, number, column, origin=record.origin(cell, raw))


@attrs.define
class _Borrowed(sheet.Group):
    """Cells of a record under the consolidated list's headings, so that its functions can read them."""

    ours: dict[str, Cell] = attrs.field(factory=dict)
    record: Record = attrs.field(kw_only=True)

    def origin(self, cell: sheet.Cell, raw: str | None = None) -> Origin:
        return self.record.origin(self.ours[cell.column], raw)


def _borrowed(record: Record, cells: dict[str, Cell | None]) -> _Borrowed:
    # The consolidated list of 2020 had no passport numbers but in the details; this list always has the column.
    columns = {heading: index for index, heading in enumerate(dict.fromkeys((*cells, "Passport Number")))}
    texts = [cell.text if (cell := cells.get(heading)) else "" for heading in columns]
    ours = {heading: cell for heading, cell in cells.items() if cell}
    return _Borrowed(record.id, columns, [sheet.Row(1, texts)], record.notes, ours, record=record)


def _registrations(record: Record) -> Iterator[Identifier]:
    for cell in record.cells(_BUSINESS):
        borrowed = _borrowed(record, {"Business Reg No": cell})
        for identifier in documents.registrations(borrowed, cell.text, sheet.Cell(cell.text, "Business Reg No", 1)):
            unlabelled = identifier.label == "Business Reg No"
            yield attrs.evolve(identifier, label=_BUSINESS) if unlabelled else identifier


def _ships(record: Record) -> Iterator[Identifier]:
    """Numbers of ships, most of them printed as ``IMO9074729``: the prefix is no part of the number."""
    for cell in record.cells(_IMO):
        for item in filter(None, items(cell.text)):
            match = _SHIP.fullmatch(item)
            number = match["number"] if match else item
            if not is_vessel_imo(number):
                record.note("no IMO number of a ship: wrong length or check digit", cell, item)
            raw = cell.text if number != cell.text else None
            yield Identifier(IdentifierType.IMO_VESSEL, number, _IMO, origin=record.origin(cell, raw))


def _others(record: Record) -> Iterator[Identifier]:
    for column, kind in _OTHERS:
        for cell in record.cells(column):
            yield Identifier(kind, cell.text, column, origin=record.origin(cell))


def _contacts(record: Record) -> Iterator[Identifier]:
    for column, kind in _CONTACTS:
        for cell in record.cells(column):
            for item in filter(None, items(cell.text, lenient=kind is IdentifierType.PHONE)):
                for part in _contact_parts(item):
                    raw = cell.text if part != cell.text else None
                    yield Identifier(_shape(part) or kind, part, column, origin=record.origin(cell, raw))


def _contact_parts(text: str) -> list[str]:
    """The addresses in a text, where nothing but separators stands between them; else the whole."""
    parts = [part for part in _CONTACT_SEPARATED.split(text) if part]
    return parts if len(parts) > 1 and all(map(_shape, parts)) else [text]


def _shape(text: str) -> IdentifierType | None:
    """What an address is by its shape: e-mail addresses stand under ``Website`` at times, and the reverse."""
    return next((kind for kind, pattern in _SHAPES if pattern.fullmatch(text)), None)
