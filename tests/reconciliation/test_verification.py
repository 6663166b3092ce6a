"""Announcements against official lists that are made to measure."""

from __future__ import annotations

import pytest

import sanctions_tracker as st
from sanctions_tracker import model
from sanctions_tracker.errors import NothingToSearchError
from sanctions_tracker.model.vocabulary import ActionKind, Evidence, PartyClass, TargetKind
from sanctions_tracker.reconciliation import Verdict, Verification
from tests.builders import announced, announcements, listed, official_list, target

DAY, LATER = "2024-04-18", "2025-01-01"
PERSON, ENTITY = PartyClass.PERSON, PartyClass.ENTITY


def day_list(*groups: tuple[str, int, int], date: str | None = LATER, country: str = "IR") -> model.SanctionsList:
    """A US list whose day holds, for each programme, so many persons and entities tied to a country."""
    entries = []
    for programme, persons, entities in groups:
        for number in range(persons):
            one = target(f"p-{programme}-{number}", f"Person {programme} {number}", country=country)
            entries.append((one, listed(one.id, DAY, programme)))
        for number in range(entities):
            one = target(
                f"e-{programme}-{number}", f"Firm {programme} {number}", kind=TargetKind.ENTITY, country=country
            )
            entries.append((one, listed(one.id, DAY, programme)))
    return official_list("US", date, entries)


def verified(action: model.Action, official: model.SanctionsList, *others: model.Action) -> Verification:
    return st.verify([action], official, data=announcements(action, *others))[0]


def test_the_whole_day_confirms_one_action() -> None:
    found = verified(announced("a", DAY, counts=[(PERSON, 2), (ENTITY, 1)]), day_list(("X", 2, 1)))
    assert found.verdict is Verdict.CONFIRMED
    assert {one.entry.target.id for one in found.found} == {"p-X-0", "p-X-1", "e-X-0"}
    assert found.selector == model.Selector(("X",), Evidence.DERIVED)
    assert (found.missing, found.surplus, found.left_over) == ((), (), 0)


def test_two_actions_of_one_day_are_told_apart_by_their_counts() -> None:
    drones = announced("drones", DAY, counts=[(PERSON, 3), (ENTITY, 1)])
    steel = announced("steel", DAY, counts=[(ENTITY, 4)])
    official = day_list(("D", 3, 1), ("S", 0, 4))
    first, second = st.verify([drones, steel], official, data=announcements(drones, steel))
    assert {one.entry.programmes for one in first.found} == {frozenset({"D"})}
    assert {one.entry.programmes for one in second.found} == {frozenset({"S"})}
    assert first.verdict is second.verdict is Verdict.CONFIRMED


def test_entries_that_no_action_takes_leave_it_consistent() -> None:
    found = verified(announced("a", DAY, counts=[(PERSON, 2)]), day_list(("X", 2, 0), ("Y", 0, 3)))
    assert (found.verdict, found.left_over) == (Verdict.CONSISTENT, 3)
    assert "3 of the day's entries" in found.reason


def test_one_entity_short() -> None:
    found = verified(announced("a", DAY, counts=[(PERSON, 2), (ENTITY, 2)]), day_list(("X", 2, 1)))
    assert found.verdict is Verdict.NOT_IN_FULL
    assert [(one.of, one.announced, one.found) for one in found.missing] == [(ENTITY, 2, 1)]


def test_more_entries_than_announced() -> None:
    action = announced("a", DAY, counts=[(PERSON, 1)], selectors=[model.Selector(("X",))])
    found = verified(action, day_list(("X", 2, 0)))
    assert found.verdict is Verdict.EXCEEDED
    assert [(one.of, one.announced, one.found) for one in found.surplus] == [(PERSON, 1, 2)]


def test_a_class_that_nobody_announced_is_a_surplus() -> None:
    action = announced("a", DAY, counts=[(PERSON, 2)], selectors=[model.Selector(("X",))])
    found = verified(action, day_list(("X", 2, 1)))
    assert [(one.of, one.announced, one.found) for one in found.surplus] == [(ENTITY, 0, 1)]


