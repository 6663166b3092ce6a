"""What is known of a party beside its names, in the form in which it is compared."""

from __future__ import annotations

import attrs

from sanctions_tracker.model import Identifier, PartialDate, Target
from sanctions_tracker.model.vocabulary import TargetKind


@attrs.frozen
class Particulars:
    """What a list, or a question, says of a party beside its names; empty is unknown, never a contradiction.

    ``countries`` are ISO 3166 codes of any tie (nationality, registration,
    flag, birth, address). ``gender`` is ``male``, ``female`` or empty.
    ``addresses`` (that say more than a country), ``places`` (of birth) and ``positions`` are texts as printed.
    """

    kind: TargetKind | None = None
    births: tuple[PartialDate, ...] = ()
    places: tuple[str, ...] = ()
    countries: frozenset[str] = frozenset()
    identifiers: tuple[Identifier, ...] = ()
    gender: str = ""
    addresses: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()


def particulars_of(target: Target) -> Particulars:
    """The particulars of a listed party."""
    ties = {tie.country for tie in target.countries} | {birth.country for birth in target.births}
    ties |= {address.country for address in target.addresses}
    return Particulars(
        kind=target.kind,
        births=tuple(dict.fromkeys(birth.date for birth in target.births if birth.date)),
        places=tuple(dict.fromkeys(birth.place for birth in target.births if birth.place)),
        countries=frozenset(country for country in ties if country),
        identifiers=target.identifiers,
        gender=target.gender if target.gender in {"male", "female"} else "",
        addresses=tuple(dict.fromkeys(str(one) for one in target.addresses if one.lines or one.city or one.region)),
        positions=target.positions,
    )
