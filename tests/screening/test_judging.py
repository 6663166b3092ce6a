"""What beside the name moves a score, what suppresses a hit, and that nothing vanishes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as hs

import sanctions_tracker as st
from sanctions_tracker import model
from sanctions_tracker.errors import StaleListError
from sanctions_tracker.model import vocabulary as words
from sanctions_tracker.screening import Suppression
from tests.builders import listed, official_list, target

PASSPORT = st.Identifier(words.IdentifierType.PASSPORT, "P1234567", country="IR")


def known(target_id: str, *names: str, born: str = "", **more: Any) -> st.Target:
    births = (model.Birth(model.PartialDate(born)),) if born else ()
    return attrs.evolve(target(target_id, *names), births=births, **more)


def screener(*targets: st.Target, policy: st.Policy | None = None, **more: Any) -> st.Screener:
    entries = [(one, listed(one.id, "2020-01-01")) for one in targets]
    return st.Screener(official_list("US", "2025-01-01", entries), policy, **more)


REZAEI = known("1", "Ali Rezaei", born="1975-03-21", identifiers=(PASSPORT,), gender="male")


def one_hit(query: dict[str, Any]) -> st.Hit:
    screening = screener(REZAEI).screen(query)
    (hit,) = (*screening.hits, *screening.suppressed)
    return hit


@pytest.mark.parametrize(
    ("known_too", "what", "points"),
    [
        ({"dob": "1975-03-21"}, "birth_same_day", 0.06),
        ({"dob": "1975"}, "birth_compatible", 0.02),
        ({"dob": "1976"}, "birth_near", -0.02),
        ({"dob": "1990"}, "birth_different", -0.2),
        ({"gender": "female"}, "gender_different", -0.2),
        ({"kind": "vessel"}, "kind_different", -0.3),
        ({"passport": "P-1234567 (IR)"}, "identifier_same", 2.0),
        ({"passport": "P7654321 (IR)"}, "identifier_different", -0.25),
    ],
)
def test_what_is_known_beside_the_name(known_too: dict[str, str], what: str, points: float) -> None:
    hit = one_hit({"name": "Ali Rezaei", **known_too})
    assert [(term.what, term.points) for term in hit.evidence] == [("name", 1.0), (what, points)]
    assert hit.score == min(1.0, 1.0 + points)
    assert what.replace("_", " ") in hit.explain()


@pytest.mark.parametrize("unknown", [{"passport": "P7654321 (SY)"}, {"imo_vessel": "9167253"}, {"address": "Paris"}])
def test_absent_is_not_conflict(unknown: dict[str, str]) -> None:
    assert one_hit({"name": "Ali Rezaei", **unknown}).score == 1.0


def test_an_equal_identifier_decides_whatever_the_name() -> None:
    hit = one_hit({"name": "Zebulon Quackenbush", "passport": "P1234567 (IR)", "dob": "1931", "gender": "female"})
    assert (hit.score, hit.reasons) == (1.0, ())
    assert hit.evidence[0].points < 0.5


def test_a_contradicted_hit_stays_visible() -> None:
    hit = one_hit({"name": "Ali Rezaei", "dob": "1990"})
    assert hit.reasons == (Suppression.CONTRADICTED,)
    assert "below the threshold" in hit.explain()


def test_agreement_lifts_a_name_that_falls_just_short() -> None:
    query = {"name": "Aliya Rezai", "dob": "1975-03-21"}
    name = st.compare("Aliya Rezai", "Ali Rezaei", kind="person").score
    policy = st.Policy(threshold=min(1.0, name + 0.05))
    assert not screener(REZAEI, policy=policy).screen("Aliya Rezai")
    assert screener(REZAEI, policy=policy).screen(query)[0].score == pytest.approx(name + 0.06)


@given(
    hs.fixed_dictionaries(
        {},
        optional={
            "dob": hs.sampled_from(["1975-03-21", "1975", "1976", "1990"]),
            "gender": hs.sampled_from(["male", "female"]),
            "kind": hs.sampled_from(["person", "vessel"]),
            "passport": hs.sampled_from(["P1234567 (IR)", "P7654321 (IR)", "P7654321 (SY)"]),
        },
    )
)
def test_the_evidence_adds_up_to_the_score_and_nothing_vanishes(known_too: dict[str, str]) -> None:
    hit = one_hit({"name": "Ali Rezaei", **known_too})
    assert hit.score == min(1.0, max(0.0, round(sum(term.points for term in hit.evidence), 6)))
    assert (hit.score < 0.82) == (Suppression.CONTRADICTED in hit.reasons)


def test_a_weak_alias_alerts_where_it_does_not_stand_alone() -> None:
    engineer = attrs.evolve(REZAEI, names=(*REZAEI.names, st.Name("The Engineer", strength=words.NameStrength.WEAK)))
    one = screener(engineer)
    assert [hit.reasons for hit in one.screen("The Engineer").suppressed] == [(Suppression.WEAK_ALIAS,)]
    assert one.screen({"name": "The Engineer", "dob": "1975-03-21"})[0].name.text == "The Engineer"
    assert one.screen("The Engineer", policy=st.Policy(weak_aliases_alert=True))[0].score == 1.0


@pytest.mark.parametrize("policy", [st.Policy(kinds=("vessel",)), st.Policy(sanctioners=("GB",))])
def test_what_the_policy_leaves_out_is_shown_as_suppressed(policy: st.Policy) -> None:
    (hit,) = screener(REZAEI, policy=policy).screen("Ali Rezaei").suppressed
    assert hit.reasons == (Suppression.OUTSIDE_POLICY,)


@pytest.mark.parametrize("sanctioners", [("US",), ("body",), ("GB", "United States")])
def test_sanctioners_by_country_or_by_id(sanctioners: tuple[str, ...]) -> None:
    assert len(screener(REZAEI, policy=st.Policy(sanctioners=sanctioners)).screen("Ali Rezaei")) == 1


def test_a_measure_that_has_ended_is_no_alert_on_that_day() -> None:
    ended = model.MeasureEvent(words.EventKind.DELISTED, model.PartialDate("2024-01-01"))
    measure = listed("1", "2020-01-01")
    one = official_list("US", "2025-01-01", [(REZAEI, attrs.evolve(measure, events=(*measure.events, ended)))])
    screening = st.Screener(one).screen("Ali Rezaei")
    assert [hit.reasons for hit in screening.suppressed] == [(Suppression.NOT_IN_FORCE,)]
    (hit,) = st.Screener(one).screen("Ali Rezaei", as_of=dt.date(2023, 1, 1))
    assert hit.in_force == hit.measures
    assert screening.suppressed[0].in_force == ()


def test_a_target_without_any_measure_is_listed_all_the_same() -> None:
    assert st.Screener(model.SanctionsList("l", targets=(REZAEI,))).screen("Ali Rezaei")[0].measures == ()


@pytest.mark.parametrize(("days", "refused"), [(0, False), (30, False), (31, True)])
def test_a_list_grown_old_is_no_answer(days: int, refused: bool) -> None:  # noqa: FBT001  (a parameter)
    today = dt.date(2025, 1, 1) + dt.timedelta(days=days)
    one = screener(REZAEI)
    if refused:
        with pytest.raises(StaleListError, match="official is of 2025-01-01, and on 2025-02-01") as caught:
            one.screen("Ali Rezaei", today=today)
        assert (caught.value.list_id, caught.value.dated) == ("official", "2025-01-01")
    assert one.screen("Ali Rezaei", today=today, policy=st.Policy(max_age_days=days))


def test_a_list_that_states_no_date_has_no_age() -> None:
    undated = st.Screener(model.SanctionsList("l", targets=(REZAEI,)))
    with pytest.raises(StaleListError, match="states no date"):
        undated.screen("Ali Rezaei", today=dt.date(2025, 1, 1))


def test_two_versions_of_one_list_are_told_apart() -> None:
    old, new = (
        official_list("US", date, [(REZAEI, listed("1", "2020-01-01"))]) for date in ("2024-01-01", "2025-01-01")
    )
    (hit,) = st.Screener([old, new]).screen("Ali Rezaei")
    assert sorted(str(one.list_date) for one in hit.listings) == ["2024-01-01", "2025-01-01"]


def test_one_party_on_two_lists_is_one_hit_with_both_measures() -> None:
    here = official_list("US", "2025-01-01", [(REZAEI, listed("1", "2020-01-01"))])
    there = known("GB7", "Ali Rezaei", born="1975-03-21", identifiers=(PASSPORT,))
    other = official_list("GB", "2025-01-01", [(there, listed("GB7", "2021-01-01"))], list_id="other")
    (hit,) = st.Screener([here, other]).screen("Ali Rezaei")
    assert {one.list_id for one in hit.listings} == {"official", "other"}
    assert [str(measure.since) for measure in hit.measures] == ["2020-01-01", "2021-01-01"]


def test_two_parties_of_one_name_are_two_hits() -> None:
    other = known("2", "Ali Rezaei", born="1950-01-01")
    assert len(screener(REZAEI, other).screen("Ali Rezaei")) == 2