def test_a_total_counts_all_classes() -> None:
    assert verified(announced("a", DAY, counts=[(None, 3)]), day_list(("X", 2, 1))).verdict is Verdict.CONFIRMED


def test_a_lower_bound_is_met_by_more() -> None:
    action = announced("a", DAY, counts=[(PERSON, 2)], at_least=True)
    assert verified(action, day_list(("X", 5, 0))).verdict is Verdict.CONFIRMED


def test_two_selections_that_fit_alike_are_ambiguous() -> None:
    found = verified(announced("a", DAY, counts=[(PERSON, 2)]), day_list(("X", 2, 0), ("Y", 2, 0)))
    assert found.verdict is Verdict.AMBIGUOUS
    assert "several selections" in found.reason


def test_a_tie_to_the_country_decides_between_them() -> None:
    stranger = day_list(("Y", 2, 0), country="MD")
    ours = day_list(("X", 2, 0))
    both = official_list(
        "US", LATER, [(one.targets_by_id[m.target], m) for one in (stranger, ours) for m in one.measures]
    )
    found = verified(announced("a", DAY, counts=[(PERSON, 2)]), both)
    assert {one.entry.target.id for one in found.found} == {"p-X-0", "p-X-1"}
    assert found.verdict is Verdict.CONSISTENT


def test_names_lead_to_their_group_though_another_fits_too() -> None:
    named = target("harooni", "Hossein Harooni", country="IR")
    entry = target("us:1", "Hosein Mohammad Haruni", "حسین هارونی", country="IR")
    rest = day_list(("Y", 1, 0))
    official = official_list(
        "US", LATER, [(entry, listed(entry.id, DAY, "X")), *zip(rest.targets, rest.measures, strict=True)]
    )
    action = announced("a", DAY, counts=[(PERSON, 1)], named=["harooni"], complete=True)
    (found,) = st.verify([action], official, data=announcements(action, targets=[named]))
    assert found.verdict is Verdict.CONFIRMED
    assert found.by_name
    assert [(one.entry.target.id, one.named and one.named.id) for one in found.found] == [("us:1", "harooni")]
    assert found.found[0].comparison is not None
    assert found.found[0].comparison.score > 0.9


def test_a_name_that_the_list_does_not_hold_is_not_in_full() -> None:
    nobody = target("nobody", "Ruhollah Zzyzx", country="IR")
    action = announced("a", DAY, counts=[(PERSON, 2)], named=["nobody"])
    (found,) = st.verify([action], day_list(("X", 2, 0)), data=announcements(action, targets=[nobody]))
    assert found.verdict is Verdict.NOT_IN_FULL
    assert [one.id for one in found.unfound] == ["nobody"]
    assert not found.elsewhere


def test_a_party_under_an_earlier_day_is_listed_earlier() -> None:
    guard = target("guard", "Islamic Revolutionary Guard Corps", kind=TargetKind.MILITARY_UNIT, country="IR")
    entry = target("us:2", "ISLAMIC REVOLUTIONARY GUARD CORPS", kind=TargetKind.ENTITY, country="IR")
    official = official_list("US", LATER, [(entry, listed(entry.id, "2007-10-25", "IRGC"))])
    action = announced("a", "2019-04-08", counts=[(ENTITY, 1)], named=["guard"], complete=True)
    (found,) = st.verify([action], official, data=announcements(action, targets=[guard]))
    assert found.verdict is Verdict.LISTED_EARLIER
    assert [(one.target.id, str(one.listed_on)) for one in found.elsewhere] == [("us:2", "2007-10-25")]


def test_two_names_never_share_one_entry() -> None:
    left, right = target("l", "Ali Rezaei", country="IR"), target("r", "Ali Rezai", country="IR")
    entry = target("us:3", "Ali Rezaei", country="IR")
    official = official_list("US", LATER, [(entry, listed(entry.id, DAY, "X"))])
    action = announced("a", DAY, counts=[(PERSON, 2)], named=["l", "r"], complete=True)
    (found,) = st.verify([action], official, data=announcements(action, targets=[left, right]))
    assert [(one.entry.target.id, one.named and one.named.id) for one in found.found] == [("us:3", "l")]
    assert [one.id for one in found.unfound] == ["r"]


