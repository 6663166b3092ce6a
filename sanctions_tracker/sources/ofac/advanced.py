"""SDN_ADVANCED.XML: reference values, then places, documents, parties, relations and entries.

A party's record is scattered over the file: its places and documents stand
before it, its relations and its dated entries after it. One pass holds the
parties until the end; two passes hold what is to be joined to them, by id.
Source of the layout: OFAC's "Advanced Sanctions List Standard" and the file
itself.

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

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from sanctions_tracker.errors import DamagedInputError, ModelError
from sanctions_tracker.model import Note, Origin, PartialDate, RejectedRecord, Sanctioner, Source, Target
from sanctions_tracker.sources.document import Document
from sanctions_tracker.sources.markup import elements
from sanctions_tracker.sources.ofac.entries import EntryReader
from sanctions_tracker.sources.ofac.joining import Joins
from sanctions_tracker.sources.ofac.parties import PartyReader
from sanctions_tracker.sources.ofac.reference import LIST_ID, Reference, date_of, printed
from sanctions_tracker.sources.parts import Entry, Heading, Part

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


def parse(document: Document, sanctioner: Sanctioner) -> Iterator[Part]:
    """Read the whole file in one pass; the parties come at its end, for their entries stand behind them.

    Raises:
        DamagedInputError: the XML is malformed or cut short, holds no party, its
            reference values are missing, or a record stands inside another.
        UnsafeInputError: it declares entities.
    """
    reader = _Reader(document)
    joins = Joins()
    found = list(reader.found(joins))
    for party in found:
        if isinstance(party, _Party):
            joins.know([party.target.id, *party.others])
    yield _heading(reader.date, sanctioner)
    yield from _joined(found, joins)
    yield from reader.leftovers()


def sparing(document: Document, sanctioner: Sanctioner) -> Iterator[Part]:
    """Read the file in two passes, the first of which keeps entries and relations; otherwise as :func:`parse`.

    Raises:
        ReadError: the input cannot be read twice, or changed between the passes.
    """
    first = _Reader(document)
    joins = first.joins()
    yield _heading(first.date, sanctioner)
    with document.again() as again:
        second = _Reader(again, first.reference)
        yield from _joined(second.found(), joins)
    yield from second.leftovers()


def _heading(date: PartialDate | None, sanctioner: Sanctioner) -> Heading:
    source = Source(
        LIST_ID,
        title="OFAC sanctions lists, advanced format",
        publisher=sanctioner.name,
        kind="official_list",
        language="en",
        published=date,
    )
    return Heading.of(source, sanctioner, title="OFAC sanctions lists")


class _Party(NamedTuple):
    """A party as far as its own element tells; ``others`` are the ids of its further profiles."""

    target: Target
    others: list[str]
    notes: tuple[Note, ...]


#: What one pass finds beside what is to be joined.
_Found = _Party | RejectedRecord | Note


def _joined(found: Iterable[_Found], joins: Joins) -> Iterator[Part]:
    """Each party with its relations and measures, and in the end those of nobody."""
    for part in found:
        if isinstance(part, _Party):
            target, measures, notes = joins.of(part.target, part.others)
            yield Entry(target, measures, (*part.notes, *notes))
        else:
            yield part
    yield from joins.leftovers()


class _Reader:
    """One pass: each element goes to the method of its name.

    ``date`` is known after the pass; ``reference`` is given where an earlier pass has read it.
    """

    def __init__(self, document: Document, reference: Reference | None = None) -> None:
        namespace, _ = document.root
        self.date: PartialDate | None = None
        self.reference = reference
        self._document = document
        self._ns = f"{{{namespace}}}" if namespace else ""
        self._known = reference is not None
        self._notes: list[Note] = []
        self._seen = 0
        self._root: etree._Element | None = None
        self._checked: dict[str, etree._Element | None] = {}
        if reference is not None:
            self._with_reference(reference)

    def _with_reference(self, reference: Reference) -> None:
        self._parties = PartyReader(reference, self._notes)
        self._entries = EntryReader(reference, self._notes)

    def found(self, joins: Joins | None = None) -> Iterator[_Found]:
        """The parties one by one, and notes of none; what is to be joined goes to ``joins`` where there are such."""
        for name, element in self._records():
            if self._notes:  # of what stands before the record
                yield from self._taken_notes()
            if name == "DistinctParty":
                yield from self._party(element)
            elif name == "Location":
                self._parties.places.add(element)
            elif name == "IDRegDocument":
                self._parties.documents.add(element)
            elif joins is not None:
                self._join(name, element, joins)
        yield from self._taken_notes()

    def joins(self) -> Joins:
        """What is to be joined to the parties, and which parties there are; notes of anything else are left."""
        joins = Joins()
        for name, element in self._records():
            self._taken_notes()
            if name == "DistinctParty":
                joins.know(self._parties.ids(element))
            elif name not in {"Location", "IDRegDocument"}:
                self._join(name, element, joins)
        return joins

    def leftovers(self) -> Iterator[Note]:
        """What can only be told once the whole file is read."""
        yield from self._parties.places.leftovers()
        yield from self._parties.documents.leftovers()
        if self.reference is not None:
            for (group, code), count in sorted(self.reference.unexplained.items()):
                yield Note(f"the reference values do not hold the {group} {code!r}, used {count} time(s)")
        for section in self._root if self._root is not None else ():
            name, count = str(section.tag).removeprefix(self._ns), sum(1 for _ in section.iterchildren("*"))
            if count and name not in {*_SECTIONS, *_SECTIONS.values()}:
                yield Note(f"a section that this reader does not know: {name}, of {count} element(s)")

    def _taken_notes(self) -> tuple[Note, ...]:
        notes = tuple(self._notes)
        self._notes.clear()
        return notes

    def _records(self) -> Iterator[tuple[str, etree._Element]]:
        """Each record with the name of its element; what stands above them is read at once."""
        for element in elements(self._document, [self._ns + name for name in _SECTIONS]):
            name = element.tag.removeprefix(self._ns)
            self._check_place(element, name)
            if name == "DateOfIssue":
                self._date_of_issue(element)
            elif name == "ReferenceValueSets":
                self._reference_values(element)
            elif self.reference is None:
                self._refuse(f"{name} stands before the reference values that its codes need", element)
            else:
                self._seen += name == "DistinctParty"
                yield name, element
        if not self._seen:
            self._refuse("the file holds no party: it is not whole")

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
        if self.date:
            self._notes.append(Note("a second date of issue", origin))
            return
        try:
            day = date_of(element, self._ns)
        except ValueError as error:
            self._notes.append(Note(f"the date of issue is no date: {error}", origin))
        else:
            self.date = PartialDate.on(day) if day else None

    def _reference_values(self, element: etree._Element) -> None:
        if self._known:  # by an earlier pass, which has made sure that they stand once
            return
        if self.reference is not None:
            self._refuse("the reference values stand twice: what the codes mean is not certain", element)
        self.reference = Reference.read(element, self._ns)
        self._with_reference(self.reference)

    def _join(self, name: str, element: etree._Element, joins: Joins) -> None:
        if name == "ProfileRelationship":
            bearer, relation = self._entries.relation(element)
            joins.add_relation(bearer, relation, self._taken_notes())
        else:
            joins.add_listing(self._entries.listing(element), self._taken_notes())

    def _party(self, element: etree._Element) -> Iterator[_Found]:
        number = element.get("FixedRef")
        locator = f"DistinctParty[@FixedRef='{number}']" if number else f"DistinctParty[{self._seen}]"
        origin = Origin(LIST_ID, number or "", locator)
        try:
            target, others = self._parties.target(element, origin)
        except ModelError as error:
            yield RejectedRecord(origin, str(error))
        else:
            yield _Party(target, others, self._taken_notes())
