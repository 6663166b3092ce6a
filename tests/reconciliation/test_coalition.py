"""Coalitions: laws on lists made at random, cases made to measure, the bundled data, bad input."""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Mapping

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

import sanctions_tracker as st
from sanctions_tracker import model
from sanctions_tracker.errors import NothingToSearchError, ReconciliationError, UnknownCountryError
from sanctions_tracker.model import PartialDate, SanctionsList, Target
from sanctions_tracker.model.vocabulary import EventKind, IdentifierType, MeasureStatus, PartyClass, TargetKind
from sanctions_tracker.parties import PartyDecision
from sanctions_tracker.reconciliation.coalition import Coalition, coalition
from sanctions_tracker.reconciliation.coalition.attribution import Ground
from sanctions_tracker.reconciliation.coalition.disagreements import Field
from sanctions_tracker.reconciliation.coalition.gaps import Gap
from sanctions_tracker.reconciliation.coalition.listings import DayBasis, ListedParty
from sanctions_tracker.reconciliation.coalition.overlap import overlap
from sanctions_tracker.reconciliation.days import days_between
from tests import builders
from tests.builders import announced, listed, official_list
from tests.parties.parties_made import party

TODAY = dt.date(2025, 6, 1)
ALLIES = ("AU", "CA", "EU", "GB", "US")

#: Parties that nobody could take for each other, by their first name; all of Iran.
STOCK = (
    party("salami", "Hossein Salami", born=("1960-03-01",), countries=("IR",)),
    party("shahriyari", "Behnam Shahriyari", born=("1968-05-17",), countries=("IR",)),
    party("mehr", "Zarrin Mehrdad Qaderi", born=("1975-11-09",), countries=("IR",)),
    party("paravar", "Paravar Pars Company", kind=TargetKind.COMPANY, countries=("IR",)),
    party("mellat", "Bank Mellat", kind=TargetKind.ENTITY, countries=("IR",)),
)


def of_publisher(
    country: str,
    entries: Mapping[Target, str | None],
    *,
    date: str | None = "2025-05-01",
    list_id: str = "",
    events: Mapping[str, tuple[model.MeasureEvent, ...]] | None = None,
) -> SanctionsList:
    """A publisher's list: its targets under ids of its own, each listed on a day (None: on a day unknown)."""
    body = model.Sanctioner(f"{country}-body", "A body", country=country)
    targets, measures = [], []
    for target, day in entries.items():
        own = attrs.evolve(
            target, id=f"{country}:{target.id}", origin=model.Origin(f"{country} file", record=target.id)
        )
        measure = listed(own.id, day or "2000-01-01", sanctioner=body.id)
        happened = (events or {}).get(target.id, measure.events if day else ())
        targets.append(own)
        measures.append(attrs.evolve(measure, events=happened, origins=(model.Origin(f"{country} file"),)))
    return SanctionsList(
        list_id or f"{country} list",
        date=PartialDate(date) if date else None,
        sanctioners=(body,),
        targets=tuple(targets),
        measures=tuple(measures),
        sources=(model.Source(f"{country} file"),),
    )


def event(kind: EventKind, day: str) -> model.MeasureEvent:
    return model.MeasureEvent(kind, PartialDate(day))


@some.composite
def holdings(draw: some.DrawFn) -> dict[str, dict[Target, str | None]]:
    """Who lists whom since when."""
    days = some.none() | some.dates(dt.date(2001, 1, 1), dt.date(2025, 4, 30)).map(str)
    return {
        ally: {one: draw(days) for one in draw(some.lists(some.sampled_from(STOCK), unique_by=lambda one: one.id))}
        for ally in draw(some.lists(some.sampled_from(ALLIES), unique=True, min_size=1))
    }


def lists_of(held: Mapping[str, Mapping[Target, str | None]]) -> list[SanctionsList]:
    return [of_publisher(ally, entries) for ally, entries in held.items()]


def the_coalition(lists: list[SanctionsList], **more: dt.date) -> Coalition:
    return coalition(lists, "IR", as_of=more.get("as_of", TODAY))


def stock_id(one: ListedParty) -> str:
    """The id in the stock of a party made from it."""
    return one.records[0].target.id.split(":")[1]


def with_somebody(held: Mapping[str, Mapping[Target, str | None]]) -> bool:
    return any(held.values())


