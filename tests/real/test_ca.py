"""Canada's list of 2025, whole, against counts that do not use this library's reader."""

from __future__ import annotations

import json
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
from tests.sources.streams import read_and_streamed

pytestmark = pytest.mark.real

REGISTRY = Registry((ca.SOURCE,))
ARABIC = re.compile(r"[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufefc]")


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
    """201 fields hold letters of the Arabic block, against 182 in the README, which does not say what it counts.

    In 183 of them some piece between separators is in Arabic letters alone. In the other 18, all of the regulations
    on Sudan, the name stands behind the word "Arabic:", and whoever only cuts at separators misses it.
    """
    fields = [field for record in records if ARABIC.search(field := record.findtext("Aliases") or "")]
    pieces = [re.split(r"[;,/\n]| or | and ", field) for field in fields]
    alone = [cut for cut in pieces if any(re.fullmatch(r"[\u0600-\u06ff\s\u200c\u200e\u200f()-]+", one) for one in cut)]
    labelled = [field for field in fields if re.search(r"Arabic\s*:", field)]
    assert (len(fields), len(alone), len(labelled)) == (201, 183, 18)
    bearers = [t for t in listed.targets if any(ARABIC.search(name.text) for name in t.names)]
    found = [name for target in bearers for name in target.names if ARABIC.search(name.text)]
    assert (len(bearers), len(found)) == (201, 203)
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
    """The text of each element of each record stands in the target, its measure or its notes, as often as printed.

    Texts that are cut up (fields of several aliases, names in two languages) are found by their words.
    """
    notes = {note.origin.record: note.text for note in listed.notes if note.origin}
    for target, measure, record in zip(listed.targets, listed.measures, records, strict=True):
        assert measure.target == target.id
        kept = [unstructure(target), unstructure(measure), notes.get(target.id.removeprefix("ca:"))]
        whole = json.dumps(kept, ensure_ascii=False)
        texts = Counter(text for child in record if (text := " ".join((child.text or "").split())))
        for text, count in texts.items():
            if whole.count(json.dumps(text, ensure_ascii=False)[1:-1]) < count:
                assert set(re.findall(r"\w+", text)) <= set(re.findall(r"\w+", whole)), (target.id, text)


def test_nothing_stands_outside_the_leaves(records: list[etree._Element]) -> None:
    """No attributes, no elements within a value, no text beside elements: all that the test above cannot see."""
    root = records[0].getroottree().getroot()
    assert not root.xpath("descendant::*/@* | record/*/* | descendant-or-self::*[*]/text()[normalize-space()]")
    assert {child.tag for child in root} == {"record"}


def test_the_stream_is_the_list(path: Path, listed: SanctionsList) -> None:
    assert read_and_streamed(path, registry=REGISTRY) == listed
