"""A file as it was given: unpacked, hashed and looked into, never trusted."""

from __future__ import annotations

import bz2
import csv
import gzip
import hashlib
import io
import lzma
import os
import re
import shutil
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, BinaryIO, Protocol, Self, runtime_checkable

from sanctions_tracker.errors import (
    DamagedInputError,
    EmptyInputError,
    InputNotFoundError,
    MissingExtraError,
    ReadError,
    UnknownFormatError,
    UnsafeInputError,
)
from sanctions_tracker.sources.workbooks import unpacked

if TYPE_CHECKING:
    from lxml import etree
    from python_calamine import CalamineSheet

#: How much a file may unpack to, in bytes. The largest official list is 121 MB today.
MAX_UNPACKED = 2 * 1024**3
#: How much may be held in memory at once (tables and workbooks are read whole), in bytes.
MAX_IN_MEMORY = 512 * 1024**2
#: How many cells a row may have: as many as a spreadsheet.
MAX_COLUMNS = 16_384
#: How much of the content recognition looks at, in bytes.
HEAD = 64 * 1024
#: How many rows of a table recognition looks at.
_FIRST_ROWS = 6
#: How much of the head is looked through at once for the root of an XML document, in bytes.
_STEP = 1024
#: The file that tells a workbook from any other archive: of xlsx, of ods.
_WORKBOOKS = {"xl/workbook.xml", "content.xml"}


@runtime_checkable
class _Readable(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


_BOM = b"\xef\xbb\xbf"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OPENERS: tuple[tuple[bytes, Callable[[BinaryIO], _Readable]], ...] = (
    (b"\x1f\x8b", gzip.open),
    (b"BZh", bz2.open),
    (b"\xfd7zXZ\x00", lzma.open),
)
#: ValueError: a place before the beginning of the archive, a name that is no text.
_BROKEN = (EOFError, OSError, ValueError, struct.error, zlib.error, lzma.LZMAError, zipfile.BadZipFile, RuntimeError)
_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)

File = str | os.PathLike[str] | bytes | IO[bytes]


def _filled(stream: _Readable, size: int) -> bytes:
    """``size`` bytes, fewer only at the end: one read of a socket or a decompressor may return less."""
    chunk = stream.read(size)
    while len(chunk) < size and (more := stream.read(size - len(chunk))):
        chunk += more
    return chunk


class _Hashing(io.RawIOBase):
    """Passes bytes on and hashes them as they pass."""

    def __init__(self, inner: _Readable) -> None:
        self._inner = inner
        self._hash = hashlib.sha256()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # it is only ever given a memoryview
        chunk = _filled(self._inner, len(buffer))
        self._hash.update(chunk)
        buffer[: len(chunk)] = chunk
        return len(chunk)

    def hexdigest(self) -> str:
        """The hash of the whole input, whatever has not been read included."""
        while self.read(1024 * 1024):
            pass
        return self._hash.hexdigest()


class _Bounded(io.RawIOBase):
    """Passes unpacked bytes on, turns damage into one error, and stops a bomb."""

    def __init__(self, inner: _Readable, name: str) -> None:
        self._inner = inner
        self._name = name
        self._left = MAX_UNPACKED

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # as above
        with _damage_told(self._name):
            chunk = _filled(self._inner, len(buffer))
        self._left -= len(chunk)
        if self._left < 0:
            message = f"unpacks to more than {MAX_UNPACKED:,} bytes"
            raise UnsafeInputError(message, file=self._name)
        buffer[: len(chunk)] = chunk
        return len(chunk)


@contextmanager
def _damage_told(name: str) -> Iterator[None]:
    try:
        yield
    except ReadError:
        raise
    except _BROKEN as error:
        message = f"the packed content is cut short or damaged ({error})"
        raise DamagedInputError(message, file=name) from error


