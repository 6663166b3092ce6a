"""The names of all entries, to be found inside running text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sanctions_tracker.screening.entries import Names
from sanctions_tracker.screening.judging import Matched
from sanctions_tracker.screening.mentions import FoundName, MentionFinder


class Scanner:
    """Finds the names of an index in texts; with weak aliases or without."""

    def __init__(self, names: Sequence[Names], *, weak: bool) -> None:
        self._places = [
            (one, position) for one in names for position in range(len(one.index)) if weak or not one.is_weak(position)
        ]
        texts = [one.index.names[position] for one, position in self._places]
        self._finder = MentionFinder(texts, [one.kind for one, _ in self._places])

    def found(self, text: str, threshold: float) -> Iterator[tuple[FoundName, Matched]]:
        """Each mention, with the records whose names it bears."""
        for one in self._finder.find(text, threshold=threshold):
            yield one, self._matched(one)

    def _matched(self, found: FoundName) -> Matched:
        matched: Matched = {}
        for position, comparison in zip(found.positions, found.comparisons, strict=True):
            names, place = self._places[position]
            owner, number = names.owner(place)
            matched.setdefault(owner, {})[number] = comparison
        return matched
