"""The command ``read``: what a list holds, and the list in another format."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from sanctions_tracker.cli.display import console, print_json, shown, table, tell
from sanctions_tracker.cli.input import read_lists
from sanctions_tracker.cli.options import AsJson
from sanctions_tracker.model import SanctionsList
from sanctions_tracker.sources.summary import Fill, Remarks, Summary, summarise
from sanctions_tracker.writers import FORMATS, format_of, write

_STRENGTHS = ("strong", "weak")
#: The least share that is shown as a number.
_LEAST = 0.001


def read(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="Lists as their publishers offer them. The bundled data set unless given."),
    ] = None,
    notes: Annotated[bool, typer.Option("--notes", help="Show every note and every rejected record.")] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write the list to this file instead; - for standard output.")
    ] = None,
    to: Annotated[
        str | None, typer.Option("--format", help=f"{', '.join(FORMATS)}. By the ending of the output unless given.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say what a list holds, and what of it could not be read; or convert it."""
    _check(files, output, to)
    lists = read_lists(files or (), console(stderr=True))
    if output is not None:
        _convert(lists[0], output, to)
        return
    summaries = [summarise(one) for one in lists]
    if as_json:
        plain = [
            {**summary.to_json(), **(_all_remarks(one) if notes else {})}
            for summary, one in zip(summaries, lists, strict=True)
        ]
        print_json(plain if len(plain) > 1 else plain[0])
        return
    for summary, one in zip(summaries, lists, strict=True):
        show_summary(summary, console())
        if notes:
            _show_all(one, console())


def _check(files: list[Path] | None, output: Path | None, to: str | None) -> None:
    """What is wrong with the question is said before a large file is read."""
    if output is None and to is not None:
        message = "a format is for the output: give -o FILE"
        raise typer.BadParameter(message, param_hint="--format")
    if output is None:
        return
    if len(files or ()) > 1:
        message = "one list at a time is converted"
        raise typer.BadParameter(message, param_hint="--output")
    if (to or format_of(output)) not in FORMATS:
        message = f"expected one of {', '.join(FORMATS)}, or an output that ends in .jsonl, .ftm.json or .csv"
        raise typer.BadParameter(message, param_hint="--format")


def _convert(one: SanctionsList, output: Path, to: str | None) -> None:
    if str(output) == "-":
        write(one, sys.stdout, format=to)
        return
    write(one, output, format=to)
    tell(f"{len(one.targets):,} targets written to {output}", console(stderr=True))


def _all_remarks(one: SanctionsList) -> dict[str, list[str]]:
    return {"all_rejected": list(map(str, one.rejected)), "all_notes": list(map(str, one.notes))}


def show_summary(summary: Summary, out: Console) -> None:
    """The list itself, then its parties, names, fields, measures and dates, and what could not be read."""
    out.print(f"[bold]{shown(summary.title or summary.id)}[/]")
    dated = f"of {summary.date}" if summary.date else "without a date of its own"
    out.print(f"{dated}; format {shown(summary.format) or 'not told'}")
    for source, sha256 in summary.sources.items():
        if sha256:
            out.print(f"sha256 {sha256} ({shown(source)})", soft_wrap=True)
    out.print(
        f"{summary.records_seen:,} records seen = {summary.targets:,} targets + {summary.rejected:,} rejected;"
        f" {len(summary.sources):,} source(s), {summary.sanctioners:,} sanctioner(s), {summary.actions:,} action(s)\n"
    )
    for one in _tables(summary):
        if one.row_count:
            out.print(one)
    _show_remarks("rejected records", summary.rejections, out)
    _show_remarks("notes", summary.notes, out)


def _numbers(title: str, *columns: str) -> Table:
    """A table whose columns behind the first hold numbers."""
    made = table(title, *columns)
    for column in made.columns[1:]:
        column.justify = "right"
    return made


def _tables(summary: Summary) -> Iterable[Table]:
    yield _counts("Parties by kind", "kind", summary.parties)
    yield _names(summary.names)
    yield _fills("Fields", "field", summary.filled)
    yield _fills("Identifiers", "type", summary.identified)
    yield _counts("Measures by kind", "kind", summary.measures)
    spans = _numbers("Dates", "event", "number", "first", "last")
    for span in summary.spans:
        spans.add_row(_words(span.kind), f"{span.events:,}", str(span.first), str(span.last))
    yield spans


def _words(text: str) -> str:
    return shown(text.replace("_", " "))


def _counts(title: str, first: str, counts: Mapping[str, int]) -> Table:
    rows = _numbers(title, first, "number")
    for what, number in counts.items():
        rows.add_row(_words(what), f"{number:,}")
    return rows


def _names(names: Mapping[str, Mapping[str, int]]) -> Table:
    rows = _numbers("Names by script", "script", *_STRENGTHS)
    for script, counts in names.items():
        rows.add_row(shown(script), *(f"{counts.get(strength, 0):,}" for strength in _STRENGTHS))
    return rows


def _fills(title: str, first: str, fills: Iterable[Fill]) -> Table:
    rows = _numbers(title, first, "targets", "share")
    for fill in fills:
        rows.add_row(_words(fill.field), f"{fill.targets:,}", _percent(fill))
    return rows


def _percent(fill: Fill) -> str:
    """The share, never rounded up to all or down to none."""
    if 0 < fill.share < _LEAST:
        return f"<{_LEAST:.1%}"
    return f"{min(fill.share, 1 - _LEAST):.1%}" if fill.share < 1 else "100.0%"


def _show_remarks(title: str, remarks: tuple[Remarks, ...], out: Console) -> None:
    total = sum(one.count for one in remarks)
    if not total:
        out.print(f"no {title}")
        return
    out.print(f"[bold]{total:,} {title}[/]")
    for one in remarks:
        out.print(f"  {one.count:,} × {shown(one.what)}", soft_wrap=True)
        for example in one.examples:
            out.print(f"      {shown(example)}", soft_wrap=True, style="dim")


def _show_all(one: SanctionsList, out: Console) -> None:
    for heading, records in (("every rejected record", one.rejected), ("every note", one.notes)):
        if records:
            out.print(f"\n[bold]{heading}[/]")
        for record in records:
            out.print(shown(str(record)), soft_wrap=True)
