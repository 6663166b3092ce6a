"""Rows of a CSV file that people made: read one by one, in constant memory, with nothing lost on the way.

What cannot be read as a row is handed on as a rejected one, with its place and
the reason; the rows behind it are read as if it were not there. Rows are
numbered as a spreadsheet numbers them: the headings are row 1.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections import deque
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

import attrs

from sanctions_tracker.cli.headings import Columns, Layout, columns_of, delimiter_of
from sanctions_tracker.errors import DamagedInputError, EmptyInputError

#: How many lines one row may span: an address takes a few, more is a quotation mark that nobody closed.
MOST_LINES = 10
#: How long a row may be, in bytes as it is read: half of what Python's csv module takes as one cell.
MOST_BYTES = 65_536

_BYTE_ORDER_MARK = "\ufeff"
#: What stands where a decoder met what it cannot read.
_LOST = "\ufffd"
#: How much of a row that cannot be read is kept, in characters.
_KEPT = 1_000


@attrs.frozen
class Row:
    """A row as it was read: its number, the line on which it begins, and its cells by the headings of a query."""

    number: int
    line: int
    values: dict[str, str]
    text: str = attrs.field(repr=False)


@attrs.frozen
class RejectedRow:
    """What cannot be read as a row: where it stands, why not, and its text as far as it can be shown."""

    number: int
    line: int
    reason: str
    text: str = attrs.field(repr=False)

    def __str__(self) -> str:
        place = f"row {self.number}" if self.number == self.line else f"row {self.number} (line {self.line})"
        return f"{place}: {self.reason}"


class _Line(NamedTuple):
    """A line with its end; ``fault`` says why it cannot be read, empty where it can."""

    number: int
    text: str
    fault: str = ""


class Rows:
    """The rows of an open file, to be gone through once.

    ``columns`` is what the headings mean. Lines without anything on them are
    passed over and counted in ``blank``; ``spanning`` holds the number of the
    first row that spans several lines, 0 where there is none.

    Raises:
        EmptyInputError: there are no headings.
        DamagedInputError: the headings cannot be read.
        QueryError: a heading is unknown, stands twice, or none is that of a name.
    """

    def __init__(self, file: BinaryIO, name: str, layout: Layout) -> None:
        self._lines = _Lines(_lines(file, layout.encoding))
        self.blank = 0
        self.spanning = 0
        header = self._header(name)
        self._delimiter = layout.delimiter or delimiter_of(header.text, layout)
        self.columns: Columns = columns_of(_cells(header.text, self._delimiter, name), layout)

    def _header(self, name: str) -> _Line:
        header = self._lines.take()
        while header is not None and not header.fault and not header.text.strip():
            header = self._lines.take()
        if header is None:
            message = "the file holds no headings and no rows: that is a failed export, not an empty one"
            raise EmptyInputError(message, file=name)
        fault = header.fault or _fault_of_headings(header.text)
        if fault:
            raise DamagedInputError(fault, file=name, locator=f"line {header.number}")
        return header

    def __iter__(self) -> Iterator[Row | RejectedRow]:
        number = 1
        while (first := self._lines.take()) is not None:
            number += 1
            row = self._row(number, first)
            if row is not None:
                yield row

    def _row(self, number: int, first: _Line) -> Row | RejectedRow | None:
        """A row from the line on which it begins; None where nothing stands on it."""
        if first.fault:
            return _rejected(number, first, first.fault)
        taken = [first]
        try:
            cells = next(csv.reader(self._feed(taken), delimiter=self._delimiter, strict=True))
        except csv.Error as error:
            self._lines.give_back(taken[1:])
            return _rejected(number, first, _in_words(error))
        fault = self._fault(cells, taken)
        if fault:
            self._lines.give_back(taken[1:])
            return _rejected(number, first, fault)
        if not any(cell.strip() for cell in cells):
            self.blank += 1
            return None
        self.spanning = self.spanning or (number if len(taken) > 1 else 0)
        return Row(number, first.number, self.columns.values(cells), "".join(line.text for line in taken))

    def _feed(self, taken: list[_Line]) -> Iterator[str]:
        """The line that was taken, and as many more as the row asks for and may have."""
        yield taken[0].text
        size = len(taken[0].text)
        while len(taken) < MOST_LINES and size < MOST_BYTES and (line := self._lines.take()) is not None:
            if line.fault:
                self._lines.give_back([line])
                return
            taken.append(line)
            size += len(line.text)
            yield line.text

    def _fault(self, cells: list[str], taken: list[_Line]) -> str:
        """Why cells are no row under the headings; empty where they are one."""
        if len(taken) > 1 and (len(cells) != len(self.columns) or self.columns.broken(cells)):
            return "a quotation mark opens here and closes lines below, outside an address: they are read as rows"
        if "\0" in "".join(cells):
            return "holds a NUL byte"
        if cells and len(cells) != len(self.columns):
            return f"{len(cells)} cell(s) under {len(self.columns)} heading(s)"
        return ""


class _Lines:
    """Lines that may be given back, to be taken again."""

    def __init__(self, lines: Iterator[_Line]) -> None:
        self._rest = lines
        self._back: deque[_Line] = deque()

    def take(self) -> _Line | None:
        """The next line, None at the end."""
        return self._back.popleft() if self._back else next(self._rest, None)

    def give_back(self, lines: list[_Line]) -> None:
        """Lines that will be taken again, in their order."""
        self._back.extendleft(reversed(lines))


def _lines(file: BinaryIO, encoding: str) -> Iterator[_Line]:
    """The lines of a file; the byte order mark of the first is taken off."""
    plain = "utf-8" if codecs.lookup(encoding).name == "utf-8-sig" else encoding
    lines = _byte_lines(file, plain) if "\n".encode(plain) == b"\n" else _text_lines(file, plain)
    for line in lines:
        yield line._replace(text=line.text.removeprefix(_BYTE_ORDER_MARK)) if line.number == 1 else line


def _byte_lines(file: BinaryIO, encoding: str) -> Iterator[_Line]:
    number = 0
    while line := file.readline(MOST_BYTES + 1):
        number += 1
        if len(line) > MOST_BYTES and not line.endswith(b"\n"):
            while (rest := file.readline(MOST_BYTES)) and not rest.endswith(b"\n"):
                pass
            yield _Line(number, line[:_KEPT].decode(encoding, "backslashreplace"), _TOO_LONG)
        else:
            yield _decoded(number, line, encoding)


_TOO_LONG = f"the line is longer than {MOST_BYTES:,} bytes"


def _decoded(number: int, line: bytes, encoding: str) -> _Line:
    try:
        text = line.decode(encoding)
    except UnicodeError as error:
        start = getattr(error, "start", None)
        place = "" if start is None else f": byte {start + 1} of the line is 0x{line[start]:02x}"
        return _Line(number, line.decode(encoding, "backslashreplace"), f"is not {encoding}{place}")
    return _checked(number, text)


def _checked(number: int, text: str) -> _Line:
    if _LOST in text:
        return _Line(number, text, "holds U+FFFD, which stands where a letter was lost")
    return _Line(number, text)


def _text_lines(file: BinaryIO, encoding: str) -> Iterator[_Line]:
    """Lines of an encoding in which a line feed is not the byte 10 (UTF-16, UTF-32, EBCDIC)."""
    text = io.TextIOWrapper(file, encoding, errors="replace", newline="\n")
    number = 0
    try:
        while line := text.readline(MOST_BYTES + 1):
            number += 1
            if len(line) > MOST_BYTES and not line.endswith("\n"):
                while (rest := text.readline(MOST_BYTES)) and not rest.endswith("\n"):
                    pass
                yield _Line(number, line[:_KEPT], _TOO_LONG)
            else:
                yield _checked(number, line)
    except UnicodeError as error:  # UTF-16 without its byte order mark
        raise DamagedInputError(str(error), locator=f"line {number + 1}") from error
    finally:
        text.detach()


def _cells(text: str, delimiter: str, name: str) -> list[str]:
    try:
        return next(csv.reader([text], delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise DamagedInputError(_in_words(error), file=name, locator="the headings") from error


def _fault_of_headings(text: str) -> str:
    if "\0" in text:
        return "the headings hold NUL bytes: a workbook, or a text in UTF-16 (then give --encoding utf-16)"
    if "\r" in text.rstrip("\r\n"):
        return "lines end in a carriage return alone: save the file with line feeds"
    return ""


def _in_words(error: csv.Error) -> str:
    text = str(error)
    if text == "unexpected end of data":
        return f"a quotation mark opens and is not closed within {MOST_LINES} lines"
    if "expected after" in text:
        return "a quotation mark stands inside a quoted cell; it is written twice there"
    return text


def _rejected(number: int, line: _Line, reason: str) -> RejectedRow:
    text = line.text.rstrip("\r\n")
    return RejectedRow(number, line.number, reason, text if len(text) <= _KEPT else f"{text[:_KEPT]}…")
