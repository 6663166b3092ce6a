"""Two countries set against each other, with the names that the official lists prove."""

from __future__ import annotations

import pytest

import sanctions_tracker as st
from sanctions_tracker.model.vocabulary import Evidence, PartyClass
from sanctions_tracker.reconciliation import Fill, Ledger, Verdict

pytestmark = pytest.mark.real

PERSON, ENTITY, VESSEL, AIRCRAFT = PartyClass.PERSON, PartyClass.ENTITY, PartyClass.VESSEL, PartyClass.AIRCRAFT


@pytest.fixture(scope="module")
def iran_us(ofac: st.SanctionsList, uk: st.SanctionsList) -> st.Reconciliation:
    return st.reconcile([st.bundled(), ofac, uk], "US", "IR")


def told(one: Ledger) -> dict[str, tuple[dict[PartyClass, int], Verdict, Evidence]]:
    def of(filled: Fill) -> tuple[dict[PartyClass, int], Verdict, Evidence]:
        assert filled.selector is not None
        return dict(filled.numbers()), filled.verdict, filled.selector.evidence

    return {filled.action.id: of(filled) for filled in one.filled}


def test_ofac_names_those_whom_the_announcements_only_count(iran_us: st.Reconciliation) -> None:
    us = iran_us.ledger[0]
    derived = Evidence.DERIVED
    assert told(us) == {
        "us-20190624": ({PERSON: 5}, Verdict.CONFIRMED, derived),
        "us-20191104": ({PERSON: 1}, Verdict.CONFIRMED, derived),
        "us-20201022-election": ({ENTITY: 3}, Verdict.NOT_IN_FULL, derived),
        "us-20221026": ({PERSON: 14, ENTITY: 3}, Verdict.CONSISTENT, derived),
        "us-20240418": ({PERSON: 16, ENTITY: 2}, Verdict.CONFIRMED, derived),
        "us-20240418-steel": ({ENTITY: 8}, Verdict.CONFIRMED, derived),
        "us-20240425": ({PERSON: 8, ENTITY: 14, VESSEL: 5, AIRCRAFT: 1}, Verdict.NOT_IN_FULL, derived),
    }
    assert [(rest.action.id, rest.of, rest.number) for rest in us.unnamed if rest.counts and rest.number] == [
        ("us-20201022-election", ENTITY, 2),
        ("us-20240425", ENTITY, 1),
    ]


def test_a_party_that_both_name_counts_once(iran_us: st.Reconciliation) -> None:
    parties = {line.key: line.party for line in iran_us.ledger[0].lines}
    for ours, theirs in (
        ("ir-irgc", "us:10391"),
        ("ir-harooni", "us:48643"),
        ("ir-pakpour", "us:26941"),
        ("ir-masjedi", "us:30182"),
    ):
        assert parties["us-ofac-advanced", theirs] == parties["bundled", ours]


def test_episodes_and_mirrors_do_not_depend_on_the_official_lists(iran_us: st.Reconciliation) -> None:
    alone = st.reconcile(st.bundled(), "US", "IR")
    assert iran_us.episodes == alone.episodes
    assert [(pair.left.target.id, pair.right.target.id) for pair in iran_us.mirrors.pairs] == [
        (pair.left.target.id, pair.right.target.id) for pair in alone.mirrors.pairs
    ]


def test_the_uk_s_list_leaves_no_number_without_names(ofac: st.SanctionsList, uk: st.SanctionsList) -> None:
    found = st.reconcile([uk, ofac, st.bundled()], "GB", "IR").ledger[0]
    assert told(found) == {
        "gb-20230123": ({PERSON: 5, ENTITY: 2}, Verdict.CONFIRMED, Evidence.DERIVED),
        "gb-20230424": ({PERSON: 4}, Verdict.LISTED_EARLIER, Evidence.DERIVED),
        "gb-20231214": ({PERSON: 6, ENTITY: 1}, Verdict.CONFIRMED, Evidence.STATED),
        "gb-20240418": ({PERSON: 7, ENTITY: 4}, Verdict.CONFIRMED, Evidence.STATED),
        "gb-20240425": ({PERSON: 2, ENTITY: 4}, Verdict.CONFIRMED, Evidence.DERIVED),
    }
    assert found.unnamed_parties == 0


def test_the_other_way_round_is_the_mirror_image(
    iran_us: st.Reconciliation, ofac: st.SanctionsList, uk: st.SanctionsList
) -> None:
    other = st.reconcile([uk, st.bundled(), ofac], "IR", "US")
    assert other.ledger == iran_us.ledger[::-1]
    assert other.episodes == iran_us.episodes
    assert other.crossfire == iran_us.crossfire
