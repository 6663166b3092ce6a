"""The news article of spring 2024, proved by the official lists."""

from __future__ import annotations

from collections import Counter

import pytest

import sanctions_tracker as st
from sanctions_tracker.model.vocabulary import EventKind, Evidence, MeasureStatus, PartyClass
from sanctions_tracker.reconciliation import Verdict

pytestmark = pytest.mark.real

PERSON, ENTITY = PartyClass.PERSON, PartyClass.ENTITY


@pytest.fixture(scope="module")
def proved(ofac: st.SanctionsList, uk: st.SanctionsList) -> dict[str, st.Verification]:
    return {one.action.id: one for one in st.verify(st.bundled(), [ofac, uk])}


def found(one: st.Verification) -> Counter[PartyClass]:
    return Counter(entry.entry.party_class for entry in one.found)


def test_the_drones_of_18_april_beside_the_steel(proved: dict[str, st.Verification]) -> None:
    drones, steel = proved["us-20240418"], proved["us-20240418-steel"]
    assert found(drones) == {PERSON: 16, ENTITY: 2}
    assert found(steel) == {ENTITY: 8}
    assert drones.verdict is steel.verdict is Verdict.CONFIRMED
    assert drones.left_over == 0
    assert drones.selector is not None
    assert (drones.selector.programmes, drones.selector.evidence) == (("IRGC", "NPWMD"), Evidence.DERIVED)
    names = {one.entry.target.name for one in drones.found}
    assert {"Abbas Sartaji", "Aseman Pishraneh Co. Ltd", "Hasan Arambunezhad"} <= names
    assert not names & {one.entry.target.name for one in steel.found}


def test_the_cyber_action_of_23_april_by_name(proved: dict[str, st.Verification]) -> None:
    one = proved["us-20240423"]
    assert found(one) == {PERSON: 4, ENTITY: 2}
    assert (one.verdict, one.by_name) == (Verdict.CONFIRMED, True)
    assert {entry.named and entry.named.id: entry.entry.target.id for entry in one.found} == {
        "ir-shafie-nasab": "us:48642",
        "ir-harooni": "us:48643",
        "ir-salmani": "us:48645",
        "ir-kazemifar": "us:48647",
        "ir-daa": "us:48662",
        "ir-masn": "us:48664",
    }


def test_the_action_of_25_april_is_one_entity_short(proved: dict[str, st.Verification]) -> None:
    one = proved["us-20240425"]
    assert one.verdict is Verdict.NOT_IN_FULL
    assert found(one) == {PERSON: 8, ENTITY: 15, PartyClass.VESSEL: 5, PartyClass.AIRCRAFT: 1}
    assert [(short.of, short.announced, short.found) for short in one.missing] == [(ENTITY, 16, 15)]


def test_the_uk_action_of_18_april(proved: dict[str, st.Verification]) -> None:
    one = proved["gb-20240418"]
    assert found(one) == {PERSON: 7, ENTITY: 6}
    assert one.verdict is Verdict.CONFIRMED
    assert one.selector is not None
    assert one.selector.evidence is Evidence.STATED
    named = {entry.named.id: entry.entry.target for entry in one.found if entry.named}
    assert named["ir-afgs"].name == "GENERAL STAFF OF THE ARMED FORCES OF THE ISLAMIC REPUBLIC OF IRAN"
    assert named["ir-irgcn"].name == "ISLAMIC REVOLUTIONARY GUARD CORPS NAVY (IRGCN)"


def test_the_uk_action_of_25_april(proved: dict[str, st.Verification]) -> None:
    one = proved["gb-20240425"]
    assert (found(one), one.verdict) == ({PERSON: 2, ENTITY: 4}, Verdict.CONFIRMED)


def test_a_second_designation_stands_under_the_first_one_s_day(proved: dict[str, st.Verification]) -> None:
    one = proved["us-20190408"]
    assert one.verdict is Verdict.LISTED_EARLIER
    assert [(where.target.name, str(where.listed_on)) for where in one.elsewhere] == [
        ("ISLAMIC REVOLUTIONARY GUARD CORPS", "2007-10-25")
    ]


def test_a_stranger_of_the_same_day_is_not_taken(proved: dict[str, st.Verification]) -> None:
    names = {entry.entry.target.name for entry in proved["us-20221026"].found}
    assert "Vladimir Plahotniuc" not in names
    assert "Ravin Academy" in names


def test_no_verdict_claims_more_than_its_entries(proved: dict[str, st.Verification]) -> None:
    for one in proved.values():
        days = {
            event.date
            for entry in one.found
            for measure in entry.entry.measures
            for event in measure.events
            if event.kind is EventKind.LISTED
        }
        assert all(one.action.date in days for _ in one.found)
        if one.verdict in {Verdict.CONFIRMED, Verdict.CONSISTENT}:
            assert not one.missing
            assert not one.unfound


@pytest.mark.parametrize("query", ["Hosein Harooni", "حسين هاروني", "حسین هارونی"])
def test_harooni_in_both_scripts(screener: st.Screener, query: str) -> None:
    hits = {hit.target.id: hit for hit in screener.screen(query)}
    hit = hits["us:48643"]
    assert hit.statuses == (MeasureStatus.IN_FORCE,)
    assert hit.measures[0].programmes == ("IFSR", "IRGC", "SDGT")
    assert str(hit.measures[0].since) == "2024-04-23"


@pytest.fixture(scope="module")
def screener(ofac: st.SanctionsList) -> st.Screener:
    return st.Screener(ofac)
