"""Known spellings: what the table says of two words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctions_tracker.names.folding import fold
from sanctions_tracker.names.spellings import Spellings, spellings

TABLE = Spellings(
    latin_of={"خالد": {"khaled": 6, "khalid": 4}, "نصر": {"nasr": 9, "naser": 1}, "ناصر": {"nasser": 8, "naser": 2}},
    arabic_of={
        "khaled": {"خالد": 6},
        "khalid": {"خالد": 4},
        "nasr": {"نصر": 9},
        "naser": {"نصر": 1, "ناصر": 2},
        "nasser": {"ناصر": 8},
    },
    seen={"خالد": 10, "نصر": 10, "ناصر": 10, "khaled": 6, "khalid": 4, "nasr": 9, "naser": 3, "nasser": 8},
)


@pytest.mark.parametrize(
    ("left", "right", "kinship"),
    [
        ("خالد", "khaled", 1.0),
        ("nasr", "نصر", 1.0),
        ("نصر", "naser", 0.3 + 1 / 3),
        ("نصر", "nasser", 0.0),
        ("khaled", "khalid", 1.0),
        ("nasr", "nasser", 0.0),
        ("nasr", "naser", 1 / 3),
        ("نصر", "ناصر", 0.1),
        ("نصر", "unheard", None),
        ("unheard", "unseen", None),
    ],
)
def test_kinship(left: str, right: str, kinship: float | None) -> None:
    assert TABLE.kinship(left, right) == TABLE.kinship(right, left) == pytest.approx(kinship)


def test_kin_are_all_that_have_any_kinship() -> None:
    assert TABLE.kin("nasr") == {"nasr", "naser", "نصر"}
    assert TABLE.kin("unheard") == {"unheard"}


@given(st.sampled_from(sorted(spellings().seen)), st.sampled_from(sorted(spellings().seen)))
def test_the_shipped_table_is_symmetric_and_within_bounds(left: str, right: str) -> None:
    kinship = spellings().kinship(left, right)
    assert kinship is not None
    assert kinship == spellings().kinship(right, left)
    assert 0 <= kinship <= 1 + 1e-9
    if kinship:
        assert right in spellings().kin(left)


def test_the_shipped_table_holds_folded_words() -> None:
    assert len(spellings().latin_of) > 10_000
    odd = [word for word in spellings().seen if fold(word.replace("|", "")) != word.replace("|", "")]
    assert not odd


@pytest.mark.parametrize(
    ("left", "right", "known"), [("محمد", "mohamed", True), ("عمر", "omar", True), ("عمرو", "omar", False)]
)
def test_common_names_are_known(left: str, right: str, known: bool) -> None:  # noqa: FBT001  (a parameter of the test)
    kinship = spellings().kinship(left, right)
    assert kinship is not None
    assert bool(kinship) is known
