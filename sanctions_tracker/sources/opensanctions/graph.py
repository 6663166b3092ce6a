"""Which entity belongs to which party.

What is nested in the line of a party and speaks of that party alone is told with its line. Everything else that is no
party is kept until all parties are told: an entity of a line of its own, a link seen from its far end, whatever is
nested in a party that has no line of its own.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, MutableMapping

import attrs

from sanctions_tracker.model import Note, RejectedRecord
from sanctions_tracker.sources.opensanctions.entities import HANGS_BY, Entity, Line, links, role
from sanctions_tracker.sources.opensanctions.values import date_of


@attrs.frozen
class End:
    """One end of a link: the link, the kind of relation seen from there, and the id at the other end."""

    link: Entity
    kind: str
    other: str


@attrs.define
class Graph:
    """A party and what hangs on it; ``notes`` gathers what of it could not be read, ``used`` the ids asked for.

    ``home`` holds what is nested in its line, ``kept`` the rest of the file that is no party, ``parties`` the ids of
    all parties of the file; ``newest`` is the latest ``last_seen``: the moment for which the file speaks.
    """

    home: Mapping[str, Entity]
    kept: Mapping[str, Entity]
    parties: Container[str]
    newest: str = ""
    sanctions: list[Entity] = attrs.field(factory=list)
    documents: list[Entity] = attrs.field(factory=list)
    ends: list[End] = attrs.field(factory=list)
    used: set[str] = attrs.field(factory=set)
    notes: list[Note] = attrs.field(factory=list)

    def entity(self, entity_id: str) -> Entity | None:
        """An entity that is no party, None where the file does not hold it."""
        return self.home.get(entity_id) or self.kept.get(entity_id)

    def note(self, what: str, entity: Entity, place: str = "", raw: str = "") -> None:
        """Say that a value was kept as printed."""
        self.notes.append(Note(f"{what}: {raw!r}" if raw else what, entity.origin(place, raw or None)))

    def hang(self, entity: Entity, party: str) -> None:
        """Put a sanction, a paper or a link where the party's readers look for it."""
        part = role(entity)
        if part == "sanction":
            self.sanctions.append(entity)
        elif part == "document":
            self.documents.append(entity)
        else:
            ends = list(_ends(entity, party, self.parties))
            self.ends += ends
            self.used.update(end.other for end in ends)
        self.used.add(entity.id)


def _ends(link: Entity, party: str, parties: Container[str]) -> Iterator[End]:
    """A relation is told once, of the party at the near end; of the far one where the near one is not in the file."""
    row = links()[link.schema]
    for near in link.all(row["from"]):
        for far in link.all(row["to"]):
            if near == party:
                yield End(link, row["kind"], far)
            elif far == party and near not in parties and row["inverse"]:
                yield End(link, row["inverse"], near)


def _told_of(entity: Entity, parties: Container[str]) -> Iterator[str]:
    """The parties on which an entity hangs."""
    part = role(entity)
    if part == "link":
        row = links()[entity.schema]
        nears, fars = entity.all(row["from"]), entity.all(row["to"])
        yield from (near for near in dict.fromkeys(nears) if fars and near in parties)
        if row["inverse"] and any(near not in parties for near in nears):
            yield from (far for far in dict.fromkeys(fars) if far in parties and far not in nears)
    else:
        yield from (party for party in dict.fromkeys(entity.all(HANGS_BY.get(part, ""))) if party in parties)


def _is_at_home(entity: Entity, party: str) -> bool:
    """Whether an entity nested in the line of a party speaks of that party alone."""
    part = role(entity)
    if part == "party" or entity.inside != party:
        return False
    by = links()[entity.schema]["from"] if part == "link" else HANGS_BY.get(part)
    return by is None or set(entity.all(by)) == {party}


