"""The actions of two sides in the order of their dates, with what each answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from sanctions_tracker.codec import unstructure
from sanctions_tracker.model import Action
from sanctions_tracker.reconciliation.episodes import Beside, Edge, Unexplained
from sanctions_tracker.reconciliation.reconciliation import Reconciliation


@attrs.frozen
class Moment:
    """One action of ``by`` against ``on``.

    ``answers`` are the edges to what it answers, ``answered_by`` those from what
    answers it; ``unexplained`` what a source names as answered that is no action
    of the other side; ``beside`` the actions of third parties that it answers.
    """

    by: str
    on: str
    action: Action
    answers: tuple[Edge, ...] = ()
    answered_by: tuple[Edge, ...] = ()
    unexplained: tuple[Unexplained, ...] = ()
    beside: tuple[Beside, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain data for JSON, with the action's sources."""
        return {
            "action": self.action.id,
            "by": self.by,
            "on": self.on,
            "date": str(self.action.date),
            "moment": self.action.moment.isoformat() if self.action.moment else None,
            "kind": self.action.kind.value,
            "counts": [unstructure(count) for count in self.action.counts],
            "named": list(self.action.named),
            "answers": [edge.to_json() for edge in self.answers],
            "answered_by": [edge.response.id for edge in self.answered_by],
            "unexplained": [unstructure(one) for one in self.unexplained],
            "beside": [unstructure(one) for one in self.beside],
            "sources": [unstructure(origin) for origin in self.action.origins],
        }


def timeline(result: Reconciliation) -> tuple[Moment, ...]:
    """Every action of a reconciliation once, oldest first; a partial date stands where its earliest day does.

    Of one day an answer comes after what it answers; the rest by their ids, which says nothing of their order.
    """
    sides = {action.id: (one.by, one.on, action) for one in result.ledger for action in one.actions}
    answers: defaultdict[str, list[Edge]] = defaultdict(list)
    answered: defaultdict[str, list[Edge]] = defaultdict(list)
    told = {episode.response.id: episode for episode in result.episodes}
    for episode in result.episodes:
        for edge in episode.edges:
            answers[edge.response.id].append(edge)
            answered[edge.trigger.id].append(edge)
    moments = [
        Moment(
            by,
            on,
            action,
            answers=tuple(answers[key]),
            answered_by=tuple(answered[key]),
            unexplained=told[key].unexplained if key in told else (),
            beside=told[key].beside if key in told else (),
        )
        for key, (by, on, action) in sides.items()
    ]
    return tuple(
        sorted(moments, key=lambda one: (one.action.date.sort_key(), _depth(one.action, answers), one.action.id))
    )


def _depth(action: Action, answers: Mapping[str, Sequence[Edge]], behind: frozenset[str] = frozenset()) -> int:
    """How long a chain of answers led to an action on its own day."""
    same_day = [
        edge.trigger
        for edge in answers.get(action.id, ())
        if edge.trigger.date == action.date and edge.order_known and edge.trigger.id not in behind
    ]
    return max((1 + _depth(one, answers, behind | {action.id}) for one in same_day), default=0)
