"""Decisions as JSON lines: one reader for those on parties and those on hits."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from sanctions_tracker.codec import from_json, unstructure
from sanctions_tracker.errors import CodecError, DamagedInputError, InputNotFoundError

T = TypeVar("T")


def read_decision_lines(path: str | os.PathLike[str], kind: type[T]) -> tuple[T, ...]:
    """The decisions of a file in UTF-8, in its order; blank lines are passed over.

    Raises:
        InputNotFoundError: there is no such file.
        DamagedInputError: a line that is no such decision, with its number.
    """
    file = Path(path)
    try:
        text = file.read_text("utf-8")
    except FileNotFoundError as error:
        message = "there is no such file of decisions"
        raise InputNotFoundError(message, file=str(file)) from error
    except UnicodeDecodeError as error:
        raise DamagedInputError(str(error), file=str(file)) from error
    lines = enumerate(text.split("\n"), 1)
    return tuple(_decision(line, number, kind, file) for number, line in lines if line.strip())


def _decision(line: str, number: int, kind: type[T], file: Path) -> T:
    try:
        return from_json(line, kind)
    except CodecError as error:
        raise DamagedInputError(str(error), file=str(file), locator=f"line {number}") from error


def decision_line(decision: object) -> str:
    """A decision as a line of JSON without its end, the same for equal decisions."""
    return json.dumps(unstructure(decision), ensure_ascii=False, sort_keys=True)


def decision_lines(decisions: Iterable[object]) -> str:
    """What `read_decision_lines` reads: a line each, with its end, in the order given."""
    return "".join(f"{decision_line(one)}\n" for one in decisions)
