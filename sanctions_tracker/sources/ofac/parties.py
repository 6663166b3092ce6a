"""A party of the advanced format: names, features, documents and places."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import attrs

from sanctions_tracker.errors import ModelError
from sanctions_tracker.model import (
    Address,
    Attribute,
    Birth,
    CountryTie,
    Identifier,
    Name,
    Note,
    Origin,
    PartialDate,
    Target,
)
from sanctions_tracker.model.country import country_code
from sanctions_tracker.model.vocabulary import IdentifierType, TargetKind, TieRole, Validity
from sanctions_tracker.sources.ofac.names import names_of
from sanctions_tracker.sources.ofac.reference import Reference, period_of, target_id, text_of
from sanctions_tracker.sources.tables import mapping, rows

if TYPE_CHECKING:
    from lxml import etree

#: Party type and subtype -> kind. Most subtypes read "Unknown": then the type decides.
_KINDS = {
    "Vessel": TargetKind.VESSEL,
    "Aircraft": TargetKind.AIRCRAFT,
    "Individual": TargetKind.PERSON,
    "Entity": TargetKind.ENTITY,
    "Other Entity": TargetKind.ENTITY,
}

#: What the publisher says of a value's reliability and that is worth repeating.
_RELIABILITY = {"Confirmed": "confirmed", "Reported": "reported", "False": "stated by the publisher to be false"}

_VALIDITY = {"Valid": Validity.VALID, "Fraudulent": Validity.FRAUDULENT}

#: What the publisher writes where no country is known: nothing to interpret.
_NO_COUNTRY = frozenset({"", "undetermined", "unknown", "none identified"})

#: The documents' dates, by the publisher's word.
_DATES = {"Issue Date": "issued", "Expiration Date": "expires"}


@attrs.frozen
class Place:
    """A Location: the parts of an address in words, and its country."""

    id: str
    parts: Mapping[str, str]
    country: str | None
    country_text: str
    note: str


@attrs.frozen
class RegisteredDocument:
    """An IDRegDocument, to be joined to its party by the identity's id."""

    id: str
    label: str
    number: str
    country: str | None
    country_text: str
    authority: str
    validity: Validity
    comment: str
    dates: Mapping[str, PartialDate]
    place: str
    name: str


@attrs.define
class _Features:
    """The features of one party, sorted into the model's fields."""

    births: list[Birth] = attrs.Factory(list)
    countries: list[CountryTie] = attrs.Factory(list)
    addresses: list[Address] = attrs.Factory(list)
    identifiers: list[Identifier] = attrs.Factory(list)
    positions: list[str] = attrs.Factory(list)
    attributes: list[Attribute] = attrs.Factory(list)
    genders: list[str] = attrs.Factory(list)


@attrs.frozen
class _Version:
    """One FeatureVersion, its codes resolved."""

    label: str
    text: str
    date: PartialDate | None
    place: Place | None
    note: str
    origin: Origin


