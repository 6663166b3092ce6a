"""The UK Sanctions List in its three formats: what each field becomes, and what bad input does.

All parties here are invented. The table is, as the publisher's, one of rows
that repeat a designation with each of its names, addresses and births.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import itertools
import re
import zipfile
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from sanctions_tracker.codec import structure, unstructure
from sanctions_tracker.errors import (
    DamagedInputError,
    EmptyInputError,
    RejectedRecordsError,
    SanctionsTrackerError,
    UnknownFormatError,
    UnsafeInputError,
)
from sanctions_tracker.model import Measure, PartialDate, SanctionsList, Target
from sanctions_tracker.model.vocabulary import (
    EventKind,
    IdentifierType,
    MeasureKind,
    MeasureStatus,
    NameKind,
    NamePartKind,
    NameStrength,
    RelationKind,
    TargetKind,
    TieRole,
)
from sanctions_tracker.sources import read, stream, uksl
from sanctions_tracker.sources.reading import default_registry
from sanctions_tracker.sources.registry import Registry
from sanctions_tracker.sources.uksl.dates import printed_date, printed_day
from sanctions_tracker.sources.uksl.record import fields, groups
from tests.sources.reordered import read_and_streamed_in_any_order
from tests.sources.streams import grows_little, read_and_streamed

FIXTURES = Path(__file__).parents[1] / "fixtures"
XML = (FIXTURES / "uksl.xml").read_bytes()
CSV = (FIXTURES / "uksl.csv").read_bytes()
REGISTRY = Registry((uksl.SOURCE,))
IRAN = "The Iran (Sanctions) Regulations 2023"


def listed(content: bytes) -> SanctionsList:
    return read(content, registry=REGISTRY, on_rejected="collect")


def table_rows(content: bytes = CSV) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def as_csv(rows: list[list[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def table(*rows: dict[str, str], first: str = "Report Date: 21-Sep-2026") -> bytes:
    """A CSV of the publisher's headings and these rows."""
    heading = table_rows()[1]
    return as_csv([[first], heading, *([row.get(column, "") for column in heading] for row in rows)])


PERSON = {
    "Unique ID": "IRN9001",
    "Name 6": "DARVANDI",
    "Name 1": "Kamyar",
    "Name type": "Primary Name",
    "Regime Name": IRAN,
    "Designation Type": "Individual",
    "Sanctions Imposed": "Asset freeze",
    "Date Designated": "18/04/2024",
    "Last Updated": "14/04/2026",
}


def only(*rows: dict[str, str]) -> Target:
    (target,) = listed(table(*rows)).targets
    return target


def designation(inner: str, unique_id: str = "IRN9001") -> str:
    return (
        f"<Designation><UniqueID>{unique_id}</UniqueID><IndividualEntityShip>Individual</IndividualEntityShip>"
        f"<Names><Name><Name6>DARVANDI</Name6><NameType>Primary Name</NameType></Name></Names>"
        f"<RegimeName>{IRAN}</RegimeName><DateDesignated>18/04/2024</DateDesignated>{inner}</Designation>"
    )


def xml(*designations: str, root: str = "Designations") -> bytes:
    inner = "".join(designations)
    return f"<{root}><DateGenerated>21/09/2026</DateGenerated>{inner}</{root.split(maxsplit=1)[0]}>".encode()


def ods(rows: list[list[Any]]) -> bytes:
    """The smallest ODS that holds these rows; days and numbers as the typed cells that a spreadsheet writes."""
    names = {
        prefix: f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in (("office", "office"), ("table", "table"), ("text", "text"))
    }

    def cell(value: object) -> str:
        if isinstance(value, dt.date):
            shown, kind = f"{value:%d/%m/%Y}", f'office:value-type="date" office:date-value="{value.isoformat()}"'
        elif isinstance(value, int):
            shown, kind = str(value), f'office:value-type="float" office:value="{value}"'
        elif value:
            shown, kind = str(value), 'office:value-type="string"'
        else:
            return "<table:table-cell/>"
        paragraphs = "".join(f"<text:p>{escape(line)}</text:p>" for line in shown.splitlines())
        return f"<table:table-cell {kind}>{paragraphs}</table:table-cell>"

    body = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {" ".join(names.values())}'
        ' office:version="1.2"><office:body><office:spreadsheet><table:table table:name="UK Sanctions List">'
        f"{body}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
    return out.getvalue()


def typed(text: str) -> object:
    """A cell as a spreadsheet keeps it: days and plain numbers are no texts."""
    if re.fullmatch(r"\d\d/\d\d/\d{4}", text):
        return dt.datetime.strptime(text, "%d/%m/%Y").replace(tzinfo=dt.UTC).date()
    return int(text) if re.fullmatch(r"[1-9]\d{0,8}", text) else text


