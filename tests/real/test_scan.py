"""The news article of spring 2024: every mention in it of a party of the bundled data or of the UK list."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import sanctions_tracker as st
from sanctions_tracker.model.vocabulary import NameStrength, TargetKind
from sanctions_tracker.screening.mentions import MentionFinder

pytestmark = pytest.mark.real

#: What the article names, in its order, and one target of each list that bears the name.
EXPECTED = [
    ("جو] بايدن", {"Joe Biden"}),
    ("لوكهيد مارتن", {"Lockheed Martin"}),
    ("جنرال ديناميكس", {"General Dynamics"}),
    ("شيفرون", {"Chevron"}),
    (
        "هيئة الأركان العامة للقوات المسلحة الإيرانية",
        {"Armed Forces General Staff of Iran", "GENERAL STAFF OF THE ARMED FORCES OF THE ISLAMIC REPUBLIC OF IRAN"},
    ),
    (
        "القوات البحرية للحرس الثوري الإيراني",
        {"Islamic Revolutionary Guard Corps Navy", "ISLAMIC REVOLUTIONARY GUARD CORPS NAVY (IRGCN)"},
    ),
    ("برنامج الصواريخ الإيراني", {"Iran's missile programme"}),
    ("الحرس الثوري الإيراني", {"Islamic Revolutionary Guard Corps"}),
]


@pytest.fixture(scope="module")
def article(lists_folder: Path) -> str:
    path = lists_folder.parent / "article" / "realist_arabi_2024-05.txt"
    if not path.exists():
        pytest.skip(f"the article does not stand beside the lists of {os.fspath(lists_folder)}")
    return path.read_text(encoding="utf-8")


def test_the_article_s_mentions_are_these_and_no_others(article: str, uk: st.SanctionsList) -> None:
    listed = [
        (name.text, target.name, "person" if target.kind is TargetKind.PERSON else None)
        for one in (st.bundled(), uk)
        for target in one.targets
        for name in target.names
        if name.strength is NameStrength.STRONG
    ]
    finder = MentionFinder([text for text, _, _ in listed], [kind for _, _, kind in listed])
    found = finder.find(article, threshold=st.Policy().threshold)
    assert [article[one.start : one.end] for one in found] == [text for text, _ in EXPECTED]
    for one, (_, targets) in zip(found, EXPECTED, strict=True):
        assert targets <= {listed[position][1] for position in one.positions}
