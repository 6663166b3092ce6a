"""The list that SDN.XML and the CSV files make up: their measures, their dates and their links.

Neither format tells the kind of a measure or the day of an entry. Who stands
on the SDN list is blocked (OFAC, "Specially Designated Nationals and Blocked
Persons List"); what the consolidated (non-SDN) list imposes follows from the
programme where one programme stands for one list, and is unspecified elsewhere.

Nor do they tell whom a link means but by name, so that all names must be known
before the first party can be finished.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sanctions_tracker.model import (
    Measure,
    MeasureEvent,
    Note,
    Origin,
    PartialDate,
    RejectedRecord,
    Relation,
    Sanctioner,
    Source,
)
from sanctions_tracker.model.vocabulary import EventKind, MeasureKind, NameKind, RelationKind
from sanctions_tracker.sources.ofac.drafts import Draft
from sanctions_tracker.sources.ofac.reference import SANCTIONER_ID, target_id
from sanctions_tracker.sources.parts import Entry, Heading, Part
from sanctions_tracker.sources.tables import rows

SDN, CONSOLIDATED = "SDN List", "Consolidated List"
_TITLES = {SDN: "OFAC Specially Designated Nationals list", CONSOLIDATED: "OFAC consolidated (non-SDN) list"}
_UPPER_BOUND = "on or before the list's own date: this format has no dates of entries"

#: What a reader finds one by one: a party, a record that is none, or a note of its own.
Found = Draft | RejectedRecord | Note


def list_name(programmes: Iterable[Sequence[str]]) -> str:
    """Which of OFAC's two lists some records are of, by their programmes: no format says it.

    A record whose only programmes are of the consolidated list (the Palestinian
    Legislative Council, Chinese military companies, foreign banks) stands on no
    other.

    >>> list_name([["NS-PLC"]]), list_name([["CUBA"], ["NS-PLC", "SDGT"]])
    ('Consolidated List', 'SDN List')
    """
    alone = {row["programme"] for row in rows("ofac_programmes") if row["use"] == "alone"}
    return CONSOLIDATED if any(given and alone.issuperset(given) for given in programmes) else SDN


def source_id(kind: str, name: str) -> str:
    """The id of a list: of its format and of which list it is.

    >>> source_id("xml", "SDN List"), source_id("csv", "Consolidated List")
    ('us-ofac-sdn-xml', 'us-ofac-consolidated-csv')
    """
    return f"us-ofac-{'sdn' if name == SDN else 'consolidated'}-{kind}"


def heading(
    name: str, source: str, sanctioner: Sanctioner, date: PartialDate | None = None, sha256: str = ""
) -> Heading:
    """The heading of one of the two lists, of one file; ``source`` is its id."""
    own = Source(
        source,
        title=_TITLES[name],
        publisher=sanctioner.name,
        kind="official_list",
        language="en",
        published=date,
        sha256=sha256,
    )
    return Heading.of(own, sanctioner)


def checked(draft: Draft) -> Iterator[Found]:
    """The draft itself, or why no target can be built of it, with its notes."""
    if draft.record and draft.names:
        yield draft
        return
    reason = "the record has no name that can be compared" if draft.record else "the record has no id"
    yield RejectedRecord(draft.origin, reason)
    yield from draft.notes


def by_name(found: Iterable[Found]) -> dict[str, str]:
    """Primary name -> the id of the one party that bears it; empty where several do.

    It takes no more of a party than its kind and its primary name.
    """
    names: dict[str, str] = {}
    known: set[str] = set()
    for draft in found:
        if type(draft) is Draft and draft.record not in known and draft.names[0].kind is NameKind.PRIMARY:
            known.add(draft.record)
            shown = _shown(draft)
            names[shown] = "" if shown in names else target_id(draft.record)
    return names


class Closing:
    """Finishes the parties of one list, now that all names and the list's date are known."""

    def __init__(self, name: str, source: str, date: PartialDate | None, names: Mapping[str, str]) -> None:
        self._name = name
        self._names = names
        self._events = _events(source, date)
        self._special = {row["programme"]: row for row in rows("ofac_programmes")} if name != SDN else {}

    def parts(self, found: Iterable[Found]) -> Iterator[Part]:
        """What was found, each party as an entry."""
        return (self._entry(one) if isinstance(one, Draft) else one for one in found)

    def _entry(self, draft: Draft) -> Entry:
        number = target_id(draft.record)
        for text, origin in draft.links:
            draft.relations.append(_related(text, origin, self._names, number))
        return Entry(draft.target(), tuple(self._measures(number, draft)), tuple(draft.notes))

    def _measures(self, number: str, draft: Draft) -> list[Measure]:
        programmes, special = draft.programmes, self._special
        if not special:
            return [self._measure(number, MeasureKind.ASSET_FREEZE, self._name, tuple(programmes), draft.origin)]
        found: list[Measure] = []
        rest = tuple(programme for programme in programmes if programme not in special)
        if rest or not programmes:
            found.append(self._measure(number, MeasureKind.UNSPECIFIED, self._name, rest, draft.origin))
        rows_of = {programme: special[programme] for programme in programmes if programme in special}
        found.extend(
            self._measure(number, MeasureKind(row["kind"]), row["list"], (programme,), draft.origin)
            for programme, row in rows_of.items()
        )
        return found

    def _measure(
        self, target: str, kind: MeasureKind, name: str, programmes: tuple[str, ...], origin: Origin
    ) -> Measure:
        return Measure(
            id=f"{target}/{name}",
            sanctioner=SANCTIONER_ID,
            target=target,
            kind=kind,
            list_name=name,
            programmes=programmes,
            events=self._events,
            origins=(origin,),
        )


def _events(source: str, date: PartialDate | None) -> tuple[MeasureEvent, ...]:
    """One event for every measure of the file: listed by the day of publication."""
    if date is None:
        return ()
    origin = Origin(source, "", "publshInformation/Publish_Date", str(date))
    return (MeasureEvent(EventKind.LISTED, PartialDate(f"../{date}"), note=_UPPER_BOUND, origin=origin),)


def _related(text: str, origin: Origin, found: Mapping[str, str], bearer: str) -> Relation:
    """A link by name: the publisher does not say how the two stand to each other.

    In the CSV files a full stop ends the remarks, and swallows that of a name.
    """
    other = found.get(text.casefold(), "")
    if not other and (other := found.get(f"{text}.".casefold(), "")):
        text = f"{text}."
    if not other or other == bearer:
        return Relation(RelationKind.OTHER, text=text, label="Linked To", origin=origin)
    return Relation(RelationKind.OTHER, other, text, "Linked To", note="found by its name", origin=origin)


def _shown(draft: Draft) -> str:
    """The primary name as the publisher prints it, the family name first."""
    name = draft.names[0]
    if len(name.parts) == 2:  # noqa: PLR2004  (given and family)
        given, family = name.parts
        return f"{family.text}, {given.text}".casefold()
    return name.text.casefold()


_LINK = "Linked To: "
_BETWEEN_LINKS = re.compile(r";\s*(?=Linked To: )")


def split_links(remarks: str) -> tuple[str, list[str]]:
    """The remarks of SDN.XML without their links, and whom the party is linked to.

    >>> split_links("all offices (Linked To: ACME (A.C.M.E.); Linked To: DOE, Jane)")
    ('all offices', ['ACME (A.C.M.E.)', 'DOE, Jane'])
    """
    before, opening, inner = remarks.partition("(" + _LINK)
    if not opening or not inner.endswith(")"):
        return remarks, []
    return before.rstrip(), [link.removeprefix(_LINK) for link in _BETWEEN_LINKS.split(inner[:-1])]
