"""What a list holds, counted: for people to check a download by, and for programs to watch it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import attrs

from sanctions_tracker.codec import unstructure
from sanctions_tracker.model import PartialDate, SanctionsList, Target

#: How many examples of a class of notes are kept.
EXAMPLES = 3
#: Field of a target -> whether the target has it.
_FIELDS: dict[str, Callable[[Target], bool]] = {
    "births": lambda target: bool(target.births),
    "birth dates": lambda target: any(birth.date for birth in target.births),
    "birth places": lambda target: any(birth.place or birth.country for birth in target.births),
    "countries": lambda target: bool(target.countries),
    "addresses": lambda target: bool(target.addresses),
    "identifiers": lambda target: bool(target.identifiers),
    "positions": lambda target: bool(target.positions),
    "role": lambda target: bool(target.role),
    "sector": lambda target: bool(target.sector),
    "gender": lambda target: bool(target.gender),
    "relations": lambda target: bool(target.relations),
    "attributes": lambda target: bool(target.attributes),
}
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|“[^”]*”")
_NUMBER = re.compile(r"\d+")


@attrs.frozen
class Fill:
    """How many targets have a field; ``share`` is of all targets, between 0 and 1."""

    field: str
    targets: int
    share: float


@attrs.frozen
class Remarks:
    """Notes, or reasons of rejection, of one class: how many, and the first of them."""

    what: str
    count: int
    examples: tuple[str, ...] = ()


@attrs.frozen
class Span:
    """How many events of a kind bear a date, the earliest and the latest of these dates."""

    kind: str
    events: int
    first: PartialDate
    last: PartialDate


@attrs.frozen
class Summary:
    """What a list holds.

    ``names`` counts by script (ISO 15924), then by strength; ``filled`` and ``identified`` (by type of identifier)
    count targets; ``sources`` maps the id of each source to the SHA-256 of its file, empty where it has none.
    Counts are ordered from the largest down.
    """

    id: str
    title: str
    date: PartialDate | None
    format: str
    sources: Mapping[str, str]
    records_seen: int
    targets: int
    rejected: int
    parties: Mapping[str, int]
    names: Mapping[str, Mapping[str, int]]
    filled: tuple[Fill, ...]
    identified: tuple[Fill, ...]
    sanctioners: int
    actions: int
    measures: Mapping[str, int]
    spans: tuple[Span, ...]
    rejections: tuple[Remarks, ...]
    notes: tuple[Remarks, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain data, every field there."""
        plain = {field.name: getattr(self, field.name) for field in attrs.fields(type(self))}
        data: dict[str, Any] = unstructure(plain)
        for remarks in (*data["rejections"], *data["notes"]):
            remarks.setdefault("examples", [])
        return data


def summarise(sanctions_list: SanctionsList) -> Summary:
    """Count what a list holds."""
    targets = sanctions_list.targets
    return Summary(
        id=sanctions_list.id,
        title=sanctions_list.title,
        date=sanctions_list.date,
        format=sanctions_list.format,
        sources={source.id: source.sha256 for source in sanctions_list.sources},
        records_seen=sanctions_list.records_seen,
        targets=len(targets),
        rejected=len(sanctions_list.rejected),
        parties=_ordered(Counter(target.kind.value for target in targets)),
        names=_names(targets),
        filled=tuple(_fill(field, sum(map(has, targets)), len(targets)) for field, has in _FIELDS.items()),
        identified=_identified(targets),
        sanctioners=len(sanctions_list.sanctioners),
        actions=len(sanctions_list.actions),
        measures=_ordered(Counter(measure.kind.value for measure in sanctions_list.measures)),
        spans=_spans(sanctions_list),
        rejections=_remarks(sanctions_list.rejected, lambda rejected: rejected.reason),
        notes=_remarks(sanctions_list.notes, lambda note: note.text),
    )


def _ordered(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _names(targets: Iterable[Target]) -> dict[str, dict[str, int]]:
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for target in targets:
        for name in target.names:
            found[name.script][name.strength.value] += 1
    return {
        script: _ordered(counts)
        for script, counts in sorted(found.items(), key=lambda item: (-item[1].total(), item[0]))
    }


def _fill(field: str, having: int, of: int) -> Fill:
    return Fill(field, having, having / of if of else 0.0)


def _identified(targets: tuple[Target, ...]) -> tuple[Fill, ...]:
    counts = Counter(kind for target in targets for kind in {one.type.value for one in target.identifiers})
    return tuple(_fill(kind, having, len(targets)) for kind, having in _ordered(counts).items())


def _spans(one: SanctionsList) -> tuple[Span, ...]:
    """Earliest and latest dates by kind of event, of measures, then of actions."""
    dates: defaultdict[str, list[PartialDate]] = defaultdict(list)
    for measure in one.measures:
        for event in measure.events:
            dates[event.kind.value].append(event.date)
    for action in one.actions:
        dates["action"].append(action.date)
    return tuple(
        Span(kind, len(found), min(found, key=PartialDate.sort_key), max(found, key=PartialDate.sort_key))
        for kind, found in dates.items()
    )


def class_of(text: str) -> str:
    """What a note is about, without the value that it is about.

    >>> class_of("a date that cannot be read: 'soon'"), class_of("the id stands twice, first in line 12")
    ('a date that cannot be read', 'the id stands twice, first in line …')
    """
    head = text.partition(": ")[0]
    return _NUMBER.sub("…", _QUOTED.sub("…", head)).strip()


def _remarks(records: Iterable[Any], text_of: Callable[[Any], str]) -> tuple[Remarks, ...]:
    counts: Counter[str] = Counter()
    examples: defaultdict[str, list[str]] = defaultdict(list)
    for record in records:
        what = class_of(text_of(record))
        counts[what] += 1
        if len(examples[what]) < EXAMPLES:
            examples[what].append(str(record))
    return tuple(Remarks(what, count, tuple(examples[what])) for what, count in _ordered(counts).items())
