"""One target element -> one target; places are joined once the whole file is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import attrs

from sanctions_tracker.errors import InvalidDateError, MissingExtraError, ModelError
from sanctions_tracker.model import Address, Birth, CountryTie, Identifier, PartialDate, Relation, Target
from sanctions_tracker.model.check_digits import is_company_imo
from sanctions_tracker.model.country import country_code
from sanctions_tracker.model.vocabulary import IdentifierType, RelationKind, TargetKind, TieRole
from sanctions_tracker.sources import tables
from sanctions_tracker.sources.ch.naming import names
from sanctions_tracker.sources.ch.record import Record, text_of, texts
from sanctions_tracker.sources.printed import partial_date, place_code

if TYPE_CHECKING:
    from lxml import etree

_PARTIES = {"individual": TargetKind.PERSON, "entity": TargetKind.ENTITY, "object": TargetKind.UNKNOWN}
_OBJECTS = {"vessel": TargetKind.VESSEL, "aircraft": TargetKind.AIRCRAFT}
_LABELLED = re.compile(r"(?P<label>[^:]{2,60}?)\s*:\s*(?P<number>[^\s;,]+(?: [^\s;,]+){0,5}?)\.?")
_SWISS_DATE = re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})", re.ASCII)


class Place(NamedTuple):
    """A place of the list's own table."""

    location: str = ""
    area: str = ""
    country: str | None = None
    country_text: str = ""


class Party(NamedTuple):
    """A target with the places that its addresses and births name, by their positions."""

    target: Target
    addresses: tuple[str, ...]
    births: tuple[str, ...]


def place(element: etree._Element) -> Place:
    """Read a place, or the like elements inside an address."""
    country = element.find("country")
    printed = text_of(country)
    iso = country.get("iso-code", "") if country is not None else ""
    code = (country_code(iso) if iso else None) or (place_code(printed) if len(printed) > 2 else None)  # noqa: PLR2004
    location = "; ".join(texts(element, "location", "location-variant"))
    return Place(location, "; ".join(texts(element, "area", "area-variant")), code, printed or iso)


def party_of(record: Record) -> etree._Element | None:
    """The one child that says what the target is."""
    found = [child for child in record.element.iterchildren("*") if child.tag in _PARTIES]
    if len(found) > 1:
        record.note("more than one party in a target", "target", ", ".join(str(child.tag) for child in found))
        for other in found[1:]:
            record.keep(str(other.tag), text_of(other), f"target/{other.tag}")
    return found[0] if found else None


def party(record: Record, target_id: str) -> Party:
    """Build the target.

    Raises:
        ModelError: there is no individual, entity or object, or it has no name.
    """
    element = party_of(record)
    if element is None:
        message = "the target holds no individual, entity or object"
        raise ModelError(message, value=target_id)
    found = names(record, element)
    identities = list(element.iterchildren("identity"))
    births = [birth for identity in identities for birth in _births(record, identity)]
    addresses = [
        (_address(record, child), child.get("place-id", ""))
        for identity in identities
        for child in identity.iterchildren("address")
    ]
    identifiers = [*_identifiers(record, identities), *_information(record, element)]
    target = Target(
        id=target_id,
        kind=_kind(record, element),
        names=found,
        births=tuple(birth for birth, _ in births),
        countries=tuple(_ties(record, identities)),
        addresses=tuple(address for address, _ in addresses),
        identifiers=tuple(identifiers),
        gender=_gender(record, element),
        relations=tuple(_relations(record, element)),
        origin=record.whole(),
    )
    return Party(target, tuple(number for _, number in addresses), tuple(number for _, number in births))


def _kind(record: Record, element: etree._Element) -> TargetKind:
    kind = _PARTIES[str(element.tag)]
    word = element.get("object-type", "")
    if kind is not TargetKind.UNKNOWN:
        return kind
    if word not in _OBJECTS:
        record.note("unknown type of object", "object/@object-type", word)
        record.keep("object-type", word, "object/@object-type")
    return _OBJECTS.get(word, TargetKind.UNKNOWN)


