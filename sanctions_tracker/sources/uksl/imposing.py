"""What is imposed on a record: one measure for each word of ``Sanctions Imposed``, with its dated events."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from sanctions_tracker.model import Attribute, Measure, MeasureEvent, PartialDate
from sanctions_tracker.model.vocabulary import EventKind, MeasureKind
from sanctions_tracker.sources import tables
from sanctions_tracker.sources.uk.sheet import Cell
from sanctions_tracker.sources.uksl.dates import printed_date
from sanctions_tracker.sources.uksl.record import IMPOSED, Entry, Record

SANCTIONER_ID = "gb-fcdo"
LIST_NAME = "UK Sanctions List"
_REGIME, _IMPOSED, _DESIGNATED, _UPDATED = "Regime Name", "Sanctions Imposed", "Date Designated", "Last Updated"
#: The list has one date for both: designation is what puts a name on it. LISTED is stated as well because
#: an announcement is checked against the day of listing, and no other column tells that day.
_EVENTS = (
    (EventKind.DESIGNATED, _DESIGNATED),
    (EventKind.LISTED, _DESIGNATED),
    (EventKind.AMENDED, _UPDATED),
)
_TRUE, _FALSE = frozenset({"true", "True", "1"}), frozenset({"false", "False", "0", ""})
_DATE = r"(?P<date>\d{1,2}/\d{1,2}/\d{4})"


class _Imposed(NamedTuple):
    """One sanction under one regime, and the entries that state it."""

    label: str
    regime: str
    cell: Cell
    entries: list[Entry]


@lru_cache(maxsize=1)
def _kinds() -> dict[str, MeasureKind]:
    return {_letters(row["label"]): MeasureKind(row["kind"]) for row in tables.rows("uksl_measures")}


@lru_cache(maxsize=1)
def _programmes() -> dict[str, str]:
    """The regulations -> the word by which the consolidated list called the regime."""
    return {_letters(row["regulation"]): row["programme"] for row in tables.rows("uksl_regimes")}


@lru_cache(maxsize=1024)
def _letters(text: str) -> str:
    """A text's letters and digits: ``TravelBan`` is ``Travel Ban``, ``Deflag`` is ``De-flag``."""
    return re.sub(r"[\W_]+", "", text.casefold())


def measures(record: Record) -> tuple[tuple[Measure, ...], list[Attribute]]:
    """The measures on one target, in the publisher's order, and indicators that made none.

    Where no sanction is named there is one measure of no kind, so that the
    designation and its dates are not lost.
    """
    flags = _flags(record)
    imposed = _imposed(record, flags.unworded)
    dating = _Dating(record, imposed)
    ids: set[str] = set()
    found = tuple([_measure(record, sanction, _unique(record, sanction, ids), dating) for sanction in imposed])
    kept = [Attribute(flag.column, flag.text, origin=record.origin(flag)) for flag in flags.odd]
    return found, kept


class _Flags(NamedTuple):
    """Indicators that are true though no word names them, and those that cannot be taken at their word."""

    unworded: tuple[Cell, ...]
    odd: tuple[Cell, ...]


def _flags(record: Record) -> _Flags:
    """Compare the XML's indicators with the words of ``Sanctions Imposed``, which they repeat."""
    printed = "|".join(label for entry in record.group(IMPOSED) for label, _ in _labels(entry))
    flags = _compared(tuple(record.indicators), printed)
    if not flags.odd and not flags.unworded:
        return flags
    place = f"{record.locator}/SanctionsImposedIndicators/"
    placed = _Flags(*(tuple(cell._replace(locator=place + cell.column) for cell in cells) for cells in flags))
    for flag in placed.odd:
        record.note("an indicator that differs from the sanctions imposed", flag, f"{flag.column} {flag.text}")
    return placed


@lru_cache(maxsize=1024)
def _compared(indicators: tuple[tuple[str, str], ...], printed: str) -> _Flags:
    """The flags, not yet placed.

    Where some word has no indicator, it may be that of a true indicator
    without a word: nothing is made of such an indicator but a note.
    """
    words = {_letters(word) for word in printed.split("|")} - {""}
    other_words = words - {_letters(name) for name, _ in indicators}
    cells = [Cell(text, name, "") for name, text in indicators]
    unworded = tuple(flag for flag in cells if flag.text in _TRUE and _letters(flag.column) not in words)
    denied = [flag for flag in cells if flag.text in _FALSE and _letters(flag.column) in words]
    unread = [flag for flag in cells if flag.text not in _TRUE | _FALSE]
    return _Flags(() if other_words else unworded, (*denied, *unread, *(unworded if other_words else ())))


def _labels(entry: Entry) -> Iterator[tuple[str, Cell]]:
    """The words between the bars."""
    if cell := entry.get(_IMPOSED):
        for part in cell.text.split("|"):
            if part.strip():
                yield part.strip(), cell


def _imposed(record: Record, unworded: tuple[Cell, ...]) -> list[_Imposed]:
    """What is imposed, distinct by regime and sanction: a table may print one record under several regimes."""
    for flag in unworded:
        record.note("an indicator that the sanctions imposed do not name", flag, flag.column)
    found: dict[tuple[str, str], _Imposed] = {}
    for entry in record.group(IMPOSED) or [{}]:
        stated = [*_labels(entry), *((flag.column, flag) for flag in unworded)]
        if not stated:
            stated = [("", entry.get(_IMPOSED, Cell("", _IMPOSED, record.locator)))]
            record.note("no sanction is named", stated[0][1])
        regime = entry[_REGIME].text if _REGIME in entry else ""
        for label, cell in stated:
            sanction = found.setdefault((regime, _letters(label)), _Imposed(label, regime, cell, []))
            sanction.entries.append(entry)
    return list(found.values())


