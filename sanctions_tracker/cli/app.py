"""The commands."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from sanctions_tracker import __version__
from sanctions_tracker.cli.calibrating import calibrate as calibrate_command
from sanctions_tracker.cli.display import console, print_json
from sanctions_tracker.cli.options import AsJson
from sanctions_tracker.cli.reading import read as read_command
from sanctions_tracker.cli.reconciling import coalition as coalition_command
from sanctions_tracker.cli.reconciling import reconcile as reconcile_command
from sanctions_tracker.cli.reconciling import timeline as timeline_command
from sanctions_tracker.cli.reconciling import verify as verify_command
from sanctions_tracker.cli.screening import decide as decide_command
from sanctions_tracker.cli.screening import prepare as prepare_command
from sanctions_tracker.cli.screening import scan as scan_command
from sanctions_tracker.cli.screening import screen as screen_command
from sanctions_tracker.cli.screening_file import screen_file as screen_file_command
from sanctions_tracker.matching import compare as compare_names

app = typer.Typer(
    name="sanctions-tracker",
    help="Who is on whose sanctions list, what answers what, and what the official lists prove.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(asked: bool) -> None:
    if asked:
        sys.stdout.write(f"sanctions-tracker {__version__}\n")
        raise typer.Exit


@app.callback()
def _options(
    _version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """Who is on whose sanctions list, what answers what, and what the official lists prove."""


app.command("read")(read_command)
app.command("screen")(screen_command)
app.command("screen-file")(screen_file_command)
app.command("scan")(scan_command)
app.command("decide")(decide_command)
app.command("calibrate")(calibrate_command)
app.command("prepare")(prepare_command)
app.command("reconcile")(reconcile_command)
app.command("timeline")(timeline_command)
app.command("coalition")(coalition_command)
app.command("verify")(verify_command)


@app.command()
def compare(
    left: Annotated[str, typer.Argument(help="A name.")],
    right: Annotated[str, typer.Argument(help="Another, in the same script or in another.")],
    as_json: AsJson = False,
) -> None:
    """Compare two names, and say what met what."""
    comparison = compare_names(left, right)
    if as_json:
        from sanctions_tracker.codec import unstructure  # noqa: PLC0415  (only here)

        print_json(unstructure(comparison))
    else:
        console().print(f"{comparison.score:.2f}\n{comparison.explain()}", markup=False)
