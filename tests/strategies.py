"""Hypothesis strategies for every class of the model: values that a reader could have made."""

from __future__ import annotations

import datetime as dt
import string
from typing import TYPE_CHECKING, Any, TypeVar

import attrs
from hypothesis import strategies as st

from sanctions_tracker import model
from sanctions_tracker.model import vocabulary as words

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

_LETTERS = string.ascii_letters + string.digits + " .-'éüşابپچگیمحمدلوكهيдмитрий\u200c\u0301\u202b–,"

texts = st.text(alphabet=st.characters(codec="utf-8"), max_size=12)
spelt = st.text(alphabet=_LETTERS, max_size=24)
name_texts = spelt.filter(lambda text: any(map(str.isalnum, text)))
ids = st.text(alphabet=string.ascii_lowercase + string.digits + "-:", min_size=1, max_size=8)
countries = st.sampled_from(["IR", "US", "GB", "RU", "CN", "SU", "EU", "UN", "XK"])
maybe_country = st.none() | countries
moments = st.datetimes(
    min_value=dt.datetime(1950, 1, 1),  # noqa: DTZ001  (hypothesis adds the zone)
    max_value=dt.datetime(2049, 12, 31),  # noqa: DTZ001
    timezones=st.sampled_from([dt.UTC, dt.timezone(dt.timedelta(hours=3, minutes=30))]),
)
days = st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2100, 12, 31))


def _point(day: dt.date, cut: int, mark: str) -> str:
    return day.isoformat()[:cut] + mark


points = st.builds(_point, days, st.sampled_from([4, 7, 10]), st.sampled_from(["", "", "", "~", "?", "%"]))
masked = st.builds(
    lambda day, start, tail, mark: start(day) + tail(day) + mark,
    days.filter(lambda day: (day.month, day.day) != (2, 29)),
    st.sampled_from([lambda day: f"{day.year // 10:03d}X", lambda day: f"{day.year // 100:02d}XX"]),
    st.sampled_from([lambda _: "", lambda day: f"-{day.month:02d}", lambda day: day.isoformat()[4:]]),
    st.sampled_from(["", "~"]),
)


def _ranged(first: dt.date, second: dt.date, opened: str) -> str:
    start, end = sorted((first, second))
    return f"{'..' if opened == 'start' else start}/{'..' if opened == 'end' else end}"


ranges = st.builds(_ranged, days, days, st.sampled_from(["", "start", "end"]))
partial_dates = st.builds(model.PartialDate, points | masked | ranges)


def _tuples(of: st.SearchStrategy[T], most: int = 2) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(of, max_size=most).map(tuple)


