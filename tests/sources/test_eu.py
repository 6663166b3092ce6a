"""The EU's list: what each attribute and column becomes, and what bad input does. All parties here are invented."""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanctions_tracker.codec import structure, unstructure
from sanctions_tracker.errors import (
    DamagedInputError,
    RejectedRecordsError,
    UnknownFormatError,
    UnsafeInputError,
)
from sanctions_tracker.model import Measure, PartialDate, SanctionsList, Target
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
    Validity,
)
from sanctions_tracker.sources import read, tables
from sanctions_tracker.sources.eu import SOURCE
from sanctions_tracker.sources.registry import Registry
from tests.sources.streams import grows_little, read_and_streamed

REGISTRY = Registry((SOURCE,))
FIXTURE = Path(__file__).parent.parent / "fixtures" / "eu_full.xml"
XML = FIXTURE.read_text(encoding="utf-8")
NAMESPACE = 'xmlns="http://eu.europa.ec/fpi/fsd/export"'
NAME = 'wholeName="Ordak Works"'

#: The heading row of 2018, with the link columns that repeat.
OLD = [row["column"] for row in tables.rows("eu_columns") if "2018" in row["source"]]
NEW = [row["column"] for row in tables.rows("eu_columns") if "118" in row["source"]]
OLD_RECORD = {
    "Date_file": "04/07/2018",
    "Entity_logical_id": "90001",
    "Subject_type": "P",
    "Leba_numtitle": "2018/9223 (OJ L43)",
    "Leba_publication_date": "2018-02-16",
    "Leba_url": "http://example.eu/2018-9223",
    "Programme": "ZWE",
    "Entity_remark": "(Date of UN designation: 2002-02-21)\\n(Keeps (small) ferries, and ducks)",
    "EU_ref_num": "EU.90001.11",
}
OLD_NAME = {
    **OLD_RECORD,
    "Naal_logical_id": "10",
    "Naal_leba_numtitle": "9643/2002 (OJ L247)",
    "Naal_leba_publication_date": "2002-09-13",
    "Naal_leba_url": "http://example.eu/2002-9643",
    "Naal_programme": "ZWE",
    "Naal_lastname": "DARVANDI",
    "Naal_firstname": "Kamyar",
    "Naal_wholename": "Kamyar DARVANDI",
    "Naal_gender": "M",
    "Naal_function": "Master; of ferries",
    "Naal_language": "EN",
}


def table(*rows: dict[str, str], header: list[str] = OLD) -> bytes:
    """A CSV as the publisher writes it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(header)
    writer.writerows([row.get(column, "") for column in header] for row in rows)
    return out.getvalue().encode()


def resaved(content: bytes) -> bytes:
    """The same, as a spreadsheet program re-saved it: each row one cell, its commas turned into tabs."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    for line in content.decode().splitlines():
        writer.writerow([line.replace(",", "\t") + "\t" * (9 - line.count(","))])
    return out.getvalue().encode()


def listed(content: bytes | str) -> SanctionsList:
    return read(content.encode() if isinstance(content, str) else content, registry=REGISTRY, on_rejected="collect")


def freeze(found: SanctionsList, target_id: str) -> Measure:
    (measure,) = found.measures_on(target_id)
    return measure


@pytest.fixture(scope="module")
def whole() -> SanctionsList:
    return listed(XML)


@pytest.fixture(scope="module")
def person(whole: SanctionsList) -> Target:
    return whole.target("eu:EU.90001.11")


def test_the_list_itself(whole: SanctionsList) -> None:
    assert (whole.id, whole.format, whole.date) == ("eu-fsf", "eu-fsf-xml", PartialDate("2024-06-01"))
    assert (whole.records_seen, len(whole.targets), whole.rejected) == (3, 3, ())
    assert (whole.sanctioners[0].id, whole.sanctioners[0].country) == ("eu-council", "EU")
    assert (whole.sources[0].published, len(whole.sources[0].sha256)) == (whole.date, 64)


def test_the_kind(whole: SanctionsList) -> None:
    assert [target.kind for target in whole.targets] == [TargetKind.PERSON, TargetKind.ENTITY, TargetKind.ENTITY]


def test_names_by_number_the_one_to_show_first(person: Target) -> None:
    assert [(name.text, name.kind, name.strength, name.language, name.script) for name in person.names] == [
        ("Kamyar Reza DARVANDI", NameKind.PRIMARY, NameStrength.STRONG, "en", "Latn"),
        ("Камяр Дарванди", NameKind.ALIAS, NameStrength.STRONG, "ru", "Cyrl"),
        ("کامیار دروندی", NameKind.ORIGINAL_SCRIPT, NameStrength.STRONG, "fa", "Arab"),
        ("Kamyar Gharbi", NameKind.FORMER, NameStrength.STRONG, "ro", "Latn"),
        ("Abu Ordak", NameKind.ALIAS, NameStrength.WEAK, "", "Latn"),
    ]
    assert person.name == "Kamyar Reza DARVANDI"
    assert [name.note for name in person.names] == [
        "",
        "",
        "(original script)",
        "formerly known as; nameLanguage: MO",
        "low quality alias",
    ]
    origin = person.names[0].origin
    assert origin is not None
    assert (origin.source, origin.record) == ("eu-fsf", "EU.90001.11")
    assert origin.locator == "sanctionEntity[@logicalId='90001']/nameAlias[@logicalId='10']"


