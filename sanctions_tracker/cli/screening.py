"""The commands ``screen``, ``scan``, ``decide`` and ``prepare``: a question, a text, a decision, a saved screener."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from sanctions_tracker.cli.display import console, print_json, show_mentions, show_screening
from sanctions_tracker.cli.exits import AT_FAULT
from sanctions_tracker.cli.input import read_lists, read_text
from sanctions_tracker.cli.options import (
    Address,
    AsJson,
    AsOf,
    Births,
    Countries,
    DecisionsFile,
    Explain,
    Gender,
    Identifiers,
    Kind,
    ListFiles,
    MaxAge,
    Name,
    PolicyFile,
    Saved,
    Threshold,
    Weak,
    day,
    today,
)
from sanctions_tracker.codec import from_json
from sanctions_tracker.screening import Decisions, Hit, Outcome, Policy, Query, Screener, Screening
from sanctions_tracker.screening.decisions import record


def policy_of(
    file: Path | None, threshold: float | None = None, max_age: int | None = None, *, weak: bool = False
) -> Policy:
    """The policy of a file, or the default one, with what other options say; for lists of any age unless one says."""
    said = from_json(read_text(file), dict[str, Any]) if file else {}
    policy = Policy.from_json({"max_age_days": None, **said})
    changes: dict[str, Any] = {"max_age_days": max_age} if max_age is not None else {}
    if threshold is not None:
        changes["threshold"] = threshold
    if weak:
        changes["weak_aliases_alert"] = True
    return policy.evolve(**changes)


def screener_of(
    lists: list[Path] | None, saved: Path | None, policy: Policy, decisions: Path | None = None
) -> Screener:
    """A saved screener, or one over lists, or over the bundled data set where neither is given."""
    known = Decisions.load(decisions) if decisions else None
    if saved is None:
        return Screener(read_lists(lists or (), console(stderr=True)), policy, decisions=known)
    if lists:
        message = "give lists or a saved screener, not both"
        raise typer.BadParameter(message, param_hint="--screener")
    return Screener.load(saved, policy, decisions=known)


def _query(
    name: str,
    kind: str,
    births: list[str] | None,
    countries: list[str] | None,
    identifiers: list[str] | None,
    gender: str = "",
    address: str = "",
) -> Query:
    row: dict[str, Any] = {
        "names": [name],
        "kind": kind,
        "births": births or [],
        "countries": countries or [],
        "gender": gender,
        "address": address,
    }
    for text in identifiers or ():
        heading, _, number = text.partition("=")
        row[heading] = [*row.get(heading, ()), number]
    return Query.of(row)


def screen(
    name: Name,
    lists: ListFiles = None,
    threshold: Threshold = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Show at most so many hits.")] = None,
    as_of: AsOf = None,
    kind: Kind = "",
    births: Births = None,
    countries: Countries = None,
    identifiers: Identifiers = None,
    gender: Gender = "",
    address: Address = "",
    weak: Weak = False,
    policy: PolicyFile = None,
    decisions: DecisionsFile = None,
    saved: Saved = None,
    max_age: MaxAge = None,
    explain: Explain = False,
    as_json: AsJson = False,
) -> None:
    """Find a name on the lists, and say who listed it and what for."""
    query = _query(name, kind, births, countries, identifiers, gender, address)
    screener = screener_of(lists, saved, policy_of(policy, threshold, max_age, weak=weak), decisions)
    screening = screener.screen(query, as_of=day(as_of), today=today(), limit=limit)
    if as_json:
        print_json(screening.to_json())
    else:
        show_screening(screening, console(), explain=explain)


def scan(
    file: Annotated[Path, typer.Argument(help="A text in UTF-8; - for standard input.")],
    lists: ListFiles = None,
    threshold: Threshold = None,
    as_of: AsOf = None,
    policy: PolicyFile = None,
    saved: Saved = None,
    max_age: MaxAge = None,
    explain: Explain = False,
    as_json: AsJson = False,
) -> None:
    """Find the listed names inside a text, with the places where they stand."""
    text = read_text(file)
    screener = screener_of(lists, saved, policy_of(policy, threshold, max_age))
    mentions = screener.scan(text, as_of=day(as_of), today=today())
    if as_json:
        print_json([one.to_json() for one in mentions])
    else:
        show_mentions(mentions, screener.searched, console(), explain=explain)


def decide(
    name: Name,
    target: Annotated[str, typer.Argument(help="The id of the listed party, as `screen` shows it.")],
    outcome: Annotated[Outcome, typer.Argument(help="What was decided.")],
    decisions: Annotated[Path, typer.Option("--decisions", help="The file to which the decision is added.")],
    reason: Annotated[str, typer.Option(help="Why, for the one who will ask.")],
    author: Annotated[str, typer.Option(help="Who decided.")],
    lists: ListFiles = None,
    threshold: Threshold = None,
    kind: Kind = "",
    births: Births = None,
    countries: Countries = None,
    identifiers: Identifiers = None,
    gender: Gender = "",
    address: Address = "",
    weak: Weak = False,
    policy: PolicyFile = None,
    saved: Saved = None,
    expires: Annotated[
        dt.datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The last day on which it holds.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Record what was decided on a hit; it holds until it expires or the list changes the entry."""
    known = decisions if decisions.exists() else None
    screener = screener_of(lists, saved, policy_of(policy, threshold, weak=weak), known)
    screening = screener.screen(_query(name, kind, births, countries, identifiers, gender, address))
    made = screening.decide(
        _hit_on(screening, target),
        outcome,
        reason=reason,
        author=author,
        date=today(),
        expires=day(expires),
    )
    record(made, decisions)
    if as_json:
        print_json([one.to_json() for one in made])
    else:
        for one in made:
            console().print(f"{one.outcome}: {name!r} and {one.target} in {one.list}, by {author}", markup=False)


def _hit_on(screening: Screening, target: str) -> Hit:
    """The hit on a target; the others are named where there is none."""
    found = (*screening.hits, *screening.suppressed)
    hit = next((hit for hit in found for one in hit.listings if one.target.id == target), None)
    if hit is None:
        ids = ", ".join(one.target.id for hit in found for one in hit.listings) or "none"
        sys.stderr.write(f"no hit on {target!r} for {screening.query.name!r}; found: {ids}\n")
        raise typer.Exit(AT_FAULT)
    return hit


def prepare(
    output: Annotated[Path, typer.Option("--output", "-o", help="Where to save it.")],
    lists: ListFiles = None,
) -> None:
    """Read lists once and save a screener that is ready at once (`screen --screener FILE`)."""
    screener = screener_of(lists, None, Policy())
    screener.save(output)
    names = sum(one.names for one in screener.searched)
    console().print(f"saved {len(screener.searched)} list(s), {names:,} names, to {output}", markup=False)
