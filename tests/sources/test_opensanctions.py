"""OpenSanctions: entities, nested entities and the simple table. All parties here are invented."""

from __future__ import annotations

import csv
import io
import json
import tracemalloc
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanctions_tracker.errors import (
    DamagedInputError,
    ReadError,
    RejectedRecordsError,
    SanctionsTrackerError,
    UnknownFormatError,
)
from sanctions_tracker.model import PartialDate, SanctionsList, Target
from sanctions_tracker.model.vocabulary import (
    EventKind,
    IdentifierType,
    MeasureKind,
    NameKind,
    NamePartKind,
    NameStrength,
    RelationKind,
    SanctionerKind,
    TargetKind,
    TieRole,
)
from sanctions_tracker.sources import Registry, opensanctions, read, stream
from sanctions_tracker.sources.opensanctions.simple import MARKERS

ONLY = Registry((opensanctions.SOURCE,))


def entity(entity_id: str, schema: str, extra: dict[str, Any] | None = None, **properties: Any) -> dict[str, Any]:
    """An entity as OpenSanctions writes it."""
    return {"id": entity_id, "schema": schema, "datasets": ["xx_list"], **(extra or {}), "properties": properties}


PERSON = entity(
    "NK-1",
    "Person",
    {
        "caption": "Kamyar Darvandi",
        "target": True,
        "referents": ["xx-1"],
        "first_seen": "2024-04-18T06:00:00",
        "last_seen": "2024-06-01T06:00:00",
        "last_change": "2024-05-01T06:00:00",
    },
    name=["کامیار دروندی", "Kamyar Darvandi"],
    alias=["Kamran Darvandi"],
    weakAlias=["Kam"],
    previousName=["Kamyar Darvand"],
    firstName=["Kamyar"],
    lastName=["Darvandi"],
    birthDate=["1975-03"],
    birthPlace=["Shiraz"],
    birthCountry=["ir"],
    nationality=["ir"],
    citizenship=["suhh"],
    country=["ua-cri"],
    gender=["male"],
    position=["Colonel"],
    passportNumber=["A100"],
    idNumber=["007"],
    email=["k@example.org"],
    topics=["sanction"],
    notes=["Said to be tall"],
    addressEntity=["addr-1"],
    address=["1 Long Road, Tehran"],
    deathDate=["2020"],
)
COMPANY = entity(
    "NK-2",
    "Company",
    name=["Ordak Works"],
    jurisdiction=["ir"],
    incorporationDate=["1999"],
    registrationNumber=["123"],
    leiCode=["X"],
    imoNumber=["1234567"],
    brandNew=["a property of tomorrow"],
)
VESSEL = entity("NK-3", "Vessel", name=["ORDAK STAR"], imoNumber=["IMO9074729"], flag=["ir"], owner=["NK-2"])
SANCTION = entity(
    "s-1",
    "Sanction",
    {"last_seen": "2024-06-02"},
    entity=["NK-1"],
    authority=["Ministry of Tests"],
    country=["us"],
    program=["Test programme"],
    programId=["XX-TEST"],
    provisions=["Asset freeze, travel ban", "Something else"],
    reason=["He was there."],
    listingDate=["2024-04-18"],
    startDate=["2024-04-19"],
    endDate=["2030"],
    modifiedAt=["2024-05-01"],
    authorityId=["MT-17"],
    unscId=["XXi.001"],
    status=["active"],
    sourceUrl=["https://example.org/1"],
)
ADDRESS = entity(
    "addr-1", "Address", full=["1 Long Road, Tehran"], street=["1 Long Road"], city=["Tehran"], country=["ir"]
)
PASSPORT = entity(
    "p-1",
    "Passport",
    holder=["NK-1"],
    number=["A100"],
    country=["ir"],
    startDate=["2010-01-01"],
    endDate=["2015-01-01"],
    authority=["Police"],
    type=["diplomatic"],
)
OWNERSHIP = entity(
    "o-1", "Ownership", owner=["NK-1"], asset=["NK-2"], percentage=["51%"], startDate=["2001"], role=["shareholder"]
)
FIXTURE = [PERSON, COMPANY, VESSEL, SANCTION, ADDRESS, PASSPORT, OWNERSHIP]


def lines(*entities: Any) -> bytes:
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in entities).encode()


def listed(*entities: Any) -> SanctionsList:
    return read(lines(*entities), registry=ONLY, on_rejected="collect")


def only(*entities: Any) -> Target:
    return listed(*entities).targets[0]


