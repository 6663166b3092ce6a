"""Canada's list: what each element becomes, and what bad input does. All parties here are invented."""

from __future__ import annotations

import json

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
    NameKind,
    NamePartKind,
    NameStrength,
    TargetKind,
)
from sanctions_tracker.sources import ca, read, stream
from sanctions_tracker.sources.ca.aliases import split_aliases
from sanctions_tracker.sources.document import open_document
from sanctions_tracker.sources.registry import Registry
from tests.sources.streams import grows_little, read_and_streamed

REGISTRY = Registry((ca.SOURCE,))
PERSON = {
    "Country": "Iran",
    "LastName": "Darvandi",
    "GivenName": "Kamyar",
    "Aliases": "کامیار دروندی",
    "DateOfBirthOrShipBuildDate": "1961-03-02",
    "Schedule": "1, Part 2",
    "Item": "901",
    "DateOfListing": "2024-04-24",
}
ENTITY = {
    "Country": "Russia / Russie",
    "EntityOrShip": "Ordak Works JSC",
    "Schedule": "3",
    "Item": "902",
    "DateOfListing": "2014-07-24",
}
SHIP = {
    **ENTITY,
    "EntityOrShip": "Ordak Star",
    "TitleOrShip": "Oil Tanker",
    "ShipIMONumber": "9074729",
    "DateOfBirthOrShipBuildDate": "1994",
    "Schedule": "1.1",
}


