"""SDN_ENHANCED.XML and CONS_ENHANCED.XML, and selections downloaded from the Sanctions List Service.

Everything of a party stands in one element, in words, codes beside them. Source
of the layout: OFAC, "ENHANCED_XML.xsd", and the files themselves. What is not kept:

* ids that number or join records: of lists, programmes, types, authorities,
  names, translations, parts, dates, addresses, features, documents and relations
  (but in locators), ``identityId``, ``versionId``, ``valueRefId``, ``refId``;
* ``formattedFirstName``, ``formattedLastName`` and ``formattedFullName``, the
  parts of the name in capitals, where they hold the same words as the parts;
* the reference values but for the countries' codes, and the feature types.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

import attrs

from sanctions_tracker.errors import DamagedInputError, ModelError
from sanctions_tracker.model import Attribute, Note, Origin, PartialDate, RejectedRecord, Relation, Sanctioner, Source
from sanctions_tracker.model.vocabulary import RelationKind, TargetKind
from sanctions_tracker.sources.document import Document
from sanctions_tracker.sources.markup import elements
from sanctions_tracker.sources.ofac.drafts import KINDS, Draft
from sanctions_tracker.sources.ofac.enhanced_imposing import Imposing
from sanctions_tracker.sources.ofac.enhanced_naming import NameReader
from sanctions_tracker.sources.ofac.enhanced_parts import PartReader
from sanctions_tracker.sources.ofac.reference import joined, printed, target_id
from sanctions_tracker.sources.ofac.words import Words
from sanctions_tracker.sources.parts import Entry, Heading, Part
from sanctions_tracker.sources.tables import mapping

if TYPE_CHECKING:
    from lxml import etree

FORMAT_ID = "ofac-enhanced-xml"
LIST_ID = "us-ofac-enhanced"
_TITLE = "OFAC sanctions lists, enhanced format"
_READ = ("publicationInfo", "referenceValue", "entity")
#: What an entity may hold, and the members of each.
_LISTS = {
    "sanctionsLists": "sanctionsList",
    "sanctionsPrograms": "sanctionsProgram",
    "sanctionsTypes": "sanctionsType",
    "legalAuthorities": "legalAuthority",
    "names": "name",
    "addresses": "address",
    "features": "feature",
    "identityDocuments": "identityDocument",
    "relationships": "relationship",
}
_GENERAL = ("identityId", "entityType", "title", "remarks")
_RELATION = ("type", "relatedEntity", "quality", "comments")

#: The members of an entity's lists, by the name of the list.
_Members = dict[str, list[Any]]


def recognise(document: Document) -> bool:
    """Whether the XML root is that of the enhanced format."""
    namespace, name = document.root
    return name == "sanctionsData" and namespace.endswith("ENHANCED_XML")


def parse(document: Document, sanctioner: Sanctioner) -> Iterator[Part]:
    """Read the whole file in one pass; the parties come once all are known, for relations are among them.

    Raises:
        DamagedInputError: the XML is malformed or cut short, or holds no party.
        UnsafeInputError: it declares entities.
    """
    reader = _Reader(document)
    found = list(reader.found())
    known = {part.target.id for part in found if isinstance(part, Entry)}
    yield _heading(sanctioner, reader.date)
    for part in found:
        yield _checked(part, known) if isinstance(part, Entry) else part


def sparing(document: Document, sanctioner: Sanctioner) -> Iterator[Part]:
    """Read the file in two passes, the first of which keeps the ids; otherwise as :func:`parse`.

    Raises:
        ReadError: the input cannot be read twice, or changed between the passes.
    """
    first = _Reader(document)
    known = set(first.known())
    yield _heading(sanctioner, first.date)
    with document.again() as again:
        for part in _Reader(again).found():
            yield _checked(part, known) if isinstance(part, Entry) else part


def _heading(sanctioner: Sanctioner, date: PartialDate | None) -> Heading:
    source = Source(
        LIST_ID, title=_TITLE, publisher=sanctioner.name, kind="official_list", language="en", published=date
    )
    return Heading.of(source, sanctioner)


def _checked(entry: Entry, known: Collection[str]) -> Entry:
    """A relation to a party that the file does not hold keeps the name, and the id in its note."""
    target = entry.target
    strange = [relation for relation in target.relations if relation.other not in known]
    if not strange:
        return entry
    relations = tuple([one if one.other in known else _named_only(one) for one in target.relations])
    return Entry(attrs.evolve(target, relations=relations), entry.measures, (*entry.notes, *map(_note_on, strange)))


def _note_on(relation: Relation) -> Note:
    other = relation.text or relation.other
    return Note(f"a relation to a party that the file does not hold: {relation.label} {other}", relation.origin)


def _named_only(relation: Relation) -> Relation:
    known = relation.other.removeprefix("us:")
    note = joined(relation.note, f"entity {known}" if known else "")
    return attrs.evolve(relation, other="", text=relation.text or relation.other or "not named", note=note)


class _Reader:
    """One pass over the publication's data, the countries' codes and the entities; ``date`` is known after it."""

    def __init__(self, document: Document) -> None:
        namespace, _ = document.root
        self.date: PartialDate | None = None
        self._document = document
        self._words = words = Words(f"{{{namespace}}}", LIST_ID)
        self._names = NameReader(words)
        self._parts = PartReader(words)
        self._imposing = Imposing(words)
        self._general_shape, self._relation_shape = words.shape(_GENERAL), words.shape(_RELATION)
        self._lists = {words.ns + name: (name, words.ns + member) for name, member in _LISTS.items()}
        self._relations = mapping("ofac_relations", "label", "kind")

    def found(self) -> Iterator[Entry | RejectedRecord | Note]:
        """The entities one by one, their relations not yet looked up, and notes of no entity."""
        entity, value = self._words.ns + "entity", self._words.ns + "referenceValue"
        for element in self._elements():
            if element.tag == entity:
                yield from self._entity(element)
            elif element.tag == value:
                self._words.learn(element)
            else:
                yield from self._information(element)

    def known(self) -> Iterator[str]:
        """The ids of the targets that :meth:`found` makes."""
        information = self._words.ns + "publicationInfo"
        for element in self._elements():
            number = (element.get("id") or "").strip()
            if element.tag == information:
                list(self._information(element))
            elif number:
                draft = Draft(TargetKind.UNKNOWN, Origin(LIST_ID, number))
                self._names.read(self._members(element, draft)["names"], draft)
                if draft.names:
                    yield target_id(number)

    def _elements(self) -> Iterator[etree._Element]:
        seen, entity = 0, self._words.ns + "entity"
        for element in elements(self._document, [self._words.ns + name for name in _READ]):
            seen += element.tag == entity
            yield element
        if not seen:
            message = "the file holds no party: it is not whole"
            raise DamagedInputError(message, file=self._document.name)

    def _information(self, element: etree._Element) -> Iterator[Note]:
        """The file's own date; what it was selected by is a note, for it is then not the whole list."""
        for child in element.iterchildren("*"):
            name, text = self._words.name(child), printed(child)
            origin = Origin(LIST_ID, "", f"publicationInfo/{name}", text)
            if name == "dataAsOf" and (date := self._words.day(text)):
                self.date = date
            elif name == "filters":
                for chosen in child.iterchildren("*"):
                    values = "; ".join(printed(value) for value in chosen.iterchildren("*"))
                    yield Note(f"the file is a selection by {self._words.name(chosen)}: {values}", origin)
            else:
                yield Note(f"not understood, {name}: {text}", origin)

    def _entity(self, element: etree._Element) -> Iterator[Entry | RejectedRecord | Note]:
        number, line = (element.get("id") or "").strip(), element.sourceline
        origin = Origin(LIST_ID, number, f"entity[@id='{number}']" if number else f"entity, line {line}")
        if not number:
            yield RejectedRecord(origin, "the entity has no id")
            return
        draft = Draft(TargetKind.UNKNOWN, origin)
        members = self._members(element, draft)
        self._fill(draft, members)
        try:
            target = draft.target()
        except ModelError as error:
            yield RejectedRecord(origin, str(error))
            yield from draft.notes
            return
        measures = tuple(self._imposing.measures(members, draft))
        yield Entry(target, measures, tuple(draft.notes))

    def _members(self, element: etree._Element, draft: Draft) -> _Members:
        """The members of each of an entity's lists; the general information is read at once."""
        found: _Members = {name: [] for name in _LISTS}
        general = self._words.ns + "generalInfo"
        for child in element.iterchildren("*"):
            if child.tag == general:
                self._general(child, draft)
            elif names := self._lists.get(child.tag):
                found[names[0]].extend(self._words.members([child], names[1], draft, draft.origin))
            else:
                self._words.keep(draft, child, draft.origin)
        return found

    def _general(self, element: etree._Element, draft: Draft) -> None:
        said, _ = self._words.read(element, self._general_shape, draft, draft.origin)
        word = said.get("entityType", "")
        kind = KINDS.get(word.lower()) if word else None
        if kind is None:
            draft.add_note(f"no kind of party is known by the name {word!r}", draft.origin)
        draft.kind = kind or TargetKind.UNKNOWN
        draft.positions.extend(filter(None, [said.get("title", "")]))
        draft.remarks.extend(filter(None, [said.get("remarks", "")]))

    def _fill(self, draft: Draft, members: _Members) -> None:
        self._names.read(members["names"], draft)
        for address in members["addresses"]:
            self._parts.address(address, draft)
        for feature in members["features"]:
            self._parts.feature(feature, draft)
        for document in members["identityDocuments"]:
            self._parts.document(document, draft)
        for relationship in members["relationships"]:
            self._relation(relationship, draft)

    def _relation(self, element: etree._Element, draft: Draft) -> None:
        words = self._words
        origin = words.place(draft.origin, element, "relationship")
        said, _ = words.read(element, self._relation_shape, draft, origin)
        related = element.find(words.ns + "relatedEntity")
        other = (related.get("entityId") or "").strip() if related is not None else ""
        label, text, quality = said.get("type", ""), said.get("relatedEntity", ""), said.get("quality", "")
        if not other and not text:
            draft.attributes.append(Attribute(label or "relationship", printed(element), origin=origin))
            return
        kind = RelationKind(self._relations.get(label, "other"))
        note = joined(said.get("comments", ""), f"quality: {quality}" if quality else "")
        number = target_id(other) if other else ""
        draft.relations.append(Relation(kind, other=number, text=text, label=label, note=note, origin=origin))
