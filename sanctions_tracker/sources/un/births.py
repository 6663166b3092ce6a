"""Births: dates and places, apart unless the publisher tells of one of each, and those told with an alias."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from sanctions_tracker.model import Birth, Origin, PartialDate
from sanctions_tracker.sources.un.dates import circa, worded_date, xml_date, years
from sanctions_tracker.sources.un.naming import alias_fields
from sanctions_tracker.sources.un.record import Fields, Record, country_in

_DATE_TAG, _PLACE_TAG = "INDIVIDUAL_DATE_OF_BIRTH", "INDIVIDUAL_PLACE_OF_BIRTH"
_DATE_FIELDS = frozenset({"TYPE_OF_DATE", "DATE", "YEAR", "FROM_YEAR", "TO_YEAR", "NOTE"})
_PLACE_FIELDS = frozenset({"STREET", "CITY", "STATE_PROVINCE", "COUNTRY", "NOTE"})
_TYPES = frozenset({"EXACT", "APPROXIMATELY", "BETWEEN", ""})
_APPROXIMATELY = re.compile(r"approximately", re.IGNORECASE)


def births(record: Record) -> tuple[Birth, ...]:
    """Each birth once, in the file's order; the aliases' own last, with the alias in the note."""
    dates = [birth for fields in record.groups(_DATE_TAG, _DATE_FIELDS) if (birth := _dated(record, fields))]
    places = [_placed(record, fields) for fields in record.groups(_PLACE_TAG, _PLACE_FIELDS)]
    own = [_joined(dates[0], places[0])] if len(dates) == len(places) == 1 else [*dates, *places]
    return (*own, *_with_aliases(record))


def _dated(record: Record, fields: Fields) -> Birth | None:
    raw = fields.printed("TYPE_OF_DATE", "DATE", "YEAR", "FROM_YEAR", "TO_YEAR", "NOTE")
    if raw == fields["TYPE_OF_DATE"]:
        return None  # a type of date without any date
    date, used = _date(fields)
    unused = [tag for tag in ("DATE", "YEAR", "FROM_YEAR", "TO_YEAR") if fields[tag] and tag not in used]
    if fields["TYPE_OF_DATE"].upper() not in _TYPES:
        unused.append("TYPE_OF_DATE")
    if date is None or unused:
        record.note("a date of birth that cannot be read", fields.path, raw)
    words = [fields["NOTE"], *(f"{tag}: {fields[tag]}" for tag in unused)]
    return Birth(date, note="; ".join(filter(None, words)), origin=record.origin(fields.path, raw))


def _date(fields: Fields) -> tuple[PartialDate | None, tuple[str, ...]]:
    """The date, and the elements that it was read from."""
    approximate = fields["TYPE_OF_DATE"].upper() == "APPROXIMATELY" or bool(_APPROXIMATELY.search(fields["NOTE"]))
    used: tuple[str, ...] = ()
    if fields["DATE"]:
        date, used = xml_date(fields["DATE"]), ("DATE",)
    elif fields["YEAR"]:
        date, used = worded_date(f"{fields['NOTE']} {fields['YEAR']}") or xml_date(fields["YEAR"]), ("YEAR",)
    elif fields["FROM_YEAR"] or fields["TO_YEAR"]:
        date, used = years(fields["FROM_YEAR"], fields["TO_YEAR"]), ("FROM_YEAR", "TO_YEAR")
    else:
        date = worded_date(fields["NOTE"])
    return (circa(date) if date and approximate else date), used if date else ()


def _placed(record: Record, fields: Fields) -> Birth:
    return _place(
        record,
        fields,
        places=("STREET", "CITY", "STATE_PROVINCE"),
        country="COUNTRY",
        note=fields["NOTE"],
    )


def _place(record: Record, fields: Fields, *, places: tuple[str, ...], country: str, note: str) -> Birth:
    """A country that no table knows stands in the place's text."""
    name = fields[country]
    code = country_in(name) if name else None
    if name and code is None:
        record.note("no country known by this name", f"{fields.path}/{country}", name)
    return Birth(
        place=fields.printed(*places, *(() if code else (country,))),
        country=code,
        note=note,
        origin=record.origin(fields.path, fields.printed(*places, country)),
    )


def _joined(dated: Birth, placed: Birth) -> Birth:
    note = "; ".join(filter(None, (dated.note, placed.note)))
    return Birth(dated.date, placed.place, placed.country, note, _both(dated.origin, placed.origin))


def _both(first: Origin | None, second: Origin | None) -> Origin | None:
    if first is None or second is None:
        return first or second
    return Origin(second.source, second.record, f"{first.locator}; {second.locator}", f"{first.raw}; {second.raw}")


def _with_aliases(record: Record) -> Iterator[Birth]:
    """A date and a place that stand with an alias belong together, and to that identity."""
    for fields in alias_fields(record, "INDIVIDUAL_ALIAS"):
        printed, country = fields["DATE_OF_BIRTH"], fields["COUNTRY_OF_BIRTH"]
        if not (printed or country or fields["CITY_OF_BIRTH"]):
            continue
        date = xml_date(printed)
        if printed and date is None:
            record.note("a date of birth that cannot be read", f"{fields.path}/DATE_OF_BIRTH", printed)
        words = ("" if date else printed, f"with the alias {fields['ALIAS_NAME']}" if fields["ALIAS_NAME"] else "")
        note = "; ".join(filter(None, words))
        birth = _place(record, fields, places=("CITY_OF_BIRTH",), country="COUNTRY_OF_BIRTH", note=note)
        raw = fields.printed("DATE_OF_BIRTH", "CITY_OF_BIRTH", "COUNTRY_OF_BIRTH")
        yield attrs.evolve(birth, date=date, origin=record.origin(fields.path, raw))