def dataset(*records: dict[str, str]) -> bytes:
    """A data set of the records given."""
    inner = "".join(
        "\n\t<record>" + "".join(f"<{tag}>{text}</{tag}>" for tag, text in record.items()) + "</record>"
        for record in records
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<data-set>{inner}\n</data-set>'.encode()


def listed(content: bytes) -> SanctionsList:
    return read(content, registry=REGISTRY, on_rejected="collect")


def both(content: bytes) -> SanctionsList:
    """The list, read whole and streamed alike."""
    whole = read_and_streamed(content, registry=REGISTRY)
    assert whole is not None
    return whole


def only(record: dict[str, str]) -> Target:
    (target,) = listed(dataset(record)).targets
    return target


def notes(record: dict[str, str]) -> list[str]:
    return [note.text for note in listed(dataset(record)).notes]


def test_the_list_itself() -> None:
    found = listed(dataset(PERSON, ENTITY, SHIP))
    assert (found.id, found.format, found.date) == ("ca-sema", "ca-sema-xml", None)  # the file bears no date
    assert (found.records_seen, len(found.targets), found.rejected, found.notes) == (3, 3, (), ())
    assert [(body.id, body.country) for body in found.sanctioners] == [("ca-gac", "CA")]
    assert len(found.sources[0].sha256) == 64
    assert structure(unstructure(found), SanctionsList) == found


def test_a_person() -> None:
    person = only(PERSON)
    assert (person.id, person.kind) == ("ca:iran/1-part-2/901", TargetKind.PERSON)
    assert [(n.text, n.kind, n.strength, n.script) for n in person.names] == [
        ("Kamyar Darvandi", NameKind.PRIMARY, NameStrength.STRONG, "Latn"),
        ("کامیار دروندی", NameKind.ALIAS, NameStrength.STRONG, "Arab"),
    ]
    assert [(part.kind, part.text) for part in person.names[0].parts] == [
        (NamePartKind.GIVEN, "Kamyar"),
        (NamePartKind.FAMILY, "Darvandi"),
    ]
    assert [birth.date for birth in person.births] == [PartialDate("1961-03-02")]
    assert person.countries == ()  # the regulations' country is not the party's
    assert person.origin is not None
    assert (person.origin.record, person.origin.locator) == ("iran/1-part-2/901", "record[1]")


def test_what_is_imposed() -> None:
    freeze, debt, docking = listed(dataset(PERSON, ENTITY, SHIP)).measures
    assert (freeze.kind, freeze.programmes, freeze.listed_on) == (
        MeasureKind.ASSET_FREEZE,
        ("Iran",),
        PartialDate("2024-04-24"),
    )
    assert freeze.legal_bases == (
        "Special Economic Measures (Iran) Regulations (SOR/2010-165), Schedule 1, Part 2, item 901",
    )
    assert [event.kind for event in freeze.events] == [EventKind.LISTED]
    assert (debt.kind, docking.kind) == (MeasureKind.DEBT_EQUITY_RESTRICTIONS, MeasureKind.TRANSPORT_BAN)


def test_a_schedule_of_the_future() -> None:
    record = {**PERSON, "Country": "Ruritania / Ruritanie", "Schedule": "9"}
    found = listed(dataset(record))
    assert [(m.kind, m.programmes) for m in found.measures] == [(MeasureKind.UNSPECIFIED, ("Ruritania / Ruritanie",))]
    assert found.measures[0].legal_bases == ("Schedule 9, item 901",)
    assert notes(record) == ["no measure known for this schedule: Ruritania / Ruritanie; 9"]


def test_a_ship() -> None:
    ship = only(SHIP)
    assert ship.kind is TargetKind.VESSEL
    assert [(i.type, i.number) for i in ship.identifiers] == [(IdentifierType.IMO_VESSEL, "9074729")]
    assert [(a.name, a.value, a.date) for a in ship.attributes] == [
        ("Ship type", "Oil Tanker", None),
        ("Ship build date", "1994", PartialDate("1994")),
    ]
    wrong = {**SHIP, "ShipIMONumber": "9074720"}
    assert only(wrong).identifiers[0].number == "9074720"
    assert notes(wrong) == ["the check digits fail: IMO number 9074720"]


@pytest.mark.parametrize(
    ("printed", "dates"),
    [
        ("1955-11", ["1955-11"]),
        ("1963-1964", ["1963/1964"]),
        ("1963 or 1964", ["1963", "1964"]),
        ("1972-08-10 OR 1972-08-11", ["1972-08-10", "1972-08-11"]),
        ("Sep-99", [None]),
        ("1972-02-31", [None]),
        ("born in the early 1970s", [None]),
    ],
)
def test_dates_of_birth(printed: str, dates: list[str | None]) -> None:
    record = {**PERSON, "DateOfBirthOrShipBuildDate": printed}
    births = only(record).births
    assert [birth.date.edtf if birth.date else None for birth in births] == dates
    assert [birth.note for birth in births if birth.date is None] == [printed] * dates.count(None)
    assert bool(notes(record)) is (None in dates)


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("Ordak (OD)/Canard (OC)", [("Ordak (OD)", "en"), ("Canard (OC)", "fr")]),
        ("Ordak Works/Usines Ordak", [("Ordak Works", "en"), ("Usines Ordak", "fr")]),
        ("Ordak Mills (A/B)", [("Ordak Mills (A/B)", "")]),
        ("Ordak J/V Company", [("Ordak J/V Company", "")]),
        (
            "Ordak JSC (also known as Urdak OOO, Ordak Plant)",
            [("Ordak JSC", ""), ("Urdak OOO", ""), ("Ordak Plant", "")],
        ),
        ("Ordak (also known as Urdak", [("Ordak", ""), ("Urdak", "")]),
    ],
)
def test_names_of_entities(printed: str, names: list[tuple[str, str]]) -> None:
    found = only({**ENTITY, "EntityOrShip": printed}).names
    assert [(name.text, name.language) for name in found] == names
    assert [name.kind for name in found] == [NameKind.PRIMARY] + [NameKind.ALIAS] * (len(names) - 1)


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("Ali Ordak; علی اردک;, Urdak", ["Ali Ordak", "علی اردک", "Urdak"]),
        ("Ali Ordak, علی اردک", ["Ali Ordak", "علی اردک"]),
        ("Ali Ordak and Ali Urdak Arabic: علي أرداك", ["Ali Ordak", "Ali Urdak", "علي أرداك@ar"]),
        ("Belarusian: Алi Ордак, Russian: Али Ордак", ["Алi Ордак@be", "Али Ордак@ru"]),
        ("Russian: Али Ордак / Алі Ордак", ["Али Ордак@ru", "Алі Ордак"]),
        ("علی اردک/علی محمد اردک", ["علی اردک", "علی محمد اردک"]),
        ("ALI / Ordak or Urdak", ["ALI / Ordak or Urdak"]),
        ("Ordak, Ali Reza", ["Ordak, Ali Reza"]),
        ("Alexei, Aleksei", ["Alexei, Aleksei"]),
        ("Ali Ordak, Ordaki, Urdaki, Ali Urdak", ["Ali Ordak", "Ordaki, Urdaki", "Ali Urdak"]),
        ("ינון אורדק ORDAK, Yinon AKA", ["ינון אורדק", "ORDAK, Yinon"]),
        ("Ali Ordak (علی اردک)", ["Ali Ordak", "علی اردک"]),
        ("(Али Ордак / Алі Ордак", ["Али Ордак", "Алі Ордак"]),
        ("…", []),
        ("", []),
    ],
)
def test_aliases_of_persons(field: str, names: list[str]) -> None:
    assert [f"{a.text}@{a.language}".rstrip("@") for a in split_aliases(field, person=True)] == names


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("Ordak Plant, HOMA, Ordak Air", ["Ordak Plant", "HOMA", "Ordak Air"]),
        ("Ордак, АО", ["Ордак, АО"]),
        ("Ordak Works, LLC", ["Ordak Works, LLC"]),
        ("Ордак завод or Ордак", ["Ордак завод", "Ордак"]),
        ("«Ордак» and АО «НПП «Ордак»", ["«Ордак»", "АО «НПП «Ордак»"]),
        ("Институт прудов, озёр и рек", ["Институт прудов, озёр и рек"]),
        ('Институт "Ордак", АО "Ордак"', ['Институт "Ордак"', 'АО "Ордак"']),
        ("Ponds, lakes and Rivers Office", ["Ponds, lakes and Rivers Office"]),
        ("OD, Ордак завод", ["OD", "Ордак завод"]),
        ("هيئة البط, منظومة البط", ["هيئة البط", "منظومة البط"]),
        ("Ordak (Ponds, Lakes)", ["Ordak (Ponds, Lakes)"]),
        ("Ordak J/V Company", ["Ordak J/V Company"]),
    ],
)
def test_aliases_of_entities(field: str, names: list[str]) -> None:
    assert [alias.text for alias in split_aliases(field, person=False)] == names


