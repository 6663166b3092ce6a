"""A saved screener answers as the one that was saved, or is refused."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as hs

import sanctions_tracker as st
from sanctions_tracker.errors import DamagedInputError, InputNotFoundError, ReadError
from sanctions_tracker.model.vocabulary import IdentifierType, TargetKind
from tests.builders import listed, official_list, target

QUERIES: tuple[Any, ...] = (
    "لوكهيد مارتن",
    "Hossein Harooni",
    "The Engineer",
    {"name": "Nobody", "passport": "P1234567 (IR)"},
    {"name": "Islamic Revolutionary Guard Corps Navy", "country": "IR"},
    "Ruhollah Zzyzx",
)


def lists() -> list[st.SanctionsList]:
    passport = st.Identifier(IdentifierType.PASSPORT, "P1234567", country="IR")
    harooni = attrs.evolve(target("1", "Hossein Harooni", weak=["The Engineer"]), identifiers=(passport,))
    navy = target("2", "IRGC Navy", kind=TargetKind.ENTITY, country="IR")
    return [
        official_list("US", "2025-11-19", [(one, listed(one.id, "2024-04-23")) for one in (harooni, navy)]),
        st.bundled(),
    ]


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("saved") / "screener"
    st.Screener(lists()).save(file)
    return file


def test_it_answers_byte_for_byte_alike(saved: Path) -> None:
    fresh, loaded = st.Screener(lists()), st.Screener.load(saved)
    for query in QUERIES:
        assert json.dumps(loaded.screen(query).to_json()) == json.dumps(fresh.screen(query).to_json())
        assert loaded.screen(query) == fresh.screen(query)
    assert loaded.searched == fresh.searched


def test_it_scans_alike(saved: Path) -> None:
    text = "قال متحدث باسم شيفرون ولوكهيد مارتن"
    assert st.Screener.load(saved).scan(text) == st.Screener(lists()).scan(text)


def test_it_can_be_saved_again(saved: Path, tmp_path: Path) -> None:
    st.Screener.load(saved).save(tmp_path / "again")
    assert st.Screener.load(tmp_path / "again").screen("Hossein Harooni") == st.Screener(lists()).screen(
        "Hossein Harooni"
    )


def test_policy_and_decisions_are_given_anew(saved: Path) -> None:
    screening = st.Screener.load(saved, st.Policy(weak_aliases_alert=True)).screen("The Engineer")
    assert len(screening) == 1
    assert len(st.Screener.load(saved).screen("The Engineer")) == 0


def rewritten(saved: Path, change: Callable[[dict[str, Any]], None]) -> io.BytesIO:
    with np.load(saved) as held:
        arrays = dict(held)
    change(arrays)
    made = io.BytesIO()
    np.savez(made, **arrays)
    return made


def head(arrays: dict[str, Any], **fields: Any) -> None:
    data = json.loads(arrays["head"].tobytes()) | fields
    arrays["head"] = np.frombuffer(json.dumps(data).encode(), dtype=np.uint8)


@pytest.mark.parametrize(("fields", "shown"), [({"matcher": "0-old"}, "matcher 0-old"), ({"layout": 99}, "layout 99")])
def test_another_version_is_refused(saved: Path, tmp_path: Path, fields: dict[str, Any], shown: str) -> None:
    (tmp_path / "f").write_bytes(rewritten(saved, lambda arrays: head(arrays, **fields)).getvalue())
    with pytest.raises(ReadError, match=f"{shown}.*make it anew"):
        st.Screener.load(tmp_path / "f")


def drop(name: str) -> Callable[[dict[str, Any]], None]:
    return lambda arrays: arrays.pop(name)


def put(name: str, change: Callable[[Any], Any]) -> Callable[[dict[str, Any]], None]:
    return lambda arrays: arrays.update({name: change(arrays[name])})


@pytest.mark.parametrize(
    "change",
    [
        drop("head"),
        drop("numbers"),
        drop("book0.records"),
        drop("names0.owners"),
        put("names0.owners", lambda owners: owners[:-4]),
        put("names0.owners", lambda owners: owners + 1000),
        put("names0.owners", lambda owners: owners - 1),
        put("names0.owners", lambda owners: owners[:-1]),
        put("book0.ends", lambda ends: ends[::-1]),
        put("book0.ends", lambda ends: ends[:-1]),
        put("book0.records", lambda records: records[:-1]),
        put("head", lambda held: held[:-1]),
    ],
)
def test_parts_that_do_not_belong_together(
    saved: Path, tmp_path: Path, change: Callable[[dict[str, Any]], None]
) -> None:
    (tmp_path / "f").write_bytes(rewritten(saved, change).getvalue())
    with pytest.raises(DamagedInputError, match="no saved screener, or a damaged one"):
        st.Screener.load(tmp_path / "f")


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        (put("book0.records", np.zeros_like), "record 0 of official is damaged"),
        (put("numbers", np.zeros_like), "the identifiers are damaged"),
    ],
)
def test_records_that_are_damaged_are_no_answer(
    saved: Path, tmp_path: Path, change: Callable[[dict[str, Any]], None], shown: str
) -> None:
    (tmp_path / "f").write_bytes(rewritten(saved, change).getvalue())
    with pytest.raises(DamagedInputError, match=shown):
        st.Screener.load(tmp_path / "f").screen({"name": "Hossein Harooni", "passport": "P1234567 (IR)"})


def test_a_compressed_file_is_refused(saved: Path, tmp_path: Path) -> None:
    with np.load(saved) as held:
        np.savez_compressed(tmp_path / "f.npz", **dict(held))
    with pytest.raises(DamagedInputError, match="is compressed"):
        st.Screener.load(tmp_path / "f.npz")


@pytest.mark.parametrize("content", [b"", b"PK", b"no archive at all", b"\x93NUMPY\x01\x00"])
def test_what_is_no_saved_screener(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "f").write_bytes(content)
    with pytest.raises(DamagedInputError):
        st.Screener.load(tmp_path / "f")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputNotFoundError):
        st.Screener.load(tmp_path / "f")


def test_an_archive_of_something_else(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "f", "w") as made:
        made.writestr("readme.txt", "hello")
    with pytest.raises(DamagedInputError):
        st.Screener.load(tmp_path / "f")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(hs.data())
def test_any_byte_may_be_wrong(saved: Path, tmp_path: Path, data: hs.DataObject) -> None:
    """A damaged file is refused, or answers as the whole one (where the byte meant nothing)."""
    content = bytearray(saved.read_bytes())
    place = data.draw(hs.integers(0, len(content) - 1))
    content[place] ^= data.draw(hs.integers(1, 255))
    (tmp_path / "f").write_bytes(content)
    try:
        answered = st.Screener.load(tmp_path / "f").screen("Hossein Harooni")
    except ReadError:
        return
    assert answered == st.Screener(lists()).screen("Hossein Harooni")


def test_nothing_half_written_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "no space left")

    monkeypatch.setattr(np, "savez", full)
    with pytest.raises(OSError, match="no space"):
        st.Screener(lists()).save(tmp_path / "f")
    assert [*tmp_path.iterdir()] == []
