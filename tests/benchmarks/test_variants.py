"""The makers of variants: what they make is another spelling, with one thing changed, and can be undone."""

from __future__ import annotations

import unicodedata
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import variants_arabic as arabic
from benchmarks import variants_organisations as organisations
from benchmarks.variants_arabic import Maker, different

ARABIC_MAKERS: tuple[Maker, ...] = (
    arabic.article_dropped,
    arabic.article_added,
    arabic.kunya,
    arabic.hamza_lost,
    arabic.ta_marbuta,
    arabic.abd_joined,
    arabic.zero_width,
    arabic.presentation_forms,
    arabic.marks,
    arabic.persian_letters,
    arabic.nasab_dropped,
    arabic.last_word_first,
)
LATIN_MAKERS: tuple[Maker, ...] = (
    arabic.latin_article,
    arabic.latin_article_dropped,
    arabic.latin_kunya,
    arabic.ayn_lost,
    arabic.latin_ta_marbuta,
    arabic.latin_abd,
    arabic.french,
    arabic.letter_dropped,
    arabic.letter_doubled,
    arabic.middle_initial,
)
ORGANISATION_MAKERS: tuple[Maker, ...] = (
    organisations.form_dropped,
    organisations.form_changed,
    organisations.form_translated,
    organisations.reordered,
    organisations.punctuated,
    organisations.ampersand,
)

some_text = st.text(min_size=1, max_size=30).filter(str.strip)
arabic_words = st.text("ابتجحدرسعفقكلمنهويةأإءئؤىی", min_size=2, max_size=8)
arabic_names = st.lists(
    arabic_words | st.sampled_from(["عبد", "أبو", "بن", "الرحمن", "عبدالله", "التكريتي"]), min_size=1, max_size=5
).map(" ".join)
latin_words = st.text("abcdefghijklmnopqrstuvwxyz'", min_size=2, max_size=9).filter(lambda word: word.strip("'"))
latin_names = st.lists(
    latin_words.map(str.title) | st.sampled_from(["al-Shami", "Abu", "bin", "Abd al-Rahman", "Abdulaziz", "LLC", "&"]),
    min_size=1,
    max_size=5,
).map(" ".join)


@given(st.sampled_from([*ARABIC_MAKERS, *LATIN_MAKERS, *ORGANISATION_MAKERS]), some_text)
def test_a_maker_takes_any_text(maker: Maker, text: str) -> None:
    variants = different(text, maker(text))
    assert len(variants) == len(set(variants))
    assert all(variant.strip() == variant for variant in variants)
    assert text.casefold() not in {variant.casefold() for variant in variants}


@given(st.sampled_from(ARABIC_MAKERS), arabic_names)
def test_a_maker_is_the_same_each_time(maker: Maker, name: str) -> None:
    assert list(maker(name)) == list(maker(name))


# Arabic script


@given(arabic_names)
def test_presentation_forms_are_the_name_again_when_they_are_taken_apart(name: str) -> None:
    (shaped,) = arabic.presentation_forms(name)
    assert unicodedata.normalize("NFKC", shaped) == unicodedata.normalize("NFKC", name)
    assert all("\ufb50" <= letter <= "\ufefc" for letter in shaped if letter != " ")


def test_letters_are_shaped_by_their_neighbours() -> None:
    assert list(arabic.presentation_forms("بدر")) == [
        "\ufe91\ufeaa\ufead"
    ]  # initial, final, isolated: dal joins no left


@given(arabic_names)
def test_marks_and_tatweel_are_all_that_is_put_in(name: str) -> None:
    added = {arabic.TATWEEL, "\u064e", "\u064f", "\u0650"}
    for variant in arabic.marks(name):
        assert "".join(letter for letter in variant if letter not in added) == name


@given(arabic_names)
def test_a_non_joiner_stands_for_a_space(name: str) -> None:
    variants = list(arabic.zero_width(name))
    assert len(variants) == name.count(" ")
    assert {variant.replace(arabic.ZWNJ, " ") for variant in variants} <= {name}


