"""What two publishers say of one party that cannot both be true."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import combinations
from typing import Any

import attrs

from sanctions_tracker.codec import unstructure
from sanctions_tracker.model import Identifier, Origin
from sanctions_tracker.model.vocabulary import IdentifierType, PartyClass
from sanctions_tracker.parties import Record
from sanctions_tracker.parties.numbers import conflicting_number
from sanctions_tracker.reconciliation.coalition.listings import ListedParty, record_as_data


class Field(StrEnum):
    """What two publishers disagree about."""

    BIRTH = "birth"
    NUMBER = "number"
    KIND = "kind"
    GENDER = "gender"


@attrs.frozen
class Said:
    """What one publisher's record says, as text, and where."""

    record: Record
    values: tuple[str, ...]
    origins: tuple[Origin, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            **record_as_data(self.record),
            "values": list(self.values),
            "sources": [unstructure(origin) for origin in self.origins],
        }

    def __str__(self) -> str:
        return f"{', '.join(self.values)} ({self.record.target.id} in {self.record.list_id})"


@attrs.frozen
class Disagreement:
    """A field of which two publishers' values cannot both be true; nothing is chosen between them.

    ``number_type`` is the type of number in dispute, None for other fields.
    """

    party: ListedParty
    field: Field
    left: Said
    right: Said
    number_type: IdentifierType | None = None

    def to_json(self) -> dict[str, Any]:
        """Plain data for JSON; the party by its id."""
        return {
            "party": self.party.id,
            "field": self.field.value,
            "number_type": self.number_type.value if self.number_type else None,
            "left": self.left.to_json(),
            "right": self.right.to_json(),
        }

    def __str__(self) -> str:
        what = f" ({self.number_type.value})" if self.number_type else ""
        return f"{self.party.name}, {self.field.value}{what}: {self.left} / {self.right}"


def disagreements(parties: Iterable[ListedParty]) -> tuple[Disagreement, ...]:
    """All disagreements, by party, then by the two records, then by field.

    * births: no birth that one states may be one that the other states (partial dates may mean one day);
    * numbers: two of one type and issuer and of one shape, where no number of that type is shared;
      people renew passports, so that both may be right at different times;
    * kinds: a person here, a body there, which only a recorded decision can have joined;
    * genders.
    """
    return tuple(
        found
        for party in parties
        for left, right in combinations(party.records, 2)
        if left.publisher != right.publisher
        for found in _between(party, left, right)
    )


def _between(party: ListedParty, left: Record, right: Record) -> Iterator[Disagreement]:
    for field, aspect in ((Field.BIRTH, _births), (Field.KIND, _kinds), (Field.GENDER, _genders)):
        sides = aspect(left, right)
        if sides:
            yield Disagreement(party, field, *sides)
    yield from _numbers(party, left, right)


_Sides = tuple[Said, Said]


def _births(left: Record, right: Record) -> _Sides | None:
    ours = [birth for birth in left.target.births if birth.date]
    theirs = [birth for birth in right.target.births if birth.date]
    pairs = [(one.date, other.date) for one in ours for other in theirs if one.date and other.date]
    if not pairs or any(one.may_be(other) for one, other in pairs):
        return None
    return _born(left), _born(right)


def _born(record: Record) -> Said:
    births = [birth for birth in record.target.births if birth.date]
    values = tuple(dict.fromkeys(str(birth.date) for birth in births))
    return Said(record, values, tuple(dict.fromkeys(birth.origin for birth in births if birth.origin)))


def _kinds(left: Record, right: Record) -> _Sides | None:
    classes = {left.target.kind.counted_as, right.target.kind.counted_as}
    if len(classes) == 1 or PartyClass.UNKNOWN in classes:
        return None
    return _said(left, left.target.kind.value), _said(right, right.target.kind.value)


def _genders(left: Record, right: Record) -> _Sides | None:
    ours, theirs = left.target.gender, right.target.gender
    if ours == theirs or not {ours, theirs} <= {"male", "female"}:
        return None
    return _said(left, ours), _said(right, theirs)


def _said(record: Record, value: str) -> Said:
    return Said(record, (value,), (record.target.origin,) if record.target.origin else ())


def _numbers(party: ListedParty, left: Record, right: Record) -> Iterator[Disagreement]:
    for of in IdentifierType:
        ours, theirs = (_numbers_of(record, of) for record in (left, right))
        found = conflicting_number(ours, theirs) if ours and theirs else None
        if found:
            one, other = found
            yield Disagreement(party, Field.NUMBER, _number(left, one), _number(right, other), of)


def _numbers_of(record: Record, of: IdentifierType) -> tuple[Identifier, ...]:
    return tuple(one for one in record.target.identifiers if one.type is of)


def _number(record: Record, one: Identifier) -> Said:
    origin = one.origin or record.target.origin
    return Said(record, (one.number,), (origin,) if origin else ())
