"""Learn how names are spelt across scripts, from pairs of names in Arabic and in Latin script.

    python tools/learn_names.py TRAIN.TSV [--folds N]

TRAIN.TSV has the columns arabic, latin, country and source. Two tables of
``sanctions_tracker/names/data`` are written:

``spellings.tsv``
    every Arabic-script word with the Latin spellings that it was seen with at
    least twice, and how often;
``learned_costs.tsv``
    what it costs to hear one sound for another across scripts. The costs set by
    hand are where learning starts; what it costs to leave a sound out stays as it
    is, since the sounds at the seams of compounds are not in the pairs. Each word in turn
    is set beside its own Latin spellings and those wrong ones that sound most
    like it; the costs move so that its own become the likelier (gradient ascent
    on the log-likelihood of a softmax over the candidates, with a pull back to
    where they started).

Seeded: one input gives one output. With ``--folds N`` nothing is written;
instead the costs are learned N times, each time without one N-th of the words,
and the share of those for which a right spelling ranks first is printed, before
and after.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from statistics import mean

import attrs
import numpy as np
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from sanctions_tracker.matching.similarity import STEEPNESS, UNKNOWN_DROP, Costs, prior_costs, sound_similarity
from sanctions_tracker.names.folding import fold
from sanctions_tracker.names.particles import Role
from sanctions_tracker.names.skeleton import Sounds, features_of, sounds_of
from sanctions_tracker.names.tokens import tokens_as_written

DATA = Path(__file__).parents[1] / "sanctions_tracker/names/data"
SEED = 20240425

#: Words of one pair less alike than this are not each other's spelling: the pair is misaligned.
LEAST_ALIKE = 0.3
#: How often a spelling must have been seen to enter the table.
LEAST_SEEN = 2
#: Sources that name people of the region, in full; the others are single words, mostly foreign names.
NATIVE = frozenset({"wikidata", "algeria"})
#: How much a word counts in learning.
WEIGHTS = {True: 2.0, False: 0.5}

#: Wrong spellings beside each word, and how many are looked at for them.
RIVALS, LOOKED_AT = 15, 60
#: How sharply the softmax tells likenesses apart; steps; the pull back; rounds.
SHARPNESS, STEP, PULL, ROUNDS = 25.0, 0.04, 0.002, 3
#: Words taken for learning costs.
SAMPLE = 16_000
#: Words compared with all others at once.
CHUNK = 200
LEAST_COST = 0.02
ROUNDING = 1e-9
#: Costs that moved less than this are left as they are.
LEAST_CHANGE = 0.01

SPELLINGS_HEADING = (
    "# word, Latin spellings with how often they were seen; learned by tools/learn_names.py from pairs of names of"
    " Wikidata (CC0), COLING 2018 (CC0), Google (Apache-2.0) and Algeria (MIT, CC0)"
)

#: A step of an alignment: an Arabic sound or none, a Latin one or none.
Step = tuple[str, str]


@attrs.frozen
class Seen:
    """An Arabic-script word and a Latin one that were seen as one, in which source and how often."""

    arabic: str
    latin: str
    native: bool
    times: int


@attrs.frozen
class Exercise:
    """A word's sounds, those of its own spellings and those of its rivals."""

    word: str
    sounds: Sounds
    right: tuple[Sounds, ...]
    wrong: tuple[Sounds, ...]
    weight: float


def words_of(name: str) -> list[str]:
    """The words of a name that are no particles, as compared."""
    return [token.core for token in tokens_as_written(fold(name), "person") if token.role is Role.NAME]


def aligned(arabic: str, latin: str, table: Costs) -> Iterator[tuple[str, str]]:
    """Words that stand in the same place of two names, where the names have equally many and each two sound alike."""
    left, right = words_of(arabic), words_of(latin)
    pairs = list(zip(left, right, strict=False))
    if len(left) != len(right) or any(is_arabic(other) or not is_arabic(one) for one, other in pairs):
        return
    if all(sound_similarity(sounds_of(one), sounds_of(other), table) >= LEAST_ALIKE for one, other in pairs):
        yield from pairs


def is_arabic(word: str) -> bool:
    """Whether a word begins in Arabic script."""
    return "\u0600" <= word[:1] <= "\u06ff"


def read_pairs(path: Path) -> list[Seen]:
    """Every pair of words; a pair of single words counts once a source, however often it stands there."""
    table = prior_costs(same_script=False)
    counted: Counter[tuple[str, str, str]] = Counter()
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            for arabic, latin in aligned(row["arabic"], row["latin"], table):
                counted[arabic, latin, row["source"]] += 1
    return [
        Seen(arabic, latin, source in NATIVE, times if source in NATIVE else 1)
        for (arabic, latin, source), times in sorted(counted.items())
    ]


