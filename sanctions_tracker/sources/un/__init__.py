"""The United Nations: the Security Council's consolidated list, as XML.

Source of the layout: the Security Council's "sc-sanctions.xsd" and the lists of
2021 and 2025 themselves. An element of a name that this library does not know
becomes an attribute of its target.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

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
    Source,
    Target,
)
from sanctions_tracker.model.vocabulary import SanctionerKind, TargetKind, TieRole
from sanctions_tracker.sources.document import Document
from sanctions_tracker.sources.markup import elements
from sanctions_tracker.sources.numbered import items
from sanctions_tracker.sources.parts import Entry, Heading, Part
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


def _parse(document: Document) -> Iterator[Part]:
    """Read the whole file, record by record.

    Raises:
        DamagedInputError: the XML is malformed or cut short, holds no record, or one inside another.
        UnsafeInputError: it declares entities.
    """
    root: etree._Element | None = None
    date: PartialDate | None = None
    for element in elements(document, tuple(_KINDS)):
        if root is None:
            root = element.getroottree().getroot()
            date = _generated(root)
            yield _heading(date)
            if date is None:
                origin = Origin(SOURCE_ID, "", "@dateGenerated", root.get("dateGenerated", ""))
                yield Note("the list's own date cannot be read", origin)
        _check_place(element, document)
        yield from _beside(element)
        yield _part(element, date)
    if root is None:
        message = "the file holds no individual and no entity: it is not whole"
        raise DamagedInputError(message, file=document.name)
    yield from _other_sections(root)


def _heading(date: PartialDate | None) -> Heading:
    source = Source(
        SOURCE_ID, title=TITLE, publisher=SANCTIONER.name, language="en", kind="official_list", published=date
    )
    return Heading.of(source, SANCTIONER)


def _check_place(element: etree._Element, document: Document) -> None:
    """Refuse a record inside another: both would be read in part only."""
    above = [str(ancestor.tag) for ancestor in element.iterancestors()]
    if above != [_SECTIONS[str(element.tag)], _ROOT]:
        message = f"{element.tag} stands inside {'/'.join(reversed(above))}, where none is expected"
        raise DamagedInputError(message, file=document.name, locator=f"line {element.sourceline}")


def _generated(root: etree._Element) -> PartialDate | None:
    return xml_date(root.get("dateGenerated", ""))


def _beside(element: etree._Element) -> Iterator[RejectedRecord]:
    """Elements between this record and the one before it that are no records of a known kind."""
    for sibling in element.itersiblings("*", preceding=True):
        if sibling.tag in _KINDS:
            return
        yield _unknown_record(sibling)


def _unknown_record(element: etree._Element) -> RejectedRecord:
    """An element where a record is expected is counted, never passed over."""
    number, text = _text_of_child(element, "DATAID"), text_of(element)[:80]
    origin = Origin(SOURCE_ID, number, f"{element.tag}, line {element.sourceline}", text)
    return RejectedRecord(origin, f"a record of a kind that this reader does not know: {element.tag}")


def _text_of_child(element: etree._Element, tag: str) -> str:
    found = element.find(tag)
    return text_of(found) if found is not None else ""


def _other_sections(root: etree._Element) -> Iterator[RejectedRecord | Note]:
    """What stands behind the last record of a section, and sections of other names."""
    for section in root.iterchildren("*"):
        children = [child for child in section.iterchildren("*") if child.tag not in _KINDS]
        if section.tag in _SECTIONS.values() or any(len(child) for child in children):
            yield from map(_unknown_record, children)
        elif len(section) or text_of(section):
            origin = Origin(SOURCE_ID, "", str(section.tag), text_of(section))
            yield Note(f"a section that this reader does not know: {section.tag}", origin)


def _part(element: etree._Element, date: PartialDate | None) -> Entry | RejectedRecord:
    record = Record(element)
    place = f"{record.name}, line {element.sourceline}"
    number = record.id or record.peek("REFERENCE_NUMBER")
    if not number:
        return RejectedRecord(record.origin(place), "neither DATAID nor REFERENCE_NUMBER")
    if not record.id:
        record.note("no DATAID: the record is known by its reference number", "DATAID", number)
    try:
        target, imposed = _read(record, f"un:{number}", place, date)
    except ModelError as error:
        return RejectedRecord(record.origin(place), str(error))
    return Entry(target, imposed, tuple(dict.fromkeys(record.notes)))


def _read(record: Record, target_id: str, place: str, date: PartialDate | None) -> tuple[Target, tuple[Measure, ...]]:
    kind = _KINDS[record.name]
    found = names(record)
    numbers = list(identifiers(record))
    imposed = measures(record, target_id, kind, date)
    born = births(record)
    addresses = _addresses(record)
    ties = tuple(_ties(record))
    gender = _gender(record)
    positions = [part for _, text in record.listed("DESIGNATION") for part in items(text) if part]
    titles = [Attribute("Title", text, origin=record.origin(path)) for path, text in record.listed("TITLE")]
    documents = [number for number in numbers if isinstance(number, Attribute)]
    record.unknown(_KNOWN)
    target = Target(
        id=target_id,
        kind=kind,
        names=found,
        births=born,
        countries=ties,
        addresses=addresses,
        identifiers=tuple([number for number in numbers if isinstance(number, Identifier)]),
        positions=tuple(dict.fromkeys(positions)),
        gender=gender,
        attributes=(*titles, *documents, *dict.fromkeys(record.extras)),
        origin=record.origin(place),
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


def _addresses(record: Record) -> tuple[Address, ...]:
    return tuple([_address(record, f) for tag in _ADDRESS_TAGS for f in record.groups(tag, _ADDRESS_FIELDS)])


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


SOURCE = ListSource(
    id="un",
    title="United Nations",
    sanctioner=SANCTIONER,
    formats=(ListFormat(FORMAT, TITLE, _recognise, _parse),),
)
