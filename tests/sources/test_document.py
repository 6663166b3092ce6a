"""A file is opened by what it holds, hashed as it was given, and told off where it is no list."""

from __future__ import annotations

import bz2
import gc
import gzip
import hashlib
import io
import lzma
import zipfile
from typing import IO, TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sanctions_tracker.errors import (
    DamagedInputError,
    EmptyInputError,
    InputNotFoundError,
    ReadError,
    UnknownFormatError,
    UnsafeInputError,
)
from sanctions_tracker.sources import document as documents
from sanctions_tracker.sources.document import File, open_document, seekable

if TYPE_CHECKING:
    from pathlib import Path

CONTENT = b'<?xml version="1.0"?>\n<list xmlns="urn:list">' + b"<entry>Ali</entry>" * 20_000 + b"</list>"


def zipped(**files: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


PACKED = {
    "plain": CONTENT,
    "gzip": gzip.compress(CONTENT),
    "bzip2": bz2.compress(CONTENT),
    "xz": lzma.compress(CONTENT),
    "zip": zipped(list=CONTENT),
    "two gzip members": gzip.compress(CONTENT[:1000]) + gzip.compress(CONTENT[1000:]),
}


class Dripping(io.RawIOBase):
    """A stream that gives three bytes at a time, as a slow connection might."""

    def __init__(self, content: bytes) -> None:
        self._inner = io.BytesIO(content)

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        return self._inner.read(size if 0 <= size < 3 else 3)


@pytest.mark.parametrize("packed", PACKED.values(), ids=PACKED)
def test_it_is_unpacked_by_its_content(packed: bytes) -> None:
    with open_document(packed) as document:
        assert document.head == CONTENT[: documents.HEAD]
        assert document.root == ("urn:list", "list")
        assert document.stream.read() == CONTENT


@pytest.mark.parametrize("packed", PACKED.values(), ids=PACKED)
@pytest.mark.parametrize("read_first", [0, 10, -1])
def test_the_hash_is_that_of_the_file_as_given(packed: bytes, read_first: int, tmp_path: Path) -> None:
    path = tmp_path / "list.with-a-wrong-ending.csv"
    path.write_bytes(packed)
    given: list[File] = [path, str(path), packed, io.BytesIO(packed)]
    for file in given:
        with open_document(file) as document:
            document.stream.read(read_first)
            assert document.sha256() == hashlib.sha256(packed).hexdigest()


def test_a_document_bears_the_name_of_its_file(tmp_path: Path) -> None:
    path = tmp_path / "list.xml"
    path.write_bytes(CONTENT)
    with open_document(path) as by_path, path.open("rb") as stream, open_document(stream) as by_stream:
        assert (by_path.name, by_stream.name) == ("list.xml", "list.xml")
    assert open_document(CONTENT).name == "<bytes>"
    assert open_document(io.BytesIO(CONTENT)).name == "<stream>"


def test_a_stream_that_gives_little_at_a_time() -> None:
    packed = PACKED["bzip2"]
    stream: IO[bytes] = Dripping(packed)  # type: ignore[assignment]  # it reads, which is all that is asked of it
    document = open_document(stream)
    assert document.root == ("urn:list", "list")
    assert document.stream.read() == CONTENT


@pytest.mark.filterwarnings("error::ResourceWarning")
def test_what_was_opened_is_closed_and_what_was_given_stays_open(tmp_path: Path) -> None:
    path = tmp_path / "list.xml"
    path.write_bytes(CONTENT)
    given = io.BytesIO(CONTENT)
    with open_document(path), open_document(given):
        pass
    path.write_bytes(b"")
    with pytest.raises(EmptyInputError):
        open_document(path)
    gc.collect()
    assert not given.closed


@pytest.mark.parametrize("packing", ["gzip", "bzip2", "xz", "zip"])
@pytest.mark.parametrize("kept", [9, 12, 40, -1])
def test_a_file_that_is_cut_short(packing: str, kept: int) -> None:
    packed = PACKED[packing][:kept]
    with pytest.raises(DamagedInputError, match=r"a\.bin: the packed content is cut short or damaged"):
        _read_through(packed)


@pytest.mark.parametrize("packing", ["gzip", "bzip2", "xz"])
def test_a_file_that_is_damaged_in_the_middle(packing: str) -> None:
    packed = bytearray(PACKED[packing])
    middle = len(packed) // 2
    packed[middle : middle + 8] = bytes(255 - byte for byte in packed[middle : middle + 8])
    with pytest.raises(DamagedInputError):
        _read_through(bytes(packed))


@given(st.sampled_from(sorted(PACKED)), st.data())
def test_damage_raises_nothing_but_an_error_of_reading(packing: str, data: st.DataObject) -> None:
    packed = bytearray(PACKED[packing])
    at = data.draw(st.integers(0, len(packed) - 1))
    packed[at] ^= data.draw(st.integers(1, 255))
    said = ""
    try:
        _read_through(bytes(packed))
    except ReadError as error:
        said = str(error)
    assert len(said.splitlines()) <= 1


def _read_through(packed: bytes) -> bytes:
    stream = io.BytesIO(packed)
    stream.name = "a.bin"
    with open_document(stream) as document:
        return document.stream.read()


@pytest.mark.parametrize("content", [b"", b" \r\n\t "])
def test_an_empty_file(content: bytes) -> None:
    with pytest.raises(EmptyInputError, match="the file is empty"):
        open_document(content)


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress, lambda content: zipped(a=content)])
def test_a_packed_file_of_nothing(pack: type) -> None:
    with pytest.raises(EmptyInputError, match="the packed file is empty"):
        open_document(pack(b"\n"))


