"""How reconciliations, coalitions and verifications look in a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from sanctions_tracker.cli.display import shown, table
from sanctions_tracker.model import SanctionsList, Source
from sanctions_tracker.model.country import country_name
from sanctions_tracker.model.vocabulary import Evidence, PartyClass
from sanctions_tracker.reconciliation import Ledger, Reconciliation, Verdict, Verification
from sanctions_tracker.reconciliation.coalition import Coalition
from sanctions_tracker.reconciliation.timeline import Moment
from sanctions_tracker.reconciliation.wording import (
    UNKNOWN_LEDGER,
    action_in_words,
    classes_in_words,
    counts_in_words,
    crossfire_in_words,
    edge_in_words,
    likenesses_in_words,
    open_points_in_words,
    selector_in_words,
    shortfall_in_words,
)

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


def _coloured(text: str, key: Verdict | Evidence) -> str:
    colour = _COLOURS.get(key)
    return f"[{colour}]{escape(text)}[/]" if colour else escape(text)


def show_reconciliation(result: Reconciliation, lists: Iterable[SanctionsList], out: Console, *, sources: bool) -> None:
    """Both ledgers, the episodes, and the sources where they are asked for."""
    left, right = country_name(result.left), country_name(result.right)
    out.print(f"[bold]{left} ⇄ {right}[/], as of {result.as_of}\n")
    for one in result.set_aside:
        out.print(shown(str(one)), style="dim")
    out.print(_ledger_table(result.ledger))
    for held in result.ledger:
        _show_rest(held, out)
    out.print()
    out.print(_episode_table(result, {key: one for one in lists for key in one.actions_by_id}))
    if result.mirrors.pairs:
        out.print(_mirror_table(result))
    for fact in result.crossfire:
        out.print(f"crossfire: {shown(crossfire_in_words(fact))}")
    out.print(
        f"stated: the answering side says so; contested: sources disagree; inferred: from dates, within"
        f" {result.window_days} days; no cause is claimed.",
        style="dim",
    )
    if sources:
        out.print()
        out.print(_source_table(result.sources.values()))


def _ledger_table(ledgers: Iterable[Ledger]) -> Table:
    rows = table("Who holds what against whom", "by → on", "actions", "parties named", "without a name", "measures")
    for one in ledgers:
        measures = sorted(one.by_measure().items(), key=lambda item: (-item[1], item[0]))
        rows.add_row(
            _direction(one),
            str(len(one.actions)),
            f"{one.named_parties}: {classes_in_words(one.named_by_class())}",
            f"{one.unnamed_parties}: {classes_in_words(one.unnamed_by_class())}",
            ", ".join(f"{kind.replace('_', ' ')} {number}" for kind, number in measures) or "–",
        )
    return rows


def _show_rest(one: Ledger, out: Console) -> None:
    """What the numbers leave open, told and not added up."""
    _show_unknown(one, out)
    for line in open_points_in_words(one):
        out.print(f"{_direction(one)}: {shown(line)}", soft_wrap=True)


def _direction(one: Ledger) -> str:
    return f"{country_name(one.by)} → {country_name(one.on)}"


def _show_unknown(one: Ledger, out: Console) -> None:
    if not one.known:
        out.print(f"{_direction(one)}: {UNKNOWN_LEDGER}")


def _episode_table(result: Reconciliation, homes: dict[str, SanctionsList]) -> Table:
    rows = table("What answers what", "answer", "lag", "evidence", "to")
    for episode in result.episodes:
        response = episode.response
        answer = f"[bold]{response.id}[/]\n{shown(action_in_words(response, homes[response.id]))}"
        for edge in episode.edges:
            trigger = f"[bold]{edge.trigger.id}[/]\n{shown(action_in_words(edge.trigger, homes[edge.trigger.id]))}"
            rows.add_row(answer, edge.lag_in_words, _coloured(edge_in_words(edge), edge.evidence), trigger)
            answer = ""
        for one in episode.unexplained:
            rows.add_row(answer, "", _coloured(one.evidence.value, one.evidence), shown(one.note))
            answer = ""
        for other in episode.beside:
            rows.add_row(answer, "", _coloured(other.evidence.value, other.evidence), shown(other.action))
            answer = ""
        rows.add_section()
    return rows


def _mirror_table(result: Reconciliation) -> Table:
    rows = table(
        "Like for like", f"by {country_name(result.left)}", f"by {country_name(result.right)}", "alike", "answer"
    )
    for pair in result.mirrors.pairs:
        sides = [f"{shown(one.target.name)}\n[dim]{one.designation.date}[/]" for one in (pair.left, pair.right)]
        answer = _coloured(pair.answer.value, pair.answer) if pair.answer else "none recorded"
        rows.add_row(*sides, shown(likenesses_in_words(pair)), answer)
    return rows


def show_timeline(
    result: Reconciliation, moments: Iterable[Moment], lists: Iterable[SanctionsList], out: Console
) -> None:
    """The actions of both sides, oldest first, with what each answers; and of which side nothing is known."""
    homes = {key: one for one in lists for key in one.actions_by_id}
    rows = table("", "date", "by → on", "action", "answers")
    for moment in moments:
        action = moment.action
        answers = [
            f"{edge.trigger.id}, {edge.lag_in_words}: {_coloured(edge_in_words(edge), edge.evidence)}"
            for edge in moment.answers
        ]
        answers += [f"{shown(one.note)}: {_coloured(one.evidence.value, one.evidence)}" for one in moment.unexplained]
        answers += [f"{shown(one.action)}: {_coloured(one.evidence.value, one.evidence)}" for one in moment.beside]
        kind = action.kind.value.replace("_", " ")
        what = f"[bold]{action.id}[/] {kind}\n{shown(action_in_words(action, homes[action.id]))}"
        rows.add_row(str(action.date), f"{moment.by} → {moment.on}", what, "\n".join(answers))
    out.print(rows)
    for one in result.ledger:
        _show_unknown(one, out)
        if one.known and not one.actions:
            out.print(f"{_direction(one)}: no announcement on the lists given")


def show_coalition(result: Coalition, out: Console, *, rows: int) -> None:
    """Who lists how many, the overlaps, then the first so many gaps and common days."""
    out.print(f"[bold]Parties of {country_name(result.against)}[/], as of {result.as_of}\n")
    if not result.allies:
        out.print("no list given holds any")
        return
    out.print(_ally_table(result))
    out.print(_overlap_table(result))
    _show_lines("Gaps, the longest first", result.gaps[:rows], len(result.gaps), out)
    _show_lines("First listed on one day, the latest first", result.same_day[::-1][:rows], len(result.same_day), out)
    out.print(
        f"{len(result.conflicts):,} values contradict each other; {len(result.unresolved):,} pairs of records may be"
        f" one party and count as two; {len(result.undecided):,} gaps wait for that, {len(result.untold):,} for newer"
        " lists",
        style="dim",
    )


def _ally_table(result: Coalition) -> Table:
    made = table("Who lists them", "ally", "parties", "by the lists")
    for ally in result.allies:
        lists = ", ".join(f"{list_id}{f' of {date}' if date else ''}" for list_id, date in ally.lists)
        made.add_row(country_name(ally.by), classes_in_words(result.counts(ally.by)), shown(lists))
    return made


def _overlap_table(result: Coalition) -> Table:
    made = table("Overlap", "", *result.sanctioners)
    for left in result.sanctioners:
        cells = []
        for right in result.sanctioners:
            if left == right:
                cells.append(f"[bold]{sum(result.counts(left).values()):,}[/]")
            else:
                one = result.between(left, right).total
                cells.append(f"{one.both:,}\n[dim]{one.jaccard:.2f}, {one.containment:.2f}[/]")
        made.add_row(left, *cells)
    made.caption = "both; Jaccard, containment of the smaller"
    made.caption_justify = "left"
    return made


def _show_lines(title: str, lines: Sequence[object], whole: int, out: Console) -> None:
    """Some of what there is, a line each; nothing where there is nothing."""
    if not lines:
        return
    out.print(f"[bold]{title}[/]")
    for one in lines:
        out.print(f"  {shown(str(one))}", soft_wrap=True)
    if whole > len(lines):
        out.print(f"  … {whole - len(lines):,} more", style="dim")
    out.print()


def _source_table(sources: Iterable[Source]) -> Table:
    rows = table("Sources", "id", "publisher", "title", "address")
    for source in sources:
        rows.add_row(source.id, shown(source.publisher), shown(source.title), shown(source.url))
    return rows


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
    rows = table(
        "Announcements against the official lists", "action", "announced", "found", "verdict", "how known", "remarks"
    )
    for one in results:
        found: dict[Any, int] = {}
        for entry in one.found:
            found[entry.entry.party_class] = found.get(entry.entry.party_class, 0) + 1
        rows.add_row(
            one.action.id,
            counts_in_words(one.action),
            classes_in_words(found),
            _coloured(one.verdict.value, one.verdict),
            shown(selector_in_words(one)),
            shown(shortfall_in_words(one)),
        )
    return rows


def _entry_table(one: Verification) -> Table:
    title = f"{one.action.id}: entries of {one.action.date} in {one.list_id} of {one.list_date}"
    rows = table(title, "entry", "kind", "listed name", "original script", "programmes", "named in the sources as")
    for found in sorted(one.found, key=lambda found: _CLASS_ORDER.index(found.entry.party_class)):
        target = found.entry.target
        original = next((name.text for name in target.names if name.script != "Latn"), "")
        named = f"{found.named.name} ({found.comparison.score:.2f})" if found.named and found.comparison else ""
        rows.add_row(
            escape(target.id),
            target.kind.value,
            shown(target.name),
            shown(original),
            shown(", ".join(sorted(found.entry.programmes))),
            shown(named),
        )
    return rows
