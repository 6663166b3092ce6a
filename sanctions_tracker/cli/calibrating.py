"""The command ``calibrate``: what each threshold would have found, and what it would have cost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn

from sanctions_tracker.cli.display import console, print_json, shown, tell
from sanctions_tracker.cli.exits import SOME_REJECTED
from sanctions_tracker.cli.headings import Layout
from sanctions_tracker.cli.options import (
    AsJson,
    AsOf,
    DecisionsFile,
    Delimiter,
    Encoding,
    Ignored,
    IgnoreUnknown,
    ListFiles,
    NamedColumns,
    PolicyFile,
    Saved,
    Threshold,
    day,
)
from sanctions_tracker.cli.rows import RejectedRow, Row, Rows
from sanctions_tracker.cli.screening import policy_of, screener_of
from sanctions_tracker.cli.screening_file import layout_of
from sanctions_tracker.errors import InputNotFoundError, QueryError
from sanctions_tracker.screening.calibration import THRESHOLDS, Calibration, Result
from sanctions_tracker.screening.calibration import calibrate as calibrated
from sanctions_tracker.screening.cases import LABELS, Case, RejectedCase, cases_of


def calibrate(
    file: Annotated[Path, typer.Argument(help="A CSV file of queries with `match` (yes or no), and perhaps `target`.")],
    lists: ListFiles = None,
    saved: Saved = None,
    threshold: Threshold = None,
    as_of: AsOf = None,
    policy: PolicyFile = None,
    decisions: DecisionsFile = None,
    lowest: Annotated[float, typer.Option("--from", help="The lowest threshold looked at.")] = THRESHOLDS[0],
    step: Annotated[float, typer.Option(min=0.001, max=1, help="How far thresholds lie apart.")] = 0.01,
    flips: Annotated[
        tuple[float, float] | None,
        typer.Option("--flips", metavar="LOW HIGH", help="Show the cases that turn between two thresholds."),
    ] = None,
    near: Annotated[
        int, typer.Option(min=0, help="Show so many cases above and below the threshold in use, the nearest first.")
    ] = 5,
    plot: Annotated[
        Path | None, typer.Option(help="Save a chart: .html, .svg or .png (needs the extra report).")
    ] = None,
    delimiter: Delimiter = None,
    encoding: Encoding = "utf-8",
    column: NamedColumns = None,
    ignore: Ignored = None,
    ignore_columns: IgnoreUnknown = False,
    as_json: AsJson = False,
) -> None:
    """Set thresholds against questions with known answers: recall, precision, and alerts in 1,000 queries."""
    layout = layout_of(delimiter, encoding, column, ignore, ignore_unknown=ignore_columns, extra=LABELS)
    grid = (*_grid(lowest, step), *(flips or ()))
    if flips and flips[0] >= flips[1]:
        message = "the first threshold is below the second"
        raise typer.BadParameter(message, param_hint="--flips")
    errors = console(stderr=True)
    if plot is not None:
        from sanctions_tracker.report import require_charts  # noqa: PLC0415  (the extra report, told before the search)

        require_charts(plot)
    screener = screener_of(lists, saved, policy_of(policy, threshold), decisions)
    cases = _watched(_cases(file, layout, errors), errors)
    calibration = calibrated(screener, cases, thresholds=grid, as_of=day(as_of))
    if as_json:
        print_json(calibration.to_json())
    else:
        _show(calibration, console(), near=near, flips=flips)
    if plot is not None:
        from sanctions_tracker.report import save_calibration  # noqa: PLC0415

        save_calibration(calibration, plot)
    if calibration.rejected:
        raise typer.Exit(SOME_REJECTED)


def _grid(lowest: float, step: float) -> tuple[float, ...]:
    """The thresholds from the lowest one to 1."""
    if not 0 < lowest <= 1:
        message = f"a threshold is above 0 and at most 1, not {lowest}"
        raise typer.BadParameter(message, param_hint="--from")
    count = int((1 - lowest) / step + 1e-9)
    return (*(round(lowest + number * step, 6) for number in range(count + 1)), 1.0)


def _cases(file: Path, layout: Layout, errors: Console) -> Iterator[Case | RejectedCase]:
    """The cases of a file; what is none is told at once."""
    try:
        stream = file.open("rb")
    except OSError as error:
        message = "no such file" if isinstance(error, FileNotFoundError) else str(error.strerror or error)
        raise InputNotFoundError(message, file=str(file)) from error
    with stream:
        rows = Rows(stream, str(file), layout)
        if "match" not in rows.columns.headings:
            message = f"{file} has no heading match: a case says yes or no; --column match=HEADING names the column"
            raise QueryError(message, value=rows.columns.headings)
        for row in rows:
            case = _case(row)
            if isinstance(case, RejectedCase):
                tell(f"rejected: {case}", errors, style="red")
            yield case


def _case(row: Row | RejectedRow) -> Case | RejectedCase:
    if isinstance(row, RejectedRow):
        return RejectedCase(row.number, row.reason)
    return next(cases_of([(row.number, row.values)]))


def _watched(cases: Iterable[Case | RejectedCase], errors: Console) -> Iterator[Case | RejectedCase]:
    """The cases, counted where a terminal watches."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TextColumn("{task.completed} cases"))
    with Progress(*columns, console=errors, transient=True, disable=not errors.is_terminal) as progress:
        yield from progress.track(cases, description="searching")


def _show(calibration: Calibration, out: Console, *, near: int, flips: tuple[float, float] | None) -> None:
    out.print(str(calibration), markup=False)
    if near:
        chosen = calibration.chosen
        for side, results in (("above", calibration.above(chosen)), ("below", calibration.below(chosen))):
            _show_cases(f"{side} {chosen:g}, the nearest first", results[:near], out)
    if flips is not None:
        low, high = flips
        _show_cases(f"reached at {low:g} and not at {high:g}", calibration.flipping(low, high), out)


def _show_cases(heading: str, results: Iterable[Result], out: Console) -> None:
    results = tuple(results)
    out.print(f"\n[bold]{heading}[/]")
    for result in results:
        out.print(shown(str(result)), soft_wrap=True)
    if not results:
        out.print("no case")
