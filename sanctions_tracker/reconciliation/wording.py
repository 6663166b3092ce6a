"""The one place where what reconciliation finds is put into words.

Facts and on whose word they stand; a cause is never claimed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sanctions_tracker.model import Action, SanctionsList, Selector
from sanctions_tracker.model.country import ANY_COUNTRY, country_name
from sanctions_tracker.model.vocabulary import PartyClass
from sanctions_tracker.reconciliation.crossfire import Crossfire, CrossfireKind
from sanctions_tracker.reconciliation.episodes import Basis, Edge, Episode
from sanctions_tracker.reconciliation.ledger import Counting, Ledger
from sanctions_tracker.reconciliation.mirrors import Mirror
from sanctions_tracker.reconciliation.ownership import Ownership, Standing
from sanctions_tracker.reconciliation.remainders import Fill, Remainder
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
    if verification.by_name:
        return "by name"
    return _programmes(verification.selector) if verification.selector else ""


def _programmes(selector: Selector) -> str:
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


def edge_sentence(edge: Edge) -> str:
    """``ir-20201023 after us-20201022-envoy, 1 day, stated; 3 for 1``; of unknown order, the two stand side by side."""
    joint = "after" if edge.order_known else "beside"
    numbers = f"; {ratio_in_words(edge)}" if edge.ratio is not None else ""
    return f"{edge.response.id} {joint} {edge.trigger.id}, {edge.lag_in_words}, {edge_in_words(edge)}{numbers}"


def ratio_in_words(edge: Edge) -> str:
    """``14 for 5``: what the response counts for what the trigger counts; empty where one is not known."""
    trigger, response = edge.numbers
    return f"{response} for {trigger}" if trigger is not None and response is not None else ""


def episode_in_words(episode: Episode) -> str:
    """A line an edge; then what else the response is said to answer."""
    lines = [edge_sentence(edge) for edge in episode.edges]
    lines += [
        f"{episode.response.id} answers no action, {one.evidence.value}: {one.note}" for one in episode.unexplained
    ]
    others = ", ".join(f"{one.action} ({one.evidence.value})" for one in episode.beside)
    too = " too" if lines else ""
    return "\n".join([*lines, *([f"{episode.response.id} is recorded with {others}{too}"] if others else [])])


#: Of a ledger of which nothing is known.
UNKNOWN_LEDGER = "unknown: no list given holds its sanctions"


def ledger_in_words(one: Ledger) -> str:
    """Parties, designations and actions, each counted in its own way; then what the numbers leave open."""
    head = f"{country_name(one.by)} against {country_name(one.on)}"
    if not one.known:
        return f"{head}: {UNKNOWN_LEDGER}"
    designations, actions = one.tally(Counting.DESIGNATION), one.tally(Counting.ACTION)
    first = (
        f"{head}: {one.named_parties} named, {one.unnamed_parties} unnamed, {actions.total} actions; "
        f"{designations.total} designations{'' if designations.exact else ', not exact'}"
    )
    return "\n".join([first, *(f"  {line}" for line in open_points_in_words(one))])


def open_points_in_words(one: Ledger) -> Iterable[str]:
    """What the numbers of a ledger leave open, and on whose word names were filled in; a line each."""
    yield from map(fill_in_words, one.filled)
    if one.unknown_parties:
        yield f"{one.unknown_parties} named of which the dates do not tell whether a measure binds"
    if one.gone_parties:
        yield f"{one.gone_parties} more stood on older editions of a list and no longer do: delisted"
    if one.possible:
        yield f"{len(one.possible)} pairs of records may be one party and are counted as two"
    if one.units:
        yield f"{len(one.units)} named that are units of others named"
    identified = one.identified_property()
    if identified:
        yield f"of them identified as property, not designated: {classes_in_words(identified)}"
    yield from (remainder_in_words(rest) for rest in one.unnamed if not rest.counts or rest.at_least)
    yield from (f"{rest.action.id}: {_number(rest)} taken back without names" for rest in one.lifted)
    if one.uncounted:
        yield f"no number is stated of {', '.join(action.id for action in one.uncounted)}"
    if one.rules:
        yield f"rules that list nobody: {', '.join(action.id for action in one.rules)}"


def _number(rest: Remainder) -> str:
    return number_in_words(rest.of, rest.number, at_least=rest.at_least)


def remainder_in_words(rest: Remainder) -> str:
    """A number without names, with whom it is shared and what holds of it where it does not bind."""
    if rest.at_least and not rest.number:
        return f"{rest.action.id}: perhaps more {_PLURALS[rest.of] if rest.of else 'parties'} than are named"
    shared = f", shared with {', '.join(map(country_name, rest.shared_with))}" if rest.shared_with else ""
    status = "" if rest.status.binds else f", {rest.status.value.replace('_', ' ')}"
    return f"{rest.action.id}: {_number(rest)} without a name{shared}{status}"


def fill_in_words(one: Fill) -> str:
    """``us-20240423: 4 persons named by us-ofac-advanced of 2025-11-19, derived: IRGC, confirmed``."""
    dated = f" of {one.list_date}" if one.list_date else ""
    how = _programmes(one.selector) if one.selector else "derived"
    return (
        f"{one.action.id}: {classes_in_words(one.numbers())} named by {one.list_id}{dated}, {how}, {one.verdict.value}"
    )


def likenesses_in_words(pair: Mirror) -> str:
    """What the two of a pair have in common: ``role ambassador:iq, kind person``."""
    return ", ".join(f"{one.feature.value} {one.what}" for one in pair.likenesses)


def mirror_in_words(pair: Mirror) -> str:
    """Who stands against whom, what they have in common, how far apart, and on whose word the one answers the other."""
    left, right = (f"{one.target.name} ({one.by} {one.designation.date})" for one in (pair.left, pair.right))
    answer = pair.answer.value if pair.answer else "no answer recorded"
    others = f"; {len(pair.alternatives)} others fit as well" if pair.alternatives else ""
    return f"{left} / {right}: {likenesses_in_words(pair)}; {answer}; {pair.score:g}{others}"


def crossfire_in_words(one: Crossfire) -> str:
    """A fact, with nothing concluded from it."""
    if one.kind is CrossfireKind.FORBIDDEN_TO_OBEY:
        by, other = one.sides
        of = "whichever country it may be" if other == ANY_COUNTRY else country_name(other)
        whom = one.holdings[0].target.name if one.holdings else "those whom it addresses"
        what = f" ({', '.join(action.id for action in one.statutes)})" if one.statutes else ""
        return f"{country_name(by)} forbids {whom} to obey measures of {of}{what}"
    names = " and ".join(country_name(side) for side in one.sides)
    own = f", both opposed to {country_name(one.of)}" if one.of else ", which oppose each other"
    held = "is" if one.certain else "may be one party that is"
    whom = one.holdings[0].target.name if one.certain else " / ".join(_names(one))
    return f"{whom} {held} listed by {names}{own}"


def _names(one: Crossfire) -> list[str]:
    return list(dict.fromkeys(f"{holding.target.name} ({holding.by})" for holding in one.holdings))


def _held_in_words(one: Ownership) -> str:
    """``60% held by 2 listed``; only those count of whom a share is stated."""
    stated = [holding for holding in one.holdings if holding.share is not None]
    owners = len({holding.owner for holding in stated})
    reached = " or implied" if any(holding.owner_implied for holding in stated) else ""
    by = f"by {owners} listed{reached}" if one.rule.aggregated or owners == 1 else f"by one of {owners} listed{reached}"
    # Not in whole per cent: 49.99 would seem to reach a threshold of 50.
    return f"{one.share * 100:.6g}% held {by}"


def ownership_in_words(one: Ownership) -> str:
    """What is held, by how many, and what follows; a party that is only owned is never called designated."""
    known = _held_in_words(one) if one.share or one.standing is not Standing.SHARE_UNKNOWN else ""
    head = f"{one.name} ({one.by}): {one.standing.value}"
    own = "; listed itself too" if one.listed else ""
    return f"{head}{f', {known}' if known else ''}{own}"
