"""Reading the lists that a command is given, with a progress bar for large ones."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from sanctions_tracker.cli.display import tell
from sanctions_tracker.errors import DamagedInputError, InputNotFoundError
from sanctions_tracker.model import SanctionsList
from sanctions_tracker.sources import bundled, read

#: Files smaller than this are read before a bar could be seen, in bytes.
_WORTH_A_BAR = 1024 * 1024


def read_lists(paths: Iterable[Path], errors: Console) -> tuple[SanctionsList, ...]:
    """The lists of the files given, or the bundled data set where none is given.

    Records that cannot be read are told on ``errors``, never passed over.
    """
    paths = tuple(paths)
    if not paths:
        return (bundled(),)
    return tuple(_read(path, errors) for path in paths)


def _read(path: Path, errors: Console) -> SanctionsList:
    with _opened(path, errors) as file:
        one = read(file, on_rejected="collect")
    for rejected in one.rejected:
        tell(f"not read: {rejected}", errors, style="red")
    return one


def read_text(path: Path) -> str:
    """A text in UTF-8, of a file or of standard input (``-``).

    Raises:
        InputNotFoundError: there is no such file.
        DamagedInputError: it is no UTF-8.
    """
    try:
        data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        return data.decode("utf-8-sig")
    except FileNotFoundError as error:
        message = "no such file"
        raise InputNotFoundError(message, file=str(path)) from error
    except UnicodeDecodeError as error:
        message = f"this is no text in UTF-8: {error}"
        raise DamagedInputError(message, file=str(path)) from error


@contextmanager
def _opened(path: Path, errors: Console) -> Iterator[Path | BinaryIO]:
    """The path itself, or a stream that moves a bar as it is read."""
    if not errors.is_terminal or not path.is_file() or path.stat().st_size < _WORTH_A_BAR:
        yield path
        return
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=errors, transient=True) as progress, path.open("rb") as file:
        task = progress.add_task(f"reading {path.name}", total=path.stat().st_size)
        yield _Watched(file, path.name, lambda size: progress.advance(task, size))  # type: ignore[misc]


class _Watched(io.RawIOBase):
    """A binary file that tells how much of it was read."""

    def __init__(self, file: BinaryIO, name: str, tell: Callable[[int], object]) -> None:
        self._file = file
        self.name = name
        self._tell = tell

    def readable(self) -> bool:
        """Always: that is all that it is for."""
        return True

    def read(self, size: int = -1) -> bytes:
        """The file's next bytes, told as they pass."""
        chunk = self._file.read(size)
        self._tell(len(chunk))
        return chunk
