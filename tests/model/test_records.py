"""What names, identifiers, relations, targets, sanctioners and actions refuse, and what they derive."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctions_tracker.errors import InvalidNameError, ModelError, UnknownCountryError
from sanctions_tracker.model import (
    Action,
    Address,
    Attribute,
    Birth,
    Conflict,
    Count,
    CountryTie,
    Identifier,
    Name,
    Note,
    Origin,
    PartialDate,
    RejectedRecord,
    Relation,
    Response,
    Sanctioner,
    Source,
    Target,
    TriggerEvent,
)
from sanctions_tracker.model.vocabulary import (
    ActionKind,
    Evidence,
    IdentifierType,
    NameKind,
    NameStrength,
    PartyClass,
    RelationKind,
    TargetKind,
    TieRole,
)
from tests.strategies import OF_CLASS

if TYPE_CHECKING:
    from collections.abc import Callable

DATE = PartialDate("2024-04-18")


def target(**fields: Any) -> Target:
    return Target("t", TargetKind.PERSON, fields.pop("names", (Name("Ali"),)), **fields)


def action(**fields: Any) -> Action:
    return Action("a", "us", ActionKind.DESIGNATION, fields.pop("date", DATE), **fields)


@pytest.mark.parametrize("text", ["", " ", "---", "«»", "\u200c", "\u0301"])
def test_a_name_needs_a_letter_or_a_digit(text: str) -> None:
    with pytest.raises(InvalidNameError, match="no letter and no digit"):
        Name(text)


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Lockheed Martin", "Latn"),
        ("لوكهيد مارتن", "Arab"),
        ("شركة ABC للتجارة", "Arab"),
        ("Дмитрий", "Cyrl"),
        ("7-28", "Zyyy"),
        ("中国", "Hani"),
        ("Éric", "Latn"),
    ],
)
def test_the_script_is_worked_out_unless_given(text: str, script: str) -> None:
    assert Name(text).script == script
    assert Name(text, script="Qaaa").script == "Qaaa"


@given(st.text(max_size=8))
def test_any_text_is_a_name_or_refused(text: str) -> None:
    try:
        name = Name(text)
    except InvalidNameError:
        assert not any(map(str.isalnum, text))
    else:
        assert str(name) == name.text == text
        assert len(name.script) == 4


def test_an_identifier() -> None:
    passport = Identifier(IdentifierType.PASSPORT, "A1", "Reisepass", "IR")
    assert str(passport) == "Reisepass A1 (IR)"
    assert str(Identifier(IdentifierType.IMO_VESSEL, "9187629")) == "imo_vessel 9187629"


def test_an_identifier_cannot_expire_before_its_issue() -> None:
    issued = PartialDate("2020-05")
    with pytest.raises(ModelError, match="expires 2020-04-30, before it was issued on 2020-05"):
        Identifier(IdentifierType.PASSPORT, "A1", issued=issued, expires=PartialDate("2020-04-30"))
    assert Identifier(IdentifierType.PASSPORT, "A1", issued=issued, expires=PartialDate("2020")).expires


def test_a_relation_needs_the_other_party() -> None:
    assert Relation(RelationKind.OWNS_OR_CONTROLS, "t2").other == "t2"
    assert Relation(RelationKind.OWNS_OR_CONTROLS, text="Ali").text == "Ali"
    with pytest.raises(ModelError, match="needs the id of the other target"):
        Relation(RelationKind.OWNS_OR_CONTROLS)


@pytest.mark.parametrize("share", [-0.01, 1.01, 51, float("nan"), float("inf")])
def test_a_share_is_a_part(share: float) -> None:
    with pytest.raises(ModelError, match="not between 0 and 1"):
        Relation(RelationKind.OWNS_OR_CONTROLS, "t2", share=share)


@pytest.mark.parametrize("share", [None, 0, 0.5, 1])
def test_shares_that_may_be(share: float | None) -> None:
    assert Relation(RelationKind.OWNS_OR_CONTROLS, "t2", share=share).share == share


def test_a_target_needs_a_name() -> None:
    with pytest.raises(ModelError, match="target t: a target needs at least one name"):
        target(names=())


def test_the_name_to_show_is_the_primary_one() -> None:
    alias, first, second = Name("Abu Ali", NameKind.ALIAS), Name("Ali"), Name("Ali Reza")
    assert target(names=(alias, first, second)).name == "Ali"
    assert target(names=(alias,)).name == "Abu Ali"
    assert str(target(names=(alias, first))) == "Ali"


def test_strong_names() -> None:
    weak = Name("The Engineer", NameKind.ALIAS, NameStrength.WEAK)
    assert target(names=(Name("Ali"), weak)).strong_names == (Name("Ali"),)


@pytest.mark.parametrize(
    ("ties", "addresses", "belongs"),
    [
        ([], [], set()),
        ([], ["IR", "AE"], {"IR", "AE"}),
        ([(TieRole.SEAT, "IR")], ["AE"], {"IR"}),
        ([(TieRole.SEAT, "AE"), (TieRole.NATIONALITY, "IR")], [], {"IR"}),
        ([(TieRole.CITIZENSHIP, "IR"), (TieRole.NATIONALITY, "IQ")], [], {"IR", "IQ"}),
        ([(TieRole.REGISTRATION, "PA"), (TieRole.STATED, "IR")], [], {"IR"}),
        ([(TieRole.FLAG, "PA"), (TieRole.FORMER_FLAG, "IR")], [], {"PA"}),
        ([(TieRole.FORMER_FLAG, "IR")], ["AE"], {"AE"}),
        ([(TieRole.STATED, None), (TieRole.SEAT, "IR")], [], {"IR"}),
        ([], [None], set()),
    ],
)
def test_the_countries_that_a_target_belongs_to(
    ties: list[tuple[TieRole, str | None]], addresses: list[str | None], belongs: set[str]
) -> None:
    one = target(
        countries=tuple(CountryTie(role, code) for role, code in ties),
        addresses=tuple(Address(country=code) for code in addresses),
    )
    assert one.attributed_to == belongs


def test_an_address_in_one_line() -> None:
    address = Address(("1 Street", "Floor 2"), "Tehran", postcode="123", country="IR", country_text="Iran")
    assert str(address) == "1 Street, Floor 2, Tehran, 123, Iran"


@pytest.mark.parametrize("kind", TargetKind)
def test_every_kind_of_target_is_counted(kind: TargetKind) -> None:
    of_their_own = {"person", "vessel", "aircraft", "programme", "unknown"}
    assert kind.counted_as == (kind.value if kind.value in of_their_own else PartyClass.ENTITY)


@pytest.mark.parametrize(
    "make",
    [
        lambda code: Birth(country=code),
        lambda code: CountryTie(TieRole.SEAT, code),
        lambda code: Address(country=code),
        lambda code: Identifier(IdentifierType.PASSPORT, "A1", country=code),
        lambda code: Sanctioner("us", "US", country=code),
        lambda code: Count(1, against=code),
        lambda code: action(against=("US", code)),
    ],
)
def test_a_country_must_exist(make: Callable[[str], Any]) -> None:
    assert make("IR")
    with pytest.raises(UnknownCountryError):
        make("Iran")
    with pytest.raises(UnknownCountryError):
        make("")


def test_any_country_stands_for_a_law_that_addresses_none() -> None:
    assert action(against=("*",)).against == ("*",)


@pytest.mark.parametrize(
    "make",
    [
        Source,
        Origin,
        lambda text: Sanctioner(text, "name"),
        lambda text: Sanctioner("us", text),
        lambda text: Identifier(IdentifierType.PASSPORT, text),
        Attribute,
        lambda text: Target(text, TargetKind.PERSON, (Name("Ali"),)),
        lambda text: Action(text, "us", ActionKind.DESIGNATION, DATE),
        lambda text: Action("a", text, ActionKind.DESIGNATION, DATE),
        lambda text: TriggerEvent(text, DATE, "what"),
        lambda text: TriggerEvent("e", DATE, text),
        lambda text: Conflict(text, "a", ()),
        lambda text: Conflict("topic", text, ()),
    ],
)
def test_what_must_not_be_blank(make: Callable[[str], Any]) -> None:
    assert make("x")
    for blank in ("", " \n"):
        with pytest.raises(ModelError, match="must not be blank"):
            make(blank)


def test_an_action_takes_effect_no_earlier_than_announced() -> None:
    with pytest.raises(ModelError, match="takes effect on 2024-04-17, before it was announced"):
        action(effective=PartialDate("2024-04-17"))
    assert action(effective=PartialDate("2024")).effective == PartialDate("2024")


def test_an_action_does_not_answer_itself() -> None:
    with pytest.raises(ModelError, match="cannot answer itself"):
        action(responses=(Response(Evidence.STATED, "b"), Response(Evidence.INFERRED, "a")))


def test_an_action_s_moment_needs_a_time_zone() -> None:
    with pytest.raises(ModelError, match="needs a time zone"):
        action(moment=dt.datetime(2025, 9, 28, tzinfo=dt.UTC).replace(tzinfo=None))


def test_numbers_are_not_negative() -> None:
    with pytest.raises(ModelError, match="value must not be negative: -1"):
        Count(-1)
    with pytest.raises(ModelError, match="addressees must not be negative"):
        action(addressees=-1)


def test_counts_are_found_by_class_and_country() -> None:
    persons, against = Count(16, PartyClass.PERSON), Count(3, PartyClass.PERSON, "GB")
    one = action(counts=(against, persons, Count(18)))
    assert one.counted(PartyClass.PERSON) == persons
    assert one.counted(PartyClass.PERSON, "GB") == against
    assert one.counted() == Count(18)
    assert one.counted(PartyClass.VESSEL) is None


CLASSES = {"p1": PartyClass.PERSON, "p2": PartyClass.PERSON, "e1": PartyClass.ENTITY}


@pytest.mark.parametrize(
    "counts",
    [
        (),
        (Count(2, PartyClass.PERSON), Count(1, PartyClass.ENTITY)),
        (Count(3),),
        (Count(1, PartyClass.PERSON, at_least=True),),
        (Count(1, at_least=True),),
        (Count(0, PartyClass.VESSEL),),
        (Count(1, PartyClass.PERSON, "GB"),),
    ],
)
def test_no_more_named_than_counted(counts: tuple[Count, ...]) -> None:
    action(named=tuple(CLASSES), counts=counts).check_named(CLASSES)


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((Count(1, PartyClass.PERSON),), r"names 2 \(person\) but counts 1"),
        ((Count(0, PartyClass.ENTITY),), r"names 1 \(entity\) but counts 0"),
        ((Count(2),), r"names 3 \(in all\) but counts 2"),
    ],
)
def test_more_named_than_counted(counts: tuple[Count, ...], said: str) -> None:
    with pytest.raises(ModelError, match=said):
        action(named=tuple(CLASSES), counts=counts).check_named(CLASSES)


def test_texts_to_show() -> None:
    origin = Origin("ofac", "36", "line 3")
    assert str(origin) == "ofac · 36 · line 3"
    assert str(Origin("ofac")) == "ofac"
    assert str(Note("kept as printed", origin)) == "kept as printed [ofac · 36 · line 3]"
    assert str(Note("kept as printed")) == "kept as printed"
    assert str(RejectedRecord(origin, "no name")) == "ofac · 36 · line 3: no name"
    assert str(Sanctioner("us", "The US")) == "The US"
    assert str(action()) == "a"


@pytest.mark.parametrize("kind", OF_CLASS, ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_the_values_of_the_model_are_frozen_and_hashable(kind: type, data: st.DataObject) -> None:
    value = data.draw(OF_CLASS[kind])
    first = attrs.fields(kind)[0].name
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        setattr(value, first, getattr(value, first))
    assert hash(value) == hash(attrs.evolve(value))
