"""What a reader hands on, part by part, in the order of the file."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from sanctions_tracker.model import (
    Action,
    Conflict,
    Measure,
    Note,
    PartialDate,
    RejectedRecord,
    Sanctioner,
    SanctionsList,
    Source,
    Target,
    TriggerEvent,
)


@attrs.frozen
class Heading:
    """What a list says of itself: the first part, and again where the end of the file tells more.

    The source of the list's own ``id`` is the file that is read, and gets its
    hash. ``format`` is the id of the format unless the file states another
    (one that was converted).
    """

    id: str
    title: str = ""
    date: PartialDate | None = None
    sanctioners: tuple[Sanctioner, ...] = ()
    sources: tuple[Source, ...] = ()
    format: str = ""

    @classmethod
    def of(cls, source: Source, *sanctioners: Sanctioner, title: str = "") -> Heading:
        """The heading of a list that comes in one file: id, date and, unless given, title are the source's."""
        return cls(source.id, title or source.title, source.published, sanctioners, (source,))


@attrs.frozen
class Entry:
    """One record of a list: the party, what holds against it, and what of it could not be interpreted."""

    target: Target
    measures: tuple[Measure, ...] = ()
    notes: tuple[Note, ...] = ()


#: A record that cannot be read is a part as well; a note of its own speaks of no single record. A reader that has the
#: whole list at hand may give that as its only part.
Part = Heading | Entry | RejectedRecord | Note | Action | TriggerEvent | Conflict | SanctionsList


def parts_of(whole: SanctionsList) -> Iterator[Part]:
    """The parts that a list is made of."""
    yield Heading(whole.id, whole.title, whole.date, whole.sanctioners, whole.sources, whole.format)
    for target in whole.targets:
        yield Entry(target, whole.measures_on(target.id))
    yield from whole.rejected
    yield from whole.notes
    yield from whole.actions
    yield from whole.triggers
    yield from whole.conflicts
