"""The verb ``coalition``: one country's parties on several allies' lists."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

import attrs

from sanctions_tracker.codec import unstructure
from sanctions_tracker.errors import NothingToSearchError, ReconciliationError
from sanctions_tracker.model import Origin, SanctionsList, Source
from sanctions_tracker.model.country import country_name
from sanctions_tracker.model.vocabulary import PartyClass
from sanctions_tracker.parties import PartyDecision
from sanctions_tracker.parties.resolution import Open
from sanctions_tracker.reconciliation.coalition.disagreements import Disagreement, disagreements
from sanctions_tracker.reconciliation.coalition.gaps import Ally, Gap, ally_of, gaps
from sanctions_tracker.reconciliation.coalition.gathering import LeftOut, gathered
from sanctions_tracker.reconciliation.coalition.lags import Lag, SameDay, lags, same_days
from sanctions_tracker.reconciliation.coalition.listings import ListedParty
from sanctions_tracker.reconciliation.coalition.overlap import AllyOverlap, matrix
from sanctions_tracker.reconciliation.editions import Edition, Editions, SourceKey, editions, newest_date, place_of
from sanctions_tracker.reconciliation.parties import checked_country

#: So many of the longest gaps and of the newest common days are shown in words.
_SHOWN = 5


@attrs.frozen
class Coalition:
    """One country's parties, and who of the allies lists which.

    An ally is the country on whose behalf a publisher lists: all its lists and
    editions together. ``editions`` says which lists count; ``allies`` who lists
    some party, and how far its lists reach. ``parties`` are all that at least
    one ally lists; the ``matrix`` counts those whose listing binds on ``as_of``.
    ``lags`` and ``same_day`` go by first days, ``conflicts`` are values of which
    both are kept. ``unresolved`` are pairs of records that may be one party:
    they count as two until a person decides. ``left_out`` are records under a
    programme about the country of parties that belong elsewhere. ``sources``
    are those cited, by list id, list date (or an empty text) and source id.
    """

    against: str
    as_of: dt.date
    editions: tuple[Edition, ...]
    allies: tuple[Ally, ...]
    parties: tuple[ListedParty, ...]
    matrix: tuple[AllyOverlap, ...]
    lags: tuple[Lag, ...]
    conflicts: tuple[Disagreement, ...]
    same_day: tuple[SameDay, ...]
    unresolved: tuple[Open, ...]
    left_out: tuple[LeftOut, ...]
    sources: Mapping[SourceKey, Source] = attrs.field(factory=dict, repr=False)

    @classmethod
    def of_nobody(cls, against: str, as_of: dt.date) -> Coalition:
        """The coalition of no lists at all."""
        return cls(against, as_of, *((),) * 9)

    @property
    def sanctioners(self) -> tuple[str, ...]:
        """The countries of the allies, in alphabetical order."""
        return tuple(ally.by for ally in self.allies)

    @cached_property
    def _gaps(self) -> tuple[Gap, ...]:
        return gaps(self.parties, {ally.by: ally for ally in self.allies}, self.as_of)

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """Whom one ally lists on the day and another does not: the longest first, unknown days last."""
        return tuple(gap for gap in self._gaps if not gap.perhaps and not gap.untold)

    @cached_property
    def undecided(self) -> tuple[Gap, ...]:
        """What would be gaps, did the other's list not hold a record that may be the very party."""
        return tuple(gap for gap in self._gaps if gap.perhaps)

    @cached_property
    def untold(self) -> tuple[Gap, ...]:
        """What would be gaps, had the other's list not been older than the listing: it cannot tell."""
        return tuple(gap for gap in self._gaps if not gap.perhaps and gap.untold)

    @property
    def stale(self) -> tuple[Gap, ...]:
        """The gaps in which the other states that it ended its listing, while the one's still binds.

        Deaths are not told: lists state them in free text alone, beside those of relatives and associates.
        """
        return tuple(gap for gap in self.gaps if gap.ended)

    def gaps_between(self, by: str, without: str) -> tuple[Gap, ...]:
        """The gaps of one pair: whom ``by`` lists and ``without`` does not.

        Raises:
            ReconciliationError: one of them lists no party of the country.
        """
        self._check_allies(by, without)
        return tuple(gap for gap in self.gaps if (gap.by, gap.without) == (by, without))

    def between(self, left: str, right: str) -> AllyOverlap:
        """The overlap of two allies, in that order.

        Raises:
            ReconciliationError: one of them lists no party of the country, or both are the same.
        """
        self._check_allies(left, right)
        for one in self.matrix:
            if (one.left, one.right) == (left, right):
                return one
            if (one.left, one.right) == (right, left):
                return one.mirrored()
        message = f"an overlap is of two allies: {left} was given twice"
        raise ReconciliationError(message)

    def _check_allies(self, *codes: str) -> None:
        for code in codes:
            if code not in self.sanctioners:
                known = ", ".join(self.sanctioners) or "nobody"
                message = f"{code} lists no party of {country_name(self.against)} here; those who do: {known}"
                raise ReconciliationError(message)

    def counts(self, by: str) -> Mapping[PartyClass, int]:
        """The parties that an ally's listings bind on the day, by class; none for who is no ally."""
        return Counter(party.party_class for party in self.parties if by in party.bound_by)

    def to_json(self) -> dict[str, Any]:
        """Plain data for JSON, with every record id and source; parties are told once and then by their ids."""
        return {
            "against": self.against,
            "as_of": self.as_of.isoformat(),
            "editions": [one.to_json() for one in self.editions],
            "allies": [
                {**ally.to_json(), "parties": {of.value: n for of, n in sorted(self.counts(ally.by).items())}}
                for ally in self.allies
            ],
            "parties": [party.to_json() for party in self.parties],
            "matrix": [one.to_json() for one in self.matrix],
            "gaps": [gap.to_json() for gap in self.gaps],
            "undecided": [gap.to_json() for gap in self.undecided],
            "untold": [gap.to_json() for gap in self.untold],
            "stale": [gap.to_json() for gap in self.stale],
            "conflicts": [one.to_json() for one in self.conflicts],
            "lags": [lag.to_json() for lag in self.lags],
            "same_day": [one.to_json() for one in self.same_day],
            "unresolved": [one.to_json() for one in self.unresolved],
            "left_out": [one.to_json() for one in self.left_out],
            "sources": [
                {"list": list_id, "dated": dated or None, **unstructure(source)}
                for (list_id, dated, _), source in self.sources.items()
            ],
        }

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        of = country_name(self.against)
        yield f"Parties of {of} on the lists of {', '.join(self.sanctioners) or 'nobody'}, as of {self.as_of}"
        yield from map(str, self.editions)
        several = sum(len(party.bound_by) > 1 for party in self.parties)
        yield f"{len(self.parties):,} parties, {several:,} of them listed by two allies or more"
        yield from map(str, self.matrix)
        yield from (f"gap: {gap}" for gap in self.gaps[:_SHOWN])
        yield f"{len(self.gaps):,} gaps in all; {len(self.undecided):,} more that a person must decide"
        yield f"{len(self.untold):,} more that lists are too old to tell"
        yield from (f"same day: {one}" for one in self.same_day[-_SHOWN:])
        yield f"{len(self.same_day):,} parties first listed by several on one day"
        yield f"{len(self.conflicts):,} values of which two publishers' cannot both be true"
        yield f"{len(self.unresolved):,} pairs of records may be one party: a person must decide, they count as two"
        yield f"{len(self.left_out):,} records under its programmes belong elsewhere and are left out"


