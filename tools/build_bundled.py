"""Build the bundled data set from a file of restated facts.

    python tools/build_bundled.py FACTS.json [-o sanctions_tracker/data/bundled.jsonl]

What the facts state in fields is converted mechanically. What they state in
prose alone is read in ``bundled_readings.json`` beside this script: each row
gives the place in the facts and the words there, and the build stops where the
words no longer stand at the place. The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import copy
import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import attrs

from sanctions_tracker import model
from sanctions_tracker.codec import structure, write_json_lines
from sanctions_tracker.model import Origin, PartialDate
from sanctions_tracker.model import vocabulary as vocab

Row: TypeAlias = dict[str, Any]
#: (action, target) -> what later actions did to the measures of that action on that target.
LaterEvents: TypeAlias = Mapping[tuple[str, str], tuple[model.MeasureEvent, ...]]

LIST_ID = "bundled"
TITLE = "Reciprocal sanctions, 2017 to 2026"
READINGS = Path(__file__).with_name("bundled_readings.json")
OUTPUT = Path(__file__).parents[1] / "sanctions_tracker" / "data" / "bundled.jsonl"

#: Actions that lay measures on the targets they name, or call for some.
_IMPOSING = frozenset({"designation", "reimposition", "call"})
_DATED = "date of the announcement"
#: What the data set takes for granted, told in its own source.
_CONVENTIONS = (
    "dates of designation: the announcement's; the official list may carry another entry date",
    "measures: an announcement's stand for every target that it names; the sources seldom say which binds which",
)


@attrs.frozen
class Readings:
    """The reviewed table: rows of values that the facts state in prose alone."""

    tables: Mapping[str, list[Row]] = attrs.field(factory=lambda: json.loads(READINGS.read_text(encoding="utf-8")))

    def rows(self, table: str, **key: object) -> list[Row]:
        """The rows of a table whose fields equal ``key``."""
        return [row for row in self.tables.get(table, []) if all(row.get(field) == key[field] for field in key)]

    def words(self, table: str, **key: object) -> str:
        """The words of these rows, as one note."""
        return "; ".join(row["words"] for row in self.rows(table, **key))

    def check(self, facts: Row) -> None:
        """Stop with a ValueError where a row's words do not stand at its place."""
        for table, rows in self.tables.items():
            for row in rows:
                if table != "restated" and row["words"] not in str(value_at(facts, row["place"])):
                    message = f"{table}: {row['words']!r} does not stand at {row['place']}"
                    raise ValueError(message)


def value_at(facts: Any, place: str) -> Any:
    """The value at a place such as ``actions/us-20221026/note``: keys, ids and positions."""
    for step in place.split("/"):
        facts = facts[_key(facts, step)]
    return facts


def _key(holder: Any, step: str) -> Any:
    if not isinstance(holder, list):
        return step
    ids = [item.get("id") if isinstance(item, dict) else None for item in holder]
    return ids.index(step) if step in ids else int(step)


def restated(facts: Row, readings: Readings) -> Row:
    """The facts with the reviewed wordings at their places; the rest is left as it is."""
    facts = copy.deepcopy(facts)
    for row in readings.rows("restated"):
        holder, _, last = row["place"].rpartition("/")
        found = value_at(facts, holder)
        found[_key(found, last)] = row["as"]
    return facts


def origins(sources: Iterable[str], record: str) -> tuple[Origin, ...]:
    """One origin a source, all of the same record."""
    return tuple(Origin(source, record=record) for source in sources)


def source(row: Row) -> model.Source:
    """A press report, notice or transcription."""
    same = {field: row[field] for field in ("id", "title", "publisher", "url", "kind", "reliability")}
    return model.Source(language=row["lang"], **same)


def official_list(row: Row, names: Mapping[str, str]) -> model.Source:
    """An official list as far as it is known; what has no field of its own stands in the note."""
    described = [
        f"{field}: {', '.join(row[field]) if isinstance(row[field], list) else row[field]}"
        for field in ("columns", "size", "access", "licence", "note", "sources")
        if field in row
    ]
    return model.Source(
        id=row["id"],
        title="List of " + names.get(row["sanctioner"], row["sanctioner"]),
        publisher=row["sanctioner"],
        url=row.get("url", ""),
        kind="official_list",
        note="; ".join(described),
    )