def write_spellings(pairs: Iterable[Seen], path: Path) -> None:
    """The table of known spellings, the commonest first."""
    counted: Counter[tuple[str, str]] = Counter()
    for pair in pairs:
        counted[pair.arabic, pair.latin] += pair.times
    spelt: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for (arabic, latin), times in sorted(counted.items(), key=lambda item: (-item[1], item[0])):
        if times >= LEAST_SEEN:
            spelt[arabic].append((latin, times))
    rows = (
        f"{arabic}\t{' '.join(f'{latin}:{times}' for latin, times in found)}" for arabic, found in sorted(spelt.items())
    )
    path.write_text("\n".join((SPELLINGS_HEADING, *rows)) + "\n", encoding="utf-8")


def exercises(pairs: Iterable[Seen], table: Costs) -> list[Exercise]:
    """A seeded sample of the words, each with its spellings and their rivals among all Latin words."""
    own: defaultdict[str, set[str]] = defaultdict(set)
    native: set[str] = set()
    for pair in pairs:
        own[pair.arabic].add(pair.latin)
        native |= {pair.arabic} if pair.native else set()
    latin = sorted({spelling for spellings in own.values() for spelling in spellings})
    features = [features_of(word) for word in latin]
    words = sorted(own)
    random.Random(SEED).shuffle(words)  # noqa: S311  (a sample, no secret)
    made = []
    for word, nearest in _nearest(words[:SAMPLE], features):
        heard = sounds_of(word)
        rivals = [latin[place] for place in nearest if latin[place] not in own[word]]
        rivals.sort(key=lambda rival: -sound_similarity(heard, sounds_of(rival), table))
        right = tuple(sounds_of(one) for one in sorted(own[word]))
        made.append(Exercise(word, heard, right, tuple(map(sounds_of, rivals[:RIVALS])), WEIGHTS[word in native]))
    return made


def _nearest(words: Sequence[str], features: Sequence[str]) -> Iterator[tuple[str, list[int]]]:
    """Each word with the places of those whose features are most like its own."""
    for start in range(0, len(words), CHUNK):
        chunk = words[start : start + CHUNK]
        asked = [features_of(word) for word in chunk]
        likeness = cdist(asked, features, scorer=Indel.normalized_similarity, dtype=np.float32)
        for word, row in zip(chunk, likeness, strict=True):
            yield word, np.argsort(-row, kind="stable")[:LOOKED_AT].tolist()


def swap_cost(one: str, other: str, table: Costs) -> float:
    """What it costs to hear one sound for another, known to the tables or not."""
    if one == other:
        return 0.0
    return table.swap[one][other] if one in table.swap else 2 * UNKNOWN_DROP


def cheapest(left: Sounds, right: Sounds, table: Costs) -> list[list[float]]:
    """The whole table of the dynamic programme of ``similarity.distance``."""
    drops = [table.drop[sign] for sign in right]
    rows = [[0.0]]
    for drop in drops:
        rows[0].append(rows[0][-1] + drop)
    for sign in left:
        above, dropped = rows[-1], table.drop[sign]
        row = [above[0] + dropped]
        for place, other in enumerate(right):
            swapped = above[place] + swap_cost(sign, other, table)
            row.append(min(swapped, above[place + 1] + dropped, row[-1] + drops[place]))
        rows.append(row)
    return rows


def steps(left: Sounds, right: Sounds, rows: Sequence[Sequence[float]], table: Costs) -> Iterator[Step]:
    """The steps of the cheapest alignment, from its end."""
    row, column = len(left), len(right)
    while row or column:
        here = rows[row][column]
        if row and column:
            one, other = left[row - 1], right[column - 1]
            swapped = swap_cost(one, other, table)
            if abs(rows[row - 1][column - 1] + swapped - here) < ROUNDING:
                row, column = row - 1, column - 1
                if one != other:
                    yield one, other
                continue
        if row and abs(rows[row - 1][column] + table.drop[left[row - 1]] - here) < ROUNDING:
            row -= 1
            yield left[row], ""
        else:
            column -= 1
            yield "", right[column]