def test_the_list_itself() -> None:
    found = listed(*FIXTURE)
    assert (found.id, found.format, found.title) == ("opensanctions", "ftm-entities", "OpenSanctions: xx_list")
    assert found.date == PartialDate("2024-06-02")
    assert (found.records_seen, len(found.targets), found.rejected) == (3, 3, ())
    assert [target.id for target in found.targets] == ["ftm:NK-1", "ftm:NK-2", "ftm:NK-3"]
    assert [target.kind for target in found.targets] == [TargetKind.PERSON, TargetKind.COMPANY, TargetKind.VESSEL]
    assert len(found.sources[0].sha256) == 64
    assert found.sources[0].published == found.date


def test_names_their_kinds_and_strengths() -> None:
    target = only(*FIXTURE)
    assert target.name == "Kamyar Darvandi"
    assert [(name.text, name.kind, name.strength) for name in target.names] == [
        ("Kamyar Darvandi", NameKind.PRIMARY, NameStrength.STRONG),
        ("کامیار دروندی", NameKind.ALIAS, NameStrength.STRONG),
        ("Kamran Darvandi", NameKind.ALIAS, NameStrength.STRONG),
        ("Kam", NameKind.ALIAS, NameStrength.WEAK),
        ("Kamyar Darvand", NameKind.FORMER, NameStrength.STRONG),
    ]
    assert [(part.kind, part.text) for part in target.names[0].parts] == [
        (NamePartKind.GIVEN, "Kamyar"),
        (NamePartKind.FAMILY, "Darvandi"),
    ]
    assert target.names[0].origin is not None
    assert target.names[0].origin.locator == "line 1, name[1]"
    assert target.names[1].script == "Arab"


def test_the_first_name_is_shown_where_the_caption_is_none_of_them() -> None:
    target = only(entity("a", "Person", {"caption": "Other"}, name=["One", "Two"], firstName=["Uno"]))
    assert target.name == "One"
    assert ("caption", "Other") in {(one.name, one.value) for one in target.attributes}
    assert ("firstName", "Uno") in {(one.name, one.value) for one in target.attributes}
    assert target.names[0].parts == ()


def test_an_alias_is_shown_where_there_is_no_name() -> None:
    target = only(entity("a", "Person", weakAlias=["Kam"], alias=["Kamran"]))
    assert [(name.text, name.kind, name.strength) for name in target.names] == [
        ("Kamran", NameKind.PRIMARY, NameStrength.STRONG),
        ("Kam", NameKind.ALIAS, NameStrength.WEAK),
    ]


def test_a_thing_without_a_name_is_told_by_its_number() -> None:
    found = listed(entity("w", "CryptoWallet", {"caption": "CryptoWallet"}, publicKey=["bc1qinvented"]))
    assert found.targets[0].name == "bc1qinvented"
    assert found.targets[0].identifiers[0].type is IdentifierType.WALLET
    assert [note.text for note in found.notes] == ["no name: publicKey stands for it"]


def test_birth_countries_and_the_rest_of_a_person() -> None:
    target = only(*FIXTURE)
    (birth,) = target.births
    assert (birth.date, birth.place, birth.country) == (PartialDate("1975-03"), "Shiraz", "IR")
    assert [(tie.role, tie.country, tie.text) for tie in target.countries] == [
        (TieRole.NATIONALITY, "IR", "ir"),
        (TieRole.CITIZENSHIP, "SU", "suhh"),
        (TieRole.SEAT, None, "ua-cri"),
    ]
    assert (target.gender, target.positions) == ("male", ("Colonel",))
    told = {(one.name, one.value): one.date for one in target.attributes}
    assert told["topics", "sanction"] is None
    assert told["notes", "Said to be tall"] is None
    assert told["deathDate", "2020"] == PartialDate("2020")
    assert told["first_seen", "2024-04-18T06:00:00"] == PartialDate("2024-04-18")
    assert told["referents", "xx-1"] is None
    assert told["target", "true"] is None


def test_several_births_are_not_paired() -> None:
    target = only(entity("a", "Person", name=["A"], birthDate=["1975", "1976"], birthPlace=["Shiraz"]))
    assert [(birth.date, birth.place) for birth in target.births] == [
        (PartialDate("1975"), ""),
        (PartialDate("1976"), ""),
        (None, "Shiraz"),
    ]


def test_last_seen_is_told_where_it_is_not_the_list_s_own_date() -> None:
    gone = entity("a", "Person", {"last_seen": "2023-01-01"}, name=["A"])
    here = entity("b", "Person", {"last_seen": "2024-01-01"}, name=["B"])
    found = listed(gone, here)
    assert [any(one.name == "last_seen" for one in target.attributes) for target in found.targets] == [True, False]


