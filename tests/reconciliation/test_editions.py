"""Several editions of one list: the newest counts, what it no longer holds is told."""

from __future__ import annotations

import datetime as dt
import itertools

import attrs
import pytest

import sanctions_tracker as st
from sanctions_tracker import model
from sanctions_tracker.errors import ReconciliationError
from sanctions_tracker.model.vocabulary import MeasureStatus, PartyClass
from sanctions_tracker.reconciliation import Ledger, Verdict
from tests.builders import announced, announcements, listed, official_list, target

DAY = "2024-04-18"
TODAY = dt.date(2026, 1, 1)


def edition(date: str | None, *numbers: int, list_id: str = "us-list") -> model.SanctionsList:
    """A list of Iranian persons with these numbers, all listed on one day."""
    entries = [target(f"us:{number}", f"Person Number {number}", country="IR") for number in numbers]
    made = official_list("US", date, [(one, listed(one.id, DAY, "X")) for one in entries], list_id=list_id)
    source = model.Source(f"{list_id}-file", "A publisher", f"A list of {date}", "https://example.org/")
    return attrs.evolve(made, sources=(source,))


def held(*lists: model.SanctionsList, as_of: dt.date = TODAY) -> Ledger:
    return st.reconcile(lists, "US", "IR", as_of=as_of).ledger[0]


OLD, NEW = edition("2024-06-01", 1, 2, 3), edition("2025-06-01", 2, 3, 4)


@pytest.mark.parametrize("lists", list(itertools.permutations([OLD, NEW, edition("2024-05-01", 1, 2)])))
def test_what_only_older_editions_hold_is_delisted_and_told_once(lists: tuple[model.SanctionsList, ...]) -> None:
    ledger = held(*lists)
    assert ledger.named_parties == 3
    gone = [(line.target.id, str(line.list_date), line.statuses) for line in ledger.lines if line.gone]
    assert gone == [("us:1", "2024-06-01", (MeasureStatus.DELISTED,))]
    assert ledger.gone_parties == 1
    assert all(line.gone is None or line.gone == ("us-list", NEW.date) for line in ledger.lines)


def test_on_a_day_between_two_editions_the_older_one_counts() -> None:
    ledger = held(OLD, NEW, as_of=dt.date(2024, 12, 31))
    assert {line.target.id for line in ledger.lines if line.binding} == {"us:1", "us:2", "us:3"}


def test_another_format_of_a_list_is_an_edition_of_it() -> None:
    ledger = held(edition("2024-06-01", 1, 2, 3, list_id="us-csv"), NEW)
    assert {line.key for line in ledger.lines if line.binding} == {("us-list", f"us:{n}") for n in (2, 3, 4)}
    assert [line.key for line in ledger.lines if line.gone] == [("us-csv", "us:1")]


def test_the_crossfire_is_of_what_stands_on_the_newest() -> None:
    """A party that one side has delisted is between no two sides."""
    one = target("cn:1", "Person Number 1", country="IR")
    chinese = attrs.evolve(
        official_list("CN", "2025-01-01", [(one, listed(one.id, DAY, sanctioner="cn"))], list_id="cn-list"),
        sanctioners=(model.Sanctioner("cn", "Another body", country="CN"),),
    )

    def found(*lists: model.SanctionsList) -> int:
        return len(st.reconciliation.crossfire(lists, TODAY, opposing=[("US", "CN")], together=()))

    assert found(OLD, chinese) == 1
    assert found(OLD, NEW, chinese) == 0


def test_an_announcement_is_filled_by_what_stood_on_the_list_then() -> None:
    """Of three that were announced one is delisted since: named, and bound no more."""
    action = announced("a", DAY, counts=[(PartyClass.PERSON, 3)])
    newest = edition("2025-06-01", 2, 3)
    result = st.reconcile([announcements(action), OLD, newest], "US", "IR", as_of=TODAY)
    (found,), ledger = result.verifications, result.ledger[0]
    assert (found.verdict, found.list_date) == (Verdict.CONFIRMED, OLD.date)
    assert {line.key: (line.proves, line.binding) for line in ledger.lines} == {
        ("us-list", "us:1"): (("a",), False),
        ("us-list", "us:2"): (("a",), True),
        ("us-list", "us:3"): (("a",), True),
    }
    assert (ledger.named_parties, ledger.unnamed_parties) == (2, 0)


def test_a_part_of_a_list_under_another_id_takes_nothing_away() -> None:
    part = edition("2024-06-01", 2, list_id="us-part")
    assert held(part, NEW).lines == held(NEW).lines
    assert held(part, NEW).named_parties == held(NEW).named_parties


def test_editions_set_aside_are_told_those_of_others_are_not() -> None:
    stranger = [
        official_list("AU", date, [(target("x", "Somebody", country="MD"), listed("x", DAY))], list_id="au-list")
        for date in ("2024-01-01", "2025-01-01")
    ]
    result = st.reconcile([OLD, NEW, *stranger], "US", "IR", as_of=TODAY)
    assert list(map(str, result.set_aside)) == ["us-list of 2024-06-01: not counted, us-list of 2025-06-01 is"]
    assert str(result.set_aside[0]) in str(result)
    assert result == st.reconcile([OLD, NEW], "US", "IR", as_of=TODAY)


def test_editions_that_no_date_puts_in_order_are_refused() -> None:
    with pytest.raises(ReconciliationError, match="their dates do not tell which is newer"):
        held(edition(None, 1), edition(None, 2))