class Shelf(MutableMapping[str, Entity]):
    """Entities by id, each as a short text: a quarter of the memory."""

    def __init__(self) -> None:
        self._texts: dict[str, bytes] = {}

    def __setitem__(self, key: str, entity: Entity) -> None:
        self._texts[key] = json.dumps(attrs.astuple(entity, recurse=False), ensure_ascii=False).encode()

    def __getitem__(self, key: str) -> Entity:
        entity_id, schema, properties, extra, *place = json.loads(self._texts[key])
        return Entity(entity_id, schema, _tuples(properties), _tuples(extra), *place)

    def __delitem__(self, key: str) -> None:
        del self._texts[key]

    def __contains__(self, key: object) -> bool:  # without making the entity
        return key in self._texts

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)


def _tuples(texts: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(values) for name, values in texts.items()}


@attrs.define
class Whole:
    """What the first pass over a file finds out.

    ``first`` says in which line each id stands first, ``inner`` holds parties
    that stand inside others only, ``kept`` entities that are told with no line.
    """

    kept: MutableMapping[str, Entity]
    inner: MutableMapping[str, Entity]
    first: dict[str, int] = attrs.field(factory=dict)
    parties: set[str] = attrs.field(factory=set)
    newest: str = ""
    datasets: dict[str, None] = attrs.field(factory=dict)
    hanging: defaultdict[str, list[str]] = attrs.field(factory=lambda: defaultdict(list))
    used: set[str] = attrs.field(factory=set)

    @classmethod
    def of(cls, lines: Iterable[Line], shelf: type[MutableMapping[str, Entity]]) -> Whole:
        """Go through the file once."""
        whole = cls(shelf(), shelf())
        for line in lines:
            if not isinstance(line, RejectedRecord):
                whole._take(line)
        whole._join()
        return whole

    def _take(self, line: list[Entity]) -> None:
        own = line[0]
        is_first = self.first.setdefault(own.id, own.line) == own.line
        for entity in line[not is_first :]:
            self._see(entity)
            if entity is own and role(own) == "party":
                self.parties.add(own.id)
            elif role(entity) == "party":
                self.inner.setdefault(entity.id, entity)
            elif not (is_first and role(own) == "party" and _is_at_home(entity, own.id)):
                self._keep(entity)

    def _see(self, entity: Entity) -> None:
        seen = filter(date_of, entity.extra.get("last_seen", ()))
        self.newest = max(self.newest, *seen, "")
        if role(entity) == "party":
            self.datasets.update(dict.fromkeys(entity.extra.get("datasets", ())))

    def _keep(self, entity: Entity) -> None:
        """A line of its own says more than a copy inside another."""
        if entity.path:
            self.kept.setdefault(entity.id, entity)
        else:
            self.kept[entity.id] = entity

    def _join(self) -> None:
        for known in [entity_id for entity_id in self.inner if entity_id in self.first]:
            del self.inner[known]
        self.parties.update(self.inner)
        for entity in self.kept.values():
            for party in _told_of(entity, self.parties):
                self.hanging[party].append(entity.id)
                self.used.add(entity.id)

    def around(self, party: Entity, line: Collection[Entity] = ()) -> Graph:
        """What hangs on a party: of its own line, and of what is kept."""
        home: dict[str, Entity] = {}
        for entity in line:
            if _is_at_home(entity, party.id):
                home.setdefault(entity.id, entity)
        graph = Graph(home, self.kept, self.parties, self.newest)
        for entity in home.values():
            if any(_told_of(entity, (party.id,))):
                graph.hang(entity, party.id)
        for entity_id in self.hanging.get(party.id, ()):
            if entity_id not in home:
                graph.hang(self.kept[entity_id], party.id)
        return graph

    def close(self, graph: Graph) -> None:
        """Take note of what a party used, and give the party a note for each entity of its line that it did not."""
        self.used.update(entity_id for entity_id in graph.used if entity_id in self.kept)
        graph.notes += [_unused(entity) for entity in graph.home.values() if entity.id not in graph.used]

    def rest(self) -> Iterator[Note]:
        """A note for each entity that belongs to no party, with all that it says."""
        return (_unused(self.kept[entity_id]) for entity_id in self.kept if entity_id not in self.used)


def _unused(entity: Entity) -> Note:
    what = f"an entity of schema {entity.schema} that belongs to no party of the file"
    return Note(what, entity.origin(raw=entity.told()))
