"""Files made to do harm, in every format: refused in time, without a look outside, and never read wrongly.

What the opening of a file and the streaming of XML do by themselves is shown in test_document.py and test_markup.py;
here the whole way is gone, by ``read`` and by ``stream``.
"""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import itertools
import lzma
import re
import socket
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

import sanctions_tracker as st
from sanctions_tracker.errors import DamagedInputError, EmptyInputError, ReadError, UnknownFormatError, UnsafeInputError
from sanctions_tracker.sources import document as documents
from sanctions_tracker.sources import workbooks
from tests.sources import test_uk, test_uksl
from tests.sources.mutations import zipped
from tests.sources.seeds import FOLDER, seeds

SEEDS = {format_id: files[0] for format_id, files in seeds().items() if format_id != FOLDER}
XML = [format_id for format_id in SEEDS if format_id.endswith("-xml")]
WORKBOOKS = [format_id for format_id in SEEDS if format_id.endswith(("-xlsx", "-ods"))]
TEXTS = [format_id for format_id in SEEDS if format_id not in WORKBOOKS]
TABLES = [format_id for format_id in TEXTS if format_id not in XML and SEEDS[format_id][:1] not in b"{"]
#: A name that each seed bears.
NAMED = re.compile(rb"darvandi|numuni|shirvanpour|batti|duckworth", re.IGNORECASE)
SHEETS = {"uk-conlist-xlsx": "xl/worksheets/sheet1.xml", "uksl-ods": "content.xml"}


