"""Sanctions: who imposed what on a party, under which programme, and when."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import lru_cache

import attrs

from sanctions_tracker.model import Identifier, Measure, MeasureEvent, Sanctioner
from sanctions_tracker.model.country import country_name
from sanctions_tracker.model.vocabulary import EventKind, IdentifierType, MeasureKind, SanctionerKind
from sanctions_tracker.sources import tables
from sanctions_tracker.sources.opensanctions.entities import Entity
from sanctions_tracker.sources.opensanctions.graph import Graph
from sanctions_tracker.sources.opensanctions.relations import target_id
from sanctions_tracker.sources.opensanctions.values import country_of, date_of

#: The listing, the day from which it holds, its end, and the last change. Source: descriptions of the properties
#: of Sanction and Interval in FollowTheMoney's schemata.
_EVENTS = (
    ("listingDate", EventKind.LISTED),
    ("startDate", EventKind.EFFECTIVE),
    ("modifiedAt", EventKind.AMENDED),
    ("endDate", EventKind.EXPIRED),
)
_TAKEN = frozenset(
    {"entity", "authority", "country", "program", "programId", "provisions", "reason", "authorityId", "unscId"}
)
_REFERENCES = (("authorityId", ""), ("unscId", "UN"))
_SEVERAL = re.compile(r"[;,|]|(?<=\s)and(?=\s)")
_INTERGOVERNMENTAL = frozenset({"EU", "UN"})
#: The sanctioner of a sanction that names none.
UNSTATED = Sanctioner("unstated", "Authority not stated")


@attrs.define
class Sanctioners:
    """One sanctioner for each pair of country and authority, in order of appearance."""

    found: dict[tuple[str | None, str], Sanctioner] = attrs.field(factory=dict)

    def of(self, sanction: Entity) -> Sanctioner:
        """Who imposed it."""
        authority = ", ".join(sanction.all("authority"))
        codes = sanction.all("country")
        code = country_of(codes[0]) if codes else None
        key = (code, authority)
        if key not in self.found:
            self.found[key] = self._made(code, authority)
        return self.found[key]

    def _made(self, code: str | None, authority: str) -> Sanctioner:
        if not authority.strip() and code is None:
            return UNSTATED
        kind = SanctionerKind.AGENCY if authority else SanctionerKind.COUNTRY
        return Sanctioner(
            self._unique("-".join(part for part in ((code or "").casefold(), slug(authority)) if part)),
            authority if authority.strip() else country_name(code or ""),
            SanctionerKind.INTERGOVERNMENTAL if code in _INTERGOVERNMENTAL else kind,
            code,
        )

    def _unique(self, wished: str) -> str:
        taken = {one.id for one in self.found.values()} | {UNSTATED.id}
        number, unique = 1, wished
        while unique in taken:
            number += 1
            unique = f"{wished}-{number}"
        return unique


def slug(text: str) -> str:
    """Letters and digits of ASCII with hyphens between; the beginning of a hash for a text that has none."""
    made = re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")
    return made or (hashlib.sha256(text.encode()).hexdigest()[:12] if text.strip() else "")


@lru_cache(maxsize=1)
def _provisions() -> dict[str, str]:
    return tables.mapping("ftm_provisions", "provision", "kind")


@lru_cache(maxsize=4096)
def provision_kinds(text: str) -> tuple[MeasureKind, ...]:
    """The kinds that a provision plainly means, several where it lists several; empty where any word is open.

    >>> provision_kinds("Asset freeze, travel ban"), provision_kinds("Asset freeze and other things")
    ((<MeasureKind.ASSET_FREEZE: 'asset_freeze'>, <MeasureKind.TRAVEL_BAN: 'travel_ban'>), ())
    """
    whole = _provisions().get(text.strip(" .").casefold())
    if whole:
        return (MeasureKind(whole),)
    pieces = [_provisions().get(piece.strip().strip(" .").casefold()) for piece in _SEVERAL.split(text)]
    return tuple(MeasureKind(piece) for piece in pieces if piece) if all(pieces) else ()


def measures(party: Entity, graph: Graph, sanctioners: Sanctioners) -> Iterator[Measure]:
    """The measures on a party: one for each sanction and kind of provision."""
    for sanction in graph.sanctions:
        sanctioner = sanctioners.of(sanction)
        for number, (kind, label) in enumerate(_imposed(sanction), 1):
            tail = f"/{number}" if number > 1 else ""
            yield _measure(
                sanction, graph, (f"{target_id(party.id)}/{sanction.id}{tail}", kind, label), sanctioner, party
            )


def _imposed(sanction: Entity) -> list[tuple[MeasureKind, str]]:
    """Kinds with the provision's own words. Provisions that the table does not know stay one unspecified measure."""
    known: dict[tuple[MeasureKind, str], None] = {}
    unknown = []
    for text in sanction.all("provisions"):
        kinds = provision_kinds(text)
        known.update(dict.fromkeys((kind, text) for kind in kinds))
        if not kinds:
            unknown.append(text)
    if unknown or not known:
        known[MeasureKind.UNSPECIFIED, "; ".join(unknown)] = None
    return list(known)


def _measure(
    sanction: Entity, graph: Graph, said: tuple[str, MeasureKind, str], sanctioner: Sanctioner, party: Entity
) -> Measure:
    measure_id, kind, label = said
    events = [
        MeasureEvent(event, date, origin=attrs.evolve(origin, raw=value))
        for name, event in _EVENTS
        for value, origin in sanction.values(name)
        if (date := date_of(value)) is not None
    ]
    return Measure(
        measure_id,
        sanctioner.id,
        target_id(party.id),
        kind,
        label=label,
        list_name=", ".join(sanction.extra.get("datasets", ())),
        programmes=tuple(dict.fromkeys((*sanction.all("program"), *sanction.all("programId")))),
        grounds="\n".join(sanction.all("reason")),
        events=tuple(events),
        note=_note(sanction, graph),
        origins=(sanction.origin(),),
    )


def _note(sanction: Entity, graph: Graph) -> str:
    """What has no place in a measure, in words; dates that cannot be read among it, and told."""
    unread = []
    for name, _ in _EVENTS:
        for value in sanction.all(name):
            if date_of(value) is None:
                graph.note("a date that cannot be read", sanction, name, value)
                unread.append(f"{name}: {value}")
    codes = sanction.all("country")
    further = codes[1:] if codes and country_of(codes[0]) else codes
    if codes and country_of(codes[0]) is None:
        graph.note("a country that no table knows", sanction, "country", codes[0])
    told = sanction.told(but=_TAKEN | {name for name, _ in _EVENTS})
    return "; ".join(part for part in (*unread, *(f"country: {code}" for code in further), told) if part)


def references(graph: Graph) -> list[Identifier]:
    """The numbers under which the authorities list the party."""
    found: dict[tuple[str, str], Identifier] = {}
    for sanction in graph.sanctions:
        for name, country in _REFERENCES:
            for value, origin in sanction.values(name):
                issuer = "" if country else ", ".join(sanction.all("authority"))
                one = Identifier(IdentifierType.LIST_REFERENCE, value, name, country or None, issuer, origin=origin)
                found.setdefault((value, issuer), one)
    return list(found.values())
