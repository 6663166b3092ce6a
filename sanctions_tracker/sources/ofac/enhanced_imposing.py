"""What the enhanced format says is imposed: lists with dates, types, programmes and legal authorities.

The four stand beside each other and no element joins them. A type belongs to
one list (see the table ``ofac_type_lists``) and is dated by it, unless the
party's features date the type itself (``Listing Date (EO 14024 Directive 2):``).
Programmes and authorities are those of the party, on each of its measures.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from sanctions_tracker.model import Measure, MeasureEvent, Origin, PartialDate
from sanctions_tracker.model.vocabulary import EventKind, MeasureKind
from sanctions_tracker.sources.ofac.drafts import Draft
from sanctions_tracker.sources.ofac.listing import CONSOLIDATED
from sanctions_tracker.sources.ofac.reference import SANCTIONER_ID, joined, target_id
from sanctions_tracker.sources.ofac.words import Words
from sanctions_tracker.sources.tables import mapping

if TYPE_CHECKING:
    from lxml import etree

#: Features that date a type of sanctions; behind each stands the type in brackets.
_OWN_DATES = (("Listing Date", EventKind.LISTED), ("Effective Date", EventKind.EFFECTIVE))

_Members = Mapping[str, list[Any]]
#: Name of a list -> its element's place and the day on which the party was put on it.
_Dated = dict[str, tuple[Origin, PartialDate | None]]


class Imposing:
    """Turns the lists, types, programmes and authorities of an entity into measures."""

    def __init__(self, words: Words) -> None:
        self._words = words
        further = {label: kind for label, kind in mapping("ofac_type_lists", "label", "kind").items() if kind}
        self._kinds = {**further, **mapping("ofac_measures", "label", "kind")}
        self._lists = mapping("ofac_type_lists", "label", "list")

    def measures(self, members: _Members, draft: Draft) -> Iterator[Measure]:
        """One measure for each type of sanctions; one of unspecified kind where there is none."""
        target, party = target_id(draft.record), draft.origin
        programmes = tuple(dict.fromkeys(_texts(members["sanctionsPrograms"])))
        bases = tuple(dict.fromkeys(_texts(members["legalAuthorities"])))
        dated = self._dated(members, draft, party)
        labels = list(dict.fromkeys(_texts(members["sanctionsTypes"]))) or [""]
        chosen = {label: self._list_of(label, dated) for label in labels}
        for label, name in chosen.items():
            origin, date = dated.get(name, (party, None))
            events = _own_events(label, draft)
            if date and not any(event.kind is EventKind.LISTED for event in events):
                events = [MeasureEvent(EventKind.LISTED, date, origin=origin), *events]
            if not name and dated and not events:
                draft.add_note(f"not told which list the measure {label!r} stands on: {', '.join(dated)}", party)
            yield Measure(
                id=f"{target}/{label or 'unspecified'}",
                sanctioner=SANCTIONER_ID,
                target=target,
                kind=self._kind(label, draft, party),
                label=label,
                list_name=name,
                programmes=programmes,
                legal_bases=bases,
                events=tuple(events),
                note=_others(dated, set(chosen.values())),
                origins=(origin,),
            )

    def _dated(self, members: _Members, draft: Draft, party: Origin) -> _Dated:
        found: _Dated = {}
        for element in members["sanctionsLists"]:
            origin = self._words.place(party, element, "sanctionsList")
            text = element.get("datePublished", "")
            date = self._words.day(text)
            if date is None:
                draft.add_note(f"the list's date is no date: {text!r}", origin)
            found.setdefault((element.text or "").strip(), (origin, date))
        return found

    def _list_of(self, label: str, dated: _Dated) -> str:
        """The list that a type stands on: by the table, or the party's only one."""
        if self._lists.get(label) in dated:
            return self._lists[label]
        single = [name for name in dated if name != CONSOLIDATED] or list(dated)
        return single[0] if len(single) == 1 else ""

    def _kind(self, label: str, draft: Draft, party: Origin) -> MeasureKind:
        if label not in self._kinds:
            draft.add_note(f"no kind of measure is known by the name {label!r}", party)
        return MeasureKind(self._kinds.get(label, "unspecified"))


def _own_events(label: str, draft: Draft) -> list[MeasureEvent]:
    """The events that the party's features date for one type of sanctions alone."""
    short = "CMIC" if label.startswith("CMIC") else label.replace("Executive Order ", "EO ")
    return [
        MeasureEvent(kind, attribute.date, origin=attribute.origin)
        for word, kind in _OWN_DATES
        for attribute in draft.attributes
        if attribute.date and attribute.name.rstrip(":") == f"{word} ({short})"
    ]


def _texts(elements: list[etree._Element]) -> list[str]:
    return [text for element in elements if (text := (element.text or "").strip())]


def _others(dated: _Dated, used: set[str]) -> str:
    """The lists that no measure of the party stands for, such as the umbrella of the non-SDN lists."""
    return joined(
        *(f"{name}: published {date or 'on no stated day'}" for name, (_, date) in dated.items() if name not in used)
    )
