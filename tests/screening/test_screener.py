"""One name against all names of all lists."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as hs

import sanctions_tracker as st
from sanctions_tracker import model
from sanctions_tracker.errors import InvalidNameError, ModelError, NothingToSearchError
from sanctions_tracker.model.vocabulary import MeasureKind, MeasureStatus, NameStrength, TargetKind
from tests.builders import listed, official_list, target


@pytest.fixture(scope="module")
def bundled() -> st.Screener:
    return st.Screener(st.bundled())


def small_list() -> st.SanctionsList:
    harooni = target("1", "Hosein Mohammad Haruni", "Hossein Harooni", country="IR", weak=["The Engineer"])
    navy = target("2", "Islamic Revolutionary Guard Corps Navy", kind=TargetKind.ENTITY, country="IR", weak=["NEDSA"])
    entries = [(one, listed(one.id, "2024-04-23", "IRGC")) for one in (harooni, navy)]
    return official_list("US", "2025-11-19", entries)


@pytest.fixture(scope="module")
def small() -> st.Screener:
    return st.Screener(small_list())


@pytest.mark.parametrize(
    ("query", "expected"),
    [("لوكهيد مارتن", "us-lockheed"), ("جنرال ديناميكس", "us-gd"), ("شيفرون", "us-chevron")],
)
def test_the_article_names_are_found(bundled: st.Screener, query: str, expected: str) -> None:
    hit = bundled.screen(query)[0]
    assert hit.target.id == expected
    assert {measure.sanctioner for measure in hit.measures} == {"ir-mfa"}
    assert {measure.kind for measure in hit.measures} >= {MeasureKind.ASSET_FREEZE}
    assert set(hit.statuses) == {MeasureStatus.IN_FORCE}


@pytest.mark.parametrize(
    "query", ["Hosein Harooni", "حسين هاروني", "حسین هارونی", "HOSSEIN HAROONI", "Harooni, Hossein"]
)
def test_a_person_in_several_spellings(small: st.Screener, query: str) -> None:
    (hit,) = small.screen(query)
    assert hit.target.id == "1"
    assert hit.score >= small.policy.threshold


def test_names_of_one_target_are_one_hit_by_the_best(small: st.Screener) -> None:
    (hit,) = small.screen("Hossein Harooni")
    assert (hit.name.text, hit.score) == ("Hossein Harooni", 1.0)


def test_a_weak_alias_alone_is_suppressed_and_stays_visible(small: st.Screener) -> None:
    screening = small.screen("The Engineer")
    assert (len(screening), screening.total) == (0, 0)
    (hit,) = screening.suppressed
    assert (hit.target.id, hit.name.strength) == ("1", NameStrength.WEAK)
    assert "weak alias" in hit.explain()
    assert "1 suppressed" in str(screening)


def test_a_policy_lets_weak_aliases_alert() -> None:
    screener = st.Screener(small_list(), st.Policy(weak_aliases_alert=True))
    (hit,) = screener.screen("NEDSA")
    assert hit.target.id == "2"


def test_an_empty_answer_is_no_clearance(small: st.Screener) -> None:
    screening = small.screen("Ruhollah Zzyzx")
    assert not screening
    assert "This is no clearance." in str(screening)
    assert [(one.targets, one.names) for one in screening.searched] == [(2, 5)]


def test_a_limit_cuts_the_hits_and_not_the_total() -> None:
    entries = [(target(str(n), "Ali Rezaei"), listed(str(n), "2020-01-01")) for n in range(5)]
    screener = st.Screener(official_list("US", "2025-01-01", entries))
    screening = screener.screen("Ali Rezaei", limit=2)
    assert (len(screening), screening.total) == (2, 5)
    assert [hit.target.id for hit in screener.screen("Ali Rezaei")] == ["0", "1", "2", "3", "4"]


def test_the_status_is_that_of_the_day_asked(small: st.Screener) -> None:
    before = small.screen("Hossein Harooni", as_of=dt.date(2024, 4, 22))
    assert (len(before), before.suppressed[0].statuses) == (0, (MeasureStatus.NOT_YET,))
    assert small.screen("Hossein Harooni", as_of=dt.date(2024, 4, 23))[0].statuses == (MeasureStatus.IN_FORCE,)
    assert small.screen("Hossein Harooni").as_of == dt.date(2025, 11, 19)


def test_several_lists_are_searched_together() -> None:
    screener = st.Screener([small_list(), st.bundled()])
    (hit,) = screener.screen("Islamic Revolutionary Guard Corps Navy")
    assert {one.list_id for one in hit.listings} == {"official", "bundled"}
    assert len(screener.searched) == 2


def test_many_queries_give_as_many_answers_in_order(small: st.Screener) -> None:
    queries = ["Hossein Harooni", "Nobody At All", "IRGC Navy"]
    answers = list(small.screen_many(queries))
    assert [answer.query.name for answer in answers] == queries
    assert answers[0] == small.screen(queries[0])


def test_the_same_question_gives_the_same_stamp(small: st.Screener) -> None:
    again = st.Screener(small_list())
    assert small.screen("Harooni").stamp == again.screen("Harooni").stamp
    assert small.screen("Harooni").stamp.sha256 != small.screen("Haruni").stamp.sha256
    assert small.screen("Harooni").stamp.policy != small.screen("Harooni", policy=st.Policy(0.9)).stamp.policy


def test_the_explanation_says_who_what_since_when_and_where() -> None:
    text = st.Screener(st.bundled()).screen("شيفرون")[0].explain()
    assert "Iran Ministry of Foreign Affairs (Iran): asset freeze, financial restrictions, travel ban" in text
    assert "since 2024-05-02" in text
    assert "source: realist-arabi-2024-05 · us-chevron" in text


def test_json_round_trips_through_text(small: st.Screener) -> None:
    data = json.loads(json.dumps(small.screen("Hossein Harooni").to_json()))
    assert data["hits"][0]["target"] == "1"
    assert data["hits"][0]["listings"][0]["measures"][0]["status"] == "in_force"
    assert data["total"] == 1


def test_a_measure_of_a_body_that_the_list_does_not_describe() -> None:
    one = target("1", "Ali Rezaei")
    unknown = model.SanctionsList("l", targets=(one,), measures=(listed("1", "2020-01-01", sanctioner="who"),))
    assert "who: asset freeze since 2020-01-01: in force" in st.Screener(unknown).screen("Ali Rezaei")[0].explain()


def test_a_measure_without_a_date_says_so() -> None:
    undated = model.Measure("m", "who", "1", MeasureKind.TRAVEL_BAN)
    screener = st.Screener(model.SanctionsList("l", targets=(target("1", "Ali Rezaei"),), measures=(undated,)))
    screening = screener.screen("Ali Rezaei")
    assert "who: travel ban, date not stated: in force" in screening[0].explain()
    assert screening.as_of is None


@pytest.mark.parametrize(("on", "status"), [("2019-12-31", "unknown"), ("2020-01-01", "in force")])
def test_a_measure_without_a_date_holds_from_the_list_s_own_day_on(on: str, status: str) -> None:
    """As in a ledger: before that day nobody knows."""
    undated = model.Measure("m", "who", "1", MeasureKind.TRAVEL_BAN)
    one = model.SanctionsList(
        "l", date=model.PartialDate("2020-01-01"), targets=(target("1", "Ali Rezaei"),), measures=(undated,)
    )
    screening = st.Screener(one).screen("Ali Rezaei", as_of=dt.date.fromisoformat(on))
    assert f"who: travel ban, date not stated: {status}" in screening[0].explain()


@given(hs.sampled_from([name.text for one in st.bundled().targets for name in one.strong_names]))
def test_every_strong_name_finds_its_own_party(name: str) -> None:
    screening = _BUNDLED.screen(name)
    found = {one.target.id for hit in (*screening, *screening.suppressed) for one in hit.listings}
    bearers = {one.id for one in st.bundled().targets if name in {listed.text for listed in one.strong_names}}
    assert bearers <= found


_BUNDLED = st.Screener(st.bundled())


@pytest.mark.parametrize("query", ["", "   ", "---", "\u200f\u0651"])
def test_a_query_without_letter_or_digit(small: st.Screener, query: str) -> None:
    with pytest.raises(InvalidNameError, match="no letter and no digit"):
        small.screen(query)


def test_nothing_to_search() -> None:
    with pytest.raises(NothingToSearchError, match="no clearance"):
        st.Screener([])
    with pytest.raises(NothingToSearchError):
        st.Screener([small_list(), model.SanctionsList("empty")])


def test_a_limit_below_one(small: st.Screener) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        small.screen("Harooni", limit=0)


@pytest.mark.parametrize("threshold", [0, -0.1, 1.1, float("nan")])
def test_a_threshold_out_of_range(threshold: float) -> None:
    with pytest.raises(ModelError, match="above 0 and at most 1"):
        st.Policy(threshold)


def test_equal_policies_have_equal_hashes() -> None:
    assert st.Policy(0.82).hash == st.Policy().hash
    assert re.fullmatch("[0-9a-f]{64}", st.Policy().hash)
    assert st.Policy(0.83).hash != st.Policy().hash