def without_origins(value: Any) -> Any:
    """What a target or a measure says, without where it was read."""
    if isinstance(value, dict):
        return {key: without_origins(held) for key, held in value.items() if key not in {"origin", "origins"}}
    return [without_origins(held) for held in value] if isinstance(value, list) else value


def said(found: SanctionsList) -> dict[str, Any]:
    records: tuple[Target | Measure, ...] = (*found.targets, *found.measures)
    return {record.id: without_origins(unstructure(record)) for record in records}


def counted(found: SanctionsList) -> bool:
    return found.records_seen == len(found.targets) + len(found.rejected)


# The list and its formats


def test_the_list_itself() -> None:
    found = read(XML, registry=REGISTRY)
    assert (found.id, found.title, found.format) == ("uksl", "UK Sanctions List", "uksl-xml")
    assert found.date == PartialDate("2026-09-21")
    assert (found.sanctioners[0].id, found.sanctioners[0].country) == ("gb-fcdo", "GB")
    assert (found.records_seen, len(found.targets), found.rejected) == (3, 3, ())
    assert (found.sources[0].kind, found.sources[0].published) == ("official_list", found.date)
    assert len(found.sources[0].sha256) == 64
    assert [note.text for note in found.notes] == [
        "a sanction of no kind that this library knows: 'Chartering of Balloons'"
    ]


@pytest.mark.parametrize("cells", [str, typed], ids=["texts", "typed cells"])
def test_the_three_formats_say_the_same(cells: Any) -> None:
    book = ods([[cells(text) for text in row] for row in table_rows()])
    from_xml, from_csv, from_ods = listed(XML), listed(CSV), listed(book)
    assert [found.format for found in (from_xml, from_csv, from_ods)] == ["uksl-xml", "uksl-csv", "uksl-ods"]
    assert said(from_csv) == said(from_xml)
    assert said(from_ods) == said(from_xml)
    assert from_csv.date == from_ods.date == from_xml.date
    assert [note.text for note in from_csv.notes] == [note.text for note in from_xml.notes]
    assert [note.text for note in from_ods.notes] == [note.text for note in from_xml.notes]


def test_streaming_says_the_same() -> None:
    read_and_streamed(XML, registry=REGISTRY)
    read_and_streamed(xml(designation(""), designation("", ""), designation("")), registry=REGISTRY)
    read_and_streamed(ods(table_rows()), registry=REGISTRY)
    read_and_streamed_in_any_order(CSV, registry=REGISTRY)
    short = as_csv([*table_rows(), ["14/04/2026", "IRN9001"], ["14/04/2026"], [""] * 60, ["04/08/2026", "RUS9002"]])
    whole = read_and_streamed_in_any_order(short, registry=REGISTRY)
    assert [(r.origin.locator, r.reason) for r in whole.rejected] == [("row 15", "the row has no Unique ID")]


def test_the_day_of_the_list_may_stand_behind_its_designations() -> None:
    content = f"<Designations>{designation('')}<DateGenerated>21/09/2026</DateGenerated></Designations>".encode()
    with stream(content, registry=REGISTRY) as records:
        first = next(records).target, records.heading.date
        assert (first[0].id, first[1]) == ("gb-uksl:IRN9001", None)
        assert (list(records), records.notes) == ([], [])
        heading = records.heading
    assert heading.date == PartialDate("2026-09-21")
    assert listed(content).date == PartialDate("2026-09-21")


@pytest.mark.parametrize("form", ["xml", "csv"])
def test_streaming_holds_little(form: str) -> None:
    def many(records: int) -> bytes:
        ids = [f"IRN{number:05d}" for number in range(records)]
        if form == "csv":
            return table(*({**PERSON, "Unique ID": each, "Name 1": name} for each in ids for name in ("Kamyar", "Kam")))
        return xml(*(designation("<Titles><Title>Dr</Title></Titles>", each) for each in ids))

    assert grows_little(many, 300, REGISTRY)


