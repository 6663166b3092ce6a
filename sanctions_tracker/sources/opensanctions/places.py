"""Addresses: as texts of a party, and as entities of their own."""

from __future__ import annotations

from sanctions_tracker.model import Address
from sanctions_tracker.sources.opensanctions.entities import Entity
from sanctions_tracker.sources.opensanctions.graph import Graph
from sanctions_tracker.sources.opensanctions.values import country_of

_LINES = ("street", "street2", "postOfficeBox")
_TAKEN = frozenset({*_LINES, "full", "city", "region", "state", "postalCode", "country", "remarks"})


def addresses(entity: Entity, graph: Graph) -> tuple[Address, ...]:
    """The addresses of a party; a text that repeats one of its address entities is told once."""
    found: list[Address] = []
    repeated: set[str] = set()
    for value, origin in entity.values("addressEntity"):
        other = graph.entity(value)
        if other is None:
            graph.note("an address that is not in the file", entity, "addressEntity", value)
            found.append(Address((value,), note="addressEntity", origin=origin))
            continue
        graph.used.add(other.id)
        found.append(_address(other, graph))
        repeated.update(text.casefold() for text in other.all("full"))
    found += [
        Address((value,), origin=origin)
        for value, origin in entity.values("address")
        if value.casefold() not in repeated
    ]
    return tuple(found)


def _address(entity: Entity, graph: Graph) -> Address:
    """An address entity. ``full`` is its lines where it says no more of them, else it is kept as the raw text."""
    lines = tuple(text for name in _LINES for text in entity.all(name))
    full = "; ".join(entity.all("full"))
    codes = entity.all("country")
    code = country_of(codes[0]) if codes else None
    if codes and code is None:
        graph.note("a country that no table knows", entity, "country", codes[0])
    inside = {*lines, *entity.all("city"), *entity.all("region"), *entity.all("state"), *entity.all("postalCode")}
    note = [*entity.all("remarks"), *(f"country: {more}" for more in codes[1:]), entity.told(but=_TAKEN)]
    return Address(
        lines if inside else entity.all("full"),
        city=", ".join(entity.all("city")),
        region=", ".join((*entity.all("region"), *entity.all("state"))),
        postcode=", ".join(entity.all("postalCode")),
        country=code,
        country_text=", ".join(codes[:1]),
        note="; ".join(part for part in note if part),
        origin=entity.origin(raw=full or None),
    )
