"""One group of rows -> one target."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

import attrs

from sanctions_tracker.model import Address, Attribute, Birth, CountryTie, Name, Origin, Target
from sanctions_tracker.model.country import country_code
from sanctions_tracker.model.vocabulary import TargetKind, TieRole
from sanctions_tracker.sources.numbered import broken_numbering, items
from sanctions_tracker.sources.printed import nationalities, partial_date, place_at_end, place_code
from sanctions_tracker.sources.uk.documents import identifiers
from sanctions_tracker.sources.uk.information import Information
from sanctions_tracker.sources.uk.sheet import ADDRESS_COLUMNS, KNOWN, SOURCE_ID, Cell, Group

_KINDS = {"individual": TargetKind.PERSON, "entity": TargetKind.ENTITY, "ship": TargetKind.VESSEL}
_KNOWN = frozenset(KNOWN)
_UNKNOWN_COUNTRY = "no country known by this name"


def target_id(group: Group) -> str:
    """The id of a group's target."""
    return f"gb:{group.id}"


def kind_of(group: Group) -> TargetKind:
    """Person, entity or vessel; unknown, with a note, for another word."""
    cell = group.first("Group Type")
    kind = _KINDS.get(cell.text.casefold(), TargetKind.UNKNOWN) if cell else TargetKind.UNKNOWN
    if kind is TargetKind.UNKNOWN:
        group.note("unknown group type", cell or Cell("", "Group Type", group.rows[0].number))
    return kind


def target(
    group: Group, kind: TargetKind, names: tuple[Name, ...], texts: list[Attribute], told: Information | None
) -> Target:
    """Build the target; ``told`` is the group's other information, ``texts`` what was no name."""
    documents, details = identifiers(group)
    return Target(
        id=target_id(group),
        kind=kind,
        names=names,
        births=tuple(dict.fromkeys(_births(group))),
        countries=(*_nationalities(group), *(told.countries if told else ())),
        addresses=_addresses(group),
        identifiers=(*documents, *(told.identifiers if told else ())),
        positions=tuple(dict.fromkeys(item for cell, item in _items(group, "Position") if item)),
        gender=told.gender if told else "",
        relations=tuple(told.relations) if told else (),
        attributes=(*texts, *_titles(group), *details, *(told.attributes if told else ()), *_unknown(group)),
        origin=Origin(SOURCE_ID, group.id, f"row {group.rows[0].number}"),
    )


def _items(group: Group, column: str) -> Iterator[tuple[Cell, str]]:
    """The single values of a column; an item that says "none" is an empty string."""
    for cell in group.cells(column):
        if broken_numbering(cell.text):
            group.note("a numbering that does not hold, kept as one value", cell)
        for item in items(cell.text):
            yield cell, item


def _titles(group: Group) -> list[Attribute]:
    """Titles, one attribute each; the title is a column of the person, no part of any one name."""
    found = {item: cell for cell, item in reversed(list(_items(group, "Title"))) if item}
    return [
        Attribute("Title", item, origin=group.origin(cell, cell.text)) for item, cell in reversed(list(found.items()))
    ]


def _births(group: Group) -> Iterator[Birth]:
    """Dates and places of birth; rows are a Cartesian product, so that nothing says which date has which place.

    Only one date and one place are taken together.
    """
    dates, places = list(_birth_dates(group)), list(_birth_places(group))
    if len(dates) == len(places) == 1:
        yield _joined(dates[0], places[0])
    else:
        yield from dates
        yield from places


def _joined(dated: Birth, placed: Birth) -> Birth:
    note = "; ".join(part for part in (dated.note, placed.note) if part)
    origin = dated.origin
    if origin and placed.origin:
        raw = f"{origin.raw}; {placed.origin.raw}"
        origin = attrs.evolve(origin, locator=f"{origin.locator}; {placed.origin.locator}", raw=raw)
    return attrs.evolve(placed, date=dated.date, note=note, origin=origin)


def _birth_dates(group: Group) -> Iterator[Birth]:
    for cell, item in _items(group, "DOB"):
        if not item:
            continue
        date = partial_date(item)
        if date is None:
            group.note("a date of birth that cannot be read", cell)
        yield Birth(date, note="" if date else item, origin=group.origin(cell, cell.text))


def _birth_places(group: Group) -> Iterator[Birth]:
    towns, countries = list(_items(group, "Town of Birth")), list(_items(group, "Country of Birth"))
    paired = len(towns) == len(countries)
    pairs = zip(towns, countries, strict=True) if paired else zip_longest(towns, [])
    for town, country in pairs:
        yield from _birth_place(group, town, country)
    if not paired:
        for country in countries:
            yield from _birth_place(group, None, country)


def _birth_place(group: Group, town: tuple[Cell, str] | None, country: tuple[Cell, str] | None) -> Iterator[Birth]:
    """One birthplace. A country that no table knows stands in the place's text."""
    place, name = town[1] if town else "", country[1] if country else ""
    cells = [found[0] for found in (town, country) if found]
    code = (place_code(name) or place_at_end(name)) if name else None
    if country and name and code is None:
        group.note(_UNKNOWN_COUNTRY, country[0]._replace(text=name))
    plain = code is not None and country_code(name) == code
    if place or name:
        yield Birth(
            place=place if code or not name else ", ".join(part for part in (place, name) if part),
            country=code,
            note="" if plain or code is None else name,
            origin=Origin(
                SOURCE_ID, group.id, "; ".join(c.locator for c in cells), "; ".join(cell.text for cell in cells)
            ),
        )


def _nationalities(group: Group) -> Iterator[CountryTie]:
    for cell, item in _items(group, "Nationality"):
        codes = nationalities(item) if item else ()
        origin = group.origin(cell, cell.text)
        for code in codes:
            yield CountryTie(TieRole.NATIONALITY, code, item, origin=origin)
        if item and not codes:
            group.note(_UNKNOWN_COUNTRY, cell._replace(text=item))
            yield CountryTie(TieRole.NATIONALITY, None, item, origin=origin)


def _addresses(group: Group) -> tuple[Address, ...]:
    """The distinct addresses. The publisher does not say which line is the town: all stay lines."""
    found: dict[tuple[tuple[str, ...], str, str], Address] = {}
    for row in group.distinct_rows((*ADDRESS_COLUMNS, "Post/Zip Code", "Country")):
        lines = tuple(line for column in ADDRESS_COLUMNS if (line := group.text(row, column)))
        key = (lines, group.text(row, "Post/Zip Code"), group.text(row, "Country"))
        if any(key) and key not in found:
            found[key] = _address(group, row.number, *key)
    return tuple(found.values())


def _address(group: Group, row: int, lines: tuple[str, ...], postcode: str, country: str) -> Address:
    cell = Cell(country, "Country", row)
    code = (place_code(country) or place_at_end(country)) if country else None
    if country and code is None:
        group.note(_UNKNOWN_COUNTRY, cell)
    origin = Origin(SOURCE_ID, group.id, f"row {row}, column Address 1 to Country")
    return Address(lines, postcode=postcode, country=code, country_text=country, origin=origin)


def _unknown(group: Group) -> Iterator[Attribute]:
    """Columns that this library has no place for."""
    for column in group.columns:
        if column not in _KNOWN:
            for cell in group.cells(column):
                yield Attribute(column, cell.text, origin=group.origin(cell))
