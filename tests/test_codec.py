"""The model goes to JSON and comes back the same; what does not describe it is refused, with its place."""

from __future__ import annotations

import io
import json
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctions_tracker import codec, model
from sanctions_tracker.errors import CodecError
from tests import strategies

TARGET = {"id": "t", "kind": "person", "names": [{"text": "Ali"}]}
MEASURE = {"id": "m", "sanctioner": "s", "target": "t", "kind": "asset_freeze"}
HEADER = '{"record": "list", "version": 1, "id": "l", "title": "", "date": null, "format": "", "records_seen": 0}'


def _alike(left: object, right: object) -> bool:
    """Equal, and of the same classes all the way down: a StrEnum equals its text, but is not one."""
    if type(left) is not type(right):
        return False
    kind = type(left)
    if attrs.has(kind):
        return all(_alike(getattr(left, a.name), getattr(right, a.name)) for a in attrs.fields(kind))
    if isinstance(left, tuple) and isinstance(right, tuple):
        return len(left) == len(right) and all(map(_alike, left, right))
    return left == right


def test_every_class_of_the_model_has_a_strategy() -> None:
    assert {kind.__name__ for kind in strategies.OF_CLASS} == set(model.__all__)


@pytest.mark.parametrize("kind", strategies.OF_CLASS, ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_structure_undoes_unstructure(kind: type[object], data: st.DataObject) -> None:
    value = data.draw(strategies.OF_CLASS[kind])
    plain = json.loads(json.dumps(codec.unstructure(value)))
    back = codec.structure(plain, kind)
    assert back == value
    assert _alike(back, value)


@given(strategies.sanctions_lists())
def test_json_undoes_itself(value: model.SanctionsList) -> None:
    assert codec.from_json(codec.to_json(value), model.SanctionsList) == value


@given(strategies.sanctions_lists())
def test_json_lines_come_back_through_a_file(value: model.SanctionsList) -> None:
    file = io.StringIO()
    codec.write_json_lines(value, file.write)
    file.seek(0)
    assert codec.from_json_lines(file) == value


@given(strategies.sanctions_lists())
def test_a_json_line_holds_no_line_end(value: model.SanctionsList) -> None:
    assert not any("\n" in line or "\r" in line for line in codec.json_lines(value))


def test_defaults_are_left_out() -> None:
    assert codec.unstructure(codec.structure(TARGET, model.Target)) == TARGET


def test_text_stays_readable() -> None:
    assert "حسين" in codec.to_json(model.Name("حسين"))


@pytest.mark.parametrize(
    ("data", "kind", "path", "said"),
    [
        ({**TARGET, "nmaes": []}, model.Target, "$", "no field nmaes"),
        ({**TARGET, "names": "Ali"}, model.Target, "$.names", "expected a list"),
        ({**TARGET, "names": {"text": "Ali"}}, model.Target, "$.names", "expected a list"),
        ({**TARGET, "names": [{"text": "Ali"}, {"text": 7}]}, model.Target, "$.names[1].text", "expected str, got 7"),
        ({**TARGET, "names": [{"text": "Ali"}, {"text": "--"}]}, model.Target, "$.names[1]", "no letter and no digit"),
        ({**TARGET, "names": [{"text": "Ali", "kind": "nom"}]}, model.Target, "$.names[0].kind", "unknown NameKind"),
        ({**TARGET, "kind": ["person"]}, model.Target, "$.kind", "unknown TargetKind"),
        ({**TARGET, "names": []}, model.Target, "$", "at least one name"),
        ({**TARGET, "births": [{"date": "1975-02-30"}]}, model.Target, "$.births[0].date", "no such day"),
        ({**TARGET, "births": [{"date": 1975}]}, model.Target, "$.births[0].date", "written as a string"),
        ({**TARGET, "births": [{"country": "Iran"}]}, model.Target, "$.births[0]", "unknown country"),
        ({**TARGET, "births": ["1975"]}, model.Target, "$.births[0]", "expected an object"),
        ({"kind": "person", "names": [{"text": "Ali"}]}, model.Target, "$.id", "the field 'id' is missing"),
        ({**MEASURE, "programmes": "IRAN"}, model.Measure, "$.programmes", "expected a list"),
        (
            {**MEASURE, "events": [{"kind": "listed", "date": "2024", "moment": 5}]},
            model.Measure,
            "$.events[0].moment",
            "expected a datetime in ISO 8601, got 5",
        ),
        (
            {**MEASURE, "events": [{"kind": "listed", "date": "2024", "moment": "2024-04-18T00:00"}]},
            model.Measure,
            "$.events[0]",
            "needs a time zone",
        ),
        ({"kind": "other", "other": "x", "share": "0.5"}, model.Relation, "$.share", "expected float"),
        ({"kind": "other", "other": "x", "share": True}, model.Relation, "$.share", "expected float"),
        ({"kind": "other", "other": "x", "former": 1}, model.Relation, "$.former", "expected bool"),
        ({"value": True}, model.Count, "$.value", "expected int"),
        ({"value": 1.0}, model.Count, "$.value", "expected int"),
    ],
)
def test_what_does_not_describe_the_model_is_refused(data: object, kind: type, path: str, said: str) -> None:
    with pytest.raises(CodecError) as caught:
        codec.structure(data, kind)
    (told,) = caught.value.paths
    assert told.endswith(f"@ {path}")
    assert said in told
    assert said in str(caught.value)


def test_every_mistake_is_told_at_once() -> None:
    wrong = {"id": 1, "kind": "nobody", "names": [{"text": "--"}]}
    with pytest.raises(CodecError) as caught:
        codec.structure(wrong, model.Target)
    assert {told.rpartition("@ ")[2] for told in caught.value.paths} == {"$.id", "$.kind", "$.names[0]"}


@pytest.mark.parametrize("data", ["Ali", [], None, 3, [TARGET]])
def test_what_is_no_object_is_refused(data: object) -> None:
    with pytest.raises(CodecError, match="expected an object that describes a Target") as caught:
        codec.structure(data, model.Target)
    assert caught.value.paths == ("$",)


def test_a_date_that_stands_alone() -> None:
    assert codec.from_json('"1975~"', model.PartialDate) == model.PartialDate("1975~")
    with pytest.raises(CodecError, match=r"this is no PartialDate: .*1975-13"):
        codec.from_json('"1975-13"', model.PartialDate)


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "1" * 5_000, '{"id": \x00}'])
def test_what_is_no_json(text: str) -> None:
    with pytest.raises(CodecError, match="this is no JSON"):
        codec.from_json(text, model.Target)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5), st.lists, max_leaves=5))
