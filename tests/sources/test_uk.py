"""The UK consolidated list: what each column becomes, and what bad input does. All persons here are invented."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctions_tracker.codec import structure, unstructure
from sanctions_tracker.errors import DamagedInputError, RejectedRecordsError, UnknownFormatError
from sanctions_tracker.model import PartialDate, SanctionsList, Target
from sanctions_tracker.model.vocabulary import (
    EventKind,
    IdentifierType,
    MeasureKind,
    NameKind,
    NamePartKind,
    NameStrength,
    RelationKind,
    TargetKind,
    TieRole,
)
from sanctions_tracker.sources import Registry, read, stream, uk
from sanctions_tracker.sources.document import open_document
from sanctions_tracker.sources.numbered import broken_numbering, items, led_items
from sanctions_tracker.sources.printed import nationalities, opening_country, partial_date, place_at_end, place_code
from sanctions_tracker.sources.uk.information import pieces
from sanctions_tracker.sources.uk.sheet import KNOWN, REQUIRED, read_sheet
from tests.sources.reordered import read_and_streamed_in_any_order
from tests.sources.streams import grows_little, read_and_streamed

REGISTRY = Registry((uk.SOURCE,))

HEADER = [column for column in KNOWN if column != "NI Number"]
PERSON = {
    "Name 6": "DARVANDI",
    "Name 1": "Kamyar",
    "Group Type": "Individual",
    "Alias Type": "Primary name",
    "Regime": "Iran",
    "Listed On": "18/04/2024",
    "UK Sanctions List Date Designated": "17/04/2024",
    "Last Updated": "01/05/2024",
    "Group ID": "90001",
}
ENTITY = {**PERSON, "Name 6": "ORDAK WORKS", "Name 1": "", "Group Type": "Entity", "Group ID": "90002"}


def conlist(*rows: dict[str, str], header: list[str] | None = None, first: str = "Last Updated,10/04/2025") -> bytes:
    """A ConList.csv of the rows given."""
    header = header or HEADER
    out = io.StringIO(newline="")
    out.write(f"{first}\r\n" if first else "")
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([row.get(column, "") for column in header] for row in rows)
    return out.getvalue().encode()


def listed(*rows: dict[str, str]) -> SanctionsList:
    return read(conlist(*rows), source="uk")


def only(*rows: dict[str, str]) -> Target:
    (target,) = listed(*rows).targets
    return target


def workbook(rows: list[list[str]]) -> bytes:
    """The smallest xlsx that holds these rows, as inline strings."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    sheet = "".join(
        f'<row r="{number}">'
        + "".join(f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>' for cell in row)
        + "</row>"
        for number, row in enumerate(rows, 1)
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{package}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            "</Types>",
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/officeDocument"'
            ' Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="Data" sheetId="1" r:id="r1"/></sheets>'
            "</workbook>",
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/worksheet"'
            ' Target="worksheets/sheet1.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/worksheets/sheet1.xml", f'<worksheet xmlns="{main}"><sheetData>{sheet}</sheetData></worksheet>'
        )
    return out.getvalue()


def test_the_list_itself() -> None:
    found = listed(PERSON, ENTITY)
    assert (found.id, found.format, found.date) == ("uk-conlist", "uk-conlist-csv", PartialDate("2025-04-10"))
    assert (found.records_seen, len(found.targets), found.rejected, found.notes) == (2, 2, (), ())
    assert found.sanctioners[0].id == "gb-ofsi"
    assert found.sources[0].published == found.date
    assert len(found.sources[0].sha256) == 64


def test_scattered_rows_become_one_target_in_order_of_first_appearance() -> None:
    found = listed({**PERSON, "Alias Type": "AKA", "Name 1": "Kamran"}, ENTITY, PERSON)
    assert [target.id for target in found.targets] == ["gb:90001", "gb:90002"]
    assert [(name.text, name.kind) for name in found.targets[0].names] == [
        ("Kamyar DARVANDI", NameKind.PRIMARY),
        ("Kamran DARVANDI", NameKind.ALIAS),
    ]
    assert found.targets[0].names[0].origin is not None
    assert found.targets[0].names[0].origin.locator == "row 5, column Name 6"


