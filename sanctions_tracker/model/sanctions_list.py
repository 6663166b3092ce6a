"""A list as it was read: its targets, measures and actions, and what could not be read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Any, Protocol, TypeVar

import attrs

from sanctions_tracker.errors import ModelError, UnknownRecordError
from sanctions_tracker.model.action import Action, Conflict, TriggerEvent
from sanctions_tracker.model.checks import not_blank
from sanctions_tracker.model.dates import PartialDate
from sanctions_tracker.model.measure import Measure
from sanctions_tracker.model.provenance import Origin, Source
from sanctions_tracker.model.sanctioner import Sanctioner
from sanctions_tracker.model.target import Target


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=_HasId)


@attrs.frozen
class Note:
    """A value that was kept as printed because it could not be interpreted, or a remark on a record."""

    text: str
    origin: Origin | None = None

    def __str__(self) -> str:
        return f"{self.text} [{self.origin}]" if self.origin else self.text


@attrs.frozen
class RejectedRecord:
    """A record that could not be read at all: where it stands, and why."""

    origin: Origin
    reason: str

    def __str__(self) -> str:
        return f"{self.origin}: {self.reason}"


def _by_id(records: Iterable[T], kind: str, where: str) -> Mapping[str, T]:
    found: dict[str, T] = {}
    for record in records:
        if record.id in found:
            message = f"{where}: the {kind} id {record.id!r} stands twice"
            raise ModelError(message, value=record.id)
        found[record.id] = record
    return MappingProxyType(found)


@attrs.frozen
class SanctionsList:
    """One list, or the bundled data set of several sanctioners.

    ``date`` is the list's own date (not the day on which it was read);
    ``format`` the id of the format it was read from. ``records_seen`` counts
    the publisher's records; each is either a target or rejected.

    Raises:
        ModelError: ``records_seen`` differs from targets plus rejected, an id
            stands twice, a measure or an action speaks of a target that is not
            there, or an action names more targets than it counts.
    """

    id: str = attrs.field(validator=not_blank)
    title: str = ""
    date: PartialDate | None = None
    format: str = ""
    sanctioners: tuple[Sanctioner, ...] = ()
    targets: tuple[Target, ...] = ()
    measures: tuple[Measure, ...] = ()
    actions: tuple[Action, ...] = ()
    triggers: tuple[TriggerEvent, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    sources: tuple[Source, ...] = ()
    rejected: tuple[RejectedRecord, ...] = ()
    notes: tuple[Note, ...] = ()
    records_seen: int = attrs.field()

    @records_seen.default
    def _all_that_was_read(self) -> int:
        return len(self.targets) + len(self.rejected)

    @records_seen.validator
    def _accounts_for_every_record(self, _attribute: attrs.Attribute[Any], seen: int) -> None:
        if seen != len(self.targets) + len(self.rejected):
            message = (
                f"{self.id}: {seen} records were seen, but {len(self.targets)} targets"
                f" and {len(self.rejected)} rejected records account for {len(self.targets) + len(self.rejected)}"
            )
            raise ModelError(message, value=seen)

    def __attrs_post_init__(self) -> None:
        targets = self.targets_by_id
        for measure in self.measures:
            if measure.target not in targets:
                raise UnknownRecordError(
                    measure.target, kind="target", where=f"{self.id}, of which measure {measure.id} speaks"
                )
        self._check_ids()
        self._check_actions()

    def _check_ids(self) -> None:
        for kind, records in (
            ("measure", self.measures),
            ("action", self.actions),
            ("sanctioner", self.sanctioners),
            ("source", self.sources),
            ("trigger", self.triggers),
        ):
            _by_id(records, kind, self.id)

    def _check_actions(self) -> None:
        classes = {target.id: target.kind.counted_as for target in self.targets} if self.actions else {}
        for action in self.actions:
            for named in action.named:
                if named not in classes:
                    raise UnknownRecordError(named, kind="target", where=f"{self.id}, which action {action.id} names")
            action.check_named(classes)

    @cached_property
    def targets_by_id(self) -> Mapping[str, Target]:
        """Id -> target."""
        return _by_id(self.targets, "target", self.id)

    @cached_property
    def actions_by_id(self) -> Mapping[str, Action]:
        """Id -> action."""
        return _by_id(self.actions, "action", self.id)

    @cached_property
    def sanctioners_by_id(self) -> Mapping[str, Sanctioner]:
        """Id -> sanctioner."""
        return _by_id(self.sanctioners, "sanctioner", self.id)

    @cached_property
    def sources_by_id(self) -> Mapping[str, Source]:
        """Id -> source."""
        return _by_id(self.sources, "source", self.id)

    @cached_property
    def _measures_by_target(self) -> Mapping[str, tuple[Measure, ...]]:
        found: defaultdict[str, list[Measure]] = defaultdict(list)
        for measure in self.measures:
            found[measure.target].append(measure)
        return {target: tuple(measures) for target, measures in found.items()}

    def target(self, target_id: str) -> Target:
        """The target of that id.

        Raises:
            UnknownRecordError: there is none.
        """
        try:
            return self.targets_by_id[target_id]
        except KeyError:
            raise UnknownRecordError(target_id, kind="target", where=self.id) from None

    def action(self, action_id: str) -> Action:
        """The action of that id.

        Raises:
            UnknownRecordError: there is none.
        """
        try:
            return self.actions_by_id[action_id]
        except KeyError:
            raise UnknownRecordError(action_id, kind="action", where=self.id) from None

    def measures_on(self, target_id: str) -> tuple[Measure, ...]:
        """The measures on a target, in the list's order; empty where there is none."""
        return self._measures_by_target.get(target_id, ())

    def country_of(self, sanctioner_id: str) -> str | None:
        """The country on whose behalf a sanctioner of this list acts; None where it is not known."""
        sanctioner = self.sanctioners_by_id.get(sanctioner_id)
        return sanctioner.country if sanctioner else None

    def __str__(self) -> str:
        dated = f" of {self.date}" if self.date else ""
        return f"{self.title or self.id}{dated}: {len(self.targets):,} targets"
