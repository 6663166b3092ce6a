"""Iran's parties on the official lists of six allies and in the bundled data."""

from __future__ import annotations

import datetime as dt
from itertools import product

import pytest

import sanctions_tracker as st
from sanctions_tracker.model import SanctionsList
from sanctions_tracker.model.vocabulary import EventKind
from sanctions_tracker.parties import Record
from sanctions_tracker.reconciliation.coalition import Coalition, coalition
from sanctions_tracker.reconciliation.coalition.listings import DayBasis, ListedParty

pytestmark = pytest.mark.real

_WANTED = {"us-ofac-advanced", "uk-conlist", "eu-fsf", "un-consolidated", "ca-sema", "au-dfat"}


@pytest.fixture(scope="module")
def lists(newest: tuple[SanctionsList, ...]) -> dict[str, SanctionsList]:
    given = {one.id: one for one in newest if one.id in _WANTED}
    assert given.keys() == _WANTED
    return {**given, "bundled": st.bundled()}


@pytest.fixture(scope="module")
def iran(lists: dict[str, SanctionsList]) -> Coalition:
    return coalition(lists.values(), "IR", as_of=dt.date(2026, 3, 1))


def party_of(found: Coalition, list_id: str, target_id: str) -> ListedParty:
    return next(one for one in found.parties if any(record.key == (list_id, target_id) for record in one.records))


def test_who_lists_how_many(iran: Coalition) -> None:
    counted = {by: sum(iran.counts(by).values()) for by in iran.sanctioners}
    assert counted.keys() == {"AU", "CA", "EU", "GB", "UN", "US"}
    assert counted["US"] > 1_900
    assert min(counted["EU"], counted["GB"], counted["CA"], counted["AU"]) > 350
    assert all(ally.own_list for ally in iran.allies)


def test_the_matrix(iran: Coalition) -> None:
    """Floors: a third at least of what each of the four has in common with the others."""
    both = {frozenset((one.left, one.right)): one.total.both for one in iran.matrix}
    assert len(both) == 15
    assert both[frozenset(("EU", "GB"))] >= 300
    assert both[frozenset(("GB", "US"))] >= 220
    assert all(both[frozenset(pair)] >= 150 for pair in product(("AU", "CA"), ("EU", "GB", "US")))
    assert all(0 <= one.total.jaccard <= one.total.containment <= 1 for one in iran.matrix)


def test_the_general_staff_is_traced_to_the_entries(iran: Coalition) -> None:
    staff = party_of(iran, "us-ofac-advanced", "us:27849")
    assert {record.key for record in staff.records} == {
        ("us-ofac-advanced", "us:27849"),
        ("uk-conlist", "gb:16468"),
        ("ca-sema", "ca:iran/1-part-1/233"),
        ("bundled", "ir-afgs"),
    }
    days = {
        one.by: (str(one.listed and one.listed.date), str(one.announced and one.announced.date))
        for one in staff.listings
    }
    assert days == {
        "US": ("2019-11-04", "2019-11-04"),
        "GB": ("2024-04-18", "2024-04-18"),
        "CA": ("2024-04-24", "2024-04-25"),
    }
    lags = {
        (lag.first, lag.then): {(span.end.basis, span.days) for span in lag.spans}
        for lag in iran.lags
        if lag.party == staff
    }
    assert lags["US", "GB"] == {(DayBasis.LIST, (1627, 1627)), (DayBasis.ANNOUNCEMENT, (1627, 1627))}
    assert lags["US", "CA"] == {(DayBasis.LIST, (1633, 1633)), (DayBasis.ANNOUNCEMENT, (1634, 1634))}


def test_the_navy_of_the_guards(iran: Coalition) -> None:
    navy = party_of(iran, "us-ofac-advanced", "us:26720")
    assert party_of(iran, "uk-conlist", "gb:16467") == navy
    assert {"US", "GB", "CA"} <= navy.bound_by


def test_the_common_day_of_april_2024(iran: Coalition) -> None:
    of_day = [one for one in iran.same_day if one.day == dt.date(2024, 4, 18)]
    assert [(one.party.name, one.allies) for one in of_day] == [
        ("ASEMAN PISHRANEH ENGINEERING SERVICES COMPANY", ("GB", "US"))
    ]
    assert {record.key for record in of_day[0].party.records} >= {
        ("uk-conlist", "gb:16478"),
        ("us-ofac-advanced", "us:48649"),
    }


def test_homonyms_stand_apart(iran: Coalition) -> None:
    central = party_of(iran, "uk-conlist", "gb:16470")
    assert all("CONSTRUCTION" not in record.target.name.upper() for record in central.records)


def test_every_day_stands_on_its_list(iran: Coalition, lists: dict[str, SanctionsList]) -> None:
    for party in iran.parties:
        for listing in party.listings:
            for day in filter(None, (listing.listed, listing.announced, listing.ended)):
                measures = lists[day.record.list_id].measures_on(day.record.target.id)
                (measure,) = (one for one in measures if one.id == day.measure)
                assert any(event.date == day.date and event.kind is day.event for event in measure.events)
                assert day.origins


def test_gaps_are_between_lists_that_can_tell(iran: Coalition) -> None:
    assert iran.gaps
    for gap in iran.gaps:
        assert gap.by in gap.party.bound_by
        assert gap.without not in gap.party.bound_by
        assert not gap.untold
        assert not gap.perhaps
    certain = [gap.days[0] if gap.days and gap.days[0] is not None else -1 for gap in iran.gaps]
    assert certain == sorted(certain, reverse=True)
    assert certain[0] > 7_000


def test_disagreements_are_between_two_publishers(iran: Coalition) -> None:
    assert iran.conflicts
    for one in iran.conflicts:
        assert one.left.record.publisher != one.right.record.publisher
        assert one.left.origins
        assert one.right.origins


def test_an_older_edition_tells_what_the_un_lifted(
    lists: dict[str, SanctionsList], older: tuple[SanctionsList, ...]
) -> None:
    """The UN's Iran list of 2021 is gone from that of 2025; its travel bans are stated to have expired."""
    (un_2021,) = (one for one in older if one.id == "un-consolidated")
    some = [lists["un-consolidated"], un_2021, lists["uk-conlist"]]
    found = coalition(some, "IR", as_of=dt.date(2025, 4, 19))
    assert [(one.list_id, str(one.date), one.used) for one in found.editions if one.list_id == "un-consolidated"] == [
        ("un-consolidated", "2021-03-12", False),
        ("un-consolidated", "2025-04-19", True),
    ]
    gone = [gap for gap in found.gaps_between("GB", "UN") if gap.disappeared]
    assert len(gone) >= 40
    assert all(gap.disappeared and gap.disappeared.record.dated != gap.told_by.known_until for gap in gone)
    ended = [gap for gap in gone if gap.ended]
    assert {gap.ended.event for gap in ended if gap.ended} <= {EventKind.EXPIRED}
    assert set(found.stale) == set(ended)


def test_records_are_those_of_the_lists(iran: Coalition, lists: dict[str, SanctionsList]) -> None:
    keys = [record.key for party in iran.parties for record in party.records]
    assert len(keys) == len(set(keys))
    for list_id, target_id in keys:
        one = lists[list_id]
        assert Record.of(one, one.target(target_id)).key == (list_id, target_id)
