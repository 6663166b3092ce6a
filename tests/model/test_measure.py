"""What held of a measure on a day follows from its dated events."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctions_tracker.errors import ModelError
from sanctions_tracker.model import Measure, MeasureEvent, PartialDate
from sanctions_tracker.model.vocabulary import EventKind, MeasureKind, MeasureStatus
from tests import strategies

S = MeasureStatus


def event(written: str) -> MeasureEvent:
    """``listed 2024-04-18`` or ``suspended 2025-05-14 until 2025-08-12``."""
    kind, date, *until = written.replace(" until", "").split()
    return MeasureEvent(EventKind(kind), PartialDate(date), PartialDate(until[0]) if until else None)


def measure(*events: str) -> Measure:
    return Measure("m", "us", "t", MeasureKind.ASSET_FREEZE, events=tuple(map(event, events)))


LISTED = "listed 2024-04-18"
SUSPENDED = "suspended 2025-05-14 until 2025-08-12"


@pytest.mark.parametrize(
    ("events", "on", "status"),
    [
        ([], "2024-04-18", S.NOT_YET),
        ([LISTED], "2024-04-17", S.NOT_YET),
        ([LISTED], "2024-04-18", S.IN_FORCE),
        ([LISTED], "2099-01-01", S.IN_FORCE),
        (["called_for 2024-04-16"], "2024-05-01", S.CALLED_FOR),
        (["announced 2024-04-16", "effective 2024-05-01"], "2024-04-30", S.ANNOUNCED),
        (["announced 2024-04-16", "effective 2024-05-01"], "2024-05-01", S.IN_FORCE),
        (["effective 2024-05-01", "announced 2024-04-16"], "2024-05-01", S.IN_FORCE),
        # A suspension with an end: from the day after it what held before holds again.
        ([LISTED, SUSPENDED], "2025-05-13", S.IN_FORCE),
        ([LISTED, SUSPENDED], "2025-05-14", S.SUSPENDED),
        ([LISTED, SUSPENDED], "2025-08-12", S.SUSPENDED),
        ([LISTED, SUSPENDED], "2025-08-13", S.IN_FORCE),
        (["announced 2025-04-01", SUSPENDED], "2025-08-13", S.ANNOUNCED),
        ([LISTED, "suspended 2025-05-14"], "2030-01-01", S.SUSPENDED),
        ([LISTED, "suspended 2025-05-14", "reimposed 2025-11-10"], "2025-11-10", S.REIMPOSED),
        ([LISTED, "licensed 2025-05-14 until 2025-06-01"], "2025-06-01", S.LICENSED),
        ([LISTED, "licensed 2025-05-14 until 2025-06-01"], "2025-06-02", S.IN_FORCE),
        ([LISTED, SUSPENDED, "delisted 2025-06-01"], "2025-06-01", S.DELISTED),
        ([LISTED, SUSPENDED, "delisted 2025-06-01"], "2025-09-01", S.DELISTED),
        ([LISTED, "suspended 2025-05 until 2025-08"], "2025-05-15", S.UNKNOWN),
        ([LISTED, "suspended 2025-05 until 2025-08"], "2025-05-31", S.SUSPENDED),
        ([LISTED, "suspended 2025-05 until 2025-08"], "2025-08-15", S.UNKNOWN),
        ([LISTED, "suspended 2025-05 until 2025-08"], "2025-09-01", S.IN_FORCE),
        # The ways in which a measure ends.
        ([LISTED, "expired 2025-01-01"], "2025-01-01", S.EXPIRED),
        ([LISTED, "revoked 2025-01-01"], "2025-01-01", S.REVOKED),
        ([LISTED, "delisted 2025-01-01"], "2024-12-31", S.IN_FORCE),
        ([LISTED, "delisted 2025-01-01", "designated 2026-01-01"], "2026-01-01", S.IN_FORCE),
        # A date that is not known in full leaves it open while it may or may not have come.
        (["listed 2024"], "2023-12-31", S.NOT_YET),
        (["listed 2024"], "2024-01-01", S.UNKNOWN),
        (["listed 2024"], "2024-12-30", S.UNKNOWN),
        (["listed 2024"], "2024-12-31", S.IN_FORCE),
        (["listed 2024~"], "2024-12-31", S.UNKNOWN),
        (["listed 2024~"], "2026-12-31", S.IN_FORCE),
        (["listed ../2024"], "1950-01-01", S.UNKNOWN),
        (["listed 2024/.."], "2090-01-01", S.UNKNOWN),
        # An open date that would change nothing leaves nothing open.
        ([LISTED, "designated 2025"], "2025-06-01", S.IN_FORCE),
        ([LISTED, "amended 2025"], "2025-06-01", S.IN_FORCE),
        ([LISTED, "delisted 2025"], "2025-06-01", S.UNKNOWN),
        # An amendment changes no status.
        (["amended 2024-04-18"], "2024-04-18", S.NOT_YET),
        ([LISTED, "delisted 2025-01-01", "amended 2025-02-01"], "2025-02-01", S.DELISTED),
        # Of two events of one day the one that stands later in the publisher's order decides.
        (["announced 2024-04-18", "listed 2024-04-18"], "2024-04-18", S.IN_FORCE),
        (["listed 2024-04-18", "announced 2024-04-18"], "2024-04-18", S.ANNOUNCED),
    ],
)
def test_the_status_on_a_day(events: list[str], on: str, status: MeasureStatus) -> None:
    assert measure(*events).status(dt.date.fromisoformat(on)) is status


@pytest.mark.parametrize(
    ("list_date", "status"),
    [(None, S.IN_FORCE), ("2024-04-18", S.IN_FORCE), ("2024-04-19", S.UNKNOWN), ("2024-04", S.UNKNOWN)],
)
def test_a_measure_without_events_holds_from_the_list_s_day_on(list_date: str | None, status: MeasureStatus) -> None:
    date = PartialDate(list_date) if list_date else None
    assert measure().status_on_list(dt.date(2024, 4, 18), date) is status


@given(strategies.measures(), strategies.days)
def test_before_its_first_event_a_measure_is_not_yet(one: Measure, on: dt.date) -> None:
    if all(happened.date.reached_by(on) is False for happened in one.events):
        assert one.status(on) is S.NOT_YET


@given(strategies.measures(), strategies.days)
def test_a_status_is_one_that_an_event_brought(one: Measure, on: dt.date) -> None:
    brought = {happened.status for happened in one.events if happened.date.reached_by(on) is not False}
    assert one.status(on) in {*brought, S.NOT_YET, S.UNKNOWN}


@given(strategies.measures(), strategies.days)
def test_only_a_date_not_known_in_full_leaves_a_status_open(one: Measure, on: dt.date) -> None:
    exact = all(day.day for happened in one.events for day in (happened.date, happened.until) if day)
    if exact:
        assert one.status(on) is not S.UNKNOWN


@given(strategies.measures(), strategies.events, strategies.days)
def test_an_amendment_changes_no_status(one: Measure, added: MeasureEvent, on: dt.date) -> None:
    amendment = attrs.evolve(added, kind=EventKind.AMENDED)
    for events in ((amendment, *one.events), (*one.events, amendment)):
        assert attrs.evolve(one, events=events).status(on) is one.status(on)


@given(strategies.measures(), strategies.days)
def test_what_comes_later_changes_nothing_before(one: Measure, on: dt.date) -> None:
    later = MeasureEvent(EventKind.DELISTED, PartialDate.on(on + dt.timedelta(days=1)))
    assert attrs.evolve(one, events=(*one.events, later)).status(on) is one.status(on)


@given(strategies.days, st.integers(0, 400), st.integers(-10, 800))
def test_a_suspension_lasts_as_long_as_it_says(start: dt.date, length: int, after: int) -> None:
    end, on = start + dt.timedelta(days=length), start + dt.timedelta(days=after)
    suspended = MeasureEvent(EventKind.SUSPENDED, PartialDate.on(start), PartialDate.on(end))
    listed = event("listed 1800-01-01")
    held = attrs.evolve(measure(), events=(listed, suspended)).status(on)
    assert held is (S.SUSPENDED if 0 <= after <= length else S.IN_FORCE)


def test_every_event_but_an_amendment_brings_a_status() -> None:
    silent = {kind for kind in EventKind if MeasureEvent(kind, PartialDate("2024")).status is None}
    assert silent == {EventKind.AMENDED}


def test_what_binds() -> None:
    assert {status for status in MeasureStatus if status.binds} == {S.IN_FORCE, S.REIMPOSED, S.LICENSED}


def test_since_and_listed_on() -> None:
    one = measure("announced 2024-01-01", "designated 2024-03-01", "listed 2024-04-18", "delisted 2025-01-01")
    assert one.since == PartialDate("2024-03-01")
    assert one.listed_on == PartialDate("2024-04-18")
    assert measure("announced 2024-01-01").since is None
    assert measure("designated 2024-03-01").listed_on is None


def test_an_end_before_the_start_is_refused() -> None:
    with pytest.raises(ModelError, match="cannot end before it, on 2025-05-13"):
        event("suspended 2025-05-14 until 2025-05-13")
    assert event("suspended 2025-05-14 until 2025-05-14").until == PartialDate("2025-05-14")
    assert event("suspended 2025-05-14 until 2025").until == PartialDate("2025")


def test_a_moment_needs_a_time_zone() -> None:
    date = PartialDate("2025-09-28")
    aware = dt.datetime(2025, 9, 28, tzinfo=dt.UTC)
    assert MeasureEvent(EventKind.REIMPOSED, date, moment=aware).moment == aware
    with pytest.raises(ModelError, match="needs a time zone"):
        MeasureEvent(EventKind.REIMPOSED, date, moment=aware.replace(tzinfo=None))


@pytest.mark.parametrize("field", ["id", "sanctioner", "target"])
def test_no_id_is_blank(field: str) -> None:
    fields: dict[str, Any] = {"id": "m", "sanctioner": "us", "target": "t", "kind": MeasureKind.ASSET_FREEZE}
    with pytest.raises(ModelError, match=rf"Measure\.{field} must not be blank"):
        Measure(**(fields | {field: " "}))
