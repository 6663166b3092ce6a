"""Who or what is sanctioned."""

from __future__ import annotations

from typing import Any

import attrs

from sanctions_tracker.errors import ModelError
from sanctions_tracker.model.checks import known_country, not_blank
from sanctions_tracker.model.dates import PartialDate
from sanctions_tracker.model.identifier import Identifier
from sanctions_tracker.model.name import Name
from sanctions_tracker.model.provenance import Origin
from sanctions_tracker.model.vocabulary import NameKind, NameStrength, RelationKind, TargetKind, TieRole

#: Which tie to a country decides where a target belongs, the strongest first.
_ATTRIBUTION = (
    (TieRole.STATED,),
    (TieRole.NATIONALITY, TieRole.CITIZENSHIP, TieRole.REGISTRATION, TieRole.FLAG),
    (TieRole.SEAT,),
)


@attrs.frozen
class Birth:
    """A birth, or a founding: a date, a place, or both, as far as the publisher knows.

    A publisher may state several; ``place`` is the text as printed.
    """

    date: PartialDate | None = None
    place: str = ""
    country: str | None = attrs.field(default=None, validator=known_country)
    note: str = ""
    origin: Origin | None = None


@attrs.frozen
class CountryTie:
    """A tie to a country; ``text`` is as printed, ``country`` None where no table knows it."""

    role: TieRole
    country: str | None = attrs.field(default=None, validator=known_country)
    text: str = ""
    note: str = ""
    origin: Origin | None = None


@attrs.frozen
class Address:
    """An address, its lines in the publisher's order."""

    lines: tuple[str, ...] = ()
    city: str = ""
    region: str = ""
    postcode: str = ""
    country: str | None = attrs.field(default=None, validator=known_country)
    country_text: str = ""
    note: str = ""
    origin: Origin | None = None

    def __str__(self) -> str:
        return ", ".join(
            part for part in (*self.lines, self.city, self.region, self.postcode, self.country_text) if part
        )


def _a_share(instance: Relation, _attribute: attrs.Attribute[Any], share: float | None) -> None:
    if share is not None and not 0 <= share <= 1:
        message = f"share of {instance.other}: {share} is not between 0 and 1"
        raise ModelError(message, value=share)


@attrs.frozen
class Relation:
    """How the bearer stands to another target: bearer is ``kind`` ``other``.

    ``other`` is a target's id in the same list, or empty where the publisher
    gives a name only (``text``). ``share`` is between 0 and 1, None where no
    source states it.
    """

    kind: RelationKind
    other: str = ""
    text: str = ""
    label: str = ""
    share: float | None = attrs.field(default=None, validator=_a_share)
    former: bool = False
    during: PartialDate | None = None
    note: str = ""
    origin: Origin | None = None

    def __attrs_post_init__(self) -> None:
        if not self.other and not self.text:
            message = "a Relation needs the id of the other target, or its name as text"
            raise ModelError(message, value=self)


@attrs.frozen
class Attribute:
    """Anything else that the publisher states, under the publisher's own heading."""

    name: str = attrs.field(validator=not_blank)
    value: str = ""
    date: PartialDate | None = None
    note: str = ""
    origin: Origin | None = None


def _some_name(instance: Target, _attribute: attrs.Attribute[Any], names: tuple[Name, ...]) -> None:
    if not names:
        message = f"target {instance.id}: a target needs at least one name"
        raise ModelError(message, value=names)


@attrs.frozen
class Target:
    """A party on a list: a person, an entity, a vessel, an aircraft.

    ``id`` is unique within its list. ``names`` holds at least one; the first of
    kind ``primary`` is the one to show.

    Raises:
        ModelError: a blank id, or no name.
    """

    id: str = attrs.field(validator=not_blank)
    kind: TargetKind
    names: tuple[Name, ...] = attrs.field(validator=_some_name)
    births: tuple[Birth, ...] = ()
    countries: tuple[CountryTie, ...] = ()
    addresses: tuple[Address, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    positions: tuple[str, ...] = ()
    role: str = ""
    sector: str = ""
    gender: str = ""
    relations: tuple[Relation, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    note: str = ""
    origin: Origin | None = None

    @property
    def name(self) -> str:
        """The primary name's text, to show to people."""
        return next((name.text for name in self.names if name.kind is NameKind.PRIMARY), self.names[0].text)

    @property
    def strong_names(self) -> tuple[Name, ...]:
        """The names that the publisher stands by."""
        return tuple(name for name in self.names if name.strength is NameStrength.STRONG)

    @property
    def attributed_to(self) -> frozenset[str]:
        """The countries that the target belongs to.

        Stated ones where there are any, else nationality, citizenship,
        registration or flag, else the seat. Empty where nothing is known.
        """
        for roles in _ATTRIBUTION:
            codes = frozenset(tie.country for tie in self.countries if tie.role in roles and tie.country)
            if codes:
                return codes
        return frozenset(address.country for address in self.addresses if address.country)

    def __str__(self) -> str:
        return self.name
