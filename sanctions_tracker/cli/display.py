"""How results look in a terminal."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import Any

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from sanctions_tracker.model import SanctionsList, Source
from sanctions_tracker.model.country import country_name
from sanctions_tracker.model.vocabulary import Evidence, PartyClass
from sanctions_tracker.names.script import scripts_of
from sanctions_tracker.reconciliation import Ledger, Reconciliation, Verdict, Verification
from sanctions_tracker.reconciliation.wording import (
    action_in_words,
    classes_in_words,
    counts_in_words,
    edge_in_words,
    number_in_words,
    selector_in_words,
    shortfall_in_words,
)
from sanctions_tracker.screening import Hit, Mention, Screening, SearchedList
from sanctions_tracker.screening.explanation import measures_in_words, reasons_in_words

#: Unicode's first strong isolate and its end: a right-to-left name keeps to its column.
_ISOLATE, _END = "\u2068", "\u2069"
_RIGHT_TO_LEFT = frozenset({"Arab", "Hebr", "Syrc", "Thaa"})

#: Columns to fill where the output is no terminal and has no width of its own.
_PIPED_WIDTH = 160

_CLASS_ORDER = [*PartyClass]

_COLOURS = {
    Verdict.CONFIRMED: "green",
    Verdict.CONSISTENT: "cyan",
    Verdict.NOT_IN_FULL: "red",
    Verdict.LISTED_EARLIER: "cyan",
    Verdict.EXCEEDED: "red",
    Verdict.AMBIGUOUS: "yellow",
    Verdict.NOT_CHECKED: "dim",
    Evidence.STATED: "green",
    Evidence.CONTESTED: "yellow",
    Evidence.INFERRED: "cyan",
}


def console(*, stderr: bool = False) -> Console:
    """A console that colours only terminals, and does not cut lines short in a pipe."""
    made = Console(stderr=stderr, highlight=False)
    if not made.is_terminal:
        made.width = max(made.width, _PIPED_WIDTH)
    return made


def shown(text: str) -> str:
    """Text for a cell: control characters out, right-to-left text isolated, rich's markup escaped."""
    plain = "".join(c for c in text if c.isprintable())
    isolated = f"{_ISOLATE}{plain}{_END}" if scripts_of(plain) & _RIGHT_TO_LEFT else plain
    return escape(isolated)