def test_papers_and_numbers() -> None:
    found = listed(*FIXTURE)
    numbers = {one.number: one for one in found.targets[0].identifiers}
    assert [one.type for one in found.targets[0].identifiers] == [
        IdentifierType.NATIONAL_ID,
        IdentifierType.EMAIL,
        IdentifierType.PASSPORT,
        IdentifierType.LIST_REFERENCE,
        IdentifierType.LIST_REFERENCE,
    ]
    passport = numbers["A100"]
    assert (passport.label, passport.country, passport.issuer) == ("diplomatic", "IR", "Police")
    assert (passport.issued, passport.expires) == (PartialDate("2010-01-01"), PartialDate("2015-01-01"))
    assert numbers["MT-17"].issuer == "Ministry of Tests"
    assert numbers["XXi.001"].country == "UN"
    company = {one.type: one for one in found.targets[1].identifiers}
    assert company[IdentifierType.REGISTRATION].number == "123"
    assert company[IdentifierType.LEI].label == "leiCode"
    assert company[IdentifierType.IMO_COMPANY].number == "1234567"
    assert found.targets[2].identifiers[0].type is IdentifierType.IMO_VESSEL
    failing = [note.origin.locator for note in found.notes if note.origin and "check digits" in note.text]
    assert failing == ["line 2, leiCode", "line 2, imoNumber"]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("National Identity Card", IdentifierType.NATIONAL_ID),
        ("Driver's Licence No.", IdentifierType.DRIVING_LICENCE),
        ("Tax ID No.", IdentifierType.TAX_ID),
        ("Company registration", IdentifierType.REGISTRATION),
        ("Zzyzx", IdentifierType.OTHER),
    ],
)
def test_what_a_paper_is(words: str, kind: IdentifierType) -> None:
    paper = entity("p", "Identification", holder=["a"], number=["1"], type=[words], endDate=["soon"], country=["qq"])
    found = listed(entity("a", "Person", name=["A"]), paper)
    (one,) = found.targets[0].identifiers
    assert (one.type, one.label, one.note) == (kind, words, "country: qq; endDate: soon")
    assert len(found.notes) == 2


def test_a_paper_that_ends_before_it_starts_keeps_both_dates() -> None:
    paper = entity("p", "Passport", holder=["a"], number=["1"], startDate=["2015"], endDate=["2010"])
    (one,) = only(entity("a", "Person", name=["A"]), paper).identifiers
    assert (one.issued, one.expires, one.note) == (PartialDate("2015"), None, "endDate: 2010")


def test_a_paper_without_number_is_a_note() -> None:
    found = listed(entity("a", "Person", name=["A"]), entity("p", "Passport", holder=["a"], authority=["Police"]))
    assert found.targets[0].identifiers == ()
    assert "Police" in found.notes[0].text


def test_addresses() -> None:
    (address,) = only(*FIXTURE).addresses
    assert (address.lines, address.city, address.country) == (("1 Long Road",), "Tehran", "IR")
    more = only(entity("a", "Person", name=["A"], address=["Somewhere"], addressEntity=["gone"]))
    assert [address.lines for address in more.addresses] == [("gone",), ("Somewhere",)]
    full = only(
        entity("a", "Person", name=["A"], addressEntity=["x"]),
        entity("x", "Address", full=["All of it"], latitude=["35.7"], country=["zz", "ir"]),
    )
    assert full.addresses[0].lines == ("All of it",)
    assert full.addresses[0].note == "country: ir; latitude: 35.7"


def test_measures_their_kinds_and_events() -> None:
    found = listed(*FIXTURE)
    assert [(one.id, one.kind, one.label) for one in found.measures] == [
        ("ftm:NK-1/s-1", MeasureKind.ASSET_FREEZE, "Asset freeze, travel ban"),
        ("ftm:NK-1/s-1/2", MeasureKind.TRAVEL_BAN, "Asset freeze, travel ban"),
        ("ftm:NK-1/s-1/3", MeasureKind.UNSPECIFIED, "Something else"),
    ]
    measure = found.measures[0]
    assert [(event.kind, event.date.edtf) for event in measure.events] == [
        (EventKind.LISTED, "2024-04-18"),
        (EventKind.EFFECTIVE, "2024-04-19"),
        (EventKind.AMENDED, "2024-05-01"),
        (EventKind.EXPIRED, "2030"),
    ]
    assert measure.programmes == ("Test programme", "XX-TEST")
    assert (measure.grounds, measure.list_name) == ("He was there.", "xx_list")
    assert measure.note == "status: active; sourceUrl: https://example.org/1"
    (sanctioner,) = found.sanctioners
    assert (sanctioner.id, sanctioner.country, sanctioner.name) == (
        "us-ministry-of-tests",
        "US",
        "Ministry of Tests",
    )


