"""How well names are matched, on the development half of the name benchmark.

    python benchmarks/names.py [FOLDER] [--sample N] [--loss N] [--misses FILE]

FOLDER holds ``pairs.tsv``, ``retrieval_queries.json`` and the ``retrieval_index_*.txt``, or
a folder ``dev`` with them; without it the environment variable ``SANCTIONS_TRACKER_NAMES``
names it. A query of one script is not to find itself: by default every name that is the
same but for capitals is left out; ``--exact`` leaves out only the very same text.
``--sample`` takes the first N queries and pairs of each slice; ``--loss`` compares N queries
with every name of an index and reports what the sieves of the index lost; ``--misses``
writes the queries whose best relevant name does not rank first, and what does.

Where they are installed, others run beside the matcher: unidecode, anyascii and ICU (PyICU)
make the names Latin for rapidfuzz, and LogicV2 of nomenklatura scores the pairs, at some
10 ms each. LogicV2 is told what is a person and what an organisation; the matcher is not.
"""

from __future__ import annotations

import argparse
import csv
import importlib
import json
import os
import sys
import time
from functools import partial
from pathlib import Path
from statistics import mean, median
from typing import TYPE_CHECKING, Any, NamedTuple

from rapidfuzz import fuzz, process

from sanctions_tracker.errors import InvalidNameError
from sanctions_tracker.matching import compare
from sanctions_tracker.matching.index import NameIndex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

#: Retrieval looks at everything that scores this much: low enough for any name to have ten.
_FLOOR = 0.55

#: What ICU does to a name: every script to Latin letters, and these to plain ones.
_ICU_RULE = "Any-Latin; Latin-ASCII"

Score = tuple[float, bool, str]


class _Rank(NamedTuple):
    """Where the best relevant name stands (ties share a rank; infinite where there is none), and what is first."""

    rank: float
    first: str = ""
    first_score: float = 0.0


def _show(text: str = "") -> None:
    sys.stdout.write(text + "\n")


def _index_of(slice_name: str) -> str:
    if slice_name == "latlat_unit":
        return "latunit"
    return "single" if slice_name.startswith("single") else "full"


def _icu() -> Callable[[str], str]:
    made: Callable[[str], str] = importlib.import_module("icu").Transliterator.createInstance(_ICU_RULE).transliterate
    return made


def _romanisers() -> dict[str, Callable[[str], str]]:
    """The optional romanisers that are installed."""
    makers: dict[str, Callable[[], Callable[[str], str]]] = {
        "unidecode": lambda: importlib.import_module("unidecode").unidecode,
        "anyascii": lambda: importlib.import_module("anyascii").anyascii,
        "PyICU": _icu,
    }
    found: dict[str, Callable[[str], str]] = {}
    for package, make in makers.items():
        try:
            found[package] = make()
        except ImportError:
            _show(f"{package} is not installed: its lines are left out")
    return found


def _logic_v2() -> dict[str, Callable[[str, str, str], float]]:
    """The score of nomenklatura's LogicV2 for two entities that have a name and nothing else, if it is installed."""
    try:
        model = importlib.import_module("followthemoney").model
        logic = importlib.import_module("nomenklatura.matching").LogicV2
    except ImportError:
        _show("nomenklatura is not installed: its lines are left out")
        return {}
    config = logic.default_config()

    def entity(schema: str, name: str) -> Any:
        made = model.make_entity(schema)
        made.id = f"{schema} {name}"  # what it keeps of an entity it keeps under this
        made.add("name", name)
        return made

    def score(slice_name: str, left: str, right: str) -> float:
        schema = "Organization" if "org" in slice_name else "Person"
        return float(logic.compare(entity(schema, left), entity(schema, right), config).score)

    return {"nomenklatura LogicV2": score}


def _itself(query: str, name: str, *, exact: bool) -> bool:
    return name == query if exact else name.casefold() == query.casefold()