some_holdings = holdings().filter(with_somebody)


@settings(max_examples=40)
@given(some_holdings)
def test_parties_and_overlaps_are_those_of_the_lists(held: dict[str, dict[Target, str | None]]) -> None:
    found = the_coalition(lists_of(held))
    expected = {ally: {one.id for one in entries} for ally, entries in held.items() if entries}
    assert set(found.sanctioners) == expected.keys()
    got = {ally: {stock_id(one) for one in found.parties if ally in one.bound_by} for ally in expected}
    assert got == expected
    for one in found.matrix:
        left, right = expected[one.left], expected[one.right]
        assert (one.total.left, one.total.right, one.total.both) == (len(left), len(right), len(left & right))


@settings(max_examples=40)
@given(some_holdings)
def test_the_matrix_is_symmetric_and_consistent(held: dict[str, dict[Target, str | None]]) -> None:
    found = the_coalition(lists_of(held))
    for one in found.matrix:
        assert found.between(one.left, one.right) == one
        assert found.between(one.right, one.left) == one.mirrored()
        assert one.mirrored().mirrored() == one
        total = one.total
        assert 0 <= total.jaccard <= total.containment <= 1
        assert total.both <= min(total.left, total.right)
        parts = one.by_class.values()
        assert (total.left, total.right, total.both) == (
            sum(part.left for part in parts),
            sum(part.right for part in parts),
            sum(part.both for part in parts),
        )
        assert sum(found.counts(one.left).values()) == total.left


@settings(max_examples=30)
@given(some_holdings, some.randoms(use_true_random=False))
def test_the_order_means_nothing(held: dict[str, dict[Target, str | None]], chance: random.Random) -> None:
    lists = lists_of(held)
    shuffled = []
    for one in lists:
        targets, measures = list(one.targets), list(one.measures)
        chance.shuffle(targets)
        chance.shuffle(measures)
        shuffled.append(attrs.evolve(one, targets=tuple(targets), measures=tuple(measures)))
    chance.shuffle(shuffled)
    assert the_coalition(shuffled).to_json() == the_coalition(lists).to_json()


@settings(max_examples=30)
@given(some_holdings)
def test_an_unrelated_list_changes_nothing_else(held: dict[str, dict[Target, str | None]]) -> None:
    stranger = party("stranger", "Ion Ceban", born=("1980-04-04",), countries=("MD",))
    unrelated = of_publisher("CH", {stranger: "2020-01-01"})
    lists = lists_of(held)
    with_it, without = the_coalition([*lists, unrelated]).to_json(), the_coalition(lists).to_json()
    assert with_it.pop("editions") == sorted(
        [
            *without.pop("editions"),
            {"list": "CH list", "date": "2025-05-01", "used": True, "later": False, "instead": None},
        ],
        key=lambda one: one["list"],
    )
    assert with_it == without


@settings(max_examples=30)
@given(some_holdings)
def test_every_claim_stands_on_a_list_given(held: dict[str, dict[Target, str | None]]) -> None:
    lists = {one.id: one for one in lists_of(held)}
    found = the_coalition(list(lists.values()))
    for one in found.parties:
        for listing in one.listings:
            for record in listing.records:
                assert lists[record.list_id].target(record.target.id) == record.target
            for day in filter(None, (listing.listed, listing.announced)):
                assert any(measure.id == day.measure for measure in lists[day.record.list_id].measures)
                assert all(origin.source in lists[day.record.list_id].sources_by_id for origin in day.origins)
                assert day.origins
    keys = {(list_id, source) for list_id, _, source in found.sources}
    assert keys <= {(one.id, source.id) for one in lists.values() for source in one.sources}
    assert found.sources


@settings(max_examples=40)
@given(some_holdings)
def test_gaps_are_whom_one_lists_and_another_does_not(held: dict[str, dict[Target, str | None]]) -> None:
    found = the_coalition(lists_of(held))
    allies = [ally for ally, entries in held.items() if entries]
    expected = {
        (one.id, by, without) for by in allies for without in allies for one in held[by] if one not in held[without]
    }
    assert {(stock_id(gap.party), gap.by, gap.without) for gap in found.gaps} == expected
    known = [gap.days for gap in found.gaps if gap.days]
    assert known == sorted(known, reverse=True)
    assert all(gap.days is None for gap in found.gaps[len(known) :])
    days = {(one.id, ally): day for ally, entries in held.items() for one, day in entries.items()}
    for gap in found.gaps:
        since = days[stock_id(gap.party), gap.by]
        assert gap.days == ((TODAY - dt.date.fromisoformat(since)).days,) * 2 if since else gap.days is None