def test_one_sanctioner_for_each_country_and_authority() -> None:
    party = entity("a", "Person", name=["A"])
    found = listed(
        party,
        entity("s1", "Sanction", entity=["a"], authority=["Council"], country=["eu"]),
        entity("s2", "Sanction", entity=["a"], authority=["Council"], country=["eu"]),
        entity("s3", "Sanction", entity=["a"], authority=["Council!"], country=["eu"]),
        entity("s4", "Sanction", entity=["a"], country=["ir"]),
        entity("s5", "Sanction", entity=["a"], authority=["وزارة"]),
        entity("s6", "Sanction", entity=["a"], startDate=["soon"], country=["qq"]),
    )
    assert [(one.country, one.kind) for one in found.sanctioners] == [
        ("EU", SanctionerKind.INTERGOVERNMENTAL),
        ("EU", SanctionerKind.INTERGOVERNMENTAL),
        ("IR", SanctionerKind.COUNTRY),
        (None, SanctionerKind.AGENCY),
        (None, SanctionerKind.AGENCY),
    ]
    assert [one.id for one in found.sanctioners[:3]] == ["eu-council", "eu-council-2", "ir"]
    assert found.sanctioners[4].id == "unstated"
    assert found.measures[5].note == "startDate: soon; country: qq"
    assert len(found.notes) == 2


def test_relations() -> None:
    found = listed(*FIXTURE)
    (owns,) = found.targets[0].relations
    assert (owns.kind, owns.other, owns.share) == (RelationKind.OWNS_OR_CONTROLS, "ftm:NK-2", 0.51)
    assert (owns.label, owns.during, owns.note) == ("shareholder", PartialDate("2001/.."), "")
    (owned,) = found.targets[2].relations
    assert (owned.kind, owned.other, owned.label) == (RelationKind.PROPERTY_OF, "ftm:NK-2", "owner")


def test_a_relation_to_somebody_outside_the_file_is_told_by_id_from_the_other_end() -> None:
    link = entity("l", "Directorship", director=["gone"], organization=["a"], percentage=["most"], startDate=["soon"])
    (relation,) = only(entity("a", "Company", name=["A"]), link).relations
    assert (relation.kind, relation.other, relation.text) == (RelationKind.OTHER, "", "gone")
    assert relation.note == "percentage: most; startDate: soon"


def test_a_position_that_is_an_entity() -> None:
    target = only(
        entity("a", "Person", name=["A"]),
        entity("post", "Position", name=["Minister of Tests"]),
        entity("o", "Occupancy", holder=["a"], post=["post"], startDate=["2020"]),
    )
    assert target.positions == ("Minister of Tests",)
    assert next(one.note for one in target.attributes if one.name == "Occupancy") == "startDate: 2020"


def test_what_belongs_to_nobody_is_a_note_with_all_that_it_says() -> None:
    found = listed(
        entity("a", "Person", name=["A"]),
        entity("s", "Sanction", entity=["gone"], reason=["Because"]),
        entity("d", "Document", title=["A paper"]),
        entity("x", "Address", full=["Nowhere"]),
        entity("l", "Family", person=["gone"], relative=["gone too"]),
    )
    assert [note.origin.raw for note in found.notes if note.origin] == [
        "entity: gone; reason: Because",
        "title: A paper",
        "full: Nowhere",
        "person: gone; relative: gone too",
    ]
    assert found.records_seen == 1


def test_what_publishers_add_one_day_is_kept() -> None:
    found = listed(entity("a", "Robot", {"score": 7}, name=["R2"], model=["x"]), COMPANY)
    assert found.targets[0].kind is TargetKind.UNKNOWN
    assert {("score", "7"), ("model", "x")} <= {(one.name, one.value) for one in found.targets[0].attributes}
    assert ("brandNew", "a property of tomorrow") in {(one.name, one.value) for one in found.targets[1].attributes}


def changed(one: dict[str, Any], **properties: Any) -> dict[str, Any]:
    """An entity with other properties; one of None is left out."""
    return {
        **one,
        "properties": {name: value for name, value in {**one["properties"], **properties}.items() if value is not None},
    }


