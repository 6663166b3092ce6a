"""Records of the official lists that are one party."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import attrs
import pytest

import sanctions_tracker as st
from sanctions_tracker.model import SanctionsList
from sanctions_tracker.parties import Parties, Record, grouped, resolve

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def un_lists(lists_folder: Path) -> tuple[SanctionsList, SanctionsList]:
    """The UN's list of 2021 and of 2025."""
    return st.read(lists_folder / "un" / "consolidated_2021-03-12.xml"), st.read(
        lists_folder / "un" / "consolidated_2025-04-19.xml"
    )


def as_another_s(one: SanctionsList, list_id: str) -> SanctionsList:
    """The list under another publisher's name, without identifiers and with ids of its own."""
    targets = (attrs.evolve(target, id=f"other {target.id}", identifiers=(), relations=()) for target in one.targets)
    bodies = tuple(attrs.evolve(body, id=f"other {body.id}") for body in one.sanctioners)
    return SanctionsList(list_id, date=one.date, sanctioners=bodies, targets=tuple(targets))


def pairs_of(parties: Parties) -> set[tuple[str, ...]]:
    return {tuple(record.target.id for record in one.records) for one in parties.clusters if len(one.records) > 1}


def test_versions_of_one_list_are_joined_by_their_ids(un_lists: tuple[SanctionsList, SanctionsList]) -> None:
    old, new = un_lists
    shared = old.targets_by_id.keys() & new.targets_by_id.keys()
    joined = pairs_of(resolve([old, attrs.evolve(new, id="newer")]))
    assert len(shared) == 835
    assert {ids[0] for ids in joined if set(ids) == {ids[0]}} == shared


def test_another_version_is_found_without_ids_and_numbers(un_lists: tuple[SanctionsList, SanctionsList]) -> None:
    old, new = un_lists
    shared = old.targets_by_id.keys() & new.targets_by_id.keys()
    found = pairs_of(resolve([attrs.evolve(old, targets=old.targets), as_another_s(new, "another's")]))
    pairs = {tuple(sorted(one.removeprefix("other ") for one in ids)) for ids in found}
    right = {pair for pair in pairs if len(set(pair)) == 1}
    assert len(right) >= 0.97 * len(shared)
    wrong = pairs - right
    assert len(wrong) <= 0.01 * len(pairs)


@pytest.mark.parametrize(("american", "british"), [("us:27849", "gb:16468"), ("us:26720", "gb:16467")])
def test_the_story_s_forces_stand_together(ofac: SanctionsList, uk: SanctionsList, american: str, british: str) -> None:
    """The General Staff and the IRGC Navy, which bear other names on either list."""
    records = Record.of(ofac, ofac.target(american)), Record.of(uk, uk.target(british))
    assert grouped(records) == ((0, 1),)


def benchmark() -> ModuleType:
    path = Path(__file__).parents[2] / "benchmarks" / "identity.py"
    spec = importlib.util.spec_from_file_location("identity", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.long
def test_the_two_figures(lists_folder: Path, ofac: SanctionsList, uk: SanctionsList) -> None:
    measure = benchmark()
    first = measure.uk_and_un(uk, st.read(lists_folder / measure.UN))
    assert first.precision >= measure.UK_UN_PRECISION
    assert first.recall >= measure.UK_UN_RECALL
    pairs, clusters = measure.ofac_and_eu(ofac, st.read(lists_folder / measure.EU))
    assert pairs.recall >= measure.OFAC_EU_RECALL
    assert clusters.precision >= 0.97
