"""The Swiss list: what each element becomes, and what bad input does. All parties here are invented.

No whole list of the publisher was at hand: the fixture follows the documented layout.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanctions_tracker.codec import structure, unstructure
from sanctions_tracker.errors import DamagedInputError, SanctionsTrackerError, UnsafeInputError
from sanctions_tracker.model import PartialDate, SanctionsList, Target
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
)
from sanctions_tracker.sources import ch, read, stream
from sanctions_tracker.sources.document import open_document
from sanctions_tracker.sources.registry import Registry
from tests.sources.streams import grows_little, read_and_streamed

REGISTRY = Registry((ch.SOURCE,))
FIXTURE = Path(__file__).parents[1] / "fixtures" / "ch_seco.xml"
CONTENT = FIXTURE.read_bytes()
NAME = "<name name-type='primary-name'><name-part name-part-type='whole-name'><value>Ordak</value></name-part></name>"
ENTITY = f"<entity><identity main='true'>{NAME}</identity></entity>"


def seco(*targets: str, root: str = "list-type='whole-list' date='2026-02-03'") -> bytes:
    """A list of the targets given, each without its outer element, numbered from 1."""
    names = "<program-key lang='eng'>R</program-key><sanctions-set ssid='11'>annex</sanctions-set>"
    program = f"<sanctions-program>{names}</sanctions-program>"
    inner = "".join(f"<target ssid='{number}'>{text}</target>" for number, text in enumerate(targets, 1))
    return f"<swiss-sanctions-list {root}>{program}{inner}</swiss-sanctions-list>".encode()


def listed(content: bytes) -> SanctionsList:
    return read(content, registry=REGISTRY, on_rejected="collect")


def both(content: bytes) -> SanctionsList:
    """The list, read whole and streamed alike."""
    whole = read_and_streamed(content, registry=REGISTRY)
    assert whole is not None
    return whole


def only(inner: str) -> Target:
    (target,) = listed(seco(inner)).targets
    return target


def notes(inner: str) -> list[str]:
    return [note.text for note in listed(seco(f"<sanctions-set-id>11</sanctions-set-id>{inner}")).notes]


@pytest.fixture(scope="module")
def fixture() -> SanctionsList:
    return read(FIXTURE, registry=REGISTRY)


def test_the_list_itself(fixture: SanctionsList) -> None:
    assert (fixture.id, fixture.format, fixture.date) == ("ch-seco-list", "ch-seco-xml", PartialDate("2026-02-03"))
    assert (fixture.records_seen, len(fixture.targets), fixture.rejected) == (3, 3, ())
    assert [(body.id, body.country) for body in fixture.sanctioners] == [("ch-seco", "CH")]
    assert [note.text for note in fixture.notes] == [
        "unknown type of relation: duck-of",
        "a relation to a target that the file does not hold: duck-of ch:999",
    ]
    assert structure(unstructure(fixture), SanctionsList) == fixture


def test_names(fixture: SanctionsList) -> None:
    person = fixture.target("ch:900")
    assert person.kind is TargetKind.PERSON
    assert [(n.text, n.kind, n.strength, n.language, n.script) for n in person.names] == [
        ("Darvandi Kamyar", NameKind.PRIMARY, NameStrength.STRONG, "en", "Latn"),
        ("دروندی کامیار", NameKind.ORIGINAL_SCRIPT, NameStrength.STRONG, "fa", "Arab"),
        ("Darwandi Kamyar", NameKind.ALIAS, NameStrength.STRONG, "en", "Latn"),
        ("Abu Ordak", NameKind.ALIAS, NameStrength.WEAK, "en", "Latn"),
        ("Kamran", NameKind.FORMER, NameStrength.STRONG, "en", "Latn"),
        ("Ali Urdak", NameKind.ALIAS, NameStrength.STRONG, "en", "Latn"),
    ]
    assert [(part.kind, part.text) for part in person.names[0].parts] == [
        (NamePartKind.FAMILY, "Darvandi"),
        (NamePartKind.GIVEN, "Kamyar"),
    ]
    assert [n.text for n in fixture.target("ch:930").names] == ["Ordak Works", "Ордак"]


def test_births_places_and_the_rest(fixture: SanctionsList) -> None:
    person = fixture.target("ch:900")
    assert [(b.date, b.place, b.country, b.note) for b in person.births] == [
        (PartialDate("1961-05-04"), "Ordakabad", "AF", "quality: low"),
        (PartialDate("1950"), "", None, ""),
        (PartialDate("1982-04-18"), "", None, ""),
    ]
    (address,) = person.addresses
    assert address.lines == ("Duck Office", "1 Pond Street", "P.O. Box 7")
    assert (address.city, address.region, address.postcode, address.country) == ("Tehran", "North", "1001", "IR")
    assert (address.country_text, address.note) == ("Iran", "until 2019")
    assert [(tie.country, tie.text) for tie in person.countries] == [("IR", "Iran")]
    assert [(i.type, i.number, i.country, i.issued, i.expires) for i in person.identifiers] == [
        (IdentifierType.LIST_REFERENCE, "RUi.001", None, None, None),
        (IdentifierType.PASSPORT, "X00001", "IR", PartialDate("1999-01-02"), PartialDate("2004-02-23")),
        (IdentifierType.TAX_ID, "123", None, None, None),
    ]
    assert [(r.kind, r.other, r.text, r.label, r.note) for r in person.relations] == [
        (RelationKind.OTHER, "ch:920", "", "related-to", "director"),
        (RelationKind.OTHER, "", "ch:999", "duck-of", ""),
    ]
    assert person.gender == "male"
    assert [(a.name, a.value) for a in person.attributes] == [
        ("Title", "Dr."),
        ("other-information", "Fond of bread."),
        ("generic-attribute", "green 919 colour"),
    ]


def test_a_vessel(fixture: SanctionsList) -> None:
    ship = fixture.target("ch:920")
    assert ship.kind is TargetKind.VESSEL
    assert [(i.type, i.number) for i in ship.identifiers] == [(IdentifierType.IMO_VESSEL, "9074729")]


def test_one_measure_for_each_set_with_its_events(fixture: SanctionsList) -> None:
    freeze, annex = fixture.measures_on("ch:900")
    assert (freeze.id, freeze.kind, freeze.label) == (
        "ch:900/11",
        MeasureKind.ASSET_FREEZE,
        "article 2 -- Freezing of assets",
    )
    assert (annex.kind, annex.label) == (MeasureKind.UNSPECIFIED, "annex 3")
    assert freeze.programmes == ("Ruritania",)
    assert freeze.legal_bases == ("Ordinance of 1 May 2020 on measures against Ruritania",)
    assert (freeze.grounds, freeze.note) == ("Keeper of ducks.", "origin: UN")
    assert [(e.kind, e.date, e.note) for e in freeze.events] == [
        (EventKind.LISTED, PartialDate("2020-05-02"), "publication-date 2020-05-01; enactment-date 2020-05-01"),
        (EventKind.AMENDED, PartialDate("2021-01-03"), "publication-date 2021-01-02; enactment-date 2021-01-01"),
    ]


def test_a_target_taken_off_the_list_stays_with_its_end(fixture: SanctionsList) -> None:
    (measure,) = fixture.measures_on("ch:920")
    assert measure.status(dt.date(2021, 1, 1)) is MeasureStatus.IN_FORCE
    assert measure.status(dt.date(2026, 2, 3)) is MeasureStatus.DELISTED


def test_places_before_the_targets_serve_as_well() -> None:
    head, places = CONTENT[: CONTENT.index(b"  <place ")], CONTENT[CONTENT.index(b"  <place ") :]
    moved = places.replace(b"</swiss-sanctions-list>\n", b"")
    at = head.index(b"  <target")
    found = listed(head[:at] + moved + head[at:] + b"</swiss-sanctions-list>")
    assert [_without_line(target) for target in found.targets] == list(map(_without_line, listed(CONTENT).targets))


def test_sets_of_sanctions_behind_the_targets_serve_as_well() -> None:
    head, rest = CONTENT.split(b"  <sanctions-program", 1)
    program, rest = rest.split(b"</sanctions-program>\n", 1)
    program = b"  <sanctions-program" + program + b"</sanctions-program>\n"
    moved = (head + rest).replace(b"</swiss-sanctions-list>", program + b"</swiss-sanctions-list>")
    assert listed(moved).measures == listed(CONTENT).measures
    assert listed(moved).notes == listed(CONTENT).notes
    assert len(both(moved).targets) == 3


def _without_line(target: Target) -> Target:
    """The line of a target is all that moving other records may change."""
    return attrs.evolve(target, origin=None)


def test_a_namespace_changes_nothing() -> None:
    spaced = CONTENT.replace(b"<swiss-sanctions-list ", b"<swiss-sanctions-list xmlns='urn:seco' ")
    assert listed(spaced).targets == listed(CONTENT).targets


def test_many_spellings_are_not_multiplied_without_end() -> None:
    variants = "".join(f"<spelling-variant lang='ara' script='ARAB'>{letter}ب</spelling-variant>" for letter in "جحخدذ")
    part = f"<name-part name-part-type='other'><value>Ab</value>{variants}</name-part>"
    name = f"<name name-type='primary-name'>{part * 3}</name>"
    target = only(f"<entity><identity>{name}</identity></entity>")
    assert len(target.names) == 1 + 13
    few = part.replace(variants, "".join(variants.partition("</spelling-variant>")[:2]))
    assert len(only(f"<entity><identity><name>{few * 3}</name></identity></entity>").names) == 2


@pytest.mark.parametrize(
    ("inner", "note"),
    [
        (ENTITY.replace("primary-name", "nickname"), "unknown type of name, read as an alias: nickname"),
        (ENTITY.replace("whole-name", "half-name"), "unknown part of a name: half-name"),
        (ENTITY.replace("<name ", "<name quality='fair' "), "unknown quality of name, read as strong: fair"),
        (ENTITY.replace("<name ", "<name lang='xxx' "), "unknown language: xxx"),
        (
            ENTITY.replace("</identity>", "<day-month-year year='1950' month='13'/></identity>"),
            "a date of birth that cannot be read: 1950-13",
        ),
        (
            ENTITY.replace("</identity>", "<day-month-year year='2500' calendar='Mayan'/></identity>"),
            "a date of birth that cannot be read: 2500 Mayan",
        ),
        (
            ENTITY.replace("</identity>", "<nationality><country>Atlantis</country></nationality></identity>"),
            "no country known by this name: Atlantis",
        ),
        (
            ENTITY.replace("</identity>", "<address place-id='77'/></identity>"),
            "a place that the file does not hold: 77",
        ),
        (
            ENTITY.replace("</identity>", "<identification-document document-type='passport'/></identity>"),
            "a document without a number",
        ),
        (ENTITY + "<modification modification-type='frozen' effective-date='2020-01-01'/>", "a modification that"),
        (ENTITY + "<modification modification-type='listed' effective-date='soon'/>", "a modification that"),
        ("<sanctions-set-id>99</sanctions-set-id>" + ENTITY, "a set of sanctions that the file does not hold: 99"),
        (ENTITY.replace("entity>", "object>").replace("idobject>", "identity>"), "unknown type of object"),
        (ENTITY + ENTITY, "more than one party in a target: entity, entity"),
    ],
)
def test_what_cannot_be_interpreted_is_told_and_kept(inner: str, note: str) -> None:
    assert any(found.startswith(note) for found in notes(inner)), notes(inner)
    value = note.partition(": ")[2].partition(" ")[0].partition("-")[0]
    assert value in json.dumps(unstructure(listed(seco(inner))), ensure_ascii=False)


def test_nothing_unknown_vanishes() -> None:
    extra = "<new mark='one'>two<deep>three</deep></new>"
    inner = ENTITY.replace("<identity ", "<identity state='four' ").replace("</identity>", f"{extra}</identity>")
    kept = json.dumps([(a.name, a.value) for a in only(inner + "five").attributes])
    for word in ("one", "two", "three", "four", "five"):
        assert word in kept, word


def test_records_that_cannot_be_read() -> None:
    content = seco(ENTITY, "", ENTITY.replace("Ordak", "—"), ENTITY, ENTITY)
    content = content.replace(b"ssid='4'", b"ssid='1'").replace(b"<target ssid='5'>", b"<target>")
    found = listed(content.replace(b"</swiss-", b"<robot>R2</robot></swiss-"))
    assert (found.records_seen, [target.id for target in found.targets]) == (6, ["ch:1"])
    assert [rejected.reason.partition(":")[0] for rejected in found.rejected] == [
        "the target holds no individual, entity or object",
        "target ch",
        "a second record with the id ch",
        "no ssid",
        "a record of a kind that this reader does not know",
    ]
    assert {rejected.origin.locator for rejected in found.rejected} == {"target, line 1", "robot, line 1"}
    assert [rejected.origin.record for rejected in found.rejected] == ["2", "3", "1", "", ""]
    assert len(both(content).targets) == 1


def test_the_stream_is_the_list() -> None:
    assert len(both(CONTENT).targets) == 3
    with stream(CONTENT, registry=REGISTRY) as records:
        assert next(records).target.addresses[0].city == "Tehran"  # the places stand behind the targets


def test_a_damaged_stream_gives_nothing_before_it_is_known_to_be_sound() -> None:
    with stream(CONTENT[:-40], registry=REGISTRY) as records, pytest.raises(DamagedInputError):
        next(records)


def test_a_stream_holds_little() -> None:
    target = f"<sanctions-set-id>11</sanctions-set-id>{ENTITY}"
    assert grows_little(lambda count: seco(*[target] * count), 150, REGISTRY)


def test_a_number_of_an_entity_is_a_company_s_only_if_it_can_be_one() -> None:
    told = "<other-information>IMO number: {}</other-information>"
    company = only(ENTITY.replace("</entity>", told.format("1234565") + "</entity>"))
    assert [(one.type, one.number) for one in company.identifiers] == [(IdentifierType.IMO_COMPANY, "1234565")]
    ship = only(ENTITY.replace("</entity>", told.format("9074729") + "</entity>"))
    assert (ship.identifiers, [a.value for a in ship.attributes]) == ((), ["IMO number: 9074729"])


def test_a_day_of_zero_is_not_known() -> None:
    born = "<day-month-year day='0' month='0' year='1961' calendar='Gregorian'/>"
    (birth,) = only(ENTITY.replace("</identity>", f"{born}</identity>")).births
    assert birth.date == PartialDate("1961")


def test_more_spellings_than_a_name_has_are_kept_apart() -> None:
    variants = "".join(f"<spelling-variant lang='x{n}'>Ordak {n}</spelling-variant>" for n in range(300))
    target = only(ENTITY.replace("</name-part>", f"{variants}</name-part>"))
    assert [name.text for name in target.names] == ["Ordak"]
    assert [a.value for a in target.attributes] == [f"Ordak {n}" for n in range(300)]
    inner = ENTITY.replace("</name-part>", f"{variants}</name-part>")
    assert "more spellings than can be written out" in notes(inner)


def test_an_endless_order_is_no_order() -> None:
    part = "<name-part order='{}' name-part-type='whole-name'>".format("9" * 5000)
    assert only(ENTITY.replace("<name-part name-part-type='whole-name'>", part)).name == "Ordak"


def test_a_part_of_the_list_says_so() -> None:
    found = listed(seco(ENTITY, root="list-type='delta'"))
    assert found.date is None
    assert {note.text for note in found.notes} >= {"not the whole list: delta", "the list's own date cannot be read"}


@pytest.mark.parametrize(
    "content",
    [
        CONTENT[:-40],
        seco(),
        CONTENT.replace(b"Ordak Works", b"Ordak \x19 Works"),
        CONTENT.replace(b"Ordak Works", b"Ordak \xff Works"),
        CONTENT.replace(b"<added>", b"<plus>").replace(b"</added>", b"</plus>"),
    ],
    ids=["cut", "empty", "control character", "encoding", "nested"],
)
def test_a_damaged_file_is_never_a_short_list(content: bytes) -> None:
    with pytest.raises(DamagedInputError):
        listed(content)


def test_entities_are_refused() -> None:
    with pytest.raises(UnsafeInputError):
        listed(b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + seco(ENTITY))


def test_only_its_own_root_is_recognised() -> None:
    for content in (b"<data-set/>", b"<CONSOLIDATED_LIST/>", b"swiss-sanctions-list"):
        with open_document(content) as document:
            assert not ch.SOURCE.formats[0].recognise(document)


@settings(max_examples=100)
@given(st.data())
def test_mutated_files_are_read_or_refused(data: st.DataObject) -> None:
    content = bytearray(CONTENT)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        size = data.draw(st.integers(1, 60))
        what = data.draw(st.sampled_from(("byte", "cut", "drop", "repeat")))
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