NESTED = changed(
    PERSON,
    sanctions=[changed(SANCTION, entity=None)],
    addressEntity=[ADDRESS],
    passports=[PASSPORT],
    ownershipOwner=[changed(OWNERSHIP, owner=[], asset=[COMPANY])],
)


def test_nested_entities_say_the_same() -> None:
    found, plain = listed(NESTED, VESSEL), listed(*FIXTURE)
    assert found.format == "ftm-nested"
    assert [measure.kind for measure in found.measures] == [measure.kind for measure in plain.measures]
    person = found.targets[0]
    assert person.addresses[0].city == "Tehran"
    assert person.addresses[0].origin is not None
    assert person.addresses[0].origin.locator == "line 1, addressEntity[0]"
    assert {one.number for one in person.identifiers} == {one.number for one in plain.targets[0].identifiers}
    assert person.relations[0].other == "ftm:NK-2"
    assert {target.id for target in found.targets} == {target.id for target in plain.targets}
    assert {one.name for one in person.attributes} == {one.name for one in plain.targets[0].attributes}


def test_a_party_that_stands_inside_others_only_is_told_once_and_last() -> None:
    def owned_by(owner: str) -> dict[str, Any]:
        link = entity(f"o-{owner}", "Ownership", asset=[COMPANY], percentage=["50"])
        freeze = entity(f"s-{owner}", "Sanction", reason=[f"Owned by {owner}"])
        with_freeze = changed(COMPANY, sanctions=[freeze])
        return entity(owner, "Person", name=[owner], ownershipOwner=[changed(link, asset=[with_freeze])])

    found = listed(owned_by("Ann"), owned_by("Ben"))
    assert [target.name for target in found.targets] == ["Ann", "Ben", "Ordak Works"]
    assert [target.relations[0].other for target in found.targets[:2]] == ["ftm:NK-2", "ftm:NK-2"]
    assert [measure.grounds for measure in found.measures] == ["Owned by Ann", "Owned by Ben"]
    assert {measure.target for measure in found.measures} == {"ftm:NK-2"}


def test_a_line_of_its_own_says_more_than_a_copy_inside_another() -> None:
    copy = {**changed(COMPANY, name=["A copy"]), "caption": "A copy"}
    found = listed(changed(NESTED, ownershipOwner=[changed(OWNERSHIP, owner=None, asset=[copy])]), COMPANY)
    assert [target.name for target in found.targets] == ["Kamyar Darvandi", "Ordak Works"]


def test_a_link_is_told_of_its_near_end_wherever_it_stands() -> None:
    seen_from_afar = changed(COMPANY, ownershipAsset=[changed(OWNERSHIP, asset=None)])
    found = listed(entity("NK-1", "Person", name=["Kamyar Darvandi"], passports=[PASSPORT]), seen_from_afar)
    assert found.format == "ftm-nested"
    assert [[relation.other for relation in target.relations] for target in found.targets] == [["ftm:NK-2"], []]


def test_what_is_nested_and_speaks_of_somebody_else_is_told_of_that_one() -> None:
    other = changed(SANCTION, entity=["NK-3"])
    unused = entity("d-1", "Document", title=["A paper"])
    found = listed(changed(NESTED, sanctions=[other], mentioned=[unused]), VESSEL)
    assert {measure.target for measure in found.measures} == {"ftm:NK-3"}
    assert [note.origin.raw for note in found.notes if note.origin and "no party" in note.text] == ["title: A paper"]


def test_a_file_without_a_party_is_not_whole() -> None:
    with pytest.raises(DamagedInputError, match="no person, company or other party"):
        listed(SANCTION, ADDRESS)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("[]", "no entity"),
        ('{"id": "", "schema": "Person", "properties": {}}', "no entity"),
        ('{"id": "b", "schema": "Person", "properties": []}', "no entity"),
        ('{"id": "b", "schema": "Person", "properties": {"name": ["-"]}}', "no name"),
        ('{"id": "a", "schema": "Person", "properties": {"name": ["B"]}}', "stands twice, first in line 1"),
        ('{"id": "b", "schema": "Person", "properties": {"name": ["\\ud800x"]}}', "surrogate"),
    ],
)
def test_a_record_that_cannot_be_read_is_rejected_with_its_line(line: str, reason: str) -> None:
    content = lines(entity("a", "Person", name=["A"])) + line.encode()
    with pytest.raises(RejectedRecordsError):
        read(content, registry=ONLY)
    found = read(content, registry=ONLY, on_rejected="collect")
    (rejected,) = found.rejected
    assert reason in rejected.reason
    assert rejected.origin.locator == "line 2"
    assert found.records_seen == 2


