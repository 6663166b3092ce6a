"""Laws and cases of `compare_parties`."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from hypothesis import given

from sanctions_tracker.model import Address, Identifier, Target
from sanctions_tracker.model.vocabulary import IdentifierType, PartyClass, TargetKind
from sanctions_tracker.parties import Ground, Level, Verdict, compare_parties
from sanctions_tracker.parties.bits import bits_of
from sanctions_tracker.parties.forms import data_rows
from tests.parties.parties_made import parties_at_random, party, record

ENTITY = TargetKind.ENTITY


def verdict(left: Target, right: Target) -> Verdict:
    return compare_parties(record(left), record(right, "right")).verdict


@given(parties_at_random(), parties_at_random())
def test_it_is_symmetric(left: Target, right: Target) -> None:
    one, other = record(left), record(right, "right")
    there, back = compare_parties(one, other), compare_parties(other, one)
    assert there == back.mirrored()
    assert (there.verdict, there.bits) == (back.verdict, back.bits)


@given(parties_at_random())
def test_a_record_is_the_same_as_itself(target: Target) -> None:
    assert compare_parties(record(target), record(target)).verdict is Verdict.SAME


@given(parties_at_random(), parties_at_random())
def test_what_is_not_known_says_nothing(left: Target, right: Target) -> None:
    unknown = attrs.evolve(
        right, kind=TargetKind.UNKNOWN, births=(), countries=(), identifiers=(), gender="", positions=()
    )
    found = compare_parties(record(left), record(unknown, "right"))
    assert all(one.finding is None and not one.veto for one in found.evidence)


@given(parties_at_random(), parties_at_random())
def test_the_verdict_follows_from_the_evidence(left: Target, right: Target) -> None:
    found = compare_parties(record(left), record(right, "right"))
    assert found.bits == pytest.approx(sum(one.bits for one in found.evidence), abs=1e-3)
    assert not (found.vetoed and found.verdict is Verdict.SAME)
    assert found.explain().splitlines()[-1].endswith(found.verdict.value)
    assert len(found.explain().splitlines()) == len(found.evidence) + 2
    assert found.to_json()["verdict"] == found.verdict.value


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Khatam al-Anbiya Central Headquarters", "Khatam al-Anbiya Construction Headquarters"),
        ("Bank Melli Iran", "Bank Mellat"),
        ("Korea Taesong Bank", "Korea Kwangson Bank"),
    ],
)
def test_organisations_of_like_names_are_two(left: str, right: str) -> None:
    known: dict[str, Any] = {"kind": ENTITY, "countries": ("IR",)}
    assert verdict(party("a", left, **known), party("b", right, **known)) is Verdict.DIFFERENT


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Lockheed Martin", "لوكهيد مارتن"),
        ("OBSHCHESTVO S OGRANICHENNOI OTVETSTVENNOSTYU PROMTEKHNOLOGIYA", "LLC Promtekhnologiya"),
        ("Акционерное общество Мостотрест", "PJSC Mostotrest"),
    ],
)
def test_an_organisation_s_name_and_country_are_enough(left: str, right: str) -> None:
    known: dict[str, Any] = {"kind": ENTITY, "countries": ("RU",)}
    assert verdict(party("a", left, **known), party("b", right, **known)) is Verdict.SAME
    elsewhere = party("b", right, kind=ENTITY, countries=("BR",))
    assert verdict(party("a", left, **known), elsewhere) is not Verdict.SAME


def test_a_place_that_lists_count_to_two_countries_says_nothing() -> None:
    one, other = (party("a", "Krymskii Sudostroitel", kind=ENTITY, countries=(code,)) for code in ("UA", "RU"))
    levels = [one.finding for one in compare_parties(record(one), record(other, "right")).evidence if one.finding]
    assert levels == []


def test_ships_change_their_flags() -> None:
    one, other = (party("a", "Sea Beauty", kind=TargetKind.VESSEL, countries=(code,)) for code in ("PA", "IR"))
    found = compare_parties(record(one), record(other, "right"))
    assert [evidence.bits for evidence in found.evidence if evidence.finding] == [0.0]
    assert not found.vetoed


def test_a_country_is_no_address() -> None:
    address = Address(country="IR", country_text="Iran")
    one = attrs.evolve(party("a", "Koti Corp", kind=ENTITY), addresses=(address,))
    found = compare_parties(record(one), record(attrs.evolve(one, id="b"), "right"))
    assert [one.finding.level for one in found.evidence if one.finding] == [Level.COUNTRY_SAME]


def test_a_common_name_alone_is_possible() -> None:
    assert verdict(party("a", "Mohammed Ali"), party("b", "محمد علي")) is Verdict.POSSIBLE


def test_a_birth_decides_between_bearers_of_a_common_name() -> None:
    one = party("a", "Hossein Salami", born=("1960-01-02",), countries=("IR",))
    assert verdict(one, party("b", "Hosein Salami", born=("1960-01-02",))) is Verdict.SAME
    assert verdict(one, party("b", "Hosein Salami", born=("1975-03-21",))) is not Verdict.SAME


def test_births_that_differ_forbid_unless_a_number_agrees() -> None:
    long = "Sergey Yurevich Kuzovlev"
    one = party("a", long, long + " Ivanov", born=("1960",), passports=("A1234567",))
    other = party("b", long, long + " Ivanov", born=("1975",))
    assert verdict(one, other) is Verdict.POSSIBLE
    assert verdict(one, attrs.evolve(other, identifiers=one.identifiers)) is Verdict.SAME


def test_numbers_that_differ_forbid() -> None:
    known: dict[str, Any] = {"born": ("1960-01-02",), "countries": ("IR",)}
    one = party("a", "Behnam Shahriyari", passports=("A1234567",), **known)
    other = party("b", "Behnam Shahriyari", passports=("A7654321",), **known)
    found = compare_parties(record(one), record(other, "right"))
    assert found.verdict is Verdict.POSSIBLE
    assert [one.finding.level for one in found.evidence if one.veto and one.finding] == [Level.IDENTIFIER_DIFFERENT]
    assert verdict(one, attrs.evolve(other, identifiers=())) is Verdict.SAME


def test_a_number_joins_names_that_share_nothing_only_with_more_in_common() -> None:
    one = party("a", "Jin Ryu", passports=("563410081",))
    other = party("b", "Behnam Shahriyari", passports=("563410081",))
    assert verdict(one, other) is Verdict.POSSIBLE
    born = attrs.evolve(one, births=party("x", "X", born=("1965-08-07",)).births)
    assert verdict(born, attrs.evolve(other, births=born.births)) is Verdict.SAME


def test_kinds_that_differ_forbid_whatever_agrees() -> None:
    one = party("a", "Behnam Shahriyari", passports=("A1234567",))
    other = attrs.evolve(one, id="b", kind=TargetKind.VESSEL)
    assert verdict(one, other) is Verdict.POSSIBLE


def test_two_records_of_one_publisher_are_never_the_same_by_name() -> None:
    known: dict[str, Any] = {"born": ("1960-01-02",), "countries": ("IR",)}
    one, other = (party(target_id, "Behnam Shahriyari", **known) for target_id in "ab")
    found = compare_parties(record(one, "first", "ofac"), record(other, "second", "ofac"))
    assert (found.verdict, found.vetoed) == (Verdict.POSSIBLE, True)
    assert compare_parties(record(one, "first", "ofac"), record(other, "second", "eu")).verdict is Verdict.SAME


def test_one_id_in_one_publisher_s_lists_is_one_party() -> None:
    one, other = party("us:1", "Bank Melli", kind=ENTITY), party("us:1", "Bank Melli Iran", kind=ENTITY)
    assert compare_parties(record(one, "first", "ofac"), record(other, "second", "ofac")).verdict is Verdict.SAME


def test_weak_names_only_support() -> None:
    hidden = party("a", "Hossein Salami", weak=("Behnam Shahriyari",))
    found = compare_parties(record(hidden), record(party("b", "Behnam Shahriyari"), "right"))
    assert found.verdict is Verdict.DIFFERENT
    assert [one.bits > 0 for one in found.evidence if one.ground is Ground.WEAK_ALIAS] == [True]


def test_a_record_with_weak_names_only_has_no_name_to_compare() -> None:
    found = compare_parties(record(party("a", weak=("Mohammed Ali",))), record(party("b", "Mohammed Ali"), "right"))
    assert {one.ground for one in found.evidence} == {Ground.PRIOR, Ground.WEAK_ALIAS}
    assert found.verdict is Verdict.DIFFERENT


def test_addresses_and_register_numbers_speak_for_firms() -> None:
    address = Address(("12 Some Street",), city="Panama City", country="PA")
    number = Identifier(IdentifierType.REGISTRATION, "1234567", country="PA")
    one = attrs.evolve(party("a", "Koti Corp", kind=ENTITY), addresses=(address,), identifiers=(number,))
    levels = {
        evidence.finding.level
        for evidence in compare_parties(record(one), record(attrs.evolve(one, id="b"), "right")).evidence
        if evidence.finding
    }
    assert levels == {Level.IDENTIFIER_SAME, Level.ADDRESS_SAME, Level.COUNTRY_SAME}


def test_every_level_has_bits_with_their_source() -> None:
    assert {row["level"] for row in data_rows("bits")} == set(Level)
    assert all(row["source"] for name in ("bits", "legal_forms") for row in data_rows(name))
    assert bits_of(Level.BIRTH_SAME_DAY, PartyClass.PERSON) > bits_of(Level.BIRTH_COMPATIBLE, PartyClass.PERSON) > 0


def test_a_record_prints_its_name_and_place() -> None:
    assert str(record(party("a", "Mohammed Ali"))) == "Mohammed Ali (a in left)"