def test_a_product_of_names_addresses_and_births_folds_back() -> None:
    parts: list[list[dict[str, str]]] = [
        [{"Name 1": "Kamyar", "Name 6": "DARVANDI"}, {"Name 6": "Ostad", "Name type": "Alias"}],
        [{"Address Line 1": "Street 7", "Address Country": "Iran"}, {"Address Country": "Syria"}],
        [{"D.O.B": "dd/mm/1965"}, {"D.O.B": "01/03/1966"}, {"D.O.B": "1967"}],
        [{"Passport number": "AB12345"}, {"Passport number": "CD12345", "Passport additional information": "Iran"}],
    ]
    blank = {**PERSON, "Name 1": "", "Name 6": ""}
    rows = [dict(itertools.chain(blank.items(), *(part.items() for part in row))) for row in itertools.product(*parts)]
    target = only(*rows)
    assert len(rows) == 24
    assert [name.text for name in target.names] == ["Kamyar DARVANDI", "Ostad"]
    assert [address.lines for address in target.addresses] == [("Street 7",), ()]
    assert [birth.date and birth.date.edtf for birth in target.births] == ["1965", "1966-03-01", "1967"]
    passports = [i for i in target.identifiers if i.type is IdentifierType.PASSPORT]
    assert [(i.number, i.country, i.note) for i in passports] == [("AB12345", None, ""), ("CD12345", "IR", "Iran")]


def test_columns_are_found_by_name_wherever_they_stand() -> None:
    rows = table_rows()
    turned = [rows[0], *(row[::-1] for row in rows[1:])]
    capitals = [rows[0], [heading.upper() for heading in rows[1]], *rows[2:]]
    assert said(listed(as_csv(turned))) == said(listed(as_csv(capitals))) == said(listed(CSV))
    assert said(listed(b"\xef\xbb\xbf" + CSV)) == said(listed(CSV))
    assert said(listed(CSV.decode().encode("utf-16"))) == said(listed(CSV))


def test_the_table_of_fields_has_each_once() -> None:
    columns = [column for members in groups().values() for column in members]
    assert len(columns) == len(set(columns)) == len(fields())
    published = set(table_rows()[1])
    assert set(columns) - published == {"Crypto wallet address"}
    assert published <= set(columns)


# One party of each kind, field by field


def test_a_person() -> None:
    person = listed(XML).target("gb-uksl:IRN9001")
    assert (person.kind, person.gender, person.name) == (TargetKind.PERSON, "male", "Kamyar Reza DARVANDI")
    assert [(n.text, n.kind, n.strength, n.language, n.script) for n in person.names] == [
        ("Kamyar Reza DARVANDI", NameKind.PRIMARY, NameStrength.STRONG, "", "Latn"),
        ("Kamiar Reza DARVANDI", NameKind.ALIAS, NameStrength.STRONG, "", "Latn"),
        ("Reza DARVAND", NameKind.ALIAS, NameStrength.STRONG, "", "Latn"),
        ("Ostad", NameKind.ALIAS, NameStrength.WEAK, "", "Latn"),
        ("کامیار رضا دروندی", NameKind.ORIGINAL_SCRIPT, NameStrength.STRONG, "fa", "Arab"),
        ("Kamyar R. Darvandi", NameKind.ALIAS, NameStrength.STRONG, "", "Latn"),
    ]
    assert [part.kind for part in person.names[0].parts] == [
        NamePartKind.GIVEN,
        NamePartKind.MIDDLE,
        NamePartKind.FAMILY,
    ]
    assert [part.kind for part in person.names[3].parts] == [NamePartKind.WHOLE]
    assert person.names[5].note == "Name non-latin script; Non-latin script type: Cyrillic"
    assert [(b.date and b.date.edtf, b.place, b.country) for b in person.births] == [
        ("1965", "", None),
        ("1966-03-01", "", None),
        (None, "Qom", "IR"),
        (None, "", "IQ"),
    ]
    assert [(tie.role, tie.country) for tie in person.countries] == [
        (TieRole.NATIONALITY, "IR"),
        (TieRole.NATIONALITY, "CA"),
    ]
    assert [(a.lines, a.postcode, a.country) for a in person.addresses] == [
        (("Street 7", "Qom"), "12345", "IR"),
        ((), "", "SY"),
    ]
    assert person.positions == ("Director of Ordak Works", "Adviser")
    assert [(i.type, i.number, i.label, i.country, i.note) for i in person.identifiers] == [
        (IdentifierType.LIST_REFERENCE, "IRN9001", "Unique ID", None, ""),
        (IdentifierType.LIST_REFERENCE, "99001", "OFSI Group ID", None, ""),
        (IdentifierType.LIST_REFERENCE, "IRi.901", "UN Reference Number", None, ""),
        (IdentifierType.PASSPORT, "D9001234", "Passport number", "IR", "Iran passport, issued on 7 August 2014"),
        (IdentifierType.NATIONAL_ID, "0070012342", "National Identifier number", "IR", "Iran"),
    ]
    assert [(a.name, a.value) for a in person.attributes] == [
        ("Passport additional information", "A second passport, lost"),
        ("Title", "Doctor"),
        ("Title", "Haji"),
        ("Designation source", "UK"),
        ("Other Information", "The Director Disqualification Sanction was imposed on 09/04/2025."),
    ]


