"""OFAC's SDN.XML, on parties invented for the purpose."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanctions_tracker.errors import DamagedInputError, UnknownFormatError, UnsafeInputError
from sanctions_tracker.model import NamePart, PartialDate, SanctionsList, Target
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
from sanctions_tracker.sources import read
from sanctions_tracker.sources.ofac import SOURCE
from sanctions_tracker.sources.registry import Registry
from tests.sources.streams import grows_little, read_and_streamed

REGISTRY = Registry((SOURCE,))
NEW = "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML"
OLD = "http://tempuri.org/sdnList.xsd"
HEAD = """<?xml version="1.0" standalone="yes"?>
<sdnList xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns="{namespace}">
<publshInformation><Publish_Date>{date}</Publish_Date><Record_Count>{count}</Record_Count></publshInformation>
"""
PERSON = """<sdnEntry><uid>101</uid><firstName>Zayn</firstName><lastName>NUMUNI</lastName>
<title>Director of SAMPLE WORKS</title><sdnType>Individual</sdnType>
<remarks>all offices worldwide (Linked To: SAMPLE WORKS (S.W.) LTD.; Linked To: NOBODY, Known)</remarks>
<programList><program>SDGT</program><program>IFSR</program></programList>
<idList>
<id><uid>1</uid><idType>Passport</idType><idNumber>X123</idNumber><idCountry>Iran</idCountry>
<issueDate>18 Jan 1984</issueDate><expirationDate>17 Jul 2011</expirationDate></id>
<id><uid>2</uid><idType>Gender</idType><idNumber>Male</idNumber></id>
<id><uid>3</uid><idType>Secondary sanctions risk:</idType><idNumber>section 1</idNumber></id>
<id><uid>4</uid><idType>Tax ID No.</idType><idNumber>7707083894</idNumber><idCountry>Russia</idCountry></id>
<id><uid>5</uid><idType>Moon Permit</idType><idNumber>M1</idNumber></id>
<id><uid>6</uid><idType>Digital Currency Address - XBT</idType><idNumber>1abc</idNumber></id>
</idList>
<akaList>
<aka><uid>7</uid><type>a.k.a.</type><category>strong</category><lastName>NAMUNI</lastName><firstName>Zain</firstName></aka>
<aka><uid>8</uid><type>f.k.a.</type><category>weak</category><lastName>ABU ZAYN</lastName></aka>
<aka><uid>9</uid><type>n.k.a.</type><category>weak</category><lastName>SAMPLE, Abu</lastName></aka>
</akaList>
<addressList><address><uid>10</uid><address1>1 Sample St.</address1><address2>Floor 2</address2><city>Tehran</city>
<stateOrProvince>T</stateOrProvince><postalCode>123</postalCode><country>Iran</country></address></addressList>
<nationalityList><nationality><uid>11</uid><country>Iran</country><mainEntry>true</mainEntry></nationality>
</nationalityList>
<citizenshipList><citizenship><uid>12</uid><country>Ruritania</country><mainEntry>false</mainEntry></citizenship>
</citizenshipList>
<dateOfBirthList>
<dateOfBirthItem><uid>13</uid><dateOfBirth>10 Dec 1948</dateOfBirth><mainEntry>true</mainEntry></dateOfBirthItem>
<dateOfBirthItem><uid>14</uid><dateOfBirth>circa 1950</dateOfBirth><mainEntry>false</mainEntry></dateOfBirthItem>
<dateOfBirthItem><uid>15</uid><dateOfBirth>his youth</dateOfBirth><mainEntry>false</mainEntry></dateOfBirthItem>
</dateOfBirthList>
<placeOfBirthList><placeOfBirthItem><uid>16</uid><placeOfBirth>Shiraz, Iran</placeOfBirth><mainEntry>true</mainEntry>
</placeOfBirthItem></placeOfBirthList></sdnEntry>
"""
VESSEL = """<sdnEntry><uid>102</uid><lastName>SAMPLE STAR</lastName><sdnType>Vessel</sdnType>
<programList><program>IRAN</program></programList>
<idList><id><uid>20</uid><idType>Vessel Registration Identification</idType><idNumber>IMO 9074729</idNumber></id>
</idList>
<vesselInfo><callSign>XX1</callSign><vesselType>Tug</vesselType><vesselFlag>Panama</vesselFlag>
<vesselOwner>Nobody</vesselOwner><tonnage>12</tonnage><grossRegisteredTonnage>7</grossRegisteredTonnage></vesselInfo>
</sdnEntry>
"""
FIRM = """<sdnEntry><uid>103</uid><lastName>SAMPLE WORKS (S.W.) LTD.</lastName><sdnType>Entity</sdnType>
<programList><program>SDGT</program></programList></sdnEntry>
"""
TAIL = "</sdnList>"


def file_of(*entries: str, namespace: str = NEW, date: str = "05/07/2024", count: int | None = None) -> bytes:
    head = HEAD.format(namespace=namespace, date=date, count=len(entries) if count is None else count)
    return (head + "".join(entries) + TAIL).encode()


def listed(*entries: str, namespace: str = NEW, date: str = "05/07/2024", count: int | None = None) -> SanctionsList:
    content = file_of(*entries, namespace=namespace, date=date, count=count)
    return read(content, registry=REGISTRY, on_rejected="collect")


def person() -> Target:
    return listed(PERSON, VESSEL, FIRM).targets[0]


@pytest.mark.parametrize("namespace", [NEW, OLD])
def test_the_list_itself_in_both_namespaces(namespace: str) -> None:
    result = listed(PERSON, VESSEL, FIRM, namespace=namespace)
    assert (result.id, result.format, str(result.date)) == ("us-ofac-sdn-xml", "ofac-sdn-xml", "2024-05-07")
    assert [(target.id, target.kind) for target in result.targets] == [
        ("us:101", TargetKind.PERSON),
        ("us:102", TargetKind.VESSEL),
        ("us:103", TargetKind.ENTITY),
    ]
    assert result.sources[0].sha256
    assert result.sanctioners[0].id == "us-ofac"


def test_names_with_their_kinds_strengths_and_parts() -> None:
    assert [(name.text, name.kind, name.strength, name.note) for name in person().names] == [
        ("Zayn NUMUNI", NameKind.PRIMARY, NameStrength.STRONG, ""),
        ("Zain NAMUNI", NameKind.ALIAS, NameStrength.STRONG, ""),
        ("ABU ZAYN", NameKind.FORMER, NameStrength.WEAK, ""),
        ("Abu SAMPLE", NameKind.ALIAS, NameStrength.WEAK, "now known as"),
    ]
    assert person().names[0].parts == (NamePart(NamePartKind.GIVEN, "Zayn"), NamePart(NamePartKind.FAMILY, "NUMUNI"))


def test_births_places_and_a_date_that_is_none() -> None:
    births = person().births
    assert [(str(birth.date), birth.note) for birth in births if birth.date] == [("1948-12-10", ""), ("1950~", "alt.")]
    assert [(birth.place, birth.country) for birth in births if birth.place] == [("Shiraz, Iran", "IR")]
    assert births[0].origin is not None
    assert births[0].origin.raw == "10 Dec 1948"
    assert ("DOB", "his youth") in [(attribute.name, attribute.value) for attribute in person().attributes]


def test_ties_addresses_gender_and_position() -> None:
    target = person()
    assert [(tie.role, tie.country, tie.text, tie.note) for tie in target.countries] == [
        (TieRole.NATIONALITY, "IR", "Iran", ""),
        (TieRole.CITIZENSHIP, None, "Ruritania", "alt."),
    ]
    assert str(target.addresses[0]) == "1 Sample St., Floor 2, Tehran, T, 123, Iran"
    assert (target.addresses[0].country, target.gender, target.positions) == (
        "IR",
        "male",
        ("Director of SAMPLE WORKS",),
    )


def test_identifiers_and_attributes() -> None:
    target = person()
    assert [(item.type, item.number, item.country, item.label) for item in target.identifiers] == [
        (IdentifierType.PASSPORT, "X123", "IR", "Passport"),
        (IdentifierType.TAX_ID, "7707083894", "RU", "Tax ID No."),
        (IdentifierType.WALLET, "1abc", None, "Digital Currency Address - XBT"),
    ]
    passport = target.identifiers[0]
    assert (passport.issued, passport.expires) == (PartialDate("1984-01-18"), PartialDate("2011-07-17"))
    assert {(item.name, item.value) for item in target.attributes} >= {
        ("Secondary sanctions risk:", "section 1"),
        ("Moon Permit", "M1"),
    }


def test_links_are_resolved_by_the_one_party_of_that_name() -> None:
    first, second = person().relations
    assert (first.other, first.text, first.kind) == ("us:103", "SAMPLE WORKS (S.W.) LTD.", RelationKind.OTHER)
    assert (second.other, second.text, second.label) == ("", "NOBODY, Known", "Linked To")
    assert person().note == "all offices worldwide"


def test_a_name_that_two_parties_bear_resolves_no_link() -> None:
    twin = FIRM.replace("<uid>103", "<uid>104")
    assert [relation.other for relation in listed(PERSON, FIRM, twin).targets[0].relations] == ["", ""]


def test_the_particulars_of_a_vessel() -> None:
    vessel = listed(PERSON, VESSEL).targets[1]
    assert [(item.type, item.number) for item in vessel.identifiers] == [
        (IdentifierType.IMO_VESSEL, "IMO 9074729"),
        (IdentifierType.CALL_SIGN, "XX1"),
    ]
    assert [(tie.role, tie.country) for tie in vessel.countries] == [(TieRole.FLAG, "PA")]
    assert {item.name: item.value for item in vessel.attributes} == {
        "VESSEL TYPE": "Tug",
        "Vessel Owner": "Nobody",
        "Vessel Tonnage": "12",
        "Vessel Gross Registered Tonnage": "7",
    }


def test_the_measure_is_a_freeze_listed_by_the_lists_own_date() -> None:
    measure = listed(PERSON).measures[0]
    assert (measure.id, measure.kind, measure.list_name) == ("us:101/SDN List", MeasureKind.ASSET_FREEZE, "SDN List")
    assert measure.programmes == ("SDGT", "IFSR")
    (event,) = measure.events
    assert (event.kind, str(event.date)) == (EventKind.LISTED, "../2024-05-07")
    assert "no dates of entries" in event.note


def test_the_consolidated_list_is_told_by_its_programmes() -> None:
    result = listed(PERSON.replace("SDGT", "NS-PLC").replace("IFSR", "NS-PLC"), FIRM)
    assert result.id == "us-ofac-consolidated-xml"
    assert [(measure.kind, measure.list_name) for measure in result.measures] == [
        (MeasureKind.TRANSACTION_REJECTION, "Non-SDN Palestinian Legislative Council List"),
        (MeasureKind.UNSPECIFIED, "Consolidated List"),
    ]


def test_the_notes_say_what_could_not_be_interpreted() -> None:
    texts = [note.text for note in listed(PERSON, VESSEL, FIRM, count=7, date="spring").notes]
    assert sorted(text.partition(":")[0] for text in texts) == [
        "no country is known by the name 'Ruritania'",
        "no date can be read from 'his youth'",
        "not understood, Publish_Date",
        "the check digits fail",
        "the publisher counts 7 records, 3 were read",
    ]


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (PERSON.replace("<uid>101</uid>", ""), "no id"),
        (FIRM.replace("SAMPLE WORKS (S.W.) LTD.", "--"), "no name"),
        (FIRM.replace("SAMPLE WORKS (S.W.) LTD.", ""), "no name"),
        (PERSON, "a second record with the id us:101: Zayn NUMUNI"),
    ],
)
def test_records_that_cannot_be_built_are_rejected(entry: str, reason: str) -> None:
    result = listed(PERSON, entry)
    assert (len(result.targets), result.records_seen) == (1, 2)
    assert reason in result.rejected[0].reason
    assert result.rejected[0].origin.locator.startswith("sdnEntry[")


def test_elements_that_the_publisher_may_add_are_kept() -> None:
    entry = (
        PERSON.replace("<sdnType>", "<moon>full</moon><sdnType>")
        .replace("<uid>1</uid>", "<uid>1</uid><colour>red</colour>")
        .replace("<city>Tehran</city>", "<city>Tehran<part>north</part></city>")
        .replace("<akaList>", "<akaList><nick>Zed</nick>")
        .replace("<program>SDGT</program>", "<program>SDGT</program><regime>R9</regime>")
    )
    result = listed(entry)
    kept = {(item.name, item.value) for item in result.targets[0].attributes}
    assert kept >= {("moon", "full"), ("colour", "red"), ("nick", "Zed"), ("regime", "R9")}
    assert any("north" in value for _, value in kept)


def test_an_element_beside_the_entries_is_a_note() -> None:
    result = listed(PERSON, "<legend>L1</legend>", FIRM, "<legend>L2</legend>", count=2)
    assert [note.text for note in result.notes if "legend" in note.text] == [
        "an element that this reader does not know, legend: L1",
        "an element that this reader does not know, legend: L2",
    ]


def test_damage_is_told() -> None:
    content = file_of(PERSON, FIRM)
    with pytest.raises(DamagedInputError):
        read(content[:-60], registry=REGISTRY)
    with pytest.raises(DamagedInputError, match="no party"):
        read(file_of(), registry=REGISTRY)
    with pytest.raises(UnsafeInputError):
        read(content.replace(b"<sdnList", b"<!DOCTYPE sdnList><sdnList", 1), registry=REGISTRY)
    with pytest.raises(UnknownFormatError):
        read(content.replace(NEW.encode(), b"urn:other"), registry=REGISTRY)


def test_an_unknown_type_of_party_is_kept() -> None:
    result = listed(FIRM.replace(">Entity<", ">Robot<"))
    assert result.targets[0].kind is TargetKind.UNKNOWN
    assert "'Robot'" in result.notes[0].text


@settings(max_examples=100)
@given(st.data())
def test_only_errors_of_the_tree_escape(data: st.DataObject) -> None:
    content = file_of(PERSON, VESSEL, FIRM)
    pieces = re.split(rb"(?<=>)", content)
    at = data.draw(st.integers(0, len(pieces) - 1))
    by = data.draw(
        st.sampled_from([b"", b"<x/>", b"&#9;", b"\x00", b"<uid/>", b"\xff", b"<id>7</id>", pieces[at] * 2, b"2024"])
    )
    mutated = b"".join([*pieces[:at], by, *pieces[at + 1 :]])
    result = read_and_streamed(mutated, registry=REGISTRY)
    assert result is None or result.records_seen == len(result.targets) + len(result.rejected)


def test_streaming_says_the_same() -> None:
    ghost = FIRM.replace("<uid>103", "<uid>105").replace("SAMPLE WORKS (S.W.) LTD.", "--")
    content = file_of(PERSON, "<legend>L1</legend>", ghost, VESSEL, PERSON, FIRM, count=9, date="spring")
    result = read_and_streamed(content, registry=REGISTRY)
    assert result is not None
    assert (len(result.targets), len(result.rejected)) == (3, 2)
    assert result.targets[0].relations[0].other == "us:103"


def many(count: int) -> bytes:
    return file_of(
        *(
            PERSON.replace("<uid>101<", f"<uid>{n}<").replace("NUMUNI<", f"NUMUNI {n}<")
            for n in range(1000, 1000 + count)
        )
    )


def test_streaming_holds_little() -> None:
    assert grows_little(many, 100, REGISTRY)


def test_what_stands_on_a_rejected_record_is_noted() -> None:
    entry = FIRM.replace("SAMPLE WORKS (S.W.) LTD.", "--").replace(">Entity<", ">Robot<")
    texts = [note.text for note in listed(PERSON, entry, count=2).notes if note.origin and note.origin.record == "103"]
    assert [text.split("'")[0] for text in texts] == ["no kind of party is known by the name ", "the name "]
