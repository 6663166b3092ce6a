"""Who answered what: the actions of two sides, joined where one answers the other.

An edge is *stated* where the responder says so, *contested* where sources
disagree, *inferred* where only dates and likeness speak. An inferred edge is
never worded as a cause.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

import attrs

from sanctions_tracker.codec import unstructure
from sanctions_tracker.model import Action, SanctionsList
from sanctions_tracker.model.vocabulary import ActionKind, Evidence, PartyClass
from sanctions_tracker.reconciliation.parties import acting_for, acts_against

#: Kinds of action that may answer, and may be answered; lifting a measure is neither.
_MOVES = frozenset(
    {ActionKind.DESIGNATION, ActionKind.REIMPOSITION, ActionKind.REGULATION, ActionKind.BLOCKING_STATUTE}
)


class Basis(StrEnum):
    """Where an edge comes from: recorded with the action, or found within the window."""

    RECORDED = "recorded"
    WINDOW = "window"


@attrs.frozen
class Edge:
    """One action and the action that it answers.

    ``lag`` is the least and the greatest number of days between them (alike
    where both days are known). ``likeness`` (0 to 1) compares what both do; it
    ranks inferred edges. ``order_known`` is false where both fall on one day
    and no side says which came first.
    """

    trigger: Action
    response: Action
    lag: tuple[int, int]
    evidence: Evidence
    basis: Basis
    likeness: float
    order_known: bool
    note: str = ""

    @property
    def lag_in_words(self) -> str:
        """``5 days``, or ``3 to 33 days`` where a date is partial."""
        low, high = self.lag
        days = f"{low}" if low == high else f"{low} to {high}"
        return f"{days} day{'' if low == high == 1 else 's'}"

    def to_json(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "trigger": self.trigger.id,
            "response": self.response.id,
            "lag_days": list(self.lag),
            "evidence": self.evidence.value,
            "basis": self.basis.value,
            "likeness": self.likeness,
            "order_known": self.order_known,
            "note": self.note,
        }


@attrs.frozen
class Episode:
    """One answer and all that it answers.

    ``unexplained`` says what a source names as answered that is no action of
    the other side (a law, a measure outside the data).
    """

    response: Action
    edges: tuple[Edge, ...]
    unexplained: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain data for JSON, with the sources of every action in it."""
        actions = [self.response, *(edge.trigger for edge in self.edges)]
        return {
            "response": self.response.id,
            "edges": [edge.to_json() for edge in self.edges],
            "unexplained": list(self.unexplained),
            "sources": {action.id: [unstructure(origin) for origin in action.origins] for action in actions},
        }


def episodes(
    lists: Iterable[SanctionsList], left: str, right: str, *, as_of: dt.date, window_days: int
) -> tuple[Episode, ...]:
    """The episodes between two countries, oldest first.

    A recorded answer is taken as it is recorded; an inferred one, recorded or
    not, only within ``window_days``. For an action that records no answer the
    nearest earlier action of the other side within the window is taken, the
    likest of several on one day; never one of the same day, whose order nobody
    knows, nor one that itself answers.
    """
    lists = tuple(lists)
    moves = {side: _moves(lists, side, other, as_of) for side, other in ((left, right), (right, left))}
    recorded = {
        action.id: _recorded(action, moves[other], window_days)
        for side, other in ((left, right), (right, left))
        for action in moves[side].values()
    }
    found = []
    for side, other in ((left, right), (right, left)):
        for action in moves[side].values():
            edges = recorded[action.id] or _within_window(action, moves[other], recorded, window_days)
            unexplained = tuple(answer.note for answer in action.responses if not answer.to)
            if edges or unexplained:
                found.append(Episode(action, edges, unexplained))
    return tuple(sorted(found, key=lambda episode: (episode.response.date.sort_key(), episode.response.id)))


def _moves(lists: Iterable[SanctionsList], by: str, on: str, as_of: dt.date) -> dict[str, Action]:
    """The actions of one side against the other that had happened by ``as_of``, by id, oldest first."""
    actions = [
        action
        for _, action in acting_for(by, lists)
        if action.kind in _MOVES and acts_against(action, on) and action.date.reached_by(as_of) is not False
    ]
    return {action.id: action for action in sorted(actions, key=lambda action: (action.date.sort_key(), action.id))}


def _recorded(action: Action, others: Mapping[str, Action], window_days: int) -> tuple[Edge, ...]:
    edges = [
        _edge(others[answer.to], action, answer.evidence, Basis.RECORDED, answer.note)
        for answer in action.responses
        if answer.to in others
    ]
    kept = [edge for edge in edges if edge.evidence is not Evidence.INFERRED or 0 <= edge.lag[0] <= window_days]
    return tuple(sorted(kept, key=lambda edge: (edge.trigger.date.sort_key(), edge.trigger.id)))


def _within_window(
    action: Action,
    others: Mapping[str, Action],
    recorded: Mapping[str, tuple[Edge, ...]],
    window_days: int,
) -> tuple[Edge, ...]:
    """The nearest earlier action of the other side, where the action records no answer of its own."""
    if action.responses:
        return ()
    answering = {edge.trigger.id for edges in recorded.values() for edge in edges if edge.response.id in others}
    candidates = [
        _edge(other, action, Evidence.INFERRED, Basis.WINDOW, "") for other in others.values() if other.id != action.id
    ]
    near = [
        edge
        for edge in candidates
        if edge.lag[0] > 0 and edge.lag[1] <= window_days and not (recorded[edge.trigger.id] and action.id in answering)
    ]
    nearest = min(near, key=lambda edge: (edge.lag[0], -edge.likeness, edge.trigger.id), default=None)
    return (nearest,) if nearest else ()


def _edge(trigger: Action, response: Action, evidence: Evidence, basis: Basis, note: str) -> Edge:
    lag = _lag(trigger, response)
    return Edge(
        trigger=trigger,
        response=response,
        lag=lag,
        evidence=evidence,
        basis=basis,
        likeness=likeness(trigger, response),
        order_known=lag[0] > 0 or evidence is Evidence.STATED,
        note=note,
    )


def _lag(trigger: Action, response: Action) -> tuple[int, int]:
    first, last = trigger.date.sort_key()
    earliest, latest = response.date.sort_key()
    return (earliest - last).days, (latest - first).days


def likeness(left: Action, right: Action) -> float:
    """How alike two actions are, 0 to 1: the mean overlap (Jaccard) of the classes they count and of their measures.

    >>> from sanctions_tracker import bundled
    >>> actions = bundled().actions_by_id
    >>> likeness(actions["us-20190408"], actions["ir-20190408"])
    0.5
    """
    return round((_overlap(_classes(left), _classes(right)) + _overlap({*left.measures}, {*right.measures})) / 2, 4)


def _classes(action: Action) -> set[PartyClass]:
    return {count.of for count in action.counts if count.of}


def _overlap(left: set[Any], right: set[Any]) -> float:
    return len(left & right) / len(left | right) if left | right else 0.0
