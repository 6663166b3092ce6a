"""Canada: the consolidated list of autonomous sanctions (SEMA and JVCFOA), as XML.

Each record stands under the regulations that the element ``Country`` names: that
is a programme, not the party's country. The file bears no date of its own.
Source of the layout: Global Affairs Canada, "Consolidated Canadian Autonomous
Sanctions List", and the list of 2025 itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from sanctions_tracker.errors import DamagedInputError, ModelError
from sanctions_tracker.model import Origin, RejectedRecord, Sanctioner, Source
from sanctions_tracker.sources.ca.party import measure, target
from sanctions_tracker.sources.ca.record import SOURCE_ID, Record
from sanctions_tracker.sources.document import Document
from sanctions_tracker.sources.markup import elements
from sanctions_tracker.sources.parts import Entry, Heading, Part
from sanctions_tracker.sources.registry import ListFormat, ListSource

if TYPE_CHECKING:
    from lxml import etree

TITLE = "Consolidated Canadian Autonomous Sanctions List"
FORMAT = "ca-sema-xml"
_ROOT, _RECORD = "data-set", "record"
#: One of these stands in every record: other publishers use the same root.
_MARKS = ("<DateOfListing>", "<EntityOrShip>", "<LastName>")

SANCTIONER = Sanctioner("ca-gac", "Global Affairs Canada", country="CA", official_list=TITLE)


def _recognise(document: Document) -> bool:
    """Whether the XML is a data set of records with this publisher's elements."""
    return document.root == ("", _ROOT) and any(mark in document.head_text for mark in _MARKS)


def _parse(document: Document) -> Iterator[Part]:
    """Read the whole file, record by record.

    Raises:
        DamagedInputError: the XML is malformed or cut short, holds no record, or one inside another.
        UnsafeInputError: it declares entities.
    """
    yield Heading.of(
        Source(SOURCE_ID, title=TITLE, publisher=SANCTIONER.name, language="en", kind="official_list"), SANCTIONER
    )
    root: etree._Element | None = None
    seen: set[str] = set()
    for number, element in enumerate(elements(document, (_RECORD,)), 1):
        root = _parent(element, document)
        yield from _beside(element.itersiblings("*", preceding=True))
        yield _part(Record(element, number), seen)
    if root is None:
        message = "the file holds no record: it is not whole"
        raise DamagedInputError(message, file=document.name)
    yield from _beside(root.iterchildren("*", reversed=True))


def _parent(element: etree._Element, document: Document) -> etree._Element:
    """The root, in which every record stands; one inside another would be read in part only."""
    parent = element.getparent()
    if parent is None or parent.tag != _ROOT or parent.getparent() is not None:
        message = "a record stands inside another element, where none is expected"
        raise DamagedInputError(message, file=document.name, locator=f"line {element.sourceline}")
    return parent


def _beside(siblings: Iterable[etree._Element]) -> Iterator[RejectedRecord]:
    """Elements of other names that stand where a record is expected, back to the last record."""
    for sibling in siblings:
        if sibling.tag == _RECORD:
            return
        text = " ".join(" ".join(str(part) for part in sibling.itertext()).split())[:80]
        origin = Origin(SOURCE_ID, "", f"{sibling.tag}, line {sibling.sourceline}", text)
        yield RejectedRecord(origin, f"a record of a kind that this reader does not know: {sibling.tag}")


def _part(record: Record, seen: set[str]) -> Entry | RejectedRecord:
    _number(record, seen)
    target_id = f"ca:{record.id}"
    imposed = measure(record, target_id)
    try:
        found = target(record, target_id)
    except ModelError as error:
        return RejectedRecord(record.origin("LastName, GivenName, EntityOrShip"), str(error))
    return Entry(found, (imposed,), tuple(dict.fromkeys(record.notes)) if record.notes else ())


def _number(record: Record, seen: set[str]) -> None:
    """The publisher numbers items within a schedule; a number that stands twice gets the record's place."""
    if not record["Item"] or record.id in seen:
        text = "no item number" if not record["Item"] else "a second record of this schedule and item"
        record.id = f"{record.id or 'no-schedule'}/record-{record.number}"
        record.note(f"{text}: known by its place in the file", "Item", record["Item"])
    seen.add(record.id)


SOURCE = ListSource(
    id="ca",
    title="Canada",
    sanctioner=SANCTIONER,
    formats=(ListFormat(FORMAT, TITLE, _recognise, _parse),),
)
