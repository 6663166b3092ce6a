"""What one country's sanctioners hold against another country's parties."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any

import attrs

from sanctions_tracker.codec import unstructure
from sanctions_tracker.model import Action, SanctionsList
from sanctions_tracker.model.vocabulary import MeasureKind, MeasureStatus, PartyClass
from sanctions_tracker.reconciliation.designations import designated_on
from sanctions_tracker.reconciliation.editions import Editions, editions
from sanctions_tracker.reconciliation.identity import Identity, Key
from sanctions_tracker.reconciliation.lines import LedgerLine, lines
from sanctions_tracker.reconciliation.parties import (
    LIFTING,
    LISTING,
    RULES,
    acting_for,
    acts_against,
    in_order,
    names_some_of,
)
from sanctions_tracker.reconciliation.remainders import Fill, Remainder, fill, remainders, status_of, status_of_lifted
from sanctions_tracker.reconciliation.verification import Verification

__all__ = ["Counting", "Ledger", "LedgerLine", "Remainder", "Tally", "ledger"]


class Counting(StrEnum):
    """What is counted; the three are never mixed.

    * ``PARTY``: one target, however often it was designated, while a measure on
      it binds. Parties without a name may be among each other: their number is
      the most that there can be.
    * ``DESIGNATION``: one party in one action, whatever became of it. Property
      that is only identified is none.
    * ``ACTION``: one announcement.
    """

    PARTY = "party"
    DESIGNATION = "designation"
    ACTION = "action"


@attrs.frozen
class Tally:
    """A number in one counting mode: what bears a name, and what does not.

    ``exact`` is false where a lower bound, an action without any number, a
    number of unknown standing or a designation of unknown day is among what was counted.
    """

    mode: Counting
    named: int
    unnamed: int
    exact: bool

    @property
    def total(self) -> int:
        """Both together."""
        return self.named + self.unnamed

    def to_json(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {"mode": self.mode.value, "named": self.named, "unnamed": self.unnamed, "exact": self.exact}


@attrs.frozen
class Ledger:
    """The measures of ``by`` on the parties of ``on``, as they stood on ``as_of``.

    Three ways of counting, never mixed: see `Counting` and `tally`.
    ``filled`` holds the names that official lists give to counts without
    names; ``unnamed`` what is left. ``uncounted`` holds the actions whose number of
    parties no source states; ``rules`` those that address no party (a
    regulation, a blocking statute); ``lifted`` the parties that were released
    or suspended without their names (of status ``UNKNOWN`` where it is open who
    is meant); ``possible`` pairs of parties that may be one. ``known`` is false where no list
    given holds a sanctioner of ``by``: then the ledger is unknown, not empty.
    """

    by: str
    on: str
    as_of: dt.date
    lines: tuple[LedgerLine, ...]
    unnamed: tuple[Remainder, ...]
    uncounted: tuple[Action, ...]
    rules: tuple[Action, ...]
    actions: tuple[Action, ...]
    filled: tuple[Fill, ...] = ()
    lifted: tuple[Remainder, ...] = ()
    possible: tuple[tuple[Key, Key], ...] = ()
    known: bool = True

    @property
    def named_parties(self) -> int:
        """Distinct named parties with a measure that binds on the day."""
        return len({line.party for line in self.lines if line.binding})

    @property
    def unknown_parties(self) -> int:
        """Distinct named parties of which the known dates do not tell whether a measure binds."""
        bound = {line.party for line in self.lines if line.binding}
        open_ones = {line.party for line in self.lines if MeasureStatus.UNKNOWN in line.statuses}
        return len(open_ones - bound)

    @property
    def gone_parties(self) -> int:
        """Distinct named parties that older editions of a list hold, and no list that counts."""
        standing = {line.party for line in self.lines if not line.gone}
        return len({line.party for line in self.lines} - standing)

    @property
    def unnamed_parties(self) -> int:
        """Parties counted without a name whose measures bind, those shared with another country left out."""
        return sum(rest.number for rest in self.unnamed if rest.counts)

    @property
    def units(self) -> tuple[tuple[Key, Key], ...]:
        """Lines' keys, a unit and what it is part of: both are listed, and the one is within the other."""
        keys = {(line.list_id, line.target.id) for line in self.lines if line.binding}
        pairs = {(line.key, (line.list_id, parent)) for line in self.lines if line.binding for parent in line.part_of}
        return tuple(sorted(pair for pair in pairs if pair[1] in keys))

    def tally(self, mode: Counting) -> Tally:
        """How many, in one counting mode."""
        if mode is Counting.PARTY:
            whom = any(rest.status is MeasureStatus.UNKNOWN for rest in self.lifted)
            exact = self._exact and not whom and not self.unknown_parties and not self.possible
            return Tally(mode, self.named_parties, self.unnamed_parties, exact)
        if mode is Counting.DESIGNATION:
            unnamed = [rest for rest in self.unnamed if not rest.shared_with and not rest.identified]
            exact = self._exact and not self._undated
            return Tally(mode, self._named_designations(), sum(rest.number for rest in unnamed), exact)
        naming = {one.action.id for one in self.filled} | {action.id for action in self.actions if action.named}
        return Tally(mode, len(naming), len(self.actions) - len(naming), self.known)

    @property
    def _exact(self) -> bool:
        open_ones = any(
            rest.at_least or rest.shared_with or rest.status is MeasureStatus.UNKNOWN for rest in self.unnamed
        )
        return self.known and not open_ones and not self.uncounted

    @property
    def _undated(self) -> bool:
        """Whether a party is listed on a day that nobody states: how often it was designated is not known."""
        return any(
            not line.identified and not any(designated_on(measure, self.as_of) for measure in line.measures)
            for line in self.lines
        )

    def _named_designations(self) -> int:
        return len(
            {
                (line.party, day)
                for line in self.lines
                if not line.identified
                for measure in line.measures
                for day in designated_on(measure, self.as_of)
            }
        )

    def identified_property(self) -> Mapping[PartyClass, int]:
        """Ships and aircraft identified as property, named or not, by class: listed, but not designated."""
        named = {line.party: line.target.kind.counted_as for line in self.lines if line.identified and line.binding}
        counted = Counter(named.values())
        for rest in self.unnamed:
            if rest.identified and rest.of and rest.counts:
                counted[rest.of] += rest.number
        return counted

    def named_by_class(self) -> Mapping[PartyClass, int]:
        """Named parties with a binding measure, by class."""
        return Counter({line.party: line.target.kind.counted_as for line in self._binding()}.values())

    def unnamed_by_class(self) -> Mapping[PartyClass | None, int]:
        """Parties counted without a name, by class (None: only a total is stated)."""
        counted: Counter[PartyClass | None] = Counter()
        for rest in self.unnamed:
            if rest.counts:
                counted[rest.of] += rest.number
        return counted

    def by_measure(self) -> Mapping[MeasureKind, int]:
        """Named parties under each kind of binding measure."""
        held = {
            (line.party, measure.kind)
            for line in self.lines
            for measure, status in zip(line.measures, line.statuses, strict=True)
            if status.binds
        }
        return Counter(kind for _, kind in held)

    def by_status(self) -> Mapping[MeasureStatus, int]:
        """Measures on named parties by what held of them."""
        return Counter(status for line in self.lines for status in line.statuses)

    def _binding(self) -> Sequence[LedgerLine]:
        """Of each party with a binding measure the last line: all lines of a party are of one class."""
        return [line for line in self.lines if line.binding]

    def with_parties(self, identity: Identity) -> Ledger:
        """The same with every line under its party."""
        named = tuple(attrs.evolve(line, party=identity.of(*line.key)) for line in self.lines)
        held = {line.party for line in named}
        possible = tuple(pair for pair in identity.possible if held.issuperset(pair))
        return attrs.evolve(self, lines=named, possible=possible)

    def to_json(self) -> dict[str, Any]:
        """Plain data for JSON, with every id and source."""
        return {
            "by": self.by,
            "on": self.on,
            "as_of": self.as_of.isoformat(),
            "known": self.known,
            "tallies": [self.tally(mode).to_json() for mode in Counting],
            "named": {
                "parties": self.named_parties,
                "unknown": self.unknown_parties,
                "gone": self.gone_parties,
                "by_class": _as_data(self.named_by_class()),
                "by_measure": _as_data(self.by_measure()),
                "by_status": _as_data(self.by_status()),
            },
            "unnamed": {
                "parties": self.unnamed_parties,
                "by_class": _as_data(self.unnamed_by_class()),
                "remainders": [rest.to_json() for rest in self.unnamed],
            },
            "identified_property": _as_data(self.identified_property()),
            "filled": [one.to_json() for one in self.filled],
            "lifted_without_names": [rest.to_json() for rest in self.lifted],
            "units": [{"unit": list(unit), "part_of": list(parent)} for unit, parent in self.units],
            "possibly_one_party": [[list(one), list(other)] for one, other in self.possible],
            "uncounted_actions": [action.id for action in self.uncounted],
            "rules": [action.id for action in self.rules],
            "actions": [action.id for action in self.actions],
            "action_sources": {
                action.id: [unstructure(origin) for origin in action.origins] for action in self.actions
            },
            "lines": [line.to_json() for line in self.lines],
        }

    def __str__(self) -> str:
        from sanctions_tracker.reconciliation.wording import ledger_in_words  # noqa: PLC0415  (it words this class)

        return ledger_in_words(self)


