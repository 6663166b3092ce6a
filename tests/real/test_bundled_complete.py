"""The bundled data set carries every value of the facts that it is built from.

Needs the file of facts: ``SANCTIONS_TRACKER_FACTS`` names it.
"""

from __future__ import annotations

import importlib.util
import json
import os
from collections.abc import Callable, Iterator
from importlib import resources
from pathlib import Path
from types import ModuleType
from typing import Any, TypeAlias

import pytest

from sanctions_tracker.codec import from_json_lines, json_lines
from sanctions_tracker.model import Action, Conflict, Name, Origin, SanctionsList, Source, Target
from sanctions_tracker.model.vocabulary import Evidence, MeasureKind, NameKind, RelationKind, TieRole

FACTS = os.environ.get("SANCTIONS_TRACKER_FACTS", "")
SCRIPT = Path(__file__).parents[2] / "tools" / "build_bundled.py"

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not FACTS, reason="SANCTIONS_TRACKER_FACTS does not name the file of facts"),
]

Row: TypeAlias = dict[str, Any]
#: For each field of a record of the facts: does the model's record hold this value of it?
Places: TypeAlias = dict[str, Callable[[Any, Any], bool]]


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_bundled", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def given() -> Row:
    facts: Row = json.loads(Path(FACTS).read_text(encoding="utf-8"))
    return facts


@pytest.fixture(scope="module")
def facts(tool: ModuleType, given: Row) -> Row:
    """The facts with the reviewed wordings of the table of readings: the one change that is allowed to texts."""
    worded: Row = tool.restated(given, tool.Readings())
    return worded


@pytest.fixture(scope="module")
def packed() -> str:
    return resources.files("sanctions_tracker").joinpath("data/bundled.jsonl").read_bytes().decode("utf-8")


@pytest.fixture(scope="module")
def held(packed: str) -> SanctionsList:
    return from_json_lines(packed.splitlines())


# -- where each value stands


def origin_ids(origins: tuple[Origin, ...]) -> list[str]:
    return [origin.source for origin in origins]


def name_holds(name: Name, alias: Row) -> bool:
    kinds = {"fka": NameKind.FORMER, None: NameKind.ALIAS}
    expected = (alias["n"], alias.get("strength", "strong"), alias.get("lang", ""), alias.get("note", ""))
    return (
        alias.keys() <= {"n", "strength", "lang", "note", "src", "type"}
        and (name.text, name.strength, name.language, name.note) == expected
        and name.kind is kinds[alias.get("type")]
        and name.origin is not None
        and name.origin.source == alias.get("src", "bundled")
    )


def counts_hold(action: Action, stated: dict[str, int]) -> bool:
    counted = {count.of.value if count.of else "total": count.value for count in action.counts[: len(stated)]}
    return counted == stated


def answer_holds(action: Action, answer: Row | None) -> bool:
    if answer is None:
        return not action.responses
    evidence, note = (Evidence.STATED if answer["explicit"] else Evidence.INFERRED), ""
    if "contested" in answer:
        note = f"{evidence.value}, but contested: {answer['contested']}"
        evidence = Evidence.CONTESTED
    return (
        answer.keys() <= {"actions", "explicit", "contested"}
        and [response.to for response in action.responses] == (answer["actions"] or [""])
        and {response.evidence for response in action.responses} == {evidence}
        and all(note in response.note for response in action.responses)
    )


def identifier_holds(target: Target, number: Row) -> bool:
    return number.keys() == {"type", "number", "src"} and any(
        (found.type.value, found.number) == (number["type"], number["number"])
        and found.origin is not None
        and found.origin.source == number["src"]
        for found in target.identifiers
    )


def conflict_values_hold(conflict: Conflict, values: list[Row]) -> bool:
    kept = [(value.value, origin_ids(value.origins)) for value in conflict.values]
    return kept == [(str(value["v"]), value["src"]) for value in values]


def in_note(field: str) -> Callable[[Source, Any], bool]:
    def holds(source: Source, value: Any) -> bool:
        return f"{field}: {', '.join(value) if isinstance(value, list) else value}" in source.note

    return holds


def stated_ties(target: Target) -> list[str | None]:
    return [tie.country for tie in target.countries if tie.role is TieRole.STATED]


