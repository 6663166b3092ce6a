"""The parties that announcements count without naming them: how many are left, and what holds for them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from sanctions_tracker.codec import unstructure
from sanctions_tracker.model import Action, Count, PartialDate, SanctionsList, Selector, Target
from sanctions_tracker.model.vocabulary import ActionKind, MeasureStatus, PartyClass
from sanctions_tracker.reconciliation.parties import (
    LISTING,
    acts_against,
    belongs,
    is_property,
    only_against,
    takes_effect,
    within,
)
from sanctions_tracker.reconciliation.verification import Verdict, Verification

#: Verdicts under which the entries found are proven to be the action's.
_PROVING = frozenset({Verdict.CONFIRMED, Verdict.CONSISTENT, Verdict.NOT_IN_FULL, Verdict.LISTED_EARLIER})


@attrs.frozen
class Remainder:
    """The parties that an action counts but no source and no list given names.

    ``of`` is None where only a total is stated. ``at_least`` marks a lower
    bound; ``shared_with`` the other countries that the same number may belong
    to. ``status`` is what held of them on the day, ``UNKNOWN`` where nothing
    tells (a partial lifting does not say whom it leaves). ``identified`` marks
    property identified, which is no designation.
    """

    list_id: str
    action: Action
    of: PartyClass | None
    number: int
    at_least: bool = False
    shared_with: tuple[str, ...] = ()
    status: MeasureStatus = MeasureStatus.IN_FORCE
    identified: bool = False

    @property
    def counts(self) -> bool:
        """Whether the number belongs to this ledger alone and binds on the day."""
        return self.status.binds and not self.shared_with

    def to_json(self) -> dict[str, Any]:
        """Plain data for JSON, with the sources of the number."""
        return {
            "list": self.list_id,
            "action": self.action.id,
            "of": self.of.value if self.of else None,
            "number": self.number,
            "at_least": self.at_least,
            "shared_with": list(self.shared_with),
            "status": self.status.value,
            "identified_property": self.identified,
            "sources": [unstructure(origin) for origin in self.action.origins],
        }


@attrs.frozen
class Fill:
    """Names that an official list gives to parties that an action only counts.

    ``selector`` says by which programmes the entries were picked, and whether
    that was stated or derived; ``verdict`` how far list and announcement agree.
    """

    action: Action
    list_id: str
    list_date: PartialDate | None
    selector: Selector | None
    verdict: Verdict
    entries: tuple[Target, ...]

    def numbers(self) -> Mapping[PartyClass, int]:
        """How many entries of each class."""
        return Counter(entry.kind.counted_as for entry in self.entries)

    def to_json(self) -> dict[str, Any]:
        """Plain data for JSON, with the id and the origin of every entry."""
        return {
            "action": self.action.id,
            "list": self.list_id,
            "list_date": str(self.list_date) if self.list_date else None,
            "selector": unstructure(self.selector) if self.selector else None,
            "verdict": self.verdict.value,
            "entries": [
                {"id": one.id, "name": one.name, "origin": unstructure(one.origin) if one.origin else None}
                for one in self.entries
            ],
        }


def proves(verification: Verification) -> bool:
    """Whether the entries of a verification may stand in for names: not where others would fit as well."""
    return verification.verdict in _PROVING and verification.unique


def fill(verification: Verification, on: str) -> Fill | None:
    """The names that a verification gives to the country's parties in an action; None where it proves none.

    An entry that the sources name already fills nothing.
    """
    action = verification.action
    entries = tuple(
        found.entry.target
        for found in verification.found
        if found.named is None and belongs(found.entry.target, action, on)
    )
    if not entries or not proves(verification):
        return None
    return Fill(
        action, verification.list_id, verification.list_date, verification.selector, verification.verdict, entries
    )


def remainders(
    one: SanctionsList,
    action: Action,
    by: str,
    on: str,
    *,
    status: MeasureStatus,
    filled: Fill | None = None,
) -> Iterable[Remainder]:
    """What the counts leave over once the named parties are taken off, class by class."""
    own = _own_counts(action, on)
    counts = own or [count for count in action.counts if count.against is None]
    shared = () if own or only_against(action, on) else tuple(code for code in action.against if code != on)
    named = Counter(
        one.target(target).kind.counted_as
        for target in action.named
        if not own or belongs(one.target(target), action, on)
    )
    named.update(filled.numbers() if filled else {})
    for count in counts:
        left = count.value - (named[count.of] if count.of else named.total())
        if left > 0 or count.at_least:
            yield Remainder(
                one.id,
                action,
                count.of,
                max(left, 0),
                count.at_least,
                shared,
                status,
                identified=action.kind in LISTING and is_property(by, count.of),
            )


def _own_counts(action: Action, on: str) -> list[Count]:
    """The counts of the country's parties; those of its members where the EU is meant and has none of its own."""
    exactly = [count for count in action.counts if count.against == on]
    return exactly or [count for count in action.counts if count.against in within(on)]


