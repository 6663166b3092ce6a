"""One INDIVIDUAL or ENTITY element: its values by name, and what no reader asked for."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
from lxml import etree

from sanctions_tracker.model import Attribute, Note, Origin
from sanctions_tracker.sources.printed import place_at_end, place_code

SOURCE_ID = "un-consolidated"
#: What the publisher writes where it has nothing to say ("na": not available).
_NOTHING = frozenset({"na", "n/a", "n.a.", "n.a"})
#: Shorter texts are no country's name here: "na" would be taken for Namibia.
_SHORTEST_COUNTRY = 3

#: Attributes, and text between elements: the publisher has neither within a record today.
_ODDITIES = etree.XPath("boolean(descendant-or-self::*/@* | descendant-or-self::*[*]/text()[normalize-space()])")


@attrs.define
class Fields:
    """The values of one group of elements, such as an address, and where it stands."""

    values: dict[str, str]
    path: str

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")

    def __bool__(self) -> bool:
        return bool(self.values)

    def printed(self, *names: str) -> str:
        """The values as one text, in the order asked for."""
        return ", ".join(self.values[name] for name in names if name in self.values)


@attrs.define
class Record:
    """A record while it is read.

    ``extras`` gathers whatever stands in it under a name that this library does
    not know, ``notes`` what could not be interpreted.
    """

    element: etree._Element
    id: str = ""
    extras: list[Attribute] = attrs.Factory(list)
    notes: list[Note] = attrs.Factory(list)
    _children: dict[str, list[etree._Element]] = attrs.Factory(dict)
    _groups: dict[str, tuple[Fields, ...]] = attrs.Factory(dict)
    _odd: bool = False

    def __attrs_post_init__(self) -> None:
        self._odd = bool(_ODDITIES(self.element))
        self._stray(self.element, self.name)
        for child in self.element:
            self._children.setdefault(str(child.tag), []).append(child)
        self.id = self.one("DATAID")

    @property
    def name(self) -> str:
        """The element's name: INDIVIDUAL or ENTITY."""
        return str(self.element.tag)

    def origin(self, path: str, raw: str | None = None) -> Origin:
        """Where a value of this record stands."""
        return Origin(SOURCE_ID, self.id, path, raw)

    def note(self, text: str, path: str, raw: str) -> None:
        """Report a value that stays as printed."""
        self.notes.append(Note(f"{text}: {raw}" if raw else text, self.origin(path, raw or None)))

    def keep(self, path: str, text: str) -> None:
        """Keep a value that the model has no place for."""
        if text:
            self.extras.append(Attribute(path, text, origin=self.origin(path)))

    def peek(self, tag: str) -> str:
        """The first text under that name, nothing else kept."""
        return next((found for child in self._children.get(tag, ()) if (found := text_of(child))), "")

    def one(self, tag: str) -> str:
        """The value of an element that stands once; further values are extras."""
        children = self._children.get(tag, ())
        if len(children) == 1 and not self._odd and not len(children[0]):
            return text_of(children[0])
        first = ""
        for child in children:
            text = text_of(child)
            self._attributes(child, tag)
            if not first and not len(child):
                first = text
            elif text != first:
                self._deep(child, tag)
        return first

    def listed(self, tag: str) -> Iterator[tuple[str, str]]:
        """Each VALUE of an element, with its path."""
        for number, group in enumerate(self._children.get(tag, ()), 1):
            path = tag if number == 1 else f"{tag}[{number}]"
            self._stray(group, path)
            for position, child in enumerate(group, 1):
                if not (text := text_of(child)):
                    continue
                place = f"{path}/{child.tag}[{position}]"
                if child.tag == "VALUE":
                    yield place, text
                else:
                    self._deep(child, place)

    def unknown(self, known: frozenset[str]) -> None:
        """Keep all texts and attributes of the children of other names than the ``known`` ones."""
        if known.issuperset(self._children):
            return
        for tag, children in self._children.items():
            for child in children if tag not in known else ():
                self._deep(child, tag)

    def _deep(self, element: etree._Element, path: str) -> None:
        self._attributes(element, path)
        if not len(element):
            self.keep(path, text_of(element))
            return
        self._stray(element, path)
        for child in element:
            self._deep(child, f"{path}/{child.tag}")

    def groups(self, tag: str, known: frozenset[str]) -> tuple[Fields, ...]:
        """The values of each element of that name that holds any."""
        if tag not in self._children:
            return ()
        if tag not in self._groups:
            self._groups[tag] = self._read_groups(tag, known)
        return self._groups[tag]

    def _read_groups(self, tag: str, known: frozenset[str]) -> tuple[Fields, ...]:
        found = []
        for number, group in enumerate(self._children[tag], 1):
            path = f"{tag}[{number}]"
            self._stray(group, path)
            if values := self._fields(group, known, path):
                found.append(Fields(values, path))
        return tuple(found)

    def _fields(self, group: etree._Element, known: frozenset[str], path: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for child in group:
            text = text_of(child)
            if not text and not self._odd:
                continue
            tag = str(child.tag)
            self._attributes(child, f"{path}/{tag}")
            if tag in known and tag not in found and not len(child):
                if text and text.casefold() not in _NOTHING:
                    found[tag] = text
            elif text != found.get(tag, ""):
                self._deep(child, f"{path}/{tag}")
        return found

    def _stray(self, element: etree._Element, path: str) -> None:
        """Keep the text of an element that should hold elements only, and its attributes."""
        if self._odd or not len(element):
            self._attributes(element, path)
            texts = [element.text, *(child.tail for child in element)]
            self.keep(f"{path}/text()", " ".join(" ".join(filter(None, texts)).split()))

    def _attributes(self, element: etree._Element, path: str) -> None:
        if self._odd:
            for name, value in element.attrib.items():
                self.keep(f"{path}/@{name!s}", str(value).strip())


def text_of(element: etree._Element) -> str:
    """All text of an element, the file's own line breaks and indents made one space each."""
    if len(element):
        return " ".join(" ".join(str(part) for part in element.itertext()).split())
    text = element.text
    return " ".join(text.split()) if text else ""


def says_nothing(text: str) -> bool:
    """Whether a value is one of the words for "not available"."""
    return text.casefold() in _NOTHING


def country_in(text: str) -> str | None:
    """The country that a text names, or with which it ends; never a two-letter word taken for a code."""
    if len(text) < _SHORTEST_COUNTRY:
        return None
    return place_code(text) or place_at_end(text)
