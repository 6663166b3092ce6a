"""What is written: lossless lines, valid FollowTheMoney entities, a table without formulas. All are invented."""

from __future__ import annotations

import csv
import importlib
import io
import json
import os
import stat
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import attrs
import pytest
from hypothesis import given, settings

import sanctions_tracker
from sanctions_tracker import model
from sanctions_tracker.errors import WriteError
from sanctions_tracker.model import PartialDate, SanctionsList
from sanctions_tracker.model import vocabulary as words
from sanctions_tracker.sources import Registry, opensanctions, read
from sanctions_tracker.writers import FORMATS, format_of, write
from sanctions_tracker.writers.checks import holds
from sanctions_tracker.writers.entity import Ids, country_code_of
from sanctions_tracker.writers.table import COLUMNS
from tests import strategies

FTM = Registry((opensanctions.SOURCE,))


def written(one: SanctionsList, format_: str) -> str:
    stream = io.StringIO(newline="")
    write(one, stream, format=format_)
    return stream.getvalue()


def entities(one: SanctionsList) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written(one, "ftm").split("\n") if line]


def read_back(one: SanctionsList) -> SanctionsList:
    return read(written(one, "ftm").encode(), registry=FTM, on_rejected="collect")


def table_of(one: SanctionsList) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written(one, "csv"), newline="")))


