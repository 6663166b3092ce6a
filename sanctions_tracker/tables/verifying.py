"""Announcements against official lists as lines of CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sanctions_tracker.reconciliation import FoundEntry, Verification
from sanctions_tracker.reconciliation.wording import counts_in_words, selector_in_words, shortfall_in_words
from sanctions_tracker.writers.cells import guarded, line

COLUMNS = ("action", "date", "announced", "verdict", "how_known", "remarks", "list", "list_date")
ENTRY_COLUMNS = ("entry", "kind", "listed_name", "programmes", "named_as", "score")


def verification_lines(results: Iterable[Verification]) -> Iterator[str]:
    """A line an entry found, after the headings; an announcement of which none was found has a line without one."""
    yield line((*COLUMNS, *ENTRY_COLUMNS))
    for one in results:
        begin = (
            one.action.id,
            str(one.action.date),
            counts_in_words(one.action),
            one.verdict.value,
            selector_in_words(one),
            shortfall_in_words(one),
            one.list_id,
            str(one.list_date or ""),
        )
        for entry in map(_entry, one.found) if one.found else (("",) * len(ENTRY_COLUMNS),):
            yield line(guarded(cell) for cell in (*begin, *entry))


def _entry(found: FoundEntry) -> tuple[str, ...]:
    target = found.entry.target
    return (
        target.id,
        target.kind.value,
        target.name,
        line(sorted(found.entry.programmes), delimiter=";"),
        found.named.name if found.named else "",
        f"{found.comparison.score:.2f}" if found.comparison else "",
    )