def test_odd_values_are_kept_as_text() -> None:
    odd = {"id": "a", "schema": "Person", "properties": {"name": "A", "height": [1.8, None, "", {"x": 1}], "": ["?"]}}
    found = listed(odd)
    values = {(one.name, one.value) for one in found.targets[0].attributes}
    assert {("height", "1.8"), ("height", '{"x": 1}'), ("unnamed", "?")} <= values


@pytest.mark.parametrize("cut", [2, 40, 90])
def test_a_file_that_was_cut_is_damaged(cut: int) -> None:
    with pytest.raises(DamagedInputError, match="line 7"):
        read(lines(*FIXTURE)[:-cut], registry=ONLY)


def test_an_encoding_that_is_not_utf_8_is_damage() -> None:
    with pytest.raises(DamagedInputError, match="line 1"):
        read(lines(PERSON).decode().encode("cp1256", errors="replace"), registry=ONLY)


def test_deep_nesting_is_no_crash() -> None:
    deep = '{"id":"a","schema":"Person","properties":{"x":' * 5000 + "1" + "}}" * 5000
    with pytest.raises(ReadError):
        read(deep.encode(), registry=ONLY)


@pytest.mark.parametrize(
    "content",
    [
        b'{"record": "list", "version": 1, "id": "x"}',
        b'{"type": "FeatureCollection", "features": [{"properties": {}}]}',
        b"id,name\n1,x\n",
        b"Last Updated,10/04/2025\nName 6,Name 1\n",
    ],
)
def test_other_content_is_not_taken(content: bytes) -> None:
    with pytest.raises(UnknownFormatError):
        read(content, registry=ONLY)


def test_days_and_values_that_cannot_be_read() -> None:
    odd = entity(
        "a",
        "Vessel",
        {"last_seen": "2024-13-45"},
        name=["A", "!!"],
        birthCountry=["qq"],
        buildDate=["long ago"],
        birthDate=["2024-02-31"],
        sector=["ships", "arms"],
    )
    link = entity("l", "UnknownLink", subject=["a"], object=["b"], startDate=["2002"], endDate=["2001"])
    found = listed(odd, entity("b", "Person", name=["B"]), link)
    target = found.targets[0]
    assert found.date is None
    assert [(birth.date, birth.place, birth.note) for birth in target.births] == [(None, "qq", "2024-02-31")]
    assert target.sector == "ships"
    told = {(one.name, one.value) for one in target.attributes}
    assert {("buildDate", "long ago"), ("name", "!!"), ("sector", "arms")} <= told
    assert target.relations[0].during is None
    assert target.relations[0].note == "startDate: 2002; endDate: 2001"
    assert len(found.notes) == 4


def test_blank_lines_and_a_byte_order_mark_are_passed_over() -> None:
    content = b"\xef\xbb\xbf" + lines(PERSON).replace(b"\n", b"\r\n\r\n") + lines(VESSEL)
    assert len(read(content, registry=ONLY).targets) == 2


HEADER = [
    "id",
    "schema",
    "name",
    "aliases",
    "birth_date",
    "countries",
    "addresses",
    "identifiers",
    "sanctions",
    "phones",
    "emails",
    "program_ids",
    "dataset",
    "first_seen",
    "last_seen",
    "last_change",
]
ROW = {
    "id": "NK-1",
    "schema": "Person",
    "name": "Kamyar Darvandi",
    "aliases": 'Kamran Darvandi;"Darvandi; the Elder"',
    "birth_date": "1975-03;1976",
    "countries": "ir;ua-cri",
    "addresses": "1 Long Road, Tehran",
    "identifiers": "A100;007",
    "sanctions": "Test programme - He was there. - 2024-04-18",
    "phones": "+982100000000",
    "emails": "k@example.org",
    "program_ids": "XX-TEST",
    "dataset": "Test List",
    "first_seen": "2024-04-18T06:00:00",
    "last_seen": "2024-06-01T06:00:00",
    "last_change": "2024-05-01T06:00:00",
}


def table(*rows: dict[str, str], header: list[str] | None = None) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, header or HEADER, restval="", extrasaction="ignore", dialect=csv.unix_dialect)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def rows(*given: dict[str, str], header: list[str] | None = None) -> SanctionsList:
    return read(table(*given, header=header), registry=ONLY, on_rejected="collect")