PERSON = model.Target(
    "xx:1",
    words.TargetKind.PERSON,
    (
        model.Name(
            "Kamyar Darvandi",
            parts=(
                model.NamePart(words.NamePartKind.GIVEN, "Kamyar"),
                model.NamePart(words.NamePartKind.FAMILY, "Darvandi"),
            ),
        ),
        model.Name("کامیار دروندی", words.NameKind.ORIGINAL_SCRIPT, language="fa"),
        model.Name("Kamran", words.NameKind.ALIAS),
        model.Name("Kam", words.NameKind.ALIAS, words.NameStrength.WEAK),
        model.Name("Darvand", words.NameKind.FORMER),
    ),
    births=(
        model.Birth(PartialDate("1975-03"), "Shiraz", "IR"),
        model.Birth(PartialDate("1970~"), country="ZR", note="disputed"),
    ),
    countries=(
        model.CountryTie(words.TieRole.NATIONALITY, "IR"),
        model.CountryTie(words.TieRole.CITIZENSHIP, "SU"),
        model.CountryTie(words.TieRole.STATED, None, "Ruritania"),
    ),
    addresses=(model.Address(("1 Long Road", "Flat 2"), "Tehran", country="IR", country_text="Iran", note="old"),),
    identifiers=(
        model.Identifier(
            words.IdentifierType.PASSPORT,
            "A100",
            "Diplomatic",
            "IR",
            "Police",
            PartialDate("2010"),
            PartialDate("2015-01-02"),
            words.Validity.FRAUDULENT,
        ),
        model.Identifier(words.IdentifierType.NATIONAL_ID, "007"),
        model.Identifier(words.IdentifierType.WALLET, "bc1qinvented", "XBT"),
        model.Identifier(words.IdentifierType.PHONE, "+98 (21) 0000"),
        model.Identifier(words.IdentifierType.PHONE, "+982188776655"),
        model.Identifier(words.IdentifierType.EMAIL, "k@example.org"),
        model.Identifier(words.IdentifierType.WEBSITE, "https://example.org/k"),
        model.Identifier(words.IdentifierType.LEI, "no LEI"),
        model.Identifier(words.IdentifierType.OTHER, "prose that nobody could part from its number " * 2),
    ),
    positions=("Colonel",),
    role="commander",
    sector="arms",
    gender="Male",
    relations=(
        model.Relation(words.RelationKind.OWNS_OR_CONTROLS, "xx:2", share=0.515, during=PartialDate("2001/..")),
        model.Relation(words.RelationKind.FAMILY_OF, "xx:4", label="brother", former=True),
        model.Relation(words.RelationKind.ACTS_FOR, "xx:3", label="agent", during=PartialDate("2001")),
        model.Relation(words.RelationKind.LEADS, text="A circle", share=0.5, during=PartialDate("2001/2002")),
    ),
    attributes=(model.Attribute("Title", "Dr", PartialDate("1999"), "so they say"),),
    note="a remark",
)
COMPANY = model.Target(
    "xx:2",
    words.TargetKind.COMPANY,
    (model.Name("=Ordak; Works"),),
    births=(model.Birth(PartialDate("1999-01"), "Tehran"),),
    countries=(model.CountryTie(words.TieRole.REGISTRATION, "IR"), model.CountryTie(words.TieRole.SEAT, "XK")),
    identifiers=(
        model.Identifier(words.IdentifierType.LEI, "5493001KJTIIGC8Y1R12"),
        model.Identifier(words.IdentifierType.ISIN, "US0378331005"),
        model.Identifier(words.IdentifierType.BIC, "ORDKIRTH"),
        model.Identifier(words.IdentifierType.IMO_COMPANY, "1234565"),
        model.Identifier(words.IdentifierType.REGISTRATION, "123", country="IR"),
    ),
    relations=(model.Relation(words.RelationKind.OWNED_OR_CONTROLLED_BY, "xx:4", share=0.1, text="x"),),
)
VESSEL = model.Target(
    "xx:3",
    words.TargetKind.VESSEL,
    (model.Name("ORDAK STAR"),),
    births=(model.Birth(PartialDate("1990")),),
    countries=(model.CountryTie(words.TieRole.FLAG, "IR"), model.CountryTie(words.TieRole.FORMER_FLAG, "PA")),
    identifiers=(
        model.Identifier(words.IdentifierType.IMO_VESSEL, "9074729"),
        model.Identifier(words.IdentifierType.IMO_VESSEL, "9074728"),
        model.Identifier(words.IdentifierType.MMSI, "422000000"),
    ),
    positions=("flagship",),
    gender="she",
)
OTHERS = tuple(
    model.Target(f"xx:{number}", kind, (model.Name(f"Party {number}"),))
    for number, kind in enumerate([words.TargetKind.PERSON, *words.TargetKind], 4)
)
MEASURES = (
    model.Measure(
        "xx:1/a",
        "xx-body",
        "xx:1",
        words.MeasureKind.ASSET_FREEZE,
        label="Block",
        list_name="The list",
        programmes=("IRAN", "ARMS"),
        legal_bases=("Act 1",),
        grounds="He was there.",
        events=(
            model.MeasureEvent(words.EventKind.LISTED, PartialDate("2024-04-18")),
            model.MeasureEvent(words.EventKind.DESIGNATED, PartialDate("2024-04-17")),
            model.MeasureEvent(words.EventKind.AMENDED, PartialDate("2024-05~")),
            model.MeasureEvent(words.EventKind.SUSPENDED, PartialDate("2024-06"), PartialDate("2024-07")),
            model.MeasureEvent(words.EventKind.DELISTED, PartialDate("2025")),
        ),
        note="@note",
    ),
    model.Measure("xx:1/b", "gone", "xx:1", words.MeasureKind.UNSPECIFIED, label="Something"),
    model.Measure("xx:2/a", "xx-body", "xx:2", words.MeasureKind.TRAVEL_BAN),
)
LIST = SanctionsList(
    "xx-list",
    "A list",
    PartialDate("2024-06-01"),
    sanctioners=(model.Sanctioner("xx-body", "Ministry of Tests", country="GB"),),
    targets=(PERSON, COMPANY, VESSEL, *OTHERS),
    measures=MEASURES,
)


# jsonl


@given(strategies.sanctions_lists())
@settings(max_examples=60)
def test_json_lines_lose_nothing(one: SanctionsList) -> None:
    assert read(written(one, "jsonl").encode(), on_rejected="collect") == one


# files


