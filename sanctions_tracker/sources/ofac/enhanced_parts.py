"""Addresses, features and identity documents of the enhanced format."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sanctions_tracker.model import Address, Attribute, Origin
from sanctions_tracker.model.vocabulary import Validity
from sanctions_tracker.sources.ofac.drafts import Draft, Said, kind_of
from sanctions_tracker.sources.ofac.reference import joined, printed
from sanctions_tracker.sources.ofac.words import Words

if TYPE_CHECKING:
    from lxml import etree

#: Kinds of parts that have a field of their own; all others are lines, in this order.
_FIELDS = {"CITY": "city", "STATE/PROVINCE": "region", "REGION": "region", "POSTAL CODE": "postcode"}
_LINES = {"ADDRESS1": 0, "ADDRESS2": 1, "ADDRESS3": 2}
_FEATURE = ("type", "versionId", "value", "valueRefId", "isPrimary", "reliability", "comments")
_DOCUMENT = (
    *("type", "name", "documentNumber", "isValid", "issuingCountry", "issuingLocation", "issuingAuthority"),
    "comments",
)
#: What the publisher says of a value's reliability, in words worth repeating.
_RELIABILITY = {
    "": "",
    "Unknown": "",
    "Confirmed": "confirmed",
    "Reported": "reported",
    "False": "stated by the publisher to be false",
}
_DATED = frozenset({"birth_date", "founding_date", "dated"})


class PartReader:
    """Puts the members of an entity's lists into its draft."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._address = words.shape(("country",), ("translations",))
        self._spelling = words.shape(("isPrimary", "script"), ("addressParts",))
        self._part = words.shape(("type", "value"))
        self._feature = words.shape(_FEATURE, ("valueDate",))
        self._translation_tag, self._part_tag = words.ns + "translation", words.ns + "addressPart"
        self._bearing_tag = words.ns + "idFeature"
        self._document = words.shape(_DOCUMENT, ("issueDate", "expirationDate", "idFeatures"))

    def address(self, element: etree._Element, draft: Draft) -> None:
        """Add an address: its primary translation; the others stand in its note."""
        words = self._words
        origin = words.place(draft.origin, element, "address")
        said, held = words.read(element, self._address, draft, origin)
        country = said.get("country", "")
        parts: list[tuple[str, str]] = []
        remarks: list[str] = []
        for translation in words.members(held.get("translations", ()), self._translation_tag, draft, origin):
            inner, holders = words.read(translation, self._spelling, draft, origin)
            found = self._parts(holders.get("addressParts", ()), draft, origin)
            if inner.get("isPrimary") == "false" and found:
                remarks.append(f"{inner.get('script', '')}: {', '.join(text for _, text in found)}")
            else:
                parts.extend(found)
        if parts or country or remarks:
            code = words.country(country, draft, origin)
            draft.addresses.append(_address(parts, code, country, joined(*remarks), origin))

    def _parts(self, holders: Sequence[etree._Element], draft: Draft, origin: Origin) -> list[tuple[str, str]]:
        found = []
        for part in self._words.members(holders, self._part_tag, draft, origin):
            said, _ = self._words.read(part, self._part, draft, origin)
            if text := said.get("value"):
                found.append((said.get("type", ""), text))
        return found

    def feature(self, element: etree._Element, draft: Draft) -> None:
        """Add a feature, by its label."""
        words = self._words
        origin = words.place(draft.origin, element, "feature")
        said, held = words.read(element, self._feature, draft, origin)
        date = words.period(held["valueDate"], draft, origin) if held else None
        label, value = said.get("type", "") or "feature", said.get("value", "")
        further = "alt." if said.get("isPrimary") == "false" else ""
        reliability = said.get("reliability", "")
        note = joined(further, said.get("comments", ""), _RELIABILITY.get(reliability, reliability))
        kind, _ = kind_of(label)
        if date and kind not in _DATED and kind != "attribute":
            note = joined(note, str(date))
        draft.add(Said(label, value or str(date or ""), origin, date=date, note=note))

    def document(self, element: etree._Element, draft: Draft) -> None:
        """Add an identity document; one without a number is an attribute."""
        words = self._words
        origin = words.place(draft.origin, element, "identityDocument")
        said, held = words.read(element, self._document, draft, origin)
        label, number, valid = said.get("type", "") or "document", said.get("documentNumber", ""), said.get("isValid")
        note = joined(
            *self._bearer(said, held.get("idFeatures", ()), draft, origin),
            f"issued in {said['issuingLocation']}" if said.get("issuingLocation") else "",
            "the publisher calls it not valid" if valid == "false" else "",
            said.get("comments", ""),
        )
        if not number:
            draft.attributes.append(Attribute(label, printed(element), note=note, origin=origin))
            draft.add_note("the document has no number", origin)
            return
        stated = Said(
            label,
            number,
            origin,
            said.get("issuingCountry", ""),
            said.get("issuingAuthority", ""),
            issued=words.period(held.get("issueDate", ()), draft, origin),
            expires=words.period(held.get("expirationDate", ()), draft, origin),
            validity=Validity.VALID if valid == "true" else Validity.UNSTATED,
            note=note,
        )
        draft.add(stated)

    def _bearer(
        self, said: dict[str, str], features: Sequence[etree._Element], draft: Draft, origin: Origin
    ) -> list[str]:
        """What the document says of its bearer: another name than the one shown, and features."""
        remarks = []
        name, shown = said.get("name", ""), draft.names[0].text if draft.names else ""
        if name and _bag(name) != _bag(shown):
            remarks.append(f"in the name {name}")
        found = self._words.members(features, self._bearing_tag, draft, origin)
        return [*remarks, *(f"goes with {printed(feature)}" for feature in found)]


def _address(parts: list[tuple[str, str]], code: str | None, country: str, note: str, origin: Origin) -> Address:
    """The parts in their fields; the lines in the order of their numbers."""
    fields = {"city": "", "region": "", "postcode": ""}
    lines = []
    for kind, text in parts:
        if field := _FIELDS.get(kind):
            fields[field] = f"{fields[field]}, {text}" if fields[field] else text
        else:
            lines.append((_LINES.get(kind, len(_LINES)), text))
    lines.sort(key=lambda line: line[0])
    return Address(
        tuple([text for _, text in lines]),
        **fields,
        country=code,
        country_text=country,
        note=note,
        origin=origin,
    )


def _bag(name: str) -> list[str]:
    return sorted(name.casefold().replace(",", " ").split())
