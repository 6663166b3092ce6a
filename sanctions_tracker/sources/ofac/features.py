"""The features of a party: births, countries, addresses, numbers and everything else."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import attrs

from sanctions_tracker.model import (
    Address,
    Attribute,
    Birth,
    CountryTie,
    Identifier,
    Note,
    Origin,
    PartialDate,
)
from sanctions_tracker.model.country import country_code
from sanctions_tracker.model.vocabulary import IdentifierType, TieRole
from sanctions_tracker.sources.ofac.places import Place, Places
from sanctions_tracker.sources.ofac.reference import (
    NO_COUNTRY,
    Reference,
    joined,
    note_unknown,
    printed,
)
from sanctions_tracker.sources.tables import rows

if TYPE_CHECKING:
    from lxml import etree

#: What the publisher says of a value's reliability, in words worth repeating.
_RELIABILITY = {
    "": "",
    "Unknown": "",
    "Confirmed": "confirmed",
    "Reported": "reported",
    "False": "stated by the publisher to be false",
}


@attrs.define
class Version:
    """One FeatureVersion, its codes resolved."""

    label: str
    text: str
    date: PartialDate | None
    place: Place | None
    note: str
    origin: Origin

    def __str__(self) -> str:
        where = self.place.text if self.place else ""
        return " ".join(filter(None, (self.label, self.text, str(self.date or ""), where)))

    def attribute(self) -> Attribute:
        """As it stands, under the publisher's own heading."""
        address = self.place.address("", self.origin) if self.place else None
        value = joined(self.text, str(address or ""))
        note = joined(address.note if address else "", self.note)
        return Attribute(self.label or "feature", value, self.date, note, self.origin)

    def used_for(self, part: str) -> Version:
        """The same with all but ``part`` (text, date or place) in its note."""
        text = self.text if part != "text" else ""
        date = str(self.date) if self.date and part != "date" else ""
        place = self.place.text if self.place and part != "place" else ""
        return attrs.evolve(self, note=joined(text, date, place, self.note)) if text or date or place else self


@attrs.define
class Features:
    """The features of one party, sorted into the model's fields; ``versions`` by id, for documents that name them."""

    births: list[Birth] = attrs.Factory(list)
    countries: list[CountryTie] = attrs.Factory(list)
    addresses: list[Address] = attrs.Factory(list)
    identifiers: list[Identifier] = attrs.Factory(list)
    positions: list[str] = attrs.Factory(list)
    attributes: list[Attribute] = attrs.Factory(list)
    genders: list[str] = attrs.Factory(list)
    versions: dict[str, Version] = attrs.Factory(dict)


_Handler = Callable[[Features, Version, str], None]
#: The part of a version that is needed, who takes it, and what kind of value it is.
_Taker = tuple[str, _Handler | None, str]


