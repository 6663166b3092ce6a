"""What the text of a listing says happened, and when: ``Listed on … (amended on …)``."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from sanctions_tracker.model import PartialDate
from sanctions_tracker.model.vocabulary import EventKind
from sanctions_tracker.sources.au.dates import DATED, point

#: The words that say what the dates behind them are, the more particular ones first. The Minister lists by notice in
#: the Gazette (Charter of the United Nations Act 1945, section 15): the Gazette of the instrument of *first* listing
#: dates the listing. A listing that is renewed (section 15A; Autonomous Sanctions Regulations 2011, regulation 9)
#: is designated again. None: the dates behind are of something else.
_WORDS: tuple[tuple[str, EventKind | None], ...] = (
    ("gazette", EventKind.LISTED),
    ("renewed", EventKind.DESIGNATED),
    ("other", None),
    ("amended", EventKind.AMENDED),
    ("listed", EventKind.LISTED),
    ("designated", EventKind.DESIGNATED),
)
_KINDS = dict(_WORDS)
_TOKEN = re.compile(
    r"(?P<gazette>\bfirst\s+(?:listing|des\w+)\b[^;]{0,160}?\bgazette\b)"
    r"|(?P<renewed>\b(?:re-?\s?listed|last(?:ed)?\s+listed|continued in effect|minister\s+declared|re-listing)\b)"
    r"|(?P<other>\b(?:formerly listed|previously listed|previous designation|gazette|acquitted|released|note)\b)"
    r"|(?P<amended>\b(?:amended|updated|modified)(?:\s?on)?)"
    r"|(?P<listed>\blisted(?:\s?on)?)"
    r"|(?P<designated>\bdesignated\b)"
    rf"|(?P<date>{DATED})",
    re.IGNORECASE | re.ASCII | re.DOTALL,
)
#: The year in the title of an instrument, whatever follows it.
_BEGINS = re.compile(rf"\s*{DATED}", re.IGNORECASE | re.ASCII)
_TITLED = re.compile(r"\b(?:Instrument|List|Listing|Designation)\s+(?P<year>(?:19|20)\d\d)\b", re.ASCII)
_REFERENCE = re.compile(r"\bUN Reference Number:?\s*(?P<number>[A-Z]{2}[a-z]\.\d{3})\b")


class Event(NamedTuple):
    """One date and what it is the date of; ``words`` are the publisher's."""

    kind: EventKind
    date: PartialDate
    words: str
    raw: str


class Listing(NamedTuple):
    """The events of a text, the year of the first instrument that it names, and dates that do not exist."""

    events: tuple[Event, ...]
    year: int | None
    references: tuple[str, ...]
    impossible: tuple[str, ...]


@lru_cache(maxsize=8192)
def listing(text: str) -> Listing:
    """Read the text of a listing.

    >>> [(e.kind.value, e.date.edtf) for e in listing("Listed on 2 May 2012 (amended on 5 Jun. 2017)").events]
    [('listed', '2012-05-02'), ('amended', '2017-06-05')]
    """
    events: dict[tuple[EventKind, PartialDate], Event] = {}
    impossible: list[str] = []
    kind, words = EventKind.LISTED if _BEGINS.match(text) else None, ""
    for match in _TOKEN.finditer(text):
        if match.lastgroup != "date":
            kind, words = _KINDS[match.lastgroup or "other"], " ".join(match[0].split())
        elif kind is not None and (date := point(match[0])):
            events.setdefault((kind, date), Event(kind, date, words, match[0]))
        elif kind is not None:
            impossible.append(match[0])
    titled = _TITLED.search(text)
    references = tuple(_REFERENCE.findall(text))
    return Listing(tuple(events.values()), int(titled["year"]) if titled else None, references, tuple(impossible))
