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
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import IO, Protocol

from sanctions_tracker.errors import (
    DamagedInputError,
    EmptyInputError,
    InputNotFoundError,
    MissingExtraError,
    ReadError,
    UnknownFormatError,
    UnsafeInputError,
)

#: How much a file may unpack to, in bytes. The largest official list is 121 MB today.
MAX_UNPACKED = 2 * 1024**3
#: How much may be held in memory at once (tables and workbooks are read whole), in bytes.
MAX_IN_MEMORY = 512 * 1024**2
#: How much of the content recognition looks at, in bytes.
HEAD = 64 * 1024

_MAGIC = {b"\x1f\x8b": "gzip", b"BZh": "bzip2", b"\xfd7zXZ\x00": "xz", b"PK\x03\x04": "zip"}
_BROKEN = (EOFError, OSError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, RuntimeError, NotImplementedError)
_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_ROOT = re.compile(r"<([A-Za-z_][\w.\-]*)(?::([A-Za-z_][\w.\-]*))?((?:\s[^<>]*)?)/?>")

File = str | os.PathLike[str] | bytes | IO[bytes]


class _Readable(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


class _Hashing(io.RawIOBase):
    """Passes bytes on and hashes them as they pass."""

    def __init__(self, inner: _Readable) -> None:
        self._inner = inner
        self._hash = hashlib.sha256()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        chunk = self._inner.read(len(buffer))
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

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        chunk = b""
        with _damage_told(self._name):
            while len(chunk) < len(buffer) and (more := self._inner.read(len(buffer) - len(chunk))):
                chunk += more
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

    def __init__(self, name: str, raw: _Hashing, stream: io.BufferedReader, workbook: bytes | None = None) -> None:
        self.name = name
        self.stream = stream
        self.workbook = workbook
        self._raw = raw

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
        return _root(self.head_text)

    @cached_property
    def first_rows(self) -> list[list[str]]:
        """The first rows, if the content is a table: of a workbook's first sheet, or of a CSV."""
        if self.workbook is not None:
            return [row for _, row in zip(range(6), self.sheet_rows(), strict=False)]
        lines = self.head_text.splitlines()[:6]
        try:
            return list(csv.reader(lines))
        except csv.Error:
            return []

    def sha256(self) -> str:
        """The hash of the file as it was given, in hexadecimal; reads what is left of it."""
        return self._raw.hexdigest()

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

    def sheet_rows(self) -> Iterator[list[str]]:
        """The rows of a workbook's first sheet as text, from the sheet's first row on.

        Raises:
            MissingExtraError: without the package python-calamine (extra ``xlsx``).
            DamagedInputError: the workbook cannot be opened.
        """
        try:
            import python_calamine  # noqa: PLC0415  (optional)
        except ImportError as error:
            what = "a workbook"
            raise MissingExtraError(what, "xlsx") from error
        try:
            book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(self.workbook or b""))
            rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
        except Exception as error:  # the parser's errors share no root but this one
            message = f"the workbook cannot be opened ({error})"
            raise DamagedInputError(message, file=self.name) from error
        return ([_cell(value) for value in row] for row in rows)


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _root(text: str) -> tuple[str, str]:
    text = re.sub(r"<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\])?\s*>", "", text.lstrip("\ufeff"), flags=re.DOTALL)
    match = _ROOT.match(text.lstrip())
    if match is None:
        return "", ""
    prefix, name = (match[1], match[2]) if match[2] else ("", match[1])
    declared = re.search(rf"\sxmlns{':' + prefix if prefix else ''}\s*=\s*[\"']([^\"']*)[\"']", match[3])
    return (declared[1] if declared else ""), name


def open_document(file: File) -> Document:
    """Open a path, bytes or a binary stream, and unpack gzip, bzip2, xz or zip.

    Raises:
        InputNotFoundError, EmptyInputError, DamagedInputError, UnsafeInputError, UnknownFormatError:
            as their names say.
    """
    name, raw = _opened(file)
    hashing = _Hashing(raw)
    packed = io.BufferedReader(hashing, HEAD)
    with _damage_told(name):
        magic = packed.peek(8)
    if not magic.strip():
        message = "the file is empty: a failed download?"
        raise EmptyInputError(message, file=name)
    packing = next((kind for start, kind in _MAGIC.items() if magic.startswith(start)), "")
    if packing == "zip":
        return _from_zip(name, hashing, packed)
    unpacked: _Readable = packed
    if packing:
        unpacked = {"gzip": gzip.GzipFile, "bzip2": bz2.BZ2File, "xz": lzma.LZMAFile}[packing](packed)  # type: ignore[abstract,operator]
    document = Document(name, hashing, io.BufferedReader(_Bounded(unpacked, name), HEAD))
    _refuse_no_list(document)
    return document


def _opened(file: File) -> tuple[str, _Readable]:
    if isinstance(file, bytes):
        return "<bytes>", io.BytesIO(file)
    if isinstance(file, (str, os.PathLike)):
        path = Path(file)
        try:
            return path.name, path.open("rb")
        except FileNotFoundError:
            message = "no such file"
            raise InputNotFoundError(message, file=str(file)) from None
        except OSError as error:
            message = f"cannot be opened ({error.strerror})"
            raise ReadError(message, file=str(file)) from error
    return Path(str(getattr(file, "name", "<stream>"))).name, file


def _from_zip(name: str, hashing: _Hashing, packed: io.BufferedReader) -> Document:
    content = packed.read(MAX_IN_MEMORY + 1)
    if len(content) > MAX_IN_MEMORY:
        message = f"a zip archive of more than {MAX_IN_MEMORY:,} bytes"
        raise UnsafeInputError(message, file=name)
    with _damage_told(name):
        archive = zipfile.ZipFile(io.BytesIO(content))
        members = [member for member in archive.infolist() if not member.is_dir()]
    if any(member.filename == "xl/workbook.xml" or member.filename == "content.xml" for member in members):
        if sum(member.file_size for member in members) > MAX_IN_MEMORY:
            message = f"a workbook that unpacks to more than {MAX_IN_MEMORY:,} bytes"
            raise UnsafeInputError(message, file=name)
        return Document(name, hashing, io.BufferedReader(io.BytesIO(content)), workbook=content)  # type: ignore[arg-type]
    if len(members) != 1:
        listed = ", ".join(member.filename for member in members[:5])
        message = f"the zip archive holds {len(members)} files ({listed}): unpack it and give the list itself"
        raise UnknownFormatError(message, file=name)
    with _damage_told(name):
        member = archive.open(members[0])
    document = Document(name, hashing, io.BufferedReader(_Bounded(member, name), HEAD))
    _refuse_no_list(document)
    return document


def _refuse_no_list(document: Document) -> None:
    if not document.head.strip():
        message = "the packed file is empty: a failed download?"
        raise EmptyInputError(message, file=document.name)
    if _HTML.match(document.head.removeprefix(b"\xef\xbb\xbf")):
        message = "this is an HTML page, not a list: the download probably got an error page"
        raise UnknownFormatError(message, file=document.name)