@pytest.mark.parametrize(
    ("action", "official", "reason"),
    [
        (announced("a", DAY, counts=[(PERSON, 1)], kind=ActionKind.CALL), day_list(("X", 1, 0)), "a call lists nobody"),
        (announced("a", DAY), day_list(("X", 1, 0)), "it states no number and no name"),
        (
            announced("a", "2024", counts=[(PERSON, 1)]),
            day_list(("X", 1, 0)),
            "its date, 2024, is not known to the day",
        ),
        (
            announced("a", DAY, sanctioner="right", counts=[(PERSON, 1)]),
            day_list(("X", 1, 0)),
            "no list of its sanctioner's country (IR) was given",
        ),
        (
            announced("a", DAY, counts=[(PERSON, 1)]),
            day_list(("X", 1, 0), date="2020-01-01"),
            "the list is of 2020-01-01, older than the action",
        ),
    ],
)
def test_what_cannot_be_checked_says_why(action: model.Action, official: model.SanctionsList, reason: str) -> None:
    found = verified(action, official)
    assert (found.verdict, found.reason, found.found) == (Verdict.NOT_CHECKED, reason, ())


def test_an_empty_day_says_so() -> None:
    found = verified(announced("a", "2024-05-01", counts=[(PERSON, 1)]), day_list(("X", 1, 0)))
    assert found.verdict is Verdict.NOT_IN_FULL
    assert found.reason == "the list holds no entry of 2024-05-01: delisted since, or dated otherwise"


def test_of_lists_that_hold_as_much_of_the_day_the_oldest_after_the_action_is_taken() -> None:
    early, late = day_list(("X", 1, 0), date="2024-06-01"), day_list(("X", 1, 0), date="2025-06-01")
    before = day_list(("X", 3, 0), date="2023-06-01")
    action = announced("a", DAY, counts=[(PERSON, 1)])
    (found,) = st.verify([action], [late, before, early], data=announcements(action))
    assert (str(found.list_date), found.verdict) == ("2024-06-01", Verdict.CONFIRMED)


@pytest.mark.parametrize(("early", "late"), [(1, 2), (2, 1)])
def test_a_list_that_holds_more_of_the_day_is_taken_before_a_part_of_one(early: int, late: int) -> None:
    """A file may be a part of a list, and what was delisted since is not on the later one."""
    lists = [day_list(("X", early, 0), date="2024-06-01"), day_list(("X", late, 0), date="2025-06-01")]
    action = announced("a", DAY, counts=[(PERSON, 2)])
    (found,) = st.verify([action], lists, data=announcements(action))
    assert found.verdict is Verdict.CONFIRMED


def test_of_lists_that_hold_as_much_of_the_day_one_without_a_date_is_taken_last() -> None:
    action = announced("a", DAY, counts=[(PERSON, 1)])
    undated, dated = day_list(("X", 1, 0), date=None), day_list(("X", 1, 0))
    assert st.verify([action], [undated, dated], data=announcements(action))[0].list_date == dated.date
    assert st.verify([action], [undated], data=announcements(action))[0].list_date is None


def test_too_many_groups_are_left_open() -> None:
    action = announced("a", DAY, counts=[(PERSON, 3)])
    found = verified(action, day_list(*((f"P{number:02d}", 1, 0) for number in range(30))))
    assert (found.verdict, found.found) == (Verdict.AMBIGUOUS, ())


def test_no_list_at_all() -> None:
    with pytest.raises(NothingToSearchError, match="at least one official list"):
        st.verify(st.bundled(), [])


def test_json_names_every_entry_and_source() -> None:
    data = verified(announced("a", DAY, counts=[(PERSON, 1)]), day_list(("X", 1, 0))).to_json()
    assert data["verdict"] == "confirmed"
    assert data["selector"] == {"programmes": ["X"], "evidence": "derived"}
    assert [entry["id"] for entry in data["found"]] == ["p-X-0"]


