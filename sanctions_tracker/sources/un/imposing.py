"""What a listing means: the committee decides which measures hold, by a reviewed table.

The list itself names the committee only, but for some listings under
resolutions 1970 and 2374, whose comments say which of the measures hold.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from sanctions_tracker.model import Measure, MeasureEvent, PartialDate
from sanctions_tracker.model.vocabulary import EventKind, MeasureKind, TargetKind
from sanctions_tracker.sources import tables
from sanctions_tracker.sources.un.dates import WORDED, worded_date, xml_date
from sanctions_tracker.sources.un.record import Record

SANCTIONER_ID = "un-sc"
_STATED = re.compile(r"\((?P<words>[^()]*\b(?:travel ban|assets? freeze)\b[^()]*)\)", re.IGNORECASE)
_OWN_DATE = re.compile(
    rf"Listed on (?P<date>{WORDED}) pursuant to [^.()]{{0,200}}\((?P<words>[^()]{{0,200}})\)", re.IGNORECASE
)
_WORDS = {MeasureKind.TRAVEL_BAN: "travel ban", MeasureKind.ASSET_FREEZE: "freeze"}


class _Imposed(NamedTuple):
    """A row of the table: a kind, its basis, and when it lapsed and came back for the whole committee.

    ``id`` ends the ids of such measures, ``programmes`` holds the committee, ``legal_bases`` the basis if there is one.
    """

    id: str
    programmes: tuple[str, ...]
    kind: MeasureKind
    legal_bases: tuple[str, ...]
    lapses: tuple[MeasureEvent, ...]


@lru_cache(maxsize=64)
def _imposed(committee: str, kind: TargetKind, listed: PartialDate | None) -> tuple[_Imposed, ...]:
    on = {"any", "person" if kind is TargetKind.PERSON else "entity"}
    return tuple(
        _row(committee, MeasureKind(row["kind"]), row, listed)
        for row in tables.rows("un_measures")
        if row["committee"] == committee and row["on"] in on
    )


def _row(committee: str, kind: MeasureKind, row: dict[str, str], listed: PartialDate | None) -> _Imposed:
    slug = re.sub(r"[^a-z0-9]+", "-", committee.casefold()).strip("-") or "no-committee"
    measure_id = f"{slug}/{kind.value.replace('_', '-')}"
    basis = row.get("legal_basis", "")
    return _Imposed(
        measure_id, (committee,) if committee else (), kind, (basis,) if basis else (), _lapses(row, basis, listed)
    )


def measures(record: Record, target: str, kind: TargetKind, listed: PartialDate | None) -> tuple[Measure, ...]:
    """One measure for each kind that the committee's listings mean; ``listed`` is the list's own date.

    A committee that the table does not know gives one measure of kind unspecified.
    """
    committee, comments = record.one("UN_LIST_TYPE"), record.one("COMMENTS1")
    list_names = [text for _, text in record.listed("LIST_TYPE")]
    imposed = _imposed(committee, kind, listed)
    if "ursuant to" in comments:
        imposed = _stated(imposed, comments)
    if not imposed:
        record.note("no measures known for this committee", "UN_LIST_TYPE", committee)
        imposed = (_row(committee, MeasureKind.UNSPECIFIED, {}, listed),)
    events = _events(record)
    list_name, origin = ", ".join(list_names), record.origin("UN_LIST_TYPE", committee)
    return tuple(
        [
            Measure(
                id=f"{target}/{row.id}",
                sanctioner=SANCTIONER_ID,
                target=target,
                kind=row.kind,
                list_name=list_name,
                programmes=row.programmes,
                legal_bases=row.legal_bases,
                grounds=comments,
                events=_own_events(record, row, comments, events) + row.lapses,
                origins=(origin,),
            )
            for row in imposed
        ]
    )


def _stated(imposed: tuple[_Imposed, ...], comments: str) -> tuple[_Imposed, ...]:
    """Only the kinds that the comments name, where they name any: ``(Travel Ban, Asset Freeze)``."""
    words = " ".join(match["words"] for match in _STATED.finditer(comments)).casefold()
    if not words:
        return imposed
    return tuple(row for row in imposed if _WORDS.get(row.kind, "") in words)


def _events(record: Record) -> tuple[MeasureEvent, ...]:
    found, listed = [], record.one("LISTED_ON")
    dated = [(EventKind.LISTED, "LISTED_ON", listed)] if listed else []
    dated += [(EventKind.AMENDED, path, text) for path, text in record.listed("LAST_DAY_UPDATED")]
    for kind, path, text in dated:
        date = xml_date(text)
        if date:
            found.append(MeasureEvent(kind, date, origin=record.origin(path, text)))
        else:
            record.note("a date that cannot be read", path, text)
            record.keep(path, text)
    return tuple(found)


def _own_events(
    record: Record, row: _Imposed, comments: str, events: tuple[MeasureEvent, ...]
) -> tuple[MeasureEvent, ...]:
    """The events; the listing's date is the one that the comments give for this kind, if any."""
    for match in _OWN_DATE.finditer(comments) if "Listed on" in comments else ():
        date = worded_date(match["date"])
        if date and _WORDS.get(row.kind, "?") in match["words"].casefold():
            own = MeasureEvent(EventKind.LISTED, date, origin=record.origin("COMMENTS1", match[0]))
            return (own, *(event for event in events if event.kind is not EventKind.LISTED))
    return events


def _lapses(row: dict[str, str], basis: str, listed: PartialDate | None) -> tuple[MeasureEvent, ...]:
    """The end and the return of the whole committee's measure, as far as the list's date is behind them."""
    return tuple(
        MeasureEvent(kind, date, note=basis)
        for kind, printed in ((EventKind.EXPIRED, "expired"), (EventKind.REIMPOSED, "reimposed"))
        if (date := xml_date(row.get(printed, ""))) and listed and not listed < date
    )