class PartyReader:
    """Turns elements into values, with the tables of one file at hand."""

    def __init__(
        self,
        reference: Reference,
        ns: str,
        places: Mapping[str, Place],
        documents: Mapping[str, list[RegisteredDocument]],
        notes: list[Note],
    ) -> None:
        self._reference = reference
        self._ns = ns
        self._places = places
        self._documents = documents
        self._notes = notes
        self._handlers: dict[str, Callable[[_Features, _Version, str], None]] = {
            "birth_date": self._birth_date,
            "birth_place": self._birth_place,
            "founding_date": self._birth_date,
            "tie": self._tie,
            "tie_text": self._tie_in_words,
            "address": self._address,
            "position": lambda features, version, _: features.positions.append(version.text),
            "gender": lambda features, version, _: features.genders.append(version.text.lower()),
            "identifier": self._identifier,
        }
        self._known = {row["label"]: (row["as"], row["type"]) for row in rows("ofac_features")}

    def place(self, element: etree._Element) -> Place:
        """A Location element."""
        ns, parts, other_scripts = self._ns, {}, []
        code = country = None
        for child in element:
            if child.tag == ns + "LocationPart":
                kind = self._reference.name("LocPartType", child.get("LocPartTypeID"))
                for value in child.iter(ns + "LocationPartValue"):
                    if value.get("Primary") == "true":
                        parts[kind] = text_of(value, ns + "Value")
                    else:
                        other_scripts.append(f"{text_of(value, ns + 'Comment')}: {text_of(value, ns + 'Value')}")
            elif child.tag == ns + "LocationCountry":
                country = child.get("CountryID")
            elif child.tag == ns + "LocationAreaCode":
                code = child.get("AreaCodeID")
        iso, printed = self._reference.country(country or code)
        return Place(element.get("ID", ""), parts, iso, printed, "; ".join(other_scripts))

    def document(self, element: etree._Element) -> RegisteredDocument:
        """An IDRegDocument element."""
        ns, name = self._ns, self._reference.name
        country, printed = self._reference.country(element.get("IssuedBy-CountryID"))
        dates = {}
        for child in element.iterchildren(ns + "DocumentDate"):
            period = child.find(ns + "DatePeriod")
            date = self._period(period, f"IDRegDocument[@ID='{element.get('ID')}']") if period is not None else None
            if date:
                dates[_DATES.get(name("IDRegDocDateType", child.get("IDRegDocDateTypeID")), "issued")] = date
        documented = element.find(ns + "DocumentedNameReference")
        return RegisteredDocument(
            id=element.get("ID", ""),
            label=name("IDRegDocType", element.get("IDRegDocTypeID")),
            number=text_of(element, ns + "IDRegistrationNo"),
            country=country,
            country_text=printed,
            authority=text_of(element, ns + "IssuingAuthority"),
            validity=_VALIDITY.get(name("Validity", element.get("ValidityID")), Validity.UNSTATED),
            comment=text_of(element, ns + "Comment"),
            dates=dates,
            place=element.get("IssuedIn-LocationID", ""),
            name=documented.get("DocumentedNameID", "") if documented is not None else "",
        )

    def target(self, element: etree._Element, origin: Origin) -> Target:
        """A DistinctParty element.

        Raises:
            ModelError: it has no profile, or no name that can be compared.
        """
        ns = self._ns
        profile = element.find(ns + "Profile")
        if profile is None:
            message = "the party has no profile"
            raise ModelError(message)
        kind = self._kind(profile)
        features = _Features()
        for feature in profile.iterchildren(ns + "Feature"):
            for version in feature.iterchildren(ns + "FeatureVersion"):
                self._sort(features, self._version(feature, version, origin))
        names: list[Name] = []
        for identity in profile.iterchildren(ns + "Identity"):
            named = names_of(identity, self._reference, ns, origin, self._notes)
            names.extend(named.values())
            for document in self._documents.get(identity.get("ID", ""), ()):
                self._add_document(features, document, kind, origin, named)
        return Target(
            id=target_id(profile.get("ID", "")),
            kind=kind,
            names=tuple(names),
            births=tuple(features.births),
            countries=tuple(features.countries),
            addresses=tuple(features.addresses),
            identifiers=tuple(features.identifiers),
            positions=tuple(features.positions),
            gender=", ".join(dict.fromkeys(features.genders)),
            attributes=tuple(features.attributes),
            note=text_of(element, ns + "Comment"),
            origin=origin,
        )

    def _kind(self, profile: etree._Element) -> TargetKind:
        subtype = profile.get("PartySubTypeID", "")
        word = self._reference.name("PartySubType", subtype)
        kind = _KINDS.get(word) or _KINDS.get(self._reference.party_types.get(subtype, ""))
        if kind is None:
            self._notes.append(Note(f"party subtype {subtype} ({word}) is of no known kind"))
        return kind or TargetKind.UNKNOWN

    def _period(self, element: etree._Element, locator: str) -> PartialDate | None:
        """The date of a DatePeriod; what makes no date is kept in a note."""
        try:
            return period_of(element, self._ns)
        except ValueError as error:
            printed = "-".join(text.strip() for text in element.itertext() if text.strip())
            self._notes.append(Note(f"{printed} is no date: {error}", Origin("us-ofac-advanced", "", locator, printed)))
            return None

    def _version(self, feature: etree._Element, version: etree._Element, party: Origin) -> _Version:
        ns, name = self._ns, self._reference.name
        locator = f"FeatureVersion[@ID='{version.get('ID')}']"
        text, date, place, comment = "", None, None, ""
        for child in version:
            if child.tag == ns + "VersionDetail":
                reference = child.get("DetailReferenceID")
                text = name("DetailReference", reference) if reference else (child.text or "").strip()
            elif child.tag == ns + "DatePeriod":
                date = self._period(child, locator)
            elif child.tag == ns + "VersionLocation":
                place = self._places.get(child.get("LocationID", ""))
            elif child.tag == ns + "Comment":
                comment = (child.text or "").strip()
        reliability = _RELIABILITY.get(name("Reliability", version.get("ReliabilityID")), "")
        return _Version(
            label=name("FeatureType", feature.get("FeatureTypeID")),
            text=text,
            date=date,
            place=place,
            note="; ".join(part for part in (comment, reliability) if part),
            origin=Origin(party.source, party.record, locator),
        )

    def _sort(self, features: _Features, version: _Version) -> None:
        prefix, dash, _ = version.label.partition(" - ")
        kind, value = self._known.get(version.label) or self._known.get(prefix + dash) or ("attribute", "")
        handler = self._handlers.get(kind)
        if handler and self._complete(kind, version):
            handler(features, version, value)
        else:
            features.attributes.append(_attribute(version))

    @staticmethod
    def _complete(kind: str, version: _Version) -> bool:
        """Whether the version says what its handler needs; else it is kept as an attribute."""
        if kind in {"birth_date", "founding_date"}:
            return version.date is not None
        return version.place is not None if kind in {"tie", "address"} else bool(version.text)

    @staticmethod
    def _birth_date(features: _Features, version: _Version, _: str) -> None:
        features.births.append(Birth(date=version.date, note=version.note, origin=version.origin))

    @staticmethod
    def _birth_place(features: _Features, version: _Version, _: str) -> None:
        country = country_code(version.text.rpartition(",")[2])
        features.births.append(Birth(place=version.text, country=country, note=version.note, origin=version.origin))

    def _tie(self, features: _Features, version: _Version, role: str) -> None:
        """A country as a place: some places give it by code, most in words alone."""
        if version.place:
            text = version.place.country_text or ", ".join(version.place.parts.values())
            self._add_tie(features, version, role, version.place.country or country_code(text), text)

    def _tie_in_words(self, features: _Features, version: _Version, role: str) -> None:
        self._add_tie(features, version, role, country_code(version.text), version.text)

    def _add_tie(self, features: _Features, version: _Version, role: str, country: str | None, text: str) -> None:
        self._note_unknown_country(country, text, version.origin)
        features.countries.append(CountryTie(TieRole(role), country, text, version.note, version.origin))

    def _address(self, features: _Features, version: _Version, _: str) -> None:
        if version.place:
            self._note_unknown_country(version.place.country, version.place.country_text, version.origin)
            features.addresses.append(_address_of(version.place, version))

    def _note_unknown_country(self, country: str | None, text: str, origin: Origin) -> None:
        if country is None and text.lower() not in _NO_COUNTRY:
            self._notes.append(Note(f"no country is known by the name {text!r}", origin))

    @staticmethod
    def _identifier(features: _Features, version: _Version, kind: str) -> None:
        identifier = Identifier(
            IdentifierType(kind), version.text, label=version.label, note=version.note, origin=version.origin
        )
        features.identifiers.append(identifier)

    def _add_document(
        self,
        features: _Features,
        document: RegisteredDocument,
        kind: TargetKind,
        party: Origin,
        names: Mapping[str, Name],
    ) -> None:
        origin = Origin(party.source, party.record, f"IDRegDocument[@ID='{document.id}']")
        fields = self._document_fields(document, kind, names)
        try:
            features.identifiers.append(Identifier(**fields, origin=origin))
        except ModelError as error:
            self._notes.append(Note(str(error), origin))
            features.attributes.append(Attribute(document.label or "document", document.number, origin=origin))

    def _document_fields(
        self, document: RegisteredDocument, kind: TargetKind, names: Mapping[str, Name]
    ) -> dict[str, Any]:
        place = self._places.get(document.place)
        issued_in = f"issued in {', '.join(place.parts.values())}" if place else ""
        bearer = names.get(document.name)
        in_name = f"in the name {bearer.text}" if bearer and bearer is not next(iter(names.values())) else ""
        known_country = document.country or not document.country_text
        return {
            "type": _document_type(document, kind),
            "number": document.number,
            "label": document.label,
            "country": document.country,
            "issuer": document.authority if known_country else f"{document.country_text} {document.authority}".strip(),
            "issued": document.dates.get("issued"),
            "expires": document.dates.get("expires"),
            "validity": document.validity,
            "note": "; ".join(part for part in (document.comment, issued_in, in_name) if part),
        }


