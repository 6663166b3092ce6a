"""The list as XML: each ``Designation`` element, whatever it holds."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml import etree

from sanctions_tracker.errors import EmptyInputError
from sanctions_tracker.model import Note, Origin, PartialDate, RejectedRecord
from sanctions_tracker.sources.document import Document
from sanctions_tracker.sources.markup import elements
from sanctions_tracker.sources.uksl.dates import printed_day
from sanctions_tracker.sources.uksl.record import SOURCE_ID, UNIQUE_ID, Cell, Entry, Reading, Record, fields

ROOT = "Designations"
_DESIGNATION, _GENERATED = "Designation", "DateGenerated"
_INDICATORS = "SanctionsImposedIndicators"
_POSITION = re.compile(r"\[\d+\]")
#: Attributes of the schema language (``xsi:nil``) say nothing of the party.
_SCHEMA_INSTANCE = "{http://www.w3.org/2001/XMLSchema-instance}"
#: Asked once for the whole of a designation, since none has any today.
_has_attributes = etree.XPath("boolean(@* | .//@*)")


def recognise(document: Document) -> bool:
    """Whether the root element is the list's."""
    return document.workbook is None and document.root[1] == ROOT


def read_elements(document: Document) -> Reading:
    """Read every designation; two of one Unique ID are one record.

    Raises:
        DamagedInputError: the XML is malformed or cut short.
        UnsafeInputError: it declares a document type.
        EmptyInputError: it holds no designation.
    """
    namespace = f"{{{document.root[0]}}}" if document.root[0] else ""
    records: dict[str, Record] = {}
    rejected: list[RejectedRecord] = []
    generated: list[str] = []
    known = _known_tags(namespace)
    seen = 0
    for element in elements(document, (namespace + _DESIGNATION, namespace + _GENERATED)):
        if element.tag == namespace + _GENERATED:
            generated.append(_text(element))
            continue
        seen += 1
        record = _Reader(f"{_DESIGNATION}[{seen}]", known).read(element)
        if record.id:
            _merge(records, record)
        else:
            rejected.append(
                RejectedRecord(Origin(SOURCE_ID, locator=record.locator), "the designation has no UniqueID")
            )
    if not seen:
        message = "the list holds no designation: a failed download?"
        raise EmptyInputError(message, file=document.name)
    published, notes = _published(generated)
    return Reading(published, tuple(records.values()), tuple(rejected), notes)


def _merge(records: dict[str, Record], record: Record) -> None:
    """Take a record in; where its Unique ID stood before, its values join those that did."""
    first = records.setdefault(record.id, record)
    if first is record:
        return
    first.notes.append(
        Note("the Unique ID stands twice, read as one record", Origin(SOURCE_ID, record.id, record.locator))
    )
    for group, entries in record.entries.items():
        first.entries[group] = _distinct([*first.entries.get(group, ()), *entries])
    first.indicators += record.indicators
    first.unknown += record.unknown


def _distinct(entries: list[Entry]) -> list[Entry]:
    """Entries that say the same, once: the publisher repeats a passport for every date of birth."""
    found: dict[tuple[tuple[str, str], ...], Entry] = {}
    for entry in entries:
        found.setdefault(tuple([(column, cell.text) for column, cell in entry.items()]), entry)
    return list(found.values())


def _text(element: etree._Element) -> str:
    """The text of an element without child elements, comments left out."""
    text = "".join(map(str, element.itertext())) if len(element) else element.text
    return text.strip() if text else ""


