"""The registered documents of the advanced format: passports, registrations, IMO numbers and the like."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import attrs

from sanctions_tracker.errors import ModelError
from sanctions_tracker.model import Attribute, Identifier, Name, Note, Origin, PartialDate
from sanctions_tracker.model.vocabulary import IdentifierType, TargetKind, Validity
from sanctions_tracker.sources.ofac.places import Places
from sanctions_tracker.sources.ofac.reference import LIST_ID, NO_COUNTRY, Reference, children, joined, printed, texts
from sanctions_tracker.sources.tables import mapping

if TYPE_CHECKING:
    from lxml import etree

_CHILDREN = (
    "Comment",
    "IDRegistrationNo",
    "IssuingAuthority",
    "DocumentDate",
    "DocumentedNameReference",
    "FeatureVersionReference",
)

_VALIDITY = {"Valid": Validity.VALID, "Fraudulent": Validity.FRAUDULENT, "": Validity.UNSTATED}

_ISSUED, _EXPIRES = "Issue Date", "Expiration Date"


@attrs.frozen
class RegisteredDocument:
    """An IDRegDocument, to be joined to its party by the identity's id.

    ``names`` and ``features`` are the ids of what it bears; ``remarks`` what
    no field of the model takes.
    """

    label: str
    number: str
    country: str | None
    country_text: str
    authority: str
    validity: Validity
    issued: PartialDate | None
    expires: PartialDate | None
    place: str
    names: tuple[str, ...]
    features: tuple[str, ...]
    remarks: tuple[str, ...]
    id: str

    @property
    def locator(self) -> str:
        """Where it stands in the file."""
        return f"IDRegDocument[@ID='{self.id}']"


class Documents:
    """The documents of one file, by the identity that they belong to, until a party asks for them."""

    def __init__(self, reference: Reference, places: Places, notes: list[Note]) -> None:
        self._reference = reference
        self._places = places
        self._notes = notes
        self._tags = reference.tags(*_CHILDREN)
        self._found: defaultdict[str, list[RegisteredDocument]] = defaultdict(list)

    def add(self, element: etree._Element) -> None:
        """Read an IDRegDocument element."""
        self._found[element.get("IdentityID", "")].append(self._document(element))

    def of(self, identity: str) -> list[RegisteredDocument]:
        """Hand over the documents of an identity."""
        return self._found.pop(identity, []) if identity else []

    def leftovers(self) -> Iterator[Note]:
        """A note for each document that no party has."""
        for identity, documents in self._found.items():
            for document in documents:
                text = f"the file does not hold the identity {identity!r} of {document.label} {document.number}"
                yield Note(text, Origin(LIST_ID, "", document.locator))

    def _document(self, element: etree._Element) -> RegisteredDocument:
        name, number = self._reference.name, element.get("ID", "")
        origin = Origin(LIST_ID, "", f"IDRegDocument[@ID='{number}']")
        found = children(element, self._tags, origin, self._notes)
        country, country_text = self._reference.country(element.get("IssuedBy-CountryID"))
        validity = name("Validity", element.get("ValidityID"))
        dates, remarks = self._dates(found.get("DocumentDate", ()), origin)
        return RegisteredDocument(
            label=name("IDRegDocType", element.get("IDRegDocTypeID")),
            number=texts(found.get("IDRegistrationNo")),
            country=country,
            country_text=country_text,
            authority=texts(found.get("IssuingAuthority")),
            validity=_VALIDITY.get(validity, Validity.UNSTATED),
            issued=dates.get(_ISSUED),
            expires=dates.get(_EXPIRES),
            place=element.get("IssuedIn-LocationID", ""),
            names=tuple(link.get("DocumentedNameID", "") for link in found.get("DocumentedNameReference", ())),
            features=tuple(link.get("FeatureVersionID", "") for link in found.get("FeatureVersionReference", ())),
            remarks=(texts(found.get("Comment")), *remarks, "" if validity in _VALIDITY else validity),
            id=number,
        )

    def _dates(
        self, elements: list[etree._Element] | tuple[()], origin: Origin
    ) -> tuple[dict[str, PartialDate], list[str]]:
        """The first date of each type that has a field of its own; the others in words."""
        dates: dict[str, PartialDate] = {}
        others: list[str] = []
        for element in elements:
            label = self._reference.name("IDRegDocDateType", element.get("IDRegDocDateTypeID")) or "date"
            for period in element.iterchildren("*"):
                date = self._date(period, origin)
                if date and label in {_ISSUED, _EXPIRES} and label not in dates:
                    dates[label] = date
                elif date:
                    others.append(f"{label}: {date}")
        return dates, others

    def _date(self, period: etree._Element, origin: Origin) -> PartialDate | None:
        try:
            return self._reference.period(period)
        except ValueError as error:
            self._notes.append(
                Note(f"the document's date is no date: {error}", attrs.evolve(origin, raw=printed(period)))
            )
            return None

    def identifier(
        self,
        document: RegisteredDocument,
        kind: TargetKind,
        names: Mapping[str, Name],
        features: Mapping[str, str],
        record: str,
    ) -> Identifier | Attribute:
        """A document as an identifier of its party; as an attribute where it has no number.

        ``names`` and ``features`` are the party's, by the ids that documents name them by.
        """
        origin = Origin(LIST_ID, record, document.locator)
        note = self._note(document, names, features, origin)
        if not document.number:
            self._notes.append(Note("the document has no number", origin))
            dates = f"{document.issued or ''}/{document.expires or ''}" if document.issued or document.expires else ""
            words = (document.country_text, document.authority, dates, document.validity.value, note)
            return Attribute(document.label or "document", "", note=joined(*words), origin=origin)
        return self._built(document, kind, note, origin)

    def _built(self, document: RegisteredDocument, kind: TargetKind, note: str, origin: Origin) -> Identifier:
        known_country = document.country or document.country_text.lower() in NO_COUNTRY
        identifier = Identifier(
            _type(document, kind),
            document.number,
            label=document.label,
            country=document.country,
            issuer=document.authority if known_country else joined(document.country_text, document.authority),
            validity=document.validity,
            note=note,
            origin=origin,
        )
        if not document.issued and not document.expires:
            return identifier
        try:
            return attrs.evolve(identifier, issued=document.issued, expires=document.expires)
        except ModelError as error:  # it expires before its issue: both dates are kept in words
            self._notes.append(Note(str(error), origin))
            dates = f"issued {document.issued}, expires {document.expires}"
            return attrs.evolve(identifier, note=joined(note, dates))

    def _note(
        self, document: RegisteredDocument, names: Mapping[str, Name], features: Mapping[str, str], origin: Origin
    ) -> str:
        """All remarks, with the place of issue and what the document itself says of its bearer."""
        remarks = [*document.remarks]
        if document.country is None and document.country_text.lower() not in NO_COUNTRY:
            self._notes.append(Note(f"no country is known by the name {document.country_text!r}", origin))
        place = self._places.get(document.place, origin) if document.place else None
        if place:
            remarks.append(f"issued in {place.text}")
        shown = next(iter(names.values()), None)
        for number in document.names:
            if number not in names:
                self._notes.append(Note(f"the party does not hold the name {number!r} of its document", origin))
            elif names[number] is not shown:
                remarks.append(f"in the name {names[number].text}")
        for number in document.features:
            if number in features:
                remarks.append(f"goes with {features[number]}")
            else:
                self._notes.append(Note(f"the party does not hold the feature {number!r} of its document", origin))
        return joined(*remarks)


def _type(document: RegisteredDocument, kind: TargetKind) -> IdentifierType:
    """By the publisher's label; IMO numbers by whose they are.

    Companies have IMO numbers of their own, under labels that say nothing of it.
    """
    if document.number.upper().startswith("IMO ") or "Maritime Organi" in document.authority:
        return IdentifierType.IMO_VESSEL if kind is TargetKind.VESSEL else IdentifierType.IMO_COMPANY
    return IdentifierType(mapping("ofac_documents", "label", "type").get(document.label, "other"))