@pytest.mark.parametrize(
    "page",
    [
        b"<!DOCTYPE html>\n<html></html>",
        b"\xef\xbb\xbf<HTML><body>Access denied</body>",
        b"<!-- cached -->\n<!-- twice -->\n<html lang='en'>",
        b"<head><title>404</title></head>",
        gzip.compress(b"<html>"),
        zipped(page=b"<!doctype html>"),
    ],
)
def test_an_html_page(page: bytes) -> None:
    with pytest.raises(UnknownFormatError, match="this is an HTML page, not a list"):
        open_document(page)


def test_xml_that_only_resembles_a_page_is_let_through() -> None:
    with open_document(b"<headings><html/></headings>") as document:
        assert document.root == ("", "headings")


def test_a_missing_file(tmp_path: Path) -> None:
    missing = tmp_path / "none.xml"
    with pytest.raises(InputNotFoundError, match="no such file") as caught:
        open_document(missing)
    assert caught.value.file == str(missing)


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="cannot be opened"):
        open_document(tmp_path)


def test_a_path_that_cannot_exist() -> None:
    with pytest.raises(ReadError, match="cannot be opened"):
        open_document("list\0.xml")


@pytest.mark.parametrize("wrong", [io.StringIO("<a/>"), 7, None])
def test_what_cannot_be_read(wrong: object) -> None:
    with pytest.raises(ReadError, match="give a path, bytes or a binary stream"):
        open_document(wrong)  # type: ignore[arg-type]  # that is what is tried


def test_a_zip_archive_of_two_files() -> None:
    with pytest.raises(UnknownFormatError, match=r"holds 2 files \(a, b\)"):
        open_document(zipped(a=b"1", b=b"2"))


def test_a_zip_archive_of_nothing() -> None:
    with pytest.raises(UnknownFormatError, match="holds 0 files"):
        open_document(zipped())


def test_folders_in_a_zip_archive_are_passed_over() -> None:
    with open_document(zipped(**{"folder/": b"", "folder/list.xml": CONTENT})) as document:
        assert document.stream.read() == CONTENT


