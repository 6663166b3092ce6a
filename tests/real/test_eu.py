"""The EU's exports of 2021 and 2024 and the CSV sample of 2018, by counts that do not use this library's reader."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from sanctions_tracker.codec import unstructure
from sanctions_tracker.model import PartialDate, SanctionsList, Target
from sanctions_tracker.model.vocabulary import (
    EventKind,
    IdentifierType,
    MeasureKind,
    NameKind,
    NameStrength,
    TargetKind,
)
from sanctions_tracker.sources.eu import SOURCE
from sanctions_tracker.sources.registry import Registry
from tests.sources.streams import read_and_streamed

pytestmark = pytest.mark.real

REGISTRY = Registry((SOURCE,))
FILES = {2021: "full_2021-03-02.xml", 2024: "full_2024-05-13.xml"}
SAMPLE = "csvFullSanctionsList_1_1_first1000_sample.csv"
YEARS = pytest.mark.parametrize("year", FILES)
NS = "{http://eu.europa.ec/fpi/fsd/export}"
#: Letters of the Arabic script, presentation forms among them.
ARABIC = re.compile(r"[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufefc]")
#: By kind of note. A party under two programmes stands on two records with one reference; one party's names are
#: marked as of both genders.
NOTES = {
    2021: {"a reference that stands on several records, kept as eu": 21},
    2024: {
        "a reference that stands on several records, kept as eu": 3,
        "names of more than one gender": 1,
        "the check digits fail": 2,
    },
    2018: {
        "a name without letter or digit": 40,
        "a reference that stands on several records, kept as eu": 2,
        "not UTF-8, read as Windows-1252": 1,
        "re-saved as a table of commas, the rows in one cell each": 1,
    },
}
#: Links, and words that the model says in its own way: a link to an act, whether something is so, what it is.
MAPPED = {
    *("logicalId", "globalFileId", "strong", "circa", "classificationCode", "code", "calendarType", "gender"),
    *("asAtListingTime", "diplomatic", "knownExpired", "knownFalse", "reportedLost", "revokedByIssuer"),
    *("regulationLanguage", "identificationTypeCode"),
}
NS_ACTS = ("regulation", "regulationSummary", "publicationUrl")
ACTS = {f"{NS}{tag}" for tag in NS_ACTS}
#: What is printed where nothing is known.
SAYS_NOTHING = {"", "00", "unknown"}
#: Words of the sample that stand before every date of designation of their kind.
CONSTANT = {"date", "of", "un", "designation"}


@lru_cache(maxsize=2)
def tree(folder: Path, year: int) -> Any:
    """The export, whole, straight from the parser."""
    return etree.parse(folder / "eu" / FILES[year]).getroot()


@lru_cache(maxsize=3)
def listed(folder: Path, year: int) -> SanctionsList:
    """The list as it is read, and as it is streamed."""
    found = read_and_streamed(folder / "eu" / FILES.get(year, SAMPLE), registry=REGISTRY)
    assert found is not None
    return found


@lru_cache(maxsize=1)
def rows(folder: Path) -> list[list[str]]:
    """The sample's rows, unwrapped without this library's reader."""
    text = (folder / "eu" / SAMPLE).read_text(encoding="cp1252")
    lines = [line[1:-1].rstrip("\t").replace('""', '"').replace("\t", ",") for line in text.splitlines()]
    return list(csv.reader(lines, delimiter=";"))


@YEARS
def test_every_record_is_a_target(lists_folder: Path, year: int) -> None:
    root, found = tree(lists_folder, year), listed(lists_folder, year)
    assert found.records_seen == len(found.targets) == len(root) == {2021: 2269, 2024: 4811}[year]
    assert [target.id.split("/")[0] for target in found.targets] == [
        f"eu:{record.get('euReferenceNumber')}" for record in root
    ]
    assert found.rejected == ()
    assert found.date == PartialDate(root.get("generationDate")[:10])
    persons = len(root.findall(f"{NS}sanctionEntity/{NS}subjectType[@code='person']"))
    kinds = Counter(target.kind for target in found.targets)
    assert kinds == {TargetKind.PERSON: persons, TargetKind.ENTITY: len(root) - persons}


@YEARS
def test_every_name_stands_in_its_record(lists_folder: Path, year: int) -> None:
    root, found = tree(lists_folder, year), listed(lists_folder, year)
    texts = 0
    for record, target in zip(root, found.targets, strict=True):
        printed = Counter(name.get("wholeName").strip() for name in record.iter(f"{NS}nameAlias"))
        assert Counter(name.text for name in target.names) == printed
        assert [name.kind for name in target.names].count(NameKind.PRIMARY) == 1
        texts += printed.total()
    assert texts == {2021: 9544, 2024: 25257}[year]


@YEARS
def test_the_names_in_arabic_letters(lists_folder: Path, year: int) -> None:
    printed = [name.get("wholeName") for name in tree(lists_folder, year).iter(f"{NS}nameAlias")]
    names = [name for target in listed(lists_folder, year).targets for name in target.names]
    arabic = [name for name in names if name.script == "Arab"]
    assert len(arabic) == {2021: 268, 2024: 664}[year]
    assert len([text for text in printed if ARABIC.search(text)]) == len(
        [name for name in names if ARABIC.search(name.text)]
    )


@YEARS
def test_the_weak_names(lists_folder: Path, year: int) -> None:
    remarks = [remark.text or "" for remark in tree(lists_folder, year).iterfind(f".//{NS}nameAlias/{NS}remark")]
    weak = [remark for remark in remarks if re.search(r"\blow?\W+quality", remark, re.IGNORECASE)]
    names = [name for target in listed(lists_folder, year).targets for name in target.names]
    assert sum(name.strength is NameStrength.WEAK for name in names) == len(weak) == {2021: 51, 2024: 181}[year]


@YEARS
def test_one_freeze_a_record_with_its_date_or_a_bound(lists_folder: Path, year: int) -> None:
    root, found = tree(lists_folder, year), listed(lists_folder, year)
    told = 0
    for record, measure in zip(root, found.measures, strict=True):
        designated = record.get("designationDate")
        acts = [element.get("publicationDate") for element in record.iter() if element.get("publicationDate")]
        assert measure.listed_on == PartialDate(designated or f"../{min(acts)}")
        assert measure.kind is MeasureKind.ASSET_FREEZE
        regulation = record.find(f"{NS}regulation")
        assert measure.programmes == (regulation.get("programme"),)
        titles = {element.get("numberTitle") for element in record.iter() if element.get("numberTitle")}
        assert (measure.legal_bases[0], set(measure.legal_bases)) == (regulation.get("numberTitle"), titles)
        days = [event.date.edtf for event in measure.events if event.kind is EventKind.AMENDED]
        assert days == sorted(days)
        assert set(days) == set(acts) - {min(acts)}
        told += designated is not None
    assert told == {2021: 1170, 2024: 4139}[year]


@YEARS
def test_every_part_is_read(lists_folder: Path, year: int) -> None:
    for record, target in zip(tree(lists_folder, year), listed(lists_folder, year).targets, strict=True):
        births = record.findall(f"{NS}birthdate")
        dated = [b for b in births if b.get("birthdate") or b.get("year") or b.get("yearRangeTo")]
        assert len(target.births) == len(births)
        assert sum(birth.date is not None for birth in target.births) == len(dated)
        assert len(target.countries) == len(record.findall(f"{NS}citizenship"))
        contacts = {IdentifierType.PHONE, IdentifierType.EMAIL, IdentifierType.WEBSITE, IdentifierType.LIST_REFERENCE}
        documents = [each for each in target.identifiers if each.type not in contacts]
        assert len(documents) == len(record.findall(f"{NS}identification"))


@YEARS
def test_nothing_is_lost(lists_folder: Path, year: int) -> None:
    """Every attribute and text of every record stands, as often as it is printed, in what was made of it.

    An act is named again with each part that it brought: what is said of it need stand once only.
    """
    found = listed(lists_folder, year)
    urls = {source.id: source.url for source in found.sources}
    for record, target, measure in zip(tree(lists_folder, year), found.targets, found.measures, strict=True):
        acts = [urls[origin.source] for origin in measure.origins]
        kept = _kept([unstructure(target), unstructure(measure), acts])
        printed = Counter(_printed(record))
        lost = [text for text, times in printed.items() if kept.count(text) < times]
        assert not lost, (target.id, lost)


def _printed(record: Any) -> Iterator[str]:
    """The texts of a record in small letters; functions and what is said of acts once each, as they repeat."""
    repeated: set[str] = set()
    for element in record.iter():
        printed = [text for name, text in element.attrib.items() if name not in MAPPED]
        texts = {" ".join(text.casefold().split()) for text in (*printed, element.text or "")}
        if element.tag in ACTS:
            repeated |= texts
        else:
            function = " ".join(element.get("function", "").casefold().split())
            repeated.add(function)
            yield from texts - {function} - SAYS_NOTHING
    yield from repeated - SAYS_NOTHING


def _kept(value: object) -> str:
    """All texts of a JSON value, a line each."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return "\n".join(map(_kept, value))
    return " ".join(str(value).casefold().split())


