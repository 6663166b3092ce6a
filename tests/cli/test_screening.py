"""The commands that ask, scan, decide and prepare."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

import sanctions_tracker as st
from tests.builders import listed, official_list, target
from tests.cli.test_cli import Capture, run


@pytest.fixture
def one_list(tmp_path: Path) -> str:
    entries = [
        (target("us:1", "Ali Rezaei", country="IR", weak=["The Engineer"]), listed("us:1", "2020-01-01")),
        (target("us:2", "Lockheed Martin"), listed("us:2", "2020-01-01")),
    ]
    file = tmp_path / "list.jsonl"
    st.write(official_list("US", "2025-01-01", entries), file)
    return str(file)


def test_what_is_known_beside_the_name(monkeypatch: pytest.MonkeyPatch, capsys: Capture, one_list: str) -> None:
    asked = ("screen", "Ali Rezaei", "-l", one_list, "--json", "--country", "Iran", "--kind", "vessel")
    assert run(monkeypatch, *asked, "--identifier", "passport=P1234567 (IR)", "--birth", "1975") == 0
    data = json.loads(capsys.readouterr().out)
    assert data["query"]["identifiers"] == [{"type": "passport", "number": "P1234567", "country": "IR"}]
    assert (data["query"]["births"], data["total"]) == (["1975"], 0)
    terms = [term["what"] for term in data["suppressed"][0]["listings"][0]["terms"]]
    assert terms == ["name", "kind_different", "country_same"]


def test_a_policy_from_a_file(monkeypatch: pytest.MonkeyPatch, capsys: Capture, one_list: str, tmp_path: Path) -> None:
    file = tmp_path / "policy.json"
    file.write_text(json.dumps({"weak_aliases_alert": True}))
    assert run(monkeypatch, "screen", "The Engineer", "-l", one_list, "--policy", str(file)) == 0
    assert "1.00" in capsys.readouterr().out
    assert run(monkeypatch, "screen", "The Engineer", "-l", one_list, "--weak-aliases", "--json") == 0
    assert json.loads(capsys.readouterr().out)["total"] == 1
    file.write_text(json.dumps({"treshold": 1}))
    assert run(monkeypatch, "screen", "x", "-l", one_list, "--policy", str(file)) == 2
    assert "there is no field treshold" in capsys.readouterr().err


def test_a_list_grown_old(monkeypatch: pytest.MonkeyPatch, capsys: Capture, one_list: str) -> None:
    assert run(monkeypatch, "screen", "Ali Rezaei", "-l", one_list, "--max-age", "30") == 2
    assert "official is of 2025-01-01" in capsys.readouterr().err


def test_scan_a_file_and_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture, one_list: str, tmp_path: Path
) -> None:
    text = "شركات كبيرة مثل لوكهيد مارتن وغيرها"
    file = tmp_path / "text.txt"
    file.write_text(text, encoding="utf-8")
    assert run(monkeypatch, "scan", str(file), "-l", one_list, "--explain") == 0
    out = capsys.readouterr().out
    assert "16–28" in out
    assert "Lockheed Martin" in out
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert run(monkeypatch, "scan", "-", "-l", one_list, "--json") == 0
    (mention,) = json.loads(capsys.readouterr().out)
    assert (mention["start"], mention["end"], mention["hit"]["target"]) == (16, 28, "us:2")


def test_scan_finds_nothing(monkeypatch: pytest.MonkeyPatch, capsys: Capture, one_list: str, tmp_path: Path) -> None:
    file = tmp_path / "text.txt"
    file.write_text("A quiet day by the river.")
    assert run(monkeypatch, "scan", str(file), "-l", one_list) == 0
    assert "This is no clearance." in capsys.readouterr().out


@pytest.mark.parametrize("content", [None, b"\xff\xfe\xfa"])
def test_a_text_that_cannot_be_read(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture, tmp_path: Path, content: bytes | None
) -> None:
    file = tmp_path / "text.txt"
    if content:
        file.write_bytes(content)
    assert run(monkeypatch, "scan", str(file)) == 2
    assert "text.txt: " in capsys.readouterr().err


def test_a_decision_is_recorded_and_obeyed(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture, one_list: str, tmp_path: Path
) -> None:
    kept = str(tmp_path / "decisions.jsonl")
    said = ("--reason", "born 1990", "--author", "A. Clerk", "--decisions", kept, "--expires", "2099-01-01")
    assert run(monkeypatch, "decide", "Ali Rezaei", "us:1", "false_match", "-l", one_list, *said) == 0
    assert "false_match: 'Ali Rezaei' and us:1 in official, by A. Clerk" in capsys.readouterr().out
    assert run(monkeypatch, "screen", "Ali Rezaei", "-l", one_list, "--decisions", kept) == 0
    assert "decided before to be a false match" in capsys.readouterr().out
    assert run(monkeypatch, "decide", "Ali Rezaei", "us:1", "true_match", "-l", one_list, *said, "--json") == 0
    assert json.loads(capsys.readouterr().out)[0]["outcome"] == "true_match"
    assert len(st.Decisions.load(kept)) == 2


def test_a_decision_on_no_hit(monkeypatch: pytest.MonkeyPatch, capsys: Capture, one_list: str, tmp_path: Path) -> None:
    kept = tmp_path / "decisions.jsonl"
    said = ("--reason", "r", "--author", "a", "--decisions", str(kept))
    assert run(monkeypatch, "decide", "Ali Rezaei", "us:2", "false_match", "-l", one_list, *said) == 2
    assert "no hit on 'us:2' for 'Ali Rezaei'; found: us:1" in capsys.readouterr().err
    assert not kept.exists()


def test_a_prepared_screener_answers_as_the_lists_do(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture, one_list: str, tmp_path: Path
) -> None:
    saved = str(tmp_path / "saved.npz")
    assert run(monkeypatch, "prepare", "-l", one_list, "-o", saved) == 0
    assert "saved 1 list(s), 3 names" in capsys.readouterr().out
    assert run(monkeypatch, "screen", "علي رضائي", "-l", one_list, "--json") == 0
    fresh = capsys.readouterr().out
    assert run(monkeypatch, "screen", "علي رضائي", "--screener", saved, "--json") == 0
    assert capsys.readouterr().out == fresh
    assert run(monkeypatch, "screen", "x", "--screener", saved, "-l", one_list) == 2
    assert "not both" in capsys.readouterr().err


def test_a_policy_that_is_none(monkeypatch: pytest.MonkeyPatch, capsys: Capture, one_list: str, tmp_path: Path) -> None:
    file = tmp_path / "policy.json"
    file.write_text("[1]")
    assert run(monkeypatch, "screen", "x", "-l", one_list, "--policy", str(file)) == 2
    assert "this is no dict" in capsys.readouterr().err