def test_a_row_of_the_simple_table() -> None:
    found = rows(ROW, {"id": "NK-2", "schema": "Vessel", "name": "ORDAK STAR"})
    assert (found.format, found.date, found.records_seen) == (
        "opensanctions-simple-csv",
        PartialDate("2024-06-01"),
        2,
    )
    target = found.targets[0]
    assert (target.id, target.kind) == ("ftm:NK-1", TargetKind.PERSON)
    assert [(name.text, name.kind) for name in target.names] == [
        ("Kamyar Darvandi", NameKind.PRIMARY),
        ("Kamran Darvandi", NameKind.ALIAS),
        ("Darvandi; the Elder", NameKind.ALIAS),
    ]
    assert [birth.date for birth in target.births] == [PartialDate("1975-03"), PartialDate("1976")]
    assert [(tie.role, tie.country, tie.text) for tie in target.countries] == [
        (TieRole.SEAT, "IR", "ir"),
        (TieRole.SEAT, None, "ua-cri"),
    ]
    assert [(one.type, one.number) for one in target.identifiers] == [
        (IdentifierType.OTHER, "A100"),
        (IdentifierType.OTHER, "007"),
        (IdentifierType.PHONE, "+982100000000"),
        (IdentifierType.EMAIL, "k@example.org"),
    ]
    assert {one.name for one in target.attributes} == {"dataset", "first_seen", "last_change"}
    (measure,) = found.measures
    assert (measure.kind, measure.label) == (MeasureKind.UNSPECIFIED, ROW["sanctions"])
    assert (measure.programmes, measure.list_name, measure.events) == (("XX-TEST",), "Test List", ())
    assert found.targets[1].kind is TargetKind.VESSEL
    assert [note.text for note in found.notes[:-1]] == ["a country that no table knows: 'ua-cri'"]
    assert "does not tell" in found.notes[-1].text


def test_programmes_of_several_sanctions_belong_to_none_of_them() -> None:
    found = rows({**ROW, "sanctions": "One;Two"})
    assert [(one.id, one.programmes) for one in found.measures] == [("ftm:NK-1/1", ()), ("ftm:NK-1/2", ())]
    assert ("program_ids", "XX-TEST") in {(one.name, one.value) for one in found.targets[0].attributes}


def test_columns_of_tomorrow_and_unknown_schemata_are_kept() -> None:
    found = rows({**ROW, "schema": "Robot", "risk": "9", "birth_date": "soon"}, header=[*HEADER, "risk"])
    told = {(one.name, one.value) for one in found.targets[0].attributes}
    assert {("risk", "9"), ("schema", "Robot")} <= told
    assert found.targets[0].births[0].note == "soon"
    assert len(found.notes) == 4


def test_a_row_may_go_on_behind_the_headings_or_end_before_them() -> None:
    content = table(ROW).rstrip(b"\n") + b',"more"\n"NK-2","Person","Mehrak Zandi"\n'
    found = read(content, registry=ONLY)
    assert ("column 17", "more") in {(one.name, one.value) for one in found.targets[0].attributes}
    assert found.targets[1].name == "Mehrak Zandi"
    assert any("without a heading" in note.text for note in found.notes)


def test_rows_that_cannot_be_read() -> None:
    found = rows({**ROW, "id": ""}, {**ROW, "name": "-", "aliases": ""}, ROW, ROW, {**ROW, "id": "b", "name": ""})
    assert [(one.origin.locator, one.reason) for one in found.rejected] == [
        ("row 2", "the row has no id"),
        ("row 3", "no name with a letter or a digit"),
        ("row 5", "a second record with the id ftm:NK-1: Kamyar Darvandi"),
    ]
    assert found.targets[1].name == "Kamran Darvandi"
    assert found.records_seen == 5


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (table(ROW)[:-20], "line"),
        (table(), "no row"),
        (table(ROW).replace(b"Kamyar", b"Kam\xffar"), "byte"),
        (table(ROW).replace(b"Kamyar", b"Kam\0ar"), "NUL"),
    ],
)
def test_a_damaged_table(content: bytes, where: str) -> None:
    with pytest.raises(DamagedInputError, match=where):
        read(content, registry=ONLY)


def test_a_table_is_known_by_its_headings() -> None:
    assert set(HEADER) >= MARKERS
    with pytest.raises(UnknownFormatError):
        read(table(ROW, header=["id", "schema", "name"]), registry=ONLY)
    assert read(table(ROW, header=HEADER[::-1]), registry=ONLY).targets[0].name == "Kamyar Darvandi"
    assert read(b"\xef\xbb\xbf" + table(ROW), registry=ONLY).targets[0].name == "Kamyar Darvandi"


