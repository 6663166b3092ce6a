"""The freeze on a party: the acts behind it and the dates that they give."""

from __future__ import annotations

from functools import lru_cache

import attrs

from sanctions_tracker.model import Measure, MeasureEvent, Origin, PartialDate, Source
from sanctions_tracker.model.vocabulary import EventKind, MeasureKind
from sanctions_tracker.sources.eu.record import LIST_ID, Act, Record, joined
from sanctions_tracker.sources.printed import partial_date

SANCTIONER_ID = "eu-council"
LIST_NAME = "Consolidated list of persons, groups and entities subject to EU financial sanctions"
#: How many of an act's fields stand beside each part: its title, kind, day and address.
_TOLD = 4
_BOUND = "no designation date is told: the earliest act that the record names was published that day"
_ON_LIST = "no designation date and no act's date is told: the list is of that day"


@attrs.frozen
class Acts:
    """Every act that a file names, as a source with its own address."""

    _origins: dict[tuple[str, str, str], Origin] = attrs.field(factory=dict)
    _sources: dict[str, Source] = attrs.field(factory=dict)

    @property
    def sources(self) -> tuple[Source, ...]:
        """The acts in the order in which they were first named."""
        return tuple(self._sources.values())

    def origin(self, act: Act) -> Origin:
        """A pointer to the act; of two acts with one title each gets an id of its own."""
        key = (act.title, act.published, act.url)
        if key not in self._origins:
            number, source_id = 1, f"{LIST_ID} act {act.title}"
            while source_id in self._sources:
                number += 1
                source_id = f"{LIST_ID} act {act.title} ({number})"
            self._sources[source_id] = _source(source_id, act)
            self._origins[key] = Origin(source_id)
        return self._origins[key]


def _source(source_id: str, act: Act) -> Source:
    published = partial_date(act.published)
    note = "" if published else act.published
    return Source(source_id, act.title, url=act.url, kind="legal_act", published=published, note=note)


def freeze(record: Record, target_id: str, acts: Acts, list_date: PartialDate | None) -> Measure:
    """The measure of one record; the file is the list of freezes, so that there is one.

    Its ``regulation`` is the latest act; earlier ones stand with the parts
    that they brought, and become amendments with their dates.
    """
    named = _named(record)
    programme = record.act.programme
    return Measure(
        id=f"{target_id}/{programme or 'no-programme'}",
        sanctioner=SANCTIONER_ID,
        target=target_id,
        kind=MeasureKind.ASSET_FREEZE,
        list_name=LIST_NAME,
        programmes=(programme,) if programme else (),
        legal_bases=tuple(dict.fromkeys([act.title for act in (record.act, *named) if act.title])),
        grounds="\n".join(record.remarks),
        events=_events(record, named, list_date),
        origins=(record.origin(record.act_locator or record.locator), *[acts.origin(act) for act in named]),
    )


def _named(record: Record) -> dict[Act, str]:
    """Each act, by its day, with what it brought: ``nameAlias 17, 19; birthdate 14``."""
    main = record.act
    brought: dict[Act, list[str]] = {main: []} if any(main) else {}
    for tag, parts in record.parts.items():
        numbers: dict[Act, list[str]] = {}
        acts: tuple[Act, ...] = ()
        told: list[list[str]] = []
        for part in parts:
            if part.acts is not acts:  # the export shares them between parts
                acts = part.acts
                told = [numbers.setdefault(act, []) for act in acts]
            for found in told:
                found.append(part.number)
        for act, found in numbers.items():
            # a part tells less of the record's own act than the record does
            act = main if act[:_TOLD] == main[:_TOLD] else act  # noqa: PLW2901
            brought.setdefault(act, []).append(f"{tag} {', '.join(found)}")
    in_order = sorted(brought, key=_by_day) if len(brought) > 1 else brought
    return {act: "; ".join(brought[act]) for act in in_order}


def _by_day(act: Act) -> tuple[str, str]:
    return act.published, act.title


@lru_cache(maxsize=4096)
def _told(act: Act, programme: str) -> str:
    """An act in words: what it is and when it takes effect."""
    return joined(
        " ".join([word for word in (act.kind, act.title, f"of {act.published}" if act.published else "") if word]),
        f"by: {act.organisation}" if act.organisation else "",
        f"in force {act.in_force}" if act.in_force else "",
        f"programme {act.programme}" if act.programme and act.programme != programme else "",
    )


def _events(record: Record, named: dict[Act, str], list_date: PartialDate | None) -> tuple[MeasureEvent, ...]:
    """The listing with the acts of the earliest day, then each later act as an amendment."""
    programme = record.act.programme
    first: PartialDate | None = None
    earliest: list[str] = []
    later: list[MeasureEvent] = []
    for act, brought in named.items():
        date = partial_date(act.published)
        if date is None or not date.day:
            _tell_undated(record, act)
        elif first is None or date == first:
            first = date
            earliest += (_told(act, programme), brought)
        else:
            origin = record.origin(_act_locator(record, act))
            words = joined(_told(act, programme), brought)
            later.append(MeasureEvent(EventKind.AMENDED, date, note=words, origin=origin))
    listing = _listing(record, first, earliest, list_date)
    return (listing, *later) if listing else tuple(later)


def _act_locator(record: Record, act: Act) -> str:
    if act is record.act:
        return record.act_locator
    return f"{record.locator}//regulationSummary[@numberTitle='{act.title}']"


def _tell_undated(record: Record, act: Act) -> None:
    if act.published:
        record.note("an act's date that cannot be read", _act_locator(record, act), act.published)


def _listing(
    record: Record, first: PartialDate | None, earliest: list[str], list_date: PartialDate | None
) -> MeasureEvent | None:
    printed = record.text("designationDate")
    date = partial_date(printed) if printed else None
    why = "" if date else printed
    if printed and date is None:
        record.note("a designation date that cannot be read", record.locator, printed)
    if date is None:
        bound = first or list_date
        if bound is None:
            record.note("no date at all", record.locator, record.id)
            return None
        date = PartialDate.between(None, bound.latest)
        why = joined(why, _BOUND if first else _ON_LIST)
    note = joined(why, record.text("designationDetails"), *earliest)
    origin = record.origin(f"{record.locator}/@designationDate", printed or None)
    return MeasureEvent(EventKind.LISTED, date, note=note, origin=origin)
