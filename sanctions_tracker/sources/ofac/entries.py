"""The dated entries and the relations of the advanced format."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import attrs

from sanctions_tracker.model import Measure, MeasureEvent, Note, Origin, PartialDate, Relation
from sanctions_tracker.model.vocabulary import EventKind, MeasureKind, RelationKind
from sanctions_tracker.sources.ofac.reference import (
    LIST_ID,
    SANCTIONER_ID,
    SILENT,
    Reference,
    children,
    flag,
    joined,
    leaves,
    printed,
    target_id,
    texts,
)
from sanctions_tracker.sources.tables import mapping

if TYPE_CHECKING:
    from lxml import etree

#: The only type of event in the files seen; others are kept in words, and change no status.
_CREATED = "Created"


@attrs.define
class _Said:
    """What the SanctionsMeasure elements of one entry say: programmes, and label -> remarks."""

    programmes: list[str] = attrs.Factory(list)
    labels: defaultdict[str, list[str]] = attrs.Factory(lambda: defaultdict(list))


class _Event(NamedTuple):
    kind: EventKind
    date: PartialDate
    note: str


class _Imposed(NamedTuple):
    """All that an entry says but whose it is: many entries say the same, and share one."""

    list_name: str
    programmes: tuple[str, ...]
    bases: tuple[str, ...]
    events: tuple[_Event, ...]
    #: Label, kind and remarks of each measure.
    kinds: tuple[tuple[str, MeasureKind, str], ...]


class Listing(NamedTuple):
    """One entry: its profile, its own id, and what it imposes."""

    profile: str
    entry: str
    imposed: _Imposed

    @property
    def target(self) -> str:
        """The id of the target that the profile makes."""
        return target_id(self.profile)

    @property
    def origin(self) -> Origin:
        """Where the entry stands."""
        return Origin(LIST_ID, self.profile, f"SanctionsEntry[@ID='{self.entry}']")

    def measures(self, target: str) -> list[Measure]:
        """One measure on ``target`` for each kind that the entry imposes."""
        name, programmes, bases, found, kinds = self.imposed
        origin = self.origin
        events = tuple([MeasureEvent(kind, date, note=note, origin=origin) for kind, date, note in found])
        return [
            Measure(
                id=f"{target_id(self.profile)}/{self.entry}/{label or kind.value}",
                sanctioner=SANCTIONER_ID,
                target=target,
                kind=kind,
                label=label,
                list_name=name,
                programmes=programmes,
                legal_bases=bases,
                events=events,
                note=note,
                origins=(origin,),
            )
            for label, kind, note in kinds
        ]


class EntryReader:
    """Turns SanctionsEntry and ProfileRelationship elements into values."""

    def __init__(self, reference: Reference, notes: list[Note]) -> None:
        self._reference = reference
        self._notes = notes
        self._entry_tags = reference.tags("EntryEvent", "SanctionsMeasure")
        self._event_tags = reference.tags("Comment", "Date")
        self._period_tags = reference.tags("Comment", "DatePeriod")
        self._kinds = mapping("ofac_measures", "label", "kind")
        self._relations = mapping("ofac_relations", "label", "kind")
        self._shared: dict[_Imposed, _Imposed] = {}

    def listing(self, element: etree._Element) -> Listing:
        """What one entry says.

        All events of an entry carry one date, that of its first listing,
        repeated on legal bases added later (many predate their own order): it
        dates the listing, never a basis or a programme.
        """
        profile, entry = element.get("ProfileID", ""), element.get("ID", "")
        origin = Origin(LIST_ID, profile, f"SanctionsEntry[@ID='{entry}']")
        found = children(element, self._entry_tags, origin, self._notes)
        bases, events = self._events(found.get("EntryEvent", ()), origin)
        said = self._said(found.get("SanctionsMeasure", ()), origin)
        imposed = _Imposed(
            self._reference.name("List", element.get("ListID")),
            tuple(sorted(set(said.programmes))),
            bases,
            events,
            tuple([(label, self._kind(label, origin), joined(*notes)) for label, notes in said.labels.items()]),
        )
        return Listing(profile, entry, self._shared.setdefault(imposed, imposed))

    def _kind(self, label: str, origin: Origin) -> MeasureKind:
        if label not in self._kinds:
            self._notes.append(Note(f"no kind of measure is known by the name {label!r}", origin))
        return MeasureKind(self._kinds.get(label, "unspecified"))

    def _events(
        self, elements: list[etree._Element] | tuple[()], origin: Origin
    ) -> tuple[tuple[str, ...], tuple[_Event, ...]]:
        """The legal bases, and the events: one for each date, for bases are not dated."""
        bases: list[str] = []
        events: list[_Event] = []
        for element in elements:
            bases.append(self._reference.name("LegalBasis", element.get("LegalBasisID")))
            found = children(element, self._event_tags, origin, self._notes)
            word = self._reference.name("EntryEventType", element.get("EntryEventTypeID"))
            kind = EventKind.LISTED if word == _CREATED else EventKind.AMENDED
            if kind is not EventKind.LISTED:
                self._notes.append(Note(f"an event of no known kind: {word!r}", origin))
            remark = joined("" if word == _CREATED else word, texts(found.get("Comment")))
            days = [day for date in found.get("Date", ()) if (day := self._day(date, origin))]
            events.extend([_Event(kind, day, remark) for day in days])
            if remark and not days:
                self._notes.append(Note(f"an event without a date: {remark}", origin))
        if not events:
            self._notes.append(Note("the entry has no date", origin))
        return tuple(dict.fromkeys(basis for basis in bases if basis not in SILENT)), tuple(dict.fromkeys(events))

    def _day(self, element: etree._Element, origin: Origin) -> PartialDate | None:
        try:
            return self._reference.day(element)
        except ValueError as error:
            self._notes.append(
                Note(f"the entry's date is no date: {error}", attrs.evolve(origin, raw=printed(element)))
            )
            return None

    def _said(self, elements: list[etree._Element] | tuple[()], origin: Origin) -> _Said:
        """A Program's comment is its name; a comment on any other kind is a remark."""
        imposed = _Said()
        for element in elements:
            said = leaves(element, self._period_tags, origin, self._notes)
            label = self._reference.name("SanctionsType", element.get("SanctionsTypeID"))
            comment, period = said.get("Comment", ""), said.get("DatePeriod", "")
            if label != "Program":
                imposed.labels[label].extend([comment, period])
            elif comment and not period:
                imposed.programmes.append(comment)
            else:
                imposed.programmes.extend([comment] if comment else [])
                self._notes.append(
                    Note(f"a programme without a name, or with a date: {joined(comment, period)}", origin)
                )
        if not imposed.labels:
            imposed.labels[""] = []
        return imposed

    def relation(self, element: etree._Element) -> tuple[str, Relation]:
        """The bearer's target id, and the relation; ``other`` is not checked yet."""
        bearer, other = element.get("From-ProfileID", ""), element.get("To-ProfileID", "")
        origin = Origin(LIST_ID, bearer, f"ProfileRelationship[@ID='{element.get('ID', '')}']")
        found = children(element, self._period_tags, origin, self._notes)
        label = self._reference.name("RelationType", element.get("RelationTypeID"))
        quality = self._reference.name("RelationQuality", element.get("RelationQualityID"))
        during = [self._period(period, origin) for period in found.get("DatePeriod", ())]
        return target_id(bearer), Relation(
            RelationKind(self._relations.get(label, "other")),
            other=target_id(other),
            label=label,
            former=flag(element, "Former", origin, self._notes),
            during=next(filter(None, during), None),
            note=joined(
                texts(found.get("Comment")),
                "" if quality in SILENT else f"quality: {quality}",
                *(f"also {date}" for date in list(filter(None, during))[1:]),
            ),
            origin=origin,
        )

    def _period(self, element: etree._Element, origin: Origin) -> PartialDate | None:
        comment = element.findtext(self._reference.ns + "Comment")
        if comment and comment.strip():
            self._notes.append(Note(f"a comment on the relation's period: {comment.strip()}", origin))
        try:
            return self._reference.period(element)
        except ValueError as error:
            message = f"the relation's period is no date: {error}"
            self._notes.append(Note(message, attrs.evolve(origin, raw=printed(element))))
            return None