def test_the_parts_of_a_name(person: Target) -> None:
    assert [(part.kind, part.text) for part in person.names[0].parts] == [
        (NamePartKind.TITLE, "Captain"),
        (NamePartKind.GIVEN, "Kamyar"),
        (NamePartKind.MIDDLE, "Reza"),
        (NamePartKind.FAMILY, "DARVANDI"),
    ]
    assert (person.positions, person.gender) == (("Ferry master",), "male")


@pytest.mark.parametrize(
    ("remark", "kind", "strength"),
    [
        ("Low quality a.k.a.", NameKind.ALIAS, NameStrength.WEAK),
        ("Lo quality alias", NameKind.ALIAS, NameStrength.WEAK),
        ("born 1984; low-quality alias", NameKind.ALIAS, NameStrength.WEAK),
        ("good quality alias", NameKind.ALIAS, NameStrength.STRONG),
        ("Former name of Duck Works", NameKind.FORMER, NameStrength.STRONG),
        ("formerly known as Duck Works", NameKind.ALIAS, NameStrength.STRONG),
        ("Anciennement connue sous le nom d’", NameKind.FORMER, NameStrength.STRONG),
        ("lowland ferries of quality", NameKind.ALIAS, NameStrength.STRONG),
    ],
)
def test_what_a_remark_says_of_a_name(remark: str, kind: NameKind, strength: NameStrength) -> None:
    changed = listed(XML.replace("<remark>low quality alias</remark>", f"<remark>{remark}</remark>"))
    name = next(name for name in changed.targets[0].names if name.text == "Abu Ordak")
    assert (name.kind, name.strength, name.note) == (kind, strength, remark)


def test_a_name_that_is_not_strong_is_weak_whatever_the_remark() -> None:
    changed = listed(
        XML.replace(f'{NAME} function="" title="" nameLanguage="" strong="true"', f'{NAME} strong="false"')
    )
    assert changed.targets[1].names[0].strength is NameStrength.WEAK


def test_births_and_citizenship(person: Target) -> None:
    assert [(birth.date, birth.place, birth.country, birth.note) for birth in person.births] == [
        (PartialDate("1961-03-21"), "Ordakabad, Gilan", "IR", ""),
        (PartialDate("1960~/1962~"), "", None, "then Persia"),
    ]
    (tie,) = person.countries
    assert (tie.role, tie.country, tie.note) == (TieRole.CITIZENSHIP, "IR", "(presumed)")
    assert tie.text == "IRAN (ISLAMIC REPUBLIC OF)"


def test_addresses_and_what_stands_beside_them(person: Target) -> None:
    (address,) = person.addresses
    assert address.lines == ("1 Duck Street", "P.O. Box 7", "Old Harbour")
    assert (address.city, address.region, address.postcode, address.country) == ("Rasht", "Gilan", "41000", "IR")
    assert address.note == "former location; as at listing time"


def test_identifiers(person: Target) -> None:
    passport, *others = person.identifiers
    assert (passport.type, passport.number, passport.label) == (IdentifierType.PASSPORT, "D900001", "National passport")
    assert (passport.country, passport.issuer) == ("IR", "Harbour police")
    assert (passport.issued, passport.expires) == (PartialDate("2010-01-02"), PartialDate("2020-01-02"))
    assert passport.note == "(passport); diplomatic; region: Gilan; name on document: K. Darvandi"
    assert [(other.type, other.number, other.label) for other in others] == [
        (IdentifierType.PHONE, "+98 13 1", "PHONE"),
        (IdentifierType.PHONE, "+98 13 2", "PHONE"),
        (IdentifierType.EMAIL, "duck@example.com", "EMAIL"),
        (IdentifierType.LIST_REFERENCE, "QXi.901", "UN reference number"),
    ]


def test_the_freeze(whole: SanctionsList) -> None:
    measure = freeze(whole, "eu:EU.90001.11")
    assert (measure.id, measure.kind, measure.sanctioner) == (
        "eu:EU.90001.11/IRN",
        MeasureKind.ASSET_FREEZE,
        "eu-council",
    )
    assert (measure.programmes, measure.grounds) == (("IRN",), "Keeps a ferry line.\nSecond remark.")
    assert measure.legal_bases == ("2024/9002 (OJ L99)", "2024/9001 (OJ L98)")
    assert [(event.kind, event.date.edtf) for event in measure.events] == [
        (EventKind.LISTED, "2024-05-02"),
        (EventKind.AMENDED, "2024-05-20"),
    ]
    assert "UN designation 02/05/2024" in measure.events[0].note
    assert "nameAlias 10, 11, 12, 100; citizenship 3; birthdate 4, 5" in measure.events[0].note
    assert "in force 2024-05-21" in measure.events[1].note


