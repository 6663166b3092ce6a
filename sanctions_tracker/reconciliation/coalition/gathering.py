"""The parties of one country on several lists: which records are theirs, and which of them are one party."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any

import attrs

from sanctions_tracker.model import PartialDate, SanctionsList, Target
from sanctions_tracker.names.folding import fold
from sanctions_tracker.parties import Cluster, PartyDecision, Record, Verdict, compare_parties, resolve
from sanctions_tracker.parties.decisions import Key
from sanctions_tracker.parties.resolution import Open
from sanctions_tracker.reconciliation.coalition.attribution import Claims, Ground, attribution, claims_of, is_own
from sanctions_tracker.reconciliation.coalition.listings import (
    Disappearance,
    ListedParty,
    Listing,
    Perhaps,
    ending,
    held_by_ally,
    listings_of,
    record_as_data,
)
from sanctions_tracker.reconciliation.coalition.nearby import Known
from sanctions_tracker.reconciliation.editions import Editions
from sanctions_tracker.reconciliation.parties import within

#: Finds a record on the lists: list, date, target.
_Place = tuple[str, PartialDate | None, str]


@attrs.frozen
class LeftOut:
    """A record under a programme about the country, of a party that belongs elsewhere by what is said of it.

    ``countries`` are those that it belongs to: a dealer in Dubai under an Iranian programme is no party of Iran's.
    """

    by: tuple[str, ...]
    record: Record
    countries: frozenset[str]

    def to_json(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "by": list(self.by),
            **record_as_data(self.record),
            "name": self.record.target.name,
            "countries": sorted(self.countries),
        }


@attrs.frozen
class Gathered:
    """The parties, the pairs of their records that a person must decide, and what was left out."""

    parties: tuple[ListedParty, ...]
    unresolved: tuple[Open, ...]
    left_out: tuple[LeftOut, ...]


def gathered(given: Editions, country: str, as_of: dt.date, decisions: Iterable[PartyDecision]) -> Gathered:
    """The country's parties on the lists that count, with what older editions held and these no longer do."""
    return _Gathering(given, country, as_of).gathered(tuple(decisions))