def _rank(ranked: Sequence[tuple[str, float]], one: dict[str, Any], *, exact: bool) -> _Rank:
    """The rank of the best relevant name among names with scores, best first."""
    query: str = one["query"]
    relevant = {name.casefold() for name in one["relevant"]}
    others = [(name, score) for name, score in ranked if not _itself(query, name, exact=exact)]
    first = others[0] if others else ("", 0.0)
    best = max((score for name, score in others if name.casefold() in relevant), default=None)
    if best is None:
        return _Rank(float("inf"), *first)
    return _Rank(1 + sum(score > best for _, score in others), *first)


def _own_ranks(queries: Iterable[dict[str, Any]], index: NameIndex, *, exact: bool) -> list[_Rank]:
    ranks = []
    for one in queries:
        found = index.search(one["query"], threshold=_FLOOR)
        ranks.append(_rank([(hit.right, hit.score) for _, hit in found], one, exact=exact))
    return ranks


def _other_ranks(
    queries: Iterable[dict[str, Any]], names: list[str], romanise: Callable[[str], str], *, exact: bool
) -> list[_Rank]:
    plain = [romanise(name).casefold() for name in names]
    ranks = []
    for one in queries:
        found = process.extract(romanise(one["query"]).casefold(), plain, scorer=fuzz.ratio, limit=50)
        ranks.append(_rank([(names[place], score) for _, score, place in found], one, exact=exact))
    return ranks


def _recall(ranks: Sequence[_Rank], at: int) -> float:
    return mean(one.rank <= at for one in ranks)


def _missed(
    slice_name: str, queries: Sequence[dict[str, Any]], ranks: Sequence[_Rank], *, exact: bool
) -> Iterator[tuple[str, ...]]:
    """A row for each query whose best relevant name does not rank first; no score where it has none but itself."""
    for one, found in zip(queries, ranks, strict=True):
        if found.rank > 1:
            query: str = one["query"]
            others = [name for name in one["relevant"] if not _itself(query, name, exact=exact)]
            nearest = max((_own_score(query, name) for name in others), default=None)
            score = "" if nearest is None else f"{nearest:.3f}"
            relevant = " | ".join(one["relevant"])
            yield slice_name, query, relevant, f"{found.rank:.0f}", score, found.first, f"{found.first_score:.3f}"