@settings(max_examples=40)
@given(some_holdings)
def test_lags_run_from_the_earlier_to_the_later(held: dict[str, dict[Target, str | None]]) -> None:
    found = the_coalition(lists_of(held))
    for lag in found.lags:
        days = [
            held[ally][next(one for one in held[ally] if one.id == stock_id(lag.party))]
            for ally in (lag.first, lag.then)
        ]
        if None in days:
            assert lag.spans == ()
            assert "unknown" in str(lag)
        else:
            first, then = (dt.date.fromisoformat(day) for day in days if day)
            assert [span.days for span in lag.spans] == [((then - first).days,) * 2]
            assert first <= then
            assert lag.order_known == (first < then)
            assert f"{lag.first} {'then' if first < then else 'and'} {lag.then}" in str(lag)
    assert {one.day for one in found.same_day} <= {
        dt.date.fromisoformat(day) for entries in held.values() for day in entries.values() if day
    }


def named(found: Coalition, name: str) -> ListedParty:
    return next(one for one in found.parties if one.name == name)


SALAMI, SHAHRIYARI, MEHR, PARAVAR, MELLAT = STOCK


def test_a_party_on_one_list_is_in_no_overlap() -> None:
    lists = [of_publisher("US", {SALAMI: "2019-01-01"}), of_publisher("GB", {MELLAT: "2020-01-01"})]
    found = the_coalition(lists)
    (one,) = found.matrix
    assert (one.total.both, one.total.jaccard, one.total.containment) == (0, 0.0, 0.0)
    assert {(gap.party.name, gap.by, gap.without) for gap in found.gaps} == {
        ("Hossein Salami", "US", "GB"),
        ("Bank Mellat", "GB", "US"),
    }


def test_classes_are_counted_apart() -> None:
    lists = [
        of_publisher("US", dict.fromkeys((SALAMI, MEHR, MELLAT), "2019-01-01")),
        of_publisher("GB", dict.fromkeys((SALAMI, MELLAT, PARAVAR), "2020-01-01")),
    ]
    one = the_coalition(lists).between("GB", "US")
    assert {of: (part.left, part.right, part.both) for of, part in one.by_class.items()} == {
        PartyClass.PERSON: (1, 2, 1),
        PartyClass.ENTITY: (2, 1, 1),
    }
    assert one.total.jaccard == 0.5


def test_several_lists_of_one_publisher_are_one_ally() -> None:
    first = of_publisher("US", {SALAMI: "2019-01-01"}, list_id="blocked")
    second = of_publisher("US", {SALAMI: "2012-01-01", MELLAT: "2015-01-01"}, list_id="sectoral")
    found = the_coalition([first, second])
    assert found.sanctioners == ("US",)
    salami = named(found, "Hossein Salami")
    (listing,) = salami.listings
    assert {record.list_id for record in listing.records} == {"blocked", "sectoral"}
    assert str(listing.since) == "2012-01-01"
    assert found.counts("US") == {PartyClass.PERSON: 1, PartyClass.ENTITY: 1}


def editions_of(country: str) -> list[SanctionsList]:
    older = of_publisher(country, {SALAMI: "2019-01-01", MELLAT: "2019-01-01"}, date="2024-01-01")
    newer = of_publisher(country, {SALAMI: "2019-01-01", MEHR: "2024-12-01"}, date="2025-01-01")
    return [older, newer]


def test_of_two_editions_the_newest_by_the_day_counts() -> None:
    lists = [*editions_of("US"), of_publisher("GB", {MELLAT: "2020-01-01"})]
    found = the_coalition(lists)
    assert {one.name for one in found.parties if "US" in one.bound_by} == {"Hossein Salami", "Zarrin Mehrdad Qaderi"}
    assert [(one.list_id, str(one.date), one.used) for one in found.editions if one.list_id == "US list"] == [
        ("US list", "2024-01-01", False),
        ("US list", "2025-01-01", True),
    ]
    assert "US list of 2024-01-01: not counted, US list of 2025-01-01 is" in str(found)
    before = the_coalition(lists, as_of=dt.date(2024, 6, 1))
    assert {one.name for one in before.parties if "US" in one.bound_by} == {"Hossein Salami", "Bank Mellat"}


