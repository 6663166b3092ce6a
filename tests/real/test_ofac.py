"""OFAC's advanced list of November 2025, whole, against counts that do not use this library's reader."""

from __future__ import annotations

import bz2
import gzip
import json
import os
import random
import re
import subprocess
import sys
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from sanctions_tracker.codec import unstructure
from sanctions_tracker.model import Identifier, Name, NamePart, Origin, PartialDate, SanctionsList, Target
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
from sanctions_tracker.names.script import script_of
from sanctions_tracker.sources import read
from sanctions_tracker.sources.ofac import SOURCE
from sanctions_tracker.sources.registry import Registry
from sanctions_tracker.sources.tables import rows
from tests.sources.streams import assert_streamed_alike

LISTS = os.environ.get("SANCTIONS_TRACKER_LISTS", "")

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not LISTS, reason="SANCTIONS_TRACKER_LISTS does not name the folder of the official lists"),
]

FILE = "us_ofac/sdn_advanced_2025-11-19.xml.bz2"
NS = "{https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ADVANCED_XML}"
#: Elements that are counted or looked into whole.
RECORDS = ("Location", "IDRegDocument", "DistinctParty", "ProfileRelationship", "SanctionsEntry")
#: How many parties are searched word by word for what the reader may have lost.
SAMPLE = 1500
#: By kind of note. Countries: "Region: Northern Mali" and "Man, Isle of". Check digits: 43 Russian taxpayers'
#: numbers, 6 companies' IMO numbers and 24 others that OFAC prints as they are.
NOTES = {"no country is known by the name": 1, "the check digits fail": 73}

#: Every path below a record, with its attributes: what the reader was written for.
PATHS = {
    "Location": "ID",
    "Location/LocationAreaCode": "AreaCodeID",
    "Location/LocationCountry": "CountryID CountryRelevanceID",
    "Location/LocationPart": "LocPartTypeID",
    "Location/LocationPart/LocationPartValue": "LocPartValueStatusID LocPartValueTypeID Primary",
    "Location/LocationPart/LocationPartValue/Comment": "",
    "Location/LocationPart/LocationPartValue/Value": "",
    "Location/FeatureVersionReference": "FeatureVersionID",
    "Location/IDRegDocumentReference": "IDRegDocumentID",
    "IDRegDocument": "ID IDRegDocTypeID IdentityID IssuedBy-CountryID IssuedIn-LocationID ValidityID",
    "IDRegDocument/Comment": "",
    "IDRegDocument/IDRegistrationNo": "",
    "IDRegDocument/IssuingAuthority": "",
    "IDRegDocument/DocumentDate": "IDRegDocDateTypeID",
    "IDRegDocument/FeatureVersionReference": "FeatureVersionID",
    "IDRegDocument/DocumentedNameReference": "DocumentedNameID",
    "DistinctParty": "FixedRef",
    "DistinctParty/Comment": "",
    "DistinctParty/Profile": "ID PartySubTypeID",
    "DistinctParty/Profile/Identity": "False FixedRef ID Primary",
    "DistinctParty/Profile/Identity/Alias": "AliasTypeID FixedRef LowQuality Primary",
    "DistinctParty/Profile/Identity/Alias/DocumentedName": "DocNameStatusID FixedRef ID",
    "DistinctParty/Profile/Identity/Alias/DocumentedName/DocumentedNamePart": "",
    "DistinctParty/Profile/Identity/Alias/DocumentedName/DocumentedNamePart/NamePartValue": (
        "Acronym NamePartGroupID ScriptID ScriptStatusID"
    ),
    "DistinctParty/Profile/Identity/NamePartGroups": "",
    "DistinctParty/Profile/Identity/NamePartGroups/MasterNamePartGroup": "",
    "DistinctParty/Profile/Identity/NamePartGroups/MasterNamePartGroup/NamePartGroup": "ID NamePartTypeID",
    "DistinctParty/Profile/Feature": "FeatureTypeID ID",
    "DistinctParty/Profile/Feature/FeatureVersion": "ID ReliabilityID",
    "DistinctParty/Profile/Feature/FeatureVersion/Comment": "",
    "DistinctParty/Profile/Feature/FeatureVersion/VersionDetail": "DetailReferenceID DetailTypeID",
    "DistinctParty/Profile/Feature/FeatureVersion/VersionLocation": "LocationID",
    "DistinctParty/Profile/Feature/IdentityReference": "IdentityFeatureLinkTypeID IdentityID",
    "ProfileRelationship": ("Former From-ProfileID ID RelationQualityID RelationTypeID SanctionsEntryID To-ProfileID"),
    "ProfileRelationship/Comment": "",
    "ProfileRelationship/DatePeriod/Comment": "",
    "SanctionsEntry": "ID ListID ProfileID",
    "SanctionsEntry/EntryEvent": "EntryEventTypeID ID LegalBasisID",
    "SanctionsEntry/EntryEvent/Comment": "",
    "SanctionsEntry/EntryEvent/Date": "CalendarTypeID",
    "SanctionsEntry/SanctionsMeasure": "ID SanctionsTypeID",
    "SanctionsEntry/SanctionsMeasure/Comment": "",
}
#: Dates are alike wherever they stand.
DATED = re.compile(r"(/DatePeriod(/(Start|End)(/(From|To)(/(Year|Month|Day))?)?)?|/Date/(Year|Month|Day))$")


