"""When two identifiers are one number, when they contradict, and what a legal form is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from sanctions_tracker.model import Identifier
from sanctions_tracker.model.vocabulary import IdentifierType as Type
from sanctions_tracker.names.folding import fold
from sanctions_tracker.parties.forms import without_forms
from sanctions_tracker.parties.numbers import conflicting_number, is_same, key_of, normalised, same_number


def passport(number: str, country: str | None = "IR") -> Identifier:
    return Identifier(Type.PASSPORT, number, country=country)


@given(some.text(), some.text())
def test_signs_that_are_no_letter_and_no_digit_do_not_count(left: str, right: str) -> None:
    assert normalised(f"{left} -./{right}") == normalised(normalised(left) + normalised(right))


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        (passport("A-123 456"), passport("a123456"), True),
        (passport("A123456"), passport("A123456", "RU"), False),
        (passport("A123456"), passport("A123456", None), True),
        (passport("12345"), passport("12345", None), False),
        (passport("1234"), passport("1234"), False),
        (passport("ABCDEF"), passport("ABCDEF"), False),
        (passport("A123456"), Identifier(Type.PHONE, "A123456"), False),
        (Identifier(Type.TAX_ID, "7735007358"), Identifier(Type.REGISTRATION, "7735007358"), True),
        (
            Identifier(Type.IMO_VESSEL, "9187629", country="IR"),
            Identifier(Type.IMO_VESSEL, "9187629", country="PA"),
            True,
        ),
        (Identifier(Type.BIC, "HAVIGBLX"), Identifier(Type.BIC, "HAVIGBLX"), True),
    ],
)
def test_what_is_one_number(left: Identifier, right: Identifier, *, same: bool) -> None:
    assert is_same(left, right) is is_same(right, left) is same
    assert bool(same_number([left], [right])) is same
    assert not same or key_of(left) == key_of(right)


@pytest.mark.parametrize(
    ("left", "right", "conflict"),
    [
        ([passport("A123456")], [passport("A123457")], True),
        ([passport("A123456"), passport("B123456")], [passport("C123456"), passport("B123456")], False),
        ([passport("A123456")], [passport("1234567")], False),
        ([passport("A123456")], [passport("A123457", "RU")], False),
        ([passport("A123456")], [passport("A123457", None)], False),
        ([Identifier(Type.IMO_VESSEL, "9187629")], [Identifier(Type.IMO_VESSEL, "9187630")], True),
        ([Identifier(Type.WALLET, "abc12345")], [Identifier(Type.WALLET, "abc12346")], False),
    ],
)
def test_what_contradicts(left: list[Identifier], right: list[Identifier], *, conflict: bool) -> None:
    assert bool(conflicting_number(left, right)) is bool(conflicting_number(right, left)) is conflict


@pytest.mark.parametrize(
    ("name", "rest"),
    [
        ("Общество с ограниченной ответственностью «Сонатек»", "sonatek"),
        ("OBSHCHESTVO S OGRANICHENNOY OTVETSTVENNOSTIU SONATEK", "sonatek"),
        ("Zakrytoe Aktsionernoe Obshchestvo", ""),
        ("Grupo Flor S.A. de C.V.", "grupo flor"),
        ("Dioničko društvo Zvezda", "zvezda"),
        ("Islamic Society of Someone", "islamic society of someone"),
    ],
)
def test_legal_forms_are_left_out(name: str, rest: str) -> None:
    assert without_forms(fold(name)) == fold(rest)
