"""What is asked: a name, or a name with all that is known of its bearer."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

import attrs

from sanctions_tracker.codec import unstructure
from sanctions_tracker.errors import InvalidDateError, InvalidNameError, ModelError, QueryError, UnknownCountryError
from sanctions_tracker.model import Identifier, PartialDate, Target
from sanctions_tracker.model.country import country_code
from sanctions_tracker.model.vocabulary import IdentifierType, TargetKind
from sanctions_tracker.names.script import has_letter_or_digit
from sanctions_tracker.parties import Particulars, particulars_of

#: Headings that people give to columns -> the field of a query. Types of identifiers are columns by their own name.
_HEADINGS = {
    "name": "names",
    "names": "names",
    "full_name": "names",
    "alias": "names",
    "aliases": "names",
    "kind": "kind",
    "type": "kind",
    "birth": "births",
    "births": "births",
    "dob": "births",
    "date_of_birth": "births",
    "country": "countries",
    "countries": "countries",
    "nationality": "countries",
    "citizenship": "countries",
    "gender": "gender",
    "sex": "gender",
    "address": "address",
    "reference": "reference",
    "id": "reference",
    "identifiers": "identifiers",
}
_GENDERS = {"m": "male", "male": "male", "f": "female", "female": "female", "": ""}
_KINDS = {"individual": TargetKind.PERSON, "ship": TargetKind.VESSEL}

#: Several values in one cell stand apart by this; a name may hold a comma.
_SEPARATOR = ";"

#: An identifier with its issuer behind it in brackets: P123456 (IR).
_ISSUED = re.compile(r"(?P<number>.*\S)\s*\((?P<country>[A-Za-z]{2})\)")


def _nameable(_instance: object, _attribute: attrs.Attribute[Any], names: tuple[str, ...]) -> None:
    if not names:
        message = "a query needs a name"
        raise QueryError(message, value=names)
    for name in names:
        if not has_letter_or_digit(name):
            raise InvalidNameError(name)


def _several(names: Iterable[str]) -> tuple[str, ...]:
    """One text is one name, not its letters."""
    return (names,) if isinstance(names, str) else tuple(names)


def _gender(text: str) -> str:
    try:
        return _GENDERS[text.strip().lower()]
    except KeyError:
        message = f"unknown gender {text!r}: give male, female, or nothing"
        raise QueryError(message, value=text) from None


def _countries(codes: Iterable[str]) -> tuple[str, ...]:
    found = []
    for text in codes:
        code = country_code(text)
        if code is None:
            raise UnknownCountryError(text)
        found.append(code)
    return tuple(dict.fromkeys(found))


#: What can be asked: a name, a query, a listed party, or a row of a table.
Asked: TypeAlias = "str | Query | Target | Mapping[str, Any]"


@attrs.frozen
class Query:
    """A name and what else is known of its bearer; what is empty is unknown and contradicts nothing.

    ``names`` are one or more spellings or aliases of the same bearer, each
    searched. ``births`` may be partial, ``countries`` are codes or names,
    ``address`` is one text. ``reference`` is the asker's own word for the
    query, carried along and not part of the question.

    Raises:
        QueryError: no name, or an unknown gender.
        InvalidNameError: a name without letter or digit.
        UnknownCountryError: a country that no table knows.
    """

    names: tuple[str, ...] = attrs.field(converter=_several, validator=_nameable)
    kind: TargetKind | None = None
    births: tuple[PartialDate, ...] = ()
    countries: tuple[str, ...] = attrs.field(default=(), converter=_countries)
    identifiers: tuple[Identifier, ...] = ()
    gender: str = attrs.field(default="", converter=_gender)
    address: str = ""
    reference: str = attrs.field(default="", eq=False)

    @classmethod
    def of(cls, value: Asked) -> Query:
        """A query from a name, a listed party, or a row of a table (a mapping of headings to texts).

        Headings: name, kind, birth, country, gender, address, reference, and
        the types of identifiers (``passport``: ``"P123456 (IR)"``). Several
        values in a cell stand apart by a semicolon, dates are ISO 8601 as far
        as they are known, empty cells are unknown.

        Raises:
            QueryError: an unknown heading or value, or no name.
            InvalidNameError: a name without letter or digit.

        >>> Query.of({"name": "Jon Smith", "dob": "1975", "passport": "P123456 (GB)"}).identifiers[0].country
        'GB'
        """
        if isinstance(value, Query):
            return value
        if isinstance(value, str):
            return cls((value,))
        if isinstance(value, Target):
            return _of_target(value)
        return _of_row(value)

    @property
    def name(self) -> str:
        """The first of the names, to show."""
        return self.names[0]

    @property
    def particulars(self) -> Particulars:
        """What is known beside the names, in the form in which it is compared."""
        return Particulars(
            kind=self.kind,
            births=self.births,
            countries=frozenset(self.countries),
            identifiers=self.identifiers,
            gender=self.gender,
            addresses=(self.address,) if self.address else (),
        )

    def to_json(self) -> dict[str, Any]:
        """Plain data for JSON, without what is unknown."""
        data: dict[str, Any] = unstructure(self)
        return data

    @property
    def key(self) -> str:
        """SHA-256 of the question, in hexadecimal; the asker's reference is no part of it."""
        asked = attrs.evolve(self, reference="").to_json()
        return hashlib.sha256(json.dumps(asked, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _of_target(target: Target) -> Query:
    known = particulars_of(target)
    names = target.strong_names or target.names
    return Query(
        names=tuple(dict.fromkeys(name.text for name in names)),
        kind=target.kind,
        births=known.births,
        countries=tuple(sorted(known.countries)),
        identifiers=known.identifiers,
        gender=known.gender,
        address=known.addresses[0] if known.addresses else "",
        reference=target.id,
    )


def _of_row(row: Any) -> Query:
    if not isinstance(row, Mapping):
        message = f"a query is a name, a Query, a Target or a mapping of headings, not {type(row).__name__}"
        raise QueryError(message, value=row)
    fields: dict[str, Any] = {}
    for heading, value in row.items():
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        field, read = _field(heading, value)
        if field in fields and not isinstance(read, tuple):
            message = f"{heading!r} says {field} a second time"
            raise QueryError(message, value=heading)
        fields[field] = (*fields.get(field, ()), *read) if isinstance(read, tuple) else read
    return Query(**{"names": (), **fields})


def known_headings() -> tuple[str, ...]:
    """The headings that a row may have."""
    return (*_HEADINGS, *(kind.value for kind in IdentifierType))


def _field(heading: object, value: Any) -> tuple[str, Any]:
    """The field that a heading stands for, and its value read."""
    if not isinstance(heading, str):
        message = f"{value!r:.60} has no heading: a row has more cells than the table has columns"
        raise QueryError(message, value=value)
    plain = heading.strip().lower().replace(" ", "_").replace("-", "_")
    if plain in _HEADINGS:
        field = _HEADINGS[plain]
        return field, _READERS[field](value)
    if plain in {kind.value for kind in IdentifierType}:
        return "identifiers", tuple(_identifier(plain, text) for text in _texts(value))
    message = f"unknown heading {heading!r}: known are {', '.join(known_headings())}"
    raise QueryError(message, value=heading)


def _texts(value: Any) -> tuple[str, ...]:
    parts = value.split(_SEPARATOR) if isinstance(value, str) else value
    if not isinstance(parts, (list, tuple)) or not all(isinstance(part, str) for part in parts):
        message = f"expected a text or a list of texts, got {value!r:.60}"
        raise QueryError(message, value=value)
    return tuple(part.strip() for part in parts if part.strip())


def _text(value: Any) -> str:
    if not isinstance(value, str):
        message = f"expected a text, got {value!r:.60}"
        raise QueryError(message, value=value)
    return value.strip()


def _kind(value: Any) -> TargetKind:
    text = _text(value).lower().replace(" ", "_")
    kind = _KINDS.get(text) or next((kind for kind in TargetKind if kind == text), None)
    if kind is None:
        message = f"unknown kind {value!r}: expected one of {', '.join(TargetKind)}"
        raise QueryError(message, value=value)
    return kind


def _births(value: Any) -> tuple[PartialDate, ...]:
    try:
        return tuple(PartialDate(text) for text in _texts(value))
    except InvalidDateError as error:
        message = f"{error}; write dates as 1975-03-21, 1975-03 or 1975"
        raise QueryError(message, value=value) from error


def _identifier(kind: str, text: str) -> Identifier:
    issued = _ISSUED.fullmatch(text)
    try:
        if issued:
            return Identifier(IdentifierType(kind), issued["number"], country=issued["country"].upper())
        return Identifier(IdentifierType(kind), text)
    except ModelError as error:
        message = f"{kind} {text!r}: {error}"
        raise QueryError(message, value=text) from error


def _identifiers(value: Any) -> tuple[Identifier, ...]:
    """Identifiers as they are, or as ``{"type": …, "number": …, "country": …}``."""
    if not isinstance(value, (list, tuple)):
        message = "identifiers are a list; in a table, give each type a column of its own (passport, tax_id)"
        raise QueryError(message, value=value)
    return tuple(one if isinstance(one, Identifier) else _described(one) for one in value)


def _described(one: Any) -> Identifier:
    try:
        country = one.get("country") or None
        return Identifier(IdentifierType(one["type"]), one["number"], country=country and country.upper())
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        message = f"an identifier is written as type, number and country, not {one!r:.80}"
        raise QueryError(message, value=one) from error


_READERS = {
    "names": _texts,
    "kind": _kind,
    "births": _births,
    "countries": _texts,
    "gender": _text,
    "address": _text,
    "reference": _text,
    "identifiers": _identifiers,
}
