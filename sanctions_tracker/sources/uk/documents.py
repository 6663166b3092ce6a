"""Numbers of passports, identity cards and registers, and the words printed around them."""

from __future__ import annotations

import re
from typing import NamedTuple

from sanctions_tracker.model import Attribute, Identifier
from sanctions_tracker.model.vocabulary import IdentifierType
from sanctions_tracker.sources.numbered import broken_numbering, items, led_items
from sanctions_tracker.sources.printed import opening_country, place_code
from sanctions_tracker.sources.uk.sheet import Cell, Group, Noting

#: Shown in an identifier's note where number and words could not be told apart.
WHOLE_TEXT = "the number is the whole text of the publisher"

#: A number: capitals and digits, with the separators that stand inside one.
_NUMBER = r"(?=[A-Z /.\-]*\d)[A-Z\d](?:[A-Z\d/\-]|\.(?=[A-Z\d])|[ ](?=[A-Z]?\d))*"
_KEYWORD = r"(?:numbers?|nos?|card|code|id|certificate|licence|tazkira|passport)"
_AT_START = re.compile(rf"(?P<number>{_NUMBER})(?P<tail>(?:[\s,.;(:].*)?)", re.DOTALL)
_AFTER_WORDS = re.compile(
    rf"(?P<lead>[^\d]*?\b(?i:{_KEYWORD})\b[.:]*)\s*:?\s*(?P<number>{_NUMBER})(?P<tail>.*)", re.DOTALL
)
_AFTER_COUNTRY = re.compile(rf"(?P<lead>[^\W\d][^\d]*?)\s+(?P<number>{_NUMBER})(?P<tail>(?:[\s,.;(:].*)?)", re.DOTALL)
_ANOTHER = re.compile(r"\b[A-Z]{0,3}-?\d{5,}")
_FEWEST_CHARACTERS = 3
#: No number with its words is longer; the patterns would walk through a longer text many times over.
_MOST_CHARACTERS = 1000

_ABBREVIATIONS = (
    r"(?:TIN|INN|OGRN|KPP|SRN|BRN|CRN|BIN|OKPO|OKTMO|BIK|LEI|UEN|USCC|HRB|NIT|RIF|PSRN|INN/TIN|TIN/INN|SWIFT/BIC|SWIFT)"
)
_LABEL = rf"(?:{_ABBREVIATIONS}|[A-Z]{{2,5}}(?:[/ ][A-Z]{{2,5}})?(?=\s*[:–-])|[^\W\d][^\d:;]*?[a-z][^\d:;]*?)"
_REGISTERED = re.compile(
    rf"(?P<label>{_LABEL}(?:\s*:\s*{_ABBREVIATIONS})?)\s*[\s:–-]\s*(?P<number>{_NUMBER})(?:\s*\((?P<where>[^()]+)\))?"
)
_REGISTERED_FIRST = re.compile(rf"(?P<number>{_NUMBER})(?:\s*\((?P<where>[^()]+)\)|\s+[-–]\s+(?P<label>[^\d]+))?")
_SEPARATED = re.compile(r";\s+|\n+\s*|\.\s+(?=[A-Z])|,\s+|\s{2,}|\s+/\s+|\s+(?=" + _ABBREVIATIONS + r"\b)")
#: A word in the publisher's label -> the type. Read in this order.
_TYPES = (
    (re.compile(r"\b(?:LEI|Legal Entity)\b", re.IGNORECASE), IdentifierType.LEI),
    (re.compile(r"\b(?:SWIFT|BIC)\b"), IdentifierType.BIC),
    (re.compile(r"\b(?:TIN|INN|VAT|УНН|(?i:tax|taxpayer|fiscal))\b"), IdentifierType.TAX_ID),
)
_COLUMNS = (
    (IdentifierType.PASSPORT, "Passport Number", "Passport Details"),
    (IdentifierType.NATIONAL_ID, "National Identification Number", "National Identification Details"),
    (IdentifierType.NATIONAL_ID, "NI Number", ""),
)


class _Found(NamedTuple):
    """A number and the words around it; ``words`` is None where they could not be told apart."""

    number: str
    words: str | None


def identifiers(group: Group) -> tuple[list[Identifier], list[Attribute]]:
    """The documents of a group, and the details that belong to no number."""
    found: dict[Identifier, None] = {}
    attributes: list[Attribute] = []
    for kind, numbers, details in _COLUMNS:
        number_cells, detail_cells = group.cells(numbers), group.cells(details)
        for cell in number_cells:
            found.update(dict.fromkeys(documented(group, kind, cell, detail_cells)))
        if detail_cells and not number_cells:
            attributes += _lone_details(group, kind, detail_cells, found)
    return list(found), attributes


def _lone_details(
    group: Group, kind: IdentifierType, cells: list[Cell], found: dict[Identifier, None]
) -> list[Attribute]:
    """Details without a number beside them: the list of 2020 printed the numbers there."""
    attributes = []
    for cell in cells:
        if group.has("Passport Number") or not any(map(str.isdigit, cell.text)):
            attributes.append(Attribute(cell.column, cell.text, origin=group.origin(cell)))
        else:
            found.update(dict.fromkeys(documented(group, kind, cell, [])))
    return attributes