@attrs.define
class Learner:
    """Costs on their way from the prior."""

    prior: Costs
    table: Costs
    squares: defaultdict[Step, float] = attrs.Factory(lambda: defaultdict(float))

    def learn(self, exercise: Exercise) -> None:
        """Move the costs so that the word's own spellings become likelier."""
        candidates = [(one, True) for one in exercise.right] + [(one, False) for one in exercise.wrong]
        rows = [cheapest(exercise.sounds, one, self.table) for one, _ in candidates]
        masses = [self._mass(exercise.sounds, one) for one, _ in candidates]
        scores = [-SHARPNESS * STEEPNESS * row[-1][-1] / mass for row, mass in zip(rows, masses, strict=True)]
        best = max(scores)
        shares = [math.exp(score - best) for score in scores]
        whole, own = sum(shares), sum(share for share, (_, right) in zip(shares, candidates, strict=True) if right)
        gradient: defaultdict[Step, float] = defaultdict(float)
        for (one, right), row, mass, share in zip(candidates, rows, masses, shares, strict=True):
            pull = exercise.weight * SHARPNESS * (share / max(own, 1e-9) * right - share / whole)
            if abs(pull) >= 0.05:  # noqa: PLR2004  (the rest moves nothing)
                for step in steps(exercise.sounds, one, row, self.table):
                    gradient[step] -= pull * STEEPNESS / mass
        for (arabic, latin), slope in gradient.items():
            if arabic in self.table.swap and latin in self.table.swap[arabic]:
                self._move(arabic, latin, slope)

    def _mass(self, left: Sounds, right: Sounds) -> float:
        table = self.table
        dropped = sum(table.drop[sign] for sign in left)
        return dropped + sum(table.drop[sign] for sign in right) or 1.0

    def _move(self, arabic: str, latin: str, slope: float) -> None:
        costs, start = self.table.swap[arabic], self.prior.swap[arabic][latin]
        self.squares[arabic, latin] += slope * slope
        moved = costs[latin] + STEP * slope / (1 + math.sqrt(self.squares[arabic, latin]))
        costs[latin] = max(LEAST_COST, moved - PULL * (costs[latin] - start))


def learned(given: Iterable[Exercise]) -> Costs:
    """The costs after all rounds."""
    learner = Learner(prior_costs(same_script=False), prior_costs(same_script=False))
    usable = [one for one in given if any(_alike(one, spelling, learner.prior) for spelling in one.right)]
    for number in range(ROUNDS):
        random.Random(SEED + number).shuffle(usable)  # noqa: S311
        for exercise in usable:
            learner.learn(exercise)
    return learner.table


def _alike(exercise: Exercise, spelling: Sounds, table: Costs) -> bool:
    return sound_similarity(exercise.sounds, spelling, table) >= LEAST_ALIKE


def first_right(given: Sequence[Exercise], table: Costs) -> float:
    """The share of words for which none of the rivals sounds more alike than the best of its own spellings."""

    def best(exercise: Exercise, spellings: Iterable[Sounds]) -> float:
        return max((sound_similarity(exercise.sounds, one, table) for one in spellings), default=0.0)

    return mean(best(one, one.right) >= best(one, one.wrong) for one in given)


def write_costs(table: Costs, path: Path) -> None:
    """The costs that differ from the prior."""
    prior = prior_costs(same_script=False)
    changed = [
        (one, other, cost, prior.swap[one][other]) for one, row in table.swap.items() for other, cost in row.items()
    ]
    lines = ["arabic\tlatin\tcost\tsource"]
    lines += [
        f"{arabic}\t{latin}\t{cost:.3f}\ttools/learn_names.py"
        for arabic, latin, cost, start in sorted(changed)
        if abs(cost - start) >= LEAST_CHANGE
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _part_of(word: str, folds: int) -> int:
    return int(hashlib.sha256(word.encode()).hexdigest(), 16) % folds


def cross_validate(given: Sequence[Exercise], folds: int) -> None:
    """Print how well the costs serve words that they were not learned from."""
    prior = prior_costs(same_script=False)
    for part in range(folds):
        kept = [one for one in given if _part_of(one.word, folds) == part]
        table = learned(one for one in given if _part_of(one.word, folds) != part)
        before, after = first_right(kept, prior), first_right(kept, table)
        print(f"part {part + 1}, {len(kept):,} words: right first {before:.3f}, and {after:.3f} by costs of the others")


def main() -> None:
    """Learn and write, or cross-validate."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("train", type=Path)
    parser.add_argument("--folds", type=int)
    options = parser.parse_args()
    pairs = read_pairs(options.train)
    given = exercises(pairs, prior_costs(same_script=False))
    print(f"{len(pairs):,} pairs of words, {len(given):,} words to learn costs from")
    if options.folds:
        cross_validate(given, options.folds)
        return
    write_spellings(pairs, DATA / "spellings.tsv")
    write_costs(learned(given), DATA / "learned_costs.tsv")


if __name__ == "__main__":
    main()
