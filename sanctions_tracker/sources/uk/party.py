"""One group of rows -> one target."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

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
_ADDRESS = (*ADDRESS_COLUMNS, "Post/Zip Code", "Country")
_UNKNOWN_COUNTRY = "no country known by this name"


def target_id(group: Group) -> str:
    """The id of a group's target."""
    return f"gb:{group.id}"


def kind_of(group: Group) -> TargetKind:
    """Person, entity or vessel; unknown, with a note, for another word."""
    cell = group.first("Group Type")
    kind = _KINDS.get(cell.text.casefold(), TargetKind.UNKNOWN) if cell else TargetKind.UNKNOWN
    if kind is TargetKind.UNKNOWN:
        group.note("unknown group type", cell or Cell.at("", "Group Type", group.rows[0].number))
    return kind


def target(
    group: Group, kind: TargetKind, names: tuple[Name, ...], texts: list[Attribute], told: Information | None
) -> Target:
    """Build the target; ``told`` is the group's other information, ``texts`` what was no name."""
    documents, details = identifiers(group)
    attributes = [*texts, *_titles(group), *details]
    if told:
        attributes += told.attributes
        documents += told.identifiers
    return Target(
        id=target_id(group),
        kind=kind,
        names=names,
        births=tuple(_births(group)),
        countries=(*_nationalities(group), *(told.countries if told else ())),
        addresses=_addresses(group),
        identifiers=tuple(documents),
        positions=tuple(dict.fromkeys([item for _, item in _items(group, "Position")])),
        gender=told.gender if told else "",
        relations=tuple(told.relations) if told else (),
        attributes=(*attributes, *_unknown(group)),
        origin=Origin(SOURCE_ID, group.id, f"row {group.rows[0].number}"),
    )


def _items(group: Group, column: str, *, blank: bool = False) -> list[tuple[Cell, str]]:
    """The single values of a column; with ``blank`` an item that says "none" is one, an empty string."""
    found = []
    for cell in group.cells(column):
        if ")" not in cell.text:
            found.append((cell, cell.text))
            continue
        if broken_numbering(cell.text):
            group.note("a numbering that does not hold, kept as one value", cell)
        found += [(cell, item) for item in items(cell.text) if item or blank]
    return found


def _titles(group: Group) -> list[Attribute]:
    """Titles, one attribute each; the title is a column of the person, no part of any one name."""
    found = {item: cell for cell, item in reversed(_items(group, "Title"))}
    return [
        Attribute("Title", item, origin=group.origin(cell, cell.text)) for item, cell in reversed(list(found.items()))
    ]


def _births(group: Group) -> list[Birth]:
    """Dates and places of birth; rows are a Cartesian product, so that nothing says which date has which place.

    Only one date and one place are taken together.
    """
    dates, places = _birth_dates(group), list(_birth_places(group))
    if len(dates) == len(places) == 1:
        return [_joined(dates[0], places[0])]
    return list(dict.fromkeys([*dates, *places]))


def _joined(dated: Birth, placed: Birth) -> Birth:
    note = "; ".join(part for part in (dated.note, placed.note) if part)
    one, other = dated.origin, placed.origin
    assert one is not None and other is not None  # noqa: S101, PT018  (both were made here)
    origin = Origin(SOURCE_ID, one.record, f"{one.locator}; {other.locator}", f"{one.raw}; {other.raw}")
    return Birth(dated.date, placed.place, placed.country, note, origin)


def _birth_dates(group: Group) -> list[Birth]:
    found = []
    for cell, item in _items(group, "DOB"):
        date = partial_date(item)
        if date is None:
            group.note("a date of birth that cannot be read", cell)
        found.append(Birth(date, note="" if date else item, origin=group.origin(cell, cell.text)))
    return found


def _birth_places(group: Group) -> Iterator[Birth]:
    towns, countries = _items(group, "Town of Birth", blank=True), _items(group, "Country of Birth", blank=True)
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
        codes = nationalities(item)
        origin = group.origin(cell, cell.text)
        for code in codes:
            yield CountryTie(TieRole.NATIONALITY, code, item, origin=origin)
        if not codes:
            group.note(_UNKNOWN_COUNTRY, cell._replace(text=item))
            yield CountryTie(TieRole.NATIONALITY, None, item, origin=origin)


def _addresses(group: Group) -> tuple[Address, ...]:
    """The distinct addresses. The publisher does not say which line is the town: all stay lines."""
    found: dict[tuple[tuple[str, ...], str, str], Address] = {}
    for (*texts, postcode, country), row in group.distinct(_ADDRESS).items():
        lines = tuple([text for text in texts if text])
        if (lines or postcode or country) and (lines, postcode, country) not in found:
            found[lines, postcode, country] = _address(group, row, lines, postcode, country)
    return tuple(found.values())


def _address(group: Group, row: int, lines: tuple[str, ...], postcode: str, country: str) -> Address:
    code = (place_code(country) or place_at_end(country)) if country else None
    if country and code is None:
        group.note(_UNKNOWN_COUNTRY, Cell.at(country, "Country", row))
    origin = Origin(SOURCE_ID, group.id, f"row {row}, column Address 1 to Country")
    return Address(lines, postcode=postcode, country=code, country_text=country, origin=origin)


def _unknown(group: Group) -> Iterator[Attribute]:
    """Columns that this library has no place for."""
    for column in group.columns.at:
        if column not in _KNOWN:
            for cell in group.cells(column):
                yield Attribute(column, cell.text, origin=group.origin(cell))