def parts_of(workbook: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(format_id: str, change: Callable[[bytes], bytes]) -> bytes:
    """The seed of a format, changed; of a workbook, its sheet."""
    content = SEEDS[format_id]
    if format_id not in SHEETS:
        return change(content)
    parts = parts_of(content)
    parts[SHEETS[format_id]] = change(parts[SHEETS[format_id]])
    return zipped(parts)


def refused(content: bytes, kind: type[ReadError] = ReadError) -> str:
    """What is said of a file that neither verb takes."""
    with pytest.raises(kind) as caught:
        st.read(content, on_rejected="collect")
    with pytest.raises(kind), st.stream(content, on_rejected="collect") as records:
        list(records)
    return str(caught.value)


# Document types


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A port that nobody may knock at."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        yield server


def declared(content: bytes, subset: str, use: str) -> bytes:
    """With a document type before the root, and an entity of it used in a name."""
    at = content.find(b"?>") + 2 if content.startswith(b"<?xml") else 0
    named = NAMED.sub(lambda match: match[0] + use.encode(), content[at:], count=1)
    return content[:at] + f"<!DOCTYPE list {subset}>".encode() + named


LAUGHS = (
    "[<!ENTITY a 'ha'>"
    + "".join(f"<!ENTITY {one} '{f'&{a};' * 10}'>" for a, one in zip("abcdefgh", "bcdefghi", strict=True))
    + "]"
)
QUADRATIC = f"[<!ENTITY a '{'ha' * 10_000}'>]"


@pytest.mark.parametrize("format_id", XML)
@pytest.mark.parametrize(
    ("subset", "use"), [(LAUGHS, "&i;"), (QUADRATIC, "&a;" * 1000), ("", "")], ids=["laughs", "quadratic", "none"]
)
def test_entities_are_not_expanded(format_id: str, subset: str, use: str) -> None:
    began = time.process_time()
    assert "declares a document type" in refused(declared(SEEDS[format_id], subset, use), UnsafeInputError)
    assert time.process_time() - began < 2


@pytest.mark.parametrize("format_id", XML)
@pytest.mark.parametrize(
    "subset",
    ["[<!ENTITY a SYSTEM '{0}'>]", "[<!ENTITY % a SYSTEM '{0}'> %a;]", "SYSTEM '{0}'", "PUBLIC '-//a//b' '{0}' []"],
    ids=["entity", "parameter", "system", "public"],
)
def test_nothing_is_fetched(format_id: str, subset: str, listener: socket.socket, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("a secret", encoding="utf-8")
    port = listener.getsockname()[1]
    for address in (secret.as_uri(), f"http://127.0.0.1:{port}/a.dtd", f"ftp://127.0.0.1:{port}/a"):
        said = refused(declared(SEEDS[format_id], subset.format(address), "&a;"), UnsafeInputError)
        assert "a secret" not in said
    with pytest.raises(BlockingIOError):
        listener.accept()


@pytest.mark.parametrize("format_id", WORKBOOKS)
def test_entities_of_a_sheet_are_refused(format_id: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("a secret", encoding="utf-8")
    for subset, use in ((LAUGHS, "&i;"), (f"[<!ENTITY a SYSTEM '{secret.as_uri()}'>]", "&a;"), ("", "")):
        content = changed(format_id, lambda sheet, subset=subset, use=use: declared(sheet, subset, use))  # type: ignore[misc]
        assert "declares a document type" in refused(content, UnsafeInputError)


# Archives

PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
    "zip": lambda content: zipped({"list": content}),
}


@pytest.mark.parametrize("packer", PACKERS)
@pytest.mark.parametrize("format_id", TEXTS)
def test_a_list_that_unpacks_beyond_the_limit(format_id: str, packer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Behind the sound list stands enough of nothing."""
    packed = PACKERS[packer](SEEDS[format_id] + (b" " * 999 + b"\n") * 3000)
    assert len(packed) < 30_000
    monkeypatch.setattr(documents, "MAX_UNPACKED", 1_000_000)
    assert "unpacks to more than 1,000,000 bytes" in refused(packed, UnsafeInputError)


@pytest.mark.parametrize("packer", PACKERS)
def test_an_archive_in_an_archive_is_not_opened(packer: str) -> None:
    for inner in PACKERS.values():
        refused(PACKERS[packer](inner(SEEDS["un-consolidated-xml"])), UnknownFormatError)


def test_a_path_in_an_archive_is_no_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    monkeypatch.chdir(inside)
    for name in ("../list.xml", "/list.xml", "..\\list.xml", "a/../../list.xml"):
        found = st.read(zipped({name: SEEDS["un-consolidated-xml"]}))
        assert found.targets == st.read(SEEDS["un-consolidated-xml"]).targets
    assert [path.name for path in tmp_path.rglob("*")] == ["inside"]


def locked(archive: bytes) -> bytes:
    """The flag that says so is set for every file, in its own heading and in the directory."""
    for heading, before in ((b"PK\x03\x04", 4), (b"PK\x01\x02", 6)):
        archive = re.sub(
            re.escape(heading) + b"." * before,
            lambda match: match[0][:-2] + bytes([match[0][-2] | 1, match[0][-1]]),
            archive,
            flags=re.DOTALL,
        )
    return archive


def test_an_archive_under_a_password() -> None:
    content = zipped({"list": SEEDS["un-consolidated-xml"]})
    assert st.read(content).targets
    for packed in (locked(content), locked(SEEDS["uk-conlist-xlsx"])):
        assert "encrypted" in refused(packed, DamagedInputError)


def test_two_lists_in_one_archive() -> None:
    assert "holds 2 files" in refused(zipped({"a": SEEDS["un-consolidated-xml"], "b": b""}), UnknownFormatError)


# Workbooks


def understated(archive: bytes) -> bytes:
    """Every file says that it holds one byte."""
    content = bytearray(archive)
    for heading, size in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        for match in re.finditer(re.escape(heading), archive):
            content[match.start() + size : match.start() + size + 4] = (1).to_bytes(4, "little")
    return bytes(content)


@pytest.mark.parametrize("format_id", WORKBOOKS)
def test_a_workbook_that_unpacks_to_more_than_its_directory_says(
    format_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    bomb = changed(format_id, lambda sheet: sheet + b" " * 2_000_000)
    monkeypatch.setattr(documents, "MAX_IN_MEMORY", 1_000_000)
    for packed in (bomb, understated(bomb)):
        assert len(packed) < 60_000
        assert "a workbook that unpacks to more than 1,000,000 bytes" in refused(packed, UnsafeInputError)


FAR = "<row r='{0}'><c r='{1}{0}' t='inlineStr'><is><t>x</t></is></c></row>"
EMPTY = "<table:table-row {rows}><table:table-cell {cells}/></table:table-row>"
FULL = (
    "<table:table-row {rows}><table:table-cell office:value-type='string' {cells}>"
    "<text:p>x</text:p></table:table-cell></table:table-row>"
)
MANY_ROWS, MANY_CELLS = "table:number-rows-repeated='1048576'", "table:number-columns-repeated='16384'"


@pytest.mark.parametrize(
    "rows",
    [
        FAR.format(1048576, "XFD"),
        FAR.format(99_999_999_999, "A"),
        FAR.format(3, "AAAAAAAAAAAAAAA"),
        FAR.format(900_000, "a").replace("'", '"') + FAR.format(900_001, "zz"),
        FAR.format(1000, "XFD").replace("r='", "\n r = '"),
        FAR.format(2000, "XFD").replace("<", "<x:").replace("<x:/", "</x:"),
        FAR.format(2000, "XFD").replace("<c ", "<c x='>' "),
        FAR.format(2000, "XFD").replace("XFD", "&#88;FD"),
        "<row r='99999999'><c t='inlineStr'><is><t>x</t></is></c></row>",
        "<row r='1048576'>" + "<c t='inlineStr'><is><t>x</t></is></c>" * 5000 + "</row>",
    ],
    ids=[
        *("far corner", "no such row", "no such column", "small letters", "spaces", "prefix", "end of tag in a value"),
        *("letter as a number", "no such row, no place", "no places"),
    ],
)
def test_a_sheet_whose_cells_lie_far_apart(rows: str) -> None:
    content = changed("uk-conlist-xlsx", lambda sheet: sheet.replace(b"</sheetData>", rows.encode() + b"</sheetData>"))
    assert "cells" in refused(content, UnsafeInputError)


@pytest.mark.parametrize(
    "rows",
    [
        FULL.format(rows=MANY_ROWS, cells=MANY_CELLS),
        FULL.format(rows=f"a='>' {MANY_ROWS}", cells=f"a='>' {MANY_CELLS}"),
        EMPTY.format(rows=MANY_ROWS, cells=f"table:formula='1' {MANY_CELLS}"),
        EMPTY.format(rows=MANY_ROWS, cells="") + FULL.format(rows="", cells=MANY_CELLS),
        EMPTY.format(rows="", cells=MANY_CELLS).replace(
            "/></table:t", "/><table:table-cell office:value='1'/></table:t"
        )
        + FULL.format(rows=MANY_ROWS, cells=""),
    ],
    ids=["full", "end of tag in a value", "formula", "gap of rows", "gap of cells"],
)
def test_a_table_whose_cells_are_repeated(rows: str) -> None:
    content = changed("uksl-ods", lambda table: table.replace(b"</table:table>", rows.encode() + b"</table:table>"))
    assert "cells" in refused(content, UnsafeInputError)


def test_empty_cells_at_the_end_are_what_programs_write() -> None:
    rest = EMPTY.format(rows=MANY_ROWS, cells=MANY_CELLS)
    content = changed("uksl-ods", lambda table: table.replace(b"</table:table>", rest.encode() + b"</table:table>"))
    assert st.read(content).targets == st.read(SEEDS["uksl-ods"]).targets


@pytest.mark.parametrize(
    "cell",
    [
        b"<c t='s'><v>0</v></c>",
        b"<x:c t='s'><x:v>0</x:v></x:c>",
        b"<c t='s'><v xml:space='preserve'>0</v></c>",
        b"<c t='s'><v>&#48;</v></c>",
        b"<c t='s'><v><![CDATA[0]]></v></c>",
    ],
    ids=["plain", "prefix", "attribute", "reference", "cdata"],
)
def test_a_long_text_that_many_cells_share(cell: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = parts_of(SEEDS["uk-conlist-xlsx"])
    cells = b"<row>" + cell * 500 + b"</row>"
    sheet = SHEETS["uk-conlist-xlsx"]
    parts[sheet] = parts[sheet].replace(b"</sheetData>", cells + b"</sheetData>")
    parts["xl/sharedStrings.xml"] = b"<sst><si><t>" + b"x" * 20_000 + b"</t></si></sst>"
    monkeypatch.setattr(documents, "MAX_IN_MEMORY", 5_000_000)
    assert "cells hold more than" in refused(zipped(parts), UnsafeInputError)


PLAIN = b'<worksheet><sheetData>%s</sheetData><sheetFormatPr defaultRowHeight="15"/></worksheet>'
PLAIN_ROW = b'<row r="1" spans="1:2"><c r="A1" s="1" t="s"><v>0</v></c><c r="AZ1"/></row>'


@pytest.mark.parametrize("value", [b"0", b"+0", b"0000000000000", b" 0 "])
def test_a_long_text_that_many_cells_share_by_another_number(value: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = parts_of(SEEDS["uk-conlist-xlsx"])
    cells = b"".join(b'<c r="A%d" t="s"><v>%s</v></c>' % (row, value) for row in range(1, 501))
    parts[SHEETS["uk-conlist-xlsx"]] = PLAIN % (b'<row r="1">' + cells + b"</row>")
    parts["xl/sharedStrings.xml"] = b"<sst><si><t>" + b"x" * 20_000 + b"</t></si></sst>"
    monkeypatch.setattr(documents, "MAX_IN_MEMORY", 5_000_000)
    assert "cells hold more than" in refused(zipped(parts), UnsafeInputError)


@pytest.mark.parametrize(
    ("rows", "area"),
    [
        (PLAIN_ROW, (99_999, 52)),
        (PLAIN_ROW.replace(b"AZ1", b"IU1"), (9_999, 702)),
        (PLAIN_ROW.replace(b"AZ1", b"AZ99999"), (99_999, 52)),
        (b'<row r="1"/>', (99_999, 52)),
    ],
)
def test_plain_rows_are_measured_at_a_glance(rows: bytes, area: tuple[int, int]) -> None:
    assert workbooks._plainly_told(PLAIN % rows) == (area, PLAIN % b"")
    counted = workbooks._area(PLAIN % rows)
    assert area[0] >= counted[0]
    assert area[1] >= counted[1]


@pytest.mark.parametrize(
    "rows",
    [
        PLAIN_ROW.replace(b"AZ1", b"IU10000"),
        PLAIN_ROW.replace(b"AZ1", b"AAA1"),
        PLAIN_ROW.replace(b"AZ1", b"A100000"),
        PLAIN_ROW.replace(b'r="A1" ', b""),
        PLAIN_ROW.replace(b'r="AZ1"', b'x="1" r="AZ1"'),
        PLAIN_ROW.replace(b"<c ", b"<x:c "),
        PLAIN_ROW.replace(b's="1"', b's="1'),
        PLAIN_ROW.replace(b's="1"', b's="&#88;"'),
        PLAIN_ROW.replace(b"<v>0</v>", b"<v>0"),
        PLAIN_ROW.replace(b"</row>", b""),
        PLAIN_ROW.replace(b"</c>", b"</row>"),
        b"<!--" + PLAIN_ROW + b"-->",
        PLAIN_ROW + b'</sheetData><sheetData><row><c t="s"><v>0</v></c></row>',
    ],
)
def test_other_rows_are_measured_one_by_one(rows: bytes) -> None:
    content = PLAIN % rows
    assert workbooks._plainly_told(content) == (None, content)


def test_a_long_text_that_is_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    row = FULL.format(rows="table:number-rows-repeated='500'", cells="").replace("x", "x" * 20_000)
    monkeypatch.setattr(documents, "MAX_IN_MEMORY", 5_000_000)
    content = changed("uksl-ods", lambda table: table.replace(b"</table:table>", row.encode() + b"</table:table>"))
    assert "cells hold more than" in refused(content, UnsafeInputError)


@pytest.mark.parametrize("format_id", WORKBOOKS)
def test_a_workbook_is_measured_as_it_is(format_id: str) -> None:
    parts = parts_of(SEEDS[format_id])
    rows, columns, _ = workbooks._asked_for(parts[SHEETS[format_id]], parts)
    with documents.open_document(SEEDS[format_id]) as document:
        sheet = document._first_sheet
        assert rows >= sheet.total_height
        assert columns >= sheet.total_width
        assert columns < 2 * sheet.total_width + 2


@pytest.mark.parametrize("format_id", WORKBOOKS)
def test_a_workbook_with_a_part_that_is_cut_short(format_id: str) -> None:
    """The parser of workbooks would look for the end of some elements for ever."""
    parts = parts_of(SEEDS[format_id])
    for name, content in parts.items():
        for share in range(1, 20) if name != "mimetype" else ():
            packed = zipped({**parts, name: content[: len(content) * share // 20]})
            assert "malformed or cut short" in refused(packed, DamagedInputError)


def test_another_workbook() -> None:
    for content in (
        test_uk.workbook([["Date", "Amount"], ["1 May", "7"]]),
        test_uk.workbook([]),
        test_uksl.ods([["Date", "Amount"], ["1 May", 7]]),
    ):
        refused(content, UnknownFormatError)


def test_parts_of_other_formats_are_not_handed_to_the_parser() -> None:
    """A binary workbook inside the archive would be taken where the other cannot be opened."""
    parts = {**parts_of(SEEDS["uk-conlist-xlsx"]), "xl/workbook.bin": b"\0" * 10, "xl/media/a.png": b"\0"}
    assert set(parts_of(workbooks.unpacked(zipped(parts), 1_000_000, "a"))) == set(parts) - {
        "xl/workbook.bin",
        "xl/media/a.png",
    }


# Long names

FILLERS = {
    "words": b"Abu Ali ",
    "letters": b"x",
    "brackets": b"(",
    "numbers": b"1) ",
    "aliases": b"a.k.a. ",
    "semicolons": b"; ",
    "digits": b"1",
    "spaces": b" ",
    "arabic": "محمد ".encode(),
    "hyphens": b"-",
    "slashes": b" / ",
    "dates": b"01 Jan 1970 ",
}
#: Longer cells of a CSV are refused at once.
LONGEST_CELL = 120_000


def with_long_name(format_id: str, filler: bytes, size: int) -> bytes:
    long = filler * (size // len(filler))
    return changed(format_id, lambda content: NAMED.sub(lambda match: match[0] + b" " + long, content, count=1))


def seconds(content: bytes, *, once: bool = False) -> float:
    """The time that it took to read or refuse a file, the shortest of three unless it is asked for ``once``."""

    def one() -> float:
        began = time.process_time()
        with suppress(ReadError):
            st.read(content, on_rejected="collect")
        return time.process_time() - began

    return min(one() for _ in range(1 if once else 3))


def growth(format_id: str, filler: bytes, size: int) -> float:
    """By how much the time grows where a name is twice as long; below 10 milliseconds nothing is told apart."""
    size = min(size, LONGEST_CELL // 2) if format_id in TABLES else size
    once, twice = (max(0.01, seconds(with_long_name(format_id, filler, length))) for length in (size, 2 * size))
    return twice / once


@pytest.mark.parametrize("filler", FILLERS)
@pytest.mark.parametrize("format_id", SEEDS)
def test_the_time_for_a_name_grows_with_its_length(format_id: str, filler: str) -> None:
    assert growth(format_id, FILLERS[filler], 30_000) < 3.5


@pytest.mark.long
@pytest.mark.parametrize("filler", FILLERS)
@pytest.mark.parametrize("format_id", SEEDS)
def test_the_time_for_a_name_of_a_megabyte_grows_with_its_length(format_id: str, filler: str) -> None:
    assert growth(format_id, FILLERS[filler], 1_000_000) < 3.5


#: A value between tags, in quotes or between separators, wherever it stands.
ANY_VALUE = re.compile(rb"(?<=>)[^<>\n]+(?=<)|(?<=[\",;:'])[^\",;:<>\n']+(?=[\",;\r\n'])")


def lengthened(format_id: str, filler: bytes) -> Iterator[bytes]:
    """The seed of a format with each of its values in turn made 20 KB long."""
    long = filler * (20_000 // len(filler))
    sheet = parts_of(SEEDS[format_id])[SHEETS[format_id]] if format_id in SHEETS else SEEDS[format_id]
    for end in [match.end() for match in ANY_VALUE.finditer(sheet)]:
        yield changed(format_id, lambda content, end=end: content[:end] + b" " + long + content[end:])  # type: ignore[misc]


def filled(format_id: str, filler: str) -> Iterator[bytes]:
    """A table each of whose columns in turn holds 12 KB, behind what such a column may begin with."""
    text = SEEDS[format_id].decode("utf-8-sig")
    delimiter = ";" if text.count(";") > text.count(",") else ","
    rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if len(row) > 1]
    width = max(map(len, rows))
    last = rows[-1] + [""] * (width - len(rows[-1]))
    for column, start in itertools.product(range(width), ("", "1) ", "Passport: ", "(a) ", "No. 5 ")):
        cell = start + filler * (12_000 // len(filler)) + "x"
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=delimiter).writerows([*rows[:-1], [*last[:column], cell, *last[column + 1 :]]])
        yield out.getvalue().encode()


@pytest.mark.long
@pytest.mark.parametrize("filler", FILLERS)
@pytest.mark.parametrize("format_id", SEEDS)
def test_no_value_takes_long_to_read(format_id: str, filler: str) -> None:
    """What grows with the square of the length takes many seconds at this length; else it is a few milliseconds."""
    slow = [content for content in lengthened(format_id, FILLERS[filler]) if seconds(content, once=True) > 1]
    if format_id in TABLES:
        slow += [content for content in filled(format_id, FILLERS[filler].decode()) if seconds(content, once=True) > 1]
    assert not slow, slow[0][:2000]


@pytest.mark.parametrize("format_id", SEEDS)
def test_a_name_of_ten_megabytes_is_read_or_refused_in_time(format_id: str) -> None:
    assert seconds(with_long_name(format_id, b"Abu Ali ", 10_000_000)) < 10


@pytest.mark.parametrize(
    "line", [b"a" * 20_000_000, b"a," * 10_000_000, b";" * 20_000_000], ids=["one", "commas", "semicolons"]
)
@pytest.mark.parametrize("format_id", TABLES)
def test_a_line_of_twenty_megabytes(format_id: str, line: bytes) -> None:
    """Not a party of ten million attributes: a row may have as many cells as a spreadsheet's."""
    began = time.process_time()
    refused(SEEDS[format_id].rstrip(b"\x1a\r\n") + b"\r\n" + line, DamagedInputError)
    assert time.process_time() - began < 10


@pytest.mark.parametrize("format_id", ["ftm-entities", "ftm-nested", "opensanctions-simple-csv"])
def test_a_line_that_cannot_be_held(format_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MAX_IN_MEMORY", 3000)
    content = SEEDS[format_id] + b"x" * 4000
    assert "a line of more than 3,000 bytes" in refused(content, UnsafeInputError)


# Encodings and characters that are none


def names_of(content: bytes) -> set[str]:
    found = st.read(content, on_rejected="collect")
    return {name.text for target in found.targets for name in target.names}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1256", "cp1252", "iso8859-6"])
@pytest.mark.parametrize("format_id", TEXTS)
def test_another_encoding_never_makes_other_names(format_id: str, encoding: str) -> None:
    """Eight-bit files of OFAC and the UK are read in the encoding that these publishers used, with a note."""
    text = SEEDS[format_id].decode("utf-8-sig")
    letters = text.encode(encoding, errors="replace").decode(encoding)
    try:
        found = names_of(text.encode(encoding, errors="replace"))
    except ReadError:
        return
    expected = names_of(SEEDS[format_id])
    if letters == text or text.isascii():
        assert found == expected
    else:  # what the encoding lacks was a question mark before this library saw it
        assert {name for name in found if name.isascii() and "?" not in name} <= expected


@pytest.mark.parametrize("format_id", XML)
def test_bytes_that_are_not_of_the_declared_encoding(format_id: str) -> None:
    content = NAMED.sub(lambda match: match[0] + b" \xe9\xe8", SEEDS[format_id], count=1)
    refused(content, DamagedInputError)


@pytest.mark.parametrize("format_id", SEEDS)
def test_nul_characters_are_never_part_of_a_name(format_id: str) -> None:
    content = changed(format_id, lambda text: NAMED.sub(lambda match: match[0] + b"\0", text, count=1))
    with suppress(DamagedInputError):
        assert not any("\0" in name for name in names_of(content))


# Depth


@pytest.mark.parametrize("format_id", XML)
@pytest.mark.parametrize("depth", [300, 10_000])
def test_elements_nested_deeply(format_id: str, depth: int) -> None:
    deep = b"<a>" * depth + b"</a>" * depth
    content = NAMED.sub(lambda match: match[0] + deep, SEEDS[format_id], count=1)
    with suppress(ReadError):
        assert st.read(content, on_rejected="collect").records_seen
    tail = re.search(rb"</[^>]*>\s*$", SEEDS[format_id])
    assert tail
    with suppress(ReadError):
        assert st.read(SEEDS[format_id][: tail.start()] + deep + tail[0], on_rejected="collect").records_seen


@pytest.mark.parametrize("format_id", ["ftm-entities", "ftm-nested", "sanctions-tracker-jsonl"])
@pytest.mark.parametrize(("opened", "closed"), [(b"[", b"]"), (b'{"a":', b"}")])
def test_values_nested_deeply(format_id: str, opened: bytes, closed: bytes) -> None:
    deep = opened * 100_000 + b"1" + closed * 100_000
    lines = SEEDS[format_id].splitlines()
    at = next(place for place, line in enumerate(lines) if NAMED.search(line))
    lines[at] = re.sub(rb'"names?":\s*\[', lambda match: match[0] + deep + b",", lines[at], count=1)
    refused(b"\n".join(lines), DamagedInputError)


# What is no list at all


@pytest.mark.parametrize(
    "page",
    [
        b"<!DOCTYPE html><html><body><table><tr><td>Name 6</td><td>Group ID</td></tr></table></body></html>",
        b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body>Sign in</body></html>',
        "<html><body>Last Updated,10/04/2025</body></html>".encode("utf-16"),
        b"<table><tr><th>Unique ID</th></tr></table>",
        b'{"error": "rate limited"}',
        b"Access denied.\n",
    ],
)
@pytest.mark.parametrize("packer", [None, *PACKERS])
def test_an_error_page_in_place_of_a_list(page: bytes, packer: str | None) -> None:
    refused(PACKERS[packer](page) if packer else page, UnknownFormatError)


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    for source in (None, "ofac", "un"):
        with pytest.raises(ReadError, match=tmp_path.name):
            st.read(tmp_path, source=source)
        with pytest.raises(ReadError, match=tmp_path.name):
            list(st.stream(tmp_path, source=source))
    (tmp_path / "empty.csv").touch()
    with pytest.raises(ReadError):
        st.read(tmp_path)


@pytest.mark.parametrize("packer", [None, *PACKERS])
def test_nothing_in_place_of_a_list(packer: str | None) -> None:
    for blank in (b"", b" \n\n", b"\xef\xbb\xbf"):
        refused(PACKERS[packer](blank) if packer else blank, EmptyInputError)