class Document:
    """One input: its name, the beginning of its content, and a stream of the whole.

    ``stream`` gives the unpacked content from the beginning, once. ``workbook``
    holds the bytes of an xlsx or ods file, which are not unpacked.
    """

    def __init__(
        self,
        name: str,
        raw: _Hashing,
        stream: io.BufferedReader,
        close: Callable[[], None],
        workbook: bytes | None = None,
    ) -> None:
        self.name = name
        self.stream = stream
        self.workbook = workbook
        self._raw = raw
        self._close = close
        self._reopen: Callable[[], Document] | None = None
        self._sha256 = ""
        self._expected = ""

    def close(self) -> None:
        """Close the file, if this library opened it."""
        self._close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, raised: type[BaseException] | None, *_error: object) -> None:
        try:
            if raised is None and self._expected:
                self.sha256()
        finally:
            self.close()

    @cached_property
    def head(self) -> bytes:
        """The first bytes of the content, at most :data:`HEAD`."""
        return self.stream.peek(HEAD)[:HEAD]

    @cached_property
    def head_text(self) -> str:
        """The head as text, whatever cannot be decoded replaced; for recognition only."""
        encoding = "utf-16" if self.head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
        return self.head.decode(encoding, errors="replace")

    @cached_property
    def root(self) -> tuple[str, str]:
        """The namespace and the name of the XML root element; two empty strings where there is none."""
        return _root(self.head)

    @cached_property
    def first_rows(self) -> list[list[str]]:
        """The first rows, if the content is a table: of a workbook's first sheet, or of a CSV."""
        if self.workbook is not None:
            return list(self.sheet_rows(_FIRST_ROWS))
        return list(csv.reader(self.head_text.splitlines()[:_FIRST_ROWS]))

    def sha256(self) -> str:
        """The hash of the file as it was given, in hexadecimal; reads what is left of it.

        Raises:
            DamagedInputError: in a second pass, where the first one read something else; the file is damaged.
        """
        if not self._sha256:  # once: a second pass may have moved the stream since
            with _damage_told(self.name):
                self._sha256 = self._raw.hexdigest()
        if self._expected and self._sha256 != self._expected:
            message = "the file changed while it was read"
            raise DamagedInputError(message, file=self.name)
        return self._sha256

    def again(self) -> Document:
        """The same content from its beginning, for a second pass; use it as a context manager.

        Read this document to its end first: both may stand on one stream. At the
        end of the block a DamagedInputError says if it was other content by then.

        Raises:
            ReadError: the input is a stream that cannot seek.
        """
        if self._reopen is None:
            message = "a second pass is needed, but the stream cannot seek"
            raise ReadError(message, file=self.name)
        first = self.sha256()
        second = self._reopen()
        second._expected = first  # noqa: SLF001  (its own class)
        return second

    def lines(self) -> Iterator[bytes]:
        """The content line by line, each with its line feed.

        Raises:
            UnsafeInputError: a line is longer than :data:`MAX_IN_MEMORY`.
        """
        while line := self.stream.readline(MAX_IN_MEMORY + 1):
            if len(line) > MAX_IN_MEMORY:
                message = f"a line of more than {MAX_IN_MEMORY:,} bytes"
                raise UnsafeInputError(message, file=self.name)
            yield line

    def content(self) -> bytes:
        """The whole content in memory.

        Raises:
            UnsafeInputError: it is larger than :data:`MAX_IN_MEMORY`.
        """
        content = self.stream.read(MAX_IN_MEMORY + 1)
        if len(content) > MAX_IN_MEMORY:
            message = f"a table of more than {MAX_IN_MEMORY:,} bytes"
            raise UnsafeInputError(message, file=self.name)
        return content

    def sheet_rows(self, most: int | None = None) -> Iterator[list[str]]:
        """The rows of a workbook's first sheet as text, from the sheet's first row on; at most ``most`` of them.

        Raises:
            MissingExtraError: without the package python-calamine (extra ``xlsx``).
            DamagedInputError: the workbook cannot be opened, or a cell holds a NUL character.
            UnsafeInputError: it unpacks to more than :data:`MAX_IN_MEMORY`, or its sheet asks for more room than that.
        """
        rows = self._first_sheet.to_python(skip_empty_area=False, nrows=most)
        return map(self._texts, rows)

    def _texts(self, row: list[Any]) -> list[str]:
        if row.count("") == len(row):  # at once: a sheet may have a million rows of nothing
            return [""] * len(row)
        try:
            whole, texts = "".join(row), row
        except TypeError:  # not all of them are texts
            texts = [value if type(value) is str else _cell(value) for value in row]
            whole = "".join(texts)
        if "\0" in whole:
            message = "a NUL character: the workbook is damaged"
            raise DamagedInputError(
                message, file=self.name, locator=f"a cell beside {next(filter(None, texts))[:40]!r}"
            )
        return texts

    @cached_property
    def _first_sheet(self) -> CalamineSheet:
        """The sheet, parsed once for recognition and reading."""
        try:
            from python_calamine import CalamineWorkbook  # noqa: PLC0415  (optional)
        except ImportError as error:
            what = "a workbook"
            raise MissingExtraError(what, "xlsx") from error
        with _damage_told(self.name):
            content = unpacked(self.workbook or b"", MAX_IN_MEMORY, self.name)
        try:
            return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        except Exception as error:  # the parser's errors share no root but this one
            message = f"the workbook cannot be opened ({error})"
            raise DamagedInputError(message, file=self.name) from error


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _root(head: bytes) -> tuple[str, str]:
    from lxml import etree  # noqa: PLC0415  (not needed for tables)

    parser = etree.XMLPullParser(events=("start",), resolve_entities=False, no_network=True, load_dtd=False)
    content = head.lstrip()
    with suppress(etree.XMLSyntaxError):
        for at in range(0, len(content), _STEP):  # step by step, so that damage behind the root hides nothing
            parser.feed(content[at : at + _STEP])
            if found := _first_start(parser):
                return found
        parser.close()  # a short document is only looked at once it ends
    return _first_start(parser) or ("", "")