def _gender(record: Record, element: etree._Element) -> str:
    printed = element.get("sex", "").casefold()
    if printed not in {"male", "female", ""}:
        record.keep("sex", printed, "individual/@sex")
        return ""
    return printed


def _births(record: Record, identity: etree._Element) -> Iterator[tuple[Birth, str]]:
    """Dates and places apart, unless the identity has one of each."""
    dates = [_dated(record, child) for child in identity.iterchildren("day-month-year")]
    places = [(_placed(record, child), child.get("place-id", "")) for child in identity.iterchildren("place-of-birth")]
    if len(dates) == len(places) == 1:
        born, number = places[0]
        note = "; ".join(filter(None, (dates[0].note, born.note)))
        yield attrs.evolve(born, date=dates[0].date, note=note, origin=dates[0].origin), number
        return
    yield from ((birth, "") for birth in dates)
    yield from places


def _dated(record: Record, element: etree._Element) -> Birth:
    parts = [_known(element.get(name, "").strip()) for name in ("year", "month", "day")]
    calendar, quality = element.get("calendar", ""), element.get("quality", "")
    raw = "-".join(filter(None, parts)) + (f" {calendar}" if calendar else "")
    date = _calendar_date(parts, calendar.casefold())
    path = f"day-month-year[@ssid='{element.get('ssid', '')}']"
    if date is None:
        record.note("a date of birth that cannot be read", path, raw)
    note = "; ".join(filter(None, (raw if date is None else "", f"quality: {quality}" if quality == "low" else "")))
    if quality not in {"low", "good", ""}:
        record.keep("day-month-year quality", quality, path)
    return Birth(date, note=note, origin=record.origin(path, raw))


def _known(number: str) -> str:
    """A part of a date; 0 stands for one that is not known."""
    return number if number.strip("0") else ""


def _calendar_date(parts: list[str], calendar: str) -> PartialDate | None:
    builders = {"gregorian": PartialDate.of, "": PartialDate.of, "islamic": PartialDate.from_hijri}
    builder = builders.get(calendar)
    if builder is None or not parts[0]:
        return None
    try:
        return builder(int(parts[0]), *(int(part) if part else None for part in parts[1:]))
    except (ValueError, InvalidDateError, MissingExtraError):
        return None


def _placed(record: Record, element: etree._Element) -> Birth:
    told = place(element)
    path = f"place-of-birth[@ssid='{element.get('ssid', '')}']"
    words = (told.location, told.area, "" if told.country else told.country_text)
    note = "; ".join(texts(element, "remarks"))
    return Birth(
        place=", ".join(filter(None, words)),
        country=told.country,
        note=_graded(note, element),
        origin=record.origin(path),
    )


def _graded(note: str, element: etree._Element) -> str:
    """A remark with the publisher's doubt, if it has any."""
    quality = element.get("quality", "")
    return "; ".join(filter(None, (note, f"quality: {quality}" if quality not in {"good", ""} else "")))


def _address(record: Record, element: etree._Element) -> Address:
    told = place(element)
    box = [f"P.O. Box {text}" for text in texts(element, "p-o-box")]
    return Address(
        lines=(*texts(element, "c-o", "address-details"), *box),
        city=told.location,
        region=told.area,
        postcode=", ".join(texts(element, "zip-code")),
        country=told.country,
        country_text=told.country_text,
        note=_graded("; ".join(texts(element, "remarks")), element),
        origin=record.origin(f"address[@ssid='{element.get('ssid', '')}']"),
    )


def _ties(record: Record, identities: list[etree._Element]) -> Iterator[CountryTie]:
    for identity in identities:
        for element in identity.iterchildren("nationality"):
            told = place(element)
            if told.country is None:
                record.note("no country known by this name", "nationality", told.country_text)
            if told.country or told.country_text:
                origin = record.origin("nationality/country", told.country_text)
                yield CountryTie(TieRole.NATIONALITY, told.country, told.country_text, origin=origin)


