"""What the benchmarks of variants and of noise share: options, lists, answers judged, tables."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

import sanctions_tracker as st
from benchmarks.recall import (
    BESIDE,
    Ground,
    How,
    asked_and_judged,
    ground_of,
    measured,
    parser_of,
    share,
    take_folder,
    write_table,
)
from benchmarks.variants_cases import Case
from benchmarks.variants_lists import TOKEN_SET, Answers, Asked, Parties
from sanctions_tracker.codec import json_lines
from tests.builders import target

LATIN, ARABIC = "Umar Abd al-Rahman al-Shami", "عمر عبد الرحمن الشامي"


@pytest.fixture
def ground() -> Ground:
    lists = [st.SanctionsList("un-one", targets=(target("1", LATIN, ARABIC), target("2", "Boris Petrov")))]
    return Ground(lists, Parties(lists), Asked(lists))


def test_the_folder_may_stand_behind_other_arguments_or_be_left_out() -> None:
    parser = parser_of("what it does")
    parser.add_argument("names")
    take_folder(parser)
    given_all = parser.parse_args(["names.txt", "lists", "--seed", "7", "--jobs", "2"])
    assert (given_all.names, given_all.folder, given_all.seed, given_all.jobs) == ("names.txt", "lists", 7, 2)
    assert parser.parse_args(["names.txt"]).folder is None


def test_without_a_folder_or_a_list_in_it_nothing_is_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SANCTIONS_TRACKER_LISTS", raising=False)
    with pytest.raises(SystemExit, match="SANCTIONS_TRACKER_LISTS"):
        ground_of(None)
    with pytest.raises(SystemExit, match="no list"):
        ground_of(str(tmp_path))


def test_the_newest_list_of_the_folder_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ground: Ground
) -> None:
    (tmp_path / "un").mkdir()
    lines = "\n".join(json_lines(ground.lists[0]))
    (tmp_path / "un" / "consolidated_2025-01-01.xml").write_text(lines, encoding="utf-8")
    (tmp_path / "un" / "consolidated_2025-02-01.xml").write_text("no list at all", encoding="utf-8")
    monkeypatch.setenv("SANCTIONS_TRACKER_LISTS", str(tmp_path))
    found = ground_of(None)
    assert [one.id for one in found.lists] == ["un-one"]
    assert len(found.asked) == len(ground.asked)


def test_a_name_as_printed_is_found_by_all_sides(ground: Ground) -> None:
    (row,) = asked_and_judged(ground.parties, [Case("", "", LATIN, LATIN, ("un-one", "1"))], ground.asked, jobs=1)
    assert row.found == (True,) * (1 + len(BESIDE))
    assert row.others == (0,) * (1 + len(BESIDE))


def test_a_measurement_is_the_same_for_a_seed(ground: Ground) -> None:
    rows = measured(ground, How(size=1, seed=7, jobs=1))
    assert rows
    assert {row.case.party for row in rows} <= {("un-one", "1"), ("un-one", "2")}
    assert rows == measured(ground, How(size=1, seed=7, jobs=1))


@given(some.lists(some.frozensets(some.tuples(some.text(), some.text())), min_size=2, max_size=4))
def test_the_screener_stands_first_of_the_sides(found: list[frozenset[tuple[str, str]]]) -> None:
    own, *others = found
    assert Answers(own, tuple(others)).sides == tuple(found)


def test_those_beside_are_named_in_the_order_of_their_thresholds() -> None:
    assert [title.split()[-1] for title in BESIDE] == [f"{least:.0f}" for least in TOKEN_SET]


@given(some.lists(some.booleans(), min_size=1))
def test_a_share_is_told_in_thousandths(values: list[bool]) -> None:
    told = share(values)
    assert abs(float(told) - sum(values) / len(values)) <= 0.0005 + 1e-9  # half a thousandth itself, as floats go
    assert told.startswith(".") is not all(values)


@given(some.lists(some.lists(some.text("aب\t\n\"'"), min_size=2, max_size=2)))
def test_a_table_is_read_as_it_was_written(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]) -> None:
    path = tmp_path_factory.mktemp("tables") / "table.tsv"
    write_table(path, ("left", "right"), rows)
    with path.open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file, delimiter="\t")) == [["left", "right"], *rows]