class Counted:
    """What a plain pass over the file finds; ids, words and counts only."""

    def __init__(self, path: Path) -> None:
        self.paths: defaultdict[str, set[str]] = defaultdict(set)
        self.kinds: Counter[tuple[str, str]] = Counter()
        self.counts: Counter[str] = Counter()
        self.codes: dict[str, dict[str, str]] = defaultdict(dict)
        self.entries: dict[str, tuple[str, str, list[str], list[str]]] = {}
        self.arabic: Counter[str] = Counter()
        self.words: dict[str, list[str]] = {}
        self.places: dict[str, list[str]] = {}
        self.documents: defaultdict[str, list[str]] = defaultdict(list)
        self.births: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        with bz2.open(path) as file:
            for _, element in etree.iterparse(file, tag=[NS + name for name in (*RECORDS, "ReferenceValueSets")]):
                self._count(element, element.tag.removeprefix(NS))
                element.clear()

    def _count(self, element: etree._Element, name: str) -> None:
        if name == "ReferenceValueSets":
            for value in element.iterfind("*/*"):
                self.codes[value.tag.removeprefix(NS)][value.get("ID", "")] = value.text or ""
            return
        self.counts[name] += 1
        self._note_paths(element, "", name)
        if name == "DistinctParty":
            self._party(element)
        elif name == "SanctionsEntry":
            self._entry(element)
        elif name == "Location":
            self.places[element.get("ID", "")] = texts(element)
        elif name == "IDRegDocument":
            kind = self.codes["IDRegDocType"][element.get("IDRegDocTypeID", "")]
            self.counts["passports"] += kind.endswith("Passport")
            kept = [text for part in element.iterchildren() if part.tag != NS + "DocumentDate" for text in texts(part)]
            self.documents[element.get("IdentityID", "")].extend(kept)

    def _note_paths(self, element: etree._Element, above: str, name: str) -> None:
        path = f"{above}/{name}" if above else name
        self.paths[path].update(map(str, element.attrib))
        for child in element.iterchildren("*"):
            self._note_paths(child, path, child.tag.removeprefix(NS))

    def _party(self, element: etree._Element) -> None:
        number = element.get("FixedRef", "")
        profile = element[1]
        self.kinds[profile.get("PartySubTypeID", ""), profile.tag.removeprefix(NS)] += 1
        words = texts(element[0])
        for alias in element.iter(NS + "Alias"):
            names = alias.findall(NS + "DocumentedName")
            self.counts["names"] += len(names)
            self.counts["low quality"] += alias.get("LowQuality") == "true"
            self.counts["weak names"] += len(names) * (alias.get("LowQuality") == "true")
            self.counts[f"alias {alias.get('AliasTypeID')}"] += len(names)
            for name in names:
                words.extend(texts(name))
                scripts = {value.get("ScriptID") for value in name.iter(NS + "NamePartValue")}
                self.arabic[number] += scripts == {"160"}
        for feature in element.iter(NS + "Feature"):
            words.extend(self._feature(feature, number))
        identities = [identity.get("ID", "") for identity in element.iter(NS + "Identity")]
        self.words[number] = [*words, *(text for identity in identities for text in self.documents.pop(identity, []))]

    def _feature(self, feature: etree._Element, number: str) -> Iterator[str]:
        kind = self.codes["FeatureType"][feature.get("FeatureTypeID", "")]
        self.counts[f"feature {kind}"] += 1
        for version in feature.iter(NS + "FeatureVersion"):
            for child in version:
                yield from texts(child) if child.tag != NS + "DatePeriod" else ()
                yield self.codes["DetailReference"].get(child.get("DetailReferenceID", ""), "")
                yield from self.places.get(child.get("LocationID", ""), ())
            period = version.find(NS + "DatePeriod")
            if kind == "Birthdate" and period is not None:
                days = [day_of(period, "Start/From"), day_of(period, "End/To")]
                self.births[number].append((days[0], days[1]))

    def _entry(self, element: etree._Element) -> None:
        days = {day_of(event, "Date") for event in element.iter(NS + "EntryEvent")}
        assert len(days) == 1
        kinds = [measure.get("SanctionsTypeID", "") for measure in element.iter(NS + "SanctionsMeasure")]
        programmes = [
            (comment.text or "")
            for comment in element.iterfind(f"{NS}SanctionsMeasure/{NS}Comment")
            if comment.text is not None
        ]
        labels = [self.codes["SanctionsType"][kind] for kind in kinds if self.codes["SanctionsType"][kind] != "Program"]
        self.entries[element.get("ID", "")] = (element.get("ProfileID", ""), days.pop(), labels, programmes)


