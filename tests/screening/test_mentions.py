"""Listed names inside running text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as hs

from sanctions_tracker.screening.mention_rules import is_common, least_score
from sanctions_tracker.screening.mention_words import words_of
from sanctions_tracker.screening.mentions import FoundName, MentionFinder

THRESHOLD = 0.82

#: Strong names of several words, and each in another script.
STRONG = [
    ("Lockheed Martin", "لوكهيد مارتن", None),
    ("Islamic Revolutionary Guard Corps Navy", "القوات البحرية للحرس الثوري", None),
    ("General Staff of the Armed Forces of Iran", "هيئة الأركان العامة للقوات المسلحة الإيرانية", None),
    ("Central Bank of Iran", "البنك المركزي الإيراني", None),
    ("Hossein Harooni", "حسين هاروني", "person"),
    ("Ali Reza Tangsiri", "عليرضا تنگسيري", "person"),
    ("Gholam Ali Rashid", "غلام علی رشید", "person"),
]
NAMES = [*STRONG, ("General Dynamics", "جنرال ديناميكس", None), ("Chevron", "شيفرون", None)]
#: Names that prove nothing in running text.
EMPTY = ["Ali", "Omar", "Iran", "Army", "نور", "110", "7-28", "Ahmad Hassan", "محمد علي", "---", ""]
GENERIC = ["Horizon", "Air Force", "State Security Department", "Ministry of Defence", "The Office"]


@pytest.fixture(scope="module")
def finder() -> MentionFinder:
    names = [(latin, kind) for latin, _, kind in NAMES]
    names += [("Islamic Revolutionary Guard Corps", None), ("Bank of Moscow", None)]
    return MentionFinder([name for name, _ in names], [kind for _, kind in names])


def mentions(finder: MentionFinder, text: str) -> list[str]:
    return [text[one.start : one.end] for one in finder.find(text, threshold=THRESHOLD)]


@pytest.mark.parametrize(("latin", "arabic"), [names[:2] for names in NAMES])
def test_a_name_is_found_in_both_scripts(finder: MentionFinder, latin: str, arabic: str) -> None:
    assert mentions(finder, f"They say that {latin} is there.") == [latin]
    assert mentions(finder, f"وقال إن {arabic}، هناك.") == [arabic]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("شركات مثل لوكهيد مارتن وجنرال ديناميكس وشيفرون، فضلا عن", ["لوكهيد مارتن", "جنرال ديناميكس", "شيفرون"]),
        ("قال ولوكهيد مارتن", ["لوكهيد مارتن"]),
        ("عقوبات للوكهيد مارتن", ["لوكهيد مارتن"]),
        ("ضباط للحرس الثوري الإيراني", ["لحرس الثوري الإيراني"]),
        ("وللحرس الثوري", ["لحرس الثوري"]),
        ("بالبنك المركزي الإيراني", ["البنك المركزي الإيراني"]),
        ("لُوكهِيد مَـــارتن", ["لُوكهِيد مَـــارتن"]),
        ("ﻟﻮﻛﻬﻴﺪ ﻣﺎﺭﺗﻦ", ["ﻟﻮﻛﻬﻴﺪ ﻣﺎﺭﺗﻦ"]),
        ("حسین‌هارونی گفت", ["حسین‌هارونی"]),
    ],
)
def test_what_is_written_with_a_name_is_left_out(finder: MentionFinder, text: str, expected: list[str]) -> None:
    assert mentions(finder, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lockheed Martin's jets, Chevron’s oil", ["Lockheed Martin", "Chevron"]),
        ("(Lockheed-Martin)", ["Lockheed-Martin"]),
        ("“General Dynamics”.", ["General Dynamics"]),
        ("the IRGC and the IRGC Navy", ["IRGC", "IRGC Navy"]),
        ("LOCKHEED MARTIN SAID", ["LOCKHEED MARTIN"]),
        ("lockheed martin said", ["lockheed martin"]),
        ("by Lockheed. Martin said so", []),
        ("the Islamic Revolutionary Guard Corps Navy", ["Islamic Revolutionary Guard Corps Navy"]),
    ],
)
def test_punctuation_case_and_length(finder: MentionFinder, text: str, expected: list[str]) -> None:
    assert mentions(finder, text) == expected


def test_a_mention_tells_which_names_and_why(finder: MentionFinder) -> None:
    (one,) = finder.find("ضد لوكهيد مارتن", threshold=THRESHOLD)
    assert (one.positions, one.comparisons[0].left, one.comparisons[0].right) == (
        (0,),
        "لوكهيد مارتن",
        "Lockheed Martin",
    )
    assert one.score == one.comparisons[0].score >= least_score(THRESHOLD)


def test_names_that_are_met_alike_are_one_mention() -> None:
    finder = MentionFinder(["Chevron", "Lockheed Martin", "LOCKHEED MARTIN CORPORATION"], [None] * 3)
    (one,) = finder.find("Shares of Lockheed Martin rose.", threshold=THRESHOLD)
    assert sorted(one.positions) == [1, 2]
    assert len(one.comparisons) == 2


@pytest.mark.parametrize(
    ("name", "kind"),
    [*((name, kind) for name in EMPTY for kind in ("person", None)), *((name, None) for name in GENERIC)],
)
def test_a_name_that_says_too_little_is_never_found(name: str, kind: str | None) -> None:
    finder = MentionFinder([name], [kind])
    assert mentions(finder, f"Yesterday {name} was there, and {name} again.") == []


PROSE = [
    (
        "Officials in Washington said on Monday that oil prices rose. The minister met Army leaders, and the "
        "national bank can get more. Omar and Ali Hassan walked to the office, and a chevron was sewn on a sleeve."
    ),
    (
        "وقالت وزارة الخارجية إن الرئيس سيزور العاصمة غدا لبحث العلاقات بين البلدين، وأضاف المتحدث باسم الحكومة أن "
        "القوات المسلحة والشرطة تعملان على حفظ الأمن. وشارك محمد علي وأحمد حسن في المؤتمر الدولي للطاقة، ونشر البنك "
        "المركزي التركي تقريره السنوي."
    ),
    (
        "وزیر امور خارجه گفت که دولت می‌خواهد روابط خود را با کشورهای همسایه گسترش دهد. به گزارش خبرگزاری‌ها، نشست "
        "شورای شهر تهران امروز برگزار شد و علی رضایی و حسن احمدی در آن سخن گفتند."
    ),
]


@pytest.mark.parametrize("text", PROSE)
def test_nothing_is_found_where_nobody_is_named(finder: MentionFinder, text: str) -> None:
    assert mentions(finder, text) == []


def test_a_name_of_one_word_is_not_part_of_another(finder: MentionFinder) -> None:
    assert mentions(finder, "He said that Chevron paid.") == ["Chevron"]
    assert mentions(finder, "He lives in Chevron Gardens now.") == []


def test_common_words() -> None:
    assert is_common("industries")
    assert not is_common("lockheed")


def test_as_many_kinds_as_names() -> None:
    with pytest.raises(ValueError, match="2 names, 1 kinds"):
        MentionFinder(["a", "b"], [None])


def test_no_names_find_nothing() -> None:
    assert MentionFinder([], []).find("Lockheed Martin", threshold=THRESHOLD) == ()


HOSTILE = [
    "",
    " ",
    "---",
    "\u064b\u064b",
    "\ud800 \udfff",
    "\u202eLockheed\u202c \u2066Martin\u2069",
    "x" * 100_000,
    "ا" * 70 + " لوكهيد",
    "\u200c\u200dLockheed\u200c Martin\u200c",
    "ﷺ ﷲ ﻻ",
    "Ⅷ ½ ㎏ ǅ",
    "'" * 5000 + "s",
    "a" + "\u00ad" * 5000,
]


def check(text: str, found: tuple[FoundName, ...]) -> None:
    end = 0
    for one in found:
        assert end <= one.start < one.end <= len(text)
        assert one.positions
        assert len(one.positions) == len(one.comparisons) == len(set(one.positions))
        end = one.end


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text(finder: MentionFinder, text: str) -> None:
    check(text, finder.find(text, threshold=THRESHOLD))


def test_controls_inside_a_name_do_not_hide_it(finder: MentionFinder) -> None:
    assert len(finder.find("\u202eLockheed\u202c \u2066Martin\u2069", threshold=THRESHOLD)) == 1


PIECES = (
    "Lockheed Martin وشيفرون شيفرون للحرس الثوري IRGC Navy 's ’ - . , General Dynamics Bank البنك المركزي الإيراني ﷺ 𐤀"
)
pieces = hs.sampled_from([*PIECES.split(), "\u200c", "\u064b", "\u202e", "\n\n", " "])
texts = hs.lists(pieces | hs.text(max_size=3), max_size=25).map("".join) | hs.lists(pieces, max_size=25).map(" ".join)


@given(texts)
def test_offsets_are_in_the_text_ascending_and_apart(text: str) -> None:
    check(text, FINDER.find(text, threshold=THRESHOLD))


@given(texts)
def test_each_word_stands_where_it_says(text: str) -> None:
    for word in words_of(text):
        for reading in word.readings:
            assert reading.text
            assert 0 <= reading.start < reading.end <= len(text)


FINDER = MentionFinder([name[0] for name in NAMES], [name[2] for name in NAMES])
neutral = hs.lists(hs.sampled_from(["yesterday", "they", "said", "that", "often", "walked"]), min_size=1, max_size=6)


@given(hs.sampled_from(STRONG), hs.sampled_from([0, 1]), neutral, neutral)
def test_a_strong_name_between_neutral_words_is_found(
    name: tuple[str, str, str | None],
    column: int,
    before: list[str],
    behind: list[str],
) -> None:
    written = str(name[column])
    text = f"The {' '.join(before)} {written} {' '.join(behind)}"
    assert mentions(FINDER, text) == [written]


@given(texts, texts)
def test_what_stands_behind_changes_nothing_before(text: str, behind: str) -> None:
    closed = f"{text} walked away!\n\n"
    before = FINDER.find(closed, threshold=THRESHOLD)
    assert FINDER.find(closed + behind, threshold=THRESHOLD)[: len(before)] == before


@given(texts)
def test_the_same_text_has_the_same_mentions(text: str) -> None:
    other = MentionFinder([name[0] for name in NAMES], [name[2] for name in NAMES])
    assert other.find(text, threshold=THRESHOLD) == FINDER.find(text, threshold=THRESHOLD)