def test_the_acts_are_sources_with_their_addresses(whole: SanctionsList) -> None:
    measure = freeze(whole, "eu:EU.90001.11")
    urls = [whole.sources_by_id[origin.source].url for origin in measure.origins[1:]]
    assert set(urls) == {"https://example.eu/2024-9001", "https://example.eu/2024-9002"}


def test_without_a_designation_date_the_earliest_act_is_an_upper_bound(whole: SanctionsList) -> None:
    event = freeze(whole, "eu:EU.90002.22").events[0]
    assert (event.kind, event.date) == (EventKind.LISTED, PartialDate("../2003-07-08"))
    assert "earliest act" in event.note


def test_one_reference_on_two_records(whole: SanctionsList) -> None:
    assert [target.id for target in whole.targets[1:]] == ["eu:EU.90002.22", "eu:EU.90002.22/AFG"]
    (relation,) = whole.targets[2].relations
    assert (relation.kind, relation.other) == (RelationKind.OTHER, "eu:EU.90002.22")
    assert [note.text for note in whole.notes] == [
        "a reference that stands on several records, kept as eu:EU.90002.22/AFG: 'EU.90002.22'"
    ]


def test_the_order_in_the_file_makes_no_difference() -> None:
    start, end = XML.index("<nameAlias"), XML.index("<citizenship")
    names = XML[start:end].split("</nameAlias>")[:-1]
    turned = XML[:start] + "".join(f"{name}</nameAlias>" for name in reversed(names)) + XML[end:]
    assert listed(turned).targets == listed(XML).targets
    assert listed(turned).measures == listed(XML).measures


def test_every_value_survives_json(whole: SanctionsList, person: Target) -> None:
    assert structure(unstructure(person), Target) == person
    measure = freeze(whole, person.id)
    assert structure(unstructure(measure), Measure) == measure


@pytest.mark.parametrize(
    ("attributes", "edtf"),
    [
        ('year="1965"', "1965"),
        ('year="1965" circa="true"', "1965~"),
        ('year="1965" monthOfYear="7"', "1965-07"),
        ('birthdate="1965-07-04" circa="true"', "1965-07-04~"),
        ('yearRangeTo="1973"', "../1973"),
        ('yearRangeFrom="1963" yearRangeTo="1965"', "1963/1965"),
        ('calendarType="ISLAMIC" year="1402" birthdate="1982-04-19"', "1982-04-19"),
        ('calendarType="ISLAMIC" year="1402" monthOfYear="6" dayOfMonth="24"', "1982-04-18"),
        ('calendarType="ISLAMIC" year="1402" countryIso2Code="IR"', None),
        ('calendarType="MARTIAN" year="12"', None),
        ('year="19x5"', None),
        ('birthdate="1965-13-45"', None),
        ('yearRangeFrom="1965" yearRangeTo="1963"', None),
        ('dayOfMonth="4" monthOfYear="7"', None),
        ('year="1965" dayOfMonth="4"', None),
    ],
)
def test_dates_of_birth(attributes: str, edtf: str | None) -> None:
    found = listed(_with_part(f"<birthdate {attributes}/>"))
    (birth,) = found.targets[1].births
    assert birth.date == (PartialDate(edtf) if edtf else None)
    assert birth.origin is not None
    assert birth.origin.raw
    assert len(found.notes) == (1 if edtf else 2)


def test_a_remark_tells_irans_calendar() -> None:
    found = listed(
        _with_part('<birthdate calendarType="ISLAMIC" year="1343"><remark>Iranian Hijri calendar</remark></birthdate>')
    )
    assert found.targets[1].births[0].date == PartialDate.from_jalali(1343)


def test_without_the_package_a_date_of_another_calendar_stays_as_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "hijridate", None)
    found = listed(_with_part('<birthdate calendarType="ISLAMIC" year="1402"/>'))
    assert found.targets[1].births[0].date is None
    assert any("sanctions-tracker[calendars]" in note.text for note in found.notes)


def test_a_date_that_its_parts_contradict_is_told() -> None:
    found = listed(_with_part('<birthdate birthdate="1965-07-04" year="1966"/>'))
    assert found.targets[1].births[0].date == PartialDate("1965-07-04")
    assert any("contradict" in note.text for note in found.notes)


