"""OFAC's other formats, whole: counts against independent ones, and two formats of one list against each other."""

from __future__ import annotations

import csv
import json
import random
import re
import shutil
import subprocess
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path

import pytest
from lxml import etree

from sanctions_tracker.codec import unstructure
from sanctions_tracker.errors import EmptyInputError
from sanctions_tracker.model import SanctionsList, Target
from sanctions_tracker.model.country import country_code
from sanctions_tracker.model.vocabulary import NameStrength, TargetKind
from sanctions_tracker.sources import read
from sanctions_tracker.sources.ofac import SOURCE
from sanctions_tracker.sources.ofac.csv_files import COLUMNS, PRIMARY_COLUMNS
from sanctions_tracker.sources.ofac.printed import printed_date
from sanctions_tracker.sources.ofac.remarks import LONGEST
from sanctions_tracker.sources.registry import Registry
from sanctions_tracker.sources.summary import class_of
from tests.sources.streams import read_and_streamed

pytestmark = pytest.mark.real
REGISTRY = Registry((SOURCE,))
#: Members of the series: the last list before the XML's, and the failed download of the day after.
LAST, EMPTY = "2024-05-03T184323Z_a5ec3c5e_sdn.csv", "2024-05-04T013619Z_bbf49297_sdn.csv"
#: How many lists of the series are read in the usual run.
SAMPLE = 12

XML = {
    "sdn_2024-05-07.xml": (14_966, 36_720, 3_694),
    "sdn_2021-03-10.xml": (8_832, 22_926, 2_402),
    "consolidated_2026-01-08.xml": (442, 1_586, 72),
}
ENHANCED = {"sdn_enhanced_IRGC_subset_2024-08-28.xml": (293, 92, 46), "cons_enhanced_2026-01-08.xml": (442, 0, 73)}
#: Folder -> primary file, aliases, and how many parties and rows of all its files.
FOLDERS = {
    "csv_2023-07": ("sdn.csv", "alt.csv", 12_632),
    "cons_csv_2025-12": ("cons_prim.csv", "cons_alt.csv", 442),
}

FAILS, REGION = "the check digits fail", "no country is known by the name 'Region"
UNKNOWN = "no country is known by the name …"
#: Notes by class. Countries: "Region: Crimea" and the like, "Palestinian" and "undetermined" ones. The check digits
#: are those of numbers that OFAC prints as they are. Relations go to parties outside of a selection. Two menus of
#: sanctions (CAATSA, EO 14059) differ from party to party: their measures stay unspecified. The aliases and
#: addresses of the CSV files of July 2023 are some days younger than their primary file: 317 rows are of 45 parties
#: that it does not hold yet; two of the files were saved again with a heading.
NOTES = {
    "sdn_2024-05-07.xml": {FAILS: 54, REGION: 24},
    "sdn_2021-03-10.xml": {FAILS: 15, REGION: 9, UNKNOWN: 2},
    "consolidated_2026-01-08.xml": {FAILS: 4},
    "sdn_enhanced_IRGC_subset_2024-08-28.xml": {
        "a relation to a party that the file does not hold": 28,
        "the file is a selection by sanctionsLists": 1,
        "the file is a selection by sanctionsPrograms": 1,
    },
    "cons_enhanced_2026-01-08.xml": {
        FAILS: 4,
        "a relation to a party that the file does not hold": 1,
        "no kind of measure is known by the name …": 2,
        "the file is a selection by sanctionsLists": 1,
    },
    "csv_2023-07": {
        FAILS: 40,
        REGION: 10,
        UNKNOWN: 3,
        "the remarks go on in the file of comments, which was not given": 15,
        "a heading, which the publisher's files do not have": 2,
        "a row for a party that the primary file does not hold": 317,
    },
    "cons_csv_2025-12": {FAILS: 4},
}


@lru_cache(maxsize=8)
def listed(path: Path) -> SanctionsList:
    return read(path, registry=REGISTRY)


def folder_of(lists_folder: Path) -> Path:
    return lists_folder / "us_ofac"


