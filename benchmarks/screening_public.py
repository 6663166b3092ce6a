"""How many disguised names of listed persons are found, on a public benchmark of others.

    python benchmarks/screening_public.py [FOLDER] [--limit N] [--threshold T] [--no-aliases] [--misses FILE]

The benchmark is the package ``sanctions-screening-benchmark`` (MIT): it takes persons of the
OFAC SDN list, alters each name in 19 ways, innocent, evasive and damaged, and makes up names
that stand on no list. It brings no list: FOLDER holds ``sdn.csv`` and ``alt.csv`` as OFAC
publishes them; without it they are looked for below the folder that the environment
variable ``SANCTIONS_TRACKER_LISTS`` names. Cases and scores are the package's own: a name is
found where the best of all listed names reaches the threshold and belongs to the right
person, and a made-up name alarms falsely where any reaches it.

The matcher runs beside the package's baseline and rapidfuzz's ``token_set_ratio``. ``--misses``
writes what it did not find and what it found wrongly, with the scores. Goal: recall .90 where
at most .076 of the made-up names alarm. Three of the ways change only capitals, which the
package takes for no change, or accents, which OFAC's tables do not write: 16 have cases.
"""

from __future__ import annotations

import argparse
import csv
import importlib
import math
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import attrs
from rapidfuzz import fuzz, utils

from sanctions_tracker.errors import InvalidNameError
from sanctions_tracker.matching import compare
from sanctions_tracker.screening.policy import DEFAULT_THRESHOLD

GOAL_RECALL, GOAL_ALARMS = 0.90, 0.076
#: The name under which the package looks for aliases beside a list that is given as a file.
_ALIASES = "synthetic_list_alt.csv"

Scorer = Callable[[str, str], float]


def _show(text: str = "") -> None:
    sys.stdout.write(text + "\n")


# the cases


def _plain_rows(path: Path) -> Iterator[list[str]]:
    """The rows of a table; some copies keep every row in one more pair of quotes."""
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        for row in csv.reader(file):
            yield next(csv.reader(row)) if len(row) == 1 else row


def _cases(ssb: Any, folder: Path, limit: int, *, aliases: bool) -> Any:
    """The benchmark that the package makes of the list, as its own command would by default."""
    with tempfile.TemporaryDirectory() as temporary:
        listed = Path(temporary) / "sdn.csv"
        shutil.copy(folder / listed.name, listed)
        if aliases:
            with listed.with_name(_ALIASES).open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows(_plain_rows(folder / "alt.csv"))
        snapshot = ssb.sources.load_fixture(listed)
    return ssb.benchmark.build(snapshot, limit=limit)


def _folder_of(given: str | None) -> Path | None:
    if given:
        return Path(given)
    lists = os.environ.get("SANCTIONS_TRACKER_LISTS")
    tables = sorted(Path(lists).rglob("sdn.csv")) if lists else []
    return next((path.parent for path in tables if path.with_name("alt.csv").is_file()), None)


# what is measured


class _Kept:
    """A scorer that remembers: one pass over all names serves every threshold."""

    def __init__(self, scorer: Scorer) -> None:
        self._scorer = scorer
        self._scores: dict[tuple[str, str], float] = {}

    def __call__(self, query: str, listed: str) -> float:
        pair = (query, listed)
        if pair not in self._scores:
            self._scores[pair] = self._scorer(query, listed)
        return self._scores[pair]


@attrs.frozen
class _Found:
    """The best of the listed names for a query; the first of equals, as the package takes it."""

    score: float = 0.0
    person: str = ""
    name: str = ""


@attrs.frozen
class _Column:
    """One scorer at one threshold."""

    title: str
    card: Any

    @property
    def recalls(self) -> dict[str, float]:
        """The share found of each class."""
        return {one.perturbation: one.recall for one in self.card.by_class}


def _own(query: str, listed: str) -> float:
    try:
        return compare(query, listed, kind="person").score
    except InvalidNameError:
        return 0.0


def _token_set(query: str, listed: str) -> float:
    return fuzz.token_set_ratio(query, listed, processor=utils.default_process) / 100


def _best(query: str, listed: Iterable[tuple[str, Sequence[str]]], scorer: Scorer) -> _Found:
    best = _Found()
    for person, names in listed:
        for name in names:
            score = scorer(query, name)
            if score > best.score:
                best = _Found(score, person, name)
    return best


def _least_threshold(cases: Any, scorer: Scorer, alarms: float) -> float:
    """The least threshold at which no greater share of the made-up names alarms."""
    made_up = [case.query for case in cases.cases if case.expected_entity_id is None]
    scores = sorted((_best(query, cases.candidates.items(), scorer).score for query in made_up), reverse=True)
    allowed = math.floor(alarms * len(scores))
    return math.nextafter(scores[allowed], math.inf) if allowed < len(scores) else 0.0


