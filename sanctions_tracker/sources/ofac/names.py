"""The names of one identity of the advanced format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanctions_tracker.errors import InvalidNameError
from sanctions_tracker.model import Name, NamePart, Note, Origin
from sanctions_tracker.model.vocabulary import NameKind, NamePartKind, NameStrength
from sanctions_tracker.sources.ofac.reference import Reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

_PARTS = {
    "First Name": NamePartKind.GIVEN,
    "Middle Name": NamePartKind.MIDDLE,
    "Last Name": NamePartKind.FAMILY,
    "Patronymic": NamePartKind.PATRONYMIC,
    "Matronymic": NamePartKind.MATRONYMIC,
    "Maiden Name": NamePartKind.MAIDEN,
    "Nickname": NamePartKind.NICKNAME,
}

#: The order in which a name is read; the file writes the family name first.
#: Patronymic and matronymic are the two surnames of Spanish names.
_READING_ORDER = {kind: place for place, kind in enumerate((*_PARTS.values(), NamePartKind.WHOLE))}

#: Scripts that write the family name first and without a space.
_FAMILY_FIRST = frozenset({"Hans", "Hant", "Jpan", "Hang", "Kore"})

_ALIAS_KINDS = {"A.K.A.": NameKind.ALIAS, "F.K.A.": NameKind.FORMER, "N.K.A.": NameKind.ALIAS}

_ALIAS_NOTES = {"N.K.A.": "now known as"}


def names_of(
    identity: etree._Element, reference: Reference, ns: str, party: Origin, notes: list[Note]
) -> dict[str, Name]:
    """DocumentedName id -> name, the primary one first; one that cannot be compared goes to ``notes``."""
    kinds = {
        group.get("ID", ""): _PARTS.get(reference.name("NamePartType", group.get("NamePartTypeID")), NamePartKind.WHOLE)
        for group in identity.iter(ns + "NamePartGroup")
    }
    found: dict[str, Name] = {}
    for alias, documented in _documented(identity, ns):
        origin = Origin(party.source, party.record, f"DocumentedName[@ID='{documented.get('ID')}']")
        try:
            found[documented.get("ID", "")] = _name(alias, documented, reference, ns, kinds, origin)
        except InvalidNameError as error:
            notes.append(Note(str(error), origin))
    return dict(sorted(found.items(), key=lambda item: item[1].kind is not NameKind.PRIMARY))


def _documented(identity: etree._Element, ns: str) -> Iterator[tuple[etree._Element, etree._Element]]:
    for alias in identity.iterchildren(ns + "Alias"):
        for documented in alias.iterchildren(ns + "DocumentedName"):
            yield alias, documented


def _name(
    alias: etree._Element,
    documented: etree._Element,
    reference: Reference,
    ns: str,
    kinds: dict[str, NamePartKind],
    origin: Origin,
) -> Name:
    values = list(documented.iter(ns + "NamePartValue"))
    script = reference.scripts.get(values[0].get("ScriptID", ""), "Zzzz") if values else "Zzzz"
    parts = [
        NamePart(kinds.get(value.get("NamePartGroupID", ""), NamePartKind.WHOLE), (value.text or "").strip())
        for value in values
    ]
    word = reference.name("AliasType", alias.get("AliasTypeID"))
    named = any(part.kind is not NamePartKind.WHOLE for part in parts)
    return Name(
        _in_reading_order(parts, script),
        kind=_kind(word, documented, reference),
        strength=NameStrength.WEAK if alias.get("LowQuality") == "true" else NameStrength.STRONG,
        script=script,
        parts=tuple(parts) if named else (),
        note=_ALIAS_NOTES.get(word, ""),
        origin=origin,
    )


def _in_reading_order(parts: list[NamePart], script: str) -> str:
    if script in _FAMILY_FIRST:
        return "".join(part.text for part in sorted(parts, key=lambda part: part.kind is not NamePartKind.FAMILY))
    return " ".join(part.text for part in sorted(parts, key=lambda part: _READING_ORDER[part.kind]))


def _kind(word: str, documented: etree._Element, reference: Reference) -> NameKind:
    """The alias' kind; the primary name's spelling in its own script is told apart."""
    if word in _ALIAS_KINDS:
        return _ALIAS_KINDS[word]
    primary = reference.name("DocNameStatus", documented.get("DocNameStatusID")) == "Primary Latin"
    return NameKind.PRIMARY if primary else NameKind.ORIGINAL_SCRIPT