def _made(build: Callable[..., T], **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[T]:
    """Builds, each optional field given or left at its default."""
    return st.fixed_dictionaries({}, optional=fields).map(lambda given: build(**given))


def _but(build: Callable[..., T], needed: dict[str, st.SearchStrategy[Any]], **fields: Any) -> st.SearchStrategy[T]:
    return st.fixed_dictionaries(needed, optional=fields).map(lambda given: build(**given))


def _enum(kind: type[T]) -> st.SearchStrategy[T]:
    return st.sampled_from(list(kind))  # type: ignore[call-overload]  # an enumeration can be listed


sources = _but(
    model.Source,
    {"id": ids},
    title=texts,
    publisher=texts,
    url=texts,
    language=texts,
    kind=texts,
    reliability=texts,
    published=st.none() | partial_dates,
    sha256=st.text("0123456789abcdef", min_size=64, max_size=64),
    note=texts,
)
origins = _but(model.Origin, {"source": ids}, record=texts, locator=texts, raw=st.none() | texts)
_origin = st.none() | origins
name_parts = st.builds(model.NamePart, _enum(words.NamePartKind), texts)
names = _but(
    model.Name,
    {"text": name_texts},
    kind=_enum(words.NameKind),
    strength=_enum(words.NameStrength),
    language=st.sampled_from(["", "ar", "fa", "en"]),
    script=st.sampled_from(["Latn", "Arab", "Zyyy"]),
    parts=_tuples(name_parts),
    note=texts,
    origin=_origin,
)
sanctioners = _but(
    model.Sanctioner,
    {"id": ids, "name": name_texts},
    kind=_enum(words.SanctionerKind),
    country=maybe_country,
    parent=st.none() | ids,
    aliases=_tuples(names, 1),
    agencies=_tuples(texts),
    official_list=texts,
    note=texts,
)


def _in_order(given: dict[str, Any], first: str, second: str) -> dict[str, Any]:
    """Drops ``second`` where it would lie certainly before ``first``."""
    early, late = given.get(first), given.get(second)
    if early is not None and late is not None and late < early:
        del given[second]
    return given


identifiers = (
    st.fixed_dictionaries(
        {"type": _enum(words.IdentifierType), "number": name_texts},
        optional={
            "label": texts,
            "country": maybe_country,
            "issuer": texts,
            "issued": st.none() | partial_dates,
            "expires": st.none() | partial_dates,
            "validity": _enum(words.Validity),
            "note": texts,
            "origin": _origin,
        },
    )
    .map(lambda given: _in_order(given, "issued", "expires"))
    .map(lambda given: model.Identifier(**given))
)
births = _made(
    model.Birth, date=st.none() | partial_dates, place=texts, country=maybe_country, note=texts, origin=_origin
)
ties = _but(
    model.CountryTie, {"role": _enum(words.TieRole)}, country=maybe_country, text=texts, note=texts, origin=_origin
)
addresses = _made(
    model.Address,
    lines=_tuples(texts),
    city=texts,
    region=texts,
    postcode=texts,
    country=maybe_country,
    country_text=texts,
    note=texts,
    origin=_origin,
)
relations = _but(
    model.Relation,
    {"kind": _enum(words.RelationKind), "other": ids},
    text=texts,
    label=texts,
    share=st.none() | st.floats(0, 1),
    former=st.booleans(),
    during=st.none() | partial_dates,
    note=texts,
    origin=_origin,
)
attributes = _but(
    model.Attribute,
    {"name": name_texts},
    value=texts,
    date=st.none() | partial_dates,
    note=texts,
    origin=_origin,
)


def targets(id_: st.SearchStrategy[str] = ids) -> st.SearchStrategy[model.Target]:
    """Targets, with the given ids."""
    return _but(
        model.Target,
        {"id": id_, "kind": _enum(words.TargetKind), "names": st.lists(names, min_size=1, max_size=3).map(tuple)},
        births=_tuples(births),
        countries=_tuples(ties),
        addresses=_tuples(addresses, 1),
        identifiers=_tuples(identifiers),
        positions=_tuples(texts),
        role=texts,
        sector=texts,
        gender=texts,
        relations=_tuples(relations, 1),
        attributes=_tuples(attributes, 1),
        note=texts,
        origin=_origin,
    )


events = (
    st.fixed_dictionaries(
        {"kind": _enum(words.EventKind), "date": partial_dates},
        optional={
            "until": st.none() | partial_dates,
            "moment": st.none() | moments,
            "action": st.none() | ids,
            "note": texts,
            "origin": _origin,
        },
    )
    .map(lambda given: _in_order(given, "date", "until"))
    .map(lambda given: model.MeasureEvent(**given))
)


def measures(
    target: st.SearchStrategy[str] = ids, id_: st.SearchStrategy[str] = ids
) -> st.SearchStrategy[model.Measure]:
    """Measures, on the given targets."""
    return _but(
        model.Measure,
        {"id": id_, "sanctioner": ids, "target": target, "kind": _enum(words.MeasureKind)},
        label=texts,
        list_name=texts,
        programmes=_tuples(texts),
        legal_bases=_tuples(texts),
        grounds=texts,
        events=_tuples(events, 3),
        actions=_tuples(ids),
        note=texts,
        origins=_tuples(origins, 1),
    )


counts = _but(
    model.Count,
    {"value": st.integers(0, 99)},
    of=st.none() | _enum(words.PartyClass),
    against=maybe_country,
    at_least=st.booleans(),
    note=texts,
)
responses = _but(
    model.Response, {"evidence": _enum(words.Evidence)}, to=ids.map(lambda text: f"other-{text}"), note=texts
)
selectors = _but(model.Selector, {"programmes": _tuples(texts)}, evidence=_enum(words.Evidence), note=texts)


def actions(
    named: st.SearchStrategy[tuple[str, ...]] = st.just(()),  # noqa: B008  (a strategy is immutable)
    id_: st.SearchStrategy[str] = ids,
) -> st.SearchStrategy[model.Action]:
    """Actions that name the given targets; what they count is a lower bound, so that any number may be named."""
    return (
        st.fixed_dictionaries(
            {"id": id_, "sanctioner": ids, "kind": _enum(words.ActionKind), "date": partial_dates, "named": named},
            optional={
                "against": _tuples(countries | st.just("*")),
                "counts": _tuples(counts.map(lambda count: attrs.evolve(count, at_least=True))),
                "complete": st.booleans(),
                "measures": _tuples(_enum(words.MeasureKind)),
                "legal_basis": texts,
                "responses": _tuples(responses),
                "affects": _tuples(ids),
                "effective": st.none() | partial_dates,
                "moment": st.none() | moments,
                "addressees": st.none() | st.integers(0, 40),
                "selectors": _tuples(selectors, 1),
                "recorded_status": st.none() | _enum(words.MeasureStatus),
                "confidence": st.none() | _enum(words.Confidence),
                "note": texts,
                "origins": _tuples(origins, 1),
            },
        )
        .map(lambda given: _in_order(given, "date", "effective"))
        .map(lambda given: model.Action(**given))
    )


triggers = _but(model.TriggerEvent, {"id": ids, "date": partial_dates, "what": name_texts}, origins=_tuples(origins, 1))
conflict_values = _but(model.ConflictValue, {"value": texts}, origins=_tuples(origins, 1))
conflicts = _but(
    model.Conflict,
    {"topic": name_texts, "about": ids, "values": _tuples(conflict_values)},
    resolution=texts,
)
notes = _but(model.Note, {"text": texts}, origin=_origin)
rejected_records = st.builds(model.RejectedRecord, origins, texts)


def _unique(of: Callable[[st.SearchStrategy[str]], st.SearchStrategy[T]], most: int) -> st.SearchStrategy[list[T]]:
    """A few records, no id twice."""
    return st.lists(ids, unique=True, max_size=most).flatmap(
        lambda chosen: st.tuples(*(of(st.just(one)) for one in chosen)).map(list)
    )


@st.composite
def sanctions_lists(draw: st.DrawFn) -> model.SanctionsList:
    """Lists that hold together: measures and actions speak of targets that are there."""
    found = draw(_unique(targets, 3))
    known = st.sampled_from([target.id for target in found])
    named = st.lists(known, max_size=2).map(tuple) if found else st.just(())
    return model.SanctionsList(
        id=draw(ids),
        title=draw(texts),
        date=draw(st.none() | partial_dates),
        format=draw(texts),
        sanctioners=tuple(draw(st.lists(sanctioners, max_size=2, unique_by=lambda one: one.id))),
        targets=tuple(found),
        measures=tuple(draw(_unique(lambda one: measures(known, one), 3 if found else 0))),
        actions=tuple(draw(_unique(lambda one: actions(named, one), 2))),
        triggers=tuple(draw(st.lists(triggers, max_size=1))),
        conflicts=tuple(draw(st.lists(conflicts, max_size=1))),
        sources=tuple(draw(st.lists(sources, max_size=2, unique_by=lambda one: one.id))),
        rejected=tuple(draw(st.lists(rejected_records, max_size=2))),
        notes=tuple(draw(st.lists(notes, max_size=2))),
    )


#: A strategy for each class of the model.
OF_CLASS: dict[type, st.SearchStrategy[Any]] = {
    model.Action: actions(),
    model.Address: addresses,
    model.Attribute: attributes,
    model.Birth: births,
    model.Conflict: conflicts,
    model.ConflictValue: conflict_values,
    model.Count: counts,
    model.CountryTie: ties,
    model.Identifier: identifiers,
    model.Measure: measures(),
    model.MeasureEvent: events,
    model.Name: names,
    model.NamePart: name_parts,
    model.Note: notes,
    model.Origin: origins,
    model.PartialDate: partial_dates,
    model.RejectedRecord: rejected_records,
    model.Relation: relations,
    model.Response: responses,
    model.Sanctioner: sanctioners,
    model.SanctionsList: sanctions_lists(),
    model.Selector: selectors,
    model.Source: sources,
    model.Target: targets(),
    model.TriggerEvent: triggers,
}