@pytest.mark.parametrize(
    ("attributes", "remark", "expected"),
    [
        ('identificationTypeCode="imo" number="9074729"', "", IdentifierType.IMO_VESSEL),
        ('identificationTypeCode="imo" number="5123451"', "", IdentifierType.IMO_COMPANY),
        ('identificationTypeCode="other" number="1"', "Tax Identification Number", IdentifierType.TAX_ID),
        ('identificationTypeCode="other" number="1"', "(id number)", IdentifierType.NATIONAL_ID),
        ('identificationTypeCode="other" number="1"', "(Tax ID (INN No.))", IdentifierType.TAX_ID),
        ('identificationTypeCode="other" number="1"', "a duck", IdentifierType.OTHER),
        ('identificationTypeCode="fiscalcode" number="7707083893" countryIso2Code="RU"', "", IdentifierType.TAX_ID),
    ],
)
def test_types_of_numbers(attributes: str, remark: str, expected: IdentifierType) -> None:
    found = listed(_with_part(f"<identification {attributes}><remark>{remark}</remark></identification>"))
    assert found.targets[1].identifiers[0].type is expected
    assert len(found.notes) == 1


@pytest.mark.parametrize(
    ("attributes", "told"),
    [
        ('identificationTypeCode="imo" number="1234566"', "check digits"),
        ('identificationTypeCode="swiftbic" number="DUCK"', "check digits"),
        ('identificationTypeCode="fiscalcode" number="7707083894" countryIso2Code="RU"', "check digits"),
        ('identificationTypeCode="feather" number="1"', "unknown type"),
        ('identificationTypeCode="id" number="1" countryIso2Code="QQ"', "no country"),
        ('identificationTypeCode="id" number="1" issueDate="someday"', "cannot be read"),
        ('identificationTypeCode="id" number="1" validTo="someday"', "cannot be read"),
        ('identificationTypeCode="id" number="1" issueDate="2010-01-01" validTo="2009-01-01"', "expires before"),
    ],
)
def test_numbers_that_are_odd_are_kept_and_told(attributes: str, told: str) -> None:
    found = listed(_with_part(f"<identification {attributes}/>"))
    (identifier,) = found.targets[1].identifiers
    assert identifier.number in attributes
    assert any(told in note.text for note in found.notes)
    kept = str(unstructure(found.targets[1]))
    assert all(text in kept for text in ("someday", "2009-01-01") if text in attributes)


def test_a_document_known_to_be_false_and_one_without_a_number() -> None:
    found = listed(
        _with_part(
            '<identification identificationTypeCode="id" number="5" knownFalse="true" validFrom="2011-01-01"/>'
            '<identification identificationTypeDescription="Lost card" number="" validTo="2012-01-01"/>'
        )
    )
    target = found.targets[1]
    assert target.identifiers[0].validity is Validity.FRAUDULENT
    assert target.identifiers[0].note == "known to be false; valid from 2011-01-01"
    assert "2012-01-01" in target.attributes[0].value


def test_what_the_publisher_adds_one_day_is_kept() -> None:
    changed = XML.replace(NAME, f'{NAME} colour="blue"').replace(
        "</sanctionEntity>", '<vessel flag="IR"><tonnage>12</tonnage></vessel></sanctionEntity>'
    )
    changed = changed.replace("</nameAlias>", "<sound>quack</sound></nameAlias>").replace(
        'unitedNationId=""', 'unitedNationId="" shape="round"'
    )
    changed = changed.replace("<regulationSummary ", '<regulationSummary page="7" ').replace(
        "<regulation ", '<regulation pages="8" '
    )
    attributes = {(each.name, each.value) for each in listed(changed).targets[1].attributes}
    assert attributes == {
        ("nameAlias@colour", "blue"),
        ("vessel", "flag=IR; 12"),
        ("nameAlias/sound", "quack"),
        ("sanctionEntity@shape", "round"),
        ("regulationSummary@page", "7"),
        ("regulation@pages", "8"),
    }


def test_an_element_between_the_records_is_told() -> None:
    found = listed(XML.replace("    <sanctionEntity", '<news day="1">quack</news><sanctionEntity', 1))
    assert any("day=1; quack" in note.text for note in found.notes)


def test_unknown_words_are_kept_and_told() -> None:
    changed = (
        XML.replace('code="enterprise" classificationCode="E"', 'code="duck" classificationCode="D"', 1)
        .replace('nameLanguage="FA"', 'nameLanguage="QX"')
        .replace('key="EMAIL"', 'key="PIGEON"')
        .replace('designationDate="2024-05-02"', 'designationDate="someday"')
        .replace('publicationDate="2008-02-02"', 'publicationDate="one day"')
    )
    found = listed(changed)
    assert found.targets[1].kind is TargetKind.UNKNOWN
    assert found.targets[0].names[2].note == "(original script); nameLanguage: QX"
    assert found.targets[0].identifiers[3].type is IdentifierType.OTHER
    assert freeze(found, "eu:EU.90001.11").listed_on == PartialDate("../2024-05-02")
    assert freeze(found, "eu:EU.90002.22/AFG").listed_on == PartialDate("../2024-06-01")
    told = " ".join(note.text for note in found.notes)
    for words in ("unknown subject", "unknown language", "unknown contact", "designation date", "act's date"):
        assert words in told


