"""Screenings as rows of a flat table, and as JSON lines: what ``screen-file`` writes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import attrs

from sanctions_tracker.cli.rows import RejectedRow, Row
from sanctions_tracker.screening import Listing, Screening
from sanctions_tracker.screening.explanation import reasons_in_words, sanctioner_in_words
from sanctions_tracker.writers.cells import line

COLUMNS = (
    "row",
    "reference",
    "name",
    "result",
    "rank",
    "score",
    "list",
    "target",
    "party",
    "listed_name",
    "name_kind",
    "name_strength",
    "kind",
    "sanctioners",
    "programmes",
    "since",
    "status",
    "suppressed",
    "explanation",
)
REJECTED_COLUMNS = ("row", "line", "reason", "text")

#: What came of a row, in the column ``result``.
ALERT, SUPPRESSED, NOTHING, NOT_SCREENED = "alert", "suppressed", "nothing found", "not screened"


def as_it_is(cell: str) -> str:
    """The cell itself."""
    return cell


def csv_line(cells: Iterable[object], guard: Callable[[str], str] = as_it_is) -> str:
    """Cells as a line of a CSV file, with its end; None is an empty cell."""
    return line(guard("" if cell is None else str(cell)) for cell in cells) + "\n"


@attrs.frozen
class CsvTable:
    """A row a listing found, or one that says that nothing was; ``guard`` is what is done to each cell."""

    guard: Callable[[str], str] = as_it_is

    def describe(self) -> str:
        """What is written, for the journal."""
        return f"csv {self.guard.__name__}"

    def heading(self) -> str:
        """The first line."""
        return csv_line(COLUMNS)

    def screened(self, row: Row, screening: Screening) -> str:
        """The lines of a screening: its alerts, then what is suppressed."""
        asked = (row.number, screening.query.reference, screening.query.name)
        lines = [csv_line((*asked, *cells), self.guard) for cells in _hit_cells(screening)]
        return "".join(lines) or csv_line((*asked, *_nothing(screening)), self.guard)

    def rejected(self, row: RejectedRow) -> str:
        """The line of a row that was not screened."""
        empty = [""] * (len(COLUMNS) - 6)
        return csv_line((row.number, "", "", NOT_SCREENED, 0, *empty, f"not screened: {row.reason}"), self.guard)


@attrs.frozen
class JsonLines:
    """A JSON object a row of the input: its number with the screening, or with the reason why there is none."""

    guard: Callable[[str], str] = as_it_is

    def describe(self) -> str:
        """What is written, for the journal."""
        return "jsonl"

    def heading(self) -> str:
        """Nothing goes first."""
        return ""

    def screened(self, row: Row, screening: Screening) -> str:
        """The screening as plain data."""
        return _json_line({"row": row.number, **screening.to_json()})

    def rejected(self, row: RejectedRow) -> str:
        """Why there is no screening."""
        return _json_line({"row": row.number, "line": row.line, "rejected": row.reason})


def _json_line(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False) + "\n"


def _nothing(screening: Screening) -> tuple[object, ...]:
    told = f"nothing at or above {screening.threshold} in the lists searched; this is no clearance"
    return (NOTHING, 0, *[""] * (len(COLUMNS) - 6), told)


def _hit_cells(screening: Screening) -> Iterator[tuple[object, ...]]:
    """The cells of each listing behind the question's; the listings of one party share its rank."""
    for rank, hit in enumerate((*screening.hits, *screening.suppressed), 1):
        for one in hit.listings:
            yield (ALERT if one.alerts else SUPPRESSED, rank, *_listing_cells(one))


def _listing_cells(one: Listing) -> tuple[object, ...]:
    days = [day for measure in one.measures if (day := measure.since)]
    return (
        f"{one.score:.6f}",
        one.list_id,
        one.target.id,
        one.target.name,
        one.name.text,
        one.name.kind.value,
        one.name.strength.value,
        one.target.kind.value,
        _several(sanctioner_in_words(one, measure.sanctioner) for measure in one.measures),
        _several(programme for measure in one.measures for programme in measure.programmes),
        min(days, key=lambda day: day.sort_key(), default=None),
        _several(status.value for status in one.statuses),
        _several(reason.value for reason in one.reasons),
        "; ".join(_explained(one)),
    )


def _several(texts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(texts))


def _explained(one: Listing) -> Iterator[str]:
    """What the score is added up from, and why the listing does not alert."""
    for term in one.terms:
        what = term.what.replace("_", " ")
        yield f"{what} {term.points:{'' if term is one.terms[0] else '+'}.2f}: {term.asked!r}, listed {term.listed!r}"
    yield from reasons_in_words(one)
