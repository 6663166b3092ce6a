"""What people decided on hits: the good-guy list, kept as JSON lines.

A decision is bound to the question and to the entry as it stood: where the
entry has changed since, it is open again.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

import attrs

from sanctions_tracker.codec import unstructure
from sanctions_tracker.errors import DecisionError
from sanctions_tracker.model import Measure, Target
from sanctions_tracker.parties import PartyDecision
from sanctions_tracker.parties.decision_lines import decision_line, decision_lines, read_decision_lines

#: Where a value stood in the file: it moves from one publication to the next and changes nothing.
_PLACES = frozenset({"origin", "origins"})


class Outcome(StrEnum):
    """What was decided: the bearer of the name is not the listed party, or is."""

    FALSE_MATCH = "false_match"
    TRUE_MATCH = "true_match"


def entry_hash(target: Target, measures: Iterable[Measure]) -> str:
    """SHA-256 of what a list says of a party, without the places where it says so."""
    data = _without_places([unstructure(target), [unstructure(measure) for measure in measures]])
    return hashlib.sha256(json.dumps(data, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _without_places(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _without_places(value) for key, value in data.items() if key not in _PLACES}
    if isinstance(data, (list, tuple)):
        return [_without_places(value) for value in data]
    return data


def _said(instance: Decision, attribute: attrs.Attribute[Any], text: str) -> None:
    if not text.strip():
        message = f"the decision on {instance.query_name!r} and {instance.target} needs {attribute.name}"
        raise DecisionError(message, value=text)


@attrs.frozen
class Decision:
    """Who decided what on a question and an entry, why, when and until when.

    ``query`` is `Query.key`, ``query_name`` the name asked, to be read;
    ``list`` and ``target`` are ids, ``entry`` the `entry_hash` decided upon.
    ``expires`` is the last day on which it holds.

    Raises:
        DecisionError: no reason or no author, or an end before the day it was made.
    """

    query: str
    query_name: str
    list: str
    target: str
    entry: str
    outcome: str = attrs.field(converter=str)
    reason: str = attrs.field(validator=_said)
    author: str = attrs.field(validator=_said)
    date: dt.date
    expires: dt.date | None = attrs.field(default=None)

    @outcome.validator
    def _known(self, _attribute: attrs.Attribute[Any], outcome: str) -> None:
        if outcome not in {*Outcome}:
            message = f"unknown outcome {outcome!r}: expected one of {', '.join(Outcome)}"
            raise DecisionError(message, value=outcome)

    @expires.validator
    def _after_its_date(self, _attribute: attrs.Attribute[Any], expires: dt.date | None) -> None:
        if expires is not None and expires < self.date:
            message = f"a decision of {self.date} cannot end before it, on {expires}"
            raise DecisionError(message, value=expires)

    def to_json(self) -> dict[str, Any]:
        """Plain data for JSON."""
        data: dict[str, Any] = unstructure(self)
        return data

    def holds(self, on: dt.date | None) -> bool:
        """Whether it has not expired on that day."""
        return self.expires is None or on is None or on <= self.expires


class Decisions:
    """Recorded decisions, in the order in which they were made; the last on a question and an entry counts."""

    def __init__(self, decisions: Iterable[Decision] = ()) -> None:
        self._all = tuple(decisions)

    def __iter__(self) -> Iterator[Decision]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    @cached_property
    def _by_question(self) -> dict[tuple[str, str, str], list[Decision]]:
        found: dict[tuple[str, str, str], list[Decision]] = {}
        for one in self._all:
            found.setdefault((one.query, one.list, one.target), []).append(one)
        return found

    def on(self, query: str, list_id: str, target_id: str) -> tuple[Decision, ...]:
        """The decisions on a question (`Query.key`) and a party, the last first."""
        return tuple(reversed(self._by_question.get((query, list_id, target_id), ())))

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Decisions:
        """Read a file of JSON lines.

        Raises:
            InputNotFoundError: there is no such file.
            DamagedInputError: a line that is no decision, with its number.
        """
        return cls(read_decision_lines(path, Decision))


def decided_hash(decisions: Iterable[Decision], parties: Iterable[PartyDecision] = ()) -> str:
    """SHA-256 of decisions on hits and on parties, in hexadecimal; empty where there is none."""
    lines = [*map(decision_line, decisions), *map(decision_line, parties)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest() if lines else ""


def record(decisions: Iterable[Decision], path: str | os.PathLike[str]) -> None:
    """Add decisions to a file of JSON lines, all or none; it is made where it does not exist."""
    lines = decision_lines(decisions)
    with Path(path).open("a", encoding="utf-8") as file:
        file.write(lines)
        file.flush()
        os.fsync(file.fileno())