class _Gathering:
    """The work of `gathered`."""

    def __init__(self, given: Editions, country: str, as_of: dt.date) -> None:
        self._country = country
        self._as_of = as_of
        self._used = given.used
        self._lists = {(one.id, one.date): one for one in given.used}
        self._older = {(one.id, one.date): pair for pair in given.older for one in pair[:1]}
        self._targets = [(one, one.targets) for one in given.used]
        self._targets += [(one, given.gone(one)) for one, _ in given.older]
        self._claims: dict[_Place, Claims] = {}

    def gathered(self, decisions: tuple[PartyDecision, ...]) -> Gathered:
        """The parties and what else was found."""
        relevant = self._relevant({key for one in decisions for key in one.pair})
        resolved = resolve(relevant, decisions)
        found = (self._party(cluster) for cluster in resolved.clusters)
        parties = tuple(sorted((one for one in found if one), key=lambda party: party.records[0].sort_key()))
        taken = {_place(record) for party in parties for record in party.records}
        unresolved = tuple(one for one in resolved.possible if self._is_open(one, taken))
        unresolved += tuple(_namesakes(parties, unresolved, decisions))
        told = tuple(self._with_perhaps(parties, unresolved))
        return Gathered(told, unresolved, tuple(self._left_out(taken)))

    def _with_perhaps(self, parties: Iterable[ListedParty], unresolved: Iterable[Open]) -> Iterator[ListedParty]:
        """The parties, each with the records that may be its own."""
        parties = tuple(parties)
        of = {_place(record): party for party in parties for record in party.records}
        others: defaultdict[str, list[Perhaps]] = defaultdict(list)
        for one in unresolved:
            sides = one.comparison.left, one.comparison.right
            for record, other in (sides, sides[::-1]):
                mine, its = of.get(_place(record)), of.get(_place(other))
                by = tuple(listing.by for listing in its.listings) if its else self._listed_by(other)
                if mine:
                    others[mine.id].append(Perhaps(by, other, one.why))
        for party in parties:
            perhaps = sorted(others[party.id], key=lambda other: other.record.sort_key())
            yield attrs.evolve(party, perhaps=tuple(perhaps))

    def _listed_by(self, record: Record) -> tuple[str, ...]:
        return tuple(listing.by for listing in self._listings([record]))

    def _relevant(self, decided: set[Key]) -> list[SanctionsList]:
        """The lists, each with the country's records, those that may be the same, and those decided on."""
        for one, targets in self._targets:
            for target in targets:
                self._claims[one.id, one.date, target.id] = claims_of(one, target, self._country)
        own = {place for place, claims in self._claims.items() if is_own(claims, self._country)}
        known = Known(target for one, targets in self._targets for target in targets if _at(one, target) in own)
        return [
            _only(
                one,
                tuple(
                    target
                    for target in targets
                    if _at(one, target) in own or (one.id, target.id) in decided or known.may_hold(target)
                ),
            )
            for one, targets in self._targets
        ]

    def _party(self, cluster: Cluster) -> ListedParty | None:
        because = attribution(((one, self._claims[_place(one)]) for one in cluster.records), self._country)
        current = tuple(record for record in cluster.records if self._is_current(record))
        listings = self._listings(current) if because else ()
        if because is None or not listings:
            return None
        gone = (record for record in cluster.records if not self._is_current(record))
        return ListedParty(current, listings, because, tuple(self._disappeared(gone, {one.by for one in listings})))

    def _listings(self, records: Iterable[Record]) -> tuple[Listing, ...]:
        held = ((self._lists[record.list_id, record.dated], record) for record in records)
        return listings_of(held, self._country, self._as_of)

    def _is_current(self, record: Record) -> bool:
        return (record.list_id, record.dated) in self._lists

    def _disappeared(self, records: Iterable[Record], listing: set[str]) -> Iterator[Disappearance]:
        for record in records:
            older, newer = self._older[record.list_id, record.dated]
            for by, held in held_by_ally([(older, record)], self._country).items():
                if by not in listing:
                    yield Disappearance(by, record, (newer.id, newer.date), ending(held, self._as_of))

    def _is_open(self, one: Open, taken: set[_Place]) -> bool:
        sides = one.comparison.left, one.comparison.right
        return all(map(self._is_current, sides)) and any(_place(record) in taken for record in sides)

    def _left_out(self, taken: set[_Place]) -> Iterator[LeftOut]:
        for one in self._used:
            for target in one.targets:
                place = _at(one, target)
                under = self._claims[place].get(Ground.PROGRAMME, frozenset())
                if place not in taken and not within(self._country).isdisjoint(under):
                    record = Record.of(one, target)
                    by = self._listed_by(record)
                    if by:
                        yield LeftOut(by, record, target.attributed_to)


def _namesakes(
    parties: Iterable[ListedParty], unresolved: Iterable[Open], decisions: Iterable[PartyDecision]
) -> Iterator[Open]:
    """The parties of one whole name that are kept apart because a publisher lists both: a person must decide.

    Lists hold a party twice. Beside the record that was joined with other
    publishers', the second one is left over, and would seem to be listed by
    nobody else.
    """
    decided = {frozenset(one.pair) for one in decisions}
    bearers: defaultdict[str, list[tuple[int, Record]]] = defaultdict(list)
    for at, party in enumerate(parties):
        for record in party.records:
            for text in {fold(name.text) for name in record.target.strong_names}:
                bearers[text].append((at, record))
    at_of = {_place(record): at for several in bearers.values() for at, record in several}
    sides = ((one.comparison.left, one.comparison.right) for one in unresolved)
    seen = {frozenset(at_of.get(_place(record), -1) for record in pair) for pair in sides}
    for several in bearers.values():
        for (at, record), (other_at, other) in combinations(several, 2):
            pair = frozenset((at, other_at))
            if len(pair) == 1 or pair in seen or record.publisher == other.publisher:
                continue
            comparison = compare_parties(record, other)
            if comparison.verdict is not Verdict.DIFFERENT and frozenset((record.key, other.key)) not in decided:
                seen.add(pair)
                yield Open(comparison, "one name, and a publisher lists two of it")


def _at(one: SanctionsList, target: Target) -> _Place:
    return one.id, one.date, target.id


def _place(record: Record) -> _Place:
    return record.list_id, record.dated, record.target.id


def _only(one: SanctionsList, targets: tuple[Target, ...]) -> SanctionsList:
    """The list with these targets alone, to be compared and no more."""
    return SanctionsList(one.id, date=one.date, sanctioners=one.sanctioners, targets=targets)
