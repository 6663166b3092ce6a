"""Rows of tables that people made."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as hs

from sanctions_tracker.cli.headings import Layout
from sanctions_tracker.cli.rows import MOST_BYTES, MOST_LINES, RejectedRow, Row, Rows
from sanctions_tracker.errors import DamagedInputError, EmptyInputError, QueryError


def read(data: bytes | str, **layout: Any) -> tuple[list[Row | RejectedRow], Rows]:
    given_bytes = data.encode() if isinstance(data, str) else data
    rows = Rows(io.BytesIO(given_bytes), "names.csv", Layout(**layout))
    return list(rows), rows


def good(data: bytes | str, **layout: Any) -> list[dict[str, str]]:
    return [row.values for row in read(data, **layout)[0] if isinstance(row, Row)]


def rejected(data: bytes | str, **layout: Any) -> list[tuple[int, str]]:
    return [(row.number, row.reason) for row in read(data, **layout)[0] if isinstance(row, RejectedRow)]


CELLS = hs.text(hs.sampled_from("aب ,;\"'=é\t|"), min_size=1, max_size=6).map(lambda text: f"x{text}x")
ADDRESSES = hs.lists(CELLS, min_size=1, max_size=3).map("\n".join)


@given(
    hs.lists(hs.tuples(CELLS, ADDRESSES), max_size=8),
    hs.sampled_from(",;\t|"),
    hs.sampled_from(["\n", "\r\n"]),
    hs.booleans(),
)
def test_what_was_written_is_read(table: list[tuple[str, str]], delimiter: str, end: str, mark: bool) -> None:  # noqa: FBT001
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter, lineterminator=end)
    writer.writerows([("name", "address"), *table])
    data = stream.getvalue().encode("utf-8-sig" if mark else "utf-8")
    assert good(data) == [{"name": name, "address": address} for name, address in table]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "utf-8-sig", "cp1256", "cp037"])
def test_encodings(encoding: str) -> None:
    name = "Ali" if encoding == "cp037" else "علي"
    data = f"name,dob\r\n{name},1970\r\n".encode(encoding)
    assert good(data, encoding=encoding) == [{"name": name, "dob": "1970"}]


LINES = hs.sampled_from(
    [
        b"a,b",
        b'"a,b',
        b'a,"b',
        b'a"b,c',
        b'"a"b,c',
        b'"a","b"',
        b"a",
        b"a,b,c",
        b"",
        b",",
        b'b","',
        b'"',
        b"\xff,b",
        b"a\0,b",
    ]
)


@given(hs.lists(LINES | hs.binary(max_size=6).map(lambda data: data.replace(b"\n", b"")), max_size=30))
@example([b'"a,b', *[b"a,b"] * (MOST_LINES + 2), b'c","d'])
def test_no_line_is_lost(lines: list[bytes]) -> None:
    """Each line belongs to one row, read or rejected, unless nothing stands on it."""
    found, rows = read(b"\n".join([b"name,address", *lines]))
    covered: list[int] = []
    for row in found:
        spanned = row.text.count("\n") + (not row.text.endswith("\n")) if isinstance(row, Row) else 1
        covered += range(row.line, row.line + spanned)
    assert covered == sorted(set(covered))
    missing = [line for number, line in enumerate(lines, 2) if number not in covered]
    assert all(not line.decode("utf-8").replace(",", "").replace('"', "").strip() for line in missing)
    assert len(missing) >= rows.blank
    numbers = [row.number for row in found]
    assert numbers == sorted(set(numbers))
    assert all(row.line >= row.number for row in found)


@given(hs.binary(max_size=200), hs.sampled_from(["utf-8", "utf-16", "cp1252", "shift_jis", "utf-7"]))
def test_any_bytes_are_rows_or_rejected(data: bytes, encoding: str) -> None:
    found, _ = read("name,dob\n".encode(encoding) + data, encoding=encoding)
    assert all(isinstance(row, Row) or row.reason for row in found)


def test_a_quotation_mark_that_nobody_closes_costs_one_row() -> None:
    lines = ["name,country", '"Ali,IR', *["Reza,IR"] * 30]
    assert rejected("\n".join(lines)) == [(2, f"a quotation mark opens and is not closed within {MOST_LINES} lines")]
    assert len(good("\n".join(lines))) == 30


def test_two_quotation_marks_far_apart_swallow_no_row() -> None:
    table = 'name,country\n"Ali,IR\nReza,IR\nHasan",IR\n'
    ((number, reason),) = rejected(table)
    assert number == 2
    assert "closes lines below" in reason
    assert [row["name"] for row in good(table)] == ["Reza", 'Hasan"']


def test_an_address_may_have_lines_and_is_told() -> None:
    found, rows = read('name,address\nAli,"Street 5\nTehran, Iran"\nReza,\n')
    assert [row.values["address"] for row in found if isinstance(row, Row)] == ["Street 5\nTehran, Iran", ""]
    assert [(row.number, row.line) for row in found] == [(2, 2), (3, 4)]
    assert rows.spanning == 2


def test_a_line_of_an_address_that_cannot_be_read_costs_the_row() -> None:
    data = b'name,address\nAli,"Street 5\n\xff Tehran"\nReza,\n'
    assert [number for number, _ in rejected(data)] == [2, 3]
    assert [row["name"] for row in good(data)] == ["Reza"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"Ali", "1 cell(s) under 2 heading(s)"),
        (b"Ali,IR,1970", "3 cell(s) under 2 heading(s)"),
        (b"Al\xff,IR", "is not utf-8: byte 3 of the line is 0xff"),
        (b"Al\0i,IR", "holds a NUL byte"),
        (b'"Ali "x" Reza",IR', "a quotation mark stands inside a quoted cell; it is written twice there"),
        (b"x" * (MOST_BYTES + 1) + b",IR", f"the line is longer than {MOST_BYTES:,} bytes"),
        (b"x" * (5 * MOST_BYTES) + b",IR", f"the line is longer than {MOST_BYTES:,} bytes"),
        ("Al\ufffdi,IR".encode(), "holds U+FFFD, which stands where a letter was lost"),
    ],
)
def test_a_bad_row_is_rejected_and_the_others_are_read(line: bytes, reason: str) -> None:
    data = b"name,country\nReza,IR\n" + line + b"\nHasan,IR\n"
    assert rejected(data) == [(3, reason)]
    assert [row["name"] for row in good(data)] == ["Reza", "Hasan"]


def test_a_lost_letter_in_utf_16_costs_its_row() -> None:
    data = "name,dob\nAli,1970\nReza,1971\n".encode("utf-16-le")
    broken = data.replace("Ali".encode("utf-16-le"), b"A\0\x00\xd8i\0")
    assert [row["name"] for row in good(broken, encoding="utf-16-le")] == ["Reza"]


def test_empty_rows_are_counted() -> None:
    found, rows = read("name,country\n\n,\n  , \nAli,IR\n\r\n")
    assert (len(found), rows.blank) == (1, 4)
    assert found[0].number == 5


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf", b" \n"])
def test_an_empty_file(data: bytes) -> None:
    with pytest.raises(EmptyInputError, match="failed export"):
        read(data)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"na\xffme\nAli\n", "line 1: is not utf-8"),
        ("name\nAli\n".encode("utf-16-le"), "--encoding utf-16"),
        (b"PK\x03\x04\x00\x00\nx", "NUL bytes: a workbook"),
        (b"name,dob\rAli,1970\r", "carriage return"),
        (b'"name,dob\nAli,1970\n', "the headings: a quotation mark opens"),
        (b"x" * (MOST_BYTES + 1), "longer than"),
    ],
)
def test_headings_that_cannot_be_read(data: bytes, message: str) -> None:
    with pytest.raises(DamagedInputError, match=message):
        read(data)


@pytest.mark.parametrize(
    ("header", "layout", "message"),
    [
        ("name,colour,", {}, "unknown heading.s. 'colour', '': say what they are with --column"),
        ("Kunde,dob", {"ignore_unknown": True}, "no heading is that of a name"),
        ("name,Name", {}, "several columns are name"),
        ("name,Kunde", {"named": {"name": "Kunde"}}, "several columns are name"),
        ("name", {"named": {"alias": "Alias"}}, "no such heading, but 'name'"),
        ("name,x", {"named": {"colour": "x"}}, "no heading is called 'colour'"),
        ("name", {"ignored": ("x",)}, "--ignore x: the file has no such heading"),
        ("name;colour,dob", {"delimiter": ","}, "unknown heading"),
        ("reference,dob", {}, "no heading is that of a name"),
    ],
)
def test_headings_that_mean_nothing(header: str, layout: dict[str, Any], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        read(f"{header}\n", **layout)


def test_headings_as_people_write_them() -> None:
    table = "Kunden-Nr;Full Name;Date of Birth;type;Umsatz\n7;Ali;1970;gold;5\n"
    layout = Layout(named={"reference": "Kunden-Nr"}, ignored=("type",), ignore_unknown=True)
    rows = Rows(io.BytesIO(table.encode()), "x", layout)
    assert [row.values for row in rows if isinstance(row, Row)] == [
        {"reference": "7", "full_name": "Ali", "date_of_birth": "1970"}
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_told_from_the_headings(delimiter: str) -> None:
    table = "\n".join(
        delimiter.join(cells) for cells in (("id", "name", "dob"), ("1", "a,b;c" if delimiter == "|" else "a", "1970"))
    )
    assert good(table)[0]["dob"] == "1970"


def test_one_column_alone() -> None:
    assert good("name\nAli\nReza\n") == [{"name": "Ali"}, {"name": "Reza"}]
    assert rejected("name\nRezaei, Ali\n") == [(2, "2 cell(s) under 1 heading(s)")]
    assert good("name\nRezaei, Ali\n", delimiter="\t") == [{"name": "Rezaei, Ali"}]
