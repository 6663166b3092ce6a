"""The places of the advanced format: addresses, and countries given as places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import attrs

from sanctions_tracker.model import Address, Note, Origin
from sanctions_tracker.sources.ofac.reference import LIST_ID, Reference, children, flag, joined, leaves

if TYPE_CHECKING:
    from lxml import etree

_CHILDREN = (
    "LocationPart",
    "LocationCountry",
    "LocationAreaCode",
    # These two repeat what the feature or the document says of its place.
    "FeatureVersionReference",
    "IDRegDocumentReference",
)

#: Kinds of parts that have a field of their own; all others are lines.
_FIELDS = {"CITY": "city", "STATE/PROVINCE": "region", "REGION": "region", "POSTAL CODE": "postcode"}
_LINES = {"Unknown": 0, "ADDRESS1": 1, "ADDRESS2": 2, "ADDRESS3": 3}


@attrs.frozen
class Place:
    """A Location: its parts in words (kind, text), its country, and what else is said of it."""

    id: str
    parts: tuple[tuple[str, str], ...]
    country: str | None
    country_text: str
    note: str

    @property
    def text(self) -> str:
        """All of it in one line, for ties to countries given in words."""
        return ", ".join(filter(None, (*(text for _, text in self.parts), self.country_text)))

    def address(self, note: str, origin: Origin) -> Address:
        """As an address."""
        fields = {name: self._joined(name) for name in ("city", "region", "postcode")} if self.parts else {}
        lines = sorted(
            ((_LINES.get(kind, len(_LINES)), text) for kind, text in self.parts if kind not in _FIELDS),
            key=lambda line: line[0],
        )
        return Address(
            lines=tuple(text for _, text in lines),
            **fields,
            country=self.country,
            country_text=self.country_text,
            note=joined(self.note, note),
            origin=origin,
        )

    def _joined(self, field: str) -> str:
        return ", ".join(text for kind, text in self.parts if _FIELDS.get(kind) == field)


class Places:
    """The places of one file, by id; knows which of them nobody has asked for."""

    def __init__(self, reference: Reference, notes: list[Note]) -> None:
        self._reference = reference
        self._notes = notes
        self._found: dict[str, Place] = {}
        self._used: set[str] = set()
        self._tags, self._value_tags = reference.tags(*_CHILDREN), reference.tags("Comment", "Value")
        self._silent_kinds = reference.silent("LocPartValueType")
        self._silent_statuses = reference.silent("LocPartValueStatus", "Main")
        self._silent_relevances = reference.silent("CountryRelevance", "PRIMARY")

    def add(self, element: etree._Element) -> None:
        """Read a Location element."""
        place = self._place(element)
        if place.id and place.id not in self._found:
            self._found[place.id] = place
        else:
            self._notes.append(Note(f"the place bears no id of its own, so that nothing can be at it: {place.text}"))

    def get(self, number: str, origin: Origin) -> Place | None:
        """The place of that id; None, with a note, where the file does not hold it."""
        self._used.add(number)
        if number not in self._found:
            self._notes.append(Note(f"the file does not hold the place {number!r}", origin))
        return self._found.get(number)

    def leftovers(self) -> Iterator[Note]:
        """A note for each place that no party has."""
        for number, place in self._found.items():
            if number not in self._used:
                yield Note(f"nobody is at this place: {place.text}", _origin(number))

    def _place(self, element: etree._Element) -> Place:
        """The primary value of a part is the part; the others say it in another script, or say more of it."""
        number = element.get("ID", "")
        origin = _origin(number)
        found = children(element, self._tags, origin, self._notes)
        parts: list[tuple[str, str]] = []
        remarks: list[str] = []
        for value, kind in self._values(found.get("LocationPart", ())):
            said = leaves(value, self._value_tags, origin, self._notes)
            text, comment = said.get("Value", ""), self._qualified(value, said.get("Comment", ""))
            if not flag(value, "Primary", origin, self._notes):
                remarks.append(f"{kind} ({comment}): {text}" if comment else f"{kind}: {text}")
            else:
                if text:
                    parts.append((kind, text))
                if comment:
                    remarks.append(f"{kind}: {comment}")
        iso, country = self._country(found, remarks)
        return Place(number, tuple(parts), iso, country, joined(*remarks))

    def _values(self, parts: Iterable[etree._Element]) -> Iterator[tuple[etree._Element, str]]:
        """Each LocationPartValue, and what kind of part it belongs to."""
        for part in parts:
            kind = self._reference.name("LocPartType", part.get("LocPartTypeID")) or "Unknown"
            for value in part.iterchildren(self._reference.ns + "LocationPartValue"):
                yield value, kind

    def _qualified(self, value: etree._Element, comment: str) -> str:
        """The comment, with what the codes of the value add to it."""
        kind, status = value.get("LocPartValueTypeID"), value.get("LocPartValueStatusID")
        if kind in self._silent_kinds and status in self._silent_statuses:
            return comment
        name = self._reference.name
        return joined(
            comment,
            "" if kind in self._silent_kinds else name("LocPartValueType", kind),
            "" if status in self._silent_statuses else name("LocPartValueStatus", status),
        )

    def _country(self, found: Mapping[str, list[etree._Element]], remarks: list[str]) -> tuple[str | None, str]:
        """The first country, else the area; what else is named is a remark."""
        named: list[tuple[str | None, str]] = []
        for country in found.get("LocationCountry", ()):
            named.append(self._reference.country(country.get("CountryID")))
            if country.get("CountryRelevanceID") not in self._silent_relevances:
                relevance = self._reference.name("CountryRelevance", country.get("CountryRelevanceID"))
                remarks.append(f"{named[-1][1]}: {relevance}")
        named.extend(self._reference.country(area.get("AreaCodeID")) for area in found.get("LocationAreaCode", ()))
        first = named[0] if named else (None, "")
        remarks.extend(f"also {text}" for _, text in dict.fromkeys(named) if text not in {"", first[1]})
        return first


def _origin(number: str) -> Origin:
    return Origin(LIST_ID, "", f"Location[@ID='{number}']")
