"""What a search gives: hits, each with its listed name, its measures and its evidence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, overload

import attrs

from sanctions_tracker.matching import Comparison
from sanctions_tracker.model import Measure, Name, PartialDate, Target
from sanctions_tracker.model.vocabulary import MeasureStatus
from sanctions_tracker.screening import explanation

if TYPE_CHECKING:
    from sanctions_tracker.model import Sanctioner


@attrs.frozen
class SearchedList:
    """A list that was searched: which one, of when, how many targets and names."""

    id: str
    title: str
    date: PartialDate | None
    sha256: str
    targets: int
    names: int


@attrs.frozen
class Hit:
    """One target that the query may mean.

    ``name`` is the listed name that matched best, ``comparison`` how it
    matched; ``measures`` are all measures on the target, ``statuses`` what held
    of each on the day asked, in the same order. ``sanctioners`` maps the ids in
    the measures to the bodies.
    """

    target: Target
    list_id: str
    name: Name
    comparison: Comparison
    measures: tuple[Measure, ...]
    statuses: tuple[MeasureStatus, ...]
    sanctioners: dict[str, Sanctioner] = attrs.field(factory=dict, eq=False, repr=False)

    @property
    def score(self) -> float:
        """0 to 1; it follows from ``comparison.evidence`` alone."""
        return self.comparison.score

    def explain(self) -> str:
        """Why it is a hit, by whom it is listed and since when, with the list's own lines."""
        return explanation.explain(self)

    def to_json(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return explanation.as_data(self)


@attrs.frozen
class Screening(Sequence[Hit]):
    """The hits of one search, best first.

    ``total`` counts them before a limit cut them; ``suppressed`` holds those
    that the policy keeps from alerting. An empty one is no clearance: it says
    that nothing at or above the threshold was found in the lists searched.
    """

    query: str
    hits: tuple[Hit, ...]
    suppressed: tuple[Hit, ...]
    total: int
    searched: tuple[SearchedList, ...]
    as_of: dt.date | None
    threshold: float
    stamp: dict[str, Any] = attrs.field(factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self.hits)

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    @overload
    def __getitem__(self, index: int) -> Hit: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Hit]: ...
    def __getitem__(self, index: int | slice) -> Hit | Sequence[Hit]:
        return self.hits[index]

    def __str__(self) -> str:
        return explanation.summary(self)

    def to_json(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return explanation.screening_as_data(self)
