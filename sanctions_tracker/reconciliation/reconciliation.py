"""The verb ``reconcile``: both ledgers and the episodes between two countries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import attrs

from sanctions_tracker.codec import unstructure
from sanctions_tracker.errors import NothingToSearchError, ReconciliationError
from sanctions_tracker.model import SanctionsList, Source
from sanctions_tracker.model.country import country_name
from sanctions_tracker.reconciliation.episodes import Episode, episodes
from sanctions_tracker.reconciliation.ledger import Ledger, ledger
from sanctions_tracker.reconciliation.parties import checked_pair

#: How many days an inferred answer may lie behind what it answers.
#: Of the stated answers in the bundled data all lie within 18 days, all but one within 9.
DEFAULT_WINDOW_DAYS = 30


@attrs.frozen
class Reconciliation:
    """What two countries hold against each other on a day, and which actions answer which.

    ``ledger`` holds both directions: ``left`` against ``right``, then the reverse.
    ``sources`` are those that the ledgers and episodes cite, by id.
    """

    left: str
    right: str
    as_of: dt.date
    window_days: int
    ledger: tuple[Ledger, Ledger]
    episodes: tuple[Episode, ...]
    sources: dict[str, Source] = attrs.field(factory=dict, repr=False)

    def to_json(self) -> dict[str, Any]:
        """Plain data for JSON, with every record id and source."""
        return {
            "left": self.left,
            "right": self.right,
            "as_of": self.as_of.isoformat(),
            "window_days": self.window_days,
            "ledger": [one.to_json() for one in self.ledger],
            "episodes": [episode.to_json() for episode in self.episodes],
            "sources": [unstructure(source) for source in self.sources.values()],
        }

    def __str__(self) -> str:
        lines = [
            f"{country_name(one.by)} against {country_name(one.on)}: {one.named_parties} named, "
            f"{one.unnamed_parties} unnamed, {len(one.actions)} actions"
            for one in self.ledger
        ]
        lines += [
            f"{edge.response.id} after {edge.trigger.id}, {edge.lag_in_words}, {edge.evidence.value}"
            for episode in self.episodes
            for edge in episode.edges
        ]
        return "\n".join(lines)


def reconcile(
    lists: SanctionsList | Iterable[SanctionsList],
    left: str,
    right: str,
    *,
    as_of: dt.date | None = None,
    window_days: int = DEFAULT_WINDOW_DAYS,
) -> Reconciliation:
    """Set two countries' sanctions against each other.

    Args:
        lists: one list or several; the bundled data set, official lists, or both.
        left: a country's code or name, such as ``IR``.
        right: another's.
        as_of: the day for which statuses are told; the newest list date unless given.
        window_days: how far behind a trigger an inferred answer may lie, 0 or more.

    Raises:
        UnknownCountryError: a country that no table knows.
        ReconciliationError: one country twice, a negative window, or no date to go by.
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
    on = as_of or _newest_date(lists)
    ledgers = (ledger(lists, left, right, on), ledger(lists, right, left, on))
    found = episodes(lists, left, right, as_of=on, window_days=window_days)
    return Reconciliation(left, right, on, window_days, ledgers, found, _cited(lists, ledgers, found))


def _newest_date(lists: Iterable[SanctionsList]) -> dt.date:
    dates = [one.date.latest for one in lists if one.date and one.date.latest]
    if not dates:
        message = "none of the lists has a date: say as of which day"
        raise ReconciliationError(message)
    return max(dates)


def _cited(lists: Iterable[SanctionsList], ledgers: Iterable[Ledger], found: Iterable[Episode]) -> dict[str, Source]:
    known = {source.id: source for one in lists for source in one.sources}
    cited = [origin.source for one in ledgers for line in one.lines for origin in line.origins]
    actions = [action for one in ledgers for action in one.actions]
    actions += [action for episode in found for edge in episode.edges for action in (edge.trigger, edge.response)]
    cited += [origin.source for action in actions for origin in action.origins]
    return {key: known[key] for key in dict.fromkeys(sorted(cited)) if key in known}
