"""The UK consolidated lists of 2020 and 2025, whole, against a count that does not use this library's reader."""

from __future__ import annotations

import csv
import json
import os
import random
import re
from collections import Counter, defaultdict
from functools import lru_cache
from pathlib import Path

import pytest

from sanctions_tracker.codec import unstructure
from sanctions_tracker.model import PartialDate, SanctionsList
from sanctions_tracker.model.vocabulary import EventKind, MeasureKind, NameKind, TargetKind
from sanctions_tracker.sources import read
from sanctions_tracker.sources.uk.information import pieces

LISTS = os.environ.get("SANCTIONS_TRACKER_LISTS", "")

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not LISTS, reason="SANCTIONS_TRACKER_LISTS does not name the folder of the official lists"),
]

FILES = {2020: "ConList_2020-04-27.csv", 2025: "ConList_2025-04-10.xlsx"}
YEARS = pytest.mark.parametrize("year", FILES)
#: Letters of the Arabic script, presentation forms among them.
ARABIC = re.compile(r"[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufefc]")
#: By kind of note. Countries: Crimea, a town or a postcode in the country's column, and (2020) "Congolese", which
#: may be of either Congo. Numbers: several in one text, or words that no pattern tells from the number. Two entities
#: of 2025 have no row with "Primary name"; one language is given as "Cyrillic".
NOTES = {
    2020: {
        "a numbering that does not hold, kept as one value": 6,
        "no country known by this name": 26,
        "number and words not told apart, kept as one identifier": 34,
    },
    2025: {
        "a numbering that does not hold, kept as one value": 3,
        "details without a number": 2,
        "no country known by this name": 3,
        "no row of the group is its primary name": 2,
        "number and words not told apart, kept as one identifier": 16,
        "unknown language": 1,
    },
}
#: What is read into words of the model, not kept as text.
MAPPED = {"Group Type", "Alias Type", "Alias Quality", "Non-Latin Script Type", "Non-Latin Script Language"}
SAMPLE = 700


@lru_cache(maxsize=2)
def rows(year: int) -> list[dict[str, str]]:
    """The rows straight from the parser, as dicts by heading."""
    path = Path(LISTS, "uk", FILES[year])
    if path.suffix == ".xlsx":
        import python_calamine  # noqa: PLC0415  (optional)

        sheet = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0)
        table = [[str(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    else:
        with path.open(encoding="cp1252", newline="") as file:
            table = list(csv.reader(file))
    return [dict(zip(table[1], row, strict=True)) for row in table[2:]]


@lru_cache(maxsize=2)
def listed(year: int) -> SanctionsList:
    return read(Path(LISTS, "uk", FILES[year]))


@YEARS
def test_every_group_is_a_target(year: int) -> None:
    found = listed(year)
    assert [target.id for target in found.targets] == list(dict.fromkeys(f"gb:{row['Group ID']}" for row in rows(year)))
    assert len(found.targets) == found.records_seen == {2020: 2114, 2025: 4686}[year]
    assert found.rejected == ()
    assert found.date == PartialDate({2020: "2020-04-27", 2025: "2025-04-10"}[year])


@YEARS
def test_every_name_stands_in_its_group_and_no_other(year: int) -> None:
    expected = defaultdict(set)
    for row in rows(year):
        parts = [row[f"Name {number}"].strip() for number in range(1, 7)]
        expected[row["Group ID"]].add(" ".join(filter(None, parts)))
        expected[row["Group ID"]].add(row.get("Name Non-Latin Script", "").strip())
    found = {target.id[3:]: {name.text for name in target.names} for target in listed(year).targets}
    assert found == {group: texts - {""} for group, texts in expected.items()}


def test_the_names_in_arabic_letters() -> None:
    arabic = [row for row in rows(2025) if ARABIC.search(row["Name Non-Latin Script"])]
    assert len(arabic) == 1239
    found = {(t.id[3:], name.text) for t in listed(2025).targets for name in t.names if ARABIC.search(name.text)}
    assert found >= {(row["Group ID"], row["Name Non-Latin Script"].strip()) for row in arabic}
    assert found == {
        (row["Group ID"], text.strip())
        for row in rows(2025)
        for text in (row["Name 6"], row["Name Non-Latin Script"])
        if ARABIC.search(text)
    }


@YEARS
def test_one_freeze_a_group_and_regime_with_each_of_its_dates(year: int) -> None:
    expected = defaultdict(set)
    for row in rows(year):
        expected[f"gb:{row['Group ID']}", row["Regime"]].add("-".join(reversed(row["Listed On"].split("/"))))
    freezes = [measure for measure in listed(year).measures if measure.kind is MeasureKind.ASSET_FREEZE]
    found = {
        (measure.target, *measure.programmes): {e.date.edtf for e in measure.events if e.kind is EventKind.LISTED}
        for measure in freezes
    }
    assert found == expected
    assert len(freezes) == len(expected)


def test_the_iran_entries_of_18_april_2024() -> None:
    found = listed(2025)
    day = PartialDate("2024-04-18")
    ids = [m.target for m in found.measures if m.programmes == ("Iran",) and m.listed_on == day]
    kinds = [found.target(target).kind for target in ids]
    assert (kinds.count(TargetKind.PERSON), kinds.count(TargetKind.ENTITY), len(kinds)) == (7, 6, 13)
    assert {"gb:16467", "gb:16468"} <= set(ids)
    staff = found.target("gb:16468")
    assert "GENERAL STAFF" in staff.name
    assert [(name.language, name.script) for name in staff.names if name.kind is NameKind.ORIGINAL_SCRIPT] == [
        ("fa", "Arab")
    ]
    assert "NAVY" in found.target("gb:16467").name


@YEARS
def test_every_date_of_birth_is_read(year: int) -> None:
    expected = {(row["Group ID"], row["DOB"]) for row in rows(year) if row["DOB"]}
    dated = [(target.id, birth) for target in listed(year).targets for birth in target.births if birth.date]
    assert len(dated) == len(expected)


@YEARS
def test_nothing_is_lost(year: int) -> None:
    """Each word of each cell of a sample of groups is found again in the target, its measures or its notes."""
    found = listed(year)
    by_group = defaultdict(list)
    for row in rows(year):
        by_group[row["Group ID"]].append(row)
    notes = defaultdict(list)
    for note in found.notes:
        notes[note.origin.record if note.origin else ""].append(note.text)
    for group in random.Random(7).sample(sorted(by_group), SAMPLE):  # noqa: S311  (a sample, no secret)
        target = f"gb:{group}"
        kept = json.dumps(
            [unstructure(found.target(target)), unstructure(found.measures_on(target)), notes[group]],
            ensure_ascii=False,
        )
        words = set(_words(re.sub(r"\\[ntr]", " ", kept)))
        missing = {
            (column, word)
            for row in by_group[group]
            for column, text in row.items()
            if column not in MAPPED
            for word in set(_words(_unlabelled(text) if column == "Other Information" else text)) - words
        }
        assert not missing, (group, missing)


def _unlabelled(text: str) -> str:
    return " ".join(piece.text for piece in pieces(text))


def _words(text: str) -> list[str]:
    """Words, and numbers but for those that may count a list's items; case is lost of a gender only."""
    return [word for word in re.findall(r"\w+", text.casefold()) if not re.fullmatch(r"\d{1,2}|[a-h]", word)]


@YEARS
def test_what_could_not_be_interpreted_is_little_and_known(year: int) -> None:
    assert Counter(note.text.partition(":")[0] for note in listed(year).notes) == NOTES[year]
