"""Passports, registrations and other numbers of a record."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import attrs

from sanctions_tracker.errors import ModelError
from sanctions_tracker.model import Attribute, Identifier, PartialDate
from sanctions_tracker.model.vocabulary import IdentifierType, Validity
from sanctions_tracker.sources import tables
from sanctions_tracker.sources.check_digits import is_company_imo, is_vessel_imo
from sanctions_tracker.sources.eu.particulars import contacts, country
from sanctions_tracker.sources.eu.record import Part, Record, joined
from sanctions_tracker.sources.printed import partial_date

_FLAGS = {
    "diplomatic": "diplomatic",
    "knownExpired": "known to have expired",
    "knownFalse": "known to be false",
    "reportedLost": "reported lost",
    "revokedByIssuer": "revoked by the issuer",
}
_REMARKS = {"region": "region: ", "nameOnDocument": "name on document: ", "latinNumber": "Latin number: "}
_RAW = ("identificationTypeCode", "number", "countryIso2Code", "countryDescription")
_RAW_DATES = ("issueDate", "validFrom", "validTo")


@lru_cache(maxsize=1)
def _types() -> dict[str, IdentifierType]:
    return {code: IdentifierType(kind) for code, kind in tables.mapping("eu_identifications", "code", "type").items()}


@lru_cache(maxsize=1)
def _told_types() -> dict[str, IdentifierType]:
    """What a remark says of a number that the publisher files under other."""
    told = tables.mapping("eu_identification_remarks", "remark", "type")
    return {_plain(remark): IdentifierType(kind) for remark, kind in told.items()}


def _plain(remark: str) -> str:
    return remark.casefold().strip(" ().:;")


def identifiers(record: Record) -> tuple[Identifier, ...]:
    """Every number that identifies the party: documents, contact details, the UN's reference."""
    return (*_documents(record), *contacts(record), *_references(record))


def numberless(record: Record) -> Iterator[Attribute]:
    """Documents of which no number is told."""
    for part in record.parts["identification"]:
        if not part.text("number"):
            text = joined(_label(part), _note(part), part.raw(_RAW_DATES))
            origin = record.origin(part.locator, part.raw(_RAW))
            yield Attribute("identification", text, origin=origin)


def _references(record: Record) -> Iterator[Identifier]:
    if number := record.text("unitedNationId"):
        origin = record.origin(f"{record.locator}/@unitedNationId")
        yield Identifier(IdentifierType.LIST_REFERENCE, number, "UN reference number", country="UN", origin=origin)


def _documents(record: Record) -> Iterator[Identifier]:
    for part in record.parts["identification"]:
        if part.text("number"):
            yield _document(record, part)


def _label(part: Part) -> str:
    return part.text("identificationTypeDescription") or part.text("identificationTypeCode")


def _note(part: Part) -> str:
    flags = [words for name, words in _FLAGS.items() if part.flag(name)]
    remarks = [f"{before}{text}" for name, before in _REMARKS.items() if (text := part.text(name))]
    return joined(part.remark, *flags, *remarks, part.act_language)


def _document(record: Record, part: Part) -> Identifier:
    code, _ = country(record, part)
    kind = _type(record, part)
    number = part.text("number")
    valid_from = part.text("validFrom")
    identifier = Identifier(
        kind,
        number,
        _label(part),
        code,
        part.text("issuedBy"),
        issued=_date(record, part, "issueDate"),
        validity=Validity.FRAUDULENT if part.flag("knownFalse") else Validity.UNSTATED,
        note=joined(_note(part), f"valid from {valid_from}" if valid_from else ""),
        origin=record.origin(part.locator, part.raw(_RAW)),
    )
    identifier = _told_by_its_digits(identifier)
    expires = _date(record, part, "validTo")
    try:
        return attrs.evolve(identifier, expires=expires) if expires else _with_unread(part, identifier)
    except ModelError:
        record.note("a document that expires before it was issued", part.locator, part.raw(_RAW_DATES))
        return attrs.evolve(identifier, note=joined(identifier.note, part.raw(_RAW_DATES)))


def _with_unread(part: Part, identifier: Identifier) -> Identifier:
    """Dates that cannot be read stand in the note."""
    read = {"issueDate": identifier.issued, "validTo": None}
    unread = [f"{name}: {text}" for name, date in read.items() if date is None and (text := part.text(name))]
    return attrs.evolve(identifier, note=joined(identifier.note, *unread)) if unread else identifier


def _date(record: Record, part: Part, name: str) -> PartialDate | None:
    text = part.text(name)
    date = partial_date(text) if text else None
    if text and date is None:
        record.note("a document's date that cannot be read", part.locator, text)
    return date


def _type(record: Record, part: Part) -> IdentifierType:
    code = part.text("identificationTypeCode").casefold()
    kind = _types().get(code)
    if kind is None:
        record.note("unknown type of identification", part.locator, part.raw(_RAW))
    if kind is IdentifierType.OTHER and code == "other":
        return _told_types().get(_plain(part.remark), kind)
    return kind or IdentifierType.OTHER


def _told_by_its_digits(identifier: Identifier) -> Identifier:
    """An IMO number says by its check digit whether it is a ship's or a company's."""
    number = identifier.number.replace(" ", "")
    if identifier.type is IdentifierType.IMO_VESSEL and not is_vessel_imo(number) and is_company_imo(number):
        return attrs.evolve(identifier, type=IdentifierType.IMO_COMPANY)
    return identifier
