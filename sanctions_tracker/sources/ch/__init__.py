"""Switzerland: SECO's consolidated list (swiss-sanctions-list), as XML.

Read from the publisher's documented layout ("swiss-sanctions-list.xsd"): no
whole list was at hand. Targets that were taken off the list stay in it; their
last modification says so. ``added`` and ``removed`` inside a modification
repeat former states of a record and are not read: the record itself stands as
it is now.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from sanctions_tracker.errors import DamagedInputError, ModelError
from sanctions_tracker.model import (
    Address,
    Birth,
    Measure,
    Note,
    Origin,
    PartialDate,
    RejectedRecord,
    Relation,
    Sanctioner,
    SanctionsList,
    Source,
    Target,
)
from sanctions_tracker.sources.ch.imposing import SANCTIONER_ID, SanctionsSet, measures
from sanctions_tracker.sources.ch.party import Party, Place, party, place
from sanctions_tracker.sources.ch.record import SOURCE_ID, Record, everything, text_of
from sanctions_tracker.sources.document import Document
from sanctions_tracker.sources.markup import elements
from sanctions_tracker.sources.printed import partial_date
from sanctions_tracker.sources.registry import ListFormat, ListSource

if TYPE_CHECKING:
    from lxml import etree

TITLE = "SECO consolidated list of sanctions"
FORMAT = "ch-seco-xml"
_ROOT = "swiss-sanctions-list"
_RECORDS = ("sanctions-program", "place", "target")
_ENGLISH = "eng"
_WHOLE = "whole-list"

SANCTIONER = Sanctioner(
    SANCTIONER_ID, "State Secretariat for Economic Affairs (SECO)", country="CH", official_list=TITLE
)


def _recognise(document: Document) -> bool:
    """Whether the XML root is that of the Swiss list."""
    return document.root[1] == _ROOT


@attrs.define
class _Gathered:
    """What one pass over the file gathers."""

    date: PartialDate | None = None
    seen: int = 0
    sets: dict[str, SanctionsSet] = attrs.Factory(dict)
    places: dict[str, Place] = attrs.Factory(dict)
    parties: dict[str, Party] = attrs.Factory(dict)
    measures: list[Measure] = attrs.Factory(list)
    rejected: list[RejectedRecord] = attrs.Factory(list)
    notes: list[Note] = attrs.Factory(list)


def _parse(document: Document) -> SanctionsList:
    """Read the whole file.

    Raises:
        DamagedInputError: the XML is malformed or cut short, or holds no target.
        UnsafeInputError: it declares entities.
    """
    gathered = _Gathered()
    namespace = document.root[0]
    prefix = f"{{{namespace}}}" if namespace else ""
    root: etree._Element | None = None
    for element in elements(document, [prefix + name for name in _RECORDS]):
        parent = element.getparent()
        if parent is None or parent.getparent() is not None:
            _check_nested(element, document)
            continue
        root = parent
        _without_namespace(element, prefix)
        _beside(element, gathered, prefix)
        _take(element, gathered)
    if root is None or not gathered.seen:
        message = "the file holds no target: it is not whole"
        raise DamagedInputError(message, file=document.name)
    _about(root, gathered)
    _rest(root, gathered)
    return _list(gathered, document)


def _check_nested(element: etree._Element, document: Document) -> None:
    """Former states inside a modification repeat the names; anywhere else a record inside another is damage."""
    if not any(str(above.tag).endswith(("added", "removed")) for above in element.iterancestors()):
        message = f"{element.tag} stands where no record is expected"
        raise DamagedInputError(message, file=document.name, locator=f"line {element.sourceline}")


def _without_namespace(element: etree._Element, prefix: str) -> None:
    for child in element.iter("*") if prefix else ():
        child.tag = str(child.tag).removeprefix(prefix)


def _beside(element: etree._Element, gathered: _Gathered, prefix: str) -> None:
    """Count elements of other names that stand where a record is expected."""
    for sibling in element.itersiblings("*", preceding=True):
        if str(sibling.tag).removeprefix(prefix) in _RECORDS:
            return
        _unknown_record(sibling, gathered)


def _unknown_record(element: etree._Element, gathered: _Gathered) -> None:
    gathered.seen += 1
    origin = Origin(SOURCE_ID, element.get("ssid", ""), f"{element.tag}, line {element.sourceline}")
    reason = f"a record of a kind that this reader does not know: {element.tag}: {everything(element)[:80]}"
    gathered.rejected.append(RejectedRecord(origin, reason))


def _rest(root: etree._Element, gathered: _Gathered) -> None:
    """What stands behind the last record."""
    for element in root.iterchildren("*", reversed=True):
        if str(element.tag).rpartition("}")[2] in _RECORDS:
            return
        _unknown_record(element, gathered)


def _about(root: etree._Element, gathered: _Gathered) -> None:
    """The list's own date, and whether it is the whole list."""
    printed, kind = root.get("date", ""), root.get("list-type", "")
    gathered.date = partial_date(printed)
    if gathered.date is None:
        gathered.notes.append(Note("the list's own date cannot be read", Origin(SOURCE_ID, "", "@date", printed)))
    if kind != _WHOLE:
        gathered.notes.append(Note(f"not the whole list: {kind}", Origin(SOURCE_ID, "", "@list-type", kind)))


