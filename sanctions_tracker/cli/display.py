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

from sanctions_tracker.names.script import scripts_of
from sanctions_tracker.screening import Hit, Mention, Screening, SearchedList
from sanctions_tracker.screening.explanation import measures_in_words, reasons_in_words

#: Unicode's first strong isolate and its end: a right-to-left name keeps to its column.
_ISOLATE, _END = "\u2068", "\u2069"
_NON_JOINER = "\u200c"
_RIGHT_TO_LEFT = frozenset({"Arab", "Hebr", "Syrc", "Thaa"})

#: Columns to fill where the output is no terminal and has no width of its own.
_PIPED_WIDTH = 160


def console(*, stderr: bool = False) -> Console:
    """A console that colours only terminals, and does not cut lines short in a pipe."""
    made = Console(stderr=stderr, highlight=False)
    if not made.is_terminal:
        made.width = max(made.width, _PIPED_WIDTH)
    return made


def shown(text: str) -> str:
    """Text for a cell: control characters out, right-to-left text isolated, rich's markup escaped.

    The zero-width non-joiner stays: Persian spells with it.
    """
    plain = "".join(c for c in text if c.isprintable() or c == _NON_JOINER)
    isolated = f"{_ISOLATE}{plain}{_END}" if scripts_of(plain) & _RIGHT_TO_LEFT else plain
    return escape(isolated)


def print_json(data: Any) -> None:
    """One JSON document on standard output."""
    json.dump(data, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def tell(text: str, out: Console, *, style: str = "") -> None:
    """A line as it stands: no markup is read in it, and it is not broken."""
    out.print(text, style=style, markup=False, highlight=False, soft_wrap=True)


def table(title: str, *columns: str) -> Table:
    """An empty table with these columns."""
    made = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        made.add_column(column, overflow="fold")
    return made


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
    rows = table("", "place", "in the text", "score", "party", "by whom, what for")
    for one in mentions:
        best = one.hit.best
        party = f"{shown(best.target.name)}\n[dim]{shown(f'{best.target.id} in {best.list_id}')}[/]"
        measures = "\n".join(shown(line) for line in measures_in_words(best)) or "–"
        rows.add_row(f"{one.start}–{one.end}", shown(one.text), f"{one.hit.score:.2f}", party, measures)
    out.print(rows)
    if explain:
        for one in mentions:
            out.print()
            out.print(one.hit.explain(), markup=False, soft_wrap=True)


def _show_searched(searched: Iterable[SearchedList], out: Console) -> None:
    for one in searched:
        dated = f" of {one.date}" if one.date else ""
        out.print(f"searched {shown(one.title or one.id)}{dated}: {one.targets:,} targets, {one.names:,} names")


def _hit_table(hits: Iterable[Hit], first: str) -> Table:
    rows = table("", first, "party", "listed name", "by whom, what for")
    for hit in hits:
        for one in hit.listings:
            measures = [shown(line) for line in measures_in_words(one)] or ["–"]
            reasons = [f"[dim]suppressed: {escape(reason)}[/]" for reason in reasons_in_words(one)]
            dated = f" of {one.list_date}" if one.list_date else ""
            where = f"{one.target.kind.replace('_', ' ')}, {one.target.id} in {one.list_id}{dated}"
            party = f"{shown(one.target.name)}\n[dim]{shown(where)}[/]"
            rows.add_row(f"{one.score:.2f}", party, shown(one.name.text), "\n".join((*measures, *reasons)))
        rows.add_section()
    return rows
