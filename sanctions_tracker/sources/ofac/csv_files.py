"""One of OFAC's CSV files: what kind it is, and its rows, gone through as often as needed.

No file has a heading of its own (a copy that was saved again may have one);
``-0-`` stands for nothing, byte 1A ends a file. Source: OFAC, "SDN.CSV data
specification".
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import BinaryIO

import attrs

from sanctions_tracker.errors import DamagedInputError
from sanctions_tracker.model import Note, Origin
from sanctions_tracker.sources.document import MAX_COLUMNS, Document
from sanctions_tracker.sources.ofac.remarks import LONGEST

#: How many columns the primary file has, and its companions.
PRIMARY_COLUMNS = 12
COLUMNS = {"alt": 5, "add": 6, "comments": 2}

_HEADINGS = frozenset({"id", "ent_num"})
_EMPTY = "-0-"
_END = "\x1a"
#: How much is looked through at once, in bytes, and how much of the end is looked at.
_CHUNK, _TAIL = 256 * 1024, 16

#: The number of a row, from 1 on, and its cells.
CsvRow = tuple[int, list[str]]
#: Opens the content once more from its beginning.
_Opening = Callable[[], AbstractContextManager[BinaryIO]]


def cells_of(row: list[str]) -> list[str]:
    """The cells stripped, ``-0-`` as nothing; a row that was saved as one cell is taken apart.

    Remarks that are cut, and comments that go on with them, keep the space that may stand at the cut.
    """
    if len(row) == 1 and "," in row[0]:
        row = next(csv.reader([row[0]]), row)
    cells = ["" if (text := cell.strip()) == _EMPTY else text for cell in row]
    if row and cells[-1] and (len(row[-1]) >= LONGEST or len(row) == COLUMNS["comments"]):
        cells[-1] = row[-1]
    return cells


def shape_of(document: Document) -> str:
    """Which of the four files it looks like: ``primary``, ``alt``, ``add``, ``comments``; empty for none."""
    if document.workbook is not None or document.head.lstrip()[:1] in (b"<", b"{", b"["):
        return ""
    try:
        first = document.first_rows[:2]
    except csv.Error:
        return ""
    rows = [cells_of(row) for row in first if row and row != [_END]]
    if not rows or (_EMPTY not in document.head_text and len(rows[0]) != COLUMNS["comments"]):
        return ""
    if any(_is_row(cells) and len(cells) >= PRIMARY_COLUMNS for cells in rows):
        return "primary"
    exact = (
        name for name, columns in COLUMNS.items() if all(_is_row(cells) and len(cells) == columns for cells in rows)
    )
    return next(exact, "")


def _is_row(cells: list[str]) -> bool:
    return cells[0].isdecimal() or _is_heading(cells)


def _is_heading(cells: list[str]) -> bool:
    return cells[0].lower() in _HEADINGS


@attrs.frozen
class CsvFile:
    """One file, looked through once: the id that its values name as their source, its encoding and its notes."""

    name: str
    source: str
    encoding: str
    notes: tuple[Note, ...]
    _open: _Opening

    @classmethod
    def of(cls, document: Document, source: str, *, in_memory: bool = False) -> CsvFile:
        """Look through a document, which may be closed then; ``in_memory`` keeps its content instead of reopening.

        Raises:
            DamagedInputError: it holds a NUL character, which no name does: UTF-16 would be read letter by letter.
            ReadError: the input cannot be read twice.
        """
        first = next((cells_of(row) for row in document.first_rows if row), [""])
        if in_memory:
            content = document.content()
            encoding, notes = _looked_through(io.BytesIO(content), source, document.name)
            opening: _Opening = lambda: io.BytesIO(content)  # noqa: E731  (one of two ways to open)
        else:
            encoding, notes = _looked_through(document.stream, source, document.name)
            opening = _reopening(document)
        if _is_heading(first):
            text = f"a heading, which the publisher's files do not have: {', '.join(first)}"
            notes.append(Note(text, Origin(source)))
        return cls(document.name, source, encoding, tuple(notes), opening)

    def rows(self) -> Iterator[CsvRow]:
        """The rows from the beginning, headings and the end mark left out.

        Raises:
            DamagedInputError: a table that no parser can read, or that changed since it was looked through.
        """
        number = 0
        with self._open() as stream:
            text = io.TextIOWrapper(stream, self.encoding, newline="")
            try:
                for number, row in enumerate(csv.reader(text), 1):
                    if len(row) > MAX_COLUMNS:
                        message = f"a row of {len(row):,} cells"
                        raise DamagedInputError(message, file=self.name, locator=f"row {number}")
                    if row and row != [_END]:
                        cells = cells_of(row)
                        if number > 1 or not _is_heading(cells):
                            yield number, cells
            except (csv.Error, UnicodeDecodeError) as error:
                message = f"the table cannot be read ({error})"
                raise DamagedInputError(message, file=self.name, locator=f"row {number + 1}") from error
            finally:
                text.detach()  # the stream is not this function's to close


def _reopening(document: Document) -> _Opening:
    @contextmanager
    def opened() -> Iterator[BinaryIO]:
        with document.again() as again:
            yield again.stream

    return opened


def _looked_through(stream: io.BufferedIOBase, source: str, name: str) -> tuple[str, list[Note]]:
    """The encoding; notes where it is not UTF-8, and where the end mark is missing."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    broken, at, tail = "", 0, b""
    while chunk := stream.read(_CHUNK):
        if b"\0" in chunk:
            message = "a NUL character: the file is damaged, or in UTF-16"
            raise DamagedInputError(message, file=name, locator=f"byte {at + chunk.index(0)}")
        broken = broken or _fault(decoder, chunk, at)
        at += len(chunk)
        tail = (tail + chunk).rstrip()[-_TAIL:]
    broken = broken or _fault(decoder, b"", at)
    notes = []
    if broken:
        notes.append(Note(f"the file is not in UTF-8 ({broken}): it was read as Latin-1", Origin(source)))
    if not tail.rstrip(b'"').endswith(_END.encode()):
        notes.append(Note("the file does not end with its end mark (byte 1A): it may be cut short", Origin(source)))
    return ("latin-1" if broken else "utf-8-sig"), notes


def _fault(decoder: codecs.IncrementalDecoder, chunk: bytes, at: int) -> str:
    """What is wrong with the next chunk, an empty one for the end; empty where nothing is."""
    pending = len(decoder.getstate()[0])
    try:
        decoder.decode(chunk, final=not chunk)
    except UnicodeDecodeError as error:
        return f"{error.reason} at byte {at - pending + error.start}"
    return ""
