"""The commands."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from sanctions_tracker import __version__
from sanctions_tracker.cli.calibrating import calibrate as calibrate_command
from sanctions_tracker.cli.display import console, print_json, show_reconciliation, show_verifications
from sanctions_tracker.cli.exits import FAILED_CHECK
from sanctions_tracker.cli.input import read_lists
from sanctions_tracker.cli.options import AsJson, AsOf, ListFiles, day
from sanctions_tracker.cli.reading import read as read_command
from sanctions_tracker.cli.screening import decide as decide_command
from sanctions_tracker.cli.screening import prepare as prepare_command
from sanctions_tracker.cli.screening import scan as scan_command
from sanctions_tracker.cli.screening import screen as screen_command
from sanctions_tracker.cli.screening_file import screen_file as screen_file_command
from sanctions_tracker.matching import compare as compare_names
from sanctions_tracker.model import Action, SanctionsList
from sanctions_tracker.reconciliation import Verdict
from sanctions_tracker.reconciliation import reconcile as reconcile_lists
from sanctions_tracker.reconciliation import verify as verify_actions
from sanctions_tracker.reconciliation.reconciliation import DEFAULT_WINDOW_DAYS
from sanctions_tracker.sources import bundled

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


@app.command()
def reconcile(
    left: Annotated[str, typer.Argument(help="A country: IR, Iran, US, EU …")],
    right: Annotated[str, typer.Argument(help="Another.")],
    lists: ListFiles = None,
    as_of: AsOf = None,
    window: Annotated[
        int, typer.Option(help="How many days an inferred answer may lie behind what it answers.")
    ] = DEFAULT_WINDOW_DAYS,
    sources: Annotated[bool, typer.Option("--sources", help="List the sources cited.")] = False,
    as_json: AsJson = False,
) -> None:
    """Set two countries' sanctions against each other: who holds what, and what answers what."""
    given = read_lists(lists or (), console(stderr=True))
    result = reconcile_lists(given, left, right, as_of=day(as_of), window_days=window)
    if as_json:
        print_json(result.to_json())
    else:
        show_reconciliation(result, given, console(), sources=sources)


@app.command()
def verify(
    actions: Annotated[
        list[str] | None, typer.Argument(help="Ids of bundled actions (us-20240418). All of them unless given.")
    ] = None,
    lists: ListFiles = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Show the announcements that could not be checked too.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 unless each checked one is confirmed or consistent.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Check announcements against the official lists: counts, names, and the entries that prove them."""
    if not lists:
        message = "give the official lists to check against"
        raise typer.BadParameter(message, param_hint="--list")
    known = bundled()
    chosen: SanctionsList | list[Action] = [known.action(action) for action in actions] if actions else known
    results = verify_actions(chosen, read_lists(lists, console(stderr=True)), data=known)
    if as_json:
        print_json([one.to_json() for one in results])
    else:
        show_verifications(results, console(), everything=everything or bool(actions))
    good = {Verdict.CONFIRMED, Verdict.CONSISTENT, Verdict.NOT_CHECKED}
    if strict and any(one.verdict not in good for one in results):
        raise typer.Exit(FAILED_CHECK)


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