def test_the_bundled_data_set_survives_a_file(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    sanctions_tracker.write(sanctions_tracker.bundled(), path)
    assert sanctions_tracker.read(path) == sanctions_tracker.bundled()
    assert [found.name for found in tmp_path.iterdir()] == ["out.jsonl"]


@pytest.mark.parametrize(
    ("name", "format_"),
    [("a.jsonl", "jsonl"), ("A.JSONL", "jsonl"), ("a.ftm.json", "ftm"), ("a.ftm.jsonl", "ftm"), ("a.csv", "csv")],
)
def test_the_ending_tells_the_format(tmp_path: Path, name: str, format_: str) -> None:
    assert format_of(name) == format_
    write(LIST, str(tmp_path / name))
    assert (tmp_path / name).read_bytes().decode() == written(LIST, format_)
    assert b"\r" not in (tmp_path / name).read_bytes()


@pytest.mark.parametrize("format_", [None, "xml"])
def test_a_format_that_nobody_knows_names_those_known(tmp_path: Path, format_: str | None) -> None:
    with pytest.raises(WriteError, match=", ".join(FORMATS)):
        write(LIST, tmp_path / "a.txt", format=format_)
    with pytest.raises(WriteError, match="format"):
        write(LIST, io.StringIO(), format=format_)
    assert not list(tmp_path.iterdir())


def test_what_is_no_file() -> None:
    with pytest.raises(WriteError, match="cannot write to a int"):
        write(LIST, 7, format="csv")  # type: ignore[arg-type]  # that is the point


class _Full(io.StringIO):
    def write(self, _text: str, /) -> int:
        raise OSError(28, "No space left on device")


def test_a_stream_that_fails_is_told() -> None:
    with pytest.raises(WriteError, match="No space left on device"):
        write(LIST, _Full(), format="csv")
    closed = io.StringIO()
    closed.close()
    with pytest.raises(WriteError, match="closed file"):
        write(LIST, closed, format="csv")


def test_a_failure_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("old", encoding="utf-8")
    broken = attrs.evolve(LIST, title="half a pair: \ud800")
    with pytest.raises(WriteError, match="cannot be written in utf-8"):
        write(broken, path)
    assert path.read_text(encoding="utf-8") == "old"
    assert [found.name for found in tmp_path.iterdir()] == ["a.jsonl"]
    with pytest.raises(WriteError, match="cannot be written"):
        write(LIST, tmp_path / "no such folder" / "a.jsonl")


@pytest.mark.skipif(os.name == "nt", reason="modes and links as POSIX has them")
def test_a_file_that_is_replaced_keeps_its_mode_and_a_link_stays_one(tmp_path: Path) -> None:
    path, link = tmp_path / "a.csv", tmp_path / "link.csv"
    path.touch(mode=0o640)
    link.symlink_to(path)
    write(LIST, link)
    assert link.is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert path.read_text(encoding="utf-8") == written(LIST, "csv")


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="no such device here")
def test_a_device_is_written_to_and_not_replaced() -> None:
    write(LIST, "/dev/null", format="csv")
    assert not Path("/dev/null").is_file()


# ftm


def by_id(one: SanctionsList) -> dict[str, dict[str, Any]]:
    return {entity["id"]: entity for entity in entities(one)}


def test_a_person_as_an_entity() -> None:
    person = by_id(LIST)["xx-1"]
    assert (person["schema"], person["caption"], person["target"]) == ("Person", "Kamyar Darvandi", True)
    assert person["datasets"] == ["xx_list"]
    properties = person["properties"]
    assert properties["name"] == ["Kamyar Darvandi", "کامیار دروندی"]
    assert (properties["alias"], properties["weakAlias"], properties["previousName"]) == (
        ["Kamran"],
        ["Kam"],
        ["Darvand"],
    )
    assert (properties["firstName"], properties["lastName"]) == (["Kamyar"], ["Darvandi"])
    assert (properties["birthDate"], properties["birthPlace"], properties["birthCountry"]) == (
        ["1975-03"],
        ["Shiraz"],
        ["ir"],
    )
    assert (properties["nationality"], properties["citizenship"], properties["gender"]) == (["ir"], ["suhh"], ["male"])
    assert (properties["position"], properties["summary"], properties["sector"]) == (
        ["Colonel"],
        ["commander"],
        ["arms"],
    )
    assert (properties["email"], properties["phone"]) == (["k@example.org"], ["+982188776655"])
    assert properties["notes"] == [
        "birth: 1970~; ZR; disputed",
        "stated: Ruritania",
        f"other: {PERSON.identifiers[-1]}",
        "a remark",
        "Title: Dr (1999); so they say",
        "leads: A circle; 50%; during 2001/2002",
    ]


