"""An index as arrays: what comes back answers as before, and what was damaged is refused."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanctions_tracker.errors import DamagedInputError
from sanctions_tracker.matching import NameIndex, saved

NAMES = ["Lockheed Martin", "lockheed martin", "علي رضا تنجسيري", "Central Bank of Egypt", "J. K.", "金正恩"]

Arrays = dict[str, Any]


def _arrays() -> Arrays:
    return dict(NameIndex(NAMES).arrays())


def _resealed(arrays: Arrays) -> Arrays:
    """What somebody hands in who can work out a checksum."""
    return arrays | {"sha256": saved._digest(arrays)}


_texts = st.text("abcdklmnrst 7عليمحدرضأ\ud800\n", max_size=14).filter(lambda text: any(map(str.isalnum, text)))


@given(st.lists(_texts, max_size=6), _texts)
@settings(deadline=None)
def test_what_comes_back_answers_as_before(names: list[str], query: str) -> None:
    index = NameIndex(names)
    again = NameIndex.from_arrays(index.arrays())
    assert repr(again) == repr(index)
    for asked in (query, *names):
        assert again.search(asked, threshold=0.7) == index.search(asked, threshold=0.7)


def test_a_file_without_pickle_carries_it() -> None:
    file = io.BytesIO()
    np.savez(file, **_arrays())
    file.seek(0)
    with np.load(file, allow_pickle=False) as arrays:
        index = NameIndex.from_arrays(arrays)
    assert [place for place, _ in index.search("لوكهيد مارتن", threshold=0.82)] == [0, 1]


def test_what_came_back_can_be_saved_again() -> None:
    again = NameIndex.from_arrays(_arrays()).arrays()
    assert {name: array.tolist() for name, array in again.items()} == {
        name: array.tolist() for name, array in _arrays().items()
    }


def test_arrays_of_another_kind_or_version_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    arrays = NameIndex(NAMES, kind="person").arrays()
    with pytest.raises(DamagedInputError, match="kind"):
        NameIndex.from_arrays(arrays)
    monkeypatch.setattr(saved, "matcher_version", lambda: "other")
    with pytest.raises(DamagedInputError, match="make it anew"):
        NameIndex.from_arrays(arrays, kind="person")


@pytest.mark.parametrize("name", sorted(saved._ARRAYS))
def test_every_array_must_be_there_unchanged(name: str) -> None:
    arrays = _arrays()
    with pytest.raises(DamagedInputError, match=name):
        NameIndex.from_arrays({other: array for other, array in arrays.items() if other != name})
    with pytest.raises(DamagedInputError, match=name):
        NameIndex.from_arrays(arrays | {name: arrays[name].astype(np.float64)})
    if arrays[name].size:
        changed = arrays[name].copy()
        changed.flat[-1] += 1
        with pytest.raises(DamagedInputError):
            NameIndex.from_arrays(arrays | {name: changed})


def _ended(array: Any) -> Any:
    return array[:-1]


def _far(array: Any) -> Any:
    return np.full_like(array, np.iinfo(array.dtype).max)


def _negative(array: Any) -> Any:
    return -array - 1


def _backwards(array: Any) -> Any:
    return array[::-1].copy()


def _no_number(array: Any) -> Any:
    return np.full_like(array, np.nan)


_PLACES = ("text_starts", "text_of", "name_of", "pieces", "piece_starts", "word_firsts", "bearers", "bearer_starts")
_SIZES = ("sizes", "light", "weights", "spelt_weights")
_LINES = ("texts", "words", "word_features", "joins", "join_features", "meanings")


@pytest.mark.parametrize(
    ("name", "spoilt"),
    [
        *((name, spoilt) for name in _PLACES for spoilt in (_far, _negative)),
        *((name, _ended) for name in (*_SIZES, *_LINES, "text_starts", "name_of", "piece_starts", "bearer_starts")),
        *((name, _backwards) for name in ("text_starts", "piece_starts", "word_firsts", "bearer_starts")),
        *((name, spoilt) for name in _SIZES for spoilt in (_no_number, _negative)),
        *((name, _far) for name in _LINES),
        ("counts", _ended),
        ("word_counts", _ended),
        ("join_counts", _ended),
    ],
)
def test_arrays_that_do_not_fit_are_refused_whatever_their_checksum(name: str, spoilt: Callable[[Any], Any]) -> None:
    arrays = _arrays()
    with pytest.raises(DamagedInputError):
        NameIndex.from_arrays(_resealed(arrays | {name: spoilt(arrays[name])}))


@given(st.data())
@settings(deadline=None, max_examples=200)
def test_no_forged_number_makes_a_search_fail(data: st.DataObject) -> None:
    arrays = _arrays()
    name = data.draw(st.sampled_from(sorted(set(saved._ARRAYS) - {"sha256", "made_by"})))
    changed = arrays[name].copy()
    if changed.size:
        changed.flat[data.draw(st.integers(0, changed.size - 1))] = data.draw(st.integers(0, 127))
    try:
        index = NameIndex.from_arrays(_resealed(arrays | {name: changed}))
        for query in (*NAMES, "Alireza"):
            index.search(query, threshold=0.5)
    except DamagedInputError:
        pass


def test_a_name_without_letters_is_met_by_no_search() -> None:
    arrays = _arrays()
    arrays["texts"] = np.full_like(arrays["texts"], ord("-"))
    index = NameIndex.from_arrays(_resealed(arrays))
    with pytest.raises(DamagedInputError):
        index.search("Lockheed Martin", threshold=0.82)