def data_set(meta: Row) -> model.Source:
    """The data set itself, as a source of what no other source is named for."""
    told = [f"{field}: {meta[field]}" for field in meta if field != "built"]
    built = PartialDate(meta["built"])
    return model.Source(LIST_ID, TITLE, kind="dataset", published=built, note="; ".join((*told, *_CONVENTIONS)))


def sanctioner(row: Row, readings: Readings) -> model.Sanctioner:
    """A body that imposes sanctions."""
    read = [found["country"] for found in readings.rows("sanctioner_countries", sanctioner=row["id"])]
    countries = [*read, *(country.upper() for country in _one(row, "country"))]
    return model.Sanctioner(
        id=row["id"],
        name=row["name"],
        kind=vocab.SanctionerKind(row["kind"]),
        country=countries[0] if countries else None,
        parent=row.get("parent"),
        aliases=tuple(alias(entry, row["id"]) for entry in row.get("aliases", [])),
        agencies=tuple(row.get("agencies", [])),
        official_list=row.get("official_list", ""),
    )


def alias(row: Row, record: str) -> model.Name:
    """Another name, with the source that prints it."""
    return model.Name(
        row["n"],
        kind=vocab.NameKind.FORMER if row.get("type") == "fka" else vocab.NameKind.ALIAS,
        strength=vocab.NameStrength(row.get("strength", "strong")),
        language=row.get("lang", ""),
        note=row.get("note", ""),
        origin=Origin(row.get("src", LIST_ID), record=record),
    )


def target(row: Row, readings: Readings) -> model.Target:
    """A party, with what its prose adds to it."""
    own = Origin(LIST_ID, record=row["id"])

    def read(kind: type[Any], field: str) -> tuple[Any, ...]:
        values = [structure(found["value"], kind) for found in readings.rows("targets", target=row["id"], field=field)]
        return tuple(value if value.origin else attrs.evolve(value, origin=own) for value in values)

    names = (model.Name(row["name"], origin=own), *(alias(entry, row["id"]) for entry in row.get("aliases", [])))
    ties = (model.CountryTie(vocab.TieRole.STATED, country=row["country"].upper(), origin=own),)
    parents = tuple(model.Relation(vocab.RelationKind.PART_OF, other, origin=own) for other in _one(row, "parent"))
    return model.Target(
        id=row["id"],
        kind=vocab.TargetKind(row["kind"]),
        names=names + read(model.Name, "names"),
        births=tuple(model.Birth(PartialDate(born), origin=own) for born in _one(row, "dob")),
        countries=ties + read(model.CountryTie, "countries"),
        addresses=read(model.Address, "addresses"),
        identifiers=tuple(identifier(number, row["id"]) for number in row.get("identifiers", [])),
        positions=_one(row, "position"),
        role=row.get("role", ""),
        sector=row.get("sector", ""),
        relations=parents + read(model.Relation, "relations"),
        note=row.get("note", ""),
        origin=own,
    )


def _one(row: Row, field: str) -> tuple[str, ...]:
    return (row[field],) if row.get(field) else ()


def identifier(row: Row, record: str) -> model.Identifier:
    """A number, with the source that prints it."""
    return model.Identifier(vocab.IdentifierType(row["type"]), row["number"], origin=Origin(row["src"], record))


def action(row: Row, readings: Readings) -> model.Action:
    """An announcement."""
    effective = [PartialDate(day) for day in _one(row, "effective_date")]
    effective += [PartialDate(read["date"]) for read in readings.rows("effective", action=row["id"])]
    return model.Action(
        id=row["id"],
        sanctioner=row["sanctioner"],
        kind=vocab.ActionKind(row["kind"]),
        date=PartialDate(row["date"]),
        against=tuple(country.upper() for country in row["against"]),
        counts=counts(row, readings),
        named=tuple(row["named_targets"]),
        complete=row["list_complete"],
        measures=tuple(vocab.MeasureKind(kind) for kind in row["measures"]),
        legal_basis=row["legal_basis"] or "",
        responses=responses(row, readings),
        affects=tuple(row.get("affects", [])),
        effective=effective[0] if effective else None,
        moment=dt.datetime.fromisoformat(row["timestamp"]) if "timestamp" in row else None,
        addressees=row.get("addressees"),
        selectors=selectors(row, readings),
        recorded_status=vocab.MeasureStatus(row["status"]),
        confidence=vocab.Confidence(row["confidence"]),
        note=row["note"] or "",
        origins=origins(row["sources"], row["id"]),
    )


