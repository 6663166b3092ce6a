"""How often names alert that are mostly nobody's, beside how many listed names are found.

    python -m benchmarks.noise FILE [FOLDER] [--sample N] [--seed N] [--variants N] [--jobs N] [--alerts FILE]

FILE is ``retrieval_index_full.txt`` of the name benchmark, a name a line; ``list_pairs.tsv`` beside it,
where it is there, gives the pairs across scripts. FOLDER holds the official lists; without it the environment
variable ``SANCTIONS_TRACKER_LISTS`` names it. The newest list of each publisher is asked, all together.

An alert is a query with a hit or more at the default policy. Many of the names are of listed persons:
the alerts are told for all names, and for those that no list prints, capitals apart. Recall is that of
``variants.py`` over all its classes, and that of the pairs: asked by the Arabic side, with every name
in Arabic script of the party, and of those that share a strong name with it, left out of the lists. Beside
it stands ``token_set_ratio`` over the strong names of the same lists, in the same run.

``--sample`` asks a seeded sample of the names; ``--alerts`` writes the alerts on names that no list prints.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from statistics import mean

import sanctions_tracker as st
from benchmarks.recall import (
    BESIDE,
    How,
    Judged,
    asked_and_judged,
    ground_of,
    measured,
    parser_of,
    share,
    take_folder,
    write_table,
)
from benchmarks.variants_cases import Case
from benchmarks.variants_lists import Answers, Asked, Key, Parties, ask, show, without_names

_SIDES = ("this, default policy", *BESIDE)
_ALERTS = ("query", "score", "listed name", "party", "list", "hits")
_PAIRS = "list_pairs.tsv"


# the pairs across scripts


def _true_pairs(path: Path) -> Iterator[tuple[str, str]]:
    """The Latin and the Arabic side of the pairs that a list sets on one record."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["alignment"] == "same_record":
                yield row["latin"], row["arabic"]


def _pair_cases(parties: Parties, pairs: Iterable[tuple[str, str]], count: int, seed: int) -> list[Case]:
    """Pairs whose Latin side a list prints: a query each, and whom it means."""
    known = {(arabic, latin): parties.bears(latin) for latin, arabic in dict.fromkeys(pairs)}
    cases = [Case("pairs", "", arabic, latin, keys[0]) for (arabic, latin), keys in known.items() if keys]
    random.Random(seed).shuffle(cases)  # noqa: S311  (a sample, no secret)
    return cases[:count]


def _arabic_names(parties: Parties, cases: Iterable[Case]) -> dict[Key, frozenset[str]]:
    return {
        key: frozenset(name.text for name in parties[key].target.names if name.script == "Arab")
        for case in cases
        for key in parties.own(case.party)
    }


def _pairs(lists: Sequence[st.SanctionsList], parties: Parties, path: Path, how: How) -> list[Judged]:
    if not path.is_file():
        show(f"there is no {path.name} beside the names: the pairs are left out")
        return []
    cases = _pair_cases(parties, _true_pairs(path), how.size, how.seed)
    asked = Asked(without_names(lists, _arabic_names(parties, cases)))
    return asked_and_judged(parties, cases, asked, how.jobs)


# what is told


def _noise(answers: Sequence[Answers], side: int) -> str:
    """Alerts per thousand names, and hits a name."""
    found = [answer.sides[side] for answer in answers]
    return f"{1000 * mean(map(bool, found)):.0f} | {mean(map(len, found)):.2f}"


def _recall(rows: Sequence[Judged], side: int) -> str:
    return share(row.found[side] for row in rows) if rows else "–"


def _table(
    answers: Sequence[Answers], unlisted: Sequence[Answers], variants: Sequence[Judged], pairs: Sequence[Judged]
) -> None:
    show(
        f"\n| | alerts per 1,000 names (N = {len(answers):,}) | hits a name "
        f"| alerts per 1,000 unlisted (N = {len(unlisted):,}) | hits a name "
        f"| recall, variants (N = {len(variants):,}) | recall, pairs (N = {len(pairs):,}) |\n{'|---' * 7}|"
    )
    for side, title in enumerate(_SIDES):
        recalls = f"{_recall(variants, side)} | {_recall(pairs, side)}"
        show(f"| {title} | {_noise(answers, side)} | {_noise(unlisted, side)} | {recalls} |")


def _alerts(asked: Asked, names: Iterable[str]) -> Iterator[tuple[object, ...]]:
    """A row for each name that alerts: the best hit, its score, and how many there are."""
    for name in names:
        hits = asked.screener.screen(name)
        if hits:
            best = hits[0]
            yield name, f"{best.score:.3f}", best.name.text, best.target.name, best.list_id, len(hits)


def _names(path: Path, count: int | None, seed: int) -> list[str]:
    names = list(dict.fromkeys(path.read_text(encoding="utf-8").splitlines()))
    if count is None or count >= len(names):
        return names
    return random.Random(seed).sample(names, count)  # noqa: S311  (a sample, no secret)


def main() -> None:
    """Ask all names, then measure the recall, and print one table."""
    parser = parser_of(__doc__)
    parser.add_argument("names", type=Path, help="a file of names, one a line")
    take_folder(parser)
    parser.add_argument("--sample", type=int, help="so many of the names")
    parser.add_argument("--variants", type=int, default=20, help="parties of each class of variants")
    parser.add_argument("--pairs", type=int, default=500, help="pairs across scripts")
    parser.add_argument("--alerts", type=Path, help="write the alerts on names that no list prints into this table")
    options = parser.parse_args()
    ground = ground_of(options.folder)
    lists, parties, asked = ground
    names = _names(options.names, options.sample, options.seed)
    listed = {name for name in names if parties.bears(name)}
    show(f"{len(names):,} names, {len(listed):,} of them printed on a list; {len(asked):,} different strong names")
    how = How(options.variants, options.seed, options.jobs)
    answers = ask(asked, names, options.jobs)
    unlisted = [answer for name, answer in zip(names, answers, strict=True) if name not in listed]
    pairs = _pairs(lists, parties, options.names.with_name(_PAIRS), how._replace(size=options.pairs))
    _table(answers, unlisted, measured(ground, how), pairs)
    if options.alerts:
        write_table(options.alerts, _ALERTS, _alerts(asked, (name for name in names if name not in listed)))


if __name__ == "__main__":
    main()
