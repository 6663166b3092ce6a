"""FollowTheMoney entities as they stand in a file: one JSON object a line, or several nested in one another."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import attrs

from sanctions_tracker.errors import DamagedInputError
from sanctions_tracker.model import Origin, RejectedRecord
from sanctions_tracker.sources import tables
from sanctions_tracker.sources.document import Document

SOURCE_ID = "opensanctions"
#: Bookkeeping beside the properties that is told of a party, under these names.
BOOKKEEPING = ("caption", "target", "datasets", "referents", "first_seen", "last_seen", "last_change")
_STRUCTURE = frozenset({"id", "schema", "properties"})
_BOM = b"\xef\xbb\xbf"
#: The property by which an entity that hangs on a party refers to it; links have two.
HANGS_BY = {"sanction": "entity", "document": "holder"}


@attrs.frozen
class Entity:
    """One entity: its properties as texts in the file's order, and ``extra``, whatever stands beside them.

    ``path`` leads to a nested entity from that of its line, ``inside`` is the id of the party that it stands in.
    """

    id: str
    schema: str
    properties: Mapping[str, tuple[str, ...]]
    extra: Mapping[str, tuple[str, ...]]
    line: int
    path: str = ""
    inside: str = ""

    def all(self, name: str) -> tuple[str, ...]:
        """The values of a property; empty where there is none."""
        return self.properties.get(name, ())

    def first(self, name: str) -> str:
        """The first value of a property, or an empty text."""
        return next(iter(self.all(name)), "")

    def origin(self, place: str = "", raw: str | None = None) -> Origin:
        """Where the entity, or a value of it, stands."""
        return Origin(
            SOURCE_ID, self.id, ", ".join(part for part in (f"line {self.line}{self.path}", place) if part), raw
        )

    def values(self, name: str) -> Iterator[tuple[str, Origin]]:
        """The values of a property, each with its origin."""
        several = self.all(name)
        for index, value in enumerate(several):
            yield value, self.origin(f"{name}[{index}]" if len(several) > 1 else name)

    def told(self, *, but: frozenset[str] = frozenset()) -> str:
        """The properties in words, those of ``but`` left out."""
        return "; ".join(
            f"{name}: {', '.join(values)}" for name, values in self.properties.items() if values and name not in but
        )


@lru_cache(maxsize=1)
def schemata() -> Mapping[str, tuple[str, str]]:
    """Schema -> what part it plays, and the kind of a party."""
    return MappingProxyType({row["schema"]: (row["role"], row["kind"]) for row in tables.rows("ftm_schemata")})


@lru_cache(maxsize=1)
def links() -> Mapping[str, dict[str, str]]:
    """Schema of a link -> its row of the table."""
    return MappingProxyType({row["schema"]: row for row in tables.rows("ftm_links")})


def role(entity: Entity) -> str:
    """What part the entity plays. A schema that the table does not know is a party where it bears a name."""
    return schema_role(entity.schema, named="name" in entity.properties)


def schema_role(schema: str, *, named: bool) -> str:
    """What part an entity of the schema plays, whether it is ``named`` or not."""
    known = schemata().get(schema)
    if known is not None:
        return known[0]
    return "party" if named else "other"


#: What a line holds: its own entity and those nested in it, or why there is none.
Line = list[Entity] | RejectedRecord


def read_lines(document: Document) -> Iterator[Line]:
    """The lines of the document that are not blank.

    Raises:
        DamagedInputError: a line that is no UTF-8 or no JSON: the file is cut short or damaged.
        UnsafeInputError: a line is too long to be held.
    """
    for number, line in enumerate(document.lines(), 1):
        if line.strip():
            yield _entities_of(_parsed(line, number, document.name), number, escaped=b"\\u" in line)


def _parsed(line: bytes, number: int, name: str) -> Any:
    try:
        return json.loads(line.removeprefix(_BOM).decode("utf-8") if number == 1 else line.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        message = f"the line is no JSON: cut short or damaged? ({error})"
        raise DamagedInputError(message, file=name, locator=f"line {number}") from error


def _entities_of(data: Any, number: int, *, escaped: bool) -> Line:
    """The entity of a line and those inside it; ``escaped`` where a letter of it may be half a surrogate pair."""
    origin = Origin(SOURCE_ID, locator=f"line {number}")
    if not is_entity(data):
        return RejectedRecord(origin, "the line is no entity with id, schema and properties")
    entities: list[Entity] = []
    try:
        if escaped:
            json.dumps(data, ensure_ascii=False).encode()
        _flatten(data, _Place(number), entities)
    except UnicodeEncodeError:
        return RejectedRecord(origin, "half a surrogate pair stands for a letter: the text is damaged")
    except RecursionError:
        return RejectedRecord(origin, "entities nested too deeply")
    return entities


def is_entity(data: Any) -> bool:
    """Whether this is a FollowTheMoney entity."""
    if not isinstance(data, dict) or not isinstance(data.get("properties"), dict):
        return False
    return all(isinstance(data.get(key), str) and bool(data[key].strip()) for key in ("id", "schema"))


@attrs.frozen
class _Place:
    """Where an entity stands: in the line, in which entity, and in which party."""

    line: int
    path: str = ""
    parent: str | None = None
    party: str = ""


def _flatten(data: dict[str, Any], place: _Place, into: list[Entity]) -> Entity:
    """Take an entity and those nested in its properties; a nested one that hangs on its parent is told so."""
    at = len(into)
    inner: list[Entity] = []
    properties: dict[str, tuple[str, ...]] = {}
    party = data["id"] if schema_role(data["schema"], named="name" in data["properties"]) == "party" else place.party
    for name, values in data["properties"].items():
        texts = []
        for index, value in enumerate(values if isinstance(values, list) else [values]):
            if is_entity(value):
                below = _Place(place.line, f"{place.path}, {name}[{index}]", data["id"], party)
                nested = _flatten(value, below, inner)
                texts += [] if role(nested) in {"sanction", "document", "link"} else [nested.id]
            elif (text := _text(value)).strip():
                texts.append(text)
        if texts:
            properties[name] = tuple(texts)
    extra = {key: _texts(value) for key, value in data.items() if key not in _STRUCTURE}
    properties = _hung_on(place.parent, data["schema"], properties)
    entity = Entity(data["id"], data["schema"], properties, extra, place.line, place.path, place.party)
    into[at:] = [entity, *inner]
    return entity


def _hung_on(parent: str | None, schema: str, properties: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The nested form leaves out the end of a link that is the entity around it."""
    link = links().get(schema)
    by = HANGS_BY.get(schema_role(schema, named=False))
    ends = (link["from"], link["to"]) if link else (by,) if by else ()
    missing = [end for end in ends if end not in properties]
    if parent is None or len(missing) != 1:
        return properties
    return {missing[0]: (parent,), **properties}


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    return "" if value is None else json.dumps(value, ensure_ascii=False)


def _texts(value: Any) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    return tuple(text for one in values if (text := _text(one)).strip())
