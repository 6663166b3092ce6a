"""What every format's tests ask of streaming: the same as reading, and little memory."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable

import pytest

from sanctions_tracker.errors import SanctionsTrackerError
from sanctions_tracker.model import SanctionsList
from sanctions_tracker.sources import read, stream
from sanctions_tracker.sources.document import File
from sanctions_tracker.sources.registry import Registry


def read_and_streamed(
    file: File, *, registry: Registry, expected: type[SanctionsTrackerError] = SanctionsTrackerError
) -> SanctionsList | None:
    """The list as it is read, having made sure that streaming says the same; None where both raise the same error."""
    try:
        whole = read(file, registry=registry, on_rejected="collect")
    except expected as error:
        with pytest.raises(type(error)), stream(file, registry=registry, on_rejected="collect") as records:
            list(records)
        return None
    assert_streamed_alike(file, whole, registry=registry)
    return whole


def assert_streamed_alike(file: File, whole: SanctionsList, *, registry: Registry) -> None:
    """Streaming says the same as ``whole``, the list as it was read."""
    with stream(file, registry=registry, on_rejected="collect") as records:
        entries = list(records)
    assert tuple(entry.target for entry in entries) == whole.targets
    assert tuple(measure for entry in entries for measure in entry.measures) == whole.measures
    assert (*(note for entry in entries for note in entry.notes), *records.notes) == whole.notes
    assert tuple(records.rejected) == whole.rejected
    assert (records.records_seen, records.heading.date) == (whole.records_seen, whole.date)
    assert records.heading.sources == whole.sources


def _peak(work: Callable[[], object]) -> int:
    """The most that Python holds at once during some work, in bytes; what the parser holds is not counted."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def grows_little(content: Callable[[int], File], records: int, registry: Registry) -> bool:
    """Whether going through twice as many records takes at most 1.3 times the memory.

    Choose ``records`` so that holding them all would take more.
    """

    def streamed(file: File) -> None:
        with stream(file, registry=registry) as entries:
            assert sum(1 for _ in entries) == entries.records_seen > 0

    few, many = content(records), content(2 * records)
    streamed(many)  # so that tables and other memories that do not grow are there already
    grown = _peak(lambda: streamed(many)) / _peak(lambda: streamed(few))
    return grown <= 1.3
