"""When two identifiers are the same number, and when they contradict each other."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from sanctions_tracker.model import Identifier
from sanctions_tracker.model.vocabulary import IdentifierType as Type

#: Types under which publishers print one and the same number: the EU's register numbers are OFAC's tax numbers.
#: What stands in no family says nothing of who somebody is (a ticker), or is shared (a telephone).
_FAMILIES = {
    Type.PASSPORT: "passport",
    Type.TRAVEL_DOCUMENT: "passport",
    Type.NATIONAL_ID: "personal",
    Type.BIRTH_CERTIFICATE: "personal",
    Type.RESIDENCE_PERMIT: "personal",
    Type.DRIVING_LICENCE: "driving_licence",
    Type.TAX_ID: "register",
    Type.REGISTRATION: "register",
    Type.IMO_VESSEL: "imo_vessel",
    Type.IMO_COMPANY: "imo_company",
    Type.MMSI: "mmsi",
    Type.AIRCRAFT_SERIAL: "aircraft_serial",
    Type.AIRCRAFT_MODE_S: "aircraft_mode_s",
    Type.BIC: "bic",
    Type.LEI: "lei",
    Type.DUNS: "duns",
    Type.GIIN: "giin",
    Type.ISIN: "isin",
    Type.WALLET: "wallet",
    Type.LIST_REFERENCE: "list_reference",
}

#: Types that the whole world shares: who issued the number does not matter.
_WORLDWIDE = frozenset({Type.IMO_VESSEL, Type.IMO_COMPANY, Type.LEI, Type.DUNS})

#: Types of which a party has one from one issuer, so that another number of one shape contradicts.
#: People renew passports; the same issuer's other number still asks for a person's look.
_ONE_EACH = _WORLDWIDE | {Type.NATIONAL_ID, Type.TAX_ID, Type.REGISTRATION, Type.PASSPORT}

#: Fewer signs are no number that only one party has; without a known issuer it takes one more.
_SHORTEST = 5


@lru_cache(maxsize=262144)
def normalised(number: str) -> str:
    """The letters and digits of a number, capital, in ASCII where they are digits of another script.

    >>> normalised("АВ 12-34٥"), normalised("ab.12/345")
    ('АВ12345', 'AB12345')
    """
    kept = (sign for sign in unicodedata.normalize("NFKC", number) if sign.isalnum())
    return "".join(str(unicodedata.digit(sign, sign)) for sign in kept).upper()


def key_of(identifier: Identifier) -> tuple[str, str] | None:
    """Family and normalised number, equal for identifiers that may be the same; None where it tells nobody apart."""
    family = _FAMILIES.get(identifier.type)
    number = normalised(identifier.number)
    if (
        family is None
        or len(number) < _SHORTEST
        or not any(map(str.isdigit, number + ("0" if family == "bic" else "")))
    ):
        return None
    return family, number


def is_same(left: Identifier, right: Identifier) -> bool:
    """Whether both are one number: of one family, and of one issuer as far as it is known."""
    key = key_of(left)
    if key is None or key != key_of(right):
        return False
    if left.country and right.country:
        return left.country == right.country or left.type in _WORLDWIDE
    return len(key[1]) > _SHORTEST


def same_number(left: Iterable[Identifier], right: Iterable[Identifier]) -> tuple[Identifier, Identifier] | None:
    """The first two that are one number, if any are."""
    others = [one for one in right if key_of(one)]
    if not others:
        return None
    return next(((one, other) for one in left for other in others if is_same(one, other)), None)


def _contradict(left: Identifier, right: Identifier) -> bool:
    if left.type is not right.type or left.type not in _ONE_EACH:
        return False
    if left.type not in _WORLDWIDE and not (left.country and left.country == right.country):
        return False
    first, second = key_of(left), key_of(right)
    # A register's numbers have one shape: those of two shapes come from two registers, or one is a note.
    return bool(first and second and first != second and _shape(first[1]) == _shape(second[1]))


@lru_cache(maxsize=65536)
def _shape(number: str) -> str:
    """A number with 0 for every digit and A for every letter."""
    return "".join("0" if sign.isdigit() else "A" for sign in number)


def conflicting_number(left: Iterable[Identifier], right: Iterable[Identifier]) -> tuple[Identifier, Identifier] | None:
    """Two of one type and issuer with different numbers, where no number of that type is shared."""
    lefts, rights = tuple(left), tuple(right)
    shared = {one.type for one in lefts for other in rights if is_same(one, other)}
    pairs = ((one, other) for one in lefts if one.type not in shared for other in rights)
    return next(((one, other) for one, other in pairs if _contradict(one, other)), None)
