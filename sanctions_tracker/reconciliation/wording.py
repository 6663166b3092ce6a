"""The one place where actions, counts and verifications are put into words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sanctions_tracker.model import Action, SanctionsList
from sanctions_tracker.model.vocabulary import PartyClass
from sanctions_tracker.reconciliation.episodes import Basis, Edge
from sanctions_tracker.reconciliation.selection import Difference
from sanctions_tracker.reconciliation.verification import Verification

_PLURALS = {
    PartyClass.PERSON: "persons",
    PartyClass.ENTITY: "entities",
    PartyClass.VESSEL: "vessels",
    PartyClass.AIRCRAFT: "aircraft",
    PartyClass.PROGRAMME: "programmes",
    PartyClass.UNKNOWN: "parties of unknown kind",
}


def number_in_words(of: PartyClass | None, number: int, *, at_least: bool = False) -> str:
    """``1 person``, ``at least 13 persons``, ``30 in all``.

    >>> number_in_words(PartyClass.ENTITY, 5)
    '5 entities'
    """
    bound = "at least " if at_least else ""
    if of is None:
        return f"{bound}{number} in all"
    return f"{bound}{number} {of.value if number == 1 and of in _SINGULAR else _PLURALS[of]}"


_SINGULAR = frozenset(PartyClass) - {PartyClass.UNKNOWN}


def classes_in_words(numbers: Mapping[PartyClass, int] | Mapping[PartyClass | None, int]) -> str:
    """``26 persons, 7 entities``; a dash for none."""
    order = [*PartyClass, None]
    some = sorted(((of, number) for of, number in numbers.items() if number), key=lambda item: order.index(item[0]))
    return ", ".join(number_in_words(of, number) for of, number in some) or "–"


def counts_in_words(action: Action) -> str:
    """What an announcement counts, or that it states no number."""
    whole = [count for count in action.counts if count.against is None]
    counted = ", ".join(number_in_words(count.of, count.value, at_least=count.at_least) for count in whole)
    return counted or "number not stated"


def action_in_words(action: Action, one: SanctionsList, *, names: int = 3) -> str:
    """The counts, and the first of the names where the sources give any."""
    named = [one.target(target).name for target in action.named]
    if not named:
        return counts_in_words(action)
    more = f" … {len(named) - names} more" if len(named) > names else ""
    counted = f"{counts_in_words(action)}: " if action.counts else ""
    return f"{counted}{', '.join(named[:names])}{more}"


def edge_in_words(edge: Edge) -> str:
    """On whose word the one answers the other; an inferred edge claims no cause."""
    order = "" if edge.order_known else ", order unknown"
    basis = ", from dates alone" if edge.basis is Basis.WINDOW else ""
    return f"{edge.evidence.value}{basis}{order}"


def difference_in_words(difference: Difference) -> str:
    """``entities: 15 of 16``."""
    of = _PLURALS[difference.of] if difference.of else "in all"
    return f"{of}: {difference.found} of {difference.announced}"


def selector_in_words(verification: Verification) -> str:
    """How it is known which entries are meant."""
    selector = verification.selector
    if verification.by_name:
        return "by name"
    if selector is None:
        return ""
    return f"{selector.evidence.value}: {', '.join(selector.programmes)}"


def shortfall_in_words(verification: Verification) -> str:
    """What is missing, left over or found under another day, in one line."""
    parts: list[str] = [*map(difference_in_words, (*verification.missing, *verification.surplus))]
    parts += _unfound(verification)
    return "; ".join(part for part in (*parts, verification.reason) if part)


def _unfound(verification: Verification) -> Iterable[str]:
    elsewhere = {one.named.id: one for one in verification.elsewhere}
    for target in verification.unfound:
        one = elsewhere.get(target.id)
        if one:
            yield f"{target.name} stands under {one.listed_on or 'no date'} as {one.target.name} ({one.target.id})"
        else:
            yield f"{target.name} not found"
