"""Names taken apart: roles, articles, Abd compounds, legal forms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctions_tracker.names.folding import fold
from sanctions_tracker.names.particles import Role, particle_of
from sanctions_tracker.names.tables import rows
from sanctions_tracker.names.tokens import MAX_TOKENS, _taken_apart, _unglued, _words, neighbours, tokens_of


def _cores(text: str) -> list[str]:
    return [token.core for token in tokens_of(fold(text))]


def _roles(text: str, kind: str | None = None) -> list[Role]:
    return [token.role for token in tokens_of(fold(text), kind)]


@pytest.mark.parametrize(
    "text", ["Abdurrahman", "Abd al-Rahman", "Abdel Rahman", "Abdul Rahman", "Abdulrahman", "Abd Rahman", "Abdelrahman"]
)
def test_abd_and_its_name_are_one_word(text: str) -> None:
    assert _cores(text) == ["abd|rahman"]


@pytest.mark.parametrize("text", ["عبد الرحمن", "عبدالرحمن"])
def test_abd_and_its_name_are_one_word_in_arabic(text: str) -> None:
    assert _cores(text) == ["عبد|رحمن"]


def test_abu_is_no_abd() -> None:
    assert _roles("Abu Rahman") == [Role.KUNYA, Role.NAME]


def test_the_attached_article_is_taken_off() -> None:
    (token,) = tokens_of(fold("الغربي"))
    assert (token.text, token.core) == ("الغربي", "غربي")


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Sheikh Ali bin Omar al-Masri", [Role.TITLE, Role.NAME, Role.NASAB, Role.NAME, Role.ARTICLE, Role.NAME]),
        ("الشيخ علي بن عمر", [Role.TITLE, Role.NAME, Role.NASAB, Role.NAME]),
        ("Hamza Hajji", [Role.NAME, Role.NAME]),
        ("J. Smith", [Role.INITIAL, Role.NAME]),
        ("SIS d.o.o.", [Role.NAME, Role.LEGAL_FORM]),
        ("Bank of Syria", [Role.NAME, Role.FILLER, Role.NAME]),
        ("شركة الفرات ش.م.ل", [Role.LEGAL_FORM, Role.NAME, Role.LEGAL_FORM]),
    ],
)
def test_roles(text: str, roles: list[Role]) -> None:
    assert _roles(text) == roles


def test_kind_says_which_words_count() -> None:
    assert _roles("General Electric") == [Role.TITLE, Role.NAME]
    assert _roles("General Electric", "organisation") == [Role.NAME, Role.NAME]
    assert _roles("Ali Company", "person") == [Role.NAME, Role.NAME]


def test_a_name_of_particles_alone_counts_as_it_stands() -> None:
    assert _roles("General Co") == [Role.NAME, Role.NAME]


def test_the_number_of_words_is_bounded() -> None:
    assert len(tokens_of(fold("kaveh " * 1000))) == MAX_TOKENS


def test_neighbours_are_read_as_one() -> None:
    assert [token.core for token in neighbours(tokens_of(fold("Ali Reza Omar")))] == ["ali~reza", "reza~omar"]


def test_particles_meet_by_their_meaning() -> None:
    left, right = particle_of("الشيخ"), particle_of("sheikh")
    assert left is not None
    assert right is not None
    assert left.key == right.key


@pytest.mark.parametrize(
    "table",
    ["letters", "homoglyphs", "transliteration", "particles", "sounds", "near_sounds", "spelling", "common_elements"],
)
def test_every_row_of_every_table_has_its_source(table: str) -> None:
    assert all(row["source"] for row in rows(table))


_MIXED = [
    "ali",
    "عبدالله",
    "bin",
    "al",
    "bank",
    "البنك",
    "j",
    "سيدمحمد",
    "إتش",
    "irgc",
    "abd",
    "ltd",
    "sheikh",
    "7",
    "1",
]


@given(st.lists(st.sampled_from(_MIXED), max_size=30).map(" ".join), st.sampled_from([None, "person", "company"]))
def test_the_shortcut_for_plain_names_takes_them_apart_as_the_long_way_does(text: str, kind: str | None) -> None:
    words = _unglued(_words(fold(text)))
    assert tokens_of(fold(text), kind) == _taken_apart(words, kind)


def test_a_letter_or_digit_that_looks_like_another_is_read_as_both() -> None:
    (misread,) = tokens_of(fold("sa1eh"))
    assert misread.readings == ("sa1eh", "saleh", "saieh")
    assert tokens_of(fold("m23"))[0].readings == ("m23",)
    assert "hatem" in tokens_of(fold("hatern"))[0].readings


def test_abdul_takes_no_second_article() -> None:
    assert _cores("Rahim Abdul al-Talhi") == ["rahim", "abdul", "al", "talhi"]
    assert _cores("Abd al-Talhi") == ["abd|talhi"]
