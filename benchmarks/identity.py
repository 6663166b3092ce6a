"""How well records of several lists are told to be one party, and how long it takes.

    python benchmarks/identity.py [FOLDER] [--all] [--errors]

FOLDER holds the official lists (else the environment variable
``SANCTIONS_TRACKER_LISTS`` names it). What is measured:

1. The UK list of 2025-04-10 against the UN's of 2025-04-19. The UK states the UN's reference of
   each party that it took over; all identifiers are hidden from both sides. Goal: precision .99 over
   the groups and records that have one, recall .97.
2. OFAC's list of 2025-11-19 against the EU's of 2024-05-13, by the passport, national and register
   numbers that both state; all identifiers are hidden. A pair is wrong where both state a number of
   one type and issuer and the numbers differ. Goal: recall .93. By the verdict on each pair, and by
   the clusters, in which two records of one list never stand together.
3. With ``--all``: the parties of OFAC, EU, UK, UN and AU together, nothing hidden. Goal: 4 minutes
   of processor time and 2 GB.

``--errors`` prints each pair that was missed or found wrongly. Status 1 where a goal is missed.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import attrs

import sanctions_tracker as st
from sanctions_tracker.model.vocabulary import IdentifierType
from sanctions_tracker.parties import Parties, PartyComparison, Record, Verdict, compare_parties, resolve
from sanctions_tracker.parties.candidates import candidates
from sanctions_tracker.parties.numbers import conflicting_number, is_same, key_of, normalised
from sanctions_tracker.parties.profile import profile_of

OFAC, EU = "us_ofac/sdn_advanced_2025-11-19.xml.bz2", "eu/full_2024-05-13.xml"
UK, UN = "uk/ConList_2025-04-10.xlsx", "un/consolidated_2025-04-19.xml"
AU = "au/Australian_Sanctions_Consolidated_List_2026-02-24.xlsx"
UK_UN_PRECISION, UK_UN_RECALL, OFAC_EU_RECALL = 0.99, 0.97, 0.93
MOST_SECONDS, MOST_GIGABYTES = 240.0, 2.0

#: Numbers by which OFAC and the EU say of the same party.
SHARED = frozenset(
    {IdentifierType.PASSPORT, IdentifierType.NATIONAL_ID, IdentifierType.REGISTRATION, IdentifierType.TAX_ID}
)

#: Target id in the first list, target id in the second.
Pair = tuple[str, str]


def hidden(one: st.SanctionsList) -> st.SanctionsList:
    """The list without any identifier."""
    return attrs.evolve(one, targets=tuple(attrs.evolve(target, identifiers=()) for target in one.targets))


def by_reference(left: st.SanctionsList, right: st.SanctionsList) -> set[Pair]:
    """The pairs that state one reference of a list."""
    bearers: defaultdict[str, set[str]] = defaultdict(set)
    for target, reference in _references(right):
        bearers[reference].add(target)
    return {(target, other) for target, reference in _references(left) for other in bearers[reference]}


def _references(one: st.SanctionsList) -> Iterator[tuple[str, str]]:
    for target in one.targets:
        for identifier in target.identifiers:
            if identifier.type is IdentifierType.LIST_REFERENCE:
                yield target.id, normalised(identifier.number)


def by_number(left: st.SanctionsList, right: st.SanctionsList) -> set[Pair]:
    """The pairs that share a passport, national or register number."""
    bearers = defaultdict(list)
    for target in right.targets:
        for identifier in target.identifiers:
            if identifier.type in SHARED:
                bearers[key_of(identifier)].append((target.id, identifier))
    return {
        (target.id, other)
        for target in left.targets
        for identifier in target.identifiers
        if identifier.type in SHARED and key_of(identifier)
        for other, number in bearers[key_of(identifier)]
        if is_same(identifier, number)
    }


def joined(parties: Parties, left: st.SanctionsList, right: st.SanctionsList) -> set[Pair]:
    """The pairs that stand in one cluster."""
    return {
        (one.target.id, other.target.id)
        for cluster in parties.clusters
        for one in cluster.records
        for other in cluster.records
        if (one.list_id, other.list_id) == (left.id, right.id)
    }


def same_by_verdict(left: st.SanctionsList, right: st.SanctionsList) -> dict[Pair, PartyComparison]:
    """The pairs of two lists whose verdict is same, each looked at alone."""
    records = [Record.of(one, target) for one in (left, right) for target in one.targets]
    found = {}
    for one, other in candidates([profile_of(record) for record in records]):
        if records[one].list_id != records[other].list_id:
            comparison = compare_parties(records[one], records[other])
            if comparison.verdict is Verdict.SAME:
                found[records[one].target.id, records[other].target.id] = comparison
    return found


def contradicted(pairs: Iterable[Pair], left: st.SanctionsList, right: st.SanctionsList) -> set[Pair]:
    """The pairs whose own numbers say that they are two."""
    return {
        pair
        for pair in pairs
        if conflicting_number(left.target(pair[0]).identifiers, right.target(pair[1]).identifiers)
    }


@attrs.frozen
class Figures:
    """What came out: the true pairs, those found among all that could be judged, and the wrong ones."""

    title: str
    true: set[Pair]
    found: set[Pair]
    wrong: set[Pair]

    @property
    def recall(self) -> float:
        """The share of the true pairs that was found, 0 to 1."""
        return len(self.true & self.found) / len(self.true)

    @property
    def precision(self) -> float:
        """The share of the pairs found that is right, of those that can be judged, 0 to 1."""
        right = len(self.true & self.found)
        return right / max(1, right + len(self.wrong))

    def __str__(self) -> str:
        return (
            f"{self.title}: {len(self.true)} true pairs, recall {self.recall:.3f}, "
            f"precision {self.precision:.3f} ({len(self.wrong)} wrong)"
        )


def uk_and_un(uk: st.SanctionsList, un: st.SanctionsList) -> Figures:
    """The first measurement."""
    true = by_reference(uk, un)
    groups, records = ({pair[side] for pair in true} for side in (0, 1))
    found = joined(resolve([hidden(uk), hidden(un)]), uk, un)
    judged = {pair for pair in found if pair[0] in groups and pair[1] in records}
    return Figures("UK and UN, by clusters", true, judged, judged - true)


def ofac_and_eu(ofac: st.SanctionsList, eu: st.SanctionsList) -> tuple[Figures, Figures]:
    """The second measurement: by the verdict on pairs, and by clusters."""
    true = by_number(ofac, eu)
    left, right = hidden(ofac), hidden(eu)
    figures = []
    for title, found in (
        ("OFAC and EU, by pairs", set(same_by_verdict(left, right))),
        ("OFAC and EU, by clusters", joined(resolve([left, right]), ofac, eu)),
    ):
        figures.append(Figures(title, true, found, contradicted(found - true, ofac, eu)))
    return figures[0], figures[1]


def print_errors(figures: Figures, left: st.SanctionsList, right: st.SanctionsList) -> None:
    """Each pair missed or wrong, with why."""
    for word, pairs in (("missed", figures.true - figures.found), ("wrong", figures.wrong)):
        for first, second in sorted(pairs):
            one, other = (Record.of(hidden(side), side.target(at)) for side, at in ((left, first), (right, second)))
            print(f"-- {word}")
            print(compare_parties(*(_without_numbers(record) for record in (one, other))).explain())


def _without_numbers(record: Record) -> Record:
    return attrs.evolve(record, target=attrs.evolve(record.target, identifiers=()))


def everything(lists: Iterable[st.SanctionsList]) -> bool:
    """The third measurement; prints it, and says whether the goals are met."""
    given = tuple(lists)
    start = time.process_time()
    parties = resolve(given)
    seconds = time.process_time() - start
    gigabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    several = [cluster for cluster in parties.clusters if len(cluster.records) > 1]
    print(
        f"all: {sum(len(one.targets) for one in given):,} records of {len(given)} lists, {len(parties.clusters):,} "
        f"parties, {len(several):,} of them on several lists, {len(parties.possible):,} pairs to decide; "
        f"{seconds:.0f} s of processor time, {gigabytes:.2f} GB with the lists"
    )
    return seconds <= MOST_SECONDS and gigabytes <= MOST_GIGABYTES


def main() -> int:
    """Measure, print, and say by the status whether the goals are met."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", nargs="?", default=os.environ.get("SANCTIONS_TRACKER_LISTS"))
    parser.add_argument("--all", action="store_true", help="also all pairs of five lists")
    parser.add_argument("--errors", action="store_true", help="print what was missed or found wrongly")
    given = parser.parse_args()
    if not given.folder:
        parser.error("name the folder of official lists, or set SANCTIONS_TRACKER_LISTS")
    uk, un, ofac, eu = (st.read(Path(given.folder) / name) for name in (UK, UN, OFAC, EU))
    first = uk_and_un(uk, un)
    pairs, clusters = ofac_and_eu(ofac, eu)
    for figures, left, right in ((first, uk, un), (pairs, ofac, eu), (clusters, ofac, eu)):
        print(figures)
        if given.errors:
            print_errors(figures, left, right)
    met = first.precision >= UK_UN_PRECISION and first.recall >= UK_UN_RECALL and pairs.recall >= OFAC_EU_RECALL
    if given.all:
        met = everything([uk, un, ofac, eu, st.read(Path(given.folder) / AU)]) and met
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
