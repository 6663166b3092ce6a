"""Lines into a file, all of them or nothing, or into a stream of text."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Protocol, runtime_checkable

from sanctions_tracker.errors import WriteError


@runtime_checkable
class _Writable(Protocol):
    def write(self, text: str, /) -> object: ...


def put_into(file: object, lines: Iterable[str]) -> None:
    """Write lines, given without line ends: into a path, whole or not at all, or into a stream of text.

    Raises:
        WriteError: a place that takes no file, or a text that its encoding lacks.
    """
    if isinstance(file, (str, os.PathLike)):
        with _told(file), _beside(Path(os.path.realpath(file))) as stream:
            _put(lines, stream)
    elif isinstance(file, _Writable):
        with _told(getattr(file, "name", "the stream")):
            _put(lines, file)
    else:
        message = f"cannot write to a {type(file).__name__}: give a path or a stream of text"
        raise WriteError(message)


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