def test_nothing_is_lost_of_the_sample(lists_folder: Path) -> None:
    """Each word of each cell stands in what was made of its record; the first row's date is the list's."""
    found, (heading, *cells) = listed(lists_folder, 2018), rows(lists_folder)
    urls = {source.id: source.url for source in found.sources}
    kept: defaultdict[str, set[str]] = defaultdict(set)
    for target, measure in zip(found.targets, found.measures, strict=True):
        acts = [urls[origin.source] for origin in measure.origins]
        kept[target.id.split("/")[0]] |= set(_words(_kept([unstructure(target), unstructure(measure), acts])))
    for number, row in enumerate(cells, start=2):
        said = {
            word
            for name, text in zip(heading, row, strict=True)
            if name not in {heading[0], "Subject_type", "Naal_gender"} and not name.endswith("ntity_logical_id")
            if text != "N/A"
            for word in _words(text.replace("\\n", " "))
        }
        lost = said - kept[f"eu:{row[58]}"]
        assert not lost - CONSTANT, (number, lost)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


@pytest.mark.parametrize("year", NOTES)
def test_what_could_not_be_interpreted_is_little_and_known(lists_folder: Path, year: int) -> None:
    found = listed(lists_folder, year)
    assert Counter(note.text.partition(":")[0] for note in found.notes) == NOTES[year]


