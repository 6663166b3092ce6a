"""The verb ``write``: a list to a path, all of it or nothing, or to a stream of text."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from types import MappingProxyType
from typing import IO

from sanctions_tracker.codec import json_lines
from sanctions_tracker.errors import WriteError
from sanctions_tracker.model import SanctionsList
from sanctions_tracker.writers.entities import ftm_lines
from sanctions_tracker.writers.table import csv_lines
from sanctions_tracker.writers.whole import put_into

#: Format -> the lines that it writes, without line ends.
_LINES: dict[str, Callable[[SanctionsList], Iterable[str]]] = {
    "jsonl": json_lines,
    "ftm": ftm_lines,
    "csv": csv_lines,
}
#: How a file's name ends -> its format.
_ENDINGS = {".jsonl": "jsonl", ".ftm.json": "ftm", ".ftm.jsonl": "ftm", ".csv": "csv"}
#: The formats that can be written, each with what it is.
FORMATS = MappingProxyType(
    {
        "jsonl": "JSON lines of this library, lossless",
        "ftm": "FollowTheMoney entities, one a line",
        "csv": "a flat table, one row a target",
    }
)


def format_of(path: str | os.PathLike[str]) -> str | None:
    """The format that a file's name asks for by its ending, None where it asks for none.

    >>> format_of("list.jsonl"), format_of("entities.ftm.json"), format_of("list.txt")
    ('jsonl', 'ftm', None)
    """
    name = Path(path).name.casefold()
    fitting = [ending for ending in _ENDINGS if name.endswith(ending)]
    return _ENDINGS[max(fitting, key=len)] if fitting else None


def write(
    sanctions_list: SanctionsList,
    file: str | os.PathLike[str] | IO[str],
    *,
    format: str | None = None,  # noqa: A002
) -> None:
    """Write a list.

    A path is written whole or not at all: the text goes into a file beside it that takes its place at the end.
    It is UTF-8 with line feeds.

    Args:
        sanctions_list: the list.
        file: a path, or a stream of text, which stays open.
        format: ``"jsonl"``, ``"ftm"`` or ``"csv"``; by the path's ending (``.jsonl``, ``.ftm.json``, ``.csv``)
            unless given.

    Raises:
        WriteError: an unknown format, or a file that cannot be written.
    """
    put_into(file, _lines_of(file, format)(sanctions_list))


def _lines_of(file: object, asked: str | None) -> Callable[[SanctionsList], Iterable[str]]:
    found = format_of(file) if asked is None and isinstance(file, (str, os.PathLike)) else asked
    if found not in _LINES:
        wrong = "no format given" if found is None else f"unknown format {found!r}"
        message = f"{wrong}: expected one of {', '.join(_LINES)}, or a path that ends in {', '.join(_ENDINGS)}"
        raise WriteError(message)
    return _LINES[found]
