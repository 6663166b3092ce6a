"""A list record by record, and the whole list made of its parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Self

import attrs

from sanctions_tracker.errors import RejectedRecordsError
from sanctions_tracker.model import (
    Action,
    Conflict,
    Note,
    Origin,
    RejectedRecord,
    SanctionsList,
    Source,
    TriggerEvent,
)
from sanctions_tracker.sources.parts import Entry, Heading, Part, parts_of


class ListStream(Iterator[Entry]):
    """The entries of a list, one at a time, in the file's order; a context manager that closes the file.

    ``heading`` says which list it is; ``format`` and ``name`` what it is read
    from. What is not an entry gathers as the iteration goes on: ``rejected``
    records, ``notes`` that belong to no single record, ``actions``, ``triggers``
    and ``conflicts``. ``records_seen`` counts entries and rejected records so far.

    Raises:
        RejectedRecordsError: while iterating, at a record that cannot be read, unless they are collected.
        ReadError: while iterating, where the file turns out to be damaged: what was read until then is not the list.
    """

    def __init__(
        self,
        parts: Iterator[Part],
        *,
        format_id: str,
        name: str,
        collect_rejected: bool = False,
        sha256: Callable[[], str] | None = None,
        close: Callable[[], None] | None = None,
    ) -> None:
        self.format = format_id
        self.name = name
        self.rejected: list[RejectedRecord] = []
        self.notes: list[Note] = []
        self.actions: list[Action] = []
        self.triggers: list[TriggerEvent] = []
        self.conflicts: list[Conflict] = []
        self.records_seen = 0
        self._parts = parts
        self._collect_rejected = collect_rejected
        self._sha256 = sha256
        self._close = close
        self._ids: set[str] = set()
        self._next: Entry | None = None
        self._heading: Heading | None = None
        self._whole: SanctionsList | None = None

    @property
    def heading(self) -> Heading:
        """What the list says of itself as far as it is read; its hash is there once the whole is."""
        while self._heading is None and self._next is None:
            self._next = self._following()
        return self._heading or Heading(self.format)

    def __next__(self) -> Entry:
        entry, self._next = self._next or self._following(), None
        if entry is None:
            raise StopIteration
        return entry

    def _following(self) -> Entry | None:
        for part in self._parts:
            if type(part) is Entry:
                self.records_seen += 1
                if part.target.id not in self._ids:
                    self._ids.add(part.target.id)
                    return part
                self._reject(_second(part))
            elif type(part) is RejectedRecord:
                self.records_seen += 1
                self._reject(part)
            elif type(part) is SanctionsList:
                self._whole = part
                self._parts = parts_of(part)
                return self._following()
            else:
                self._beside(part)
        self._end()
        return None

    def _reject(self, record: RejectedRecord) -> None:
        self.rejected.append(record)
        if not self._collect_rejected:
            raise RejectedRecordsError((record,), file=self.name)

    def _beside(self, part: Part) -> None:
        match part:
            case Heading():
                self._heading = part
            case Note():
                self.notes.append(part)
            case Action():
                self.actions.append(part)
            case TriggerEvent():
                self.triggers.append(part)
            case Conflict():
                self.conflicts.append(part)

    def _end(self) -> None:
        if self._heading is not None and self._sha256 is not None:
            self._heading = _hashed(self._heading, self._sha256())
        self.close()

    def close(self) -> None:
        """Close the file, if this library opened it."""
        if self._close is not None:
            self._close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.close()

    def sanctions_list(self) -> SanctionsList:
        """All entries that are left, and what is beside them, as one list.

        Raises:
            ModelError: the parts do not add up: an id of a measure stands twice, an action names an unknown target.
            ReadError: as in iterating.
        """
        entries = list(self)
        if self._whole is not None and len(entries) == len(self._whole.targets):
            return self._whole
        heading = self.heading
        return SanctionsList(
            id=heading.id,
            title=heading.title,
            date=heading.date,
            format=heading.format or self.format,
            sanctioners=heading.sanctioners,
            targets=tuple([entry.target for entry in entries]),
            measures=tuple([measure for entry in entries for measure in entry.measures]),
            actions=tuple(self.actions),
            triggers=tuple(self.triggers),
            conflicts=tuple(self.conflicts),
            sources=heading.sources,
            rejected=tuple(self.rejected),
            notes=(*(note for entry in entries for note in entry.notes), *self.notes),
            records_seen=self.records_seen,
        )


def _second(entry: Entry) -> RejectedRecord:
    target = entry.target
    origin = target.origin or Origin("?", target.id)
    return RejectedRecord(origin, f"a second record with the id {target.id}: {target.name}")


def _hashed(heading: Heading, sha256: str) -> Heading:
    def with_hash(source: Source) -> Source:
        return attrs.evolve(source, sha256=sha256) if source.id == heading.id and not source.sha256 else source

    return attrs.evolve(heading, sources=tuple(map(with_hash, heading.sources)))