@given(arabic_names)
def test_persian_letters_there_and_back(name: str) -> None:
    persian, other = arabic.persian_letters(name)
    assert not set("يىك") & set(persian)
    assert not set("یک") & set(other)
    assert persian == other.translate(str.maketrans("يىك", "ییک"))


@given(arabic_names)
def test_a_lost_hamza_leaves_no_seat(name: str) -> None:
    assert not set("أإآٱؤئء") & set(list(arabic.hamza_lost(name))[-1])


@pytest.mark.parametrize(
    ("maker", "name", "variants"),
    [
        (arabic.article_dropped, "عبد الرحمن الزرقاوي", {"عبد الرحمن زرقاوي"}),
        (arabic.article_dropped, "عبد الله", set()),
        (arabic.article_added, "صدام تكريتي", {"صدام التكريتي"}),
        (arabic.article_added, "تكريتي", set()),
        (
            arabic.kunya,
            "أبو بكر",
            {"ابو بكر", "أبي بكر", "ابي بكر", "آبو بكر", "أبوبكر"},
        ),
        (arabic.kunya, "محمد أبو", set()),
        (arabic.ta_marbuta, "فاطمة علي", {"فاطمه علي", "فاطمت علي"}),
        (arabic.ta_marbuta, "عبد الله", set()),
        (arabic.abd_joined, "عبد الرحمن علي", {"عبدالرحمن علي"}),
        (arabic.abd_joined, "عبدالرحمن علي", {"عبد الرحمن علي"}),
        (arabic.nasab_dropped, "عمر بن عبد الله الشامي", {"عمر عبد الله الشامي", "عمر الشامي"}),
        (arabic.nasab_dropped, "عمر بن علي", {"عمر علي"}),
        (arabic.last_word_first, "علي حسن", {"حسن علي", "حسن, علي"}),
        (arabic.last_word_first, "حسن عبد الرحمن", set()),
    ],
)
def test_arabic_spelling(maker: Maker, name: str, variants: set[str]) -> None:
    assert set(different(name, maker(name))) == variants


# Latin script


@given(latin_names)
def test_one_letter_is_dropped_or_doubled(name: str) -> None:
    for variant in arabic.letter_dropped(name):
        assert sum((Counter(name) - Counter(variant)).values()) == 1
        assert len(variant) == len(name) - 1
    for variant in arabic.letter_doubled(name):
        assert sum((Counter(variant) - Counter(name)).values()) == 1
        assert len(variant) == len(name) + 1


@given(latin_names)
def test_order_and_dropping_bring_no_new_word(name: str) -> None:
    words = Counter(name.replace(",", "").split())
    for variant in arabic.last_word_first(name):
        assert Counter(variant.replace(",", "").split()) == words
    for variant in [*arabic.nasab_dropped(name), *organisations.form_dropped(name)]:
        assert not Counter(variant.replace(",", "").split()) - words


@pytest.mark.parametrize(
    ("maker", "name", "variants"),
    [
        (
            arabic.latin_article,
            "Umar al-Shami",
            {"Umar el-Shami", "Umar al Shami", "Umar alShami", "Umar el Shami", "Umar ash-Shami"},
        ),
        (arabic.latin_article, "Alan Shami", set()),
        (arabic.latin_article_dropped, "Abd al-Rahman AL-SHAMI", {"Abd al-Rahman SHAMI"}),
        (arabic.latin_kunya, "ABU Bakr", {"ABOU Bakr", "ABO Bakr", "BOU Bakr", "ABUBakr"}),
        (arabic.ayn_lost, "Sa'id Sha‘ban", {"Said Sha‘ban", "Sa'id Shaban", "Said Shaban"}),
        (arabic.latin_ta_marbuta, "Fatima Ali", {"Fatimah Ali", "Fatimeh Ali", "Fatimat Ali"}),
        (
            arabic.latin_abd,
            "Abd al-Rahman",
            {"Abdul Rahman", "Abdel Rahman", "Abd el-Rahman", "Abdulrahman", "Abdurrahman"},
        ),
        (arabic.latin_abd, "Abdullah Abdallah", set()),
        (arabic.french, "Rushdi", {"Ruchdi", "Roushdi", "Rouchdi"}),
        (arabic.french, "Jabir JAFAR", {"Djabir DJAFAR"}),
        (arabic.middle_initial, "Ali Yusuf bin Hasan", {"Ali Y. bin Hasan"}),
        (
            arabic.nasab_dropped,
            "Usama bin Muhammad bin Ladin",
            {
                "Usama Muhammad bin Ladin",
                "Usama bin Ladin",
                "Usama bin Muhammad Ladin",
            },
        ),
    ],
)
def test_latin_spelling(maker: Maker, name: str, variants: set[str]) -> None:
    assert set(different(name, maker(name))) == variants


