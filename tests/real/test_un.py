"""The UN consolidated lists of 2021 and 2025, whole, against counts that do not use this library's reader."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from functools import lru_cache
from pathlib import Path

import pytest
from lxml import etree

from sanctions_tracker.codec import unstructure
from sanctions_tracker.errors import DamagedInputError
from sanctions_tracker.model import Measure, PartialDate, SanctionsList
from sanctions_tracker.model.vocabulary import EventKind, MeasureKind, NameKind, NameStrength, TargetKind
from sanctions_tracker.sources import read, stream, un
from sanctions_tracker.sources.registry import Registry
from tests.sources.streams import read_and_streamed

pytestmark = pytest.mark.real

REGISTRY = Registry((un.SOURCE,))
FILES = {2021: "consolidated_2021-03-12.xml", 2025: "consolidated_2025-04-19.xml"}
YEARS = pytest.mark.parametrize("year", FILES)
ARABIC = re.compile(r"[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufefc]")
#: By kind of note. Dates: ages ("30-35 years old"). Numbers: documents described without one. Countries: two at once
#: ("Sudan/South Sudan"), words that name none ("Tunisian passport"), doubts ("Possibly Ethiopian").
NOTES = {
    2021: {
        "no country known by this name": 11,
        "a document without a number": 2,
        "a date of birth that cannot be read": 2,
    },
    2025: {"a document without a number": 2, "a date of birth that cannot be read": 1},
}
#: What is read into words of the model, numbers the layout's version, or says "not available".
MAPPED = {"QUALITY", "TYPE_OF_DATE", "VERSIONNUM"}
#: The record that stands before the damage, which is in the second.
DAMAGED = ["un:6907993"]


@lru_cache(maxsize=2)
def _listed(path: Path) -> SanctionsList:
    return read(path, registry=REGISTRY)


@lru_cache(maxsize=2)
def _tree(path: Path) -> etree._Element:
    return etree.parse(path).getroot()


@pytest.fixture
def path(lists_folder: Path, year: int) -> Path:
    return lists_folder / "un" / FILES[year]


@pytest.fixture
def listed(path: Path) -> SanctionsList:
    return _listed(path)


@pytest.fixture
def root(path: Path) -> etree._Element:
    return _tree(path)


@YEARS
def test_every_record_is_a_target(listed: SanctionsList, root: etree._Element, year: int) -> None:
    ids = [record.findtext("DATAID") for record in root.iter("INDIVIDUAL", "ENTITY")]
    assert [target.id for target in listed.targets] == [f"un:{number}" for number in ids]
    assert listed.rejected == ()
    assert listed.records_seen == len(ids)
    kinds = Counter(target.kind for target in listed.targets)
    expected = {2021: (711, 293), 2025: (684, 193)}[year]
    assert (kinds[TargetKind.PERSON], kinds[TargetKind.ENTITY]) == expected
    assert listed.date == PartialDate({2021: "2021-03-12", 2025: "2025-04-19"}[year])


@YEARS
def test_every_name_stands_in_its_record(listed: SanctionsList, root: etree._Element) -> None:
    """Primary names and those in their own script one for one; aliases that hold one name likewise."""
    for record in root.iter("INDIVIDUAL", "ENTITY"):
        names = listed.target(f"un:{record.findtext('DATAID')}").names
        parts = [record.findtext(f"{number}_NAME") or "" for number in ("FIRST", "SECOND", "THIRD", "FOURTH")]
        assert names[0].text == " ".join(" ".join(parts).split())
        assert names[0].kind is NameKind.PRIMARY
        texts = {name.text for name in names}
        own = " ".join((record.findtext("NAME_ORIGINAL_SCRIPT") or "").split())
        assert own.partition(" (")[0] in texts | {""}
        for alias in record.iter("ALIAS_NAME"):
            text = " ".join((alias.text or "").split())
            assert text in texts | {""} or re.search("[();،]|, born |[A-Za-z] [\u0600-\u06ff]", text), text


@YEARS
def test_the_names_in_arabic_letters(listed: SanctionsList, root: etree._Element, year: int) -> None:
    """The README's 398 of 2025 are elements; splitting aliases and reading their notes finds a few more names."""
    elements = [e for e in root.iter("ALIAS_NAME", "NAME_ORIGINAL_SCRIPT") if ARABIC.search(e.text or "")]
    found = [name for target in listed.targets for name in target.names if ARABIC.search(name.text)]
    assert (len(elements), len(found)) == {2021: (420, 425), 2025: (398, 404)}[year]
    assert not [name.text for name in found if re.search("[A-Za-z]", name.text)]


@YEARS
def test_aliases_without_a_name_are_nothing(listed: SanctionsList, root: etree._Element, year: int) -> None:
    empty = [e for e in root.iter("INDIVIDUAL_ALIAS", "ENTITY_ALIAS") if not (e.findtext("ALIAS_NAME") or "").strip()]
    assert len(empty) == {2021: 604, 2025: 206}[year]
    assert not [note for note in listed.notes if "alias" in note.text]