def test_an_entity() -> None:
    entity = listed(XML).target("gb-uksl:RUS9002")
    assert (entity.kind, entity.names[0].text) == (TargetKind.ENTITY, "ORDAK WORKS, LLC")
    assert [(i.type, i.number, i.label) for i in entity.identifiers[1:]] == [
        (IdentifierType.REGISTRATION, "1247700291200", "OGRN"),
        (IdentifierType.REGISTRATION, "770701001", "KPP"),
        (IdentifierType.TAX_ID, "9707028663", "INN"),
        (IdentifierType.PHONE, "+7 495 000 00 01", "Phone number"),
        (IdentifierType.PHONE, "+7 495 000 00 02", "Phone number"),
        (IdentifierType.WEBSITE, "www.ordak.example", "Website"),
        (IdentifierType.EMAIL, "info@ordak.example", "Email address"),
        (IdentifierType.EMAIL, "sales@ordak.example", "Email address"),
    ]
    assert [(r.kind, r.text, r.former) for r in entity.relations] == [
        (RelationKind.SUBSIDIARY_OF, "Ordak Holding", False),
        (RelationKind.PARENT_OF, "Ordak Optics", False),
        (RelationKind.PARENT_OF, "Ordak Radio", False),
    ]
    assert ("Type of entity", "Limited Liability Company") in [(a.name, a.value) for a in entity.attributes]


def test_a_ship() -> None:
    ship = listed(XML).target("gb-uksl:DPR9003")
    assert ship.kind is TargetKind.VESSEL
    number = ship.identifiers[1]
    assert (number.type, number.number) == (IdentifierType.IMO_VESSEL, "9074729")
    assert number.origin is not None
    assert number.origin.raw == "IMO9074729"
    assert [(tie.role, tie.country) for tie in ship.countries] == [(TieRole.FLAG, "KM"), (TieRole.FORMER_FLAG, "PA")]
    assert [(r.kind, r.text, r.former) for r in ship.relations] == [
        (RelationKind.OWNED_OR_CONTROLLED_BY, "Origami Shipping", False),
        (RelationKind.OWNED_OR_CONTROLLED_BY, "Folded Lines", True),
    ]
    assert [(a.name, a.value) for a in ship.attributes] == [
        ("Designation source", "UN"),
        ("Type of ship", "Bulk Carrier"),
        ("Tonnage of ship", "7078"),
        ("Length of ship", "120"),
        ("Year Built", "2011"),
    ]


def test_every_value_says_where_it_stands() -> None:
    names = listed(XML).target("gb-uksl:IRN9001").names
    assert names[1].origin is not None
    assert (names[1].origin.record, names[1].origin.locator) == ("IRN9001", "Designation[1]/Names/Name[3]/Name6")
    in_table = listed(CSV).target("gb-uksl:IRN9001").names
    assert in_table[1].origin is not None
    assert re.fullmatch(r"row \d+, column Name 6", in_table[1].origin.locator)
    measures = listed(XML).measures_on("gb-uksl:IRN9001")
    assert measures[0].events[0].origin is not None
    assert measures[0].events[0].origin.locator == "Designation[1]/DateDesignated"


# Measures


def test_one_measure_for_each_sanction_imposed() -> None:
    found = listed(XML)
    kinds = {m.id.partition(":")[2]: (m.kind, m.label) for m in found.measures}
    assert kinds == {
        "IRN9001/asset-freeze": (MeasureKind.ASSET_FREEZE, "Asset freeze"),
        "IRN9001/travel-ban": (MeasureKind.TRAVEL_BAN, "Travel Ban"),
        "IRN9001/director-disqualification-sanction": (MeasureKind.UNSPECIFIED, "Director Disqualification Sanction"),
        "RUS9002/asset-freeze": (MeasureKind.ASSET_FREEZE, "Asset freeze"),
        "RUS9002/trust-services-sanctions": (MeasureKind.FINANCIAL_RESTRICTIONS, "Trust Services Sanctions"),
        "RUS9002/chartering-of-balloons": (MeasureKind.UNSPECIFIED, "Chartering of Balloons"),
        "DPR9003/de-flag": (MeasureKind.TRANSPORT_BAN, "De-flag"),
        "DPR9003/prohibition-of-port-entry": (MeasureKind.TRANSPORT_BAN, "Prohibition of port entry"),
    }
    freeze = found.measures_on("gb-uksl:IRN9001")[0]
    assert (freeze.programmes, freeze.legal_bases) == (("Iran",), (IRAN,))
    assert (freeze.list_name, freeze.sanctioner) == ("UK Sanctions List", "gb-fcdo")
    assert freeze.grounds == "Kamyar DARVANDI is director of the invented Ordak Works."


