"""Ledgers and episodes, on the bundled data and on lists made to measure."""

from __future__ import annotations

import datetime as dt
import json

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as hs

import sanctions_tracker as st
from sanctions_tracker import model
from sanctions_tracker.errors import NothingToSearchError, ReconciliationError, UnknownCountryError
from sanctions_tracker.model import PartialDate
from sanctions_tracker.model.vocabulary import (
    ActionKind,
    Evidence,
    IdentifierType,
    MeasureKind,
    MeasureStatus,
    PartyClass,
    TargetKind,
)
from sanctions_tracker.reconciliation import Counting, CrossfireKind, Edge, Ledger, Reconciliation
from sanctions_tracker.reconciliation.episodes import Basis
from sanctions_tracker.reconciliation.ledger import ledger
from tests.builders import announced, announcements, listed, official_list, target

PERSON, ENTITY = PartyClass.PERSON, PartyClass.ENTITY
TODAY = dt.date(2026, 11, 23)


@pytest.fixture(scope="module")
def iran_us() -> Reconciliation:
    return st.reconcile(st.bundled(), "IR", "US")


def edges(result: Reconciliation) -> dict[tuple[str, str], Edge]:
    return {(edge.trigger.id, edge.response.id): edge for episode in result.episodes for edge in episode.edges}


def test_iran_against_the_us(iran_us: Reconciliation) -> None:
    iran = iran_us.ledger[0]
    assert (iran.by, iran.on) == ("IR", "US")
    assert len(iran.actions) == 10
    assert iran.named_by_class() == {PERSON: 43, ENTITY: 16}
    assert iran.unnamed_by_class() == {PERSON: 121, ENTITY: 10}


def test_the_us_against_iran(iran_us: Reconciliation) -> None:
    us = iran_us.ledger[1]
    assert (us.by, us.on, us.named_parties) == ("US", "IR", 22)
    assert us.unnamed_by_class() == {PERSON: 43, ENTITY: 33, PartyClass.VESSEL: 5, PartyClass.AIRCRAFT: 1}
    assert [action.id for action in us.rules] == ["us-20240418-bis"]


def test_counts_without_names_are_the_announced_less_the_named(iran_us: Reconciliation) -> None:
    rests = {(rest.action.id, rest.of): rest.number for rest in iran_us.ledger[1].unnamed}
    assert rests["us-20240418", PERSON] == 16
    assert rests["us-20240418", ENTITY] == 2
    assert ("us-20240423", PERSON) not in rests
    assert rests["us-20240425", ENTITY] == 15


def test_a_number_shared_with_other_countries_is_told_and_not_added(iran_us: Reconciliation) -> None:
    shared = [rest for rest in iran_us.ledger[1].unnamed if rest.shared_with]
    assert [(rest.action.id, rest.of, rest.number, rest.shared_with) for rest in shared] == [
        ("us-20170324", None, 30, ("SY", "KP"))
    ]
    assert None not in iran_us.ledger[1].unnamed_by_class()


def test_a_lower_bound_stays_one(iran_us: Reconciliation) -> None:
    bound = [rest for rest in iran_us.ledger[1].unnamed if rest.at_least]
    assert [(rest.action.id, rest.of, rest.number) for rest in bound] == [("us-20221026", PERSON, 13)]


def test_the_episodes_of_iran_and_the_us(iran_us: Reconciliation) -> None:
    found = {pair: (edge.lag, edge.evidence, edge.basis) for pair, edge in edges(iran_us).items()}
    recorded = Basis.RECORDED
    assert found == {
        ("us-20170324", "ir-20170326"): ((2, 2), Evidence.CONTESTED, recorded),
        ("us-20190408", "ir-20190408"): ((0, 0), Evidence.STATED, recorded),
        ("us-20201022-envoy", "ir-20201023"): ((1, 1), Evidence.STATED, recorded),
        ("us-20221026", "ir-20221031"): ((5, 5), Evidence.INFERRED, recorded),
        ("us-20240418", "ir-20240502-us"): ((14, 14), Evidence.INFERRED, recorded),
        ("us-20240423", "ir-20240502-us"): ((9, 9), Evidence.INFERRED, recorded),
        ("us-20240425", "ir-20240502-us"): ((7, 7), Evidence.INFERRED, recorded),
    }


