"""One record -> one target."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from sanctions_tracker.model import Address, Attribute, Birth, CountryTie, Name, Origin, Relation, Target
from sanctions_tracker.model.country import country_code
from sanctions_tracker.model.vocabulary import RelationKind, TargetKind, TieRole
from sanctions_tracker.sources.numbered import broken_numbering, items
from sanctions_tracker.sources.printed import nationalities, place_at_end, place_code
from sanctions_tracker.sources.uk.sheet import Cell
from sanctions_tracker.sources.uksl.dates import printed_date
from sanctions_tracker.sources.uksl.numbers import identifiers
from sanctions_tracker.sources.uksl.record import ADDRESSES, BIRTHPLACES, SOURCE_ID, Entry, Record

_TYPE, _GENDER = "Designation Type", "Gender"
_KINDS = {"individual": TargetKind.PERSON, "entity": TargetKind.ENTITY, "ship": TargetKind.VESSEL}
_LINES = tuple(f"Address Line {number}" for number in range(1, 7))
_POSTCODE, _COUNTRY = "Address Postal Code", "Address Country"
_TOWN, _BIRTH_COUNTRY = "Town of birth", "Country of birth"
_UNKNOWN_COUNTRY = "no country known by this name"
_RELATIONS = (
    ("Parent company", RelationKind.SUBSIDIARY_OF, False),
    ("Subsidiaries", RelationKind.PARENT_OF, False),
    ("Current owner/operator (s)", RelationKind.OWNED_OR_CONTROLLED_BY, False),
    ("Previous owner/operator (s)", RelationKind.OWNED_OR_CONTROLLED_BY, True),
)
_FLAGS = (("Current believed flag of ship", TieRole.FLAG), ("Previous flags", TieRole.FORMER_FLAG))
#: Kept under the publisher's own headings; of the itemised ones each item by itself.
_ITEMISED = ("Title",)
_PLAIN = (
    "Designation source",
    "Other Information",
    "Type of entity",
    "Type of ship",
    "Tonnage of ship",
    "Length of ship",
    "Year Built",
)


def kind_of(record: Record) -> TargetKind:
    """Person, entity or vessel; unknown, with a note, for another word or for several."""
    cells = record.cells(_TYPE)
    kinds = {_KINDS.get(cell.text.casefold()) for cell in cells}
    kind = kinds.pop() if len(kinds) == 1 else None
    if kind is None:
        printed = "; ".join(cell.text for cell in cells)
        record.note("unknown designation type", Cell(printed, _TYPE, cells[0].locator if cells else record.locator))
        record.unknown += cells
    return kind or TargetKind.UNKNOWN


def target(record: Record, kind: TargetKind, names: tuple[Name, ...], texts: list[Attribute]) -> Target:
    """Build the target; ``texts`` are those that were no names."""
    numbers, details = identifiers(record)
    gender, genders = _gender(record)
    return Target(
        id=record.target_id,
        kind=kind,
        names=names,
        births=tuple(_births(record)),
        countries=(*_nationalities(record), *_flags(record)),
        addresses=tuple(_address(record, entry) for entry in record.group(ADDRESSES)),
        identifiers=tuple(numbers),
        positions=tuple(dict.fromkeys([item for _, item in _items(record, "Position")])),
        gender=gender,
        relations=tuple(_relations(record)),
        attributes=(*texts, *details, *genders, *_attributes(record)),
        origin=Origin(SOURCE_ID, record.id, record.locator),
    )


def _items(record: Record, column: str) -> list[tuple[Cell, str]]:
    """The single values of a column; an item that says "none" is none."""
    found = []
    for cell in record.cells(column):
        if ")" not in cell.text:
            found.append((cell, cell.text))
            continue
        if broken_numbering(cell.text):
            record.note("a numbering that does not hold, kept as one value", cell)
        found += [(cell, item) for item in items(cell.text) if item]
    return found


def _gender(record: Record) -> tuple[str, list[Attribute]]:
    """Male and female in small letters, anything else as printed; further ones as attributes."""
    cells = record.cells(_GENDER)
    words = [cell.text.casefold() for cell in cells]
    further = [Attribute(_GENDER, cell.text, origin=record.origin(cell)) for cell in cells[1:]]
    if not cells:
        return "", []
    return (words[0] if words[0] in {"male", "female"} else cells[0].text), further


def _births(record: Record) -> Iterator[Birth]:
    """Dates and places of birth; the publisher does not say which date has which place.

    Only one date and one place are taken together.
    """
    dates = list(_birth_dates(record))
    places = [_birth_place(record, entry) for entry in record.group(BIRTHPLACES)]
    if len(dates) == len(places) == 1:
        yield _joined(dates[0], places[0])
    else:
        yield from dates
        yield from places


def _joined(dated: Birth, placed: Birth) -> Birth:
    origin = dated.origin
    if origin and placed.origin:
        raw = f"{origin.raw}; {placed.origin.raw}"
        origin = attrs.evolve(origin, locator=f"{origin.locator}; {placed.origin.locator}", raw=raw)
    note = "; ".join(part for part in (dated.note, placed.note) if part)
    return attrs.evolve(placed, date=dated.date, note=note, origin=origin)


def _birth_dates(record: Record) -> Iterator[Birth]:
    for cell, item in _items(record, "D.O.B"):
        date = printed_date(item)
        if date is None:
            record.note("a date of birth that cannot be read", cell, item)
        yield Birth(date, note="" if date else item, origin=record.origin(cell, cell.text))


def _birth_place(record: Record, entry: Entry) -> Birth:
    """One birthplace. A country that no table knows stands in the place's text."""
    cells = list(entry.values())
    town, country = (cell.text if (cell := entry.get(column)) else "" for column in (_TOWN, _BIRTH_COUNTRY))
    code = (place_code(country) or place_at_end(country)) if country else None
    if country and code is None:
        record.note(_UNKNOWN_COUNTRY, entry[_BIRTH_COUNTRY])
    plain = code is not None and country_code(country) == code
    raw = "; ".join(cell.text for cell in cells)
    return Birth(
        place=town if code or not country else ", ".join(part for part in (town, country) if part),
        country=code,
        note="" if plain or code is None else country,
        origin=Origin(SOURCE_ID, record.id, "; ".join(cell.locator for cell in cells), raw),
    )


