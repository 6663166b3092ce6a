"""The verb ``reconcile``: ledgers, mirrors, episodes and crossfire between two countries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
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
from sanctions_tracker.reconciliation.episodes import Episode, episodes
from sanctions_tracker.reconciliation.identity import Identity, Key, identify
from sanctions_tracker.reconciliation.ledger import Ledger, ledger
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
    ``sources`` are those that all of it cites, by id.
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
    sources: dict[str, Source] = attrs.field(factory=dict, repr=False)
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
            "sources": [unstructure(source) for source in self.sources.values()],
        }

    def __str__(self) -> str:
        parts = [*self.ledger, *self.episodes, *self.mirrors.pairs, *self.crossfire]
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
    nor does a list that holds nothing of either side.

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
        ReconciliationError: one country twice, a negative window, or no date to go by.
        NothingToSearchError: no list, or nothing on any of them.
    """
    lists = _in_order((lists,) if isinstance(lists, SanctionsList) else lists)
    left, right = checked_pair(left, right)
    if window_days < 0:
        message = f"the window must be 0 days or more, not {window_days}"
        raise ReconciliationError(message)
    if not any(one.targets or one.actions for one in lists):
        message = "there is no list to reconcile, or nothing on any of them"
        raise NothingToSearchError(message)
    question = _Question(lists, left, right, as_of or _newest_date(lists, {left, right}), window_days)
    return question.answer()


def _in_order(lists: Iterable[SanctionsList]) -> tuple[SanctionsList, ...]:
    """The lists by id and date, each once."""
    ordered: list[SanctionsList] = []
    for one in sorted(lists, key=lambda one: (one.id, str(one.date or ""), len(one.targets))):
        if not any(one is other or (one.id == other.id and one == other) for other in ordered):
            ordered.append(one)
    return tuple(ordered)


@attrs.frozen
class _Question:
    """Two countries, a day, a window, and the lists to answer from."""

    lists: tuple[SanctionsList, ...]
    left: str
    right: str
    as_of: dt.date
    window_days: int

    def answer(self) -> Reconciliation:
        verified = tuple(self._verified())
        ledgers = [
            ledger(self.lists, by, on, self.as_of, verifications=verified)
            for by, on in ((self.left, self.right), (self.right, self.left))
        ]
        between = (self.left, self.right)
        identity = self._identity(ledgers, verified)
        first, second = (one.with_parties(identity) for one in ledgers)
        found = episodes(self.lists, *between, as_of=self.as_of, window_days=self.window_days)
        result = Reconciliation(
            left=self.left,
            right=self.right,
            as_of=self.as_of,
            window_days=self.window_days,
            ledger=(first, second),
            mirrors=mirrors((first, second), found, self.window_days),
            episodes=found,
            crossfire=crossfire(self.lists, self.as_of, between=between, identity=identity),
            verifications=verified,
            lists=self.lists,
        )
        return attrs.evolve(result, sources=_cited(self.lists, result))

    def _verified(self) -> Iterator[Verification]:
        """The announcements of either side, where an official list can check them."""
        official = [one for one in self.lists if not one.actions and one.targets]
        for data in self.lists if official else ():
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
        wanted |= self._listed_by_either() if len(self.lists) > 1 else set()
        homes = {action.id: one.id for one in reversed(self.lists) for action in one.actions}
        links = [
            ((homes[one.action.id], found.named.id), (one.list_id, found.entry.target.id))
            for one in verified
            for found in one.found
            if found.named and one.action.id in homes
        ]
        return identify(self.lists, wanted, links)

    def _listed_by_either(self) -> set[Key]:
        """The records that may stand in the crossfire.

        Those of either side's parties; and those that one side lists, where the
        other lists somebody of the same country, or of none that is known.
        """
        sides: dict[str, dict[Key, frozenset[str]]] = {self.left: {}, self.right: {}}
        own: set[Key] = set()
        codes = within(self.left) | within(self.right)
        for one in self.lists:
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


def _cited(lists: Iterable[SanctionsList], result: Reconciliation) -> dict[str, Source]:
    known = {source.id: source for one in lists for source in one.sources}
    cited = {origin.source for origin in _origins(result)}
    return {key: known[key] for key in sorted(cited) if key in known}


def _origins(result: Reconciliation) -> Iterator[Origin]:
    for one in result.ledger:
        for line in one.lines:
            yield from line.origins
    actions = [action for one in result.ledger for action in one.actions]
    actions += [action for one in result.episodes for edge in one.edges for action in (edge.trigger, edge.response)]
    actions += [action for one in result.crossfire for action in one.statutes]
    for action in actions:
        yield from action.origins
    for one_fact in result.crossfire:
        for holding in one_fact.holdings:
            yield from holding.origins
    targets = [side.target for pair in result.mirrors.pairs for side in (pair.left, pair.right)]
    targets += [found.entry.target for one in result.verifications for found in one.found]
    yield from (target.origin for target in targets if target.origin)