def test_papers_addresses_and_links_hang_on_it() -> None:
    found = by_id(LIST)
    passport = found["xx-1-id-1"]
    assert passport["schema"] == "Passport"
    assert passport["properties"] == {
        "holder": ["xx-1"],
        "number": ["A100"],
        "type": ["Diplomatic"],
        "country": ["ir"],
        "authority": ["Police"],
        "startDate": ["2010"],
        "endDate": ["2015-01-02"],
        "summary": ["validity: fraudulent"],
    }
    assert found["xx-1-id-3"]["properties"]["type"] == ["wallet", "XBT"]
    assert found["xx-1-address-1"]["properties"] == {
        "full": ["1 Long Road, Flat 2, Tehran, Iran"],
        "street": ["1 Long Road, Flat 2"],
        "city": ["Tehran"],
        "country": ["ir"],
        "remarks": ["old"],
    }
    assert found["xx-1-link-1"]["schema"] == "Ownership"
    assert found["xx-1-link-1"]["properties"] == {
        "owner": ["xx-1"],
        "asset": ["xx-2"],
        "percentage": ["51.5"],
        "startDate": ["2001"],
    }
    assert found["xx-1-link-2"]["properties"]["relationship"] == ["brother"]
    assert found["xx-1-link-3"]["properties"]["role"] == ["acts_for", "agent"]


def test_a_measure_as_a_sanction() -> None:
    assert by_id(LIST)["xx-1-a"]["properties"] == {
        "entity": ["xx-1"],
        "authority": ["Ministry of Tests"],
        "country": ["gb"],
        "provisions": ["Asset freeze"],
        "program": ["IRAN", "ARMS"],
        "reason": ["He was there."],
        "summary": ["Block"],
        "description": [
            "legal basis: Act 1",
            "list: The list",
            "@note",
            "amended: 2024-05~",
            "suspended: 2024-06 until 2024-07",
        ],
        "recordId": ["xx:1/a"],
        "listingDate": ["2024-04-18"],
        "startDate": ["2024-04-17"],
        "endDate": ["2025"],
    }


def test_the_story_survives_the_way_there_and_back() -> None:
    back = read_back(LIST)
    assert back.rejected == ()
    assert [target.kind for target in back.targets] == [target.kind for target in LIST.targets]
    person, company, vessel = back.targets[:3]
    assert [(name.text, name.kind, name.strength) for name in person.names][2:] == [
        ("Kamran", words.NameKind.ALIAS, words.NameStrength.STRONG),
        ("Kam", words.NameKind.ALIAS, words.NameStrength.WEAK),
        ("Darvand", words.NameKind.FORMER, words.NameStrength.STRONG),
    ]
    assert person.names[0].parts == PERSON.names[0].parts
    told = {(one.type, one.number): one for one in person.identifiers}
    assert set(told) == {(one.type, one.number) for one in PERSON.identifiers[:-1]}
    passport = told[words.IdentifierType.PASSPORT, "A100"]
    assert (passport.label, passport.country, passport.issuer, passport.issued, passport.expires) == (
        "Diplomatic",
        "IR",
        "Police",
        PartialDate("2010"),
        PartialDate("2015-01-02"),
    )
    assert {(one.type, one.number) for one in company.identifiers} == {
        (one.type, one.number) for one in COMPANY.identifiers
    }
    assert [(tie.role, tie.country) for tie in company.countries] == [
        (words.TieRole.REGISTRATION, "IR"),
        (words.TieRole.SEAT, "XK"),
    ]
    assert [one.number for one in vessel.identifiers] == ["9074729", "422000000"]
    assert [(tie.role, tie.country) for tie in vessel.countries] == [
        (words.TieRole.FLAG, "IR"),
        (words.TieRole.FORMER_FLAG, "PA"),
    ]
    assert [(one.kind, one.other, one.share) for one in person.relations] == [
        (words.RelationKind.OWNS_OR_CONTROLS, "ftm:xx-2", 0.515),
        (words.RelationKind.FAMILY_OF, "ftm:xx-4", None),
        (words.RelationKind.ACTS_FOR, "ftm:xx-3", None),
    ]
    assert [measure.kind for measure in back.measures] == [measure.kind for measure in MEASURES]
    assert back.measures[0].programmes == ("IRAN", "ARMS")
    assert back.measures[0].listed_on == PartialDate("2024-04-18")
    assert [(one.id, one.country) for one in back.sanctioners] == [("gb-ministry-of-tests", "GB"), ("gone", None)]