def test_an_edition_given_twice_counts_once() -> None:
    lists = editions_of("US")
    assert the_coalition([*lists, *lists]).to_json() == the_coalition(lists).to_json()


def test_another_format_of_one_list_is_an_older_edition() -> None:
    older, newer = editions_of("US")
    found = the_coalition([attrs.evolve(older, id="other format"), newer])
    assert {one.name for one in found.parties} == {"Hossein Salami", "Zarrin Mehrdad Qaderi"}


def test_a_list_newer_than_the_day_is_said_to_be() -> None:
    newer = of_publisher("US", {SALAMI: "2019-01-01", MEHR: "2024-12-01"}, date="2025-01-01")
    found = the_coalition([newer], as_of=dt.date(2024, 6, 1))
    assert {one.name for one in found.parties} == {"Hossein Salami"}
    assert [one.later for one in found.editions] == [True]
    assert "without what was delisted in between" in str(found)


def test_a_disappearance_is_no_delisting() -> None:
    (gap,) = the_gaps([*editions_of("US"), of_publisher("GB", {MELLAT: "2020-01-01"})], "GB", "US")
    assert gap.ended is None
    assert gap.disappeared is not None
    assert (gap.disappeared.record.target.id, str(gap.disappeared.record.dated)) == ("US:mellat", "2024-01-01")
    assert "not known to be delisted" in str(gap)


def the_gaps(lists: list[SanctionsList], by: str, without: str) -> tuple[Gap, ...]:
    return the_coalition(lists).gaps_between(by, without)


def test_a_delisting_is_told_with_its_day() -> None:
    ended = (event(EventKind.LISTED, "2015-01-01"), event(EventKind.DELISTED, "2021-03-04"))
    lists = [
        of_publisher("US", {SALAMI: "2015-01-01", MELLAT: "2015-01-01"}, events={"mellat": ended}),
        of_publisher("GB", {MELLAT: "2020-01-01"}),
    ]
    found = the_coalition(lists)
    (gap,) = found.gaps_between("GB", "US")
    assert gap.ended is not None
    assert (str(gap.ended.date), gap.ended.event) == ("2021-03-04", EventKind.DELISTED)
    assert "US delisted on 2021-03-04" in str(gap)
    assert found.stale == (gap,)
    assert found.between("GB", "US").total.both == 0
    before = the_coalition(lists, as_of=dt.date(2021, 1, 1))
    assert before.between("GB", "US").total.both == 1
    assert before.stale == ()


def test_an_older_edition_may_state_the_end() -> None:
    ended = (event(EventKind.LISTED, "2015-01-01"), event(EventKind.EXPIRED, "2023-10-18"))
    older = of_publisher("UN", {MELLAT: None, SALAMI: "2015-01-01"}, date="2023-12-01", events={"mellat": ended})
    newer = of_publisher("UN", {SALAMI: "2015-01-01"}, date="2025-01-01")
    (gap,) = the_gaps([older, newer, of_publisher("GB", {MELLAT: "2020-01-01"})], "GB", "UN")
    assert "UN expired on 2023-10-18" in str(gap)


def test_a_listing_younger_than_the_other_s_list_is_no_gap() -> None:
    lists = [
        of_publisher("US", {SALAMI: "2019-01-01", MELLAT: "2025-03-03"}),
        of_publisher("EU", {SALAMI: "2019-01-01"}, date="2024-05-13"),
    ]
    found = the_coalition(lists)
    assert found.gaps == ()
    assert [(gap.party.name, gap.without) for gap in found.untold] == [("Bank Mellat", "EU")]


def test_an_undated_list_reaches_as_far_as_its_newest_day() -> None:
    lists = [
        of_publisher("US", {SALAMI: "2019-01-01", MELLAT: "2025-03-03", PARAVAR: "2021-01-01"}),
        of_publisher("CA", {SALAMI: "2024-04-24"}, date=None),
    ]
    found = the_coalition(lists)
    assert [gap.party.name for gap in found.gaps] == ["Paravar Pars Company"]
    assert [gap.party.name for gap in found.untold] == ["Bank Mellat"]


