"""The Australian lists of 2024 and 2026, whole, against a count that does not use this library's reader."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import lru_cache
from pathlib import Path

import pytest

from sanctions_tracker.codec import unstructure
from sanctions_tracker.model import Measure, PartialDate, SanctionsList
from sanctions_tracker.model.vocabulary import EventKind, IdentifierType, MeasureKind, TargetKind
from sanctions_tracker.sources import Registry, au
from sanctions_tracker.sources.document import open_document
from tests.sources.streams import read_and_streamed

pytestmark = pytest.mark.real

FILES = {
    2024: "regulation8_consolidated_2024-11-11.xlsx",
    2026: "Australian_Sanctions_Consolidated_List_2026-02-24.xlsx",
}
YEARS = pytest.mark.parametrize("year", FILES)
ARABIC = re.compile(r"[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufefc]")
#: By kind of note. Countries: "Congolese" may be of either Congo, and "Possibly Ethiopian". Dates: a year of a calendar
#: that the cell does not name, slips of the pen, an age in place of a date. Two records of 2026 have no primary name
#: and one has two; five print a date for the instrument; one vessel's number does not fit its check digit.
NOTES = {
    2024: {
        "the list does not state its date": 1,
        "a numbering that does not hold, kept as one value": 7,
        "a date of birth that cannot be read": 6,
        "no country known by this name": 16,
    },
    2026: {
        "the list does not state its date": 1,
        "a numbering that does not hold, kept as one value": 7,
        "a date of birth that cannot be read": 4,
        "a date in place of an instrument": 5,
        "the check digits fail": 1,
        "no row of the record is its primary name": 2,
        "several rows of the record are its primary name": 1,
    },
}
#: Read into words of the model: kinds, strengths, yes and no.
MAPPED = {
    *("Reference", "Type", "Name Type", "Alias Strength"),
    *("Targeted Financial Sanction", "Travel Ban", "Arms Embargo", "Maritime Restriction"),
}
NOTHING = {"na", "n/a"}
#: Dates and citizenships that another row of the record prints in other words, by which they were read already.
RETOLD = {
    2024: {
        ("au:149", "a) 11 Apr. 1960 b) 11 Apr. 1963"),
        ("au:319", "29-Aprl-1967"),
        ("au:481", "tunisian"),
        ("au:3150", "Democratic People's Republic of Korea"),
        ("au:3152", "Democratic People's Republic of Korea"),
    },
    2026: {
        ("au:1140", "Somalia; Sweden"),
        ("au:1145", "1979, 1980.1981, 1982"),
        ("au:1145", "1979, 1980,1981,1982"),
        ("au:1145", "1979, 1980, 1981,1982"),
        ("au:1145", "1979, 1980,1981, 1982"),
        ("au:1239", "1976, 5/02/1974"),
        ("au:2572", "1960 9/09/1966"),
        ("au:7343", "03/1968, 03/1969"),
        ("au:8592", "Iranian"),
        ("au:8666", "Russian"),
    },
}


@lru_cache(maxsize=2)
def _rows(path: Path) -> list[dict[str, str]]:
    """The rows straight from the parser, as dicts by heading."""
    import python_calamine  # noqa: PLC0415  (optional)

    sheet = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    table = sheet.to_python(skip_empty_area=False)
    return [
        {str(name): str(int(v)) if isinstance(v, float) else str(v) for name, v in zip(table[0], row, strict=True)}
        for row in table[1:]
    ]


@lru_cache(maxsize=2)
def _listed(path: Path) -> SanctionsList:
    """The list as it is read, and as it is streamed."""
    found = read_and_streamed(path, registry=Registry((au.SOURCE,)))
    assert found is not None
    return found


def rows(folder: Path, year: int) -> list[dict[str, str]]:
    return _rows(folder / "au" / FILES[year])


def listed(folder: Path, year: int) -> SanctionsList:
    return _listed(folder / "au" / FILES[year])


def number(row: dict[str, str]) -> str:
    return re.sub(r"\D.*", "", row["Reference"].strip())


@YEARS
def test_every_number_is_a_target_and_every_row_a_name(lists_folder: Path, year: int) -> None:
    found, table = listed(lists_folder, year), rows(lists_folder, year)
    assert [target.id for target in found.targets] == list(dict.fromkeys(f"au:{number(row)}" for row in table))
    assert len(found.targets) == found.records_seen == {2024: 3062, 2026: 3811}[year]
    assert (len(table), found.rejected) == ({2024: 9553, 2026: 10976}[year], ())
    origins = {name.origin.locator for target in found.targets for name in target.names if name.origin}
    assert origins == {f"row {at}, column Name of Individual or Entity" for at in range(2, len(table) + 2)}
    assert found.date == PartialDate({2024: "2024-11-11", 2026: "2026-02-24"}[year])


@YEARS
def test_every_name_stands_in_its_record_and_no_other(lists_folder: Path, year: int) -> None:
    expected: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows(lists_folder, year):
        text = row["Name of Individual or Entity"].strip()
        remark = re.fullmatch(
            r"(.+?)\s*\((?:previously|formerly) listed as(?:[.,] in arabic: (.+?)\s*)?\)", text, re.IGNORECASE
        )
        expected[f"au:{number(row)}"] |= {part for part in remark.groups() if part} if remark else {text}
    assert {
        target.id: {name.text for name in target.names} for target in listed(lists_folder, year).targets
    } == expected


@YEARS
def test_the_rows_in_arabic_letters(lists_folder: Path, year: int) -> None:
    table = rows(lists_folder, year)
    assert (
        sum(bool(ARABIC.search(row["Name of Individual or Entity"])) for row in table) == {2024: 422, 2026: 434}[year]
    )
    found = [n.text for t in listed(lists_folder, year).targets for n in t.names if ARABIC.search(n.text)]
    assert len(found) == {2024: 422, 2026: 434}[year]


def test_one_measure_for_each_yes(lists_folder: Path) -> None:
    columns = {
        MeasureKind.ASSET_FREEZE: "Targeted Financial Sanction",
        MeasureKind.TRAVEL_BAN: "Travel Ban",
        MeasureKind.ARMS_EMBARGO: "Arms Embargo",
        MeasureKind.TRANSPORT_BAN: "Maritime Restriction",
    }
    found = listed(lists_folder, 2026)
    for kind, column in columns.items():
        expected = {f"au:{number(row)}" for row in rows(lists_folder, 2026) if row[column] == "True"}
        assert {measure.target for measure in found.measures if measure.kind is kind} == expected
    assert len(found.measures) == 6831
    assert {measure.kind for measure in listed(lists_folder, 2024).measures} == {MeasureKind.ASSET_FREEZE}


@YEARS
def test_every_measure_has_begun(lists_folder: Path, year: int) -> None:
    """Each is dated by the day stated, else by the year of its instrument and the control date."""
    found = listed(lists_folder, year)
    assert all(measure.since for measure in found.measures)
    assert found.date is not None
    assert found.date.day is not None
    on = found.date.day
    assert all(measure.status(on).binds for measure in found.measures)
    stated = {m.target for m in found.measures for e in m.events if e.kind is EventKind.LISTED and e.date.day}
    text = {
        f"au:{number(row)}"
        for row in rows(lists_folder, year)
        if re.match(r"(?:Listed|First listed) on:? ?\d{1,2} [A-Z][a-z]+\.? \d{4}\b", row["Listing Information"])
    }
    assert len(text) > 500
    assert text <= stated


def test_kinds_and_numbers(lists_folder: Path) -> None:
    found = listed(lists_folder, 2026)
    kinds = Counter(target.kind for target in found.targets)
    assert kinds == {TargetKind.PERSON: 2518, TargetKind.ENTITY: 1031, TargetKind.VESSEL: 262}
    imo = {row["IMO Number"] for row in rows(lists_folder, 2026)} - {""}
    held = {i.number for t in found.targets for i in t.identifiers if i.type is IdentifierType.IMO_VESSEL}
    assert imo <= held


@YEARS
def test_nothing_is_lost(lists_folder: Path, year: int) -> None:
    """The text of every cell stands in the target, its measures or its notes; a name as often as it is printed."""
    found = listed(lists_folder, year)
    by_record: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows(lists_folder, year):
        by_record[f"au:{number(row)}"].append(row)
    imposed: defaultdict[str, list[Measure]] = defaultdict(list)
    for measure in found.measures:
        imposed[measure.target].append(measure)
    notes: defaultdict[str, list[str]] = defaultdict(list)
    for note in found.notes:
        notes[f"au:{note.origin.record}" if note.origin else ""].append(note.text)
    retold: set[tuple[str, str]] = set()
    for target in found.targets:
        kept = _kept([unstructure(target), unstructure(imposed[target.id]), notes[target.id]])
        printed = {
            " ".join(text.split())
            for row in by_record[target.id]
            for column, text in row.items()
            if column not in MAPPED and text.strip().casefold() not in NOTHING
        }
        retold |= {(target.id, text) for text in printed if text not in kept}
        names = Counter(" ".join(row["Name of Individual or Entity"].split()) for row in by_record[target.id])
        assert not {text for text, times in names.items() if kept.count(text) < times}, target.id
    assert retold == RETOLD[year]


def _kept(value: object) -> str:
    """All texts of a JSON value, a line each."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return "\n".join(map(_kept, value))
    return " ".join(str(value).split())


@YEARS
def test_what_could_not_be_interpreted_is_little_and_known(lists_folder: Path, year: int) -> None:
    assert Counter(note.text.partition(":")[0] for note in listed(lists_folder, year).notes) == NOTES[year]


def test_no_other_publishers_file_is_taken_for_this_list(lists_folder: Path) -> None:
    for name in (
        "uk/ConList_2020-04-27.csv",
        "us_ofac/csv_2023-07/sdn.csv",
        "eu/csvFullSanctionsList_1_1_first1000_sample.csv",
    ):
        with open_document(lists_folder / name) as document:
            assert Registry((au.SOURCE,)).recognised(document) is None