def test_a_workbook_stays_packed() -> None:
    workbook = zipped(**{"xl/workbook.xml": b"<workbook/>", "xl/a.xml": b"<a/>"})
    with open_document(workbook) as document:
        assert document.workbook == workbook
        assert document.sha256() == hashlib.sha256(workbook).hexdigest()
        with pytest.raises(DamagedInputError, match="the workbook cannot be opened"):
            list(document.sheet_rows())


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress, lambda content: zipped(a=content)])
def test_a_bomb_is_stopped(pack: type, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MAX_UNPACKED", 1_000_000)
    bomb = pack(b"<a>" + b" " * 2_000_000)
    with open_document(bomb) as document, pytest.raises(UnsafeInputError, match="unpacks to more than 1,000,000 bytes"):
        document.stream.read()


def test_the_limit_itself_is_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MAX_UNPACKED", len(CONTENT))
    with open_document(PACKED["gzip"]) as document:
        assert document.stream.read() == CONTENT


@pytest.mark.parametrize(
    ("packed", "said"),
    [
        (zipped(**{"xl/workbook.xml": b"<w/>", "xl/a.xml": b" " * 100_000}), "a workbook that unpacks to more than"),
        (zipped(a=bytes(range(256)) * 40) + b" " * 10_000, "a zip archive of more than"),
    ],
)
def test_what_is_held_in_memory_has_a_limit(packed: bytes, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MAX_IN_MEMORY", 10_000)
    with pytest.raises(UnsafeInputError, match=said):
        open_document(packed)


def test_a_table_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MAX_IN_MEMORY", 10)
    assert open_document(b"a,b\n1,2\n").content() == b"a,b\n1,2\n"
    with pytest.raises(UnsafeInputError, match="a table of more than 10 bytes"):
        open_document(b"a,b\n1,2\n3,4\n").content()


def test_a_line_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MAX_IN_MEMORY", 4)
    assert list(open_document(b"a,b\n1\n\n22").lines()) == [b"a,b\n", b"1\n", b"\n", b"22"]
    lines = open_document(b"a,b\n1,22\n3").lines()
    assert next(lines) == b"a,b\n"
    with pytest.raises(UnsafeInputError, match="a line of more than 4 bytes"):
        next(lines)


# A second pass


class Once(io.RawIOBase):
    """A stream that cannot seek, such as a pipe."""

    def __init__(self, content: bytes) -> None:
        self._inner = io.BytesIO(content)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # it is only ever given a memoryview
        return self._inner.readinto(buffer)


def given_as(way: str, packed: bytes, folder: Path) -> File:
    path = folder / "list.bin"
    path.write_bytes(packed)
    ways: dict[str, File] = {"path": path, "text": str(path), "bytes": packed, "stream": io.BytesIO(packed)}
    return ways[way]


@pytest.mark.parametrize("packed", PACKED.values(), ids=PACKED)
@pytest.mark.parametrize("way", ["path", "text", "bytes", "stream"])
@pytest.mark.parametrize("read_first", [0, 10, -1])
def test_a_second_pass_begins_at_the_beginning(packed: bytes, way: str, read_first: int, tmp_path: Path) -> None:
    with open_document(given_as(way, packed, tmp_path)) as first:
        first.stream.read(read_first)
        with first.again() as second:
            assert second.root == ("urn:list", "list")
            assert second.stream.read() == CONTENT
            assert second.sha256() == hashlib.sha256(packed).hexdigest()
            with second.again() as third:
                assert third.stream.read() == CONTENT
        assert first.sha256() == hashlib.sha256(packed).hexdigest()


def test_a_stream_is_read_again_from_where_it_was_given() -> None:
    stream = io.BytesIO(b"before" + CONTENT)
    stream.seek(6)
    with open_document(stream) as first, first.again() as second:
        assert second.stream.read() == CONTENT
    assert not stream.closed


def test_a_workbook_is_opened_again() -> None:
    packed = zipped(**{"xl/workbook.xml": b"<workbook/>"})
    with open_document(packed) as first, first.again() as second:
        assert second.workbook == packed


def test_a_stream_that_cannot_seek_gives_no_second_pass() -> None:
    with open_document(io.BufferedReader(Once(CONTENT))) as document:
        assert document.stream.read(5) == CONTENT[:5]
        with pytest.raises(ReadError, match="the stream cannot seek"):
            document.again()
    stream: IO[bytes] = Dripping(CONTENT)  # type: ignore[assignment]  # it reads, which is all that is asked of it
    with pytest.raises(ReadError, match="the stream cannot seek"):
        open_document(stream).again()


def test_a_copy_of_such_a_stream_does() -> None:
    given: list[IO[bytes]] = [io.BufferedReader(Once(CONTENT)), Dripping(CONTENT)]  # type: ignore[list-item]  # as above
    for stream in given:
        with open_document(seekable(stream)) as first, first.again() as second:
            assert second.stream.read() == CONTENT
            assert first.sha256() == hashlib.sha256(CONTENT).hexdigest()
        assert not stream.closed


def test_what_can_seek_is_not_copied(tmp_path: Path) -> None:
    files: list[File] = [tmp_path / "a", str(tmp_path / "a"), b"a", io.BytesIO(b"a")]
    assert all(seekable(file) is file for file in files)
    with pytest.raises(ReadError, match="give a path, bytes or a binary stream"):
        seekable(7)  # type: ignore[arg-type]  # that is what is tried


@pytest.mark.parametrize("packing", PACKED)
def test_a_file_that_changed_between_the_passes(packing: str, tmp_path: Path) -> None:
    path = tmp_path / "list"
    path.write_bytes(PACKED[packing])
    with open_document(path) as first:
        path.write_bytes(PACKED["plain" if packing == "zip" else "zip"])
        with pytest.raises(DamagedInputError, match="the file changed while it was read"), first.again() as second:
            assert second.stream.read() == CONTENT


def test_a_file_that_went_between_the_passes(tmp_path: Path) -> None:
    path = tmp_path / "list"
    path.write_bytes(CONTENT)
    with open_document(path) as first:
        path.unlink()
        with pytest.raises(InputNotFoundError):
            first.again()


def test_the_hash_stays_when_a_second_pass_moves_the_stream() -> None:
    """Both stand on one stream: what the second leaves unread is not the first one's."""
    with open_document(io.BytesIO(CONTENT)) as first, first.again() as second:
        assert second.stream.read(1) == CONTENT[:1]
        assert first.sha256() == hashlib.sha256(CONTENT).hexdigest()
        assert second.sha256() == first.sha256()


def test_the_first_rows_of_a_table() -> None:
    assert open_document(b'\xef\xbb\xbfa,"b, c"\n1,2\n').first_rows == [["a", "b, c"], ["1", "2"]]
    assert open_document(b"\n".join([b"1"] * 50)).first_rows == [["1"]] * 6


@given(st.binary(min_size=1, max_size=200))
def test_any_content_has_first_rows(content: bytes) -> None:
    try:
        document = open_document(content)
    except ReadError:
        return
    assert len(document.first_rows) <= 6


def test_text_in_utf_16_is_told_by_its_mark() -> None:
    text = '<?xml version="1.0" encoding="UTF-16"?><list xmlns="urn:list"/>'
    with open_document(text.encode("utf-16")) as document:
        assert document.head_text == text
        assert document.root == ("urn:list", "list")


_SPACE = st.text(" \n\t\r", max_size=3)
_COMMENT = st.text("<a>!?x[]'\"= \n", max_size=12).map(lambda text: f"<!--{text}-->")
_INSTRUCTION = st.text("<a>!x[]'\"= \n", max_size=12).map(lambda text: f"<?note {text}?>")
_DOCTYPE = st.sampled_from(["<!DOCTYPE q>", '<!DOCTYPE q [<!ENTITY e "<a>">]>', '<!DOCTYPE q SYSTEM "q.dtd">'])
_ATTRIBUTES = st.lists(
    st.sampled_from([' a=">"', " b='<!--'".replace("<", "&lt;"), "\n c = 'xmlns=\"no\"'"]), unique=True
)


@given(
    declared=st.sampled_from(["", '<?xml version="1.0"?>', "<?xml version='1.0' encoding='utf-8' standalone='yes'?>"]),
    prolog=st.lists(_SPACE | _COMMENT | _INSTRUCTION, max_size=4).map("".join),
    doctype=st.just("") | _DOCTYPE,
    attributes=_ATTRIBUTES.map("".join),
    name=st.sampled_from(["list", "a", "LISTE-1.2", "قائمة", "l_1"]),
    prefix=st.sampled_from(["", "p", "ns-1"]),
    rest=st.sampled_from(["", "<b>", "<b/>&</list>", "\x00", "x" * 3000 + "<<"]),
)
@example(declared="", prolog="", doctype="", attributes="", name="a", prefix="", rest="")
def test_the_root_is_found_behind_any_prolog(
    *, declared: str, prolog: str, doctype: str, attributes: str, name: str, prefix: str, rest: str
) -> None:
    if "--" in prolog.replace("<!--", "").replace("-->", ""):
        prolog = ""
    colon = ":" if prefix else ""
    start = f'<{prefix}{colon}{name}{attributes} xmlns{colon}{prefix}="urn:list">'
    text = declared + prolog + doctype + start + rest
    assert documents._root(text.encode()) == ("urn:list", name)


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_content_upsets_the_search_for_a_root(head: bytes) -> None:
    namespace, name = documents._root(head)
    assert not namespace or name


@pytest.mark.parametrize("head", [b"", b"a,b", b"{}", b"<", b"<!-- <a> ", b"<?xml", b"\x00\xff", b"</a>"])
def test_what_has_no_root(head: bytes) -> None:
    assert documents._root(head) == ("", "")
