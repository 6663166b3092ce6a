"""The lines of a ledger: a named party, the measures on it, and what held of each."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from sanctions_tracker.codec import unstructure
from sanctions_tracker.model import Measure, Origin, PartialDate, SanctionsList, Target
from sanctions_tracker.model.vocabulary import MeasureStatus, RelationKind
from sanctions_tracker.reconciliation.editions import Editions
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
    ``gone`` is the edition, as id and date, that no longer holds an entry of an
    older one: it is delisted, on a day between the two.
    """

    list_id: str
    list_date: PartialDate | None
    target: Target
    measures: tuple[Measure, ...]
    statuses: tuple[MeasureStatus, ...]
    party: Key = ("", "")
    proves: tuple[str, ...] = ()
    identified: bool = False
    gone: tuple[str, PartialDate | None] | None = None

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
            "list_date": str(self.list_date) if self.list_date else None,
            "gone_from": [self.gone[0], str(self.gone[1] or "")] if self.gone else None,
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
    given: Editions,
    by: str,
    on: str,
    as_of: dt.date,
    *,
    called_for: bool = False,
    fills: Iterable[Fill] = (),
) -> Iterator[LedgerLine]:
    """The named parties of ``on`` under measures of ``by``, by list and target id; then those gone from their lists.

    An entry that fills an announcement's counts belongs where the announcement
    says; any other by the actions behind its measures, else by its own ties.
    """
    proved = _proved(fills, given)
    places: list[tuple[SanctionsList, Target, SanctionsList | None]] = [
        (one, target, None) for one in given.used for target in sorted(one.targets, key=lambda target: target.id)
    ]
    for one, target, newer in (*places, *((one.list, one.target, one.newer) for one in given.departed)):
        proves = proved.get((one.id, target.id), ())
        held = [
            (measure, _ended(status) if newer else status)
            for measure in sorted(one.measures_on(target.id), key=lambda measure: measure.id)
            if one.country_of(measure.sanctioner) == by
            and (proves or _falls_on(one, target, measure, on))
            and (status := status_on(one, measure, as_of)) is not MeasureStatus.NOT_YET
            and (called_for or status is not MeasureStatus.CALLED_FOR)
        ]
        if held:
            measures, statuses = zip(*held, strict=True)
            yield LedgerLine(
                list_id=one.id,
                list_date=one.date,
                target=target,
                measures=measures,
                statuses=statuses,
                party=(one.id, target.id),
                proves=tuple(proves),
                identified=is_property(by, target.kind.counted_as),
                gone=(newer.id, newer.date) if newer else None,
            )


def _ended(status: MeasureStatus) -> MeasureStatus:
    """What held of a measure whose entry the list no longer holds."""
    return MeasureStatus.DELISTED if status.binds or status is MeasureStatus.UNKNOWN else status


def _proved(fills: Iterable[Fill], given: Editions) -> Mapping[Key, list[str]]:
    """List id and target id, as they count -> the announcements that the entry fills."""
    found: defaultdict[Key, list[str]] = defaultdict(list)
    for one in fills:
        for entry in one.entries:
            found[given.key_of(one.list_id, entry.id)].append(one.action.id)
    return found


def _falls_on(one: SanctionsList, target: Target, measure: Measure, on: str) -> bool:
    """By what the action states where there is one, else by the target's own ties."""
    actions = [one.actions_by_id[key] for key in measure.actions if key in one.actions_by_id]
    if actions:
        return any(belongs(target, action, on) for action in actions)
    return bool(target.attributed_to & within(on))
