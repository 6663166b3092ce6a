"""Like for like: a party of one side and the party of the other that stands against it, one to one.

An ambassador for an ambassador, an army branch for an army branch. Only parties
with a name are paired; numbers without names are left to the ledger.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from itertools import product
from typing import Any

import attrs

from sanctions_tracker.codec import unstructure
from sanctions_tracker.model import Target
from sanctions_tracker.model.vocabulary import Evidence, TargetKind
from sanctions_tracker.reconciliation.assignment import best_pairs
from sanctions_tracker.reconciliation.data_files import rows
from sanctions_tracker.reconciliation.days import as_days, lag_between
from sanctions_tracker.reconciliation.designations import Designation, designations
from sanctions_tracker.reconciliation.episodes import Edge, Episode
from sanctions_tracker.reconciliation.identity import Key
from sanctions_tracker.reconciliation.ledger import Ledger
from sanctions_tracker.reconciliation.lines import LedgerLine
from sanctions_tracker.reconciliation.roles import Role, roles_of

#: The least sum of weights at which two parties are called a mirrored pair. A convention of this library: one thing
#: that makes them alike (a post, a branch, a sector) is not enough without nearness in time or a stated answer.
LEAST_SCORE = 4.0

#: Weights are summed in thousandths, so that sums do not depend on their order.
_THOUSANDTHS = 1000


class Feature(StrEnum):
    """What two parties, or what was done to them, may have in common."""

    ROLE = "role"
    KIND = "kind"
    SECTOR = "sector"
    MEASURE = "measure"
    TIME = "time"
    ANSWER = "answer"


@attrs.frozen
class Likeness:
    """One thing in common: of which level (``data/likeness.tsv``), what exactly, and what it weighs."""

    feature: Feature
    level: str
    what: str
    weight: float


@attrs.frozen
class MirroredParty:
    """One side of a pair: the party ``of`` one country, and what ``by``, the other, did to it."""

    by: str
    of: str
    list_id: str
    target: Target
    designation: Designation

    def to_json(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "by": self.by,
            "of": self.of,
            "list": self.list_id,
            "target": self.target.id,
            "name": self.target.name,
            "date": str(self.designation.date),
            "measures": sorted(kind.value for kind in self.designation.kinds),
            "actions": list(self.designation.actions),
            "origin": unstructure(self.target.origin) if self.target.origin else None,
        }


@attrs.frozen
class Mirror:
    """Two parties that stand against each other.

    ``left`` is what the left one of the two countries did to a party of the
    right one, ``right`` the reverse. ``lag`` is the number of days between them,
    least and greatest; ``first`` the country that acted first, empty where that
    is not known. ``answer`` is the evidence of
    the edge that joins the actions, None where no edge does. ``alternatives`` are other
    parties (of either side) that would fit one of the two just as well.
    """

    left: MirroredParty
    right: MirroredParty
    likenesses: tuple[Likeness, ...]
    lag: tuple[int, int]
    first: str
    answer: Evidence | None
    alternatives: tuple[Key, ...] = ()

    @property
    def score(self) -> float:
        """The sum of the weights."""
        return _sum(self.likenesses)

    def to_json(self) -> dict[str, Any]:
        """Plain data for JSON, with every id."""
        return {
            "left": self.left.to_json(),
            "right": self.right.to_json(),
            "score": self.score,
            "likenesses": [unstructure(one) for one in self.likenesses],
            "lag_days": list(as_days(self.lag)),
            "first": self.first,
            "answer": self.answer.value if self.answer else None,
            "alternatives": [list(key) for key in self.alternatives],
        }

    def __str__(self) -> str:
        from sanctions_tracker.reconciliation.wording import mirror_in_words  # noqa: PLC0415  (it words this class)

        return mirror_in_words(self)


@attrs.frozen
class Mirrors:
    """The mirrored pairs of two countries, oldest first.

    ``alone`` holds the parties without a mirror image: those that the left
    country named, then those that the right one did.
    """

    pairs: tuple[Mirror, ...]
    alone: tuple[tuple[Key, ...], tuple[Key, ...]]

    def to_json(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "pairs": [pair.to_json() for pair in self.pairs],
            "alone": [[list(key) for key in keys] for keys in self.alone],
        }

    def __str__(self) -> str:
        alone = " and ".join(str(len(keys)) for keys in self.alone)
        return "\n".join([*map(str, self.pairs), f"{len(self.pairs)} mirrored; {alone} stand alone"])


@attrs.frozen
class _Side:
    """One record of a party, with all its designations."""

    by: str
    of: str
    line: LedgerLine
    designations: tuple[Designation, ...]
    roles: tuple[Role, ...]


def mirrors(ledgers: tuple[Ledger, Ledger], episodes: Iterable[Episode], window_days: int) -> Mirrors:
    """The mirrored pairs between two ledgers (each the other's direction).

    A pair needs something that makes it like for like (a role, a branch of
    forces, a sector) and a sum of weights of `LEAST_SCORE`; its designations lie
    within ``window_days`` of each other, or one is known to answer the other.
    Of all ways to pair one to one the one with the greatest sum is taken. Equal
    ones are settled by ids, whatever the order of input; they are told as
    ``alternatives``.
    """
    first, second = ledgers
    if second.by < first.by:  # one order for both directions, so that ties fall alike
        return _swapped(mirrors((second, first), episodes, window_days))
    joined = {frozenset({edge.trigger.id, edge.response.id}): edge for one in episodes for edge in one.edges}
    lefts, rights = _parties(first), _parties(second)
    found = _found(lefts, rights, joined, window_days)
    chosen = best_pairs({cell: round(pair.score * _THOUSANDTHS) for cell, pair in found.items()})
    pairs = tuple(attrs.evolve(found[cell], alternatives=_alternatives(cell, found, lefts, rights)) for cell in chosen)
    alone = (
        tuple(key for at, key in enumerate(lefts) if at not in {row for row, _ in chosen}),
        tuple(key for at, key in enumerate(rights) if at not in {column for _, column in chosen}),
    )
    return Mirrors(tuple(sorted(pairs, key=_age)), alone)


def _age(pair: Mirror) -> tuple[Any, ...]:
    dates = sorted(one.designation.date.sort_key() for one in (pair.left, pair.right))
    return (*dates, *sorted((one.list_id, one.target.id) for one in (pair.left, pair.right)))


def _swapped(found: Mirrors) -> Mirrors:
    pairs = tuple(attrs.evolve(pair, left=pair.right, right=pair.left) for pair in found.pairs)
    return Mirrors(pairs, found.alone[::-1])


def _parties(one: Ledger) -> dict[Key, list[_Side]]:
    """The named parties of a ledger by their keys, in order, with a side for each record."""
    found: defaultdict[Key, list[_Side]] = defaultdict(list)
    days = {action.id: action.date for action in one.actions}
    for line in one.lines:
        named = {key: days[key] for measure in line.measures for key in measure.actions if key in days}
        named |= {key: days[key] for key in line.proves if key in days}
        done = designations(line.measures, one.as_of, named)
        if done:
            found[line.party].append(_Side(one.by, one.on, line, done, roles_of(line.target)))
    return dict(sorted(found.items()))


def _found(
    lefts: Mapping[Key, Sequence[_Side]],
    rights: Mapping[Key, Sequence[_Side]],
    joined: Mapping[frozenset[str], Edge],
    window_days: int,
) -> dict[tuple[int, int], Mirror]:
    """For every two parties that may mirror each other, their best pair of designations."""
    found = {}
    for (row, left), (column, right) in product(enumerate(lefts.values()), enumerate(rights.values())):
        best = _best(left, right, joined, window_days)
        if best is not None:
            found[row, column] = best
    return found


def _best(
    lefts: Sequence[_Side], rights: Sequence[_Side], joined: Mapping[frozenset[str], Edge], window_days: int
) -> Mirror | None:
    candidates = []
    for left, right in product(lefts, rights):
        alike = _alike(left, right)
        for done in product(left.designations, right.designations) if alike else ():
            pair = _compared((left, right), done, alike, _edge(*done, joined), window_days)
            if pair is not None and pair.score >= LEAST_SCORE:
                candidates.append(pair)
    return min(candidates, key=lambda pair: (-pair.score, _age(pair)), default=None)


def _alike(left: _Side, right: _Side) -> tuple[Likeness, ...]:
    """What the parties themselves have in common; nothing where no feature makes them like for like."""
    features = [*_role(left, right), *_kind(left.line.target, right.line.target), *_sector(left, right)]
    return tuple(features) if any(_weights()[one.feature, one.level][1] for one in features) else ()


def _role(left: _Side, right: _Side) -> Iterable[Likeness]:
    shared = [
        (one.stated and other.stated, one)
        for one, other in product(left.roles, right.roles)
        if (one.post, one.area) == (other.post, other.area)
    ]
    if shared:
        stated, role = max(shared, key=lambda pair: (pair[0], pair[1].post, pair[1].area))
        yield _likeness(Feature.ROLE, "stated" if stated else "derived", str(role))


def _kind(left: Target, right: Target) -> Iterable[Likeness]:
    if left.kind is right.kind and left.kind is not TargetKind.UNKNOWN:
        level = left.kind.value if (Feature.KIND, left.kind.value) in _weights() else "same"
        yield _likeness(Feature.KIND, level, left.kind.value)


def _sector(left: _Side, right: _Side) -> Iterable[Likeness]:
    sector = left.line.target.sector
    if sector and sector == right.line.target.sector:
        yield _likeness(Feature.SECTOR, "same", sector)


def _compared(
    sides: tuple[_Side, _Side],
    done: tuple[Designation, Designation],
    alike: tuple[Likeness, ...],
    edge: Edge | None,
    window_days: int,
) -> Mirror | None:
    """The pair of two designations; None where they are too far apart and neither is known to answer the other."""
    answer = edge.evidence if edge else None
    lag, first = _lag(done, (sides[0].by, sides[1].by))
    near = lag[1] <= window_days
    if not near and answer not in {Evidence.STATED, Evidence.CONTESTED}:
        return None
    what = (*alike, *_measures(*done), *(_time(lag, window_days) if near else ()), *_answer(edge))
    if edge and edge.order_known and lag == (0, 0):
        first = sides[0].by if edge.trigger.id in done[0].actions else sides[1].by
    return Mirror(_mirrored(sides[0], done[0]), _mirrored(sides[1], done[1]), what, lag, first, answer)


def _mirrored(side: _Side, done: Designation) -> MirroredParty:
    return MirroredParty(side.by, side.of, side.line.list_id, side.line.target, done)


def _edge(one: Designation, other: Designation, joined: Mapping[frozenset[str], Edge]) -> Edge | None:
    """The edge between the actions of two designations, the best evidence first."""
    edges = [joined[pair] for pair in (frozenset(ids) for ids in product(one.actions, other.actions)) if pair in joined]
    order = [Evidence.STATED, Evidence.CONTESTED, Evidence.DERIVED, Evidence.INFERRED]
    return min(edges, key=lambda edge: (order.index(edge.evidence), edge.trigger.id), default=None)


def _lag(done: tuple[Designation, Designation], by: tuple[str, str]) -> tuple[tuple[int, int], str]:
    """The days between two designations, and who acted first."""
    low, high = lag_between(done[0].date, done[1].date)
    if low >= 0:
        return (low, high), by[0] if low > 0 else ""
    if high <= 0:
        return (-high, -low), by[1] if high < 0 else ""
    return (0, max(-low, high)), ""


def _measures(one: Designation, other: Designation) -> Iterable[Likeness]:
    common = one.kinds & other.kinds
    if common:
        share = len(common) / len(one.kinds | other.kinds)
        yield _likeness(Feature.MEASURE, "all", ", ".join(sorted(kind.value for kind in common)), share)


def _time(lag: tuple[int, int], window_days: int) -> Iterable[Likeness]:
    share = 1 - lag[1] / (window_days + 1)
    yield _likeness(Feature.TIME, "same_day", f"{lag[1]} day{'' if lag[1] == 1 else 's'}", share)


def _answer(edge: Edge | None) -> Iterable[Likeness]:
    if edge and (Feature.ANSWER, edge.evidence.value) in _weights():
        yield _likeness(Feature.ANSWER, edge.evidence.value, f"{edge.response.id} to {edge.trigger.id}")


def _alternatives(
    cell: tuple[int, int],
    found: Mapping[tuple[int, int], Mirror],
    lefts: Mapping[Key, object],
    rights: Mapping[Key, object],
) -> tuple[Key, ...]:
    """The parties that fit one of the two as well as the other of the two does."""
    row, column = cell
    score = found[cell].score
    keys = list(lefts), list(rights)
    others = [
        keys[0][one] if other == column else keys[1][other]
        for one, other in found
        if (one == row) != (other == column) and found[one, other].score == score
    ]
    return tuple(sorted(others))


def _likeness(feature: Feature, level: str, what: str, share: float = 1.0) -> Likeness:
    return Likeness(feature, level, what, round(_weights()[feature, level][0] * share, 3))


def _sum(likenesses: Iterable[Likeness]) -> float:
    return sum(round(one.weight * _THOUSANDTHS) for one in likenesses) / _THOUSANDTHS


@lru_cache(maxsize=1)
def _weights() -> Mapping[tuple[str, str], tuple[float, bool]]:
    """Feature and level -> weight, and whether it makes a pair like for like."""
    return {(row["feature"], row["level"]): (float(row["weight"]), row["like"] == "yes") for row in rows("likeness")}
