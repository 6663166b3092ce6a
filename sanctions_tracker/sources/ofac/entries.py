"""The dated entries and the relations of the advanced format."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sanctions_tracker.model import Measure, MeasureEvent, Note, Origin, PartialDate, Relation
from sanctions_tracker.model.vocabulary import EventKind, MeasureKind, RelationKind
from sanctions_tracker.sources.ofac.reference import Reference, date_of, period_of, target_id, text_of
from sanctions_tracker.sources.tables import mapping

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

#: The sanctioner and the source that every measure names.
_SANCTIONER, _SOURCE = "us-ofac", "us-ofac-advanced"


class EntryReader:
    """Turns SanctionsEntry and ProfileRelationship elements into values."""

    def __init__(self, reference: Reference, ns: str, notes: list[Note]) -> None:
        self._reference = reference
        self._ns = ns
        self._notes = notes

    def measures(self, element: etree._Element) -> Iterator[Measure]:
        """One measure for each kind that the entry imposes.

        All events of an entry carry one date, that of its first listing,
        repeated on legal bases added later (many predate their own order): it
        dates the listing, never a basis or a programme.
        """
        profile, entry = element.get("ProfileID", ""), element.get("ID", "")
        origin = Origin(_SOURCE, profile, f"SanctionsEntry[@ID='{entry}']")
        bases, events = self._events(element, origin)
        programmes, labels = self._programmes_and_kinds(element)
        if not labels:
            self._notes.append(Note("the entry names no kind of measure", origin))
        kinds = mapping("ofac_measures", "label", "kind")
        for label in labels or [""]:
            kind = MeasureKind(kinds.get(label, "unspecified"))
            yield Measure(
                id=f"{target_id(profile)}/{entry}/{label or kind.value}",
                sanctioner=_SANCTIONER,
                target=target_id(profile),
                kind=kind,
                label=label,
                list_name=self._reference.name("List", element.get("ListID")),
                programmes=programmes,
                legal_bases=bases,
                events=events,
                origins=(origin,),
            )

    def relation(self, element: etree._Element) -> tuple[str, Relation]:
        """The bearer's target id, and the relation."""
        label = self._reference.name("RelationType", element.get("RelationTypeID"))
        origin = Origin(
            _SOURCE, element.get("From-ProfileID", ""), f"ProfileRelationship[@ID='{element.get('ID')}']"
        )
        kind = mapping("ofac_relations", "label", "kind").get(label, "other")
        quality = self._reference.name("RelationQuality", element.get("RelationQualityID"))
        comment = text_of(element, self._ns + "Comment")
        relation = Relation(
            RelationKind(kind),
            other=target_id(element.get("To-ProfileID", "")),
            label=label,
            former=element.get("Former") == "true",
            during=self._during(element, origin),
            note="; ".join(part for part in (comment, "" if quality == "Unknown" else f"quality: {quality}") if part),
            origin=origin,
        )
        return target_id(element.get("From-ProfileID", "")), relation

    def _during(self, element: etree._Element, origin: Origin) -> PartialDate | None:
        period = element.find(self._ns + "DatePeriod")
        try:
            return period_of(period, self._ns) if period is not None else None
        except ValueError as error:
            self._notes.append(Note(f"the relation's period is no date: {error}", origin))
            return None

    def _events(self, element: etree._Element, origin: Origin) -> tuple[tuple[str, ...], tuple[MeasureEvent, ...]]:
        bases, days = [], []
        for event in element.iterchildren(self._ns + "EntryEvent"):
            basis = self._reference.name("LegalBasis", event.get("LegalBasisID"))
            if basis and basis != "Unknown":
                bases.append(basis)
            day = self._day(event, origin)
            if day is not None:
                days.append(PartialDate.on(day))
        if not days:
            self._notes.append(Note("the entry has no date", origin))
        listed = tuple(MeasureEvent(EventKind.LISTED, day, origin=origin) for day in dict.fromkeys(days))
        return tuple(dict.fromkeys(bases)), listed

    def _day(self, event: etree._Element, origin: Origin) -> dt.date | None:
        date = event.find(self._ns + "Date")
        try:
            return date_of(date) if date is not None else None
        except ValueError as error:
            self._notes.append(Note(f"the entry's date is no date: {error}", origin))
            return None

    def _programmes_and_kinds(self, element: etree._Element) -> tuple[tuple[str, ...], list[str]]:
        programmes, labels = [], []
        for measure in element.iterchildren(self._ns + "SanctionsMeasure"):
            label = self._reference.name("SanctionsType", measure.get("SanctionsTypeID"))
            comment = text_of(measure, self._ns + "Comment")
            if label == "Program":
                programmes.append(comment)
            else:
                labels.append(label)
        return tuple(sorted(set(programmes) - {""})), list(dict.fromkeys(labels))