def test_streaming_a_csv_hands_on_a_group_once_its_last_row_is_read() -> None:
    alias, nameless = {**PERSON, "Alias Type": "AKA", "Name 1": "Kamran"}, {**ENTITY, "Group ID": "", "Title": "Dr"}
    content = conlist(PERSON, {**ENTITY, "Country": "Moonbase"}, nameless, alias)
    assert [target.id for target in listed(PERSON, ENTITY, alias).targets] == ["gb:90001", "gb:90002"]
    with stream(content, registry=REGISTRY, on_rejected="collect") as records:
        assert [entry.target.id for entry in records] == ["gb:90002", "gb:90001"]
    whole = read_and_streamed_in_any_order(content, registry=REGISTRY)
    assert (len(whole.notes), len(whole.rejected), len(whole.targets[0].names)) == (1, 1, 2)
    old = conlist({**PERSON, "Name 6": "Ménard"}, ENTITY, alias).decode().encode("cp1252")
    assert read_and_streamed_in_any_order(old, registry=REGISTRY).targets[0].name == "Kamyar Ménard"
    with stream(io.BytesIO(content), registry=REGISTRY, on_rejected="collect") as records:
        assert len(list(records)) == 2


def test_streaming_a_workbook_says_the_same() -> None:
    rows = list(csv.reader(io.StringIO(conlist(PERSON, ENTITY, PERSON).decode(), newline="")))
    read_and_streamed(workbook(rows), registry=REGISTRY)


def test_streaming_a_csv_holds_little() -> None:
    def many(groups: int) -> bytes:
        ids = [str(90000 + number) for number in range(groups)]
        return conlist(*({**row, "Group ID": each} for each in ids for row in (PERSON, ENTITY)))

    assert grows_little(many, 300, REGISTRY)


def test_a_file_that_changes_between_the_passes_is_no_list(tmp_path: Path) -> None:
    path = tmp_path / "ConList.csv"
    path.write_bytes(conlist(PERSON, ENTITY, PERSON))
    with stream(path, registry=REGISTRY) as records:
        assert next(records).target.id == "gb:90002"
    parse = uk.SOURCE.formats[0].sparing
    assert parse is not None
    with open_document(path) as document:
        parts = parse(document)
        next(parts)
        path.write_bytes(conlist(PERSON, ENTITY, {**PERSON, "Title": "Dr"}))
        with pytest.raises(DamagedInputError, match="changed"):
            list(parts)


def test_columns_are_found_by_name_wherever_they_stand() -> None:
    rows = (PERSON, ENTITY)
    capitals = conlist(*rows).replace(",".join(HEADER).encode(), ",".join(HEADER).upper().encode())
    assert read(capitals).targets == read(conlist(*rows)).targets
    assert read(conlist(*rows, header=HEADER[::-1])).targets == read(conlist(*rows)).targets


def test_csv_and_workbook_give_the_same() -> None:
    row = {**PERSON, "Name Non-Latin Script": "کامیار دروندی", "Non-Latin Script Language": "Persian"}
    rows = list(csv.reader(io.StringIO(conlist(row, ENTITY).decode(), newline="")))
    from_workbook = read(workbook(rows))
    assert from_workbook.format == "uk-conlist-xlsx"
    assert from_workbook.targets == read(conlist(row, ENTITY)).targets
    assert from_workbook.measures == read(conlist(row, ENTITY)).measures


def test_names_parts_kinds_and_strengths() -> None:
    first = {**PERSON, "Name 2": "Reza"}
    weak = {**PERSON, "Name 6": "ABU TEST", "Name 1": "", "Alias Type": "AKA", "Alias Quality": "Low quality"}
    former = {**PERSON, "Name 6": "DARVAND", "Alias Type": "FKA"}
    variation = {
        **PERSON,
        "Name 6": "DARVANDY",
        "Alias Type": "Primary name variation",
        "Alias Quality": "Good quality",
    }
    names = only(weak, first, former, variation, first).names
    assert [(name.text, name.kind, name.strength) for name in names] == [
        ("Kamyar Reza DARVANDI", NameKind.PRIMARY, NameStrength.STRONG),
        ("ABU TEST", NameKind.ALIAS, NameStrength.WEAK),
        ("Kamyar DARVAND", NameKind.FORMER, NameStrength.STRONG),
        ("Kamyar DARVANDY", NameKind.ALIAS, NameStrength.STRONG),
    ]
    assert [part.kind for part in names[0].parts] == [NamePartKind.GIVEN, NamePartKind.MIDDLE, NamePartKind.FAMILY]
    assert [part.kind for part in names[1].parts] == [NamePartKind.WHOLE]


