"""Whose measures reach a party through what its owners hold.

A party that is owned by listed ones is not listed itself. Where the shares are
known and reach the sanctioner's threshold its standing is *implied*; it is
never called designated. Where somebody owns or controls it and no share is
stated, that is said, and nothing is concluded.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any

import attrs

from sanctions_tracker.codec import unstructure
from sanctions_tracker.errors import NothingToSearchError, ReconciliationError
from sanctions_tracker.model import Origin, Relation, SanctionsList, Target
from sanctions_tracker.model.vocabulary import RelationKind
from sanctions_tracker.reconciliation.data_files import rows
from sanctions_tracker.reconciliation.identity import Key
from sanctions_tracker.reconciliation.parties import checked_country, status_on

#: The bearer of such a relation is owned by the other; of the second kind, it owns the other.
_OWNED = frozenset({RelationKind.OWNED_OR_CONTROLLED_BY, RelationKind.SUBSIDIARY_OF})
_OWNS = frozenset({RelationKind.OWNS_OR_CONTROLS, RelationKind.PARENT_OF})


class Standing(StrEnum):
    """What ownership says of a party that is not listed itself, or beside its own listing.

    * ``IMPLIED``: listed parties hold enough of it, by shares that are stated.
    * ``SHARE_UNKNOWN``: a listed party owns or controls it, and by how much no source states.
    * ``BELOW``: the shares that listed parties hold are known and too small.
    """

    IMPLIED = "implied"
    SHARE_UNKNOWN = "owned or controlled, share unknown"
    BELOW = "below the threshold"


@attrs.frozen
class OwnershipRule:
    """From which share on a sanctioner's measures on the owners reach what they own.

    ``or_more``: the share itself is enough, else more is needed. ``aggregated``:
    shares of several listed owners are added up. ``source`` is where it says so.
    """

    country: str
    since: dt.date
    share: float
    or_more: bool
    aggregated: bool
    source: str

    def reached(self, share: float) -> bool:
        """Whether a share is enough."""
        return share >= self.share if self.or_more else share > self.share


@attrs.frozen
class Share:
    """A share that the user states: ``owner`` holds ``share`` (0 to 1) of ``owned``; ``source`` says who told them.

    Both are keys: list id and target id.

    Raises:
        ReconciliationError: a share that is not between 0 and 1.
    """

    owner: Key
    owned: Key
    share: float = attrs.field()
    source: str = ""

    @share.validator
    def _between(self, _attribute: object, share: float) -> None:
        if not 0 <= share <= 1:
            message = f"the share of {self.owner[1]} in {self.owned[1]} must be between 0 and 1, not {share}"
            raise ReconciliationError(message)


@attrs.frozen
class Holding:
    """What one owner holds: the share, or None where no source states it.

    ``owner_implied`` marks an owner that is not listed itself and is reached
    through its own owners. ``stated_by_user`` tells a `Share` from a list's word.
    """

    owner: Key
    share: float | None
    owner_implied: bool = False
    stated_by_user: bool = False
    source: str = ""
    origin: Origin | None = None


@attrs.frozen
class Ownership:
    """What the owners' listing by one country means for a party.

    ``listed`` says whether the party is under a binding measure of its own, by
    itself and not by this. ``share`` is what is known to be held together.
    """

    by: str
    target: Key
    name: str
    standing: Standing
    share: float
    listed: bool
    holdings: tuple[Holding, ...]
    rule: OwnershipRule

    def to_json(self) -> dict[str, Any]:
        """Plain data for JSON, with every id and source."""
        return {
            "by": self.by,
            "target": list(self.target),
            "name": self.name,
            "standing": self.standing.value,
            "share": self.share,
            "listed": self.listed,
            "holdings": [
                {
                    "owner": list(one.owner),
                    "share": one.share,
                    "owner_implied": one.owner_implied,
                    "stated_by_user": one.stated_by_user,
                    "source": one.source,
                    "origin": unstructure(one.origin) if one.origin else None,
                }
                for one in self.holdings
            ],
            "rule": {**unstructure(self.rule), "since": self.rule.since.isoformat()},
        }

    def __str__(self) -> str:
        from sanctions_tracker.reconciliation.wording import ownership_in_words  # noqa: PLC0415  (it words this class)

        return ownership_in_words(self)


def ownership_rule(country: str, on: dt.date) -> OwnershipRule | None:
    """The rule of a sanctioner's country on a day (``data/ownership_rules.tsv``); None where none is known.

    >>> rule = ownership_rule("EU", dt.date(2024, 1, 1))
    >>> rule.reached(0.5), ownership_rule("EU", dt.date(2025, 1, 1)).reached(0.5)
    (False, True)
    """
    known = [rule for rule in _rules() if rule.country == country and rule.since <= on]
    return max(known, key=lambda rule: rule.since, default=None)


def _rules() -> Iterator[OwnershipRule]:
    for row in rows("ownership_rules"):
        yield OwnershipRule(
            row["country"],
            dt.date.fromisoformat(row["since"]),
            float(row["share"]),
            or_more=row["or_more"] == "yes",
            aggregated=row["aggregated"] == "yes",
            source=row["source"],
        )


def ownership(
    lists: SanctionsList | Iterable[SanctionsList],
    by: str,
    as_of: dt.date,
    shares: Iterable[Share] = (),
) -> tuple[Ownership, ...]:
    """What the listings of one country mean for the parties that listed ones own, by list and target id.

    A party that listed ones own enough of counts as an owner in its turn. Of
    two shares that sources state for one owner the least counts. Former
    relations count for nothing.

    Args:
        lists: the lists, whose relations name the owners by their ids.
        by: the country whose measures and whose rule are meant, by code or name.
        as_of: the day on which measures and rule must hold.
        shares: what the user knows; keys that no list holds are refused.

    Raises:
        UnknownCountryError: no table knows ``by``.
        ReconciliationError: no rule of that country is known for the day, or a
            share speaks of a party that no list given holds.
        NothingToSearchError: no list was given.
    """
    lists = (lists,) if isinstance(lists, SanctionsList) else tuple(lists)
    country = checked_country(by)
    if not lists:
        message = "give at least one list"
        raise NothingToSearchError(message)
    rule = ownership_rule(country, as_of)
    if rule is None:
        message = (
            f"no ownership rule of {country} is known for {as_of}: only that of {_known_rules()} stands in the data"
        )
        raise ReconciliationError(message)
    targets = {(one.id, target.id): target for one in lists for target in one.targets}
    listed = frozenset(_listed(lists, country, as_of))
    return _Owned(targets, listed, rule, _holdings(lists, targets, shares)).found()


def _known_rules() -> str:
    return ", ".join(sorted({rule.country for rule in _rules()}))


def _listed(lists: Iterable[SanctionsList], country: str, as_of: dt.date) -> Iterator[Key]:
    for one in lists:
        for measure in one.measures:
            if one.country_of(measure.sanctioner) == country and status_on(one, measure, as_of).binds:
                yield one.id, measure.target


def _holdings(
    lists: Iterable[SanctionsList], targets: Mapping[Key, Target], shares: Iterable[Share]
) -> Mapping[Key, tuple[Holding, ...]]:
    """What each party's owners hold, each owner once for every source, in a fixed order."""
    found: defaultdict[Key, list[Holding]] = defaultdict(list)
    for one in lists:
        for target in one.targets:
            for relation in target.relations:
                for owned, holding in _stated(one.id, target, relation):
                    found[owned].append(holding)
    for share in shares:
        for key in (share.owner, share.owned):
            if key not in targets:
                message = f"no list given holds {key[1]} in {key[0]}, of which a share speaks"
                raise ReconciliationError(message)
        found[share.owned].append(Holding(share.owner, share.share, stated_by_user=True, source=share.source))
    return {owned: tuple(sorted(several, key=_order)) for owned, several in found.items()}