def test_every_row_of_the_sample_is_read(lists_folder: Path) -> None:
    heading, *cells = rows(lists_folder)
    assert (len(heading), len(cells), {len(row) for row in cells}) == (59, 999, {59})
    found = listed(lists_folder, 2018)
    assert found.rejected == ()
    assert found.date == PartialDate("2018-07-04")
    assert found.records_seen == len({(row[1], row[3]) for row in cells}) == 95
    assert len({target.id.split("/")[0] for target in found.targets}) == len({row[58] for row in cells}) == 93
    names = [row[17] for row in cells if row[8]]
    lost = [text for text in names if not any(map(str.isalnum, text))]
    assert sum(len(target.names) for target in found.targets) == len(names) - len(lost)
    assert sum(len(target.attributes) for target in found.targets) == len(lost) == 40
    births = [row for row in cells if row[34]]
    assert sum(len(target.births) for target in found.targets) == len(births) - 2 == 93  # two say "N/A" alone
    dated = [birth.date for target in found.targets for birth in target.births if birth.date]
    assert len(dated) == len([row for row in births if row[40] != "N/A"])


def test_the_samples_last_record_is_short_and_nothing_in_the_file_tells(lists_folder: Path) -> None:
    """The sample ends with its thousandth line, between two rows of one record; where a row is cut, that is told."""
    last = listed(lists_folder, 2018).targets[-1]
    whole = listed(lists_folder, 2021).target(last.id)
    assert (last.id, len(last.addresses), len(whole.addresses)) == ("eu:EU.459.37", 4, 6)


def test_a_cut_in_the_last_row_rejects_its_record_alone(lists_folder: Path) -> None:
    whole, content = listed(lists_folder, 2018), (lists_folder / "eu" / SAMPLE).read_bytes()
    found = read_and_streamed(content[:-120], registry=REGISTRY)
    assert found is not None
    assert found.targets == whole.targets[:-1]
    (rejected,) = found.rejected
    assert (rejected.origin.record, rejected.origin.locator) == ("EU.459.37", "row 1000")
    assert found.records_seen == whole.records_seen


def test_a_record_reads_alike_from_both_formats(lists_folder: Path) -> None:
    """The records that the CSV of 2018 and the export of 2021 tell by the same acts.

    Left out is what the CSV does not hold: letters that its re-saving lost, dates
    of birth without a day ("N/A"), and whether an address is of the listing.
    """
    table, export = listed(lists_folder, 2018), listed(lists_folder, 2021)
    # the sample was cut inside its last record
    pairs = [(t, export.targets_by_id[t.id]) for t in table.targets[:-1] if t.id in export.targets_by_id]
    bases = [(table.measures_on(t.id)[0].legal_bases, export.measures_on(x.id)[0].legal_bases) for t, x in pairs]
    alike = [pair for pair, (ours, theirs) in zip(pairs, bases, strict=True) if ours == theirs]
    assert len(alike) >= 60
    whole = 0
    for from_table, from_export in alike:
        ours, theirs = _view(table, from_table), _view(export, from_export)
        lost = "?" in str(ours["names"]) or from_table.attributes
        compared = ours.keys() - ({"names"} if lost else set())
        assert {name: ours[name] for name in compared} == {name: theirs[name] for name in compared}
        whole += not lost
    assert whole >= 55


def _view(found: SanctionsList, target: Target) -> dict[str, object]:
    (measure,) = found.measures_on(target.id)
    listed_on = measure.listed_on
    return {
        "kind": target.kind,
        "names": [(n.text, n.kind, n.strength, n.language, n.script, n.parts, n.note) for n in target.names],
        "births": [
            (b.date if b.date and b.date.day else None, b.place, b.country)
            for b in target.births
            if b.place or b.country or (b.date and b.date.day)
        ],
        "citizenships": [(tie.role, tie.country, tie.note) for tie in target.countries],
        "addresses": [(a.lines, a.city, a.region, a.postcode, a.country) for a in target.addresses],
        "identifiers": [(i.type, i.number, i.label, i.country, i.note) for i in target.identifiers],
        "positions": target.positions,
        "gender": target.gender,
        "measure": (measure.kind, measure.programmes, measure.legal_bases, measure.grounds, listed_on),
    }