# Counts


@pytest.mark.parametrize("name", XML)
def test_sdn_xml(lists_folder: Path, name: str) -> None:
    path, (parties, names, weak) = folder_of(lists_folder) / name, XML[name]
    result, tree = listed(path), etree.parse(path)
    assert len(result.targets) == result.records_seen == parties == len(tree.findall("{*}sdnEntry"))
    assert str(parties) == tree.findtext("{*}publshInformation/{*}Record_Count")
    found = [name for target in result.targets for name in target.names]
    assert len(found) == names == parties + sum(1 for _ in tree.iter("{*}aka"))
    assert sum(name.strength is NameStrength.WEAK for name in found) == weak
    assert weak == sum(category.text == "weak" for category in tree.iter("{*}category"))
    words = {"Individual": TargetKind.PERSON, "Entity": TargetKind.ENTITY, "Vessel": TargetKind.VESSEL}
    kinds = Counter(words.get(kind.text or "", TargetKind.AIRCRAFT) for kind in tree.iter("{*}sdnType"))
    assert Counter(target.kind for target in result.targets) == kinds
    assert result.rejected == ()


@pytest.mark.parametrize("name", ENHANCED)
def test_enhanced(lists_folder: Path, name: str) -> None:
    path, (parties, arabic, weak) = folder_of(lists_folder) / name, ENHANCED[name]
    result, tree = listed(path), etree.parse(path)
    assert len(result.targets) == result.records_seen == parties == len(tree.findall("{*}entities/{*}entity"))
    found = [name for target in result.targets for name in target.names]
    spellings = list(tree.iterfind(".//{*}names/{*}name/{*}translations/{*}translation"))
    assert len(found) == len(spellings)
    assert sum(name.script == "Arab" for name in found) == arabic
    assert arabic == sum(spelling.findtext("{*}script") == "Arabic" for spelling in spellings)
    assert sum(name.strength is NameStrength.WEAK for name in found) == weak
    assert result.rejected == ()


def rows_of(path: Path) -> Iterator[list[str]]:
    """The rows of a CSV file; one that was saved again as a single cell is taken apart."""
    with path.open(newline="", encoding="utf-8") as file:
        for row in csv.reader(file):
            cells = next(csv.reader(row)) if len(row) == 1 and "," in row[0] else row
            if cells and cells[0].isdecimal():
                yield cells


@pytest.mark.parametrize("name", FOLDERS)
def test_csv_folders(lists_folder: Path, name: str) -> None:
    folder, (primary, aliases, parties) = folder_of(lists_folder) / name, FOLDERS[name]
    result = listed(folder)
    known = [row[0] for row in rows_of(folder / primary)]
    assert [f"us:{number}" for number in known] == [target.id for target in result.targets]
    assert len(known) == result.records_seen == parties
    assert result.rejected == ()
    further = Counter(row[0] for row in rows_of(folder / aliases))
    strong = sum(len(target.strong_names) - 1 for target in result.targets)
    assert strong == sum(further[number] for number in known)


@pytest.mark.parametrize("name", NOTES)
def test_what_could_not_be_interpreted_is_little_and_known(lists_folder: Path, name: str) -> None:
    notes = listed(folder_of(lists_folder) / name).notes
    assert Counter(class_of(note.text) for note in notes) == NOTES[name]
    assert all(note.origin for note in notes)


def test_a_name_of_digits_alone(lists_folder: Path) -> None:
    """``7-28`` is the primary name of a vessel, in every format that lists it."""
    for name in ("sdn_2024-05-07.xml", "csv_2023-07"):
        vessel = listed(folder_of(lists_folder) / name).target("us:23156")
        assert (vessel.kind, vessel.name, vessel.names[0].strength) == (TargetKind.VESSEL, "7-28", NameStrength.STRONG)


# One record at a time


