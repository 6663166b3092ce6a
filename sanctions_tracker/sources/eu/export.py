"""The full XML export 1.1: one sanctionEntity after the other.

Nearly all of an export stands in attributes. The parser therefore tells them as
they come, and no tree of elements is made: that takes half the time.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator

import attrs

from sanctions_tracker.errors import DamagedInputError, UnsafeInputError
from sanctions_tracker.model import Note, Origin
from sanctions_tracker.sources.document import Document
from sanctions_tracker.sources.eu.record import KNOWN, LIST_ID, Act, Extra, Part, Record

#: How the export's namespace ends, whatever the host before it.
_NAMESPACE = "/fsd/export"
_ENTITY = "sanctionEntity"
_FIELDS = {"designationDate", "designationDetails", "unitedNationId", "euReferenceNumber", "logicalId"}
_SUBJECT = {"code", "classificationCode"}
_CONTACT = {"key", "value"}
_SUMMARY = {"regulationType": "kind", "publicationDate": "published", "numberTitle": "title", "publicationUrl": "url"}
_REGULATION = {
    **_SUMMARY,
    "organisationType": "organisation",
    "entryIntoForceDate": "in_force",
    "programme": "programme",
    "logicalId": "",  # a link to nothing in the file
}
_URL = "publicationUrl"
#: How deep the elements stand: the export itself, its records, their parts, and what is inside a part.
_ROOT, _RECORD, _PART, _INSIDE = 1, 2, 3, 4
#: How much is given to the parser at once, in bytes.
_CHUNK = 64 * 1024


def recognise(document: Document) -> bool:
    """Whether the XML root is that of the export."""
    namespace, name = document.root
    return name == "export" and namespace.endswith(_NAMESPACE)


class Export:
    """One pass over an export; ``generated`` is the file's own date as printed, known once the first record is."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._told = _Told(document)

    @property
    def generated(self) -> str:
        """The file's own date as printed."""
        return self._told.generated

    def records(self) -> Iterator[Record | Note]:
        """The records in the file's order, and notes on what stands between them.

        Raises:
            DamagedInputError: the XML is malformed, cut short, holds no record, or one inside another.
            UnsafeInputError: it declares a document type.
        """
        from lxml import etree  # noqa: PLC0415  (not needed for the table)

        name, ready = self._document.name, self._told.ready
        try:
            for _ in self._parsed():
                yield from ready
                ready.clear()
        except etree.XMLSyntaxError as error:
            line, column = error.position
            message = f"the XML is malformed or cut short: {error.msg}"
            raise DamagedInputError(message, file=name, locator=f"line {line}, column {column}") from error
        yield from ready
        if not self._told.number:
            message = f"no {_ENTITY}: the file is not whole"
            raise DamagedInputError(message, file=name)

    def _parsed(self) -> Iterator[None]:
        """Parse one piece of the file after the other."""
        from lxml import etree  # noqa: PLC0415

        parser = etree.XMLParser(
            target=self._told,  # type: ignore[arg-type]  # texts are never bytes, and of comments none is told
            remove_comments=True,  # one inside a text would cut it in two
            remove_pis=True,
            # the five that XML itself knows: without a document type no other is declared
            resolve_entities="internal",  # type: ignore[arg-type]
            no_network=True,
            load_dtd=False,
            huge_tree=False,
        )
        while chunk := self._document.stream.read(_CHUNK):
            parser.feed(chunk)
            yield
        parser.close()


@attrs.define
class _Unknown:
    """An element that this reader does not know: its attributes and texts, in the order of the file."""

    depth: int
    name: str
    locator: str
    mark: int
    pieces: list[str] = attrs.field(factory=list)


