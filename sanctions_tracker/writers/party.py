"""A target as a FollowTheMoney entity of its schema."""

from __future__ import annotations

from sanctions_tracker.model import Birth, CountryTie, Identifier, Name, Target
from sanctions_tracker.model.vocabulary import IdentifierType, NameKind, NamePartKind, NameStrength, TargetKind, TieRole
from sanctions_tracker.writers.checks import fits, holds
from sanctions_tracker.writers.entity import Entity, Ids, country_code_of, date_text

_SCHEMATA = {
    TargetKind.PERSON: "Person",
    TargetKind.ENTITY: "Organization",
    TargetKind.ORGANISATION: "Organization",
    TargetKind.COMPANY: "Company",
    TargetKind.MILITARY_UNIT: "Organization",
    TargetKind.STATE_BODY: "PublicBody",
    TargetKind.PROGRAMME: "LegalEntity",
    TargetKind.VESSEL: "Vessel",
    TargetKind.AIRCRAFT: "Airplane",
    TargetKind.UNKNOWN: "LegalEntity",
}
#: Kinds that share a schema with another: told by ``classification``.
_CLASSIFIED = frozenset({TargetKind.ENTITY, TargetKind.MILITARY_UNIT, TargetKind.PROGRAMME})
_BODIES = frozenset({"Organization", "Company", "PublicBody"})
#: What may hold papers: LegalEntity and what extends it.
LEGAL = _BODIES | {"LegalEntity", "Person"}
_TIES = {
    "Person": {TieRole.NATIONALITY: "nationality", TieRole.CITIZENSHIP: "citizenship"},
    "Vessel": {TieRole.FLAG: "flag", TieRole.FORMER_FLAG: "pastFlags"},
    "Airplane": {},
}
_PARTS = {
    NamePartKind.GIVEN: "firstName",
    NamePartKind.MIDDLE: "middleName",
    NamePartKind.FAMILY: "lastName",
    NamePartKind.PATRONYMIC: "fatherName",
    NamePartKind.MATRONYMIC: "motherName",
    NamePartKind.TITLE: "title",
}
_OF_LEGAL = {
    IdentifierType.TAX_ID: "taxNumber",
    IdentifierType.REGISTRATION: "registrationNumber",
    IdentifierType.LICENCE: "licenseNumber",
    IdentifierType.LEI: "leiCode",
    IdentifierType.BIC: "swiftBic",
    IdentifierType.DUNS: "dunsCode",
    IdentifierType.PHONE: "phone",
    IdentifierType.EMAIL: "email",
    IdentifierType.WEBSITE: "website",
}
_OF_BODIES = {**_OF_LEGAL, IdentifierType.GIIN: "giiNumber", IdentifierType.IMO_COMPANY: "imoNumber"}
#: Schema -> the property of each type of identifier.
_IDENTIFIERS = {
    "LegalEntity": _OF_LEGAL,
    "Person": {**_OF_LEGAL, IdentifierType.NATIONAL_ID: "idNumber", IdentifierType.PASSPORT: "passportNumber"},
    "Organization": _OF_BODIES,
    "PublicBody": _OF_BODIES,
    "Company": {**_OF_BODIES, IdentifierType.ISIN: "isinCode", IdentifierType.TICKER: "ticker"},
    "Vessel": {
        IdentifierType.IMO_VESSEL: "imoNumber",
        IdentifierType.MMSI: "mmsi",
        IdentifierType.CALL_SIGN: "callSign",
        IdentifierType.REGISTRATION: "registrationNumber",
    },
    "Airplane": {
        IdentifierType.AIRCRAFT_TAIL: "registrationNumber",
        IdentifierType.AIRCRAFT_SERIAL: "serialNumber",
    },
}
_GENDERS = frozenset({"male", "female", "other"})


def plain_property(identifier: Identifier, schema: str) -> str | None:
    """The property that takes the number; None where there is none, or where the number would not pass its check."""
    name = _IDENTIFIERS[schema].get(identifier.type)
    return name if name and holds(identifier.type, identifier.number) else None