@pytest.mark.parametrize("name", [*NOTES, "csv_2023-07/sdn.csv"])
def test_streaming_says_the_same(lists_folder: Path, name: str) -> None:
    result = read_and_streamed(folder_of(lists_folder) / name, registry=REGISTRY)
    assert result is not None
    assert len(result.targets) >= 293


# Nothing is lost

WORD = re.compile(r"\w+")
#: Elements of SDN.XML whose texts are words of the format: kinds, strengths, what is the main value, ids that join.
SDN_WORDS = {"uid", "sdnType", "type", "category", "mainEntry"}
#: Labels that a field of the model stands for.
FIELDS = {
    "gender",
    "nationality",
    "of",
    "registration",
    "linked",
    "to",
    "organization",
    "established",
    "date",
    "former",
}
#: Elements of the enhanced format that only join, order, or are told by a field: dates stand in another form.
ENHANCED_WORDS = {
    *("identityId", "versionId", "valueRefId", "entityType", "isPrimary", "isLowQuality", "isValid", "aliasType"),
    *("script", "reliability", "isApproximate", "isDateRange"),
    *("formattedFirstName", "formattedLastName", "formattedFullName"),
    *("fromDateBegin", "fromDateEnd", "toDateBegin", "toDateEnd"),
}
#: Words of the remarks that a field of the model stands for.
REMARK_WORDS = {*FIELDS, "dob", "pob", "alt", "citizen", "title", "issued", "expires", "a", "f", "n", "k"}
_DAY = r"(?:\d{1,2} )?(?:[A-Z][a-z]{2} )?\d{4}"
DATED = re.compile(rf"\b(?:issued|expires) (?P<date>{_DAY}(?: to {_DAY})?)")


def words_of(text: str) -> set[str]:
    return set(WORD.findall(text.casefold()))


def kept_by_record(result: SanctionsList) -> dict[str, set[str]]:
    """Every word of what was read of each record."""
    found: defaultdict[str, list[object]] = defaultdict(list)
    for target in result.targets:
        found[target.id].append(target)
    for measure in result.measures:
        found[measure.target].append(measure)
    for note in result.notes:
        found[f"us:{note.origin.record}" if note.origin else ""].append(note)
    return {
        number: words_of(
            re.sub(r"\\[ntr]", " ", json.dumps([unstructure(value) for value in values], ensure_ascii=False))
        )
        for number, values in found.items()
    }


def undated(text: str) -> str:
    """The text with its dates as the model writes them."""
    return str(printed_date(text) or text)


def without_countries(words: set[str], texts: Iterable[str], kept: set[str]) -> set[str]:
    """The words but for those of issuing countries: the model keeps their codes alone."""
    codes = ((text, country_code(text)) for text in texts)
    return words - {word for text, code in codes if code and code.casefold() in kept for word in words_of(text)}


def local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


@pytest.mark.parametrize("name", XML)
def test_nothing_is_lost_of_sdn_xml(lists_folder: Path, name: str) -> None:
    path = folder_of(lists_folder) / name
    kept = kept_by_record(listed(path))
    for entry in etree.parse(path).iterfind("{*}sdnEntry"):
        expected: set[str] = set()
        for leaf in entry.iter("*"):
            if not len(leaf) and leaf.text and local(leaf) not in SDN_WORDS:
                words = words_of(undated(leaf.text) if local(leaf).endswith("Date") else leaf.text)
                expected |= words - FIELDS if local(leaf) in {"idType", "remarks"} else words
        number = f"us:{entry.findtext('{*}uid')}"
        countries = (country.text or "" for country in entry.iter("{*}idCountry"))
        missing = without_countries(expected - kept[number], countries, kept[number])
        assert not missing, (number, missing)