def test_designation_and_listing_are_one_day_and_the_update_amends() -> None:
    freeze = listed(XML).measures_on("gb-uksl:IRN9001")[0]
    assert [(event.kind, event.date.edtf) for event in freeze.events] == [
        (EventKind.DESIGNATED, "2024-04-18"),
        (EventKind.LISTED, "2024-04-18"),
        (EventKind.AMENDED, "2026-04-14"),
    ]
    assert freeze.listed_on == PartialDate("2024-04-18")
    assert freeze.status(dt.date(2024, 4, 18)) is MeasureStatus.IN_FORCE


def test_a_sanction_that_came_later_has_its_own_day() -> None:
    disqualified = listed(XML).measures_on("gb-uksl:IRN9001")[2]
    assert [(event.kind, event.date.edtf) for event in disqualified.events] == [
        (EventKind.AMENDED, "2026-04-14"),
        (EventKind.EFFECTIVE, "2025-04-09"),
    ]
    assert disqualified.status(dt.date(2025, 4, 8)) is MeasureStatus.NOT_YET
    assert disqualified.status(dt.date(2025, 4, 9)) is MeasureStatus.IN_FORCE
    told = {"Other Information": "Date asset freeze imposed: 19/04/2024."}
    (alone,) = listed(table({**PERSON, **told})).measures
    assert [event.kind for event in alone.events] == [
        EventKind.DESIGNATED,
        EventKind.LISTED,
        EventKind.AMENDED,
        EventKind.EFFECTIVE,
    ]


def test_every_word_of_the_table_of_measures_is_known() -> None:
    labels = "Asset freeze|Travel ban|Targeted Arms Embargo|Crew servicing of ships and aircraft|Charter of aircraft"
    found = listed(table({**PERSON, "Sanctions Imposed": labels}))
    assert found.notes == ()
    assert [measure.kind for measure in found.measures] == [
        MeasureKind.ASSET_FREEZE,
        MeasureKind.TRAVEL_BAN,
        MeasureKind.ARMS_EMBARGO,
        MeasureKind.TRANSPORT_BAN,
        MeasureKind.TRANSPORT_BAN,
    ]


def test_a_designation_without_sanction_or_regime_keeps_its_dates() -> None:
    found = listed(table({**PERSON, "Sanctions Imposed": "", "Regime Name": "", "Last Updated": "soon"}))
    (measure,) = found.measures
    assert (measure.id, measure.kind, measure.programmes) == (
        "gb-uksl:IRN9001/unspecified",
        MeasureKind.UNSPECIFIED,
        (),
    )
    assert measure.listed_on == PartialDate("2024-04-18")
    assert measure.note == "Last Updated: soon"
    assert sorted(note.text.partition(":")[0] for note in found.notes) == [
        "a date that cannot be read",
        "a designation without a regime",
        "no sanction is named",
    ]


def test_one_record_under_two_regimes_has_measures_of_each() -> None:
    other = {**PERSON, "Regime Name": "The Invented (Sanctions) Regulations 2030", "Date Designated": "01/05/2024"}
    found = listed(table(PERSON, other))
    assert [(m.id, m.programmes, m.listed_on and m.listed_on.edtf) for m in found.measures] == [
        ("gb-uksl:IRN9001/asset-freeze", ("Iran",), "2024-04-18"),
        ("gb-uksl:IRN9001/asset-freeze-2", ("The Invented (Sanctions) Regulations 2030",), "2024-05-01"),
    ]


def flagged(imposed: str, *flags: str) -> SanctionsList:
    inner = f"<SanctionsImposed>{imposed}</SanctionsImposed><SanctionsImposedIndicators>{''.join(flags)}"
    return listed(xml(designation(inner + "</SanctionsImposedIndicators>")))


def test_an_indicator_that_no_word_repeats_is_a_measure_too() -> None:
    found = flagged("Asset freeze", "<AssetFreeze>true</AssetFreeze>", "<TravelBan>true</TravelBan>")
    assert [(m.kind, m.label) for m in found.measures] == [
        (MeasureKind.ASSET_FREEZE, "Asset freeze"),
        (MeasureKind.TRAVEL_BAN, "TravelBan"),
    ]
    assert [note.text for note in found.notes] == ["an indicator that the sanctions imposed do not name: 'TravelBan'"]


def test_an_indicator_that_may_be_a_word_in_other_words_is_only_noted() -> None:
    found = flagged("Asset freeze|Ban on entry", "<AssetFreeze>true</AssetFreeze>", "<TravelBan>true</TravelBan>")
    assert [m.label for m in found.measures] == ["Asset freeze", "Ban on entry"]
    assert ("TravelBan", "true") in [(a.name, a.value) for a in found.targets[0].attributes]
    assert "an indicator that differs from the sanctions imposed: 'TravelBan true'" in [n.text for n in found.notes]


