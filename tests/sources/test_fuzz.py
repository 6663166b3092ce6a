"""Damaged files of every format: read as far as they say something, or refused with an error of reading.

Each case has a number; ``tests.sources.mutations.mutated(format_id, number)`` is its file, so that a failure can be
looked at again::

    SANCTIONS_TRACKER_FUZZ="un-consolidated-xml 7" pytest tests/sources/test_fuzz.py -k replayed

``pytest -m long tests/sources/test_fuzz.py`` tries more than 100,000 files.
"""

from __future__ import annotations

import os
import signal
import tempfile
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import pytest

import sanctions_tracker as st
from sanctions_tracker.errors import ReadError
from sanctions_tracker.model import Measure, RejectedRecord, SanctionsList, Target
from sanctions_tracker.sources import default_registry
from tests.sources.mutations import mutated
from tests.sources.seeds import FOLDER, folder_files, seeds

#: How many files of each format the usual run tries, and the long one.
FEW, MANY = 85, 5_000
#: How long one file may take, in seconds of this process's own time.
LIMIT = 10.0

#: What a record says, whichever way it was read.
Said = tuple[Target, tuple[Measure, ...]]


class Hang(BaseException):
    """A file took too long; no ``except Exception`` may hide that."""


@contextmanager
def limited() -> Iterator[None]:
    """Raise where the inside takes longer than :data:`LIMIT`; while one call of a compiled library lasts, it waits."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise Hang

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, LIMIT)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def tried(file: bytes | Path) -> str:
    """What became of a file: the kind of error, or "read"; its reading and its stream must agree.

    Raises:
        AssertionError: they do not, or the list that was read does not add up.
    """
    try:
        whole = st.read(file, on_rejected="collect")
    except ReadError as error:
        with pytest.raises(ReadError):
            streamed(file)
        return type(error).__name__
    said, rejected = streamed(file)
    laws = {
        "the records do not add up": whole.records_seen == len(whole.targets) + len(whole.rejected),
        "an empty list": whole.records_seen > 0,
        "the stream says something else": said == said_of(whole),
        "the stream rejects others": set(rejected) == set(whole.rejected),
    }
    broken = [law for law, holds in laws.items() if not holds]
    if broken:
        raise AssertionError(", ".join(broken))
    return "read"


def streamed(file: bytes | Path) -> tuple[dict[str, Said], list[RejectedRecord]]:
    with st.stream(file, on_rejected="collect") as records:
        return {entry.target.id: (entry.target, entry.measures) for entry in records}, records.rejected


def said_of(whole: SanctionsList) -> dict[str, Said]:
    return {target.id: (target, whole.measures_on(target.id)) for target in whole.targets}


@contextmanager
def case(format_id: str, number: int) -> Iterator[bytes | Path]:
    """The file of a case; for OFAC's folder, one with one of its files damaged."""
    content = mutated(format_id, number)
    if format_id != FOLDER:
        yield content
        return
    with tempfile.TemporaryDirectory() as folder:
        files = folder_files()
        names = list(files)
        files[names[number % len(names)]] = content
        for name, inner in files.items():
            Path(folder, name).write_bytes(inner)
        yield Path(folder)


def outcome(format_id: str, number: int) -> str:
    """As :func:`tried`; what should not happen is told with what it takes to repeat it."""
    try:
        with case(format_id, number) as file, limited():
            return tried(file)
    except (Exception, Hang) as error:  # noqa: BLE001  (whatever it is)
        told = "".join(traceback.format_exception(error)[-6:])
        pytest.fail(f"mutated({format_id!r}, {number}): {type(error).__name__}: {error}\n{told}", pytrace=False)


def run(format_id: str, count: int) -> Counter[str]:
    """What became of so many files of a format."""
    return Counter(outcome(format_id, number) for number in range(count))


def test_every_format_has_a_seed() -> None:
    assert set(seeds()) == {known.id for known in default_registry().formats()} | {FOLDER}


@pytest.mark.parametrize("format_id", [name for name in seeds() if name != FOLDER])
def test_every_seed_is_a_sound_file_of_its_format(format_id: str) -> None:
    for content in seeds()[format_id]:
        found = st.read(content)
        assert found.format == ("un-consolidated-xml" if format_id == "sanctions-tracker-jsonl" else format_id)
        assert found.targets
        assert tried(content) == "read"
        assert len(content) < 50_000


@pytest.mark.parametrize("format_id", seeds())
def test_a_damaged_file_is_read_or_refused(format_id: str) -> None:
    found = run(format_id, FEW)
    assert found.total() == FEW
    assert len(found) > 2, "this damage is all of one kind"
    assert found["read"] > 0


def test_a_number_always_gives_the_same_file() -> None:
    assert all(mutated(format_id, 1) == mutated(format_id, 1) for format_id in seeds())
    assert len({mutated("un-consolidated-xml", number) for number in range(50)}) > 45


@pytest.mark.skipif("SANCTIONS_TRACKER_FUZZ" not in os.environ, reason="SANCTIONS_TRACKER_FUZZ names no case")
def test_one_case_replayed() -> None:
    format_id, number = os.environ["SANCTIONS_TRACKER_FUZZ"].split()
    assert outcome(format_id, int(number))


@pytest.mark.long
@pytest.mark.parametrize("format_id", seeds())
def test_thousands_of_damaged_files_are_read_or_refused(format_id: str) -> None:
    found = run(format_id, MANY)
    print(format_id, dict(found))  # noqa: T201  (shown with -s, or where it fails)
    assert found.total() == MANY


def test_the_long_run_is_long_enough() -> None:
    assert MANY * len(seeds()) >= 100_000