class _Told:
    """What the parser tells of an export, gathered into records, which wait in ``ready``."""

    def __init__(self, document: Document) -> None:
        self.ready: list[Record | Note] = []
        self.generated, self.number = "", 0
        self._file = document.name
        self._ns = f"{{{document.root[0]}}}"
        self._entity, self._summary = self._ns + _ENTITY, self._ns + "regulationSummary"
        self._parts = {self._ns + tag: tag for tag in KNOWN}
        #: Attributes of an act -> the act, as a part holds it.
        self._acts: dict[tuple[tuple[str, str], ...], tuple[Act]] = {}
        self._texts: list[str] = []
        #: Called with each piece of text; most are the white space between two elements.
        self.data = self._texts.append
        self._depth = 0
        self._record = Record("", {})
        self._part: Part | None = None
        self._outer = ""
        self._regulation: dict[str, str] | None = None
        self._unknown: _Unknown | None = None
        #: Takes the text of the element that has begun, where it is wanted; and how many pieces were there before it.
        self._taker: Callable[[str], None] | None = None
        self._mark = 0

    def doctype(self, *_declared: str | None) -> None:
        """Refuse a document type, and the entities that it may declare."""
        message = "the XML declares a document type: no official list does, and entities are refused"
        raise UnsafeInputError(message, file=self._file)

    def close(self) -> None:
        """The end of the file: everything is in ``ready``."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        depth = self._depth = self._depth + 1
        if self._unknown is not None or self._taker is not None:
            self._begin_unknown(tag, attributes)
        elif depth == _INSIDE:
            if tag == self._summary and (part := self._part) is not None:
                # a file names some hundreds of acts tens of thousands of times
                acts = self._acts.get(tuple(attributes.items())) or self._new_act(attributes)
                part.acts = part.acts + acts if part.acts else acts
            else:
                self._begin_inside(tag, attributes)
        elif depth == _PART:
            self._begin_part(tag, attributes)
        elif depth == _RECORD and tag == self._entity:
            self._begin_record(dict(attributes))
        elif depth == _ROOT:
            self.generated = attributes.get("generationDate", "")
        else:
            self._begin_unknown(tag, attributes)

    def end(self, _tag: str) -> None:
        """An element ends."""
        depth = self._depth
        self._depth = depth - 1
        if self._unknown is not None:
            self._end_unknown(self._unknown, depth)
        elif self._taker is not None:
            self._end_text(self._taker)
        elif depth == _PART:
            if self._regulation is not None:
                self._end_regulation(self._regulation)
        elif depth == _RECORD:
            self._end_record()
        elif depth == _ROOT:
            self._between()

    def _begin_record(self, fields: dict[str, str]) -> None:
        self._between()
        self.number += 1
        logical_id = fields.get("logicalId")
        place = f"@logicalId='{logical_id}'" if logical_id else str(self.number)
        self._record = Record(f"{_ENTITY}[{place}]", fields)
        self._part, self._outer = None, ""
        for name in fields.keys() - _FIELDS:
            self._record.extras.append(Extra(f"{_ENTITY}@{name}", fields[name], self._record.locator))

    def _end_record(self) -> None:
        record = self._record
        if text := self._text(0):  # outside of remarks nothing but white space is expected
            record.extras.append(Extra(_ENTITY, text, record.locator))
        self.ready.append(record)

    def _between(self) -> None:
        """Tell of text that stands outside of the records."""
        if text := self._text(0):
            self.ready.append(_note("text between the records", Origin(LIST_ID, locator="export", raw=text)))

    def _begin_part(self, tag: str, attributes: dict[str, str]) -> None:
        """A part of a record begins, or another element that stands directly in one."""
        record, name = self._record, self._parts.get(tag)
        if name is None:
            self._part, self._outer = None, tag.removeprefix(self._ns)
            self._begin_beside(tag, attributes)
            return
        self._outer = name
        locator = f"{record.locator}/{name}[@logicalId='{attributes.get('logicalId', '')}']"
        self._part = part = Part(attributes or {}, locator)
        record.parts[name].append(part)
        if not attributes.keys() <= KNOWN[name]:
            self._keep_unknown(name, attributes, KNOWN[name])

    def _begin_beside(self, tag: str, attributes: dict[str, str]) -> None:
        """What stands beside the parts: remarks, the record's act, its subject."""
        record, name = self._record, self._outer
        if name == "remark":
            self._wait_for_text(record.add_remark)
            self._keep_unknown(name, attributes, ())
        elif name == "regulation" and not record.act_locator:
            record.act_locator = f"{record.locator}/regulation"
            self._regulation = dict(attributes)
        elif name == "subjectType" and not record.subjects:
            record.subjects = (attributes.get("code", ""), attributes.get("classificationCode", ""))
            self._keep_unknown(name, attributes, _SUBJECT)
        else:
            self._begin_unknown(tag, attributes)

    def _begin_inside(self, tag: str, attributes: dict[str, str]) -> None:
        """What stands inside a part, other than an act; or inside the record's own act."""
        part, name = self._part, tag.removeprefix(self._ns)
        if part is not None and name == "remark":
            self._wait_for_text(part.add_remark)
            self._keep_unknown(f"{self._outer}/remark", attributes, ())
        elif part is not None and name == "contactInfo":
            part.contacts += ((attributes.get("key", ""), attributes.get("value", "")),)
            self._keep_unknown(name, attributes, _CONTACT)
        elif name == _URL and not attributes and self._regulation is not None and _URL not in self._regulation:
            self._wait_for_text(self._add_url)
        else:
            self._begin_unknown(tag, attributes)

    def _add_url(self, text: str) -> None:
        if self._regulation is not None:
            self._regulation[_URL] = text

    def _end_regulation(self, fields: dict[str, str]) -> None:
        """The record's own act; many records share one."""
        self._regulation = None
        key = tuple(fields.items())
        act = self._acts.get(key)
        if act is None:
            act = self._acts[key] = (_act(fields, _REGULATION),)
        self._record.act = act[0]
        if not fields.keys() <= _REGULATION.keys():
            self._keep_unknown("regulation", fields, _REGULATION)

    def _new_act(self, fields: dict[str, str]) -> tuple[Act]:
        act = (_act(fields, _SUMMARY),)
        if fields.keys() == _SUMMARY.keys():
            self._acts[tuple(fields.items())] = act
        else:  # what is unknown must be told of each record
            self._keep_unknown("regulationSummary", fields, _SUMMARY)
        return act

    def _keep_unknown(self, tag: str, attributes: dict[str, str], known: Container[str]) -> None:
        """Keep the attributes that this reader does not know."""
        record = self._record
        record.extras += [
            Extra(f"{tag}@{name}", value, f"{record.locator}/{tag}")
            for name, value in attributes.items()
            if name not in known
        ]

    def _wait_for_text(self, taker: Callable[[str], None]) -> None:
        self._taker, self._mark = taker, len(self._texts)

    def _end_text(self, taker: Callable[[str], None]) -> None:
        self._taker = None
        if text := self._text(self._mark):
            taker(text)

    def _text(self, mark: int) -> str:
        """Take the text that was told since ``mark``, without the white space around it."""
        text = "".join(self._texts[mark:])
        del self._texts[mark:]
        return text.strip()

    def _begin_unknown(self, tag: str, attributes: dict[str, str]) -> None:
        """Keep an element that this reader does not know, whatever stands inside it included."""
        if tag == self._entity:
            message = f"a {_ENTITY} stands where none is expected"
            raise DamagedInputError(message, file=self._file, locator=self._record.locator)
        unknown = self._unknown
        if unknown is None:
            unknown = self._unknown = self._newly_unknown(tag.removeprefix(self._ns))
        self._keep_text(unknown)
        unknown.pieces += [f"{name}={value}" for name, value in attributes.items()]

    def _newly_unknown(self, name: str) -> _Unknown:
        base = self._part.locator if self._part else "/".join(filter(None, (self._record.locator, self._outer)))
        if self._depth >= _INSIDE:
            name = f"{self._outer}/{name}"
        elif self._depth == _PART:
            base = self._record.locator
        return _Unknown(self._depth, name, f"{base}/{name.rpartition('/')[2]}", len(self._texts))

    def _end_unknown(self, unknown: _Unknown, depth: int) -> None:
        self._keep_text(unknown)
        if depth > unknown.depth:
            return
        self._unknown = None
        text = "; ".join(unknown.pieces)
        if depth == _RECORD:
            place = Origin(LIST_ID, locator=unknown.name, raw=text)
            self.ready.append(_note("an element that this reader does not know", place))
        else:
            self._record.extras.append(Extra(unknown.name, text, unknown.locator))

    def _keep_text(self, unknown: _Unknown) -> None:
        if text := self._text(unknown.mark):
            unknown.pieces.append(text)


def _note(what: str, place: Origin) -> Note:
    return Note(f"{what}: {place.raw!r}", place)


def _act(fields: dict[str, str], names: dict[str, str]) -> Act:
    return Act(**{field: value.strip() for name, field in names.items() if field and (value := fields.get(name))})