class _Reader:
    """Walks one designation and sorts what it finds into a record."""

    def __init__(self, locator: str, known: _Known) -> None:
        self._record = Record("", locator)
        self._known = known
        self._has_more = False

    def read(self, element: etree._Element) -> Record:
        record = self._record
        self._walk(element, record.locator)
        for group, entries in record.entries.items():
            if len(entries) > 1:
                record.entries[group] = _distinct(entries)
        if self._has_more or _has_attributes(element):
            self._keep_beside(element, record.locator)
        if ids := record.cells(UNIQUE_ID):
            record.id = ids[0].text
            record.unknown += ids[1:]
        return record

    def _walk(self, parent: etree._Element, path: str) -> None:
        """Read the children of an element; those of one group that stand side by side are one entry."""
        together: dict[str, Entry] = {}
        counts: dict[object, int] = {}
        for child in parent:
            tag, tail = child.tag, child.tail
            if tail and not tail.isspace():
                self._has_more = True
            name, column, group = self._known.get(tag) or _unknown(tag)
            if not name:
                continue  # a comment
            counts[tag] = number = counts.get(tag, 0) + 1
            place = f"{path}/{name}" if number == 1 else f"{path}/{name}[{number}]"
            if len(child) and _has_elements(child):
                self._walk_into(child, name, place)
                continue
            text = _text(child) if len(child) else child.text
            if text and (text := text.strip()):
                if group:
                    self._take(together, Cell(text, column, place), group)
                else:
                    self._keep(text, place)

    def _walk_into(self, element: etree._Element, name: str, place: str) -> None:
        text = element.text
        if text and not text.isspace():
            self._has_more = True
        if name == _INDICATORS:
            flags = [(_unknown(flag.tag)[0], _text(flag)) for flag in element]
            self._record.indicators += [flag for flag in flags if flag[0]]
        else:
            self._walk(element, place)

    def _take(self, together: dict[str, Entry], cell: Cell, group: str) -> None:
        """Put a value where it belongs; one that stands twice in an entry begins another."""
        entry = together.get(group)
        if entry is None or cell.column in entry:
            entry = together[group] = {}
            self._record.entries.setdefault(group, []).append(entry)
        entry[cell.column] = cell

    def _keep(self, text: str, place: str) -> None:
        self._record.unknown.append(Cell(text, _POSITION.sub("", place.partition("/")[2]) or "text", place))

    def _keep_beside(self, element: etree._Element, place: str) -> None:
        """Keep what stands where the publisher's schema has nothing: attributes, and text between elements."""
        for name, value in element.attrib.items():
            if not str(name).startswith(_SCHEMA_INSTANCE):
                self._keep(str(value), f"{place}/@{name!s}")
        if _has_elements(element) and (text := _own_text(element)):
            self._keep(text, place)
        counts: dict[str, int] = {}
        for child in element.iterchildren(etree.Element):
            name = str(child.tag).rpartition("}")[2]
            counts[name] = number = counts.get(name, 0) + 1
            self._keep_beside(child, f"{place}/{name}" if number == 1 else f"{place}/{name}[{number}]")


#: Tag with its namespace -> name without, column, group; the last two empty for what is no field.
_Known = dict[object, tuple[str, str, str]]


def _known_tags(namespace: str) -> _Known:
    return {namespace + element: (element, column, group) for element, (column, group) in fields().items()}


def _unknown(tag: object) -> tuple[str, str, str]:
    """The name without namespace of what is no field; empty where it is no element but a comment."""
    return _local(tag) if isinstance(tag, str) else "", "", ""


@lru_cache(maxsize=1024)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _has_elements(element: etree._Element) -> bool:
    first = element[0].tag if len(element) else None  # but for comments, the first tells
    return bool(_unknown(first)[0]) or any(True for _ in element.iterchildren(etree.Element))


def _own_text(element: etree._Element) -> str:
    """The text that is directly in an element, before, between and behind its children."""
    texts = [element.text, *(node.tail for node in element)]
    return " ".join([text.strip() for text in texts if text and not text.isspace()])


def _published(texts: list[str]) -> tuple[PartialDate | None, tuple[Note, ...]]:
    origin = Origin(SOURCE_ID, locator=_GENERATED, raw=texts[0] if texts else None)
    if not texts:
        return None, (Note("the list does not say of which day it is", origin),)
    date = printed_day(texts[0])
    return date, () if date else (Note(f"the list's date cannot be read: {texts[0]!r}", origin),)