def test_a_week_drops_the_eighteenth_of_april() -> None:
    week = edges(st.reconcile(st.bundled(), "IR", "US", window_days=7))
    assert ("us-20240418", "ir-20240502-us") not in week
    assert ("us-20240425", "ir-20240502-us") in week
    assert ("us-20190408", "ir-20190408") in week


@pytest.mark.parametrize(
    ("left", "right", "trigger", "response", "lag", "evidence"),
    [
        ("US", "RU", "us-20220225", "ru-20220315", 18, Evidence.STATED),
        ("EU", "CN", "eu-20210322", "cn-20210322", 0, Evidence.STATED),
        ("US", "CN", "us-20210322", "cn-20210327", 5, Evidence.STATED),
        ("CA", "CN", "ca-20210322", "cn-20210327", 5, Evidence.STATED),
        ("GB", "CN", "gb-20210322", "cn-20210326", 4, Evidence.STATED),
        ("GB", "IR", "gb-20221010", "ir-20221019", 9, Evidence.STATED),
        ("EU", "IR", "eu-20221017", "ir-20221026", 9, Evidence.STATED),
        ("EU", "IR", "eu-20230123", "ir-20230125", 2, Evidence.STATED),
        ("GB", "IR", "gb-20230123", "ir-20230125", 2, Evidence.STATED),
        ("EU", "IR", "eu-20221212", "ir-20221212", 0, Evidence.CONTESTED),
        ("GB", "IR", "gb-20240418", "ir-20240502-gb", 14, Evidence.INFERRED),
    ],
)
def test_recorded_answers(left: str, right: str, trigger: str, response: str, lag: int, evidence: Evidence) -> None:
    edge = edges(st.reconcile(st.bundled(), left, right))[trigger, response]
    assert (edge.lag, edge.evidence) == ((lag, lag), evidence)


def test_three_dyads_of_one_autumn_are_not_crossed() -> None:
    for other in ("GB", "EU", "US"):
        for trigger, response in edges(st.reconcile(st.bundled(), other, "IR")):
            assert {trigger[:2].upper(), response[:2].upper()} == {other, "IR"}


def test_the_order_of_one_day_is_unknown_where_sources_disagree() -> None:
    edge = edges(st.reconcile(st.bundled(), "EU", "IR"))["eu-20221212", "ir-20221212"]
    assert not edge.order_known
    assert "RFE/RL" in edge.note


def test_a_law_answered_that_is_no_action_is_told() -> None:
    blocking = [one for one in st.reconcile(st.bundled(), "EU", "US").episodes if one.unexplained]
    assert [one.response.id for one in blocking] == ["eu-20180807-blocking"]
    assert "re-imposed" in blocking[0].unexplained[0].note


def test_a_call_is_in_no_ledger_unless_asked_for() -> None:
    lists = [st.bundled()]
    without = ledger(lists, "IL", "IR", TODAY)
    assert without.lines == ()
    called = ledger(lists, "IL", "IR", TODAY, called_for=True)
    assert {line.target.id for line in called.lines} == {"ir-irgc", "ir-missile-programme"}
    assert {status for line in called.lines for status in line.statuses} == {MeasureStatus.CALLED_FOR}
    assert called.named_parties == 0


def test_the_ledger_of_an_earlier_day_holds_no_later_action() -> None:
    early = st.reconcile(st.bundled(), "IR", "US", as_of=dt.date(2019, 12, 31)).ledger[0]
    assert [action.id for action in early.actions] == ["ir-20170326", "ir-20190408", "ir-20190824"]
    assert {line.target.id for line in early.lines} >= {"us-centcom", "us-dubowitz"}
    assert "us-trump" not in {line.target.id for line in early.lines}


