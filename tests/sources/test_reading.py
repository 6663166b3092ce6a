"""The verb read: the format is recognised by the content, and what fails says so."""

from __future__ import annotations

import builtins
import io
from typing import TYPE_CHECKING, Any

import attrs
import pytest

import sanctions_tracker as st
from sanctions_tracker.codec import write_json_lines
from sanctions_tracker.errors import (
    DamagedInputError,
    MissingExtraError,
    ReadError,
    RejectedRecordsError,
    UnknownFormatError,
)
from sanctions_tracker.model import Origin, RejectedRecord
from sanctions_tracker.sources import Heading, ListFormat, ListSource, Registry, default_registry
from sanctions_tracker.sources.document import open_document

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sanctions_tracker.sources import Part
    from sanctions_tracker.sources.document import Document

REJECTED = RejectedRecord(Origin("s", "36"), "no name")


def lines(one: st.SanctionsList) -> bytes:
    file = io.StringIO()
    write_json_lines(one, file.write)
    return file.getvalue().encode()


def test_the_library_s_own_format(tmp_path: Path) -> None:
    data = st.bundled()
    path = tmp_path / "list.xml"
    path.write_bytes(lines(data))
    assert st.read(path) == data
    assert st.read(path, source="jsonl") == data
    assert st.read(b"\xef\xbb\xbf" + lines(data)) == data


def test_the_bundled_list_is_read_once() -> None:
    assert st.bundled() is st.bundled()


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda content: content[:-20], "line 5: this is no JSON"),
        (lambda content: content.replace(b'"targets"', b'"target"').replace(b'"kind"', b'"knid"', 1), "line"),
        (lambda content: content + b'{"record": "target\xff"}', "utf-8"),
    ],
)
def test_damaged_lines(damage: Any, said: str) -> None:
    small = attrs.evolve(st.bundled(), measures=(), actions=(), conflicts=(), triggers=(), sources=(), notes=())
    four = attrs.evolve(small, sanctioners=small.sanctioners[:2], targets=small.targets[:2], records_seen=2)
    with pytest.raises(DamagedInputError, match=said) as caught:
        st.read(damage(lines(four)))
    assert caught.value.file == "<bytes>"


def test_an_unknown_source() -> None:
    with pytest.raises(ReadError, match="unknown source 'offac', expected one of jsonl, ofac, uk"):
        st.read(b"x", source="offac")


@pytest.mark.parametrize("content", [b"some text", b"{}", b"<list/>", b"a,b\n1,2", bytes(range(1, 200))])
def test_content_of_no_known_format(content: bytes) -> None:
    with pytest.raises(UnknownFormatError, match=r"of no known format; known are: .*JSON lines of this library"):
        st.read(content)


def test_a_list_is_not_read_as_another_publisher_s() -> None:
    with pytest.raises(UnknownFormatError, match="of no known format") as caught:
        st.read(lines(st.bundled()), source="uk")
    assert "JSON lines" not in str(caught.value)


def test_records_that_could_not_be_read() -> None:
    content = lines(st.SanctionsList("l", rejected=(REJECTED,)))
    with pytest.raises(
        RejectedRecordsError, match=r"1 record\(s\) could not be read, the first: s · 36: no name"
    ) as caught:
        st.read(content)
    assert caught.value.rejected == (REJECTED,)
    assert st.read(content, on_rejected="collect").rejected == (REJECTED,)


def _is_ours(document: Document) -> bool:
    return document.head.startswith(b"OURS")


def _parsed(document: Document) -> Iterator[Part]:
    yield Heading(document.stream.read().decode().strip())


OURS = ListSource("ours", "Ours", None, (ListFormat("ours", "Our own", _is_ours, _parsed),))


def test_a_new_source_is_a_value() -> None:
    registry = default_registry().with_source(OURS)
    assert st.read(b"OURS 1\n", registry=registry).id == "OURS 1"
    assert [source.id for source in registry.with_source(OURS).sources].count("ours") == 1
    with pytest.raises(UnknownFormatError):
        st.read(b"OURS 1\n")


def test_the_source_added_last_is_asked_first() -> None:
    other = attrs.evolve(
        OURS, id="other", formats=(attrs.evolve(OURS.formats[0], parse=lambda _: iter((st.bundled(),))),)
    )
    registry = Registry((OURS,)).with_source(other)
    assert st.read(b"OURS", registry=registry) is st.bundled()
    assert st.read(b"OURS", registry=registry, source="ours").id == "OURS"


def test_every_source_and_format_has_an_id_of_its_own() -> None:
    registry = default_registry()
    sources = [source.id for source in registry.sources]
    formats = [known.id for known in registry.formats()]
    assert len(set(sources)) == len(sources)
    assert len(set(formats)) == len(formats)


def test_a_workbook_without_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name == "python_calamine":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with open_document(b"a,b\n") as document, pytest.raises(MissingExtraError) as caught:
        list(document.sheet_rows())
    assert caught.value.extra == "xlsx"
