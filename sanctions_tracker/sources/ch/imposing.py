"""What is imposed: one measure for each set of sanctions that a target stands in, with its dated events."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from sanctions_tracker.model import Measure, MeasureEvent, Note, Origin, Target
from sanctions_tracker.model.vocabulary import EventKind, MeasureKind
from sanctions_tracker.sources import tables
from sanctions_tracker.sources.ch.record import SOURCE_ID, Record, text_of, texts
from sanctions_tracker.sources.printed import partial_date

SANCTIONER_ID = "ch-seco"
LIST_NAME = "SECO consolidated list"
_KINDS = {"listed": EventKind.LISTED, "amended": EventKind.AMENDED, "de-listed": EventKind.DELISTED}
#: The day that counts is the one on which a change takes effect; the others are kept in the event's note.
_DATES = ("effective-date", "publication-date", "enactment-date")


class SanctionsSet(NamedTuple):
    """A set of sanctions of a programme: its text, the programme's key and ordinance, and who decided it first."""

    text: str
    programme: str
    ordinance: str
    origin: str


class Listing(NamedTuple):
    """What a target says of the measures on it: the numbers of its sets, why, and the dated events."""

    sets: tuple[str, ...]
    grounds: str
    events: tuple[MeasureEvent, ...]


def listing(record: Record) -> Listing:
    """Read what stands in the target; the sets themselves may stand behind it."""
    grounds = "\n".join(text for party in record.element.iterchildren("*") for text in texts(party, "justification"))
    single = record.element.get("sanctions-set-id", "")
    numbers = dict.fromkeys([*texts(record.element, "sanctions-set-id"), *([single] if single else [])])
    if not numbers:
        record.note("no set of sanctions", "target/sanctions-set-id", "")
    return Listing(tuple(numbers) or ("",), grounds, tuple(_events(record)))


def measures(told: Listing, target: Target, sets: dict[str, SanctionsSet], notes: list[Note]) -> Iterator[Measure]:
    """The measures on one target. A target that was taken off the list stays in it, with that event."""
    for number in told.sets:
        origin = Origin(SOURCE_ID, target.id.removeprefix("ch:"), "target/sanctions-set-id", number)
        if number and number not in sets:
            notes.append(Note(f"a set of sanctions that the file does not hold: {number}", origin))
        found = sets.get(number, SanctionsSet(number, "", "", ""))
        yield Measure(
            id=f"{target.id}/{number or 'no-set'}",
            sanctioner=SANCTIONER_ID,
            target=target.id,
            kind=_kind(found.text),
            label=found.text,
            list_name=LIST_NAME,
            programmes=tuple(filter(None, (found.programme,))),
            legal_bases=tuple(filter(None, (found.ordinance,))),
            grounds=told.grounds,
            events=told.events,
            note=f"origin: {found.origin}" if found.origin else "",
            origins=(origin,),
        )


@lru_cache(maxsize=1024)
def _kind(text: str) -> MeasureKind:
    """By the words of the reviewed table; the sets seldom say what they impose."""
    words = tables.mapping("ch_measures", "word", "kind")
    found = {kind for word, kind in words.items() if word in text.casefold()}
    return MeasureKind(found.pop()) if len(found) == 1 else MeasureKind.UNSPECIFIED


def _events(record: Record) -> Iterator[MeasureEvent]:
    """Oldest first: the publisher writes the newest first."""
    for element in reversed(list(record.element.iterchildren("modification"))):
        word = element.get("modification-type", "")
        stated = [(name, text) for name in _DATES if (text := element.get(name, "").strip())]
        raw = ", ".join([word, *(f"{name} {text}" for name, text in stated)])
        kind, date = _KINDS.get(word), next((d for _, text in stated if (d := partial_date(text))), None)
        remark = text_of(element.find("remark"))
        if kind is None or date is None:
            record.note("a modification that cannot be read", "target/modification", raw)
            record.keep("modification", "; ".join(filter(None, (raw, remark))), "target/modification")
            continue
        others = [f"{name} {text}" for name, text in stated if partial_date(text) != date]
        note = "; ".join([*others, *([remark] if remark else [])])
        yield MeasureEvent(kind, date, note=note, origin=record.origin("target/modification", raw))