def counts(row: Row, readings: Readings) -> tuple[model.Count, ...]:
    """The announcement's own counts, then those that its note gives."""
    notes = {of: readings.words("count_notes", action=row["id"], of=of) for of in row["stated_counts"]}
    stated = [
        model.Count(number, None if of == "total" else vocab.PartyClass(of), note=notes[of])
        for of, number in row["stated_counts"].items()
    ]
    read = [
        attrs.evolve(structure(count, model.Count), note=found["words"])
        for found in readings.rows("counts", action=row["id"])
        for count in found["counts"]
    ]
    return (*stated, *read)


def responses(row: Row, readings: Readings) -> tuple[model.Response, ...]:
    """What the action answers, and on whose word."""
    answer = row["in_response_to"]
    if answer is None:
        return ()
    evidence = vocab.Evidence.STATED if answer["explicit"] else vocab.Evidence.INFERRED
    note = readings.words("response_notes", action=row["id"])
    if "contested" in answer:
        note = f"{evidence.value}, but contested: {answer['contested']}"
        evidence = vocab.Evidence.CONTESTED
    return tuple(model.Response(evidence, to=to, note=note) for to in answer["actions"] or [""])


def selectors(row: Row, readings: Readings) -> tuple[model.Selector, ...]:
    """Which entries of the official list the legal basis points to."""
    return tuple(
        model.Selector(tuple(read["programmes"]), vocab.Evidence.STATED, note=f"legal basis: {read['words']}")
        for read in readings.rows("selectors", action=row["id"])
    )


def measures(row: Row, readings: Readings, later: LaterEvents) -> list[model.Measure]:
    """A measure for each named target and each kind."""
    return [
        measure(row, named, kind, readings, later)
        for named in row["named_targets"]
        for kind in kinds(row, named, readings)
    ]


def kinds(row: Row, named: str, readings: Readings) -> list[vocab.MeasureKind]:
    """What the action does to one of its targets."""
    if readings.rows("earlier_listings", action=row["id"]):
        return [vocab.MeasureKind.UNSPECIFIED]
    if row["kind"] not in _IMPOSING:
        return []
    read = readings.rows("measure_kinds", action=row["id"], target=named)
    return [vocab.MeasureKind(kind) for kind in (read[0]["kinds"] if read else row["measures"])]


def measure(row: Row, named: str, kind: vocab.MeasureKind, readings: Readings, later: LaterEvents) -> model.Measure:
    """One measure, with its events."""
    bases = readings.rows("legal_bases", action=row["id"], target=named)
    notes = [readings.words("measure_notes", action=row["id"], target=which) for which in (None, named)]
    after = later.get((row["id"], named), ())
    return model.Measure(
        id=f"{row['id']}/{named}/{kind.value}",
        sanctioner=row["sanctioner"],
        target=named,
        kind=kind,
        legal_bases=tuple(bases[0]["legal_bases"]) if bases else _one(row, "legal_basis"),
        grounds=readings.words("grounds", action=row["id"]),
        events=(*first_events(row, readings), *after),
        actions=(row["id"], *dict.fromkeys(happened.action for happened in after if happened.action)),
        note="; ".join(filter(None, notes)),
        origins=origins(row["sources"], row["id"]),
    )


def first_events(row: Row, readings: Readings) -> tuple[model.MeasureEvent, ...]:
    """How the action begins its measures (a delisting without known designation: how they began and ended)."""
    match row["kind"], row.get("effective_date"):
        case "call", _:
            return (event(row, "called_for"),)
        case "reimposition", _:
            return (event(row, "reimposed", note=_DATED),)
        case "delisting", _:
            return (*map(_earlier_listing, readings.rows("earlier_listings", action=row["id"])), event(row, "delisted"))
        case _, str(effective):
            return event(row, "announced"), attrs.evolve(event(row, "effective"), date=PartialDate(effective))
    return (event(row, "designated", note=_DATED),)


def event(row: Row, kind: str, *, until: PartialDate | None = None, note: str = "") -> model.MeasureEvent:
    """An event that an action brings about, on its day."""
    return model.MeasureEvent(vocab.EventKind(kind), PartialDate(row["date"]), until=until, action=row["id"], note=note)


