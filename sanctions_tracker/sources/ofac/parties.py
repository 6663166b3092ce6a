"""A party of the advanced format: its names, features, documents and places joined."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from sanctions_tracker.errors import ModelError
from sanctions_tracker.model import Identifier, Name, Note, Origin, Target
from sanctions_tracker.model.vocabulary import TargetKind
from sanctions_tracker.names.script import has_letter_or_digit
from sanctions_tracker.sources.ofac.documents import Documents
from sanctions_tracker.sources.ofac.features import FeatureReader, Features
from sanctions_tracker.sources.ofac.names import NameReader
from sanctions_tracker.sources.ofac.places import Places
from sanctions_tracker.sources.ofac.reference import Reference, children, target_id, texts

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


@attrs.define
class _Draft:
    """What the profiles of one party add up to."""

    kind: TargetKind
    names: list[Name] = attrs.Factory(list)
    features: Features = attrs.Factory(Features)


class PartyReader:
    """Turns DistinctParty elements into targets, with the tables, places and documents of one file at hand."""

    def __init__(self, reference: Reference, notes: list[Note]) -> None:
        self.places = Places(reference, notes)
        self.documents = Documents(reference, self.places, notes)
        self._features = FeatureReader(reference, self.places, notes)
        self._names = NameReader(reference, notes)
        self._tags, self._profile_tags = reference.tags("Comment", "Profile"), reference.tags("Feature", "Identity")
        self._name_path = [reference.ns + name for name in ("Identity", "Alias", "DocumentedName")]
        self._value_tag = reference.ns + "NamePartValue"
        self._profile_tag = reference.ns + "Profile"
        self._reference = reference
        self._notes = notes

    def ids(self, element: etree._Element) -> list[str]:
        """The ids of a party's profiles, none where :meth:`target` would not build it; for a pass that does not."""
        profiles = [one for one in element.iterchildren(self._profile_tag) if one.get("ID", "").strip()]
        named = any(
            has_letter_or_digit(value.text or "")
            for profile in profiles
            for identity in profile.iterchildren(self._name_path[0])
            for alias in identity.iterchildren(self._name_path[1])
            for documented in alias.iterchildren(self._name_path[2])
            for value in documented.iter(self._value_tag)
        )
        return [target_id(profile.get("ID", "")) for profile in profiles] if named else []

    def target(self, element: etree._Element, origin: Origin) -> tuple[Target, list[str]]:
        """The target of a DistinctParty element, and the ids of its further profiles.

        A party has one profile in every file seen; several are read as one target.

        Raises:
            ModelError: it has no profile with an id, or no name that can be compared.
        """
        found = children(element, self._tags, origin, self._notes)
        profiles = [profile for profile in found.get("Profile", ()) if profile.get("ID", "").strip()]
        if not profiles:
            message = "the party has no profile with an id"
            raise ModelError(message)
        if len(found["Profile"]) > 1:
            self._notes.append(Note(f"the party has {len(found['Profile'])} profiles: they are read as one", origin))
        draft = _Draft(self._kind(profiles[0], origin))
        for profile in profiles:
            self._add_profile(draft, profile, origin)
        first, *others = [target_id(profile.get("ID", "")) for profile in profiles]
        return self._built(draft, first, texts(found.get("Comment")), origin), others

    @staticmethod
    def _built(draft: _Draft, number: str, note: str, origin: Origin) -> Target:
        features = draft.features
        return Target(
            id=number,
            kind=draft.kind,
            names=tuple(draft.names),
            births=tuple(features.births),
            countries=tuple(features.countries),
            addresses=tuple(features.addresses),
            identifiers=tuple(features.identifiers),
            positions=tuple(features.positions),
            gender=", ".join(dict.fromkeys(features.genders)),
            attributes=tuple(features.attributes),
            note=note,
            origin=origin,
        )

    def _add_profile(self, draft: _Draft, profile: etree._Element, origin: Origin) -> None:
        found = children(profile, self._profile_tags, origin, self._notes)
        # The primary identity first: a party is shown by its name.
        identities = sorted(found.get("Identity", ()), key=lambda identity: identity.get("Primary") == "false")
        ids = [identity.get("ID", "") for identity in identities] or [""]
        for feature in found.get("Feature", ()):
            self._features.read(feature, draft.features, ids, origin)
        for place, identity in enumerate(identities):
            self._add_identity(draft, identity, origin, further=place > 0)

    def _add_identity(self, draft: _Draft, identity: etree._Element, origin: Origin, *, further: bool) -> None:
        names = self._names.read(identity, origin, further=further)
        draft.names.extend(names.values())
        documents = self.documents.of(identity.get("ID", ""))
        described = {number: str(version) for number, version in draft.features.versions.items()} if documents else {}
        for document in documents:
            value = self.documents.identifier(document, draft.kind, names, described, origin.record)
            if isinstance(value, Identifier):
                draft.features.identifiers.append(value)
            else:
                draft.features.attributes.append(value)

    def _kind(self, profile: etree._Element, origin: Origin) -> TargetKind:
        subtype = profile.get("PartySubTypeID", "")
        word = self._reference.name("PartySubType", subtype)
        kind = _KINDS.get(word) or _KINDS.get(self._reference.party_types.get(subtype, ""))
        if kind is None:
            self._notes.append(Note(f"party subtype {subtype!r} ({word}) is of no known kind", origin))
        return kind or TargetKind.UNKNOWN
