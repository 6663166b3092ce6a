"""Switzerland: SECO's consolidated list (swiss-sanctions-list), as XML.

Read from the publisher's documented layout ("swiss-sanctions-list.xsd") and
from samples of the list of 2026 that public readers of it hold: no whole list
was at hand. Programmes stand before the targets, places behind them, and
either may stand elsewhere. Targets that were taken off the list stay in it; their
last modification says so. ``added`` and ``removed`` inside a modification
repeat former states of a record and are not read: the record itself stands as
it is now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

import attrs

from sanctions_tracker.errors import DamagedInputError, ModelError
from sanctions_tracker.model import (
    Address,
    Birth,
    Note,
    Origin,
    RejectedRecord,
    Relation,
    Sanctioner,
    Source,
)
from sanctions_tracker.sources.ch.imposing import SANCTIONER_ID, Listing, SanctionsSet, listing, measures
from sanctions_tracker.sources.ch.party import Party, Place, party, place
from sanctions_tracker.sources.ch.record import SOURCE_ID, Record, everything, text_of
from sanctions_tracker.sources.document import Document
from sanctions_tracker.sources.markup import elements
from sanctions_tracker.sources.parts import Entry, Heading, Part
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
class _Directory:
    """What the file keeps apart from the targets: sets of sanctions, places, and which targets there are."""

    sets: dict[str, SanctionsSet] = attrs.Factory(dict)
    places: dict[str, Place] = attrs.Factory(dict)
    targets: set[str] = attrs.Factory(set)


class _Found(NamedTuple):
    """A target before its sets of sanctions, its places and its relations are looked up."""

    party: Party
    listing: Listing
    notes: tuple[Note, ...]


def _parse(document: Document) -> Iterator[Part]:
    """Read the whole file at once: the places stand behind the targets, which wait for them.

    Raises:
        DamagedInputError: the XML is malformed or cut short, or holds no target.
        UnsafeInputError: it declares entities.
    """
    directory = _Directory()
    waiting: list[_Found | RejectedRecord] = []
    for part in _walk(document, directory):
        if isinstance(part, (_Found, RejectedRecord)):
            waiting.append(part)
        else:
            yield part
    for part in waiting:
        yield _joined(part, directory) if isinstance(part, _Found) else part


def _sparing(document: Document) -> Iterator[Part]:
    """The same parts in two passes, one target held at a time.

    Raises:
        DamagedInputError, UnsafeInputError: as in one pass.
    """
    directory = _Directory()
    for _ in _walk(document, directory):
        pass  # the first pass only fills the directory
    with document.again() as second:
        for part in _walk(second, directory):
            yield _joined(part, directory) if isinstance(part, _Found) else part


def _walk(document: Document, directory: _Directory) -> Iterator[Heading | Note | RejectedRecord | _Found]:
    """The targets in the file's order; the directory is complete once the walk is."""
    root: etree._Element | None = None
    prefix = f"{{{document.root[0]}}}" if document.root[0] else ""
    seen = 0
    for element in _records(document, prefix):
        if root is None:
            root = element.getparent()
            yield from _about(root)
        _without_namespace(element, prefix)
        for stranger in _beside(element.itersiblings("*", preceding=True), prefix):
            seen += 1
            yield stranger
        if element.tag == "target":
            seen += 1
            yield _target(Record(element), directory)
        else:
            _file(element, directory)
    if root is None or not seen:
        message = "the file holds no target: it is not whole"
        raise DamagedInputError(message, file=document.name)
    yield from _beside(root.iterchildren("*", reversed=True), prefix)


def _records(document: Document, prefix: str) -> Iterator[etree._Element]:
    """The records below the root; former states inside a modification repeat their names."""
    for element in elements(document, [prefix + name for name in _RECORDS]):
        parent = element.getparent()
        if parent is not None and parent.getparent() is None:
            yield element
        else:
            _check_nested(element, document)


def _check_nested(element: etree._Element, document: Document) -> None:
    """Anywhere else than in a modification, a record inside another is damage."""
    if not any(str(above.tag).endswith(("added", "removed")) for above in element.iterancestors()):
        message = f"{element.tag} stands where no record is expected"
        raise DamagedInputError(message, file=document.name, locator=f"line {element.sourceline}")


def _without_namespace(element: etree._Element, prefix: str) -> None:
    for child in element.iter("*") if prefix else ():
        child.tag = str(child.tag).removeprefix(prefix)


def _beside(siblings: Iterable[etree._Element], prefix: str) -> Iterator[RejectedRecord]:
    """Elements of other names that stand where a record is expected, back to the last record."""
    for sibling in siblings:
        if str(sibling.tag).removeprefix(prefix) in _RECORDS:
            return
        origin = Origin(SOURCE_ID, sibling.get("ssid", ""), f"{sibling.tag}, line {sibling.sourceline}")
        reason = f"a record of a kind that this reader does not know: {sibling.tag}: {everything(sibling)[:80]}"
        yield RejectedRecord(origin, reason)