def test_names_in_their_own_script() -> None:
    row = {
        **PERSON,
        "Name Non-Latin Script": "کامیار دروندی",
        "Non-Latin Script Type": "Arabic",
        "Non-Latin Script Language": "Persian/Farsi",
    }
    alias = {**row, "Name Non-Latin Script": "کامی", "Alias Type": "AKA", "Alias Quality": "Low quality"}
    alias["Non-Latin Script Type"] = "Cyrilic"
    found = {name.text: name for name in only(row, alias).names}
    assert found["کامیار دروندی"].kind is NameKind.ORIGINAL_SCRIPT
    assert (found["کامیار دروندی"].language, found["کامیار دروندی"].note) == ("fa", "")
    assert (found["کامی"].kind, found["کامی"].strength) == (NameKind.ALIAS, NameStrength.WEAK)
    assert found["کامی"].note == "Non-Latin Script Type: Cyrilic"


def test_births_are_paired_item_by_item_or_kept_apart() -> None:
    one = only({**PERSON, "DOB": "00/03/1975", "Town of Birth": "Qom", "Country of Birth": "Iran"}).births
    assert [(birth.date, birth.place, birth.country) for birth in one] == [(PartialDate("1975-03"), "Qom", "IR")]
    paired = {**PERSON, "Town of Birth": "(1) Tiaret (2) -", "Country of Birth": "(1) Algeria. (2) Morocco"}
    two = only({**paired, "DOB": "1951"}, {**paired, "DOB": "15/08/19yy"}).births
    assert [(birth.date and birth.date.edtf, birth.place, birth.country) for birth in two] == [
        ("1951", "", None),
        ("19XX-08-15", "", None),
        (None, "Tiaret", "DZ"),
        (None, "", "MA"),
    ]
    apart = only({**PERSON, "Town of Birth": "(1) Ayt (2) Byt", "Country of Birth": "Former USSR, now Ukraine"}).births
    assert [(birth.place, birth.country, birth.note) for birth in apart] == [
        ("Ayt", None, ""),
        ("Byt", None, ""),
        ("", "UA", "Former USSR, now Ukraine"),
    ]


def test_what_cannot_be_read_is_kept_and_noted() -> None:
    row = {
        **PERSON,
        "DOB": "15/00/1975",
        "Country of Birth": "Ruritania",
        "Nationality": "Ruritanian",
        "Country": "Moonbase",
        "Non-Latin Script Language": "Elvish",
        "Name Non-Latin Script": "Ωα",
        "Alias Type": "Nom de guerre",
        "Alias Quality": "So so",
        "Group Type": "Robot",
        "Last Updated": "soon",
        "Position": "(1) Chief (3) Deputy",
    }
    found = listed(row)
    (target,) = found.targets
    assert found.rejected == ()
    assert sorted({note.text.partition(":")[0] for note in found.notes}) == [
        "a date of birth that cannot be read",
        "a date that cannot be read",
        "a numbering that does not hold, kept as one value",
        "no country known by this name",
        "no row of the group is its primary name",
        "unknown alias quality, read as strong",
        "unknown alias type, read as an alias",
        "unknown group type",
        "unknown language",
    ]
    assert (target.kind, target.births[0].note, target.births[0].place) == (
        TargetKind.UNKNOWN,
        "15/00/1975",
        "Ruritania",
    )
    assert (target.countries[0].country, target.countries[0].text) == (None, "Ruritanian")
    assert (target.addresses[0].country, target.addresses[0].country_text) == (None, "Moonbase")
    assert target.positions == ("(1) Chief (3) Deputy",)
    assert found.measures[0].note == "Last Updated: soon"
    assert "Elvish" in target.names[1].note
    assert "Nom de guerre" in target.names[0].note