def test_counts_by_country_divide_an_action_against_two() -> None:
    eu, gb = (st.reconcile(st.bundled(), "IR", side).ledger[0] for side in ("EU", "GB"))

    def number(of: Ledger) -> int:
        named = [line for line in of.lines if any("ir-20230125" in measure.actions for measure in line.measures)]
        rest = [rest for rest in of.unnamed if rest.action.id == "ir-20230125"]
        assert not any(one.shared_with for one in rest)
        return len(named) + sum(one.number for one in rest)

    assert (number(eu), number(gb)) == (25, 9)


def test_a_delisting_shows_from_its_day_on() -> None:
    before = st.reconcile(st.bundled(), "CN", "EU", as_of=dt.date(2025, 4, 29)).ledger[0]
    after = st.reconcile(st.bundled(), "CN", "EU", as_of=dt.date(2025, 5, 1)).ledger[0]
    held = {line.target.id: line.binding for line in before.lines}
    now = {line.target.id: line.binding for line in after.lines}
    assert held["sk-lexmann"]
    assert not now["sk-lexmann"]
    assert now["be-cogolati"]
    assert dict(before.by_status()) == {MeasureStatus.IN_FORCE: 28}


def test_an_official_list_counts_by_ties() -> None:
    ours, other = target("p1", "Ali Rezaei", country="IR"), target("p2", "John Smith", country="RU")
    official = official_list("US", "2025-01-01", [(one, listed(one.id, "2020-01-01")) for one in (ours, other)])
    us = st.reconcile(official, "US", "IR").ledger[0]
    assert [line.target.id for line in us.lines] == ["p1"]
    assert us.by_measure() == {MeasureKind.ASSET_FREEZE: 1}


def test_a_window_finds_the_nearest_earlier_action() -> None:
    far, near = announced("far", "2024-01-01"), announced("near", "2024-01-20")
    answer = announced("answer", "2024-01-25", "right", "US")
    result = st.reconcile(announcements(far, near, answer), "US", "IR")
    (edge,) = edges(result).values()
    assert (edge.trigger.id, edge.response.id, edge.evidence, edge.basis) == (
        "near",
        "answer",
        Evidence.INFERRED,
        Basis.WINDOW,
    )


def test_of_two_actions_of_one_day_the_likest_is_taken() -> None:
    persons = announced("persons", "2024-01-20", counts=[(PERSON, 4)])
    firms = announced("firms", "2024-01-20", counts=[(ENTITY, 4)])
    answer = announced("answer", "2024-01-25", "right", "US", counts=[(PERSON, 5)])
    (edge,) = edges(st.reconcile(announcements(firms, persons, answer), "US", "IR")).values()
    assert edge.trigger.id == "persons"


def test_nothing_is_inferred_from_one_day() -> None:
    left, right = announced("l", "2024-01-20"), announced("r", "2024-01-20", "right", "US")
    assert st.reconcile(announcements(left, right), "US", "IR").episodes == ()


def test_a_lifting_answers_nothing() -> None:
    listing = announced("l", "2024-01-20")
    lifting = announced("r", "2024-01-25", "right", "US", kind=ActionKind.DELISTING)
    assert st.reconcile(announcements(listing, lifting), "US", "IR").episodes == ()


def test_a_partial_date_gives_a_lag_between_two_numbers() -> None:
    month = announced("month", "2024-01")
    answer = announced("answer", "2024-02-03", "right", "US", responses=[model.Response(Evidence.STATED, "month")])
    (edge,) = edges(st.reconcile(announcements(month, answer), "US", "IR")).values()
    assert edge.lag == (3, 33)
    assert edge.lag_in_words == "3 to 33 days"