# organisations and titles


@pytest.mark.parametrize(
    ("name", "bare"), [("Orient LLC", "Orient"), ("JSC Orient", "Orient"), ("Orient Co., Ltd.", "Orient")]
)
def test_a_legal_form_at_either_end(name: str, bare: str) -> None:
    assert list(organisations.form_dropped(name)) == [bare]


@pytest.mark.parametrize("name", ["Orient", "LLC", "Incorporated Oriental Aocean", "Saopaulo"])
def test_no_legal_form_to_drop(name: str) -> None:
    assert not list(organisations.form_dropped(name))


def test_a_legal_form_stays_of_its_kind_and_changes_its_script() -> None:
    assert "Orient Ltd" in organisations.form_changed("Orient LLC")
    assert "Orient JSC" not in organisations.form_changed("Orient LLC")
    assert "Orient ООО" in organisations.form_translated("Orient LLC")
    assert not any(variant.isascii() for variant in organisations.form_translated("Orient LLC"))


@pytest.mark.parametrize(
    ("maker", "name", "variants"),
    [
        (organisations.reordered, "Bank of Orient Trade LLC", {"Bank of Trade Orient LLC"}),
        (organisations.punctuated, "SIS D.O.O.", {"SIS DOO", '"SIS" D.O.O.'}),
        (organisations.punctuated, "Ibn-Sina Bank", {"Ibn Sina Bank", "IbnSina Bank", '"Ibn-Sina" Bank'}),
        (organisations.ampersand, "Oil and Gas", {"Oil & Gas"}),
        (organisations.ampersand, "Oil & Gas", {"Oil and Gas"}),
        (organisations.ampersand, "Landes Bank", set()),
    ],
)
def test_an_organisation_s_name(maker: Maker, name: str, variants: set[str]) -> None:
    assert set(different(name, maker(name))) == variants


@pytest.mark.parametrize(
    ("acronym", "name", "is_one"),
    [
        ("IRGC", "Islamic Revolutionary Guard Corps", True),
        ("MODAAFL", "Ministry of Defense and Armed Forces Logistics", True),
        ("MDAFL", "Ministry of Defense and Armed Forces Logistics", True),
        ("IRG", "Islamic Revolutionary Guard Corps", False),
        ("irgc", "Islamic Revolutionary Guard Corps", False),
        ("IG", "Islamic Guard", False),
    ],
)
def test_what_an_acronym_is(acronym: str, name: str, *, is_one: bool) -> None:
    assert organisations.is_acronym_of(acronym, name) is is_one


def test_the_table_of_words_is_whole() -> None:
    rows = organisations.words()
    assert {row.word_class for row in rows} == {"legal_form", "title"}
    assert all(all(row) for row in rows)
    assert len({(row.word_class, row.form.casefold()) for row in rows}) == len(rows)


@given(latin_names)
def test_a_title_stands_before_the_name(name: str) -> None:
    titled = list(organisations.titled(name, "Latn"))
    assert f"Sheikh {name}" in titled
    assert len(titled) == len(organisations.titles("Latn"))
    assert all(variant.endswith(f" {name}") for variant in titled)
