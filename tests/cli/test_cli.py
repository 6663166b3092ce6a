"""The commands as a person types them."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

import sanctions_tracker as st
from sanctions_tracker import cli
from sanctions_tracker.cli.display import shown
from sanctions_tracker.codec import json_lines
from sanctions_tracker.model.vocabulary import TargetKind
from tests.builders import listed, official_list, target

Capture = pytest.CaptureFixture[str]


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """The exit code of the command line in this process."""
    monkeypatch.setattr(sys, "argv", ["sanctions-tracker", *arguments])
    try:
        return cli.main()
    except SystemExit as leaving:
        return int(leaving.code or 0)


@pytest.fixture
def us_list(tmp_path: Path) -> Path:
    """A US list of the day 2024-04-23, in the library's own format."""
    people = ["Alireza Shafie Nasab", "Reza Kazemifar Rahman", "Hosein Mohammad Haruni", "Komeil Baradaran Salmani"]
    firms = ["Mehrsam Andisheh Saz Nik", "Dadeh Afzar Arman"]
    targets = [target(f"us:{n}", name, country="IR") for n, name in enumerate(people)]
    targets += [target(f"us:f{n}", name, kind=TargetKind.ENTITY, country="IR") for n, name in enumerate(firms)]
    one = official_list("US", "2025-11-19", [(t, listed(t.id, "2024-04-23", "IRGC")) for t in targets])
    path = tmp_path / "us.jsonl"
    path.write_text("\n".join(json_lines(one)), encoding="utf-8")
    return path


