"""One record -> one target, and the measure on it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from sanctions_tracker.errors import InvalidDateError
from sanctions_tracker.model import (
    Attribute,
    Birth,
    Identifier,
    Measure,
    MeasureEvent,
    Name,
    NamePart,
    PartialDate,
    Target,
)
from sanctions_tracker.model.vocabulary import (
    EventKind,
    IdentifierType,
    MeasureKind,
    NameKind,
    NamePartKind,
    TargetKind,
)
from sanctions_tracker.names.script import has_letter_or_digit
from sanctions_tracker.sources import tables
from sanctions_tracker.sources.ca.aliases import split_aliases
from sanctions_tracker.sources.ca.record import Record
from sanctions_tracker.sources.printed import partial_date

SANCTIONER_ID = "ca-gac"
LIST_NAME = "Consolidated Canadian Autonomous Sanctions List"
_ALSO_KNOWN = re.compile(r"\s*\(also known as (?P<names>.*?)\)?$", re.IGNORECASE)
_GIVEN, _FAMILY = NamePartKind.GIVEN, NamePartKind.FAMILY
_OR = re.compile(r"\s+or\s+", re.IGNORECASE)


def target(record: Record, target_id: str) -> Target:
    """Build the target.

    Raises:
        InvalidNameError: no name holds a letter or a digit.
    """
    kind = _kind(record)
    names = tuple(_names(record, kind))
    if names and names[0].kind is not NameKind.PRIMARY:
        record.note("the record has no primary name", "LastName", "")
    births, built = _dates(record, kind)
    return Target(
        id=target_id,
        kind=kind,
        names=names,
        births=births,
        identifiers=_identifiers(record),
        attributes=(*_titles(record, kind), *built, *record.extras),
        origin=record.whole(),
    )


def _kind(record: Record) -> TargetKind:
    if record["LastName"] or record["GivenName"]:
        return TargetKind.PERSON
    if record["ShipIMONumber"]:
        return TargetKind.VESSEL
    return TargetKind.ENTITY if record["EntityOrShip"] else TargetKind.UNKNOWN


def _names(record: Record, kind: TargetKind) -> list[Name]:
    """The primary name, and each alias; the publisher grades none of them."""
    found = []
    given, family, entity = record["GivenName"], record["LastName"], record["EntityOrShip"]
    whole = f"{given} {family}" if given and family else given or family
    if whole and has_letter_or_digit(whole):
        parts = tuple([NamePart(part, text) for part, text in ((_GIVEN, given), (_FAMILY, family)) if text])
        found.append(Name(whole, parts=parts, origin=record.origin("GivenName, LastName" if given else "LastName")))
    if entity and has_letter_or_digit(entity):
        found.extend(_entity_names(record, entity, NameKind.ALIAS if whole else NameKind.PRIMARY))
    if aliases := record["Aliases"]:
        for text, language in split_aliases(aliases, person=kind is TargetKind.PERSON):
            origin = record.origin("Aliases", aliases if text != aliases else None)
            found.append(Name(text, NameKind.ALIAS, language=language, origin=origin))
    return found


def _entity_names(record: Record, printed: str, kind: NameKind) -> Iterator[Name]:
    """The English name, the French one behind its slash, and what a closing bracket also calls it."""
    raw = record.origin("EntityOrShip", printed)
    match = _ALSO_KNOWN.search(printed) if "(also known as " in printed.casefold() else None
    shown = printed[: match.start()] if match else printed
    english, french = _bilingual(shown)
    plain = record.origin("EntityOrShip") if english == printed else raw
    yield Name(english, kind, language="en" if french else "", origin=plain)
    if french:
        yield Name(french, NameKind.ALIAS, language="fr", origin=raw)
    for text, _ in split_aliases(match["names"], person=False) if match else ():
        yield Name(text, NameKind.ALIAS, origin=raw)


def _bilingual(text: str) -> tuple[str, str]:
    """The two halves of a name printed in English and French.

    >>> _bilingual("Ordak Works/Usines Ordak"), _bilingual("Ordak Mills (A/B)")
    (('Ordak Works', 'Usines Ordak'), ('Ordak Mills (A/B)', ''))
    """
    left, slash, right = text.partition("/")
    halves = (left.strip(), right.strip())
    abbreviated = len(left.split(" ")[-1]) == 1 or len(right.split(" ", 1)[0]) == 1  # as in "J/V Company"
    if slash and left.count("(") == left.count(")") and all(len(half.split()) > 1 for half in halves):
        return (text, "") if abbreviated else halves
    return text, ""


def _titles(record: Record, kind: TargetKind) -> tuple[Attribute, ...]:
    """A person's title, or the type of a ship: the publisher has one element for both."""
    if title := record["TitleOrShip"]:
        name = "Title" if kind is TargetKind.PERSON else "Ship type"
        return (Attribute(name, title, origin=record.origin("TitleOrShip")),)
    return ()


