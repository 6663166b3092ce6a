"""The list as XML: each ``Designation`` element, whatever it holds.

Comments are gone when an element is looked at: what is in one is an element or text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from sanctions_tracker.errors import EmptyInputError
from sanctions_tracker.model import Note, Origin, PartialDate
from sanctions_tracker.sources.document import Document
from sanctions_tracker.sources.markup import elements
from sanctions_tracker.sources.uk.sheet import Cell
from sanctions_tracker.sources.uksl.dates import printed_day
from sanctions_tracker.sources.uksl.record import (
    SOURCE_ID,
    UNIQUE_ID,
    Entry,
    Record,
    distinct_cells,
    distinct_entries,
    fields,
)

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


class Designations:
    """The designations of a file, one at a time; ``generated`` is what it says of its day, as far as it is read."""

    def __init__(self, document: Document) -> None:
        self.generated: list[str] = []
        self._document = document
        self._namespace = f"{{{document.root[0]}}}" if document.root[0] else ""

    def __iter__(self) -> Iterator[Record]:
        """Each designation; its id is empty where it has none.

        Raises:
            DamagedInputError: the XML is malformed or cut short.
            UnsafeInputError: it declares a document type.
            EmptyInputError: it holds no designation.
        """
        tags, generated = _Tags(self._namespace), self._namespace + _GENERATED
        seen = 0
        for element in elements(self._document, (self._namespace + _DESIGNATION, generated)):
            if element.tag == generated:
                self.generated.append((element.text or "").strip())
                continue
            seen += 1
            yield _Reader(f"{_DESIGNATION}[{seen}]", tags).read(element)
        if not seen:
            message = "the list holds no designation: a failed download?"
            raise EmptyInputError(message, file=self._document.name)

    def published(self) -> tuple[PartialDate | None, tuple[Note, ...]]:
        """The day of the list, and a note where it does not say or cannot be read."""
        origin = Origin(SOURCE_ID, locator=_GENERATED, raw=self.generated[0] if self.generated else None)
        if not self.generated:
            return None, (Note("the list does not say of which day it is", origin),)
        date = printed_day(self.generated[0])
        return date, () if date else (Note(f"the list's date cannot be read: {self.generated[0]!r}", origin),)


class _Tags(dict[str, tuple[str, str, str]]):
    """Tag with its namespace -> name without, column, group; the last two empty for what is no field."""

    def __init__(self, namespace: str) -> None:
        super().__init__({namespace + name: (name, column, group) for name, (column, group) in fields().items()})

    def __missing__(self, tag: str) -> tuple[str, str, str]:
        self[tag] = found = (tag.rpartition("}")[2], "", "")
        return found


class _Reader:
    """Walks one designation and sorts what it finds into a record."""

    def __init__(self, locator: str, tags: _Tags) -> None:
        self._record = Record("", locator)
        self._tags = tags
        self._has_more = False

    def read(self, element: etree._Element) -> Record:
        record = self._record
        self._walk(element, record.locator)
        for column, cells in record.values.items():
            if len(cells) > 1:
                record.values[column] = distinct_cells(cells)
        for group, entries in record.entries.items():
            if len(entries) > 1:
                record.entries[group] = distinct_entries(entries)
        if self._has_more or _has_attributes(element):
            self._keep_beside(element, record.locator)
        if ids := record.cells(UNIQUE_ID):
            record.id = ids[0].text
            record.unknown += ids[1:]
        return record

    def _walk(self, parent: etree._Element, path: str) -> None:
        """Read the children of an element; those of one group that stand side by side are one entry."""
        tags, values = self._tags, self._record.values
        together: dict[str, Entry] = {}
        counts: dict[str, int] = {}
        for child in parent:
            name, column, group = tags[child.tag]
            counts[name] = number = counts.get(name, 0) + 1
            place = f"{path}/{name}" if number == 1 else f"{path}/{name}[{number}]"
            if len(child):
                self._walk_into(child, name, place)
            elif (text := child.text) and (text := text.strip()):
                if group:
                    self._take(together, Cell(text, column, place), group)
                elif not column:
                    self._keep(text, place)
                elif column in values:
                    values[column].append(Cell(text, column, place))
                else:
                    values[column] = [Cell(text, column, place)]
            if (tail := child.tail) and not tail.isspace():
                self._has_more = True

    def _walk_into(self, element: etree._Element, name: str, place: str) -> None:
        if (text := element.text) and not text.isspace():
            self._has_more = True
        if name == _INDICATORS:
            self._record.indicators += [(self._tags[flag.tag][0], (flag.text or "").strip()) for flag in element]
        else:
            self._walk(element, place)

    def _take(self, together: dict[str, Entry], cell: Cell, group: str) -> None:
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
        if len(element) and (text := _own_text(element)):
            self._keep(text, place)
        counts: dict[str, int] = {}
        for child in element:
            name = self._tags[child.tag][0]
            counts[name] = number = counts.get(name, 0) + 1
            self._keep_beside(child, f"{place}/{name}" if number == 1 else f"{place}/{name}[{number}]")


def _own_text(element: etree._Element) -> str:
    """The text that is directly in an element, before, between and behind its children."""
    texts = [element.text, *(node.tail for node in element)]
    return " ".join([text.strip() for text in texts if text and not text.isspace()])
