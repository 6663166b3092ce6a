"""The UK consolidated lists of 2020 and 2025, whole, against a count that does not use this library's reader."""

from __future__ import annotations

import csv
import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from sanctions_tracker.codec import unstructure
from sanctions_tracker.model import PartialDate, SanctionsList
from sanctions_tracker.model.vocabulary import EventKind, MeasureKind, NameKind, NameStrength, TargetKind
from sanctions_tracker.sources import Registry, read, uk
from sanctions_tracker.sources.uk.information import pieces
from tests.sources.reordered import read_and_streamed_in_any_order
from tests.sources.streams import read_and_streamed

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
        "the check digits fail": 3,
        "unknown language": 1,
    },
}
#: What is read into words of the model, not kept as text.
MAPPED = {"Group Type", "Alias Type", "Alias Quality", "Non-Latin Script Type", "Non-Latin Script Language"}
#: Columns whose numbered items are values of their own, and how an item begins.
ITEMISED = {"Position", "Passport Details", "National Identification Details"}
ITEM = r"(?:^|(?<=[\s.,;]))\(?(?:\d{1,2}|[a-h])\)"
#: The publisher's word -> what a Latin name of it is; in its own script a primary name is the original.
KINDS = {
    "primary name": NameKind.PRIMARY,
    "prime alias": NameKind.PRIMARY,
    "primary name variation": NameKind.ALIAS,
    "aka": NameKind.ALIAS,
    "fka": NameKind.FORMER,
}
REGISTRY = Registry((uk.SOURCE,))


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
    return read(Path(LISTS, "uk", FILES[year]), registry=REGISTRY)


@YEARS
def test_every_group_is_a_target(year: int) -> None:
    found = listed(year)
    assert [target.id for target in found.targets] == list(dict.fromkeys(f"gb:{row['Group ID']}" for row in rows(year)))
    assert len(found.targets) == found.records_seen == {2020: 2114, 2025: 4686}[year]
    assert found.rejected == ()
    assert found.date == PartialDate({2020: "2020-04-27", 2025: "2025-04-10"}[year])


@YEARS
def test_parties_by_kind_and_names_by_strength(year: int) -> None:
    assert len(rows(year)) == {2020: 9492, 2025: 18796}[year]
    kinds = Counter({row["Group ID"]: row["Group Type"] for row in rows(year)}.values())
    words = {TargetKind.PERSON: "Individual", TargetKind.ENTITY: "Entity", TargetKind.VESSEL: "Ship"}
    assert Counter(words[target.kind] for target in listed(year).targets) == kinds
    assert (
        kinds
        == {2020: {"Individual": 1523, "Entity": 591}, 2025: {"Individual": 3662, "Entity": 1009, "Ship": 15}}[year]
    )
    expected = set()
    for row in rows(year):
        kind, weak = KINDS[row["Alias Type"].casefold()], row.get("Alias Quality", "").strip() == "Low quality"
        latin = " ".join(filter(None, (row[f"Name {number}"].strip() for number in range(1, 7))))
        own = NameKind.ORIGINAL_SCRIPT if kind is NameKind.PRIMARY else kind
        expected |= {(row["Group ID"], latin, kind, weak)}
        expected |= {(row["Group ID"], row.get("Name Non-Latin Script", "").strip(), own, weak)}
    found = [(target.id[3:], name) for target in listed(year).targets for name in target.names]
    said = [(group, name.text, name.kind, name.strength is NameStrength.WEAK) for group, name in found]
    assert set(said) == {one for one in expected if one[1]}
    assert (len(said), sum(one[-1] for one in said)) == {2020: (5781, 0), 2025: (16036, 646)}[year]


def test_streaming_says_the_same() -> None:
    read_and_streamed(Path(LISTS, "uk", FILES[2025]), registry=REGISTRY)
    read_and_streamed_in_any_order(Path(LISTS, "uk", FILES[2020]), registry=REGISTRY)


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
    """Each cell of each group stands whole in a value or an origin's raw text of its target or measures.

    Cells of :data:`ITEMISED` may be values item by item instead, and other information word by word, its labels aside.
    """
    found = listed(year)
    notes = defaultdict(list)
    for note in found.notes:
        notes[note.origin.record if note.origin else ""].append(note.text)
    cells: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in rows(year):
        cells[row["Group ID"]] |= {(column, spaced(text)) for column, text in row.items() if column not in MAPPED}
    for group, texts in cells.items():
        target = f"gb:{group}"
        kept = {*map(spaced, leaves(unstructure((found.target(target), found.measures_on(target), notes[group]))))}
        whole = "\n".join(kept)
        missing = {(column, text) for column, text in texts - {("", "")} if text not in kept and text not in whole}
        assert not {(column, lost) for column, text in missing for lost in _lost(column, text, whole)}, group


def leaves(value: object) -> Iterator[str]:
    """Every text in plain data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list, tuple)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from leaves(inner)


def spaced(text: str) -> str:
    """A text with single spaces."""
    return " ".join(text.split())


def _lost(column: str, text: str, whole: str) -> set[str]:
    """What of a cell that does not stand whole in the values is not there in pieces either."""
    if column == "Other Information":
        return set(_words(_unlabelled(text))) - set(_words(whole))
    if column in ITEMISED:
        return {item for item in re.split(ITEM, text) if item.strip(" .,;-\u2013") not in whole}
    return {text}


def _unlabelled(text: str) -> str:
    return " ".join(piece.text for piece in pieces(text))


def _words(text: str) -> list[str]:
    """Words, and numbers but for those that may count a list's items; case is lost of a gender only."""
    return [word for word in re.findall(r"\w+", text.casefold()) if not re.fullmatch(r"\d{1,2}|[a-h]", word)]


@YEARS
def test_what_could_not_be_interpreted_is_little_and_known(year: int) -> None:
    assert Counter(note.text.partition(":")[0] for note in listed(year).notes) == NOTES[year]
