"""Thresholds against a labelled file, as a person asks for it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

import sanctions_tracker as st
from sanctions_tracker.cli.exits import AT_FAULT, SOME_REJECTED
from tests.builders import listed, official_list, target
from tests.cli.test_cli import run as run_typed

Capture = pytest.CaptureFixture[str]

TABLE = """name,dob,match,target
Reza Kazemi,,yes,1
Riza Kazimi,,TRUE,1
Ruhollah Zzyzx,,yes,2
Ali Karimi,1970,no,
"""


def run(*arguments: object) -> int:
    """The exit code of the command in this process."""
    with pytest.MonkeyPatch.context() as patch:
        return run_typed(patch, "calibrate", *map(str, arguments))


@pytest.fixture(scope="module")
def us_list(tmp_path_factory: pytest.TempPathFactory) -> Path:
    people = [target("1", "Reza Kazemi", country="IR"), target("2", "Hossein Harooni", weak=["The Engineer"])]
    path = tmp_path_factory.mktemp("lists") / "us.jsonl"
    st.write(official_list("US", "2025-11-19", [(one, listed(one.id, "2024-04-23")) for one in people]), path)
    return path


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    path = tmp_path / "labelled.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_the_table_and_the_cases_near_the_line(labelled: Path, us_list: Path, capsys: Capture) -> None:
    assert run(labelled, "--list", us_list) == 0
    captured = capsys.readouterr()
    assert "4 cases; the threshold in use is 0.82" in captured.out
    assert "recall  precision  alerts/1,000" in captured.out
    assert "above 0.82, the nearest first" in captured.out
    assert "row 4: Ruhollah Zzyzx" in captured.out
    assert captured.err == ""


def test_as_json(labelled: Path, us_list: Path, capsys: Capture) -> None:
    options = ("--json", "--from", "0.7", "--step", "0.1", "--threshold", "0.85", "--flips", "0.75", "0.95")
    assert run(labelled, "--list", us_list, *options) == 0
    data = json.loads(capsys.readouterr().out)
    assert [one["threshold"] for one in data["levels"]] == [0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0]
    assert data["levels"][-1]["misses"] in {1, 2}
    assert (data["threshold"], data["queries"]) == (0.85, 4)


def test_the_cases_that_turn(labelled: Path, us_list: Path, capsys: Capture) -> None:
    labelled.write_text("name,match\nReza Kazemi Moghaddam,no\nReza Kazemi,yes\n")
    assert run(labelled, "--list", us_list, "--near", "0", "--flips", "0.6", "1") == 0
    heading, *turned = capsys.readouterr().out.partition("reached at 0.6 and not at 1")[2].splitlines()
    assert heading == ""
    assert [line.split("row")[1] for line in turned] == [" 2: Reza Kazemi Moghaddam, 1"]


def test_rejected_rows_are_told_with_their_numbers(labelled: Path, us_list: Path, capsys: Capture) -> None:
    with labelled.open("ab") as file:
        file.write(b",,yes,\nAli,,perhaps,\nAli\nAl\xffi,,no,\n")
    assert run(labelled, "--list", us_list) == SOME_REJECTED
    captured = capsys.readouterr()
    assert "4 cases" in captured.out
    assert "4 row(s) could not be read and are not counted" in captured.out
    assert [line.split(":")[1] for line in captured.err.splitlines()] == [f" row {number}" for number in (6, 7, 8, 9)]


def test_a_chart(labelled: Path, us_list: Path, tmp_path: Path) -> None:
    assert run(labelled, "--list", us_list, "--plot", tmp_path / "c.svg") == 0
    assert (tmp_path / "c.svg").read_text().startswith("<svg")


def test_columns_by_other_headings(us_list: Path, tmp_path: Path, capsys: Capture) -> None:
    file = tmp_path / "labelled.csv"
    file.write_text("Kunde;Treffer;Umsatz\nReza Kazemi;1;5\nZzyzx;0;6\n")
    named = ("--column", "name=Kunde", "--column", "match=Treffer", "--ignore-columns")
    assert run(file, "--list", us_list, "--json", *named) == 0
    assert [one["match"] for one in json.loads(capsys.readouterr().out)["cases"]] == [True, False]


@pytest.mark.parametrize(
    ("table", "options", "message"),
    [
        ("name\nAli\n", (), "no heading match"),
        ("name,match\n", (), "no case to calibrate by"),
        ("name,match\nAli,perhaps\n", (), "1 row(s) could not be read"),
        ("", (), "no headings and no rows"),
        ("name,match,colour\nAli,no,red\n", (), "unknown heading(s) 'colour'"),
        (TABLE, ("--from", "0"), "above 0 and at most 1"),
        (TABLE, ("--flips", "0.9", "0.8"), "the first threshold is below the second"),
        (TABLE, ("--plot", "c.pdf"), "saved as .html, .svg, .png"),
        (TABLE, ("--threshold", "7"), "above 0 and at most 1"),
        (TABLE, ("--decisions", "none.jsonl"), "no such file of decisions"),
    ],
)
def test_a_question_at_fault(
    us_list: Path, tmp_path: Path, capsys: Capture, table: str, options: tuple[str, ...], message: str
) -> None:
    file = tmp_path / "labelled.csv"
    file.write_text(table)
    assert run(file, "--list", us_list, *options) == AT_FAULT
    captured = capsys.readouterr()
    assert captured.out == ""
    assert message in " ".join("".join(c for c in captured.err if c not in "│╭╮╰╯─").split())


def test_no_such_file(us_list: Path, tmp_path: Path, capsys: Capture) -> None:
    assert run(tmp_path / "none.csv", "--list", us_list) == AT_FAULT
    assert "none.csv: no such file" in capsys.readouterr().err


def test_without_charts_it_is_told_before_the_search(
    labelled: Path, us_list: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "altair", None)
    assert run(labelled, "--list", us_list, "--plot", "c.html") == AT_FAULT
    captured = capsys.readouterr()
    assert "pip install 'sanctions-tracker[report]'" in captured.err
    assert captured.out == ""
