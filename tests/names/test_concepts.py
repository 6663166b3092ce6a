"""The glossary of organisation names: laws of its tables, longest match, translated names."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

import pytest

from sanctions_tracker.names.concepts import ConceptSpan, class_of, concept_spans, expanded, nearness
from sanctions_tracker.names.folding import fold
from sanctions_tracker.names.tables import rows

_CLASSES = {
    "organ",
    "legal_form",
    "military",
    "state",
    "commerce",
    "charity",
    "ideology",
    "place",
    "people",
    "direction",
    "quality",
    "ordinal",
    "person_role",
}

_ARABIC = re.compile("[\u0600-\u06ff]")

#: Names of persons that are words too; one of them as a concept would let two persons meet.
_PERSONAL_NAMES = [
    "محمد",
    "علي",
    "حسن",
    "حسين",
    "أحمد",
    "عمر",
    "خالد",
    "سعيد",
    "صالح",
    "ناصر",
    "نصر",
    "فتح",
    "نور",
    "أمين",
    "صادق",
    "شريف",
    "مالك",
    "جهاد",
    "إيمان",
    "طالب",
    "أمل",
    "سلام",
    "رحمة",
    "كرامة",
    "مجاهد",
    "سيف",
    "أسد",
    "ليث",
    "شمس",
    "قمر",
    "هلال",
    "ستار",
    "نجم",
    "زهرة",
    "حكمت",
    "احسان",
    "عطاء",
    "عون",
    "خير",
    "خيري",
    "بندر",
    "شاهین",
    "شهباز",
    "اکبر",
    "عظیم",
    "کبیر",
    "سلطان",
    "حربي",
    "مدني",
    "عمران",
    "بنا",
    "آزاد",
    "هدایت",
    "اختر",
    "جهان",
    "فرهاد",
    "رضا",
    "مهدي",
    "جعفر",
    "یوسف",
    "ابراهیم",
    "mohammed",
    "ali",
    "hassan",
    "hussein",
    "ahmed",
    "omar",
    "khaled",
    "nasser",
    "nasr",
    "noor",
    "amin",
    "sadiq",
    "sharif",
    "malik",
    "jihad",
    "talib",
    "amal",
    "salam",
    "mina",
    "nadi",
    "matar",
    "harbi",
    "madani",
    "kabir",
    "akbar",
    "sultan",
    "saif",
    "asad",
    "shams",
    "bandar",
    "shahin",
    "imran",
    "jahan",
    "salim",
    "karim",
]

_SAME = [
    ("البنك المركزي المصري", "Central Bank of Egypt"),
    ("بانک مرکزی جمهوری اسلامی ایران", "Central Bank of the Islamic Republic of Iran"),
    ("مصرف ليبيا المركزي", "Central Bank of Libya"),
    ("البنك الأهلي المصري", "National Bank of Egypt"),
    ("المصرف الزراعي التعاوني", "Agricultural Cooperative Bank"),
    ("المصرف العراقي للتجارة", "Trade Bank of Iraq"),
    ("بانک توسعه صادرات ایران", "Export Development Bank of Iran"),
    ("هيئة الأركان العامة", "General Staff"),
    ("القوات البحرية", "Navy"),
    ("القوات البحرية", "Naval Forces"),
    ("القوات الجوية المصرية", "Egyptian Air Force"),
    ("القوات المسلحة السودانية", "Sudanese Armed Forces"),
    ("قوات الدعم السريع", "Rapid Support Forces"),
    ("سپاه پاسداران انقلاب اسلامی", "Islamic Revolutionary Guard Corps"),
    ("وزارة الدفاع", "Ministry of Defence"),
    ("وزارة الخارجية", "Ministry of Foreign Affairs"),
    ("وزارت دفاع و پشتیبانی نیروهای مسلح", "Ministry of Defense and Armed Forces Logistics"),
    ("سازمان انرژی اتمی ایران", "Atomic Energy Organization of Iran"),
    ("شرکت ملی نفت ایران", "National Iranian Oil Company"),
    ("شركة النفط الوطنية الإيرانية", "National Iranian Oil Company"),
    ("الشركة السورية للنفط", "Syrian Petroleum Company"),
    ("شركة التأمين الوطنية", "National Insurance Company"),
    ("الخطوط الجوية السعودية", "Saudi Airlines"),
    ("غرفة تجارة دمشق", "Damascus Chamber of Commerce"),
    ("جامعة القاهرة", "Cairo University"),
    ("صندوق الاستثمارات العامة", "Public Investment Fund"),
    ("الهلال الأحمر القطري", "Qatar Red Crescent"),
    ("الجبهة الشعبية لتحرير فلسطين", "Popular Front for the Liberation of Palestine"),
    ("حزب العمال الكردستاني", "Kurdistan Workers' Party"),
    ("المجلس السياسي الأعلى", "Supreme Political Council"),
    ("شورای عالی امنیت ملی", "Supreme National Security Council"),
]

_APART = [
    ("القوات البحرية", "Air Force"),
    ("نیروی دریایی", "Aerospace Force"),
    ("قرارگاه مرکزی", "Construction Headquarters"),
    ("بانک ملی", "Nation Bank"),
    ("بانک ملت", "National Bank"),
    ("وزارة الدفاع", "Ministry of Interior"),
    ("وزارة الداخلية", "Ministry of Foreign Affairs"),
    ("البنك المركزي السوري", "Central Bank of Egypt"),
    ("شركة النفط الوطنية", "National Gas Company"),
    ("المصرف التجاري السوري", "Industrial Bank of Syria"),
    ("حزب الله", "Army of God"),
    ("جامعة حلب", "Damascus University"),
]


def _concepts(text: str) -> list[frozenset[str]]:
    words = fold(text).split()
    if all(len(word) == 1 for word in words):
        words = ["".join(words)]
    return [span.concepts for span in concept_spans(words)]


def _all_met(left: list[frozenset[str]], right: list[frozenset[str]]) -> bool:
    return all(any(one & other for other in right) for one in left)


def test_no_row_stands_twice() -> None:
    counted = Counter((row["concept"], row["form"]) for row in rows("concepts"))
    assert [row for row, times in counted.items() if times > 1] == []


@pytest.mark.parametrize("table", ["concepts", "concept_relations", "acronyms"])
def test_every_cell_is_filled(table: str) -> None:
    assert all(cell and cell == cell.strip() for row in rows(table) for cell in row.values())


def test_classes_are_known_and_each_concept_has_one() -> None:
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows("concepts"):
        found[row["concept"]].add(row["class"])
    assert {name for names in found.values() for name in names} == _CLASSES
    assert [concept for concept, names in found.items() if len(names) > 1] == []


def test_every_form_is_found_with_its_concept() -> None:
    missed = [
        (row["concept"], row["form"])
        for row in rows("concepts")
        if not any(row["concept"] in found for found in _concepts(row["form"]))
    ]
    assert missed == []


def test_every_concept_is_written_in_both_scripts() -> None:
    scripts: dict[str, set[bool]] = defaultdict(set)
    for row in rows("concepts"):
        scripts[row["concept"]].add(bool(_ARABIC.search(row["form"])))
    assert [name for name, found in scripts.items() if len(found) < 2 and class_of(name) != "legal_form"] == []


def test_relations_join_known_concepts_once() -> None:
    known = {row["concept"] for row in rows("concepts")}
    pairs = Counter(frozenset((row["concept"], row["near"])) for row in rows("concept_relations"))
    assert set().union(*pairs) <= known
    assert [pair for pair, times in pairs.items() if times > 1 or len(pair) == 1] == []
    assert all(0 < float(row["nearness"]) <= 1 for row in rows("concept_relations"))


@pytest.mark.parametrize("name", _PERSONAL_NAMES)
def test_personal_names_are_no_concepts(name: str) -> None:
    assert _concepts(name) == []


@pytest.mark.parametrize(("left", "right"), _SAME)
def test_translated_names_share_all_their_concepts(left: str, right: str) -> None:
    assert _all_met(_concepts(left), _concepts(right))
    assert _all_met(_concepts(right), _concepts(left))


@pytest.mark.parametrize(("left", "right"), _APART)
def test_different_bodies_do_not_share_all_their_concepts(left: str, right: str) -> None:
    assert not (_all_met(_concepts(left), _concepts(right)) and _all_met(_concepts(right), _concepts(left)))


def test_the_longest_form_is_taken() -> None:
    words = fold("Egyptian Air Force Intelligence").split()
    assert [(span.start, span.stop) for span in concept_spans(words)] == [(0, 1), (1, 3), (3, 4)]


def test_fillers_inside_a_phrase_are_passed_over() -> None:
    assert concept_spans(["ministry", "of", "the", "navy"])[-1] == ConceptSpan(3, 4, frozenset({"navy"}))
    (found,) = concept_spans(fold("Islamic State in the Iraq and Levant").split())
    assert (found.start, found.stop, found.concepts) == (0, 7, frozenset({"isil"}))


@pytest.mark.parametrize(
    "form", ["صناعة", "الصناعة", "للصناعة", "والصناعة", "لصناعة", "صناعات", "صنایع", "صنایعهای", "صنعتی"]
)
def test_what_grammar_adds_is_taken_off(form: str) -> None:
    (found,) = _concepts(form)
    assert "industry" in found


def test_a_form_with_the_article_needs_it() -> None:
    assert _concepts("الملك") == [frozenset({"king"})]
    assert _concepts("ملك") == []


@pytest.mark.parametrize("words", [[], [""], ["", "ال", "و"], ["\ud800"], ["x" * 100_000], ["ا" * 100_000]])
def test_odd_words_carry_nothing(words: list[str]) -> None:
    assert concept_spans(words) == ()


def test_nearness_is_symmetric_and_keeps_branches_apart() -> None:
    assert nearness("authority", "organisation") == nearness("organisation", "authority") > 0
    assert nearness("bank", "bank") == 1
    assert nearness("navy", "air_force") == nearness("national", "nation") == nearness("central", "construction") == 0


@pytest.mark.parametrize(
    ("acronym", "expansion"),
    [
        ("IRGC", "Islamic Revolutionary Guard Corps"),
        ("داعش", "Islamic State of Iraq and the Levant"),
        ("NIOC", "National Iranian Oil Company"),
    ],
)
def test_an_acronym_gives_way_to_its_name(acronym: str, expansion: str) -> None:
    assert expanded([fold(acronym), "navy"]) == [*fold(expansion).split(), "navy"]


def test_other_words_stay() -> None:
    assert expanded(["nico", "naja", "zzzz"]) == ["nico", "naja", "zzzz"]
    assert class_of("zzzz") == ""