def test_titles_positions_nationalities_and_addresses() -> None:
    row = {
        **PERSON,
        "Title": "(1) General (2) Maulavi",
        "Position": "(1) Chief of Works (2) Member of the Board",
        "Nationality": "(1) Afghan (2) Bosnia and Herzegovina",
        "Address 1": "Street 7",
        "Address 6": "Kandahar",
        "Post/Zip Code": "1234",
        "Country": "Afghanistan (previous address)",
    }
    target = only(row, {**row, "Alias Type": "AKA"}, {**row, "Address 1": ""})
    assert [(a.name, a.value) for a in target.attributes] == [("Title", "General"), ("Title", "Maulavi")]
    assert target.positions == ("Chief of Works", "Member of the Board")
    assert [(tie.role, tie.country) for tie in target.countries] == [
        (TieRole.NATIONALITY, "AF"),
        (TieRole.NATIONALITY, "BA"),
    ]
    assert [address.lines for address in target.addresses] == [("Street 7", "Kandahar"), ("Kandahar",)]
    assert (target.addresses[0].country, target.addresses[0].postcode) == ("AF", "1234")


def test_documents_with_their_details_item_by_item() -> None:
    row = {
        **PERSON,
        "Passport Number": "(1) A-1234 (2) PD836410105",
        "Passport Details": "(1) Libya number, issued on 1 May 2001 (2) Issued in Milan, Italy",
        "National Identification Number": "780245503097",
        "National Identification Details": "Russia - INN Number",
    }
    found = [(i.type, i.number, i.country, i.note) for i in only(row).identifiers]
    assert found == [
        (IdentifierType.PASSPORT, "A-1234", "LY", "Libya number, issued on 1 May 2001"),
        (IdentifierType.PASSPORT, "PD836410105", None, "Issued in Milan, Italy"),
        (IdentifierType.TAX_ID, "780245503097", "RU", "Russia - INN Number"),
    ]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Passport No: 592667 (Qatari passport issued on 3 May 2007).", [("592667", "QA")]),
        ("D 000766 (Afghan) Issued in Kabul", [("D 000766", "AF")]),
        ("Qatari passport number (a)01020802  (b)00754833", [("01020802", "QA"), ("00754833", "QA")]),
        ("a) Jordan 654781 b) Sudan number B002606", [("654781", "JO"), ("B002606", "SD")]),
        ("734088604. 735958824", [("734088604", None), ("735958824", None)]),
        ("Two passports numbered 123456 and 654321", [("Two passports numbered 123456 and 654321", None)]),
    ],
)
def test_the_list_of_2020_prints_numbers_and_words_together(cell: str, expected: list[tuple[str, str | None]]) -> None:
    header = [*REQUIRED, "Passport Details", "NI Number"]
    (target,) = read(conlist({**PERSON, "Passport Details": cell}, header=header)).targets
    assert [(i.number, i.country) for i in target.identifiers] == expected
    assert all(i.origin is not None and i.origin.raw == cell for i in target.identifiers)


def test_documents_that_do_not_pair_are_kept_and_noted() -> None:
    row = {
        **PERSON,
        "Passport Details": "Libyan",
        "National Identification Number": "(1) 123456 (2) -",
        "National Identification Details": "(1) Iran (2) Iraq",
    }
    found = listed(row)
    (target,) = found.targets
    assert [(i.number, i.country) for i in target.identifiers] == [("123456", "IR")]
    assert [(a.name, a.value) for a in target.attributes] == [("Passport Details", "Libyan")]
    assert [note.text for note in found.notes] == ["details without a number: '(1) Iran (2) Iraq'"]
    broken = listed({**PERSON, "Passport Number": "(1) AB12345 (3) CD12345", "Passport Details": "Iran"})
    assert [(i.number, i.country) for i in broken.targets[0].identifiers] == [("(1) AB12345 (3) CD12345", "IR")]
    assert "numbering" in broken.notes[0].text


