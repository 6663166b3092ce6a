"""Records -> the entries of the list."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from sanctions_tracker.errors import ModelError
from sanctions_tracker.model import (
    Attribute,
    Note,
    Origin,
    PartialDate,
    RejectedRecord,
    Relation,
    Sanctioner,
    Source,
    Target,
)
from sanctions_tracker.model.vocabulary import RelationKind, SanctionerKind, TargetKind
from sanctions_tracker.sources.eu.documents import identifiers, numberless
from sanctions_tracker.sources.eu.freeze import LIST_NAME, SANCTIONER_ID, Acts, freeze
from sanctions_tracker.sources.eu.naming import Naming, naming
from sanctions_tracker.sources.eu.particulars import addresses, births, citizenships
from sanctions_tracker.sources.eu.record import LIST_ID, Record
from sanctions_tracker.sources.parts import Entry, Heading, Part
from sanctions_tracker.sources.printed import partial_date

SANCTIONER = Sanctioner(
    SANCTIONER_ID,
    "Council of the European Union",
    kind=SanctionerKind.INTERGOVERNMENTAL,
    country="EU",
    official_list=LIST_NAME,
)
#: How many characters a printed day has.
_DAY = 10
_KINDS = {
    "person": TargetKind.PERSON,
    "p": TargetKind.PERSON,
    "enterprise": TargetKind.ENTITY,
    "e": TargetKind.ENTITY,
}


class Listing:
    """What a file says as a whole: its date, the ids of its records so far, the acts that they name."""

    def __init__(self) -> None:
        self._date: PartialDate | None = None
        self._ids: set[str] = set()
        self._acts = Acts()

    def begin(self, printed: str, locator: str) -> Iterator[Part]:
        """The heading, and a note where the list's date cannot be read; a moment's day is read as printed."""
        self._date = partial_date(printed[:_DAY])
        yield self.heading()
        if self._date is None:
            origin = Origin(LIST_ID, locator=locator, raw=printed)
            yield Note(f"the list's date cannot be read: {printed!r}", origin)

    def heading(self) -> Heading:
        """The heading with the acts that were named until now."""
        source = Source(
            LIST_ID,
            title=LIST_NAME,
            publisher="European Commission, DG FISMA",
            language="en",
            kind="official_list",
            published=self._date,
        )
        return Heading(LIST_ID, LIST_NAME, self._date, (SANCTIONER,), (source, *self._acts.sources))

    def entry(self, record: Record) -> Entry | RejectedRecord:
        """A record with its freeze, or why it cannot be read."""
        record.put_in_order()
        target_id = self._free_id(record)
        try:
            target = _target(record, target_id)
        except ModelError as error:
            printed = "; ".join(filter(None, (part.text("wholeName") for part in record.parts["nameAlias"])))
            return RejectedRecord(record.origin(record.locator, printed or None), str(error))
        if target_id != _id(record):
            target = _standing_twice(record, target)
        self._ids.add(target_id)
        measure = freeze(record, target_id, self._acts, self._date)
        return Entry(target, (measure,), tuple(record.notes))

    def _free_id(self, record: Record) -> str:
        """The publisher lists a party under two programmes by two records of one reference."""
        number, target_id = 1, _id(record)
        while target_id in self._ids:
            suffix = f"-{number}" if number > 1 else ""
            target_id = f"{_id(record)}/{record.act.programme or 'no-programme'}{suffix}"
            number += 1
        return target_id


def _id(record: Record) -> str:
    return f"eu:{record.id}"


def _standing_twice(record: Record, target: Target) -> Target:
    """Point to the record of the same reference that was there before."""
    origin = record.origin(record.locator)
    record.note(f"a reference that stands on several records, kept as {target.id}", record.locator, record.id)
    same = Relation(RelationKind.OTHER, _id(record), label="same EU reference number", origin=origin)
    return attrs.evolve(target, relations=(same,))


def _target(record: Record, target_id: str) -> Target:
    if not record.id:
        message = "neither an EU reference number nor a logical id"
        raise ModelError(message)
    found = naming(record)
    if not found.names:
        message = "no name with a letter or a digit"
        raise ModelError(message)
    return Target(
        id=target_id,
        kind=_kind(record),
        names=found.names,
        births=births(record),
        countries=citizenships(record),
        addresses=addresses(record),
        identifiers=identifiers(record),
        positions=found.positions,
        gender=found.gender,
        attributes=_attributes(record, found),
        origin=record.origin(record.locator),
    )


def _kind(record: Record) -> TargetKind:
    """By either of the two words: the CSV has them the other way round."""
    for word in record.subjects:
        if kind := _KINDS.get(word.strip().casefold()):
            return kind
    record.note("unknown subject type", record.locator, " ".join(record.subjects))
    return TargetKind.UNKNOWN


def _attributes(record: Record, found: Naming) -> tuple[Attribute, ...]:
    extras = [
        Attribute(extra.name, extra.value, origin=record.origin(extra.locator))
        for extra in dict.fromkeys(record.extras)
    ]
    return (*found.texts, *numberless(record), *extras)