def texts(element: etree._Element) -> list[str]:
    return [text.strip() for text in element.itertext() if isinstance(text, str) and text.strip()]


def day_of(element: etree._Element, path: str) -> str:
    inside = element.find("/".join(NS + step for step in path.split("/")))
    assert inside is not None
    year, month, day = (int(part.text or "") for part in inside)
    return f"{year:04d}-{month:02d}-{day:02d}"


@pytest.fixture(scope="module")
def path() -> Path:
    return Path(LISTS, FILE)


@pytest.fixture(scope="module")
def counted(path: Path) -> Counted:
    return Counted(path)


@pytest.fixture(scope="module")
def listed(path: Path) -> SanctionsList:
    return read(path)


def names_of(listed: SanctionsList) -> Iterator[Name]:
    return (name for target in listed.targets for name in target.names)


def test_the_file_holds_nothing_that_the_reader_was_not_written_for(counted: Counted) -> None:
    plain = {path: attributes for path, attributes in counted.paths.items() if not DATED.search(path)}
    assert plain == {path: set(attributes.split()) for path, attributes in PATHS.items()}


def labels_of(table: str) -> set[str]:
    """The labels of a reviewed table; the reference values write another apostrophe."""
    return {row["label"] for row in rows(table)}


def test_the_reviewed_tables_know_the_words_of_the_reference_values_and_no_others(counted: Counted) -> None:
    words = {
        name: {word.strip().replace("\u2019", "'") for word in codes.values()} for name, codes in counted.codes.items()
    }
    assert labels_of("ofac_documents") == words["IDRegDocType"]
    assert labels_of("ofac_relations") == words["RelationType"]
    assert labels_of("ofac_measures") == words["SanctionsType"] - {"Program"}
    wallet = "Digital Currency Address - "
    assert labels_of("ofac_features") - {wallet} <= words["FeatureType"]
    kept = words["FeatureType"] - labels_of("ofac_features") - labels_of("ofac_openings")
    assert all(word.startswith(wallet) for word in kept), kept


def test_every_party_is_a_target_of_its_kind(counted: Counted, listed: SanctionsList) -> None:
    assert counted.counts["DistinctParty"] == len(listed.targets) == listed.records_seen == 18_367
    assert listed.rejected == ()
    found = Counter(target.kind for target in listed.targets)
    assert found == {
        TargetKind.VESSEL: counted.kinds["1", "Profile"],
        TargetKind.AIRCRAFT: counted.kinds["2", "Profile"],
        TargetKind.ENTITY: counted.kinds["3", "Profile"],
        TargetKind.PERSON: counted.kinds["4", "Profile"],
    }
    assert (found[TargetKind.VESSEL], found[TargetKind.AIRCRAFT]) == (1370, 335)
    assert found[TargetKind.PERSON] + found[TargetKind.ENTITY] == 16_662
    assert listed.date == PartialDate("2025-11-19")


