"""What holds of every reconciliation, whoever is asked about and however the lists are given."""

from __future__ import annotations

import datetime as dt
import json
from random import Random

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as hs

import sanctions_tracker as st
from sanctions_tracker import model
from sanctions_tracker.model import PartialDate
from sanctions_tracker.model import vocabulary as words
from sanctions_tracker.model.vocabulary import Evidence
from sanctions_tracker.reconciliation import Counting, Edge, Reconciliation
from tests.builders import announced, listed, official_list, target

COUNTRIES = ("US", "GB", "EU", "CA", "CN", "RU", "IR", "IL", "UN", "DE", "BR")
PAIRS = hs.lists(hs.sampled_from(COUNTRIES), min_size=2, max_size=2, unique=True)
DAYS = hs.dates(dt.date(2016, 1, 1), dt.date(2027, 12, 31))


def edges(result: Reconciliation) -> dict[tuple[str, str], Edge]:
    return {(edge.trigger.id, edge.response.id): edge for one in result.episodes for edge in one.edges}


def permuted(one: model.SanctionsList, seed: int) -> model.SanctionsList:
    """The same list with everything on it in another order."""
    order = Random(seed)  # noqa: S311  (a seed, so that a failure can be repeated)
    return attrs.evolve(
        one,
        targets=tuple(order.sample(one.targets, len(one.targets))),
        measures=tuple(order.sample(one.measures, len(one.measures))),
        actions=tuple(order.sample(one.actions, len(one.actions))),
        sanctioners=tuple(order.sample(one.sanctioners, len(one.sanctioners))),
        sources=tuple(order.sample(one.sources, len(one.sources))),
    )


def us_list() -> model.SanctionsList:
    """An official list that names what is only counted in the bundled data, and repeats parties that it names."""
    named = [
        ("us:irgc", "ISLAMIC REVOLUTIONARY GUARD CORPS", words.TargetKind.ENTITY, "2007-10-25"),
        ("us:masjedi", "Iraj MASJEDI", words.TargetKind.PERSON, "2020-10-22"),
        ("us:sahara", "Sahara Thunder", words.TargetKind.ENTITY, "2024-04-25"),
    ]
    entries = [(target(key, name, kind=kind, country="IR"), listed(key, day, "IRGC")) for key, name, kind, day in named]
    people = [target(f"us:p{n:02d}", f"Person Number {n}", country="IR") for n in range(16)]
    entries += [(one, listed(one.id, "2024-04-18", "NPWMD")) for one in people]
    return official_list("US", "2025-11-19", entries, list_id="us-list")


def stranger() -> model.SanctionsList:
    """A list of neither side about somebody of neither side, newer than all others."""
    one = target("x", "Somebody Else", country="MD")
    return official_list("AU", "2030-01-01", [(one, listed("x", "2019-01-01"))], list_id="au-list")


@given(PAIRS, DAYS, hs.integers(0, 60))
def test_the_other_way_round_is_the_mirror_image(pair: list[str], day: dt.date, window: int) -> None:
    left, right = pair
    one = st.reconcile(st.bundled(), left, right, as_of=day, window_days=window)
    other = st.reconcile(st.bundled(), right, left, as_of=day, window_days=window)
    assert one.ledger == other.ledger[::-1]
    assert one.episodes == other.episodes
    assert one.crossfire == other.crossfire
    assert one.sources == other.sources
    assert one.mirrors.alone == other.mirrors.alone[::-1]
    assert [(pair.left, pair.right) for pair in one.mirrors.pairs] == [
        (pair.right, pair.left) for pair in other.mirrors.pairs
    ]


@given(PAIRS, hs.integers(0, 60), hs.integers(0, 60))
def test_a_wider_window_keeps_stated_edges_and_answered_actions(pair: list[str], first: int, second: int) -> None:
    narrow, wide = (edges(st.reconcile(st.bundled(), *pair, window_days=days)) for days in sorted((first, second)))
    assert {key for key, edge in narrow.items() if edge.evidence is Evidence.STATED} <= wide.keys()
    assert {response for _, response in narrow} <= {response for _, response in wide}


@hs.composite
def announcements(draw: hs.DrawFn) -> model.SanctionsList:
    """Up to eight actions of two sides, some with dates known in part, some that answer another."""
    days = draw(hs.lists(hs.integers(0, 90), min_size=1, max_size=8))
    actions: list[model.Action] = []
    for number, day in enumerate(days):
        date = dt.date(2024, 1, 1) + dt.timedelta(days=day)
        written = draw(hs.sampled_from([date.isoformat(), date.isoformat()[:7], "2024", f"{date.isoformat()}~"]))
        side, against = draw(hs.sampled_from([("left", "IR"), ("right", "US")]))
        evidence = draw(hs.sampled_from([Evidence.STATED, Evidence.CONTESTED, Evidence.INFERRED]))
        others = [other.id for other in actions if other.sanctioner != side]
        answered = draw(hs.sampled_from(["", *others]))
        actions.append(
            announced(
                f"a{number}",
                written,
                side,
                against,
                counts=[(draw(hs.sampled_from(list(words.PartyClass))), draw(hs.integers(0, 5)))],
                responses=[model.Response(evidence, answered)] if answered else [],
            )
        )
    return model.SanctionsList(
        "announced",
        date=PartialDate("2025-01-01"),
        sanctioners=(model.Sanctioner("left", "Left", country="US"), model.Sanctioner("right", "Right", country="IR")),
        actions=tuple(actions),
    )


