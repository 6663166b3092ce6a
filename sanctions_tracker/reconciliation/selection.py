"""Which entries of one day belong to which announcement of that day.

An official list tells no announcement apart from another of the same day; it
tells programmes. Entries that share all their programmes are taken together,
and each such group belongs to one announcement or to none of those known. Of
all ways to divide the groups the one is taken that meets the announced counts
best; of those the one that takes the fewest entries without a tie to the
country addressed, and then the one that leaves the fewest over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import attrs

from sanctions_tracker.model import Action, Measure, Target
from sanctions_tracker.model.vocabulary import PartyClass
from sanctions_tracker.reconciliation.parties import within

#: More groups than this are not divided: the answer would be one of very many.
MAX_GROUPS = 24

#: So many divisions are kept apart at a time; beyond it the question is left open.
_MAX_STATES = 200_000


@attrs.frozen
class Entry:
    """A target with the measures that a list dates to one day."""

    target: Target
    measures: tuple[Measure, ...]

    @property
    def programmes(self) -> frozenset[str]:
        """All programmes of these measures."""
        return frozenset(programme for measure in self.measures for programme in measure.programmes)

    @property
    def party_class(self) -> PartyClass:
        """The class that announcements count it under."""
        return self.target.kind.counted_as


@attrs.frozen
class Division:
    """A way to divide a day's entries among its actions.

    ``unique`` is false where another way meets the counts just as well;
    ``left_over`` counts the entries that no action takes.
    """

    by_action: Mapping[str, tuple[Entry, ...]]
    left_over: int
    mismatch: int
    unique: bool


class _State(NamedTuple):
    """One way to divide the groups so far: the action of each, the entries without a tie, the ways like it."""

    choice: tuple[int, ...]
    untied: int
    ways: int


#: How many entries of each class an action has taken, and that for each action.
_Sums = tuple[tuple[PartyClass, int], ...]
_States = dict[tuple[_Sums, ...], _State]


def grouped(entries: Iterable[Entry]) -> list[tuple[Entry, ...]]:
    """The entries by their programmes, in a fixed order."""
    groups: dict[frozenset[str], list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.programmes, []).append(entry)
    return [tuple(groups[key]) for key in sorted(groups, key=sorted)]


def divide(actions: Sequence[Action], entries: Sequence[Entry], forced: Mapping[str, str]) -> Division | None:
    """The best way to divide the entries among the actions; None where there are too many ways to tell.

    ``forced`` maps target ids to the id of the action that names them: their
    whole group goes there.
    """
    groups = grouped(entries)
    if len(groups) > MAX_GROUPS:
        return None
    states: _States = {tuple(() for _ in actions): _State((), 0, 1)}
    for group in groups:
        untied = [0 if _tied(group, action) else len(group) for action in actions]
        states = _extended(states, group, _choices(group, actions, forced), untied)
        if len(states) > _MAX_STATES:
            return None
    return _best(states, groups, actions)


def _tied(group: Sequence[Entry], action: Action) -> bool:
    """Whether one entry of the group belongs to a country that the action is against."""
    against = {code for country in action.against for code in within(country)}
    return any(entry.target.attributed_to & against for entry in group)


def _choices(group: Sequence[Entry], actions: Sequence[Action], forced: Mapping[str, str]) -> list[int]:
    """The actions (by number; -1 for none) that a group may belong to."""
    named = {forced[entry.target.id] for entry in group if entry.target.id in forced}
    naming = [number for number, action in enumerate(actions) if action.id in named]
    return naming or list(range(-1, len(actions)))


def _extended(states: _States, group: Sequence[Entry], choices: Sequence[int], untied: Sequence[int]) -> _States:
    """Every state with the group given to each action that it may belong to."""
    classes = Counter(entry.party_class for entry in group)
    extended: _States = {}
    for sums, state in states.items():
        for choice in choices:
            grown = tuple(_added(one, classes) if i == choice else one for i, one in enumerate(sums))
            weight = state.untied + (untied[choice] if choice >= 0 else 0)
            extended[grown] = _merged(extended.get(grown), _State((*state.choice, choice), weight, state.ways))
    return extended


def _merged(old: _State | None, new: _State) -> _State:
    """Of two ways to the same sums the one with fewer untied entries; equally good ones are counted."""
    if old is None or new.untied < old.untied:
        return new
    return old._replace(ways=old.ways + new.ways) if new.untied == old.untied else old


def _added(sums: _Sums, classes: Counter[PartyClass]) -> _Sums:
    return tuple(sorted((Counter(dict(sums)) + classes).items()))


def _best(states: _States, groups: Sequence[tuple[Entry, ...]], actions: Sequence[Action]) -> Division:
    total = sum(map(len, groups))

    def rank(sums: tuple[_Sums, ...]) -> tuple[int, int, int]:
        taken = sum(number for one in sums for _, number in one)
        missed = sum(mismatch(action, dict(one)) for action, one in zip(actions, sums, strict=True))
        return missed, states[sums].untied, total - taken

    ranked = {sums: rank(sums) for sums in states}
    least = min(ranked.values())
    best = [sums for sums in states if ranked[sums] == least]
    state = states[best[0]]
    by_action = {
        action.id: tuple(
            entry for group, choice in zip(groups, state.choice, strict=True) if choice == i for entry in group
        )
        for i, action in enumerate(actions)
    }
    return Division(by_action, least[2], least[0], unique=len(best) == 1 and state.ways == 1)


def mismatch(action: Action, found: Mapping[PartyClass, int]) -> int:
    """By how many parties the entries found miss the announced counts, over all classes."""
    return sum(abs(difference.found - difference.announced) for difference in differences(action, found))


@attrs.frozen
class Difference:
    """So many announced of a class, so many found; ``of`` is None for a total over all classes."""

    of: PartyClass | None
    announced: int
    found: int


def differences(action: Action, found: Mapping[PartyClass, int]) -> tuple[Difference, ...]:
    """Where the entries found differ from the announced counts.

    A class that is not counted but found counts as announced 0, unless a total
    over all classes is announced. A lower bound is met by any greater number.
    Where nothing is counted, nothing can differ.
    """
    whole = [count for count in action.counts if count.against is None]
    if not whole:
        return ()
    total = next((count for count in whole if count.of is None), None)
    announced = {count.of: count for count in whole}
    rows = [
        (count.of, count.value, found.get(count.of, 0) if count.of else sum(found.values()), count.at_least)
        for count in whole
    ]
    if total is None:
        rows += [(of, 0, number, False) for of, number in found.items() if of not in announced]
    return tuple(
        Difference(of, value, number)
        for of, value, number, at_least in rows
        if number < value or (number > value and not at_least)
    )
