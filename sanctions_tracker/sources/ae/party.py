"""One row -> one target and what is imposed on it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from sanctions_tracker.model import (
    Address,
    Attribute,
    Birth,
    CountryTie,
    Measure,
    MeasureEvent,
    Name,
    NamePart,
    Origin,
    PartialDate,
    Target,
)
from sanctions_tracker.model.vocabulary import EventKind, MeasureKind, NameKind, NamePartKind, TargetKind, TieRole
from sanctions_tracker.names.script import has_letter_or_digit
from sanctions_tracker.sources import tables
from sanctions_tracker.sources.ae.documents import documents
from sanctions_tracker.sources.ae.printed import (
    countries,
    country,
    country_within,
    current_and_former,
    printed_date,
)
from sanctions_tracker.sources.ae.sheet import (
    ALIAS,
    BIRTH_DATE,
    BIRTH_PLACE,
    CITY,
    CLASSIFICATION,
    COUNTRY,
    FAMILY_ARABIC,
    FAMILY_LATIN,
    INFORMATION,
    KNOWN,
    NAME_ARABIC,
    NAME_LATIN,
    NATIONALITY,
    SOURCE_ID,
    STREET,
)
from sanctions_tracker.sources.rows import Record, Row

SANCTIONER_ID = "ae-uaeiec"
LIST_NAME = "قائمة الإرهاب المحلية"
_KNOWN = frozenset(KNOWN)
_DECISION = re.compile(r"(?P<basis>قرار\s+مجلس\s+الوزراء\s+رقم\s*\(\s*[0-9]+\s*\)\s*لسنة\s*(?P<year>[0-9]{4}))")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")


def names(record: Record, row: Row) -> tuple[tuple[Name, ...], tuple[Attribute, ...]]:
    """The names of a row, and texts that are none.

    Both full names are the publisher's. The Latin one is primary, as on every other list; the
    Arabic one is the same name in the list's own script, or primary where it stands alone.
    """
    found: list[Name] = []
    texts: list[Attribute] = []
    latin = _name(record, row, (NAME_LATIN, FAMILY_LATIN), NameKind.PRIMARY, texts)
    kind = NameKind.ORIGINAL_SCRIPT if latin else NameKind.PRIMARY
    arabic = _name(record, row, (NAME_ARABIC, FAMILY_ARABIC), kind, texts)
    found += [name for name in (latin, arabic) if name]
    alias = _name(record, row, (ALIAS, ""), NameKind.ALIAS if found else NameKind.PRIMARY, texts)
    if alias and alias.text not in {name.text for name in found}:
        found.append(alias)
    return tuple(found), tuple(texts)


def _name(record: Record, row: Row, columns: tuple[str, str], kind: NameKind, texts: list[Attribute]) -> Name | None:
    cell, family = record.cell(row, columns[0]), record.cell(row, columns[1])
    parts = (NamePart(NamePartKind.FAMILY, family.text),) if family.text else ()
    if has_letter_or_digit(cell.text):
        return Name(cell.text, kind, parts=parts, origin=record.origin(cell))
    for kept in (cell, family):
        if kept.text:
            record.note("a name without letter or digit", kept)
            texts.append(Attribute(kept.column, kept.text, origin=record.origin(kept)))
    return None


@lru_cache(maxsize=256)
def _classified(text: str) -> dict[str, str]:
    """The row of the reviewed table for a classification; empty where it has none."""
    return _classes().get(" ".join(text.split()), {})


@lru_cache(maxsize=1)
def _classes() -> dict[str, dict[str, str]]:
    return {entry["word"]: entry for entry in tables.rows("ae_measures")}


def target(record: Record, row: Row, target_id: str, named: tuple[tuple[Name, ...], tuple[Attribute, ...]]) -> Target:
    """Build the target of a row; ``named`` is what :func:`names` found."""
    classified = _classified(record.text(row, CLASSIFICATION))
    if not classified:
        record.note("unknown classification", record.cell(row, CLASSIFICATION))
    identifiers, details = documents(record, row)
    return Target(
        id=target_id,
        kind=TargetKind(classified["kind"]) if classified else TargetKind.UNKNOWN,
        names=named[0],
        births=tuple(_births(record, row)),
        countries=tuple(_nationalities(record, row)),
        addresses=tuple(_addresses(record, row)),
        identifiers=identifiers,
        attributes=(*named[1], *_kept(record, row), *details, *record.others(_KNOWN)),
        origin=Origin(SOURCE_ID, record.id, f"row {row.number}"),
    )


def _kept(record: Record, row: Row) -> Iterator[Attribute]:
    """The classification, which is the measure's label too, and the information, which names the decision."""
    for column in (CLASSIFICATION, INFORMATION):
        cell = record.cell(row, column)
        if cell.text:
            yield Attribute(column, cell.text, origin=record.origin(cell))


