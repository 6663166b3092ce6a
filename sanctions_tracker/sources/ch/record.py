"""One target element: its values, and what no reader asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from sanctions_tracker.model import Attribute, Note, Origin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

SOURCE_ID = "ch-seco-list"
#: Attributes that number or order elements, beside each element's own ``ssid``.
_LINKS = frozenset({"ssid", "order", "main"})
#: What each element may hold that some function asks for: its children, and its attributes with an @ before them.
KNOWN = {
    "target": "sanctions-set-id foreign-identifier individual entity object modification @sanctions-set-id",
    "individual": "identity justification relation other-information @sex",
    "entity": "identity justification relation other-information",
    "object": "identity justification relation other-information @object-type",
    "identity": "name nationality address place-of-birth day-month-year identification-document",
    "name": "name-part @name-type @quality @lang",
    "name-part": "value spelling-variant @name-part-type",
    "spelling-variant": "@lang @script @spelling-variant-type",
    "nationality": "country",
    "country": "@iso-code",
    "address": "c-o address-details p-o-box zip-code remarks location area country @place-id @quality",
    "place-of-birth": "remarks location area country @place-id @quality",
    "day-month-year": "@day @month @year @calendar @quality",
    "identification-document": "number issuer date-of-issue expiry-date remark @document-type",
    "issuer": "@code",
    "relation": "remark remarks @target-id @relation-type",
    "place": "location area country location-variant area-variant",
    "modification": "remark added removed @modification-type @enactment-date @publication-date @effective-date",
}
_CHILDREN = {tag: frozenset(name for name in names.split() if "@" not in name) for tag, names in KNOWN.items()}
_ATTRIBUTES = {
    tag: _LINKS.union(name[1:] for name in names.split() if name.startswith("@")) for tag, names in KNOWN.items()
}
#: Former states of a record: the list repeats them inside its modifications.
_HISTORY = frozenset({"added", "removed"})


@attrs.define
class Record:
    """A target while it is read."""

    element: etree._Element
    id: str = ""
    attributes: list[Attribute] = attrs.Factory(list)
    notes: list[Note] = attrs.Factory(list)

    def __attrs_post_init__(self) -> None:
        self.id = self.element.get("ssid", "").strip()

    def whole(self) -> Origin:
        """Where the record itself stands."""
        return Origin(SOURCE_ID, self.id, f"target, line {self.element.sourceline}")

    def origin(self, path: str, raw: str | None = None) -> Origin:
        """Where a value of this record stands."""
        return Origin(SOURCE_ID, self.id, path, raw)

    def note(self, text: str, path: str, raw: str) -> None:
        """Report a value that stays as printed."""
        self.notes.append(Note(f"{text}: {raw}" if raw else text, self.origin(path, raw or None)))

    def keep(self, name: str, text: str, path: str) -> None:
        """Keep a value that the model has no place for."""
        if text:
            self.attributes.append(Attribute(name, text, origin=self.origin(path)))

    def unknown(self) -> None:
        """Keep whatever stands under names that no function asks for."""
        self._unknown(self.element)

    def _unknown(self, element: etree._Element) -> None:
        tag = str(element.tag)
        known, attributes = _CHILDREN.get(tag, frozenset()), _ATTRIBUTES.get(tag, _LINKS)
        if not attributes.issuperset(element.keys()):
            for name, value in element.items():
                if name not in attributes:
                    self.keep(f"{tag}/@{name!s}", str(value).strip(), _path(element))
        stray = [element.text] if len(element) else []
        for child in element:
            if child.tag not in known:
                self.keep(str(child.tag), everything(child), _path(child))
            elif child.tag not in _HISTORY and (len(child) or child.keys()):
                self._unknown(child)
            if child.tail:
                stray.append(child.tail)
        if any(text and not text.isspace() for text in stray):
            words = " ".join(" ".join(filter(None, stray)).split())
            self.keep(f"{tag}/text()", words, _path(element))


def _path(element: etree._Element) -> str:
    """The names of the elements from the target down to this one."""
    names = [str(above.tag) for above in (element, *element.iterancestors())]
    return "/".join(reversed(names[:-1]))


def text_of(element: etree._Element | None) -> str:
    """All text of an element on one line."""
    if element is not None and not len(element):
        return " ".join((element.text or "").split())
    return " ".join("".join(str(part) for part in element.itertext()).split()) if element is not None else ""


def everything(element: etree._Element) -> str:
    """All texts and attribute values of an element of which nothing is known."""
    words = [str(value) for child in element.iter("*") for value in child.attrib.values()]
    return " ".join(" ".join([*(str(part) for part in element.itertext()), *words]).split())


def texts(element: etree._Element, *tags: str) -> Iterator[str]:
    """The texts of the children of these names, in the order of the names."""
    for tag in tags:
        for child in element.iterchildren(tag):
            if text := text_of(child):
                yield text
