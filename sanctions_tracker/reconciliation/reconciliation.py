"""The verb ``reconcile``: ledgers, mirrors, episodes and crossfire between two countries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import attrs

from sanctions_tracker.codec import unstructure
from sanctions_tracker.errors import NothingToSearchError, ReconciliationError
from sanctions_tracker.model import Origin, SanctionsList, Source
from sanctions_tracker.reconciliation.coalition import Coalition, coalition
from sanctions_tracker.reconciliation.coalition.disagreements import Disagreement
from sanctions_tracker.reconciliation.coalition.gaps import Gap
from sanctions_tracker.reconciliation.coalition.listings import ListedParty
from sanctions_tracker.reconciliation.crossfire import Crossfire, crossfire
from sanctions_tracker.reconciliation.editions import Edition, Editions, SourceKey, editions, place_of
from sanctions_tracker.reconciliation.episodes import Episode, episodes
from sanctions_tracker.reconciliation.identity import Identity, Key, identify
from sanctions_tracker.reconciliation.ledger import Ledger, ledger_of
from sanctions_tracker.reconciliation.mirrors import Mirrors, mirrors
from sanctions_tracker.reconciliation.parties import LISTING, acts_against, checked_pair, within
from sanctions_tracker.reconciliation.verification import Verdict, Verification, verify

#: How many days an inferred answer may lie behind what it answers.
#: Of the stated answers in the bundled data all lie within 18 days, all but one within 9.
DEFAULT_WINDOW_DAYS = 30


@attrs.frozen
class Reconciliation:
    """What two countries hold against each other on a day, and which actions answer which.

    ``ledger`` holds both directions: ``left`` against ``right``, then the reverse.
    ``verifications`` are the announcements of either that were checked against
    official lists among those given; their entries fill the counts without names.
    ``set_aside`` are the editions of either side's lists in whose place another
    counts. ``sources`` are those that all of it cites, by list id, list date (or an empty text) and source id.
    """

    left: str
    right: str
    as_of: dt.date
    window_days: int
    ledger: tuple[Ledger, Ledger]
    mirrors: Mirrors
    episodes: tuple[Episode, ...]
    crossfire: tuple[Crossfire, ...] = ()
    verifications: tuple[Verification, ...] = ()
    set_aside: tuple[Edition, ...] = ()
    sources: Mapping[SourceKey, Source] = attrs.field(factory=dict, repr=False)
    _lists: tuple[SanctionsList, ...] = attrs.field(default=(), repr=False, eq=False)

    @cached_property
    def coalitions(self) -> tuple[Coalition, Coalition]:
        """Who lists ``right``'s parties beside ``left``, and ``left``'s beside ``right``; worked out when asked for.

        Raises:
            ReconciliationError: two editions of one list that no date puts in order.
        """
        return self._against(self.right), self._against(self.left)

    def _against(self, country: str) -> Coalition:
        given = [one for one in self._lists if one.targets]
        return coalition(given, country, as_of=self.as_of) if given else Coalition.of_nobody(country, self.as_of)

    @property
    def shared(self) -> tuple[ListedParty, ...]:
        """The parties of either side that two allies or more list, with effect on the day."""
        return tuple(party for one in self.coalitions for party in one.parties if len(party.bound_by) > 1)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """The parties of either side that one ally lists and another does not: see `Coalition.gaps`."""
        return tuple(gap for one in self.coalitions for gap in one.gaps)

    @property
    def conflicts(self) -> tuple[Disagreement, ...]:
        """What two publishers say of a party of either side that cannot both be true."""
        return tuple(conflict for one in self.coalitions for conflict in one.conflicts)

    def to_json(self) -> dict[str, Any]:
        """Plain data for JSON, with every record id and source; of the coalitions nothing, they have their own."""
        return {
            "left": self.left,
            "right": self.right,
            "as_of": self.as_of.isoformat(),
            "window_days": self.window_days,
            "ledger": [one.to_json() for one in self.ledger],
            "mirrors": self.mirrors.to_json(),
            "episodes": [episode.to_json() for episode in self.episodes],
            "crossfire": [one.to_json() for one in self.crossfire],
            "verifications": [one.to_json() for one in self.verifications],
            "set_aside": [one.to_json() for one in self.set_aside],
            "sources": [
                {"list": list_id, "dated": dated or None, **unstructure(source)}
                for (list_id, dated, _), source in self.sources.items()
            ],
        }

    def __str__(self) -> str:
        parts = [*self.set_aside, *self.ledger, *self.episodes, *self.mirrors.pairs, *self.crossfire]
        return "\n".join(map(str, parts))


def reconcile(
    lists: SanctionsList | Iterable[SanctionsList],
    left: str,
    right: str,
    *,
    as_of: dt.date | None = None,
    window_days: int = DEFAULT_WINDOW_DAYS,
) -> Reconciliation:
    """Set two countries' sanctions against each other.

    The order of the lists, and of what stands on them, makes no difference;
    nor does a list that holds nothing of either side. Of two editions of one
    list the newer one counts; what it no longer holds is told as delisted, and
    announcements are still checked by what the older one held.

    Args:
        lists: one list or several; the bundled data set, official lists (those
            that hold no announcements), or both: then the entries of an official
            list give names to what announcements only count.
        left: a country's code or name, such as ``IR``.
        right: another's.
        as_of: the day for which statuses are told; unless given, the newest
            date of the lists that hold sanctioners of either side.
        window_days: how far behind a trigger an inferred answer may lie, 0 or more.

    Raises:
        UnknownCountryError: a country that no table knows.
        ReconciliationError: one country twice, a negative window, no date to go
            by, or two editions of one list that no date puts in order.
        NothingToSearchError: no list, or nothing on any of them.
    """
    lists = (lists,) if isinstance(lists, SanctionsList) else tuple(lists)
    left, right = checked_pair(left, right)
    if window_days < 0:
        message = f"the window must be 0 days or more, not {window_days}"
        raise ReconciliationError(message)
    if not any(one.targets or one.actions for one in lists):
        message = "there is no list to reconcile, or nothing on any of them"
        raise NothingToSearchError(message)
    day = as_of or _newest_date(lists, {left, right})
    return _Question(editions(lists, day), left, right, day, window_days).answer()


@attrs.frozen
class _Question:
    """Two countries, a day, a window, and the lists to answer from."""

    given: Editions
    left: str
    right: str
    as_of: dt.date
    window_days: int

    def answer(self) -> Reconciliation:
        verified = tuple(self._verified())
        ledgers = [
            ledger_of(self.given, by, on, self.as_of, verifications=verified)
            for by, on in ((self.left, self.right), (self.right, self.left))
        ]
        between = (self.left, self.right)
        identity = self._identity(ledgers, verified)
        first, second = (one.with_parties(identity) for one in ledgers)
        found = episodes(self.given.used, *between, as_of=self.as_of, window_days=self.window_days)
        result = Reconciliation(
            left=self.left,
            right=self.right,
            as_of=self.as_of,
            window_days=self.window_days,
            ledger=(first, second),
            mirrors=mirrors((first, second), found, self.window_days),
            episodes=found,
            crossfire=crossfire(self.given.used, self.as_of, between=between, identity=identity),
            verifications=verified,
            set_aside=tuple(self._set_aside()),
            lists=self._all,
        )
        return attrs.evolve(result, sources=_cited(self._all, result))

    def _set_aside(self) -> Iterator[Edition]:
        own = {
            (one.id, one.date)
            for one in self.given.used
            if any(body.country in {self.left, self.right} for body in one.sanctioners)
        }
        return (one for one in self.given.told if one.instead in own)

    @property
    def _all(self) -> tuple[SanctionsList, ...]:
        """The lists that count, then the older editions."""
        return (*self.given.used, *(older for older, _ in self.given.older))

    def _verified(self) -> Iterator[Verification]:
        """The announcements of either side, where an official list can check them."""
        official = [one for one in self._all if not one.actions and one.targets]
        for data in self.given.used if official else ():
            chosen = [
                action
                for action in data.actions
                if data.country_of(action.sanctioner) in {self.left, self.right}
                and action.kind in LISTING
                and action.date.reached_by(self.as_of)
                and any(acts_against(action, side) for side in (self.left, self.right))
            ]
            checked = verify(chosen, official, data=data)
            yield from (
                one for one in sorted(checked, key=lambda one: one.action.id) if one.verdict is not Verdict.NOT_CHECKED
            )

    def _identity(self, ledgers: Iterable[Ledger], verified: Sequence[Verification]) -> Identity:
        """Which records of either side are one party, by what they say and by what was verified."""
        wanted = {line.key for one in ledgers for line in one.lines}
        wanted |= self._listed_by_either() if len(self.given.used) > 1 else set()
        homes = {action.id: one.id for one in reversed(self.given.used) for action in one.actions}
        links = [
            ((homes[one.action.id], found.named.id), self.given.key_of(one.list_id, found.entry.target.id))
            for one in verified
            for found in one.found
            if found.named and one.action.id in homes
        ]
        return identify((*self.given.used, *self._departed()), wanted, links)

    def _departed(self) -> Iterator[SanctionsList]:
        """Of each older edition what no list holds any more, to be compared and no more."""
        for older, _ in self.given.older:
            targets = tuple(one.target for one in self.given.departed if one.list is older)
            yield SanctionsList(older.id, date=older.date, sanctioners=older.sanctioners, targets=targets)

    def _listed_by_either(self) -> set[Key]:
        """The records that may stand in the crossfire.

        Those of either side's parties; and those that one side lists, where the
        other lists somebody of the same country, or of none that is known.
        """
        sides: dict[str, dict[Key, frozenset[str]]] = {self.left: {}, self.right: {}}
        own: set[Key] = set()
        codes = within(self.left) | within(self.right)
        for one in self.given.used:
            for measure in one.measures:
                by, tied = one.country_of(measure.sanctioner), one.target(measure.target).attributed_to
                if by in sides:
                    sides[by][one.id, measure.target] = tied
                if not tied.isdisjoint(codes):
                    own.add((one.id, measure.target))
        left, right = sides.values()
        return own | _of_countries(left, right) | _of_countries(right, left)


def _of_countries(records: dict[Key, frozenset[str]], others: dict[Key, frozenset[str]]) -> set[Key]:
    """The records that share a country with one of the others, or of which no country is known."""
    if not others:
        return set()
    countries = frozenset(country for tied in others.values() for country in tied)
    return {key for key, tied in records.items() if not tied or not tied.isdisjoint(countries)}


def _newest_date(lists: Iterable[SanctionsList], pair: set[str]) -> dt.date:
    """The newest date of the lists of either side; of all lists where none of those has one."""
    dated = [(one, one.date.latest) for one in lists if one.date and one.date.latest]
    own = [date for one, date in dated if any(body.country in pair for body in one.sanctioners)]
    dates = own or [date for _, date in dated]
    if not dates:
        message = "none of the lists has a date: say as of which day"
        raise ReconciliationError(message)
    return max(dates)


def _cited(lists: Sequence[SanctionsList], result: Reconciliation) -> dict[SourceKey, Source]:
    known = {(*place_of(one), source.id): source for one in lists for source in one.sources}
    cited = {(*place, origin.source) for place, origin in _origins(lists, result)}
    return {key: known[key] for key in sorted(cited) if key in known}


def _origins(lists: Sequence[SanctionsList], result: Reconciliation) -> Iterator[tuple[tuple[str, str], Origin]]:
    """What is cited, with the list, as id and date, whose sources it cites."""
    homes = {action.id: place_of(one) for one in reversed(lists) for action in one.actions}
    places = {one.id: place_of(one) for one in reversed(lists)}
    for one in result.ledger:
        for line in one.lines:
            yield from (((line.list_id, str(line.list_date or "")), origin) for origin in line.origins)
    actions = [action for one in result.ledger for action in one.actions]
    actions += [action for one in result.episodes for edge in one.edges for action in (edge.trigger, edge.response)]
    actions += [action for one in result.crossfire for action in one.statutes]
    for action in actions:
        yield from ((homes[action.id], origin) for origin in action.origins)
    for one_fact in result.crossfire:
        for holding in one_fact.holdings:
            yield from ((places[holding.list_id], origin) for origin in holding.origins)
    records = [(places[side.list_id], side.target) for pair in result.mirrors.pairs for side in (pair.left, pair.right)]
    records += [
        ((one.list_id, str(one.list_date or "")), found.entry.target)
        for one in result.verifications
        for found in one.found
    ]
    yield from ((place, target.origin) for place, target in records if target.origin)
