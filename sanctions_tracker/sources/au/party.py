"""One record -> one target."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from sanctions_tracker.model import Address, Attribute, Birth, CountryTie, Name, Origin, Target
from sanctions_tracker.model.vocabulary import TargetKind, TieRole
from sanctions_tracker.sources import tables
from sanctions_tracker.sources.au.dates import dates, point
from sanctions_tracker.sources.au.documents import identifiers
from sanctions_tracker.sources.au.imposing import target_id
from sanctions_tracker.sources.au.sheet import (
    ADDRESS,
    BIRTH_DATE,
    BIRTH_PLACE,
    CITIZENSHIP,
    INFORMATION,
    INSTRUMENT,
    KIND,
    KNOWN,
    LISTING,
    SOURCE_ID,
)
from sanctions_tracker.sources.numbered import broken_numbering, items
from sanctions_tracker.sources.printed import nationalities, place_at_end, place_code
from sanctions_tracker.sources.rows import Cell, Record

_KINDS = {"individual": TargetKind.PERSON, "entity": TargetKind.ENTITY, "vessel": TargetKind.VESSEL}
_KNOWN = frozenset(KNOWN)
#: What parts the addresses, places and citizenships of a cell that numbers none of them.
_SEVERAL_LINES = re.compile(r";\s*\n\s*|\n\s*\n\s*|;\s{2,}")
_SEVERAL_COUNTRIES = re.compile(r"[,:;/\n]+")
_SHORT = 3
#: No country's name is longer, with all that is said beside it, in characters; nor are several of them together.
_LONGEST = 200
_SHORT_FORMS = frozenset({"UK", "USA", "UAE", "DRC"})
#: Free text that is kept whole; what it plainly labels is read from it as well.
_WHOLE = (INFORMATION, LISTING)


def kind_of(record: Record) -> TargetKind:
    """Person, entity or vessel; unknown, with a note, for another word."""
    cells = record.cells(KIND)
    kinds = {cell.text.casefold(): cell for cell in cells}
    if len(kinds) != 1:
        place = cells[0] if cells else record.cell(record.rows[0], KIND)
        record.note("several types, the first is taken" if cells else "no type", place._replace(text=", ".join(kinds)))
    kind = _KINDS.get(next(iter(kinds), ""))
    if kind is None and cells:
        record.note("unknown type", cells[0])
    return kind or TargetKind.UNKNOWN


def target(record: Record, names: tuple[Name, ...], texts: list[Attribute]) -> Target:
    """Build the target; ``texts`` is what was no name."""
    kind = kind_of(record)
    kept = [Attribute(KIND, cell.text, origin=record.origin(cell)) for cell in _unknown_kinds(record, kind)]
    return Target(
        id=target_id(record),
        kind=kind,
        names=names,
        births=tuple(_births(record)),
        countries=tuple(_citizenships(record)),
        addresses=tuple(_addresses(record)),
        identifiers=identifiers(record),
        attributes=(*texts, *kept, *_whole(record), *record.others(_KNOWN)),
        origin=Origin(SOURCE_ID, record.id, f"row {record.rows[0].number}"),
    )


def _unknown_kinds(record: Record, kind: TargetKind) -> list[Cell]:
    return [cell for cell in record.cells(KIND) if _KINDS.get(cell.text.casefold()) is not kind]


def _whole(record: Record) -> Iterator[Attribute]:
    for column in _WHOLE:
        for cell in record.cells(column):
            yield Attribute(column, cell.text, origin=record.origin(cell))
    for cell in record.cells(INSTRUMENT):
        if point(cell.text):
            record.note("a date in place of an instrument", cell)
            yield Attribute(INSTRUMENT, cell.text, point(cell.text), origin=record.origin(cell))


def _births(record: Record) -> Iterator[Birth]:
    """Dates and places apart, as the publisher does not pair them; only one date and one place are taken together."""
    dated, placed = _distinct(_birth_dates(record)), _distinct(_birth_places(record))
    if len(dated) == len(placed) == 1:
        yield _joined(dated[0], placed[0])
    else:
        yield from dated
        yield from placed


def _distinct(births: Iterator[Birth]) -> list[Birth]:
    found = list(births)
    return found if len(found) < 2 else list(dict.fromkeys(found))  # noqa: PLR2004  (nearly always there is one)


def _joined(dated: Birth, placed: Birth) -> Birth:
    one, other = dated.origin, placed.origin
    assert one is not None and other is not None  # noqa: S101, PT018  (both were made here)
    origin = Origin(SOURCE_ID, one.record, f"{one.locator}; {other.locator}", f"{one.raw}; {other.raw}")
    return Birth(dated.date, placed.place, placed.country, dated.note, origin)


def _birth_dates(record: Record) -> Iterator[Birth]:
    seen: set[str] = set()
    for cell in record.cells(BIRTH_DATE):
        read = dates(cell.text)
        note = cell.text if read.remark or read.unread else ""
        origin = record.origin(cell, cell.text)
        if read.unread:
            record.note("a date of birth that cannot be read", cell)
        for date in read.dates:
            if note or date.edtf not in seen:
                seen.add(date.edtf)
                yield Birth(date, note=note, origin=origin)
        if not read.dates:
            yield Birth(note=note, origin=origin)


def _birth_places(record: Record) -> Iterator[Birth]:
    for cell, item in _items(record, BIRTH_PLACE):
        yield Birth(place=item, country=_country(item), origin=record.origin(cell, cell.text))


def _addresses(record: Record) -> Iterator[Address]:
    """The addresses as they stand; where the last word is a country, it is the address's."""
    for cell, item in _items(record, ADDRESS):
        before, comma, last = item.rpartition(",")
        code = _country(item)
        lines = (before.strip() if comma else "", last.strip()) if code else (item, "")
        origin = record.origin(cell, cell.text)
        yield Address((lines[0],) if lines[0] else (), country=code, country_text=lines[1], origin=origin)