def test_signs_that_xml_escapes_are_read_in_values_and_texts() -> None:
    changed = XML.replace(NAME, 'wholeName="Ordak &amp; Sons &lt;&#x41;&quot;"', 1)
    changed = changed.replace("https://example.eu/2024-9002", "https://example.eu/?a=1&amp;b=2")
    found = listed(changed.replace("Keeps a ferry line.", "Keeps a ferry &amp; a <![CDATA[<duck>]]><!-- no text -->."))
    assert found.targets[1].name == 'Ordak & Sons <A"'
    assert freeze(found, "eu:EU.90001.11").grounds == "Keeps a ferry & a <duck>.\nSecond remark."
    urls = [found.sources_by_id[o.source].url for o in freeze(found, "eu:EU.90001.11").origins[1:]]
    assert "https://example.eu/?a=1&b=2" in urls


def test_what_stands_where_nothing_is_expected_is_kept() -> None:
    changed = (
        XML.replace(
            "<remark>Second remark.</remark>", '<remark day="1">Second <b kind="x">bold <i>one</i></b> remark</remark>'
        )
        .replace("<subjectType", "quack<subjectType", 1)
        .replace("<remark>(presumed)</remark>", "<remark>(<b>not</b> presumed)</remark>")
        .replace(
            'code="person" classificationCode="P"/>', 'code="person" classificationCode="P"><s>x</s></subjectType>'
        )
        .replace("<publicationUrl>", "<page>7</page><publicationUrl>", 1)
        .replace(
            "https://example.eu/2024-9002</publicationUrl>", "https://example.eu/2024-9002<q>9</q></publicationUrl>"
        )
    )
    found = listed(changed)
    measure = freeze(found, "eu:EU.90001.11")
    assert measure.grounds == "Keeps a ferry line.\nSecond  remark"
    assert found.targets[0].countries[0].note == "( presumed)"
    assert [(each.name, each.value) for each in found.targets[0].attributes] == [
        ("remark@day", "1"),
        ("remark/b", "kind=x; bold; one"),
        ("regulation/page", "7"),
        ("regulation/q", "9"),
        ("subjectType/s", "x"),
        ("citizenship/b", "not"),
        ("sanctionEntity", "quack"),
    ]
    assert all(each.origin and each.origin.record == "EU.90001.11" for each in found.targets[0].attributes)


def test_text_and_elements_between_the_records_are_told() -> None:
    changed = XML.replace("    <sanctionEntity", 'quack<news day="1">duck <b>pond</b></news> <sanctionEntity', 1)
    changed = changed.replace("</export>", "the end</export>")
    found = listed(changed)
    assert [note.text for note in found.notes if "reference" not in note.text] == [
        "an element that this reader does not know: 'day=1; duck; pond'",
        "text between the records: 'quack'",
        "text between the records: 'the end'",
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<nameAlias ", "<sanctionEntity/><nameAlias "),
        ("    <sanctionEntity", "<more><sanctionEntity/></more><sanctionEntity"),
    ],
)
def test_a_record_where_none_is_expected_is_never_passed_over(before: str, after: str) -> None:
    with pytest.raises(DamagedInputError, match="stands where none is expected"):
        listed(XML.replace(before, after, 1))


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE export [<!ENTITY a "b"><!ENTITY c "&a;&a;&a;&a;">]>',
        '<!DOCTYPE export SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE export [<!ENTITY % a SYSTEM "http://127.0.0.1:9/a"> %a;]>',
        "<!DOCTYPE export>",
    ],
)
def test_a_document_type_is_refused(declared: str) -> None:
    start = XML.index("<export")
    for content in (XML[:start] + declared + XML[start:], f"{declared}<export {NAMESPACE}>&a;</export>"):
        with pytest.raises(UnsafeInputError, match="document type"):
            listed(content)


def test_endless_values_are_refused_or_read_in_time() -> None:
    with pytest.raises(DamagedInputError):
        listed(XML.replace(NAME, f'wholeName="{"x" * 10_100_000}"', 1))
    deep = XML.replace("<citizenship", f"{'<a>' * 3000}duck{'</a>' * 3000}<citizenship", 1)
    assert [(each.name, each.value) for each in listed(deep).targets[0].attributes] == [("a", "duck")]


def test_names_of_more_than_one_gender_are_told() -> None:
    found = listed(XML.replace('wholeName="Abu Ordak"', 'wholeName="Abu Ordak" gender="F"'))
    assert found.targets[0].gender == "male, female"
    assert any("gender" in note.text for note in found.notes)


def test_records_without_a_name_or_an_id_are_rejected_one_by_one() -> None:
    nameless = XML.replace(NAME, 'wholeName="---"')
    with pytest.raises(RejectedRecordsError):
        read(nameless.encode(), registry=REGISTRY)
    found = listed(nameless)
    assert (found.records_seen, len(found.targets)) == (3, 2)
    origin = found.rejected[0].origin
    assert (origin.locator, origin.raw) == ("sanctionEntity[@logicalId='90002']", "---")
    unnumbered = XML.replace('euReferenceNumber="EU.90001.11" logicalId="90001"', "")
    assert listed(unnumbered).rejected[0].origin.locator == "sanctionEntity[1]"
    assert listed(XML.replace('euReferenceNumber="EU.90001.11"', "")).targets[0].id == "eu:90001"