def test_an_unknown_day_is_shown_as_unknown() -> None:
    lists = [of_publisher("US", {SALAMI: None, MELLAT: None}), of_publisher("GB", {SALAMI: "2020-01-01"})]
    found = the_coalition(lists)
    salami = named(found, "Hossein Salami")
    assert salami.bound_by == {"GB", "US"}
    assert "US day unknown" in str(salami)
    (lag,) = found.lags
    assert (lag.spans, lag.order_known) == ((), False)
    assert str(lag) == "Hossein Salami: GB and US, days unknown"
    (gap,) = found.gaps
    assert (gap.since, gap.days) == (None, None)
    assert "since a day unknown" in str(gap)
    assert found.same_day == ()


def test_a_record_without_dates_says_nothing_of_days_before_its_list() -> None:
    found = the_coalition([of_publisher("US", {SALAMI: None})], as_of=dt.date(2024, 1, 1))
    (listing,) = found.parties[0].listings
    assert (listing.binds, [status for _, status in listing.statuses]) == (None, [MeasureStatus.UNKNOWN])
    assert found.counts("US") == {}


def test_partial_dates_give_ranges() -> None:
    lists = [of_publisher("US", {SALAMI: "2019"}), of_publisher("GB", {SALAMI: "2020-01-05"})]
    found = the_coalition([*lists, of_publisher("EU", {MELLAT: "2020-01-01"})])
    (lag,) = found.lags
    assert [span.days for span in lag.spans] == [(5, 369)]
    assert "5 to 369 days" in str(lag)
    gaps = {(gap.by, gap.without): gap.days for gap in found.gaps if gap.party.name == "Hossein Salami"}
    assert gaps["US", "EU"] == ((TODAY - dt.date(2019, 12, 31)).days, (TODAY - dt.date(2019, 1, 1)).days)


@given(
    some.dates(dt.date(1990, 1, 1), dt.date(2030, 1, 1)),
    some.dates(dt.date(1990, 1, 1), dt.date(2030, 1, 1)),
    some.sampled_from((4, 7, 10)),
    some.sampled_from((4, 7, 10)),
)
def test_a_range_of_days_holds_the_true_number(start: dt.date, end: dt.date, cut: int, other: int) -> None:
    days = days_between(PartialDate(str(start)[:cut]), PartialDate(str(end)[:other]))
    assert days is not None
    low, high = days
    assert low is not None
    assert high is not None
    assert low <= (end - start).days <= high
    back = days_between(PartialDate(str(end)[:other]), PartialDate(str(start)[:cut]))
    assert back == (-high, -low)


def test_an_open_end_bounds_the_days_on_one_side() -> None:
    before = PartialDate("../2020-01-01")
    assert days_between(before, PartialDate("2020-02-01")) == (31, None)
    assert days_between(PartialDate("2020-02-01"), before) == (None, -31)
    assert days_between(before, PartialDate("../2020-02-01")) is None
    found = the_coalition([of_publisher("EU", {SALAMI: "../2020-01-01"}), of_publisher("US", {MELLAT: "2019-01-01"})])
    assert [str(gap) for gap in found.gaps if gap.by == "EU"] == [
        "Hossein Salami: EU since ../2020-01-01, at least 1,978 days; US not, as of 2025-05-01"
    ]


def test_the_same_day() -> None:
    lists = [
        of_publisher(ally, {SALAMI: day}) for ally, day in (("US", "2024-04-18"), ("GB", "2024-04-18"), ("EU", "2024"))
    ]
    (one,) = the_coalition(lists).same_day
    assert (one.day, one.allies) == (dt.date(2024, 4, 18), ("GB", "US"))


def test_births_that_cannot_both_be_true_are_both_kept() -> None:
    known = party("salami", "Hossein Salami", born=("1960-03-01",), countries=("IR",), passports=("A1234567",))
    near = attrs.evolve(known, births=(model.Birth(PartialDate("1960-08-01"), origin=model.Origin("GB file")),))
    year = attrs.evolve(known, births=(model.Birth(PartialDate("1960")),))
    lists = [
        of_publisher("US", {known: "2019-01-01"}),
        of_publisher("GB", {near: "2020-01-01"}),
        of_publisher("EU", {year: "2020-01-01"}),
    ]
    (one,) = the_coalition(lists).conflicts
    assert (one.field, one.left.values, one.right.values) == (Field.BIRTH, ("1960-08-01",), ("1960-03-01",))
    assert (one.left.record.list_id, one.right.record.list_id) == ("GB list", "US list")
    assert one.left.origins == (model.Origin("GB file"),)