def _stated(list_id: str, bearer: Target, relation: Relation) -> Iterator[tuple[Key, Holding]]:
    if relation.former or not relation.other:
        return
    source = relation.origin.source if relation.origin else ""
    bearing, other = (list_id, bearer.id), (list_id, relation.other)
    if relation.kind in _OWNED:
        yield bearing, Holding(other, relation.share, source=source, origin=relation.origin)
    elif relation.kind in _OWNS:
        yield other, Holding(bearing, relation.share, source=source, origin=relation.origin)


def _order(one: Holding) -> tuple[Key, bool, float, str, str]:
    return one.owner, one.share is None, one.share or 0.0, one.source, str(one.origin or "")


class _Owned:
    """Who is reached, worked out from the listed ones outwards until nobody is added."""

    def __init__(
        self,
        targets: Mapping[Key, Target],
        listed: frozenset[Key],
        rule: OwnershipRule,
        holdings: Mapping[Key, tuple[Holding, ...]],
    ) -> None:
        self._targets = targets
        self._listed = listed
        self._rule = rule
        self._holdings = holdings
        self._implied: set[Key] = set()

    def found(self) -> tuple[Ownership, ...]:
        while added := {key for key in self._holdings if key not in self._implied and self._is_implied(key)}:
            self._implied |= added
        described = (self._described(key) for key in sorted(self._holdings))
        return tuple(one for one in described if one is not None)

    def _blocked(self, key: Key) -> tuple[Holding, ...]:
        """What owners that are listed or implied hold of a party."""
        return tuple(
            attrs.evolve(one, owner_implied=one.owner not in self._listed)
            for one in self._holdings[key]
            if one.owner != key and (one.owner in self._listed or one.owner in self._implied)
        )

    def _share(self, key: Key) -> float:
        """What is known to be held: of several words on one owner the least, over the owners as the rule says."""
        least: dict[Key, float] = {}
        for one in self._blocked(key):
            if one.share is not None:
                least[one.owner] = min(one.share, least.get(one.owner, 1.0))
        together = sum(least.values()) if self._rule.aggregated else max(least.values(), default=0.0)
        return round(min(together, 1.0), 6)

    def _is_implied(self, key: Key) -> bool:
        return self._rule.reached(self._share(key))

    def _described(self, key: Key) -> Ownership | None:
        holdings = self._blocked(key)
        if not holdings or key not in self._targets:
            return None
        standing = Standing.IMPLIED if key in self._implied else Standing.BELOW
        known = {one.owner for one in holdings if one.share is not None}
        if standing is Standing.BELOW and any(one.owner not in known for one in holdings):
            standing = Standing.SHARE_UNKNOWN
        return Ownership(
            by=self._rule.country,
            target=key,
            name=self._targets[key].name,
            standing=standing,
            share=self._share(key),
            listed=key in self._listed,
            holdings=holdings,
            rule=self._rule,
        )