def _nationalities(record: Record) -> Iterator[CountryTie]:
    for cell, item in _items(record, "Nationality(/ies)"):
        codes = nationalities(item)
        if not codes:
            record.note(_UNKNOWN_COUNTRY, cell, item)
        for code in codes or (None,):
            yield CountryTie(TieRole.NATIONALITY, code, item, origin=record.origin(cell, cell.text))


def _flags(record: Record) -> Iterator[CountryTie]:
    for column, role in _FLAGS:
        for cell, item in _items(record, column):
            parts = [part for part in item.replace("; ", ", ").split(", ") if part]
            for flag in parts if len(parts) > 1 and all(map(place_code, parts)) else (item,):
                code = place_code(flag)
                if code is None:
                    record.note(_UNKNOWN_COUNTRY, cell, flag)
                yield CountryTie(role, code, flag, origin=record.origin(cell, cell.text))


def _address(record: Record, entry: Entry) -> Address:
    """One address. The publisher does not say which line is the town: all stay lines."""
    lines = tuple([entry[column].text for column in _LINES if column in entry])
    postcode, country = entry.get(_POSTCODE), entry.get(_COUNTRY)
    code = (place_code(country.text) or place_at_end(country.text)) if country else None
    if country and code is None:
        record.note(_UNKNOWN_COUNTRY, country)
    first = next(iter(entry.values()))
    return Address(
        lines,
        postcode=postcode.text if postcode else "",
        country=code,
        country_text=country.text if country else "",
        origin=record.origin(first),
    )


def _relations(record: Record) -> Iterator[Relation]:
    for column, kind, former in _RELATIONS:
        for cell, item in _items(record, column):
            origin = record.origin(cell, cell.text)
            yield Relation(kind, text=item, label=column, former=former, origin=origin)


def _attributes(record: Record) -> Iterator[Attribute]:
    """What has no place of its own in the model, under the publisher's heading."""
    for column in _ITEMISED:
        for cell, item in _items(record, column):
            yield Attribute(column, item, origin=record.origin(cell, cell.text))
    cells = [cell for column in _PLAIN for cell in record.cells(column)]
    for cell in (*cells, *record.unknown):
        yield Attribute(cell.column, cell.text, origin=record.origin(cell))
