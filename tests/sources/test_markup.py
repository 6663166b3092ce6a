"""XML is streamed; entities are refused, damage is told with its line and column."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sanctions_tracker.errors import DamagedInputError, UnsafeInputError
from sanctions_tracker.sources.document import open_document
from sanctions_tracker.sources.markup import elements

if TYPE_CHECKING:
    from pathlib import Path

LIST = b"<list><entry>Ali</entry><other/><entry>Reza</entry></list>"


def texts(content: bytes, *tags: str) -> list[str | None]:
    with open_document(content) as document:
        return [element.text for element in elements(document, tags or ("entry",))]


def test_the_elements_asked_for_in_their_order() -> None:
    assert texts(LIST) == ["Ali", "Reza"]
    assert texts(LIST, "entry", "other") == ["Ali", None, "Reza"]
    assert texts(LIST, "nothing") == []


def test_names_with_a_namespace() -> None:
    content = b'<list xmlns="urn:l"><entry>Ali</entry></list>'
    assert texts(content, "{urn:l}entry") == ["Ali"]
    assert texts(content, "entry") == []


def test_other_encodings() -> None:
    text = '<?xml version="1.0" encoding="{}"?><list><entry>حسين</entry></list>'
    for encoding in ("UTF-16", "UTF-8", "ISO-8859-6"):
        assert texts(text.format(encoding).encode(encoding)) == ["حسين"]


def test_what_was_read_is_let_go() -> None:
    content = b"<list>" + b"<entry>Ali</entry>" * 2_000 + b"</list>"
    kept = []
    with open_document(content) as document:
        for element in elements(document, ("entry",)):
            parent = element.getparent()
            assert parent is not None
            kept.append([child.text for child in parent.iterchildren()].index("Ali"))
    assert len(kept) == 2_000
    assert max(kept) <= 1  # the one before at most


BOMB = b'<!ENTITY a "ha">' + b"".join(
    b'<!ENTITY %c "%b">' % (letter, b"&%c;" % (letter - 1) * 10) for letter in range(ord("b"), ord("j"))
)


@pytest.mark.parametrize(
    "content",
    [
        b"<!DOCTYPE list [" + BOMB + b"]><list><entry>&i;</entry></list>",
        b'<!DOCTYPE list [<!ENTITY a "x">]><list><entry>Ali</entry></list>',
        b'<!DOCTYPE list [<!ENTITY a "x">]><list a="&a;"><entry>Ali</entry></list>',
        b'<!DOCTYPE list SYSTEM "http://localhost:1/list.dtd"><list><entry>Ali</entry></list>',
        b'<!DOCTYPE list PUBLIC "-//x//y" "list.dtd"><list><entry>Ali</entry></list>',
        b"<!DOCTYPE list><list><entry>Ali</entry></list>",
        b"<!DOCTYPE list><list/>",
        b"<!-- " + b"x" * 70_000 + b" --><!DOCTYPE list><list><entry>Ali</entry></list>",
        "<!DOCTYPE list [<!ENTITY a 'x'>]><list><entry>Ali</entry></list>".encode("utf-16"),
    ],
    ids=["bomb", "entity", "in attribute", "external", "public", "bare", "no entry", "behind the head", "utf-16"],
)
def test_a_document_type_is_refused(content: bytes) -> None:
    with pytest.raises(UnsafeInputError, match="declares a document type"):
        texts(content)


def test_an_external_entity_is_never_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("a secret")
    content = f'<!DOCTYPE list [<!ENTITY s SYSTEM "{secret.as_uri()}">]><list><entry>&s;</entry></list>'
    with pytest.raises(UnsafeInputError) as caught:
        texts(content.encode())
    assert "a secret" not in str(caught.value)


def test_an_attribute_bomb_ends_at_once() -> None:
    content = b"<!DOCTYPE list [" + BOMB + b']><list><entry a="&i;">Ali</entry></list>'
    with pytest.raises(UnsafeInputError, match="declares a document type"):
        texts(content)


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"<list>\n<entry>Ali</entry>\n<entry>Re", "line 3, column 10"),
        (b"<list>\n<entry>Ali</entri></list>", "line 2, column 19"),
        (b"<list>\n<entry>A & B</entry></list>", "line 2, column 11"),
        (b"<list>\n<entry>\x01</entry></list>", "line 2, column 8"),
        (b"<list><entry/></list>\n<list/>", "line 2, column 1"),
        (b"no markup at all", "line 1, column 1"),
    ],
)
def test_damage_is_told_with_its_place(content: bytes, place: str) -> None:
    with pytest.raises(DamagedInputError, match="the XML is malformed or cut short") as caught:
        texts(content)
    assert caught.value.locator == place
    assert place in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


def test_bytes_in_the_wrong_encoding() -> None:
    with pytest.raises(DamagedInputError):
        texts(b'<?xml version="1.0" encoding="UTF-8"?><list><entry>\xe9\xe9</entry></list>')


def test_what_was_read_before_the_damage_is_handed_out() -> None:
    content = b"<list>" + b"<entry>Ali</entry>" * 50_000 + b"</lis"
    with open_document(content) as document:
        found = elements(document, ("entry",))
        assert next(found).text == "Ali"
        with pytest.raises(DamagedInputError):
            list(found)
