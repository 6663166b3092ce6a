"""Like for like, one to one."""

from __future__ import annotations

from itertools import combinations, permutations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as hs

import sanctions_tracker as st
from sanctions_tracker import model
from sanctions_tracker.model import PartialDate
from sanctions_tracker.model import vocabulary as words
from sanctions_tracker.model.vocabulary import Evidence, TargetKind
from sanctions_tracker.reconciliation import Mirror, Mirrors
from sanctions_tracker.reconciliation.assignment import best_pairs
from sanctions_tracker.reconciliation.roles import Role, roles_of
from tests.builders import announced, target

UNIT, PERSON = TargetKind.MILITARY_UNIT, TargetKind.PERSON

WEIGHTS = hs.dictionaries(hs.tuples(hs.integers(0, 4), hs.integers(0, 4)), hs.integers(1, 9), max_size=9)


def exhaustive(weights: dict[tuple[int, int], int]) -> int:
    """The greatest sum over all choices of pairs that share no row and no column."""
    best = 0
    for size in range(1, len(weights) + 1):
        for chosen in combinations(weights, size):
            if len({row for row, _ in chosen}) == len({column for _, column in chosen}) == size:
                best = max(best, sum(weights[cell] for cell in chosen))
    return best


@given(WEIGHTS)
def test_no_other_pairing_is_worth_more(weights: dict[tuple[int, int], int]) -> None:
    pairs = best_pairs(weights)
    assert set(pairs) <= weights.keys()
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)
    assert sum(weights[pair] for pair in pairs) == exhaustive(weights)


@given(WEIGHTS)
def test_the_order_of_the_weights_makes_no_difference(weights: dict[tuple[int, int], int]) -> None:
    assert best_pairs(dict(reversed(weights.items()))) == best_pairs(weights)


@given(WEIGHTS, hs.integers(1, 9))
def test_another_part_changes_nothing_here(weights: dict[tuple[int, int], int], other: int) -> None:
    assert best_pairs({**weights, (9, 9): other}) == [*best_pairs(weights), (9, 9)]


def test_hundreds_a_side_are_paired_exactly() -> None:
    size = 150
    weights = {(row, column): 1000 - (row - column) ** 2 % 997 for row in range(size) for column in range(size)}
    assert best_pairs(weights) == [(at, at) for at in range(size)]


def party(
    party_id: str,
    name: str,
    kind: TargetKind = UNIT,
    *,
    country: str,
    role: str = "",
    position: str = "",
    sector: str = "",
) -> model.Target:
    one = target(party_id, name, kind=kind, country=country)
    return attrs.evolve(one, role=role, positions=(position,) if position else (), sector=sector)


def measure(party_id: str, sanctioner: str, action: str, day: str, kind: words.MeasureKind) -> model.Measure:
    event = model.MeasureEvent(words.EventKind.DESIGNATED, PartialDate(day), action=action)
    return model.Measure(f"{action}/{party_id}/{kind}", sanctioner, party_id, kind, events=(event,), actions=(action,))


def data_set(*sides: tuple[model.Action, list[model.Target]]) -> model.SanctionsList:
    """Actions of ``left`` (US) against IR and of ``right`` (IR) against the US, with an asset freeze on each party."""
    measures = [
        measure(one.id, action.sanctioner, action.id, str(action.date), words.MeasureKind.ASSET_FREEZE)
        for action, parties in sides
        for one in parties
    ]
    return model.SanctionsList(
        "data",
        date=PartialDate("2025-01-01"),
        sanctioners=(model.Sanctioner("left", "Left", country="US"), model.Sanctioner("right", "Right", country="IR")),
        targets=tuple(one for _, parties in sides for one in parties),
        measures=tuple(measures),
        actions=tuple(action for action, _ in sides),
    )


def us(day: str, *parties: model.Target, action: str = "u") -> tuple[model.Action, list[model.Target]]:
    return announced(action, day, named=[one.id for one in parties]), list(parties)