def print_json(data: Any) -> None:
    """One JSON document on standard output."""
    json.dump(data, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _coloured(text: str, key: Verdict | Evidence) -> str:
    colour = _COLOURS.get(key)
    return f"[{colour}]{escape(text)}[/]" if colour else escape(text)


def show_reconciliation(result: Reconciliation, lists: Iterable[SanctionsList], out: Console, *, sources: bool) -> None:
    """Both ledgers, the episodes, and the sources where they are asked for."""
    left, right = country_name(result.left), country_name(result.right)
    out.print(f"[bold]{left} ⇄ {right}[/], as of {result.as_of}\n")
    out.print(_ledger_table(result.ledger))
    for one in result.ledger:
        _show_rest(one, out)
    out.print()
    out.print(_episode_table(result, {key: one for one in lists for key in one.actions_by_id}))
    out.print(
        f"stated: the answering side says so; contested: sources disagree; inferred: within {result.window_days} days"
        " and alike, no cause is claimed.",
        style="dim",
    )
    if sources:
        out.print()
        out.print(_source_table(result.sources.values()))


def _ledger_table(ledgers: Iterable[Ledger]) -> Table:
    table = _table("Who holds what against whom", "by → on", "actions", "parties named", "without a name", "measures")
    for one in ledgers:
        measures = sorted(one.by_measure().items(), key=lambda item: (-item[1], item[0]))
        table.add_row(
            f"{country_name(one.by)} → {country_name(one.on)}",
            str(len(one.actions)),
            f"{one.named_parties}: {classes_in_words(one.named_by_class())}",
            f"{one.unnamed_parties}: {classes_in_words(one.unnamed_by_class())}",
            ", ".join(f"{kind.replace('_', ' ')} {number}" for kind, number in measures) or "–",
        )
    return table


def _show_rest(one: Ledger, out: Console) -> None:
    """What the two columns leave out, told and not added up."""
    direction = f"{country_name(one.by)} → {country_name(one.on)}"
    for rest in one.unnamed:
        if rest.shared_with:
            others = ", ".join(map(country_name, rest.shared_with))
            number = number_in_words(rest.of, rest.number, at_least=rest.at_least)
            out.print(f"{direction}: {number} of {rest.action.id} are shared with {others} and counted for neither")
        elif rest.at_least:
            out.print(f"{direction}: the number of {rest.action.id} is a lower bound")
    if one.uncounted:
        listed = ", ".join(action.id for action in one.uncounted)
        out.print(f"{direction}: no source states the number of {listed}")
    if one.rules:
        out.print(f"{direction}: rules that list nobody: {', '.join(action.id for action in one.rules)}")


def _episode_table(result: Reconciliation, homes: dict[str, SanctionsList]) -> Table:
    table = _table("What answers what", "answer", "lag", "evidence", "to")
    for episode in result.episodes:
        response = episode.response
        answer = f"[bold]{response.id}[/]\n{shown(action_in_words(response, homes[response.id]))}"
        for edge in episode.edges:
            trigger = f"[bold]{edge.trigger.id}[/]\n{shown(action_in_words(edge.trigger, homes[edge.trigger.id]))}"
            table.add_row(answer, edge.lag_in_words, _coloured(edge_in_words(edge), edge.evidence), trigger)
            answer = ""
        for text in episode.unexplained:
            table.add_row(answer, "", _coloured("stated", Evidence.STATED), shown(text))
            answer = ""
        table.add_section()
    return table


def _source_table(sources: Iterable[Source]) -> Table:
    table = _table("Sources", "id", "publisher", "title", "address")
    for source in sources:
        table.add_row(source.id, shown(source.publisher), shown(source.title), shown(source.url))
    return table


def show_screening(screening: Screening, out: Console, *, explain: bool) -> None:
    """What was searched, then the hits with their measures."""
    _show_searched(screening.searched, out)
    if not screening.hits:
        out.print(f"\nnothing at or above {screening.threshold:.2f}. [bold]This is no clearance.[/]")
    else:
        out.print()
        out.print(_hit_table(screening.hits, "score"))
    if screening.total > len(screening.hits):
        out.print(f"{screening.total - len(screening.hits)} more hit(s) not shown")
    if screening.suppressed:
        out.print(_hit_table(screening.suppressed, "suppressed"))
    if explain:
        for hit in screening.hits:
            out.print()
            out.print(hit.explain(), markup=False, soft_wrap=True)


def show_mentions(
    mentions: Iterable[Mention], searched: Iterable[SearchedList], out: Console, *, explain: bool
) -> None:
    """What was searched, then the names found, in the order of the text."""
    _show_searched(searched, out)
    mentions = tuple(mentions)
    if not mentions:
        out.print("\nno listed name was found. [bold]This is no clearance.[/]")
        return
    table = _table("", "place", "in the text", "score", "party", "by whom, what for")
    for one in mentions:
        best = one.hit.best
        party = f"{shown(best.target.name)}\n[dim]{shown(f'{best.target.id} in {best.list_id}')}[/]"
        measures = "\n".join(shown(line) for line in measures_in_words(best)) or "–"
        table.add_row(f"{one.start}–{one.end}", shown(one.text), f"{one.hit.score:.2f}", party, measures)
    out.print(table)
    if explain:
        for one in mentions:
            out.print()
            out.print(one.hit.explain(), markup=False, soft_wrap=True)


def _show_searched(searched: Iterable[SearchedList], out: Console) -> None:
    for one in searched:
        dated = f" of {one.date}" if one.date else ""
        out.print(f"searched {shown(one.title or one.id)}{dated}: {one.targets:,} targets, {one.names:,} names")


def _hit_table(hits: Iterable[Hit], first: str) -> Table:
    table = _table("", first, "party", "listed name", "by whom, what for")
    for hit in hits:
        for one in hit.listings:
            measures = [shown(line) for line in measures_in_words(one)] or ["–"]
            reasons = [f"[dim]suppressed: {escape(reason)}[/]" for reason in reasons_in_words(one)]
            dated = f" of {one.list_date}" if one.list_date else ""
            where = f"{one.target.kind.replace('_', ' ')}, {one.target.id} in {one.list_id}{dated}"
            party = f"{shown(one.target.name)}\n[dim]{shown(where)}[/]"
            table.add_row(f"{one.score:.2f}", party, shown(one.name.text), "\n".join((*measures, *reasons)))
        table.add_section()
    return table


def show_verifications(results: Iterable[Verification], out: Console, *, everything: bool) -> None:
    """A line an announcement, then its entries; what could not be checked is counted."""
    results = tuple(results)
    checked = [one for one in results if one.verdict is not Verdict.NOT_CHECKED]
    out.print(_verdict_table(results if everything else checked))
    for one in checked:
        if one.found:
            out.print(_entry_table(one))
    skipped = len(results) - len(checked)
    if skipped and not everything:
        out.print(f"{skipped} announcement(s) could not be checked by the lists given; --all says why", style="dim")


def _verdict_table(results: Iterable[Verification]) -> Table:
    table = _table(
        "Announcements against the official lists", "action", "announced", "found", "verdict", "how known", "remarks"
    )
    for one in results:
        found: dict[Any, int] = {}
        for entry in one.found:
            found[entry.entry.party_class] = found.get(entry.entry.party_class, 0) + 1
        table.add_row(
            one.action.id,
            counts_in_words(one.action),
            classes_in_words(found),
            _coloured(one.verdict.value, one.verdict),
            shown(selector_in_words(one)),
            shown(shortfall_in_words(one)),
        )
    return table


def _entry_table(one: Verification) -> Table:
    title = f"{one.action.id}: entries of {one.action.date} in {one.list_id} of {one.list_date}"
    table = _table(title, "entry", "kind", "listed name", "original script", "programmes", "named in the sources as")
    for found in sorted(one.found, key=lambda found: _CLASS_ORDER.index(found.entry.party_class)):
        target = found.entry.target
        original = next((name.text for name in target.names if name.script != "Latn"), "")
        named = f"{found.named.name} ({found.comparison.score:.2f})" if found.named and found.comparison else ""
        table.add_row(
            escape(target.id),
            target.kind.value,
            shown(target.name),
            shown(original),
            shown(", ".join(sorted(found.entry.programmes))),
            shown(named),
        )
    return table
