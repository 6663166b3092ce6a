"""SDN_ADVANCED.XML: reference values, then places, documents, parties, relations and entries.

A party's record is scattered over the file: its places and documents stand
before it, its relations and its dated entries after it. One pass gathers all
of it by id. Source of the layout: OFAC's "Advanced Sanctions List Standard"
and the file itself.

Whatever the five sections hold ends in the model or in a note, but for

* ids that only join or number records: ``@ID`` and ``@FixedRef`` of all but
  parties, ``Identity``, ``Alias``, ``NamePartGroup`` and ``Feature`` among
  them; ``LocationID``, ``IdentityID``, ``DocumentedNameID``, ``FeatureVersionID``
  and ``IDRegDocumentID`` once joined; ``ProfileRelationship/@SanctionsEntryID``,
  the entry that made the relation known;
* links that repeat another: ``Location/FeatureVersionReference`` and
  ``Location/IDRegDocumentReference``; ``VersionDetail/@DetailTypeID``, which the
  value itself shows;
* the precision flags ``@YearFixed``, ``@MonthFixed`` and ``@DayFixed`` (false on
  every date and true on every empty period), and the inner bounds of a period
  (see :meth:`.reference.Reference.period`);
* words that say nothing: ``Unknown`` of any set, ``Main`` of
  ``LocPartValueStatus``, ``PRIMARY`` of ``CountryRelevance``, ``Gregorian``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING, NoReturn

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
from sanctions_tracker.sources.ofac.parties import PartyReader
from sanctions_tracker.sources.ofac.reference import LIST_ID, Reference, date_of, printed

if TYPE_CHECKING:
    from lxml import etree

#: The elements that are read whole, and the sections where they stand; none for the root's own children.
_SECTIONS = {
    "DateOfIssue": "",
    "ReferenceValueSets": "",
    "Location": "Locations",
    "IDRegDocument": "IDRegDocuments",
    "DistinctParty": "DistinctParties",
    "ProfileRelationship": "ProfileRelationships",
    "SanctionsEntry": "SanctionsEntries",
}


def recognise(document: Document) -> bool:
    """Whether the XML root is that of the advanced format."""
    namespace, name = document.root
    return name == "Sanctions" and (namespace.endswith("ADVANCED_XML") or "un.org/sanctions" in namespace)


@attrs.define
class _Gathered:
    """What one pass over the file gathers.

    ``merged`` tells the target of a profile that is not a party's first.
    """

    date: PartialDate | None = None
    seen: int = 0
    targets: dict[str, Target] = attrs.Factory(dict)
    merged: dict[str, str] = attrs.Factory(dict)
    relations: list[tuple[str, Relation]] = attrs.Factory(list)
    measures: list[Measure] = attrs.Factory(list)
    rejected: list[RejectedRecord] = attrs.Factory(list)
    notes: list[Note] = attrs.Factory(list)


class _Reader:
    """One pass: each element goes to the method of its name."""

    def __init__(self, document: Document) -> None:
        namespace, _ = document.root
        self._document = document
        self._ns = f"{{{namespace}}}" if namespace else ""
        self._gathered = _Gathered()
        self._reference: Reference | None = None
        self._root: etree._Element | None = None
        self._checked: dict[str, etree._Element | None] = {}
        self._methods: dict[str, Callable[[etree._Element], None]] = {}

    def read(self) -> _Gathered:
        for element in elements(self._document, [self._ns + name for name in _SECTIONS]):
            name = element.tag.removeprefix(self._ns)
            self._check_place(element, name)
            if name == "DateOfIssue":
                self._date_of_issue(element)
            elif name == "ReferenceValueSets":
                self._reference_values(element)
            elif self._reference is None:
                self._refuse(f"{name} stands before the reference values that its codes need", element)
            else:
                self._methods[name](element)
        if not self._gathered.seen:
            self._refuse("the file holds no party: it is not whole")
        self._close()
        return self._gathered

    def _refuse(self, message: str, element: etree._Element | None = None) -> NoReturn:
        locator = f"line {element.sourceline}" if element is not None else ""
        raise DamagedInputError(message, file=self._document.name, locator=locator)

    def _check_place(self, element: etree._Element, name: str) -> None:
        """Refuse a record inside another: both would be read in part only."""
        section = element.getparent()
        if section is not None and section is self._checked.get(name):
            return
        above = [ancestor.tag.removeprefix(self._ns) for ancestor in element.iterancestors()]
        self._root = element.getroottree().getroot()
        if above[:-1] != [section for section in [_SECTIONS[name]] if section]:
            self._refuse(f"{name} stands inside {'/'.join(reversed(above))}, where none is expected", element)
        self._checked[name] = section if _SECTIONS[name] else None

    def _date_of_issue(self, element: etree._Element) -> None:
        origin = Origin(LIST_ID, "", "DateOfIssue", printed(element))
        if self._gathered.date:
            self._gathered.notes.append(Note("a second date of issue", origin))
            return
        try:
            day = date_of(element, self._ns)
        except ValueError as error:
            self._gathered.notes.append(Note(f"the date of issue is no date: {error}", origin))
        else:
            self._gathered.date = PartialDate.on(day) if day else None

    def _reference_values(self, element: etree._Element) -> None:
        if self._reference is not None:
            self._refuse("the reference values stand twice: what the codes mean is not certain", element)
        notes = self._gathered.notes
        self._reference = Reference.read(element, self._ns)
        self._parties = PartyReader(self._reference, notes)
        self._entries = EntryReader(self._reference, notes)
        self._methods = {
            "Location": self._parties.places.add,
            "IDRegDocument": self._parties.documents.add,
            "DistinctParty": self._party,
            "ProfileRelationship": lambda relation: self._gathered.relations.append(self._entries.relation(relation)),
            "SanctionsEntry": lambda entry: self._gathered.measures.extend(self._entries.measures(entry)),
        }

    def _party(self, element: etree._Element) -> None:
        gathered = self._gathered
        gathered.seen += 1
        number = element.get("FixedRef")
        locator = f"DistinctParty[@FixedRef='{number}']" if number else f"DistinctParty[{gathered.seen}]"
        origin = Origin(LIST_ID, number or "", locator)
        try:
            target, others = self._parties.target(element, origin)
        except ModelError as error:
            gathered.rejected.append(RejectedRecord(origin, str(error)))
            return
        if target.id in gathered.targets:
            gathered.rejected.append(RejectedRecord(origin, f"a second party with the id {target.id}"))
            return
        gathered.targets[target.id] = target
        gathered.merged.update(dict.fromkeys(others, target.id))

    def _close(self) -> None:
        """What can only be told once the whole file is read."""
        notes = self._gathered.notes
        notes.extend(self._parties.places.leftovers())
        notes.extend(self._parties.documents.leftovers())
        if self._reference is not None:
            for (group, code), count in self._reference.unexplained.items():
                notes.append(Note(f"the reference values do not hold the {group} {code!r}, used {count} time(s)"))
        for section in self._root if self._root is not None else ():
            name, count = str(section.tag).removeprefix(self._ns), sum(1 for _ in section.iterchildren("*"))
            if count and name not in {*_SECTIONS, *_SECTIONS.values()}:
                notes.append(Note(f"a section that this reader does not know: {name}, of {count} element(s)"))


def _with_relations(gathered: _Gathered) -> None:
    """Hand each relation to its bearer; one end that the file does not hold is told in a note."""
    found: defaultdict[str, list[Relation]] = defaultdict(list)
    for bearer, relation in gathered.relations:
        other = gathered.merged.get(relation.other, relation.other)
        if other not in gathered.targets:
            text = f"a relation to a party that the file does not hold: {relation.label} {other}"
            gathered.notes.append(Note(text, relation.origin))
            relation = attrs.evolve(relation, other="", text=other)  # noqa: PLW2901  (the same relation)
        elif other != relation.other:
            relation = attrs.evolve(relation, other=other)  # noqa: PLW2901
        found[gathered.merged.get(bearer, bearer)].append(relation)
    for bearer, relations in found.items():
        if bearer in gathered.targets:
            gathered.targets[bearer] = attrs.evolve(gathered.targets[bearer], relations=tuple(relations))
        else:
            for relation in relations:
                text = f"a relation of a party that the file does not hold: {relation.label} {relation.other}"
                gathered.notes.append(Note(text, relation.origin))


def _measures(gathered: _Gathered) -> tuple[Measure, ...]:
    """The measures on parties that the file holds, each under an id of its own; the others are notes."""
    found: dict[str, Measure] = {}
    for measure in gathered.measures:
        target = gathered.merged.get(measure.target, measure.target)
        origin = measure.origins[0]
        if target not in gathered.targets:
            gathered.notes.append(Note(f"an entry for a party that the file does not hold: {measure.label}", origin))
            continue
        number = measure.id
        if number in found:
            gathered.notes.append(Note(f"a second measure with the id {number}", origin))
            number = next(f"{number} #{n}" for n in range(2, len(found) + 3) if f"{number} #{n}" not in found)
        changed = number != measure.id or target != measure.target
        found[number] = attrs.evolve(measure, id=number, target=target) if changed else measure
    return tuple(found.values())


def parse(document: Document, sanctioner: Sanctioner) -> SanctionsList:
    """Read the whole file.

    Raises:
        DamagedInputError: the XML is malformed or cut short, holds no party, its
            reference values are missing, or a record stands inside another.
        UnsafeInputError: it declares entities.
    """
    gathered = _Reader(document).read()
    _with_relations(gathered)
    return _list_of(gathered, document.sha256(), sanctioner)


def _list_of(gathered: _Gathered, sha256: str, sanctioner: Sanctioner) -> SanctionsList:
    source = Source(
        LIST_ID,
        title="OFAC sanctions lists, advanced format",
        publisher=sanctioner.name,
        kind="official_list",
        language="en",
        published=gathered.date,
        sha256=sha256,
    )
    return SanctionsList(
        id=LIST_ID,
        title="OFAC sanctions lists",
        date=gathered.date,
        format="ofac-advanced-xml",
        sanctioners=(sanctioner,),
        targets=tuple(gathered.targets.values()),
        measures=_measures(gathered),
        sources=(source,),
        rejected=tuple(gathered.rejected),
        notes=tuple(gathered.notes),
        records_seen=gathered.seen,
    )
