"""The words of the enhanced format: what each element says, its places, dates and countries' codes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sanctions_tracker.errors import ModelError
from sanctions_tracker.model import Attribute, Note, Origin, PartialDate
from sanctions_tracker.model.country import country_code
from sanctions_tracker.sources.ofac.drafts import Draft
from sanctions_tracker.sources.ofac.reference import joined, printed

if TYPE_CHECKING:
    from lxml import etree

_BOUNDS = ("fromDateBegin", "fromDateEnd", "toDateBegin", "toDateEnd")
_FLAGS = ("isApproximate", "isDateRange")


class Words:
    """How the elements of one file are read; ``ns`` is its namespace in braces, ``source`` the list's id."""

    def __init__(self, ns: str, source: str, notes: list[Note]) -> None:
        self.ns = ns
        self.source = source
        self.notes = notes
        self._codes: dict[str, str] = {}

    def name(self, element: etree._Element) -> str:
        """The element's name without its namespace."""
        return str(element.tag).removeprefix(self.ns)

    def learn(self, element: etree._Element) -> None:
        """Take a country's ISO code from a reference value."""
        code, value = element.findtext(self.ns + "isoCode"), element.findtext(self.ns + "value")
        if code and value and country_code(code):
            self._codes[value.strip()] = code.strip()

    def country(self, text: str, draft: Draft, origin: Origin) -> str | None:
        """The code of a printed country, by the file's own table first; None, with a note, where none is known."""
        code = country_code(self._codes.get(text, "")) if text in self._codes else None
        return code or draft.country(text, origin)

    def place(self, party: Origin, element: etree._Element) -> Origin:
        """Where a member of the party's record stands."""
        return Origin(self.source, party.record, f"{self.name(element)}[@id='{element.get('id', '')}']")

    def keep(self, draft: Draft, element: etree._Element, origin: Origin) -> None:
        """Keep an element that a later version of the format may bring, as an attribute."""
        name = self.name(element)
        draft.attributes.append(Attribute(name, printed(element), origin=origin))
        draft.add_note(f"an element that this reader does not know, {name}: {printed(element)}", origin)

    def read(self, element: etree._Element, known: Sequence[str], draft: Draft, origin: Origin) -> dict[str, str]:
        """The texts of the children by name; those that are not ``known`` are kept as attributes."""
        said: dict[str, str] = {}
        for child in element.iterchildren("*"):
            name = self.name(child)
            if name not in known:
                self.keep(draft, child, origin)
            elif name in said:
                said[name] = joined(said[name], printed(child))
            else:
                said[name] = printed(child) if len(child) else (child.text or "").strip()
        return said

    def day(self, text: str) -> PartialDate | None:
        """A day, with or without a time behind it; None where it is none."""
        try:
            return PartialDate.on(dt.date.fromisoformat(text.partition("T")[0]))
        except ValueError:
            return None

    def period(self, element: etree._Element | None, draft: Draft, origin: Origin) -> PartialDate | None:
        """The date between the first and the last day of a date element; None, with a note, where it gives none.

        The two bounds in the middle say how fine each end is known, and nothing more.
        """
        if element is None:
            return None
        said = self.read(element, (*_BOUNDS, *_FLAGS), draft, origin)
        try:
            first, last = (
                dt.date.fromisoformat(said[name]) if said.get(name) else None for name in ("fromDateBegin", "toDateEnd")
            )
            return PartialDate.between(first, last, circa=said.get("isApproximate") == "true")
        except (ValueError, ModelError):
            draft.add_note(f"no date can be read from {printed(element)!r}", origin)
            return None
