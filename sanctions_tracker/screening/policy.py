"""How to screen: every parameter in one frozen value."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from enum import StrEnum
from typing import Any, TypeVar

import attrs

from sanctions_tracker.codec import structure, unstructure
from sanctions_tracker.errors import ModelError
from sanctions_tracker.model.country import country_code
from sanctions_tracker.model.vocabulary import MeasureStatus, TargetKind
from sanctions_tracker.parties import Level

#: The score at and above which a name is a hit, unless the policy says otherwise: one for all
#: scripts and kinds. Chosen on the development half of the name benchmark (``benchmarks/names.py``):
#: at .80 to .84 recall on full names lies between .93 and .96 and precision between .87 and .97.
DEFAULT_THRESHOLD = 0.82

#: A list of which every measure has ended, was only called for, or is yet to come is no listing on that day.
_COUNTED = tuple(
    status
    for status in MeasureStatus
    if status
    not in {
        MeasureStatus.NOT_YET,
        MeasureStatus.CALLED_FOR,
        MeasureStatus.EXPIRED,
        MeasureStatus.REVOKED,
        MeasureStatus.DELISTED,
    }
)


def _a_score(_instance: object, _attribute: attrs.Attribute[Any], value: float) -> None:
    if not 0 < value <= 1:
        message = f"a threshold is above 0 and at most 1, not {value}"
        raise ModelError(message, value=value)


def _points(_instance: object, attribute: attrs.Attribute[Any], value: float) -> None:
    if not -2 <= value <= 2:  # noqa: PLR2004  (the scale of scores, twice)
        message = f"the weight {attribute.name} is between -2 and 2, not {value}"
        raise ModelError(message, value=value)


def _weight(default: float) -> Any:
    return attrs.field(default=default, validator=_points, converter=float)


@attrs.frozen
class Weights:
    """What each finding beside the name adds to the score, in points of the score (-2 to 2).

    The defaults are conventions of this library: one certain contradiction
    takes an exact name below the default threshold, agreement lifts a name by
    no more than a spelling may lack, and an equal identifier outweighs all that
    may contradict.
    """

    identifier_same: float = _weight(2.0)
    identifier_different: float = _weight(-0.25)
    birth_same_day: float = _weight(0.06)
    birth_compatible: float = _weight(0.02)
    birth_near: float = _weight(-0.02)
    birth_different: float = _weight(-0.2)
    birthplace_same: float = _weight(0.02)
    country_same: float = _weight(0.02)
    country_different: float = _weight(-0.03)
    kind_different: float = _weight(-0.3)
    gender_different: float = _weight(-0.2)
    address_same: float = _weight(0.02)
    position_same: float = _weight(0.02)

    def of(self, level: Level) -> float:
        """The points of a finding."""
        points: float = getattr(self, level.value)
        return points


def _codes(countries: Iterable[str]) -> tuple[str, ...]:
    """Countries as codes; what is no country is a sanctioner's id."""
    return tuple(sorted({country_code(text) or text for text in countries}))


_Word = TypeVar("_Word", bound=StrEnum)


def _in_order(kind: type[_Word], values: Iterable[str]) -> tuple[_Word, ...]:
    """The words in their order in the vocabulary, each once."""
    chosen = set(values)
    unknown = chosen.difference(kind)
    if unknown:
        message = f"unknown {kind.__name__} {', '.join(sorted(unknown))}: expected some of {', '.join(kind)}"
        raise ModelError(message, value=values)
    return tuple(word for word in kind if word in chosen)


def _kinds(values: Iterable[str]) -> tuple[TargetKind, ...]:
    return _in_order(TargetKind, values)


def _statuses(values: Iterable[str]) -> tuple[MeasureStatus, ...]:
    return _in_order(MeasureStatus, values)


@attrs.frozen
class Policy:
    """The parameters of a search.

    ``threshold`` is the least score of a hit (above 0, at most 1).
    ``weak_aliases_alert`` lets a weak alias alert alone; by default a target
    found by weak aliases only is suppressed, and stays visible as such.
    ``kinds`` and ``sanctioners`` (countries, or ids of sanctioners) narrow what
    alerts; empty means all. ``statuses`` are those of a measure that count on
    the day asked: by default what has ended, was only called for or is yet to
    come does not. ``weights`` are the points of evidence beside the name.
    ``max_age_days`` is how old a list may be where today's date is given; None
    for any age.

    Raises:
        ModelError: a value out of its range, or an unknown word.
    """

    threshold: float = attrs.field(default=DEFAULT_THRESHOLD, validator=_a_score, converter=float)
    weak_aliases_alert: bool = False
    kinds: tuple[TargetKind, ...] = attrs.field(default=(), converter=_kinds)
    sanctioners: tuple[str, ...] = attrs.field(default=(), converter=_codes)
    statuses: tuple[MeasureStatus, ...] = attrs.field(default=_COUNTED, converter=_statuses)
    weights: Weights = attrs.field(factory=Weights)
    max_age_days: int | None = attrs.field(default=30)

    @max_age_days.validator
    def _some_days(self, _attribute: attrs.Attribute[Any], days: int | None) -> None:
        if days is not None and days < 0:
            message = f"max_age_days is 0 or more, or None for any age, not {days}"
            raise ModelError(message, value=days)

    def evolve(self, **changes: Any) -> Policy:
        """A policy that differs in the fields given.

        >>> Policy().evolve(threshold=0.9).threshold
        0.9
        """
        return attrs.evolve(self, **changes)

    def to_json(self) -> dict[str, Any]:
        """Plain data for JSON, every field written out, so that a later default changes nothing."""
        return {name: unstructure(value) for name, value in attrs.asdict(self).items()}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Policy:
        """A policy from plain data; fields left out take their defaults.

        Raises:
            CodecError: an unknown field, or a value of the wrong kind.
        """
        return structure(data, cls)

    @property
    def hash(self) -> str:
        """SHA-256 of the policy's canonical JSON, in hexadecimal: equal policies, equal hashes."""
        return hashlib.sha256(json.dumps(self.to_json(), sort_keys=True).encode()).hexdigest()
