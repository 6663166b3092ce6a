"""A file of names against the lists: nothing lost, nothing half-written, and the same bytes in one go or in many."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as hs
from rich.console import Console

import sanctions_tracker as st
from sanctions_tracker.cli import journal, screening_file, screening_run
from sanctions_tracker.cli.exits import AT_FAULT, SOME_REJECTED
from sanctions_tracker.cli.hit_table import COLUMNS
from sanctions_tracker.cli.rows import Rows
from sanctions_tracker.screening.decisions import record
from tests.builders import listed, official_list, target
from tests.cli.test_cli import run as run_typed

Capture = pytest.CaptureFixture[str]
Patch = pytest.MonkeyPatch

TABLE = """id,name,dob,country
a1,Hossein Harooni,,IR
a2,Ruhollah Zzyzx,1970,
a3,The Engineer,,
a4,,1970,
a5,Reza Kazemi,31/12/1970,
a6,"Kazemi, Reza",,IR
a7,too,few
a8,NEDSA,,
a9,حسین هارونی,,
"""


def run(*arguments: object) -> int:
    """The exit code of the command in this process."""
    with pytest.MonkeyPatch.context() as patch:
        return run_typed(patch, "screen-file", *map(str, arguments))


@pytest.fixture(scope="module")
def us_list(tmp_path_factory: pytest.TempPathFactory) -> Path:
    people = [
        target("1", "Hosein Mohammad Haruni", "Hossein Harooni", country="IR", weak=["The Engineer"]),
        target("2", "Reza Kazemi", country="IR"),
        target("3", "Islamic Revolutionary Guard Corps Navy", country="IR", weak=["NEDSA"]),
    ]
    path = tmp_path_factory.mktemp("lists") / "us.jsonl"
    st.write(official_list("US", "2025-11-19", [(one, listed(one.id, "2024-04-23", "IRGC")) for one in people]), path)
    return path


@pytest.fixture
def names(tmp_path: Path) -> Path:
    path = tmp_path / "names.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


@pytest.fixture
def screened(us_list: Path, tmp_path: Path) -> Callable[..., tuple[int, list[dict[str, str]]]]:
    """Screens a table, and gives the exit code and the rows of the output."""

    def screen(table: str | bytes, *options: object) -> tuple[int, list[dict[str, str]]]:
        file, output = tmp_path / "given.csv", tmp_path / "hits.csv"
        file.write_bytes(table if isinstance(table, bytes) else table.encode())
        code = run(file, "-o", output, "--list", us_list, *options)
        return code, _table(output) if output.exists() else []

    return screen


def _table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8"), newline="")))


def _rejected(path: Path) -> list[dict[str, str]]:
    return _table(path.with_name(f"{path.name}.rejected.csv"))


def _left(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_every_row_comes_to_something(names: Path, us_list: Path, tmp_path: Path, capsys: Capture) -> None:
    output = tmp_path / "hits.csv"
    assert run(names, "-o", output, "--list", us_list) == SOME_REJECTED
    found = _table(output)
    assert [(row["row"], row["reference"], row["result"], row["rank"], row["target"]) for row in found] == [
        ("2", "a1", "alert", "1", "1"),
        ("3", "a2", "nothing found", "0", ""),
        ("4", "a3", "suppressed", "1", "1"),
        ("5", "", "not screened", "0", ""),
        ("6", "", "not screened", "0", ""),
        ("7", "a6", "alert", "1", "2"),
        ("8", "", "not screened", "0", ""),
        ("9", "a8", "suppressed", "1", "3"),
        ("10", "a9", "alert", "1", "1"),
    ]
    assert tuple(found[0]) == COLUMNS
    hit = found[0]
    assert (hit["score"], hit["listed_name"], hit["party"]) == ("1.000000", "Hossein Harooni", "Hosein Mohammad Haruni")
    assert (hit["name_kind"], hit["name_strength"], hit["kind"]) == ("alias", "strong", "person")
    assert (hit["sanctioners"], hit["programmes"], hit["since"]) == ("A body (United States)", "IRGC", "2024-04-23")
    assert (hit["status"], hit["suppressed"], found[2]["suppressed"]) == ("in_force", "", "weak_alias")
    assert "name 1.00: 'Hossein Harooni', listed 'Hossein Harooni'; country same" in hit["explanation"]
    assert "no clearance" in found[1]["explanation"]
    refused = _rejected(output)
    assert [(row["row"], row["text"]) for row in refused] == [
        ("5", "a4,,1970,"),
        ("6", "a5,Reza Kazemi,31/12/1970,"),
        ("8", "a7,too,few"),
    ]
    told = capsys.readouterr().err
    assert "rejected: row 5: a query needs a name" in told
    assert (
        "9 rows: 3 with an alert, 2 with suppressed hits alone, 1 with nothing at or above 0.82 (no clearance), 3"
        in told
    )
    assert "\x1b[" not in told
    assert _left(tmp_path) == {"names.csv", "hits.csv", "hits.csv.rejected.csv"}


def test_json_lines(names: Path, us_list: Path, tmp_path: Path) -> None:
    output = tmp_path / "hits.jsonl"
    assert run(names, "-o", output, "--list", us_list, "--rejected", tmp_path / "bad.csv") == SOME_REJECTED
    lines = [json.loads(line) for line in output.read_text("utf-8").splitlines()]
    assert [line["row"] for line in lines] == list(range(2, 11))
    screening = st.Screener(st.read(us_list), st.Policy(max_age_days=None)).screen(
        {"id": "a1", "name": "Hossein Harooni", "country": "IR"}
    )
    assert lines[0] == json.loads(json.dumps({"row": 2, **screening.to_json()}))
    assert lines[3] == {"row": 5, "line": 5, "rejected": "a query needs a name"}
    assert len(_table(tmp_path / "bad.csv")) == 3


def test_all_good_is_exit_code_0(screened: Callable[..., Any], tmp_path: Path) -> None:
    code, found = screened("name\nReza Kazemi\n")
    assert (code, len(found)) == (0, 1)
    assert (tmp_path / "hits.csv.rejected.csv").read_text() == "row,line,reason,text\n"


class _StopsAt:
    """Stops the run at a search, as a person or the system would."""

    def __init__(self, patch: Patch, at: int, stop: type[BaseException] = KeyboardInterrupt) -> None:
        searches, search = 0, st.Screener.screen

        def stopping(screener: st.Screener, query: Any, **options: Any) -> st.Screening:
            nonlocal searches
            searches += 1
            if searches == at:
                raise stop
            return search(screener, query, **options)

        patch.setattr(st.Screener, "screen", stopping)


def _digests(output: Path) -> list[str]:
    refused = output.with_name(f"{output.name}.rejected.csv")
    return [hashlib.sha256(path.read_bytes()).hexdigest() for path in (output, refused)]


@given(
    stops=hs.lists(hs.integers(1, 9), min_size=1, max_size=4),
    every=hs.integers(1, 4),
    ending=hs.sampled_from(["csv", "jsonl"]),
    torn=hs.binary(max_size=5),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_stopped_anywhere_and_gone_on_with_gives_the_same_bytes(
    names: Path, us_list: Path, tmp_path: Path, stops: list[int], every: int, ending: str, torn: bytes
) -> None:
    whole, output = tmp_path / f"whole.{ending}", tmp_path / f"hits.{ending}"
    options = ("--list", us_list, "--as-of", "2025-01-01")
    assert run(names, "-o", whole, *options) == SOME_REJECTED
    output.unlink(missing_ok=True)
    for stop in stops:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(screening_run, "COMMIT_EVERY", every)
            _StopsAt(patch, stop)
            code = run(names, "-o", output, *options, "--resume")
        if code == SOME_REJECTED:
            break
        assert not output.exists()
        for part in tmp_path.glob(f"hits.{ending}*.part"):
            with part.open("ab") as file:  # what the system wrote behind the last entry of the journal
                file.write(torn)
    assert run(names, "-o", output, *options, "--resume") == SOME_REJECTED
    assert _digests(output) == _digests(whole)
    assert not list(tmp_path.glob("*.part*"))


def test_a_run_that_goes_on_searches_no_row_twice(
    names: Path, us_list: Path, tmp_path: Path, monkeypatch: Patch, capsys: Capture
) -> None:
    monkeypatch.setattr(screening_run, "COMMIT_EVERY", 1)
    output = tmp_path / "hits.csv"
    with pytest.MonkeyPatch.context() as patch:
        _StopsAt(patch, 3)
        assert run(names, "-o", output, "--list", us_list) not in {0, SOME_REJECTED}
    assert "up to row 3 is kept, and --resume goes on from there" in capsys.readouterr().err
    asked: list[str] = []
    search = st.Screener.screen

    def noting(screener: st.Screener, query: Any, **options: Any) -> st.Screening:
        asked.append(query["id"])
        return search(screener, query, **options)

    monkeypatch.setattr(st.Screener, "screen", noting)
    assert run(names, "-o", output, "--list", us_list, "--resume") == SOME_REJECTED
    assert asked == ["a3", "a4", "a5", "a6", "a8", "a9"]


@pytest.fixture
def stopped(names: Path, us_list: Path, tmp_path: Path) -> Path:
    """The output of a run that stopped behind row 4."""
    output = tmp_path / "hits.csv"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(screening_run, "COMMIT_EVERY", 1)
        _StopsAt(patch, 4)
        run(names, "-o", output, "--list", us_list)
    assert output.with_name("hits.csv.part").exists()
    return output


def test_a_run_before_is_not_overwritten_unasked(names: Path, us_list: Path, stopped: Path, capsys: Capture) -> None:
    assert run(names, "-o", stopped, "--list", us_list) == AT_FAULT
    assert "--resume to go on, --restart to begin anew" in capsys.readouterr().err
    assert run(names, "-o", stopped, "--list", us_list, "--restart") == SOME_REJECTED
    assert len(_table(stopped)) == 9


@pytest.mark.parametrize(
    ("change", "options", "what"),
    [
        ("input", (), "the input"),
        ("list", (), "the lists"),
        ("", ("--threshold", "0.9"), "the policy"),
        ("", ("--as-of", "2020-01-01"), "the day asked about"),
        ("", ("--safe-cells",), "the options"),
        ("", ("--ignore", "dob"), "the options"),
        ("decisions", ("--max-age", "99999"), "the policy, the decisions"),
    ],
)
def test_a_run_that_became_another_is_refused(
    names: Path,
    us_list: Path,
    stopped: Path,
    tmp_path: Path,
    capsys: Capture,
    change: str,
    options: tuple[str, ...],
    what: str,
) -> None:
    if change == "input":
        names.write_text(TABLE.replace("a9", "b9"), encoding="utf-8")
    if change == "list":
        us_list = tmp_path / "other.jsonl"
        st.write(official_list("US", "2025-11-19", [(target("9", "Ali"), listed("9", "2020-01-01"))]), us_list)
    if change == "decisions":
        options = (*options, "--decisions", str(_decided(us_list, tmp_path)))
    assert run(names, "-o", stopped, "--list", us_list, "--resume", *options) == AT_FAULT
    told = " ".join(capsys.readouterr().err.split())
    assert f"cannot go on: not as the run began are {what};" in told
    assert not stopped.exists()


def _decided(us_list: Path, folder: Path, *, expires: dt.date | None = None) -> Path:
    screening = st.Screener(st.read(us_list)).screen({"name": "Reza Kazemi", "id": "x"})
    path = folder / "decisions.jsonl"
    made = screening.decide(
        screening[0],
        "false_match",
        reason="another man",
        author="A. Analyst",
        date=dt.date(2020, 1, 1),
        expires=expires,
    )
    record(made, path)
    return path


@pytest.mark.parametrize("damage", ["shorter", "other", "gone", "journal", "shape"])
def test_a_part_that_was_changed_is_refused(
    names: Path, us_list: Path, stopped: Path, capsys: Capture, damage: str
) -> None:
    part, book = stopped.with_name("hits.csv.part"), stopped.with_name("hits.csv.part.json")
    if damage == "shorter":
        part.write_bytes(part.read_bytes()[:10])
    elif damage == "other":
        part.write_bytes(part.read_bytes().replace(b"a1", b"a2"))
    elif damage == "gone":
        part.unlink()
    else:
        book.write_text("{" if damage == "journal" else '{"journal": 1, "row": "x"}')
    assert run(names, "-o", stopped, "--list", us_list, "--resume") == AT_FAULT
    assert "--restart to begin again" in capsys.readouterr().err
    assert not stopped.exists()


@pytest.mark.parametrize("at", [1, 2])
def test_a_run_that_stops_while_its_files_take_their_places(
    names: Path, us_list: Path, tmp_path: Path, at: int
) -> None:
    whole, output = tmp_path / "whole.csv", tmp_path / "hits.csv"
    run(names, "-o", whole, "--list", us_list)
    with pytest.MonkeyPatch.context() as patch:
        calls, put = 0, journal._Part.put_in_place

        def stopping(part: journal._Part) -> None:
            nonlocal calls
            calls += 1
            if calls == at:
                raise KeyboardInterrupt
            put(part)

        patch.setattr(journal._Part, "put_in_place", stopping)
        run(names, "-o", output, "--list", us_list)
    assert not output.exists()
    assert run(names, "-o", output, "--list", us_list, "--resume") == SOME_REJECTED
    assert _digests(output) == _digests(whole)
    assert not list(tmp_path.glob("*.part*"))


def test_what_stood_there_stays_until_the_end(names: Path, us_list: Path, stopped: Path) -> None:
    stopped.write_text("older")
    with pytest.MonkeyPatch.context() as patch:
        _StopsAt(patch, 2)
        run(names, "-o", stopped, "--list", us_list, "--resume")
    assert stopped.read_text() == "older"
    assert run(names, "-o", stopped, "--list", us_list, "--resume") == SOME_REJECTED
    assert len(_table(stopped)) == 9


def test_a_full_disk_keeps_what_is_done(
    names: Path, us_list: Path, tmp_path: Path, monkeypatch: Patch, capsys: Capture
) -> None:
    monkeypatch.setattr(screening_run, "COMMIT_EVERY", 1)
    with pytest.MonkeyPatch.context() as patch:
        writes, write = 0, journal._Part.write

        def full(part: journal._Part, text: str) -> None:
            nonlocal writes
            writes += 1
            if writes == 6:
                raise OSError(28, "No space left on device")
            write(part, text)

        patch.setattr(journal._Part, "write", full)
        assert run(names, "-o", tmp_path / "hits.csv", "--list", us_list) == AT_FAULT
    told = capsys.readouterr().err
    assert "No space left on device" in told
    assert run(names, "-o", tmp_path / "hits.csv", "--list", us_list, "--resume") == SOME_REJECTED
    assert len(_table(tmp_path / "hits.csv")) == 9


def test_an_input_that_changes_meanwhile_is_told(
    names: Path, us_list: Path, tmp_path: Path, monkeypatch: Patch, capsys: Capture
) -> None:
    search = st.Screener.screen

    def changing(screener: st.Screener, query: Any, **options: Any) -> st.Screening:
        with names.open("a") as file:
            file.write("b,Reza,,\n")
        monkeypatch.setattr(st.Screener, "screen", search)
        return search(screener, query, **options)

    monkeypatch.setattr(st.Screener, "screen", changing)
    assert run(names, "-o", tmp_path / "hits.csv", "--list", us_list) == AT_FAULT
    assert "the file changed while it was read" in capsys.readouterr().err
    assert not (tmp_path / "hits.csv").exists()


@pytest.mark.parametrize(
    ("table", "options", "message"),
    [
        (b"", (), "no headings and no rows"),
        (b"name,dob\n", (), "no row stands under the headings"),
        (b"name,dob\n\n,\n", (), "(2 blank)"),
        (b"name,colour\nAli,red\n", (), "unknown heading(s) 'colour'"),
        (b"kunde\nAli\n", (), "--column name=HEADING"),
        (b"dob\n1970\n", (), "no heading is that of a name"),
        ("name\nAli\n".encode("utf-16"), (), "is not utf-8"),
        (b"name\nAli\n", ("--encoding", "utf-16"), "UTF-16"),
        (b"name\nAli\n", ("--max-age", "0"), "get the publisher's newest file"),
        (b"name\nAli\n", ("--decisions", "none.jsonl"), "no such file of decisions"),
        (b"name\nAli\n", ("--encoding", "klingon"), "no encoding of texts"),
        (b"name\nAli\n", ("--encoding", "hex"), "no encoding of texts"),
        (b"name\nAli\n", ("--delimiter", "x"), "expected one of"),
        (b"name\nAli\n", ("--column", "name"), "expected NAME=HEADING"),
        (b"name\nAli\n", ("--column", "name=a", "--column", "name=b"), "is given once"),
        (b"name\nAli\n", ("--column", "name=name", "--column", "alias=name"), "is given once"),
        (b"name\nAli\n", ("--rejected", "missing/bad.csv"), "missing/bad.csv.part: cannot be written"),
        (b"name\nAli\n", ("--resume", "--restart"), "not both"),
        (b"name\nAli\n", ("--threshold", "7"), "above 0 and at most 1"),
    ],
)
def test_a_question_at_fault_leaves_nothing_behind(
    screened: Callable[..., Any], tmp_path: Path, capsys: Capture, table: bytes, options: tuple[str, ...], message: str
) -> None:
    code, _ = screened(table, *options)
    assert code == AT_FAULT
    told = " ".join("".join(c for c in capsys.readouterr().err if c not in "│╭╮╰╯─").split())
    assert message in told
    assert _left(tmp_path) == {"given.csv"}


@pytest.mark.parametrize("output", ["hits.txt", "given.csv", "missing/hits.csv", "folder.csv"])
def test_a_place_that_takes_no_output(us_list: Path, tmp_path: Path, output: str) -> None:
    (tmp_path / "given.csv").write_text("name\nAli\n")
    (tmp_path / "folder.csv").mkdir()
    assert run(tmp_path / "given.csv", "-o", tmp_path / output, "--list", us_list) == AT_FAULT
    assert _left(tmp_path) == {"given.csv", "folder.csv"}
    assert (tmp_path / "given.csv").read_text() == "name\nAli\n"


def test_no_such_input(us_list: Path, tmp_path: Path, capsys: Capture) -> None:
    assert run(tmp_path / "none.csv", "-o", tmp_path / "hits.csv", "--list", us_list) == AT_FAULT
    assert "none.csv: no such file" in capsys.readouterr().err
    assert not _left(tmp_path)


def test_bad_rows_do_not_stop_the_others(screened: Callable[..., Any], tmp_path: Path) -> None:
    table = (
        b'name;country\nReza Kazemi;IR\nRe\xffza;IR\nRe\0za;IR\n"Reza;IR\n---;\nReza;Ruritania\n'
        + b"x" * 200_000
        + b";\nNEDSA;IR\n"
    )
    code, found = screened(table)
    assert code == SOME_REJECTED
    assert [row["result"] for row in found] == ["alert", *["not screened"] * 6, "suppressed"]
    refused = _rejected(tmp_path / "hits.csv")
    assert [row["row"] for row in refused] == ["3", "4", "5", "6", "7", "8"]
    assert refused[0]["text"] == "Re\\xffza;IR"
    assert len(refused[-1]["text"]) < 2_000


def test_many_rejected_rows_are_counted_and_not_all_shown(
    screened: Callable[..., Any], tmp_path: Path, capsys: Capture
) -> None:
    code, found = screened("name,dob\n" + ",1970\n" * 50)
    told = capsys.readouterr().err
    assert (code, len(found), len(_rejected(tmp_path / "hits.csv"))) == (SOME_REJECTED, 50, 50)
    assert told.count("rejected: row") == screening_run.TOLD
    assert f"{50 - screening_run.TOLD} more rejected rows were not shown here" in told


def test_columns_by_other_headings(screened: Callable[..., Any]) -> None:
    table = "Kunde|Herkunft|Umsatz\nReza Kazemi|FR|5\n"
    code, found = screened(table, "--column", "name=Kunde", "--column", "nationality=Herkunft", "--ignore-columns")
    assert code == 0
    assert "country different" in found[0]["explanation"]


def test_another_encoding(screened: Callable[..., Any]) -> None:
    code, found = screened("name\nحسين هاروني\n".encode("cp1256"), "--encoding", "cp1256")
    assert (code, found[0]["target"]) == (0, "1")


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+1 Ali", "-Ali", "@Ali", "＝Ali"])
def test_cells_are_true_unless_they_are_to_be_safe(screened: Callable[..., Any], name: str) -> None:
    table = io.StringIO()
    csv.writer(table).writerows([["name"], [name]])
    assert screened(table.getvalue())[1][0]["name"] == name
    assert screened(table.getvalue(), "--safe-cells")[1][0]["name"] == f"'{name}"


def test_decisions_suppress_until_they_expire(screened: Callable[..., Any], us_list: Path, tmp_path: Path) -> None:
    decisions = _decided(us_list, tmp_path)
    _, found = screened("name\nReza Kazemi\n", "--decisions", decisions)
    assert (found[0]["result"], found[0]["suppressed"]) == ("suppressed", "decided")
    decisions.unlink()
    _decided(us_list, tmp_path, expires=dt.date(2025, 12, 31))
    _, found = screened("name\nReza Kazemi\n", "--decisions", decisions)
    assert found[0]["result"] == "alert"  # by today's date, not by that of the list, which is older than the end


def test_a_policy_file(screened: Callable[..., Any], tmp_path: Path) -> None:
    policy = tmp_path / "policy.json"
    policy.write_text(json.dumps({"weak_aliases_alert": True, "max_age_days": None}))
    _, found = screened("name\nNEDSA\n", "--policy", policy)
    assert found[0]["result"] == "alert"
    policy.write_text(json.dumps({"max_age_days": 1}))
    assert screened("name\nNEDSA\n", "--policy", policy)[0] == AT_FAULT


def test_a_terminal_sees_a_bar(names: Path, us_list: Path, tmp_path: Path, monkeypatch: Patch) -> None:
    terminal = Console(file=io.StringIO(), force_terminal=True, width=100)
    monkeypatch.setattr(screening_file, "console", lambda **_: terminal)
    assert run(names, "-o", tmp_path / "hits.csv", "--list", us_list) == SOME_REJECTED
    assert isinstance(terminal.file, io.StringIO)
    assert "screening names.csv" in terminal.file.getvalue()


def test_it_is_read_in_constant_memory(us_list: Path, tmp_path: Path, monkeypatch: Patch) -> None:
    """The reader is never asked for more than a row ahead of the search."""
    read: list[int] = []

    class Watched(Rows):
        def __iter__(self) -> Any:
            for row in super().__iter__():
                read.append(row.number)
                yield row

    seen: list[int] = []
    search = st.Screener.screen

    def counting(screener: st.Screener, query: Any, **options: Any) -> st.Screening:
        seen.append(len(read))
        return search(screener, query, **options)

    monkeypatch.setattr(screening_run, "Rows", Watched)
    monkeypatch.setattr(st.Screener, "screen", counting)
    (tmp_path / "names.csv").write_text("name\n" + "Reza\n" * 50)
    assert run(tmp_path / "names.csv", "-o", tmp_path / "hits.csv", "--list", us_list) == 0
    assert seen == list(range(1, 51))
