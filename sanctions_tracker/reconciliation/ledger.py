"""What one country's sanctioners hold against another country's parties."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from sanctions_tracker.codec import unstructure
from sanctions_tracker.model import Action, Measure, Origin, SanctionsList, Target
from sanctions_tracker.model.vocabulary import ActionKind, MeasureKind, MeasureStatus, PartyClass
from sanctions_tracker.reconciliation.parties import acting_for, acts_against, belongs, only_against, within

#: Kinds of action that set a rule and list nobody.
_RULES = frozenset({ActionKind.REGULATION, ActionKind.BLOCKING_STATUTE})

#: Kinds of action whose counts are of parties put under measures.
_LISTING = frozenset({ActionKind.DESIGNATION, ActionKind.REIMPOSITION})


@attrs.frozen
class LedgerLine:
    """A named party and the measures on it, with what held of each on the day asked."""

    list_id: str
    target: Target
    measures: tuple[Measure, ...]
    statuses: tuple[MeasureStatus, ...]

    @property
    def binding(self) -> bool:
        """Whether some measure on it must be obeyed on that day."""
        return any(status.binds for status in self.statuses)

    @property
    def origins(self) -> tuple[Origin, ...]:
        """Where its measures stand."""
        return tuple(dict.fromkeys(origin for measure in self.measures for origin in measure.origins))


@attrs.frozen
class Remainder:
    """The parties that an action counts but the sources do not name.

    ``of`` is None where only a total is stated. ``at_least`` marks a lower
    bound; ``shared_with`` the other countries that the same number may belong to.
    """

    list_id: str
    action: Action
    of: PartyClass | None
    number: int
    at_least: bool = False
    shared_with: tuple[str, ...] = ()


@attrs.frozen
class Ledger:
    """The measures of ``by`` on the parties of ``on``, as they stood on ``as_of``.

    Three ways of counting, never mixed: a *party* is one target, a
    *designation* one party in one action, an *action* one announcement.
    ``uncounted`` holds the actions whose number of parties no source states;
    ``rules`` those that address no party (a regulation, a blocking statute).
    """

    by: str
    on: str
    as_of: dt.date
    lines: tuple[LedgerLine, ...]
    unnamed: tuple[Remainder, ...]
    uncounted: tuple[Action, ...]
    rules: tuple[Action, ...]
    actions: tuple[Action, ...]

    @property
    def named_parties(self) -> int:
        """Distinct named parties with a measure that binds on the day."""
        return sum(line.binding for line in self.lines)

    @property
    def unnamed_parties(self) -> int:
        """Parties counted without a name, those shared with another country left out."""
        return sum(rest.number for rest in self.unnamed if not rest.shared_with)

    def named_by_class(self) -> Mapping[PartyClass, int]:
        """Named parties with a binding measure, by class."""
        return Counter(line.target.kind.counted_as for line in self.lines if line.binding)

    def unnamed_by_class(self) -> Mapping[PartyClass | None, int]:
        """Parties counted without a name, by class (None: only a total is stated)."""
        counted: Counter[PartyClass | None] = Counter()
        for rest in self.unnamed:
            if not rest.shared_with:
                counted[rest.of] += rest.number
        return counted

    def by_measure(self) -> Mapping[MeasureKind, int]:
        """Named parties under each kind of binding measure."""
        return Counter(
            kind
            for line in self.lines
            for kind in {m.kind for m, status in zip(line.measures, line.statuses, strict=True) if status.binds}
        )

    def by_status(self) -> Mapping[MeasureStatus, int]:
        """Measures on named parties by what held of them."""
        return Counter(status for line in self.lines for status in line.statuses)

    def to_json(self) -> dict[str, Any]:
        """Plain data for JSON, with every id and source."""
        return {
            "by": self.by,
            "on": self.on,
            "as_of": self.as_of.isoformat(),
            "named": {
                "parties": self.named_parties,
                "by_class": dict(self.named_by_class()),
                "by_measure": dict(self.by_measure()),
                "by_status": dict(self.by_status()),
            },
            "unnamed": {
                "parties": self.unnamed_parties,
                "by_class": {
                    (key.value if key else "total"): number for key, number in self.unnamed_by_class().items()
                },
                "remainders": [_remainder_as_data(rest) for rest in self.unnamed],
            },
            "uncounted_actions": [action.id for action in self.uncounted],
            "rules": [action.id for action in self.rules],
            "actions": [action.id for action in self.actions],
            "lines": [_line_as_data(line) for line in self.lines],
        }


def _remainder_as_data(rest: Remainder) -> dict[str, Any]:
    return {
        "list": rest.list_id,
        "action": rest.action.id,
        "of": rest.of.value if rest.of else None,
        "number": rest.number,
        "at_least": rest.at_least,
        "shared_with": list(rest.shared_with),
        "sources": [unstructure(origin) for origin in rest.action.origins],
    }


def _line_as_data(line: LedgerLine) -> dict[str, Any]:
    return {
        "list": line.list_id,
        "target": line.target.id,
        "name": line.target.name,
        "kind": line.target.kind.value,
        "binding": line.binding,
        "measures": [
            {"id": measure.id, "kind": measure.kind.value, "status": status.value}
            for measure, status in zip(line.measures, line.statuses, strict=True)
        ],
        "sources": [unstructure(origin) for origin in line.origins],
    }


def ledger(lists: Iterable[SanctionsList], by: str, on: str, as_of: dt.date, *, called_for: bool = False) -> Ledger:
    """The ledger of ``by`` against ``on``.

    Args:
        lists: the lists to draw from; a party on two of them is two lines.
        by: the code of the country whose sanctioners act.
        on: the code of the country whose parties are meant; the EU stands for its members too.
        as_of: the day for which statuses are told; actions after it are left out.
        called_for: take in calls, which are no measures in force.
    """
    lists = tuple(lists)
    against = [
        (one, action)
        for one, action in acting_for(by, lists)
        if acts_against(action, on) and action.date.reached_by(as_of) is not False
    ]
    against.sort(key=lambda pair: (pair[1].date.sort_key(), pair[1].id))
    naming = [(one, action) for one, action in against if action.counts or action.named]
    return Ledger(
        by=by,
        on=on,
        as_of=as_of,
        lines=tuple(_lines(lists, by, on, as_of, called_for=called_for)),
        unnamed=tuple(rest for one, action in naming for rest in _remainders(one, action, on)),
        uncounted=tuple(action for _, action in against if _is_uncounted(action)),
        rules=tuple(action for _, action in against if action.kind in _RULES),
        actions=tuple(action for _, action in against),
    )


def _lines(
    lists: Iterable[SanctionsList], by: str, on: str, as_of: dt.date, *, called_for: bool
) -> Iterable[LedgerLine]:
    for one in lists:
        for target in one.targets:
            held = [
                (measure, status)
                for measure in one.measures_on(target.id)
                if one.country_of(measure.sanctioner) == by
                and _falls_on(one, target, measure, on)
                and (status := measure.status(as_of)) is not MeasureStatus.NOT_YET
                and (called_for or status is not MeasureStatus.CALLED_FOR)
            ]
            if held:
                measures, statuses = zip(*held, strict=True)
                yield LedgerLine(one.id, target, measures, statuses)


def _falls_on(one: SanctionsList, target: Target, measure: Measure, on: str) -> bool:
    """By what the action states where there is one, else by the target's own ties."""
    actions = [one.actions_by_id[key] for key in measure.actions if key in one.actions_by_id]
    if actions:
        return any(belongs(target, action, on) for action in actions)
    return bool(target.attributed_to & within(on))


def _is_uncounted(action: Action) -> bool:
    return action.kind in _LISTING and not action.counts


def _remainders(one: SanctionsList, action: Action, on: str) -> Iterable[Remainder]:
    """What the counts leave over once the named parties are taken off, class by class."""
    if action.kind not in _LISTING:
        return
    own = [count for count in action.counts if count.against == on]
    counts = own or [count for count in action.counts if count.against is None]
    others = () if own or only_against(action, on) else tuple(code for code in action.against if code != on)
    named = Counter(
        one.target(target).kind.counted_as
        for target in action.named
        if not own or belongs(one.target(target), action, on)
    )
    for count in counts:
        left = count.value - (named[count.of] if count.of else named.total())
        if left > 0 or count.at_least:
            yield Remainder(one.id, action, count.of, max(left, 0), count.at_least, others)
