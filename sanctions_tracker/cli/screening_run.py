"""One run of ``screen-file``: a table through a screener into a journal, from wherever the last run stopped."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import attrs
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from sanctions_tracker import __version__
from sanctions_tracker.cli.display import tell
from sanctions_tracker.cli.headings import Layout
from sanctions_tracker.cli.hit_table import REJECTED_COLUMNS, CsvTable, JsonLines, csv_line
from sanctions_tracker.cli.journal import Journal, sha256_of
from sanctions_tracker.cli.options import today
from sanctions_tracker.cli.rows import RejectedRow, Row, Rows
from sanctions_tracker.errors import DamagedInputError, EmptyInputError, ModelError, SanctionsTrackerError, WriteError
from sanctions_tracker.matching.version import matcher_version
from sanctions_tracker.screening import Screener, Screening

#: How many rows lie between two entries of the journal: so many are screened again at most.
COMMIT_EVERY = 100
#: How many rejected rows are told on standard error; all of them stand in their file.
TOLD = 20


@attrs.frozen
class Run:
    """What is screened and where it goes.

    ``as_of`` is the day asked about, None for the newest list's. Lists grow old
    and decisions expire by the day on which the run began.
    """

    file: Path
    layout: Layout
    screener: Screener
    as_of: dt.date | None
    table: CsvTable | JsonLines
    output: Path
    rejected: Path
    errors: Console

    def through(self, *, resume: bool, restart: bool) -> Counter[str]:
        """Screens what was not screened yet, and says how many rows came to what.

        Raises:
            WriteError: a run before did not end and neither ``resume`` nor ``restart`` is given, it cannot be gone on
                with, or the output cannot be written.
            EmptyInputError: the file holds no row.
            DamagedInputError: the headings cannot be read, or the file changed under the reader's hands.
            QueryError: the headings are not those of queries.
        """
        before = _identity(self.file)
        with self.file.open("rb") as stream, self._moving(before[0]) as move:
            rows = Rows(stream, str(self.file), self.layout)
            journal = Journal(self.output, self.rejected, self._question(), today().isoformat())
            self._begin(journal, resume=resume, restart=restart)
            with self._kept(journal):
                counts = self._screened(rows, journal, lambda: move(stream.tell()))
                self._check(before, counts, rows)
                journal.finish()
        self._tell(counts, rows)
        return counts

    def _question(self) -> dict[str, Any]:
        """What the output depends on."""
        return {
            "the input": sha256_of(self.file),
            "the lists": [[one.id, one.sha256] for one in self.screener.searched],
            "the policy": self.screener.policy.hash,
            "the decisions": _hashed([one.to_json() for one in self.screener.decisions]),
            "the day asked about": str(self.as_of or ""),
            "the options": [attrs.asdict(self.layout), self.table.describe(), str(self.rejected)],
            "the versions": [__version__, matcher_version()],
        }

    def _begin(self, journal: Journal, *, resume: bool, restart: bool) -> None:
        """The journal at the row from which the run goes on."""
        if not journal.is_there or restart:
            try:
                journal.begin(self.table.heading(), csv_line(REJECTED_COLUMNS))
            except WriteError:
                journal.discard()
                raise
        elif resume:
            journal.go_on()
        else:
            message = f"{journal.path} tells of a run that did not end: give --resume to go on, --restart to begin anew"
            raise WriteError(message)

    def _screened(self, rows: Rows, journal: Journal, move: Callable[[], object]) -> Counter[str]:
        counts = Counter(journal.counts)
        if journal.finished:
            return counts
        number = journal.row
        for row in rows:
            if row.number <= journal.row:
                continue
            counts[self._one(row, journal, counts["rejected"])] += 1
            number = row.number
            move()
            if counts.total() % COMMIT_EVERY == 0:
                journal.commit(number, counts)
        journal.commit(number, counts)
        return counts

    def _one(self, row: Row | RejectedRow, journal: Journal, rejected: int) -> str:
        """Screens a row and writes what came of it."""
        if isinstance(row, Row):
            today = dt.date.fromisoformat(journal.day)
            try:
                screening = self.screener.screen(row.values, as_of=self.as_of, today=today)
            except ModelError as error:
                row = RejectedRow(row.number, row.line, str(error), row.text.rstrip("\r\n"))
            else:
                journal.write(self.table.screened(row, screening))
                return _outcome(screening)
        if rejected < TOLD:
            self._say(f"rejected: {row}", style="red")
        refused = csv_line((row.number, row.line, row.reason, row.text), self.table.guard)
        journal.write(self.table.rejected(row), refused)
        return "rejected"

    def _check(self, before: tuple[int, int], counts: Counter[str], rows: Rows) -> None:
        if _identity(self.file) != before:
            message = "the file changed while it was read: screen it again with --restart"
            raise DamagedInputError(message, file=str(self.file))
        if not counts.total():
            message = (
                f"no row stands under the headings ({rows.blank} blank): that is a failed export, not an empty one"
            )
            raise EmptyInputError(message, file=str(self.file))

    @contextmanager
    def _kept(self, journal: Journal) -> Iterator[None]:
        """What is done is kept where the run stops; where nothing was done, nothing is left."""
        try:
            yield
        except (SanctionsTrackerError, OSError, KeyboardInterrupt) as error:
            journal.close()
            if not journal.row and not isinstance(error, KeyboardInterrupt):
                journal.discard()
            elif journal.is_there and not isinstance(error, DamagedInputError):
                self._say(f"stopped; what was done up to row {journal.row} is kept, and --resume goes on from there")
            raise
        finally:
            journal.close()

    @contextmanager
    def _moving(self, size: int) -> Iterator[Callable[[int], object]]:
        """What moves a bar to a place in the file; nothing where there is no terminal."""
        if not self.errors.is_terminal:
            yield lambda _place: None
            return
        columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
        with Progress(*columns, console=self.errors, transient=True) as progress:
            task = progress.add_task(f"screening {self.file.name}", total=size)
            yield lambda place: progress.update(task, completed=place)

    def _tell(self, counts: Counter[str], rows: Rows) -> None:
        """What came of the rows, and what was not screened."""
        for one in self.screener.searched:
            dated = f" of {one.date}" if one.date else ", of no stated date"
            self._say(f"searched {one.title or one.id}{dated}: {one.targets:,} targets, {one.names:,} names")
        threshold = f"{self.screener.policy.threshold:g}"
        self._say(
            f"{counts.total():,} rows: {counts['alert']:,} with an alert, {counts['suppressed']:,} with suppressed "
            f"hits alone, {counts['nothing']:,} with nothing at or above {threshold} (no clearance), "
            f"{counts['rejected']:,} rejected"
        )
        if counts["rejected"] > TOLD:
            self._say(f"{counts['rejected'] - TOLD:,} more rejected rows were not shown here")
        if rows.blank:
            self._say(f"{rows.blank:,} row(s) with nothing in them were passed over")
        if rows.spanning:
            self._say(f"row {rows.spanning} is the first that spans several lines, by a line break inside a cell")
        self._say(f"written to {self.output}; rejected rows to {self.rejected}")

    def _say(self, text: str, *, style: str = "") -> None:
        shown = "".join(c if c.isprintable() else "\ufffd" for c in text)
        tell(shown, self.errors, style=style)


def _hashed(data: object) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()


def _outcome(screening: Screening) -> str:
    if screening.hits:
        return "alert"
    return "suppressed" if screening.suppressed else "nothing"


def _identity(file: Path) -> tuple[int, int]:
    """What tells that a file was not changed, without reading it."""
    found = file.stat()
    return found.st_size, found.st_mtime_ns