@given(hs.sampled_from(["US", "GB", "EU", "CA", "CN", "RU"]), hs.sampled_from(["IR", "CN", "RU"]), hs.integers(0, 60))
def test_the_other_way_round_is_the_mirror(left: str, right: str, window: int) -> None:
    if left == right:
        return
    one = st.reconcile(st.bundled(), left, right, window_days=window)
    other = st.reconcile(st.bundled(), right, left, window_days=window)
    assert one.ledger == other.ledger[::-1]
    assert one.episodes == other.episodes


@given(hs.integers(0, 60), hs.integers(0, 60))
def test_a_wider_window_keeps_stated_edges_and_answered_actions(first: int, second: int) -> None:
    narrow, wide = (edges(st.reconcile(st.bundled(), "EU", "IR", window_days=days)) for days in sorted((first, second)))
    assert {pair for pair, edge in narrow.items() if edge.evidence is Evidence.STATED} <= wide.keys()
    assert {response for _, response in narrow} <= {response for _, response in wide}


def test_an_unrelated_list_changes_nothing_else(iran_us: Reconciliation) -> None:
    stranger = target("x", "Somebody Else", country="MD")
    unrelated = official_list("AU", "2020-01-01", [(stranger, listed("x", "2019-01-01"))])
    with_it = st.reconcile([st.bundled(), unrelated], "IR", "US")
    assert with_it == iran_us


def test_json_holds_every_edge_and_source(iran_us: Reconciliation) -> None:
    data = json.loads(json.dumps(iran_us.to_json()))
    assert len(data["episodes"]) == 5
    cited = {
        origin["source"] for episode in data["episodes"] for all_of in episode["sources"].values() for origin in all_of
    }
    assert cited <= {source["id"] for source in data["sources"]}


def test_a_chain_longer_than_the_window_goes_on_link_by_link() -> None:
    days = {"a1": "2024-01-01", "b1": "2024-01-21", "a2": "2024-02-10", "b2": "2024-03-01"}
    actions = [
        announced(key, day, *(("left", "IR") if key[0] == "a" else ("right", "US"))) for key, day in days.items()
    ]
    found = edges(st.reconcile(announcements(*actions), "US", "IR"))
    assert {pair: edge.lag for pair, edge in found.items()} == {
        ("a1", "b1"): (20, 20),
        ("b1", "a2"): (20, 20),
        ("a2", "b2"): (20, 20),
    }
    assert edges(st.reconcile(announcements(*actions), "US", "IR", window_days=19)) == {}


def test_two_that_claim_to_answer_each_other_are_told_as_they_say() -> None:
    one = announced("l", "2024-01-20", responses=[model.Response(Evidence.STATED, "r")])
    other = announced("r", "2024-01-20", "right", "US", responses=[model.Response(Evidence.STATED, "l")])
    assert set(edges(st.reconcile(announcements(one, other), "US", "IR"))) == {("l", "r"), ("r", "l")}


def test_an_answer_to_an_action_of_one_s_own_side_is_told_beside() -> None:
    first = announced("first", "2024-01-20")
    again = announced("again", "2024-01-22", responses=[model.Response(Evidence.STATED, "first")])
    trigger = announced("trigger", "2024-01-21", "right", "US")
    result = st.reconcile(announcements(first, again, trigger), "US", "IR")
    assert set(edges(result)) == {("first", "trigger")}


def test_what_a_response_answers_beside_is_not_dropped() -> None:
    trigger = announced("t", "2024-01-20")
    answers = [model.Response(Evidence.STATED, "t"), model.Response(Evidence.CONTESTED, "elsewhere")]
    answer = announced("r", "2024-01-25", "right", "US", responses=answers)
    (episode,) = st.reconcile(announcements(trigger, answer), "US", "IR").episodes
    assert [(one.action, one.evidence) for one in episode.beside] == [("elsewhere", Evidence.CONTESTED)]
    assert str(episode).splitlines()[-1] == "r is recorded with elsewhere (contested) too"


