"""Which records of several lists are one party, so that a ledger counts it once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from sanctions_tracker.model import SanctionsList
from sanctions_tracker.parties import resolve

#: List id and target id.
Key = tuple[str, str]


@attrs.frozen
class Identity:
    """The party of each record: the key of its first record in order of keys.

    ``possible`` are pairs that may be one party and are counted as two.
    """

    party: Mapping[Key, Key]
    possible: tuple[tuple[Key, Key], ...] = ()

    def of(self, list_id: str, target_id: str) -> Key:
        """The party of a record; the record itself where nothing joins it to another."""
        key = (list_id, target_id)
        return self.party.get(key, key)


def identify(lists: Iterable[SanctionsList], wanted: Iterable[Key], links: Iterable[tuple[Key, Key]] = ()) -> Identity:
    """Join the wanted records.

    Within one list an id is a party by the publisher's word. Across lists
    names, births, countries and numbers decide (`parties.resolve`), and so do
    ``links``: pairs that an announcement and the list's entry of its day prove.
    """
    wanted = frozenset(wanted)
    parts = [part for one in lists if (part := _part(one, wanted)) is not None]
    if len(parts) < 2:  # noqa: PLR2004  (two lists)
        return Identity({})
    parties = resolve(parts)
    joined = _Joined()
    for cluster in parties.clusters:
        first, *others = (record.key for record in cluster.records)
        for other in others:
            joined.join(first, other)
    for one, other in links:
        if one in wanted and other in wanted:
            joined.join(one, other)
    found = {key: joined.first(key) for key in wanted}
    pairs = ((found[one.comparison.left.key], found[one.comparison.right.key]) for one in parties.possible)
    return Identity(found, _undecided(found, pairs))


def _undecided(found: Mapping[Key, Key], pairs: Iterable[tuple[Key, Key]]) -> tuple[tuple[Key, Key], ...]:
    """The pairs of parties that are still two, those left out that one list holds side by side."""
    homes: dict[Key, set[str]] = {}
    for (list_id, _), party in found.items():
        homes.setdefault(party, set()).add(list_id)
    several = {(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]}
    return tuple(sorted(pair for pair in several if homes[pair[0]].isdisjoint(homes[pair[1]])))


def _part(one: SanctionsList, wanted: frozenset[Key]) -> SanctionsList | None:
    """The wanted targets of a list, and nothing else of it."""
    targets = tuple(target for target in one.targets if (one.id, target.id) in wanted)
    if not targets:
        return None
    return SanctionsList(one.id, date=one.date, sanctioners=one.sanctioners, targets=targets)


class _Joined:
    """Sets of keys that grow together; each is called by its first key."""

    def __init__(self) -> None:
        self._above: dict[Key, Key] = {}

    def first(self, key: Key) -> Key:
        while key in self._above:
            key = self._above[key]
        return key

    def join(self, one: Key, other: Key) -> None:
        first, second = sorted((self.first(one), self.first(other)))
        if first != second:
            self._above[second] = first
