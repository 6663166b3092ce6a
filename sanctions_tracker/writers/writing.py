"""The verb ``write``: a list to a path, all of it or nothing, or to a stream of text."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import MappingProxyType
from typing import IO, Protocol, runtime_checkable

from sanctions_tracker.codec import json_lines
from sanctions_tracker.errors import WriteError
from sanctions_tracker.model import SanctionsList
from sanctions_tracker.writers.entities import ftm_lines
from sanctions_tracker.writers.table import csv_lines

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


@runtime_checkable
class _Writable(Protocol):
    def write(self, text: str, /) -> object: ...


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
    _put_into(file, _lines_of(file, format)(sanctions_list))


def _put_into(file: object, lines: Iterable[str]) -> None:
    if isinstance(file, (str, os.PathLike)):
        with _told(file), _beside(Path(os.path.realpath(file))) as stream:
            _put(lines, stream)
    elif isinstance(file, _Writable):
        with _told(getattr(file, "name", "the stream")):
            _put(lines, file)
    else:
        message = f"cannot write to a {type(file).__name__}: give a path or a stream of text"
        raise WriteError(message)


def _lines_of(file: object, asked: str | None) -> Callable[[SanctionsList], Iterable[str]]:
    found = format_of(file) if asked is None and isinstance(file, (str, os.PathLike)) else asked
    if found not in _LINES:
        wrong = "no format given" if found is None else f"unknown format {found!r}"
        message = f"{wrong}: expected one of {', '.join(_LINES)}, or a path that ends in {', '.join(_ENDINGS)}"
        raise WriteError(message)
    return _LINES[found]


def _put(lines: Iterable[str], stream: _Writable) -> None:
    for line in lines:
        stream.write(line + "\n")


@contextmanager
def _told(file: object) -> Iterator[None]:
    try:
        yield
    except UnicodeEncodeError as error:
        message = f"{file}: a text of the list cannot be written in {error.encoding}: {error.reason}"
        raise WriteError(message) from error
    except (OSError, ValueError) as error:  # ValueError: a path that no system allows, a stream that is closed
        message = f"{file}: cannot be written ({getattr(error, 'strerror', None) or error})"
        raise WriteError(message) from error


@contextmanager
def _beside(path: Path) -> Iterator[IO[str]]:
    """A stream into a new file beside ``path`` that takes its place once all is written."""
    if path.exists() and not path.is_file():  # a pipe or a terminal: nothing to replace
        with path.open("w", encoding="utf-8", newline="\n") as stream:
            yield stream
        return
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        with temporary.open("x", encoding="utf-8", newline="\n") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        if path.exists():
            temporary.chmod(path.stat().st_mode)
        temporary.replace(path)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
