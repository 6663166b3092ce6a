"""What owners' listings mean for what they own: implied only by shares that somebody states."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as hs

from sanctions_tracker import model
from sanctions_tracker.errors import NothingToSearchError, ReconciliationError, UnknownCountryError
from sanctions_tracker.model import PartialDate, Relation
from sanctions_tracker.model.vocabulary import RelationKind, TargetKind
from sanctions_tracker.reconciliation import Ownership, Share, Standing, ownership, ownership_rule
from tests.builders import listed, target

TODAY = dt.date(2025, 6, 1)
OWNED, OWNS = RelationKind.OWNED_OR_CONTROLLED_BY, RelationKind.OWNS_OR_CONTROLS


def firm(name: str, *relations: Relation) -> model.Target:
    one = target(name, f"Firm {name}", kind=TargetKind.COMPANY)
    return model.Target(one.id, one.kind, one.names, relations=relations)


def by(owner: str, share: float | None = None, **more: bool) -> Relation:
    return Relation(OWNED, owner, share=share, **more)  # type: ignore[arg-type]


def owned(
    *firms: model.Target, on_list: tuple[str, ...] = ("a", "b"), country: str = "US", shares: tuple[Share, ...] = ()
) -> dict[str, Ownership]:
    one = model.SanctionsList(
        "l",
        date=PartialDate("2025-01-01"),
        sanctioners=(model.Sanctioner("body", "A body", country=country),),
        targets=firms,
        measures=tuple(listed(key, "2020-01-01") for key in on_list),
    )
    return {found.target[1]: found for found in ownership(one, country, TODAY, shares)}


A, B = firm("a"), firm("b")


@pytest.mark.parametrize(
    ("country", "shares", "standing"),
    [
        ("US", (0.5,), Standing.IMPLIED),
        ("US", (0.49,), Standing.BELOW),
        ("US", (0.25, 0.25), Standing.IMPLIED),
        ("EU", (0.5,), Standing.IMPLIED),
        ("EU", (0.3, 0.3), Standing.IMPLIED),
        ("GB", (0.5,), Standing.BELOW),
        ("GB", (0.51,), Standing.IMPLIED),
        ("GB", (0.3, 0.3), Standing.BELOW),
        ("US", (None,), Standing.SHARE_UNKNOWN),
        ("US", (0.2, None), Standing.SHARE_UNKNOWN),
        ("US", (0.5, None), Standing.IMPLIED),
    ],
)
def test_each_country_s_rule(country: str, shares: tuple[float | None, ...], standing: Standing) -> None:
    held = [by(owner, share) for owner, share in zip("ab", shares, strict=False)]
    assert owned(A, B, firm("c", *held), country=country)["c"].standing is standing


def test_a_share_that_nobody_states_implies_nothing_however_many_own() -> None:
    one = owned(A, B, firm("c", by("a"), by("b")))["c"]
    assert (one.standing, one.share, len(one.holdings)) == (Standing.SHARE_UNKNOWN, 0.0, 2)
    assert str(one) == "Firm c (US): owned or controlled, share unknown"


def test_nothing_is_called_designated() -> None:
    one = owned(A, firm("c", by("a", 0.9)), on_list=("a",))["c"]
    assert str(one) == "Firm c (US): implied, 90% held by 1 listed"
    assert not one.listed
    for text in (str(one), str(one.to_json()["standing"])):
        assert "designated" not in text


def test_what_is_listed_itself_is_told_beside() -> None:
    one = owned(A, firm("c", by("a", 0.9)), on_list=("a", "c"))["c"]
    assert (one.standing, one.listed) == (Standing.IMPLIED, True)
    assert str(one).endswith("listed itself too")


def test_implied_owners_own_in_their_turn() -> None:
    chain = owned(A, firm("c", by("a", 0.6)), firm("d", by("c", 0.5)), firm("e", by("d", 0.1)), on_list=("a",))
    assert {key: one.standing for key, one in chain.items()} == {
        "c": Standing.IMPLIED,
        "d": Standing.IMPLIED,
        "e": Standing.BELOW,
    }
    assert [one.owner_implied for one in chain["d"].holdings] == [True]


def test_an_owner_whose_own_standing_is_unknown_passes_nothing_on() -> None:
    found = owned(A, firm("c", by("a")), firm("d", by("c", 0.9)), on_list=("a",))
    assert found.keys() == {"c"}


def test_firms_that_own_each_other_imply_nothing() -> None:
    assert owned(firm("c", by("d", 0.9)), firm("d", by("c", 0.9)), on_list=()) == {}


def test_both_ends_may_state_the_relation_and_the_least_share_counts() -> None:
    owner = firm("a", Relation(OWNS, "c", share=0.4))
    one = owned(owner, firm("c", by("a", 0.6)), on_list=("a",))["c"]
    assert (one.standing, one.share, len(one.holdings)) == (Standing.BELOW, 0.4, 2)


def test_former_owners_own_nothing() -> None:
    assert owned(A, firm("c", by("a", 0.9, former=True)), on_list=("a",)) == {}


def test_an_unlisted_parent_means_nothing() -> None:
    assert owned(A, firm("c", by("a", 0.9)), on_list=()) == {}


def test_the_user_may_state_a_share() -> None:
    share = Share(("l", "a"), ("l", "c"), 0.75, source="company register")
    one = owned(A, firm("c", by("a")), on_list=("a",), shares=(share,))["c"]
    assert (one.standing, one.share) == (Standing.IMPLIED, 0.75)
    assert [(held.stated_by_user, held.source) for held in one.holdings] == [(True, "company register"), (False, "")]


@given(hs.lists(hs.one_of(hs.none(), hs.floats(0, 1)), min_size=1, max_size=5))
def test_more_owners_never_take_an_implied_standing_away(shares: list[float | None]) -> None:
    owners = [firm(f"o{n}") for n in range(len(shares))]
    on_list = tuple(one.id for one in owners)
    held = [by(one.id, share) for one, share in zip(owners, shares, strict=True)]
    fewer = owned(*owners, firm("c", *held[:-1]), on_list=on_list).get("c")
    more = owned(*owners, firm("c", *held), on_list=on_list)["c"]
    assert more.share >= (fewer.share if fewer else 0)
    if fewer and fewer.standing is Standing.IMPLIED:
        assert more.standing is Standing.IMPLIED
    if all(share is None for share in shares):
        assert more.standing is Standing.SHARE_UNKNOWN


def test_the_order_of_relations_makes_no_difference() -> None:
    held = [by("a", 0.3), by("b"), by("b", 0.3)]
    assert owned(A, B, firm("c", *held)) == owned(A, B, firm("c", *held[::-1]))


def test_rules_have_a_beginning_and_a_source() -> None:
    early, late = ownership_rule("EU", dt.date(2024, 7, 2)), ownership_rule("EU", dt.date(2024, 7, 3))
    assert early is not None
    assert late is not None
    assert (early.reached(0.5), late.reached(0.5)) == (False, True)
    assert all(rule.source for rule in (early, late))
    assert ownership_rule("US", dt.date(2014, 8, 12)) is None


def test_bad_questions() -> None:
    one = model.SanctionsList("l", targets=(A,))
    with pytest.raises(UnknownCountryError):
        ownership(one, "Ruritania", TODAY)
    with pytest.raises(ReconciliationError, match="no ownership rule of IR is known"):
        ownership(one, "IR", TODAY)
    with pytest.raises(NothingToSearchError):
        ownership([], "US", TODAY)
    with pytest.raises(ReconciliationError, match=r"between 0 and 1, not 1\.5"):
        Share(("l", "a"), ("l", "b"), 1.5)
    with pytest.raises(ReconciliationError, match="no list given holds b in l"):
        ownership(one, "US", TODAY, [Share(("l", "a"), ("l", "b"), 0.5)])


@pytest.mark.parametrize(
    ("country", "shares", "words"),
    [
        ("US", (0.4998, 0.0001), "below the threshold, 49.99% held by 2 listed"),
        ("US", (0.2, None), "owned or controlled, share unknown, 20% held by 1 listed"),
        ("US", (0.3, 0.3), "implied, 60% held by 2 listed"),
        ("GB", (0.3, 0.2), "below the threshold, 30% held by one of 2 listed"),
    ],
)
def test_a_share_is_said_of_those_who_hold_it(country: str, shares: tuple[float | None, ...], words: str) -> None:
    held = [by(owner, share) for owner, share in zip("ab", shares, strict=True)]
    one = owned(A, B, firm("c", *held), country=country)["c"]
    assert str(one) == f"Firm c ({country}): {words}"


def test_an_owner_that_is_only_implied_is_not_called_listed() -> None:
    found = owned(A, firm("c", by("a", 0.6)), firm("d", by("c", 0.5)), on_list=("a",))
    assert str(found["d"]) == "Firm d (US): implied, 50% held by 1 listed or implied"


def test_a_listing_without_a_day_is_one() -> None:
    undated = attrs.evolve(listed("a", "2020-01-01"), events=())
    one = model.SanctionsList(
        "l",
        date=PartialDate("2025-01-01"),
        sanctioners=(model.Sanctioner("body", "A body", country="US"),),
        targets=(A, firm("c", by("a", 0.9))),
        measures=(undated,),
    )
    assert [(found.target[1], found.standing) for found in ownership(one, "US", TODAY)] == [("c", Standing.IMPLIED)]
    assert ownership(one, "US", dt.date(2024, 12, 31)) == ()
