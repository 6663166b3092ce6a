"""A party of the file as a target."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

import attrs

from sanctions_tracker.model import Attribute, Birth, CountryTie, Identifier, Origin, Relation, Target
from sanctions_tracker.model.vocabulary import IdentifierType, RelationKind, TargetKind, TieRole
from sanctions_tracker.names.script import has_letter_or_digit
from sanctions_tracker.sources import tables
from sanctions_tracker.sources.opensanctions.documents import documents, merged
from sanctions_tracker.sources.opensanctions.entities import BOOKKEEPING, Entity, schemata
from sanctions_tracker.sources.opensanctions.graph import Graph
from sanctions_tracker.sources.opensanctions.imposing import references
from sanctions_tracker.sources.opensanctions.naming import names
from sanctions_tracker.sources.opensanctions.places import addresses
from sanctions_tracker.sources.opensanctions.relations import linked, target_id
from sanctions_tracker.sources.opensanctions.values import country_of, date_of

#: What may stand for a name where a thing bears none: a wallet, a security, an aircraft.
_INSTEAD_OF_A_NAME = (
    "caption",
    "publicKey",
    "cryptoAddress",
    "isin",
    "registrationNumber",
    "serialNumber",
    "imoNumber",
)
#: Kinds that FollowTheMoney does not tell apart; the writer puts them under ``classification``.
_OWN_KINDS = frozenset({TargetKind.ENTITY, TargetKind.MILITARY_UNIT, TargetKind.PROGRAMME})


@lru_cache(maxsize=1)
def _properties() -> Mapping[str, tuple[str, str]]:
    """Property, or schema and property -> what it becomes, and the type of that."""
    return MappingProxyType({row["property"]: (row["as"], row["type"]) for row in tables.rows("ftm_properties")})


@lru_cache(maxsize=4096)
def becomes(schema: str, name: str) -> tuple[str, str]:
    """What a property becomes; what the table does not know is an attribute."""
    known = _properties()
    return known.get(f"{schema}.{name}") or known.get(name, ("attribute", ""))


@attrs.define
class _Read:
    """What has been read of a party so far."""

    entity: Entity
    graph: Graph
    births: list[Birth] = attrs.field(factory=list)
    places: list[Birth] = attrs.field(factory=list)
    lands: list[Birth] = attrs.field(factory=list)
    countries: list[CountryTie] = attrs.field(factory=list)
    identifiers: list[Identifier] = attrs.field(factory=list)
    positions: list[str] = attrs.field(factory=list)
    relations: list[Relation] = attrs.field(factory=list)
    attributes: list[Attribute] = attrs.field(factory=list)
    alone: dict[str, str] = attrs.field(factory=dict)


def target(entity: Entity, graph: Graph) -> Target | str:
    """The party with all that hangs on it, or why there is none."""
    found, attributes = names(entity, graph, _instead(entity))
    if not found:
        return "no name, caption or number with a letter or a digit"
    read = _Read(entity, graph, attributes=attributes)
    for name in entity.properties:
        _take(read, name)
    positions, relations, others = linked(graph)
    return Target(
        id=target_id(entity.id),
        kind=_kind(entity),
        names=found,
        births=_births(read),
        countries=tuple(read.countries),
        addresses=addresses(entity, graph),
        identifiers=(*merged(read.identifiers, documents(graph)), *references(graph)),
        positions=tuple(dict.fromkeys((*read.positions, *positions))),
        sector=read.alone.get("sector", ""),
        gender=read.alone.get("gender", ""),
        relations=(*read.relations, *relations),
        attributes=(
            *read.attributes,
            *others,
            *_bookkeeping(entity, {"caption": {name.text for name in found}, "last_seen": {graph.newest}}),
        ),
        origin=entity.origin(),
    )


def _kind(entity: Entity) -> TargetKind:
    """The kind of the schema, unless the classification is this library's own word for one that has no schema."""
    own = next((word for word in entity.all("classification") if word in _OWN_KINDS), "")
    return TargetKind(own or schemata().get(entity.schema, ("party", "unknown"))[1])


def _instead(entity: Entity) -> Iterator[tuple[str, str]]:
    """Texts that may stand for the name, the caption first; that of a nameless entity is its schema."""
    for name in _INSTEAD_OF_A_NAME:
        for text in entity.extra.get(name, ()) if name == "caption" else entity.all(name):
            if has_letter_or_digit(text) and text != entity.schema:
                yield name, text