def test_an_announcement_of_one_s_own_is_checked_beside_the_bundled_ones() -> None:
    mine = announced("mine", "2024-04-23", sanctioner="us-ofac", counts=[(PERSON, 2)])
    one = target("us:1", "Somebody New", country="IR"), target("us:2", "Somebody Else", country="IR")
    official = official_list("US", LATER, [(entry, listed(entry.id, "2024-04-23", "X")) for entry in one])
    assert st.verify([mine], official)[0].verdict is Verdict.CONFIRMED


def test_an_action_that_counts_nobody_is_checked_by_its_names_alone() -> None:
    police = target("police", "Morality Police", "Gasht-e Ershad", kind=TargetKind.STATE_BODY, country="IR")
    entry = target("us:9", "GASHT-E ERSHAD", kind=TargetKind.ENTITY, country="IR")
    rest = day_list(("X", 3, 0))
    official = official_list(
        "US", LATER, [(entry, listed(entry.id, DAY, "X")), *zip(rest.targets, rest.measures, strict=True)]
    )
    action = announced("a", DAY, named=["police"])
    (found,) = st.verify([action], official, data=announcements(action, targets=[police]))
    assert [one.entry.target.id for one in found.found] == ["us:9"]
    assert (found.verdict, found.missing, found.surplus) == (Verdict.CONSISTENT, (), ())
    assert found.reason == "no number is stated: only the names can be checked"


def test_an_action_that_counts_nobody_takes_nothing_from_its_neighbour() -> None:
    counted, silent = announced("counted", DAY, counts=[(PERSON, 2)]), announced("silent", DAY, named=["n"])
    nobody = target("n", "Ruhollah Zzyzx", country="IR")
    official = day_list(("X", 2, 0), ("Y", 0, 2))
    data = announcements(counted, silent, targets=[nobody])
    first, second = st.verify([counted, silent], official, data=data)
    assert (first.verdict, first.left_over) == (Verdict.CONSISTENT, 2)
    assert (second.verdict, second.found) == (Verdict.NOT_IN_FULL, ())


def test_a_list_of_the_same_country_that_holds_nothing_of_the_day_is_passed_over() -> None:
    action = announced("a", DAY, counts=[(PERSON, 1)])
    other = official_list(
        "US", "2024-05-01", [(target("n", "Nobody Else"), listed("n", "2010-01-01", "SSI"))], list_id="ssi"
    )
    (found,) = st.verify([action], [other, day_list(("X", 1, 0))], data=announcements(action))
    assert (found.list_id, found.verdict) == ("official", Verdict.CONFIRMED)


def test_selections_that_fit_alike_are_not_unique_even_where_the_count_is_missed() -> None:
    short = verified(announced("a", DAY, counts=[(PERSON, 4)]), day_list(("X", 3, 0), ("Y", 3, 0)))
    assert (short.verdict, short.unique) == (Verdict.NOT_IN_FULL, False)
    sure = verified(announced("a", DAY, counts=[(PERSON, 4)]), day_list(("X", 3, 0)))
    assert (sure.verdict, sure.unique) == (Verdict.NOT_IN_FULL, True)


def test_the_order_of_entries_and_actions_makes_no_difference() -> None:
    drones, steel = announced("drones", DAY, counts=[(PERSON, 3)]), announced("steel", DAY, counts=[(ENTITY, 2)])
    official = day_list(("D", 3, 0), ("S", 0, 2))
    back = model.SanctionsList(
        official.id,
        date=official.date,
        sanctioners=official.sanctioners,
        targets=official.targets[::-1],
        measures=official.measures[::-1],
    )
    one = st.verify([drones, steel], official, data=announcements(drones, steel))
    other = st.verify([steel, drones], back, data=announcements(steel, drones))
    assert set(map(str, one)) == set(map(str, other))
    assert {found.action.id: found for found in one} == {found.action.id: found for found in other}