def test_every_name_with_its_strength_and_script(counted: Counted, listed: SanctionsList) -> None:
    names = list(names_of(listed))
    assert len(names) == counted.counts["names"] == 48_482
    weak = [name for name in names if name.strength is NameStrength.WEAK]
    assert counted.counts["low quality"] == 4_321
    assert len(weak) == counted.counts["weak names"]
    arabic = {target.origin.record: n for target in listed.targets if target.origin and (n := count_arabic(target))}
    assert arabic == +counted.arabic
    assert (sum(arabic.values()), len(arabic)) == (1_186, 1_065)
    kinds = Counter(name.kind for name in names)
    assert kinds[NameKind.ALIAS] == counted.counts["alias 1400"] + counted.counts["alias 1402"]
    assert kinds[NameKind.FORMER] == counted.counts["alias 1401"]
    assert kinds[NameKind.PRIMARY] == len(listed.targets)


def count_arabic(target: Target) -> int:
    return sum(name.script == "Arab" for name in target.names)


def test_the_stated_script_is_that_of_the_letters(listed: SanctionsList) -> None:
    differ = Counter((name.script, script_of(name.text)) for name in names_of(listed) if name.script == "Arab")
    assert differ == {("Arab", "Arab"): 1_186}


def test_every_birth_with_its_days(counted: Counted, listed: SanctionsList) -> None:
    persons = {target.id: target for target in listed.targets}
    assert sum(map(len, counted.births.values())) == counted.counts["feature Birthdate"] == 7_984
    for number, days in counted.births.items():
        births = [birth.date for birth in persons[f"us:{number}"].births if birth.date]
        found = [(str(date.earliest), str(date.latest)) for date in births]
        assert found[: len(days)] == days, number


@pytest.mark.parametrize(
    ("feature", "field"),
    [("Place of Birth", "place"), ("Location", "addresses"), ("Title", "positions"), ("SWIFT/BIC", "bic")],
)
def test_every_feature_finds_its_field(counted: Counted, listed: SanctionsList, feature: str, field: str) -> None:
    found = {
        "place": sum(bool(birth.place) for target in listed.targets for birth in target.births),
        "addresses": sum(len(target.addresses) for target in listed.targets),
        "positions": sum(len(target.positions) for target in listed.targets),
        "bic": sum(one.type is IdentifierType.BIC for target in listed.targets for one in target.identifiers),
    }
    assert found[field] == counted.counts[f"feature {feature}"] > 0


def test_every_country_and_wallet(counted: Counted, listed: SanctionsList) -> None:
    ties = Counter(tie.role for target in listed.targets for tie in target.countries)
    assert ties[TieRole.NATIONALITY] == counted.counts["feature Nationality Country"] == 5_502
    assert ties[TieRole.CITIZENSHIP] == counted.counts["feature Citizenship Country"] == 1_172
    wallets = sum(n for name, n in counted.counts.items() if name.startswith("feature Digital Currency Address - "))
    assert sum(one.type is IdentifierType.WALLET for one in identifiers(listed)) == wallets == 761


def identifiers(listed: SanctionsList) -> Iterator[Identifier]:
    return (identifier for target in listed.targets for identifier in target.identifiers)


def test_every_document_is_an_identifier(counted: Counted, listed: SanctionsList) -> None:
    documents = [one for one in identifiers(listed) if one.origin and one.origin.locator.startswith("IDRegDocument")]
    assert len(documents) == counted.counts["IDRegDocument"] == 21_078
    assert not counted.documents
    types = Counter(one.type for one in documents)
    assert types[IdentifierType.IMO_VESSEL] == 1_363
    # 381 of them fail the check of ships; the other 37 pass it by chance, and that of companies as they should.
    assert types[IdentifierType.IMO_COMPANY] == 418
    assert types[IdentifierType.PASSPORT] == counted.counts["passports"]


def test_every_relation_is_its_bearers(counted: Counted, listed: SanctionsList) -> None:
    relations = [relation for target in listed.targets for relation in target.relations]
    assert len(relations) == counted.counts["ProfileRelationship"] == 8_194
    known = listed.targets_by_id
    assert all(relation.other in known for relation in relations)
    assert sum(relation.during is not None for relation in relations) == 7
    assert RelationKind.OTHER not in {relation.kind for relation in relations}


