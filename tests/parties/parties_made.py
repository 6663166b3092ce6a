"""Parties made to measure, and parties made at random from a small stock, so that they collide."""

from __future__ import annotations

from typing import Any

import attrs
from hypothesis import strategies as some

from sanctions_tracker.model import Birth, CountryTie, Identifier, Name, PartialDate, Sanctioner, SanctionsList, Target
from sanctions_tracker.model.vocabulary import IdentifierType, NameKind, NameStrength, TargetKind, TieRole
from sanctions_tracker.parties import Record

NAMES = (
    "Mohammed Ali",
    "Hossein Salami",
    "حسين سلامي",
    "Behnam Shahriyari",
    "Bank Melli",
    "Bank Mellat",
    "Khatam al-Anbiya Central Headquarters",
    "Khatam al-Anbiya Construction Headquarters",
    "OOO Mayak",
    "Sergey Yurevich Kuzovlev",
)
BIRTHS = ("1960-01-02", "1960", "1960-02-01", "1975-03-21", "1930~")
NUMBERS = ("A1234567", "A7654321", "99887766")


def party(
    target_id: str,
    *names: str,
    kind: TargetKind = TargetKind.PERSON,
    born: tuple[str, ...] = (),
    countries: tuple[str, ...] = (),
    passports: tuple[str, ...] = (),
    weak: tuple[str, ...] = (),
    **more: Any,
) -> Target:
    """A target; passports are Iran's."""
    strong = tuple(Name(text, kind=NameKind.ALIAS if place else NameKind.PRIMARY) for place, text in enumerate(names))
    aliases = tuple(Name(text, NameKind.ALIAS, NameStrength.WEAK) for text in weak)
    return Target(
        target_id,
        kind,
        strong + aliases,
        births=tuple(Birth(PartialDate(date)) for date in born),
        countries=tuple(CountryTie(TieRole.NATIONALITY, code) for code in countries),
        identifiers=tuple(Identifier(IdentifierType.PASSPORT, number, country="IR") for number in passports),
        **more,
    )


def listing(list_id: str, *targets: Target, body: str = "", date: str | None = None) -> SanctionsList:
    """The list of one body."""
    return SanctionsList(
        list_id,
        date=PartialDate(date) if date else None,
        sanctioners=(Sanctioner(body or f"body of {list_id}", "A body"),),
        targets=targets,
    )


def record(target: Target, list_id: str = "left", body: str = "") -> Record:
    """The record of a target alone on a list."""
    one = listing(list_id, target, body=body)
    return Record.of(one, target)


@some.composite
def parties_at_random(draw: some.DrawFn, target_id: str = "x") -> Target:
    """A party of which some things are known."""
    return party(
        target_id,
        *draw(some.lists(some.sampled_from(NAMES), min_size=1, max_size=3, unique=True)),
        kind=draw(some.sampled_from((TargetKind.PERSON, TargetKind.ENTITY, TargetKind.UNKNOWN))),
        born=tuple(draw(some.lists(some.sampled_from(BIRTHS), max_size=2, unique=True))),
        countries=tuple(draw(some.lists(some.sampled_from(("IR", "RU")), max_size=2, unique=True))),
        passports=tuple(draw(some.lists(some.sampled_from(NUMBERS), max_size=2, unique=True))),
        weak=tuple(draw(some.lists(some.sampled_from(NAMES), max_size=1))),
        gender=draw(some.sampled_from(("", "male", "female"))),
        positions=tuple(draw(some.lists(some.sampled_from(("Judge", "Minister of Oil")), max_size=1))),
    )


@some.composite
def lists_at_random(draw: some.DrawFn) -> tuple[SanctionsList, ...]:
    """Two or three lists of a few parties each."""
    return tuple(
        listing(
            f"list {number}",
            *(
                attrs.evolve(draw(parties_at_random()), id=f"{number}/{place}")
                for place in range(draw(some.integers(1, 4)))
            ),
        )
        for number in range(draw(some.integers(2, 3)))
    )