ACTION: Places = {
    "id": lambda action, value: action.id == value,
    "sanctioner": lambda action, value: action.sanctioner == value,
    "against": lambda action, value: list(action.against) == [country.upper() for country in value],
    "date": lambda action, value: str(action.date) == value,
    "kind": lambda action, value: action.kind.value == value,
    "status": lambda action, value: action.recorded_status.value == value,
    "stated_counts": counts_hold,
    "named_targets": lambda action, value: list(action.named) == value,
    "list_complete": lambda action, value: action.complete is value,
    "measures": lambda action, value: list(action.measures) == [MeasureKind(kind) for kind in value],
    "legal_basis": lambda action, value: action.legal_basis == (value or ""),
    "in_response_to": answer_holds,
    "sources": lambda action, value: origin_ids(action.origins) == value,
    "confidence": lambda action, value: action.confidence.value == value,
    "note": lambda action, value: action.note == (value or ""),
    "affects": lambda action, value: list(action.affects) == value,
    "effective_date": lambda action, value: str(action.effective) == value,
    "addressees": lambda action, value: action.addressees == value,
    "timestamp": lambda action, value: action.moment.isoformat() == value,
}

TARGET: Places = {
    "id": lambda target, value: target.id == value,
    "kind": lambda target, value: target.kind.value == value,
    "name": lambda target, value: target.name == value,
    "country": lambda target, value: stated_ties(target) == [value.upper()],
    "aliases": lambda target, value: all(any(name_holds(name, alias) for name in target.names) for alias in value),
    "position": lambda target, value: target.positions == (value,),
    "note": lambda target, value: target.note == value,
    "sector": lambda target, value: target.sector == value,
    "role": lambda target, value: target.role == value,
    "dob": lambda target, value: [str(birth.date) for birth in target.births] == [value],
    "parent": lambda target, value: (RelationKind.PART_OF, value) in {(r.kind, r.other) for r in target.relations},
    "identifiers": lambda target, value: all(identifier_holds(target, number) for number in value),
}

SANCTIONER: Places = {
    "id": lambda body, value: body.id == value,
    "kind": lambda body, value: body.kind.value == value,
    "name": lambda body, value: body.name == value,
    "country": lambda body, value: value is None or body.country == value.upper(),
    "parent": lambda body, value: body.parent == value,
    "agencies": lambda body, value: list(body.agencies) == value,
    "official_list": lambda body, value: body.official_list == value,
    "aliases": lambda body, value: all(any(name_holds(name, alias) for name in body.aliases) for alias in value),
}


def attribute(name: str) -> Callable[[Any, Any], bool]:
    def holds(record: Any, value: Any) -> bool:
        return bool(getattr(record, name) == value)

    return holds


SOURCE: Places = {
    **{field: attribute(field) for field in ("id", "title", "publisher", "url", "kind", "reliability")},
    "lang": attribute("language"),
}

OFFICIAL_LIST: Places = {
    "id": lambda source, value: source.id == value,
    "sanctioner": lambda source, value: source.publisher == value,
    "url": lambda source, value: source.url == value,
    **{field: in_note(field) for field in ("columns", "size", "access", "licence", "note", "sources")},
}

TRIGGER: Places = {
    "id": lambda trigger, value: trigger.id == value,
    "date": lambda trigger, value: str(trigger.date) == value,
    "what": lambda trigger, value: trigger.what == value,
    "sources": lambda trigger, value: origin_ids(trigger.origins) == value,
}

CONFLICT: Places = {
    "topic": lambda conflict, value: conflict.topic == value,
    "about": lambda conflict, value: conflict.about == value,
    "resolution": lambda conflict, value: conflict.resolution == value,
    "values": conflict_values_hold,
}

META: Places = {
    "built": lambda source, value: str(source.published) == value,
    **{field: in_note(field) for field in ("purpose", "licence_warning", "confidence", "id_note")},
}


def lost(rows: list[Row], records: list[Any], places: Places) -> Iterator[str]:
    """Each field of the facts that the model does not hold, or that no place is known for."""
    for row, record in zip(rows, records, strict=True):
        for field, value in row.items():
            if field not in places or not places[field](record, value):
                yield f"{row.get('id', row)}.{field}: {value!r}"