def test_what_answers_a_third_party_alone_is_told_and_stands_on_the_timeline() -> None:
    answer = announced("r", "2024-01-25", "right", "US", responses=[model.Response(Evidence.STATED, "elsewhere")])
    result = st.reconcile(announcements(announced("t", "2024-01-20"), answer), "US", "IR")
    (episode,) = result.episodes
    assert (episode.edges, str(episode)) == ((), "r is recorded with elsewhere (stated)")
    moments = {one.action.id: one for one in st.timeline(result)}
    assert (moments["r"].beside, moments["t"].beside) == (episode.beside, ())
    assert moments["r"].to_json()["beside"] == [{"action": "elsewhere", "evidence": "stated"}]


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2023", "-1 to 363 days"),
        ("2023-12", "-1 to 29 days"),
        ("2023-12-01/..", "at most 29 days"),
        ("../2023-12-20", "at least 10 days"),
        ("2023-12-20~", "-722 to 742 days"),
    ],
)
def test_a_date_known_in_part_gives_a_range_or_nothing(date: str, words: str) -> None:
    answer = announced("r", "2023-12-30", "right", "US", responses=[model.Response(Evidence.STATED, "t")])
    (edge,) = edges(st.reconcile(announcements(announced("t", date), answer), "US", "IR")).values()
    assert edge.lag_in_words == words


@pytest.mark.parametrize(
    ("date", "inferred"), [("2023", False), ("2023-12", False), ("2023-12-28~", False), ("2023-12-01/2023-12-29", True)]
)
def test_nothing_is_inferred_from_a_date_that_may_lie_later_or_too_far_back(date: str, inferred: bool) -> None:  # noqa: FBT001
    answer = announced("r", "2023-12-30", "right", "US")
    assert bool(edges(st.reconcile(announcements(announced("t", date), answer), "US", "IR"))) is inferred


def test_an_action_of_a_year_that_is_not_over_has_no_known_standing() -> None:
    action = announced("a", "2024", counts=[(PERSON, 5)])
    result = st.reconcile(announcements(action), "US", "IR", as_of=dt.date(2024, 6, 1))
    assert [(rest.number, rest.status) for rest in result.ledger[0].unnamed] == [(5, MeasureStatus.UNKNOWN)]
    assert result.ledger[0].unnamed_parties == 0
    assert not result.ledger[0].tally(Counting.PARTY).exact


def test_a_dual_national_counts_for_both_countries() -> None:
    both = target("p", "Ali Rezaei", country="IR")
    both = model.Target(
        both.id, both.kind, both.names, countries=(*both.countries, model.CountryTie(both.countries[0].role, "GB"))
    )
    official = official_list("US", "2025-01-01", [(both, listed("p", "2020-01-01"))])
    for side in ("IR", "GB"):
        assert st.reconcile(official, "US", side).ledger[0].named_parties == 1
    assert st.reconcile(official, "US", "DE").ledger[0].named_parties == 0


def test_a_party_on_two_lists_counts_once_and_what_may_be_one_is_told() -> None:
    names = {
        "us:irgc": ("ISLAMIC REVOLUTIONARY GUARD CORPS", TargetKind.ENTITY),
        "us:khamenei": ("Ali Khamenei", TargetKind.PERSON),
    }
    entries = [
        (target(key, name, kind=kind, country="IR"), listed(key, "2007-10-25", "IRGC"))
        for key, (name, kind) in names.items()
    ]
    official = official_list("US", "2025-01-01", entries, list_id="us-list")
    us = st.reconcile([st.bundled(), official], "US", "IR").ledger[0]
    parties = {line.key: line.party for line in us.lines}
    assert parties["us-list", "us:irgc"] == parties["bundled", "ir-irgc"] == ("bundled", "ir-irgc")
    assert us.named_parties == 22 + 1
    assert us.possible == ((("bundled", "ir-khamenei"), ("us-list", "us:khamenei")),)
    assert not us.tally(Counting.PARTY).exact


