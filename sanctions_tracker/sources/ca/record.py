"""One record element: its values by name, and what no reader asks for."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import attrs

from sanctions_tracker.model import Attribute, Note, Origin

if TYPE_CHECKING:
    from lxml import etree

SOURCE_ID = "ca-sema"
#: The elements that have a meaning here; any other becomes an attribute of its target.
TAGS = (
    *("Country", "Schedule", "Item", "DateOfListing"),
    *("LastName", "GivenName", "EntityOrShip", "Aliases", "TitleOrShip"),
    *("DateOfBirthOrShipBuildDate", "ShipIMONumber"),
)
_BLANK = dict.fromkeys(TAGS, "")


@attrs.define
class Record:
    """A record while it is read; ``number`` counts from 1 in the file's order.

    ``values`` holds the text of every element of :data:`TAGS`, empty where the record has none.
    """

    element: etree._Element
    number: int
    id: str = ""
    locator: str = ""
    values: dict[str, str] = attrs.Factory(_BLANK.copy)
    extras: list[Attribute] = attrs.Factory(list)
    notes: list[Note] = attrs.Factory(list)

    def __attrs_post_init__(self) -> None:
        self.locator = f"record[{self.number}]"
        self._read()
        schedule = schedule_id(self.values["Country"], self.values["Schedule"])
        item = _slug(self.values["Item"])
        self.id = f"{schedule}/{item}" if schedule and item else schedule or item

    def _read(self) -> None:
        """Gather the values of the children, and keep what stands beside them."""
        values, stray = self.values, [self.element.text]
        for child in self.element:
            tag, text = str(child.tag), child.text or ""
            if len(child):
                text = "".join(str(part) for part in child.itertext())
            text = " ".join(text.split())
            if values.get(tag) == "":
                values[tag] = text
            elif text != values.get(tag):
                self._keep(tag, text)
            if child.attrib:
                self._attributes(child, f"{tag}/@")
            stray.append(child.tail)
        if any(stray):
            self._keep("text()", " ".join(filter(None, stray)))
        if self.element.attrib:
            self._attributes(self.element, "@")

    def _attributes(self, element: etree._Element, path: str) -> None:
        for name, value in element.attrib.items():
            self._keep(f"{path}{name!s}", str(value))

    def _keep(self, path: str, text: str) -> None:
        if text := " ".join(text.split()):
            self.extras.append(Attribute(path, text, origin=self.origin(path)))

    def __getitem__(self, tag: str) -> str:
        return self.values[tag]

    def whole(self) -> Origin:
        """Where the record itself stands."""
        return Origin(SOURCE_ID, self.id, self.locator)

    def origin(self, tag: str, raw: str | None = None) -> Origin:
        """Where a value of this record stands."""
        return Origin(SOURCE_ID, self.id, f"{self.locator}/{tag}", raw)

    def note(self, text: str, tag: str, raw: str) -> None:
        """Report a value that stays as printed."""
        self.notes.append(Note(f"{text}: {raw}" if raw else text, self.origin(tag, raw or None)))


@lru_cache(maxsize=1024)
def schedule_id(country: str, schedule: str) -> str:
    """The regulations and the schedule as the first part of a record's id."""
    return "/".join(filter(None, (_slug(country), _slug(schedule))))


@lru_cache(maxsize=8192)
def _slug(text: str) -> str:
    """The English half of a bilingual text, as part of an id."""
    return re.sub(r"[^a-z0-9.]+", "-", text.partition(" / ")[0].casefold()).strip("-")
