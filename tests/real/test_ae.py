"""The UAE local terrorist list of 2025, whole, against a count that does not use this library's reader."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from sanctions_tracker.codec import unstructure
from sanctions_tracker.model import SanctionsList
from sanctions_tracker.model.vocabulary import MeasureKind, NameKind, TargetKind
from sanctions_tracker.sources import Registry, ae, read
from tests.sources.streams import read_and_streamed

pytestmark = pytest.mark.real

FILE = "ae/uae_local_terrorist_list_individuals_LS1309232025.csv"
CLASSIFICATION, NATIONALITY, ARABIC, LATIN, BIRTH, NUMBERS, DECISION = 1, 2, 5, 6, 7, 14, 18
NOTHING = {"", "-"}


@lru_cache(maxsize=1)
def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [[cell.strip() for cell in row] for row in csv.reader(file)][3:]


@lru_cache(maxsize=1)
def _listed(path: Path) -> SanctionsList:
    return read(path, registry=Registry((ae.SOURCE,)))


@pytest.fixture
def rows(lists_folder: Path) -> list[list[str]]:
    return _rows(lists_folder / FILE)


@pytest.fixture
def listed(lists_folder: Path) -> SanctionsList:
    return _listed(lists_folder / FILE)


def test_every_row_is_a_person_in_arabic_and_in_latin_letters(rows: list[list[str]], listed: SanctionsList) -> None:
    assert len(rows) == listed.records_seen == len(listed.targets) == 155
    assert listed.rejected == ()
    assert {target.kind for target in listed.targets} == {TargetKind.PERSON}
    for kind, column, script in ((NameKind.PRIMARY, LATIN, "Latn"), (NameKind.ORIGINAL_SCRIPT, ARABIC, "Arab")):
        found = [(name.text, name.script) for t in listed.targets for name in t.names if name.kind is kind]
        assert found == [(row[column], script) for row in rows]
    assert [name.text for t in listed.targets for name in t.names if name.kind is NameKind.ALIAS] == [rows[3][9]]


def test_births_ties_and_documents(rows: list[list[str]], listed: SanctionsList) -> None:
    assert sum(bool(b.date) for t in listed.targets for b in t.births) == sum(row[BIRTH] not in NOTHING for row in rows)
    assert all(tie.country for target in listed.targets for tie in target.countries)
    assert sum(bool(target.countries) for target in listed.targets) == sum(
        row[NATIONALITY] not in NOTHING for row in rows
    )
    numbers = [line for row in rows if row[NUMBERS] not in NOTHING for line in row[NUMBERS].splitlines()]
    held = [identifier.number for target in listed.targets for identifier in target.identifiers]
    assert len(held) == len(numbers) == 68
    assert all(number in line for number, line in zip(held, numbers, strict=True))


def test_two_measures_a_person_with_the_year_of_the_decision(rows: list[list[str]], listed: SanctionsList) -> None:
    years = [row[DECISION][-4:] for row in rows]
    for kind in (MeasureKind.TERROR_DESIGNATION, MeasureKind.ASSET_FREEZE):
        assert [str(measure.listed_on) for measure in listed.measures if measure.kind is kind] == years
    assert len(listed.measures) == 310
    assert Counter(basis for m in listed.measures for basis in m.legal_bases) == Counter(
        {text.removeprefix("مدرج بموجب "): 2 * count for text, count in Counter(row[DECISION] for row in rows).items()}
    )


def test_nothing_is_lost(rows: list[list[str]], listed: SanctionsList) -> None:
    """Each cell stands whole in a value or an origin's raw text of the target or its measures; the number is the id."""
    for row, target in zip(rows, listed.targets, strict=True):
        kept = unstructure((target, listed.measures_on(target.id)))
        whole = "\n".join(" ".join(text.split()) for text in _leaves(kept))
        missing = {cell for cell in row[1:] if cell not in NOTHING and " ".join(cell.split()) not in whole}
        assert not missing, (target.id, missing)
        assert target.id == f"ae:{row[0]}"


def _leaves(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list, tuple)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _leaves(inner)


def test_streaming_says_the_same(lists_folder: Path) -> None:
    read_and_streamed(lists_folder / FILE, registry=Registry((ae.SOURCE,)))


def test_nothing_is_left_uninterpreted(listed: SanctionsList) -> None:
    assert [note.text for note in listed.notes] == ["the list does not state its date"]
