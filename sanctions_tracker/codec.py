"""The one converter between the model and JSON.

``structure(unstructure(x), type(x)) == x`` holds for every value of the model.
Fields at their defaults are left out; an unknown field is an error, so that a
misspelt one is not lost.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from functools import lru_cache
from types import GenericAlias
from typing import Any, TypeVar, get_args, get_origin

import attrs
from cattrs import BaseValidationError, Converter, ForbiddenExtraKeysError, transform_error
from cattrs.gen import make_dict_structure_fn

from sanctions_tracker.errors import CodecError, ModelError
from sanctions_tracker.model import (
    Action,
    Conflict,
    Measure,
    Note,
    PartialDate,
    RejectedRecord,
    Sanctioner,
    SanctionsList,
    Source,
    Target,
    TriggerEvent,
    vocabulary,
)

T = TypeVar("T")
_Day = TypeVar("_Day", dt.date, dt.datetime)
#: Turns plain data into a value of the given type.
_Hook = Callable[[Any, Any], Any]

#: The version of the JSON lines written; a reader refuses what it does not know.
JSONL_VERSION = 1

#: Record names of the JSON lines, the model of each, and the list's field that holds them.
_RECORDS: dict[str, tuple[type, str]] = {
    "source": (Source, "sources"),
    "sanctioner": (Sanctioner, "sanctioners"),
    "target": (Target, "targets"),
    "measure": (Measure, "measures"),
    "action": (Action, "actions"),
    "trigger": (TriggerEvent, "triggers"),
    "conflict": (Conflict, "conflicts"),
    "rejected": (RejectedRecord, "rejected"),
    "note": (Note, "notes"),
}


def _date_from(value: object, _type: type) -> PartialDate:
    if not isinstance(value, str):
        message = f"a date is written as a string, not {value!r}"
        raise ModelError(message, value=value)
    return PartialDate(value)


def _typed(kind: type[T], *also: type) -> Callable[[object, type], T]:
    """A structuring hook that converts nothing: a number is no text, 1 is no True."""

    def check(value: object, _type: type) -> T:
        if type(value) is kind or type(value) in also:
            return kind(value)  # type: ignore[call-arg]  # an int where a float is meant
        message = f"expected {kind.__name__}, got {value!r:.60}"
        raise ModelError(message, value=value)

    return check


def _word(value: object, kind: type[StrEnum]) -> StrEnum:
    word = next((word for word in kind if word == value), None)
    if word is None:
        message = f"unknown {kind.__name__} {value!r:.60}, expected one of {', '.join(kind)}"
        raise ModelError(message, value=value)
    return word


def _record_hook(kind: type, made: Converter) -> _Hook:
    """As cattrs makes it, but refusing what is no object."""
    of_object: _Hook = make_dict_structure_fn(kind, made, _cattrs_forbid_extra_keys=True)

    def check(value: object, _type: type) -> Any:
        if not isinstance(value, dict):
            message = f"expected an object that describes a {kind.__name__}, got {value!r:.60}"
            raise ModelError(message, value=value)
        return of_object(value, kind)

    return check


def _tuple_hook(kind: Any, made: Converter) -> _Hook:
    """A list and nothing else: a text is no tuple of its letters."""
    as_list = GenericAlias(list, get_args(kind)[:1])
    of_list = made.get_structure_hook(as_list)

    def check(value: object, _type: type) -> tuple[Any, ...]:
        if not isinstance(value, (list, tuple)):
            message = f"expected a list, got {value!r:.60}"
            raise ModelError(message, value=value)
        return tuple(of_list(value, as_list))

    return check


def _is_tuple(kind: object) -> bool:
    return get_origin(kind) is tuple


def _iso(kind: type[_Day]) -> Callable[[Any, type], _Day]:
    """A structuring hook for a date or a moment in ISO 8601."""

    def parse(value: Any, _type: type) -> _Day:
        try:
            return kind.fromisoformat(value)
        except (TypeError, ValueError) as error:
            message = f"expected a {kind.__name__} in ISO 8601, got {value!r:.60}"
            raise ModelError(message, value=value) from error

    return parse


@lru_cache(maxsize=1)
def converter() -> Converter:
    """The converter itself, made on first use."""
    made = Converter(omit_if_default=True)
    made.register_structure_hook_factory(attrs.has, _record_hook)
    made.register_structure_hook_factory(_is_tuple, _tuple_hook)
    made.register_unstructure_hook(PartialDate, str)
    made.register_structure_hook(PartialDate, _date_from)
    made.register_unstructure_hook(dt.datetime, dt.datetime.isoformat)
    made.register_structure_hook(dt.datetime, _iso(dt.datetime))
    made.register_unstructure_hook(dt.date, dt.date.isoformat)
    made.register_structure_hook(dt.date, _iso(dt.date))
    for plain in (str, int, bool):
        made.register_structure_hook(plain, _typed(plain))
    made.register_structure_hook(float, _typed(float, int))
    for words in vars(vocabulary).values():  # each by itself, or the hook of str would take them
        if isinstance(words, type) and issubclass(words, StrEnum):
            made.register_structure_hook(words, _word)
    return made


def unstructure(value: object) -> Any:
    """Plain dicts, lists and strings that ``json.dumps`` accepts."""
    return converter().unstructure(value)


def structure(data: Any, kind: type[T]) -> T:
    """A value of the model from plain data.

    Raises:
        CodecError: the data does not describe a ``kind``; its ``paths`` say where.
    """
    try:
        return converter().structure(data, kind)
    except BaseValidationError as error:
        paths = transform_error(error, format_exception=_worded)
        message = f"this is no {kind.__name__}: " + "; ".join(paths)
        raise CodecError(message, paths=paths) from error
    except (ModelError, AttributeError, TypeError, ValueError, KeyError) as error:
        message = f"this is no {kind.__name__}: {error}"
        raise CodecError(message, paths=("$",)) from error


def _worded(error: BaseException, _kind: type | None) -> str:
    if isinstance(error, KeyError) and not isinstance(error, ModelError):
        return f"the field {error} is missing"
    if isinstance(error, ForbiddenExtraKeysError):
        return f"there is no field {', '.join(sorted(map(str, error.extra_fields)))}"
    return str(error)


def to_json(value: object, *, indent: int | None = None) -> str:
    """JSON text of a model value, of a list of them, or of plain data."""
    return json.dumps(unstructure(value), ensure_ascii=False, indent=indent)


def from_json(text: str, kind: type[T]) -> T:
    """A value of the model from JSON text.

    Raises:
        CodecError: the text is no JSON, or does not describe a ``kind``.
    """
    return structure(_parsed(text), kind)


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:  # ValueError: malformed, or a number of thousands of digits
        message = f"this is no JSON: {error}"
        raise CodecError(message) from error


def json_lines(sanctions_list: SanctionsList) -> Iterator[str]:
    """The list as JSON lines, without line ends: a header, then a record a line."""
    header = {
        "record": "list",
        "version": JSONL_VERSION,
        "id": sanctions_list.id,
        "title": sanctions_list.title,
        "date": unstructure(sanctions_list.date) if sanctions_list.date else None,
        "format": sanctions_list.format,
        "records_seen": sanctions_list.records_seen,
    }
    yield json.dumps(header, ensure_ascii=False)
    for record, (_, field) in _RECORDS.items():
        for value in getattr(sanctions_list, field):
            yield json.dumps({"record": record, **unstructure(value)}, ensure_ascii=False)


def from_json_lines(lines: Iterable[str]) -> SanctionsList:
    """A list from its JSON lines; blank lines are passed over.

    Raises:
        CodecError: a line that does not describe a record, with its number (from 1).
    """
    numbered = ((number, line) for number, line in enumerate(lines, 1) if line.strip())
    first = next(numbered, None)
    if first is None:
        message = "there is no line at all"
        raise CodecError(message)
    header = _header(*first)
    found: dict[str, list[Any]] = {field: [] for _, field in _RECORDS.values()}
    for number, line in numbered:
        field, value = _record(number, line)
        found[field].append(value)
    try:
        return SanctionsList(**{**header, **{field: tuple(values) for field, values in found.items()}})
    except ModelError as error:
        message = f"the lines do not add up to a list: {error}"
        raise CodecError(message) from error


def _header(number: int, line: str) -> dict[str, Any]:
    data = _object(number, line)
    if data.pop("record", None) != "list" or data.pop("version", None) != JSONL_VERSION:
        message = f'line {number}: expected the header of a list, {{"record": "list", "version": {JSONL_VERSION}, …}}'
        raise CodecError(message)
    expected = {"id": str, "title": str, "format": str, "records_seen": int}
    if data.keys() != {*expected, "date"} or any(type(data[key]) is not kind for key, kind in expected.items()):
        message = f"line {number}: the header needs id, title, date, format and records_seen"
        raise CodecError(message)
    if data["date"] is not None:
        data["date"] = _structured(number, data["date"], PartialDate)
    return data


def _record(number: int, line: str) -> tuple[str, Any]:
    data = _object(number, line)
    record = data.pop("record", None)
    if not isinstance(record, str) or record not in _RECORDS:
        message = f"line {number}: unknown record {record!r}, expected one of {', '.join(_RECORDS)}"
        raise CodecError(message)
    kind, field = _RECORDS[record]
    return field, _structured(number, data, kind)


def _structured(number: int, data: object, kind: type[T]) -> T:
    try:
        return structure(data, kind)
    except CodecError as error:
        message = f"line {number}: {error}"
        raise CodecError(message, paths=error.paths) from error


def _object(number: int, line: str) -> dict[str, Any]:
    try:
        data = _parsed(line)
    except CodecError as error:
        message = f"line {number}: {error}"
        raise CodecError(message) from error
    if not isinstance(data, dict):
        message = f"line {number}: expected an object, got {data!r:.60}"
        raise CodecError(message)
    return data


def write_json_lines(sanctions_list: SanctionsList, write: Callable[[str], object]) -> None:
    """Hand each JSON line, with its line end, to ``write`` (``file.write`` of a UTF-8 text file)."""
    for line in json_lines(sanctions_list):
        write(line + "\n")
