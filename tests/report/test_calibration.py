"""Charts of a calibration, saved without a network."""

from __future__ import annotations

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

import sanctions_tracker as st
from sanctions_tracker.errors import MissingExtraError, WriteError
from sanctions_tracker.report import calibration_chart, save_calibration
from sanctions_tracker.screening.calibration import Calibration, calibrate
from tests.builders import listed, official_list, target


@pytest.fixture(scope="module")
def calibration() -> Calibration:
    one = target("1", "Reza Kazemi")
    screener = st.Screener(official_list("US", "2025-01-01", [(one, listed("1", "2020-01-01"))]))
    cases = [{"name": "Reza Kazemi", "match": "yes"}, {"name": "Zzyzx", "match": "no"}, {"name": "", "match": "no"}]
    return calibrate(screener, cases, thresholds=(0.6, 0.8, 1.0))


def test_the_chart_holds_the_figures(calibration: Calibration) -> None:
    data = calibration_chart(calibration).to_dict()
    shares = data["vconcat"][0]["layer"][0]["data"]["values"]
    assert {(row["what"], row["threshold"]): row["share"] for row in shares} == {
        (what, level.threshold): getattr(level, what)
        for level in calibration.levels
        for what in ("recall", "precision")
    }
    alerts = data["vconcat"][1]["layer"][0]["data"]["values"]
    assert [row["alerts"] for row in alerts] == [level.alerts_per_1000 for level in calibration.levels]
    assert data["vconcat"][0]["layer"][1]["data"]["values"] == [{"threshold": 0.82}]
    assert data["title"]["subtitle"] == list(calibration.remarks)


def test_what_is_unknown_is_left_out() -> None:
    one = st.Screener(official_list("US", "2025-01-01", [(target("1", "Reza Kazemi"), listed("1", "2020-01-01"))]))
    matches = calibrate(one, [{"name": "Reza Kazemi", "match": "yes"}], thresholds=(0.6,))
    shares = calibration_chart(matches).to_dict()["vconcat"][0]["layer"][0]["data"]["values"]
    assert {row["what"] for row in shares} == {"recall"}


def test_a_page_asks_no_network(calibration: Calibration, tmp_path: Path) -> None:
    path = tmp_path / "c.html"
    save_calibration(calibration, path)
    page = path.read_text("utf-8")
    assert "<html" in page
    frame = re.sub(r"(<script[^>]*>).*?(</script>)", r"\1\2", page, flags=re.DOTALL)
    assert "<script" in frame
    assert not re.search(r"\b(?:src|href)=", frame)
    assert '"actions": false' in page
    assert [one.name for one in tmp_path.iterdir()] == ["c.html"]


def test_pictures(calibration: Calibration, tmp_path: Path) -> None:
    save_calibration(calibration, tmp_path / "c.svg")
    assert ET.fromstring((tmp_path / "c.svg").read_text("utf-8")).tag.endswith("svg")  # noqa: S314  (written here)
    save_calibration(calibration, tmp_path / "c.PNG")
    assert (tmp_path / "c.PNG").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("name", ["c.pdf", "c", "missing/c.svg"])
def test_a_place_that_takes_no_chart(calibration: Calibration, tmp_path: Path, name: str) -> None:
    with pytest.raises(WriteError, match=name):
        save_calibration(calibration, tmp_path / name)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("package", ["altair", "vl_convert"])
def test_without_the_extra(
    calibration: Calibration, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: str
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtraError, match=r"pip install 'sanctions-tracker\[report\]'"):
        save_calibration(calibration, tmp_path / "c.svg")


def test_the_module_alone_loads_no_chart_package() -> None:
    code = "import sys, sanctions_tracker.report as r; assert r; print({'altair', 'vl_convert'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