@given(announcements(), hs.integers(0, 60), hs.integers(0, 60))
def test_a_wider_window_keeps_them_whatever_the_dates(one: model.SanctionsList, first: int, second: int) -> None:
    narrow, wide = (edges(st.reconcile(one, "US", "IR", window_days=days)) for days in sorted((first, second)))
    assert {key for key, edge in narrow.items() if edge.evidence is not Evidence.INFERRED} <= wide.keys()
    assert {response for _, response in narrow} <= {response for _, response in wide}


@given(announcements(), hs.integers(0, 60))
def test_what_is_inferred_lies_behind_its_trigger_and_is_worded_as_inferred(
    one: model.SanctionsList, window: int
) -> None:
    recorded = {(answer.to, action.id) for action in one.actions for answer in action.responses}
    for (trigger, response), edge in edges(st.reconcile(one, "US", "IR", window_days=window)).items():
        text = str(edge)
        assert "because" not in text
        assert edge.evidence.value in text
        if edge.evidence is Evidence.INFERRED:
            assert "stated" not in text
            assert "answer" not in text
        if (trigger, response) not in recorded:
            assert (edge.evidence, edge.lag[0] > 0, edge.lag[1] <= window) == (Evidence.INFERRED, True, True)


@given(announcements(), hs.integers(0, 9))
def test_a_permuted_announcement_gives_the_same(one: model.SanctionsList, seed: int) -> None:
    assert st.reconcile(permuted(one, seed), "US", "IR") == st.reconcile(one, "US", "IR")


@pytest.mark.parametrize("pair", [("IR", "US"), ("IR", "GB"), ("EU", "IR"), ("CN", "EU"), ("CN", "US")])
@settings(max_examples=5)
@given(seed=hs.integers(0, 999))
def test_permuted_lists_give_the_same(pair: tuple[str, str], seed: int) -> None:
    lists = [st.bundled(), us_list()]
    again = [permuted(one, seed) for one in reversed(lists)]
    one, other = st.reconcile(lists, *pair), st.reconcile(again, *pair)
    assert one == other
    assert json.dumps(one.to_json()) == json.dumps(other.to_json())
    assert str(one) == str(other)


@pytest.mark.parametrize("pair", [("IR", "US"), ("GB", "IR"), ("CN", "EU")])
@pytest.mark.parametrize("lists", [[st.bundled()], [st.bundled(), us_list()]], ids=["bundled", "both"])
def test_an_unrelated_list_changes_nothing_else(pair: tuple[str, str], lists: list[model.SanctionsList]) -> None:
    assert st.reconcile([stranger(), *lists], *pair) == st.reconcile(lists, *pair)


def test_a_list_given_twice_counts_once() -> None:
    assert st.reconcile([us_list(), st.bundled(), us_list()], "IR", "US") == st.reconcile(
        [st.bundled(), us_list()], "IR", "US"
    )


@given(PAIRS, DAYS)
def test_numbers_agree_with_each_other(pair: list[str], day: dt.date) -> None:
    for one in st.reconcile(st.bundled(), *pair, as_of=day).ledger:
        assert one.named_parties == sum(one.named_by_class().values())
        assert one.unnamed_parties == sum(one.unnamed_by_class().values())
        assert one.tally(Counting.ACTION).total == len(one.actions)
        assert one.tally(Counting.PARTY).named <= one.tally(Counting.DESIGNATION).named + sum(
            one.identified_property().values()
        )
        assert all(origin.source for line in one.lines for origin in line.origins)


@given(DAYS, DAYS)
def test_later_days_know_all_actions_of_earlier_ones(first: dt.date, second: dt.date) -> None:
    early, late = (st.reconcile(st.bundled(), "IR", "US", as_of=day).ledger for day in sorted((first, second)))
    for before, after in zip(early, late, strict=True):
        assert {action.id for action in before.actions} <= {action.id for action in after.actions}


@pytest.mark.parametrize("pair", [("IR", "US"), ("CN", "GB"), ("EU", "IR")])
def test_json_holds_every_id_with_its_source(pair: tuple[str, str]) -> None:
    result = st.reconcile([st.bundled(), us_list()], *pair)
    data = json.loads(json.dumps(result.to_json()))
    known = {source["id"] for source in data["sources"]}

    def cited(value: object) -> set[str]:
        if isinstance(value, dict):
            own = {value["source"]} if isinstance(value.get("source"), str) and "url" not in value else set()
            return own.union(*map(cited, value.values()))
        return set().union(*map(cited, value)) if isinstance(value, list) else set()

    assert cited({key: part for key, part in data.items() if key != "sources"}) <= known
    assert {line["target"] for one in data["ledger"] for line in one["lines"]} == {
        line.target.id for one in result.ledger for line in one.lines
    }
