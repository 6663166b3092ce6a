"""How many variants of listed names are found, class by class, and what else is found with them.

    python -m benchmarks.variants [FOLDER] [--sample N] [--seed N] [--jobs N] [--misses FILE]

FOLDER holds the official lists; without it the environment variable ``SANCTIONS_TRACKER_LISTS`` names
it. The newest list of each publisher is read. A class takes a seeded sample of N parties; of each a name
is altered in one way, and asked of all lists together at the default policy. Found: the party is among the hits, or
one on another list that bears the same strong name. Others: the mean number of hits that are neither;
a double that another list spells differently counts among them.

The classes: those of the package ``sanctions-screening-benchmark`` where it is installed, Arabic script
(``variants_arabic.py``), the Latin names of parties with a name in Arabic script, and organisations
(``variants_organisations.py``). Where the list itself holds what is asked (the name in the other script,
an acronym) that name is left out of the lists first. A variant that a list prints is not asked.

rapidfuzz's ``token_set_ratio`` runs beside it over the strong names of the same lists. ``--misses`` writes
what the screener did not find. Cases that must hold are told at the end; where one does not, the status is 1.
"""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from statistics import mean
from typing import NamedTuple

import sanctions_tracker as st
from benchmarks.recall import BESIDE, How, Judged, ground_of, measured, parser_of, share, take_folder, write_table
from benchmarks.variants_lists import Parties, show
from benchmarks.variants_organisations import titles

#: Persons to whose names every title is added, and how many of them bear names in Arabic script.
_TITLED, _TITLED_ARABIC = 500, 100
#: The headings of the table of what was not found.
_MISSED = ("names", "variant", "query", "name", "score", "token_set_ratio finds it", "names of the party")


# what is told


def figures(rows: Sequence[Judged]) -> list[str]:
    """Recall and mean others, the screener first."""
    sides = range(1 + len(BESIDE))
    return [
        f"{share(row.found[side] for row in rows)} | {mean(row.others[side] for row in rows):.1f}" for side in sides
    ]


def _table(rows: Sequence[Judged]) -> None:
    by_class: dict[tuple[str, str], list[Judged]] = defaultdict(list)
    for row in rows:
        by_class[row.case[:2]].append(row)
    columns = "".join(f" {title} | others |" for title in BESIDE)
    show(f"\n| names | variant | N | recall | others |{columns}\n|---|---|---|---|---|{'---|---|' * len(BESIDE)}")
    for (family, title), members in by_class.items():
        show(f"| {family} | {title} | {len(members)} | {' | '.join(figures(members))} |")
    show(f"| **all** | | {len(rows)} | {' | '.join(figures(rows))} |")


def _missed(parties: Parties, rows: Iterable[Judged]) -> Iterator[tuple[str, ...]]:
    for case, found, _ in rows:
        if not found[0]:
            kind = "person" if parties[case.party].is_person else None
            score = f"{st.compare(case.query, case.name, kind=kind).score:.3f}"
            others = " | ".join(name.text for name in parties[case.party].target.strong_names[:6])
            yield case.family, case.variant_class, case.query, case.name, score, str(found[1]), others


# the cases that must hold


class Told(NamedTuple):
    """A case that must hold, whether it does, and what was seen."""

    claim: str
    holds: bool
    seen: str


def _alike(left: str, right: str, least: float) -> Told:
    score = st.compare(left, right).score
    return Told(f"{left!r} is {right!r}", score >= least, f"{score:.3f}")


def _met(screener: st.Screener, query: str, listed: str) -> Told:
    """A query finds some party of which a name holds the word."""
    names = [hit.name.text for hit in screener.screen(query)]
    met = [name for name in names if listed in name.casefold().replace("-", " ")]
    return Told(f"{query!r} finds a party named {listed!r}", bool(met), f"{len(names)} hits, {len(met)} of that name")


def _titled_names(parties: Parties, seed: int) -> Iterator[tuple[str, str]]:
    """Script and name of the persons that are given titles."""
    dice = random.Random(seed)  # noqa: S311  (a sample, no secret)
    for script, count in (("Arab", _TITLED_ARABIC), ("Latn", _TITLED - _TITLED_ARABIC)):
        named = [party.names(script)[0] for party in parties.all if party.is_person and party.names(script)]
        yield from ((script, name) for name in dice.sample(named, min(count, len(named))))


def _titles_harm_nobody(parties: Parties, least: float, seed: int) -> Told:
    below = [
        (score, title, name)
        for script, name in _titled_names(parties, seed)
        for title in titles(script)
        if (score := st.compare(f"{title} {name}", name, kind="person").score) < least
    ]
    worst = "; ".join(f"{title} + {name} {score:.2f}" for score, title, name in sorted(below)[:5])
    return Told(
        f"no title brings one of {_TITLED} persons below {least}",
        not below,
        f"{len(below)} below; {worst}" if below else "",
    )


def _must_hold(parties: Parties, screener: st.Screener, seed: int) -> list[Told]:
    least = screener.policy.threshold
    return [
        _alike("SIS DOO", "SIS d.o.o.", least),
        _alike("Almaz Antey Telecom", "JSC Almaz-Antey", least),
        _met(screener, "Almaz Antey Telecom", "almaz antey"),
        _alike("Jon Smith", "John Smith", least),
        _titles_harm_nobody(parties, least, seed),
    ]


def main() -> None:
    """Measure every class, then tell the cases that must hold."""
    parser = parser_of(__doc__)
    take_folder(parser)
    parser.add_argument("--sample", type=int, default=200, help="parties of each class")
    parser.add_argument("--misses", type=Path, help="write what was not found into this table")
    options = parser.parse_args()
    ground = ground_of(options.folder)
    show("; ".join(map(str, ground.lists)) + f"; {len(ground.asked):,} different strong names")
    rows = measured(ground, How(options.sample, options.seed, options.jobs))
    _table(rows)
    if options.misses:
        write_table(options.misses, _MISSED, _missed(ground.parties, rows))
    told = _must_hold(ground.parties, ground.asked.screener, options.seed)
    show("\n" + "\n".join(f"{'pass' if one.holds else 'FAIL'}: {one.claim} {one.seen}".rstrip() for one in told))
    sys.exit(0 if all(one.holds for one in told) else 1)


if __name__ == "__main__":
    main()
