"""OFAC's enhanced XML, on parties invented for the purpose."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanctions_tracker.errors import DamagedInputError, UnknownFormatError, UnsafeInputError
from sanctions_tracker.model import PartialDate, SanctionsList, Target
from sanctions_tracker.model.vocabulary import (
    EventKind,
    IdentifierType,
    MeasureKind,
    NameKind,
    NameStrength,
    RelationKind,
    TargetKind,
    TieRole,
    Validity,
)
from sanctions_tracker.sources import read
from sanctions_tracker.sources.ofac import SOURCE
from sanctions_tracker.sources.registry import Registry
from tests.sources.streams import grows_little, read_and_streamed

REGISTRY = Registry((SOURCE,))
NAMESPACE = "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ENHANCED_XML"
HEAD = f"""<?xml version="1.0" encoding="utf-8"?>
<sanctionsData xmlns="{NAMESPACE}"><publicationInfo><dataAsOf>2024-08-28T00:00:00</dataAsOf></publicationInfo>
<referenceValues><referenceValue refId="1"><type>COUNTRY</type><value>Sampleland</value><isoCode>IR</isoCode>
</referenceValue></referenceValues><entities>"""
TAIL = "</entities></sanctionsData>"


def translation(script: str, parts: dict[str, str], *, primary: bool = True) -> str:
    written = "".join(
        f"<namePart id='1'><type refId='2'>{kind}</type><value>{text}</value></namePart>"
        for kind, text in parts.items()
    )
    family = parts.get("Last Name") or parts.get("Entity Name") or ""
    rest = " ".join(text for kind, text in parts.items() if kind not in {"Last Name", "Entity Name"})
    first = f"<formattedFirstName>{rest}</formattedFirstName>" if rest else ""
    full = f"{family.upper()}, {rest}" if rest else family.upper()
    return (
        f"<translation id='35'><isPrimary>{str(primary).lower()}</isPrimary><script refId='3'>{script}</script>{first}"
        f"<formattedLastName>{family.upper()}</formattedLastName><formattedFullName>{full}</formattedFullName>"
        f"<nameParts>{written}</nameParts></translation>"
    )


def name(*translations: str, alias: str = "", low: bool = False) -> str:
    kind = f"<aliasType refId='4'>{alias}</aliasType>" if alias else ""
    return (
        f"<name id='5'><isPrimary>{str(not alias).lower()}</isPrimary>{kind}"
        f"<isLowQuality>{str(low).lower()}</isLowQuality>"
        f"<translations>{''.join(translations)}</translations></name>"
    )


def dates(tag: str, first: str, last: str, *, circa: bool = False) -> str:
    return (
        f"<{tag} id='6'><fromDateBegin>{first}</fromDateBegin><fromDateEnd>{first}</fromDateEnd><toDateBegin>{last}"
        f"</toDateBegin><toDateEnd>{last}</toDateEnd><isApproximate>{str(circa).lower()}</isApproximate>"
        f"<isDateRange>false</isDateRange></{tag}>"
    )


def feature(label: str, value: str, inside: str = "") -> str:
    return (
        f"<feature id='7'><type featureTypeId='8'>{label}</type><versionId>9</versionId><value>{value}</value>"
        f"<isPrimary>true</isPrimary>{inside}</feature>"
    )


PERSON = f"""<entity id="501"><generalInfo><identityId>1</identityId><entityType refId="600">Individual</entityType>
<title>Colonel</title><remarks>at large</remarks></generalInfo>
<sanctionsLists><sanctionsList refId="1550" id="1" datePublished="2019-04-15">SDN List</sanctionsList>
<sanctionsList refId="91512" id="2" datePublished="2014-07-16">Consolidated List</sanctionsList></sanctionsLists>
<sanctionsPrograms><sanctionsProgram refId="1" id="1">IRGC</sanctionsProgram></sanctionsPrograms>
<sanctionsTypes><sanctionsType refId="1705" id="1">Block</sanctionsType></sanctionsTypes>
<legalAuthorities><legalAuthority refId="1" id="1">Executive Order 13224 (Terrorism)</legalAuthority></legalAuthorities>
<names>{
    name(
        translation("Latin", {"Last Name": "Numuni", "First Name": "Zayn", "Middle Name": "Ali"}),
        translation("Arabic", {"Last Name": "نموني", "First Name": "زين"}, primary=False),
    )
}{name(translation("Latin", {"Last Name": "Abu Zayn"}), alias="F.K.A.", low=True)}</names>
<addresses><address id="40"><country refId="1">Sampleland</country><translations><translation id="1">
<isPrimary>true</isPrimary>
<script>Latin</script><addressParts><addressPart id="1"><type>CITY</type><value>Tehran</value></addressPart>
<addressPart id="2"><type>ADDRESS1</type><value>1 Sample St.</value></addressPart></addressParts></translation>
<translation id="2"><isPrimary>false</isPrimary><script>Arabic</script><addressParts><addressPart id="3">
<type>CITY</type>
<value>طهران</value></addressPart></addressParts></translation></translations></address>
<address id="41"/></addresses>
<features>{feature("Birthdate", "1972", dates("valueDate", "1972-01-01", "1972-12-31", circa=True))}
{feature("Place of Birth", "Shiraz, Iran")}{feature("Nationality Country", "Iran")}
{feature("Gender", "Male", "<reliability refId='1'>Confirmed</reliability>")}
{feature("Aircraft Manufacturer’s Serial Number (MSN)", "573", "<comments>seen</comments>")}
{feature("Moon Phase", "full")}</features>
<identityDocuments><identityDocument id="17"><type refId="1">Passport</type>
<name nameId="5" nameTranslationId="35">ABU ZAYN</name><documentNumber>X1</documentNumber><isValid>true</isValid>
<issuingLocation>Qom</issuingLocation><issuingCountry refId="1">Iran</issuingCountry>
{
    dates("issueDate", "2014-03-03", "2014-03-03")
}<idFeatures><idFeature id="1" featureVersionId="2">Gender: Male</idFeature>
</idFeatures></identityDocument>
<identityDocument id="18"><type refId="1">Passport</type><isValid>false</isValid></identityDocument></identityDocuments>
<relationships><relationship id="81"><type refId="1">Providing support to</type>
<relatedEntity entityId="502">SAMPLE WORKS</relatedEntity><quality refId="1">High</quality></relationship>
<relationship id="82"><type refId="1">Owned or Controlled By</type><relatedEntity entityId="999">GHOST</relatedEntity>
</relationship></relationships></entity>"""
DAY = dates("valueDate", "2022-02-24", "2022-02-24")
FIRM = f"""<entity id="502"><generalInfo><identityId>2</identityId>
<entityType refId="601">Entity</entityType></generalInfo>
<sanctionsLists>
<sanctionsList refId="1" id="1" datePublished="2014-07-16">Sectoral Sanctions Identifications List</sanctionsList>
<sanctionsList refId="2" id="2" datePublished="2022-04-06">SDN List</sanctionsList></sanctionsLists>
<sanctionsTypes><sanctionsType refId="1" id="1">13662 Sectoral Directive 1</sanctionsType>
<sanctionsType refId="1" id="2">Block</sanctionsType>
<sanctionsType refId="1" id="3">Executive Order 14024 Directive 2</sanctionsType>
<sanctionsType refId="1" id="4">Moonlighting</sanctionsType></sanctionsTypes>
<names>{name(translation("Latin", {"Entity Name": "Sample Works"}))}</names>
<features>{
    feature("Listing Date (EO 14024 Directive 2):", "24 Feb 2022", dates("valueDate", "2022-02-24", "2022-02-24"))
}
{feature("Effective Date (EO 14024 Directive 2):", "26 Mar 2022", dates("valueDate", "2022-03-26", "2022-03-26"))}
</features></entity>"""


def file_of(*entities: str) -> bytes:
    return (HEAD + "".join(entities) + TAIL).encode()


def listed(*entities: str) -> SanctionsList:
    return read(file_of(*entities), registry=REGISTRY, on_rejected="collect")


def person() -> Target:
    return listed(PERSON, FIRM).targets[0]


def test_the_list_itself() -> None:
    result = listed(PERSON, FIRM)
    assert (result.id, result.format, str(result.date)) == ("us-ofac-enhanced", "ofac-enhanced-xml", "2024-08-28")
    assert [(target.id, target.kind) for target in result.targets] == [
        ("us:501", TargetKind.PERSON),
        ("us:502", TargetKind.ENTITY),
    ]
    assert (person().positions, person().note) == (("Colonel",), "at large")


def test_names_in_both_scripts() -> None:
    assert [(item.text, item.kind, item.strength, item.script, item.note) for item in person().names] == [
        ("Zayn Ali Numuni", NameKind.PRIMARY, NameStrength.STRONG, "Latn", ""),
        ("زين نموني", NameKind.ORIGINAL_SCRIPT, NameStrength.STRONG, "Arab", ""),
        ("Abu Zayn", NameKind.FORMER, NameStrength.WEAK, "Latn", ""),
    ]
    assert [part.text for part in person().names[0].parts] == ["Numuni", "Zayn", "Ali"]


def test_a_formatted_name_of_other_words_is_kept_in_the_note() -> None:
    changed = PERSON.replace("<formattedFullName>ABU ZAYN<", "<formattedFullName>ABU ZAYN THE OTHER<")
    assert listed(changed).targets[0].names[2].note == "formatted: ABU ZAYN THE OTHER"


def test_births_ties_gender_and_addresses() -> None:
    target = person()
    assert [(birth.date, birth.place) for birth in target.births] == [
        (PartialDate("1972~"), ""),
        (None, "Shiraz, Iran"),
    ]
    assert [(tie.role, tie.country) for tie in target.countries] == [(TieRole.NATIONALITY, "IR")]
    assert target.gender == "male"
    (address,) = target.addresses
    assert (address.lines, address.city, address.country, address.note) == (
        ("1 Sample St.",),
        "Tehran",
        "IR",
        "Arabic: طهران",
    )


def test_documents_features_and_what_no_table_knows() -> None:
    target = person()
    serial, passport = target.identifiers
    assert (serial.type, serial.number, serial.note) == (IdentifierType.AIRCRAFT_SERIAL, "573", "seen")
    assert (passport.type, passport.number, passport.country, passport.validity) == (
        IdentifierType.PASSPORT,
        "X1",
        "IR",
        Validity.VALID,
    )
    assert passport.note == "in the name ABU ZAYN; goes with Gender: Male; issued in Qom"
    assert str(passport.issued) == "2014-03-03"
    assert [(item.name, item.value, item.note) for item in target.attributes] == [
        ("Gender", "Male", "confirmed"),
        ("Moon Phase", "full", ""),
        ("Passport", "Passport-false", "the publisher calls it not valid"),
    ]


def test_relations_within_the_file_and_out_of_it() -> None:
    first, second = person().relations
    assert (first.kind, first.other, first.text, first.note) == (
        RelationKind.SUPPORTS,
        "us:502",
        "SAMPLE WORKS",
        "quality: High",
    )
    assert (second.kind, second.other, second.text, second.note) == (
        RelationKind.OWNED_OR_CONTROLLED_BY,
        "",
        "GHOST",
        "entity 999",
    )


def test_a_measure_is_dated_by_its_list() -> None:
    measure = listed(PERSON).measures[0]
    assert (measure.id, measure.kind, measure.list_name) == ("us:501/Block", MeasureKind.ASSET_FREEZE, "SDN List")
    assert (measure.programmes, measure.legal_bases) == (("IRGC",), ("Executive Order 13224 (Terrorism)",))
    assert [(event.kind, str(event.date)) for event in measure.events] == [(EventKind.LISTED, "2019-04-15")]
    assert measure.note == "Consolidated List: published 2014-07-16"


def test_several_types_each_with_its_own_date() -> None:
    result = listed(FIRM)
    assert [(m.label, m.kind, m.list_name, [str(event.date) for event in m.events]) for m in result.measures] == [
        (
            "13662 Sectoral Directive 1",
            MeasureKind.DEBT_EQUITY_RESTRICTIONS,
            "Sectoral Sanctions Identifications List",
            ["2014-07-16"],
        ),
        ("Block", MeasureKind.ASSET_FREEZE, "SDN List", ["2022-04-06"]),
        (
            "Executive Order 14024 Directive 2",
            MeasureKind.FINANCIAL_RESTRICTIONS,
            "",
            ["2022-02-24", "2022-03-26"],
        ),
        ("Moonlighting", MeasureKind.UNSPECIFIED, "", []),
    ]
    assert {note.text.partition(" '")[0] for note in result.notes} == {
        "not told which list the measure",
        "no kind of measure is known by the name",
    }


def test_notes_say_what_could_not_be_interpreted() -> None:
    texts = [note.text for note in listed(PERSON, FIRM.replace(">24 Feb 2022<", "><")).notes]
    assert sum("does not hold" in text for text in texts) == 1
    assert sum("no number" in text for text in texts) == 1


def test_a_selection_says_so() -> None:
    filters = (
        "<filters><sanctionsPrograms><sanctionsProgram refId='1'>IRGC</sanctionsProgram></sanctionsPrograms></filters>"
    )
    content = file_of(FIRM).replace(b"</publicationInfo>", f"{filters}</publicationInfo>".encode())
    texts = [note.text for note in read(content, registry=REGISTRY).notes]
    assert "the file is a selection by sanctionsPrograms: IRGC" in texts


@pytest.mark.parametrize(
    ("entity", "reason"),
    [
        (FIRM.replace(' id="502"', ""), "no id"),
        (FIRM.replace("Sample Works", "--").replace("SAMPLE WORKS", "--"), "at least one name"),
        (PERSON, "a second record with the id us:501: Zayn Ali Numuni"),
    ],
)
def test_records_that_cannot_be_built_are_rejected(entity: str, reason: str) -> None:
    result = listed(PERSON, entity)
    assert (len(result.targets), result.records_seen) == (1, 2)
    assert reason in result.rejected[0].reason


def test_elements_that_the_publisher_may_add_are_kept() -> None:
    entity = (
        FIRM.replace("<names>", "<moods><mood>low</mood></moods><names>")
        .replace("<generalInfo>", "<generalInfo><colour>red</colour>")
        .replace("<versionId>", "<weight>3 kg</weight><versionId>")
        .replace("<namePart id='1'>", "<namePart id='1'><tone>flat</tone>")
    )
    kept = {(item.name, item.value) for item in listed(entity).targets[0].attributes}
    assert kept >= {("moods", "low"), ("colour", "red"), ("weight", "3 kg"), ("tone", "flat")}


def test_damage_is_told() -> None:
    content = file_of(PERSON, FIRM)
    with pytest.raises(DamagedInputError):
        read(content[:-40], registry=REGISTRY)
    with pytest.raises(DamagedInputError, match="no party"):
        read(file_of(), registry=REGISTRY)
    with pytest.raises(UnsafeInputError):
        read(content.replace(b"<sanctionsData", b"<!DOCTYPE x><sanctionsData", 1), registry=REGISTRY)
    with pytest.raises(UnknownFormatError):
        read(content.replace(b"ENHANCED_XML", b"OTHER_XML"), registry=REGISTRY)


@settings(max_examples=100)
@given(st.data())
def test_only_errors_of_the_tree_escape(data: st.DataObject) -> None:
    pieces = re.split(rb"(?<=>)", file_of(PERSON, FIRM))
    at = data.draw(st.integers(0, len(pieces) - 1))
    by = data.draw(
        st.sampled_from(
            [b"", b"<x/>", b"&#9;", b"\x00", b"<isPrimary/>", b"\xff", b"--", pieces[at] * 2, b"2024-99-99<"]
        )
    )
    result = read_and_streamed(b"".join([*pieces[:at], by, *pieces[at + 1 :]]), registry=REGISTRY)
    assert result is None or result.records_seen == len(result.targets) + len(result.rejected)


def test_streaming_says_the_same() -> None:
    nameless = FIRM.replace("Sample Works", "--").replace("SAMPLE WORKS", "--").replace('"502"', '"503"')
    bound = PERSON.replace('entityId="999"', 'entityId="503"')
    result = read_and_streamed(file_of(bound, nameless, FIRM, PERSON, FIRM.replace(' id="502"', "")), registry=REGISTRY)
    assert result is not None
    assert (len(result.targets), len(result.rejected)) == (2, 3)
    assert [relation.other for relation in result.targets[0].relations] == ["us:502", ""]


def many(count: int) -> bytes:
    return file_of(FIRM, *(PERSON.replace('id="501"', f'id="{n}"') for n in range(1000, 1000 + count)))


def test_streaming_holds_little() -> None:
    assert grows_little(many, 80, REGISTRY)


def test_elements_inside_the_lists_of_a_name_or_an_address_are_kept() -> None:
    entity = (
        PERSON.replace("<translations>", "<translations><echo>E1</echo>", 1)
        .replace("<nameParts>", "<nameParts><initial>Z</initial>", 1)
        .replace("<addressParts>", "<addressParts><grid>7B</grid>", 1)
        .replace("<idFeatures>", "<idFeatures><ink>blue</ink>")
        .replace("</issueDate>", "</issueDate><issueDate><fromDateBegin>2001-01-01</fromDateBegin></issueDate>", 1)
    )
    kept = {(item.name, item.value) for item in listed(entity, FIRM).targets[0].attributes}
    assert kept >= {("echo", "E1"), ("initial", "Z"), ("grid", "7B"), ("ink", "blue"), ("issueDate", "2001-01-01")}