CONTENTS = [lines(*FIXTURE), lines(NESTED, VESSEL), table(ROW, {**ROW, "id": "NK-2"})]


def same_as_a_stream(content: bytes) -> SanctionsList:
    """The list as read; a stream of it hands on the same."""
    whole = read(content, registry=ONLY, on_rejected="collect")
    with stream(content, registry=ONLY, on_rejected="collect") as records:
        assert records.sanctions_list() == whole
    return whole


@pytest.mark.parametrize("content", [*CONTENTS, lines(PERSON, PERSON, SANCTION, SANCTION, [])])
def test_a_stream_hands_on_the_same(content: bytes) -> None:
    assert same_as_a_stream(content).targets


def persons(count: int) -> Iterable[dict[str, Any]]:
    return (changed({**PERSON, "id": f"P-{number}"}, addressEntity=[f"a-{number}"]) for number in range(count))


def scattered(count: int) -> bytes:
    sanctions = (changed({**SANCTION, "id": f"s-{number}"}, entity=[f"P-{number}"]) for number in range(count))
    homes = ({**ADDRESS, "id": f"a-{number}"} for number in range(count))
    return lines(*persons(count), *sanctions, *homes)


def nested(count: int) -> bytes:
    return lines(
        *(
            changed(
                person, sanctions=[changed({**SANCTION, "id": f"s-{number}"}, entity=None)], addressEntity=[ADDRESS]
            )
            for number, person in enumerate(persons(count))
        )
    )


def simple(count: int) -> bytes:
    return table(*({**ROW, "id": f"P-{number}"} for number in range(count)))


def peak(work: Callable[[], object]) -> int:
    """The most memory that was held at once, in bytes, beyond what was held before."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(("made", "share", "count"), [(nested, 0.1, 60), (simple, 0.1, 300), (scattered, 0.3, 60)])
def test_a_stream_holds_little_of_each_record(
    made: Callable[[int], bytes], share: float, count: int, tmp_path: Path
) -> None:
    """Ids, and as short texts what is told with no line; of all that reading holds, a small share."""
    few, many = tmp_path / "few", tmp_path / "many"
    few.write_bytes(made(count))
    many.write_bytes(made(2 * count))

    def grows(verb: Callable[..., Any]) -> int:
        def work(path: Path) -> Callable[[], int]:
            return lambda: len([0 for _ in verb(path)])

        work(many)()  # what is cached is cached
        return peak(work(many)) - peak(work(few))

    assert grows(lambda path: stream(path, registry=ONLY)) < share * grows(
        lambda path: [*read(path, registry=ONLY).targets]
    )


def test_a_file_that_changes_between_the_passes(tmp_path: Path) -> None:
    path = tmp_path / "list"
    path.write_bytes(nested(3))
    with stream(path, registry=ONLY) as records:
        next(records)
        path.write_bytes(nested(4))
    with stream(path, registry=ONLY) as records:
        first_pass = records.heading
        path.write_bytes(nested(5))
        assert first_pass.title
        with pytest.raises(DamagedInputError, match="changed while it was read"):
            list(records)


@given(
    content=st.sampled_from(CONTENTS),
    changes=st.lists(
        st.tuples(st.integers(0, 5000), st.binary(max_size=3), st.integers(0, 30)), min_size=1, max_size=4
    ),
)
@settings(max_examples=100)
def test_only_errors_of_the_library_escape(content: bytes, changes: list[tuple[int, bytes, int]]) -> None:
    for at, new, width in changes:
        place = at % (len(content) + 1)
        content = content[:place] + new + content[place + width :]
    try:
        found = same_as_a_stream(content)
    except SanctionsTrackerError:
        return
    assert found.records_seen == len(found.targets) + len(found.rejected)
    assert found.records_seen > 0


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


@given(
    index=st.integers(0, 6),
    name=st.sampled_from(sorted({key for one in FIXTURE for key in one["properties"]})),
    value=json_values | st.lists(st.sampled_from(["NK-1", "NK-2", "addr-1", "s-1"])),
)
@settings(max_examples=100)
def test_whatever_a_property_holds_the_accounting_holds(index: int, name: str, value: Any) -> None:
    entities = [changed(one, **{name: value}) if place == index else one for place, one in enumerate(FIXTURE)]
    found = same_as_a_stream(lines(*entities))
    assert found.records_seen == 3 == len(found.targets) + len(found.rejected)
