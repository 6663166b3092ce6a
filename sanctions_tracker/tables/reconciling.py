"""The ledgers and the timeline of a reconciliation as lines of CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sanctions_tracker.reconciliation import Reconciliation
from sanctions_tracker.reconciliation.days import as_days
from sanctions_tracker.reconciliation.ledger import LedgerLine
from sanctions_tracker.reconciliation.timeline import Moment
from sanctions_tracker.reconciliation.wording import counts_in_words
from sanctions_tracker.writers.cells import guarded, line

LEDGER_COLUMNS = (
    "by",
    "on",
    "as_of",
    "party",
    "record",
    "name",
    "kind",
    "binding",
    "measures",
    "statuses",
    "since",
    "list",
    "sources",
)
TIMELINE_COLUMNS = (
    "date",
    "by",
    "on",
    "action",
    "kind",
    "counts",
    "answers",
    "lag_days",
    "lag_days_at_most",
    "evidence",
    "basis",
    "note",
    "sources",
)


def ledger_lines(result: Reconciliation) -> Iterator[str]:
    """A line a record and direction, after the headings; records of one party share its key (list and id)."""
    yield line(LEDGER_COLUMNS)
    for one in result.ledger:
        for party in one.lines:
            yield _line((one.by, one.on, one.as_of.isoformat(), *_party(party)))


def timeline_lines(moments: Iterable[Moment]) -> Iterator[str]:
    """A line an action and what it answers: one without an answer has a line, one that answers three has three."""
    yield line(TIMELINE_COLUMNS)
    for moment in moments:
        action = moment.action
        begin = (str(action.date), moment.by, moment.on, action.id, action.kind.value, counts_in_words(action))
        sources = _several(origin.source for origin in action.origins)
        answers = [
            (
                edge.trigger.id,
                *("" if days is None else str(days) for days in as_days(edge.lag)),
                edge.evidence.value,
                edge.basis.value,
                edge.note,
            )
            for edge in moment.answers
        ]
        answers += [("", "", "", one.evidence.value, "recorded", one.note) for one in moment.unexplained]
        answers += [(one.action, "", "", one.evidence.value, "recorded", "") for one in moment.beside]
        for answer in answers or [("",) * 6]:
            yield _line((*begin, *answer, sources))


def _party(one: LedgerLine) -> tuple[str, ...]:
    since = sorted((day for measure in one.measures if (day := measure.since)), key=lambda day: day.sort_key())
    return (
        "/".join(one.party),
        one.target.id,
        one.target.name,
        one.target.kind.value,
        "yes" if one.binding else "no",
        _several(measure.kind.value for measure in one.measures),
        _several(status.value for status in one.statuses),
        _several(map(str, since)),
        one.list_id,
        _several(origin.source for origin in one.origins),
    )


def _several(values: Iterable[str]) -> str:
    return line(dict.fromkeys(value for value in values if value), delimiter=";")


def _line(cells: Iterable[str]) -> str:
    return line(guarded(cell) for cell in cells)