def iran(
    day: str, *parties: model.Target, answers: str = "", evidence: Evidence = Evidence.STATED, action: str = "i"
) -> tuple[model.Action, list[model.Target]]:
    responses = [model.Response(evidence, answers)] if answers else []
    return announced(action, day, "right", "US", named=[one.id for one in parties], responses=responses), list(parties)


def mirrors(*sides: tuple[model.Action, list[model.Target]], window: int = 30) -> Mirrors:
    return st.reconcile(data_set(*sides), "US", "IR", window_days=window).mirrors


def ids(found: Mirrors) -> list[tuple[str, str]]:
    return [(pair.left.target.id, pair.right.target.id) for pair in found.pairs]


GUARD = party("guard", "Revolutionary Guard", country="IR")
NAVY = party("navy", "Revolutionary Guard Navy", country="IR")
COMMAND = party("command", "Central Command", country="US")
FLEET = party("fleet", "Fifth Fleet", country="US")


def test_a_navy_is_paired_with_a_fleet_and_not_with_a_command() -> None:
    found = mirrors(us("2024-01-01", NAVY, GUARD), iran("2024-01-02", COMMAND, FLEET, answers="u"))
    assert ids(found) == [("guard", "command"), ("navy", "fleet")]
    navy = found.pairs[1]
    assert [(one.feature.value, one.level, one.what) for one in navy.likenesses][:2] == [
        ("role", "derived", "unit:navy"),
        ("kind", "military_unit", "military_unit"),
    ]
    assert found.alone == ((), ())


def test_far_apart_and_unanswered_is_no_mirror() -> None:
    found = mirrors(us("2024-01-01", NAVY), iran("2024-03-01", FLEET))
    assert (ids(found), found.alone) == ([], ((("data", "navy"),), (("data", "fleet"),)))


def test_a_stated_answer_joins_what_lies_beyond_the_window() -> None:
    found = mirrors(us("2024-01-01", NAVY), iran("2024-03-01", FLEET, answers="u"))
    assert ids(found) == [("navy", "fleet")]
    assert (found.pairs[0].lag, found.pairs[0].first) == ((60, 60), "US")


def test_two_persons_are_no_mirror_though_the_answer_is_stated_on_the_same_day() -> None:
    one = party("one", "Ali Rezaei", PERSON, country="IR")
    other = party("other", "John Smith", PERSON, country="US")
    assert ids(mirrors(us("2024-01-01", one), iran("2024-01-01", other, answers="u"))) == []


def test_firms_of_one_sector_are_alike_and_of_two_are_not() -> None:
    def pairs(sector: str) -> list[tuple[str, str]]:
        one = party("one", "Drone Works", TargetKind.COMPANY, country="IR", sector="defence")
        other = party("other", "Plane Works", TargetKind.COMPANY, country="US", sector=sector)
        return ids(mirrors(us("2024-01-01", one), iran("2024-01-02", other, answers="u")))

    assert pairs("defence") == [("one", "other")]
    assert pairs("energy") == []


def test_a_former_post_is_none() -> None:
    one = party("one", "Ali Rezaei", PERSON, country="IR", position="Minister of Defence")
    now = party("now", "John Smith", PERSON, country="US", position="Secretary of Defense")
    past = party("past", "John Doe", PERSON, country="US", position="former Secretary of Defense")
    assert ids(mirrors(us("2024-01-01", one), iran("2024-01-02", past, now, answers="u"))) == [("one", "now")]
    assert ids(mirrors(us("2024-01-01", one), iran("2024-01-02", past, answers="u"))) == []


def test_equal_partners_fall_to_the_first_id_and_are_told() -> None:
    others = [party(f"unit-{letter}", f"Unit {letter.upper()}", country="US") for letter in "abc"]
    for order in permutations(others):
        (pair,) = mirrors(us("2024-01-01", GUARD), iran("2024-01-02", *order, answers="u")).pairs
        assert pair.right.target.id == "unit-a"
        assert pair.alternatives == (("data", "unit-b"), ("data", "unit-c"))