@pytest.mark.parametrize("flag", ["<AssetFreeze>false</AssetFreeze>", "<AssetFreeze>perhaps</AssetFreeze>"])
def test_an_indicator_that_denies_a_word_is_noted(flag: str) -> None:
    found = flagged("Asset freeze", flag)
    assert [m.kind for m in found.measures] == [MeasureKind.ASSET_FREEZE]
    assert [a.name for a in found.targets[0].attributes] == ["AssetFreeze"]
    assert found.notes[0].text.startswith("an indicator that differs")


# Dates


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("11/06/1977", "1977-06-11"),
        ("dd/mm/1945", "1945"),
        ("dd/09/1958", "1958-09"),
        ("DD/MM/1945", "1945"),
        ("mm/1958", "1958"),
        ("'00/00/1975", "1975"),
        ("15/08/19yy", "19XX-08-15"),
        ("1962", "1962"),
        ("1977-06-11", "1977-06-11"),
        ("29/06/2012 00:00:00", "2012-06-29"),
        ("2012-06-29 00:00:00", "2012-06-29"),
    ],
)
def test_dates_as_printed(text: str, edtf: str) -> None:
    assert printed_date(text) == PartialDate(edtf)


@pytest.mark.parametrize("text", ["", "15/mm/1975", "31/02/1972", "soon", "dd/mm/yyyy", "٠٤/٠٨/٢٠٢٦"])
def test_dates_that_cannot_be_read(text: str) -> None:
    assert printed_date(text) is None


@pytest.mark.parametrize("text", ["21-Sep-2026", "21 September 2026", "21/09/2026", "2026-09-21T08:15:00Z"])
def test_the_day_of_the_list(text: str) -> None:
    assert printed_day(text) == PartialDate("2026-09-21")
    assert listed(table(PERSON, first=f"Report Date: {text}")).date == PartialDate("2026-09-21")


@pytest.mark.parametrize("first", ["Report Date: 21-Xyz-2026", "Report Date: ", "A list"])
def test_a_list_without_a_day_says_so(first: str) -> None:
    found = listed(table(PERSON, first=first))
    assert (found.date, len(found.notes)) == (None, 1)
    undated = listed(XML.replace(b"<DateGenerated>21/09/2026</DateGenerated>", b""))
    assert (undated.date, undated.notes[-1].text) == (None, "the list does not say of which day it is")


# What cannot be interpreted


def test_what_cannot_be_read_is_kept_and_noted() -> None:
    row = {
        **PERSON,
        "Name type": "Nom de guerre",
        "Alias strength": "So so",
        "Designation Type": "Robot",
        "Name non-latin script": "Ωα",
        "Non-latin script language": "Elvish",
        "D.O.B": "15/mm/1975",
        "Country of birth": "Ruritania",
        "Nationality(/ies)": "Ruritanian",
        "Address Country": "Moonbase",
        "Position": "(1) Chief (3) Deputy",
        "IMO number": "9074728",
        "Current believed flag of ship": "Moonbase",
        "Gender": "Unstated",
    }
    found = listed(table(row))
    (target,) = found.targets
    assert found.rejected == ()
    assert sorted(note.text.partition(": '")[0] for note in found.notes) == [
        "a date of birth that cannot be read",
        "a numbering that does not hold, kept as one value",
        *["no country known by this name"] * 4,
        "no name of the record is its primary one",
        "the check digits fail: IMO number 9074728",
        "unknown alias strength, read as strong",
        "unknown designation type",
        "unknown language",
        "unknown name type, read as an alias",
    ]
    written = str(unstructure(target))
    kept = ("Nom de guerre", "So so", "Robot", "Elvish", "15/mm/1975", "Ruritania", "Ruritanian", "Moonbase", "9074728")
    assert [text for text in kept if text not in written] == []
    assert (target.kind, target.gender) == (TargetKind.UNKNOWN, "Unstated")
    assert target.positions == ("(1) Chief (3) Deputy",)


