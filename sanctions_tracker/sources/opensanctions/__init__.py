"""OpenSanctions: its FollowTheMoney entities, whole or nested, and the simplified table ``targets.simple.csv``.

**What counts as a record.** In FollowTheMoney, an entity of a party's schema (Person, LegalEntity, Organization,
Company, PublicBody, Vessel, Airplane, Vehicle and the other assets, Security and CryptoWallet among them; see
``data/ftm_schemata.tsv``), an entity of a schema that the table does not know and that bears a name, a line whose id
stood before, and a line that is no entity. Sanctions, papers, addresses, positions and links are joined to the parties
that they speak of; one that speaks of none becomes a note. In the table, a record is a row.

A file holds parties that nobody sanctions as well (an owner, a relative): they are targets without a measure.

**The list's date** is the newest ``last_seen``, the day on which OpenSanctions last saw the sources: the files state
no other. The bookkeeping of joined entities (their own ``first_seen`` and the like) is not kept.

Source of the layouts: the schemata of FollowTheMoney 4.11 and 3.8, OpenSanctions' documentation of its bulk data.
"""

from __future__ import annotations

import re

from sanctions_tracker.model import Measure, PartialDate, RejectedRecord, SanctionsList, Source, Target
from sanctions_tracker.sources.document import Document
from sanctions_tracker.sources.opensanctions import simple
from sanctions_tracker.sources.opensanctions.entities import SOURCE_ID, Entities, read_entities
from sanctions_tracker.sources.opensanctions.graph import Graph, joined, note_the_rest
from sanctions_tracker.sources.opensanctions.imposing import Sanctioners, measures
from sanctions_tracker.sources.opensanctions.party import target
from sanctions_tracker.sources.opensanctions.values import date_of
from sanctions_tracker.sources.registry import ListFormat, ListSource

TITLE = "OpenSanctions"
_OBJECT = re.compile(r"\ufeff?\s*\{")
_SCHEMA = re.compile(r'"schema"\s*:\s*"[A-Z][A-Za-z]*"')
_PROPERTIES = re.compile(r'"properties"\s*:\s*\{')
_NESTED = re.compile(r'"properties"\s*:\s*\{.*"properties"\s*:\s*\{')
_FORMAT, _NESTED_FORMAT = "ftm-entities", "ftm-nested"


def _is_ftm(document: Document) -> bool:
    """Whether the first line is, or begins like, an entity: a long one is not within the head as a whole."""
    text = document.head_text
    first = text.lstrip("\ufeff \t\r\n").partition("\n")[0]
    return bool(_OBJECT.match(text) and _PROPERTIES.search(first) and _SCHEMA.search(first))


def _is_nested(document: Document) -> bool:
    lines = document.head_text.splitlines()
    return _is_ftm(document) and any(map(_NESTED.search, lines))


def _parse(document: Document) -> SanctionsList:
    return _list(read_entities(document), document, _FORMAT)


def _parse_nested(document: Document) -> SanctionsList:
    return _list(read_entities(document), document, _NESTED_FORMAT)


def _list(entities: Entities, document: Document, format_id: str) -> SanctionsList:
    graph, sanctioners = joined(entities.by_id), Sanctioners()
    targets: list[Target] = []
    imposed: list[Measure] = []
    rejected = list(entities.rejected)
    for party in graph.parties.values():
        read = target(party, graph)
        if isinstance(read, Target):
            targets.append(read)
            imposed += measures(party, graph, sanctioners)
        else:
            rejected.append(RejectedRecord(party.origin(), read))
    note_the_rest(graph)
    return SanctionsList(
        id=SOURCE_ID,
        title=_title(graph),
        date=_day(graph.newest),
        format=format_id,
        sanctioners=tuple(sanctioners.found.values()),
        targets=tuple(targets),
        measures=tuple(imposed),
        sources=(_source(document, _day(graph.newest)),),
        rejected=tuple(rejected),
        notes=tuple(dict.fromkeys(graph.notes)),
        records_seen=len(graph.parties) + len(entities.rejected),
    )


def _day(moment: str) -> PartialDate | None:
    return date_of(moment) if moment else None


def _title(graph: Graph) -> str:
    """The data sets by name, unless they are many."""
    found = dict.fromkeys(name for one in graph.parties.values() for name in one.extra.get("datasets", ()))
    shown = ", ".join(found) if len(found) <= _SHOWN else f"{len(found)} data sets"
    return f"{TITLE}: {shown}" if found else TITLE


_SHOWN = 3


def _source(document: Document, date: PartialDate | None) -> Source:
    return Source(
        SOURCE_ID, title=TITLE, publisher=TITLE, kind="aggregated_list", published=date, sha256=document.sha256()
    )


SOURCE = ListSource(
    id=SOURCE_ID,
    title=TITLE,
    sanctioner=None,
    formats=(
        ListFormat(_NESTED_FORMAT, "FollowTheMoney entities, nested (targets.nested.json)", _is_nested, _parse_nested),
        ListFormat(_FORMAT, "FollowTheMoney entities (entities.ftm.json)", _is_ftm, _parse),
        ListFormat(simple.FORMAT, "OpenSanctions targets.simple.csv", simple.recognise, simple.parse),
    ),
)