def coalition(
    lists: SanctionsList | Iterable[SanctionsList],
    against: str,
    *,
    as_of: dt.date | None = None,
    decisions: Iterable[PartyDecision] = (),
) -> Coalition:
    """Which parties of a country several allies list, and which only some of them.

    Args:
        lists: official lists, data sets of several sanctioners, or both.
        against: the code or name of the country whose parties are meant; the EU stands for its members too.
        as_of: the day for which is told what binds; the newest list date unless given.
        decisions: what people decided on pairs of records.

    Raises:
        UnknownCountryError: a country that no table knows.
        NothingToSearchError: no list, or no target on any of them.
        ReconciliationError: no date to go by, or two editions of one list that no date puts in order.
        DecisionError: decisions that contradict each other.
    """
    several = (lists,) if isinstance(lists, SanctionsList) else tuple(lists)
    country = checked_country(against)
    if not any(one.targets for one in several):
        message = "there is no list to compare, or nobody on any of them"
        raise NothingToSearchError(message)
    on = as_of or newest_date(several)
    given = editions(several, on)
    found = gathered(given, country, on, decisions)
    conflicts = disagreements(found.parties)
    codes = sorted({listing.by for party in found.parties for listing in party.listings})
    return Coalition(
        against=country,
        as_of=on,
        editions=given.told,
        allies=tuple(ally_of(code, given.used, on) for code in codes),
        parties=found.parties,
        matrix=matrix(found.parties, codes),
        lags=lags(found.parties),
        conflicts=conflicts,
        same_day=same_days(found.parties),
        unresolved=found.unresolved,
        left_out=found.left_out,
        sources=_cited(given, found.parties, conflicts),
    )


def _cited(
    given: Editions, parties: Iterable[ListedParty], conflicts: Iterable[Disagreement]
) -> dict[SourceKey, Source]:
    known = {
        (*place_of(one), source.id): source
        for one in (*given.used, *(older for older, _ in given.older))
        for source in one.sources
    }
    cited = {(list_id, dated, origin.source) for list_id, dated, origin in _origins(parties, conflicts)}
    return {key: known[key] for key in sorted(cited) if key in known}


def _origins(parties: Iterable[ListedParty], conflicts: Iterable[Disagreement]) -> Iterator[tuple[str, str, Origin]]:
    for party in parties:
        days = [day for listing in party.listings for day in (listing.listed, listing.announced, listing.ended) if day]
        days += [one.ended for one in party.disappeared if one.ended]
        said = [(day.record, day.origins) for day in days]
        records = (*party.records, *(one.record for one in party.disappeared))
        said += [(record, (record.target.origin,)) for record in records if record.target.origin]
        for record, origins in said:
            yield from ((record.list_id, str(record.dated or ""), origin) for origin in origins)
    for conflict in conflicts:
        for side in (conflict.left, conflict.right):
            yield from ((side.record.list_id, str(side.record.dated or ""), origin) for origin in side.origins)