def test_counting_modes_are_never_mixed(iran_us: Reconciliation) -> None:
    iran = iran_us.ledger[0]
    assert {mode: (iran.tally(mode).named, iran.tally(mode).unnamed, iran.tally(mode).exact) for mode in Counting} == {
        Counting.PARTY: (59, 131, True),
        Counting.DESIGNATION: (62, 131, True),
        Counting.ACTION: (10, 0, True),
    }
    counted = sum(count.value for action in iran.actions for count in action.counts)
    assert iran.tally(Counting.DESIGNATION).total == counted


def test_a_country_of_which_no_list_is_given_is_unknown_and_not_empty() -> None:
    result = st.reconcile(st.bundled(), "BR", "AR")
    assert [one.known for one in result.ledger] == [False, False]
    assert str(result.ledger[0]) == "Brazil against Argentina: unknown: no list given holds its sanctions"
    assert not result.ledger[0].tally(Counting.PARTY).exact


def test_the_day_is_that_of_the_sides_own_lists() -> None:
    action = announced("a", "2024-01-01")
    later = official_list("AU", "2030-01-01", [(target("x", "Somebody", country="MD"), listed("x", "2029-01-01"))])
    assert st.reconcile([announcements(action), later], "US", "IR").as_of == dt.date(2025, 1, 1)


def test_an_announcement_that_an_official_list_exceeds_fills_nothing() -> None:
    action = announced("a", "2024-04-18", counts=[(PERSON, 1)], selectors=[model.Selector(("X",))])
    entries = [(target(f"p{n}", f"Person {n}", country="IR"), listed(f"p{n}", "2024-04-18", "X")) for n in range(2)]
    us = st.reconcile([announcements(action), official_list("US", "2025-01-01", entries)], "US", "IR").ledger[0]
    assert us.filled == ()
    assert us.unnamed_by_class() == {PERSON: 1}


def test_what_a_list_lacks_of_an_announcement_stays_unnamed() -> None:
    action = announced("a", "2024-04-18", counts=[(PERSON, 3)])
    entries = [(target(f"p{n}", f"Person {n}", country="AE"), listed(f"p{n}", "2024-04-18", "X")) for n in range(2)]
    result = st.reconcile([announcements(action), official_list("US", "2025-01-01", entries)], "US", "IR")
    us = result.ledger[0]
    assert [(one.action.id, [entry.id for entry in one.entries]) for one in us.filled] == [("a", ["p0", "p1"])]
    assert [line.target.id for line in us.lines] == ["p0", "p1"]  # by the announcement, though tied to the Emirates
    assert us.unnamed_by_class() == {PERSON: 1}
    assert [(one.action.id, one.verdict.value) for one in result.verifications] == [("a", "not in full")]


def test_the_text_claims_no_cause(iran_us: Reconciliation) -> None:
    text = str(iran_us)
    assert "ir-20240502-us after us-20240418, 14 days, inferred" in text
    assert "because" not in text


@pytest.mark.parametrize(("left", "right"), [("Iran", "united states"), ("ir", "us")])
def test_countries_by_name_or_code(left: str, right: str, iran_us: Reconciliation) -> None:
    assert st.reconcile(st.bundled(), left, right) == iran_us


def test_bad_questions() -> None:
    with pytest.raises(UnknownCountryError, match="Ruritania"):
        st.reconcile(st.bundled(), "IR", "Ruritania")
    with pytest.raises(ReconciliationError, match="IR was given twice"):
        st.reconcile(st.bundled(), "IR", "Iran")
    with pytest.raises(ReconciliationError, match="0 days or more"):
        st.reconcile(st.bundled(), "IR", "US", window_days=-1)
    with pytest.raises(NothingToSearchError):
        st.reconcile([], "IR", "US")
    with pytest.raises(NothingToSearchError):
        st.reconcile(model.SanctionsList("empty", date=PartialDate("2024")), "IR", "US")
    undated = model.SanctionsList("undated", targets=(target("t", "Somebody"),))
    with pytest.raises(ReconciliationError, match="none of the lists has a date"):
        st.reconcile(undated, "IR", "US")


