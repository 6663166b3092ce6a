"""The list that SDN.XML and the CSV files make up: their measures, their dates and their links.

Neither format tells the kind of a measure or the day of an entry. Who stands
on the SDN list is blocked (OFAC, "Specially Designated Nationals and Blocked
Persons List"); what the consolidated (non-SDN) list imposes follows from the
programme where one programme stands for one list, and is unspecified elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from sanctions_tracker.model import (
    Measure,
    MeasureEvent,
    Note,
    Origin,
    PartialDate,
    RejectedRecord,
    Relation,
    Sanctioner,
    SanctionsList,
    Source,
)
from sanctions_tracker.model.vocabulary import EventKind, MeasureKind, RelationKind
from sanctions_tracker.sources.ofac.drafts import Draft
from sanctions_tracker.sources.ofac.reference import SANCTIONER_ID, target_id
from sanctions_tracker.sources.tables import rows

SDN, CONSOLIDATED = "SDN List", "Consolidated List"
_TITLES = {SDN: "OFAC Specially Designated Nationals list", CONSOLIDATED: "OFAC consolidated (non-SDN) list"}
_UPPER_BOUND = "on or before the list's own date: this format has no dates of entries"


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


@attrs.frozen
class Published:
    """What one file is: its list, the id that its values name as their source, its own date and its hash."""

    name: str
    source: str
    format: str
    date: PartialDate | None = None
    sha256: str = ""


def source_id(kind: str, name: str) -> str:
    """The id of a list: of its format and of which list it is.

    >>> source_id("xml", "SDN List"), source_id("csv", "Consolidated List")
    ('us-ofac-sdn-xml', 'us-ofac-consolidated-csv')
    """
    return f"us-ofac-{'sdn' if name == SDN else 'consolidated'}-{kind}"


@attrs.define
class Gathered:
    """What one pass over the records gathers; the targets are built once all are known."""

    drafts: dict[str, tuple[Draft, Origin]] = attrs.Factory(dict)
    rejected: list[RejectedRecord] = attrs.Factory(list)
    notes: list[Note] = attrs.Factory(list)

    def add(self, draft: Draft, origin: Origin) -> None:
        """Keep a draft; where no target can be built of it, it is rejected."""
        number, reason = target_id(draft.record), ""
        if not draft.record or number in self.drafts:
            reason = f"a second record with the id {draft.record}" if draft.record else "the record has no id"
        elif not draft.names:
            reason = "the record has no name that can be compared"
        if reason:
            self.rejected.append(RejectedRecord(origin, reason))
        else:
            self.drafts[number] = draft, origin


def close(
    gathered: Gathered, published: Published, sanctioner: Sanctioner, others: Sequence[Source] = ()
) -> SanctionsList:
    """The whole list; ``others`` are the files read beside the first one."""
    found = _by_name(gathered)
    targets = []
    for number, (draft, origin) in gathered.drafts.items():
        draft.relations.extend(_related(text, place, found, number) for text, place in draft.links)
        targets.append(draft.target(number, origin))
    source = Source(
        published.source,
        title=_TITLES[published.name],
        publisher=sanctioner.name,
        kind="official_list",
        language="en",
        published=published.date,
        sha256=published.sha256,
    )
    return SanctionsList(
        id=published.source,
        title=_TITLES[published.name],
        date=published.date,
        format=published.format,
        sanctioners=(sanctioner,),
        targets=tuple(targets),
        measures=tuple(_measures(gathered, published)),
        sources=(source, *others),
        rejected=tuple(gathered.rejected),
        notes=tuple(gathered.notes),
    )


def _measures(gathered: Gathered, published: Published) -> Iterator[Measure]:
    events = _events(published)
    special = {row["programme"]: row for row in rows("ofac_programmes")} if published.name != SDN else {}
    for number, (draft, origin) in gathered.drafts.items():
        programmes, origins = draft.programmes, (origin,)
        rest = tuple(programme for programme in programmes if programme not in special)
        if rest or not programmes:
            kind = MeasureKind.ASSET_FREEZE if published.name == SDN else MeasureKind.UNSPECIFIED
            yield _measure(number, kind, published.name, rest, events, origins)
        for programme in dict.fromkeys(programmes):
            if programme in special:
                row = special[programme]
                kind = MeasureKind(row["kind"])
                yield _measure(number, kind, row["list"], (programme,), events, origins)


def _measure(  # noqa: PLR0917  (private: the fields of one measure)
    target: str,
    kind: MeasureKind,
    name: str,
    programmes: tuple[str, ...],
    events: tuple[MeasureEvent, ...],
    origins: tuple[Origin, ...],
) -> Measure:
    return Measure(
        id=f"{target}/{name}",
        sanctioner=SANCTIONER_ID,
        target=target,
        kind=kind,
        list_name=name,
        programmes=programmes,
        events=events,
        origins=origins,
    )


def _events(published: Published) -> tuple[MeasureEvent, ...]:
    """One event for every measure of the file: listed by the day of publication."""
    if published.date is None:
        return ()
    until = PartialDate(f"../{published.date}")
    origin = Origin(published.source, "", "publshInformation/Publish_Date", str(published.date))
    return (MeasureEvent(EventKind.LISTED, until, note=_UPPER_BOUND, origin=origin),)


def _by_name(gathered: Gathered) -> dict[str, str]:
    """Primary name -> the id of the one party that bears it; empty where several do."""
    found: dict[str, str] = {}
    for number, (draft, _) in gathered.drafts.items():
        shown = _shown(draft)
        found[shown] = "" if shown in found else number
    return found


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
