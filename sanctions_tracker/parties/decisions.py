"""What people decided on two records: recorded as JSON lines, and obeyed."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import attrs

from sanctions_tracker.errors import DecisionError
from sanctions_tracker.parties.decision_lines import decision_lines, read_decision_lines

#: List id and target id.
Key = tuple[str, str]


def _key(parts: Iterable[str]) -> Key:
    """A key from any two texts; how many there are is checked after."""
    return tuple(parts)  # type: ignore[return-value]


def _a_key(_instance: object, attribute: attrs.Attribute[Any], key: tuple[str, ...]) -> None:
    if len(key) != 2 or not all(part.strip() for part in key):  # noqa: PLR2004  (list and target)
        message = f"{attribute.name} is the id of a list and the id of a target in it, not {key!r}"
        raise DecisionError(message, value=key)


def _said(_instance: object, attribute: attrs.Attribute[Any], text: str) -> None:
    if not text.strip():
        message = f"a decision needs {attribute.name}: it will be read by others"
        raise DecisionError(message, value=text)


@attrs.frozen
class PartyDecision:
    """Whether two records are the same party, as a person decided it, why and when.

    ``left`` and ``right`` are list id and target id; ``same`` False keeps the
    two apart, whatever identifiers they share.

    Raises:
        DecisionError: a record is decided to be another than itself, or a key, the reason or the author is missing.
    """

    left: Key = attrs.field(converter=_key, validator=_a_key)
    right: Key = attrs.field(converter=_key, validator=_a_key)
    same: bool
    reason: str = attrs.field(validator=_said)
    author: str = attrs.field(validator=_said)
    date: dt.date

    def __attrs_post_init__(self) -> None:
        if self.left == self.right and not self.same:
            message = f"{self.left[1]} in {self.left[0]} cannot be another party than itself"
            raise DecisionError(message, value=self)

    @property
    def pair(self) -> tuple[Key, Key]:
        """Both keys, the lesser first: which is left means nothing."""
        return (self.left, self.right) if self.left <= self.right else (self.right, self.left)

    def __str__(self) -> str:
        sign = "=" if self.same else "≠"
        ends = (" in ".join(reversed(key)) for key in self.pair)
        return f" {sign} ".join(ends) + f" ({self.author}, {self.date}: {self.reason})"


def read_decisions(path: str | os.PathLike[str]) -> tuple[PartyDecision, ...]:
    """The decisions of a file of JSON lines, in its order.

    Raises:
        InputNotFoundError: there is no such file.
        DamagedInputError: a line that is no decision, with its number.
    """
    return read_decision_lines(path, PartyDecision)


def write_decisions(decisions: Iterable[PartyDecision], path: str | os.PathLike[str]) -> None:
    """Write decisions as JSON lines in UTF-8, a line each, in the order given."""
    Path(path).write_text(decision_lines(decisions), encoding="utf-8")


class Ruling:
    """Decisions put together: who must stand with whom, and who must not.

    Records that were decided to be the same are one group, over as many
    decisions as it takes.

    Raises:
        DecisionError: two decisions contradict each other, at once or by way of others.
    """

    def __init__(self, decisions: Iterable[PartyDecision] = ()) -> None:
        # A decision that was made twice says no more than once; the order means nothing.
        self._all = sorted(set(decisions), key=lambda one: (one.pair, one.same, one.date, one.author, one.reason))
        self._parent: dict[Key, Key] = {}
        for one in self._all:
            if one.same:
                self._join(*one.pair)
        self._apart: dict[frozenset[Key], PartyDecision] = {}
        for one in self._all:
            if not one.same:
                self._keep_apart(one)

    def __bool__(self) -> bool:
        return bool(self._all)

    def group(self, key: Key) -> Key:
        """What stands for all records that were decided to be this one."""
        while (parent := self._parent.get(key, key)) != key:
            key = parent
        return key

    def _join(self, left: Key, right: Key) -> None:
        first, second = sorted((self.group(left), self.group(right)))
        if first != second:
            self._parent[second] = first

    def _keep_apart(self, one: PartyDecision) -> None:
        groups = frozenset(map(self.group, one.pair))
        if len(groups) == 1:
            others = "; ".join(str(other) for other in self._leading_to(one))
            message = f"decisions contradict each other: {one}, but {others}. Withdraw one of them"
            raise DecisionError(message, value=one)
        self._apart.setdefault(groups, one)

    def _leading_to(self, one: PartyDecision) -> Iterator[PartyDecision]:
        """The decisions that make one of what must be apart; the direct one alone where there is one."""
        group = self.group(one.left)
        joining = [other for other in self._all if other.same and self.group(other.left) == group]
        direct = [other for other in joining if other.pair == one.pair]
        return iter(direct or joining)

    def together(self, left: Key, right: Key) -> bool:
        """Whether the two were decided to be the same."""
        return self.group(left) == self.group(right)

    def apart(self, left: Key, right: Key) -> PartyDecision | None:
        """The decision that keeps two apart, if there is one."""
        return self._apart.get(frozenset((self.group(left), self.group(right)))) if self._apart else None
