"""The names of a party: which of them to show, how strong each is, and its parts."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from sanctions_tracker.model import Attribute, Name, NamePart, Origin
from sanctions_tracker.model.vocabulary import NameKind, NamePartKind, NameStrength
from sanctions_tracker.names.script import has_letter_or_digit
from sanctions_tracker.sources import tables
from sanctions_tracker.sources.opensanctions.entities import Entity
from sanctions_tracker.sources.opensanctions.graph import Graph


@lru_cache(maxsize=1)
def _standings() -> dict[str, tuple[NameKind, NameStrength]]:
    """Property -> what its names are, in the order in which they are told."""
    rows = [row for row in tables.rows("ftm_properties") if row["as"] == "name"]
    split = {row["property"]: row["type"].split() for row in rows}
    return {name: (NameKind(kind), NameStrength(strength)) for name, (kind, strength) in split.items()}


@lru_cache(maxsize=1)
def _part_kinds() -> dict[str, NamePartKind]:
    return {row["property"]: NamePartKind(row["type"]) for row in tables.rows("ftm_properties") if row["as"] == "part"}


def names(entity: Entity, graph: Graph, instead: Iterable[tuple[str, str]]) -> tuple[tuple[Name, ...], list[Attribute]]:
    """The names, the primary one first, and attributes for what is part of none.

    The primary name is the caption where it is one of ``name``, else the first of these.
    The order of the others says nothing. ``instead`` is asked where there is no name at all.
    """
    found: dict[tuple[str, NameKind, NameStrength], Origin] = {}
    attributes: list[Attribute] = []
    for name, (kind, strength) in _standings().items():
        for value, origin in entity.values(name):
            if has_letter_or_digit(value):
                found.setdefault((value, kind, strength), origin)
            else:
                graph.note("a name without letter or digit", entity, name, value)
                attributes.append(Attribute(name, value, origin=origin))
    if not found:
        for name, value in list(instead)[:1]:
            graph.note(f"no name: {name} stands for it", entity)
            found[value, NameKind.ALIAS, NameStrength.STRONG] = entity.origin(name)
    return _made(entity, found, attributes), attributes


def _made(
    entity: Entity, found: dict[tuple[str, NameKind, NameStrength], Origin], attributes: list[Attribute]
) -> tuple[Name, ...]:
    primary = _primary(entity, found)
    parts = _parts(entity, primary[0] if primary else "", attributes)
    made = [
        Name(text, NameKind.PRIMARY, strength, parts=parts, origin=origin)
        if (text, kind, strength) == primary
        else Name(text, kind, strength, origin=origin)
        for (text, kind, strength), origin in found.items()
    ]
    return tuple(sorted(made, key=lambda name: name.kind is not NameKind.PRIMARY))


def _primary(
    entity: Entity, found: dict[tuple[str, NameKind, NameStrength], Origin]
) -> tuple[str, NameKind, NameStrength] | None:
    """The caption among the names, else the first name, else the first alias or whatever there is."""
    captions = entity.extra.get("caption", ())
    own = set(entity.all("name"))
    keys = [key for key in found if key[0] in own] or list(found)
    return next((key for key in keys if key[0] in captions), next(iter(keys), None))


def _parts(entity: Entity, primary: str, attributes: list[Attribute]) -> tuple[NamePart, ...]:
    """The parts of the primary name where they are exactly its words; else they belong to nobody knows which name."""
    parts = [
        (name, kind, value, origin) for name, kind in _part_kinds().items() for value, origin in entity.values(name)
    ]
    words = sorted(word for _, _, value, _ in parts for word in value.casefold().split())
    if words and words == sorted(primary.casefold().split()):
        return tuple(NamePart(kind, value) for _, kind, value, _ in parts)
    attributes += [Attribute(name, value, origin=origin) for name, _, value, origin in parts]
    return ()