def test_two_ministers_for_one_leave_one_alone() -> None:
    ministers = [party(f"m{n}", f"Man {n}", PERSON, country="IR", position="Minister of Defence") for n in range(2)]
    both = party("both", "Sam One", PERSON, country="US", position="Secretary of Defense")
    found = mirrors(us("2024-01-01", *ministers), iran("2024-01-02", both, answers="u"))
    assert ids(found) == [("m0", "both")]
    assert found.alone[0] == (("data", "m1"),)


def test_an_inferred_answer_adds_nothing_and_is_told_as_inferred() -> None:
    (pair,) = mirrors(us("2024-01-01", NAVY), iran("2024-01-05", FLEET)).pairs
    assert pair.answer is Evidence.INFERRED
    assert "answer" not in {one.feature.value for one in pair.likenesses}
    assert "; inferred; " in str(pair)
    assert "stated" not in str(pair)


def test_evidence_is_data() -> None:
    data = mirrors(us("2024-01-01", NAVY), iran("2024-01-02", FLEET, answers="u")).to_json()
    (pair,) = data["pairs"]
    assert (pair["left"]["by"], pair["left"]["of"], pair["left"]["actions"]) == ("US", "IR", ["u"])
    assert pair["score"] == pytest.approx(sum(one["weight"] for one in pair["likenesses"]))
    assert (pair["lag_days"], pair["first"], pair["answer"]) == ([1, 1], "US", "stated")


def swapped(pair: Mirror) -> Mirror:
    return attrs.evolve(pair, left=pair.right, right=pair.left)


@pytest.mark.parametrize(("left", "right"), [("IR", "US"), ("IR", "GB"), ("CN", "EU")])
def test_the_other_way_round_is_the_mirror_image(left: str, right: str) -> None:
    one, other = st.reconcile(st.bundled(), left, right).mirrors, st.reconcile(st.bundled(), right, left).mirrors
    assert one.alone == other.alone[::-1]
    assert one.pairs == tuple(map(swapped, other.pairs))


@pytest.mark.parametrize(
    ("position", "roles"),
    [
        ("Ambassador to Iraq", [Role("ambassador", "iq")]),
        ("Commander, IRGC Navy", [Role("commander", "navy")]),
        ("Deputy Commander of the Ground Forces", [Role("deputy commander", "ground")]),
        ("(former) Commander, US Fifth Fleet", []),
        ("Supreme Leader", []),
        ("Director", []),
        ("", []),
    ],
)
def test_posts_are_read_with_their_area_or_not_at_all(position: str, roles: list[Role]) -> None:
    assert list(roles_of(party("x", "Somebody", PERSON, country="IR", position=position))) == roles


def test_a_stated_role_is_not_read_again() -> None:
    one = party("x", "Somebody", PERSON, country="IR", role="ambassador:iq", position="Ambassador to Iraq")
    assert roles_of(one) == (Role("ambassador", "iq", stated=True),)


def test_forces_far_apart_in_time_without_a_stated_answer_are_too_weak() -> None:
    assert ids(mirrors(us("2024-01-01", GUARD), iran("2024-01-30", COMMAND))) == []
    assert ids(mirrors(us("2024-01-01", GUARD), iran("2024-01-01", COMMAND, answers="u"))) == [("guard", "command")]


@given(hs.lists(hs.sampled_from(["Navy", "Air Force", "Guard"]), min_size=1, max_size=4), hs.integers(1, 4))
def test_ties_fall_alike_from_either_side(names: list[str], others: int) -> None:
    lefts = [party(f"l{n}", f"{name} {n}", country="IR") for n, name in enumerate(names)]
    rights = [party(f"r{n}", f"Navy {n}", country="US") for n in range(others)]
    one = data_set(us("2024-01-01", *lefts), iran("2024-01-02", *rights, answers="u"))
    found, back = st.reconcile(one, "US", "IR").mirrors, st.reconcile(one, "IR", "US").mirrors
    assert len(found.pairs) == min(len(lefts), len(rights))
    assert ids(found) == [(right, left) for left, right in ids(back)]