def test_words_around_a_number_decide_its_type() -> None:
    header = [*REQUIRED, "NI Number"]
    cells = ("Identity card 123456, issued in Qom", "Italian Fiscal Code BGH66R28Z352G")
    types = [
        identifier.type
        for cell in cells
        for identifier in read(conlist({**PERSON, "NI Number": cell}, header=header)).targets[0].identifiers
    ]
    assert types == [IdentifierType.NATIONAL_ID, IdentifierType.TAX_ID]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1067746348427", [("registration", "1067746348427", "Business Reg No", None)]),
        ("1534407 (BVI)", [("registration", "1534407", "Business Reg No", None)]),
        ("9709056472 - Russia INN", [("tax_id", "9709056472", "Russia INN", "RU")]),
        (
            "Legal Entity Identifier: 5299008ONRYZRO61SY92",
            [("lei", "5299008ONRYZRO61SY92", "Legal Entity Identifier", None)],
        ),
        (
            "INN - 1831117433 OGRN - 1061831040688",
            [("tax_id", "1831117433", "INN", None), ("registration", "1061831040688", "OGRN", None)],
        ),
        (
            "1117746568829 (Russia). Tax ID No. 7735579027 (Russia)",
            [("registration", "1117746568829", "Business Reg No", "RU"), ("tax_id", "7735579027", "Tax ID No.", "RU")],
        ),
        (
            "registered as 12 in 1999, later 13",
            [("registration", "registered as 12 in 1999, later 13", "Business Reg No", None)],
        ),
    ],
)
def test_registration_numbers(text: str, expected: list[tuple[str, str, str, str | None]]) -> None:
    found = listed({**ENTITY, "Other Information": f"(Business Reg No):{text}"})
    assert [(i.type.value, i.number, i.label, i.country) for i in found.targets[0].identifiers] == expected
    assert len(found.notes) == text.startswith("registered")


def test_contacts_references_and_flags_that_fit_no_pattern() -> None:
    text = (
        "(UN Ref):pending (UN Ref):QDi.042 and SOi.002. Listed twice. (Website):Social media: ordak (Gender):Other"
        " (Flag of ship):Atlantis"
    )
    found = listed({**ENTITY, "Other Information": text})
    (target,) = found.targets
    assert [(i.type.value, i.number) for i in target.identifiers] == [
        ("list_reference", "QDi.042"),
        ("list_reference", "SOi.002"),
        ("website", "Social media: ordak"),
    ]
    assert [(a.name, a.value) for a in target.attributes] == [
        ("UN Ref", "pending"),
        ("Other Information", "Listed twice."),
    ]
    assert (target.gender, target.countries[0].text, target.countries[0].country) == ("Other", "Atlantis", None)
    assert [note.text for note in found.notes] == [
        "no reference after (UN Ref): 'pending'",
        "no country known by this name: 'Atlantis'",
    ]


def test_no_heading_row_where_one_is_asked_for() -> None:
    with pytest.raises(DamagedInputError, match="no heading row"):
        read_sheet([["a"], ["b"]], "list.csv")
    with pytest.raises(DamagedInputError, match="no heading row"):
        read_sheet([[str(number)] for number in range(9)], "list.csv")


def test_other_information_piece_by_piece() -> None:
    text = (
        "(UK Sanctions List Ref):IRN0999. (UN Ref):IRe.001. Founded in 1999. (UK Statement of Reasons):Builds things; "
        "see resolution 2662 (2022): (i) all. (Gender):Male (Phone number):(1) +98 (21) 86 6 (2) +98 21 1234 "
        "(Fax): +98 21 9999 (Website):www.ordak.example (Email address):a@ordak.example. b@ordak.example "
        "(Type of entity):Enterprise (Business Reg No):(1) TIN - 7706441909 (2) OGRN: 1167746856738 "
        "(Parent company):Ordak Holding (Subsidiaries):(1) Ordak A (2) Ordak B (IMO number):9074729 "
        "(Flag of ship):Iran (Previous flags):Panama. South Korea (Current owners):Ordak Shipping (Hull colour):blue"
    )
    found = listed({**ENTITY, "Group Type": "Ship", "Other Information": text})
    (target,) = found.targets
    assert found.notes == ()
    assert [(i.type.value, i.number, i.label) for i in target.identifiers] == [
        ("list_reference", "IRN0999", "UK Sanctions List Ref"),
        ("list_reference", "IRe.001", "UN Ref"),
        ("phone", "+98 (21) 86 6", "Phone number"),
        ("phone", "+98 21 1234", "Phone number"),
        ("phone", "+98 21 9999", "Fax"),
        ("website", "www.ordak.example", "Website"),
        ("email", "a@ordak.example", "Email address"),
        ("email", "b@ordak.example", "Email address"),
        ("tax_id", "7706441909", "TIN"),
        ("registration", "1167746856738", "OGRN"),
        ("imo_vessel", "9074729", "IMO number"),
    ]
    assert [(r.kind, r.text) for r in target.relations] == [
        (RelationKind.SUBSIDIARY_OF, "Ordak Holding"),
        (RelationKind.PARENT_OF, "Ordak A"),
        (RelationKind.PARENT_OF, "Ordak B"),
        (RelationKind.OWNED_OR_CONTROLLED_BY, "Ordak Shipping"),
    ]
    assert [(tie.role, tie.country) for tie in target.countries] == [
        (TieRole.FLAG, "IR"),
        (TieRole.FORMER_FLAG, "PA"),
        (TieRole.FORMER_FLAG, "KR"),
    ]
    assert [(a.name, a.value) for a in target.attributes] == [
        ("Other Information", "Founded in 1999."),
        ("Type of entity", "Enterprise"),
        ("Hull colour", "blue"),
    ]
    assert target.gender == "male"
    assert found.measures[0].grounds == "Builds things; see resolution 2662 (2022): (i) all."


