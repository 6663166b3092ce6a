"""Records -> the list."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from sanctions_tracker.errors import ModelError
from sanctions_tracker.model import (
    Attribute,
    Measure,
    Note,
    Origin,
    PartialDate,
    RejectedRecord,
    Relation,
    Sanctioner,
    SanctionsList,
    Source,
    Target,
)
from sanctions_tracker.model.vocabulary import RelationKind, SanctionerKind, TargetKind
from sanctions_tracker.sources.document import Document
from sanctions_tracker.sources.eu.documents import identifiers, numberless
from sanctions_tracker.sources.eu.freeze import LIST_NAME, SANCTIONER_ID, Acts, freeze
from sanctions_tracker.sources.eu.naming import Naming, naming
from sanctions_tracker.sources.eu.particulars import addresses, births, citizenships
from sanctions_tracker.sources.eu.record import LIST_ID, Record

SANCTIONER = Sanctioner(
    SANCTIONER_ID,
    "Council of the European Union",
    kind=SanctionerKind.INTERGOVERNMENTAL,
    country="EU",
    official_list=LIST_NAME,
)
_KINDS = {
    "person": TargetKind.PERSON,
    "p": TargetKind.PERSON,
    "enterprise": TargetKind.ENTITY,
    "e": TargetKind.ENTITY,
}


@attrs.define
class Gathered:
    """What is read of a file, record by record."""

    date: PartialDate | None = None
    targets: dict[str, Target] = attrs.field(factory=dict)
    measures: list[Measure] = attrs.field(factory=list)
    rejected: list[RejectedRecord] = attrs.field(factory=list)
    notes: list[Note] = attrs.field(factory=list)
    acts: Acts = attrs.field(factory=Acts)

    def add(self, record: Record) -> None:
        """Take a record in, or reject it."""
        record.put_in_order()
        try:
            target = _target(record, self._free_id(record))
        except ModelError as error:
            self.rejected.append(RejectedRecord(record.origin(record.locator), str(error)))
        else:
            if target.id != _id(record):
                target = _standing_twice(record, target)
            self.measures.append(freeze(record, target.id, self.acts, self.date))
            self.targets[target.id] = target
        self.notes += record.notes

    def _free_id(self, record: Record) -> str:
        """The publisher lists a party under two programmes by two records of one reference."""
        number, target_id = 1, _id(record)
        while target_id in self.targets:
            suffix = f"-{number}" if number > 1 else ""
            target_id = f"{_id(record)}/{record.act.programme or 'no-programme'}{suffix}"
            number += 1
        return target_id

    def reject(self, origin: Origin, reason: str) -> None:
        """Tell of a record that could not be read whole."""
        self.rejected.append(RejectedRecord(origin, reason))


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


def the_list(gathered: Gathered, document: Document, format_id: str, notes: Iterable[Note]) -> SanctionsList:
    """The list of what was gathered; ``notes`` are those on the file itself."""
    source = Source(
        LIST_ID,
        title=LIST_NAME,
        publisher="European Commission, DG FISMA",
        language="en",
        kind="official_list",
        published=gathered.date,
        sha256=document.sha256(),
    )
    return SanctionsList(
        id=LIST_ID,
        title=LIST_NAME,
        date=gathered.date,
        format=format_id,
        sanctioners=(SANCTIONER,),
        targets=tuple(gathered.targets.values()),
        measures=tuple(gathered.measures),
        sources=(source, *gathered.acts.sources),
        rejected=tuple(gathered.rejected),
        notes=(*notes, *gathered.notes),
        records_seen=len(gathered.targets) + len(gathered.rejected),
    )
