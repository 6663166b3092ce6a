"""The UAE local terrorist list: what each column becomes, and what bad input does. All persons here are invented."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanctions_tracker.codec import structure, unstructure
from sanctions_tracker.errors import DamagedInputError, SanctionsTrackerError, UnknownFormatError
from sanctions_tracker.model import PartialDate, SanctionsList, Target
from sanctions_tracker.model.vocabulary import (
    EventKind,
    IdentifierType,
    MeasureKind,
    NameKind,
    NamePartKind,
    TargetKind,
)
from sanctions_tracker.sources import Registry, ae, read
from sanctions_tracker.sources.ae import sheet
from sanctions_tracker.sources.ae.printed import countries, country_within, printed_date
from tests.sources.streams import grows_little, read_and_streamed
from tests.sources.test_uk import workbook

REGISTRY = Registry((ae.SOURCE,))
HEADER = [
    *(sheet.NUMBER, sheet.CLASSIFICATION, sheet.NATIONALITY, sheet.FAMILY_ARABIC),
    *("اسم العائلة\n (بالحروف اللاتينية)", sheet.NAME_ARABIC, sheet.NAME_LATIN, "تاريخ الميلاد "),
    *(sheet.BIRTH_PLACE, sheet.ALIAS, "الشارع   ", sheet.CITY, sheet.COUNTRY, "النوع ", "رقم الوثيقة     "),
    *(sheet.ISSUER, sheet.ISSUED, sheet.EXPIRES, sheet.INFORMATION),
]
PERSON = {
    "#": "1",
    sheet.CLASSIFICATION: "شخص إرهابي",
    sheet.NATIONALITY: "قطر",
    sheet.FAMILY_ARABIC: "البطّي",
    sheet.FAMILY_LATIN: "AL-BATTI ",
    sheet.NAME_ARABIC: "وزّان سالم البطّي ",
    sheet.NAME_LATIN: "WAZZAN SALIM AL-BATTI",
    sheet.BIRTH_DATE: "01-02-1965",
    sheet.BIRTH_PLACE: "الدوحة - قطر",
    sheet.ALIAS: "وزّان سالم البطّي (أبو ريشة)",
    sheet.STREET: "-",
    sheet.CITY: "طرابلس",
    sheet.COUNTRY: "ليبيا",
    sheet.DOCUMENT_TYPE: "جواز سفر",
    sheet.DOCUMENT_NUMBER: "0685999",
    sheet.ISSUER: "قطر",
    sheet.ISSUED: " 16/05/2011 ",
    sheet.EXPIRES: "15-05-2021",
    sheet.INFORMATION: "مدرج بموجب قرار مجلس الوزراء رقم (18) لسنة 2017",
}
OTHER = {**dict.fromkeys(PERSON, "-"), "#": "2", sheet.NAME_LATIN: "Ridwan Baguda", sheet.NAME_ARABIC: "رضوان بغودا"}
OTHER[sheet.CLASSIFICATION] = "شخص إرهابي"
OTHER[sheet.INFORMATION] = "مدرج بموجب قرار مجلس الوزراء رقم (١) لسنة ٢٠٢٥"


def local_list(*rows: dict[str, str], header: list[str] | None = None) -> bytes:
    """The list with its three heading rows."""
    header = header or HEADER
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["الأفراد المدرجين في قائمة الإرهاب المحلية", *[""] * (len(header) - 1)])
    writer.writerow(["أولاً- المعلومات الرئيسية ", *[""] * (len(header) - 1)])
    writer.writerow(header)
    keys = sheet.HEADING.names(header)
    writer.writerows([row.get(key, "") for key in keys] for row in rows)
    return ("\ufeff" + out.getvalue()).encode()


def listed(*rows: dict[str, str]) -> SanctionsList:
    return read(local_list(*rows), registry=REGISTRY)


def test_the_list_itself() -> None:
    found = listed(PERSON, OTHER)
    assert (found.id, found.format, found.date) == ("ae-local", "ae-local", None)
    assert (found.records_seen, [target.id for target in found.targets]) == (2, ["ae:1", "ae:2"])
    assert [note.text for note in found.notes] == ["the list does not state its date"]
    assert (found.sanctioners[0].id, found.sanctioners[0].country) == ("ae-uaeiec", "AE")


def test_both_names_belong_to_one_person() -> None:
    (target,) = listed(PERSON).targets
    assert [(name.text, name.kind, name.script) for name in target.names] == [
        ("WAZZAN SALIM AL-BATTI", NameKind.PRIMARY, "Latn"),
        ("وزّان سالم البطّي", NameKind.ORIGINAL_SCRIPT, "Arab"),
        ("وزّان سالم البطّي (أبو ريشة)", NameKind.ALIAS, "Arab"),
    ]
    assert [part.text for name in target.names for part in name.parts] == ["AL-BATTI", "البطّي"]
    assert target.names[0].parts[0].kind is NamePartKind.FAMILY
    assert target.names[1].origin is not None
    assert target.names[1].origin.locator == f"row 4, column {sheet.NAME_ARABIC}"


def test_an_arabic_name_alone_is_primary_and_an_alias_that_repeats_it_none() -> None:
    row = {**PERSON, sheet.NAME_LATIN: "-", sheet.FAMILY_LATIN: "", sheet.ALIAS: PERSON[sheet.NAME_ARABIC]}
    (target,) = listed(row).targets
    assert [(name.text, name.kind) for name in target.names] == [("وزّان سالم البطّي", NameKind.PRIMARY)]


def test_person_birth_ties_and_address() -> None:
    (target,) = listed(PERSON).targets
    (birth,) = target.births
    assert target.kind is TargetKind.PERSON
    assert (birth.date, birth.place, birth.country) == (PartialDate("1965-02-01"), "الدوحة - قطر", "QA")
    assert [(tie.country, tie.text) for tie in target.countries] == [("QA", "قطر")]
    (address,) = target.addresses
    assert (address.lines, address.city, address.country, address.country_text) == ((), "طرابلس", "LY", "ليبيا")


def test_documents() -> None:
    (document,) = listed(PERSON).targets[0].identifiers
    assert (document.type, document.number, document.country, document.issuer) == (
        IdentifierType.PASSPORT,
        "0685999",
        "QA",
        "قطر",
    )
    assert (document.issued, document.expires) == (PartialDate("2011-05-16"), PartialDate("2021-05-15"))


def test_several_documents_in_one_cell() -> None:
    row = {
        **PERSON,
        sheet.DOCUMENT_NUMBER: " تركي رقم: U24179999\n إماراتي رقم: NZ9Y59999",
        sheet.ISSUER: "تركيا و الإمارات",
    }
    row |= {sheet.ISSUED: "-", sheet.EXPIRES: "-"}
    found = [(i.number, i.country, i.note) for i in listed(row).targets[0].identifiers]
    assert found == [("U24179999", "TR", "تركي"), ("NZ9Y59999", "AE", "إماراتي")]


def test_documents_without_a_number_of_another_type_or_out_of_order() -> None:
    bare = listed({**PERSON, sheet.DOCUMENT_NUMBER: "-"}).targets[0]
    assert bare.identifiers == ()
    assert ("النوع", "جواز سفر") in [(a.name, a.value) for a in bare.attributes]
    unified = listed({**PERSON, sheet.DOCUMENT_TYPE: "الرقم الموحد", sheet.ISSUER: ""}).targets[0].identifiers[0]
    assert (unified.type, unified.label, unified.country) == (IdentifierType.OTHER, "الرقم الموحد", "AE")
    found = listed({**PERSON, sheet.EXPIRES: "01-01-2001", sheet.DOCUMENT_TYPE: "رخصة"})
    (document,) = found.targets[0].identifiers
    assert (document.type, document.expires, document.note) == (
        IdentifierType.OTHER,
        None,
        f"{sheet.EXPIRES}: 01-01-2001",
    )
    assert [note.text.partition(":")[0] for note in found.notes[:-1]] == [
        "unknown type of document",
        "a document that expires before it is issued",
    ]


def test_two_measures_dated_by_the_year_of_the_decision() -> None:
    found = listed(PERSON, OTHER)
    assert [(m.id, m.kind) for m in found.measures[:2]] == [
        ("ae:1/terror-designation", MeasureKind.TERROR_DESIGNATION),
        ("ae:1/asset-freeze", MeasureKind.ASSET_FREEZE),
    ]
    assert [(m.label, m.legal_bases, str(m.listed_on)) for m in found.measures[::2]] == [
        ("شخص إرهابي", ("قرار مجلس الوزراء رقم (18) لسنة 2017",), "2017"),
        ("شخص إرهابي", ("قرار مجلس الوزراء رقم (1) لسنة 2025",), "2025"),
    ]
    assert found.measures[0].events[0].kind is EventKind.LISTED


def test_what_cannot_be_read_is_kept_and_noted() -> None:
    odd = {
        **PERSON,
        sheet.CLASSIFICATION: "آلة",
        sheet.NATIONALITY: "أطلانتس",
        sheet.BIRTH_DATE: "31-02-1965",
        sheet.COUNTRY: "أطلانتس",
        sheet.ISSUED: "قريبا",
        sheet.INFORMATION: "بلا قرار",
        sheet.ALIAS: "***",
    }
    found = listed(odd)
    (target,) = found.targets
    assert [note.text.partition(":")[0] for note in found.notes[:-1]] == [
        "a name without letter or digit",
        "unknown classification",
        "a date that cannot be read",
        "a date of birth that cannot be read",
        "no country known by this name",
        "no country known by this name",
        "no decision of listing",
    ]
    assert len({note.origin for note in found.notes}) == len(found.notes)
    assert (target.kind, target.births[0].note) == (TargetKind.UNKNOWN, "31-02-1965")
    assert (target.countries[0].country, target.countries[0].text) == (None, "أطلانتس")
    assert target.addresses[0].country_text == "أطلانتس"
    assert target.identifiers[0].note == f"{sheet.ISSUED}: قريبا"
    assert {"آلة", "بلا قرار", "***"} <= {attribute.value for attribute in target.attributes}
    assert [(m.kind, m.events) for m in found.measures] == [(MeasureKind.UNSPECIFIED, ())]


def test_present_and_former_nationality() -> None:
    (target,) = listed({**PERSON, sheet.NATIONALITY: "الحالية: السويد السابقة: ليبيريا"}).targets
    assert [(tie.country, tie.note) for tie in target.countries] == [("SE", ""), ("LR", "السابقة")]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("01-01-1965", "1965-01-01"),
        ("17/02/1967", "1967-02-17"),
        ("1983", "1983"),
        ("03/1983", "1983-03"),
        ("٠١-٠٢-١٩٦٥", "1965-02-01"),
        ("09-10-1445", "2024-04-18"),
        ("1403هـ", "1982-10-18/1983-10-06"),
        ("01-01-1200هـ", None),
        ("1965م", "1965"),
        ("-", None),
        ("31-02-1965", None),
        ("00-00-1965", None),
    ],
)
def test_dates(text: str, edtf: str | None) -> None:
    found = printed_date(text)
    assert (found.edtf if found else None) == edtf


def test_countries_in_arabic() -> None:
    assert countries("السعودية / الكويت") == ("SA", "KW")
    assert countries("مصر و أطلانتس") == ()
    assert country_within("مصر (الجيزة)") == "EG"
    assert country_within("مصر - ليبيا") is None
    assert country_within("") is None


def test_rows_without_name_or_number_and_numbers_that_stand_twice() -> None:
    nameless = {**OTHER, "#": "3", sheet.NAME_ARABIC: "", sheet.NAME_LATIN: "-"}
    content = local_list(PERSON, PERSON, {**OTHER, "#": ""}, nameless)
    found = read(content, registry=REGISTRY, on_rejected="collect")
    assert [target.id for target in found.targets] == ["ae:1", "ae:1-2", "ae:row-6"]
    assert [(r.origin.record, r.origin.locator) for r in found.rejected] == [("3", "row 7")]
    assert found.records_seen == 4
    assert [note.text.partition(":")[0] for note in found.notes[:-1]] == [
        "the number stands twice",
        "a row without a number",
    ]


def test_unknown_columns_are_kept_and_workbooks_read_alike() -> None:
    content = local_list({**PERSON, "لقب": "البط"}, header=[*HEADER, "لقب"])
    found = read(content, registry=REGISTRY)
    assert ("لقب", "البط") in [(a.name, a.value) for a in found.targets[0].attributes]
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert read(workbook(rows), registry=REGISTRY).targets == found.targets


def test_every_value_survives_json() -> None:
    (target,) = listed(PERSON).targets
    assert structure(unstructure(target), Target) == target


@pytest.mark.parametrize("column", [sheet.CLASSIFICATION, sheet.NAME_ARABIC, sheet.NAME_LATIN, sheet.INFORMATION])
def test_a_missing_column_is_named(column: str) -> None:
    with pytest.raises(DamagedInputError, match="lacks"):
        read(local_list(PERSON, header=[name for name in HEADER if name != column]), registry=REGISTRY)


def test_damaged_content_and_other_tables() -> None:
    content = local_list(PERSON, OTHER)
    with pytest.raises(DamagedInputError, match="UTF-8"):
        read(content + b"\xff", registry=REGISTRY)
    with pytest.raises(UnknownFormatError):
        read(local_list(PERSON).decode("utf-8-sig").encode("cp1256", errors="replace"), registry=REGISTRY)
    with pytest.raises(UnknownFormatError):
        read(b"a,b\r\n1,2\r\n", registry=REGISTRY)


def test_streaming_says_the_same_and_holds_little() -> None:
    read_and_streamed(local_list(PERSON, OTHER, PERSON, {**OTHER, "#": ""}), registry=REGISTRY)

    def many(records: int) -> bytes:
        return local_list(*({**PERSON, "#": str(number)} for number in range(records)))

    assert grows_little(many, 200, REGISTRY)


_SAMPLE = local_list(PERSON, OTHER)


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


_CELL = st.one_of(st.sampled_from(["", "-", "1445", "31-02-1965", "مصر و قطر", "قطر رقم: 1"]), st.text(max_size=12))


@settings(max_examples=100)
@given(st.lists(st.fixed_dictionaries(dict.fromkeys(PERSON, _CELL)), max_size=4))
def test_any_cells_are_accounted_for(rows: list[dict[str, str]]) -> None:
    try:
        found = read(local_list(*rows), registry=REGISTRY, on_rejected="collect")
    except DamagedInputError:
        return
    assert found.records_seen == len(found.targets) + len(found.rejected)


@pytest.mark.parametrize("filler", [" ", "و ", "1", "قرار ", "- ", "رقم:"])
def test_endless_cells_are_read_in_time(filler: str) -> None:
    """Every text cell at once, 100,000 characters each: a pattern that walks back and forth would take minutes."""
    endless = "الحالية: س" + (filler * 100_000)[:100_000] + "س"
    found = listed({**dict.fromkeys(PERSON, endless), "#": "1"})
    assert found.records_seen == 1
