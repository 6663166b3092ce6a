"""Streaming: the entries one by one, and the same list as a whole."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

import sanctions_tracker as st
from sanctions_tracker.errors import ModelError, RejectedRecordsError, UnknownFormatError
from sanctions_tracker.model import Measure, Name, Note, Origin, PartialDate, RejectedRecord, Source, Target
from sanctions_tracker.model.vocabulary import MeasureKind, TargetKind
from sanctions_tracker.sources import Document, Entry, Heading, ListFormat, ListSource, Part, Registry

#: What became of the lines that were asked for.
_asked: list[str] = []


def _parse(document: Document) -> Iterator[Part]:
    """A line a party: an id and a name; ``!`` cannot be read, ``#`` is a remark, ``@`` a date at the end."""
    heading = Heading.of(Source("toy", title="Toy list"))
    yield heading
    for number, line in enumerate(io.TextIOWrapper(document.stream, encoding="utf-8"), 1):
        _asked.append(line)
        if line.startswith("TOY"):
            continue
        if line.startswith("!"):
            yield RejectedRecord(Origin("toy", "", f"line {number}"), "cannot be read")
        elif line.startswith("#"):
            yield Note(line.strip("# \n"))
        elif line.startswith("@"):
            yield Heading.of(Source("toy", title="Toy list", published=PartialDate(line.strip("@ \n"))))
        else:
            yield _entry(line, number)


def _entry(line: str, number: int) -> Entry:
    identity, name = line.split(maxsplit=1)
    origin = Origin("toy", identity, f"line {number}")
    target = Target(f"toy:{identity}", TargetKind.PERSON, (Name(name.strip()),), origin=origin)
    measure = Measure(f"toy:{identity}/1", "toy", target.id, MeasureKind.ASSET_FREEZE)
    return Entry(target, (measure,), (Note(f"of {identity}", origin),))


def _is_toy(document: Document) -> bool:
    return document.head.startswith(b"TOY")


REGISTRY = Registry((ListSource("toy", "Toy", None, (ListFormat("toy-lines", "Toy lines", _is_toy, _parse),)),))
LINES = b"TOY\n1 Ann\n# a remark\n!\n2 Bob\n@ 2026-01-02\n"


def test_a_stream_hands_on_one_entry_at_a_time() -> None:
    _asked.clear()
    with st.stream(b"TOY\n1 Ann\n2 Bob\n3 Eve\n", registry=REGISTRY) as records:
        assert next(records).target.name == "Ann"
        assert [line.strip() for line in _asked] == ["TOY", "1 Ann"]
        assert [entry.target.name for entry in records] == ["Bob", "Eve"]


def test_what_is_no_entry_gathers() -> None:
    with st.stream(LINES, registry=REGISTRY, on_rejected="collect") as records:
        first = records.heading
        assert (first.title, first.date) == ("Toy list", None)
        assert [entry.target.id for entry in records] == ["toy:1", "toy:2"]
        assert [record.origin.locator for record in records.rejected] == ["line 4"]
        assert [note.text for note in records.notes] == ["a remark"]
        assert records.records_seen == 3
        assert records.heading.date == PartialDate("2026-01-02")
        assert len(records.heading.sources[0].sha256) == 64


def test_the_heading_can_be_asked_for_before_any_entry() -> None:
    with st.stream(LINES, registry=REGISTRY, on_rejected="collect") as records:
        assert records.heading.id == "toy"
        assert len(list(records)) == 2


def test_a_record_that_cannot_be_read_stops_the_stream_where_it_stands() -> None:
    with st.stream(LINES, registry=REGISTRY) as records:
        assert next(records).target.name == "Ann"
        with pytest.raises(RejectedRecordsError) as caught:
            next(records)
    assert caught.value.rejected == (RejectedRecord(Origin("toy", "", "line 4"), "cannot be read"),)


def test_reading_is_streaming_to_the_end() -> None:
    whole = st.read(LINES, registry=REGISTRY, on_rejected="collect")
    with st.stream(LINES, registry=REGISTRY, on_rejected="collect") as records:
        entries = list(records)
    assert whole.targets == tuple(entry.target for entry in entries)
    assert whole.measures == tuple(measure for entry in entries for measure in entry.measures)
    assert whole.notes == (*(note for entry in entries for note in entry.notes), *records.notes)
    assert (whole.rejected, whole.records_seen) == (tuple(records.rejected), records.records_seen)
    assert (whole.sources, whole.date, whole.format) == (records.heading.sources, records.heading.date, "toy-lines")


def test_a_second_record_of_one_id_is_rejected_not_dropped() -> None:
    whole = st.read(b"TOY\n1 Ann\n1 Ann Other\n", registry=REGISTRY, on_rejected="collect")
    assert [target.name for target in whole.targets] == ["Ann"]
    assert whole.rejected == (
        RejectedRecord(Origin("toy", "1", "line 3"), "a second record with the id toy:1: Ann Other"),
    )
    assert whole.records_seen == 2


def test_a_list_of_this_library_streams_as_it_was_written(tmp_path: Path) -> None:
    whole = st.read(LINES, registry=REGISTRY, on_rejected="collect")
    st.write(whole, tmp_path / "list.jsonl")
    assert st.read(tmp_path / "list.jsonl", on_rejected="collect") == whole
    with st.stream(tmp_path / "list.jsonl", on_rejected="collect") as records:
        assert tuple(entry.target for entry in records) == whole.targets
        assert records.heading.sources == whole.sources


def test_measures_of_one_id_do_not_make_a_list() -> None:
    def parse(_document: Document) -> Iterator[Part]:
        yield Heading("toy")
        first = _entry("1 Ann", 1)
        second = _entry("2 Bob", 2)
        yield first
        yield Entry(second.target, first.measures)

    registry = Registry((ListSource("toy", "Toy", None, (ListFormat("toy", "Toy", _is_toy, parse),)),))
    with pytest.raises(ModelError):
        st.read(b"TOY", registry=registry)


def test_a_reader_may_give_the_whole_list_at_once() -> None:
    whole = st.bundled()
    registry = Registry(
        (ListSource("toy", "Toy", None, (ListFormat("toy", "Toy", _is_toy, lambda _document: iter((whole,))),)),)
    )
    assert st.read(b"TOY", registry=registry) is whole
    with st.stream(b"TOY", registry=registry) as records:
        assert tuple(entry.target for entry in records) == whole.targets
        assert tuple(records.actions) == whole.actions


def test_an_unknown_format_is_told_before_the_first_entry() -> None:
    with pytest.raises(UnknownFormatError):
        st.stream(b"neither this nor that", registry=REGISTRY)
