"""Which country a record belongs to, and on what ground: stated, by nationality, by seat, by programme.

`parties.belongs` and `Target.attributed_to` know what an action states and
what ties a target has. Allies' lists say less: Canada's names no country but
the programme's, and OFAC gives a dealer's addresses in five countries.
Those are told apart here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import Any

import attrs

from sanctions_tracker.model import SanctionsList, Target
from sanctions_tracker.model.vocabulary import TargetKind, TieRole
from sanctions_tracker.parties import Record
from sanctions_tracker.reconciliation.data_files import rows
from sanctions_tracker.reconciliation.parties import belongs, within

_BELONGING = frozenset({TieRole.NATIONALITY, TieRole.CITIZENSHIP, TieRole.REGISTRATION, TieRole.FLAG})


class Ground(StrEnum):
    """Why a party counts as a country's, the strongest first; the strongest that is known decides.

    ``SEAT`` is a body's seat, or its addresses where they all lie in one
    country; ``ADDRESS`` addresses in several countries, or a person's, which
    say least: nothing where he is stated to be born elsewhere.
    """

    STATED = "stated"
    NATIONALITY = "nationality"
    SEAT = "seat"
    PROGRAMME = "programme"
    ADDRESS = "address"


#: The countries that a record names on each ground that it speaks of; none where what is stated is against others.
Claims = Mapping[Ground, frozenset[str]]


@attrs.frozen
class Attribution:
    """On what ground a party is the country's, and the records that say so."""

    ground: Ground
    records: tuple[Record, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {"ground": self.ground.value, "records": [list(record.key) for record in self.records]}


@lru_cache(maxsize=1)
def _programmes() -> Mapping[tuple[str, str], str]:
    """Sanctioner's country and programme -> the country that the programme is about (``data/programmes.tsv``)."""
    return {(row["by"], row["programme"]): row["country"] for row in rows("programmes")}


def programme_country(by: str | None, programme: str) -> str | None:
    """The country that a programme of a sanctioner is about; None for thematic ones and those not in the table.

    A programme named after the country that it defends (Ukraine) is no programme about it.

    >>> programme_country("EU", "IRN"), programme_country("US", "SDGT"), programme_country("EU", "UKR")
    ('IR', None, None)
    """
    return _programmes().get((by or "", programme))


def claims_of(one: SanctionsList, target: Target, country: str) -> Claims:
    """The countries that a list's record names, ground by ground; a ground that it does not speak of is left out.

    What an action states is told of ``country`` alone: that, or none.
    """
    claims = {
        Ground.NATIONALITY: _tied(target, _BELONGING),
        Ground.SEAT: _seats(target),
        Ground.PROGRAMME: _by_programme(one, target),
        Ground.ADDRESS: _addresses(target),
    }
    spoken = {ground: frozenset(named) for ground, named in claims.items() if named}
    stated = _stated(one, target, country)
    return spoken if stated is None else {Ground.STATED: stated, **spoken}


def _stated(one: SanctionsList, target: Target, country: str) -> frozenset[str] | None:
    """By the actions behind its measures, where there are some, else by the country that the data set states."""
    held = {key for measure in one.measures_on(target.id) for key in measure.actions}
    actions = [one.actions_by_id[key] for key in held if key in one.actions_by_id]
    if actions:
        against = any(belongs(target, action, country) for action in actions)
        return frozenset({country}) if against else frozenset()
    return frozenset(_tied(target, frozenset({TieRole.STATED}))) or None


def _tied(target: Target, roles: frozenset[TieRole]) -> set[str]:
    return {tie.country for tie in target.countries if tie.role in roles and tie.country}


def _seats(target: Target) -> set[str]:
    """Stated seats, else the addresses of whatever is no person."""
    if target.kind is TargetKind.PERSON:
        return set()
    return _tied(target, frozenset({TieRole.SEAT})) or _addresses(target)


def _addresses(target: Target) -> set[str]:
    found = {address.country for address in target.addresses if address.country}
    born = {birth.country for birth in target.births if birth.country}
    return set() if born and born.isdisjoint(found) else found


def _by_programme(one: SanctionsList, target: Target) -> set[str]:
    measures = one.measures_on(target.id)
    found = {
        programme_country(one.country_of(measure.sanctioner), programme)
        for measure in measures
        for programme in measure.programmes
    }
    return {country for country in found if country}


def _deciding(claims: Sequence[Claims]) -> tuple[Ground, frozenset[str]] | None:
    """The strongest ground that any record speaks of, and the countries named on it."""
    for ground in Ground:
        spoken = [one[ground] for one in claims if ground in one]
        named = frozenset(country for countries in spoken for country in countries)
        # Seats in several countries are none: of those the programme knows more.
        if spoken and not (ground is Ground.SEAT and len(named) > 1):
            return ground, named
    return None


def is_own(claims: Claims, country: str) -> bool:
    """Whether a record by itself is the country's."""
    found = _deciding([claims])
    return found is not None and not within(country).isdisjoint(found[1])


def attribution(records: Iterable[tuple[Record, Claims]], country: str) -> Attribution | None:
    """Why the party of these records is the country's; None where it is not.

    The strongest ground that any of them speaks of decides for all. Where
    publishers disagree on that ground, it is the country's for those who say so.
    """
    several = tuple(records)
    found = _deciding([claims for _, claims in several])
    if found is None:
        return None
    ground, codes = found[0], within(country)
    saying = tuple(record for record, claims in several if not codes.isdisjoint(claims.get(ground, ())))
    return Attribution(ground, saying) if saying else None