def _attribute(version: _Version) -> Attribute:
    place = str(_address_of(version.place, version)) if version.place else ""
    value = "; ".join(part for part in (version.text, place) if part)
    return Attribute(version.label or "feature", value, version.date, version.note, version.origin)


def _address_of(place: Place, version: _Version) -> Address:
    lines = [place.parts[key] for key in ("Unknown", "ADDRESS1", "ADDRESS2", "ADDRESS3") if place.parts.get(key)]
    region = ", ".join(place.parts[key] for key in ("STATE/PROVINCE", "REGION") if place.parts.get(key))
    return Address(
        lines=tuple(lines),
        city=place.parts.get("CITY", ""),
        region=region,
        postcode=place.parts.get("POSTAL CODE", ""),
        country=place.country,
        country_text=place.country_text,
        note="; ".join(part for part in (place.note, version.note) if part),
        origin=version.origin,
    )


def _document_type(document: RegisteredDocument, kind: TargetKind) -> IdentifierType:
    """By the publisher's label; IMO numbers by whose they are.

    Companies have IMO numbers of their own, under labels that say nothing of it.
    """
    types = mapping("ofac_documents", "label", "type")
    if document.number.upper().startswith("IMO ") or "Maritime Organi" in document.authority:
        return IdentifierType.IMO_VESSEL if kind is TargetKind.VESSEL else IdentifierType.IMO_COMPANY
    return IdentifierType(types.get(document.label, "other"))
