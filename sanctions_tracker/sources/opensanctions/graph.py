"""Which entity belongs to which party."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import attrs

from sanctions_tracker.model import Note
from sanctions_tracker.sources.opensanctions.entities import Entity, links, role
from sanctions_tracker.sources.opensanctions.values import date_of


@attrs.frozen
class End:
    """One end of a link: the link, the kind of relation seen from there, and the id at the other end."""

    link: Entity
    kind: str
    other: str


@attrs.define
class Graph:
    """Parties, and for each what hangs on it; ``notes`` gathers what could not be joined or read.

    ``newest`` is the latest ``last_seen``: the moment for which the file speaks.
    """

    entities: Mapping[str, Entity]
    newest: str = ""
    parties: dict[str, Entity] = attrs.field(factory=dict)
    sanctions: defaultdict[str, list[Entity]] = attrs.field(factory=lambda: defaultdict(list))
    documents: defaultdict[str, list[Entity]] = attrs.field(factory=lambda: defaultdict(list))
    ends: defaultdict[str, list[End]] = attrs.field(factory=lambda: defaultdict(list))
    used: set[str] = attrs.field(factory=set)
    notes: list[Note] = attrs.field(factory=list)

    def note(self, what: str, entity: Entity, place: str = "", raw: str = "") -> None:
        """Say that a value was kept as printed."""
        self.notes.append(Note(f"{what}: {raw!r}" if raw else what, entity.origin(place, raw or None)))


def joined(entities: Mapping[str, Entity]) -> Graph:
    """The graph of a file's entities."""
    seen = (text for entity in entities.values() for text in entity.extra.get("last_seen", ()))
    graph = Graph(entities, max(filter(date_of, seen), default=""))
    graph.parties = {entity.id: entity for entity in entities.values() if role(entity) == "party"}
    for entity in entities.values():
        part = role(entity)
        if part == "sanction":
            _hang(graph, entity, "entity", graph.sanctions)
        elif part == "document":
            _hang(graph, entity, "holder", graph.documents)
        elif part == "link":
            _tie(graph, entity)
    return graph


def _hang(graph: Graph, entity: Entity, by: str, on: defaultdict[str, list[Entity]]) -> None:
    for party in dict.fromkeys(entity.all(by)):
        if party in graph.parties:
            on[party].append(entity)
            graph.used.add(entity.id)


def _tie(graph: Graph, entity: Entity) -> None:
    """A relation is told once, of the party at the near end; of the far one where the near one is not in the file."""
    row = links()[entity.schema]
    for near in entity.all(row["from"]):
        for far in entity.all(row["to"]):
            if near in graph.parties:
                graph.ends[near].append(End(entity, row["kind"], far))
            elif far in graph.parties and row["inverse"]:
                graph.ends[far].append(End(entity, row["inverse"], near))
            else:
                continue
            graph.used.update((entity.id, far, near))


def note_the_rest(graph: Graph) -> None:
    """A note for each entity that belongs to no party, with all that it says."""
    for entity in graph.entities.values():
        if entity.id not in graph.parties and entity.id not in graph.used:
            what = f"an entity of schema {entity.schema} that belongs to no party of the file"
            graph.notes.append(Note(what, entity.origin(raw=entity.told())))
