"""Dividing a day's entries among its announcements."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from sanctions_tracker.model.vocabulary import PartyClass, TargetKind
from sanctions_tracker.reconciliation.selection import Entry, differences, divide, grouped, mismatch
from tests.builders import announced, listed, target

KINDS = st.sampled_from([TargetKind.PERSON, TargetKind.ENTITY, TargetKind.VESSEL])


@st.composite
def days(draw: st.DrawFn) -> list[Entry]:
    """Up to a dozen entries under up to four programmes."""
    drawn = draw(st.lists(st.tuples(KINDS, st.sampled_from("ABCD")), max_size=12))
    return [
        Entry(
            target(f"t{number}", f"Name {number}", kind=kind, country="IR"),
            (listed(f"t{number}", "2024-01-01", programme),),
        )
        for number, (kind, programme) in enumerate(drawn)
    ]


@given(days())
def test_groups_hold_every_entry_once(entries: list[Entry]) -> None:
    groups = grouped(entries)
    assert sorted(entry.target.id for group in groups for entry in group) == sorted(e.target.id for e in entries)
    assert all(len({entry.programmes for entry in group}) == 1 for group in groups)


@given(days(), st.integers(0, 6), st.integers(0, 6))
def test_no_other_division_meets_one_action_better(entries: list[Entry], persons: int, entities: int) -> None:
    action = announced("a", "2024-01-01", counts=[(PartyClass.PERSON, persons), (PartyClass.ENTITY, entities)])
    division = divide([action], entries, {})
    assert division is not None
    taken = division.by_action["a"]
    assert division.mismatch == mismatch(action, Counter(entry.party_class for entry in taken))
    assert division.left_over == len(entries) - len(taken)
    groups = grouped(entries)
    for chosen in range(2 ** len(groups)):
        other = [entry for place, group in enumerate(groups) if chosen >> place & 1 for entry in group]
        assert mismatch(action, Counter(entry.party_class for entry in other)) >= division.mismatch


@given(days(), st.integers(0, 6))
def test_the_order_of_entries_changes_nothing(entries: list[Entry], persons: int) -> None:
    action = announced("a", "2024-01-01", counts=[(PartyClass.PERSON, persons)])
    forwards, backwards = divide([action], entries, {}), divide([action], entries[::-1], {})
    assert forwards is not None
    assert backwards is not None
    assert (forwards.mismatch, forwards.left_over, forwards.unique) == (
        backwards.mismatch,
        backwards.left_over,
        backwards.unique,
    )
    if forwards.unique:
        assert {e.target.id for e in forwards.by_action["a"]} == {e.target.id for e in backwards.by_action["a"]}


@given(days())
def test_counts_that_are_met_differ_in_nothing(entries: list[Entry]) -> None:
    found = Counter(entry.party_class for entry in entries)
    action = announced("a", "2024-01-01", counts=list(found.items()))
    assert differences(action, found) == ()


def test_a_named_entry_takes_its_whole_group_along() -> None:
    entries = [
        Entry(target(f"t{number}", f"Name {number}", country="IR"), (listed(f"t{number}", "2024-01-01", programme),))
        for number, programme in enumerate("AAB")
    ]
    action = announced("a", "2024-01-01", counts=[(PartyClass.PERSON, 1)])
    division = divide([action], entries, {"t0": "a"})
    assert division is not None
    assert [entry.target.id for entry in division.by_action["a"]] == ["t0", "t1"]
    assert division.mismatch == 1