def test_other_information_of_2020_is_running_text() -> None:
    text = "Annex XIII. UN Listing. UN Ref KPe.034. Gender: male. Linked to X (UN Ref KPe.061)."
    target = only({**PERSON, "Other Information": text})
    assert [(i.type, i.number) for i in target.identifiers] == [(IdentifierType.LIST_REFERENCE, "KPe.034")]
    assert (target.gender, target.attributes[0].value) == ("male", text)


def test_one_measure_a_regime_with_all_its_dates() -> None:
    other = {**PERSON, "Regime": "Iran (Nuclear)", "Listed On": "01/02/2010"}
    again = {**PERSON, "Listed On": "19/04/2024"}
    found = listed(PERSON, other, again)
    assert [(m.id, m.kind, m.programmes) for m in found.measures] == [
        ("gb:90001/iran", MeasureKind.ASSET_FREEZE, ("Iran",)),
        ("gb:90001/iran-nuclear", MeasureKind.ASSET_FREEZE, ("Iran (Nuclear)",)),
    ]
    assert [(event.kind, event.date.edtf) for event in found.measures[0].events] == [
        (EventKind.LISTED, "2024-04-18"),
        (EventKind.LISTED, "2024-04-19"),
        (EventKind.DESIGNATED, "2024-04-17"),
        (EventKind.AMENDED, "2024-05-01"),
    ]
    assert found.measures[0].sanctioner == "gb-ofsi"


def test_regimes_that_differ_in_signs_only_have_measures_of_their_own() -> None:
    found = listed({**PERSON, "Regime": "Iran"}, {**PERSON, "Regime": "(Iran)"}, {**PERSON, "Regime": ""})
    assert [m.id.partition("/")[2] for m in found.measures] == ["iran", "iran-2", "no-regime"]


def test_trust_services_are_a_measure_of_their_own() -> None:
    text = "Financial sanctions imposed in addition to an asset freeze: Trust services. "
    found = listed({**PERSON, "Other Information": f"{text}Date trust services sanctions imposed: 21/03/2023."})
    _, trust = found.measures
    assert (trust.kind, trust.label, trust.programmes) == (
        MeasureKind.FINANCIAL_RESTRICTIONS,
        "Trust services",
        ("Iran",),
    )
    assert [(event.kind, event.date.edtf) for event in trust.events] == [(EventKind.EFFECTIVE, "2023-03-21")]


def test_unknown_columns_and_surplus_cells_are_kept() -> None:
    header = [*HEADER, "Shoe size"]
    content = conlist({**PERSON, "Shoe size": "43"}, header=header).rstrip(b"\r\n") + b",surplus\r\n"
    found = read(content)
    assert [(a.name, a.value) for a in found.targets[0].attributes] == [
        ("Shoe size", "43"),
        (f"column {len(header) + 1}", "surplus"),
    ]
    assert "more cells" in found.notes[0].text


def test_every_value_survives_json() -> None:
    found = listed({**PERSON, "DOB": "1951", "Passport Number": "A1234", "Other Information": "(UN Ref):QDi.001."})
    assert structure(unstructure(found.targets[0]), Target) == found.targets[0]


def test_groups_without_a_name_and_rows_without_a_group_are_rejected_one_by_one() -> None:
    nameless = {**PERSON, "Name 6": "---", "Name 1": "", "Group ID": "90009"}
    stray = {**PERSON, "Group ID": ""}
    content = conlist(PERSON, nameless, stray)
    with pytest.raises(RejectedRecordsError):
        read(content)
    found = read(content, on_rejected="collect")
    assert (found.records_seen, len(found.targets)) == (3, 1)
    assert [(r.origin.record, r.origin.locator) for r in found.rejected] == [("", "row 5"), ("90009", "row 4")]


