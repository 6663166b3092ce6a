"""Which of the lists given count on a day: of two editions of one list only one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

import attrs

from sanctions_tracker.errors import ReconciliationError
from sanctions_tracker.model import PartialDate, SanctionsList, Target
from sanctions_tracker.parties.decisions import Key
from sanctions_tracker.parties.record import series_of

#: An older list of one publisher, under another id, is an edition of the newer one where that holds so much of it:
#: OFAC prints one list in four formats. A convention of this library: of OFAC's files, editions of one list share more
#: than .8 of the older one's entries, and different lists .2 at most.
_SHARED = 0.5


#: Where a source stands: list id, list date (or an empty text), source id. Editions of one list use one id for several.
SourceKey = tuple[str, str, str]


@attrs.frozen
class Edition:
    """A list that was given, and whether it counts.

    ``instead`` is the list that counts in its place, as id and date; ``later``
    says that it is newer than the day asked for, so that what was delisted in
    between is not on it.
    """

    list_id: str
    date: PartialDate | None
    used: bool
    later: bool = False
    instead: tuple[str, PartialDate | None] | None = None

    def __str__(self) -> str:
        dated = f"{self.list_id} of {self.date or 'no date'}"
        if self.instead:
            return f"{dated}: not counted, {self.instead[0]} of {self.instead[1] or 'no date'} is"
        return f"{dated}{': newer than the day, without what was delisted in between' if self.later else ''}"

    def to_json(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "list": self.list_id,
            "date": str(self.date) if self.date else None,
            "used": self.used,
            "later": self.later,
            "instead": [self.instead[0], str(self.instead[1] or "")] if self.instead else None,
        }


@attrs.frozen
class Departed:
    """An entry of an older edition that ``newer``, which counts, no longer holds."""

    list: SanctionsList
    target: Target
    newer: SanctionsList


@attrs.frozen(slots=False)
class Editions:
    """The lists that count, the older editions, each with the one that counts instead, and both as they are told."""

    used: tuple[SanctionsList, ...]
    older: tuple[tuple[SanctionsList, SanctionsList], ...]
    told: tuple[Edition, ...]

    def gone(self, older: SanctionsList) -> tuple[Target, ...]:
        """What stands on an older edition, and on no list of its publisher's that counts."""
        held = [one.targets_by_id for one in self.used if series_of(one) == series_of(older)]
        return tuple(target for target in older.targets if not any(target.id in ids for ids in held))

    @cached_property
    def departed(self) -> tuple[Departed, ...]:
        """The entries of older editions that no list of their publisher's holds any more, each as it stood last."""
        found: dict[Key, Departed] = {}
        for older, newer in sorted(self.older, key=lambda pair: _rank(pair[0], dt.date.max)):
            for target in self.gone(older):
                found.setdefault((series_of(older), target.id), Departed(older, target, newer))
        return tuple(sorted(found.values(), key=lambda one: (one.list.id, one.target.id)))

    def key_of(self, list_id: str, target_id: str) -> Key:
        """The list and the id under which a record of any edition counts.

        On a list that counts; else on the last older one that held it.
        """
        series = self._series.get(list_id, list_id)
        return self._keys.get((series, target_id), (list_id, target_id))

    @cached_property
    def _series(self) -> dict[str, str]:
        """List id -> series of its publisher."""
        return {one.id: series_of(one) for one in (*self.used, *(older for older, _ in self.older))}

    @cached_property
    def _keys(self) -> dict[Key, Key]:
        """Series and target id -> list id and target id, of what stands on an older edition too."""
        wanted = {(series_of(older), target.id) for older, _ in self.older for target in older.targets}
        standing = {
            (series_of(one), target.id): (one.id, target.id)
            for one in reversed(self.used)
            for target in one.targets
            if (series_of(one), target.id) in wanted
        }
        return {(series_of(one.list), one.target.id): (one.list.id, one.target.id) for one in self.departed} | standing


def place_of(one: SanctionsList) -> tuple[str, str]:
    """A list's id and date, or an empty text: what tells its editions apart."""
    return one.id, str(one.date or "")


def _key(one: SanctionsList) -> tuple[str, str, str]:
    return series_of(one), one.id, str(one.date or "")


def _is_later(one: SanctionsList, as_of: dt.date) -> bool:
    return one.date is not None and one.date.reached_by(as_of) is False


def editions(lists: Iterable[SanctionsList], as_of: dt.date) -> Editions:
    """Of each list the newest edition that is not newer than ``as_of``; where all are newer, the oldest.

    Raises:
        ReconciliationError: two editions of one list, of which the dates do not tell the newer.
    """
    used: list[SanctionsList] = []
    older: list[tuple[SanctionsList, SanctionsList]] = []
    told: list[Edition] = []
    for one in sorted(_distinct(lists), key=lambda one: (_is_later(one, as_of), _rank(one, as_of), _key(one))):
        later, kept = _is_later(one, as_of), next((kept for kept in used if _one_list(kept, one)), None)
        told.append(Edition(one.id, one.date, kept is None, later, (kept.id, kept.date) if kept else None))
        if kept is None:
            used.append(one)
        elif one.date and kept.date and one.date < kept.date:
            older.append((one, kept))
    told.sort(key=lambda one: (one.list_id, str(one.date or "")))
    return Editions(tuple(sorted(used, key=_key)), tuple(sorted(older, key=lambda pair: _key(pair[0]))), tuple(told))


def _distinct(lists: Iterable[SanctionsList]) -> list[SanctionsList]:
    """The lists, each once.

    Raises:
        ReconciliationError: two of one id that differ and whose order is unknown.
    """
    found: list[SanctionsList] = []
    for one in lists:
        alike = [other for other in found if other.id == one.id and not _ordered(other.date, one.date)]
        if any(other is not one and other != one for other in alike):
            message = (
                f"two editions of {one.id} were given and their dates do not tell which is newer: "
                "give one of them, or set their dates with attrs.evolve(list, date=…)"
            )
            raise ReconciliationError(message)
        if not alike:
            found.append(one)
    return found


def _ordered(left: PartialDate | None, right: PartialDate | None) -> bool:
    return left is not None and right is not None and (left < right or right < left)


def _rank(one: SanctionsList, as_of: dt.date) -> tuple[int, int]:
    """Nearest to the day first; lists without a date last."""
    if one.date is None:
        return 1, 0
    first, last = one.date.sort_key()
    return 0, (first - as_of).days if _is_later(one, as_of) else (as_of - last).days


def _one_list(kept: SanctionsList, other: SanctionsList) -> bool:
    """Whether two are editions of one list: of one id, or one publisher's and the older mostly in the newer.

    Of two that bear another id a list without a date counts as the older one.
    """
    if kept.id == other.id:
        return True
    if series_of(kept) != series_of(other) or kept.date is None:
        return False
    if other.date is None or other.date < kept.date:
        return _shared(other, kept) >= _SHARED
    return kept.date < other.date and _shared(kept, other) >= _SHARED


def _shared(older: SanctionsList, newer: SanctionsList) -> float:
    """The share of a list's records that another one has as well; 0 for an empty list."""
    return len(older.targets_by_id.keys() & newer.targets_by_id.keys()) / max(len(older.targets), 1)


def newest_date(lists: Sequence[SanctionsList]) -> dt.date:
    """The newest date of the lists.

    Raises:
        ReconciliationError: none of them has one.
    """
    dates = [one.date.latest for one in lists if one.date and one.date.latest]
    if not dates:
        message = "none of the lists has a date: say as of which day"
        raise ReconciliationError(message)
    return max(dates)
