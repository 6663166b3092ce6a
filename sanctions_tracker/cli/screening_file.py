"""The command ``screen-file``: every row of a CSV file, with nothing lost and nothing half-written."""

from __future__ import annotations

import codecs
import os
from pathlib import Path
from typing import Annotated

import typer

from sanctions_tracker.cli.display import console
from sanctions_tracker.cli.exits import SOME_REJECTED
from sanctions_tracker.cli.headings import DELIMITERS, Layout
from sanctions_tracker.cli.hit_table import CsvTable, JsonLines, as_it_is
from sanctions_tracker.cli.options import (
    AsOf,
    DecisionsFile,
    Delimiter,
    Encoding,
    Ignored,
    IgnoreUnknown,
    ListFiles,
    MaxAge,
    NamedColumns,
    PolicyFile,
    Saved,
    Threshold,
    day,
)
from sanctions_tracker.cli.screening import policy_of, screener_of
from sanctions_tracker.cli.screening_run import Run
from sanctions_tracker.errors import InputNotFoundError, ReadError, WriteError
from sanctions_tracker.writers.cells import guarded

_DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|", **{one: one for one in DELIMITERS}}


def screen_file(
    file: Annotated[Path, typer.Argument(help="A CSV file with headings: name, and what else is known.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="hits.csv, or hits.jsonl for JSON lines.")],
    lists: ListFiles = None,
    saved: Saved = None,
    threshold: Threshold = None,
    as_of: AsOf = None,
    policy: PolicyFile = None,
    decisions: DecisionsFile = None,
    max_age: MaxAge = None,
    rejected: Annotated[
        Path | None, typer.Option(help="Where rejected rows go; OUTPUT.rejected.csv unless given.")
    ] = None,
    delimiter: Delimiter = None,
    encoding: Encoding = "utf-8",
    column: NamedColumns = None,
    ignore: Ignored = None,
    ignore_columns: IgnoreUnknown = False,
    resume: Annotated[bool, typer.Option("--resume", help="Go on where a run before stopped, if one did.")] = False,
    restart: Annotated[bool, typer.Option("--restart", help="Begin again, and drop what a run before left.")] = False,
    safe_cells: Annotated[
        bool, typer.Option("--safe-cells", help="Put an apostrophe before what a spreadsheet takes for a formula.")
    ] = False,
) -> None:
    """Screen every row of a CSV file; the output has a row for each hit and for each row without one."""
    layout = layout_of(delimiter, encoding, column, ignore, ignore_unknown=ignore_columns)
    output, refused = _places(file, output, rejected)
    _check(output, resume=resume, restart=restart, safe_cells=safe_cells)
    run = Run(
        file=file,
        layout=layout,
        screener=screener_of(lists, saved, policy_of(policy, threshold, max_age), decisions),
        as_of=day(as_of),
        table=JsonLines() if output.suffix == ".jsonl" else CsvTable(guarded if safe_cells else as_it_is),
        output=output,
        rejected=refused,
        errors=console(stderr=True),
    )
    if run.through(resume=resume, restart=restart)["rejected"]:
        raise typer.Exit(SOME_REJECTED)


def layout_of(
    delimiter: str | None,
    encoding: str,
    column: list[str] | None,
    ignore: list[str] | None,
    *,
    ignore_unknown: bool,
    extra: tuple[str, ...] = (),
) -> Layout:
    """How a table is to be read, from the options that say so.

    Raises:
        typer.BadParameter: an encoding that nobody knows, or an option that cannot be understood.
    """
    pairs = [_named(text) for text in column or ()]
    named = dict(pairs)
    if len(named) < len(pairs) or len(set(named.values())) < len(pairs):
        message = "each name and each heading is given once"
        raise typer.BadParameter(message, param_hint="--column")
    if delimiter is not None and delimiter not in _DELIMITERS:
        message = f"expected one of {', '.join(_DELIMITERS)!r}, not {delimiter!r}"
        raise typer.BadParameter(message, param_hint="--delimiter")
    try:
        codecs.lookup(encoding)
        "a".encode(encoding)
    except (LookupError, ValueError) as error:
        message = f"{encoding!r} is no encoding of texts"
        raise typer.BadParameter(message, param_hint="--encoding") from error
    sign = _DELIMITERS[delimiter] if delimiter else None
    return Layout(encoding, sign, named, tuple(ignore or ()), ignore_unknown, extra)


def _named(text: str) -> tuple[str, str]:
    heading, sign, written = text.partition("=")
    if not sign or not heading.strip() or not written.strip():
        message = f"expected NAME=HEADING, as in name='Full Name', not {text!r}"
        raise typer.BadParameter(message, param_hint="--column")
    return heading.strip(), written.strip()


def _places(file: Path, output: Path, rejected: Path | None) -> tuple[Path, Path]:
    """Where the output and the rejected rows go, each a place of its own."""
    output = Path(os.path.realpath(output))
    refused = Path(os.path.realpath(rejected)) if rejected else output.with_name(f"{output.name}.rejected.csv")
    if len({output, refused, Path(os.path.realpath(file))}) < 3:  # noqa: PLR2004  (three places)
        message = "the input, the output and the rejected rows are three files"
        raise typer.BadParameter(message, param_hint="--output")
    if not file.is_file():
        message = "no such file" if not file.exists() else "give a file: it is read again where a run goes on"
        raise InputNotFoundError(message, file=str(file))
    try:
        file.open("rb").close()
    except OSError as error:
        message = f"cannot be read ({error.strerror or error})"
        raise ReadError(message, file=str(file)) from error
    for place in (output, refused):
        if place.exists() and not place.is_file():
            message = f"{place}: cannot be written: it is no file"
            raise WriteError(message)
    return output, refused


def _check(output: Path, *, resume: bool, restart: bool, safe_cells: bool) -> None:
    if output.suffix not in {".csv", ".jsonl"}:
        message = "expected a file that ends in .csv or .jsonl"
        raise typer.BadParameter(message, param_hint="--output")
    if resume and restart:
        message = "go on or begin again, not both"
        raise typer.BadParameter(message, param_hint="--resume")
    if safe_cells and output.suffix == ".jsonl":
        message = "only a .csv has cells"
        raise typer.BadParameter(message, param_hint="--safe-cells")