def test_where_an_alias_was_cut_its_origin_keeps_the_field() -> None:
    names = only({**PERSON, "Aliases": "Ali Ordak; علی اردک"}).names
    assert [name.origin.raw for name in names if name.origin] == [None, "Ali Ordak; علی اردک", "Ali Ordak; علی اردک"]


def test_nothing_unknown_vanishes() -> None:
    content = dataset({**PERSON, "New": "one", "Item2": "two"})
    content = content.replace(b"<record>", b"<record mark='three'>four", 1).replace(b"<New>", b"<New x='five'>")
    content = content.replace(b"</record>", b"<Country>Atlantis</Country></record>")
    (target,) = listed(content).targets
    kept = json.dumps([(a.name, a.value) for a in target.attributes])
    for word in ("one", "two", "three", "four", "five", "Atlantis"):
        assert word in kept, word


def test_records_that_cannot_be_read() -> None:
    nameless = {**ENTITY, "EntityOrShip": "—"}
    found = listed(dataset(PERSON, nameless))
    assert (found.records_seen, len(found.targets), len(found.measures)) == (2, 1, 1)
    assert found.rejected[0].origin.locator == "record[2]/LastName, GivenName, EntityOrShip"
    with pytest.raises(RejectedRecordsError):
        read(dataset(PERSON, nameless), registry=REGISTRY)


def test_a_number_that_stands_twice_or_not_at_all() -> None:
    without = {tag: text for tag, text in PERSON.items() if tag != "Item"}
    found = listed(dataset(PERSON, PERSON, without, {"LastName": "Darvandi", "DateOfListing": "soon"}))
    assert [target.id for target in found.targets] == [
        "ca:iran/1-part-2/901",
        "ca:iran/1-part-2/901/record-2",
        "ca:iran/1-part-2/record-3",
        "ca:no-schedule/record-4",
    ]
    assert found.rejected == ()
    assert [note.text.partition(":")[0] for note in found.notes] == [
        "a second record of this schedule and item",
        "no item number",
        "no item number",
        "no measure known for this schedule",
        "a date that cannot be read",
    ]