def _earlier_listing(read: Row) -> model.MeasureEvent:
    origin = Origin(read["source"], record=read["action"])
    return model.MeasureEvent(vocab.EventKind.DESIGNATED, PartialDate(read["date"]), note=read["words"], origin=origin)


def later_events(actions: list[Row], readings: Readings) -> LaterEvents:
    """What delistings and suspensions did to the measures of the actions that they affect."""
    found: defaultdict[tuple[str, str], tuple[model.MeasureEvent, ...]] = defaultdict(tuple)
    named = {row["id"]: row["named_targets"] for row in actions}
    for row in actions:
        for affected in row.get("affects", []):
            for who, happened in _affected(row, affected, named, readings):
                found[affected, who] += (happened,)
    return found


def _affected(
    row: Row, affected: str, named: Mapping[str, list[str]], readings: Readings
) -> list[tuple[str, model.MeasureEvent]]:
    if row["kind"] == "delisting":
        unsure = readings.rows("open_delistings", action=row["id"], affected=affected)
        certain = [(who, event(row, "delisted")) for who in named[row["id"]] if who in named[affected]]
        return certain + [(read["target"], _perhaps_delisted(row, read)) for read in unsure]
    return [
        (who, _suspended(row, read))
        for read in readings.rows("suspensions", action=row["id"], affected=affected)
        for who in named[affected]
    ]


def _perhaps_delisted(row: Row, read: Row) -> model.MeasureEvent:
    return attrs.evolve(event(row, "delisted", note=read["words"]), date=PartialDate(read["date"]))


def _suspended(row: Row, read: Row) -> model.MeasureEvent:
    start = dt.date.fromisoformat(row["date"])
    until = PartialDate.on(start + dt.timedelta(days=read["days"])) if read["days"] else None
    return event(row, "suspended", until=until, note=read["words"])


def trigger(row: Row) -> model.TriggerEvent:
    """An event that actions may refer to."""
    return model.TriggerEvent(row["id"], PartialDate(row["date"]), row["what"], origins(row["sources"], row["id"]))


def conflict(row: Row) -> model.Conflict:
    """A disagreement between sources."""
    values = tuple(model.ConflictValue(str(value["v"]), origins(value["src"], row["about"])) for value in row["values"])
    return model.Conflict(row["topic"], row["about"], values, row["resolution"])


def build(facts: Row, readings: Readings) -> model.SanctionsList:
    """The data set in the library's model; its invariants find facts that contradict themselves."""
    readings.check(facts)
    facts = restated(facts, readings)
    later = later_events(facts["actions"], readings)
    names = {row["id"]: row["name"] for row in facts["sanctioners"]}
    lists = (official_list(row, names) for row in facts["official_lists"])
    return model.SanctionsList(
        id=LIST_ID,
        title=TITLE,
        date=PartialDate(facts["meta"]["built"]),
        format="sanctions-tracker-jsonl",
        sanctioners=tuple(sanctioner(row, readings) for row in facts["sanctioners"]),
        targets=tuple(target(row, readings) for row in facts["targets"]),
        measures=tuple(made for row in facts["actions"] for made in measures(row, readings, later)),
        actions=tuple(action(row, readings) for row in facts["actions"]),
        triggers=tuple(trigger(row) for row in facts["trigger_events"]),
        conflicts=tuple(conflict(row) for row in facts["conflicts"]),
        sources=(data_set(facts["meta"]), *lists, *(source(row) for row in facts["sources"])),
        notes=tuple(model.Note(text, Origin(LIST_ID, locator="unverified")) for text in facts["unverified"]),
    )


def main() -> None:
    """Read the facts, write the data set, and say what is in it."""
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("facts", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=OUTPUT)
    arguments = parser.parse_args()
    facts = json.loads(arguments.facts.read_text(encoding="utf-8"))
    built = build(facts, Readings())
    with arguments.output.open("w", encoding="utf-8", newline="\n") as file:
        write_json_lines(built, file.write)
    held = ("targets", "measures", "actions", "sanctioners", "triggers", "conflicts", "sources", "notes")
    print(f"{arguments.output}:", ", ".join(f"{len(getattr(built, field))} {field}" for field in held))


if __name__ == "__main__":
    main()
