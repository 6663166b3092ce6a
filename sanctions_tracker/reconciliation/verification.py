"""Does the official list bear the announcement out? Found, missing, surplus, and the verdict."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any

import attrs

from sanctions_tracker.codec import unstructure
from sanctions_tracker.errors import NothingToSearchError
from sanctions_tracker.model import Action, PartialDate, SanctionsList, Selector, Target
from sanctions_tracker.model.vocabulary import Evidence
from sanctions_tracker.reconciliation.naming import Elsewhere, FoundEntry, ListDays, match_named
from sanctions_tracker.reconciliation.parties import LISTING
from sanctions_tracker.reconciliation.selection import Difference, Division, Entry, differences, divide
from sanctions_tracker.sources import bundled

#: Sorts a list without a date behind all others.
_NO_DATE = (dt.date.max, dt.date.max)


class Verdict(StrEnum):
    """What the list says of an announcement.

    * ``CONFIRMED``: every count is met and every named target found, and it is
      certain which entries are meant: by a stated selector, by the names
      themselves, or because the day's actions account for all its entries.
    * ``CONSISTENT``: as much is met, but which entries are meant was derived,
      and the day has others; or no number is stated and only names were checked.
    * ``NOT_IN_FULL``: fewer entries than announced, or a named target not found.
    * ``LISTED_EARLIER``: what is not found under the day stands under an earlier
      one: a list that dates entries by their first listing shows no second one.
    * ``EXCEEDED``: more entries than announced.
    * ``AMBIGUOUS``: several selections of entries fit equally well.
    * ``NOT_CHECKED``: nothing to check it by; ``reason`` says what is lacking.
    """

    CONFIRMED = "confirmed"
    CONSISTENT = "consistent"
    NOT_IN_FULL = "not in full"
    LISTED_EARLIER = "listed earlier"
    EXCEEDED = "exceeded"
    AMBIGUOUS = "ambiguous"
    NOT_CHECKED = "not checked"


@attrs.frozen
class Verification:
    """One announcement against one list.

    ``missing`` and ``surplus`` are the counts that differ; ``unfound`` the
    named targets without an entry of the day, ``elsewhere`` where the list
    holds them under another day. ``selector`` says which entries were taken
    and how that is known; ``left_over`` counts the entries of the day that no
    known action takes; ``unique`` is false where another selection of the day's
    entries meets the announcement as well.
    """

    action: Action
    verdict: Verdict
    reason: str = ""
    list_id: str = ""
    list_date: PartialDate | None = None
    selector: Selector | None = None
    found: tuple[FoundEntry, ...] = ()
    missing: tuple[Difference, ...] = ()
    surplus: tuple[Difference, ...] = ()
    unfound: tuple[Target, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    left_over: int = 0
    unique: bool = True

    @property
    def by_name(self) -> bool:
        """Whether the sources name every party of the action, and each entry taken is one of them."""
        return self.action.complete and bool(self.found) and all(one.named for one in self.found)

    def to_json(self) -> dict[str, Any]:
        """Plain data for JSON, with the id and the origin of every entry."""
        return {
            "action": self.action.id,
            "date": str(self.action.date),
            "verdict": self.verdict.value,
            "reason": self.reason,
            "list": self.list_id,
            "list_date": str(self.list_date) if self.list_date else None,
            "selector": unstructure(self.selector) if self.selector else None,
            "by_name": self.by_name,
            "found": [_found_as_data(found) for found in self.found],
            "missing": [unstructure(one) for one in self.missing],
            "surplus": [unstructure(one) for one in self.surplus],
            "unfound": [target.id for target in self.unfound],
            "elsewhere": [
                {"named": one.named.id, "entry": one.target.id, "listed_on": str(one.listed_on or "")}
                for one in self.elsewhere
            ],
            "left_over": self.left_over,
            "unique": self.unique,
            "sources": [unstructure(origin) for origin in self.action.origins],
        }

    def __str__(self) -> str:
        return f"{self.action.id}: {self.verdict.value}{f' ({self.reason})' if self.reason else ''}"


def _found_as_data(found: FoundEntry) -> dict[str, Any]:
    entry = found.entry
    return {
        "id": entry.target.id,
        "name": entry.target.name,
        "kind": entry.target.kind.value,
        "programmes": sorted(entry.programmes),
        "legal_bases": sorted({basis for measure in entry.measures for basis in measure.legal_bases}),
        "origin": unstructure(entry.target.origin) if entry.target.origin else None,
        "named": found.named.id if found.named else None,
        "score": found.comparison.score if found.comparison else None,
    }


def verify(
    actions: SanctionsList | Iterable[Action],
    lists: SanctionsList | Iterable[SanctionsList],
    *,
    data: SanctionsList | None = None,
) -> tuple[Verification, ...]:
    """Check announcements against official lists.

    Each is checked against the list of its own country, dated on or after it,
    that holds the most entries of its day: a file may be a part of a list, and
    what is delisted leaves it. Of several that hold as many it is the oldest,
    which changed least since.

    Args:
        actions: a list with its actions, or some actions of ``data``.
        lists: the official lists.
        data: the list that the actions come from, which knows their sanctioners,
            the targets they name and what else was announced on the day;
            ``actions`` itself where that is a list, else the bundled data set.
            Actions that it does not hold are your own: only they share their day.

    Raises:
        NothingToSearchError: no list was given.
    """
    lists = (lists,) if isinstance(lists, SanctionsList) else tuple(lists)
    if not lists:
        message = "give at least one official list to verify against"
        raise NothingToSearchError(message)
    known = data or (actions if isinstance(actions, SanctionsList) else bundled())
    chosen = actions.actions if isinstance(actions, SanctionsList) else tuple(actions)
    days = tuple(map(ListDays, lists))
    foreign = tuple(action for action in chosen if action.id not in known.actions_by_id)
    return tuple(_verified(action, foreign if action in foreign else known.actions, known, days) for action in chosen)


@attrs.frozen
class _Findings:
    """What the entries of the day give for one action."""

    action: Action
    entries: Sequence[Entry]
    stated: Selector | None
    division: Division | None
    found: tuple[FoundEntry, ...]
    unfound: tuple[Target, ...]
    differing: tuple[Difference, ...]
    elsewhere: tuple[Elsewhere, ...]

    @property
    def missing(self) -> tuple[Difference, ...]:
        return tuple(one for one in self.differing if one.found < one.announced)

    @property
    def surplus(self) -> tuple[Difference, ...]:
        return tuple(one for one in self.differing if one.found > one.announced)

    @property
    def left_over(self) -> int:
        if self.stated or self.division is None:
            return len(self.entries) - len(self.found)
        return self.division.left_over

    @property
    def unique(self) -> bool:
        """Whether no other selection of the entries fits as well."""
        by_names_alone = not self.action.counts
        return bool(self.stated) or by_names_alone or (self.division is not None and self.division.unique)


def _verified(action: Action, known: Sequence[Action], data: SanctionsList, lists: Sequence[ListDays]) -> Verification:
    days, reason = _list_for(action, data, lists)
    if days is None:
        return Verification(action, Verdict.NOT_CHECKED, reason)
    findings = _findings(action, _peers(action, known, data), data, days)
    verdict = _verdict(findings)
    return Verification(
        action=action,
        verdict=verdict,
        reason=_reason(verdict, findings),
        list_id=days.list.id,
        list_date=days.list.date,
        selector=findings.stated or _derived_selector(findings),
        found=findings.found,
        missing=findings.missing,
        surplus=findings.surplus,
        unfound=findings.unfound,
        elsewhere=findings.elsewhere,
        left_over=findings.left_over,
        unique=findings.unique,
    )


def _list_for(action: Action, data: SanctionsList, lists: Sequence[ListDays]) -> tuple[ListDays | None, str]:
    """The list to check an action by, or why there is none."""
    if action.kind not in LISTING:
        return None, f"a {action.kind.replace('_', ' ')} lists nobody"
    if not action.counts and not action.named:
        return None, "it states no number and no name"
    day = action.date.day
    if day is None:
        return None, f"its date, {action.date}, is not known to the day"
    country = data.country_of(action.sanctioner)
    own = [days for days in lists if country and any(body.country == country for body in days.list.sanctioners)]
    if not own:
        return None, f"no list of its sanctioner's country ({country or 'unknown'}) was given"
    later = [days for days in own if days.list.date is None or not days.list.date < action.date]
    if not later:
        newest = max((days.list.date for days in own if days.list.date), key=PartialDate.sort_key)
        return None, f"the list is of {newest}, older than the action"
    return min(later, key=lambda days: _closeness(days, day)), ""


def _closeness(days: ListDays, day: dt.date) -> tuple[int, tuple[dt.date, dt.date], str]:
    """The list that holds the most entries of the day first, then the oldest; ties by id."""
    one = days.list
    return -len(days.on(day)), one.date.sort_key() if one.date else _NO_DATE, one.id


def _peers(action: Action, known: Sequence[Action], data: SanctionsList) -> tuple[Action, ...]:
    """The listing actions of the same country and day that count or name somebody, the action included."""
    country = data.country_of(action.sanctioner)
    peers = (
        other
        for other in known
        if other.kind in LISTING
        and other.date == action.date
        and (other.counts or other.named)
        and data.country_of(other.sanctioner) == country
    )
    return tuple(sorted(peers, key=lambda peer: peer.id))


def _findings(action: Action, peers: Sequence[Action], data: SanctionsList, days: ListDays) -> _Findings:
    entries = days.on(action.date.day) if action.date.day else ()
    matched = {peer.id: match_named(peer, data, entries) for peer in peers}
    stated = action.selectors[0] if action.selectors else None
    forced = {entry: peer for peer, found in matched.items() for entry in found}
    division = None if stated else divide([peer for peer in peers if peer.counts], entries, forced)
    chosen = _chosen(action, entries, stated, division) if action.counts else _named(entries, matched[action.id])
    found = tuple(matched[action.id].get(entry.target.id) or FoundEntry(entry) for entry in chosen)
    named = {one.named.id for one in found if one.named}
    unfound = tuple(data.target(target) for target in action.named if target not in named)
    return _Findings(
        action=action,
        entries=entries,
        stated=stated,
        division=division,
        found=found,
        unfound=unfound,
        differing=differences(action, Counter(entry.party_class for entry in chosen)),
        elsewhere=tuple(one for target in unfound if (one := days.elsewhere(target)) is not None),
    )


def _named(entries: Sequence[Entry], matched: Mapping[str, FoundEntry]) -> tuple[Entry, ...]:
    """The entries that the sources name: all that can be told of an action that counts nobody."""
    return tuple(entry for entry in entries if entry.target.id in matched)


def _chosen(
    action: Action, entries: Sequence[Entry], stated: Selector | None, division: Division | None
) -> tuple[Entry, ...]:
    if stated:
        return tuple(entry for entry in entries if entry.programmes.intersection(stated.programmes))
    return division.by_action[action.id] if division else ()


def _verdict(findings: _Findings) -> Verdict:
    if findings.action.counts and findings.stated is None and findings.division is None:
        return Verdict.AMBIGUOUS
    if findings.unfound or findings.missing:
        return Verdict.LISTED_EARLIER if _listed_earlier(findings) else Verdict.NOT_IN_FULL
    if findings.surplus:
        return Verdict.EXCEEDED
    if findings.stated or (findings.action.complete and all(one.named for one in findings.found)):
        return Verdict.CONFIRMED
    return _verdict_of_division(findings)


def _verdict_of_division(findings: _Findings) -> Verdict:
    """How certain a selection is that was derived, and that meets the counts."""
    division = findings.division
    if division is None or not findings.action.counts:
        return Verdict.CONSISTENT
    if not division.unique:
        return Verdict.AMBIGUOUS
    accounted = division.left_over == 0 and division.mismatch == 0
    return Verdict.CONFIRMED if accounted else Verdict.CONSISTENT


def _listed_earlier(findings: _Findings) -> bool:
    """Whether every party that the day lacks stands under an earlier day."""
    date = findings.action.date
    earlier = [one for one in findings.elsewhere if one.listed_on is not None and one.listed_on < date]
    lacking = sum(one.announced - one.found for one in findings.missing)
    return len(earlier) == len(findings.unfound) and lacking <= len(earlier)


def _reason(verdict: Verdict, findings: _Findings) -> str:
    if verdict is Verdict.LISTED_EARLIER:
        return "the list dates an entry by its first listing"
    if not findings.entries:
        return f"the list holds no entry of {findings.action.date}: delisted since, or dated otherwise"
    if verdict is Verdict.AMBIGUOUS:
        return "several selections of the day's entries fit equally well"
    if not findings.action.counts:
        return "no number is stated: only the names can be checked"
    if verdict is Verdict.CONSISTENT:
        return f"{findings.left_over} of the day's entries belong to no action known here"
    return ""


def _derived_selector(findings: _Findings) -> Selector | None:
    """The programmes that tell the chosen entries from the day's others, if some do."""
    chosen = [one.entry for one in findings.found]
    if not chosen:
        return None
    ids = {entry.target.id for entry in chosen}
    others = {programme for entry in findings.entries if entry.target.id not in ids for programme in entry.programmes}
    own = {programme for entry in chosen for programme in entry.programmes}
    telling = own - others
    enough = telling and all(entry.programmes & telling for entry in chosen)
    note = "" if enough else "the entries' combinations of programmes tell them from the day's others"
    return Selector(tuple(sorted(telling if enough else own)), Evidence.DERIVED, note)