def _about(root: etree._Element | None) -> Iterator[Heading | Note]:
    """The list's own date, and whether it is the whole list."""
    printed, kind = (root.get("date", ""), root.get("list-type", "")) if root is not None else ("", "")
    date = partial_date(printed)
    source = Source(
        SOURCE_ID, title=TITLE, publisher=SANCTIONER.name, language="en", kind="official_list", published=date
    )
    yield Heading.of(source, SANCTIONER)
    if date is None:
        yield Note("the list's own date cannot be read", Origin(SOURCE_ID, "", "@date", printed))
    if kind != _WHOLE:
        yield Note(f"not the whole list: {kind}", Origin(SOURCE_ID, "", "@list-type", kind))


def _file(element: etree._Element, directory: _Directory) -> None:
    if element.tag == "sanctions-program":
        _programme(element, directory)
    else:
        directory.places[element.get("ssid", "")] = place(element)


def _programme(element: etree._Element, directory: _Directory) -> None:
    """The sets of a programme, in English where the publisher has it."""
    key, ordinance = (_in_english(element, tag) for tag in ("program-key", "program-name"))
    origin = text_of(element.find("origin"))
    texts: dict[str, str] = {}
    for child in element.iterchildren("sanctions-set"):
        number = child.get("ssid", "")
        if number not in texts or child.get("lang") == _ENGLISH:
            texts[number] = text_of(child)
    for number, text in texts.items():
        directory.sets[number] = SanctionsSet(text, key, ordinance, origin)


def _in_english(element: etree._Element, tag: str) -> str:
    found = list(element.iterchildren(tag))
    return text_of(next((child for child in found if child.get("lang") == _ENGLISH), found[0] if found else None))


def _target(record: Record, directory: _Directory) -> _Found | RejectedRecord:
    target_id = f"ch:{record.id}"
    if not record.id:
        return RejectedRecord(record.whole(), "no ssid")
    try:
        found = party(record, target_id)
    except ModelError as error:
        return RejectedRecord(record.whole(), str(error))
    told = listing(record)
    record.unknown()
    target = attrs.evolve(found.target, attributes=tuple(dict.fromkeys(record.attributes)))
    directory.targets.add(target_id)
    return _Found(found._replace(target=target), told, tuple(dict.fromkeys(record.notes)))


def _joined(found: _Found, directory: _Directory) -> Entry:
    """The target with the places that it names, and relations to targets that the file holds."""
    notes = list(found.notes)
    target, address_places, birth_places = found.party
    imposed = tuple(measures(found.listing, target, directory.sets, notes))
    addresses = [
        _at(address, _place(number, address.origin, directory, notes)) if number else address
        for address, number in zip(target.addresses, address_places, strict=True)
    ]
    births = [
        _born(birth, _place(number, birth.origin, directory, notes)) if number else birth
        for birth, number in zip(target.births, birth_places, strict=True)
    ]
    relations = [_related(relation, directory, notes) for relation in target.relations]
    whole = attrs.evolve(target, addresses=tuple(addresses), births=tuple(births), relations=tuple(relations))
    return Entry(whole, imposed, tuple(dict.fromkeys(notes)))


def _place(number: str, origin: Origin | None, directory: _Directory, notes: list[Note]) -> Place:
    if number not in directory.places:
        notes.append(Note(f"a place that the file does not hold: {number}", origin))
    found = directory.places.get(number, Place())
    if found.country_text and found.country is None:
        notes.append(Note(f"no country known by this name: {found.country_text}", origin))
    return found


def _at(address: Address, found: Place) -> Address:
    return attrs.evolve(
        address,
        city=address.city or found.location,
        region=address.region or found.area,
        country=address.country or found.country,
        country_text=address.country_text or found.country_text,
    )


def _born(birth: Birth, found: Place) -> Birth:
    words = (birth.place, found.location, found.area, "" if found.country else found.country_text)
    text = ", ".join(dict.fromkeys(filter(None, words)))
    return attrs.evolve(birth, place=text, country=birth.country or found.country)


def _related(relation: Relation, directory: _Directory, notes: list[Note]) -> Relation:
    if not relation.other or relation.other in directory.targets:
        return relation
    text = f"a relation to a target that the file does not hold: {relation.label} {relation.other}"
    notes.append(Note(text, relation.origin))
    return attrs.evolve(relation, other="", text=relation.other)


SOURCE = ListSource(
    id="ch",
    title="Switzerland",
    sanctioner=SANCTIONER,
    formats=(ListFormat(FORMAT, TITLE, _recognise, _parse, _sparing),),
)