def _columns(ssb: Any, cases: Any, title: str, scorer: Scorer, thresholds: Sequence[float]) -> Iterator[_Column]:
    """The scorer at thresholds of its own, then at the one that keeps to the alarms of the goal."""
    for threshold in (*thresholds, _least_threshold(cases, scorer, GOAL_ALARMS)):
        yield _Column(title, ssb.benchmark.score(cases, scorer, threshold=threshold, matcher_name=title))


# what is told


def _totals(columns: Iterable[_Column]) -> None:
    _show(f"\n{'scorer':24}threshold   recall  precision  false alarms")
    for one in columns:
        card = one.card
        _show(
            f"{one.title:24}{card.threshold:9.3f}{card.overall_recall:9.3f}{card.overall_precision:11.3f}"
            f"{card.false_positive_rate:14.3f}"
        )


def _classes(columns: Sequence[_Column]) -> None:
    _show(f"\nRecall of each class\n{'':30}" + "".join(f"{one.title[:10]:>11}" for one in columns))
    _show(f"{'class':17}{'family':12}N" + "".join(f"{one.card.threshold:11.3f}" for one in columns))
    shared = [one.recalls for one in columns]
    for row in sorted(columns[0].card.by_class, key=lambda row: (row.family, row.perturbation)):
        cells = "".join(f"{recalls[row.perturbation]:11.3f}" for recalls in shared)
        _show(f"{row.perturbation:17}{row.family:10}{row.n:4}{cells}")


def _goal(column: _Column) -> None:
    card = column.card
    word = "met" if card.overall_recall >= GOAL_RECALL else "missed"
    _show(
        f"\nGoal, recall {GOAL_RECALL:.2f} at {GOAL_ALARMS} false alarms: {word}, "
        f"{card.overall_recall:.3f} at the threshold {card.threshold:.3f}"
    )


def _wrong(cases: Any, scorer: Scorer, threshold: float) -> Iterator[tuple[str, ...]]:
    """Rows of all queries that were not found, or that alarm falsely."""
    for case in cases.cases:
        best, right = _best(case.query, cases.candidates.items(), scorer), case.expected_entity_id
        if right is None and best.score >= threshold:
            yield "false alarm", case.perturbation, case.query, "", "", best.name, f"{best.score:.3f}"
        elif right is not None and (best.score < threshold or best.person != right):
            meant = _best(case.query, [(right, cases.candidates[right])], scorer)
            what = "below" if best.person == right else "another"
            expected = (meant.name or case.source_name, f"{meant.score:.3f}")
            yield what, case.perturbation, case.query, *expected, best.name, f"{best.score:.3f}"


def _write_wrong(path: Path, rows: Iterable[tuple[str, ...]]) -> None:
    ordered = sorted(rows, key=lambda row: row[:2])
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, delimiter="\t", lineterminator="\n")
        table.writerow(("what", "class", "query", "expected", "its score", "best", "its score"))
        table.writerows(ordered)


def main() -> None:
    """Score everything and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", help="where sdn.csv and alt.csv stand; else SANCTIONS_TRACKER_LISTS")
    parser.add_argument("--limit", type=int, default=150, help="persons of the list")
    parser.add_argument("--threshold", type=float, default=DEFAULT_THRESHOLD)
    parser.add_argument("--no-aliases", action="store_true", help="a person is known by the first name only")
    parser.add_argument("--misses", type=Path, help="write what was not found, and false alarms, into this table")
    options = parser.parse_args()
    try:
        ssb = importlib.import_module("ssb")
        for part in ("sources", "benchmark", "matching"):
            importlib.import_module(f"ssb.{part}")
    except ImportError:
        parser.error("this needs the package sanctions-screening-benchmark")
    folder = _folder_of(options.folder)
    if folder is None:
        parser.error("give the folder of sdn.csv and alt.csv, or set SANCTIONS_TRACKER_LISTS")
    cases = _cases(ssb, folder, options.limit, aliases=not options.no_aliases)
    own = _Kept(_own)
    columns = _report(ssb, cases, own, options.threshold)
    _goal(columns[1])
    if options.misses:
        _write_wrong(options.misses, _wrong(cases, own, options.threshold))


def _report(ssb: Any, cases: Any, own: Scorer, threshold: float) -> list[_Column]:
    about = cases.manifest
    names = sum(map(len, cases.candidates.values()))
    _show(
        f"{about.entity_count} persons, {names} names; {about.positive_count} altered, {about.negative_count} made up"
    )
    columns = list(_columns(ssb, cases, "this", own, [threshold]))
    columns += _columns(ssb, cases, "package's baseline", _Kept(ssb.matching.BaselineMatcher()), [0.85])
    columns += _columns(ssb, cases, "token_set_ratio", _Kept(_token_set), [0.85, 0.90])
    _totals(columns)
    _classes(columns)
    return columns


if __name__ == "__main__":
    main()