def _first_start(parser: etree.XMLPullParser) -> tuple[str, str] | None:
    root: Any  # of start events it is always an element
    for _, root in parser.read_events():
        namespace, _, name = root.tag.rpartition("}")
        return namespace.removeprefix("{"), name
    return None


def open_document(file: File) -> Document:
    """Open a path, bytes or a binary stream, and unpack gzip, bzip2, xz or zip.

    Close the document after use (it is a context manager); a stream that was
    given stays open.

    Raises:
        InputNotFoundError, EmptyInputError, DamagedInputError, UnsafeInputError, UnknownFormatError:
            as their names say.
    """
    name, raw, close = _opened(file)
    try:
        reopen = _reopening(file)
        document = _unpacked(name, raw, close)
        document._reopen = reopen  # noqa: SLF001  (made here)
        _refuse_no_list(document)
    except BaseException:
        close()
        raise
    return document


def _reopening(file: File) -> Callable[[], Document] | None:
    """How to open the input once more, as it stands now; None for a stream that cannot seek."""
    if isinstance(file, (str, os.PathLike, bytes)):
        return lambda: open_document(file)
    if not _can_seek(file):
        return None
    start = file.tell()

    def reopen() -> Document:
        file.seek(start)
        document = open_document(file)
        document._close = _nothing  # noqa: SLF001  (its own; whoever opened the stream first closes it)
        return document

    return reopen


def _can_seek(stream: object) -> bool:
    return isinstance(stream, io.IOBase) and stream.seekable()


class _Copy(io.BufferedReader):
    """A copy of a stream in a temporary file; the document that is opened from it closes it."""


def seekable(file: File) -> File:
    """The input itself, or a copy of it in a temporary file where it is a stream that cannot seek."""
    if isinstance(file, (str, os.PathLike, bytes)) or _can_seek(file):
        return file
    stream = _binary(file)
    copy = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115  (closed with the copy)
    try:
        shutil.copyfileobj(stream, copy)
    except BaseException:
        copy.close()
        raise
    copy.seek(0)
    return _Copy(copy)


