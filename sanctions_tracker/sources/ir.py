"""Iran: the foreign ministry's list of sanctioned persons and entities, as CSV.

No official file: the ministry shows the list on its site, and those who keep it
keep it as a table of these columns. Source: sanctionlist.mfa.ir as the
OpenSanctions crawler ``ir_sanctions`` reads it: ``Sanction Type`` tells an
individual from an entity, ``Sanction Date`` is written ``December 12 2022``,
``Sanction Title`` is the announcement's. The list states what the law does to
everybody on it; what follows from each type stands in ``data/ir_types.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from sanctions_tracker.errors import InvalidDateError, MissingExtraError
from sanctions_tracker.model import (
    Attribute,
    CountryTie,
    Measure,
    MeasureEvent,
    Name,
    Note,
    Origin,
    PartialDate,
    RejectedRecord,
    Sanctioner,
    Source,
    Target,
)
from sanctions_tracker.model.country import country_code
from sanctions_tracker.model.vocabulary import EventKind, MeasureKind, TargetKind, TieRole
from sanctions_tracker.names.script import has_letter_or_digit
from sanctions_tracker.sources import tables
from sanctions_tracker.sources.document import Document
from sanctions_tracker.sources.parts import Entry, Part
from sanctions_tracker.sources.parts import Heading as ListHeading
from sanctions_tracker.sources.registry import ListFormat, ListSource
from sanctions_tracker.sources.rows import Heading, Record, Row, Table, read_table, table_rows, unique

SOURCE_ID = "ir-mfa"
SANCTIONER_ID = "ir-mfa"
TITLE = "Sanctions list of the Islamic Republic of Iran"
PUBLISHER = "Iran Ministry of Foreign Affairs"
SANCTIONER = Sanctioner(SANCTIONER_ID, PUBLISHER, country="IR", official_list=TITLE)
_FORMAT = "ir-mfa-csv"
_LIST = Source(SOURCE_ID, title=TITLE, publisher=PUBLISHER, url="https://sanctionlist.mfa.ir", kind="official_list")

_NUMBER, _NAME, _POSITION, _COUNTRY = "Number", "Name", "Position", "Country"
_TYPE, _DATE, _TITLE, _URL = "Sanction Type", "Sanction Date", "Sanction Title", "Source URL"
_KNOWN = (_NUMBER, _NAME, _POSITION, _COUNTRY, _TYPE, _DATE, _TITLE, _URL)
_HEADING = Heading(markers=(_TYPE, _DATE, _TITLE), enough=2, required=(_NAME, _TYPE, _DATE), known=_KNOWN)
_NOTHING = frozenset({"-", "--", "---", "–", "_"})

#: Western digits, and no hamza above: in a date "ژانویه" is written "ژانویهٔ".
_PLAIN = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789", "\u0654")
_MONTH_FIRST = re.compile(r"(?P<month>[^\W\d]+)\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?\s*,?\s*(?P<year>\d{4})")
_DAY_FIRST = re.compile(r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+)?(?P<month>[^\W\d]+)\.?,?\s+(?P<year>\d{4})")
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})(?:[-/.](?P<month>\d{1,2})(?:[-/.](?P<day>\d{1,2}))?)?(?:[ T]00:00:00)?")
_NUMBERS = re.compile(r"(?P<one>\d{1,2})[-/.](?P<other>\d{1,2})[-/.](?P<year>\d{4})")
#: Years of the Solar Hijri calendar; the ministry dates by it in Persian.
_JALALI = range(1300, 1500)
_MONTHS_OF_A_YEAR = 12
_SEVERAL = re.compile(r"\s*[/;،]\s*|\s+(?:and|و)\s+|,\s+")


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    """Month names, English and Persian, with the short forms of the English ones -> number."""
    return {row["name"]: int(row["number"]) for row in tables.rows("ir_months")}


@lru_cache(maxsize=4096)
def sanction_date(text: str) -> PartialDate | None:
    """A date of the list, Gregorian or Solar Hijri; None where it cannot be read or may mean two days.

    >>> sanction_date("December 122022"), sanction_date("۱۲ اردیبهشت ۱۴۰۳"), sanction_date("02/05/2024")
    (PartialDate('2022-12-12'), PartialDate('2024-05-01'), None)
    """
    text = " ".join(text.translate(_PLAIN).split())
    try:
        return _worded(text) or _in_numbers(text)
    except (InvalidDateError, MissingExtraError):
        return None


def _worded(text: str) -> PartialDate | None:
    match = _MONTH_FIRST.fullmatch(text) or _DAY_FIRST.fullmatch(text)
    month = _months().get(match["month"].casefold()) if match else None
    return _date(int(match["year"]), month, match["day"]) if match and month else None


def _in_numbers(text: str) -> PartialDate | None:
    if match := _YEAR_FIRST.fullmatch(text):
        return _date(int(match["year"]), int(match["month"]) if match["month"] else None, match["day"])
    match = _NUMBERS.fullmatch(text)
    if match is None:
        return None
    one, other, year = int(match["one"]), int(match["other"]), int(match["year"])
    if one <= _MONTHS_OF_A_YEAR and other <= _MONTHS_OF_A_YEAR and one != other:
        return None  # day before month, or month before day: nothing tells
    day, month = (one, other) if other <= _MONTHS_OF_A_YEAR else (other, one)
    return _date(year, month, str(day))


def _date(year: int, month: int | None, day: str | None) -> PartialDate:
    make = PartialDate.from_jalali if year in _JALALI else PartialDate.of
    return make(year, month, int(day) if day else None)


def _recognise(document: Document) -> bool:
    return _HEADING.stands_in(document.first_rows)


def _parse(document: Document) -> Iterator[Part]:
    table = read_table(table_rows(document), _HEADING, document.name)
    yield ListHeading.of(_LIST, SANCTIONER)
    yield Note("the list does not state its date", Origin(SOURCE_ID, locator="row 1"))
    ids: set[str] = set()
    for row in table.rows:
        yield _part(table, row, ids)


def _part(table: Table, row: Row, ids: set[str]) -> Entry | RejectedRecord:
    """Read one row; without a number of its own, or with another's, it is told by the row."""
    row.cells[:] = ["" if cell in _NOTHING else cell for cell in row.cells]
    index = table.columns.get(_NUMBER)
    number = row.cells[index] if index is not None else ""
    record = table.record(SOURCE_ID, number or f"row-{row.number}", row)
    if not has_letter_or_digit(record.text(row, _NAME)):
        place = Origin(SOURCE_ID, record.id, f"row {row.number}")
        return RejectedRecord(place, "no name with a letter or a digit")
    wanted = f"ir:{record.id}"
    target_id = unique(wanted, ids)
    if target_id != wanted or not number:
        record.note("the number stands twice" if number else "a row without a number", record.cell(row, _NUMBER))
    read = _target(record, row, target_id)
    return Entry(read, tuple(_measures(record, row, target_id)), tuple(dict.fromkeys(record.notes)))