def test_records_of_an_unknown_kind_are_counted() -> None:
    content = dataset(PERSON, ENTITY).replace(b"</record>", b"</record><other><Name>Duck</Name></other>")
    found = listed(content)
    assert (found.records_seen, len(found.targets)) == (4, 2)
    assert all("other" in rejected.origin.locator for rejected in found.rejected)


@pytest.mark.parametrize(
    "content",
    [
        dataset(PERSON)[:-12],
        dataset(PERSON).replace(b"record>", b"recard>"),
        dataset(PERSON).replace(b"Kamyar", b"Kam\x19yar"),
        dataset(PERSON).replace(b"Kamyar", b"Kam\xffyar"),
        dataset({**PERSON, "Aliases": "<record/>"}),
    ],
    ids=["cut", "no record", "control character", "encoding", "nested"],
)
def test_a_damaged_file_is_never_a_short_list(content: bytes) -> None:
    with pytest.raises(DamagedInputError):
        listed(content)


def test_entities_are_refused() -> None:
    with pytest.raises(UnsafeInputError):
        listed(dataset(PERSON).replace(b"<data-set>", b"<!DOCTYPE x [<!ENTITY a 'b'>]><data-set>"))


def test_only_its_own_content_is_recognised() -> None:
    for content in (b"<data-set><row/></data-set>", b"<CONSOLIDATED_LIST/>", b"LastName,GivenName"):
        with open_document(content) as document:
            assert not ca.SOURCE.formats[0].recognise(document)


CONTENT = dataset(PERSON, ENTITY, SHIP)


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


@settings(max_examples=100)
@given(st.text(alphabet="AbcДя دب,;/()«» or and:\"'", max_size=60), st.booleans())
def test_any_alias_field_keeps_its_words(field: str, person: bool) -> None:  # noqa: FBT001  (a parameter)
    kept = " ".join(alias.text for alias in split_aliases(field, person=person))
    for alias in split_aliases(field, person=person):
        assert alias.text.strip() == alias.text
    words = {word for word in "".join(c if c.isalnum() else " " for c in field).split() if word not in {"or", "and"}}
    assert words <= set("".join(c if c.isalnum() else " " for c in kept).split())


def test_the_stream_is_the_list() -> None:
    nameless = {**PERSON, "Item": "7", "LastName": "—", "GivenName": "", "Aliases": ""}
    unread = {**PERSON, "Item": "8", "DateOfBirthOrShipBuildDate": "soon"}
    assert len(both(dataset(PERSON, ENTITY, nameless, PERSON, unread, SHIP)).targets) == 5


def test_a_damaged_stream_gives_the_records_before_the_damage() -> None:
    content = dataset(PERSON, ENTITY, SHIP).replace(b"Oil Tanker", b"Oil\x19Tanker")
    with stream(content, registry=REGISTRY) as records:
        assert [next(records).target.name for _ in range(2)] == ["Kamyar Darvandi", "Ordak Works JSC"]
        with pytest.raises(DamagedInputError) as caught:
            next(records)
    assert caught.value.locator.startswith("line 5, column ")
    with pytest.raises(DamagedInputError):
        listed(content)


def test_a_stream_holds_little() -> None:
    def content(count: int) -> bytes:
        return dataset(*({**PERSON, "Item": str(number)} for number in range(count)))

    assert grows_little(content, 400, REGISTRY)


@pytest.mark.parametrize("unit", ["a/", ", ", ",;(", "م a", "arabic: ", "a or ", "(also known as "])
def test_an_endless_field_of_aliases_stays_one_text(unit: str) -> None:
    text = f"Ordak {unit * 300_000}Ordak"
    assert [alias.text for alias in split_aliases(text, person=True)] == [text]
