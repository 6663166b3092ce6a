"""References, documents, registers, ships' numbers and ways of contact."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from sanctions_tracker.model import Attribute, Identifier
from sanctions_tracker.model.vocabulary import IdentifierType
from sanctions_tracker.sources.numbered import items
from sanctions_tracker.sources.uk.documents import documented, registrations
from sanctions_tracker.sources.uksl.record import NATIONAL_IDENTIFIERS, PASSPORTS, UNIQUE_ID, Record

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
#: Group -> its type and its two columns.
_DOCUMENTS = (
    (PASSPORTS, IdentifierType.PASSPORT, "Passport number", "Passport additional information"),
    (
        NATIONAL_IDENTIFIERS,
        IdentifierType.NATIONAL_ID,
        "National Identifier number",
        "National Identifier additional information",
    ),
)
_UN_REFERENCE = re.compile(r"[A-Z]{2,4}[A-Z]?[a-z]?\.?\s?[A-Z]?\.?\d[\w.]*")
#: White space is looked at from where it begins: from each of its signs, a long one would take for ever.
_SEPARATED = re.compile(r"(?:(?<!\s)\s*)?[;,|]\s*|(?<!\s)\s+and\s+|\n+")
_SHIP = re.compile(r"(?:IMO(?:\s+number)?\s*:?\s*)?(?P<number>\d{7})", re.IGNORECASE | re.ASCII)
_CONTACT_SEPARATED = re.compile(r"(?:(?<!\s)\s*)?[;,]\s*|(?<!\s)\s+and\s+|(?<!\s)\s+(?=\S+@)|\n+|(?<=\w)\s+/\s+")
_SHAPES = (
    (IdentifierType.EMAIL, re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")),
    (IdentifierType.WEBSITE, re.compile(r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)+(?:/\S*)?")),
    (IdentifierType.PHONE, re.compile(r"[+\d(][\d\s()/+.–-]{3,}\d\)?(?:\s*\([^()]*\))?")),
)


def identifiers(record: Record) -> tuple[list[Identifier], list[Attribute]]:
    """Every number of a record, and details of documents that belong to no number."""
    found = list(_references(record))
    attributes: list[Attribute] = []
    for group, kind, number_column, details_column in _DOCUMENTS:
        for entry in record.group(group):
            number, details = entry.get(number_column), entry.get(details_column)
            if number:
                found += dict.fromkeys(documented(record, kind, number, [details] if details else []))
            elif details:
                attributes.append(Attribute(details_column, details.text, origin=record.origin(details)))
    for read in (_registrations, _ships, _others, _contacts):
        found += read(record)
    return found, attributes


def _references(record: Record) -> Iterator[Identifier]:
    """The record's numbers on this list, the consolidated list that it replaced, and the UN's."""
    for column in _REFERENCES:
        for cell in record.cells(column):
            numbers = () if cell.text.isalnum() else _several(cell.text)
            for number in numbers or (cell.text,):
                origin = record.origin(cell, cell.text if numbers else None)
                yield Identifier(IdentifierType.LIST_REFERENCE, number, column, origin=origin)


def _several(text: str) -> tuple[str, ...]:
    """The references in a text, where there are several and nothing else."""
    parts = tuple([part for part in _SEPARATED.split(text) if part])
    return parts if len(parts) > 1 and all(map(_UN_REFERENCE.fullmatch, parts)) else ()


def _registrations(record: Record) -> Iterator[Identifier]:
    for cell in record.cells(_BUSINESS):
        yield from registrations(record, cell.text, cell, _BUSINESS)


def _ships(record: Record) -> Iterator[Identifier]:
    """Numbers of ships, most of them printed as ``IMO9074729``: the prefix is no part of the number."""
    for cell in record.cells(_IMO):
        for item in filter(None, items(cell.text)):
            match = _SHIP.fullmatch(item)
            number = match["number"] if match else item
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


@lru_cache(maxsize=4096)
def _shape(text: str) -> IdentifierType | None:
    """What an address is by its shape: e-mail addresses stand under ``Website`` at times, and the reverse."""
    return next((kind for kind, pattern in _SHAPES if pattern.fullmatch(text)), None)
