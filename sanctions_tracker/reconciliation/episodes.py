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
from sanctions_tracker.reconciliation.days import as_days, days_in_words, lag_between
from sanctions_tracker.reconciliation.parties import acting_for, acts_against, in_order
from sanctions_tracker.reconciliation.remainders import exact_number

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
    where both days are known); beyond `days.ENDLESS` there is no end. ``likeness``
    (0 to 1) compares what both do; it ranks inferred edges. ``order_known`` is
    false where both may fall on one day and no side says which came first.
    ``numbers`` are the parties of the other side that trigger and response
    count, None where that is not stated, a lower bound, or shared with others.
    """

    trigger: Action
    response: Action
    lag: tuple[int, int]
    evidence: Evidence
    basis: Basis
    likeness: float
    order_known: bool
    note: str = ""
    numbers: tuple[int | None, int | None] = (None, None)

    @property
    def ratio(self) -> float | None:
        """How many parties the response counts for each that the trigger counts; None where one is not known.

        1 is an answer in proportion, more an amplified one.
        """
        first, second = self.numbers
        return round(second / first, 4) if first and second is not None else None

    @property
    def lag_in_words(self) -> str:
        """``5 days``; ``3 to 33 days`` where a date is partial, ``at least 3 days`` where it is open."""
        return days_in_words(as_days(self.lag))

    def to_json(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "trigger": self.trigger.id,
            "response": self.response.id,
            "lag_days": list(as_days(self.lag)),
            "evidence": self.evidence.value,
            "basis": self.basis.value,
            "likeness": self.likeness,
            "order_known": self.order_known,
            "parties": list(self.numbers),
            "ratio": self.ratio,
            "note": self.note,
        }

    def __str__(self) -> str:
        from sanctions_tracker.reconciliation.wording import edge_sentence  # noqa: PLC0415  (it words this class)

        return edge_sentence(self)


@attrs.frozen
class Beside:
    """An action that a response is recorded to answer and that is none of the other side's in this pair.

    It is another country's, or stands on no list given. ``evidence`` is on whose word.
    """

    action: str
    evidence: Evidence


@attrs.frozen
class Unexplained:
    """What a response is recorded to answer and that is no action: as the source words it, and on whose word."""

    note: str
    evidence: Evidence

    def __str__(self) -> str:
        return self.note


@attrs.frozen
class Episode:
    """One answer and all that it answers.

    ``unexplained`` says what a source names as answered that is no action at
    all (a law, a measure outside the data); ``beside`` the actions of third
    parties that the same response answers: one may answer many.
    """

    response: Action
    edges: tuple[Edge, ...]
    unexplained: tuple[Unexplained, ...] = ()
    beside: tuple[Beside, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain data for JSON, with the sources of every action in it."""
        actions = [self.response, *(edge.trigger for edge in self.edges)]
        return {
            "response": self.response.id,
            "edges": [edge.to_json() for edge in self.edges],
            "unexplained": [unstructure(one) for one in self.unexplained],
            "beside": [unstructure(one) for one in self.beside],
            "sources": {action.id: [unstructure(origin) for origin in action.origins] for action in actions},
        }

    def __str__(self) -> str:
        from sanctions_tracker.reconciliation.wording import episode_in_words  # noqa: PLC0415  (it words this class)

        return episode_in_words(self)


def episodes(
    lists: Iterable[SanctionsList], left: str, right: str, *, as_of: dt.date, window_days: int
) -> tuple[Episode, ...]:
    """The episodes between two countries, oldest first.

    A recorded answer is taken as it is recorded; an inferred one only where it
    may lie within ``window_days``. For an action that records no answer the
    nearest earlier action of the other side that surely lies within the window
    is taken, the likest of several on one day; never one of the same day, whose
    order nobody knows. What is so inferred may itself have been an answer: a
    chain goes on for as long as each link lies within the window.
    """
    lists = tuple(lists)
    sides = ((left, right), (right, left))
    moves = {side: _moves(lists, side, other, as_of) for side, other in sides}
    found = []
    for side, other in sides:
        for action in moves[side].values():
            pair = _Pair(side, other, window_days)
            edges = _recorded(action, moves[other], pair) or _within_window(action, moves[other], pair)
            unexplained = tuple(Unexplained(one.note, one.evidence) for one in action.responses if not one.to)
            beside = _beside(action, moves[other])
            if edges or unexplained or beside:
                found.append(Episode(action, edges, unexplained, beside))
    return tuple(sorted(found, key=lambda episode: in_order(episode.response)))


@attrs.frozen
class _Pair:
    """Who responds to whom, and how far back an inferred trigger may lie."""

    responder: str
    other: str
    window_days: int

    def edge(self, trigger: Action, response: Action, evidence: Evidence, basis: Basis, note: str = "") -> Edge:
        lag = lag_between(trigger.date, response.date)
        return Edge(
            trigger=trigger,
            response=response,
            lag=lag,
            evidence=evidence,
            basis=basis,
            likeness=likeness(trigger, response),
            order_known=lag[0] > 0 or evidence is Evidence.STATED,
            note=note,
            numbers=(exact_number(trigger, self.responder), exact_number(response, self.other)),
        )

    def may_hold(self, edge: Edge) -> bool:
        """Whether an edge that is recorded as inferred may lie within the window."""
        return edge.lag[1] >= 0 and edge.lag[0] <= self.window_days

    def surely_holds(self, edge: Edge) -> bool:
        """Whether the response surely lies later, and within the window."""
        return edge.lag[0] > 0 and edge.lag[1] <= self.window_days


def _moves(lists: Iterable[SanctionsList], by: str, on: str, as_of: dt.date) -> dict[str, Action]:
    """The actions of one side against the other that had happened by ``as_of``, by id, oldest first.

    One whose date leaves that open is taken in.
    """
    found: dict[str, Action] = {}
    for _, action in acting_for(by, lists):
        if action.kind in _MOVES and acts_against(action, on) and action.date.reached_by(as_of) is not False:
            found.setdefault(action.id, action)
    return {action.id: action for action in sorted(found.values(), key=in_order)}


def _recorded(action: Action, others: Mapping[str, Action], pair: _Pair) -> tuple[Edge, ...]:
    edges = [
        pair.edge(others[answer.to], action, answer.evidence, Basis.RECORDED, answer.note)
        for answer in action.responses
        if answer.to in others
    ]
    kept = [edge for edge in edges if edge.evidence is not Evidence.INFERRED or pair.may_hold(edge)]
    return tuple(sorted(kept, key=lambda edge: in_order(edge.trigger)))


def _beside(action: Action, others: Mapping[str, Action]) -> tuple[Beside, ...]:
    found = (Beside(answer.to, answer.evidence) for answer in action.responses if answer.to and answer.to not in others)
    return tuple(sorted(found, key=lambda one: one.action))


def _within_window(action: Action, others: Mapping[str, Action], pair: _Pair) -> tuple[Edge, ...]:
    """The nearest earlier action of the other side, where the action records no answer of its own."""
    if action.responses:
        return ()
    edges = (pair.edge(other, action, Evidence.INFERRED, Basis.WINDOW) for other in others.values())
    near = (edge for edge in edges if pair.surely_holds(edge))
    nearest = min(near, key=lambda edge: (edge.lag, -edge.likeness, edge.trigger.id), default=None)
    return (nearest,) if nearest else ()


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
