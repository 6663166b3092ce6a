"""Which threshold? What each would have found, and what it would have cost, on questions with known answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from sanctions_tracker.errors import ModelError, QueryError
from sanctions_tracker.screening.cases import Case, RejectedCase, cases_of
from sanctions_tracker.screening.hit import Screening
from sanctions_tracker.screening.policy import Policy
from sanctions_tracker.screening.screener import Screener

#: The thresholds compared unless others are given: hundredths from .60 to 1.
THRESHOLDS = tuple(round(number / 100, 2) for number in range(60, 101))

#: Queries of which the number of alerts is told.
_PER = 1000


@attrs.frozen
class Result:
    """What came of a case: up to which threshold it alerts.

    ``score`` is the greatest threshold at which a match is found, or a bearer
    who is no match alerts: 0 to 1, None where it never does. ``scores`` are
    those of all parties that alert, the expected one among them, best first.
    ``found`` is the id of the target of ``score``, ``note`` says what keeps an
    expected party from alerting though it is found.
    """

    case: Case
    score: float | None
    scores: tuple[float, ...] = ()
    found: str = ""
    note: str = ""

    def alerts_at(self, threshold: float) -> bool:
        """Whether anything alerts."""
        return bool(self.scores) and self.scores[0] >= threshold

    def found_at(self, threshold: float) -> bool:
        """Whether the score reaches a threshold."""
        return self.score is not None and self.score >= threshold

    def to_json(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "row": self.case.row,
            "query": self.case.query.to_json(),
            "match": self.case.match,
            "target": self.case.target,
            "score": self.score,
            "found": self.found,
            "note": self.note,
        }

    def __str__(self) -> str:
        never = "never found" if self.case.match else "no alert"
        score = never if self.score is None else f"{self.score:.3f}"
        label = "match" if self.case.match else "no match"
        place = f"row {self.case.row}: " if self.case.row else ""
        rest = "".join(f", {part}" for part in (self.found, self.note) if part)
        return f"{score:11}  {label:8}  {place}{self.case.query.name}{rest}"


@attrs.frozen
class Level:
    """What a threshold would have found.

    ``queries`` are all cases, ``alerts`` those in which anything alerts, and
    ``hits`` the parties that alert in all of them together. Of the alerts,
    ``true_positives`` show the expected party; in the others it is another
    party, or the bearer is none: ``false_positives``. ``misses`` are matches
    that are not found.
    """

    threshold: float
    queries: int
    alerts: int
    hits: int
    true_positives: int
    misses: int
    negatives: int

    @property
    def false_positives(self) -> int:
        """Alerts that do not show the expected party."""
        return self.alerts - self.true_positives

    @property
    def recall(self) -> float | None:
        """The share of the matches that is found, 0 to 1; None where there is no match among the cases."""
        matches = self.true_positives + self.misses
        return self.true_positives / matches if matches else None

    @property
    def precision(self) -> float | None:
        """The share of the alerts that is true, 0 to 1; None where nothing alerts or all cases are matches."""
        return self.true_positives / self.alerts if self.alerts and self.negatives else None

    @property
    def alerts_per_1000(self) -> float:
        """Alerts in a thousand such queries."""
        return _PER * self.alerts / self.queries

    def to_json(self) -> dict[str, Any]:
        """Plain data for JSON."""
        counted = {
            name: getattr(self, name) for name in ("alerts", "hits", "true_positives", "false_positives", "misses")
        }
        shares = {"recall": self.recall, "precision": self.precision, "alerts_per_1000": self.alerts_per_1000}
        return {"threshold": self.threshold, **shares, **counted}


@attrs.frozen
class Calibration:
    """What each threshold would have found of the cases, and which cases turn on it.

    ``policy`` is that of the search, its threshold the lowest one looked at;
    ``chosen`` is the threshold that the screener has. ``rejected`` are rows
    that are no case.
    """

    levels: tuple[Level, ...]
    results: tuple[Result, ...]
    rejected: tuple[RejectedCase, ...]
    policy: Policy
    chosen: float

    def at(self, threshold: float) -> Level:
        """What a threshold would have found, also one that is not among the levels.

        Raises:
            ModelError: it is lower than the lowest one looked at, or more than 1.
        """
        self._check(threshold)
        return _level(threshold, self.results)

    def flipping(self, low: float, high: float) -> tuple[Result, ...]:
        """The cases found or alerting at ``low`` and not at ``high``, best first.

        Matches among them are lost by the higher threshold, the others no longer alert.

        Raises:
            ModelError: as `at`, or ``low`` is not below ``high``.
        """
        if low >= high:
            message = f"the first threshold is below the second, not {low} and {high}"
            raise ModelError(message, value=(low, high))
        self._check(high)
        return tuple(reversed([one for one in self.above(low) if not one.found_at(high)]))

    def above(self, threshold: float) -> tuple[Result, ...]:
        """The cases whose score reaches a threshold, the nearest to it first.

        Raises:
            ModelError: as `at`.
        """
        self._check(threshold)
        found = [one for one in self.results if one.found_at(threshold)]
        return tuple(sorted(found, key=_score))

    def below(self, threshold: float) -> tuple[Result, ...]:
        """The cases whose score does not reach a threshold, the nearest to it first, those without a score last.

        Raises:
            ModelError: as `at`.
        """
        self._check(threshold)
        found = [one for one in self.results if not one.found_at(threshold)]
        return tuple(sorted(found, key=_score, reverse=True))

    def _check(self, threshold: float) -> None:
        if not self.policy.threshold <= threshold <= 1:
            message = f"the search went from 1 down to {self.policy.threshold}, and says nothing of {threshold}"
            raise ModelError(message, value=threshold)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What the cases cannot say."""
        matches = sum(one.case.match for one in self.results)
        return tuple(_remarks(matches, len(self.results) - matches, len(self.rejected)))

    def to_json(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "policy": self.policy.to_json(),
            "threshold": self.chosen,
            "queries": len(self.results),
            "levels": [one.to_json() for one in self.levels],
            "cases": [one.to_json() for one in self.results],
            "rejected": [attrs.asdict(one) for one in self.rejected],
            "remarks": list(self.remarks),
        }

    def __str__(self) -> str:
        heading = "threshold  recall  precision  alerts/1,000  true  false  missed"
        lines = [f"{len(self.results):,} cases; the threshold in use is {self.chosen:g}", heading]
        return "\n".join([*lines, *(_row(one) for one in _turning(self.levels, self.chosen)), *self.remarks])