def _typed(record: Record, row: Row) -> dict[str, str]:
    """The row of the reviewed table for the row's type; empty where it has none."""
    word = " ".join(record.text(row, _TYPE).casefold().split())
    return next((entry for entry in tables.rows("ir_types") if entry["word"] == word), {})


def _target(record: Record, row: Row, target_id: str) -> Target:
    typed = _typed(record, row)
    if not typed:
        record.note("unknown sanction type", record.cell(row, _TYPE))
    name, position = record.cell(row, _NAME), record.text(row, _POSITION)
    return Target(
        id=target_id,
        kind=TargetKind(typed["target"]) if typed else TargetKind.UNKNOWN,
        names=(Name(name.text, origin=record.origin(name)),),
        countries=tuple(_countries(record, row)),
        positions=(position,) if position else (),
        attributes=(*_kept(record, row), *record.others(_KNOWN)),
        origin=Origin(SOURCE_ID, record.id, f"row {row.number}"),
    )


def _kept(record: Record, row: Row) -> Iterator[Attribute]:
    for column in (_TYPE, _URL):
        cell = record.cell(row, column)
        if cell.text:
            yield Attribute(column, cell.text, origin=record.origin(cell))


def _countries(record: Record, row: Row) -> Iterator[CountryTie]:
    """The country whose measures the list answers, as the list states it; several where it names several."""
    cell = record.cell(row, _COUNTRY)
    if not cell.text:
        return
    codes = [_country(cell.text)]
    if codes == [None]:
        codes = [_country(part) for part in _SEVERAL.split(" ".join(cell.text.replace("\n", "/").split())) if part]
    if not codes or not all(codes):
        record.note("no country known by this name", cell)
        codes = [None]
    for code in dict.fromkeys(codes):
        yield CountryTie(TieRole.STATED, code, cell.text, origin=record.origin(cell, cell.text))


@lru_cache(maxsize=1024)
def _country(text: str) -> str | None:
    key = " ".join(text.casefold().split())
    return tables.mapping("ir_countries", "word", "code").get(key) or country_code(text)


def _measures(record: Record, row: Row, target_id: str) -> Iterator[Measure]:
    """One measure for each penalty that the type brings with it."""
    cell, title = record.cell(row, _TYPE), record.text(row, _TITLE)
    events, unread = _listed(record, row)
    for kind in (_typed(record, row).get("measures") or MeasureKind.UNSPECIFIED.value).split():
        yield Measure(
            id=f"{target_id}/{kind.replace('_', '-')}",
            sanctioner=SANCTIONER_ID,
            target=target_id,
            kind=MeasureKind(kind),
            label=cell.text,
            list_name=TITLE,
            programmes=(title,) if title else (),
            events=events,
            note=unread,
            origins=(record.origin(cell),),
        )


def _listed(record: Record, row: Row) -> tuple[tuple[MeasureEvent, ...], str]:
    """The event of the listing, or the date as printed where it cannot be read."""
    cell = record.cell(row, _DATE)
    date = sanction_date(cell.text) if cell.text else None
    if date is None:
        record.note("a sanction date that cannot be read" if cell.text else "no sanction date", cell)
        return (), f"{_DATE}: {cell.text}" if cell.text else ""
    return (MeasureEvent(EventKind.LISTED, date, origin=record.origin(cell, cell.text)),), ""


SOURCE = ListSource(
    id="ir",
    title="Iran",
    sanctioner=SANCTIONER,
    formats=(ListFormat(_FORMAT, "Iran foreign ministry list (table)", _recognise, _parse),),
)
