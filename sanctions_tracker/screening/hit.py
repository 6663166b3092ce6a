"""What a search gives: hits, each with its listings, its measures and its evidence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, overload

import attrs

from sanctions_tracker.errors import DecisionError
from sanctions_tracker.matching import Comparison
from sanctions_tracker.matching.evidence import SCORE_DECIMALS
from sanctions_tracker.model import Measure, Name, PartialDate, Sanctioner, Target
from sanctions_tracker.model.vocabulary import MeasureStatus
from sanctions_tracker.screening import explanation
from sanctions_tracker.screening.decisions import Decision, entry_hash
from sanctions_tracker.screening.policy import Policy
from sanctions_tracker.screening.query import Query
from sanctions_tracker.screening.stamp import SearchedList, Stamp


class Suppression(StrEnum):
    """Why something that was found does not alert."""

    WEAK_ALIAS = "weak_alias"
    CONTRADICTED = "contradicted"
    NOT_IN_FORCE = "not_in_force"
    OUTSIDE_POLICY = "outside_policy"
    DECIDED = "decided"


@attrs.frozen
class Term:
    """One addend of a score.

    ``what`` is ``name`` or a `sanctions_tracker.parties.Level`; ``points`` are
    those of the score (the name's 0 to 1, the others by the policy's weights);
    ``asked`` and ``listed`` are the two values.
    """

    what: str
    points: float
    asked: str
    listed: str


@attrs.frozen
class Listing:
    """One record of one list that the query may mean.

    ``name`` is the listed name that matched best, ``comparison`` how it
    matched, ``terms`` what the score is added up from. ``measures`` are all
    measures on the target, ``statuses`` what held of each on the day asked, in
    the same order. ``reasons`` say why it does not alert; none, and it does.
    ``decisions`` are those recorded on this question and target, the last
    first, also where the entry has changed since. ``sanctioners`` maps the ids
    in the measures to the bodies.
    """

    target: Target
    list_id: str
    list_date: PartialDate | None
    name: Name
    comparison: Comparison
    terms: tuple[Term, ...]
    measures: tuple[Measure, ...]
    statuses: tuple[MeasureStatus, ...]
    reasons: tuple[Suppression, ...] = ()
    decisions: tuple[Decision, ...] = ()
    sanctioners: Mapping[str, Sanctioner] = attrs.field(factory=dict, eq=False, repr=False)

    @property
    def score(self) -> float:
        """0 to 1: the sum of the terms' points, cut off at both ends."""
        total = round(sum(term.points for term in self.terms), SCORE_DECIMALS)
        return min(1.0, max(0.0, total))

    @property
    def alerts(self) -> bool:
        """Whether nothing suppresses it."""
        return not self.reasons

    @property
    def in_force(self) -> tuple[Measure, ...]:
        """The measures that had to be obeyed on the day asked."""
        return tuple(one for one, status in zip(self.measures, self.statuses, strict=True) if status.binds)

    @property
    def entry(self) -> str:
        """The hash of the entry as it stands, to which decisions are bound."""
        return entry_hash(self.target, self.measures)


@attrs.frozen
class Hit:
    """One party that the query may mean, with a listing for every record of it that was found.

    The first listing is the best: one that alerts before one that does not,
    then by score. ``target``, ``list_id``, ``name``, ``comparison`` and
    ``score`` are the first's; ``measures`` and ``statuses`` are those of all.
    ``stamp`` reproduces the answer.
    """

    listings: tuple[Listing, ...]
    stamp: Stamp = attrs.field(repr=False)

    @property
    def best(self) -> Listing:
        """The first listing."""
        return self.listings[0]

    @property
    def target(self) -> Target:
        """The best listing's target."""
        return self.best.target

    @property
    def list_id(self) -> str:
        """The list on which the best listing stands."""
        return self.best.list_id

    @property
    def name(self) -> Name:
        """The listed name that matched best."""
        return self.best.name

    @property
    def comparison(self) -> Comparison:
        """How that name matched."""
        return self.best.comparison

    @property
    def evidence(self) -> tuple[Term, ...]:
        """What the score is added up from."""
        return self.best.terms

    @property
    def score(self) -> float:
        """0 to 1; it follows from ``evidence`` alone."""
        return self.best.score

    @property
    def measures(self) -> tuple[Measure, ...]:
        """The measures of all listings."""
        return tuple(measure for one in self.listings for measure in one.measures)

    @property
    def statuses(self) -> tuple[MeasureStatus, ...]:
        """What held of each measure on the day asked."""
        return tuple(status for one in self.listings for status in one.statuses)

    @property
    def in_force(self) -> tuple[Measure, ...]:
        """The measures of all listings that had to be obeyed on the day asked."""
        return tuple(measure for one in self.listings for measure in one.in_force)

    @property
    def sanctioners(self) -> dict[str, Sanctioner]:
        """The bodies that the measures name, by their ids."""
        return {key: body for one in reversed(self.listings) for key, body in one.sanctioners.items()}

    @property
    def reasons(self) -> tuple[Suppression, ...]:
        """Why it does not alert; empty where one of its listings does."""
        if any(one.alerts for one in self.listings):
            return ()
        return tuple(dict.fromkeys(reason for one in self.listings for reason in one.reasons))

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
    that were found and do not alert, each with its reasons. An empty one is no
    clearance: it says that nothing at or above the threshold was found in the
    lists searched.
    """

    query: Query
    hits: tuple[Hit, ...]
    suppressed: tuple[Hit, ...]
    total: int
    searched: tuple[SearchedList, ...]
    as_of: dt.date | None
    policy: Policy
    stamp: Stamp = attrs.field(repr=False)

    @property
    def threshold(self) -> float:
        """The least score of a hit."""
        return self.policy.threshold

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

    def decide(
        self, hit: Hit, outcome: str, *, reason: str, author: str, date: dt.date, expires: dt.date | None = None
    ) -> tuple[Decision, ...]:
        """Decisions on a hit of this screening, one a listing, to be recorded.

        ``outcome`` is ``false_match`` or ``true_match``.

        Raises:
            DecisionError: the hit is none of this screening's, an unknown outcome, no reason or author, or an end
                before the day.
        """
        if hit not in (*self.hits, *self.suppressed):
            message = f"{hit.target.name!r} is no hit of the screening of {self.query.name!r}"
            raise DecisionError(message, value=hit)
        return tuple(
            Decision(
                query=self.query.key,
                query_name=self.query.name,
                list=one.list_id,
                target=one.target.id,
                entry=one.entry,
                outcome=outcome,
                reason=reason,
                author=author,
                date=date,
                expires=expires,
            )
            for one in hit.listings
        )


@attrs.frozen
class Mention:
    """A listed name inside a text: ``text`` stands at ``start`` to ``end`` (in characters, the end not included)."""

    start: int
    end: int
    text: str
    hit: Hit

    def to_json(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {"start": self.start, "end": self.end, "text": self.text, "hit": self.hit.to_json()}