def _country(text: str) -> str | None:
    """The country with which a place ends; two or three letters are a state or a district as often as a country."""
    _, comma, end = text.rpartition(",")
    last = end.strip(" .")
    if len(last) > _LONGEST or (len(last) <= _SHORT and last not in _SHORT_FORMS):
        return None
    return place_at_end(f",{end}") if comma else place_code(text)  # the end alone: it is remembered for other places


def _items(record: Record, column: str) -> Iterator[tuple[Cell, str]]:
    """The single values of a column, each once."""
    seen: set[str] = set()
    for cell in record.cells(column):
        if broken_numbering(cell.text):
            record.note("a numbering that does not hold, kept as one value", cell)
        for text in _values(cell.text):
            if text not in seen:
                seen.add(text)
                yield cell, text


@lru_cache(maxsize=8192)
def _values(text: str) -> tuple[str, ...]:
    """What a cell lists, by numbers or line by line."""
    listed: Sequence[str] = items(text)
    if len(listed) == 1:
        listed = _SEVERAL_LINES.split(text) if ";" in text or "\n" in text else (text,)
    return tuple([value for item in listed if (value := item.strip(" ;\n"))])


def _citizenships(record: Record) -> Iterator[CountryTie]:
    seen: set[str] = set()
    for cell, item in _items(record, CITIZENSHIP):
        codes = _codes(item)
        origin = record.origin(cell, cell.text)
        if not codes:
            record.note("no country known by this name", cell._replace(text=item))
            yield CountryTie(TieRole.CITIZENSHIP, None, item, origin=origin)
        for code in codes:
            if code not in seen or _says_more(item):
                seen.add(code)
                yield CountryTie(TieRole.CITIZENSHIP, code, item, origin=origin)


def _says_more(text: str) -> bool:
    """Whether words beside a country stand in brackets: they are kept, even where the country is told above."""
    return "(" in text


@lru_cache(maxsize=2048)
def _codes(text: str) -> tuple[str, ...]:
    """The countries that a cell names; empty where not every one of them is known."""
    if len(text) > _LONGEST:
        return ()
    parts = [part.strip() for part in _SEVERAL_COUNTRIES.split(text) if part.strip()]
    if codes := nationalities(text):
        return codes
    found = [_one_country(part) for part in parts]
    if not all(found):
        found = [_one_country(word) for part in parts for word in part.split(" and ")]
    return tuple(code for codes in found for code in codes) if all(found) else ()


def _one_country(text: str) -> tuple[str, ...]:
    code = tables.mapping("au_citizenships", "word", "code").get(text)
    return (code,) if code else nationalities(text)
