"""One record element: its values by name, and what no reader asked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from sanctions_tracker.model import Attribute, Note, Origin

if TYPE_CHECKING:
    from lxml import etree

SOURCE_ID = "ca-sema"


@attrs.define
class Record:
    """A record while it is read; ``number`` counts from 1 in the file's order."""

    element: etree._Element
    number: int
    id: str = ""
    extras: list[Attribute] = attrs.Factory(list)
    notes: list[Note] = attrs.Factory(list)
    _values: dict[str, str] = attrs.Factory(dict)
    _asked: set[str] = attrs.Factory(set)

    def __attrs_post_init__(self) -> None:
        stray = [self.element.text]
        for child in self.element:
            if isinstance(child.tag, str):
                self._add(child, child.tag)
            if child.tail and not child.tail.isspace():
                stray.append(child.tail)
        self._keep("text()", " ".join(filter(None, stray)))
        for name, value in self.element.attrib.items():
            self._keep(f"@{name!s}", str(value))
        self.id = "/".join(filter(None, (_slug(self[tag]) for tag in ("Country", "Schedule", "Item"))))

    def __getitem__(self, tag: str) -> str:
        self._asked.add(tag)
        return self._values.get(tag, "")

    def _add(self, child: etree._Element, tag: str) -> None:
        text = _collapsed("".join(str(part) for part in child.itertext()) if len(child) else child.text or "")
        if tag in self._values:
            if text != self._values[tag]:
                self._keep(tag, text)
        elif text:
            self._values[tag] = text
        for name, value in child.attrib.items() if child.attrib else ():
            self._keep(f"{tag}/@{name!s}", str(value))

    def _keep(self, path: str, text: str) -> None:
        if text := _collapsed(text):
            self.extras.append(Attribute(path, text, origin=self.origin(path)))

    @property
    def locator(self) -> str:
        """Where the record stands in the file."""
        return f"record[{self.number}]"

    @property
    def whole(self) -> Origin:
        """Where the record itself stands."""
        return Origin(SOURCE_ID, self.id, self.locator)

    def origin(self, tag: str, raw: str | None = None) -> Origin:
        """Where a value of this record stands."""
        return Origin(SOURCE_ID, self.id, f"{self.locator}/{tag}", raw)

    def note(self, text: str, tag: str, raw: str) -> None:
        """Report a value that stays as printed."""
        self.notes.append(Note(f"{text}: {raw}" if raw else text, self.origin(tag, raw or None)))

    def others(self) -> list[Attribute]:
        """What nobody asked for, under the publisher's own heading."""
        left = [tag for tag in self._values if tag not in self._asked]
        return [*(Attribute(tag, self._values[tag], origin=self.origin(tag)) for tag in left), *self.extras]


def _collapsed(text: str) -> str:
    return " ".join(text.split())


def _slug(text: str) -> str:
    """The English half of a bilingual text, as part of an id."""
    return re.sub(r"[^a-z0-9.]+", "-", text.partition(" / ")[0].casefold()).strip("-")
