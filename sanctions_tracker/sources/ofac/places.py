"""The places of the advanced format: addresses, and countries given as places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import attrs

from sanctions_tracker.model import Address, Note, Origin
from sanctions_tracker.sources.ofac.reference import LIST_ID, SILENT, Reference, children, joined, texts

if TYPE_CHECKING:
    from lxml import etree

_CHILDREN = frozenset(
    # The two references repeat what the feature or the document says of its place.
    {"LocationPart", "LocationCountry", "LocationAreaCode", "FeatureVersionReference", "IDRegDocumentReference"}
)
_VALUE_CHILDREN = frozenset({"Comment", "Value"})

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
        fields = {name: self._joined(name) for name in ("city", "region", "postcode")}
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
        for number in self._found.keys() - self._used:
            yield Note(f"nobody is at this place: {self._found[number].text}", _origin(number))

    def _place(self, element: etree._Element) -> Place:
        number = element.get("ID", "")
        found = children(element, self._reference.ns, _CHILDREN, _origin(number), self._notes)
        parts: list[tuple[str, str]] = []
        remarks: list[str] = []
        for part in found.get("LocationPart", ()):
            kind = self._reference.name("LocPartType", part.get("LocPartTypeID")) or "Unknown"
            self._read_part(part, kind, parts, remarks)
        iso, country = self._country(found, remarks)
        return Place(number, tuple(parts), iso, country, joined(*remarks))

    def _read_part(
        self, part: etree._Element, kind: str, parts: list[tuple[str, str]], remarks: list[str]
    ) -> None:
        """The primary value is the part; the others say it in another script, or say more of it."""
        ns, origin = self._reference.ns, _origin("")
        for value in part.iterchildren(ns + "LocationPartValue"):
            found = children(value, ns, _VALUE_CHILDREN, origin, self._notes)
            text, comment = texts(found.get("Value")), self._qualified(value, texts(found.get("Comment")))
            if value.get("Primary", "true") in {"true", "1"}:
                if text:
                    parts.append((kind, text))
                if comment:
                    remarks.append(f"{kind}: {comment}")
            else:
                remarks.append(f"{joined(kind, comment)}: {text}")

    def _qualified(self, value: etree._Element, comment: str) -> str:
        name = self._reference.name
        kind = name("LocPartValueType", value.get("LocPartValueTypeID"))
        status = name("LocPartValueStatus", value.get("LocPartValueStatusID"))
        return joined(comment, kind if kind not in SILENT else "", status if status not in SILENT | {"Main"} else "")

    def _country(
        self, found: Mapping[str, list[etree._Element]], remarks: list[str]
    ) -> tuple[str | None, str]:
        """The first country, else the area; what else is named is a remark."""
        named: list[tuple[str | None, str]] = []
        for country in found.get("LocationCountry", ()):
            named.append(self._reference.country(country.get("CountryID")))
            relevance = self._reference.name("CountryRelevance", country.get("CountryRelevanceID"))
            if relevance not in SILENT | {"PRIMARY"}:
                remarks.append(f"{named[-1][1]}: {relevance}")
        named.extend(self._reference.country(area.get("AreaCodeID")) for area in found.get("LocationAreaCode", ()))
        first = named[0] if named else (None, "")
        remarks.extend(f"also {text}" for _, text in dict.fromkeys(named) if text not in {"", first[1]})
        return first


def _origin(number: str) -> Origin:
    return Origin(LIST_ID, "", f"Location[@ID='{number}']")
