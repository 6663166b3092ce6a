"""The command ``read``, and the counts that it shows. All parties are invented."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import attrs
import pytest
from hypothesis import given, settings

import sanctions_tracker as st
from sanctions_tracker import model
from sanctions_tracker.cli.reading import _percent
from sanctions_tracker.codec import json_lines
from sanctions_tracker.model import Note, Origin, PartialDate, RejectedRecord, SanctionsList, Source
from sanctions_tracker.model.vocabulary import EventKind, IdentifierType, TargetKind
from sanctions_tracker.sources.summary import EXAMPLES, Fill, Remarks, Span, class_of, summarise
from tests import strategies
from tests.builders import listed, official_list, target
from tests.cli.test_cli import run

Capture = pytest.CaptureFixture[str]

PEOPLE = [
    attrs.evolve(
        target("xx:1", "Kamyar Darvandi", "کامیار دروندی", country="IR", weak=("Kam",)),
        births=(model.Birth(PartialDate("1975")), model.Birth(place="Shiraz")),
        identifiers=(
            model.Identifier(IdentifierType.PASSPORT, "A1"),
            model.Identifier(IdentifierType.PASSPORT, "A2"),
            model.Identifier(IdentifierType.TAX_ID, "7"),
        ),
    ),
    target("xx:2", "Ordak Works", kind=TargetKind.COMPANY),
    target("xx:3", "Mehrak Zandi"),
]
LIST = attrs.evolve(
    official_list(
        "GB", "2024-06-01", [(one, listed(one.id, f"2024-0{place}-18")) for place, one in enumerate(PEOPLE, 4)]
    ),
    title="A list [bold] of tests",
    format="xx-format",
    sources=(Source("xx", sha256="ab" * 32), Source("page")),
    rejected=(RejectedRecord(Origin("xx", "9", "row 9"), "no name in row 9"),),
    notes=(
        *(
            Note(f"a date that cannot be read: {text!r}", Origin("xx", "1", "row 2", text))
            for text in ("soon", "later", "never", "perhaps")
        ),
        Note("an odd remark"),
    ),
    records_seen=4,
)


@pytest.fixture
def list_file(tmp_path: Path) -> Path:
    path = tmp_path / "list.jsonl"
    path.write_text("\n".join(json_lines(LIST)), encoding="utf-8")
    return path


def test_the_counts_of_a_list() -> None:
    summary = summarise(LIST)
    assert (summary.records_seen, summary.targets, summary.rejected) == (4, 3, 1)
    assert summary.parties == {"person": 2, "company": 1}
    assert summary.names == {"Latn": {"strong": 3, "weak": 1}, "Arab": {"strong": 1}}
    filled = {fill.field: fill for fill in summary.filled}
    assert filled["births"] == Fill("births", 1, 1 / 3)
    assert (filled["birth dates"].targets, filled["birth places"].targets, filled["countries"].targets) == (1, 1, 1)
    assert filled["positions"] == Fill("positions", 0, 0.0)
    assert summary.identified == (Fill("passport", 1, 1 / 3), Fill("tax_id", 1, 1 / 3))
    assert summary.measures == {"asset_freeze": 3}
    assert summary.spans == (Span(EventKind.LISTED, 3, PartialDate("2024-04-18"), PartialDate("2024-06-18")),)
    assert summary.sources == {"xx": "ab" * 32, "page": ""}
    assert summary.rejections == (Remarks("no name in row …", 1, ("xx · 9 · row 9: no name in row 9",)),)
    assert [(one.what, one.count, len(one.examples)) for one in summary.notes] == [
        ("a date that cannot be read", 4, EXAMPLES),
        ("an odd remark", 1, 1),
    ]


def test_an_empty_list_has_no_share_to_divide() -> None:
    summary = summarise(SanctionsList("empty"))
    assert all(fill.share == 0 for fill in summary.filled)
    assert (summary.spans, summary.notes, summary.names) == ((), (), {})


def test_actions_are_counted_and_dated() -> None:
    summary = summarise(st.bundled())
    assert summary.actions == len(st.bundled().actions)
    assert summary.spans[-1].kind == "action"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("unknown code: 'x: y'", "unknown code"),
        ("row 12 has 3 cells", "row … has … cells"),
        ("the word 'x' is unknown", "the word … is unknown"),
        ("", ""),
    ],
)
def test_the_class_of_a_note(text: str, what: str) -> None:
    assert class_of(text) == what


@given(strategies.sanctions_lists())
@settings(max_examples=40)
def test_the_counts_add_up(one: SanctionsList) -> None:
    summary = summarise(one)
    assert sum(summary.parties.values()) == summary.targets == len(one.targets)
    assert sum(sum(counts.values()) for counts in summary.names.values()) == sum(len(t.names) for t in one.targets)
    assert sum(remarks.count for remarks in summary.notes) == len(one.notes)
    assert all(0 <= fill.share <= 1 for fill in (*summary.filled, *summary.identified))
    json.dumps(summary.to_json())


def test_read_shows_what_a_list_holds(monkeypatch: pytest.MonkeyPatch, capsys: Capture, list_file: Path) -> None:
    assert run(monkeypatch, "read", str(list_file)) == 0
    shown = capsys.readouterr()
    for words in (
        "A list [bold] of tests",
        "of 2024-06-01; format xx-format",
        "sha256 " + "ab" * 32 + " (xx)",
        "4 records seen = 3 targets + 1 rejected",
        "33.3%",
        "asset freeze",
        "1 rejected records",
        "4 × a date that cannot be read",
        "'soon'",
    ):
        assert words in shown.out
    assert "'perhaps'" not in shown.out
    assert "not read: xx · 9 · row 9" in shown.err
    assert "\x1b[" not in shown.out


@pytest.mark.parametrize(
    ("targets", "of", "shown"), [(0, 9, "0.0%"), (1, 5000, "<0.1%"), (4999, 5000, "99.9%"), (9, 9, "100.0%")]
)
def test_a_share_is_not_rounded_to_all_or_none(targets: int, of: int, shown: str) -> None:
    assert _percent(Fill("x", targets, targets / of)) == shown


def test_read_shows_every_note_where_asked(monkeypatch: pytest.MonkeyPatch, capsys: Capture, list_file: Path) -> None:
    assert run(monkeypatch, "read", str(list_file), "--notes") == 0
    assert "'perhaps'" in capsys.readouterr().out
    assert run(monkeypatch, "read", str(list_file), "--notes", "--json") == 0
    data = json.loads(capsys.readouterr().out)
    assert (len(data["all_notes"]), len(data["all_rejected"])) == (5, 1)


def test_read_json(monkeypatch: pytest.MonkeyPatch, capsys: Capture, list_file: Path) -> None:
    assert run(monkeypatch, "read", str(list_file), "--json") == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["targets"], data["date"], data["sources"]["xx"]) == (3, "2024-06-01", "ab" * 32)
    assert data["names"]["Arab"] == {"strong": 1}
    assert data["notes"][0]["count"] == 4
    assert {"field": "positions", "targets": 0, "share": 0.0} in data["filled"]
    assert run(monkeypatch, "read", str(list_file), str(list_file), "--json") == 0
    assert [one["id"] for one in json.loads(capsys.readouterr().out)] == ["official", "official"]


def test_read_without_a_file_shows_the_bundled_data_set(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    assert run(monkeypatch, "read") == 0
    out = capsys.readouterr().out
    assert "214 targets" in out
    assert "no rejected records" in out


@pytest.mark.parametrize(
    ("name", "more"), [("out.jsonl", []), ("out.ftm.json", []), ("out.csv", []), ("out.txt", ["--format", "csv"])]
)
def test_read_converts(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture, list_file: Path, tmp_path: Path, name: str, more: list[str]
) -> None:
    out = tmp_path / name
    assert run(monkeypatch, "read", str(list_file), "-o", str(out), *more) == 0
    shown = capsys.readouterr()
    assert shown.out == ""
    assert f"3 targets written to {out}" in shown.err
    text = out.read_text(encoding="utf-8")
    if name.endswith(".jsonl"):
        assert st.read(out, on_rejected="collect") == LIST
    elif name.endswith(".json"):
        assert json.loads(text.splitlines()[0])["caption"] == "Kamyar Darvandi"
    else:
        assert len(list(csv.DictReader(text.splitlines()))) == 3


def test_read_converts_to_standard_output(monkeypatch: pytest.MonkeyPatch, capsys: Capture, list_file: Path) -> None:
    assert run(monkeypatch, "read", str(list_file), "-o", "-", "--format", "csv") == 0
    assert capsys.readouterr().out.splitlines()[1].startswith("xx:1,person,Kamyar Darvandi,")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["{list}", "--format", "csv"], "a format is for the output"),
        (["{list}", "{list}", "-o", "x.csv"], "one list at a time"),
        (["{list}", "-o", "x.txt"], "ends in .jsonl"),
        (["{list}", "-o", "x.csv", "--format", "xml"], "expected one of jsonl, ftm, csv"),
        (["no-such-file.xml"], "no such file"),
        (["{list}", "-o", "{list}/x.csv"], "cannot be written"),
    ],
)
def test_what_read_refuses(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture, list_file: Path, arguments: list[str], message: str
) -> None:
    assert run(monkeypatch, "read", *(one.format(list=list_file) for one in arguments)) == 2
    assert message in " ".join(capsys.readouterr().err.split())
