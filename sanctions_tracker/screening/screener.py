"""The verb ``screen``: one question against all names of all lists."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Iterator

from sanctions_tracker.errors import StaleListError
from sanctions_tracker.matching import Comparison
from sanctions_tracker.model import SanctionsList
from sanctions_tracker.parties import PartyDecision
from sanctions_tracker.parties.decisions import Ruling
from sanctions_tracker.parties.numbers import key_of
from sanctions_tracker.screening.decisions import Decisions, decided_hash
from sanctions_tracker.screening.entries import Entries, entries_of
from sanctions_tracker.screening.hit import Mention, Screening
from sanctions_tracker.screening.judging import Judge, Matched, hits_of
from sanctions_tracker.screening.policy import Policy
from sanctions_tracker.screening.query import Asked, Query
from sanctions_tracker.screening.scanning import Scanner
from sanctions_tracker.screening.stamp import SearchedList, stamp

#: Names below this are not looked at, however much the particulars agree.
_LEAST_NAME = 0.5


class Screener:
    """Searches the names and identifiers of one or several lists; immutable once made.

    ``decisions`` are those recorded before: what was decided to be a false
    match is suppressed as long as the entry has not changed. ``parties`` are
    decisions on which records are one party, and so one hit.

    Raises:
        DecisionError: decisions on parties that contradict each other.
        NothingToSearchError: no list, or one without a target.
    """

    def __init__(
        self,
        lists: SanctionsList | Iterable[SanctionsList],
        policy: Policy | None = None,
        *,
        decisions: Decisions | None = None,
        parties: Iterable[PartyDecision] = (),
    ) -> None:
        given = (lists,) if isinstance(lists, SanctionsList) else lists
        self._start(entries_of(given), policy, decisions, tuple(parties))

    def _start(
        self, entries: Entries, policy: Policy | None, decisions: Decisions | None, parties: tuple[PartyDecision, ...]
    ) -> None:
        self._entries = entries
        self.policy = policy or Policy()
        self.decisions = decisions or Decisions()
        self.parties = parties
        Ruling(parties)  # refuses decisions that contradict each other, before the first search
        self._decided = decided_hash(self.decisions, parties)
        self._scanners: dict[bool, Scanner] = {}
        self.searched: tuple[SearchedList, ...] = tuple(book.searched for book in entries.books)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write it to a file from which `load` makes it at once; policy and decisions are not part of it."""
        from sanctions_tracker.screening import storage  # noqa: PLC0415  (numpy)

        storage.save(self._entries, path)

    @classmethod
    def load(
        cls,
        path: str | os.PathLike[str],
        policy: Policy | None = None,
        *,
        decisions: Decisions | None = None,
        parties: Iterable[PartyDecision] = (),
    ) -> Screener:
        """A screener that was saved; it answers as the one that was saved would.

        Raises:
            InputNotFoundError: there is no such file.
            ReadError: it was saved by another version, or is damaged (`DamagedInputError`).
        """
        from sanctions_tracker.screening import storage  # noqa: PLC0415

        made = cls.__new__(cls)
        made._start(storage.load(path), policy, decisions, tuple(parties))  # noqa: SLF001  (its own)
        return made

    def screen(
        self,
        query: Asked,
        *,
        as_of: dt.date | None = None,
        today: dt.date | None = None,
        limit: int | None = None,
        policy: Policy | None = None,
    ) -> Screening:
        """The parties that ``query`` may mean, best first.

        Args:
            query: a name in any script, a `Query`, a listed party, or a row (see `Query.of`).
            as_of: the day for which the measures' statuses are told; the newest list date unless given.
            today: today's date: a list older than ``policy.max_age_days`` is then an error, and decisions expire by it.
            limit: at most so many hits; ``Screening.total`` counts them all.
            policy: another policy for this search.

        Raises:
            InvalidNameError: the query holds no letter and no digit.
            QueryError: the query cannot be understood.
            StaleListError: a list is older than the policy allows.
            ValueError: a limit below 1.
        """
        if limit is not None and limit < 1:
            message = f"limit must be at least 1, not {limit}"
            raise ValueError(message)
        asked, chosen = Query.of(query), policy or self.policy
        on = self._day(as_of, today, chosen)
        made = stamp(self.searched, chosen, self._decided, asked, as_of=on, today=today or on, limit=limit)
        judge = Judge(asked, chosen, self.decisions, self.parties, on, today or on)
        found = hits_of(self._matches(asked, _floor(asked, chosen)), self._entries, judge, made)
        alerting = tuple(hit for hit in found if not hit.reasons)
        return Screening(
            query=asked,
            hits=alerting[:limit],
            suppressed=tuple(hit for hit in found if hit.reasons),
            total=len(alerting),
            searched=self.searched,
            as_of=on,
            policy=chosen,
            stamp=made,
        )

    def screen_many(
        self,
        queries: Iterable[Asked],
        *,
        as_of: dt.date | None = None,
        today: dt.date | None = None,
        policy: Policy | None = None,
    ) -> Iterator[Screening]:
        """A screening a query, in order."""
        return (self.screen(query, as_of=as_of, today=today, policy=policy) for query in queries)

    def scan(
        self,
        text: str,
        *,
        as_of: dt.date | None = None,
        today: dt.date | None = None,
        policy: Policy | None = None,
    ) -> tuple[Mention, ...]:
        """The listed names inside a running text, in its order, the longest of those that overlap.

        A name that several parties bear is a mention for each. What would not
        alert is left out. Dates and policy are as in `screen`; in running text
        a name must be met more closely than alone.

        Raises:
            StaleListError: a list is older than the policy allows.
        """
        chosen = policy or self.policy
        on = self._day(as_of, today, chosen)
        made = stamp(self.searched, chosen, self._decided, text, as_of=on, today=today or on, limit=None)
        mentions: list[Mention] = []
        for found, matched in self._scanner(chosen).found(text, chosen.threshold):
            written = text[found.start : found.end]
            judge = Judge(Query((written,)), chosen, self.decisions, self.parties, on, today or on)
            hits = hits_of(matched, self._entries, judge, made)
            mentions += [Mention(found.start, found.end, written, hit) for hit in hits if not hit.reasons]
        return tuple(mentions)

    def _scanner(self, policy: Policy) -> Scanner:
        weak = policy.weak_aliases_alert
        if weak not in self._scanners:
            self._scanners[weak] = Scanner(self._entries.names, weak=weak)
        return self._scanners[weak]

    def _day(self, as_of: dt.date | None, today: dt.date | None, policy: Policy) -> dt.date | None:
        """The day asked about, after a look at the lists' ages."""
        if today is not None and policy.max_age_days is not None:
            for one in self.searched:
                _check_age(one, today, policy.max_age_days)
        dates = [one.date.latest for one in self.searched if one.date and one.date.latest]
        return as_of or max(dates, default=None)

    def _matches(self, query: Query, floor: float) -> Matched:
        """Of each record its names that are like the query's, and the records that share an identifier."""
        found: Matched = {}
        for name in query.names:
            for names in self._entries.names:
                for position, comparison in names.index.search(name, threshold=floor):
                    place, number = names.owner(position)
                    _keep(found.setdefault(place, {}), number, comparison)
        for identifier in query.identifiers:
            key = key_of(identifier)
            for place in self._entries.numbers.get(key, ()) if key else ():
                found.setdefault(place, {})
        return found


def _keep(names: dict[int, Comparison], number: int, comparison: Comparison) -> None:
    """Of a query's several names the one that is most like the listed one."""
    if number not in names or comparison.score > names[number].score:
        names[number] = comparison


def _floor(query: Query, policy: Policy) -> float:
    """The least score of a name that agreement of all that the query knows could lift to the threshold."""
    weights = policy.weights
    support = (
        (query.births, max(weights.birth_same_day, weights.birth_compatible)),
        (query.countries, weights.country_same),
        (query.address, weights.address_same),
    )
    lifted = sum(max(points, 0.0) for known, points in support if known)
    return min(policy.threshold, max(policy.threshold - lifted, _LEAST_NAME))


def _check_age(one: SearchedList, today: dt.date, max_age_days: int) -> None:
    latest = one.date.latest if one.date else None
    if latest is None or (today - latest).days > max_age_days:
        raise StaleListError(one.id, dated=str(one.date or ""), today=today.isoformat(), max_age_days=max_age_days)
