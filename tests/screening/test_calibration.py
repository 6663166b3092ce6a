"""Thresholds against questions with known answers."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as hs

import sanctions_tracker as st
from sanctions_tracker.errors import ModelError, QueryError
from sanctions_tracker.model.vocabulary import TargetKind
from sanctions_tracker.screening.calibration import THRESHOLDS, Calibration, calibrate
from sanctions_tracker.screening.cases import Case, RejectedCase
from tests.builders import listed, official_list, target

HARUNI = "Hosein Mohammad Haruni"


def _screener(**policy: Any) -> st.Screener:
    people = [
        target("1", HARUNI, "Hossein Harooni", country="IR", weak=["Husayn Muhammad Haruni", "The Engineer"]),
        target("2", "Reza Kazemifar Rahman", country="IR"),
        target("3", "Reza Kazemi", country="IR"),
        target("4", "Islamic Revolutionary Guard Corps Navy", kind=TargetKind.ENTITY, country="IR", weak=["NEDSA"]),
        target("5", "Lockheed Martin", kind=TargetKind.COMPANY, country="US"),
        target("6", "Ali Rezaei Tehrani", country="IR", weak=["Ali Rezaei"]),
    ]
    entries = [(one, listed(one.id, "2024-04-23", "IRGC")) for one in people]
    return st.Screener(official_list("US", "2025-11-19", entries), st.Policy(**policy))


@pytest.fixture(scope="module")
def screener() -> st.Screener:
    return _screener()


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


NAMES = [
    HARUNI,
    "Hussain Mohamed Haroni",
    "Husayn Muhammad Harun",
    "حسين هاروني",
    "The Engineer",
    "Engineer",
    "NEDSA",
    "Reza Kazemi",
    "Riza Kazimi Rahmani",
    "Resa Kasemifar",
    "IRGC Navy",
    "لوكهيد مارتن",
    "Locked Martins",
    "Ali Rezaei",
    "Ruhollah Zzyzx",
]


@hs.composite
def cases(draw: hs.DrawFn) -> Case:
    match = draw(hs.booleans())
    expected = draw(hs.sampled_from(["", "1", "2", "3", "4", "5", "6", "gone"])) if match else ""
    query = {"name": draw(hs.sampled_from(NAMES)), "country": draw(hs.sampled_from(["", "IR", "FR"]))}
    return Case(
        st.Query.of(query), match, expected, draw(hs.sampled_from(["", "official", "other"])) if expected else ""
    )


@hs.composite
def screeners(draw: hs.DrawFn) -> st.Screener:
    weak, threshold = draw(hs.booleans()), draw(hs.sampled_from([0.7, 0.82, 0.95]))
    return _screener(weak_aliases_alert=weak, threshold=threshold)


@given(screeners(), hs.lists(cases(), min_size=1, max_size=6), hs.sampled_from([0.6, 0.75, 0.82, 0.9, 1.0]))
def test_each_level_is_what_a_search_at_it_finds(
    searched: st.Screener, given_cases: list[Case], threshold: float
) -> None:
    level = calibrate(searched, given_cases, thresholds=(0.6, 0.75, 0.82, 0.9, 1.0)).at(threshold)
    policy = searched.policy.evolve(threshold=threshold)
    found = [(one, searched.screen(one.query, policy=policy)) for one in given_cases]
    assert level.alerts == sum(bool(screening) for _, screening in found)
    assert level.hits == sum(len(screening) for _, screening in found)
    assert level.true_positives == sum(
        one.match and any(one.expects(listing) for hit in screening for listing in hit.listings)
        for one, screening in found
    )


@given(hs.lists(cases(), min_size=1, max_size=8), hs.sampled_from(THRESHOLDS), hs.sampled_from(THRESHOLDS))
def test_what_is_counted_adds_up(given_cases: list[Case], one: float, other: float) -> None:
    calibration = calibrate(_SCREENER, given_cases)
    low, high = min(one, other), max(one, other)
    for level in calibration.levels:
        assert level.true_positives + level.misses == sum(case.match for case in given_cases)
        assert level.false_positives >= 0
        assert level.queries == len(given_cases)
    counts = [(level.alerts, level.hits, level.true_positives) for level in calibration.levels]
    assert counts == sorted(counts, reverse=True)
    assert len(calibration.above(low)) + len(calibration.below(low)) == len(given_cases)
    if low < high:
        turned = set(map(id, calibration.flipping(low, high)))
        assert turned == set(map(id, calibration.above(low))) - set(map(id, calibration.above(high)))


_SCREENER = _screener()


def test_a_table(screener: st.Screener) -> None:
    table = rows(
        f"name,match,target,list\n{HARUNI},yes,1,official\nReza Kazemi,no,,\nRuhollah Zzyzx,no,,\nx,,,\n---,no,,\n"
    )
    calibration = calibrate(screener, table)
    level = calibration.at(0.82)
    assert (level.true_positives, level.false_positives, level.misses, level.alerts) == (1, 1, 0, 2)
    assert (level.recall, level.precision, round(level.alerts_per_1000, 1)) == (1.0, 0.5, 666.7)
    assert [one.row for one in calibration.rejected] == [5, 6]
    assert "match is yes or no, not ''" in str(calibration.rejected[0])
    assert "no letter and no digit" in str(calibration.rejected[1])
    assert calibration.remarks == ("2 row(s) could not be read and are not counted",)


def test_a_party_that_is_never_found_is_a_miss(screener: st.Screener) -> None:
    calibration = calibrate(screener, rows("name,match,target\nRuhollah Zzyzx,yes,1\nReza Kazemi,no,\n"))
    assert {level.misses for level in calibration.levels} == {1}
    assert {level.recall for level in calibration.levels} == {0.0}
    lost = calibration.below(0.6)[-1]
    assert (lost.case.row, lost.score) == (2, None)
    assert "never found" in str(lost)


def test_another_party_is_an_alert_and_no_answer(screener: st.Screener) -> None:
    calibration = calibrate(
        screener, rows("name,match,target,list\nLockheed Martin,yes,1,\nLockheed Martin,yes,5,other\n")
    )
    level = calibration.at(0.82)
    assert (level.true_positives, level.false_positives, level.misses) == (0, 2, 2)
    assert [one.note for one in calibration.results] == ["alerts for 5", "alerts for 5"]


def test_a_suppressed_party_is_a_miss_that_says_why(screener: st.Screener) -> None:
    (result,) = calibrate(screener, rows("name,match,target\nNEDSA,yes,4\n")).results
    assert (result.score, result.note) == (None, "suppressed: weak_alias")


def test_without_a_match_or_without_another_the_share_is_unknown(screener: st.Screener) -> None:
    matches = calibrate(screener, rows("name,match\nReza Kazemi,yes\n"))
    assert {level.precision for level in matches.levels} == {None}
    assert {level.recall for level in matches.levels} == {1.0}
    assert "precision is unknown" in str(matches)
    others = calibrate(screener, rows("name,match\nReza Kazemi,no\n"))
    assert {level.recall for level in others.levels} == {None}
    assert {level.precision for level in others.levels} == {0.0}
    assert "recall is unknown" in str(others)
    assert calibrate(screener, rows("name,match\nRuhollah Zzyzx,no\nZzyzx,yes\n")).at(1).precision is None


def test_what_turns_between_two_thresholds() -> None:
    calibration = calibrate(_SCREENER, rows("name,match\nRiza Kazimi Rahmani,yes\nReza Kazemi,no\nZzyzx,no\n"))
    exact, near = calibration.results[1], calibration.results[0]
    assert near.score is not None
    assert exact.score == 1.0
    assert calibration.flipping(0.6, 1.0) == (near,)
    assert calibration.flipping(0.6, near.score) == ()
    assert calibration.above(0.6) == (near, exact)
    assert calibration.below(1.0)[0] == near


@pytest.mark.parametrize("ask", [lambda c: c.at(0.59), lambda c: c.above(1.01), lambda c: c.flipping(0.9, 0.9)])
def test_a_threshold_that_was_not_looked_at(screener: st.Screener, ask: Any) -> None:
    calibration = calibrate(screener, rows("name,match\nReza Kazemi,no\n"))
    with pytest.raises(ModelError):
        ask(calibration)


def test_the_threshold_in_use_is_looked_at_too() -> None:
    calibration = calibrate(_screener(threshold=0.555), rows("name,match\nReza Kazemi,no\n"), thresholds=[0.9])
    assert [level.threshold for level in calibration.levels] == [0.555, 0.9]
    assert calibration.chosen == 0.555


def test_a_weak_alias_that_reaches_further_than_the_strong_name_counts() -> None:
    searched = _screener(weak_aliases_alert=True)
    table = rows("name,match,target\nAli Rezaei,yes,6\n")
    (result,) = calibrate(searched, table).results
    assert (result.score, result.scores) == (1.0, (1.0,))
    assert calibrate(_SCREENER, table).results[0].score != 1.0


class _Counting(st.Screener):
    """Counts the searches."""

    searches = 0

    def screen(self, query: Any, **options: Any) -> st.Screening:
        self.searches += 1
        return super().screen(query, **options)


def test_a_case_is_searched_once() -> None:
    one = target("1", "Reza Kazemi")
    counting = _Counting(official_list("US", "2025-01-01", [(one, listed("1", "2020-01-01"))]))
    calibrate(counting, rows("name,match\nReza Kazemi,yes\nReza Kasimi,no\nZzyzx,no\n"))
    assert counting.searches == 3


def test_the_day_asked_about_counts(screener: st.Screener) -> None:
    table = rows("name,match\nReza Kazemi,yes\n")
    assert calibrate(screener, table, as_of=dt.date(2024, 4, 22)).at(1).misses == 1
    assert calibrate(screener, table, as_of=dt.date(2024, 4, 23)).at(1).misses == 0


@pytest.mark.parametrize(
    ("word", "match"), [("yes", True), ("TRUE", True), ("1", True), ("No", False), ("false", False), ("0", False)]
)
def test_the_words_for_an_answer(word: str, match: bool) -> None:  # noqa: FBT001
    assert Case.of({"name": "x", "match": f" {word} "}).match is match


@pytest.mark.parametrize(
    "row",
    [
        {"name": "x"},
        {"name": "x", "match": None},
        {"name": "x", "match": "perhaps"},
        {"name": "x", "match": "no", "target": "1"},
        {"name": "x", "match": "yes", "list": "official"},
        {"name": "", "match": "yes"},
        {"name": "x", "match": "yes", "colour": "red"},
        {"name": "x", "match": "yes", None: ["too", "many"]},
    ],
)
def test_a_row_that_is_no_case(row: dict[str, Any]) -> None:
    with pytest.raises(ModelError):
        Case.of(row)


@pytest.mark.parametrize("given_cases", [[], [RejectedCase(2, "no name")], [{"name": "x"}]])
def test_nothing_to_calibrate_by(screener: st.Screener, given_cases: list[Any]) -> None:
    with pytest.raises(QueryError, match="no case to calibrate by"):
        calibrate(screener, given_cases)


@pytest.mark.parametrize("threshold", [0, -1, 1.01, float("nan")])
def test_a_threshold_out_of_range(screener: st.Screener, threshold: float) -> None:
    with pytest.raises(ModelError):
        calibrate(screener, rows("name,match\nx,no\n"), thresholds=[threshold])


def test_plain_data_and_words(screener: st.Screener) -> None:
    calibration = calibrate(screener, rows(f"name,match,target\n{HARUNI},yes,1\nReza Kazemi,no,\nx,,\n"))
    data = json.loads(json.dumps(calibration.to_json()))
    assert data["threshold"] == 0.82
    assert [one["threshold"] for one in data["levels"]] == list(THRESHOLDS)
    assert data["cases"][0]["score"] == 1.0
    assert data["rejected"] == [{"row": 4, "reason": "match is yes or no, not ''"}]
    lines = str(calibration).splitlines()
    assert "the threshold in use is 0.82" in lines[0]
    assert lines[1].split() == ["threshold", "recall", "precision", "alerts/1,000", "true", "false", "missed"]
    assert any(line.startswith("0.82 ") for line in lines)


def test_it_is_frozen(screener: st.Screener) -> None:
    calibration: Calibration = calibrate(screener, rows("name,match\nx,no\n"))
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        calibration.chosen = 0.1  # type: ignore[misc]