def test_every_kind_of_measure_is_known_again() -> None:
    measures = tuple(model.Measure(f"xx:1/{kind}", "xx-body", "xx:1", kind) for kind in words.MeasureKind)
    back = read_back(attrs.evolve(LIST, measures=measures))
    assert [measure.kind for measure in back.measures] == list(words.MeasureKind)


def test_every_kind_of_identifier_is_known_again() -> None:
    identifiers = tuple(model.Identifier(kind, "12345", "so called") for kind in words.IdentifierType)
    one = attrs.evolve(
        LIST, targets=(attrs.evolve(PERSON, identifiers=identifiers, relations=()),), measures=(), records_seen=1
    )
    (target,) = read_back(one).targets
    assert {identifier.type for identifier in target.identifiers} == set(words.IdentifierType)
    assert {identifier.label for identifier in target.identifiers} >= {"so called"}


def test_written_twice_it_is_the_same() -> None:
    once = read_back(LIST)
    assert [target.id for target in read_back(once).targets] == [target.id for target in once.targets]
    assert written(LIST, "ftm") == written(LIST, "ftm")


def _plain(dates: Iterator[PartialDate]) -> Counter[str]:
    return Counter(date.edtf for date in dates if len(date.edtf) <= 10 and date.edtf.replace("-", "").isdigit())


@given(strategies.sanctions_lists())
@settings(max_examples=60)
def test_names_births_and_identifiers_survive(one: SanctionsList) -> None:
    if not one.targets:
        return
    back = read_back(one)
    assert back.rejected == ()
    assert len(back.targets) == len(one.targets)
    legal = {"Person", "Organization", "Company", "PublicBody", "LegalEntity"}
    parties = [entity for entity in entities(one) if "caption" in entity]
    for target, again, party in zip(one.targets, back.targets, parties, strict=True):
        assert {name.text for name in again.names} == {name.text for name in target.names}
        assert again.name == target.name
        assert {name.text for name in again.names if name.strength is words.NameStrength.WEAK} <= {
            name.text for name in target.names if name.strength is words.NameStrength.WEAK
        }
        if party["schema"] in legal:
            assert set(_plain(birth.date for birth in target.births if birth.date)) == set(
                _plain(birth.date for birth in again.births if birth.date)
            )
            assert {(one.type, one.number) for one in target.identifiers} <= {
                (one.type, one.number) for one in again.identifiers
            }


def test_ids_are_what_the_format_allows_and_no_two_alike() -> None:
    ids = Ids()
    made = [ids.of(wished) for wished in ("xx:1", "xx-1", "xx/1", "…", "é", "x" * 900, "y" * 900 + "1", "-.a.-")]
    assert len(set(made)) == len(made)
    assert made[0] == "xx-1"
    assert all(len(one) < 255 and one[0].isalnum() and one[-1].isalnum() for one in made)


@pytest.mark.parametrize(
    ("kind", "sound", "unsound"),
    [
        (words.IdentifierType.IMO_VESSEL, "9074729", ("9074728", "IMO9074729", "907 4729", "")),
        (words.IdentifierType.IMO_COMPANY, "1234565", ("1234566", "IMO1234565")),
        (words.IdentifierType.LEI, "5493001KJTIIGC8Y1R12", ("5493001KJTIIGC8Y1R13", "5493001kjtiigc8y1r12")),
        (words.IdentifierType.ISIN, "US0378331005", ("US0378331006", "US-0378331005")),
        (words.IdentifierType.BIC, "DEUTDEFF500", ("DEUTDEFF5", "DEUT DEFF", "deutdeff")),
    ],
)
def test_which_numbers_stand_in_properties_that_are_checked(
    kind: words.IdentifierType, sound: str, unsound: tuple[str, ...]
) -> None:
    assert holds(kind, sound)
    assert not any(holds(kind, number) for number in unsound)


# the real package


@pytest.fixture(scope="module")
def followthemoney() -> Any:
    pytest.importorskip("followthemoney.types", reason="the package followthemoney is not installed")
    return importlib.import_module("followthemoney")


