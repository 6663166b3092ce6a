"""The words of the enhanced format: what each element says, its places, dates and countries' codes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from sanctions_tracker.errors import ModelError
from sanctions_tracker.model import Attribute, Origin, PartialDate
from sanctions_tracker.model.country import country_code
from sanctions_tracker.sources.ofac.drafts import Draft
from sanctions_tracker.sources.ofac.reference import joined, printed

if TYPE_CHECKING:
    from lxml import etree

_BOUNDS = ("fromDateBegin", "fromDateEnd", "toDateBegin", "toDateEnd")
_FLAGS = ("isApproximate", "isDateRange")


class Shape(NamedTuple):
    """The children that an element may have, by tag: those that hold a text, and those that hold elements."""

    texts: dict[str, str]
    holders: dict[str, str]


class Words:
    """How the elements of one file are read; ``ns`` is its namespace in braces, ``source`` the list's id."""

    def __init__(self, ns: str, source: str) -> None:
        self.ns = ns
        self.source = source
        self._codes: dict[str, str] = {}
        self._period = self.shape(_BOUNDS + _FLAGS)

    def name(self, element: etree._Element) -> str:
        """The element's name without its namespace."""
        return str(element.tag).removeprefix(self.ns)

    def shape(self, texts: Iterable[str], holders: Iterable[str] = ()) -> Shape:
        """The children that an element may have, by their names."""
        return Shape({self.ns + name: name for name in texts}, {self.ns + name: name for name in holders})

    def learn(self, element: etree._Element) -> None:
        """Take a country's ISO code from a reference value."""
        code, value = element.findtext(self.ns + "isoCode"), element.findtext(self.ns + "value")
        if code and value and country_code(code):
            self._codes[value.strip()] = code.strip()

    def country(self, text: str, draft: Draft, origin: Origin) -> str | None:
        """The code of a printed country, by the file's own table first; None, with a note, where none is known."""
        code = country_code(self._codes.get(text, "")) if text in self._codes else None
        return code or draft.country(text, origin)

    def place(self, party: Origin, element: etree._Element, name: str = "") -> Origin:
        """Where a member of the party's record stands; ``name`` spares working out the element's own."""
        return Origin(self.source, party.record, f"{name or self.name(element)}[@id='{element.get('id', '')}']")

    def keep(self, draft: Draft, element: etree._Element, origin: Origin) -> None:
        """Keep an element that a later version of the format may bring, as an attribute."""
        name = self.name(element)
        draft.attributes.append(Attribute(name, printed(element), origin=origin))
        draft.add_note(f"an element that this reader does not know, {name}: {printed(element)}", origin)

    def read(
        self, element: etree._Element, shape: Shape, draft: Draft, origin: Origin
    ) -> tuple[dict[str, str], dict[str, list[etree._Element]]]:
        """The texts of the children and those that hold elements, by name; those of another name are kept."""
        said: dict[str, str] = {}
        held: dict[str, list[etree._Element]] = {}
        texts, holders = shape
        for child in element.iterchildren("*"):
            tag = child.tag
            if name := texts.get(tag):
                text = printed(child) if len(child) else (child.text or "").strip()
                said[name] = joined(said[name], text) if name in said else text
            elif name := holders.get(tag):
                held.setdefault(name, []).append(child)
            else:
                self.keep(draft, child, origin)
        return said, held

    def members(
        self, holders: Sequence[etree._Element], tag: str, draft: Draft, origin: Origin
    ) -> Iterator[etree._Element]:
        """The elements of that tag inside some others; what else stands there is kept."""
        for holder in holders:
            for child in holder.iterchildren("*"):
                if child.tag == tag:
                    yield child
                else:
                    self.keep(draft, child, origin)

    def day(self, text: str) -> PartialDate | None:
        """A day, with or without a time behind it; None where it is none."""
        return _day(text)

    def period(self, elements: Sequence[etree._Element], draft: Draft, origin: Origin) -> PartialDate | None:
        """The date between the first and the last day of a date element; None, with a note, where it gives none.

        The two bounds in the middle say how fine each end is known, and nothing more.
        """
        if not elements:
            return None
        for further in elements[1:]:
            self.keep(draft, further, origin)
        said, _ = self.read(elements[0], self._period, draft, origin)
        try:
            return _between(
                said.get("fromDateBegin", ""), said.get("toDateEnd", ""), circa=said.get("isApproximate") == "true"
            )
        except (ValueError, ModelError):
            draft.add_note(f"no date can be read from {printed(elements[0])!r}", origin)
            return None


@lru_cache(maxsize=4096)
def _day(text: str) -> PartialDate | None:
    try:
        return PartialDate.on(dt.date.fromisoformat(text.partition("T")[0]))
    except ValueError:
        return None


@lru_cache(maxsize=16384)
def _between(first: str, last: str, *, circa: bool) -> PartialDate:
    ends = [dt.date.fromisoformat(text) if text else None for text in (first, last)]
    return PartialDate.between(ends[0], ends[1], circa=circa)