def test_numbers_kinds_and_genders_that_differ() -> None:
    def numbered(number: str, gender: str, kind: TargetKind) -> Target:
        extra = model.Identifier(IdentifierType.NATIONAL_ID, number, country="IR")
        return attrs.evolve(SALAMI, identifiers=(extra,), gender=gender, kind=kind)

    lists = [
        of_publisher("US", {numbered("0012345678", "male", TargetKind.PERSON): "2019-01-01"}),
        of_publisher("GB", {numbered("0087654321", "female", TargetKind.ENTITY): "2020-01-01"}),
    ]
    decision = PartyDecision(
        ("US list", "US:salami"),
        ("GB list", "GB:salami"),
        same=True,
        reason="seen the papers",
        author="R. Eader",
        date=dt.date(2025, 1, 2),
    )
    found = coalition(lists, "IR", as_of=TODAY, decisions=[decision])
    assert {(one.field, one.left.values, one.right.values) for one in found.conflicts} == {
        (Field.NUMBER, ("0087654321",), ("0012345678",)),
        (Field.KIND, ("entity",), ("person",)),
        (Field.GENDER, ("female",), ("male",)),
    }
    assert [one.party_class for one in found.parties] == [PartyClass.UNKNOWN]
    apart = the_coalition(lists)
    assert len(apart.parties) == 2
    assert apart.conflicts == ()


def test_what_a_person_must_decide_counts_as_two_and_is_no_gap() -> None:
    bare = party("salami", "Hossein Salami", countries=("IR",))
    found = the_coalition([of_publisher("US", {bare: "2019-01-01"}), of_publisher("GB", {bare: "2020-01-01"})])
    assert len(found.parties) == 2
    (one,) = found.unresolved
    assert {one.comparison.left.list_id, one.comparison.right.list_id} == {"GB list", "US list"}
    assert found.gaps == ()
    assert {(gap.by, gap.without) for gap in found.undecided} == {("GB", "US"), ("US", "GB")}
    assert "a person must decide" in str(found.undecided[0])
    assert found.between("GB", "US").total.both == 0


def test_a_publisher_s_second_record_of_a_party_is_no_gap() -> None:
    """The EU lists him twice; the second record, of which nothing but the name is known, stands alone."""
    bare = party("again", "Behnam Shahriyari", countries=("IR",))
    lists = [
        of_publisher("EU", {SHAHRIYARI: "2022-01-01", bare: "2008-01-01"}),
        of_publisher("GB", {SHAHRIYARI: "2021-01-01"}),
    ]
    found = the_coalition(lists)
    assert len(found.parties) == 2
    assert found.between("EU", "GB").total.both == 1
    assert found.gaps == ()
    assert [(gap.by, gap.without, gap.perhaps[0].record.target.id) for gap in found.undecided] == [
        ("EU", "GB", "GB:shahriyari")
    ]


def test_a_record_that_states_no_country_is_found_by_its_like() -> None:
    silent = attrs.evolve(SALAMI, countries=())
    stranger = party("stranger", "Somebody Else", born=("1970-01-01",))
    lists = [
        of_publisher("US", {SALAMI: "2019-01-01"}),
        of_publisher("GB", {silent: "2020-01-01", stranger: "2020-01-01"}),
    ]
    found = the_coalition(lists)
    (one,) = found.parties
    assert one.bound_by == {"GB", "US"}
    assert (one.attribution.ground, [record.list_id for record in one.attribution.records]) == (
        Ground.NATIONALITY,
        ["US list"],
    )


