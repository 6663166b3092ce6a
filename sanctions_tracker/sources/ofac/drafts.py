"""A target in the making, and the label of a value as the way to its field.

SDN.XML, the CSV files and the ENHANCED XML say the same things under the same
labels (``Passport``, ``Gender``, ``Secondary sanctions risk:``). What each is
stands in three tables: ``ofac_documents``, ``ofac_features`` and
``ofac_openings``; a label that none of them knows becomes an Attribute.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import attrs

from sanctions_tracker.errors import InvalidNameError
from sanctions_tracker.model import (
    Address,
    Attribute,
    Birth,
    CountryTie,
    Identifier,
    Name,
    NamePart,
    Note,
    Origin,
    PartialDate,
    Relation,
    Target,
)
from sanctions_tracker.model.country import country_code
from sanctions_tracker.model.vocabulary import (
    IdentifierType,
    NameKind,
    NamePartKind,
    NameStrength,
    TargetKind,
    TieRole,
    Validity,
)
from sanctions_tracker.sources.ofac.printed import printed_date
from sanctions_tracker.sources.ofac.reference import NO_COUNTRY, joined, target_id
from sanctions_tracker.sources.tables import rows

#: The kinds of target by the publisher's word, in small letters; SDN.CSV has no word for entities.
KINDS = {
    "individual": TargetKind.PERSON,
    "entity": TargetKind.ENTITY,
    "": TargetKind.ENTITY,
    "vessel": TargetKind.VESSEL,
    "aircraft": TargetKind.AIRCRAFT,
}

#: The publisher's words for kinds of alias -> kind and remark.
ALIASES = {
    "aka": (NameKind.ALIAS, ""),
    "fka": (NameKind.FORMER, ""),
    "nka": (NameKind.ALIAS, "now known as"),
}

_TYPES = {kind.value: kind for kind in IdentifierType}
_ROLES = {role.value: role for role in TieRole}

#: The opening of every wallet's label; the currency stands behind it.
WALLET = "Digital Currency Address - "


@lru_cache(maxsize=1)
def labels() -> dict[str, tuple[str, str]]:
    """Label -> what it is (``identifier``, ``tie``, ``birth_date`` …) and of which type."""
    found = {row["label"]: ("identifier", row["type"]) for row in rows("ofac_documents")}
    for name in ("ofac_features", "ofac_openings"):
        found.update({row["label"]: (row["as"], row["type"]) for row in rows(name)})
    return {plain_label(label): kind for label, kind in found.items() if label != WALLET}


@lru_cache(maxsize=4096)
def plain_label(label: str) -> str:
    """The label with the apostrophe that the tables write."""
    return label.replace("\u2019", "'")


@lru_cache(maxsize=4096)
def kind_of(label: str) -> tuple[str, str]:
    """What a label stands for; ``("attribute", "")`` where no table knows it."""
    if label.startswith(WALLET):
        return "identifier", IdentifierType.WALLET.value
    return labels().get(plain_label(label)) or ("attribute", "")


def split_name(text: str, kind: TargetKind) -> tuple[str, str]:
    """Given name and family name: for persons alone the comma tells them apart.

    >>> split_name("DOE, Jane", TargetKind.PERSON), split_name("ACME, LTD.", TargetKind.ENTITY)
    (('Jane', 'DOE'), ('', 'ACME, LTD.'))
    """
    if kind is not TargetKind.PERSON:
        return "", text
    family, _, given = text.partition(", ")
    return given, family


class Said(NamedTuple):
    """One labelled value, as a format states it.

    ``date`` is set where the format gives one beside the text.
    """

    label: str
    value: str
    origin: Origin
    country_text: str = ""
    authority: str = ""
    date: PartialDate | None = None
    issued: PartialDate | None = None
    expires: PartialDate | None = None
    validity: Validity = Validity.UNSTATED
    note: str = ""


@attrs.define
class Draft:
    """What is known of one party so far.

    ``origin`` is the record's own place; ``links`` are the names of those to whom
    the party is linked, which become relations once all parties are known.
    """

    kind: TargetKind
    origin: Origin
    notes: list[Note] = attrs.Factory(list)
    names: list[Name] = attrs.Factory(list)
    births: list[Birth] = attrs.Factory(list)
    countries: list[CountryTie] = attrs.Factory(list)
    addresses: list[Address] = attrs.Factory(list)
    identifiers: list[Identifier] = attrs.Factory(list)
    positions: list[str] = attrs.Factory(list)
    genders: list[str] = attrs.Factory(list)
    relations: list[Relation] = attrs.Factory(list)
    links: list[tuple[str, Origin]] = attrs.Factory(list)
    attributes: list[Attribute] = attrs.Factory(list)
    programmes: list[str] = attrs.Factory(list)
    remarks: list[str] = attrs.Factory(list)

    @property
    def record(self) -> str:
        """The publisher's id of the record."""
        return self.origin.record

    def target(self) -> Target:
        """The finished target.

        Raises:
            ModelError: there is no name.
        """
        return Target(
            id=target_id(self.origin.record),
            kind=self.kind,
            names=tuple(self.names),
            births=tuple(self.births),
            countries=tuple(self.countries),
            addresses=tuple(self.addresses),
            identifiers=tuple(self.identifiers),
            positions=tuple(self.positions),
            gender=", ".join(dict.fromkeys(self.genders)),
            relations=tuple(self.relations),
            attributes=tuple(self.attributes),
            note=joined(*self.remarks) if self.remarks else "",
            origin=self.origin,
        )

    def add_note(self, text: str, origin: Origin) -> None:
        """Say that a value stays as it is printed."""
        self.notes.append(Note(text, origin))

    def name(
        self, given: str, family: str, kind: NameKind, origin: Origin, *, weak: bool = False, note: str = ""
    ) -> None:
        """Add a name of one or two parts; one that cannot be compared becomes a note."""
        strength = NameStrength.WEAK if weak else NameStrength.STRONG
        if not given and ", " in family:
            given, family = split_name(family, self.kind)
        try:
            if given and family:
                parts = (NamePart(NamePartKind.GIVEN, given), NamePart(NamePartKind.FAMILY, family))
                self.names.append(Name(f"{given} {family}", kind, strength, parts=parts, note=note, origin=origin))
            else:
                self.names.append(Name(given or family, kind, strength, note=note, origin=origin))
        except InvalidNameError as error:
            self.add_note(str(error), origin)

    def country(self, text: str, origin: Origin) -> str | None:
        """The code of a printed country; None, with a note, where no table knows it."""
        code = country_code(text) if text else None
        if code is None and text.lower() not in NO_COUNTRY:
            self.add_note(f"no country is known by the name {text!r}", origin)
        return code

    def date(self, text: str, origin: Origin) -> PartialDate | None:
        """A printed date; None, with a note, where none can be read from it."""
        date = printed_date(text) if text else None
        if date is None and text:
            self.add_note(f"no date can be read from {text!r}", origin)
        return date

    def tie(self, role: TieRole, text: str, origin: Origin, note: str = "") -> None:
        """Add a tie to a country."""
        self.countries.append(CountryTie(role, self.country(text, origin), text, note, origin))

    def attribute(self, said: Said) -> None:
        """Keep a value under the publisher's own label."""
        note = said.note
        if said.country_text or said.authority:
            note = joined(said.country_text, said.authority, note)
        self.attributes.append(Attribute(said.label, said.value, said.date, note, said.origin))

    def add(self, said: Said) -> None:
        """Put a labelled value where it belongs."""
        kind, word = kind_of(said.label)
        if kind == "attribute":
            self.attribute(said)
        elif kind == "identifier" and said.value:
            self._identifier(said, _TYPES[word])
        else:
            _TAKERS.get(kind, _attribute)(self, said, word)

    def _identifier(self, said: Said, kind: IdentifierType) -> None:
        label, number, origin, country_text, authority, _, issued, expires, validity, note = said
        if number[:4].upper() == "IMO " or "Maritime Organi" in authority:
            kind = IdentifierType.IMO_VESSEL if self.kind is TargetKind.VESSEL else IdentifierType.IMO_COMPANY
        country = self.country(country_text, origin) if country_text else None
        issuer = authority
        if country_text and country is None and country_text.lower() not in NO_COUNTRY:
            issuer = joined(country_text, authority)
        if issued and expires and expires < issued:
            self.add_note(f"{label} {number}: expires {expires}, before it was issued on {issued}", origin)
            note, issued, expires = joined(note, f"issued {issued}, expires {expires}"), None, None
        self.identifiers.append(
            Identifier(kind, number, label, country, issuer, issued, expires, validity, note, origin)
        )


