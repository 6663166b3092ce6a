"""Dates and countries as the list prints them."""

from __future__ import annotations

import re
from functools import lru_cache

from sanctions_tracker.errors import InvalidDateError, MissingExtraError
from sanctions_tracker.model import PartialDate
from sanctions_tracker.sources import tables

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_DATE = re.compile(
    r"(?:(?:(?P<day>\d{1,2})[-/.])?(?P<month>\d{1,2})[-/.])?(?P<year>\d{4})\s*(?P<era>هـ|ه|م)?", re.ASCII
)
#: Years that only the Islamic calendar has for anybody alive in this century.
_HIJRI = range(1300, 1500)
_SEPARATORS = re.compile(r"\s*[-–،,()/]\s*|\s+و\s+")
_CURRENT = re.compile(r"الحالية\s*:\s*(?P<now>.+?)\s+السابقة\s*:\s*(?P<before>.+)")


@lru_cache(maxsize=4096)
def printed_date(text: str) -> PartialDate | None:
    """Day, month, year in Western or Arabic figures; a year before 1500 is of the Islamic calendar.

    None where no date can be read, or the package for that calendar is missing.

    >>> printed_date("17/02/1967"), printed_date("١٩٧٥"), printed_date("13-02-1967م"), printed_date("31-02-1967")
    (PartialDate('1967-02-17'), PartialDate('1975'), PartialDate('1967-02-13'), None)
    """
    match = _DATE.fullmatch(text.translate(_DIGITS).strip())
    if match is None:
        return None
    parts = [int(match[part]) if match[part] else None for part in ("month", "day")]
    year = int(match["year"])
    try:
        if year in _HIJRI or match["era"] in {"هـ", "ه"}:
            return PartialDate.from_hijri(year, *parts)
        return PartialDate.of(year, *parts)
    except (InvalidDateError, MissingExtraError):
        return None


@lru_cache(maxsize=2048)
def country(text: str) -> str | None:
    """The country of an Arabic name or of its people's, None where the table does not have it.

    >>> country("الأردن "), country("نيجيري"), country("أطلانتس")
    ('JO', 'NG', None)
    """
    return _countries().get(" ".join(text.split()))


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    return tables.mapping("ae_countries", "word", "code")


def _parts(text: str) -> list[str]:
    """What stands between the separators of a text; single spaces, so that no pattern walks through endless ones."""
    return [part for part in _SEPARATORS.split(" ".join(text.replace("\n", "،").split())) if part]


@lru_cache(maxsize=2048)
def countries(text: str) -> tuple[str, ...]:
    """The countries that a cell names one beside the other; empty where not all of it is known.

    >>> countries("السعودية / الكويت"), countries("سانت كيتس - نافيس"), countries("مصر - مسجون")
    (('SA', 'KW'), ('KN',), ())
    """
    if code := country(text):
        return (code,)
    found = [country(part) for part in _parts(text)]
    return tuple(code for code in found if code) if all(found) else ()


@lru_cache(maxsize=2048)
def country_within(text: str) -> str | None:
    """The one country that stands in the text of a place, as a part of it or as its last word.

    >>> country_within("الشارقة - الإمارات"), country_within("كانو نيجيريا"), country_within("نجع حمادي-قنا")
    ('AE', 'NG', None)
    """
    parts = [text, *_parts(text)]
    found = {code for part in parts if (code := country(part))}
    if not found and (words := text.split()):
        found = {code for code in (country(words[-1]),) if code}
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=2048)
def current_and_former(text: str) -> tuple[str, str] | None:
    """The two nationalities of ``الحالية: … السابقة: …``, None for any other text."""
    match = _CURRENT.fullmatch(" ".join(text.split()))
    return (match["now"], match["before"]) if match else None
