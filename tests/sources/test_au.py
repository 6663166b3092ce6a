"""The Australian list: what each column becomes, and what bad input does. All parties here are invented."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanctions_tracker.codec import structure, unstructure
from sanctions_tracker.errors import (
    DamagedInputError,
    RejectedRecordsError,
    UnknownFormatError,
)
from sanctions_tracker.model import PartialDate, SanctionsList, Target
from sanctions_tracker.model.vocabulary import (
    EventKind,
    IdentifierType,
    MeasureKind,
    NameKind,
    NameStrength,
    TargetKind,
    TieRole,
)
from sanctions_tracker.sources import Registry, au, read
from sanctions_tracker.sources.au.dates import dates, point
from sanctions_tracker.sources.au.listing import listing
from sanctions_tracker.sources.au.sheet import IMPOSED, KNOWN
from tests.sources.streams import grows_little, read_and_streamed
from tests.sources.test_uk import workbook

REGISTRY = Registry((au.SOURCE,))
HEADER = [
    *("Reference", "Name of Individual or Entity", "Type", "Name Type", "Alias Strength", "Date of Birth"),
    *("Place of Birth", "Citizenship", "Address", "Additional Information", "Listing Information", "IMO Number"),
    *("Committees", "Control Date", "Instrument of Designation", *IMPOSED),
]
OLD_HEADER = [
    *(column for column in HEADER if column not in {"Alias Strength", "IMO Number", "Instrument of Designation"}),
]
OLD_HEADER = [column for column in OLD_HEADER if column not in IMPOSED]
PERSON = {
    "Reference": "9001",
    "Name of Individual or Entity": "Kamyar DARVANDI",
    "Type": "Individual",
    "Name Type": "Primary Name",
    "Listing Information": "Listed on: 2 May 2012 (amended on 5 Jun. 2017)",
    "Committees": "Autonomous (Iran)",
    "Control Date": "2026-02-05",
    "Instrument of Designation": "Autonomous Sanctions (Persons – Ordak) List 2012",
    "Targeted Financial Sanction": "True",
    "Travel Ban": "True",
    "Arms Embargo": "False",
    "Maritime Restriction": "False",
}
ENTITY = {**PERSON, "Reference": "9002", "Name of Individual or Entity": "Ordak Works", "Type": "Entity"}
ENTITY["Travel Ban"] = "False"


def consolidated(*rows: dict[str, str], header: list[str] | None = None) -> bytes:
    """The list as a table in UTF-8."""
    header = header or HEADER
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([row.get(column, "") for column in header] for row in rows)
    return out.getvalue().encode()


def listed(*rows: dict[str, str], header: list[str] | None = None) -> SanctionsList:
    return read(consolidated(*rows, header=header), registry=REGISTRY)


def only(*rows: dict[str, str]) -> Target:
    (target,) = listed(*rows).targets
    return target


def row(letter: str, name: str, kind: str = "Alias", strength: str = "") -> dict[str, str]:
    changed = {"Reference": f"9001{letter}", "Name of Individual or Entity": name, "Name Type": kind}
    return {**PERSON, **changed, "Alias Strength": strength}


def test_the_list_itself() -> None:
    found = listed(PERSON, ENTITY)
    assert (found.id, found.format, found.date) == ("au-dfat", "au-dfat", PartialDate("2026-02-05"))
    assert (found.records_seen, len(found.targets), found.rejected) == (2, 2, ())
    assert [note.text for note in found.notes] == [
        "the list does not state its date: the newest control date is taken",
    ]
    assert (found.sanctioners[0].id, found.sanctioners[0].country) == ("au-dfat", "AU")
    assert len(found.sources[0].sha256) == 64


def test_rows_of_one_number_are_one_target_wherever_they_stand() -> None:
    found = listed(PERSON, ENTITY, row("a", "Kamran DARVANDI"), row("c1", "کامیار", "Original Script"))
    assert [target.id for target in found.targets] == ["au:9001", "au:9002"]
    names = found.targets[0].names
    assert [(name.text, name.kind, name.script) for name in names] == [
        ("Kamyar DARVANDI", NameKind.PRIMARY, "Latn"),
        ("Kamran DARVANDI", NameKind.ALIAS, "Latn"),
        ("کامیار", NameKind.ORIGINAL_SCRIPT, "Arab"),
    ]
    assert names[2].origin is not None
    assert (names[2].origin.record, names[2].origin.locator) == ("9001", "row 5, column Name of Individual or Entity")


@pytest.mark.parametrize("label", ["Aka ", "aka", "AKA", "Alias", " a.k.a."])
def test_dirty_labels(label: str) -> None:
    names = only(PERSON, row("a", "Kamran", label)).names
    assert [name.kind for name in names] == [NameKind.PRIMARY, NameKind.ALIAS]


def test_strengths_and_former_names() -> None:
    names = only(
        PERSON,
        row("a", "The Duck", strength="Weak"),
        row("b", "Kam Darvand (previously listed as)", strength="Strong"),
        row("c", "K. Darvandi (Previously listed as. In Arabic: كاميار دروندي)"),
        row("d", "Darvandi Sons", "Formerly known as"),
    ).names
    assert [(name.text, name.kind, name.strength) for name in names[1:]] == [
        ("The Duck", NameKind.ALIAS, NameStrength.WEAK),
        ("Kam Darvand", NameKind.FORMER, NameStrength.STRONG),
        ("K. Darvandi", NameKind.FORMER, NameStrength.STRONG),
        ("كاميار دروندي", NameKind.FORMER, NameStrength.STRONG),
        ("Darvandi Sons", NameKind.FORMER, NameStrength.STRONG),
    ]
    assert names[2].note == "(previously listed as)"
    assert names[2].origin is not None
    assert names[2].origin.raw == "Kam Darvand (previously listed as)"


def test_measures_share_their_dates() -> None:
    freeze, travel, business = listed(PERSON, ENTITY).measures
    assert [m.id for m in (freeze, travel, business)] == [
        "au:9001/asset-freeze",
        "au:9001/travel-ban",
        "au:9002/asset-freeze",
    ]
    assert (freeze.kind, freeze.label, freeze.programmes) == (
        MeasureKind.ASSET_FREEZE,
        "Targeted Financial Sanction",
        ("Autonomous (Iran)",),
    )
    assert freeze.legal_bases == ("Autonomous Sanctions (Persons – Ordak) List 2012",)
    assert [(event.kind, event.date.edtf) for event in freeze.events] == [
        (EventKind.LISTED, "2012-05-02"),
        (EventKind.AMENDED, "2017-06-05"),
        (EventKind.AMENDED, "2026-02-05"),
    ]
    assert travel.events == freeze.events


def test_the_old_layout_names_no_measure() -> None:
    unknown = {**ENTITY, "Committees": "Autonomous (Ruritania)"}
    found = listed(PERSON, unknown, header=OLD_HEADER)
    assert found.format == "au-dfat-regulation8"
    assert [(m.kind, m.label) for m in found.measures] == [
        (MeasureKind.ASSET_FREEZE, ""),
        (MeasureKind.UNSPECIFIED, "Autonomous (Ruritania)"),
    ]
    assert "unknown committee" in found.notes[0].text


def test_births_places_citizenships_and_addresses() -> None:
    target = only(
        {
            **PERSON,
            "Date of Birth": "1967-01-01",
            "Place of Birth": "Qom, Iran",
            "Citizenship": "Trinidad and Tobago, Iran",
            "Address": "a) 7 Duck St, Tehran, Iran b) San Jose, CA",
        }
    )
    (birth,) = target.births
    assert (birth.date, birth.place, birth.country) == (PartialDate("1967-01-01"), "Qom, Iran", "IR")
    assert [(tie.role, tie.country) for tie in target.countries] == [
        (TieRole.CITIZENSHIP, "TT"),
        (TieRole.CITIZENSHIP, "IR"),
    ]
    assert [(a.lines, a.country, a.country_text) for a in target.addresses] == [
        (("7 Duck St, Tehran",), "IR", "Iran"),
        (("San Jose, CA",), None, ""),
    ]


def test_a_citizenship_told_again_is_kept_only_with_what_it_adds() -> None:
    again = {**row("a", "Kamran"), "Citizenship": "Iran"}
    more = {**row("b", "Kam"), "Citizenship": "Iranian (this aka only, alt Citizenship Yemeni)"}
    ties = only({**PERSON, "Citizenship": "Iranian"}, again, more).countries
    assert [(tie.country, tie.text) for tie in ties] == [
        ("IR", "Iranian"),
        ("IR", "Iranian (this aka only, alt Citizenship Yemeni)"),
    ]


def test_several_births_are_kept_apart() -> None:
    births = only({**PERSON, "Date of Birth": "1965, 1/03/1966", "Place of Birth": "a) Qom b) Yazd, Iran"}).births
    assert [(birth.date and birth.date.edtf, birth.place) for birth in births] == [
        ("1965", ""),
        ("1966-03-01", ""),
        (None, "Qom"),
        (None, "Yazd, Iran"),
    ]


@pytest.mark.parametrize(
    ("text", "expected", "unread"),
    [
        ("a) Approximately 1955- 1958 b) Approximately 1945-1950", ["1955~/1958~", "1945~/1950~"], False),
        ("Between 1968 and 1973", ["1968/1973"], False),
        ("a) Between Aug. and Sep 1977    b) 1976", ["1977-08/1977-09", "1976"], False),
        ("March 1968 to March 1969", ["1968-03/1969-03"], False),
        ("14 Mar 1974 >> 13 Apr 1974", ["1974-03-14", "1974-04-13"], False),
        ("approximately 1977/1978", ["1977~/1978~"], False),
        ("a) 19 Apr. 1982 b) 24/06/1402 (Hijri Calendar)", ["1982-04-19", "1982-04-18"], False),
        ("c. 1957 or 14 March 1942", ["1957~", "1942-03-14"], False),
        ("19/03/1967; alt DOB: 19/11/1956", ["1967-03-19", "1956-11-19"], False),
        ("09/11/ 1954", ["1954-11-09"], False),
        ("a) 19-Dec-1992; b) 12. Sep 1974", ["1992-12-19", "1974-09-12"], False),
        ("24/06/1402", [], True),
        ("10/061962", [], True),
        ("07/05/1962; alt DOB: 07/04/62", ["1962-05-07"], True),
        ("31/02/1975", [], True),
        ("Approximately (30-35 years old)", [], True),
        ("late 1965", [], True),
        ("", [], True),
    ],
)
def test_dates_of_birth(text: str, expected: list[str], unread: bool) -> None:  # noqa: FBT001
    read_dates = dates(text)
    assert ([date.edtf for date in read_dates.dates], read_dates.unread) == (expected, unread)


def test_words_beside_a_date_are_kept() -> None:
    text = "27/05/1979 (this aka only, alt DOB 1973)"
    births = only({**PERSON, "Date of Birth": text}).births
    assert [(birth.date and birth.date.edtf, birth.note) for birth in births] == [("1979-05-27", text), ("1973", text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-03-01", ["listed 2024-03-01"]),
        (
            "Listed by the UN 1267 Committee on 25 January 2001 (amended on3 Sep 2003)",
            ["listed 2001-01-25", "amended 2003-09-03"],
        ),
        ("Listed on 1 Sep. 2017 (relisted on 28 Aug. 2020)", ["listed 2017-09-01", "designated 2020-08-28"]),
        (
            "Instrument of first listing: List [Gazette No. S 1, 21 December 2001]. Relisted 16/09/2022, 13/9/2025",
            ["listed 2001-12-21", "designated 2022-09-16", "designated 2025-09-13"],
        ),
        (
            "Designated under the Autonomous Sanctions Regulations 2011 on 2 March 2012. Relisted 12 January 2024.",
            ["designated 2012-03-02", "designated 2024-01-12"],
        ),
        ("Listed on 29 July 2005. Acquitted on 15 Jul. 2006 and released the same day.", ["listed 2005-07-29"]),
        ("Listed by the 1718 Committee pursuant to resolution 1718 (2006)", []),
    ],
)
def test_the_text_of_a_listing(text: str, expected: list[str]) -> None:
    assert [f"{event.kind.value} {event.date}" for event in listing(text).events] == expected


def test_a_listing_without_a_day_lies_between_the_instruments_year_and_the_control_date() -> None:
    dated = {**PERSON, "Instrument of Designation": ""}
    texts = ("Ordak Amendment (No. 1) Instrument 2026", "Ordak Instrument 2023", "Listed by the 1718 Committee")
    found = [listed({**dated, "Listing Information": text}).measures[0].listed_on for text in texts]
    assert [date and date.edtf for date in found] == ["2026/2026-02-05", "2023", "../2026-02-05"]
    undated = listed({**dated, "Listing Information": "", "Control Date": "soon"})
    assert undated.measures[0].events == ()
    assert [note.text.partition(":")[0] for note in undated.notes] == [
        "a control date that cannot be read",
        "no date of listing",
        "the list does not state its date, and no control date gives it",
    ]


def test_numbers_that_free_text_plainly_labels() -> None:
    text = (
        "IRe.099. Passport no: a) Sudan number AB123456, issued in Qom b) 7654321 (Iran). Title: Mullah 5551234. "
        "Moroccan passport number K-348486. Passport number (RUS): 762988138. Passport no: Ordak House 99999. "
        "IMO number: 1234565. IMO 9074728."
    )
    found = listed({**PERSON, "Additional Information": text})
    (target,) = found.targets
    assert [(i.type, i.number, i.country) for i in target.identifiers] == [
        (IdentifierType.LIST_REFERENCE, "IRe.099", "UN"),
        (IdentifierType.PASSPORT, "K-348486", "MA"),
        (IdentifierType.PASSPORT, "762988138", "RU"),
        (IdentifierType.PASSPORT, "AB123456", "SD"),
        (IdentifierType.PASSPORT, "7654321", "IR"),
        (IdentifierType.IMO_COMPANY, "1234565", None),
        (IdentifierType.OTHER, "9074728", None),
    ]
    assert ("Additional Information", text) in [(a.name, a.value) for a in target.attributes]
    assert "check digit" in found.notes[0].text


def test_vessels() -> None:
    vessel = {**ENTITY, "Type": "Vessel", "IMO Number": "9074729", "Maritime Restriction": "True"}
    vessel["Targeted Financial Sanction"] = "False"
    found = listed(vessel)
    assert found.targets[0].kind is TargetKind.VESSEL
    assert [(i.type, i.number) for i in found.targets[0].identifiers] == [(IdentifierType.IMO_VESSEL, "9074729")]
    assert [m.kind for m in found.measures] == [MeasureKind.TRANSPORT_BAN]


def test_what_cannot_be_read_is_kept_and_noted() -> None:
    odd = {
        **PERSON,
        "Type": "Robot",
        "Name Type": "Nom de guerre",
        "Alias Strength": "So so",
        "Date of Birth": "10/061962",
        "Citizenship": "Ruritanian",
        "Instrument of Designation": "2024-03-01",
        "Listing Information": "Listed on 31 Feb 2012",
        "Targeted Financial Sanction": "perhaps",
        "Travel Ban": "False",
        "Place of Birth": "a) Qom",
    }
    found = listed(odd)
    (target,), (measure,) = found.targets, found.measures
    assert sorted(note.text.partition(":")[0] for note in found.notes[:-1]) == [
        "a date in place of an instrument",
        "a date of birth that cannot be read",
        "a date that does not exist",
        "a numbering that does not hold, kept as one value",
        "neither true nor false, kept as an unspecified measure",
        "no country known by this name",
        "no row of the record is its primary name",
        "unknown alias strength, read as strong",
        "unknown name type, read as an alias",
        "unknown type",
    ]
    assert (target.kind, target.names[0].note) == (TargetKind.UNKNOWN, "Nom de guerre; So so")
    assert (target.births[0].date, target.births[0].note) == (None, "10/061962")
    assert (target.countries[0].country, target.countries[0].text) == (None, "Ruritanian")
    assert {"Robot", "2024-03-01"} <= {attribute.value for attribute in target.attributes}
    assert (measure.kind, measure.label) == (MeasureKind.UNSPECIFIED, "Targeted Financial Sanction: perhaps")
    assert measure.listed_on == PartialDate("../2026-02-05")


def test_nothing_is_written_in_several_ways() -> None:
    target = only({**PERSON, "Address": "NA", "Date of Birth": "na", "Citizenship": "n/a", "Place of Birth": "N/A"})
    assert (target.addresses, target.births, target.countries) == ((), (), ())


def test_no_measure_affirmed() -> None:
    found = listed({**ENTITY, "Targeted Financial Sanction": "False"})
    assert [m.kind for m in found.measures] == [MeasureKind.UNSPECIFIED]
    assert "no measure is affirmed" in found.notes[0].text


def test_unknown_columns_and_surplus_cells_are_kept() -> None:
    header = [*HEADER, "Shoe size"]
    found = read(
        consolidated({**PERSON, "Shoe size": "43"}, header=header).rstrip() + b",surplus\r\n", registry=REGISTRY
    )
    kept = [(a.name, a.value) for a in found.targets[0].attributes]
    assert kept[1:] == [("Shoe size", "43"), (f"column {len(header) + 1}", "surplus")]
    assert "more cells" in found.notes[0].text


def test_csv_and_workbook_give_the_same() -> None:
    content = consolidated(PERSON, row("a", "کامیار", "Original Script"), ENTITY)
    from_workbook = read(workbook(list(csv.reader(io.StringIO(content.decode(), newline="")))), registry=REGISTRY)
    assert from_workbook.targets == read(content, registry=REGISTRY).targets
    assert from_workbook.measures == read(content, registry=REGISTRY).measures


def test_a_stream_gives_the_same_record_by_record() -> None:
    rows = (PERSON, row("a", "Kamran"), {**ENTITY, "Reference": ""}, ENTITY, {**ENTITY, "Reference": "9003"})
    content = consolidated(*rows)
    assert read_and_streamed(content, registry=REGISTRY) is not None
    cells = list(csv.reader(io.StringIO(content.decode(), newline="")))
    assert read_and_streamed(workbook(cells), registry=REGISTRY) is not None


def test_rows_that_stand_apart_are_one_record_in_a_stream_too() -> None:
    content = consolidated(PERSON, ENTITY, row("a", "Kamran"), {**ENTITY, "Reference": ""})
    found = read_and_streamed(content, registry=REGISTRY)
    assert found is not None
    assert [(target.id, len(target.names)) for target in found.targets] == [("au:9001", 2), ("au:9002", 1)]


def test_a_stream_of_a_table_holds_little() -> None:
    assert grows_little(_repeated, 400, REGISTRY)


def _repeated(count: int) -> bytes:
    """A list of so many records."""
    return consolidated(*({**PERSON, "Reference": str(9000 + number)} for number in range(count)))


def test_every_value_survives_json() -> None:
    found = listed({**PERSON, "Date of Birth": "1951", "Additional Information": "Passport no. A1234567"})
    assert structure(unstructure(found.targets[0]), Target) == found.targets[0]


def test_rejected_records_duplicates_and_odd_references() -> None:
    content = consolidated(
        PERSON,
        PERSON,
        {**ENTITY, "Name of Individual or Entity": "---"},
        {**ENTITY, "Reference": ""},
        {**ENTITY, "Reference": "new"},
    )
    with pytest.raises(RejectedRecordsError):
        read(content, registry=REGISTRY)
    found = read(content, registry=REGISTRY, on_rejected="collect")
    assert (found.records_seen, [target.id for target in found.targets]) == (4, ["au:9001", "au:new"])
    assert [(r.origin.record, r.origin.locator) for r in found.rejected] == [("9002", "row 4"), ("", "row 5")]
    assert found.rejected[0].origin.raw == "---"
    texts = [note.text.partition(":")[0] for note in found.notes]
    assert "a reference that stands twice" in texts
    assert "several rows of the record are its primary name" in texts
    assert "a reference that is no number with letters" in texts


@pytest.mark.parametrize("column", ["Reference", "Name of Individual or Entity", "Type", "Name Type", "Committees"])
def test_a_missing_column_is_named(column: str) -> None:
    with pytest.raises(DamagedInputError, match=rf"lacks the column\(s\) {column}"):
        listed(PERSON, header=[name for name in HEADER if name != column])


def test_damaged_content() -> None:
    content = consolidated({**PERSON, "Citizenship": "Côte d'Ivoire"})
    with pytest.raises(DamagedInputError, match="UTF-8"):
        read(content.decode().encode("cp1252"), registry=REGISTRY)
    with pytest.raises(DamagedInputError, match="NUL"):
        read(consolidated({**PERSON, "Address": "a\0b"}), registry=REGISTRY)
    with pytest.raises(DamagedInputError, match="field larger"):
        read(content + b'"' + b"x" * 200_000, registry=REGISTRY)
    assert listed_text(content.decode().encode("utf-16")) == listed_text(content)


def listed_text(content: bytes) -> Any:
    return unstructure(read(content, registry=REGISTRY).targets)


def test_other_tables_are_not_taken_for_this_list() -> None:
    for content in (b"a,b\r\n1,2\r\n", b"Last Updated,10/04/2025\r\nName 6,Group ID,Regime,Listed On\r\n"):
        with pytest.raises(UnknownFormatError):
            read(content, registry=REGISTRY)


def test_known_columns_are_those_of_the_layout() -> None:
    assert set(KNOWN) == set(HEADER)


@given(st.text(alphabet="0123456789/-. ,;()abMarchSeptH onlisedrg"))
def test_text_is_read_or_left_never_an_error(text: str) -> None:
    assert all(date.edtf for date in dates(text).dates)
    assert all(event.date.edtf for event in listing(text).events)
    assert point(text) is None or isinstance(point(text), PartialDate)


_SAMPLE = consolidated(PERSON, row("a", "کامیار", "Original Script"), ENTITY)


@settings(max_examples=100)
@given(st.lists(st.tuples(st.integers(0, len(_SAMPLE) - 1), st.binary(max_size=4)), min_size=1, max_size=4))
def test_mutated_bytes_raise_only_this_librarys_errors(changes: list[tuple[int, bytes]]) -> None:
    content = bytearray(_SAMPLE)
    for at, new in changes:
        content[at : at + len(new)] = new
    found = read_and_streamed(bytes(content), registry=REGISTRY)
    assert found is None or found.records_seen == len(found.targets) + len(found.rejected)


_CELL = st.one_of(st.sampled_from(["", "NA", "True", "2026-02-05", "a) 1 b) 2", "31/02/1975"]), st.text(max_size=12))


@settings(max_examples=100)
@given(st.lists(st.fixed_dictionaries(dict.fromkeys(HEADER, _CELL)), max_size=4))
def test_any_cells_are_accounted_for(rows: list[dict[str, str]]) -> None:
    found = read_and_streamed(consolidated(*rows), registry=REGISTRY, expected=DamagedInputError)
    if found is None:
        return
    assert found.records_seen == len(found.targets) + len(found.rejected)
    kept = str(unstructure(found))
    references = {row["Reference"].strip() for row in rows}
    assert all(reference in kept or repr(reference)[1:-1] in kept for reference in references)


@pytest.mark.parametrize("filler", [" ", "A", "1", "(", "a) ", "Jan ", ", ", "\n", "-", "Passport no ", "1/"])
def test_endless_cells_are_read_in_time(filler: str) -> None:
    """Every text cell at once, 100,000 characters each: a pattern that walks back and forth would take minutes."""
    endless = (filler * 100_000)[:100_000]
    texts = [column for column in HEADER if column not in {"Reference", "Type", "Name Type", *IMPOSED}]
    wrap = dict.fromkeys(texts, f"(listed as IMO Passport no: Listed on{endless}x")
    found = listed({**PERSON, **wrap})
    assert found.records_seen == 1
