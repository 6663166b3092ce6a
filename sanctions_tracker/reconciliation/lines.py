"""The lines of a ledger: a named party, the measures on it, and what held of each."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from sanctions_tracker.codec import unstructure
from sanctions_tracker.model import Measure, Origin, SanctionsList, Target
from sanctions_tracker.model.vocabulary import MeasureStatus, RelationKind
from sanctions_tracker.reconciliation.identity import Key
from sanctions_tracker.reconciliation.parties import belongs, is_property, status_on, within
from sanctions_tracker.reconciliation.remainders import Fill


@attrs.frozen
class LedgerLine:
    """A named party and the measures on it, with what held of each on the day asked.

    ``party`` is the key of the party that it is (list id, target id): lines of
    several lists share it where they are known to be one. ``proves`` holds the
    ids of the announcements whose counts this entry of an official list fills.
    ``identified`` marks property, which is listed and not designated;
    ``part_of`` the ids, in the same list, of the bodies that it is a unit of.
    """

    list_id: str
    target: Target
    measures: tuple[Measure, ...]
    statuses: tuple[MeasureStatus, ...]
    party: Key = ("", "")
    proves: tuple[str, ...] = ()
    identified: bool = False

    @property
    def key(self) -> Key:
        """List id and target id."""
        return self.list_id, self.target.id

    @property
    def binding(self) -> bool:
        """Whether some measure on it must be obeyed on that day."""
        return any(status.binds for status in self.statuses)

    @property
    def origins(self) -> tuple[Origin, ...]:
        """Where its measures stand."""
        return tuple(dict.fromkeys(origin for measure in self.measures for origin in measure.origins))

    @property
    def part_of(self) -> tuple[str, ...]:
        """The targets of the same list that it is a part of, as the list says."""
        return tuple(
            relation.other
            for relation in self.target.relations
            if relation.kind is RelationKind.PART_OF and relation.other and not relation.former
        )

    def to_json(self) -> dict[str, Any]:
        """Plain data for JSON, with the id of every measure and action, and the sources."""
        return {
            "list": self.list_id,
            "target": self.target.id,
            "party": list(self.party),
            "name": self.target.name,
            "kind": self.target.kind.value,
            "binding": self.binding,
            "identified_property": self.identified,
            "proves": list(self.proves),
            "measures": [
                {
                    "id": measure.id,
                    "kind": measure.kind.value,
                    "status": status.value,
                    "sanctioner": measure.sanctioner,
                    "actions": list(measure.actions),
                }
                for measure, status in zip(self.measures, self.statuses, strict=True)
            ],
            "sources": [unstructure(origin) for origin in self.origins],
        }


def lines(
    lists: Iterable[SanctionsList],
    by: str,
    on: str,
    as_of: dt.date,
    *,
    called_for: bool = False,
    fills: Iterable[Fill] = (),
) -> Iterator[LedgerLine]:
    """The named parties of ``on`` under measures of ``by``, by list and target id.

    An entry that fills an announcement's counts belongs where the announcement
    says; any other by the actions behind its measures, else by its own ties.
    """
    proved = _proved(fills)
    for one in lists:
        for target in sorted(one.targets, key=lambda target: target.id):
            proves = proved.get((one.id, str(one.date or ""), target.id), ())
            held = [
                (measure, status)
                for measure in sorted(one.measures_on(target.id), key=lambda measure: measure.id)
                if one.country_of(measure.sanctioner) == by
                and (proves or _falls_on(one, target, measure, on))
                and (status := status_on(one, measure, as_of)) is not MeasureStatus.NOT_YET
                and (called_for or status is not MeasureStatus.CALLED_FOR)
            ]
            if held:
                measures, statuses = zip(*held, strict=True)
                identified = is_property(by, target.kind.counted_as)
                yield LedgerLine(one.id, target, measures, statuses, (one.id, target.id), tuple(proves), identified)


def _proved(fills: Iterable[Fill]) -> Mapping[tuple[str, str, str], list[str]]:
    """List id, list date and target id -> the announcements that the entry fills."""
    found: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)
    for one in fills:
        for entry in one.entries:
            found[one.list_id, str(one.list_date or ""), entry.id].append(one.action.id)
    return found


def _falls_on(one: SanctionsList, target: Target, measure: Measure, on: str) -> bool:
    """By what the action states where there is one, else by the target's own ties."""
    actions = [one.actions_by_id[key] for key in measure.actions if key in one.actions_by_id]
    if actions:
        return any(belongs(target, action, on) for action in actions)
    return bool(target.attributed_to & within(on))