def test_junk_raises_nothing_but_the_one_error(data: Any) -> None:
    for kind in strategies.OF_CLASS:
        with pytest.raises(CodecError):
            codec.structure({"id": data, "text": data, "junk": data}, kind)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([], "there is no line at all"),
        (["", "  "], "there is no line at all"),
        (["", "[]"], "line 2: expected an object, got []"),
        (["{"], "line 1: this is no JSON"),
        (['{"record": "target"}'], "line 1: expected the header of a list"),
        ([HEADER.replace('"version": 1', '"version": 2')], "line 1: expected the header"),
        ([HEADER.replace('"title": "", ', "")], "line 1: the header needs"),
        ([HEADER.replace('"records_seen": 0', '"records_seen": "0"')], "line 1: the header needs"),
        ([HEADER.replace('"date": null', '"date": "yesterday"')], "line 1: this is no PartialDate"),
        ([HEADER.replace('"date": null', '"date": 2024')], "line 1: this is no PartialDate"),
        ([HEADER, "", '{"record": "targets"}'], "line 3: unknown record 'targets'"),
        ([HEADER, '{"record": ["target"]}'], "line 2: unknown record ['target']"),
        ([HEADER, '{"id": "t"}'], "line 2: unknown record None"),
        ([HEADER, '{"record": "target", "id": "t", "kind": "person"}'], "line 2: this is no Target"),
        ([HEADER, '{"record": "target", "id": "t", "ki'], "line 2: this is no JSON"),
        ([HEADER, json.dumps({"record": "target", **TARGET})], "do not add up to a list: l: 0 records were seen"),
        ([HEADER.replace('"id": "l"', '"id": " "')], "do not add up to a list"),
    ],
)
def test_damaged_lines_are_told_by_their_number(lines: list[str], said: str) -> None:
    with pytest.raises(CodecError) as caught:
        codec.from_json_lines(lines)
    assert said in str(caught.value)


def test_the_path_of_a_damaged_record_is_kept() -> None:
    line = json.dumps({"record": "target", **TARGET, "names": [{"text": 7}]})
    with pytest.raises(CodecError) as caught:
        codec.from_json_lines([HEADER, line])
    (told,) = caught.value.paths
    assert told.endswith("@ $.names[0].text")


def test_bad_lines_are_repeated_in_short() -> None:
    with pytest.raises(CodecError) as caught:
        codec.from_json_lines([HEADER, json.dumps(["long"] * 1000)])
    assert len(str(caught.value)) < 120
