"""Canada's list of 2025, whole, against counts that do not use this library's reader."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest
from lxml import etree

from sanctions_tracker.codec import unstructure
from sanctions_tracker.model import PartialDate, SanctionsList
from sanctions_tracker.model.vocabulary import IdentifierType, MeasureKind, TargetKind
from sanctions_tracker.sources import ca, read
from sanctions_tracker.sources.registry import Registry

pytestmark = pytest.mark.real

REGISTRY = Registry((ca.SOURCE,))
ARABIC = re.compile(r"[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufefc]")
SAMPLE = 1500


@lru_cache(maxsize=1)
def _listed(path: Path) -> SanctionsList:
    return read(path, registry=REGISTRY)


@lru_cache(maxsize=1)
def _records(path: Path) -> list[etree._Element]:
    return list(etree.parse(path).getroot().iterchildren("record"))


@pytest.fixture
def path(lists_folder: Path) -> Path:
    return lists_folder / "ca" / "sema-lmes_2025-03-20.xml"


@pytest.fixture
def listed(path: Path) -> SanctionsList:
    return _listed(path)


@pytest.fixture
def records(path: Path) -> list[etree._Element]:
    return _records(path)


def value(record: etree._Element, tag: str) -> str:
    return " ".join((record.findtext(tag) or "").split())


def test_every_record_is_a_target(listed: SanctionsList, records: list[etree._Element]) -> None:
    assert len(listed.targets) == listed.records_seen == len(records) == 4759
    assert listed.rejected == ()
    kinds = Counter(target.kind for target in listed.targets)
    assert kinds == {TargetKind.PERSON: 3334, TargetKind.ENTITY: 1316, TargetKind.VESSEL: 109}
    assert kinds[TargetKind.PERSON] == sum(record.find("LastName") is not None for record in records)


def test_the_primary_names_in_their_order(listed: SanctionsList, records: list[etree._Element]) -> None:
    for target, record in zip(listed.targets, records, strict=True):
        name = " ".join(filter(None, (value(record, "GivenName"), value(record, "LastName"))))
        entity = value(record, "EntityOrShip")
        assert target.name == name or (not name and entity.startswith(target.name))


def test_the_names_in_arabic_letters(listed: SanctionsList, records: list[etree._Element]) -> None:
    """201 fields hold letters of the Arabic block, as a plain search finds them; the README counts 182 records."""
    fields = [field for record in records if ARABIC.search(field := value(record, "Aliases"))]
    bearers = [t for t in listed.targets if any(ARABIC.search(name.text) for name in t.names)]
    found = [name for target in bearers for name in target.names if ARABIC.search(name.text)]
    assert (len(fields), len(bearers), len(found)) == (201, 201, 203)
    assert not [name.text for name in found if re.search("[A-Za-z]", name.text)]


def test_every_listing_has_its_day_and_its_measure(listed: SanctionsList, records: list[etree._Element]) -> None:
    days = [measure.listed_on for measure in listed.measures]
    assert days == [PartialDate(value(record, "DateOfListing")) for record in records]
    assert Counter(measure.kind for measure in listed.measures) == {
        MeasureKind.ASSET_FREEZE: 4646,
        MeasureKind.TRANSPORT_BAN: 109,
        MeasureKind.DEBT_EQUITY_RESTRICTIONS: 4,
    }
    assert all(len(measure.legal_bases) == 1 for measure in listed.measures)


def test_the_general_staff_of_the_armed_forces(listed: SanctionsList) -> None:
    (staff,) = [t for t in listed.targets if re.fullmatch("(Iranian )?Armed Forces General Staff", t.name)]
    (measure,) = listed.measures_on(staff.id)
    assert measure.listed_on == PartialDate("2024-04-24")


def test_ships_have_imo_numbers_that_pass_their_check(listed: SanctionsList) -> None:
    numbers = [number for target in listed.targets for number in target.identifiers]
    assert len(numbers) == 109
    assert {number.type for number in numbers} == {IdentifierType.IMO_VESSEL}


def test_what_could_not_be_interpreted_is_little_and_known(listed: SanctionsList) -> None:
    """``Sep-99`` has lost its century; "born in the early 1970s" is no date."""
    assert Counter(note.text.partition(":")[0] for note in listed.notes) == {"a date that cannot be read": 2}


def test_nothing_is_lost(listed: SanctionsList, records: list[etree._Element]) -> None:
    """Each word of each element of a sample of records is found again in the target or its measure."""
    numbers = random.Random(7).sample(range(len(records)), SAMPLE)  # noqa: S311  (a sample, no secret)
    for number in numbers:
        target = listed.targets[number]
        kept = [unstructure(target), unstructure(listed.measures_on(target.id))]
        words = set(re.findall(r"\w+", json.dumps(kept, ensure_ascii=False)))
        missing = {
            (child.tag, word) for child in records[number] for word in set(re.findall(r"\w+", child.text or "")) - words
        }
        assert not missing, (target.id, missing)
