"""Whose sanctioners act, and against which country."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from sanctions_tracker.errors import ReconciliationError, UnknownCountryError
from sanctions_tracker.model import Action, Measure, PartialDate, SanctionsList, Target
from sanctions_tracker.model.country import ANY_COUNTRY, country_code
from sanctions_tracker.model.vocabulary import ActionKind, MeasureStatus, PartyClass

#: The member states of the European Union since 1 February 2020.
#: Source: europa.eu, "EU countries".
EU_MEMBERS = frozenset(
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()  # noqa: SIM905
)

#: Kinds of action that put parties under measures; what they count are designations.
LISTING = frozenset({ActionKind.DESIGNATION, ActionKind.REIMPOSITION})

#: Kinds of action that set a rule and list nobody.
RULES = frozenset({ActionKind.REGULATION, ActionKind.BLOCKING_STATUTE})

#: Kinds of action that take measures back, for good or for a time.
LIFTING = frozenset({ActionKind.DELISTING, ActionKind.SUSPENSION})

#: Classes that a country's bodies do not designate but identify as property of somebody designated.
#: Source: US Treasury, release of 25 April 2024 on Sahara Thunder: vessels and an aircraft
#: "identified as blocked property", beside the persons and entities designated.
IDENTIFIED_AS_PROPERTY: Mapping[str, frozenset[PartyClass]] = {
    "US": frozenset({PartyClass.VESSEL, PartyClass.AIRCRAFT}),
}


def is_property(by: str, of: PartyClass | None) -> bool:
    """Whether a party of this class is, on that country's list, property and no designated party.

    >>> is_property("US", PartyClass.VESSEL), is_property("IR", PartyClass.VESSEL)
    (True, False)
    """
    return of in IDENTIFIED_AS_PROPERTY.get(by, frozenset())


def checked_country(text: str) -> str:
    """The code of a country given by code or name.

    Raises:
        UnknownCountryError: no table knows it.
    """
    code = country_code(text)
    if code is None:
        raise UnknownCountryError(text)
    return code


def checked_pair(left: str, right: str) -> tuple[str, str]:
    """The codes of two countries that differ.

    Raises:
        UnknownCountryError: one of them is unknown.
        ReconciliationError: both are the same.
    """
    pair = checked_country(left), checked_country(right)
    if pair[0] == pair[1]:
        message = f"a country cannot be reconciled with itself: {pair[0]} was given twice"
        raise ReconciliationError(message)
    return pair


def within(country: str) -> frozenset[str]:
    """The codes that count as a country when it is a target: the EU stands for its members too."""
    return frozenset({country}) | (EU_MEMBERS if country == "EU" else frozenset())


def acts_against(action: Action, country: str) -> bool:
    """Whether the action says that it is against the country; a law against anybody in particular is not."""
    return not within(country).isdisjoint(action.against)


def names_some_of(one: SanctionsList, action: Action, country: str) -> bool:
    """Whether an action against others names a party of the country (a member's, in an action against the EU)."""
    return any(belongs(target, action, country) for target in map(one.target, action.named))


def takes_effect(action: Action) -> PartialDate:
    """From which day (UTC) an action holds: that of its moment, else its effective date, else its own."""
    if action.moment is not None:
        return PartialDate.on(action.moment.astimezone(dt.UTC).date())
    return action.effective or action.date


def status_on(one: SanctionsList, measure: Measure, as_of: dt.date) -> MeasureStatus:
    """What held of a measure of the list on a day: see `Measure.status_on_list`."""
    return measure.status_on_list(as_of, one.date)


def in_order(action: Action) -> tuple[dt.date, dt.date, str]:
    """A total order of actions: by date, then by id."""
    return (*action.date.sort_key(), action.id)


def only_against(action: Action, country: str) -> bool:
    """Whether the action names no other country beside it."""
    return bool(action.against) and within(country).issuperset(action.against)


def belongs(target: Target, action: Action, country: str) -> bool:
    """Whether a target that the action names counts as the country's.

    What the action states decides where it names one country. Where it names
    several, the target's own ties decide, and a target tied to none of them
    counts for each.
    """
    if only_against(action, country):
        return True
    tied = target.attributed_to & {code for named in action.against for code in within(named)}
    return bool(tied & within(country)) if tied else acts_against(action, country)


def acting_for(country: str, lists: Iterable[SanctionsList]) -> Iterable[tuple[SanctionsList, Action]]:
    """The actions of a country's sanctioners, with the list that each stands in."""
    for one in lists:
        for action in one.actions:
            if one.country_of(action.sanctioner) == country and action.against != (ANY_COUNTRY,):
                yield one, action
