"""Identity documents: type, number, issuer, and what the note says of issue and expiry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import attrs

from sanctions_tracker.errors import ModelError
from sanctions_tracker.model import Attribute, Identifier, PartialDate
from sanctions_tracker.model.vocabulary import IdentifierType, Validity
from sanctions_tracker.sources import tables
from sanctions_tracker.sources.printed import opening_country
from sanctions_tracker.sources.un.dates import WORDED, worded_date, xml_date
from sanctions_tracker.sources.un.record import Fields, Record, country_in

_TAG = "INDIVIDUAL_DOCUMENT"
_FIELDS = frozenset(
    {
        "TYPE_OF_DOCUMENT",
        "TYPE_OF_DOCUMENT2",
        "NUMBER",
        "ISSUING_COUNTRY",
        "COUNTRY_OF_ISSUE",
        "CITY_OF_ISSUE",
        "DATE_OF_ISSUE",
        "NOTE",
    }
)
_DAY = rf"(?P<date>{WORDED}|[a-z]+ \d{{1,2}}, \d{{4}}|\d{{4}}-\d\d-\d\d)"
_EXPIRES = re.compile(
    rf"(?:exp(?:\.|ir(?:ed|es|ing|y date|ation date)?)|date of expiration|valid until)(?: on| of)?:?\s+{_DAY}",
    re.IGNORECASE,
)
_ISSUED = re.compile(rf"(?<!passport )\b(?:issued(?: on| in)?|date of issue:?)\s+{_DAY}", re.IGNORECASE)
_AMERICAN = re.compile(r"(?P<month>[a-z]+) (?P<day>\d{1,2}), (?P<year>\d{4})", re.IGNORECASE)
_FALSE = re.compile(r"\b(?:counterfeit|false|forged|fraudulently obtained)\b", re.IGNORECASE)
#: A number of one run of letters and figures, perhaps with a series before it.
_PLAIN = re.compile(r"[A-Z]{0,4}[-.° ]{0,2}[A-Z./\\№-]*\d[A-Z0-9./\\№-]*(?: [A-Z./-]*\d[A-Z0-9./-]*)*", re.IGNORECASE)
_BEHIND_WORDS = re.compile(
    rf"(?P<words>.*?\b(?:number|no\.?|card|code|ssn|passport|”\)))[.:]{{0,2}}\s*(?!no\b|number\b)(?P<number>{_PLAIN.pattern})(?P<rest>\W.*)?",
    re.IGNORECASE | re.DOTALL,
)
_BEFORE_WORDS = re.compile(
    rf"(?P<number>{_PLAIN.pattern})(?:,\s+|\s+)\(?(?P<words>[A-Z][^()\d]*|Expire.*?)\)?", re.IGNORECASE
)
#: What may open the words around a number and is no country: ``No. (Iraqi)``.
_NUMBER_WORD = re.compile(r"^(?:no|number)\b[.:]*\s*", re.IGNORECASE)
_BEHIND_COUNTRY = re.compile(rf"(?P<words>[A-Z][a-z]+)\s+(?P<number>{_PLAIN.pattern})")
#: A longer text, in characters, is more than a number.
_LONGEST = 1000
_OLD_REFERENCE = re.compile(r"\[Old Reference # ?(?P<number>[A-Z0-9.]+)\]", re.IGNORECASE)


@lru_cache(maxsize=1)
def _types() -> dict[str, str]:
    """The publisher's words, folded -> the model's type."""
    return tables.mapping("un_documents", "label", "type")


def identifiers(record: Record) -> Iterator[Identifier | Attribute]:
    """The list's own references, then the documents; an attribute for one without a number."""
    reference = record.one("REFERENCE_NUMBER")
    if reference:
        yield _reference(record, reference, "REFERENCE_NUMBER", "UN reference number")
    comments = record.peek("COMMENTS1")
    for match in _OLD_REFERENCE.finditer(comments) if "[" in comments else ():
        yield _reference(record, match["number"], "COMMENTS1", "old reference number", raw=match[0])
    for fields in record.groups(_TAG, _FIELDS):
        yield _document(record, fields)


def _reference(record: Record, number: str, path: str, label: str, raw: str | None = None) -> Identifier:
    origin = record.origin(path, raw)
    return Identifier(IdentifierType.LIST_REFERENCE, number, label=label, issuer="UN Security Council", origin=origin)


def _document(record: Record, fields: Fields) -> Identifier | Attribute:
    label = _label(fields)
    printed = fields.printed("NUMBER") or fields.printed("TYPE_OF_DOCUMENT2", "NOTE")
    number, words = number_in(printed, whole=bool(fields["NUMBER"]))
    raw = fields.printed(*sorted(fields.values))
    if not number:
        record.note("a document without a number", fields.path, raw)
        return Attribute(label or "document", "", note=raw, origin=record.origin(fields.path, raw))
    if fields["NUMBER"] and re.search(r"[a-z]{3}|[(,;]", number):
        record.note("number and words not told apart, kept as one identifier", f"{fields.path}/NUMBER", number)
    country, unknown = _issuer(record, fields, words)
    note = "; ".join(filter(None, (words if fields["NUMBER"] else "", *_remarks(fields, country), fields["NOTE"])))
    identifier = Identifier(
        _type(fields, words),
        number,
        label=label,
        country=country,
        issuer=unknown,
        validity=Validity.FRAUDULENT if _FALSE.search(f"{printed} {fields['NOTE']}") else Validity.UNSTATED,
        note=note,
        origin=record.origin(fields.path, raw),
    )
    return _with_dates(record, fields, identifier)