def _faults(followthemoney: Any, found: list[dict[str, Any]]) -> Iterator[tuple[str, ...]]:
    """What the real package has to say against these entities."""
    ftm = followthemoney.model
    schemata = {entity["id"]: ftm.get(entity["schema"]) for entity in found}
    for entity in found:
        proxy = ftm.get_proxy(entity)
        schema = proxy.schema
        if not followthemoney.types.registry.entity.validate(entity["id"]):
            yield "id", entity["id"]
        yield from (("missing", schema.name, name) for name in schema.required if not proxy.get(name))
        for name, values in entity["properties"].items():
            prop = schema.properties.get(name)
            if prop is None:
                yield "unknown", schema.name, name
                continue
            for value in values:
                if not prop.type.validate(value, format=prop.format):
                    yield "invalid", name, value
                if prop.range and not (schemata.get(value) and schemata[value].is_a(prop.range)):
                    yield "range", schema.name, name, value


def test_the_real_package_finds_no_fault(followthemoney: Any) -> None:
    assert list(_faults(followthemoney, entities(LIST))) == []
    assert list(_faults(followthemoney, entities(sanctions_tracker.bundled()))) == []


@given(one=strategies.sanctions_lists())
@settings(max_examples=60)
def test_the_real_package_finds_no_fault_with_any_list(followthemoney: Any, one: SanctionsList) -> None:
    # A text of control characters alone is nothing to the package, and nothing is lost with it.
    faults = [
        fault for fault in _faults(followthemoney, entities(one)) if fault[0] != "invalid" or fault[2].isprintable()
    ]
    assert faults == []


def test_every_country_is_one_that_the_real_package_knows(followthemoney: Any) -> None:
    from sanctions_tracker.model.country import known_codes  # noqa: PLC0415

    codes = {country_code_of(code) for code in known_codes()} - {""}
    assert len(codes) > 240
    known = followthemoney.types.registry.country
    assert [code for code in sorted(codes) if not known.validate(code)] == []


# csv


def test_a_row_of_the_table() -> None:
    rows = table_of(LIST)
    assert tuple(rows[0]) == COLUMNS
    assert [row["id"] for row in rows] == [target.id for target in LIST.targets]
    person = rows[0]
    assert (person["kind"], person["name"], person["list"]) == ("person", "Kamyar Darvandi", "xx-list")
    assert person["strong_names"] == "Kamyar Darvandi;کامیار دروندی;Kamran;Darvand"
    assert (person["weak_names"], person["countries"]) == ("Kam", "IR;SU;Ruritania")
    assert person["births"] == "1975-03 (Shiraz, IR);1970~ (ZR)"
    assert person["identifiers"].startswith("passport A100 (IR);national_id 007;wallet bc1qinvented;")
    assert person["sanctioners"] == "Ministry of Tests;gone"
    assert (person["programmes"], person["measures"], person["listed"]) == (
        "IRAN;ARMS",
        "asset_freeze;unspecified",
        "2024-04-17",
    )


def test_a_cell_is_no_formula_and_a_semicolon_no_boundary() -> None:
    company = table_of(LIST)[1]
    assert company["name"] == "'=Ordak; Works"
    assert company["strong_names"] == '"=Ordak; Works"'
    assert next(csv.reader([company["strong_names"]], delimiter=";")) == ["=Ordak; Works"]


@pytest.mark.parametrize("beginning", ["=", "+", "-", "@", "\t", "\r"])
def test_every_beginning_of_a_formula_is_guarded(beginning: str) -> None:
    one = SanctionsList("xx", targets=(attrs.evolve(COMPANY, names=(model.Name(beginning + "1+1"),)),))
    assert table_of(one)[0]["name"] == f"'{beginning}1+1"


@given(strategies.sanctions_lists())
@settings(max_examples=60)
def test_one_row_a_target_and_no_formula(one: SanctionsList) -> None:
    rows = table_of(one)
    assert len(rows) == len(one.targets)
    assert all(set(row) == set(COLUMNS) for row in rows)
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row.values())


def test_an_empty_list_is_a_heading() -> None:
    assert written(SanctionsList("empty"), "csv").strip() == ",".join(COLUMNS)
    assert written(SanctionsList("empty"), "ftm") == ""


def test_a_stream_stays_open() -> None:
    stream: IO[str] = io.StringIO()
    write(LIST, stream, format="csv")
    assert not stream.closed