def _take(read: _Read, name: str) -> None:
    what, kind = becomes(read.entity.schema, name)
    if what in {"name", "part", "address", "address_entity"}:
        return
    for value, origin in read.entity.values(name):
        _TAKERS.get(what, _attribute)(read, name, kind, value, origin)


def _birth_date(read: _Read, name: str, _: str, value: str, origin: Origin) -> None:
    date = date_of(value)
    if date is None:
        read.graph.note("a date that cannot be read", read.entity, name, value)
    told = "" if name == "birthDate" else name
    note = "; ".join(part for part in (told, "" if date else value) if part)
    read.births.append(Birth(date, note=note, origin=attrs.evolve(origin, raw=value)))


def _birth_place(read: _Read, _name: str, _kind: str, value: str, origin: Origin) -> None:
    read.places.append(Birth(place=value, origin=origin))


def _birth_country(read: _Read, name: str, _: str, value: str, origin: Origin) -> None:
    code = _country(read, name, value)
    read.lands.append(Birth(country=code, place="" if code else value, origin=attrs.evolve(origin, raw=value)))


def _country(read: _Read, name: str, value: str) -> str | None:
    code = country_of(value)
    if code is None:
        read.graph.note("a country that no table knows", read.entity, name, value)
    return code


def _tie(read: _Read, name: str, role: str, value: str, origin: Origin) -> None:
    read.countries.append(CountryTie(TieRole(role), _country(read, name, value), value, origin=origin))


def _identifier(read: _Read, name: str, kind: str, value: str, origin: Origin) -> None:
    read.identifiers.append(Identifier(IdentifierType(kind), value, name, origin=origin))


def _position(read: _Read, _name: str, _kind: str, value: str, _origin: Origin) -> None:
    read.positions.append(value)


def _only(read: _Read, name: str, _kind: str, value: str, origin: Origin) -> None:
    """A field that holds one text; a second value is an attribute."""
    if read.alone.setdefault(name, value) != value:
        read.attributes.append(Attribute(name, value, origin=origin))


def _dated(read: _Read, name: str, _: str, value: str, origin: Origin) -> None:
    date = date_of(value)
    if date is None:
        read.graph.note("a date that cannot be read", read.entity, name, value)
    read.attributes.append(Attribute(name, value, date=date, origin=origin))


def _relation(read: _Read, name: str, kind: str, value: str, origin: Origin) -> None:
    other = target_id(value) if value in read.graph.parties else ""
    read.relations.append(Relation(RelationKind(kind), other, text="" if other else value, label=name, origin=origin))


def _attribute(read: _Read, name: str, _: str, value: str, origin: Origin) -> None:
    read.attributes.append(Attribute(name if name.strip() else "unnamed", value, origin=origin))


_TAKERS = {
    "birth_date": _birth_date,
    "birth_place": _birth_place,
    "birth_country": _birth_country,
    "tie": _tie,
    "identifier": _identifier,
    "position": _position,
    "gender": _only,
    "sector": _only,
    "dated": _dated,
    "relation": _relation,
}


def _births(read: _Read) -> tuple[Birth, ...]:
    """Dates, places and countries of birth: taken together only where there is one of each that there is."""
    if max(len(read.births), len(read.places), len(read.lands)) > 1:
        return (*read.births, *read.places, *read.lands)
    parts = [*read.births, *read.places, *read.lands]
    if not parts:
        return ()
    origins = [part.origin for part in parts if part.origin]
    place = ", ".join(part.place for part in parts if part.place)
    return (
        Birth(
            date=next((part.date for part in parts if part.date), None),
            place=place,
            country=next((part.country for part in parts if part.country), None),
            note="; ".join(part.note for part in parts if part.note),
            origin=attrs.evolve(
                origins[0],
                locator="; ".join(origin.locator for origin in origins),
                raw="; ".join(origin.raw for origin in origins if origin.raw) or None,
            ),
        ),
    )


def _bookkeeping(entity: Entity, said: Mapping[str, set[str]]) -> Iterator[Attribute]:
    """What stands beside the properties, but for what is ``said`` elsewhere.

    A caption that is one of the names says nothing new, and a party last seen when the file was made has not
    disappeared: as an attribute, that date would be a change of every party every day.
    """
    for name in (*BOOKKEEPING, *(other for other in entity.extra if other not in BOOKKEEPING)):
        for value in entity.extra.get(name, ()):
            if value not in said.get(name, ()):
                date = date_of(value) if name.endswith(("_seen", "_change")) else None
                yield Attribute(name if name.strip() else "unnamed", value, date=date, origin=entity.origin(name))