def test_a_programme_tells_the_country_where_nothing_else_does() -> None:
    def under(programme: str, target: Target) -> SanctionsList:
        one = of_publisher("CA", {target: "2020-01-01"})
        return attrs.evolve(one, measures=tuple(attrs.evolve(held, programmes=(programme,)) for held in one.measures))

    silent = attrs.evolve(SALAMI, countries=())
    assert [one.attribution.ground for one in the_coalition([under("Iran", silent)]).parties] == [Ground.PROGRAMME]
    assert the_coalition([under("Russia / Russie", silent)]).parties == ()
    dealer = attrs.evolve(MELLAT, countries=(model.CountryTie(model.vocabulary.TieRole.REGISTRATION, "AE"),))
    found = the_coalition([under("Iran", dealer)])
    assert found.parties == ()
    assert [(one.record.target.id, one.by, one.countries) for one in found.left_out] == [
        ("CA:mellat", ("CA",), frozenset({"AE"}))
    ]


def test_addresses_in_several_countries_are_no_seat() -> None:
    def at(*countries: str) -> tuple[model.Address, ...]:
        return tuple(model.Address(country=code) for code in countries)

    abroad = attrs.evolve(MELLAT, countries=(), addresses=at("AE", "IR"))
    home = attrs.evolve(MELLAT, countries=(), addresses=at("AE"))
    alone = the_coalition([of_publisher("US", {abroad: "2019-01-01"})])
    assert [one.attribution.ground for one in alone.parties] == [Ground.ADDRESS]
    both = the_coalition([of_publisher("US", {abroad: "2019-01-01"}), of_publisher("GB", {home: "2019-01-01"})])
    assert [one.attribution.ground for one in both.parties] == [Ground.ADDRESS]
    passing = attrs.evolve(SALAMI, countries=(), addresses=at("IR"), births=(model.Birth(country="AF"),))
    assert the_coalition([of_publisher("US", {passing: "2019-01-01"})]).parties == ()


def test_the_country_s_own_lists_are_no_ally_s() -> None:
    found = the_coalition([of_publisher("IR", {SALAMI: "2019-01-01"}), of_publisher("US", {MELLAT: "2019-01-01"})])
    assert found.sanctioners == ("US",)
    assert [one.name for one in found.parties] == ["Bank Mellat"]


def test_the_eu_stands_for_its_members() -> None:
    french = party("f", "Jean Martin Durand", born=("1960-01-01",), countries=("FR",))
    found = coalition([of_publisher("CN", {french: "2021-03-22"})], "EU", as_of=TODAY)
    assert [one.name for one in found.parties] == ["Jean Martin Durand"]


@pytest.fixture(scope="module")
def bundled_iran() -> Coalition:
    return coalition(st.bundled(), "Iran")


def test_the_general_staff_in_the_bundled_data(bundled_iran: Coalition) -> None:
    staff = named(bundled_iran, "Armed Forces General Staff of Iran")
    lags = {(lag.first, lag.then): [span.days for span in lag.spans] for lag in bundled_iran.lags if lag.party == staff}
    assert lags == {("US", "GB"): [(1627, 1627)], ("US", "CA"): [(1634, 1634)], ("GB", "CA"): [(7, 7)]}
    assert {listing.announced.basis for listing in staff.listings if listing.announced} == {DayBasis.ANNOUNCEMENT}


def test_an_announcement_s_day_and_the_list_s_are_both_kept() -> None:
    staff = next(one for one in st.bundled().targets if one.id == "ir-afgs")
    found = coalition([st.bundled(), of_publisher("CA", {staff: "2024-04-24"}, date=None)], "IR")
    listing = named(found, staff.name).listing("CA")
    assert listing is not None
    assert (str(listing.listed), str(listing.announced)) == ("2024-04-24", "2024-04-25 (announced)")
    spans = next(
        lag.spans for lag in found.lags if lag.party.name == staff.name and lag.first == "US" and lag.then == "CA"
    )
    assert {span.days for span in spans} == {(1633, 1633), (1634, 1634)}
    assert {span.end.basis: span.days for span in spans} == {
        DayBasis.LIST: (1633, 1633),
        DayBasis.ANNOUNCEMENT: (1634, 1634),
    }


def test_a_data_set_claims_no_absence(bundled_iran: Coalition) -> None:
    assert not any(ally.own_list for ally in bundled_iran.allies)
    assert all("as far as the data set tells" in str(gap) for gap in bundled_iran.gaps if not gap.other)


def test_a_call_lists_nobody(bundled_iran: Coalition) -> None:
    assert "IL" not in bundled_iran.sanctioners
    assert all(
        "call" not in measure
        for one in bundled_iran.parties
        for listing in one.listings
        for measure, _ in listing.statuses
    )