def test_columns_and_elements_to_come_are_kept() -> None:
    rows = table_rows(table(PERSON))
    rows[1] += ["Eye colour", "", "Unique ID"]
    rows[2] += ["green", "x", "y", "z"]
    found = listed(as_csv(rows))
    assert [(a.name, a.value) for a in found.targets[0].attributes] == [
        ("Eye colour", "green"),
        ("column 60", "x"),
        ("Unique ID (column 61)", "y"),
        ("column 62", "z"),
    ]
    assert [note.text for note in found.notes] == ["a row has more cells than there are headings"]
    inner = (
        '<SanctionsImposed note="see below">Asset freeze<!-- nothing else --></SanctionsImposed>stray'
        "<Eyes><Eye><Colour>green</Colour></Eye><Eye><Colour>blue</Colour></Eye></Eyes>"
        "<CryptoWalletAddresses><CryptoWalletAddress>bc1qinvented</CryptoWalletAddress></CryptoWalletAddresses>"
    )
    target = listed(xml(designation(inner))).targets[0]
    assert [(a.name, a.value) for a in target.attributes] == [
        ("Eyes/Eye/Colour", "green"),
        ("Eyes/Eye/Colour", "blue"),
        ("text", "stray"),
        ("SanctionsImposed/@note", "see below"),
    ]
    assert target.attributes[1].origin is not None
    assert target.attributes[1].origin.locator == "Designation[1]/Eyes/Eye[2]/Colour"
    assert target.identifiers[-1].type is IdentifierType.WALLET


def test_records_without_name_or_id_are_rejected_where_they_stand() -> None:
    unnamed = {**PERSON, "Unique ID": "IRN9009", "Name 6": "---", "Name 1": ""}
    content = table(PERSON, {**PERSON, "Unique ID": ""}, unnamed)
    found = listed(content)
    assert [(r.origin.locator, r.reason) for r in found.rejected] == [
        ("row 4", "the row has no Unique ID"),
        ("row 5", "no name with a letter or a digit"),
    ]
    assert (found.records_seen, len(found.targets)) == (3, 1)
    with pytest.raises(RejectedRecordsError):
        read(content, registry=REGISTRY)
    in_xml = listed(xml(designation(""), designation("", ""), "<Designation><UniqueID>A1</UniqueID></Designation>"))
    assert [(r.origin.locator, r.reason) for r in in_xml.rejected] == [
        ("Designation[2]", "the designation has no UniqueID"),
        ("Designation[3]", "no name with a letter or a digit"),
    ]
    assert counted(in_xml)


def test_a_unique_id_that_stands_twice_in_the_xml_is_a_record_twice() -> None:
    more = "<PhoneNumbers><PhoneNumber>+98 21 000</PhoneNumber></PhoneNumbers>"
    found = listed(xml(designation(""), designation(more)))
    assert [target.id for target in found.targets] == ["gb-uksl:IRN9001", "gb-uksl:IRN9001-2"]
    assert found.records_seen == 2
    assert found.targets[1].identifiers[-1].number == "+98 21 000"
    assert [measure.target for measure in found.measures] == ["gb-uksl:IRN9001", "gb-uksl:IRN9001-2"]
    assert [
        note.origin and note.origin.locator for note in found.notes if note.text == "the Unique ID stands twice"
    ] == ["Designation[2]"]


def test_the_same_value_repeated_is_one() -> None:
    dates = "<IndividualDetails><Individual><DOBs>" + "<DOB>1965</DOB>" * 3 + "</DOBs></Individual></IndividualDetails>"
    assert len(listed(xml(designation(dates))).targets[0].births) == 1


def test_contacts_under_the_wrong_heading_are_known_by_their_shape() -> None:
    row = {**PERSON, "Website": "info@ordak.example and www.ordak.example", "Email address": "ask at the door"}
    assert [(i.type, i.number) for i in only(row).identifiers[1:]] == [
        (IdentifierType.EMAIL, "info@ordak.example"),
        (IdentifierType.WEBSITE, "www.ordak.example"),
        (IdentifierType.EMAIL, "ask at the door"),
    ]


def test_several_references_in_one_cell() -> None:
    row = {**PERSON, "UN Reference Number": "QDi.018; QDi.019"}
    assert [i.number for i in only(row).identifiers[1:]] == ["QDi.018", "QDi.019"]


#: What is turned into the library's own words, and flags that ``SanctionsImposed`` repeats.
INTERPRETED = {
    "Gender",
    "NameType",
    "AliasStrength",
    "IndividualEntityShip",
    "NonLatinScriptType",
    "NonLatinScriptLanguage",
}


def test_no_word_of_the_fixture_is_lost() -> None:
    found = listed(XML)
    for element in etree.fromstring(XML).iter("Designation"):
        unique_id = element.findtext("UniqueID")
        target = found.target(f"gb-uksl:{unique_id}")
        written = str(unstructure(target)) + str([unstructure(m) for m in found.measures_on(target.id)])
        leaves = [leaf for leaf in element.iter() if not len(leaf) and str(leaf.tag) not in INTERPRETED]
        words = {word for leaf in leaves if leaf.text not in {"true", "false"} for word in (leaf.text or "").split()}
        assert [word for word in sorted(words) if word.strip("()") not in written and word not in {"(1)", "(2)"}] == []


# Recognition and broken files


