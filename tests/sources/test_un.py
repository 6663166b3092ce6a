"""The UN consolidated list: what each element becomes, and what bad input does. All parties here are invented."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanctions_tracker.codec import structure, unstructure
from sanctions_tracker.errors import DamagedInputError, RejectedRecordsError, SanctionsTrackerError, UnsafeInputError
from sanctions_tracker.model import PartialDate, SanctionsList, Target
from sanctions_tracker.model.vocabulary import (
    EventKind,
    IdentifierType,
    MeasureKind,
    MeasureStatus,
    NameKind,
    NameStrength,
    TargetKind,
    TieRole,
    Validity,
)
from sanctions_tracker.sources import read, stream, un
from sanctions_tracker.sources.document import open_document
from sanctions_tracker.sources.registry import Registry
from sanctions_tracker.sources.un.dates import circa, worded_date, xml_date, years
from sanctions_tracker.sources.un.documents import number_in
from sanctions_tracker.sources.un.naming import split_alias
from tests.sources.streams import grows_little, read_and_streamed

REGISTRY = Registry((un.SOURCE,))
FIXTURE = Path(__file__).parents[1] / "fixtures" / "un_consolidated.xml"
CONTENT = FIXTURE.read_bytes()
HEAD = "<CONSOLIDATED_LIST dateGenerated='{date}'><INDIVIDUALS>{persons}</INDIVIDUALS><ENTITIES>{entities}</ENTITIES>"
PERSON = "<DATAID>1</DATAID><FIRST_NAME>KAMYAR</FIRST_NAME><UN_LIST_TYPE>DPRK</UN_LIST_TYPE>"


def consolidated(*persons: str, entities: tuple[str, ...] = (), date: str = "2025-04-19T23:00:04.625Z") -> bytes:
    """A list of the records given, each without its outer element."""
    inner = (
        "".join(f"<INDIVIDUAL>{text}</INDIVIDUAL>" for text in persons),
        "".join(f"<ENTITY>{text}</ENTITY>" for text in entities),
    )
    return (HEAD.format(date=date, persons=inner[0], entities=inner[1]) + "</CONSOLIDATED_LIST>").encode()


def listed(content: bytes) -> SanctionsList:
    return read(content, registry=REGISTRY, on_rejected="collect")


def both(content: bytes) -> SanctionsList:
    """The list, read whole and streamed alike."""
    whole = read_and_streamed(content, registry=REGISTRY)
    assert whole is not None
    return whole


def only(extra: str) -> Target:
    (target,) = listed(consolidated(PERSON + extra)).targets
    return target


def notes(extra: str) -> list[str]:
    return [note.text for note in listed(consolidated(PERSON + extra)).notes]


@pytest.fixture(scope="module")
def fixture() -> SanctionsList:
    return read(FIXTURE, registry=REGISTRY)


def test_the_list_itself(fixture: SanctionsList) -> None:
    assert (fixture.id, fixture.format) == ("un-consolidated", "un-consolidated-xml")
    assert fixture.date == PartialDate("2025-04-19")
    assert (fixture.records_seen, len(fixture.targets), fixture.rejected, fixture.notes) == (3, 3, (), ())
    assert [(body.id, body.country) for body in fixture.sanctioners] == [("un-sc", "UN")]
    assert len(fixture.sources[0].sha256) == 64
    assert structure(unstructure(fixture), SanctionsList) == fixture


def test_names_of_a_person(fixture: SanctionsList) -> None:
    person = fixture.target("un:9000001")
    assert person.kind is TargetKind.PERSON
    assert [(n.text, n.kind, n.strength, n.script) for n in person.names] == [
        ("KAMYAR DARVANDI ORDAKI", NameKind.PRIMARY, NameStrength.STRONG, "Latn"),
        ("کامیار دروندی", NameKind.ORIGINAL_SCRIPT, NameStrength.STRONG, "Arab"),
        ("Kamyar Darwandi", NameKind.ALIAS, NameStrength.STRONG, "Latn"),
        ("Abu Ordak", NameKind.ALIAS, NameStrength.WEAK, "Latn"),
        ("أبو أرداك", NameKind.ALIAS, NameStrength.WEAK, "Arab"),
        ("Kamran Ordaki", NameKind.ALIAS, NameStrength.STRONG, "Latn"),
        ("كامران أرداكي", NameKind.ALIAS, NameStrength.STRONG, "Arab"),
    ]
    assert person.names[2].note == "previously listed as"
    assert person.names[0].origin is not None
    assert person.names[0].origin.locator == "FIRST_NAME to THIRD_NAME"
    assert person.names[4].origin is not None
    assert person.names[4].origin.raw == "nom de guerre. In Arabic: أبو أرداك"


def test_quality_of_an_entity_s_alias_is_its_kind(fixture: SanctionsList) -> None:
    entity = fixture.target("un:9000002")
    assert entity.kind is TargetKind.ENTITY
    assert [(n.text, n.kind, n.strength) for n in entity.names] == [
        ("ORDAK WORKS", NameKind.PRIMARY, NameStrength.STRONG),
        ("Ordak Trading", NameKind.ALIAS, NameStrength.STRONG),
        ("Ordak Brothers", NameKind.FORMER, NameStrength.STRONG),
    ]


def test_births_ties_addresses_and_the_rest(fixture: SanctionsList) -> None:
    person = fixture.target("un:9000001")
    assert [(b.date, b.place, b.country, b.note) for b in person.births] == [
        (PartialDate("1961~"), "", None, ""),
        (PartialDate("1960/1962"), "", None, ""),
        (None, "Old Quarter, Ordak City, North Province", "AF", ""),
        (PartialDate("1959-03-02"), "Ordak", "PK", "with the alias Kamran Ordaki"),
    ]
    assert [(t.role, t.country, t.text) for t in person.countries] == [
        (TieRole.NATIONALITY, "AF", "Afghanistan"),
        (TieRole.NATIONALITY, "LY", "Libyan"),
    ]
    (address,) = person.addresses
    assert (address.lines, address.city, address.region, address.postcode) == (("1 Ordak Street",), "Kabul", "", "1001")
    assert (address.country, address.country_text, address.note) == ("AF", "Afghanistan", "previous address")
    assert person.positions == ("Minister of Ponds", "Governor of Lakes", "Envoy")
    assert person.gender == "male"
    assert [(a.name, a.value) for a in person.attributes] == [
        ("Title", "Mullah"),
        ("SUBMITTED_BY", "Ruritania"),
        ("NEW_GROUP/INNER", "kept"),
    ]


def test_documents(fixture: SanctionsList) -> None:
    numbers = fixture.target("un:9000001").identifiers
    assert [(i.type, i.number, i.country, i.issued, i.expires) for i in numbers] == [
        (IdentifierType.LIST_REFERENCE, "TAi.999", None, None, None),
        (IdentifierType.PASSPORT, "X00001", "AF", PartialDate("1999-01-02"), PartialDate("2004-02-23")),
        (IdentifierType.NATIONAL_ID, "654321", "AF", PartialDate("1974"), None),
    ]
    assert numbers[1].note == "issued in Kabul; expired on 23 Feb. 2004"
    assert numbers[2].label == "National Identification Number (Afghan identity card number 654321)"


def test_measures_by_committee(fixture: SanctionsList) -> None:
    freeze, travel, arms = fixture.measures_on("un:9000001")
    assert [m.kind for m in (freeze, travel, arms)] == [
        MeasureKind.ASSET_FREEZE,
        MeasureKind.TRAVEL_BAN,
        MeasureKind.ARMS_EMBARGO,
    ]
    assert freeze.id == "un:9000001/taliban/asset-freeze"
    assert (freeze.programmes, freeze.list_name, freeze.grounds) == (("Taliban",), "UN List", "Keeper of ducks.")
    assert [(e.kind, e.date) for e in freeze.events] == [
        (EventKind.LISTED, PartialDate("2001-02-23")),
        (EventKind.AMENDED, PartialDate("2003-09-03")),
        (EventKind.AMENDED, PartialDate("2007-07-09")),
    ]
    assert freeze.legal_bases == ("resolution 2255 (2015), paragraph 1 (a)",)
    assert [m.kind for m in fixture.measures_on("un:9000002")] == [MeasureKind.ASSET_FREEZE]  # no travel of a firm


def test_guinea_bissau_is_no_freeze_and_the_comments_can_narrow(fixture: SanctionsList) -> None:
    libya = fixture.measures_on("un:9000003")
    assert [(m.kind, m.listed_on) for m in libya] == [
        (MeasureKind.ASSET_FREEZE, PartialDate("2011-03-17")),
        (MeasureKind.TRAVEL_BAN, PartialDate("2011-02-26")),
    ]
    bissau = listed(consolidated(PERSON.replace("DPRK", "GB"))).measures
    assert [m.kind for m in bissau] == [MeasureKind.TRAVEL_BAN]
    stated = "<COMMENTS1>Listed pursuant to paragraph 15 of resolution 1970 (Travel Ban).</COMMENTS1>"
    only_travel = listed(consolidated(PERSON.replace("DPRK", "Libya") + stated)).measures
    assert [m.kind for m in only_travel] == [MeasureKind.TRAVEL_BAN]


def test_a_committee_s_measures_lapse_and_return() -> None:
    iran = PERSON.replace("DPRK", "Iran") + "<LISTED_ON>2006-12-23</LISTED_ON>"
    _, travel = listed(consolidated(iran, date="2021-03-12T00:00:00Z")).measures
    assert travel.status(dt.date(2021, 3, 12)) is MeasureStatus.EXPIRED
    freeze, travel = listed(consolidated(iran, date="2025-10-01T00:00:00Z")).measures
    assert {m.status(dt.date(2025, 10, 1)) for m in (freeze, travel)} == {MeasureStatus.REIMPOSED}
    freeze, _ = listed(consolidated(iran, date="2021-03-12T00:00:00Z")).measures
    assert freeze.status(dt.date(2021, 3, 12)) is MeasureStatus.IN_FORCE


def test_a_committee_of_the_future() -> None:
    found = listed(consolidated(PERSON.replace("DPRK", "Ruritania")))
    assert [(m.kind, m.programmes) for m in found.measures] == [(MeasureKind.UNSPECIFIED, ("Ruritania",))]
    assert [note.text for note in found.notes] == ["no measures known for this committee: Ruritania"]


def test_empty_aliases_say_nothing() -> None:
    empty = "<INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/></INDIVIDUAL_ALIAS>"
    assert len(only(empty).names) == 1
    assert notes(empty) == []


def test_one_alias_of_two_identities_keeps_both_notes() -> None:
    alias = "<INDIVIDUAL_ALIAS><ALIAS_NAME>Ordak</ALIAS_NAME><NOTE>{}</NOTE></INDIVIDUAL_ALIAS>"
    target = only(alias.format("passport A1") + alias.format("passport B2"))
    assert [(name.text, name.note) for name in target.names[1:]] == [("Ordak", "passport A1; passport B2")]


def test_words_for_not_available_are_no_countries() -> None:
    target = only("<NATIONALITY><VALUE> na</VALUE></NATIONALITY>")  # NA is Namibia's code
    assert (target.countries, target.attributes) == ((), ())


@pytest.mark.parametrize(
    ("alias", "names", "remark"),
    [
        ("Ordak One; Ordak Two", ("Ordak One", "Ordak Two"), ""),
        ("Ordak (أرداك)", ("Ordak", "أرداك"), ""),
        ("أرداك (Ordak; Urdak)", ("أرداك", "Ordak", "Urdak"), ""),
        ("Ordak (OD) (أرداك (original script); Urdak)", ("Ordak", "OD", "أرداك", "Urdak"), "original script"),
        ("Ordak (original script: Ордак)", ("Ordak", "Ордак"), ""),
        ("شيخ أرداك ، أرداك", ("شيخ أرداك", "أرداك"), ""),
        ("Ordak أرداك", ("Ordak", "أرداك"), ""),
        ("Ordak (nom de guerre)", ("Ordak",), "nom de guerre"),
        ("أرداك (Ordak Net - sub-unit name)", ("أرداك", "Ordak Net"), "sub-unit name"),
        ("Ordak Dar, born in Kabul on 1 Jan. 1967", ("Ordak Dar",), "born in Kabul on 1 Jan. 1967"),
        ("Ordak Group (OG)", ("Ordak Group (OG)",), ""),
        ("ORDAK, Ali", ("ORDAK, Ali",), ""),
        (") Ordak", ("Ordak",), ""),
        ("", (), ""),
    ],
)
def test_aliases_that_hold_several(alias: str, names: tuple[str, ...], remark: str) -> None:
    assert split_alias(alias) == (names, remark)


@pytest.mark.parametrize(
    ("note", "name", "found"),
    [
        ("original script: Ордак", "Ordak", ["Ордак"]),
        ("Ordak A; Ordak B", "أرداك", ["Ordak A", "Ordak B"]),
        ("Ordak A; Ordak B", "Ordak", []),
        ("born in 1971 in Kabul (Ordak C; Ordak D)", "Ordak", ["Ordak C", "Ordak D"]),
        ("DOB: 1960; POB: Kabul", "أرداك", []),
        ("Ordak A, Ordak B (transliterations of original script name)", "Ordak", ["Ordak A", "Ordak B"]),
        ("transliterations: Ordak E; Ordak F ) (Translation: The Duck)", "أرداك", ["Ordak E", "Ordak F"]),
    ],
)
def test_names_that_a_note_spells(note: str, name: str, found: list[str]) -> None:
    alias = "<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>{}</ALIAS_NAME><NOTE>{}</NOTE></INDIVIDUAL_ALIAS>"
    assert [n.text for n in only(alias.format(name, note)).names][2:] == found


@pytest.mark.parametrize(
    ("printed", "date"),
    [
        ("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1960-01-01-05:00</DATE>", "1960-01-01"),
        ("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><YEAR>1958</YEAR><NOTE>Sep.</NOTE>", "1958-09"),
        ("<TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1955</FROM_YEAR><TO_YEAR>1958</TO_YEAR>", "1955/1958"),
        ("<TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1955</FROM_YEAR>", "1955/.."),
        ("<FROM_YEAR>1955</FROM_YEAR><TO_YEAR>1958</TO_YEAR><NOTE>Approximately </NOTE>", "1955~/1958~"),
        ("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><NOTE>Between Aug. and Sep. 1977</NOTE>", "1977-08/1977-09"),
        ("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><NOTE>24/06/1402 (Hijri Calendar)</NOTE>", "1982-04-18"),
        ("<TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><NOTE>30-35 years old</NOTE>", None),
        ("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1960-02-31</DATE>", None),
    ],
)
def test_dates_of_birth(printed: str, date: str | None) -> None:
    element = f"<INDIVIDUAL_DATE_OF_BIRTH>{printed}</INDIVIDUAL_DATE_OF_BIRTH>"
    (birth,) = only(element).births
    assert (birth.date.edtf if birth.date else None) == date
    assert bool(notes(element)) is (date is None)
    assert birth.origin is not None


def test_one_date_and_one_place_are_one_birth() -> None:
    date = "<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><YEAR>1960</YEAR></INDIVIDUAL_DATE_OF_BIRTH>"
    place = "<INDIVIDUAL_PLACE_OF_BIRTH><CITY>Ordak</CITY><COUNTRY>Atlantis</COUNTRY></INDIVIDUAL_PLACE_OF_BIRTH>"
    (birth,) = only(date + place).births
    assert (birth.date, birth.place, birth.country) == (PartialDate("1960"), "Ordak, Atlantis", None)
    assert notes(date + place) == ["no country known by this name: Atlantis"]


@pytest.mark.parametrize(
    ("text", "whole", "found"),
    [
        ("OA 123456", True, ("OA 123456", "")),
        ("Afghan passport number SE 012345", True, ("SE 012345", "Afghan passport number")),
        ("Libya 123456", True, ("123456", "Libya")),
        ("00016161 (Yemen)", True, ("00016161", "Yemen")),
        ("381110042 (Expired 25 Jan. 2016)", True, ("381110042", "Expired 25 Jan. 2016")),
        ("letters only", True, ("letters only", "")),
        ("12345678 issued on 18 Jun. 1999", False, ("12345678", "issued on 18 Jun. 1999")),
        ("issued in 1993, under name Ordak", False, ("", "")),
    ],
)
def test_numbers_among_words(text: str, whole: bool, found: tuple[str, str]) -> None:  # noqa: FBT001  (a parameter)
    assert number_in(text, whole=whole) == found


def document(*fields: tuple[str, str]) -> str:
    return "".join(
        ["<INDIVIDUAL_DOCUMENT>", *(f"<{tag}>{text}</{tag}>" for tag, text in fields), "</INDIVIDUAL_DOCUMENT>"]
    )


def test_documents_that_are_hard_to_read() -> None:
    none = document(("TYPE_OF_DOCUMENT", "Passport"), ("NOTE", "issued in 1993, under name Ordak"))
    assert [(a.name, a.note) for a in only(none).attributes] == [
        ("Passport", "issued in 1993, under name Ordak, Passport")
    ]
    assert notes(none) == ["a document without a number: issued in 1993, under name Ordak, Passport"]
    false = document(("TYPE_OF_DOCUMENT", "Passport"), ("NUMBER", "Counterfeit Danish driving licence number 20645897"))
    (found,) = only(false).identifiers
    assert (found.type, found.number, found.validity) == (
        IdentifierType.DRIVING_LICENCE,
        "20645897",
        Validity.FRAUDULENT,
    )
    unknown = document(("TYPE_OF_DOCUMENT", "Duck card"), ("NUMBER", "7"), ("ISSUING_COUNTRY", "Atlantis"))
    (found,) = only(unknown).identifiers
    assert (found.type, found.label, found.issuer, found.country) == (
        IdentifierType.OTHER,
        "Duck card",
        "Atlantis",
        None,
    )
    early = document(
        ("TYPE_OF_DOCUMENT", "Passport"),
        ("NUMBER", "7"),
        ("DATE_OF_ISSUE", "2003-01-01"),
        ("NOTE", "expired 2 Feb. 2001"),
    )
    (found,) = only(early).identifiers
    assert (found.issued, found.expires, found.note) == (PartialDate("2003-01-01"), None, "expired 2 Feb. 2001")
    assert len(notes(early)) == 1


def test_nothing_unknown_vanishes() -> None:
    extra = (
        "stray words<NEW>a</NEW><FIRST_NAME>SECOND FIRST</FIRST_NAME>"
        "<INDIVIDUAL_ADDRESS note='n'><PLANET>Mars</PLANET><CITY>Kabul</CITY><CITY>Herat</CITY></INDIVIDUAL_ADDRESS>"
        "<TITLE><OTHER>t</OTHER></TITLE><GENDER>Unknown</GENDER>"
        "<INDIVIDUAL_ALIAS><QUALITY>Fair</QUALITY><ALIAS_NAME>Ordak</ALIAS_NAME></INDIVIDUAL_ALIAS>"
    )
    target = only(extra)
    kept = json.dumps(unstructure(target), ensure_ascii=False)
    for word in ("stray words", '"a"', "SECOND FIRST", '"n"', "Mars", "Herat", '"t"', "Unknown", "Fair"):
        assert word in kept, word
    assert "unknown alias quality, read as strong: Fair" in notes(extra)


def test_records_that_cannot_be_read() -> None:
    found = listed(
        consolidated(
            PERSON,
            PERSON,
            "<DATAID>2</DATAID><FIRST_NAME>…</FIRST_NAME>",
            "<FIRST_NAME>NOBODY</FIRST_NAME>",
            "<FIRST_NAME>KNOWN BY REFERENCE</FIRST_NAME><REFERENCE_NUMBER>KPi.1</REFERENCE_NUMBER>",
        )
    )
    assert [target.id for target in found.targets] == ["un:1", "un:KPi.1"]
    assert (found.records_seen, len(found.rejected)) == (5, 3)
    assert [r.reason.partition(" ")[0] for r in found.rejected] == ["a", "target", "neither"]
    assert all("INDIVIDUAL, line" in r.origin.locator for r in found.rejected)
    with pytest.raises(RejectedRecordsError):
        read(consolidated(PERSON, PERSON), registry=REGISTRY)


def test_records_of_an_unknown_kind_are_counted() -> None:
    content = consolidated(PERSON).replace(
        b"</INDIVIDUALS>",
        b"<ROBOT><DATAID>7</DATAID></ROBOT></INDIVIDUALS><SHIPS><SHIP><DATAID>8</DATAID></SHIP></SHIPS>",
    )
    found = listed(content)
    assert (found.records_seen, [r.origin.record for r in found.rejected]) == (3, ["7", "8"])
    middle = consolidated(PERSON, PERSON.replace("1<", "2<")).replace(b"</INDIVIDUAL><", b"</INDIVIDUAL><ODD/><", 1)
    assert (listed(middle).records_seen, len(listed(middle).targets)) == (3, 2)
    other = consolidated(PERSON).replace(b"<INDIVIDUALS>", b"<ABOUT>news</ABOUT><INDIVIDUALS>")
    assert [note.text for note in listed(other).notes] == ["a section that this reader does not know: ABOUT"]


def test_a_list_without_its_date() -> None:
    found = listed(consolidated(PERSON, date="soon"))
    assert found.date is None
    assert [note.text for note in found.notes] == ["the list's own date cannot be read"]


@pytest.mark.parametrize(
    "content",
    [
        consolidated(PERSON)[:-30],
        consolidated(),
        consolidated(PERSON.replace("KAMYAR", "KAM\x19YAR")),
        consolidated(PERSON.replace("KAMYAR", "KAM&#x19;YAR")),
        consolidated(PERSON).replace(b"KAMYAR", b"KAM\xff\xfeYAR"),
        consolidated(PERSON).replace(b"KAMYAR", b"KAM\x00YAR"),
        consolidated(PERSON + f"<INDIVIDUAL>{PERSON}</INDIVIDUAL>"),
        consolidated(PERSON).replace(b"INDIVIDUALS>", b"PERSONS>"),
    ],
    ids=["cut", "empty", "control character", "control reference", "encoding", "NUL", "nested", "section"],
)
def test_a_damaged_file_is_never_a_short_list(content: bytes) -> None:
    with pytest.raises(DamagedInputError):
        listed(content)


def test_damage_is_told_with_line_and_column() -> None:
    with pytest.raises(DamagedInputError) as caught:
        listed(consolidated(PERSON).replace(b"KAMYAR", b"\nKAM\x19YAR"))
    assert caught.value.locator.startswith("line 2, column ")


def test_a_damaged_stream_gives_the_records_before_the_damage() -> None:
    content = consolidated(PERSON, *(PERSON.replace(">1<", f">{n}<") + "\n" for n in range(2, 9)))
    content = content.replace(b"<DATAID>7</DATAID>", b"<DATAID>7\x19</DATAID>")
    seen: list[str] = []
    with stream(content, registry=REGISTRY) as records, pytest.raises(DamagedInputError) as caught:
        seen.extend(entry.target.id for entry in records)
    assert seen == [f"un:{n}" for n in range(1, 7)]
    assert caught.value.locator.startswith("line 6, column ")


def test_the_stream_is_the_list() -> None:
    assert len(both(CONTENT).targets) == 3
    nameless, odd = PERSON.replace("KAMYAR", "—").replace(">1<", ">2<"), PERSON.replace(">1<", ">3<")
    rest = "<GENDER>unknown</GENDER><NATIONALITY><VALUE>Atlantis</VALUE></NATIONALITY>"
    assert len(both(consolidated(PERSON, nameless, PERSON, odd + rest, date="soon")).targets) == 2


def test_a_stream_holds_little() -> None:
    def content(count: int) -> bytes:
        return consolidated(*(PERSON.replace(">1<", f">{number}<") for number in range(count)))

    assert grows_little(content, 400, REGISTRY)


def test_a_word_for_number_is_no_country() -> None:
    (passport,) = only(document(("TYPE_OF_DOCUMENT", "Passport"), ("NUMBER", "No. H01 (Iraqi)"))).identifiers
    assert (passport.number, passport.country, passport.note) == ("H01", "IQ", "No. (Iraqi)")  # NO is Norway's code


@pytest.mark.parametrize("unit", ["(passport 1)", "م(", ") (", "born ", "sub-unit - "])
def test_an_endless_alias_stays_one_text(unit: str) -> None:
    text = f"Ordak {unit * 200_000}Ordak"
    assert split_alias(text) == ((text,), "")


@pytest.mark.parametrize("text", ["11111 " * 100 + "(", "1111111111 " * 12 + "(", "no 1" * 200_000])
def test_numbers_that_nearly_are_some_end_in_time(text: str) -> None:
    assert number_in(text, whole=True) == (text, "")


def test_entities_are_refused() -> None:
    with pytest.raises(UnsafeInputError):
        listed(b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + consolidated(PERSON))


def test_only_its_own_root_is_recognised() -> None:
    for content in (b"<data-set/>", b"<CONSOLIDATED_LIST xmlns='urn:x'/>", b"CONSOLIDATED_LIST,1", b"<sdnList/>"):
        with open_document(content) as document_:
            assert not un.SOURCE.formats[0].recognise(document_)


def test_dates_in_words() -> None:
    assert xml_date("2021-03-12T19:03:54.942-05:00") == PartialDate("2021-03-12")
    assert worded_date("(July 2006)") == PartialDate("2006-07")
    assert years("", "1960") == PartialDate("../1960")
    assert circa(PartialDate("../1960")) == PartialDate("../1960~")


@settings(max_examples=100)
@given(st.data())
def test_mutated_files_are_read_or_refused(data: st.DataObject) -> None:
    content = bytearray(CONTENT)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        what = data.draw(st.sampled_from(("byte", "cut", "drop", "repeat")))
        size = data.draw(st.integers(1, 60))
        if what == "byte":
            content[at] = data.draw(st.integers(0, 255))
        elif what == "cut":
            content = content[: at + 1]
        elif what == "drop":
            del content[at : at + size]
        else:
            content[at:at] = content[at : at + size]
        if not content:
            return
    try:
        found = listed(bytes(content))
    except SanctionsTrackerError:
        return
    assert found.records_seen == len(found.targets) + len(found.rejected)
    assert found.records_seen > 0
    assert structure(unstructure(found), SanctionsList) == found
