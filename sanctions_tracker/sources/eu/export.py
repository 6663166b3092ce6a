"""The full XML export 1.1: one sanctionEntity after the other."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import TYPE_CHECKING, cast

from sanctions_tracker.errors import DamagedInputError
from sanctions_tracker.model import Note, Origin
from sanctions_tracker.sources.document import Document
from sanctions_tracker.sources.eu.record import KNOWN, LIST_ID, Act, Extra, Part, Record
from sanctions_tracker.sources.markup import elements

if TYPE_CHECKING:
    from lxml import etree

#: How the export's namespace ends, whatever the host before it.
_NAMESPACE = "/fsd/export"
_RECORD = {"designationDate", "designationDetails", "unitedNationId", "euReferenceNumber", "logicalId"}
_SUBJECT = ["code", "classificationCode"]
_SUMMARY = {"regulationType": "kind", "publicationDate": "published", "numberTitle": "title", "publicationUrl": "url"}
_REGULATION = {
    **_SUMMARY,
    "organisationType": "organisation",
    "entryIntoForceDate": "in_force",
    "programme": "programme",
    "logicalId": "",  # a link to nothing in the file
}


def recognise(document: Document) -> bool:
    """Whether the XML root is that of the export."""
    namespace, name = document.root
    return name == "export" and namespace.endswith(_NAMESPACE)


class Export:
    """One pass over an export.

    ``generated`` is the file's own date as printed, known once the first record
    is; ``notes`` says what stands between the records.
    """

    def __init__(self, document: Document) -> None:
        self.generated = ""
        self.notes: list[Note] = []
        self._document = document
        self._ns = f"{{{document.root[0]}}}"
        self._parts = {self._ns + tag: tag for tag in KNOWN}
        self._summary, self._remark = self._ns + "regulationSummary", self._ns + "remark"
        self._contact = self._ns + "contactInfo"
        self._acts: dict[object, Act] = {}

    def records(self) -> Iterator[Record]:
        """The records in the file's order.

        Raises:
            DamagedInputError: the XML is malformed, cut short, or holds no record.
            UnsafeInputError: it declares entities.
        """
        number = 0
        for number, element in enumerate(elements(self._document, [self._ns + "sanctionEntity"]), start=1):
            if number == 1:
                self._read_root(element)
            self._between(element)
            yield self._record(element, number)
        if not number:
            message = "no sanctionEntity: the file is not whole"
            raise DamagedInputError(message, file=self._document.name)

    def _read_root(self, element: etree._Element) -> None:
        root = element.getparent()
        if root is not None:
            self.generated = root.get("generationDate", "")

    def _between(self, element: etree._Element) -> None:
        """Tell of what stands before a record and is none; the records themselves are dropped once read."""
        before = next(element.itersiblings("*", preceding=True), None)
        if before is not None and before.tag != element.tag:
            text = _printed(before)
            origin = Origin(LIST_ID, locator=before.tag.removeprefix(self._ns), raw=text)
            self.notes.append(Note(f"an element that this reader does not know: {text!r}", origin))

    def _record(self, element: etree._Element, number: int) -> Record:
        fields = _attributes(element)
        logical_id = fields.get("logicalId")
        place = f"@logicalId='{logical_id}'" if logical_id else str(number)
        record = Record(f"sanctionEntity[{place}]", fields)
        record.extras += [
            Extra(f"sanctionEntity@{name}", fields[name], record.locator) for name in fields.keys() - _RECORD
        ]
        known, parts = self._parts, record.parts
        for child in element.iterchildren("*"):
            if part := known.get(child.tag):
                parts[part].append(self._part(record, child, part))
            else:
                self._child(record, child)
        return record

    def _child(self, record: Record, child: etree._Element) -> None:
        tag = child.tag
        if tag == self._remark:
            record.remarks += _texts(child)
        elif tag == self._ns + "regulation" and not record.act_locator:
            self._regulation(record, child)
        elif tag == self._ns + "subjectType" and not record.subjects:
            record.subjects = (child.get("code", ""), child.get("classificationCode", ""))
            if child.keys() != _SUBJECT:
                _unknown(record, child, _SUBJECT, "subjectType")
        else:
            name = tag.removeprefix(self._ns)
            record.extras.append(Extra(name, _printed(child), f"{record.locator}/{name}"))

    def _part(self, record: Record, element: etree._Element, tag: str) -> Part:
        fields = _attributes(element)
        remarks: tuple[str, ...] = ()
        acts: tuple[Act, ...] = ()
        contacts: tuple[tuple[str, str], ...] = ()
        locator = f"{record.locator}/{tag}[@logicalId='{fields.get('logicalId', '')}']"
        known = self._acts
        for child in element:
            # nearly every child is an act that was met before: its attributes tell it without looking at its name
            if (act := known.get(tuple(child.items()))) and not len(child):
                acts = (*acts, act) if acts else (act,)
            elif (name := child.tag) == self._summary:
                acts += (self._act(record, child),)
            elif name == self._remark:
                remarks += _texts(child)
            elif name == self._contact:
                contacts += ((child.get("key", ""), child.get("value", "")),)
                _unknown(record, child, ("key", "value"), "contactInfo")
            elif child in element.iterchildren("*"):  # neither a comment nor an instruction
                name = name.removeprefix(self._ns)
                record.extras.append(Extra(f"{tag}/{name}", _printed(child), f"{locator}/{name}"))
        if not fields.keys() <= KNOWN[tag]:
            _unknown(record, element, KNOWN[tag], tag)
        if (text := element.text) and not text.isspace():
            record.extras.append(Extra(tag, text.strip(), locator))
        return Part(fields, remarks, acts, contacts, locator)

    def _act(self, record: Record, element: etree._Element) -> Act:
        """The act of a regulationSummary; a file names some hundreds of them tens of thousands of times."""
        act = _act(element, _SUMMARY)
        if len(element):
            record.extras.append(Extra("regulationSummary", _printed(element), f"{record.locator}//regulationSummary"))
        elif _SUMMARY.keys() == set(element.keys()):
            self._acts[tuple(element.items())] = act
        _unknown(record, element, _SUMMARY, "regulationSummary")
        return act

    def _regulation(self, record: Record, element: etree._Element) -> None:
        """The record's own act; many records share one, so that it is taken apart once."""
        record.act_locator = f"{record.locator}/regulation"
        inside = list(element.iterchildren("*"))
        key = (tuple(element.items()), *[(child.tag, child.text, len(child), *child.items()) for child in inside])
        act = self._acts.get(key)
        if act is None:
            act = self._new_regulation(record, element, inside)
            if not record.extras:  # what is unknown must be told of each record
                self._acts[key] = act
        record.act = act

    def _new_regulation(self, record: Record, element: etree._Element, inside: list[etree._Element]) -> Act:
        act = _act(element, _REGULATION)
        for child in inside:
            name = child.tag.removeprefix(self._ns)
            if name == "publicationUrl" and not act.url and not len(child) and not child.items():
                act = act._replace(url=(child.text or "").strip())
            else:
                name = f"regulation/{name}"
                record.extras.append(Extra(name, _printed(child), f"{record.locator}/{name}"))
        _unknown(record, element, _REGULATION, "regulation")
        return act


def _attributes(element: etree._Element) -> dict[str, str]:
    return cast("dict[str, str]", dict(element.items()))  # of a parsed file these are never bytes


def _act(element: etree._Element, names: dict[str, str]) -> Act:
    fields = {field: value.strip() for name, field in names.items() if field and (value := element.get(name))}
    return Act(**fields)


def _texts(element: etree._Element) -> tuple[str, ...]:
    """The element's text, whatever stands inside it included."""
    text = (element.text if not len(element) else "".join(map(str, element.itertext()))) or ""
    return (text.strip(),) if text.strip() else ()


def _unknown(record: Record, element: etree._Element, known: Container[str], tag: str) -> None:
    """Keep the attributes that this reader does not know."""
    for name, value in _attributes(element).items():
        if name not in known:
            record.extras.append(Extra(f"{tag}@{name}", value, f"{record.locator}/{tag}"))


def _printed(element: etree._Element) -> str:
    """Every attribute and text inside an element, in the order of the file."""
    texts: list[str] = []
    for inside in element.iter("*"):
        texts += [f"{name}={value}" for name, value in _attributes(inside).items()]
        texts += [text.strip() for text in (inside.text, inside.tail) if text and text.strip()]
    return "; ".join(texts)