def status_of(one: SanctionsList, action: Action, lifts: Iterable[Action], as_of: dt.date) -> MeasureStatus:
    """What held on a day of the parties that an action counts without a name.

    A lifting that takes back all that it affects holds for them too; a
    suspension for as long as the measures on the named parties of the same
    action say. Any other lifting leaves open whom it means.
    """
    begun = takes_effect(action).reached_by(as_of)
    if begun is not True:
        return MeasureStatus.UNKNOWN if begun is None else MeasureStatus.ANNOUNCED
    status = MeasureStatus.IN_FORCE
    for lift in lifts:
        if action.id in lift.affects:
            status = _after(one, action, lift, status, as_of)
    return status


def status_of_lifted(one: SanctionsList, lift: Action) -> MeasureStatus:
    """What a lifting brought those whom it does not name; ``UNKNOWN`` where it leaves open who is meant."""
    if not _takes_back_all(one, lift):
        return MeasureStatus.UNKNOWN
    return MeasureStatus.DELISTED if lift.kind is ActionKind.DELISTING else MeasureStatus.SUSPENDED


def _after(one: SanctionsList, action: Action, lift: Action, before: MeasureStatus, as_of: dt.date) -> MeasureStatus:
    if lift.date.reached_by(as_of) is None or not _takes_back_all(one, lift):
        return MeasureStatus.UNKNOWN
    if lift.kind is ActionKind.DELISTING:
        return MeasureStatus.DELISTED
    ends = _ends(one, action, lift)
    if len(ends) != 1:
        return MeasureStatus.UNKNOWN if ends else MeasureStatus.SUSPENDED
    (until,) = ends
    ended = until.reached_by(as_of - dt.timedelta(days=1)) if until else False
    if ended is None:
        return MeasureStatus.UNKNOWN
    return before if ended else MeasureStatus.SUSPENDED


def _takes_back_all(one: SanctionsList, lift: Action) -> bool:
    """Whether a lifting counts as many parties as the actions that it affects."""
    affected = [one.actions_by_id.get(key) for key in lift.affects]
    numbers = [exact_number(action) if action else None for action in affected]
    known = [number for number in numbers if number is not None]
    return len(known) == len(numbers) > 0 and exact_number(lift) == sum(known)


def _ends(one: SanctionsList, action: Action, lift: Action) -> set[PartialDate | None]:
    """Until when the measures on the action's named parties are suspended, as they say."""
    return {
        event.until
        for target in action.named
        for measure in one.measures_on(target)
        for event in measure.events
        if action.id in measure.actions and event.action == lift.id
    }


def exact_number(action: Action, on: str | None = None) -> int | None:
    """How many parties of a country an action counts (of all, where ``on`` is None); None where that is not known.

    Not known: no count and an incomplete list of names, a lower bound, or a
    number shared with another country.
    """
    own = _own_counts(action, on) if on is not None else []
    if not own and on is not None and not (only_against(action, on) and acts_against(action, on)):
        return None
    counts = own or [count for count in action.counts if count.against is None]
    if any(count.at_least for count in counts):
        return None
    return _sum(counts) if counts else (len(action.named) if action.complete and action.named else None)


def _sum(counts: Iterable[Count]) -> int:
    """The total where one is stated, else the sum over the classes."""
    counts = tuple(counts)
    total = next((count.value for count in counts if count.of is None), None)
    return total if total is not None else sum(count.value for count in counts)