def _unpacked(name: str, raw: _Readable, close: Callable[[], None]) -> Document:
    hashing = _Hashing(raw)
    packed = io.BufferedReader(hashing, HEAD)
    with _damage_told(name):
        magic = packed.peek(8)
    if not magic.removeprefix(_BOM).strip():
        message = "the file is empty: a failed download?"
        raise EmptyInputError(message, file=name)
    if magic.startswith(_ZIP):
        stream, workbook = _from_zip(name, packed)
        return Document(name, hashing, stream, close, workbook)
    opener = next((opener for start, opener in _OPENERS if magic.startswith(start)), None)
    return Document(name, hashing, _bounded(opener(packed) if opener else packed, name), close)


def _bounded(content: _Readable, name: str) -> io.BufferedReader:
    return io.BufferedReader(_Bounded(content, name), HEAD)


def _opened(file: File) -> tuple[str, _Readable, Callable[[], None]]:
    """What to call the input, where to read it, and how to close it."""
    if isinstance(file, bytes):
        return "<bytes>", io.BytesIO(file), _nothing
    if isinstance(file, (str, os.PathLike)):
        stream = _opened_path(file)
        return Path(file).name, stream, stream.close
    close = file.close if isinstance(file, _Copy) else _nothing
    return Path(str(getattr(file, "name", "<stream>"))).name, _binary(file), close


def _binary(stream: object) -> _Readable:
    """The stream that was given, unless it is none, or one of text."""
    if isinstance(stream, io.TextIOBase) or not isinstance(stream, _Readable):
        message = f"cannot read a {type(stream).__name__}: give a path, bytes or a binary stream"
        raise ReadError(message)
    return stream


def _opened_path(path: str | os.PathLike[str]) -> IO[bytes]:
    try:
        return Path(path).open("rb")
    except FileNotFoundError:
        message = "no such file"
        raise InputNotFoundError(message, file=str(path)) from None
    except (OSError, ValueError) as error:  # ValueError: a path that no system allows
        message = f"cannot be opened ({getattr(error, 'strerror', None) or error})"
        raise ReadError(message, file=str(path)) from error


def _nothing() -> None:
    """Close nothing: bytes need none, and a stream belongs to whoever opened it."""


def _from_zip(name: str, packed: _Readable) -> tuple[io.BufferedReader, bytes | None]:
    """The stream of the one file in the archive; or of a workbook as it is, with its bytes."""
    content = packed.read(MAX_IN_MEMORY + 1)
    if len(content) > MAX_IN_MEMORY:
        message = f"a zip archive of more than {MAX_IN_MEMORY:,} bytes"
        raise UnsafeInputError(message, file=name)
    with _damage_told(name):
        archive = zipfile.ZipFile(io.BytesIO(content))
        members = [member for member in archive.infolist() if not member.is_dir()]
    if any(member.filename in _WORKBOOKS for member in members):
        if sum(member.file_size for member in members) > MAX_IN_MEMORY:
            message = f"a workbook that unpacks to more than {MAX_IN_MEMORY:,} bytes"
            raise UnsafeInputError(message, file=name)
        return _bounded(io.BytesIO(content), name), content
    if len(members) != 1:
        listed = ", ".join(member.filename for member in members[:5])
        message = f"the zip archive holds {len(members)} files ({listed}): unpack it and give the list itself"
        raise UnknownFormatError(message, file=name)
    with _damage_told(name):
        return _bounded(archive.open(members[0]), name), None


def _refuse_no_list(document: Document) -> None:
    if not document.head.removeprefix(_BOM).strip():
        message = "the packed file is empty: a failed download?"
        raise EmptyInputError(message, file=document.name)
    if _HTML.match(document.head.removeprefix(_BOM)):
        message = "this is an HTML page, not a list: the download probably got an error page"
        raise UnknownFormatError(message, file=document.name)
