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

from typing import TYPE_CHECKING

import attrs

from sanctions_tracker.errors import DamagedInputError, ModelError
from sanctions_tracker.model import (
    Attribute,
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
from sanctions_tracker.model.vocabulary import RelationKind, TargetKind
from sanctions_tracker.sources.document import Document
from sanctions_tracker.sources.markup import elements
from sanctions_tracker.sources.ofac.drafts import KINDS, Draft
from sanctions_tracker.sources.ofac.enhanced_imposing import Imposing
from sanctions_tracker.sources.ofac.enhanced_naming import names_of
from sanctions_tracker.sources.ofac.enhanced_parts import PartReader
from sanctions_tracker.sources.ofac.reference import joined, printed, target_id
from sanctions_tracker.sources.ofac.words import Words
from sanctions_tracker.sources.tables import mapping

if TYPE_CHECKING:
    from lxml import etree

FORMAT_ID = "ofac-enhanced-xml"
LIST_ID = "us-ofac-enhanced"
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


def recognise(document: Document) -> bool:
    """Whether the XML root is that of the enhanced format."""
    namespace, name = document.root
    return name == "sanctionsData" and namespace.endswith("ENHANCED_XML")


@attrs.define
class _Gathered:
    """What one pass over the file gathers."""

    date: PartialDate | None = None
    seen: int = 0
    targets: dict[str, Target] = attrs.Factory(dict)
    measures: dict[str, Measure] = attrs.Factory(dict)
    rejected: list[RejectedRecord] = attrs.Factory(list)
    notes: list[Note] = attrs.Factory(list)


def parse(document: Document, sanctioner: Sanctioner) -> SanctionsList:
    """Read the whole file.

    Raises:
        DamagedInputError: the XML is malformed or cut short, or holds no party.
        UnsafeInputError: it declares entities.
    """
    gathered = _Reader(document).read()
    _check_relations(gathered)
    title = "OFAC sanctions lists, enhanced format"
    source = Source(
        LIST_ID,
        title=title,
        publisher=sanctioner.name,
        kind="official_list",
        language="en",
        published=gathered.date,
        sha256=document.sha256(),
    )
    return SanctionsList(
        id=LIST_ID,
        title=title,
        date=gathered.date,
        format=FORMAT_ID,
        sanctioners=(sanctioner,),
        targets=tuple(gathered.targets.values()),
        measures=tuple(measure for measure in gathered.measures.values() if measure.target in gathered.targets),
        sources=(source,),
        rejected=tuple(gathered.rejected),
        notes=tuple(gathered.notes),
        records_seen=gathered.seen,
    )


def _check_relations(gathered: _Gathered) -> None:
    """A relation to a party that the file does not hold keeps the name, and the id in its note."""
    for number, target in gathered.targets.items():
        if any(relation.other not in gathered.targets for relation in target.relations):
            relations = tuple(_checked(relation, gathered) for relation in target.relations)
            gathered.targets[number] = attrs.evolve(target, relations=relations)


def _checked(relation: Relation, gathered: _Gathered) -> Relation:
    if relation.other in gathered.targets:
        return relation
    known = relation.other.removeprefix("us:")
    text = f"a relation to a party that the file does not hold: {relation.label} {relation.text or relation.other}"
    gathered.notes.append(Note(text, relation.origin))
    note = joined(relation.note, f"entity {known}" if known else "")
    return attrs.evolve(relation, other="", text=relation.text or relation.other or "not named", note=note)


class _Reader:
    """One pass over the publication's data, the countries' codes and the entities."""

    def __init__(self, document: Document) -> None:
        namespace, _ = document.root
        self._document = document
        self._gathered = _Gathered()
        self._words = Words(f"{{{namespace}}}", LIST_ID, self._gathered.notes)
        self._parts = PartReader(self._words)
        self._imposing = Imposing(self._words)
        self._relations = mapping("ofac_relations", "label", "kind")

    def read(self) -> _Gathered:
        ns = self._words.ns
        for element in elements(self._document, [ns + name for name in _READ]):
            name = element.tag.removeprefix(ns)
            if name == "entity":
                self._entity(element)
            elif name == "referenceValue":
                self._words.learn(element)
            else:
                self._information(element)
        if not self._gathered.seen:
            message = "the file holds no party: it is not whole"
            raise DamagedInputError(message, file=self._document.name)
        return self._gathered

    def _information(self, element: etree._Element) -> None:
        """The file's own date; what it was selected by is a note, for it is then not the whole list."""
        for child in element.iterchildren("*"):
            name, text = self._words.name(child), printed(child)
            origin = Origin(LIST_ID, "", f"publicationInfo/{name}", text)
            if name == "dataAsOf" and (date := self._words.day(text)):
                self._gathered.date = date
            elif name == "filters":
                for chosen in child.iterchildren("*"):
                    values = "; ".join(printed(value) for value in chosen.iterchildren("*"))
                    note = f"the file is a selection by {self._words.name(chosen)}: {values}"
                    self._gathered.notes.append(Note(note, origin))
            else:
                self._gathered.notes.append(Note(f"not understood, {name}: {text}", origin))

    def _entity(self, element: etree._Element) -> None:
        gathered = self._gathered
        gathered.seen += 1
        number = (element.get("id") or "").strip()
        locator = f"entity[@id='{number}']" if number else f"entity[{gathered.seen}]"
        origin = Origin(LIST_ID, number, locator)
        if not number or target_id(number) in gathered.targets:
            reason = f"a second entity with the id {number}" if number else "the entity has no id"
            gathered.rejected.append(RejectedRecord(origin, reason))
            return
        draft = Draft(number, TargetKind.UNKNOWN, gathered.notes)
        members = self._members(element, draft, origin)
        try:
            gathered.targets[target_id(number)] = self._target(draft, members, origin)
        except ModelError as error:
            gathered.rejected.append(RejectedRecord(origin, str(error)))
            return
        for measure in self._imposing.measures(members, draft, origin):
            gathered.measures[measure.id] = measure

    def _members(self, element: etree._Element, draft: Draft, origin: Origin) -> dict[str, list[etree._Element]]:
        """The members of each of an entity's lists; the general information is read at once."""
        found: dict[str, list[etree._Element]] = {name: [] for name in _LISTS}
        for child in element.iterchildren("*"):
            name = self._words.name(child)
            if name == "generalInfo":
                self._general(child, draft, origin)
            elif name in _LISTS:
                for item in child.iterchildren("*"):
                    if self._words.name(item) == _LISTS[name]:
                        found[name].append(item)
                    else:
                        self._words.keep(draft, item, origin)
            else:
                self._words.keep(draft, child, origin)
        return found

    def _general(self, element: etree._Element, draft: Draft, origin: Origin) -> None:
        said = self._words.read(element, _GENERAL, draft, origin)
        word = said.get("entityType", "")
        kind = KINDS.get(word.lower()) if word else None
        if kind is None:
            draft.add_note(f"no kind of party is known by the name {word!r}", origin)
        draft.kind = kind or TargetKind.UNKNOWN
        draft.positions.extend(filter(None, [said.get("title", "")]))
        draft.remarks.extend(filter(None, [said.get("remarks", "")]))

    def _target(self, draft: Draft, members: dict[str, list[etree._Element]], origin: Origin) -> Target:
        draft.names.extend(names_of(self._words, members["names"], draft, origin))
        for address in members["addresses"]:
            self._parts.address(address, draft, origin)
        for feature in members["features"]:
            self._parts.feature(feature, draft, origin)
        for document in members["identityDocuments"]:
            self._parts.document(document, draft, origin)
        for relationship in members["relationships"]:
            self._relation(relationship, draft, origin)
        return draft.target(target_id(draft.record), origin)

    def _relation(self, element: etree._Element, draft: Draft, party: Origin) -> None:
        words = self._words
        origin = words.place(party, element)
        said = words.read(element, ("type", "relatedEntity", "quality", "comments"), draft, origin)
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