@pytest.mark.parametrize("name", ENHANCED)
def test_nothing_is_lost_of_the_enhanced_format(lists_folder: Path, name: str) -> None:
    path = folder_of(lists_folder) / name
    kept = kept_by_record(listed(path))
    for entity in etree.parse(path).iterfind("{*}entities/{*}entity"):
        expected: set[str] = set()
        for leaf in entity.iter("*"):
            above = leaf.getparent()
            if len(leaf) or not leaf.text or local(leaf) in ENHANCED_WORDS or above is None:
                continue
            # The type of a part, of a name or of an address, is the field that it stands in.
            if not (local(leaf) == "type" and local(above) in {"namePart", "addressPart"}):
                words = words_of(leaf.text)
                expected |= words - LABELS if local(leaf) == "type" else words
        number = f"us:{entity.get('id')}"
        countries = (country.text or "" for country in entity.iter("{*}issuingCountry"))
        missing = without_countries(expected - kept[number], countries, kept[number])
        assert not missing, (number, missing)


#: Labels of features that a field of the model stands for.
LABELS = {*FIELDS, "birthdate", "place", "birth", "country", "citizenship"}


@pytest.mark.parametrize("name", FOLDERS)
def test_nothing_is_lost_of_the_csv_files(lists_folder: Path, name: str) -> None:
    folder = folder_of(lists_folder) / name
    kept = kept_by_record(listed(folder))
    for path in sorted(folder.iterdir()):
        for row in rows_of(path):
            number = f"us:{row[0]}"
            missing = words_of(" ".join(texts_of(row, path.name))) - kept.get(number, set()) - REMARK_WORDS
            missing = without_countries(missing, BRACKETS.findall(row[-1]), kept.get(number, set()))
            assert not missing or is_cut(row), (path.name, number, missing)


#: A country in brackets behind a number; some hold brackets themselves.
BRACKETS = re.compile(r"\(([^()]+(?:\([^()]*\))?)\)")


def texts_of(row: list[str], name: str) -> list[str]:
    """What a row of a file says: not the numbers of rows, nor the kind of a party or of an alias."""
    texts = row[3:] if "alt" in name else row[2:] if "add" in name else row[1:]
    if len(row) >= PRIMARY_COLUMNS:
        texts = [row[1], *row[3:-1], DATED.sub(lambda match: undated(match["date"]), row[-1])]
    return [text for text in texts if text.strip() != "-0-"]


def is_cut(row: list[str]) -> bool:
    """Whether a word may stand half in one file and half in another: remarks that are cut, and their other half."""
    return len(row[-1]) >= LONGEST or len(row) == COLUMNS["comments"]


# The series