def _label(fields: Fields) -> str:
    """Both types as printed where they differ."""
    first, second = fields["TYPE_OF_DOCUMENT"], fields["TYPE_OF_DOCUMENT2"]
    return f"{first} ({second})" if first and second and first != second else first or second


def _folded(text: str) -> str:
    text = re.sub(r"\b(?:number|no)\b|[.:]|\d+", " ", text.casefold())
    return " ".join(text.split())


def _type(fields: Fields, words: str) -> IdentifierType:
    """By the most precise word that the table knows: the number's own, the second type, the first."""
    labels = (words, fields["TYPE_OF_DOCUMENT2"], fields["TYPE_OF_DOCUMENT"])
    return IdentifierType(next((known for label in labels if (known := _types().get(_folded(label)))), "other"))


def number_in(text: str, *, whole: bool) -> tuple[str, str]:
    """The number that a text holds, and the words around it.

    With ``whole`` the text is known to be a number: what cannot be told apart
    stays one. Otherwise a text without a number gives an empty one.

    >>> number_in("CAR diplomatic passport no. D00000123", whole=True)
    ('D00000123', 'CAR diplomatic passport no.')
    >>> number_in("R00001234, South Sudan", whole=True), number_in("issued in 1993", whole=False)
    (('R00001234', 'South Sudan'), ('', ''))
    """
    if len(text) > _LONGEST:
        return (text, "") if whole else ("", "")
    if whole and _PLAIN.fullmatch(text):
        return text, ""
    if match := _BEHIND_WORDS.fullmatch(text):
        return match["number"].rstrip(".,"), " ".join(filter(None, (match["words"], (match["rest"] or "").strip(" ,"))))
    for pattern in (_BEFORE_WORDS, _BEHIND_COUNTRY):
        if whole and (match := pattern.fullmatch(text)):
            return match["number"], match["words"].strip(" ,()")
    if not whole and (match := re.match(r"(?P<number>\d{5,})(?!\S)", text)):
        return match["number"], text[match.end() :].strip()
    return (text, "") if whole else ("", "")


def _issuer(record: Record, fields: Fields, words: str) -> tuple[str | None, str]:
    """The issuer's code; an unknown name as text."""
    tag = "ISSUING_COUNTRY" if fields["ISSUING_COUNTRY"] else "COUNTRY_OF_ISSUE"
    printed = fields[tag]
    told = _NUMBER_WORD.sub("", words)
    code = country_in(printed) if printed else country_in(told) or opening_country(told)
    if printed and code is None:
        record.note("no country known by this name", f"{fields.path}/{tag}", printed)
    return code, printed if printed and code is None else ""


def _remarks(fields: Fields, country: str | None) -> Iterator[str]:
    """Where it was issued, as far as the issuer does not say so already."""
    place = fields["COUNTRY_OF_ISSUE"]
    repeated = not fields["ISSUING_COUNTRY"] or country_in(place) == country
    words = fields.printed("CITY_OF_ISSUE", *(() if repeated else ("COUNTRY_OF_ISSUE",)))
    if words:
        yield f"issued in {words}"


def _in_words(pattern: re.Pattern[str], note: str) -> PartialDate | None:
    match = pattern.search(note) if note else None
    if match is None:
        return None
    american = _AMERICAN.fullmatch(match["date"])
    return worded_date(f"{american['day']} {american['month']} {american['year']}" if american else match["date"])


def _with_dates(record: Record, fields: Fields, identifier: Identifier) -> Identifier:
    """With the date of issue and, where the note tells it, that of expiry."""
    printed, note = fields["DATE_OF_ISSUE"], fields["NOTE"]
    issued = xml_date(printed) if printed else _in_words(_ISSUED, note)
    if printed and issued is None:
        record.note("a date of issue that cannot be read", f"{fields.path}/DATE_OF_ISSUE", printed)
        identifier = attrs.evolve(identifier, note="; ".join(filter(None, (identifier.note, f"issued {printed}"))))
    expires = _in_words(_EXPIRES, note) or _in_words(_EXPIRES, fields["NUMBER"])
    if issued is None and expires is None:
        return identifier
    try:
        return attrs.evolve(identifier, issued=issued, expires=expires)
    except ModelError as error:  # the note keeps the expiry in the publisher's words
        record.note(str(error), fields.path, note)
        return attrs.evolve(identifier, issued=issued)