def _as_data(numbers: Mapping[Any, int]) -> dict[str, int]:
    """By name, in order, so that the order of input does not show."""
    return dict(sorted(((key.value if key else "total"), number) for key, number in numbers.items()))


def ledger(
    lists: Iterable[SanctionsList],
    by: str,
    on: str,
    as_of: dt.date,
    *,
    called_for: bool = False,
    verifications: Iterable[Verification] = (),
) -> Ledger:
    """The ledger of ``by`` against ``on``.

    Args:
        lists: the lists to draw from; a party on two of them is two lines, and
            counts once where they are known to be one (`Ledger.with_parties`).
            Of two editions of one list the newer counts (`editions`); what it no
            longer holds is told as delisted.
        by: the code of the country whose sanctioners act.
        on: the code of the country whose parties are meant; the EU stands for its members too.
        as_of: the day for which statuses are told; actions after it are left out.
        called_for: take in calls, which are no measures in force.
        verifications: announcements checked against official lists among
            ``lists``, whose entries fill the counts without names.

    Raises:
        ReconciliationError: two editions of one list, of which the dates do not tell the newer.
    """
    return ledger_of(editions(lists, as_of), by, on, as_of, called_for=called_for, verifications=verifications)


def ledger_of(
    given: Editions,
    by: str,
    on: str,
    as_of: dt.date,
    *,
    called_for: bool = False,
    verifications: Iterable[Verification] = (),
) -> Ledger:
    """The `ledger` on lists of which is known already which editions count."""
    against = _against(given.used, by, on, as_of)
    moves = [action for _, action in against if action.kind in LISTING]
    fills = _fills(verifications, {action.id for action in moves}, on)
    lifts = [action for _, action in against if action.kind in LIFTING]
    resting: list[Remainder] = []
    lifted: list[Remainder] = []
    for one, action in against:
        if action.kind in LISTING:
            status = status_of(one, action, lifts, as_of)
            resting += remainders(one, action, by, on, status=status, filled=fills.get(action.id))
        elif action.kind in LIFTING:
            lifted += remainders(one, action, by, on, status=status_of_lifted(one, action))
    return Ledger(
        by=by,
        on=on,
        as_of=as_of,
        lines=tuple(lines(given, by, on, as_of, called_for=called_for, fills=fills.values())),
        unnamed=tuple(resting),
        uncounted=tuple(action for action in moves if not action.counts),
        rules=tuple(action for _, action in against if action.kind in RULES),
        actions=tuple(action for _, action in against),
        filled=tuple(fills.values()),
        lifted=tuple(lifted),
        known=any(body.country == by for one in given.used for body in one.sanctioners),
    )


def _against(lists: Sequence[SanctionsList], by: str, on: str, as_of: dt.date) -> list[tuple[SanctionsList, Action]]:
    """The actions of ``by`` against ``on``, or that name a party of it, each once, oldest first."""
    found: dict[str, tuple[SanctionsList, Action]] = {}
    for one, action in acting_for(by, lists):
        concerned = acts_against(action, on) or names_some_of(one, action, on)
        if concerned and action.date.reached_by(as_of) is not False:
            found.setdefault(action.id, (one, action))
    return sorted(found.values(), key=lambda pair: in_order(pair[1]))


def _fills(verifications: Iterable[Verification], actions: set[str], on: str) -> dict[str, Fill]:
    found = (fill(one, on) for one in verifications if one.action.id in actions)
    return {one.action.id: one for one in found if one is not None}
