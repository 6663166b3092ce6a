"""What the tests of formats that scatter a record ask of streaming: the same entries, in whatever order."""

from __future__ import annotations

from sanctions_tracker.model import SanctionsList
from sanctions_tracker.sources import read, stream
from sanctions_tracker.sources.document import File
from sanctions_tracker.sources.registry import Registry


def read_and_streamed_in_any_order(file: File, *, registry: Registry) -> SanctionsList:
    """The list as it is read, having made sure that streaming gives the same entries, each with its own notes."""
    whole = read(file, registry=registry, on_rejected="collect")
    with stream(file, registry=registry, on_rejected="collect") as records:
        entries = list(records)
    by_id = {entry.target.id: entry for entry in entries}
    assert len(by_id) == len(entries) == len(whole.targets)
    assert all(by_id[target.id].target == target for target in whole.targets)
    assert all(by_id[target.id].measures == whole.measures_on(target.id) for target in whole.targets)
    noted = [note for target in whole.targets for note in by_id[target.id].notes]
    assert (*noted, *records.notes) == whole.notes
    assert sorted(records.rejected, key=str) == sorted(whole.rejected, key=str)
    assert records.records_seen == whole.records_seen
    assert (records.heading.date, records.heading.sources) == (whole.date, whole.sources)
    return whole