def _identifiers(record: Record, identities: list[etree._Element]) -> Iterator[Identifier]:
    for number in texts(record.element, "foreign-identifier"):
        origin = record.origin("target/foreign-identifier")
        yield Identifier(IdentifierType.LIST_REFERENCE, number, label="foreign-identifier", origin=origin)
    for identity in identities:
        for element in identity.iterchildren("identification-document"):
            if found := _document(record, element):
                yield found


def _document(record: Record, element: etree._Element) -> Identifier | None:
    path = f"identification-document[@ssid='{element.get('ssid', '')}']"
    number, label = " ".join(texts(element, "number")), element.get("document-type", "")
    issuer = element.find("issuer")
    code = country_code(issuer.get("code", "")) if issuer is not None and issuer.get("code") else None
    printed = text_of(issuer)
    code = code or (place_code(printed) if len(printed) > 2 else None)  # noqa: PLR2004  (no code stands here)
    if not number:
        record.note("a document without a number", path, text_of(element))
        record.keep(label or "document", text_of(element) or label, path)
        return None
    dates = [(tag, " ".join(texts(element, tag))) for tag in ("date-of-issue", "expiry-date")]
    unread = [f"{tag}: {text}" for tag, text in dates if text and _date(text) is None]
    for words in unread:
        record.note("a date that cannot be read", path, words)
    identifier = Identifier(
        IdentifierType(tables.mapping("ch_documents", "label", "type").get(label, "other")),
        number,
        label=label,
        country=code,
        issuer=printed,
        note="; ".join([*texts(element, "remark"), *unread]),
        origin=record.origin(path),
    )
    try:
        return attrs.evolve(identifier, issued=_date(dates[0][1]), expires=_date(dates[1][1]))
    except ModelError as error:
        record.note(str(error), path, "")
        words = "; ".join(f"{tag}: {text}" for tag, text in dates)
        return attrs.evolve(identifier, note="; ".join(filter(None, (identifier.note, words))))


def _date(text: str) -> PartialDate | None:
    """A date as ISO 8601 or as the Swiss write it."""
    if match := _SWISS_DATE.fullmatch(text.strip()):
        text = f"{match['day']}/{match['month']}/{match['year']}"
    return partial_date(text) if text else None


def _information(record: Record, element: etree._Element) -> Iterator[Identifier]:
    """Numbers among the other information; any other sentence becomes an attribute."""
    known = tables.mapping("ch_documents", "label", "type")
    for child in element.iterchildren("other-information"):
        text, path = text_of(child), f"other-information[@ssid='{child.get('ssid', '')}']"
        match = _LABELLED.fullmatch(text)
        kind = known.get(match["label"].casefold()) if match else None
        if match is None or kind is None:
            record.keep("other-information", text, path)
            continue
        number = match["number"].rstrip(".")
        known_type = IdentifierType(kind)
        if known_type is IdentifierType.IMO_VESSEL and element.get("object-type") != "vessel":
            if not is_company_imo(number):  # of a ship that the sentence speaks of, as likely as not
                record.keep("other-information", text, path)
                continue
            known_type = IdentifierType.IMO_COMPANY
        yield Identifier(known_type, number, label=match["label"], origin=record.origin(path, text))


def _relations(record: Record, element: etree._Element) -> Iterator[Relation]:
    kinds = tables.mapping("ch_relations", "word", "kind")
    for child in element.iterchildren("relation"):
        word, other = child.get("relation-type", ""), child.get("target-id", "").strip()
        path = f"relation[@ssid='{child.get('ssid', '')}']"
        note = "; ".join(texts(child, "remark", "remarks"))
        if word not in kinds:
            record.note("unknown type of relation", path, word)
        if other or note or word:
            text = "" if other else note or word
            kind = RelationKind(kinds.get(word, "other"))
            other_id = f"ch:{other}" if other else ""
            yield Relation(kind, other_id, text, label=word, note=note, origin=record.origin(path))