def _write_missed(path: Path, rows: Iterable[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, escapechar="\\")
        table.writerow(("slice", "query", "relevant", "rank", "score", "first", "its score"))
        table.writerows(rows)


def _retrieval(
    folder: Path, sample: int | None, romanisers: dict[str, Callable[[str], str]], *, exact: bool
) -> list[tuple[str, ...]]:
    """Print the table; the rows of what was not ranked first."""
    slices = json.loads((folder / "retrieval_queries.json").read_text(encoding="utf-8"))
    names = {
        kind: (folder / f"retrieval_index_{kind}.txt").read_text(encoding="utf-8").splitlines()
        for kind in ("full", "single", "latunit")
    }
    indexes = {kind: NameIndex(listed) for kind, listed in names.items()}
    _show("\nRetrieval         " + "".join(f"{name:>22}" for name in ("this", *romanisers)))
    _show("slice       queries" + "        R@1    R@10   " * (1 + len(romanisers)))
    missed: list[tuple[str, ...]] = []
    for name, queries in slices.items():
        kind = _index_of(name)
        chosen = queries[:sample]
        columns = [_own_ranks(chosen, indexes[kind], exact=exact)]
        columns += [_other_ranks(chosen, names[kind], romanise, exact=exact) for romanise in romanisers.values()]
        cells = "".join(f"{_recall(ranks, 1):12.3f}{_recall(ranks, 10):8.3f}  " for ranks in columns)
        _show(f"{name:17}{len(chosen):4}{cells}")
        missed += _missed(name, chosen, columns[0], exact=exact)
    return missed


def _own_score(left: str, right: str) -> float:
    try:
        return compare(left, right).score
    except InvalidNameError:
        return 0.0


def _romanised_score(romanise: Callable[[str], str], left: str, right: str) -> float:
    return fuzz.ratio(romanise(left).casefold(), romanise(right).casefold()) / 100


def _best_f1(scores: Sequence[Score]) -> tuple[float, float]:
    """The best F1 over all thresholds, and the threshold it is reached at."""
    ordered = sorted(scores, reverse=True)
    positives = sum(match for _, match, _ in ordered)
    best, true = (0.0, 1.0), 0
    for place, (score, match, _) in enumerate(ordered, start=1):
        true += match
        if place == len(ordered) or ordered[place][0] != score:
            best = max(best, (2 * true / (place + positives), score))
    return best


def _recall_at_precision(scores: Sequence[Score], precision: float) -> float:
    ordered = sorted(scores, reverse=True)
    positives = sum(match for _, match, _ in ordered)
    best, true = 0.0, 0
    for place, (score, match, _) in enumerate(ordered, start=1):
        true += match
        if (place == len(ordered) or ordered[place][0] != score) and true / place >= precision:
            best = true / positives
    return best


def _area(scores: Sequence[Score]) -> float:
    right = [score for score, match, _ in scores if match]
    wrong = [score for score, match, _ in scores if not match]
    if not right or not wrong:
        return float("nan")
    return mean((one > other) + 0.5 * (one == other) for one in right for other in wrong)


def _pair_rows(folder: Path, sample: int | None) -> dict[str, list[dict[str, str]]]:
    by_slice: dict[str, list[dict[str, str]]] = {}
    with (folder / "pairs.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            by_slice.setdefault(row["slice"], []).append(row)
    return {name: rows[: sample * 6 if sample else None] for name, rows in by_slice.items()}


def _pair_line(name: str, scores: Sequence[Score], threshold: float) -> str:
    told = [one for one in scores if one[2] != "vowel"]
    vowels = [one for one in scores if one[1] or one[2] == "vowel"]
    f1, at = _best_f1(told)
    accepted = [match for score, match, _ in told if score >= threshold]
    positives = sum(match for _, match, _ in told)
    fixed = 2 * sum(accepted) / max(1, len(accepted) + positives)
    strict = _recall_at_precision(told, 0.95)
    return f"{name:18}{f1:6.3f} at {at:.3f}{strict:9.3f}{_area(vowels):11.3f}{fixed:12.3f}"


def _unkinded(score: Callable[[str, str], float], _slice: str, left: str, right: str) -> float:
    """The score of a scorer that does not ask what the names are names of."""
    return score(left, right)


def _pairs(folder: Path, sample: int | None, romanisers: dict[str, Callable[[str], str]], threshold: float) -> None:
    scorers: dict[str, Callable[[str, str, str], float]] = {"this": partial(_unkinded, _own_score)}
    for package, romanise in romanisers.items():
        scorers[package] = partial(_unkinded, partial(_romanised_score, romanise))
    scorers |= _logic_v2()
    rows = _pair_rows(folder, sample)
    for scorer, score in scorers.items():
        _show(f"\nPairs, {scorer}\nslice                F1 at threshold    R@P95   AUC vowel   F1 at {threshold:.2f}")
        for name, listed in rows.items():
            scores = [(score(name, row["a"], row["b"]), row["match"] == "1", row["negative_kind"]) for row in listed]
            _show(_pair_line(name, scores, threshold))


def _loss(folder: Path, count: int, threshold: float) -> None:
    """What an exhaustive comparison finds at the threshold and the index does not."""
    slices = json.loads((folder / "retrieval_queries.json").read_text(encoding="utf-8"))
    names = (folder / "retrieval_index_full.txt").read_text(encoding="utf-8").splitlines()
    index = NameIndex(names)
    taken = [name for name in slices if _index_of(name) == "full"]
    queries = [one["query"] for name in taken for one in slices[name][: max(1, count // len(taken))]]
    exhaustive = found = 0
    for query in queries:
        wanted = {place for place, name in enumerate(names) if compare(query, name).score >= threshold}
        got = {place for place, _ in index.search(query, threshold=threshold)}
        exhaustive += len(wanted)
        found += len(wanted & got)
    _show(f"\nLoss: {len(queries)} queries, {exhaustive} names at or above {threshold}, {exhaustive - found} lost")


def _milliseconds(asked: Iterable[str], ask: Callable[[str], object]) -> list[float]:
    taken = []
    for query in asked:
        started = time.perf_counter()
        ask(query)
        taken.append(1000 * (time.perf_counter() - started))
    return taken


def _speed(folder: Path, threshold: float) -> None:
    """Every figure on one core; rapidfuzz with the bare names beside the index, as a measure of the machine."""
    names = (folder / "retrieval_index_full.txt").read_text(encoding="utf-8").splitlines()
    slices = json.loads((folder / "retrieval_queries.json").read_text(encoding="utf-8"))
    pairs = [(row["a"], row["b"]) for name, rows in _pair_rows(folder, 1000).items() if "full" in name for row in rows]
    compare("warm", "up"), compare("تسخين", "bank")
    started = time.perf_counter()
    for left, right in pairs:
        compare(left, right)
    _show(f"\nComparing: {len(pairs) / (time.perf_counter() - started):,.0f} pairs/s of names not seen before")
    started = time.perf_counter()
    index = NameIndex(names)
    apart = time.perf_counter() - started
    index.search("warm up", threshold=threshold)
    whole = time.perf_counter() - started
    _show(f"Encoding: {len(names) / apart:,.0f} names/s taken apart, {len(names) / whole:,.0f} names/s ready to search")
    queries = [one["query"] for one in slices["full_arab"][:100] + slices["sanctions_person"][:100]]
    many = [f"{name} {place}" for place, name in enumerate((names * 4)[:100_000])]  # none like another
    large = NameIndex(many)
    large.search("warm up", threshold=threshold)
    for listed, searched in ((names, index), (many, large)):
        own = _milliseconds(queries, partial(searched.search, threshold=threshold))
        other = _milliseconds(queries[:20], partial(process.extract, choices=listed, scorer=fuzz.WRatio, limit=10))
        _show(
            f"One query against {len(listed):,} names: median {median(own):.1f} ms, slowest {max(own):.1f} ms; "
            f"process.extract with WRatio {median(other):.1f} ms, ratio {median(other) / median(own):.1f}"
        )


def main() -> None:
    """Run everything and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", default=os.environ.get("SANCTIONS_TRACKER_NAMES"))
    parser.add_argument("--sample", type=int, help="queries of each slice (and six times as many pairs)")
    parser.add_argument("--threshold", type=float, default=0.82)
    parser.add_argument("--loss", type=int, help="queries to compare with every name of the index")
    parser.add_argument(
        "--misses", type=Path, help="write the queries whose relevant name is not first into this table"
    )
    parser.add_argument("--exact", action="store_true", help="leave out only the very text of a query")
    options = parser.parse_args()
    if not options.folder:
        parser.error("give the folder of the benchmark, or set SANCTIONS_TRACKER_NAMES")
    folder = Path(options.folder)
    folder = folder / "dev" if (folder / "dev").is_dir() else folder
    romanisers = _romanisers()
    _speed(folder, options.threshold)
    missed = _retrieval(folder, options.sample, romanisers, exact=options.exact)
    if options.misses:
        _write_missed(options.misses, missed)
    _pairs(folder, options.sample, romanisers, options.threshold)
    if options.loss:
        _loss(folder, options.loss, options.threshold)


if __name__ == "__main__":
    main()
