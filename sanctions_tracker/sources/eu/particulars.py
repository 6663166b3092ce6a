"""Births, citizenships and addresses of a record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from sanctions_tracker.model import Address, Birth, CountryTie, Identifier
from sanctions_tracker.model.country import country_code
from sanctions_tracker.model.vocabulary import IdentifierType, TieRole
from sanctions_tracker.sources.eu.dates import DATE_FIELDS, birth_date, has_date
from sanctions_tracker.sources.eu.record import Part, Record, joined

#: What the publisher writes where no country is known: nothing to interpret.
_NO_COUNTRY = frozenset({"", "00"})
_UNKNOWN = frozenset({"", "UNKNOWN"})
_COUNTRY_FIELDS = ("countryIso2Code", "countryDescription")
_CONTACTS = {
    "PHONE": IdentifierType.PHONE,
    "FAX": IdentifierType.PHONE,
    "EMAIL": IdentifierType.EMAIL,
    "WEB": IdentifierType.WEBSITE,
}


#: What stands between several of one kind: the XML writes semicolons, the CSV of 2018 commas.
_SEVERAL = {IdentifierType.PHONE: re.compile("[;,]"), IdentifierType.EMAIL: re.compile("[;,]")}
_ONE = re.compile(";")


@lru_cache(maxsize=1024)
def _country(code: str, description: str) -> tuple[str | None, str]:
    text = description if description not in _UNKNOWN else ""
    if code in _NO_COUNTRY:
        return (country_code(text) if text else None), text
    return country_code(code) or (country_code(text) if text else None), text or code


def country(record: Record, part: Part) -> tuple[str | None, str]:
    """ISO code and printed name of a part's country; a note where no table knows it."""
    fields = part.fields
    code, text = _country(fields.get("countryIso2Code", "").strip(), fields.get("countryDescription", "").strip())
    if text and code is None:
        record.note("no country known by this name", part.locator, part.raw(_COUNTRY_FIELDS))
    return code, text


def citizenships(record: Record) -> tuple[CountryTie, ...]:
    """The countries whose citizen a person is said to be."""
    return tuple(tie for part in record.parts["citizenship"] for tie in _citizenship(record, part))


def _citizenship(record: Record, part: Part) -> Iterator[CountryTie]:
    code, text = country(record, part)
    region = part.text("region")
    note = joined(part.remark, f"region: {region}" if region else "", part.act_language)
    if code or text or note:
        origin = record.origin(part.locator, part.raw(_COUNTRY_FIELDS))
        yield CountryTie(TieRole.CITIZENSHIP, code, text, note, origin)


def births(record: Record) -> tuple[Birth, ...]:
    """Dates and places of birth; the publisher pairs a date with its place."""
    return tuple(birth for part in record.parts["birthdate"] for birth in _birth(record, part))


def _birth(record: Record, part: Part) -> Iterator[Birth]:
    code, text = country(record, part)
    date = birth_date(record, part, code)
    place = _place(part, ("place", "city", "zipCode", "region"))
    if text and code is None:
        place = ", ".join(filter(None, (place, text)))
    note = joined(part.remark, part.act_language)
    if date or place or code or note or has_date(part):
        raw = part.raw((*DATE_FIELDS, *_COUNTRY_FIELDS))
        yield Birth(date, place, code, note, record.origin(part.locator, raw))


def _place(part: Part, names: tuple[str, ...]) -> str:
    """The names of a place from the smallest to the largest, each once."""
    return ", ".join(dict.fromkeys([text for name in names if (text := part.text(name))]))


def addresses(record: Record) -> tuple[Address, ...]:
    """Addresses; contact details stand among the identifiers."""
    return tuple(address for part in record.parts["address"] for address in _address(record, part))


def _address(record: Record, part: Part) -> Iterator[Address]:
    code, country_text = country(record, part)
    lines = tuple([text for name in ("number", "street", "poBox", "place") if (text := part.text(name))])
    note = joined(part.remark, "as at listing time" if part.flag("asAtListingTime") else "", part.act_language)
    address = Address(
        lines,
        part.text("city"),
        part.text("region"),
        part.text("zipCode"),
        code,
        country_text,
        note,
        record.origin(part.locator, part.raw(_COUNTRY_FIELDS)),
    )
    if code or note or str(address):
        yield address


def contacts(record: Record) -> Iterator[Identifier]:
    """Telephone numbers, addresses of mail and of websites, which stand beside the addresses."""
    for part in record.parts["address"]:
        for key, value in part.contacts:
            kind = _CONTACTS.get(key.strip().upper())
            if kind is None:
                record.note("unknown contact", part.locator, f"{key}: {value}")
            for text in _SEVERAL.get(kind or IdentifierType.OTHER, _ONE).split(value):
                if text.strip():
                    origin = record.origin(f"{part.locator}/contactInfo", value)
                    yield Identifier(kind or IdentifierType.OTHER, text.strip(), key.strip(), origin=origin)
