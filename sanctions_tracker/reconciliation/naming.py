"""Which entries of a list bear the names that an announcement's sources give."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import attrs

from sanctions_tracker.matching import Comparison, NameIndex, compare
from sanctions_tracker.model import Action, Measure, PartialDate, SanctionsList, Target
from sanctions_tracker.model.vocabulary import EventKind, PartyClass
from sanctions_tracker.reconciliation.selection import Entry

#: The least score at which an entry *of the very day* is taken for a target that the action names.
#: Lower than in a search over a whole list: a day holds some dozens of entries, not thousands.
NAMED_THRESHOLD = 0.7

#: The least score at which an entry of another day is reported as the named target's.
ELSEWHERE_THRESHOLD = 0.85


@attrs.frozen
class FoundEntry:
    """An entry of the list that belongs to the action; ``named`` is the target that the sources name."""

    entry: Entry
    named: Target | None = None
    comparison: Comparison | None = None


@attrs.frozen
class Elsewhere:
    """A named target that the list holds under another day."""

    named: Target
    target: Target
    listed_on: PartialDate | None
    comparison: Comparison


class ListDays:
    """The entries of one list by the day of listing, and its names, indexed when first needed."""

    def __init__(self, one: SanctionsList) -> None:
        self.list = one
        self._entries: dict[dt.date, list[Entry]] = {}
        for target in sorted(one.targets, key=lambda target: target.id):
            by_day: dict[dt.date, list[Measure]] = {}
            for measure in one.measures_on(target.id):
                for day in {event.date.day for event in measure.events if event.kind is EventKind.LISTED}:
                    if day is not None:
                        by_day.setdefault(day, []).append(measure)
            for day, measures in by_day.items():
                self._entries.setdefault(day, []).append(Entry(target, tuple(measures)))
        self._indexes: dict[PartyClass, tuple[NameIndex, list[Target]]] = {}

    def on(self, day: dt.date) -> Sequence[Entry]:
        """The entries listed on a day, by target id."""
        return self._entries.get(day, ())

    def elsewhere(self, named: Target) -> Elsewhere | None:
        """The entry of another day that bears the target's name best, if any does."""
        index, bearers = self._indexed(named.kind.counted_as)
        matches = (
            (comparison, bearers[position])
            for name in named.strong_names
            for position, comparison in index.search(name.text, threshold=ELSEWHERE_THRESHOLD, limit=1)
        )
        best = max(matches, key=lambda match: match[0].score, default=None)
        if best is None:
            return None
        comparison, target = best
        listed = next((measure.listed_on for measure in self.list.measures_on(target.id) if measure.listed_on), None)
        return Elsewhere(named, target, listed, comparison)

    def _indexed(self, of: PartyClass) -> tuple[NameIndex, list[Target]]:
        """The strong names of one class, with whose they are; encoded once, and only where they are asked for."""
        if of not in self._indexes:
            names = [
                (name.text, target)
                for target in sorted(self.list.targets, key=lambda target: target.id)
                if target.kind.counted_as is of
                for name in target.strong_names
            ]
            self._indexes[of] = NameIndex([name for name, _ in names]), [target for _, target in names]
        return self._indexes[of]


def match_named(action: Action, data: SanctionsList, entries: Sequence[Entry]) -> dict[str, FoundEntry]:
    """Entry's target id -> the named target that it is: one to one, the best scores first."""
    pairs = sorted(
        (
            (best.score, named.id, entry.target.id, FoundEntry(entry, named, best))
            for named in map(data.target, action.named)
            for entry in entries
            if entry.party_class is named.kind.counted_as
            and (best := _best_comparison(named, entry.target)).score >= NAMED_THRESHOLD
        ),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    found: dict[str, FoundEntry] = {}
    taken: set[str] = set()
    for _, named_id, entry_id, pair in pairs:
        if named_id not in taken and entry_id not in found:
            found[entry_id] = pair
            taken.add(named_id)
    return found


def _best_comparison(named: Target, listed: Target) -> Comparison:
    kind = named.kind.counted_as.value
    comparisons = [compare(left.text, right.text, kind=kind) for left in named.names for right in listed.names]
    return max(comparisons, key=lambda comparison: comparison.score)