def documented(record: Noting, kind: IdentifierType, cell: Cell, details: list[Cell]) -> list[Identifier]:
    """The documents of a cell of numbers and the cells of their details, labelled by the cell's column.

    One identifier an item; details belong to the item of the same place, or to all where they are not itemised.
    """
    lead, listed = led_items(cell.text)
    numbers = listed or _bare_numbers(cell.text) or (cell.text,)
    if broken_numbering(cell.text):
        record.note("a numbering that does not hold, kept as one value", cell)
    detail_items = tuple(item for detail in details for item in items(detail.text))
    paired = len(detail_items) == len(numbers)
    shared = "; ".join(detail.text for detail in details)
    made = []
    for index, number in enumerate(numbers):
        detail = detail_items[index] if paired else shared
        if number:
            made.append(_document(record, kind, cell, number, (lead, detail, paired)))
        elif paired and detail:
            record.note("details without a number", details[0])
    return made


def _bare_numbers(text: str) -> tuple[str, ...]:
    """Numbers with nothing but full stops between them: ``734088604. 735958824``."""
    parts = re.split(r"\.\s+", text)
    return tuple(parts) if all(re.fullmatch(_NUMBER, part) for part in parts) else ()


def _document(record: Noting, kind: IdentifierType, cell: Cell, item: str, beside: tuple[str, str, bool]) -> Identifier:
    lead, detail, paired = beside
    found = _told_apart(item)
    if found.words is None:
        record.note("number and words not told apart, kept as one identifier", cell)
    words = found.words or ""
    around = " ".join(part for part in (lead, words) if part)
    country = opening_country(lead) or _country_of(words) or (opening_country(detail) if paired else None)
    note = "; ".join(part for part in (around, detail, WHOLE_TEXT if found.words is None else "") if part)
    return Identifier(
        _type(f"{around} {detail}", kind),
        found.number,
        cell.column,
        country,
        note=note,
        origin=record.origin(cell, cell.text),
    )


def _country_of(words: str) -> str | None:
    """The issuer in ``Libyan passport no.``, or in the brackets of ``… (Tunisian). Issued on …``."""
    return opening_country(words) or next(map(opening_country, re.findall(r"\(([^()]+)\)", words)), None)


def _told_apart(item: str) -> _Found:
    match = None
    if len(item) <= _MOST_CHARACTERS:
        match = _AT_START.fullmatch(item) or _AFTER_WORDS.fullmatch(item) or _after_country(item)
    if match is None or _ANOTHER.search(match["tail"]) or len(match["number"]) < _FEWEST_CHARACTERS:
        return _Found(item, None) if any(map(str.islower, item)) else _Found(item, "")
    number = match["number"].rstrip(" .-/")
    lead = match.groupdict().get("lead") or ""
    tail = match["tail"].strip().lstrip(".,;").strip()
    return _Found(number, " ".join(part for part in (lead, tail) if part))


def _after_country(item: str) -> re.Match[str] | None:
    """The match of ``Jordan 654781 (…)``: nothing but a country before the number."""
    match = _AFTER_COUNTRY.fullmatch(item)
    return match if match and place_code(match["lead"]) else None


def _type(words: str, default: IdentifierType) -> IdentifierType:
    if default is IdentifierType.PASSPORT:
        return default
    return next((kind for pattern, kind in _TYPES if pattern.search(words)), default)


def registrations(record: Noting, text: str, cell: Cell, label: str) -> list[Identifier]:
    """The numbers behind ``(Business Reg No):``, each with its own label where one is printed, else with ``label``."""
    found = []
    for item in filter(None, items(text)):
        parts = [item]
        if not _registered(item) and all(map(_registered, split := _SEPARATED.split(item.strip()))):
            parts = split
        found += [_registration(record, part.strip(), cell, label) for part in parts]
    return found


def _registered(item: str) -> re.Match[str] | None:
    if len(item) > _MOST_CHARACTERS:
        return None
    return _REGISTERED_FIRST.fullmatch(item.strip()) or _REGISTERED.fullmatch(item.strip())


def _registration(record: Noting, item: str, cell: Cell, default: str) -> Identifier:
    match = _registered(item)
    if match is None:
        record.note("number and words not told apart, kept as one identifier", cell._replace(text=item))
        kind = _type(item, IdentifierType.REGISTRATION)
        return Identifier(kind, item, default, note=WHOLE_TEXT, origin=record.origin(cell, item))
    label, where = (match["label"] or "").strip(" :-–"), match["where"] or ""
    country = place_code(where) or opening_country(label) if where or label else None
    kind = _type(f"{label} {where}", IdentifierType.REGISTRATION)
    return Identifier(kind, match["number"], label or default, country, note=where, origin=record.origin(cell, item))
