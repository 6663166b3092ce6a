"""Who counts as the party asked for, and which names are left out before a list is asked."""

from __future__ import annotations

import pytest

import sanctions_tracker as st
from benchmarks.recall import judged
from benchmarks.variants_cases import Case, Withheld, sample, withheld_sample, withhold
from benchmarks.variants_lists import Asked, Parties, ask, without_names
from sanctions_tracker.model.vocabulary import TargetKind
from tests.builders import target

LATIN, ARABIC = "Umar al-Shami", "عمر الشامي"


@pytest.fixture
def lists() -> list[st.SanctionsList]:
    guard = target("3", "Islamic Guard Corps of Orient", "IGCO", "حرس الشرق", kind=TargetKind.ENTITY)
    return [
        st.SanctionsList("un-one", targets=(target("1", LATIN, ARABIC), target("2", LATIN), guard)),
        st.SanctionsList("eu-other", targets=(target("1", LATIN.upper()), target("9", "Boris Petrov"))),
    ]


def test_a_party_is_itself_and_its_namesakes_on_other_lists(lists: list[st.SanctionsList]) -> None:
    parties = Parties(lists)
    assert parties.own(("un-one", "1")) == {("un-one", "1"), ("eu-other", "1")}
    assert parties.own(("eu-other", "1")) == {("un-one", "1"), ("un-one", "2"), ("eu-other", "1")}
    assert parties.bears("  umar AL-shami") == [("un-one", "1"), ("un-one", "2"), ("eu-other", "1")]


def test_names_left_out_are_gone_and_a_party_without_a_name_with_them(lists: list[st.SanctionsList]) -> None:
    hidden = {("un-one", "1"): frozenset({ARABIC}), ("eu-other", "9"): frozenset({"Boris Petrov"})}
    first, second = without_names(lists, hidden)
    assert [name.text for name in first.target("1").names] == [LATIN]
    assert [one.id for one in first.targets] == ["1", "2", "3"]
    assert [one.id for one in second.targets] == ["1"]


def test_both_who_are_asked_find_a_printed_name(lists: list[st.SanctionsList]) -> None:
    asked, parties = Asked(lists), Parties(lists)
    found, nothing = judged(
        parties,
        [Case("", "", LATIN, LATIN, ("un-one", "1")), Case("", "", "Zzyzx", LATIN, ("un-one", "1"))],
        ask(asked, [LATIN, "Zzyzx"], jobs=1),
    )
    assert found.found == (True, True, True)
    assert found.others == (1, 1, 1)  # the namesake on the same list
    assert nothing.found == (False, False, False)
    assert nothing.others == (0, 0, 0)


def test_a_query_without_letters_finds_nothing(lists: list[st.SanctionsList]) -> None:
    assert [answer.own for answer in Asked(lists).answers(["--"])] == [frozenset()]


def test_a_sample_is_the_same_for_a_seed_and_no_printed_name(lists: list[st.SanctionsList]) -> None:
    parties = Parties(lists)
    cases = sample(parties, 2, 7)
    assert cases == sample(parties, 2, 7)
    assert cases
    for case in cases:
        assert parties.own(case.party).isdisjoint(parties.bears(case.query))


def test_a_party_serves_one_question_that_leaves_names_out(lists: list[st.SanctionsList]) -> None:
    parties = Parties(lists)
    cases, hidden = withheld_sample(parties, 5, 7)
    assert len({case.party for case in cases}) == len(cases) == 2  # a person and the guard
    for case in cases:
        assert all(case.query in hidden[key] for key in parties.bears(case.query))


def test_what_is_withheld_is_withheld_from_the_doubles_too(lists: list[st.SanctionsList]) -> None:
    parties = Parties(lists)
    asks = Withheld(
        "", "", lambda _: True, lambda _: (LATIN, lambda other: frozenset(map(str, other.names)) - {ARABIC})
    )
    hidden: dict[tuple[str, str], frozenset[str]] = {}
    (case,) = withhold(parties, parties["un-one", "1"], asks, hidden)
    assert case.name == ARABIC
    assert hidden == {("un-one", "1"): frozenset({LATIN}), ("eu-other", "1"): frozenset({LATIN.upper()})}
    assert not withhold(parties, parties["eu-other", "1"], asks, hidden)
