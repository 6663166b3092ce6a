"""Passports and other papers that are entities of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

import attrs

from sanctions_tracker.errors import ModelError
from sanctions_tracker.model import Identifier, PartialDate
from sanctions_tracker.model.vocabulary import IdentifierType
from sanctions_tracker.sources import tables
from sanctions_tracker.sources.opensanctions.entities import Entity
from sanctions_tracker.sources.opensanctions.graph import Graph
from sanctions_tracker.sources.opensanctions.values import country_of, date_of

_NUMBERS = ("number", "passportNumber")
_TAKEN = frozenset({*_NUMBERS, "holder", "type", "country", "authority", "startDate", "endDate"})


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], IdentifierType], ...]:
    rows = tables.rows("ftm_documents")
    return tuple((re.compile(row["words"], re.IGNORECASE), IdentifierType(row["type"])) for row in rows)


@lru_cache(maxsize=1024)
def document_type(words: tuple[str, ...], schema: str) -> tuple[IdentifierType, str]:
    """The type of a paper, and the publisher's label for it.

    A text that is one of this library's own words (``national_id``) decides; that is what its writer writes.

    >>> document_type(("national_id", "Kimlik"), "Identification")
    (<IdentifierType.NATIONAL_ID: 'national_id'>, 'Kimlik')
    """
    own = next((word for word in words if word in set(IdentifierType)), None)
    label = ", ".join(word for word in words if word != own)
    if own is not None:
        return IdentifierType(own), label
    if schema == "Passport":
        return IdentifierType.PASSPORT, label
    return next((kind for pattern, kind in _patterns() if pattern.search(label)), IdentifierType.OTHER), label


def documents(graph: Graph) -> list[Identifier]:
    """The papers that name the party as their holder."""
    return [made for entity in graph.documents for made in _papers(entity, graph)]


def _papers(entity: Entity, graph: Graph) -> list[Identifier]:
    kind, label = document_type(entity.all("type"), entity.schema)
    numbers = dict.fromkeys(number for name in _NUMBERS for number in entity.all(name))
    if not numbers:
        graph.note("a paper without a number", entity, raw=entity.told())
    codes = entity.all("country")
    code = country_of(codes[0]) if codes else None
    if codes and code is None:
        graph.note("a country that no table knows", entity, "country", codes[0])
    said = [f"country: {more}" for more in (codes[1:] if code else codes)]
    issued, expires = _date(entity, graph, "startDate", said), _date(entity, graph, "endDate", said)
    note = "; ".join(part for part in (*said, entity.told(but=_TAKEN)) if part)
    authority = ", ".join(entity.all("authority"))
    return [
        _paper(Identifier(kind, number, label, code, authority, issued, note=note, origin=entity.origin()), expires)
        for number in numbers
    ]


def _date(entity: Entity, graph: Graph, name: str, said: list[str]) -> PartialDate | None:
    """The first readable date; others go into what is said beside it."""
    values = entity.all(name)
    date = next(filter(None, map(date_of, values)), None)
    for value in values:
        if date_of(value) is None:
            graph.note("a date that cannot be read", entity, name, value)
        if date_of(value) != date or date is None:
            said.append(f"{name}: {value}")
    return date


def _paper(identifier: Identifier, expires: PartialDate | None) -> Identifier:
    try:
        return attrs.evolve(identifier, expires=expires)
    except ModelError:  # it ends before it starts, as some do
        note = "; ".join(part for part in (identifier.note, f"endDate: {expires}") if part)
        return attrs.evolve(identifier, note=note)


def merged(plain: Iterable[Identifier], papers: Iterable[Identifier]) -> tuple[Identifier, ...]:
    """Papers say more than the bare numbers of the party that repeat them."""
    papers = list(papers)
    known = {(paper.type, paper.number) for paper in papers}
    return (*(one for one in plain if (one.type, one.number) not in known), *papers)