def _with_raw(origin: Origin, raw: str) -> Origin:
    return Origin(origin.source, origin.record, origin.locator, raw)


def _attribute(draft: Draft, said: Said, _: str) -> None:
    draft.attribute(said)


def _dated(draft: Draft, said: Said, _: str) -> None:
    """A value that is a date, under the publisher's own label."""
    draft.attribute(said if said.date else said._replace(date=draft.date(said.value, said.origin)))


def _birth_date(draft: Draft, said: Said, _: str) -> None:
    date = said.date or draft.date(said.value, said.origin)
    if date:
        draft.births.append(Birth(date=date, note=said.note, origin=_with_raw(said.origin, said.value)))
    else:
        draft.attribute(said)


def _birth_place(draft: Draft, said: Said, _: str) -> None:
    country = country_code(said.value.rpartition(",")[2]) if said.value else None
    draft.births.append(Birth(place=said.value, country=country, note=said.note, origin=said.origin))


def _tie(draft: Draft, said: Said, role: str) -> None:
    draft.tie(_ROLES[role], said.value or said.country_text, said.origin, said.note)


def _position(draft: Draft, said: Said, _: str) -> None:
    draft.positions.append(said.value)
    _keep_note(draft, said)


def _gender(draft: Draft, said: Said, _: str) -> None:
    draft.genders.append(said.value.lower())
    _keep_note(draft, said)


def _keep_note(draft: Draft, said: Said) -> None:
    """The model's field takes a word alone: what is said of it stands beside, as an attribute."""
    if said.note:
        draft.attribute(said)


def _link(draft: Draft, said: Said, _: str) -> None:
    draft.links.append((said.value, said.origin))


_TAKERS: dict[str, Callable[[Draft, Said, str], None]] = {
    "birth_date": _birth_date,
    "founding_date": _birth_date,
    "birth_place": _birth_place,
    "tie": _tie,
    "tie_text": _tie,
    "position": _position,
    "gender": _gender,
    "link": _link,
    "dated": _dated,
}

__all__ = ["ALIASES", "KINDS", "WALLET", "Draft", "Said", "kind_of", "labels", "plain_label"]
