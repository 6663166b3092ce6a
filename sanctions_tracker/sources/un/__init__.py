"""The United Nations: the Security Council's consolidated list, as XML.

Source of the layout: the Security Council's "sc-sanctions.xsd" and the lists of
2021 and 2025 themselves. An element of a name that this library does not know
becomes an attribute of its target.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import attrs

from sanctions_tracker.errors import DamagedInputError, ModelError
from sanctions_tracker.model import (
    Address,
    Attribute,
    CountryTie,
    Identifier,
    Measure,
    Note,
    Origin,
    PartialDate,
    RejectedRecord,
    Sanctioner,
    SanctionsList,
    Source,
    Target,
)
from sanctions_tracker.model.vocabulary import SanctionerKind, TargetKind, TieRole
from sanctions_tracker.sources.document import Document
from sanctions_tracker.sources.markup import elements
from sanctions_tracker.sources.numbered import items
from sanctions_tracker.sources.printed import nationalities
from sanctions_tracker.sources.registry import ListFormat, ListSource
from sanctions_tracker.sources.un.births import births
from sanctions_tracker.sources.un.dates import xml_date
from sanctions_tracker.sources.un.documents import identifiers
from sanctions_tracker.sources.un.imposing import SANCTIONER_ID, measures
from sanctions_tracker.sources.un.naming import ALIAS_TAGS, NAME_TAGS, ORIGINAL, names
from sanctions_tracker.sources.un.record import SOURCE_ID, Fields, Record, country_in, says_nothing, text_of

if TYPE_CHECKING:
    from lxml import etree

TITLE = "United Nations Security Council Consolidated List"
FORMAT = "un-consolidated-xml"

SANCTIONER = Sanctioner(
    SANCTIONER_ID,
    "United Nations Security Council",
    kind=SanctionerKind.INTERGOVERNMENTAL,
    country="UN",
    official_list="https://www.un.org/securitycouncil/content/un-sc-consolidated-list",
)

_KINDS = {"INDIVIDUAL": TargetKind.PERSON, "ENTITY": TargetKind.ENTITY}
_SECTIONS = {"INDIVIDUAL": "INDIVIDUALS", "ENTITY": "ENTITIES"}
_ROOT = "CONSOLIDATED_LIST"
_ADDRESS_TAGS = ("INDIVIDUAL_ADDRESS", "ENTITY_ADDRESS")
_ADDRESS_FIELDS = frozenset({"STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY", "NOTE"})
#: Elements that some function asks for; VERSIONNUM numbers the layout's versions, not the record's.
_KNOWN = frozenset(
    {
        *("DATAID", "VERSIONNUM", "UN_LIST_TYPE", "REFERENCE_NUMBER", "LISTED_ON", "COMMENTS1", "GENDER"),
        *("TITLE", "DESIGNATION", "NATIONALITY", "LIST_TYPE", "LAST_DAY_UPDATED"),
        *("INDIVIDUAL_DATE_OF_BIRTH", "INDIVIDUAL_PLACE_OF_BIRTH", "INDIVIDUAL_DOCUMENT"),
        *(*NAME_TAGS, ORIGINAL, *ALIAS_TAGS, *_ADDRESS_TAGS),
    }
)


def _recognise(document: Document) -> bool:
    """Whether the XML root is that of the consolidated list."""
    return document.root == ("", _ROOT)


@attrs.define
class _Gathered:
    """What one pass over the file gathers."""

    date: PartialDate | None = None
    seen: int = 0
    targets: dict[str, Target] = attrs.Factory(dict)
    measures: list[Measure] = attrs.Factory(list)
    rejected: list[RejectedRecord] = attrs.Factory(list)
    notes: list[Note] = attrs.Factory(list)


def _parse(document: Document) -> SanctionsList:
    """Read the whole file.

    Raises:
        DamagedInputError: the XML is malformed or cut short, holds no record, or one inside another.
        UnsafeInputError: it declares entities.
    """
    gathered = _Gathered()
    root: etree._Element | None = None
    for element in elements(document, tuple(_KINDS)):
        if root is None:
            root = element.getroottree().getroot()
            gathered.date = _generated(root, gathered.notes)
        _check_place(element, document)
        _beside(element, gathered)
        _take(element, gathered)
    if root is None:
        message = "the file holds no individual and no entity: it is not whole"
        raise DamagedInputError(message, file=document.name)
    _other_sections(root, gathered)
    return _list(gathered, document)


def _check_place(element: etree._Element, document: Document) -> None:
    """Refuse a record inside another: both would be read in part only."""
    above = [str(ancestor.tag) for ancestor in element.iterancestors()]
    if above != [_SECTIONS[str(element.tag)], _ROOT]:
        message = f"{element.tag} stands inside {'/'.join(reversed(above))}, where none is expected"
        raise DamagedInputError(message, file=document.name, locator=f"line {element.sourceline}")


def _generated(root: etree._Element, notes: list[Note]) -> PartialDate | None:
    printed = root.get("dateGenerated", "")
    date = xml_date(printed)
    if date is None:
        notes.append(Note("the list's own date cannot be read", Origin(SOURCE_ID, "", "@dateGenerated", printed)))
    return date


def _beside(element: etree._Element, gathered: _Gathered) -> None:
    """Report elements between this record and the one before it that are no records of a known kind."""
    for sibling in element.itersiblings("*", preceding=True):
        if sibling.tag in _KINDS:
            return
        _unknown_record(sibling, gathered)


def _unknown_record(element: etree._Element, gathered: _Gathered) -> None:
    """An element where a record is expected is counted, never passed over."""
    gathered.seen += 1
    number, text = _text_of_child(element, "DATAID"), text_of(element)[:80]
    origin = Origin(SOURCE_ID, number, f"{element.tag}, line {element.sourceline}", text)
    gathered.rejected.append(
        RejectedRecord(origin, f"a record of a kind that this reader does not know: {element.tag}")
    )


def _text_of_child(element: etree._Element, tag: str) -> str:
    found = element.find(tag)
    return text_of(found) if found is not None else ""


def _other_sections(root: etree._Element, gathered: _Gathered) -> None:
    """What stands behind the last record of a section, and sections of other names."""
    for section in root.iterchildren("*"):
        children = [child for child in section.iterchildren("*") if child.tag not in _KINDS]
        if section.tag in _SECTIONS.values() or any(len(child) for child in children):
            for child in children:
                _unknown_record(child, gathered)
        elif len(section) or text_of(section):
            origin = Origin(SOURCE_ID, "", str(section.tag), text_of(section))
            gathered.notes.append(Note(f"a section that this reader does not know: {section.tag}", origin))


def _take(element: etree._Element, gathered: _Gathered) -> None:
    gathered.seen += 1
    record = Record(element)
    place = f"{record.name}, line {element.sourceline}"
    number = record.id or record.peek("REFERENCE_NUMBER")
    if not number:
        gathered.rejected.append(RejectedRecord(record.origin(place), "neither DATAID nor REFERENCE_NUMBER"))
        return
    if not record.id:
        record.note("no DATAID: the record is known by its reference number", "DATAID", number)
    try:
        target, imposed = _read(record, f"un:{number}", gathered.date)
    except ModelError as error:
        gathered.rejected.append(RejectedRecord(record.origin(place), str(error)))
        return
    if target.id in gathered.targets:
        gathered.rejected.append(RejectedRecord(record.origin(place), f"a second record with the id {target.id}"))
        return
    gathered.targets[target.id] = target
    gathered.measures.extend(imposed)
    gathered.notes.extend(dict.fromkeys(record.notes))


def _read(record: Record, target_id: str, date: PartialDate | None) -> tuple[Target, tuple[Measure, ...]]:
    kind = _KINDS[record.name]
    found = names(record)
    numbers = list(identifiers(record))
    imposed = measures(record, target_id, kind, date)
    values: dict[str, tuple[object, ...]] = {
        "births": births(record),
        "addresses": tuple(dict.fromkeys(_addresses(record))),
        "countries": tuple(_ties(record)),
    }
    gender = _gender(record)
    positions = tuple(dict.fromkeys(part for _, text in record.listed("DESIGNATION") for part in items(text) if part))
    titles = [Attribute("Title", text, origin=record.origin(path)) for path, text in record.listed("TITLE")]
    documents = [number for number in numbers if isinstance(number, Attribute)]
    _unknown(record)
    target = Target(
        id=target_id,
        kind=kind,
        names=found,
        identifiers=tuple(number for number in numbers if isinstance(number, Identifier)),
        positions=positions,
        gender=gender,
        attributes=(*titles, *documents, *dict.fromkeys(record.extras)),
        origin=record.origin(record.name),
        **values,  # type: ignore[arg-type]  # each of its field's own type
    )
    return target, imposed


def _gender(record: Record) -> str:
    printed = record.one("GENDER")
    if printed.casefold() in {"male", "female", ""}:
        return printed.casefold()
    record.keep("GENDER", printed)
    return ""


def _ties(record: Record) -> Iterator[CountryTie]:
    for path, text in record.listed("NATIONALITY"):
        if says_nothing(text):
            continue
        codes = nationalities(text) if len(text) > 2 else ()  # noqa: PLR2004  (two letters are no code here)
        if not codes:
            record.note("no country known by this name", path, text)
        for code in codes or (None,):
            yield CountryTie(TieRole.NATIONALITY, code, text, origin=record.origin(path, text))


def _addresses(record: Record) -> Iterator[Address]:
    for tag in _ADDRESS_TAGS:
        for fields in record.groups(tag, _ADDRESS_FIELDS):
            yield _address(record, fields)


def _address(record: Record, fields: Fields) -> Address:
    """An address; where there is nothing but a note, the note is the address."""
    country, note = fields["COUNTRY"], fields["NOTE"]
    alone = len(fields.values) == 1 and bool(note)
    code = country_in(country) if country else country_in(note) if alone else None
    if country and code is None:
        record.note("no country known by this name", f"{fields.path}/COUNTRY", country)
    line = note if alone else fields["STREET"]
    return Address(
        lines=(line,) if line else (),
        city=fields["CITY"],
        region=fields["STATE_PROVINCE"],
        postcode=fields["ZIP_CODE"],
        country=code,
        country_text=country,
        note="" if alone else note,
        origin=record.origin(fields.path),
    )


def _unknown(record: Record) -> None:
    """Keep what stands under names that no other function asks for."""
    for tag in record.tags:
        if tag not in _KNOWN:
            record.everything(tag)


def _list(gathered: _Gathered, document: Document) -> SanctionsList:
    source = Source(
        SOURCE_ID,
        title=TITLE,
        publisher=SANCTIONER.name,
        language="en",
        kind="official_list",
        published=gathered.date,
        sha256=document.sha256(),
    )
    return SanctionsList(
        id=SOURCE_ID,
        title=TITLE,
        date=gathered.date,
        format=FORMAT,
        sanctioners=(SANCTIONER,),
        targets=tuple(gathered.targets.values()),
        measures=tuple(gathered.measures),
        sources=(source,),
        rejected=tuple(gathered.rejected),
        notes=tuple(gathered.notes),
        records_seen=gathered.seen,
    )


SOURCE = ListSource(
    id="un",
    title="United Nations",
    sanctioner=SANCTIONER,
    formats=(ListFormat(FORMAT, TITLE, _recognise, _parse),),
)