def test_a_name_without_letters_beside_others_is_kept_as_text() -> None:
    found = listed(PERSON, {**PERSON, "Name 6": "---", "Name 1": "", "Alias Type": "AKA"})
    assert [(a.name, a.value) for a in found.targets[0].attributes] == [("Name 6", "---")]
    assert "without letter or digit" in found.notes[0].text


@pytest.mark.parametrize("column", REQUIRED)
def test_a_missing_column_is_named(column: str) -> None:
    with pytest.raises(DamagedInputError, match=rf"lacks the column\(s\) {column}"):
        read(conlist(PERSON, header=[name for name in HEADER if name != column]))


def test_other_tables_are_not_taken_for_this_list() -> None:
    with pytest.raises(UnknownFormatError):
        read(b"a,b\r\n1,2\r\n")


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
def test_encodings(encoding: str) -> None:
    content = conlist({**PERSON, "Name 6": "Ménard"}).decode().encode(encoding)
    assert read(content, source="uk").targets[0].name == "Kamyar Ménard"


def test_damaged_encodings() -> None:
    sound = conlist({**PERSON, "Name 6": "Ménard éé"}, {**ENTITY, "Other Information": "über"})
    for damaged in (sound.replace(b"\xc3\xbc", b"\xc3"), sound.rstrip() + "é".encode()[:1], sound + b"\x81\xff"):
        with pytest.raises(DamagedInputError, match="byte"):
            read(damaged)
    with pytest.raises(DamagedInputError, match="not sound UTF-8 and not cp1252"):
        read(conlist(PERSON) + b"\x81")


def test_nul_bytes_and_endless_fields() -> None:
    with pytest.raises(DamagedInputError, match=r"line 3: a NUL"):
        read(conlist({**PERSON, "Position": "a\0b"}))
    with pytest.raises(DamagedInputError, match="field larger"):
        read(conlist(PERSON) + b'"' + b"x" * 200_000)


def test_a_damaged_workbook() -> None:
    whole = workbook([["Last Updated", "10/04/2025"], HEADER])
    with pytest.raises(DamagedInputError):
        read(whole.replace(b"<sheetData>", b"<sheetDat<>"))
    with pytest.raises(DamagedInputError):
        read(whole[: len(whole) // 2])


@pytest.mark.parametrize("first", ["", "Last Updated,someday", "Something else"])
def test_a_list_without_a_date_says_so(first: str) -> None:
    found = read(conlist(PERSON, first=first))
    assert found.date is None
    assert len(found.notes) == 1


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("(1) Uganda (2) Uganda (3)Uganda", ("Uganda", "Uganda", "Uganda")),
        ("1) Saudi Arabia 2) Qatar", ("Saudi Arabia", "Qatar")),
        ("a) General b)Major General", ("General", "Major General")),
        ("(a) Iraq (b) Iran", ("Iraq", "Iran")),
        ("1) Mullah, 2) Maulavi, 3) Habji.", ("Mullah", "Maulavi", "Habji")),
        ("(1) - (2) Shabwa", ("", "Shabwa")),
        ("(1) to (3) Algeria (4) Morocco", ("Algeria",) * 3 + ("Morocco",)),
        ("(1-3) Libya (4) Morocco", ("Libya",) * 3 + ("Morocco",)),
        ("(1)-(2) Tunisia", ("Tunisia", "Tunisia")),
        ("Mayor (2) of X", ("Mayor (2) of X",)),
        ("(1) Chief (3) Deputy", ("(1) Chief (3) Deputy",)),
        ("(2) A (3) B", ("(2) A (3) B",)),
        ("(1) only", ("(1) only",)),
        ("35202-4135948-7", ("35202-4135948-7",)),
        ("", ("",)),
    ],
)
def test_cells_of_several_values(cell: str, expected: tuple[str, ...]) -> None:
    assert items(cell) == expected


def test_telephone_numbers_may_hold_brackets() -> None:
    cell = "(1) +98 (0) 21 866 (2) +98 (21) 912 (3) 33"
    assert items(cell, lenient=True) == ("+98 (0) 21 866", "+98 (21) 912", "33")
    assert items(cell) == (cell,)
    assert broken_numbering(cell)