def _births(record: Record, row: Row) -> Iterator[Birth]:
    dated, placed = record.cell(row, BIRTH_DATE), record.cell(row, BIRTH_PLACE)
    date = printed_date(dated.text) if dated.text else None
    if dated.text and date is None:
        record.note("a date of birth that cannot be read", dated)
    cells = [cell for cell in (dated, placed) if cell.text]
    if cells:
        yield Birth(
            date,
            placed.text,
            country_within(placed.text),
            note=dated.text if dated.text and date is None else "",
            origin=Origin(
                SOURCE_ID, record.id, "; ".join(c.locator for c in cells), "; ".join(cell.text for cell in cells)
            ),
        )


def _nationalities(record: Record, row: Row) -> Iterator[CountryTie]:
    cell = record.cell(row, NATIONALITY)
    both = current_and_former(cell.text)
    told = ((both[0], ""), (both[1], "السابقة")) if both else ((cell.text, ""),)
    for text, note in told:
        codes = countries(text)
        if text and not codes:
            record.note("no country known by this name", cell._replace(text=text))
        for code in codes or ((None,) if text else ()):
            yield CountryTie(TieRole.NATIONALITY, code, text, note=note, origin=record.origin(cell, cell.text))


def _addresses(record: Record, row: Row) -> Iterator[Address]:
    street, city, state = (record.cell(row, column) for column in (STREET, CITY, COUNTRY))
    if street.text or city.text or state.text:
        code = country(state.text) or country_within(state.text)
        if state.text and code is None:
            record.note("no country known by this name", state)
        origin = Origin(SOURCE_ID, record.id, f"row {row.number}, column {STREET} to {COUNTRY}")
        lines = (street.text,) if street.text else ()
        yield Address(lines, city=city.text, country=code, country_text=state.text, origin=origin)


def measures(record: Record, row: Row, target_id: str) -> Iterator[Measure]:
    """What the list brings with it: the designation as a terrorist, and the freeze by law."""
    cell = record.cell(row, CLASSIFICATION)
    classified = _classified(cell.text)
    basis, events = _decision(record, row)
    for kind in (classified.get("measures") or MeasureKind.UNSPECIFIED.value).split():
        yield Measure(
            id=f"{target_id}/{kind.replace('_', '-')}",
            sanctioner=SANCTIONER_ID,
            target=target_id,
            kind=MeasureKind(kind),
            label=cell.text,
            list_name=LIST_NAME,
            programmes=(LIST_NAME,),
            legal_bases=basis,
            events=events,
            origins=(record.origin(cell),),
        )


def _decision(record: Record, row: Row) -> tuple[tuple[str, ...], tuple[MeasureEvent, ...]]:
    """The Cabinet's decision by which the person is listed, and its year: the list states no day."""
    cell = record.cell(row, INFORMATION)
    decisions = _decisions(cell.text)
    if not decisions:
        record.note("no decision of listing", cell)
    events = tuple(
        [
            MeasureEvent(EventKind.LISTED, PartialDate(year), note=basis, origin=record.origin(cell, basis))
            for basis, year in decisions
            if year != "0000"
        ]
    )
    return tuple([basis for basis, _ in decisions]), events


@lru_cache(maxsize=1024)
def _decisions(text: str) -> tuple[tuple[str, str], ...]:
    """The decisions that a text names, each with its year; one decision lists many persons."""
    return tuple([(match["basis"], match["year"]) for match in _DECISION.finditer(text.translate(_DIGITS))])