def test_every_entry_with_its_day_its_kinds_and_its_programmes(counted: Counted, listed: SanctionsList) -> None:
    assert counted.counts["SanctionsEntry"] == len(counted.entries) == 18_543
    found = defaultdict(list)
    for measure in listed.measures:
        _, entry, _ = measure.id.split("/", maxsplit=2)
        found[entry].append(measure)
    assert found.keys() == counted.entries.keys()
    for entry, (profile, day, labels, programmes) in counted.entries.items():
        assert [measure.label for measure in found[entry]] == list(dict.fromkeys(labels)) != []
        for measure in found[entry]:
            assert (measure.target, measure.programmes) == (f"us:{profile}", tuple(sorted(set(programmes))))
            assert [(event.kind, event.date.edtf) for event in measure.events] == [(EventKind.LISTED, day)]
            assert measure.kind is not MeasureKind.UNSPECIFIED
    several = Counter(profile for profile, *_ in counted.entries.values())
    assert sum(count > 1 for count in several.values()) == 88


def test_the_entries_of_april_2024(listed: SanctionsList) -> None:
    first = on(listed, "2024-04-18")
    assert Counter(target.kind for target, _ in first) == {TargetKind.PERSON: 16, TargetKind.ENTITY: 10}
    drones = [target.kind for target, programmes in first if {"IRGC", "NPWMD"} & programmes]
    assert Counter(drones) == {TargetKind.PERSON: 16, TargetKind.ENTITY: 2}
    second = [target.kind for target, programmes in on(listed, "2024-04-23") if "IRGC" in programmes]
    assert Counter(second) == {TargetKind.PERSON: 4, TargetKind.ENTITY: 2}


def on(listed: SanctionsList, day: str) -> list[tuple[Target, set[str]]]:
    """The targets of the entries of a day, each with its programmes."""
    date = PartialDate(day)
    found: defaultdict[str, set[str]] = defaultdict(set)
    for measure in listed.measures:
        if measure.listed_on == date:
            found[measure.target].update(measure.programmes)
    return [(listed.target(number), programmes) for number, programmes in found.items()]


def test_hosein_harooni_in_full(listed: SanctionsList) -> None:
    given, middle, family = NamePartKind.GIVEN, NamePartKind.MIDDLE, NamePartKind.FAMILY

    def at(locator: str) -> Origin:
        return Origin("us-ofac-advanced", "48643", locator)

    target = listed.target("us:48643")
    assert target.names == (
        Name(
            "Hosein Mohammad Haruni",
            script="Latn",
            parts=(NamePart(family, "Haruni"), NamePart(given, "Hosein"), NamePart(middle, "Mohammad")),
            origin=at("DocumentedName[@ID='74370']"),
        ),
        Name(
            "حسین محمد هارونی",
            kind=NameKind.ORIGINAL_SCRIPT,
            script="Arab",
            parts=(NamePart(family, "هارونی"), NamePart(given, "حسین"), NamePart(middle, "محمد")),
            origin=at("DocumentedName[@ID='74415']"),
        ),
        Name(
            "Hossein Harooni",
            kind=NameKind.ALIAS,
            script="Latn",
            parts=(NamePart(family, "Harooni"), NamePart(given, "Hossein")),
            origin=at("DocumentedName[@ID='74371']"),
        ),
    )
    assert (target.kind, target.gender, target.origin) == (
        TargetKind.PERSON,
        "male",
        at("DistinctParty[@FixedRef='48643']"),
    )
    assert [(birth.date, birth.place, birth.country) for birth in target.births] == [
        (PartialDate("1989-11-09"), "", None),
        (None, "Iran", "IR"),
    ]
    assert [(tie.role, tie.country, tie.text) for tie in target.countries] == [(TieRole.NATIONALITY, "IR", "Iran")]
    assert [str(address) for address in target.addresses] == ["Tehran, Iran"]
    assert [(one.type, one.number, one.country) for one in target.identifiers] == [
        (IdentifierType.NATIONAL_ID, "1270285696", "IR")
    ]
    assert [(relation.kind, relation.other) for relation in target.relations] == [(RelationKind.ACTS_FOR, "us:48662")]
    (measure,) = listed.measures_on("us:48643")
    assert (measure.kind, measure.label, measure.list_name) == (MeasureKind.ASSET_FREEZE, "Block", "SDN List")
    assert measure.programmes == ("IFSR", "IRGC", "SDGT")
    assert measure.legal_bases == ("Executive Order 13224 (Terrorism)",)
    assert measure.listed_on == PartialDate("2024-04-23")