def _take(element: etree._Element, gathered: _Gathered) -> None:
    if element.tag == "sanctions-program":
        _programme(element, gathered)
    elif element.tag == "place":
        gathered.places[element.get("ssid", "")] = place(element)
    else:
        _target(element, gathered)


def _programme(element: etree._Element, gathered: _Gathered) -> None:
    """The sets of a programme, in English where the publisher has it."""
    key, ordinance = (_in_english(element, tag) for tag in ("program-key", "program-name"))
    origin = text_of(element.find("origin"))
    texts: dict[str, str] = {}
    for child in element.iterchildren("sanctions-set"):
        number = child.get("ssid", "")
        if number not in texts or child.get("lang") == _ENGLISH:
            texts[number] = text_of(child)
    for number, text in texts.items():
        gathered.sets[number] = SanctionsSet(text, key, ordinance, origin)


def _in_english(element: etree._Element, tag: str) -> str:
    found = list(element.iterchildren(tag))
    return text_of(next((child for child in found if child.get("lang") == _ENGLISH), found[0] if found else None))


def _target(element: etree._Element, gathered: _Gathered) -> None:
    gathered.seen += 1
    record = Record(element, gathered.seen)
    target_id = f"ch:{record.id}"
    origin = record.origin(record.locator)
    if not record.id:
        gathered.rejected.append(RejectedRecord(origin, "no ssid"))
        return
    if target_id in gathered.parties:
        gathered.rejected.append(RejectedRecord(origin, f"a second target with the id {target_id}"))
        return
    try:
        found = party(record, target_id)
    except ModelError as error:
        gathered.rejected.append(RejectedRecord(origin, str(error)))
        return
    gathered.measures.extend(measures(record, target_id, gathered.sets))
    record.unknown()
    target = attrs.evolve(found.target, attributes=tuple(dict.fromkeys(record.attributes)))
    gathered.parties[target_id] = found._replace(target=target)
    gathered.notes.extend(dict.fromkeys(record.notes))


def _joined(found: Party, gathered: _Gathered) -> Target:
    """The target with the places that it names, and relations to targets that the file holds."""
    target = found.target
    addresses = tuple(
        _at(address, number, gathered) for address, number in zip(target.addresses, found.addresses, strict=True)
    )
    births = tuple(_born(birth, number, gathered) for birth, number in zip(target.births, found.births, strict=True))
    relations = tuple(_related(relation, gathered) for relation in target.relations)
    return attrs.evolve(target, addresses=addresses, births=births, relations=relations)


def _place(number: str, origin: Origin | None, gathered: _Gathered) -> Place:
    if number and number not in gathered.places:
        gathered.notes.append(Note(f"a place that the file does not hold: {number}", origin))
    found = gathered.places.get(number, Place())
    if found.country_text and found.country is None:
        gathered.notes.append(Note(f"no country known by this name: {found.country_text}", origin))
    return found


def _at(address: Address, number: str, gathered: _Gathered) -> Address:
    found = _place(number, address.origin, gathered)
    return attrs.evolve(
        address,
        city=address.city or found.location,
        region=address.region or found.area,
        country=address.country or found.country,
        country_text=address.country_text or found.country_text,
    )


def _born(birth: Birth, number: str, gathered: _Gathered) -> Birth:
    found = _place(number, birth.origin, gathered)
    words = (birth.place, found.location, found.area, "" if found.country else found.country_text)
    text = ", ".join(dict.fromkeys(filter(None, words)))
    return attrs.evolve(birth, place=text, country=birth.country or found.country)


def _related(relation: Relation, gathered: _Gathered) -> Relation:
    if not relation.other or relation.other in gathered.parties:
        return relation
    text = f"a relation to a target that the file does not hold: {relation.label} {relation.other}"
    gathered.notes.append(Note(text, relation.origin))
    return attrs.evolve(relation, other="", text=relation.other)


def _list(gathered: _Gathered, document: Document) -> SanctionsList:
    targets = tuple(_joined(found, gathered) for found in gathered.parties.values())
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
        targets=targets,
        measures=tuple(gathered.measures),
        sources=(source,),
        rejected=tuple(gathered.rejected),
        notes=tuple(gathered.notes),
        records_seen=gathered.seen,
    )


SOURCE = ListSource(
    id="ch",
    title="Switzerland",
    sanctioner=SANCTIONER,
    formats=(ListFormat(FORMAT, TITLE, _recognise, _parse),),
)