def _dates(record: Record, kind: TargetKind) -> tuple[tuple[Birth, ...], tuple[Attribute, ...]]:
    """The dates of birth; of a ship or an entity the year in which it was built."""
    printed = record["DateOfBirthOrShipBuildDate"]
    if not printed:
        return (), ()
    origin = record.origin("DateOfBirthOrShipBuildDate", printed)
    dates = [_date(part) for part in _OR.split(printed)]
    if None in dates:
        record.note("a date that cannot be read", "DateOfBirthOrShipBuildDate", printed)
        dates = [None]
    if kind is not TargetKind.PERSON:
        return (), tuple([Attribute("Ship build date", printed, date=date, origin=origin) for date in dates])
    return tuple([Birth(date, note="" if date else printed, origin=origin) for date in dates]), ()


@lru_cache(maxsize=8192)
def _date(text: str) -> PartialDate | None:
    """Days, months and years as ISO 8601, and ranges of years."""
    try:
        return PartialDate(text)
    except InvalidDateError:
        return partial_date(text)


def _identifiers(record: Record) -> tuple[Identifier, ...]:
    if number := record["ShipIMONumber"]:
        origin = record.origin("ShipIMONumber")
        return (Identifier(IdentifierType.IMO_VESSEL, number, label="IMO number", origin=origin),)
    return ()


@lru_cache(maxsize=1)
def _table() -> dict[tuple[str, str], dict[str, str]]:
    """The rows of the reviewed table, by the regulations and the schedule."""
    return {(row["country"], row["schedule"]): row for row in tables.rows("ca_measures")}


class _Imposed(NamedTuple):
    """What a schedule of the regulations means, the same for each of its items."""

    known: bool
    kind: MeasureKind
    label: str
    programmes: tuple[str, ...]
    legal_basis: str
    printed: str


@lru_cache(maxsize=1024)
def _imposed(country: str, schedule: str) -> _Imposed:
    row = _table().get((country, re.sub(r",\s*", ", ", schedule)))
    regulations = tables.mapping("ca_regulations", "country", "regulations").get(country, "")
    place = f"Schedule {schedule}" if schedule and not schedule.startswith("Part") else schedule
    return _Imposed(
        known=row is not None,
        kind=MeasureKind(row["kind"]) if row else MeasureKind.UNSPECIFIED,
        label=row["label"] if row else "",
        programmes=(country,) if country else (),
        legal_basis=", ".join(filter(None, (regulations, place))),
        printed="; ".join(filter(None, (country, schedule))),
    )


def measure(record: Record, target_id: str) -> Measure:
    """What the schedule means, by the reviewed table; the day of listing is the publisher's."""
    item = record["Item"]
    imposed = _imposed(record["Country"], record["Schedule"])
    if not imposed.known:
        record.note("no measure known for this schedule", "Schedule", imposed.printed)
    basis = ", ".join(filter(None, (imposed.legal_basis, item and f"item {item}")))
    return Measure(
        id=f"{target_id}/measure",
        sanctioner=SANCTIONER_ID,
        target=target_id,
        kind=imposed.kind,
        label=imposed.label,
        list_name=LIST_NAME,
        programmes=imposed.programmes,
        legal_bases=(basis,) if basis else (),
        events=_listed(record),
        origins=(record.origin("Country, Schedule, Item", "; ".join(filter(None, (imposed.printed, item)))),),
    )


def _listed(record: Record) -> tuple[MeasureEvent, ...]:
    printed = record["DateOfListing"]
    if not printed:
        return ()
    date = _date(printed)
    if date is None:
        record.note("a date that cannot be read", "DateOfListing", printed)
        return ()
    return (MeasureEvent(EventKind.LISTED, date, origin=record.origin("DateOfListing", printed)),)