@YEARS
def test_weak_aliases_are_those_of_low_quality(listed: SanctionsList, root: etree._Element) -> None:
    low = {
        (f"un:{record.findtext('DATAID')}", " ".join((alias.findtext("ALIAS_NAME") or "").split()))
        for record in root.iter("INDIVIDUAL")
        for alias in record.iter("INDIVIDUAL_ALIAS")
        if alias.findtext("QUALITY") == "Low"
    }
    weak = {
        (target.id, name.origin.raw or name.text)
        for target in listed.targets
        for name in target.names
        if name.strength is NameStrength.WEAK and name.origin is not None and "ALIAS_NAME" in name.origin.locator
    }
    assert weak == low


@YEARS
def test_each_listing_has_its_dates(listed: SanctionsList, root: etree._Element) -> None:
    own = 0
    for record in root.iter("INDIVIDUAL", "ENTITY"):
        measures = listed.measures_on(f"un:{record.findtext('DATAID')}")
        updates = [v.text for v in record.iterfind("LAST_DAY_UPDATED/VALUE") if (v.text or "").strip()]
        day = (record.findtext("LISTED_ON") or "")[:10]
        assert measures
        for measure in measures:
            assert measure.kind is not MeasureKind.UNSPECIFIED
            assert sum(event.kind is EventKind.AMENDED for event in measure.events) == len(updates)
            own += measure.listed_on != PartialDate(day)
    assert own == 6  # Libya: the freeze of 17 March 2011, listed after the travel ban


@YEARS
def test_every_date_of_birth_is_read(listed: SanctionsList, root: etree._Element) -> None:
    dated = [e for e in root.iter("INDIVIDUAL_DATE_OF_BIRTH") if any(c.text for c in e if c.tag != "TYPE_OF_DATE")]
    dated += [e for e in root.iter("INDIVIDUAL_ALIAS") if e.findtext("DATE_OF_BIRTH")]
    found = [birth for target in listed.targets for birth in target.births if birth.date]
    unread = [note for note in listed.notes if note.text.startswith("a date of birth")]
    assert len(found) + len(unread) == len(dated)


@YEARS
def test_nothing_is_lost(listed: SanctionsList, root: etree._Element) -> None:
    """The text of each element of each record stands in the target, its measures or its notes, as often as printed.

    Texts that are cut up (aliases of several names, lists of positions) are found by their words.
    """
    notes: defaultdict[str, list[str]] = defaultdict(list)
    for note in listed.notes:
        if note.origin:
            notes[f"un:{note.origin.record}"].append(note.text)
    measures: defaultdict[str, list[Measure]] = defaultdict(list)
    for measure in listed.measures:
        measures[measure.target].append(measure)
    for record in root.iter("INDIVIDUAL", "ENTITY"):
        target = f"un:{record.findtext('DATAID')}"
        kept = [unstructure(listed.target(target)), unstructure(measures[target]), notes[target]]
        whole = json.dumps(kept, ensure_ascii=False)
        words: set[str] | None = None
        for text, count in Counter(_texts(record)).items():
            if whole.count(json.dumps(text, ensure_ascii=False)[1:-1]) < count:
                words = words or set(_words(whole))
                assert words.issuperset(_words(text)), (target, text)


def _texts(record: etree._Element) -> list[str]:
    """The texts of a record that are read as they are: a time zone is no part of a day; "na" says nothing."""
    texts = [_text(element) for element in record.iter("*") if element.tag not in MAPPED and not len(element)]
    return [text for text in texts if text]


def _text(element: etree._Element) -> str:
    text = re.sub(r"(\d{4}-\d\d-\d\d)-\d\d:\d\d", r"\1", " ".join((element.text or "").split()))
    return "" if text == "na" else text


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"\w+", text.casefold()) if word not in {"a", "b"}]  # numbers of list items


@YEARS
def test_nothing_stands_outside_the_leaves(root: etree._Element) -> None:
    """No attribute but the file's own, no text beside elements: all that the test above cannot see."""
    assert not root.xpath("descendant::*/@*")
    assert not root.xpath("descendant-or-self::*[*]/text()[normalize-space()]")


@YEARS
def test_the_stream_is_the_list(path: Path) -> None:
    assert read_and_streamed(path, registry=REGISTRY) == _listed(path)


@YEARS
def test_what_could_not_be_interpreted_is_little_and_known(listed: SanctionsList, year: int) -> None:
    assert Counter(note.text.partition(":")[0] for note in listed.notes) == NOTES[year]


def test_the_damaged_download_is_refused_where_it_breaks(lists_folder: Path) -> None:
    path = lists_folder / "un" / "consolidated_2025-08-16_corrupt.xml"
    with pytest.raises(DamagedInputError) as caught:
        read(path, registry=REGISTRY, on_rejected="collect")
    assert caught.value.locator == "line 53, column 11"
    assert caught.value.file == "consolidated_2025-08-16_corrupt.xml"


def test_a_stream_of_the_damaged_download_ends_where_it_breaks(lists_folder: Path) -> None:
    """One record ends before the damage: it comes, with the list's heading, and then the error, not an end."""
    seen: list[str] = []
    with (
        stream(lists_folder / "un" / "consolidated_2025-08-16_corrupt.xml", registry=REGISTRY) as records,
        pytest.raises(DamagedInputError) as caught,
    ):
        seen.extend(entry.target.id for entry in records)
    assert seen == DAMAGED
    assert records.heading.date == PartialDate("2025-08-16")
    assert caught.value.locator == "line 53, column 11"
