"""OFAC's advanced format: what each element becomes, and what bad input does. Everybody here is invented."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from sanctions_tracker.codec import structure, unstructure
from sanctions_tracker.errors import (
    DamagedInputError,
    RejectedRecordsError,
    UnknownFormatError,
    UnsafeInputError,
)
from sanctions_tracker.model import (
    Address,
    Attribute,
    Birth,
    CountryTie,
    Identifier,
    Measure,
    MeasureEvent,
    Name,
    NamePart,
    Origin,
    PartialDate,
    Relation,
    SanctionsList,
    Target,
)
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
    Validity,
)
from sanctions_tracker.sources import read
from sanctions_tracker.sources.ofac import SOURCE as OFAC
from sanctions_tracker.sources.registry import Registry
from tests.sources.streams import grows_little, read_and_streamed

FIXTURE = Path(__file__).parents[1] / "fixtures" / "ofac_advanced.xml"
NS = "{https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ADVANCED_XML}"
SOURCE = "us-ofac-advanced"
REGISTRY = Registry((OFAC,))


@lru_cache(maxsize=1)
def content() -> bytes:
    return FIXTURE.read_bytes()


@lru_cache(maxsize=1)
def listed() -> SanctionsList:
    return read(content())


@lru_cache(maxsize=1)
def parsed() -> etree._Element:
    return etree.fromstring(content())


def bare(value: Any) -> Any:
    """A value of the model without its origins: they are tested on their own."""
    if isinstance(value, tuple):
        return tuple(bare(item) for item in value)
    if not attrs.has(type(value)):
        return value
    fields = {field.name: bare(getattr(value, field.name)) for field in attrs.fields(type(value))}
    return attrs.evolve(
        value,
        **fields
        | {name: type(fields[name])() for name in ("origins",) if name in fields}
        | {name: None for name in ("origin",) if name in fields},
    )


def changed(change: Callable[[etree._Element], object]) -> SanctionsList:
    """The fixture as it reads once its tree has been changed."""
    root = copy.deepcopy(parsed())
    change(root)
    return read(etree.tostring(root), on_rejected="collect")


def found(root: etree._Element, path: str) -> etree._Element:
    """The one element of that path, its names written without namespace."""
    steps = [step if step in {"", ".", "..", "*"} else NS + step for step in path.split("/")]
    element = root.find("/".join(steps))
    assert element is not None, path
    return element


def notes_of(read_list: SanctionsList) -> list[str]:
    """The notes that the fixture as it stands does not have."""
    return [note.text for note in read_list.notes if note not in listed().notes]


# What the fixture says


def test_the_list_itself() -> None:
    found_list = listed()
    assert (found_list.id, found_list.title, found_list.format) == (SOURCE, "OFAC sanctions lists", "ofac-advanced-xml")
    assert found_list.date == PartialDate("2024-05-07")
    assert [target.id for target in found_list.targets] == ["us:90001", "us:90002", "us:90003", "us:90004"]
    assert found_list.records_seen == 4
    assert found_list.rejected == ()
    (sanctioner,) = found_list.sanctioners
    assert (sanctioner.id, sanctioner.country) == ("us-ofac", "US")
    (source,) = found_list.sources
    assert (source.id, source.published, len(source.sha256)) == (SOURCE, PartialDate("2024-05-07"), 64)


def test_the_person() -> None:
    given_family = (NamePartKind.FAMILY, NamePartKind.GIVEN)

    def parts(*texts: str) -> tuple[NamePart, ...]:
        return tuple(NamePart(kind, text) for kind, text in zip(given_family, texts, strict=True))

    assert bare(listed().target("us:90001")) == Target(
        "us:90001",
        TargetKind.PERSON,
        names=(
            Name("Nima SHIRVANPOUR", script="Latn", parts=parts("SHIRVANPOUR", "Nima")),
            Name(
                "نیما شیروان\u200cپور",
                kind=NameKind.ORIGINAL_SCRIPT,
                script="Arab",
                parts=parts("شیروان\u200cپور", "نیما"),
            ),
            Name("Nima SHIRVAN", kind=NameKind.ALIAS, script="Latn", parts=parts("SHIRVAN", "Nima")),
            Name("نيما شيروان", kind=NameKind.ALIAS, script="Arab", parts=parts("شيروان", "نيما")),
            Name("ABBASPOUR", kind=NameKind.FORMER, script="Latn", parts=(NamePart(NamePartKind.FAMILY, "ABBASPOUR"),)),
            Name(
                "The Heron",
                kind=NameKind.ALIAS,
                strength=NameStrength.WEAK,
                script="Latn",
                parts=(NamePart(NamePartKind.NICKNAME, "The Heron"),),
            ),
        ),
        births=(
            Birth(PartialDate("1970~")),
            Birth(PartialDate("1971-03-01/1972-02-29"), note="per a school record; reported"),
            Birth(place="Tabriz, Iran", country="IR", note="confirmed"),
        ),
        countries=(
            CountryTie(TieRole.NATIONALITY, "IR", "Iran"),
            CountryTie(TieRole.NATIONALITY, None, "Ruritania"),
        ),
        addresses=(
            Address(
                ("12 Plane Tree Alley", "Unit 4"),
                city="Tabriz",
                region="East Azerbaijan",
                postcode="51368-00000",
                country="IR",
                country_text="Iran",
                note="ADDRESS1 (Arabic): کوچه چنار ۱۲",
            ),
        ),
        identifiers=(
            Identifier(
                IdentifierType.PASSPORT,
                "Z0000001",
                label="Passport",
                country="IR",
                issuer="Police of Tehran",
                issued=PartialDate("2015-03-02"),
                expires=PartialDate("2020-03"),
                validity=Validity.FRAUDULENT,
                note="renewed once; issued in Tehran, Iran; in the name Nima SHIRVAN; goes with Birthdate 1970~",
            ),
        ),
        positions=("Deputy Commander",),
        gender="male",
        relations=(
            Relation(
                RelationKind.LEADS,
                "us:90002",
                label="Leader or official of",
                former=True,
                during=PartialDate("2019-09-19/.."),
                note="until the merger; quality: High",
            ),
        ),
        attributes=(
            Attribute("Gender", "Male", note="confirmed"),
            Attribute("Secondary sanctions risk:", "Additional Sanctions Information - Subject to Secondary Sanctions"),
        ),
        note="Linked to: ORDAK WORKS.",
    )


def test_the_company() -> None:
    assert bare(listed().target("us:90002")) == Target(
        "us:90002",
        TargetKind.ENTITY,
        names=(
            Name("ORDAK WORKS", script="Latn"),
            Name("ORDAK GROUP", kind=NameKind.ALIAS, script="Latn", note="now known as"),
        ),
        births=(Birth(PartialDate("2009-06-14")),),
        addresses=(
            Address(city="Astrakhan", country="RU", country_text="Russia"),
            Address(("Free Zone of Nowhere",)),
        ),
        identifiers=(
            Identifier(
                IdentifierType.WALLET,
                "bc1qinventedinventedinvented",
                label="Digital Currency Address - XBT",
                note="used until 2023; confirmed",
            ),
            Identifier(
                IdentifierType.IMO_COMPANY, "IMO 1234565", label="Identification Number", validity=Validity.VALID
            ),
            Identifier(IdentifierType.TAX_ID, "7707083894", label="Tax ID No.", country="RU", validity=Validity.VALID),
        ),
    )


def test_the_vessel() -> None:
    assert bare(listed().target("us:90003")) == Target(
        "us:90003",
        TargetKind.VESSEL,
        names=(Name("GREY HERON", script="Latn"),),
        countries=(
            CountryTie(TieRole.FLAG, "IR", "Iran"),
            CountryTie(TieRole.FORMER_FLAG, "PA", "Panama", note="stated by the publisher to be false"),
        ),
        identifiers=(
            Identifier(IdentifierType.CALL_SIGN, "3XYZ9", label="Vessel Call Sign"),
            Identifier(
                IdentifierType.IMO_VESSEL,
                "IMO 9074729",
                label="Vessel Registration Identification",
                validity=Validity.VALID,
            ),
        ),
        relations=(Relation(RelationKind.OWNED_OR_CONTROLLED_BY, "us:90002", label="Owned or Controlled By"),),
        attributes=(Attribute("VESSEL TYPE", "Crude Oil Tanker"),),
    )


def test_the_aircraft() -> None:
    assert bare(listed().target("us:90004")) == Target(
        "us:90004",
        TargetKind.AIRCRAFT,
        names=(Name("EP-XXX", script="Latn"),),
        identifiers=(Identifier(IdentifierType.AIRCRAFT_TAIL, "EP-XXX", label="Aircraft Tail Number"),),
        attributes=(Attribute("Aircraft Manufacture Date", date=PartialDate("1994-01-07")),),
    )


def _measure(entry: str, label: str, kind: MeasureKind, day: str, *programmes: str, **fields: Any) -> Measure:
    target = f"us:{entry.split('/', maxsplit=1)[0]}"
    return Measure(
        f"us:{entry}/{label}",
        "us-ofac",
        target,
        kind,
        label=label,
        programmes=programmes,
        events=(MeasureEvent(EventKind.LISTED, PartialDate(day)),),
        **{"list_name": "SDN List", "legal_bases": ("Executive Order 13382 (Non-proliferation)",)} | fields,
    )


def test_the_measures() -> None:
    both = ("Executive Order 13382 (Non-proliferation)", "Executive Order 13224 (Terrorism)")
    frozen, day = MeasureKind.ASSET_FREEZE, "2024-04-18"
    assert bare(listed().measures) == (
        _measure("90001/90001", "Block", frozen, day, "NOVEL-EO99999", "NPWMD", legal_bases=both),
        _measure(
            "90001/90001",
            "NDAA Special Conditions",
            MeasureKind.FINANCIAL_RESTRICTIONS,
            day,
            "NOVEL-EO99999",
            "NPWMD",
            legal_bases=both,
            note="since the second basis",
        ),
        _measure(
            "90001/95001",
            "13662 Sectoral Directive 1",
            MeasureKind.DEBT_EQUITY_RESTRICTIONS,
            "2014-07-16",
            "UKRAINE-EO13662",
            legal_bases=(),
            list_name="Consolidated List",
        ),
        _measure("90002/90002", "Block", frozen, day, "NPWMD"),
        _measure("90003/90003", "SanctionsType 77777", MeasureKind.UNSPECIFIED, "2024-04-23", "IRAN"),
        _measure("90004/90004", "Block", frozen, "2012-09-19", "IRAN"),
    )
    first = listed().measures[0]
    assert first.status(dt.date(2024, 4, 17)) is MeasureStatus.NOT_YET
    assert first.status(dt.date(2024, 4, 18)) is MeasureStatus.IN_FORCE


def test_every_value_says_where_it_stands() -> None:
    person = listed().target("us:90001")

    def at(locator: str) -> Origin:
        return Origin(SOURCE, "90001", locator)

    assert person.origin == at("DistinctParty[@FixedRef='90001']")
    assert person.names[0].origin == at("DocumentedName[@ID='9000101']")
    assert [birth.origin for birth in person.births] == [at(f"FeatureVersion[@ID='{n}']") for n in (1001, 1051, 1061)]
    assert person.countries[0].origin == at("FeatureVersion[@ID='1011']")
    assert person.addresses[0].origin == at("FeatureVersion[@ID='1031']")
    assert person.identifiers[0].origin == at("IDRegDocument[@ID='601']")
    assert person.relations[0].origin == at("ProfileRelationship[@ID='701']")
    assert person.attributes[1].origin == at("FeatureVersion[@ID='1081']")
    measure = listed().measures[2]
    assert measure.origins == (at("SanctionsEntry[@ID='95001']"),)
    assert measure.events[0].origin == at("SanctionsEntry[@ID='95001']")


def test_what_could_not_be_interpreted() -> None:
    origins = {note.text: str(note.origin) for note in listed().notes}
    assert sorted(origins) == [
        "no country is known by the name 'Ruritania'",
        "no kind of measure is known by the name 'SanctionsType 77777'",
        "the check digits fail: Tax ID No. 7707083894 (RU)",
        "the reference values do not hold the SanctionsType '77777', used 1 time(s)",
    ]
    assert len(listed().notes) == len(origins)
    assert origins["no country is known by the name 'Ruritania'"] == (
        "us-ofac-advanced · 90001 · FeatureVersion[@ID='1021']"
    )
    assert origins["the check digits fail: Tax ID No. 7707083894 (RU)"] == (
        "us-ofac-advanced · 90002 · IDRegDocument[@ID='603']"
    )


def test_the_json_of_it_reads_back() -> None:
    assert structure(unstructure(listed()), SanctionsList) == listed()


def test_the_older_namespace_is_read_alike() -> None:
    older = content().replace(NS[1:-1].encode(), b"http://www.un.org/sanctions/1.0")
    assert read(older).targets == listed().targets


# What the real file says of nobody yet


def _set(path: str, **attributes: str) -> Callable[[etree._Element], None]:
    return lambda root: found(root, path).attrib.update(attributes)  # type: ignore[arg-type]  # lxml takes a dict


def _write(path: str, text: str) -> Callable[[etree._Element], None]:
    def change(root: etree._Element) -> None:
        found(root, path).text = text

    return change


PARTY = "DistinctParties/DistinctParty"
IDENTITY = f"{PARTY}/Profile/Identity"
NAME = f"{IDENTITY}/Alias/DocumentedName"
VALUE = f"{NAME}/DocumentedNamePart/NamePartValue"
DOCUMENT = "IDRegDocuments/IDRegDocument"
ENTRY = "SanctionsEntries/SanctionsEntry"


def person_of(read_list: SanctionsList) -> Target:
    return read_list.target("us:90001")


def test_what_is_said_of_a_name_is_kept() -> None:
    for path, attribute, note in (
        (IDENTITY, {"False": "true"}, "of an identity that the publisher calls false"),
        (VALUE, {"Acronym": "true"}, "acronym: SHIRVANPOUR"),
        (VALUE, {"ScriptStatusID": "9"}, "script: ScriptStatus 9"),
    ):
        assert person_of(changed(_set(path, **attribute))).names[0].note == note


def test_an_alias_of_no_known_type_stays_an_alias() -> None:
    read_list = changed(lambda root: root.findall(f".//{NS}Alias")[1].set("AliasTypeID", "9"))
    name = person_of(read_list).names[2]
    assert (name.kind, name.note) == (NameKind.ALIAS, "AliasType 9")
    assert notes_of(read_list) == ["the reference values do not hold the AliasType '9', used 2 time(s)"]


def test_a_script_of_no_known_code_is_told_by_the_letters() -> None:
    name = person_of(changed(_set(VALUE, ScriptID="999"))).names[0]
    assert (name.text, name.script) == ("Nima SHIRVANPOUR", "Latn")


def test_a_flag_that_is_neither_true_nor_false_is_noted() -> None:
    assert (
        notes_of(changed(_set(f"{IDENTITY}/Alias", LowQuality="perhaps")))
        == ["LowQuality is neither true nor false: 'perhaps'"] * 2
    )


def test_a_part_of_a_name_without_a_group_is_kept() -> None:
    read_list = changed(_set(VALUE, NamePartGroupID="0"))
    assert sorted(person_of(read_list).names[0].text.split()) == ["Nima", "SHIRVANPOUR"]
    assert notes_of(read_list) == ["a part of the name belongs to no group of the identity: '0'"]


def test_a_name_without_letters_is_a_note_and_the_others_are_kept() -> None:
    def change(root: etree._Element) -> None:
        for value in root.findall(f".//{NS}DocumentedName[@ID='9000105']//{NS}NamePartValue"):
            value.text = "--"

    read_list = changed(change)
    assert len(person_of(read_list).names) == 5
    assert [text[:25] for text in notes_of(read_list)] == ["the name '--' holds no le"]


def test_two_names_of_one_id_are_both_kept() -> None:
    def change(root: etree._Element) -> None:
        for name in root.iter(NS + "DocumentedName"):
            name.set("ID", "1")

    assert [name.text for name in person_of(changed(change)).names] == [n.text for n in listed().targets[0].names]


def test_a_second_identity_and_a_second_profile_belong_to_the_party() -> None:
    def second_identity(root: etree._Element) -> None:
        profile = found(root, f"{PARTY}/Profile")
        other = copy.deepcopy(found(profile, "Identity"))
        other.attrib.update({"ID": "77", "Primary": "false"})
        profile.insert(0, other)
        found(profile, "Feature/IdentityReference").set("IdentityID", "77")

    person = person_of(changed(second_identity))
    assert len(person.names) == 12
    assert [name.note for name in person.names[:7]] == [""] * 6 + ["of a further identity"]
    assert person.births[0].note == "of the identity 77"
    assert len(person.identifiers) == 1

    def second_profile(root: etree._Element) -> None:
        party = found(root, PARTY)
        other = copy.deepcopy(found(party, "Profile"))
        other.set("ID", "77")
        party.append(other)
        found(root, ENTRY).set("ProfileID", "77")
        found(root, "ProfileRelationships/ProfileRelationship").set("From-ProfileID", "77")

    read_list = changed(second_profile)
    assert len(person_of(read_list).names) == 12
    assert read_list.measures[0].target == "us:90001"
    assert [relation.other for relation in person_of(read_list).relations] == ["us:90002"]
    assert notes_of(read_list) == ["the party has 2 profiles: they are read as one"]


def test_what_a_feature_says_beside_its_value_is_kept() -> None:
    def change(root: etree._Element) -> None:
        version = found(root, f"{PARTY}/Profile/Feature/FeatureVersion")
        found(version, "VersionDetail").text = "or later"
        etree.SubElement(version, NS + "VersionLocation", LocationID="504")
        etree.SubElement(version, NS + "Novelty").text = "new"

    read_list = changed(change)
    assert person_of(read_list).births[0].note == "or later; Astrakhan, Russia"
    assert notes_of(read_list) == ["an element that this reader does not know, Novelty: new"]


def test_each_place_of_a_feature_is_an_address() -> None:
    def change(root: etree._Element) -> None:
        version = root.find(f".//{NS}FeatureVersion[@ID='1031']")
        assert version is not None
        etree.SubElement(version, NS + "VersionLocation", LocationID="504")

    assert [address.city for address in person_of(changed(change)).addresses] == ["Tabriz", "Astrakhan"]


def test_a_feature_without_its_place_is_kept_in_words() -> None:
    read_list = changed(lambda root: found(root, "Locations").remove(found(root, "Locations/Location")))
    assert person_of(read_list).attributes[0] == Attribute(
        "Nationality Country", origin=Origin(SOURCE, "90001", "FeatureVersion[@ID='1011']")
    )
    assert notes_of(read_list) == ["the file does not hold the place '501'"]


@pytest.mark.parametrize(
    ("path", "attribute", "note"),
    [
        ("Locations/Location/LocationCountry", "CountryRelevanceID", "Iran: CountryRelevance 9"),
        ("Locations/Location/LocationPart/LocationPartValue", "LocPartValueTypeID", "ADDRESS2: LocPartValueType 9"),
        ("Locations/Location/LocationPart/LocationPartValue", "LocPartValueStatusID", "ADDRESS2: LocPartValueStatus 9"),
    ],
)
def test_what_the_codes_of_a_place_add_is_kept(path: str, attribute: str, note: str) -> None:
    person = person_of(changed(_set(path, **{attribute: "9"})))
    assert note in {person.countries[0].note, *person.addresses[0].note.split("; ")}


def test_a_second_country_of_a_place_is_kept() -> None:
    person = person_of(changed(_set("Locations/Location/LocationAreaCode", AreaCodeID="11143")))
    assert (person.countries[0].country, person.countries[0].note) == ("IR", "also Russia")


def test_nobody_at_a_place_and_nobody_of_a_document_are_noted() -> None:
    assert notes_of(changed(_set("Locations/Location", ID="9"))) == [
        "the file does not hold the place '501'",
        "nobody is at this place: Iran",
    ]
    read_list = changed(_set(DOCUMENT, IdentityID="9"))
    assert person_of(read_list).identifiers == ()
    assert notes_of(read_list) == [
        "nobody is at this place: Tehran, Iran",
        "the file does not hold the identity '9' of Passport Z0000001",
    ]


def test_a_document_that_expires_before_its_issue_is_kept_with_a_note() -> None:
    def change(root: etree._Element) -> None:
        for year in root.findall(f".//{NS}IDRegDocument[@ID='601']/{NS}DocumentDate[2]//{NS}Year"):
            year.text = "2001"

    read_list = changed(change)
    (passport,) = person_of(read_list).identifiers
    assert (passport.number, passport.issued, passport.expires) == ("Z0000001", None, None)
    assert passport.note.endswith("; issued 2015-03-02, expires 2001-03")
    assert notes_of(read_list) == ["passport Z0000001: expires 2001-03, before it was issued on 2015-03-02"]


def test_a_document_without_a_number_is_an_attribute() -> None:
    read_list = changed(_write(f"{DOCUMENT}/IDRegistrationNo", " "))
    person = person_of(read_list)
    assert person.identifiers == ()
    assert (person.attributes[-1].name, person.attributes[-1].note.split("; ")[:5]) == (
        "Passport",
        ["Iran", "Police of Tehran", "2015-03-02/2020-03", "fraudulent", "renewed once"],
    )
    assert notes_of(read_list) == ["the document has no number"]


def test_what_a_document_refers_to_and_the_party_does_not_hold() -> None:
    def change(root: etree._Element) -> None:
        found(root, f"{DOCUMENT}/DocumentedNameReference").set("DocumentedNameID", "9000200")
        found(root, f"{DOCUMENT}/FeatureVersionReference").set("FeatureVersionID", "2011")
        found(root, f"{DOCUMENT}/DocumentDate").set("IDRegDocDateTypeID", "9")
        found(root, DOCUMENT).attrib.update({"IssuedBy-CountryID": "99901", "ValidityID": "9"})

    read_list = changed(change)
    (passport,) = person_of(read_list).identifiers
    assert (passport.issued, passport.country, passport.issuer) == (None, None, "Ruritania; Police of Tehran")
    assert passport.note == "renewed once; IDRegDocDateType 9: 2015-03-02; Validity 9; issued in Tehran, Iran"
    assert notes_of(read_list)[:3] == [
        "no country is known by the name 'Ruritania'",
        "the party does not hold the name '9000200' of its document",
        "the party does not hold the feature '2011' of its document",
    ]


@pytest.mark.parametrize(
    ("tag", "text", "told"),
    [
        ("Year", "abc", "'abc-1-1' is not a year, a month and a day"),
        ("Year", None, "'1-1' is not a year, a month and a day"),
        ("Year", "0", "there is no day 0-1-1"),
        ("Year", "9" * 30, f"there is no day {'9' * 30}-1-1"),
        ("Month", "13", "there is no day 1970-13-1"),
        ("Day", "²", "'1970-1-²' is not a year, a month and a day"),
        ("Year", "1999", "'1999-01-01/1970-12-31' is no date that can be read: the range ends before it starts"),
    ],
)
def test_a_birth_that_is_no_date_is_kept_as_printed(tag: str, text: str | None, told: str) -> None:
    def change(root: etree._Element) -> None:
        found(root, f"{PARTY}/Profile/Feature/FeatureVersion/DatePeriod/Start/From/{tag}").text = text

    read_list = changed(change)
    person = person_of(read_list)
    assert len(person.births) == 2
    assert person.attributes[0].name == "Birthdate"
    (note,) = (note for note in read_list.notes if note not in listed().notes)
    assert (told in note.text) or (text == "1999" and "ends before it starts" in note.text)
    assert note.origin is not None
    assert (note.origin.record, note.origin.raw is not None) == ("90001", True)


def test_a_date_of_another_calendar_is_not_taken_for_one_of_ours() -> None:
    read_list = changed(_set(f"{PARTY}/Profile/Feature/FeatureVersion/DatePeriod", CalendarTypeID="2"))
    assert len(person_of(read_list).births) == 2
    assert "is of the calendar 'Hijri'" in notes_of(read_list)[0]


def test_an_entry_of_a_broken_date_keeps_its_measures() -> None:
    def change(root: etree._Element) -> None:
        for year in root.findall(f".//{NS}SanctionsEntry[@ID='90001']//{NS}Year"):
            year.text = "soon"

    read_list = changed(change)
    assert read_list.measures[0].events == ()
    assert read_list.measures[0].listed_on is None
    assert [text[:24] for text in notes_of(read_list)] == ["the entry's date is no d"] * 2 + ["the entry has no date"]


def test_what_is_said_of_an_event_is_kept() -> None:
    def change(root: etree._Element) -> None:
        found(root, f"{ENTRY}/EntryEvent").set("EntryEventTypeID", "9")
        found(root, f"{ENTRY}/EntryEvent/Comment").text = "moved"
        found(root, f"{ENTRY}/SanctionsMeasure/DatePeriod").text = "2030"
        root.findall(f".//{NS}SanctionsEntry[@ID='90001']/{NS}SanctionsMeasure/{NS}Comment")[2].text = ""

    measure = changed(change).measures[0]
    assert [(event.kind, event.note) for event in measure.events] == [
        (EventKind.AMENDED, "EntryEventType 9; moved"),
        (EventKind.LISTED, ""),
    ]
    assert (measure.note, measure.programmes) == ("2030", ("NOVEL-EO99999",))


def test_a_remark_on_an_event_without_a_date_is_noted() -> None:
    def change(root: etree._Element) -> None:
        event = found(root, f"{ENTRY}/EntryEvent")
        found(event, "Comment").text = "moved"
        found(event, "Date").clear()

    read_list = changed(change)
    assert notes_of(read_list) == ["an event without a date: moved"]
    assert read_list.measures[0].listed_on == PartialDate("2024-04-18")


def test_a_relation_of_a_broken_period_is_kept() -> None:
    def change(root: etree._Element) -> None:
        period = found(root, "ProfileRelationships/ProfileRelationship/DatePeriod")
        found(period, "Start").tag = NS + "Novelty"
        etree.SubElement(period, NS + "Comment").text = "roughly"

    read_list = changed(change)
    (relation,) = person_of(read_list).relations
    assert (relation.other, relation.during) == ("us:90002", None)
    assert [text.partition(":")[0] for text in notes_of(read_list)] == [
        "a comment on the relation's period",
        "the relation's period is no date",
    ]
    assert "has neither a first nor a last day" in notes_of(read_list)[1]


def test_an_entry_that_imposes_nothing_is_a_measure_all_the_same() -> None:
    def change(root: etree._Element) -> None:
        entry = found(root, ENTRY)
        for measure in entry.findall(NS + "SanctionsMeasure")[:2]:
            entry.remove(measure)

    read_list = changed(change)
    measure = read_list.measures[0]
    assert (measure.kind, measure.label, measure.programmes) == (
        MeasureKind.UNSPECIFIED,
        "",
        ("NOVEL-EO99999", "NPWMD"),
    )
    assert notes_of(read_list) == ["no kind of measure is known by the name ''"]


def test_entries_and_relations_of_nobody_are_notes() -> None:
    read_list = changed(_set(ENTRY, ProfileID="1"))
    assert notes_of(read_list) == [
        "an entry for a party that the file does not hold: Block",
        "an entry for a party that the file does not hold: NDAA Special Conditions",
    ]
    read_list = changed(_set("ProfileRelationships/ProfileRelationship", **{"From-ProfileID": "1"}))
    assert notes_of(read_list) == ["a relation of a party that the file does not hold: Leader or official of us:90002"]
    read_list = changed(_set("ProfileRelationships/ProfileRelationship", **{"To-ProfileID": "1"}))
    (relation,) = person_of(read_list).relations
    assert (relation.other, relation.text) == ("", "us:1")
    assert notes_of(read_list) == ["a relation to a party that the file does not hold: Leader or official of us:1"]


def test_two_entries_of_one_id_are_both_kept() -> None:
    def change(root: etree._Element) -> None:
        entries = found(root, "SanctionsEntries")
        entries.append(copy.deepcopy(entries[0]))

    read_list = changed(change)
    assert len(read_list.measures) == len(listed().measures) + 2
    assert read_list.measures_on("us:90001")[-1].id == "us:90001/90001/NDAA Special Conditions #2"
    assert len(notes_of(read_list)) == 2


def test_entries_may_stand_before_the_parties() -> None:
    def change(root: etree._Element) -> None:
        root.insert(2, found(root, "SanctionsEntries"))

    read_list = changed(change)
    assert (read_list.targets, read_list.measures) == (listed().targets, listed().measures)


def test_a_section_that_nobody_knows_is_noted() -> None:
    read_list = changed(lambda root: etree.SubElement(found(root, "SanctionsEntryLinks"), NS + "SanctionsEntryLink"))
    assert notes_of(read_list) == ["a section that this reader does not know: SanctionsEntryLinks, of 1 element(s)"]


def test_comments_and_instructions_change_nothing() -> None:
    def change(root: etree._Element) -> None:
        for element in list(root.iter("*")):
            element.insert(0, etree.Comment("1"))
            element.append(etree.ProcessingInstruction("x", "2"))

    read_list = changed(change)
    assert read_list.targets == listed().targets
    assert read_list.measures == listed().measures
    assert read_list.notes == listed().notes


# What cannot be read


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda party: party.remove(party.find(f"{NS}Profile")), "the party has no profile with an id"),
        (lambda party: party.find(f"{NS}Profile").attrib.clear(), "the party has no profile with an id"),
        (
            lambda party: [value.clear() for value in party.iter(NS + "NamePartValue")],
            "target us:90001: a target needs at least one name",
        ),
    ],
)
def test_a_party_that_cannot_be_told_is_rejected_and_the_others_are_read(
    change: Callable[[etree._Element], object], reason: str
) -> None:
    root = copy.deepcopy(parsed())
    change(found(root, PARTY))
    broken = etree.tostring(root)
    read_list = read(broken, on_rejected="collect")
    (rejected,) = read_list.rejected
    assert (str(rejected.origin), rejected.reason) == (
        "us-ofac-advanced · 90001 · DistinctParty[@FixedRef='90001']",
        reason,
    )
    assert len(read_list.targets) == 3
    with pytest.raises(RejectedRecordsError, match=r"1 record\(s\).*FixedRef='90001'"):
        read(broken)


def test_a_party_without_a_number_is_told_by_its_place() -> None:
    read_list = changed(lambda root: root.findall(f".//{NS}DistinctParty")[2].attrib.clear())
    assert [str(target.origin) for target in read_list.targets][2] == "us-ofac-advanced · DistinctParty[3]"


def test_the_second_of_two_parties_with_one_id_is_rejected() -> None:
    read_list = changed(lambda root: found(root, "DistinctParties").append(copy.deepcopy(found(root, PARTY))))
    assert [rejected.reason for rejected in read_list.rejected] == [
        "a second record with the id us:90001: Nima SHIRVANPOUR"
    ]
    assert read_list.target("us:90001") == listed().target("us:90001")
    assert read_list.records_seen == 5


def _without(name: str) -> Callable[[etree._Element], None]:
    return lambda root: root.remove(found(root, name))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_without("ReferenceValueSets"), "Location stands before the reference values"),
        (_without("DistinctParties"), "the file holds no party"),
        (lambda root: root.append(copy.deepcopy(found(root, "ReferenceValueSets"))), "reference values stand twice"),
        (
            lambda root: found(root, PARTY).append(found(root, "Locations/Location")),
            "Location stands inside Sanctions/DistinctParties/DistinctParty, where none is expected",
        ),
        (
            lambda root: found(root, "Locations").append(found(root, PARTY)),
            "DistinctParty stands inside Sanctions/Locations, where none is expected",
        ),
    ],
)
def test_a_file_that_is_not_whole_is_damaged(change: Callable[[etree._Element], object], told: str) -> None:
    with pytest.raises(DamagedInputError, match=told):
        changed(change)


def test_a_file_cut_short_says_where() -> None:
    for share in (0.4, 0.7, 0.95):
        with pytest.raises(DamagedInputError, match=r"<bytes>, line \d+, column \d+: the XML is malformed or cut"):
            read(content()[: int(len(content()) * share)])


def test_a_file_damaged_in_the_middle_says_where() -> None:
    middle = content().index(b"<DistinctParty ")
    for damage in (b"\x00\x01", b"</Profile>", b"&nowhere;", b"\xff\xfe"):
        with pytest.raises(DamagedInputError, match="line"):
            read(content()[:middle] + damage + content()[middle:])


def test_entities_are_refused() -> None:
    declared = content().replace(b"<Sanctions ", b'<!DOCTYPE Sanctions [<!ENTITY x SYSTEM "file:///">]><Sanctions ', 1)
    with pytest.raises(UnsafeInputError):
        read(declared)


def test_another_root_is_not_ours() -> None:
    renamed = content().replace(b"<Sanctions ", b"<Penalties ").replace(b"</Sanctions>", b"</Penalties>")
    for other in (b"<Sanctions/>", b'<Sanctions xmlns="urn:other"/>', renamed):
        with pytest.raises(UnknownFormatError):
            read(other)


def test_the_date_of_issue_may_be_missing_broken_or_double() -> None:
    read_list = changed(lambda root: root.append(copy.deepcopy(found(root, "DateOfIssue"))))
    assert (read_list.date, notes_of(read_list)) == (PartialDate("2024-05-07"), ["a second date of issue"])
    assert changed(_without("DateOfIssue")).date is None
    read_list = changed(_write("DateOfIssue/Year", "now"))
    assert read_list.date is None
    assert notes_of(read_list) == ["the date of issue is no date: 'now-5-7' is not a year, a month and a day"]


# Whatever is done to the file


def _delete(element: etree._Element, _: str) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _double(element: etree._Element, _: str) -> None:
    element.addnext(copy.deepcopy(element))


def _alter(element: etree._Element, text: str) -> None:
    element.text = text


def _strip(element: etree._Element, _: str) -> None:
    element.attrib.clear()


def _alter_attribute(element: etree._Element, text: str) -> None:
    for name in sorted(element.attrib)[:1]:
        element.set(name, text)


def _rename(element: etree._Element, _: str) -> None:
    element.tag = NS + "Novelty"


def _move(element: etree._Element, _: str) -> None:
    """Before its parent."""
    parent = element.getparent()
    if parent is not None and parent.getparent() is not None:
        parent.addprevious(element)


CHANGES = [_delete, _double, _alter, _strip, _alter_attribute, _rename, _move]
TEXTS = ["", " ", "abc", "0", "-1", "99999999999999999999", "true", "1", "9999", "90001", "900010", "ا", "\u200b"]


@given(
    st.lists(
        st.tuples(st.integers(min_value=0), st.sampled_from(CHANGES), st.sampled_from(TEXTS)), min_size=1, max_size=6
    )
)
@settings(max_examples=150)
def test_whatever_is_changed_every_party_is_accounted_for(
    changes: list[tuple[int, Callable[[etree._Element, str], None], str]],
) -> None:
    root = copy.deepcopy(parsed())
    for number, change, text in changes:
        inside = [element for element in root.iter("*") if element is not root]
        if inside:
            change(inside[number % len(inside)], text)
    parties = len(root.findall(f"{NS}DistinctParties/{NS}DistinctParty"))
    read_list = read_and_streamed(etree.tostring(root), registry=REGISTRY, expected=DamagedInputError)
    if read_list is None:
        return
    assert read_list.records_seen == len(read_list.targets) + len(read_list.rejected) == parties
    assert structure(unstructure(read_list), SanctionsList) == read_list


# One record at a time


def many(count: int) -> bytes:
    """The fixture with the person, its document, its entry and its relation repeated under other ids."""
    root = copy.deepcopy(parsed())
    for path in (PARTY, DOCUMENT, ENTRY, "ProfileRelationships/ProfileRelationship"):
        original = found(root, path)
        section = original.getparent()
        assert section is not None
        for number in range(200_000, 200_000 + count):
            section.append(_as_of(copy.deepcopy(original), str(number)))
    return etree.tostring(root)


def _as_of(record: etree._Element, number: str) -> etree._Element:
    """The record as that of another party."""
    renumbered = {"FixedRef", "ProfileID", "From-ProfileID", "IdentityID"}
    for element in record.iter("*"):
        for name in renumbered & set(map(str, element.attrib)):
            element.set(name, number)
        if element.tag in {NS + name for name in ("Profile", "Identity", "SanctionsEntry", "IDRegDocument")}:
            element.set("ID", number)
    return record


def test_streaming_says_the_same() -> None:
    result = read_and_streamed(many(3), registry=REGISTRY)
    assert result is not None
    assert [target.id for target in result.targets[4:]] == ["us:200000", "us:200001", "us:200002"]
    assert [len(result.measures_on(target.id)) for target in result.targets] == [3, 1, 1, 1, 2, 2, 2]
    assert [len(target.identifiers) for target in result.targets[4:]] == [1, 1, 1]


def test_streaming_says_the_same_whatever_stands_where() -> None:
    def moved(root: etree._Element) -> None:
        root.insert(2, found(root, "SanctionsEntries"))
        found(root, "DistinctParties").append(copy.deepcopy(found(root, PARTY)))
        for value in found(root, PARTY).iter(NS + "NamePartValue"):
            value.text = "--"
        root.append(found(root, "DateOfIssue"))

    root = copy.deepcopy(parsed())
    moved(root)
    result = read_and_streamed(etree.tostring(root), registry=REGISTRY)
    assert result is not None
    assert (len(result.targets), len(result.rejected)) == (4, 1)


def test_streaming_holds_little() -> None:
    assert grows_little(many, 80, REGISTRY)
