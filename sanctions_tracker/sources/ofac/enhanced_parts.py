"""Addresses, features and identity documents of the enhanced format."""

from __future__ import annotations

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
_LINES = ("ADDRESS1", "ADDRESS2", "ADDRESS3")
_FEATURE = ("type", "versionId", "value", "valueRefId", "valueDate", "isPrimary", "reliability", "comments")
_DOCUMENT = (
    "type",
    "name",
    "documentNumber",
    "isValid",
    "issuingCountry",
    "issuingLocation",
    "issuingAuthority",
    "issueDate",
    "expirationDate",
    "idFeatures",
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

    def address(self, element: etree._Element, draft: Draft, party: Origin) -> None:
        """Add an address: its primary translation; the others stand in its note."""
        words = self._words
        origin = words.place(party, element)
        said = words.read(element, ("country", "translations"), draft, origin)
        country = said.get("country", "")
        parts: list[tuple[str, str]] = []
        remarks: list[str] = []
        for translation in element.iterfind(f"{words.ns}translations/{words.ns}translation"):
            found = self._parts(translation, draft, origin)
            script = translation.findtext(words.ns + "script") or ""
            if translation.findtext(words.ns + "isPrimary") == "false" and found:
                remarks.append(f"{script.strip()}: {', '.join(text for _, text in found)}")
            else:
                parts.extend(found)
        if parts or country or remarks:
            code = words.country(country, draft, origin)
            draft.addresses.append(_address(parts, code, country, joined(*remarks), origin))

    def _parts(self, translation: etree._Element, draft: Draft, origin: Origin) -> list[tuple[str, str]]:
        words = self._words
        words.read(translation, ("isPrimary", "script", "addressParts"), draft, origin)
        found = []
        for part in translation.iterfind(f"{words.ns}addressParts/{words.ns}addressPart"):
            said = words.read(part, ("type", "value"), draft, origin)
            if said.get("value"):
                found.append((said.get("type", ""), said["value"]))
        return found

    def feature(self, element: etree._Element, draft: Draft, party: Origin) -> None:
        """Add a feature, by its label."""
        words = self._words
        origin = words.place(party, element)
        said = words.read(element, _FEATURE, draft, origin)
        date = words.period(element.find(words.ns + "valueDate"), draft, origin)
        reliability = said.get("reliability", "")
        further = "alt." if said.get("isPrimary") == "false" else ""
        note = joined(further, said.get("comments", ""), _RELIABILITY.get(reliability, reliability))
        label, value = said.get("type", "") or "feature", said.get("value", "")
        kind, _ = kind_of(label)
        if date and kind not in _DATED and kind != "attribute":
            note = joined(note, str(date))
        draft.add(Said(label, value or str(date or ""), origin, date=date, note=note))

    def document(self, element: etree._Element, draft: Draft, party: Origin) -> None:
        """Add an identity document; one without a number is an attribute."""
        words = self._words
        origin = words.place(party, element)
        said = words.read(element, _DOCUMENT, draft, origin)
        label, number = said.get("type", "") or "document", said.get("documentNumber", "")
        issued = words.period(element.find(words.ns + "issueDate"), draft, origin)
        expires = words.period(element.find(words.ns + "expirationDate"), draft, origin)
        valid = said.get("isValid", "")
        draft_note = joined(
            *self._bearer(element, draft),
            f"issued in {said['issuingLocation']}" if said.get("issuingLocation") else "",
            "the publisher calls it not valid" if valid == "false" else "",
            said.get("comments", ""),
        )
        stated = Said(
            label,
            number,
            origin,
            said.get("issuingCountry", ""),
            authority=said.get("issuingAuthority", ""),
            issued=issued,
            expires=expires,
            validity=Validity.VALID if valid == "true" else Validity.UNSTATED,
            note=draft_note,
        )
        if number:
            draft.add(stated)
        else:
            draft.attributes.append(Attribute(label, printed(element), note=draft_note, origin=origin))
            draft.add_note("the document has no number", origin)

    def _bearer(self, element: etree._Element, draft: Draft) -> list[str]:
        """What the document says of its bearer: another name than the one shown, and features."""
        words = self._words
        remarks = []
        name = (element.findtext(words.ns + "name") or "").strip()
        shown = draft.names[0].text if draft.names else ""
        if name and _bag(name) != _bag(shown):
            remarks.append(f"in the name {name}")
        features = element.iterfind(f"{words.ns}idFeatures/{words.ns}idFeature")
        return [*remarks, *(f"goes with {printed(feature)}" for feature in features)]


def _bag(name: str) -> list[str]:
    return sorted(name.casefold().replace(",", " ").split())


def _address(parts: list[tuple[str, str]], code: str | None, country: str, note: str, origin: Origin) -> Address:
    fields = {
        field: ", ".join(text for kind, text in parts if _FIELDS.get(kind) == field)
        for field in ("city", "region", "postcode")
    }
    lines = sorted(
        ((_LINES.index(kind) if kind in _LINES else len(_LINES), text) for kind, text in parts if kind not in _FIELDS),
        key=lambda line: line[0],
    )
    return Address(
        lines=tuple(text for _, text in lines),
        **fields,
        country=code,
        country_text=country,
        note=note,
        origin=origin,
    )
