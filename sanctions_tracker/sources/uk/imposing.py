"""What is imposed on a group: one measure for each regime, with its dated events."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sanctions_tracker.model import Measure, MeasureEvent
from sanctions_tracker.model.vocabulary import EventKind, MeasureKind
from sanctions_tracker.sources.printed import partial_date
from sanctions_tracker.sources.uk.information import Information
from sanctions_tracker.sources.uk.party import target_id
from sanctions_tracker.sources.uk.sheet import Cell, Group, Row

SANCTIONER_ID = "gb-ofsi"
LIST_NAME = "Consolidated list of financial sanctions targets in the UK"
#: The three dates differ on most rows, and all are kept.
_EVENTS = (
    (EventKind.LISTED, "Listed On"),
    (EventKind.DESIGNATED, "UK Sanctions List Date Designated"),
    (EventKind.AMENDED, "Last Updated"),
)


def measures(group: Group, told: Information | None) -> list[Measure]:
    """The measures on one target: the list is that of asset freezes, one for each regime.

    Trust services, where the other information dates them, are a measure of their own.
    """
    grounds = "\n".join(told.grounds) if told else ""
    by_regime: dict[str, list[Row]] = {}
    for row in group.distinct_rows(("Regime", *(column for _, column in _EVENTS))):
        by_regime.setdefault(group.text(row, "Regime"), []).append(row)
    ids: set[str] = set()
    found = [_freeze(group, regime, rows, grounds, ids) for regime, rows in by_regime.items()]
    return [*found, *_trust_services(group, told, tuple(by_regime), ids)]


def _freeze(group: Group, regime: str, rows: list[Row], grounds: str, ids: set[str]) -> Measure:
    cell = Cell(regime, "Regime", rows[0].number)
    if not regime:
        group.note("a row without a regime", cell)
    events = tuple(_events(group, rows))
    return Measure(
        id=_unique(f"{target_id(group)}/{_slug(regime) or 'no-regime'}", ids),
        sanctioner=SANCTIONER_ID,
        target=target_id(group),
        kind=MeasureKind.ASSET_FREEZE,
        list_name=LIST_NAME,
        programmes=(regime,) if regime else (),
        grounds=grounds,
        events=events,
        note=_unread(group, rows),
        origins=(group.origin(cell),),
    )


def _events(group: Group, rows: list[Row]) -> Iterator[MeasureEvent]:
    """The distinct dates of a regime's rows, kind by kind."""
    for kind, column in _EVENTS:
        texts: dict[str, int] = {}
        for row in rows:
            texts.setdefault(group.text(row, column), row.number)
        for text, number in texts.items():
            cell = Cell(text, column, number)
            if (date := partial_date(text)) is not None:
                yield MeasureEvent(kind, date, origin=group.origin(cell, text))
            elif text:
                group.note("a date that cannot be read", cell)


def _unread(group: Group, rows: list[Row]) -> str:
    """Dates that cannot be read, as printed."""
    printed = {f"{column}: {text}": None for _, column in _EVENTS for row in rows if (text := group.text(row, column))}
    return "; ".join(text for text in printed if partial_date(text.partition(": ")[2]) is None)


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
