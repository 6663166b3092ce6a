"""What each threshold finds and what it costs, as a chart."""

from __future__ import annotations

import io
import os
import secrets
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sanctions_tracker.errors import MissingExtraError, WriteError

if TYPE_CHECKING:
    from altair import VConcatChart

    from sanctions_tracker.screening.calibration import Calibration

#: How a file's name ends -> the format in which a chart is saved.
ENDINGS = {".html": "html", ".svg": "svg", ".png": "png"}

#: Width and height of each of the two panels, in pixels.
_WIDTH, _HEIGHT = 560, 220
#: Colours that the colour-blind tell apart. Source: Okabe and Ito, "Color Universal Design" (2008).
_RECALL, _PRECISION, _ALERTS, _RULE = "#0072B2", "#D55E00", "#009E73", "#555555"


def _altair() -> Any:
    try:
        import_module("vl_convert")  # saves a chart without a network
        return import_module("altair")
    except ModuleNotFoundError as error:
        if error.name not in {"altair", "vl_convert"}:
            raise
        what = "a chart"
        raise MissingExtraError(what, "report") from error


def calibration_chart(calibration: Calibration) -> VConcatChart:
    """Recall and precision over the threshold, and below them alerts in 1,000 queries; a rule marks the one in use.

    What is unknown (no match among the cases, or nothing but matches) is left out of the lines.

    Raises:
        MissingExtraError: Altair is not installed.
    """
    alt = _altair()
    shares = [
        {"threshold": level.threshold, "share": share, "what": what}
        for level in calibration.levels
        for what, share in (("recall", level.recall), ("precision", level.precision))
        if share is not None
    ]
    alerts = [{"threshold": level.threshold, "alerts": level.alerts_per_1000} for level in calibration.levels]
    title = alt.TitleParams(
        f"{len(calibration.results):,} cases; the threshold in use is {calibration.chosen:g}",
        subtitle=list(calibration.remarks),
        anchor="start",
    )
    rule = _rule(alt, calibration.chosen)
    chart: VConcatChart = alt.vconcat(_shares(alt, shares) + rule, _alerts(alt, alerts) + rule, title=title)
    return chart


def _threshold(alt: Any) -> Any:
    return alt.X("threshold:Q", title="threshold", scale=alt.Scale(zero=False))


def _shares(alt: Any, rows: list[dict[str, Any]]) -> Any:
    colours = alt.Scale(domain=["recall", "precision"], range=[_RECALL, _PRECISION])
    chart = alt.Chart(alt.Data(values=rows), width=_WIDTH, height=_HEIGHT).mark_line(point=True)
    return chart.encode(
        x=_threshold(alt),
        y=alt.Y("share:Q", title="share", scale=alt.Scale(domain=[0, 1])),
        color=alt.Color("what:N", title=None, scale=colours),
        tooltip=["what:N", "threshold:Q", "share:Q"],
    )


def _alerts(alt: Any, rows: list[dict[str, Any]]) -> Any:
    chart = alt.Chart(alt.Data(values=rows), width=_WIDTH, height=_HEIGHT).mark_line(
        point={"color": _ALERTS}, color=_ALERTS
    )
    return chart.encode(
        x=_threshold(alt), y=alt.Y("alerts:Q", title="alerts in 1,000 queries"), tooltip=["threshold:Q", "alerts:Q"]
    )


def _rule(alt: Any, threshold: float) -> Any:
    data = alt.Data(values=[{"threshold": threshold}])
    return alt.Chart(data).mark_rule(color=_RULE, strokeDash=[4, 4]).encode(x=_threshold(alt))


def require_charts(path: str | os.PathLike[str]) -> str:
    """The format of a chart saved under that name, after a look whether charts can be made at all.

    Raises:
        MissingExtraError: Altair or vl-convert is not installed.
        WriteError: an ending of no format.
    """
    chosen = ENDINGS.get(Path(path).suffix.lower())
    if chosen is None:
        message = f"{path}: a chart is saved as {', '.join(ENDINGS)}"
        raise WriteError(message)
    _altair()
    return chosen


def save_calibration(calibration: Calibration, path: str | os.PathLike[str]) -> None:
    """Save the chart as ``.html``, ``.svg`` or ``.png``, whole or not at all.

    The page holds its scripts and asks no network for anything.

    Raises:
        MissingExtraError: Altair or vl-convert is not installed.
        WriteError: another ending, or a place that takes no file.
    """
    chosen = require_charts(path)
    _put(Path(path), _rendered(calibration_chart(calibration), chosen))


def _rendered(chart: VConcatChart, chosen: str) -> bytes:
    if chosen == "html":
        text = io.StringIO()
        chart.save(text, format="html", inline=True, embed_options={"actions": False})
        return text.getvalue().encode()
    if chosen == "svg":
        text = io.StringIO()
        chart.save(text, format="svg")
        return text.getvalue().encode()
    data = io.BytesIO()
    chart.save(data, format="png", scale_factor=2)
    return data.getvalue()


def _put(file: Path, data: bytes) -> None:
    """Into a file beside it, which takes its place."""
    beside = file.with_name(f".{file.name}.{secrets.token_hex(4)}.tmp")
    try:
        beside.write_bytes(data)
        beside.replace(file)
    except OSError as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        message = f"{file}: cannot be written ({error.strerror or error})"
        raise WriteError(message) from error
