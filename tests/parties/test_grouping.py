"""Laws and cases of `grouped`, `resolve` and recorded decisions."""

from __future__ import annotations

import datetime as dt
import json
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from sanctions_tracker.codec import from_json, to_json
from sanctions_tracker.errors import DamagedInputError, DecisionError, InputNotFoundError, UnknownRecordError
from sanctions_tracker.model import SanctionsList
from sanctions_tracker.model.vocabulary import TargetKind
from sanctions_tracker.parties import (
    Parties,
    PartyDecision,
    Record,
    compare_parties,
    grouped,
    read_decisions,
    resolve,
    write_decisions,
)
from tests.parties.parties_made import listing, lists_at_random, party

Key = tuple[str, str]


def decided(left: Key, right: Key, *, same: bool) -> PartyDecision:
    return PartyDecision(left, right, same=same, reason="seen the papers", author="R. Eader", date=dt.date(2025, 1, 2))


def keys(parties: Parties) -> set[frozenset[Key]]:
    return {frozenset(record.key for record in cluster.records) for cluster in parties.clusters}


def records_of(lists: tuple[SanctionsList, ...]) -> list[Record]:
    return [Record.of(one, target) for one in lists for target in one.targets]


def forbidden(cluster: frozenset[Key], by_key: dict[Key, Record]) -> bool:
    pairs = combinations(sorted(cluster), 2)
    return any(compare_parties(by_key[one], by_key[other]).vetoed for one, other in pairs)


@settings(max_examples=60)
@given(lists_at_random(), some.randoms(use_true_random=False))
def test_the_order_means_nothing(lists: tuple[SanctionsList, ...], chance: object) -> None:
    shuffled = list(lists)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert resolve(lists).to_json() == resolve(shuffled).to_json()
    records = records_of(lists)
    order = list(range(len(records)))
    chance.shuffle(order)  # type: ignore[attr-defined]
    again = {frozenset(order[at] for at in group) for group in grouped([records[at] for at in order])}
    assert again == set(map(frozenset, grouped(records)))


@settings(max_examples=60)
@given(lists_at_random())
def test_every_record_stands_in_one_cluster_and_none_holds_what_is_forbidden(lists: tuple[SanctionsList, ...]) -> None:
    records = records_of(lists)
    by_key = {record.key: record for record in records}
    resolved = resolve(lists)
    assert sorted(key for cluster in keys(resolved) for key in cluster) == sorted(by_key)
    groups = grouped(records)
    assert sorted(at for group in groups for at in group) == list(range(len(records)))
    for cluster in (*keys(resolved), *(frozenset(records[at].key for at in group) for group in groups)):
        assert not forbidden(cluster, by_key)


@settings(max_examples=60)
@given(lists_at_random())
def test_an_unrelated_list_changes_nothing(lists: tuple[SanctionsList, ...]) -> None:
    unrelated = listing(
        "other",
        party("o/1", "Zqxwv Pfgtrbl", countries=("BR",)),
        party("o/2", "Grzk Nvlpdsh", kind=TargetKind.VESSEL),
    )
    assert keys(resolve((*lists, unrelated))) == keys(resolve(lists)) | {
        frozenset({("other", "o/1")}),
        frozenset({("other", "o/2")}),
    }


@settings(max_examples=60)
@given(lists_at_random(), some.data())
def test_decisions_are_obeyed(lists: tuple[SanctionsList, ...], data: some.DataObject) -> None:
    records = records_of(lists)
    left, right = data.draw(some.sampled_from(list(combinations([record.key for record in records], 2))))
    for same in (True, False):
        decision = decided(left, right, same=same)
        together = any({left, right} <= cluster for cluster in keys(resolve(lists, [decision])))
        assert together is same
        groups = [{records[at].key for at in group} for group in grouped(records, [decision])]
        assert any({left, right} <= group for group in groups) is same


TWICE = (
    listing("us", party("us:1", "Yevgeniy Viktorovich Prigozhin", born=("1961-06-01",), countries=("RU",))),
    listing(
        "eu",
        party("eu:1", "Yevgeniy Viktorovich Prigozhin", born=("1961-06-01",), countries=("RU",)),
        party("eu:2", "Yevgeniy Viktorovich Prigozhin", born=("1961-06-01",)),
    ),
    listing("gb", party("gb:1", "Yevgeniy Viktorovich Prigozhin", born=("1961-06-01",))),
)


def test_a_list_that_holds_a_party_twice_tears_no_others_apart() -> None:
    resolved = resolve(TWICE)
    assert keys(resolved) == {frozenset({("us", "us:1"), ("eu", "eu:1"), ("gb", "gb:1")}), frozenset({("eu", "eu:2")})}
    assert resolved.possible
    assert all("eu:2" in one.why for one in resolved.possible)
    assert {frozenset(group) for group in grouped(records_of(TWICE))} == {frozenset({0, 1, 3}), frozenset({2})}


