"""The commands ``reconcile``, ``timeline``, ``coalition`` and ``verify``: answers, allies, and what lists prove."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sanctions_tracker.cli.display import console, print_json
from sanctions_tracker.cli.display_reconciliation import (
    show_coalition,
    show_reconciliation,
    show_timeline,
    show_verifications,
)
from sanctions_tracker.cli.exits import FAILED_CHECK
from sanctions_tracker.cli.input import read_lists
from sanctions_tracker.cli.options import AsJson, AsOf, ListFiles, day
from sanctions_tracker.model import Action, SanctionsList
from sanctions_tracker.reconciliation import Verdict
from sanctions_tracker.reconciliation import reconcile as reconcile_lists
from sanctions_tracker.reconciliation import verify as verify_actions
from sanctions_tracker.reconciliation.coalition import coalition as coalition_of
from sanctions_tracker.reconciliation.reconciliation import DEFAULT_WINDOW_DAYS
from sanctions_tracker.reconciliation.timeline import timeline as timeline_of
from sanctions_tracker.sources import bundled
from sanctions_tracker.tables import ending_of, save, save_verifications

Left = Annotated[str, typer.Argument(help="A country: IR, Iran, US, EU …")]
Right = Annotated[str, typer.Argument(help="Another.")]
Bundled = Annotated[
    bool, typer.Option("--bundled", help="The bundled data set too: official lists then name what it only counts.")
]
Window = Annotated[int, typer.Option(help="How many days an inferred answer may lie behind what it answers.")]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", help="Write a table (.csv) or a network (.graphml, .gexf) as well.")
]


def _given(lists: list[Path] | None, *, also_bundled: bool) -> tuple[SanctionsList, ...]:
    read = tuple(read_lists(lists or (), console(stderr=True)))
    return (*read, bundled()) if lists and also_bundled else read


def _checked(output: Path | None) -> None:
    """Refuse a file's ending before any work is done."""
    if output is not None:
        ending_of(output)


def reconcile(
    left: Left,
    right: Right,
    lists: ListFiles = None,
    also_bundled: Bundled = False,
    as_of: AsOf = None,
    window: Window = DEFAULT_WINDOW_DAYS,
    sources: Annotated[bool, typer.Option("--sources", help="List the sources cited.")] = False,
    output: Output = None,
    as_json: AsJson = False,
) -> None:
    """Set two countries' sanctions against each other: who holds what, and what answers what."""
    _checked(output)
    given = _given(lists, also_bundled=also_bundled)
    result = reconcile_lists(given, left, right, as_of=day(as_of), window_days=window)
    if output is not None:
        save(result, output)
    if as_json:
        print_json(result.to_json())
    else:
        show_reconciliation(result, given, console(), sources=sources)


def timeline(
    left: Left,
    right: Right,
    lists: ListFiles = None,
    also_bundled: Bundled = False,
    as_of: AsOf = None,
    window: Window = DEFAULT_WINDOW_DAYS,
    output: Output = None,
    as_json: AsJson = False,
) -> None:
    """The actions of two countries against each other, oldest first, with what each answers."""
    _checked(output)
    given = _given(lists, also_bundled=also_bundled)
    result = reconcile_lists(given, left, right, as_of=day(as_of), window_days=window)
    if output is not None:
        save(result, output, by_date=True)
    moments = timeline_of(result)
    if as_json:
        print_json([one.to_json() for one in moments])
    else:
        show_timeline(result, moments, given, console())


def coalition(
    against: Annotated[str, typer.Option(help="The country whose parties are meant: IR, Iran …")],
    lists: ListFiles = None,
    also_bundled: Bundled = False,
    as_of: AsOf = None,
    rows: Annotated[int, typer.Option(min=0, help="Show so many gaps and common days.")] = 20,
    output: Output = None,
    as_json: AsJson = False,
) -> None:
    """Who of several allies lists which parties of a country: overlaps, gaps, lags and contradictions."""
    _checked(output)
    result = coalition_of(_given(lists, also_bundled=also_bundled), against, as_of=day(as_of))
    if output is not None:
        save(result, output)
    if as_json:
        print_json(result.to_json())
    else:
        show_coalition(result, console(), rows=rows)


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
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write the entries found as .csv as well.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check announcements against the official lists: counts, names, and the entries that prove them."""
    if not lists:
        message = "give the official lists to check against"
        raise typer.BadParameter(message, param_hint="--list")
    known = bundled()
    chosen: SanctionsList | list[Action] = [known.action(action) for action in actions] if actions else known
    _checked(output)
    results = verify_actions(chosen, read_lists(lists, console(stderr=True)), data=known)
    if output is not None:
        save_verifications(results, output)
    if as_json:
        print_json([one.to_json() for one in results])
    else:
        show_verifications(results, console(), everything=everything or bool(actions))
    good = {Verdict.CONFIRMED, Verdict.CONSISTENT, Verdict.NOT_CHECKED}
    if strict and any(one.verdict not in good for one in results):
        raise typer.Exit(FAILED_CHECK)
