"""What is imposed on a group: one measure for each regime, with its dated events."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from sanctions_tracker.model import Measure, MeasureEvent
from sanctions_tracker.model.vocabulary import EventKind, MeasureKind
from sanctions_tracker.sources.printed import partial_date
from sanctions_tracker.sources.uk.information import Information
from sanctions_tracker.sources.uk.party import target_id
from sanctions_tracker.sources.uk.sheet import Cell, Group

SANCTIONER_ID = "gb-ofsi"
LIST_NAME = "Consolidated list of financial sanctions targets in the UK"
#: The three dates differ on most rows, and all are kept.
_EVENTS = (
    (EventKind.LISTED, "Listed On"),
    (EventKind.DESIGNATED, "UK Sanctions List Date Designated"),
    (EventKind.AMENDED, "Last Updated"),
)
_REGIME = "Regime"
_COLUMNS = (_REGIME, *(column for _, column in _EVENTS))


class _Dates(NamedTuple):
    """The texts of the three dates, and the row where they first stand so under their regime."""

    texts: list[str]
    row: int


def measures(group: Group, told: Information | None) -> tuple[Measure, ...]:
    """The measures on one target: the list is that of asset freezes, one for each regime.

    Trust services, where the other information dates them, are a measure of their own.
    """
    grounds = "\n".join(told.grounds) if told else ""
    by_regime: dict[str, list[_Dates]] = {}
    for (regime, *dates), row in group.distinct(_COLUMNS).items():
        by_regime.setdefault(regime, []).append(_Dates(dates, row))
    ids: set[str] = set()
    found = [_freeze(group, regime, dates, grounds, ids) for regime, dates in by_regime.items()]
    return (*found, *_trust_services(group, told, tuple(by_regime), ids))


def _freeze(group: Group, regime: str, dates: list[_Dates], grounds: str, ids: set[str]) -> Measure:
    if not regime:
        group.note("a row without a regime", Cell.at(regime, _REGIME, dates[0].row))
    events, unread = _events(group, dates)
    target = target_id(group)
    return Measure(
        id=_unique(f"{target}/{_slug(regime) or 'no-regime'}", ids),
        sanctioner=SANCTIONER_ID,
        target=target,
        kind=MeasureKind.ASSET_FREEZE,
        list_name=LIST_NAME,
        programmes=(regime,) if regime else (),
        grounds=grounds,
        events=tuple(events),
        note="; ".join(unread),
        origins=(group.place(dates[0].row, _REGIME),),
    )


def _events(group: Group, dates: list[_Dates]) -> tuple[list[MeasureEvent], list[str]]:
    """The distinct dates of a regime's rows, kind by kind; and those that cannot be read, as printed."""
    events: list[MeasureEvent] = []
    unread: list[str] = []
    for index, (kind, column) in enumerate(_EVENTS):
        first: dict[str, int] = {}
        for texts, row in dates:
            first.setdefault(texts[index], row)
        for text, row in first.items():
            if not text:
                continue
            if date := partial_date(text):
                events.append(MeasureEvent(kind, date, origin=group.place(row, column, text)))
            else:
                group.note("a date that cannot be read", Cell.at(text, column, row))
                unread.append(f"{column}: {text}")
    return events, unread


def _trust_services(
    group: Group, told: Information | None, regimes: tuple[str, ...], ids: set[str]
) -> Iterator[Measure]:
    """The prohibition of trust services; with several regimes the publisher does not say under which."""
    if told is None or told.trust_services is None:
        return
    origin = group.origin(told.cell)
    yield Measure(
        id=_unique(f"{target_id(group)}/{_slug(regimes[0]) or 'no-regime'}/trust-services", ids),
        sanctioner=SANCTIONER_ID,
        target=target_id(group),
        kind=MeasureKind.FINANCIAL_RESTRICTIONS,
        label="Trust services",
        list_name=LIST_NAME,
        programmes=regimes if len(regimes) == 1 and regimes[0] else (),
        events=(MeasureEvent(EventKind.EFFECTIVE, told.trust_services, origin=origin),),
        origins=(origin,),
    )


@lru_cache(maxsize=256)
def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")


def _unique(measure_id: str, ids: set[str]) -> str:
    """Two regimes may differ in signs only, which a slug does not keep."""
    number, unique = 1, measure_id
    while unique in ids:
        number += 1
        unique = f"{measure_id}-{number}"
    ids.add(unique)
    return unique