def test_reconcile(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    assert run(monkeypatch, "reconcile", "IR", "US") == 0
    out = capsys.readouterr().out
    assert "Iran ⇄ United States" in out
    assert "43 persons, 16 entities" in out
    assert "no cause is claimed" in out
    assert "\x1b[" not in out
    assert "http" not in out


def test_reconcile_with_sources(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    assert run(monkeypatch, "reconcile", "IR", "US", "--sources") == 0
    assert "https://" in capsys.readouterr().out


def test_reconcile_json(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    assert run(monkeypatch, "reconcile", "iran", "US", "--json", "--as-of", "2020-01-01", "--window", "5") == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["left"], data["right"], data["as_of"], data["window_days"]) == ("IR", "US", "2020-01-01", 5)


def test_screen(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    assert run(monkeypatch, "screen", "لوكهيد مارتن") == 0
    out = capsys.readouterr().out
    assert "\u2068لوكهيد مارتن\u2069" in out
    assert "Iran Ministry of Foreign Affairs (Iran)" in out
    assert "2024-05-02" in out


def test_screen_explains(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    assert run(monkeypatch, "screen", "شيفرون", "--explain") == 0
    assert "source: realist-arabi-2024-05 · us-chevron" in capsys.readouterr().out


def test_screen_finds_nothing_and_says_what_that_means(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    assert run(monkeypatch, "screen", "Ruhollah Zzyzx") == 0
    out = capsys.readouterr().out
    assert "This is no clearance" in out
    assert "214 targets" in out


def test_screen_shows_what_is_suppressed_and_what_is_cut(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture, us_list: Path
) -> None:
    assert run(monkeypatch, "screen", "NEDSA") == 0
    assert "weak alias" in capsys.readouterr().out
    assert run(monkeypatch, "screen", "Reza", "--list", str(us_list), "--threshold", "0.2", "--limit", "1") == 0
    assert "more hit(s) not shown" in capsys.readouterr().out


def test_screen_json(monkeypatch: pytest.MonkeyPatch, capsys: Capture, us_list: Path) -> None:
    assert run(monkeypatch, "screen", "حسين هاروني", "--list", str(us_list), "--json") == 0
    data = json.loads(capsys.readouterr().out)
    assert [hit["target"] for hit in data["hits"]] == ["us:2"]
    assert data["searched"][0]["id"] == "official"


def test_verify(monkeypatch: pytest.MonkeyPatch, capsys: Capture, us_list: Path) -> None:
    assert run(monkeypatch, "verify", "us-20240423", "--list", str(us_list), "--strict") == 0
    out = capsys.readouterr().out
    assert "confirmed" in out
    assert "by name" in out
    assert "Hosein Mohammad Haruni" in out


def test_verify_can_fail(monkeypatch: pytest.MonkeyPatch, capsys: Capture, us_list: Path) -> None:
    assert run(monkeypatch, "verify", "us-20240425", "--list", str(us_list), "--strict") == 1
    assert "not in full" in capsys.readouterr().out
    assert run(monkeypatch, "verify", "us-20240425", "--list", str(us_list)) == 0


def test_verify_counts_what_it_cannot_check(monkeypatch: pytest.MonkeyPatch, capsys: Capture, us_list: Path) -> None:
    assert run(monkeypatch, "verify", "--list", str(us_list)) == 0
    assert "could not be checked" in capsys.readouterr().out
    assert run(monkeypatch, "verify", "--list", str(us_list), "--all") == 0
    assert "no list of its sanctioner's country (GB) was given" in " ".join(capsys.readouterr().out.split())


def test_verify_json(monkeypatch: pytest.MonkeyPatch, capsys: Capture, us_list: Path) -> None:
    assert run(monkeypatch, "verify", "us-20240423", "--list", str(us_list), "--json") == 0
    (data,) = json.loads(capsys.readouterr().out)
    assert (data["verdict"], data["by_name"], len(data["found"])) == ("confirmed", True, 6)


def test_compare(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    assert run(monkeypatch, "compare", "Lockheed Martin", "لوكهيد مارتن") == 0
    assert "across scripts" in capsys.readouterr().out
    assert run(monkeypatch, "compare", "Lockheed Martin", "لوكهيد مارتن", "--json") == 0
    assert json.loads(capsys.readouterr().out)["score"] > 0.85


def test_version(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    assert run(monkeypatch, "--version") == 0
    assert capsys.readouterr().out == f"sanctions-tracker {st.__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["reconcile", "IR", "Ruritania"], "unknown country 'Ruritania'"),
        (["reconcile", "IR", "IR"], "IR was given twice"),
        (["screen", "--", "---"], "no letter and no digit"),
        (["screen", "x", "--threshold", "7"], "above 0 and at most 1"),
        (["screen", "x", "--list", "no-such-file.xml"], "no-such-file.xml: no such file"),
        (["verify", "us-1066", "--list", "{us}"], "no action 'us-1066' in bundled"),
        (["compare", "", "x"], "no letter and no digit"),
    ],
)
def test_an_error_is_one_line_and_an_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture, us_list: Path, arguments: list[str], message: str
) -> None:
    given = [str(us_list) if argument == "{us}" else argument for argument in arguments]
    assert run(monkeypatch, *given) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert captured.err.startswith("sanctions-tracker: ")
    assert message in captured.err


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (b"<!DOCTYPE html><html><body>Service unavailable</body></html>", "an HTML page, not a list"),
        (b"name,dob\nAli,1970\n", "of no known format"),
        (
            b'<?xml version="1.0"?><Sanctions xmlns="x/ADVANCED_XML"><DateOfIssue><Year>2025</Ye',
            "malformed or cut short",
        ),
        (
            b'<?xml version="1.0"?><!DOCTYPE Sanctions [<!ENTITY a "b">]><Sanctions xmlns="x/ADVANCED_XML"/>',
            "entities are refused",
        ),
        (b'{"record": "list", "version": 1', "line 1"),
        (b"\x1f\x8b\x08broken", "cut short or damaged"),
    ],
)
def test_a_bad_file_is_one_line_that_names_it(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture, tmp_path: Path, content: bytes, message: str
) -> None:
    path = tmp_path / "given.bin"
    path.write_bytes(content)
    assert run(monkeypatch, "screen", "Harooni", "--list", str(path)) == 2
    captured = capsys.readouterr()
    assert captured.err.count("\n") == 1
    assert captured.err.startswith("sanctions-tracker: given.bin")
    assert message in captured.err


def test_verify_without_a_list_is_a_usage_error(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    assert run(monkeypatch, "verify") == 2
    assert "--list" in capsys.readouterr().err


def test_a_rejected_record_is_told_and_the_rest_goes_on(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture, tmp_path: Path
) -> None:
    lines = [
        '{"record": "list", "version": 1, "id": "x", "title": "", "date": "2025", "format": "", "records_seen": 2}',
        '{"record": "target", "id": "1", "kind": "person", "names": [{"text": "Ali Rezaei"}]}',
        '{"record": "rejected", "origin": {"source": "x", "record": "2", "locator": "row 7"}, "reason": "no name"}',
    ]
    path = tmp_path / "x.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert run(monkeypatch, "screen", "Ali Rezaei", "--list", str(path)) == 0
    captured = capsys.readouterr()
    assert "row 7: no name" in captured.err
    assert "1.00" in captured.out


def test_without_the_extra_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.setitem(sys.modules, "typer", None)
    for name in [name for name in sys.modules if name.startswith("sanctions_tracker.cli.")]:
        monkeypatch.delitem(sys.modules, name)
    assert run(monkeypatch, "reconcile", "IR", "US") == 2
    assert "pip install 'sanctions-tracker[cli]'" in capsys.readouterr().err


def test_a_reader_that_stops_early_causes_no_traceback() -> None:
    command = [sys.executable, "-c", "import sys; from sanctions_tracker.cli import main; sys.exit(main())"]
    with subprocess.Popen(
        [*command, "reconcile", "IR", "US", "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()


def test_a_timeline_of_nothing_says_of_whom_nothing_is_known(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    assert run(monkeypatch, "timeline", "IR", "BR") == 0
    out = capsys.readouterr().out
    assert "Iran → Brazil: no announcement on the lists given" in out
    assert "Brazil → Iran: unknown: no list given holds its sanctions" in out


def test_persian_names_keep_the_sign_that_they_are_spelt_with() -> None:
    assert shown("نیروی دریایی می\u200cرود\u202e") == "\u2068نیروی دریایی می\u200cرود\u2069"


def test_timeline(monkeypatch: pytest.MonkeyPatch, capsys: Capture, tmp_path: Path) -> None:
    assert run(monkeypatch, "timeline", "IR", "GB", "-o", str(tmp_path / "x.csv")) == 0
    out = capsys.readouterr().out
    assert "gb-20221010, 9 days: stated" in out
    assert "gb-20240418, 14 days: inferred" in out
    assert (tmp_path / "x.csv").read_text("utf-8").startswith("date,by,on,action")
    assert run(monkeypatch, "timeline", "IR", "GB", "--json") == 0
    moments = json.loads(capsys.readouterr().out)
    assert [one["date"] for one in moments] == sorted(one["date"] for one in moments)


def test_a_coalition_of_nobody_says_so(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    assert run(monkeypatch, "coalition", "--against", "JP") == 0
    out = capsys.readouterr().out
    assert "no list given holds any" in out
    assert "Overlap" not in out


def test_coalition(monkeypatch: pytest.MonkeyPatch, capsys: Capture, tmp_path: Path) -> None:
    assert run(monkeypatch, "coalition", "--against", "Iran", "--rows", "1", "-o", str(tmp_path / "x.gexf")) == 0
    out = capsys.readouterr().out
    assert "Parties of Iran" in out
    assert "not as far as the data set tells" in out
    assert "more" in out
    assert (tmp_path / "x.gexf").read_text("utf-8").startswith("<?xml")
    assert run(monkeypatch, "coalition", "--against", "IR", "--json") == 0
    assert json.loads(capsys.readouterr().out)["against"] == "IR"


def test_a_result_goes_into_a_file(monkeypatch: pytest.MonkeyPatch, capsys: Capture, tmp_path: Path) -> None:
    assert run(monkeypatch, "reconcile", "IR", "US", "-o", str(tmp_path / "x.graphml")) == 0
    assert "Like for like" in capsys.readouterr().out
    assert "graphml" in (tmp_path / "x.graphml").read_text("utf-8")


@pytest.mark.parametrize(
    "command", [["reconcile", "IR", "US"], ["timeline", "IR", "US"], ["coalition", "--against", "IR"]]
)
def test_another_ending_is_refused(monkeypatch: pytest.MonkeyPatch, capsys: Capture, command: list[str]) -> None:
    assert run(monkeypatch, *command, "-o", "x.docx") == 2
    assert ".gexf" in capsys.readouterr().err


def test_official_lists_name_what_the_bundled_set_counts(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture, us_list: Path
) -> None:
    assert run(monkeypatch, "reconcile", "IR", "US", "--list", str(us_list), "--bundled", "--json") == 0
    verified = json.loads(capsys.readouterr().out)["verifications"]
    assert {one["action"]: one["verdict"] for one in verified}["us-20240423"] == "confirmed"


def test_verify_writes_the_entries_found(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture, us_list: Path, tmp_path: Path
) -> None:
    out = tmp_path / "x.csv"
    assert run(monkeypatch, "verify", "us-20240423", "us-20240425", "--list", str(us_list), "-o", str(out)) == 0
    capsys.readouterr()
    found = list(csv.DictReader(out.read_text("utf-8").splitlines()))
    assert [row["verdict"] for row in found if row["action"] == "us-20240423"] == ["confirmed"] * 6
    assert [(row["verdict"], row["entry"]) for row in found if row["action"] == "us-20240425"] == [("not in full", "")]
    assert run(monkeypatch, "verify", "us-20240423", "--list", str(us_list), "-o", str(tmp_path / "x.gexf")) == 2
    assert not (tmp_path / "x.gexf").exists()
