"""SDN_ADVANCED.XML: reference values, then places, documents, parties, relations and entries.

A party's record is scattered over the file: its places and documents stand
before it, its relations and its dated entries after it. One pass gathers all
of it by id. Source of the layout: OFAC's "Advanced Sanctions List Standard"
and the file itself.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import attrs

from sanctions_tracker.errors import DamagedInputError, ModelError
from sanctions_tracker.model import (
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
from sanctions_tracker.sources.document import Document
from sanctions_tracker.sources.markup import elements
from sanctions_tracker.sources.ofac.entries import EntryReader
from sanctions_tracker.sources.ofac.parties import PartyReader, Place, RegisteredDocument
from sanctions_tracker.sources.ofac.reference import Reference, date_of, target_id

if TYPE_CHECKING:
    from lxml import etree

#: The source id that every origin names.
LIST_ID = "us-ofac-advanced"

#: Elements read whole, in the order in which their sections stand in the file.
_READ = (
    "DateOfIssue",
    "ReferenceValueSets",
    "Location",
    "IDRegDocument",
    "DistinctParty",
    "ProfileRelationship",
    "SanctionsEntry",
)


def recognise(document: Document) -> bool:
    """Whether the XML root is that of the advanced format."""
    namespace, name = document.root
    return name == "Sanctions" and (namespace.endswith("ADVANCED_XML") or "un.org/sanctions" in namespace)


@attrs.define
class _Gathered:
    """What one pass over the file gathers."""

    date: PartialDate | None = None
    seen: int = 0
    targets: dict[str, Target] = attrs.Factory(dict)
    relations: defaultdict[str, list[Relation]] = attrs.Factory(lambda: defaultdict(list))
    measures: list[Measure] = attrs.Factory(list)
    rejected: list[RejectedRecord] = attrs.Factory(list)
    notes: list[Note] = attrs.Factory(list)


class _Reader:
    """One pass: each element goes to the method of its name."""

    def __init__(self, namespace: str) -> None:
        self.ns = f"{{{namespace}}}" if namespace else ""
        self.gathered = _Gathered()
        self._reference: Reference | None = None
        self._places: dict[str, Place] = {}
        self._documents: defaultdict[str, list[RegisteredDocument]] = defaultdict(list)
        self._parties: PartyReader | None = None
        self._entries: EntryReader | None = None
        self._methods = {
            self.ns + "DateOfIssue": self._date_of_issue,
            self.ns + "ReferenceValueSets": self._reference_values,
            self.ns + "Location": self._location,
            self.ns + "IDRegDocument": self._document,
            self.ns + "DistinctParty": self._party,
            self.ns + "ProfileRelationship": self._relationship,
            self.ns + "SanctionsEntry": self._entry,
        }

    def read(self, document: Document) -> _Gathered:
        for element in elements(document, [self.ns + name for name in _READ]):
            self._methods[element.tag](element)
        if self._parties is None:
            message = "no reference values and no party: the file is not whole"
            raise DamagedInputError(message, file=document.name)
        return self.gathered

    def _date_of_issue(self, element: etree._Element) -> None:
        day = date_of(element)
        self.gathered.date = PartialDate.on(day) if day else None

    def _reference_values(self, element: etree._Element) -> None:
        self._reference = Reference.read(element, self.ns)
        self._parties = PartyReader(self._reference, self.ns, self._places, self._documents, self.gathered.notes)
        self._entries = EntryReader(self._reference, self.ns, self.gathered.notes)

    def _location(self, element: etree._Element) -> None:
        if self._parties:
            self._places[element.get("ID", "")] = self._parties.place(element)

    def _document(self, element: etree._Element) -> None:
        if self._parties:
            self._documents[element.get("IdentityID", "")].append(self._parties.document(element))

    def _party(self, element: etree._Element) -> None:
        self.gathered.seen += 1
        origin = Origin(LIST_ID, element.get("FixedRef", ""), f"DistinctParty[@FixedRef='{element.get('FixedRef')}']")
        try:
            if self._parties is None:
                message = "it stands before the reference values that its codes need"
                raise ModelError(message)  # noqa: TRY301  (told like any other broken record)
            target = self._parties.target(element, origin)
            if target.id in self.gathered.targets:
                message = f"a second party with the id {target.id}"
                raise ModelError(message)  # noqa: TRY301
        except (ModelError, KeyError, ValueError) as error:
            self.gathered.rejected.append(RejectedRecord(origin, str(error)))
        else:
            self.gathered.targets[target.id] = target

    def _relationship(self, element: etree._Element) -> None:
        if self._entries:
            bearer, relation = self._entries.relation(element)
            self.gathered.relations[bearer].append(relation)

    def _entry(self, element: etree._Element) -> None:
        if self._entries is None:
            return
        target = target_id(element.get("ProfileID", ""))
        if target in self.gathered.targets:
            self.gathered.measures.extend(self._entries.measures(element))
        else:
            origin = Origin(LIST_ID, element.get("ProfileID", ""), f"SanctionsEntry[@ID='{element.get('ID')}']")
            self.gathered.notes.append(Note("an entry for a party that the file does not hold", origin))


def _with_relations(gathered: _Gathered) -> tuple[Target, ...]:
    for bearer, relations in gathered.relations.items():
        if bearer in gathered.targets:
            gathered.targets[bearer] = attrs.evolve(gathered.targets[bearer], relations=tuple(relations))
        else:
            gathered.notes.append(Note(f"{len(relations)} relation(s) of a party that the file does not hold: {bearer}"))
    return tuple(gathered.targets.values())


def parse(document: Document, sanctioner: Sanctioner) -> SanctionsList:
    """Read the whole file.

    Raises:
        DamagedInputError: the XML is malformed or cut short.
        UnsafeInputError: it declares entities.
    """
    gathered = _Reader(document.root[0]).read(document)
    source = Source(
        LIST_ID,
        title="OFAC sanctions lists, advanced format",
        publisher=sanctioner.name,
        kind="official_list",
        language="en",
        published=gathered.date,
        sha256=document.sha256(),
    )
    return SanctionsList(
        id=LIST_ID,
        title="OFAC sanctions lists",
        date=gathered.date,
        format="ofac-advanced-xml",
        sanctioners=(sanctioner,),
        targets=_with_relations(gathered),
        measures=tuple(gathered.measures),
        sources=(source,),
        rejected=tuple(gathered.rejected),
        notes=tuple(gathered.notes),
        records_seen=gathered.seen,
    )
