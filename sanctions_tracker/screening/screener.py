"""The verb ``screen``: one name against all names of all lists."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import attrs

from sanctions_tracker import __version__
from sanctions_tracker.errors import InvalidNameError, NothingToSearchError
from sanctions_tracker.matching import Comparison, NameIndex
from sanctions_tracker.model import Name, SanctionsList, Target
from sanctions_tracker.model.vocabulary import NameKind, NameStrength, TargetKind
from sanctions_tracker.names.script import has_letter_or_digit
from sanctions_tracker.screening.hit import Hit, Screening, SearchedList
from sanctions_tracker.screening.policy import Policy

if TYPE_CHECKING:
    from sanctions_tracker.model.measure import Measure


@attrs.frozen
class _Listed:
    """One listed name and whose it is."""

    name: Name
    target: Target
    list: SanctionsList


def _indexed(listed: Iterable[_Listed]) -> Iterator[tuple[tuple[_Listed, ...], NameIndex]]:
    """Persons and all others apart: persons' names are not translated, and none of their words is a legal form."""
    persons: list[_Listed] = []
    others: list[_Listed] = []
    for one in listed:
        (persons if one.target.kind is TargetKind.PERSON else others).append(one)
    for kind, group in ((TargetKind.PERSON.value, persons), (None, others)):
        yield tuple(group), NameIndex([one.name.text for one in group], kind=kind)


class Screener:
    """Searches the names of one or several lists; immutable once made.

    Raises:
        NothingToSearchError: no list, or no target on any of them.
    """

    def __init__(self, lists: SanctionsList | Iterable[SanctionsList], policy: Policy | None = None) -> None:
        self.lists = (lists,) if isinstance(lists, SanctionsList) else tuple(lists)
        self.policy = policy or Policy()
        self._listed = tuple(
            _Listed(name, target, one) for one in self.lists for target in one.targets for name in target.names
        )
        if not self._listed:
            message = "there is no list to search, or none with a target on it: an empty answer would be no clearance"
            raise NothingToSearchError(message)
        self._indexes = tuple(_indexed(self._listed))
        self.searched = tuple(_searched(one) for one in self.lists)

    def screen(self, query: str, *, as_of: dt.date | None = None, limit: int | None = None) -> Screening:
        """The targets that ``query`` may name, best first.

        Args:
            query: a name in any script.
            as_of: the day for which the measures' statuses are told; the newest list date unless given.
            limit: at most so many hits; ``Screening.total`` counts them all.

        Raises:
            InvalidNameError: the query holds no letter and no digit.
            ValueError: a limit below 1.
        """
        if limit is not None and limit < 1:
            message = f"limit must be at least 1, not {limit}"
            raise ValueError(message)
        if not has_letter_or_digit(query):
            raise InvalidNameError(query)
        on = as_of or self._newest_date()
        best = self._best_by_target(query)
        hits = sorted((self._hit(listed, comparison, on) for listed, comparison in best), key=_rank)
        alerting = [hit for hit in hits if self._alerts(hit)]
        return Screening(
            query=query,
            hits=tuple(alerting[:limit]),
            suppressed=tuple(hit for hit in hits if not self._alerts(hit)),
            total=len(alerting),
            searched=self.searched,
            as_of=on,
            threshold=self.policy.threshold,
            stamp=self._stamp(query, on, limit),
        )

    def screen_many(self, queries: Iterable[str], *, as_of: dt.date | None = None) -> Iterator[Screening]:
        """A screening a query, in order."""
        return (self.screen(query, as_of=as_of) for query in queries)

    def _best_by_target(self, query: str) -> Iterable[tuple[_Listed, Comparison]]:
        """Of each target the name that matches best: the strong one of two that match alike."""
        best: dict[tuple[str, str], tuple[_Listed, Comparison]] = {}
        for of_kind, index in self._indexes:
            for position, comparison in index.search(query, threshold=self.policy.threshold):
                listed = of_kind[position]
                key = (listed.list.id, listed.target.id)
                if key not in best or _preference(listed, comparison) > _preference(*best[key]):
                    best[key] = (listed, comparison)
        return best.values()

    def _hit(self, listed: _Listed, comparison: Comparison, on: dt.date | None) -> Hit:
        measures = listed.list.measures_on(listed.target.id)
        day = on or dt.date.max
        return Hit(
            target=listed.target,
            list_id=listed.list.id,
            name=listed.name,
            comparison=comparison,
            measures=measures,
            statuses=tuple(measure.status(day) for measure in measures),
            sanctioners=_bodies(listed.list, measures),
        )

    def _alerts(self, hit: Hit) -> bool:
        return self.policy.weak_aliases_alert or hit.name.strength is NameStrength.STRONG

    def _newest_date(self) -> dt.date | None:
        dates = [one.date.latest for one in self.lists if one.date and one.date.latest]
        return max(dates, default=None)

    def _stamp(self, query: str, on: dt.date | None, limit: int | None) -> dict[str, Any]:
        """What reproduces the answer: the lists, the policy, the version and the question."""
        stamp: dict[str, Any] = {
            "lists": {one.id: one.sha256 for one in self.searched},
            "policy": self.policy.hash,
            "version": __version__,
            "query": query,
            "as_of": on.isoformat() if on else None,
            "limit": limit,
        }
        stamp["sha256"] = hashlib.sha256(json.dumps(stamp, sort_keys=True).encode()).hexdigest()
        return stamp


def _searched(one: SanctionsList) -> SearchedList:
    sha256 = next((source.sha256 for source in one.sources if source.sha256), "")
    names = sum(len(target.names) for target in one.targets)
    return SearchedList(one.id, one.title, one.date, sha256, len(one.targets), names)


def _bodies(one: SanctionsList, measures: Iterable[Measure]) -> dict[str, Any]:
    ids = dict.fromkeys(measure.sanctioner for measure in measures)
    return {key: one.sanctioners_by_id[key] for key in ids if key in one.sanctioners_by_id}


def _preference(listed: _Listed, comparison: Comparison) -> tuple[bool, float, bool]:
    name = listed.name
    return name.strength is NameStrength.STRONG, comparison.score, name.kind is NameKind.PRIMARY


def _rank(hit: Hit) -> tuple[float, str, str]:
    return -hit.score, hit.list_id, hit.target.id