def test_other_publishers_files_are_not_recognised() -> None:
    conlist = b"Last Updated,10/04/2025\r\nName 6,Name 1,Group Type,Alias Type,Regime,Listed On,Group ID\r\n"
    for content in (conlist, b"<CONSOLIDATED_LIST/>", b"<sdnList xmlns='x'/>", b"id,name\r\n1,Kamyar\r\n", b"{}"):
        with pytest.raises(UnknownFormatError):
            read(content, registry=REGISTRY)


def test_no_other_source_takes_this_list() -> None:
    others = Registry(tuple(source for source in default_registry().sources if source.id != uksl.SOURCE.id))
    for content in (XML, CSV, ods([list(row) for row in table_rows()])):
        with pytest.raises(UnknownFormatError):
            read(content, registry=others)


def test_a_namespace_is_no_obstacle() -> None:
    found = listed(xml(designation(""), root='Designations xmlns="urn:invented"'))
    assert (len(found.targets), found.date) == (1, PartialDate("2026-09-21"))


@pytest.mark.parametrize("content", [xml(), b"<Designations/>", as_csv(table_rows()[:2])])
def test_a_list_of_nobody_is_a_failed_download(content: bytes) -> None:
    with pytest.raises(EmptyInputError, match="failed download"):
        read(content, registry=REGISTRY)


def test_cut_or_damaged_files_are_named() -> None:
    with pytest.raises(DamagedInputError, match=r"line \d+, column \d+"):
        read(XML[: len(XML) // 2], registry=REGISTRY)
    with pytest.raises(DamagedInputError, match="NUL"):
        read(CSV.replace(b"Station", b"Sta\0ion"), registry=REGISTRY)
    with pytest.raises(DamagedInputError, match="lacks the column"):
        read(CSV.replace(b"Name type", b"Name kind"), registry=REGISTRY)
    with pytest.raises(DamagedInputError, match="UTF-8"):
        read(CSV.replace("کامیار".encode(), "کامیار".encode()[:-1]), registry=REGISTRY)
    with pytest.raises(SanctionsTrackerError):
        read(ods([list(row) for row in table_rows()])[:-200], registry=REGISTRY)


def test_a_table_cut_within_a_row_says_so() -> None:
    found = listed(CSV[: CSV.rindex(b"De-flag")])
    assert "a row has fewer cells than there are headings: cut short?" in [note.text for note in found.notes]
    assert counted(found)


def test_a_declared_entity_is_refused() -> None:
    bomb = b'<!DOCTYPE Designations [<!ENTITY a "aaaa">]>' + xml(
        designation("<OtherInformation>&a;</OtherInformation>")
    )
    with pytest.raises(UnsafeInputError):
        read(bomb, registry=REGISTRY)


def test_what_was_read_survives_json() -> None:
    for found in (listed(XML), listed(CSV)):
        assert structure(unstructure(found), SanctionsList) == found


# Mutations


def sound(content: bytes) -> None:
    """Only errors of the library's tree escape, and every record is accounted for."""
    try:
        found = listed(content)
    except SanctionsTrackerError:
        return
    assert counted(found)
    assert found.targets or found.rejected


@settings(max_examples=100)
@given(st.sampled_from([XML, CSV]), st.integers(0, 9000), st.binary(max_size=6), st.integers(0, 40))
def test_mutated_bytes(content: bytes, at: int, put: bytes, removed: int) -> None:
    sound(content[:at] + put + content[at + removed :])


@settings(max_examples=60)
@given(st.data())
def test_mutated_cells(data: st.DataObject) -> None:
    rows = table_rows()
    texts = st.sampled_from(
        ["", "-", "(1) a (2) b", "(1)", "|", "dd/mm/yyyy", "IMO", "a" * 5000, "\u202e", "١٢٣", "; ,"]
    )
    for _ in range(data.draw(st.integers(1, 12))):
        row = rows[data.draw(st.integers(1, len(rows) - 1))]
        row[data.draw(st.integers(0, len(row) - 1))] = data.draw(texts | st.text(max_size=12))
    sound(as_csv(rows))


@settings(max_examples=40)
@given(st.data())
def test_mutated_elements(data: st.DataObject) -> None:
    """Any element's text replaced, and any element left out."""
    text = XML.decode()
    found = list(re.finditer(r"<(\w+)>([^<>]*)</\1>", text))
    for match in sorted(data.draw(st.lists(st.sampled_from(found), max_size=8)), key=re.Match.start, reverse=True):
        put = data.draw(st.sampled_from(["", "<X>y</X>", f"<{match[1]}>|;(1)</{match[1]}>", f"<{match[1]}/>", "stray"]))
        text = text[: match.start()] + put + text[match.end() :]
    sound(text.encode())