@pytest.fixture(scope="session")
def series(lists_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The lists of the series, unpacked."""
    if shutil.which("zstd") is None:
        pytest.skip("the program zstd, which unpacks the series, is not there")
    folder = tmp_path_factory.mktemp("series")
    packed, plain = lists_folder / "series" / "sdn_csv_2021-08_2024-05.tar.zst", folder / "series.tar"
    subprocess.run(["zstd", "-dq", "--long=28", str(packed), "-o", str(plain)], check=True)  # noqa: S607
    subprocess.run(["tar", "xf", str(plain), "-C", str(folder)], check=True)  # noqa: S607
    plain.unlink()
    return folder / "sdn_csv"


def assert_whole(path: Path) -> None:
    """A list of the series reads, and a record is a row."""
    result = read(path, registry=REGISTRY)
    rows = [row[0] for row in rows_of(path)]
    assert [target.id for target in result.targets] == [f"us:{number}" for number in rows] != []
    assert (result.records_seen, result.rejected) == (len(rows), ())
    told = {class_of(note.text) for note in result.notes}
    assert told <= SERIES_NOTES, told - SERIES_NOTES


SERIES_NOTES = {
    FAILS,
    UNKNOWN,
    "the file of aliases was not given",
    "the file of addresses was not given",
    "the remarks go on in the file of comments, which was not given",
}


def test_lists_of_the_series_read_whole(series: Path) -> None:
    paths = sorted(path for path in series.iterdir() if path.name != EMPTY)
    assert len(paths) == 308
    for path in random.Random(4).sample(paths, SAMPLE):  # noqa: S311  (a sample, no secret)
        assert_whole(path)


@pytest.mark.long
def test_every_list_of_the_series_reads_whole(series: Path) -> None:
    for path in sorted(path for path in series.iterdir() if path.name != EMPTY):
        assert_whole(path)


def test_the_last_of_the_series_is_an_empty_download(series: Path) -> None:
    assert max(path.name for path in series.iterdir()) == EMPTY
    with pytest.raises(EmptyInputError, match=re.escape(EMPTY)):
        read(series / EMPTY, registry=REGISTRY)


# Two formats of one list


def _names(target: Target) -> Counter[object]:
    return Counter((name.text, name.kind) for name in target.names if name.strength is NameStrength.WEAK)


def _births(target: Target) -> Counter[object]:
    return Counter((birth.date, birth.place) for birth in target.births)


def _identifiers(target: Target) -> Counter[object]:
    return Counter((item.type, item.number, item.country, item.issued, item.expires) for item in target.identifiers)


def why_different(table: Target, xml: Target, said: Callable[[Target], Counter[object]], cut: set[str]) -> str:
    """Why the two formats say different things of one party."""
    alone = said(table) - said(xml)
    if table.id in cut:
        return "cut"
    if _unquoted(said(table)) == _unquoted(said(xml)):
        return "quotes"
    # Every word of what the CSV alone says stands in the free remarks of the XML.
    free = alone and words_of(str([*alone])) - MODEL_WORDS <= words_of(xml.note)
    return "free remarks" if free else "unknown"


def _unquoted(values: Counter[object]) -> Counter[str]:
    return Counter(re.sub(r"['\"\\]", "", str(value)) for value in values.elements())


#: Words of the model's own, in what Python prints of its values.
MODEL_WORDS = {"identifiertype", "passport", "website", "none", "partialdate"}

#: What two formats say of one party -> how many of the 14,965 parties of both say it differently, and why. The series
#: holds SDN.CSV alone, without the strong aliases and the addresses of ALT.CSV and ADD.CSV: they are compared with
#: nothing, and neither are those of July 2023, a time of which no other format is at hand. "cut": the remarks end after
#: 1,000 characters, and go on in a file that the series does not hold. "quotes": the CSV writes ' for ". "free
#: remarks": remarks in the publisher's own words are one text in the XML, and items beside the others in the CSV.
DIFFERENCES: dict[str, tuple[Callable[[Target], Counter[object]], dict[str, int]]] = {
    "primary name": (lambda target: Counter([target.name]), {"quotes": 1}),
    "weak names": (_names, {"cut": 10, "quotes": 1}),
    "births": (_births, {"cut": 5, "free remarks": 1}),
    "identifiers": (_identifiers, {"cut": 14, "free remarks": 5}),
    "kind": (lambda target: Counter([target.kind]), {}),
    "gender": (lambda target: Counter([target.gender]), {}),
}


@pytest.mark.parametrize("what", DIFFERENCES)
def test_two_formats_of_one_list_say_the_same(lists_folder: Path, series: Path, what: str) -> None:
    said, expected = DIFFERENCES[what]
    xml = listed(folder_of(lists_folder) / "sdn_2024-05-07.xml").targets_by_id
    table = listed(series / LAST)
    assert (len(xml.keys() - table.targets_by_id.keys()), len(table.targets_by_id.keys() - xml.keys())) == (1, 0)
    cut = {f"us:{note.origin.record}" for note in table.notes if note.origin and "go on in the file" in note.text}
    assert len(cut) == 18
    pairs = ((target, xml[target.id]) for target in table.targets)
    why = Counter(why_different(one, other, said, cut) for one, other in pairs if said(one) != said(other))
    assert why == expected


def test_two_formats_of_one_list_name_the_same_programmes(lists_folder: Path, series: Path) -> None:
    xml = {m.target: sorted(m.programmes) for m in listed(folder_of(lists_folder) / "sdn_2024-05-07.xml").measures}
    table = {m.target: sorted(m.programmes) for m in listed(series / LAST).measures}
    assert len(table) == 14_965
    assert all(xml[target] == programmes for target, programmes in table.items())