_clean = st.text(st.characters(categories=("L", "N", "Zs"), exclude_characters="-"), min_size=1).map(
    lambda text: " ".join(text.split())
)
_values = st.lists(_clean.filter(bool), min_size=2, max_size=12)


@given(_values, st.sampled_from(["({})", "{})"]), st.sampled_from([" ", "  ", ". ", ", "]), st.booleans())
def test_joining_and_splitting_give_the_values_back(values: list[str], mark: str, gap: str, letters: bool) -> None:  # noqa: FBT001
    signs = "abcdefghijkl" if letters else list(map(str, range(1, 13)))
    cell = gap.join(f"{mark.format(sign)} {value}" for sign, value in zip(signs, values, strict=False))
    assert items(cell) == tuple(values)
    assert not broken_numbering(cell)
    assert led_items(f"Numbers: {cell}") == ("Numbers:", tuple(values))


@given(st.text(alphabet="(1)2)3)ab) .-tox"))
def test_splitting_never_fails_and_loses_no_letter(cell: str) -> None:
    found = items(cell)
    assert found
    letters = re.sub(r"[\W\d]", "", "".join(dict.fromkeys(found)))
    assert set(letters) <= set(cell)
    assert len(found) > 1 or found == (cell.strip(),)


@given(st.text(alphabet="(UN Ref):Gender) ab"))
def test_pieces_lose_nothing_but_their_labels(text: str) -> None:
    rest = text
    for piece in pieces(text):
        before, _, rest = rest.partition(piece.text)
        assert not re.sub(r"\([A-Za-z /-]+\)\s?:|\s", "", before)
    assert not re.sub(r"\([A-Za-z /-]+\)\s?:|\s", "", rest)


@given(st.dates())
def test_a_full_date_reads_as_itself(day: dt.date) -> None:
    written = f"{day.day:02d}/{day.month:02d}/{day.year:04d}"
    assert partial_date(written) == PartialDate.on(day)
    assert partial_date(f"{day.isoformat()} 00:00:00") == PartialDate.on(day)
    assert partial_date(f"00/{written[3:]}") == partial_date(written[3:]) == PartialDate.of(day.year, day.month)
    assert partial_date(f"00/00/{written[6:]}") == partial_date(written[6:]) == PartialDate.of(day.year)


@given(st.text(alphabet="0123456789/-yx ~circa"))
def test_a_date_is_read_or_left_never_an_error(text: str) -> None:
    assert partial_date(text) is None or isinstance(partial_date(text), PartialDate)


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("15/08/19yy", "19XX-08-15"),
        ("Approximately 1970", "1970~"),
        ("circa 1965", "1965~"),
        ("1962-1963", "1962/1963"),
        ("between 1962 and 1963", "1962/1963"),
        ("1960s", "196X"),
        ("01/1958", "1958-01"),
        ("31/02/1975", None),
        ("15/00/1975", None),
        ("1963-1962", None),
        ("circa 1962-1963", None),
        ("unknown", None),
        ("", None),
    ],
)
def test_dates(text: str, edtf: str | None) -> None:
    assert partial_date(text) == (PartialDate(edtf) if edtf else None)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Congo (Democratic Republic)", "CD"),
        ("former USSR Currently Ukraine", "UA"),
        ("Moldovian SSR (now Republic of Moldovia)", "MD"),
        ("Russia. Former USSR", "RU"),
        ("(former USSR)", "SU"),
        ("In Syria as at June 2013", "SY"),
        ("Saudi Arabia citizenship", "SA"),
        ("Former German Democratic Republic", "DD"),
        ("Crimea", None),
        ("Congolese", None),
    ],
)
def test_countries(text: str, code: str | None) -> None:
    assert place_code(text) == code


def test_countries_inside_longer_texts() -> None:
    assert place_at_end("Latakia Province, Syria") == "SY"
    assert place_at_end("Tartous") is None
    assert nationalities("Estonia, Russia") == ("EE", "RU")
    assert nationalities("DRC and Belgian nationalities") == ("CD", "BE")
    assert nationalities("Syrian, Martian") == ()
    assert opening_country("ID card") is None
    assert opening_country("Trinidad and Tobago number") == "TT"
    assert opening_country("") is None