def _measure(record: Record, sanction: _Imposed, measure_id: str, dating: _Dating) -> Measure:
    label, regime, cell = sanction.label, sanction.regime, sanction.cell
    if not regime:
        record.note("a designation without a regime", Cell("", _REGIME, cell.locator))
    kind = _kinds().get(_letters(label))
    if label and kind is None:
        record.note("a sanction of no kind that this library knows", cell, label)
    return Measure(
        id=measure_id,
        sanctioner=SANCTIONER_ID,
        target=record.target_id,
        kind=kind or MeasureKind.UNSPECIFIED,
        label=label,
        list_name=LIST_NAME,
        programmes=(_programmes().get(_letters(regime), regime),) if regime else (),
        legal_bases=(regime,) if regime else (),
        grounds=dating.grounds,
        events=dating.events(sanction),
        note=dating.unread(sanction),
        origins=(record.origin(cell, cell.text),),
    )


class _Dating:
    """The events of a record's sanctions; most have the same, which are made once."""

    def __init__(self, record: Record, imposed: list[_Imposed]) -> None:
        self._record = record
        self.grounds = "\n".join([cell.text for cell in record.cells("UK Statement of Reasons")])
        self._told = [cell for cell in record.cells("Other Information") if "imposed" in cell.text]
        self._own = {sanction.label: self._own_date(sanction.label) for sanction in imposed} if self._told else {}
        self._made: dict[tuple[str, bool], tuple[MeasureEvent, ...]] = {}

    def events(self, sanction: _Imposed) -> tuple[MeasureEvent, ...]:
        """The distinct dates of a sanction's entries, kind by kind; its own date where the publisher tells one."""
        told = self._own.get(sanction.label)
        later = told is not None and self._is_later(told[0], sanction)
        key = (sanction.regime, later)
        if len(sanction.entries) > 1 or key not in self._made:
            self._made[key] = tuple(self._events(sanction, later=later))
        if told is None:
            return self._made[key]
        own = MeasureEvent(EventKind.EFFECTIVE, told[0], origin=self._record.origin(told[1], told[1].text))
        return (*self._made[key], own)

    def _events(self, sanction: _Imposed, *, later: bool) -> Iterator[MeasureEvent]:
        for kind, column in _EVENTS:
            if later and column == _DESIGNATED:
                continue  # the party was designated earlier, by another sanction of the record
            for cell in _distinct(sanction.entries, column):
                if date := printed_date(cell.text):
                    yield MeasureEvent(kind, date, origin=self._record.origin(cell, cell.text))
                elif kind is not EventKind.LISTED:
                    self._record.note("a date that cannot be read", cell)

    def unread(self, sanction: _Imposed) -> str:
        """Dates that cannot be read, as printed."""
        cells = [cell for column in (_DESIGNATED, _UPDATED) for cell in _distinct(sanction.entries, column)]
        return "; ".join([f"{cell.column}: {cell.text}" for cell in cells if printed_date(cell.text) is None])

    def _own_date(self, label: str) -> tuple[PartialDate, Cell] | None:
        """The day of one sanction where the other information tells it: ``The … was imposed on 09/04/2025``."""
        for cell in self._told if label else ():
            if (match := _imposed_on(label).search(cell.text)) and (date := printed_date(match["date"])):
                return date, cell
        return None

    def _is_later(self, own_date: PartialDate, sanction: _Imposed) -> bool:
        """Whether the sanction came after the designation, whose date another one of the record keeps."""
        dates = [printed_date(cell.text) for cell in _distinct(sanction.entries, _DESIGNATED)]
        return all(date and date < own_date for date in dates) and None in self._own.values()


@lru_cache(maxsize=256)
def _imposed_on(label: str) -> re.Pattern[str]:
    words = r"\s+".join(map(re.escape, label.split()))
    return re.compile(
        rf"(?:\b{words}\s+(?:was|were)\s+imposed\s+on|Date\s+{words}\s+imposed:)\s*{_DATE}", re.IGNORECASE
    )


def _distinct(entries: list[Entry], column: str) -> list[Cell]:
    if len(entries) == 1:
        return [entries[0][column]] if column in entries[0] else []
    cells: dict[str, Cell] = {}
    for entry in entries:
        if cell := entry.get(column):
            cells.setdefault(cell.text, cell)
    return list(cells.values())


@lru_cache(maxsize=1024)
def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"(?<=[a-z])(?=[A-Z])", "-", text).casefold()).strip("-")


def _unique(record: Record, sanction: _Imposed, ids: set[str]) -> str:
    """A measure's id. The same sanction may stand under two regimes, and two words may differ in signs only."""
    number, measure_id = 1, f"{record.target_id}/{_slug(sanction.label) or 'unspecified'}"
    unique = measure_id
    while unique in ids:
        number += 1
        unique = f"{measure_id}-{number}"
    ids.add(unique)
    return unique