class FeatureReader:
    """Turns Feature elements into values."""

    def __init__(self, reference: Reference, places: Places, notes: list[Note]) -> None:
        self._reference = reference
        self._places = places
        self._notes = notes
        self._version_tag, self._link_tag = reference.ns + "FeatureVersion", reference.ns + "IdentityReference"
        self._version_tags = reference.tags("VersionDetail", "DatePeriod", "VersionLocation", "Comment")
        self._silent_links = reference.silent("IdentityFeatureLinkType")
        self._known = {row["label"]: (row["as"], row["type"]) for row in rows("ofac_features")}
        # What each kind of feature needs, and who takes it; a version without it is kept as an attribute.
        self._taken_by: dict[str, _Taker] = {}
        self._handlers: dict[str, tuple[str, _Handler]] = {
            "birth_date": ("date", self._birth_date),
            "founding_date": ("date", self._birth_date),
            "birth_place": ("text", self._birth_place),
            "tie": ("place", self._tie),
            "tie_text": ("text", self._tie_in_words),
            "address": ("place", self._address),
            "position": ("text", self._position),
            "gender": ("text", self._gender),
            "identifier": ("text", self._identifier),
        }

    def read(self, feature: etree._Element, features: Features, identities: list[str], party: Origin) -> None:
        """Add one Feature element to ``features``."""
        label = self._reference.name("FeatureType", feature.get("FeatureTypeID"))
        elements, links = [], []
        for child in feature:
            tag = child.tag
            if tag == self._version_tag:
                elements.append(child)
            elif tag == self._link_tag:
                if child.get("IdentityID") != identities[0] or not self._is_silent(child):
                    links.append(self._link(child, identities))
            else:
                note_unknown(child, party, self._notes)
        if not elements:
            self._notes.append(Note(f"a feature without a value: {label}", party))
        link = joined(*links) if links else ""
        for element in elements:
            for version in self._versions(element, label, link, party):
                features.versions.setdefault(element.get("ID", ""), version)
                self._sort(features, version)

    def _is_silent(self, link: etree._Element) -> bool:
        return link.get("IdentityFeatureLinkTypeID") in self._silent_links

    def _link(self, link: etree._Element, identities: list[str]) -> str:
        """What is worth saying of the tie to an identity: a party has one, as a rule."""
        kind, identity = link.get("IdentityFeatureLinkTypeID"), link.get("IdentityID")
        word = "" if self._is_silent(link) else self._reference.name("IdentityFeatureLinkType", kind)
        return word if identity == identities[0] else joined(word, f"of the identity {identity}")

    def _versions(self, element: etree._Element, label: str, link: str, party: Origin) -> list[Version]:
        """The version; one more for each further place."""
        origin = Origin(party.source, party.record, f"FeatureVersion[@ID='{element.get('ID', '')}']")
        words, dates, places, remarks = [], [], [], []
        for child in element:
            name = self._version_tags.get(child.tag)
            if name == "VersionDetail":
                words.append(self._detail(child))
            elif name == "DatePeriod":
                dates.append(self._date(child, origin))
            elif name == "VersionLocation":
                places.append(self._places.get(child.get("LocationID", ""), origin))
            elif name == "Comment":
                if child.text:
                    remarks.append(child.text.strip())
            else:
                note_unknown(child, origin, self._notes)
        reliability = self._reference.name("Reliability", element.get("ReliabilityID"))
        reliability = _RELIABILITY.get(reliability, reliability)
        if len(dates) > 1:
            remarks.extend(f"also {date}" for date in dates[1:] if date)
        note = joined(*remarks, reliability, link) if remarks or reliability or link else ""
        date, text = dates[0] if dates else None, words[0] if len(words) == 1 else joined(*words)
        return [Version(label, text, date, place, note, origin) for place in places or [None]]

    def _detail(self, element: etree._Element) -> str:
        text = (element.text or "").strip()
        reference = element.get("DetailReferenceID")
        return joined(self._reference.name("DetailReference", reference), text) if reference else text

    def _date(self, element: etree._Element, origin: Origin) -> PartialDate | None:
        try:
            return self._reference.period(element)
        except ValueError as error:
            self._notes.append(
                Note(f"the feature's date is no date: {error}", attrs.evolve(origin, raw=printed(element)))
            )
            return None

    def _sort(self, features: Features, version: Version) -> None:
        part, handler, value = self._taken_by.get(version.label) or self._find_taker(version.label)
        if handler and getattr(version, part):
            handler(features, version.used_for(part), value)
        else:
            features.attributes.append(version.attribute())

    def _find_taker(self, label: str) -> _Taker:
        """What takes a feature of that label; the currency of a wallet stands behind the dash."""
        prefix, dash, _ = label.partition(" - ")
        kind, value = self._known.get(label) or self._known.get(prefix + dash) or ("attribute", "")
        self._taken_by[label] = (*self._handlers.get(kind, ("label", None)), value)
        return self._taken_by[label]

    @staticmethod
    def _birth_date(features: Features, version: Version, _: str) -> None:
        features.births.append(Birth(date=version.date, note=version.note, origin=version.origin))

    @staticmethod
    def _birth_place(features: Features, version: Version, _: str) -> None:
        country = country_code(version.text.rpartition(",")[2])
        features.births.append(Birth(place=version.text, country=country, note=version.note, origin=version.origin))

    def _tie(self, features: Features, version: Version, role: str) -> None:
        """A country as a place: some places give it by code, most in words alone."""
        if version.place:
            country = version.place.country or country_code(version.place.text)
            note = joined(version.place.note, version.note)
            self._add_tie(features, attrs.evolve(version, note=note), role, country, version.place.text)

    def _tie_in_words(self, features: Features, version: Version, role: str) -> None:
        self._add_tie(features, version, role, country_code(version.text), version.text)

    def _add_tie(self, features: Features, version: Version, role: str, country: str | None, text: str) -> None:
        self._note_unknown_country(country, text, version.origin)
        features.countries.append(CountryTie(TieRole(role), country, text, version.note, version.origin))

    def _address(self, features: Features, version: Version, _: str) -> None:
        if version.place:
            self._note_unknown_country(version.place.country, version.place.country_text, version.origin)
            features.addresses.append(version.place.address(version.note, version.origin))

    def _note_unknown_country(self, country: str | None, text: str, origin: Origin) -> None:
        if country is None and text.lower() not in NO_COUNTRY:
            self._notes.append(Note(f"no country is known by the name {text!r}", origin))

    @staticmethod
    def _position(features: Features, version: Version, _: str) -> None:
        features.positions.append(version.text)
        _keep_note(features, version)

    @staticmethod
    def _gender(features: Features, version: Version, _: str) -> None:
        features.genders.append(version.text.lower())
        _keep_note(features, version)

    @staticmethod
    def _identifier(features: Features, version: Version, kind: str) -> None:
        identifier = Identifier(
            IdentifierType(kind), version.text, label=version.label, note=version.note, origin=version.origin
        )
        features.identifiers.append(identifier)


def _keep_note(features: Features, version: Version) -> None:
    """The model's field takes a word alone: what is said of it stands beside, as an attribute."""
    if version.note:
        features.attributes.append(version.attribute())