def test_where_other_entries_fit_as_well_nothing_is_filled() -> None:
    action = announced("a", "2024-04-18", counts=[(PERSON, 4)])
    entries = [
        (target(f"{group}{n}", f"Person {group} {n}", country="IR"), listed(f"{group}{n}", "2024-04-18", group))
        for group in "XY"
        for n in range(3)
    ]
    result = st.reconcile([announcements(action), official_list("US", "2025-01-01", entries)], "US", "IR")
    assert [(one.verdict.value, one.unique) for one in result.verifications] == [("not in full", False)]
    assert result.ledger[0].filled == ()
    assert result.ledger[0].unnamed_by_class() == {PERSON: 4}


def test_a_name_found_among_the_entries_of_the_day_is_that_party() -> None:
    """Name and country alone leave it open whether two records are one; the day of the announcement settles it."""
    entry = target("us:1", "Mohammad PAKPOUR", country="IR")
    for day, parties in (("2019-06-24", {("bundled", "ir-pakpour")}), ("2011-01-01", {("us-list", "us:1")})):
        official = official_list("US", "2025-01-01", [(entry, listed("us:1", day, "IRGC"))], list_id="us-list")
        us = st.reconcile([st.bundled(), official], "US", "IR").ledger[0]
        assert {line.party for line in us.lines if line.list_id == "us-list"} == parties


def test_a_listed_ship_is_a_party_and_no_designation() -> None:
    ship = target("v", "SHIP ONE", kind=TargetKind.VESSEL, country="IR")
    us = st.reconcile(official_list("US", "2025-01-01", [(ship, listed("v", "2020-01-01"))]), "US", "IR").ledger[0]
    assert us.tally(Counting.PARTY).total == 1
    assert us.tally(Counting.DESIGNATION).total == 0
    assert us.identified_property() == {PartyClass.VESSEL: 1}
    gb = st.reconcile(official_list("GB", "2025-01-01", [(ship, listed("v", "2020-01-01"))]), "GB", "IR").ledger[0]
    assert gb.tally(Counting.DESIGNATION).total == 1


def test_a_moment_tells_the_day_in_utc() -> None:
    moment = dt.datetime(2024, 4, 18, 22, 0, tzinfo=dt.timezone(dt.timedelta(hours=-4)))
    plain = announced("a", "2024-04-18", counts=[(PERSON, 5)])
    action = attrs.evolve(plain, moment=moment)
    for day, number in ((dt.date(2024, 4, 18), 0), (dt.date(2024, 4, 19), 5)):
        assert st.reconcile(announcements(action), "US", "IR", as_of=day).ledger[0].unnamed_parties == number
    assert st.reconcile(announcements(plain), "US", "IR", as_of=dt.date(2024, 4, 18)).ledger[0].unnamed_parties == 5


def test_somebody_of_a_third_country_whom_both_sides_list_stands_in_the_crossfire() -> None:
    sides = [announced("l", "2020-01-01"), announced("r", "2020-01-02", "right", "US")]
    number = model.Identifier(IdentifierType.NATIONAL_ID, "A123456", country="SY")
    lists = [
        official_list(
            country,
            "2025-01-01",
            [
                (
                    attrs.evolve(target(f"{country}:1", "Ruhollah Zzyzxpour", country="SY"), identifiers=(number,)),
                    listed(f"{country}:1", "2019-01-01"),
                )
            ],
            list_id=f"{country}-list",
        )
        for country in ("US", "IR")
    ]
    (one,) = st.reconcile([announcements(*sides), *lists], "US", "IR").crossfire
    assert (one.kind, one.sides, one.party) == (CrossfireKind.BOTH_SIDES, ("IR", "US"), ("IR-list", "IR:1"))
    assert [held.list_id for held in one.holdings] == ["IR-list", "US-list"]