def test_a_name_of_digits_alone(listed: SanctionsList) -> None:
    vessel = listed.target("us:23156")
    assert (vessel.kind, [(name.text, name.strength) for name in vessel.names]) == (
        TargetKind.VESSEL,
        [("7-28", NameStrength.STRONG)],
    )


def test_what_could_not_be_interpreted_is_little_and_known(listed: SanctionsList) -> None:
    found = Counter(re.split(r":| '", note.text)[0] for note in listed.notes)
    assert found == NOTES
    assert all(note.origin for note in listed.notes)


def test_nothing_is_lost(counted: Counted, listed: SanctionsList) -> None:
    """Each word of a sample of parties, with their places and documents, is found again in the target."""
    notes = defaultdict(list)
    for note in listed.notes:
        notes[note.origin.record if note.origin else ""].append(note.text)
    for number in random.Random(7).sample(sorted(counted.words), SAMPLE):  # noqa: S311  (a sample, no secret)
        target = unstructure(listed.target(f"us:{number}"))
        kept = json.dumps([target, notes[number]], ensure_ascii=False)
        words = set(re.findall(r"\w+", re.sub(r"\\[ntr]", " ", kept).casefold()))
        expected = {word for text in counted.words[number] for word in re.findall(r"\w+", text.casefold())}
        assert expected <= words, (number, expected - words)


def packings(content: bytes, folder: Path) -> list[Path]:
    """The same content in every packing that ``read`` takes."""
    packed = {"list.xml": content, "list.xml.gz": gzip.compress(content, 1), "list.xml.bz2": bz2.compress(content, 1)}
    for name, data in packed.items():
        (folder / name).write_bytes(data)
    with zipfile.ZipFile(folder / "list.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("list.xml", content)
    return [folder / name for name in (*packed, "list.zip")]


def test_however_it_is_packed(path: Path, tmp_path: Path, listed: SanctionsList) -> None:
    """The first megabyte of each of the first sections: parties and some of their places and documents."""
    with bz2.open(path) as file:
        content = file.read(45_000_000)
    subset = content[: content.index(b"<Locations>")]
    for section, record in (
        ("Locations", b"Location"),
        ("IDRegDocuments", b"IDRegDocument"),
        ("DistinctParties", b"DistinctParty"),
    ):
        opening, closing = b"<%b>" % section.encode(), b"</%b>" % record
        start = content.index(opening)
        subset += content[start : content.index(closing, start + 1_000_000)] + closing + b"</" + opening[1:]
    subset += b"</Sanctions>"
    expected = read(subset)
    assert len(expected.targets) > 100
    assert [target.names for target in expected.targets] == [
        listed.target(target.id).names for target in expected.targets
    ]
    for packed in packings(subset, tmp_path):
        assert read(packed).targets == expected.targets, packed.name


@pytest.mark.long
def test_the_whole_however_it_is_packed(path: Path, tmp_path: Path, listed: SanctionsList) -> None:
    for packed in packings(bz2.decompress(path.read_bytes()), tmp_path):
        assert read(packed).targets == listed.targets, packed.name


def test_streaming_says_the_same(path: Path, listed: SanctionsList) -> None:
    assert_streamed_alike(path, listed, registry=Registry((SOURCE,)))


#: What a process does to measure its own peak memory in MB, having been through the file.
_PEAK = """
import re, sys
from pathlib import Path
import sanctions_tracker as st
with st.stream(sys.argv[1]) as records:
    parties = sum(1 for _ in records)
status = Path("/proc/self/status").read_text()  # the process's own: getrusage may tell that of the one it came from
print(parties, int(re.search(r"VmHWM:\\s+(\\d+)", status)[1]) // 1024)
"""


@pytest.mark.long
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak of a process stands in /proc")
def test_streaming_the_whole_takes_little_memory(path: Path) -> None:
    """It holds the places, documents, entries and relations, and one party at a time; the file unpacks to 121 MB."""
    done = subprocess.run([sys.executable, "-c", _PEAK, str(path)], check=True, capture_output=True, text=True)
    parties, megabytes = map(int, done.stdout.split())
    assert parties == 18_367
    assert megabytes < 120
