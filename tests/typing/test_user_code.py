"""The user's code type-checks with the rest (mypy covers tests/), and does what it says."""

from __future__ import annotations

import datetime as dt
import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import sanctions_tracker as st
from sanctions_tracker.codec import write_json_lines

if TYPE_CHECKING:
    from types import ModuleType

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def code() -> ModuleType:
    spec = importlib.util.spec_from_file_location("user_code", HERE / "user_code.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_user_s_code_runs(code: Any, tmp_path: Path) -> None:
    data = st.bundled()
    path = tmp_path / "list.jsonl"
    with path.open("w", encoding="utf-8") as file:
        write_json_lines(data, file.write)
    assert code.read_what_can_be_read(path) == data
    assert code.read_what_can_be_read(tmp_path / "none") is None
    found = code.who_is_listed([data], ["شيفرون"], dt.date(2024, 6, 1))
    assert [line.startswith("Chevron") for line in found["شيفرون"]] == [True]
    assert code.best_hit(st.Screener(data), "شيفرون").target.name == "Chevron"
    assert code.best_hit(st.Screener(data), "Zebulon Quackenbush") is None
    assert code.alike("Hosein Harooni", "حسين هاروني")
    assert ("us-20190408", "ir-20190408", 0) in code.lags(data, "IR", "US")
    assert code.verdicts([], data) == {}
    assert code.a_target().names[1].script == "Arab"
