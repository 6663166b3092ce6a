"""Canada: the consolidated list of autonomous sanctions (SEMA and JVCFOA), as XML.

Each record stands under the regulations that the element ``Country`` names: that
is a programme, not the party's country. The file bears no date of its own.
Source of the layout: Global Affairs Canada, "Consolidated Canadian Autonomous
Sanctions List", and the list of 2025 itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from sanctions_tracker.errors import DamagedInputError, ModelError
from sanctions_tracker.model import Measure, Note, Origin, RejectedRecord, Sanctioner, SanctionsList, Source, Target
from sanctions_tracker.sources.ca.party import measure, target
from sanctions_tracker.sources.ca.record import SOURCE_ID, Record
from sanctions_tracker.sources.document import Document
from sanctions_tracker.sources.markup import elements
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


@attrs.define
class _Gathered:
    """What one pass over the file gathers."""

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
    for element in elements(document, (_RECORD,)):
        root = element.getparent()
        if root is None or root.tag != _ROOT or root.getparent() is not None:
            message = "a record stands inside another element, where none is expected"
            raise DamagedInputError(message, file=document.name, locator=f"line {element.sourceline}")
        _beside(element.itersiblings("*", preceding=True), gathered)
        _take(element, gathered)
    if root is None:
        message = "the file holds no record: it is not whole"
        raise DamagedInputError(message, file=document.name)
    _beside(root.iterchildren("*", reversed=True), gathered)
    return _list(gathered, document)


def _beside(siblings: object, gathered: _Gathered) -> None:
    """Count elements of other names that stand where a record is expected, back to the last record."""
    for sibling in siblings:  # type: ignore[attr-defined]  # lxml's iterators have no common type
        if sibling.tag == _RECORD:
            return
        gathered.seen += 1
        text = " ".join(" ".join(sibling.itertext()).split())[:80]
        origin = Origin(SOURCE_ID, "", f"{sibling.tag}, line {sibling.sourceline}", text)
        reason = f"a record of a kind that this reader does not know: {sibling.tag}"
        gathered.rejected.append(RejectedRecord(origin, reason))


def _take(element: etree._Element, gathered: _Gathered) -> None:
    gathered.seen += 1
    record = Record(element, gathered.seen)
    record.id = _unique(record, gathered)
    target_id = f"ca:{record.id}"
    imposed = measure(record, target_id)
    try:
        found = target(record, target_id)
    except ModelError as error:
        gathered.rejected.append(RejectedRecord(record.origin("LastName, GivenName, EntityOrShip"), str(error)))
        return
    gathered.measures.append(imposed)
    gathered.targets[target_id] = found
    gathered.notes.extend(dict.fromkeys(record.notes))


def _unique(record: Record, gathered: _Gathered) -> str:
    """The publisher numbers items within a schedule; a number that stands twice gets the record's place."""
    if not record["Item"] or f"ca:{record.id}" in gathered.targets:
        text = "no item number" if not record["Item"] else "a second record of this schedule and item"
        record.note(f"{text}: known by its place in the file", "Item", record["Item"])
        return f"{record.id or 'no-schedule'}/record-{record.number}"
    return record.id


def _list(gathered: _Gathered, document: Document) -> SanctionsList:
    source = Source(
        SOURCE_ID,
        title=TITLE,
        publisher=SANCTIONER.name,
        language="en",
        kind="official_list",
        sha256=document.sha256(),
    )
    return SanctionsList(
        id=SOURCE_ID,
        title=TITLE,
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
    id="ca",
    title="Canada",
    sanctioner=SANCTIONER,
    formats=(ListFormat(FORMAT, TITLE, _recognise, _parse),),
)
