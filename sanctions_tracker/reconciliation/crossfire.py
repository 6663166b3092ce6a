"""Parties between two sides: listed by both, or forbidden by one to obey the other. Facts only."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cached_property
from itertools import combinations, product
from typing import Any

import attrs

from sanctions_tracker.codec import unstructure
from sanctions_tracker.errors import NothingToSearchError
from sanctions_tracker.model import Action, Measure, Origin, SanctionsList, Target
from sanctions_tracker.model.country import ANY_COUNTRY
from sanctions_tracker.model.vocabulary import ActionKind, MeasureKind
from sanctions_tracker.reconciliation.editions import editions
from sanctions_tracker.reconciliation.identity import Identity, Key, identify
from sanctions_tracker.reconciliation.parties import LISTING, checked_pair, status_on, within

#: Two countries, in order of their codes.
Pair = tuple[str, str]


class CrossfireKind(StrEnum):
    """How a party stands between two sides.

    * ``BOTH_SIDES``: two sides that oppose each other both list it.
    * ``ADVERSARIES``: two countries list it that both oppose its own, and neither
      oppose each other nor act together (what allies list together is no crossfire).
    * ``FORBIDDEN_TO_OBEY``: one side forbids obeying the other: a blocking
      statute, or a prohibition put on a party by name.
    """

    BOTH_SIDES = "listed by both sides"
    ADVERSARIES = "listed by two that oppose its own side"
    FORBIDDEN_TO_OBEY = "forbidden to obey"


@attrs.frozen
class Holding:
    """A listing of the party: whose, on which list, and by which measures."""

    by: str
    list_id: str
    target: Target
    measures: tuple[Measure, ...]

    @property
    def origins(self) -> tuple[Origin, ...]:
        """Where the measures stand."""
        return tuple(dict.fromkeys(origin for measure in self.measures for origin in measure.origins))

    def to_json(self) -> dict[str, Any]:
        """Plain data for JSON, with the id of every measure and the sources."""
        return {
            "by": self.by,
            "list": self.list_id,
            "target": self.target.id,
            "name": self.target.name,
            "measures": [{"id": one.id, "kind": one.kind.value, "actions": list(one.actions)} for one in self.measures],
            "sources": [unstructure(origin) for origin in self.origins],
        }


@attrs.frozen
class Crossfire:
    """One fact: a party (or a rule) between two sides.

    ``sides`` are the two that are meant: those that list the party, in order;
    or the one that forbids and the one that may not be obeyed (``*``: whichever
    it may be). ``of`` is the country that the party belongs to where that matters.
    ``holdings`` are the listings; ``statutes`` the actions that forbid, which
    address no party by name. ``certain`` is false where the listings are of two
    records that may be one party: a person must decide.
    """

    kind: CrossfireKind
    sides: Pair
    party: Key | None = None
    of: str = ""
    holdings: tuple[Holding, ...] = ()
    statutes: tuple[Action, ...] = ()
    certain: bool = True

    def to_json(self) -> dict[str, Any]:
        """Plain data for JSON, with every id and source."""
        return {
            "kind": self.kind.value,
            "sides": list(self.sides),
            "party": list(self.party) if self.party else None,
            "of": self.of,
            "certain": self.certain,
            "holdings": [one.to_json() for one in self.holdings],
            "statutes": [
                {"action": one.id, "sources": [unstructure(origin) for origin in one.origins]} for one in self.statutes
            ],
        }

    def __str__(self) -> str:
        from sanctions_tracker.reconciliation.wording import crossfire_in_words  # noqa: PLC0415  (it words this class)

        return crossfire_in_words(self)

    def sort_key(self) -> tuple[str, Pair, str, Key, tuple[str, ...]]:
        """An order that does not depend on how the lists were given: kind, sides, country, party."""
        return self.kind.value, self.sides, self.of, self.party or ("", ""), tuple(one.id for one in self.statutes)


def opposing_sides(lists: Iterable[SanctionsList], as_of: dt.date) -> frozenset[Pair]:
    """The countries that oppose each other: each has announced measures against parties of the other by ``as_of``.

    Announcements say whom they are against. The nationality of listed parties
    is no ground: allies list each other's nationals as terrorists.
    """
    acts = {
        (by, on)
        for one in lists
        for action in one.actions
        if action.kind in LISTING and action.date.reached_by(as_of)
        for by in [one.country_of(action.sanctioner)]
        for on in action.against
        if by
    }
    return frozenset((one, other) for one, other in acts if one < other and (other, one) in acts)


def acting_together(lists: Iterable[SanctionsList], as_of: dt.date) -> frozenset[Pair]:
    """The countries that acted together: both announced measures against one country on one day, by ``as_of``."""
    days: defaultdict[tuple[str, dt.date], set[str]] = defaultdict(set)
    for one in lists:
        for action in one.actions:
            by, day = one.country_of(action.sanctioner), action.date.day
            if by and day and day <= as_of and action.kind in LISTING:
                for on in action.against:
                    days[on, day].add(by)
    return frozenset(pair for countries in days.values() for pair in combinations(sorted(countries), 2))


def crossfire(
    lists: SanctionsList | Iterable[SanctionsList],
    as_of: dt.date,
    *,
    between: tuple[str, str] | None = None,
    opposing: Iterable[tuple[str, str]] | None = None,
    together: Iterable[tuple[str, str]] | None = None,
    identity: Identity | None = None,
) -> tuple[Crossfire, ...]:
    """The parties in the crossfire on a day, by kind, sides and party.

    Args:
        lists: the lists to look at; of two editions of one list the newer counts.
        as_of: the day on which measures must bind.
        between: two countries, by code or name; only what touches both: parties
            that both list, parties of one that the other and a third list, and rules of
            one against obeying the other.
        opposing: which countries oppose each other; worked out from the announcements unless given (`opposing_sides`).
        together: which act together; worked out likewise unless given (`acting_together`).
        identity: which records are one party; worked out where it is needed unless given.

    Raises:
        UnknownCountryError: a country that no table knows.
        ReconciliationError: one country twice, or two editions of one list that no date puts in order.
        NothingToSearchError: no list was given.
    """
    lists = (lists,) if isinstance(lists, SanctionsList) else tuple(lists)
    if not lists:
        message = "give at least one list"
        raise NothingToSearchError(message)
    lists = editions(lists, as_of).used
    pair = checked_pair(*between) if between else None
    sides = opposing_sides(lists, as_of) if opposing is None else _checked(opposing)
    allies = acting_together(lists, as_of) if together is None else _checked(together)
    found = _Crossfire(lists, as_of, pair, sides, allies, identity)
    return tuple(sorted((*found.listed(), *found.forbidden()), key=Crossfire.sort_key))


def _checked(pairs: Iterable[tuple[str, str]]) -> frozenset[Pair]:
    return frozenset((min(pair), max(pair)) for pair in (checked_pair(*one) for one in pairs))


@attrs.define(slots=False)
class _Crossfire:
    """The work of `crossfire` for one question."""

    lists: tuple[SanctionsList, ...]
    as_of: dt.date
    between: Pair | None
    sides: frozenset[Pair]
    allies: frozenset[Pair]
    identity: Identity | None

    def listed(self) -> Iterator[Crossfire]:
        """The parties that two countries list that oppose each other, or both oppose the party's own."""
        known, possible = self._by_party
        for party, several in sorted(known.items()):
            for pair in combinations(sorted({one.by for one in several}), 2):
                yield from self._between_two(party, pair, several)
        for one, other in possible:
            both = known.get(one, []), known.get(other, [])
            held = [{holding.by for holding in several} for several in both]
            for pair in sorted({(min(pair), max(pair)) for pair in product(*held) if pair[0] != pair[1]}):
                if not any(by.issuperset(pair) for by in held):
                    yield from self._between_two(one, pair, [*both[0], *both[1]], certain=False)

    def _between_two(
        self, party: Key, pair: Pair, several: Iterable[Holding], *, certain: bool = True
    ) -> Iterator[Crossfire]:
        held = (one for one in several if one.by in pair)
        holdings = tuple(sorted(held, key=lambda one: (one.by, one.list_id, one.target.id)))
        if pair in self.sides:
            if self.between is None or set(pair) == set(self.between):
                yield Crossfire(CrossfireKind.BOTH_SIDES, pair, party, holdings=holdings, certain=certain)
        elif pair not in self.allies:
            for own in sorted(self._opposed_by_both(pair, holdings)):
                yield Crossfire(CrossfireKind.ADVERSARIES, pair, party, own, holdings, certain=certain)

    @cached_property
    def _by_party(self) -> tuple[Mapping[Key, list[Holding]], tuple[tuple[Key, Key], ...]]:
        """The listings of each party, and the pairs of parties that may be one."""
        holdings = list(self._holdings())
        wanted = {(one.list_id, one.target.id) for one in holdings}
        identity = self.identity or identify(self.lists, wanted)
        found: defaultdict[Key, list[Holding]] = defaultdict(list)
        for one in sorted(holdings, key=lambda one: (one.by, one.list_id, one.target.id)):
            found[identity.of(one.list_id, one.target.id)].append(one)
        return found, identity.possible

    def _holdings(self) -> Iterator[Holding]:
        """The binding listings by countries that oppose somebody."""
        countries = {country for pair in self.sides for country in pair}
        for one in self.lists:
            for target in one.targets:
                held: dict[str, list[Measure]] = {}
                for measure in sorted(one.measures_on(target.id), key=lambda measure: measure.id):
                    by = one.country_of(measure.sanctioner)
                    if by in countries and status_on(one, measure, self.as_of).binds:
                        held.setdefault(by, []).append(measure)
                for by, measures in held.items():
                    yield Holding(by, one.id, target, tuple(measures))

    def _opposed_by_both(self, pair: Pair, holdings: Iterable[Holding]) -> set[str]:
        """The countries that the party belongs to and that both of the pair oppose."""
        own = {country for one in holdings for country in one.target.attributed_to}
        rivals = [{other for side in self.sides if one in side for other in side if other != one} for one in pair]
        both = {country for country in rivals[0] & rivals[1] if own & within(country)}
        if self.between is None:
            return both
        return {country for country in both if country in self.between and set(pair) & set(self.between)}

    def forbidden(self) -> Iterator[Crossfire]:
        """What one side forbids to obey of the other: statutes, and prohibitions on parties by name."""
        for one in self.lists:
            for action in one.actions:
                by = one.country_of(action.sanctioner)
                if action.kind is ActionKind.BLOCKING_STATUTE and by and action.date.reached_by(self.as_of):
                    for other in action.against:
                        if self._concerns(by, other):
                            yield Crossfire(CrossfireKind.FORBIDDEN_TO_OBEY, (by, other), statutes=(action,))
            yield from self._forbidden_by_name(one)

    def _concerns(self, by: str, other: str) -> bool:
        if self.between is None:
            return True
        return by in self.between and (other == ANY_COUNTRY or (other in self.between and other != by))

    def _forbidden_by_name(self, one: SanctionsList) -> Iterator[Crossfire]:
        for measure in sorted(one.measures, key=lambda measure: measure.id):
            by = one.country_of(measure.sanctioner)
            if measure.kind is not MeasureKind.COMPLIANCE_PROHIBITION or not by:
                continue
            target = one.target(measure.target)
            if status_on(one, measure, self.as_of).binds:
                for other in self._not_to_be_obeyed(one, measure):
                    if self._concerns(by, other):
                        holding = Holding(by, one.id, target, (measure,))
                        yield Crossfire(
                            CrossfireKind.FORBIDDEN_TO_OBEY, (by, other), (one.id, target.id), holdings=(holding,)
                        )

    @staticmethod
    def _not_to_be_obeyed(one: SanctionsList, measure: Measure) -> list[str]:
        """The countries that the actions behind a prohibition are against; any, where none says so."""
        actions = [one.actions_by_id[key] for key in measure.actions if key in one.actions_by_id]
        named = {country for action in actions for country in action.against}
        return sorted(named) or [ANY_COUNTRY]
