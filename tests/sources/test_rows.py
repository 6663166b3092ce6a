"""The lines of a text table: encodings, damage, and that only a piece is held at a time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctions_tracker.errors import DamagedInputError, UnsafeInputError
from sanctions_tracker.sources import rows
from sanctions_tracker.sources.document import open_document
from sanctions_tracker.sources.rows import Lines, csv_rows

TEXT = 'a,b\r\n"two\r\nlines",Kámyár\r\nسلام,x'


def lines(content: bytes, *, otherwise: str = "") -> list[str]:
    with open_document(content) as document:
        return list(Lines(document, otherwise=otherwise))


def table(content: bytes, *, delimiter: str = ",", otherwise: str = "") -> list[list[str]]:
    with open_document(content) as document:
        return list(csv_rows(Lines(document, otherwise=otherwise), delimiter=delimiter))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
def test_encodings_that_say_what_they_are(encoding: str) -> None:
    content = TEXT.encode(encoding)
    content = b"\xfe\xff" + content if encoding == "utf-16-be" else content
    assert table(content) == [["a", "b"], ["two\r\nlines", "Kámyár"], ["سلام", "x"]]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_pieces_of_any_size_give_the_same_lines(monkeypatch: pytest.MonkeyPatch, size: int, end: str) -> None:
    monkeypatch.setattr(rows, "_CHUNK", size)
    text = f"Kámyár سلام{end}{end}\u2028b\x0bc\x85{end}last"
    assert lines(text.encode()) == [f"Kámyár سلام{end}", end, f"\u2028b\x0bc\x85{end}", "last"]


@pytest.mark.parametrize("size", [1, 3, 1000])
def test_the_old_encoding_from_the_first_byte_that_is_no_utf_8(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(rows, "_CHUNK", size)
    content = "a;b\nKámyár;“Ordak”\n".encode("cp1252")
    with open_document(content) as document:
        found = Lines(document, otherwise="cp1252")
        assert found.failed_at is None
        assert list(csv_rows(found, delimiter=";")) == [["a", "b"], ["Kámyár", "“Ordak”"]]
        assert found.failed_at == content.index("á".encode("cp1252"))


@pytest.mark.parametrize(
    ("content", "otherwise", "place"),
    [
        ("a,Kámyár\n".encode("cp1252"), "", "byte 3"),
        # letters of UTF-8 before the damage, behind it, and one that the end cuts in two
        ("a,سلام\n".encode() + b"\xe1,b\n", "cp1252", "byte 11"),
        (b"a,\xe1\n" + "سلام\n".encode(), "cp1252", "byte 2"),
        (b"a," + "س".encode()[:1], "cp1252", "byte 2"),
        (b"\xef\xbb\xbfa,K\xe1m\n", "cp1252", "byte 6"),
        (b"a,K\xe1m\x81\n", "cp1252", "byte 5"),
        ("\ufeffa,b".encode("utf-16-le") + b"\x00\xd8", "cp1252", "byte 8"),
    ],
)
def test_damaged_letters_are_refused(content: bytes, otherwise: str, place: str) -> None:
    with pytest.raises(DamagedInputError) as raised:
        lines(content, otherwise=otherwise)
    assert raised.value.locator == place


def test_a_nul_character_is_told_with_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    for size in (2, 1000):
        monkeypatch.setattr(rows, "_CHUNK", size)
        with pytest.raises(DamagedInputError, match="line 3: a NUL"):
            lines(b"a\nb\nc\0\n")


def test_an_endless_cell_and_an_endless_file(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(DamagedInputError, match="line 2: field larger"):
        table(b"a\n" + b"x" * 140_000)
    monkeypatch.setattr(rows, "MAX_IN_MEMORY", 1000)
    monkeypatch.setattr(rows, "_CHUNK", 100)
    assert len(lines(b"a\n" * 500)) == 500
    with pytest.raises(UnsafeInputError, match="more than 1,000 bytes"):
        lines(b"a\n" * 501)


@given(st.binary(min_size=1, max_size=60), st.sampled_from(["", "cp1252"]))
def test_bytes_are_decoded_whole_or_refused(content: bytes, otherwise: str) -> None:
    content = b"x," + content
    try:
        found = "".join(lines(content, otherwise=otherwise))
    except DamagedInputError:
        return
    assert found in {content.decode(encoding, errors="replace") for encoding in ("utf-8-sig", "cp1252", "utf-16")}