def _score(result: Result) -> float:
    return -1.0 if result.score is None else result.score


def _remarks(matches: int, others: int, rejected: int) -> Iterator[str]:
    if not matches:
        yield "no case is a match: recall is unknown"
    if not others:
        yield "every case is a match: precision is unknown, and alerts are as many as in no real file"
    if rejected:
        yield f"{rejected:,} row(s) could not be read and are not counted"


def _row(level: Level) -> str:
    recall, precision = ("–" if share is None else f"{share:.3f}" for share in (level.recall, level.precision))
    counts = f"{level.true_positives:>4}  {level.false_positives:>5}  {level.misses:>6}"
    return f"{level.threshold:<9g}  {recall:>6}  {precision:>9}  {level.alerts_per_1000:>12,.1f}  {counts}"


def _turning(levels: Sequence[Level], chosen: float) -> Iterator[Level]:
    """The levels that say something else than the one before, the one in use, and the last."""
    before = None
    for level in levels:
        says = (level.true_positives, level.alerts)
        if says != before or level.threshold == chosen or level is levels[-1]:
            yield level
        before = says


def calibrate(
    screener: Screener,
    cases: Iterable[Case | RejectedCase | Mapping[str, Any]],
    *,
    thresholds: Iterable[float] = THRESHOLDS,
    as_of: dt.date | None = None,
) -> Calibration:
    """What each threshold would find of the cases, by the screener's lists and policy.

    Each case is searched once, at the lowest threshold. The threshold in use is
    looked at too.

    Args:
        screener: the lists, the policy and the decisions.
        cases: cases, or rows of a table (as of ``csv.DictReader``; the first is row 2).
        thresholds: above 0 and at most 1, in any order.
        as_of: the day for which measures' statuses are told; the newest list date unless given.

    Raises:
        QueryError: there is no case at all.
        ModelError: a threshold out of range.
    """
    grid = sorted({screener.policy.threshold, *thresholds})
    lowest, *_ = [screener.policy.evolve(threshold=threshold) for threshold in grid]
    results, rejected = [], []
    for one in _read(cases):
        if isinstance(one, Case):
            results.append(_result(one, screener, lowest, as_of))
        else:
            rejected.append(one)
    if not results:
        message = f"there is no case to calibrate by ({len(rejected)} row(s) could not be read)"
        raise QueryError(message, value=tuple(rejected))
    levels = tuple(_level(threshold, results) for threshold in grid)
    return Calibration(levels, tuple(results), tuple(rejected), lowest, screener.policy.threshold)


def _read(cases: Iterable[Case | RejectedCase | Mapping[str, Any]]) -> Iterator[Case | RejectedCase]:
    for number, one in enumerate(cases, 2):
        if isinstance(one, (Case, RejectedCase)):
            yield one
        else:
            yield from cases_of([(number, one)])


def _level(threshold: float, results: Sequence[Result]) -> Level:
    found = sum(one.case.match and one.found_at(threshold) for one in results)
    matches = sum(one.case.match for one in results)
    return Level(
        threshold=threshold,
        queries=len(results),
        alerts=sum(one.alerts_at(threshold) for one in results),
        hits=sum(score >= threshold for one in results for score in one.scores),
        true_positives=found,
        misses=matches - found,
        negatives=len(results) - matches,
    )


def _result(case: Case, screener: Screener, policy: Policy, as_of: dt.date | None) -> Result:
    screening = screener.screen(case.query, as_of=as_of, policy=policy)
    scores = tuple(hit.score for hit in screening.hits)
    expected = next(((hit, one) for hit in screening.hits for one in hit.listings if case.expects(one)), None)
    if expected is None:
        return Result(case, None, scores, note=_note(case, screening))
    hit, listing = expected
    return Result(case, hit.score, scores, found=listing.target.id)


def _note(case: Case, screening: Screening) -> str:
    """What keeps the expected party of a match from alerting: a reason of the policy, or that another one is found."""
    if not case.match:
        return ""
    for hit in screening.suppressed:
        if any(map(case.expects, hit.listings)):
            return f"suppressed: {', '.join(reason.value for reason in hit.reasons)}"
    return f"alerts for {screening.hits[0].target.id}" if screening.hits else ""
