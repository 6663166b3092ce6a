"""What people decided is obeyed as long as it holds and the entry is what it was."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import attrs
import pytest

import sanctions_tracker as st
from sanctions_tracker import model
from sanctions_tracker.errors import DamagedInputError, DecisionError, InputNotFoundError
from sanctions_tracker.screening import Suppression
from sanctions_tracker.screening.decisions import decided_hash, entry_hash, record
from tests.builders import listed, official_list, target

DAY = dt.date(2025, 2, 1)


def small(*, note: str = "", row: str = "1") -> st.SanctionsList:
    origin = model.Origin("file", locator=f"row {row}")
    one = attrs.evolve(target("1", "Ali Rezaei"), note=note, origin=origin)
    return official_list("US", "2025-01-01", [(one, listed("1", "2020-01-01"))])


def decided(outcome: str = "false_match", **more: Any) -> st.Decisions:
    screening = st.Screener(small()).screen("Ali Rezaei")
    fields = {"reason": "other date of birth", "author": "A. Clerk", "date": DAY, **more}
    return st.Decisions(screening.decide(screening[0], outcome, **fields))


def test_a_false_match_is_suppressed_and_stays_visible() -> None:
    screening = st.Screener(small(), decisions=decided()).screen("Ali Rezaei")
    (hit,) = screening.suppressed
    assert (len(screening), hit.reasons) == (0, (Suppression.DECIDED,))
    assert "decision of 2025-02-01 by A. Clerk: false match: other date of birth" in hit.explain()


def test_another_question_is_not_decided() -> None:
    screener = st.Screener(small(), decisions=decided())
    assert len(screener.screen("Ali Rezai")) == 1
    assert len(screener.screen({"name": "Ali Rezaei", "country": "IR"})) == 1


def test_a_true_match_alerts_and_says_so() -> None:
    (hit,) = st.Screener(small(), decisions=decided("true_match")).screen("Ali Rezaei")
    assert "true match" in hit.explain()


def test_a_changed_entry_is_open_again() -> None:
    (hit,) = st.Screener(small(note="also known to live in Paris"), decisions=decided()).screen("Ali Rezaei")
    assert "the entry has changed since, so it is open again" in hit.explain()


def test_a_row_that_moved_in_the_file_changes_nothing() -> None:
    assert not st.Screener(small(row="77"), decisions=decided()).screen("Ali Rezaei")


@pytest.mark.parametrize(("day", "alerts"), [(1, 0), (28, 0), (29, 1)])
def test_a_decision_expires(day: int, alerts: int) -> None:
    decisions = decided(expires=dt.date(2025, 2, 28))
    screener = st.Screener(small(), st.Policy(max_age_days=None), decisions=decisions)
    assert len(screener.screen("Ali Rezaei", today=dt.date(2025, 2, 1) + dt.timedelta(days=day - 1))) == alerts


def test_the_last_decision_counts() -> None:
    both = st.Decisions([*decided(), *decided("true_match")])
    assert len(st.Screener(small(), decisions=both).screen("Ali Rezaei")) == 1
    assert not st.Screener(small(), decisions=st.Decisions(reversed([*both]))).screen("Ali Rezaei")


def test_decisions_are_part_of_the_stamp() -> None:
    with_, without = st.Screener(small(), decisions=decided()), st.Screener(small())
    assert with_.screen("Ali Rezaei").stamp.decisions == decided_hash(decided())
    assert without.screen("Ali Rezaei").stamp.decisions == ""


def test_a_file_of_decisions(tmp_path: Path) -> None:
    file = tmp_path / "decisions.jsonl"
    record(decided(), file)
    record(decided("true_match", expires=dt.date(2026, 1, 1)), file)
    assert [*st.Decisions.load(file)] == [*decided(), *decided("true_match", expires=dt.date(2026, 1, 1))]


def test_a_file_that_is_damaged_or_missing(tmp_path: Path) -> None:
    file = tmp_path / "decisions.jsonl"
    record(decided(), file)
    with file.open("a") as end:
        end.write('{"query": 7}\n')
    with pytest.raises(DamagedInputError, match="line 2"):
        st.Decisions.load(file)
    file.write_bytes(b"\xff\n")
    with pytest.raises(DamagedInputError, match="utf-8"):
        st.Decisions.load(file)
    with pytest.raises(InputNotFoundError):
        st.Decisions.load(tmp_path / "none.jsonl")


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"reason": " "}, "needs reason"),
        ({"author": ""}, "needs author"),
        ({"expires": dt.date(2025, 1, 31)}, "cannot end before it"),
    ],
)
def test_decisions_that_cannot_be_made(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(DecisionError, match=message):
        decided(**changed)


def test_an_unknown_outcome_and_a_strange_hit() -> None:
    with pytest.raises(DecisionError, match="unknown outcome 'maybe'"):
        decided("maybe")
    screening = st.Screener(small()).screen("Ali Rezaei")
    other = st.Screener(st.bundled()).screen("Chevron")[0]
    with pytest.raises(DecisionError, match="is no hit of the screening"):
        screening.decide(other, "false_match", reason="r", author="a", date=DAY)


def test_the_hash_of_an_entry_is_that_of_its_content() -> None:
    (one,) = small().targets
    measures = small().measures_on("1")
    assert entry_hash(one, measures) == entry_hash(small(row="9").targets[0], measures)
    assert entry_hash(one, measures) != entry_hash(one, ())
