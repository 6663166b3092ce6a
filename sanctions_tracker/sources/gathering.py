"""What a reader gathers record by record, and the list that it makes in the end."""

from __future__ import annotations

import attrs

from sanctions_tracker.model import Measure, Note, RejectedRecord, Sanctioner, SanctionsList, Source, Target


@attrs.define
class Gathering:
    """Targets, measures, rejected records and notes, in the order of the file.

    ``ids`` are those given to targets so far, for publishers who number twice.
    """

    targets: list[Target] = attrs.field(factory=list)
    measures: list[Measure] = attrs.field(factory=list)
    rejected: list[RejectedRecord] = attrs.field(factory=list)
    notes: list[Note] = attrs.field(factory=list)
    ids: set[str] = attrs.field(factory=set)

    def add(self, read: tuple[Target, list[Measure]] | RejectedRecord) -> None:
        """Take in one record: a target with its measures, or why there is none."""
        if isinstance(read, RejectedRecord):
            self.rejected.append(read)
        else:
            self.targets.append(read[0])
            self.measures += read[1]

    def sanctions_list(
        self, source: Source, sanctioner: Sanctioner, *, format_id: str, records_seen: int
    ) -> SanctionsList:
        """The list of one source; id, title and date are the source's own.

        Raises:
            ModelError: a record that was seen is neither a target nor rejected.
        """
        return SanctionsList(
            id=source.id,
            title=source.title,
            date=source.published,
            format=format_id,
            sanctioners=(sanctioner,),
            targets=tuple(self.targets),
            measures=tuple(self.measures),
            sources=(source,),
            rejected=tuple(self.rejected),
            notes=tuple(self.notes),
            records_seen=records_seen,
        )