def party(target: Target, ids: Ids) -> Entity:
    """The target's own entity. What the schema has no property for stands in its notes, in words."""
    made = Entity(ids.of(target.id.removeprefix("ftm:")), _SCHEMATA[target.kind], caption=target.name)
    _add_names(target, made)
    for birth in target.births:
        _add_birth(birth, made)
    for tie in target.countries:
        _add_tie(tie, made)
    for identifier in target.identifiers:
        _add_identifier(identifier, made)
    _add_the_rest(target, made)
    return made


def _note(made: Entity, heading: str, text: str) -> None:
    if text.strip():
        made.add("notes", f"{heading}: {text}")


def _add_names(target: Target, made: Entity) -> None:
    """The name to show first. An entity needs a name: one that is weak throughout keeps its first."""
    made.add("name", target.name)
    for name in target.names:
        if name.text != target.name or _property(name) != "weakAlias":
            made.add(_property(name), name.text)
    if made.schema == "Person":
        shown = next(name for name in target.names if name.text == target.name)
        for part in shown.parts:
            if part.kind in _PARTS:
                made.add(_PARTS[part.kind], part.text)


def _property(name: Name) -> str:
    if name.strength is NameStrength.WEAK:
        return "weakAlias"
    return {NameKind.ALIAS: "alias", NameKind.FORMER: "previousName"}.get(name.kind, "name")


def _add_birth(birth: Birth, made: Entity) -> None:
    """A person's birth, or the founding of a body, where it is a plain date; all else in words."""
    is_person = made.schema == "Person"
    date = date_text(birth.date) if birth.date else ""
    code = country_code_of(birth.country)
    if is_person:
        made.add("birthDate", date)
        made.add("birthPlace", birth.place)
        made.add("birthCountry", code)
    elif made.schema in LEGAL:
        made.add("incorporationDate", date)
    date_said = bool(date) and made.schema in LEGAL
    unsaid = ["" if date_said or birth.date is None else str(birth.date), "" if is_person else birth.place]
    unsaid += ["" if is_person and code else birth.country or "", birth.note]
    _note(made, "birth", "; ".join(part for part in unsaid if part.strip()))


def _add_tie(tie: CountryTie, made: Entity) -> None:
    code = country_code_of(tie.country)
    default = "jurisdiction" if tie.role is TieRole.REGISTRATION and made.schema in LEGAL - {"Person"} else "country"
    made.add(_TIES.get(made.schema, {}).get(tie.role, default), code)
    _note(made, tie.role.value, "; ".join(part for part in ("" if code else tie.country or tie.text, tie.note) if part))


def _add_identifier(identifier: Identifier, made: Entity) -> None:
    """The number under its property. What may not hold papers keeps the others in words, as do texts too long."""
    name = plain_property(identifier, made.schema)
    if name is not None:
        made.add(name, identifier.number)
    if made.schema not in LEGAL or not fits(identifier.number):
        said = [str(identifier)] if name is None else []
        _note(
            made, identifier.type.value, "; ".join(part for part in (*said, identifier.issuer, identifier.note) if part)
        )


def _add_the_rest(target: Target, made: Entity) -> None:
    legal, person = made.schema in LEGAL, made.schema == "Person"
    if target.kind in _CLASSIFIED:
        made.add("classification", target.kind.value)
    for position in target.positions:
        made.add("position", position) if person else _note(made, "position", position)
    gender = target.gender.strip().casefold()
    made.add("gender", gender) if person and gender in _GENDERS else _note(made, "gender", target.gender)
    made.add("sector", target.sector) if legal else _note(made, "sector", target.sector)
    made.add("summary", target.role)
    made.add("notes", target.note)
    for attribute in target.attributes:
        dated = f" ({attribute.date})" if attribute.date else ""
        _note(made, attribute.name, "; ".join(part for part in (f"{attribute.value}{dated}", attribute.note) if part))