def test_what_allies_share_lack_and_contradict_comes_with_it(iran_us: Reconciliation) -> None:
    against_us, against_iran = iran_us.coalitions
    assert (against_us.against, against_iran.against) == ("US", "IR")
    assert against_iran == st.coalition(st.bundled(), "IR", as_of=iran_us.as_of)
    assert {party.id for party in iran_us.shared} == {
        party.id for one in (against_us, against_iran) for party in one.parties if len(party.bound_by) > 1
    }
    staff = next(party for party in iran_us.shared if party.id == "bundled/ir-afgs")
    assert staff.bound_by == {"US", "GB", "CA"}
    assert iran_us.gaps == (*against_us.gaps, *against_iran.gaps)
    assert iran_us.conflicts == (*against_us.conflicts, *against_iran.conflicts)
    mirrored = st.reconcile(st.bundled(), "US", "IR")
    assert mirrored.coalitions == (against_iran, against_us)


def test_announcements_without_any_list_have_no_allies() -> None:
    one = announcements(announced("a", "2024-01-01", "left", "IR", counts=[(PERSON, 1)]))
    result = st.reconcile(one, "IR", "US", as_of=TODAY)
    assert (result.shared, result.gaps, result.conflicts) == ((), (), ())
    assert result.coalitions[0].sanctioners == ()


def test_a_measure_without_any_day_holds_from_the_list_s_own_day_on() -> None:
    undated = model.Measure("m", "body", "x", MeasureKind.ASSET_FREEZE)
    one = official_list("US", "2024-05-01", [(target("x", "Ali Rezaei", country="IR"), undated)])
    lines = {
        day: [line.statuses for line in ledger([one], "US", "IR", day).lines]
        for day in (dt.date(2024, 4, 30), dt.date(2024, 5, 1))
    }
    assert lines == {
        dt.date(2024, 4, 30): [(MeasureStatus.UNKNOWN,)],
        dt.date(2024, 5, 1): [(MeasureStatus.IN_FORCE,)],
    }


def test_how_often_a_party_without_a_day_was_designated_is_not_known() -> None:
    undated = model.Measure("m", "body", "x", MeasureKind.ASSET_FREEZE)
    one = official_list("US", "2024-05-01", [(target("x", "Ali Rezaei", country="IR"), undated)])
    tally = st.reconcile(one, "IR", "US").ledger[1].tally(Counting.DESIGNATION)
    assert (tally.named, tally.exact) == (0, False)


def test_counts_of_members_are_the_eu_s() -> None:
    counts = (model.Count(3, PERSON, against="FR"), model.Count(4, PERSON, against="DE"))
    action = attrs.evolve(announced("a", "2024-01-01"), against=("FR", "DE"), counts=counts)
    one = announcements(action)
    assert {on: st.reconcile(one, "US", on).ledger[0].unnamed_parties for on in ("EU", "FR", "DE")} == {
        "EU": 7,
        "FR": 3,
        "DE": 4,
    }


def test_a_member_s_party_on_two_lists_stands_in_the_crossfire_of_the_eu() -> None:
    bodies = tuple(model.Sanctioner(code, code, country=code) for code in ("IR", "RU", "EU"))
    pairs = (("IR", "EU"), ("EU", "IR"), ("RU", "EU"), ("EU", "RU"))
    actions = tuple(announced(f"{by}-{on}", f"2020-0{n}-01", by, on) for n, (by, on) in enumerate(pairs, start=1))
    told = model.SanctionsList("told", date=PartialDate("2024-01-01"), sanctioners=bodies, actions=actions)
    born = (model.Birth(date=PartialDate("1961-03-04")),)
    marie = attrs.evolve(target("m", "Marie Hélène Dubois-Lacroix", country="FR"), births=born)
    lists = [
        official_list(code, "2024-01-01", [(marie, listed("m", "2021-01-01"))], list_id=code) for code in ("IR", "RU")
    ]
    found = st.reconcile([told, *lists], "IR", "EU").crossfire
    assert [(one.kind, one.sides, one.of, one.certain) for one in found] == [
        (CrossfireKind.ADVERSARIES, ("IR", "RU"), "EU", True)
    ]