def test_a_decision_joins_two_records_of_one_list() -> None:
    resolved = resolve(TWICE, [decided(("eu", "eu:1"), ("eu", "eu:2"), same=True)])
    assert len(resolved.clusters) == 1


def test_a_cluster_knows_what_holds_it_together() -> None:
    resolved = resolve(TWICE)
    cluster = resolved.cluster_of("gb", "gb:1")
    assert cluster == resolved.cluster_of("us", "us:1")
    assert {one.left.key for one in cluster.held_by} | {one.right.key for one in cluster.held_by} == {
        record.key for record in cluster.records
    }
    assert json.loads(json.dumps(resolved.to_json()))["alone"] == 1
    with pytest.raises(UnknownRecordError, match="gb:2"):
        resolved.cluster_of("gb", "gb:2")


def test_versions_of_one_list_are_joined_by_id_across_all_that_changed() -> None:
    old = listing("us-csv", party("us:1", "Bank Melli"), party("us:2", "Sergey Ivanov"), body="ofac", date="2021")
    new = listing("us-xml", party("us:1", "Bank Melli Iran"), party("us:2", "Sergey Ivanov"), body="ofac", date="2025")
    assert len(resolve([old, new]).clusters) == 2
    assert [len(group) for group in grouped(records_of((old, new)))] == [2, 2]


def test_what_is_open_says_why() -> None:
    lists = (
        listing("us", party("us:1", "Mohammed Ali")),
        listing("gb", party("gb:1", "Mohamed Ali")),
    )
    (one,) = resolve(lists).possible
    assert "bits" in one.why
    assert resolve(lists, [decided(("us", "us:1"), ("gb", "gb:1"), same=False)]).possible == ()


def test_one_list_alone_and_none() -> None:
    assert len(resolve(TWICE[1]).clusters) == 2
    assert resolve([]).clusters == ()
    assert grouped([]) == ()


def test_contradicting_decisions_are_both_named() -> None:
    a, b, c = ("us", "us:1"), ("eu", "eu:1"), ("gb", "gb:1")
    direct = [decided(a, b, same=True), decided(b, a, same=False)]
    with pytest.raises(DecisionError, match=r"eu:1 in eu ≠ us:1 in us.*eu:1 in eu = us:1 in us"):
        resolve(TWICE, direct)
    by_way = [decided(a, b, same=True), decided(b, c, same=True), decided(a, c, same=False)]
    with pytest.raises(DecisionError, match="gb:1 in gb ≠ us:1 in us"):
        grouped(records_of(TWICE), by_way)


@pytest.mark.parametrize(
    "bad",
    [{"right": ("us", "us:1")}, {"left": ("us",)}, {"left": ("us", " ")}, {"reason": " "}, {"author": ""}],
)
def test_a_decision_that_says_nothing_is_none(bad: dict[str, object]) -> None:
    good = {"left": ("us", "us:1"), "right": ("eu", "eu:1"), "reason": "papers", "author": "R.", "same": False}
    with pytest.raises(DecisionError):
        PartyDecision(**{**good, "date": dt.date(2025, 1, 2), **bad})  # type: ignore[arg-type]


def test_decisions_are_kept_as_lines(tmp_path: Path) -> None:
    decisions = (decided(("us", "us:1"), ("eu", "eü:1"), same=True), decided(("us", "us:1"), ("eu", "x"), same=False))
    write_decisions(decisions, tmp_path / "decisions.jsonl")
    assert read_decisions(tmp_path / "decisions.jsonl") == decisions
    assert from_json(to_json(decisions[0]), PartyDecision) == decisions[0]
    with pytest.raises(InputNotFoundError):
        read_decisions(tmp_path / "none.jsonl")


@pytest.mark.parametrize("line", ["{}", "[]", "nonsense", '{"left": ["a", "b"], "right": ["c", "d"], "same": 1}'])
def test_a_line_that_is_no_decision_is_told_by_its_number(tmp_path: Path, line: str) -> None:
    path = tmp_path / "decisions.jsonl"
    write_decisions([decided(("us", "us:1"), ("eu", "eu:1"), same=True)], path)
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    with pytest.raises(DamagedInputError, match="line 2"):
        read_decisions(path)


def test_bytes_that_are_no_text_are_damaged(tmp_path: Path) -> None:
    (tmp_path / "decisions.jsonl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DamagedInputError):
        read_decisions(tmp_path / "decisions.jsonl")