def test_a_subset_by_actions() -> None:
    actions = st.bundled().actions_by_id
    found = overlap(actions["eu-20210322"].named, actions["us-20210322"].named)
    assert (found.left, found.right, found.jaccard, found.containment) == (5, 2, 0.4, 1.0)


@given(some.sets(some.integers(0, 9)), some.sets(some.integers(0, 9)))
def test_overlaps_of_sets(left: set[int], right: set[int]) -> None:
    found = overlap(left, right)
    assert found.mirrored() == overlap(right, left)
    assert 0 <= found.jaccard <= found.containment <= 1
    assert (found.containment == 1) == (bool(left and right) and (left <= right or right <= left))
    assert (found.jaccard == 1) == (left == right != set())


def test_json_is_plain_and_holds_every_part(bundled_iran: Coalition) -> None:
    data = json.loads(json.dumps(bundled_iran.to_json()))
    ids = {one["id"] for one in data["parties"]}
    assert len(ids) == len(data["parties"]) == len(bundled_iran.parties)
    for part in ("gaps", "lags", "same_day", "conflicts", "undecided", "untold"):
        assert {one["party"] for one in data[part]} <= ids
    assert data["sources"]
    assert {"measures", "listed", "announced"} <= data["parties"][0]["listings"][0].keys()


def test_statuses_are_told_by_measure() -> None:
    suspended = (event(EventKind.LISTED, "2015-01-01"), event(EventKind.SUSPENDED, "2024-01-01"))
    lists = [
        of_publisher("US", {MELLAT: None, SALAMI: "2015-01-01"}, events={"mellat": suspended}),
        of_publisher("GB", {MELLAT: "2020-01-01"}),
    ]
    (gap,) = the_gaps(lists, "GB", "US")
    assert gap.other is not None
    assert [status for _, status in gap.other.statuses] == [MeasureStatus.SUSPENDED]
    assert "US without effect: suspended" in str(gap)


def test_a_sanctioner_of_no_known_country_stands_under_its_id() -> None:
    one = official_list("US", "2025-01-01", [(SALAMI, listed("salami", "2020-01-01"))])
    found = the_coalition([attrs.evolve(one, sanctioners=(model.Sanctioner("body", "A body"),))])
    assert found.sanctioners == ("body",)


def test_what_an_action_states_comes_before_other_ties() -> None:
    dealer = builders.target("dealer", "Gulf Dealer Trading", kind=TargetKind.COMPANY, country=None)
    dealer = attrs.evolve(dealer, countries=(model.CountryTie(model.vocabulary.TieRole.REGISTRATION, "AE"),))
    action = announced("a", "2024-01-01", named=["dealer"])
    measure = attrs.evolve(listed("dealer", "2024-01-01", sanctioner="left"), actions=("a",))
    data = attrs.evolve(builders.announcements(action, targets=[dealer]), measures=(measure,))
    assert [one.attribution.ground for one in coalition(data, "IR").parties] == [Ground.STATED]
    assert coalition(data, "AE").parties == ()


def test_bad_questions() -> None:
    lists = editions_of("US")
    with pytest.raises(UnknownCountryError, match="Ruritania"):
        coalition(lists, "Ruritania")
    with pytest.raises(NothingToSearchError):
        coalition([], "IR")
    with pytest.raises(NothingToSearchError):
        coalition(SanctionsList("empty", date=PartialDate("2024")), "IR")
    undated = [attrs.evolve(one, date=None) for one in lists]
    with pytest.raises(ReconciliationError, match="none of the lists has a date"):
        coalition(undated[0], "IR")
    with pytest.raises(ReconciliationError, match="which is newer"):
        coalition(undated, "IR", as_of=TODAY)
    found = the_coalition(lists)
    with pytest.raises(ReconciliationError, match="FR lists no party of Iran here; those who do: US"):
        found.between("FR", "US")
    with pytest.raises(ReconciliationError, match="given twice"):
        found.between("US", "US")


def test_nobody_of_the_country_is_an_empty_answer() -> None:
    found = coalition(editions_of("US"), "MD", as_of=TODAY)
    assert (found.parties, found.matrix, found.gaps, found.sanctioners) == ((), (), (), ())
    assert "on the lists of nobody" in str(found)