def changed(value: Any) -> Iterator[Any]:
    """The value with one of its texts or numbers changed, once for each that it holds."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from ({**value, key: other} for other in changed(inner))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from ([*value[:index], other, *value[index + 1 :]] for other in changed(inner))
    elif isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield value + 1
    elif isinstance(value, str):
        yield value + "x"


def unseen(rows: list[Row], records: list[Any], places: Places) -> Iterator[str]:
    """Each field that could be changed without the check seeing it."""
    for row, record in zip(rows, records, strict=True):
        for field, value in row.items():
            for other in changed(value):
                try:
                    seen = not places[field](record, other)
                except (KeyError, ValueError):  # a word that the model does not know
                    seen = True
                if not seen:
                    yield f"{row.get('id', row)}.{field}: {other!r}"


# -- the tests


def test_building_again_gives_the_same_bytes(tool: ModuleType, given: Row, packed: str) -> None:
    built = tool.build(given, tool.Readings())
    assert "".join(line + "\n" for line in json_lines(built)) == packed


def test_no_part_of_the_facts_is_left_out(facts: Row) -> None:
    assert facts.keys() == {
        "meta",
        "sources",
        "sanctioners",
        "targets",
        "actions",
        "trigger_events",
        "conflicts",
        "official_lists",
        "unverified",
    }


@pytest.mark.parametrize(
    ("part", "records", "places"),
    [
        ("actions", "actions", ACTION),
        ("targets", "targets", TARGET),
        ("sanctioners", "sanctioners", SANCTIONER),
        ("conflicts", "conflicts", CONFLICT),
        ("trigger_events", "triggers", TRIGGER),
    ],
)
def test_every_value_of_every_record(facts: Row, held: SanctionsList, part: str, records: str, places: Places) -> None:
    found = list(getattr(held, records))
    assert list(lost(facts[part], found, places)) == []
    assert list(unseen(facts[part], found, places)) == []


@pytest.mark.parametrize(("part", "places"), [("sources", SOURCE), ("official_lists", OFFICIAL_LIST)])
def test_every_value_of_every_source(facts: Row, held: SanctionsList, part: str, places: Places) -> None:
    records = [held.sources_by_id[row["id"]] for row in facts[part]]
    assert list(lost(facts[part], records, places)) == []
    assert list(unseen(facts[part], records, places)) == []
    assert len(held.sources) == len(facts["sources"]) + len(facts["official_lists"]) + 1


def test_what_the_facts_say_of_themselves(facts: Row, held: SanctionsList) -> None:
    assert list(lost([facts["meta"]], [held.sources_by_id["bundled"]], META)) == []
    assert str(held.date) == facts["meta"]["built"]


def test_what_is_not_verified(facts: Row, held: SanctionsList) -> None:
    assert [note.text for note in held.notes] == facts["unverified"]


def test_aliases_are_as_many(facts: Row, held: SanctionsList) -> None:
    for row, target in zip(facts["targets"], held.targets, strict=True):
        sourced = [name for name in target.names if name.origin and name.origin.source != "bundled"]
        assert len(sourced) == len(row.get("aliases", []))


def test_a_reading_whose_words_are_gone_stops_the_build(tool: ModuleType, given: Row) -> None:
    rows = {"grounds": [{"action": "ir-20240502-us", "place": "actions/ir-20240502-us/note", "words": "never written"}]}
    with pytest.raises(ValueError, match=r"grounds: 'never written' does not stand at actions/ir-20240502-us/note"):
        tool.build(given, tool.Readings(rows))


def test_rewording_leaves_the_facts_alone(tool: ModuleType, given: Row) -> None:
    before = json.dumps(given)
    reworded = tool.restated(given, tool.Readings())
    changed = {row["place"] for row in tool.Readings().rows("restated")}
    assert json.dumps(given) == before
    assert all(tool.value_at(reworded, place) != tool.value_at(given, place) for place in changed)


def test_every_reading_is_of_a_known_table(tool: ModuleType) -> None:
    script = SCRIPT.read_text(encoding="utf-8")
    assert all(f'"{table}"' in script for table in tool.Readings().tables)