def test_a_text_without_letters_beside_names_is_kept() -> None:
    found = listed(XML.replace('wholeName="Abu Ordak"', 'wholeName="???"'))
    assert [(each.value, each.note) for each in found.targets[0].attributes] == [("???", "low quality alias")]
    lost = listed(XML.replace('wholeName="Камяр Дарванди"', 'wholeName="????? ????????"'))
    assert [(each.value, each.note) for each in lost.targets[0].attributes] == [("????? ????????", "nameLanguage: RU")]


def test_damaged_and_unsafe_xml() -> None:
    for cut in (len(XML) // 3, len(XML) // 2, len(XML) - 5):
        with pytest.raises(DamagedInputError, match="line"):
            listed(XML[:cut])
    with pytest.raises(DamagedInputError, match="no sanctionEntity"):
        listed(f"<export {NAMESPACE}/>")
    with pytest.raises(UnsafeInputError):
        listed(f'<!DOCTYPE export [<!ENTITY a "b">]><export {NAMESPACE}>&a;</export>')
    with pytest.raises(DamagedInputError):
        listed(XML.encode().replace("Камяр".encode(), b"\xff\xfe"))


def test_other_files_are_not_taken_for_this_list() -> None:
    for other in (
        b"<export/>",
        b'<export xmlns="http://example.eu/duck"/>',
        b"a;b\n1;2\n",
        b"{}",
        b"Name 6,Name 1\nA,B\n",
    ):
        with pytest.raises(UnknownFormatError):
            listed(other)


def test_a_date_of_the_list_that_cannot_be_read_is_told() -> None:
    found = listed(XML.replace("2024-06-01T10", "tomorrow"))
    assert found.date is None
    assert "list's date" in found.notes[-1].text


def test_the_table_of_2018() -> None:
    rows = (
        OLD_NAME,
        {
            **OLD_RECORD,
            "Birt_logical_id": "4",
            "Birt_date": "N/A",
            "Birt_place": "Kutama, Zvimba",
            "Birt_country": "ZWE",
        },
        {**OLD_RECORD, "Iden_logical_id": "7", "Iden_number": "D1 (passport-National passport) ((lost))"},
        {
            **OLD_RECORD,
            "Addr_logical_id": "6",
            "Addr_street": "1 Duck Street",
            "Addr_country": "ZWE",
            "Addr_other": "PHONE[1, 2]\\nFAX[3]\\n(old)",
        },
        {**OLD_RECORD, "Citi_logical_id": "3", "Citi_country": "ZWE"},
    )
    found = listed(table(*rows))
    (target,) = found.targets
    assert (found.format, found.date, found.notes) == ("eu-fsf-csv", PartialDate("2018-07-04"), ())
    assert (target.id, target.kind, target.name) == ("eu:EU.90001.11", TargetKind.PERSON, "Kamyar DARVANDI")
    assert (target.positions, target.gender) == (("Master; of ferries",), "male")
    assert [(birth.date, birth.place, birth.country) for birth in target.births] == [(None, "Kutama, Zvimba", "ZW")]
    assert [(i.type, i.number, i.note) for i in target.identifiers] == [
        (IdentifierType.PASSPORT, "D1", "(lost)"),
        (IdentifierType.PHONE, "1", ""),
        (IdentifierType.PHONE, "2", ""),
        (IdentifierType.PHONE, "3", ""),
    ]
    assert (target.addresses[0].lines, target.addresses[0].note) == (("1 Duck Street",), "old")
    assert target.countries[0].country == "ZW"
    measure = freeze(found, target.id)
    assert (measure.listed_on, measure.grounds) == (PartialDate("2002-02-21"), "Keeps (small) ferries, and ducks")
    assert measure.legal_bases == ("2018/9223 (OJ L43)", "9643/2002 (OJ L247)")
    assert target.names[0].origin is not None
    assert target.names[0].origin.locator == "row 2, nameAlias"


def test_a_re_saved_copy_reads_the_same() -> None:
    content = table(OLD_NAME, {**OLD_RECORD, "Birt_logical_id": "4", "Birt_place": "Kutama, near Zvimba"})
    plain, again = listed(content), listed(resaved(content))
    assert (again.targets, again.measures) == (plain.targets, plain.measures)
    assert [note.text.partition(":")[0] for note in again.notes] == [
        "re-saved as a table of commas, the rows in one cell each"
    ]


NEW_RECORD = {
    "fileGenerationDate": "01/06/2024",
    "Entity_LogicalId": "90001",
    "Entity_EU_ReferenceNumber": "EU.90001.11",
    "Entity_UnitedNationId": "QXi.901",
    "Entity_DesignationDate": "2024-05-02",
    "Entity_DesignationDetails": "UN designation 02/05/2024 (no later)",
    "Entity_Remark": "(Date of UN designation: 2024-05-02)\\n(Keeps a ferry line.)\\n(Second remark.)",
    "Entity_SubjectType": "P",
    "Entity_SubjectType_ClassificationCode": "person",
    "Entity_Regulation_Type": "amendment",
    "Entity_Regulation_OrganisationType": "council",
    "Entity_Regulation_PublicationDate": "2024-05-20",
    "Entity_Regulation_EntryIntoForceDate": "2024-05-21",
    "Entity_Regulation_NumberTitle": "2024/9002 (OJ L99)",
    "Entity_Regulation_Programme": "IRN",
    "Entity_Regulation_PublicationUrl": "https://example.eu/2024-9002",
}


def _new_row(tag: str, prefix: str, part: dict[str, str], remark: str, contacts: str) -> dict[str, str]:
    """A row of the CSV 1.1 for one part of the XML."""
    columns = {
        row["field"]: row["column"]
        for row in tables.rows("eu_columns")
        if row["element"] == tag and row["column"].startswith(f"{prefix}_") and "118" in row["source"]
    }
    act = {
        "act.kind": "amendment",
        "act.published": "2024-05-20" if part["logicalId"] == "9" else "2024-05-02",
        "act.title": "2024/9002 (OJ L99)" if part["logicalId"] == "9" else "2024/9001 (OJ L98)",
        "act.url": "https://example.eu/2024-9002" if part["logicalId"] == "9" else "https://example.eu/2024-9001",
        "act.programme": "IRN",
    }
    fields = {**part, **act, "remark": f"({remark})" if remark else "", "contacts": contacts}
    return {**NEW_RECORD, **{columns[name]: text for name, text in fields.items() if name in columns}}


def test_the_table_of_118_columns_says_the_same_as_the_xml(whole: SanctionsList, person: Target) -> None:
    from lxml import etree  # noqa: PLC0415  (the XML is taken apart without this library's reader)

    prefixes = {
        "nameAlias": "NameAlias",
        "citizenship": "Citizenship",
        "birthdate": "BirthDate",
        "address": "Address",
        "identification": "Identification",
    }
    rows = []
    for element in etree.fromstring(XML.encode())[1 - 1]:
        tag = etree.QName(element).localname
        if tag in prefixes:
            remark = element.findtext("{*}remark") or ""
            contacts = "\\n".join(f"{c.get('key')}[{c.get('value')}]" for c in element.findall("{*}contactInfo"))
            rows.append(_new_row(tag, prefixes[tag], {str(k): str(v) for k, v in element.items()}, remark, contacts))
    found = listed(table(*rows, header=NEW))
    (target,) = found.targets
    assert len(NEW) == 118
    assert _without_origins(target) == _without_origins(person)
    ours, theirs = freeze(found, target.id), freeze(whole, person.id)
    assert (ours.programmes, ours.legal_bases, ours.grounds) == (theirs.programmes, theirs.legal_bases, theirs.grounds)
    assert [(e.kind, e.date) for e in ours.events] == [(e.kind, e.date) for e in theirs.events]


def _without_origins(value: object) -> object:
    """The value as JSON without where it stands."""

    def bare(item: object) -> object:
        if isinstance(item, dict):
            return {key: bare(inside) for key, inside in item.items() if key != "origin"}
        return [bare(inside) for inside in item] if isinstance(item, list) else item

    return bare(unstructure(value))


@pytest.mark.parametrize("content", [XML.encode(), table(OLD_NAME, {**OLD_RECORD, "Birt_logical_id": "4"})])
def test_a_stream_gives_the_same_record_by_record(content: bytes) -> None:
    assert read_and_streamed(content, registry=REGISTRY) is not None


def test_rows_of_a_record_that_stand_apart_are_read_together() -> None:
    other = {**OLD_NAME, "Entity_logical_id": "90002", "EU_ref_num": "EU.90002.22", "Naal_logical_id": "20"}
    more = {**OLD_NAME, "Naal_logical_id": "11", "Naal_wholename": "Kam DARVANDI"}
    found = read_and_streamed(table(OLD_NAME, other, more), registry=REGISTRY)
    assert found is not None
    assert [name.text for name in found.targets[0].names] == ["Kamyar DARVANDI", "Kam DARVANDI"]
    assert len(found.targets) == 2


def test_a_stream_holds_little() -> None:
    assert grows_little(_repeated, 60, REGISTRY)
    assert grows_little(_repeated_rows, 200, REGISTRY)


def _repeated(count: int) -> bytes:
    """An export with so many records."""
    start, end = XML.index("<sanctionEntity"), XML.index("</sanctionEntity>") + len("</sanctionEntity>")
    records = (XML[start:end].replace("EU.90001.11", f"EU.{number}.1") for number in range(count))
    return f"{XML[:start]}{''.join(records)}</export>".encode()


def _repeated_rows(count: int) -> bytes:
    """A table with so many records, a row each."""
    ids = [f"9{number:05d}" for number in range(count)]
    return table(*({**OLD_NAME, "Entity_logical_id": each, "EU_ref_num": f"EU.{each}.1"} for each in ids))


def test_a_cut_or_shifted_row_rejects_its_record_and_no_other() -> None:
    other = {**OLD_NAME, "Entity_logical_id": "90002", "EU_ref_num": "EU.90002.22", "Naal_logical_id": "20"}
    content = table(OLD_NAME, other)
    cut = content.rstrip()[:-60]
    found = listed(cut)
    assert ([target.id for target in found.targets], found.records_seen) == (["eu:EU.90001.11"], 2)
    assert (found.rejected[0].origin.record, found.rejected[0].origin.locator) == ("90002", "row 3")
    shifted = listed(content + table(other).split(b"\n", 1)[1].replace(b";DARVANDI;", b";DAR;VANDI;"))
    assert [rejected.origin.record for rejected in shifted.rejected] == ["EU.90002.22"]
    stray = listed(content + b"04/07/2018\r\n")
    assert (stray.records_seen, stray.rejected[0].origin.locator) == (3, "row 4")


def test_a_part_that_rows_repeat_is_read_once() -> None:
    assert len(listed(table(OLD_NAME, OLD_NAME)).targets[0].names) == 1


def test_unknown_columns_and_types_are_kept() -> None:
    header = [*OLD, "Shoe size", ""]
    row = {**OLD_NAME, "Shoe size": "43", "Iden_logical_id": "7", "Iden_number": "D1 (feather-Feather)"}
    found = listed(table(row, header=header))
    (target,) = found.targets
    assert [(attribute.name, attribute.value) for attribute in target.attributes] == [("Shoe size", "43")]
    assert target.identifiers[0].number == "D1 (feather-Feather)"
    assert "without a known type" in found.notes[0].text


def test_two_acts_of_one_record_are_two_records() -> None:
    again = {**OLD_NAME, "Leba_numtitle": "9643/2002 (OJ L247)", "Naal_logical_id": "11"}
    assert [target.id for target in listed(table(OLD_NAME, again)).targets] == ["eu:EU.90001.11", "eu:EU.90001.11/ZWE"]


def test_a_table_that_is_not_whole_or_not_sound() -> None:
    with pytest.raises(DamagedInputError, match="nothing below"):
        listed(table())
    with pytest.raises(DamagedInputError, match="lacks the column"):
        listed(table(OLD_NAME, header=[column for column in OLD if column != "Naal_wholename"]))
    with pytest.raises(DamagedInputError, match="line 2: a NUL"):
        listed(table({**OLD_NAME, "Naal_function": "a\0b"}))
    with pytest.raises(DamagedInputError, match="field larger"):
        listed(table(OLD_NAME) + b'"' + b"x" * 200_000)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_encodings(encoding: str) -> None:
    found = listed(table({**OLD_NAME, "Naal_wholename": "Kámyar Dárvandi"}).decode().encode(encoding))
    assert found.targets[0].name == "Kámyar Dárvandi"
    assert len(found.notes) == (encoding == "cp1252")


def _with_part(part: str) -> str:
    """The fixture with one more part in its second record."""
    head, tail = XML.split('logicalId="200">', 1)
    end = tail.index("</nameAlias>") + len("</nameAlias>")
    return f'{head}logicalId="200">{tail[:end]}{part}{tail[end:]}'


_SOUND = (XML.encode(), table(OLD_NAME, {**OLD_RECORD, "Birt_logical_id": "4"}), resaved(table(OLD_NAME)))


@settings(max_examples=100)
@given(
    content=st.sampled_from(_SOUND),
    at=st.integers(0, 9000),
    length=st.integers(0, 40),
    junk=st.one_of(
        st.binary(max_size=8), st.sampled_from([b"", b";", b'"', b"\n", b"<", b"\x00", b"\xff", b"()", b"\\n"])
    ),
)
def test_damaged_bytes_raise_only_errors_of_this_library(content: bytes, at: int, length: int, junk: bytes) -> None:
    at %= len(content)
    _accounts(content[:at] + junk + content[at + length :])


_ATTRIBUTES = sorted({name for row in tables.rows("eu_columns") for name in [row["field"]] if name.isalpha()})


@settings(max_examples=100)
@given(name=st.sampled_from(_ATTRIBUTES), text=st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12))
def test_odd_values_raise_only_errors_of_this_library(name: str, text: str) -> None:
    quoted = text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    pieces = XML.split(f'{name}="')
    odd = pieces[0] + "".join(f'{name}="{quoted}{piece[piece.index(chr(34)) :]}' for piece in pieces[1:])
    _accounts(odd.encode())


def _accounts(content: bytes) -> None:
    """The content is read whole, and alike as a list and as a stream, or refused by an error of this library."""
    found = read_and_streamed(content, registry=REGISTRY)
    if found is not None:
        assert found.records_seen == len(found.targets) + len(found.rejected) > 0
        assert len(found.measures) == len(found.targets)
