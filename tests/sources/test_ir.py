"""Iran's list: what each column becomes, and what bad input does. All parties here are invented."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanctions_tracker.codec import structure, unstructure
from sanctions_tracker.errors import DamagedInputError, SanctionsTrackerError, UnknownFormatError
from sanctions_tracker.model import PartialDate, SanctionsList, Target
from sanctions_tracker.model.vocabulary import MeasureKind, TargetKind, TieRole
from sanctions_tracker.sources import Registry, ir, read
from sanctions_tracker.sources.ir import sanction_date
from tests.sources.streams import grows_little, read_and_streamed

REGISTRY = Registry((ir.SOURCE,))
HEADER = ["Number", "Name", "Position", "Country", "Sanction Type", "Sanction Date", "Sanction Title", "Source URL"]
PERSON = {
    "Number": "1",
    "Name": "Wendell Duckworth",
    "Position": "Commander of the Pond",
    "Country": "United States of America",
    "Sanction Type": "Individual",
    "Sanction Date": "December 12 2022",
    "Sanction Title": "Support of the geese",
    "Source URL": "https://example.org/1",
}
ENTITY = {**PERSON, "Number": "2", "Name": "شركت اردک", "Position": "-", "Sanction Type": "Entity"}
ENTITY |= {"Country": "The European Union (EU)", "Sanction Date": "۱۲ اردیبهشت ۱۴۰۳"}


def table(*rows: dict[str, str], header: list[str] | None = None) -> bytes:
    header = header or HEADER
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([row.get(column, "") for column in header] for row in rows)
    return out.getvalue().encode()


def listed(*rows: dict[str, str]) -> SanctionsList:
    return read(table(*rows), registry=REGISTRY)


def test_the_list_itself() -> None:
    found = listed(PERSON, ENTITY)
    assert (found.id, found.format, found.date) == ("ir-mfa", "ir-mfa-csv", None)
    assert (found.records_seen, [target.id for target in found.targets]) == (2, ["ir:1", "ir:2"])
    assert [note.text for note in found.notes] == ["the list does not state its date"]
    (sanctioner,) = found.sanctioners
    assert (sanctioner.id, sanctioner.name, sanctioner.country) == ("ir-mfa", "Iran Ministry of Foreign Affairs", "IR")


def test_a_person() -> None:
    found = listed(PERSON)
    (target,) = found.targets
    assert (target.kind, target.name, target.positions) == (
        TargetKind.PERSON,
        "Wendell Duckworth",
        ("Commander of the Pond",),
    )
    assert [(tie.role, tie.country, tie.text) for tie in target.countries] == [
        (TieRole.STATED, "US", "United States of America"),
    ]
    assert [(a.name, a.value) for a in target.attributes] == [
        ("Sanction Type", "Individual"),
        ("Source URL", "https://example.org/1"),
    ]
    assert [(m.kind, m.programmes, str(m.listed_on)) for m in found.measures] == [
        (kind, ("Support of the geese",), "2022-12-12")
        for kind in (MeasureKind.TRAVEL_BAN, MeasureKind.ASSET_FREEZE, MeasureKind.FINANCIAL_RESTRICTIONS)
    ]
    assert found.measures[0].id == "ir:1/travel-ban"


def test_an_entity_named_in_persian() -> None:
    found = listed(ENTITY)
    (target,) = found.targets
    assert (target.kind, target.names[0].script, target.positions) == (TargetKind.ENTITY, "Arab", ())
    assert target.countries[0].country == "EU"
    assert [m.kind for m in found.measures] == [MeasureKind.ASSET_FREEZE, MeasureKind.FINANCIAL_RESTRICTIONS]
    assert found.measures[0].listed_on == PartialDate("2024-05-01")
    assert target.names[0].origin is not None
    assert target.names[0].origin.locator == "row 2, column Name"


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("December 12 2022", "2022-12-12"),
        ("December 122022", "2022-12-12"),
        ("May 2, 2024", "2024-05-02"),
        ("2 May 2024", "2024-05-02"),
        ("2nd Sept. 2024", "2024-09-02"),
        ("May 2024", "2024-05"),
        ("2024-05-02", "2024-05-02"),
        ("2024/5/2", "2024-05-02"),
        ("2024", "2024"),
        ("13/05/2024", "2024-05-13"),
        ("05/13/2024", "2024-05-13"),
        ("05/05/2024", "2024-05-05"),
        ("05/06/2024", None),
        ("1403/02/13", "2024-05-02"),
        ("۱۴۰۳/۰۲/۱۳", "2024-05-02"),
        ("13 اردیبهشت 1403", "2024-05-02"),
        ("۲ مه ۲۰۲۴", "2024-05-02"),
        ("۲ ژانویه\u0654 ۲۰۲۴", "2024-01-02"),
        ("اردیبهشت ۱۴۰۳", "2024-04-20/2024-05-20"),
        ("1403/13/02", None),
        ("February 30 2022", None),
        ("Geese 12 2022", None),
        ("soon", None),
        ("", None),
    ],
)
def test_dates(text: str, edtf: str | None) -> None:
    found = sanction_date(text)
    assert (found.edtf if found else None) == edtf


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("UK", ["GB"]),
        ("آمریکا", ["US"]),
        ("United States / Israel", ["US", "IL"]),
        ("آمریکا و بریتانیا", ["US", "GB"]),
        ("اتحادیه\u0654 اروپا", ["EU"]),
        ("Ruritania", [None]),
        ("Iran and Ruritania", [None]),
        ("-", []),
    ],
)
def test_countries(text: str, codes: list[str | None]) -> None:
    found = listed({**PERSON, "Country": text})
    assert [tie.country for tie in found.targets[0].countries] == codes
    assert len(found.notes) == 1 + (None in codes)


def test_what_cannot_be_read_is_kept_and_noted() -> None:
    found = listed({**PERSON, "Sanction Type": "Goose", "Sanction Date": "05/06/2024"})
    assert [note.text for note in found.notes[:-1]] == [
        "unknown sanction type: 'Goose'",
        "a sanction date that cannot be read: '05/06/2024'",
    ]
    (measure,) = found.measures
    assert (measure.kind, measure.label, measure.events, measure.note) == (
        MeasureKind.UNSPECIFIED,
        "Goose",
        (),
        "Sanction Date: 05/06/2024",
    )
    assert found.targets[0].kind is TargetKind.UNKNOWN


def test_measures_in_plain_words() -> None:
    (measure,) = listed({**PERSON, "Sanction Type": "Asset Freeze"}).measures
    assert measure.kind is MeasureKind.ASSET_FREEZE


def test_rows_without_name_or_number_and_numbers_that_stand_twice() -> None:
    content = table(PERSON, PERSON, {**PERSON, "Number": ""}, {**PERSON, "Name": "--"}, {})
    found = read(content, registry=REGISTRY, on_rejected="collect")
    assert [target.id for target in found.targets] == ["ir:1", "ir:1-2", "ir:row-4"]
    assert [(r.origin.record, r.origin.locator) for r in found.rejected] == [("1", "row 5")]
    assert found.records_seen == 4


def test_unknown_columns_survive_and_so_does_json() -> None:
    found = read(table({**PERSON, "Plumage": "grey"}, header=[*HEADER, "Plumage"]), registry=REGISTRY)
    (target,) = found.targets
    assert ("Plumage", "grey") in [(a.name, a.value) for a in target.attributes]
    assert structure(unstructure(target), Target) == target


def test_missing_columns_damage_and_other_tables() -> None:
    with pytest.raises(DamagedInputError, match=r"lacks the column\(s\) Sanction Date"):
        read(table(PERSON, header=[name for name in HEADER if name != "Sanction Date"]), registry=REGISTRY)
    with pytest.raises(DamagedInputError, match="UTF-8"):
        read(table({**PERSON, "Name": "اردک"}).decode().encode("cp1256", errors="replace"), registry=REGISTRY)
    with pytest.raises(UnknownFormatError):
        read(b"Number,Name,Country\r\n1,2,3\r\n", registry=REGISTRY)


def test_streaming_says_the_same_and_holds_little() -> None:
    read_and_streamed(table(PERSON, ENTITY, {**PERSON, "Name": "--"}, PERSON), registry=REGISTRY)

    def many(records: int) -> bytes:
        return table(*({**PERSON, "Number": str(number), "Name": f"Duck {number}"} for number in range(records)))

    assert grows_little(many, 400, REGISTRY)


_SAMPLE = table(PERSON, ENTITY)


@settings(max_examples=100)
@given(st.lists(st.tuples(st.integers(0, len(_SAMPLE) - 1), st.binary(max_size=4)), min_size=1, max_size=4))
def test_mutated_bytes_raise_only_this_librarys_errors(changes: list[tuple[int, bytes]]) -> None:
    content = bytearray(_SAMPLE)
    for at, new in changes:
        content[at : at + len(new)] = new
    try:
        found = read(bytes(content), registry=REGISTRY, on_rejected="collect")
    except SanctionsTrackerError:
        return
    assert found.records_seen == len(found.targets) + len(found.rejected)


_CELL = st.one_of(st.sampled_from(["", "-", "1403/13/02", "12 2022", "US and UK"]), st.text(max_size=12))


@settings(max_examples=100)
@given(st.lists(st.fixed_dictionaries(dict.fromkeys(HEADER, _CELL)), max_size=4))
def test_any_cells_are_accounted_for(rows: list[dict[str, str]]) -> None:
    try:
        found = read(table(*rows), registry=REGISTRY, on_rejected="collect")
    except DamagedInputError:
        return
    assert found.records_seen == len(found.targets) + len(found.rejected)


@pytest.mark.parametrize("filler", [" ", "and ", "1", ", ", "/"])
def test_endless_cells_are_read_in_time(filler: str) -> None:
    """Every cell at once, 100,000 characters each: a pattern that walks back and forth would take minutes."""
    endless = "May" + (filler * 100_000)[:100_000] + "x"
    assert listed({**dict.fromkeys(HEADER, endless), "Number": "1"}).records_seen == 1
