"""The names of one identity of the advanced format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from sanctions_tracker.errors import InvalidNameError
from sanctions_tracker.model import Name, NamePart, Note, Origin
from sanctions_tracker.model.vocabulary import NameKind, NamePartKind, NameStrength
from sanctions_tracker.sources.ofac.reference import Reference, children, flag, joined, note_unknown

if TYPE_CHECKING:
    from lxml import etree

_PARTS = {
    "First Name": NamePartKind.GIVEN,
    "Middle Name": NamePartKind.MIDDLE,
    "Last Name": NamePartKind.FAMILY,
    "Patronymic": NamePartKind.PATRONYMIC,
    "Matronymic": NamePartKind.MATRONYMIC,
    "Maiden Name": NamePartKind.MAIDEN,
    "Nickname": NamePartKind.NICKNAME,
    "Entity Name": NamePartKind.WHOLE,
    "Vessel Name": NamePartKind.WHOLE,
    "Aircraft Name": NamePartKind.WHOLE,
}

#: The order in which a name is read; the file writes the family name first.
#: Patronymic and matronymic are the two surnames of Spanish names.
_READING_ORDER = {kind: place for place, kind in enumerate(dict.fromkeys(_PARTS.values()))}

#: Scripts that write the family name first and without a space.
_FAMILY_FIRST = frozenset({"Hans", "Hant", "Jpan", "Hang", "Kore"})

_ALIAS_KINDS = {"A.K.A.": NameKind.ALIAS, "F.K.A.": NameKind.FORMER, "N.K.A.": NameKind.ALIAS}

#: What the alias type says beyond the kind; other types are kept in words.
_ALIAS_NOTES = {"A.K.A.": "", "F.K.A.": "", "N.K.A.": "now known as", "Name": "", "": ""}


class NameReader:
    """Turns Identity elements into names, with the tables of one file at hand."""

    def __init__(self, reference: Reference, notes: list[Note]) -> None:
        self._reference = reference
        self._notes = notes
        self._tags = reference.tags("Alias", "NamePartGroups")
        self._silent = reference.silent("ScriptStatus")
        self._name_tag, self._value_tag = reference.ns + "DocumentedName", reference.ns + "NamePartValue"

    def read(self, identity: etree._Element, party: Origin, *, further: bool = False) -> dict[str, Name]:
        """DocumentedName id -> name, the primary one first; one that cannot be compared becomes a note.

        ``further`` says that the party is shown by the name of another identity.
        """
        origin = Origin(party.source, party.record, f"Identity[@ID='{identity.get('ID', '')}']")
        aliases = children(identity, self._tags, origin, self._notes).get("Alias", ())
        remark = joined(
            "of a further identity" if further else "",
            "of an identity that the publisher calls false" if flag(identity, "False", origin, self._notes) else "",
        )
        kinds = self._kinds(identity, origin)
        found: dict[str, Name] = {}
        for alias, documented in self._documented(aliases, origin):
            number = documented.get("ID", "")
            place = Origin(party.source, party.record, f"DocumentedName[@ID='{number}']")
            try:
                name = self._name(alias, documented, kinds, remark, place)
            except InvalidNameError as error:
                self._notes.append(Note(str(error), place))
            else:
                # Two of one id are both kept; what refers to the id means the first.
                found[number if number not in found else f"{number} #{len(found)}"] = name
        return dict(sorted(found.items(), key=lambda item: item[1].kind is not NameKind.PRIMARY))

    def _documented(
        self, aliases: Iterable[etree._Element], origin: Origin
    ) -> Iterator[tuple[etree._Element, etree._Element]]:
        """Each DocumentedName with its Alias."""
        for alias in aliases:
            for child in alias:
                if child.tag == self._name_tag:
                    yield alias, child
                else:
                    note_unknown(child, origin, self._notes)

    def _kinds(self, identity: etree._Element, origin: Origin) -> dict[str, NamePartKind]:
        """What the parts of each group are."""
        kinds = {}
        for group in identity.iter(self._reference.ns + "NamePartGroup"):
            word = self._reference.name("NamePartType", group.get("NamePartTypeID"))
            kind = _PARTS.get(word)
            if kind is None:
                self._notes.append(Note(f"parts of names of no known kind: {word!r}", origin))
            kinds[group.get("ID", "")] = kind or NamePartKind.WHOLE
        return kinds

    def _name(
        self,
        alias: etree._Element,
        documented: etree._Element,
        kinds: dict[str, NamePartKind],
        remark: str,
        origin: Origin,
    ) -> Name:
        """One DocumentedName.

        Raises:
            InvalidNameError: it holds no letter and no digit.
        """
        values = list(documented.iter(self._value_tag))
        parts = [NamePart(self._part_kind(value, kinds, origin), (value.text or "").strip()) for value in values]
        word = self._reference.name("AliasType", alias.get("AliasTypeID"))
        script, remarks = self._script(values)
        weak = flag(alias, "LowQuality", origin, self._notes)
        stated: dict[str, Any] = {"script": script} if script else {}
        return Name(
            _in_reading_order(parts, script),
            kind=self._kind(word, alias, documented, script),
            strength=NameStrength.WEAK if weak else NameStrength.STRONG,
            parts=() if all(part.kind is NamePartKind.WHOLE for part in parts) else tuple(parts),
            note=joined(_ALIAS_NOTES.get(word, word), *remarks, remark),
            origin=origin,
            **stated,
        )

    def _part_kind(self, value: etree._Element, kinds: dict[str, NamePartKind], origin: Origin) -> NamePartKind:
        group = value.get("NamePartGroupID", "")
        kind = kinds.get(group)
        if kind is None:
            self._notes.append(Note(f"a part of the name belongs to no group of the identity: {group!r}", origin))
        return kind or NamePartKind.WHOLE

    def _script(self, values: list[etree._Element]) -> tuple[str, list[str]]:
        """The script that all parts are in, empty where they differ or do not say; and what else is said of them."""
        remarks: list[str] = []
        scripts: set[str | None] = set()
        for value in values:
            scripts.add(value.get("ScriptID"))
            if value.get("ScriptStatusID") not in self._silent:
                remarks.append(f"script: {self._reference.name('ScriptStatus', value.get('ScriptStatusID'))}")
            if value.get("Acronym", "false") != "false":
                remarks.append(f"acronym: {(value.text or '').strip()}")
        known = [self._reference.script(code) or "" for code in scripts]
        return known[0] if len(known) == 1 else "", list(dict.fromkeys(remarks)) if remarks else remarks

    def _kind(self, word: str, alias: etree._Element, documented: etree._Element, script: str) -> NameKind:
        """The alias' kind; the primary name's spelling in its own script is told apart."""
        if word in _ALIAS_KINDS:
            return _ALIAS_KINDS[word]
        if word != "Name" and alias.get("Primary") not in {"true", "1"}:
            return NameKind.ALIAS
        status = self._reference.name("DocNameStatus", documented.get("DocNameStatusID"))
        primary = status == "Primary Latin" or (not status and script in {"", "Latn"})
        return NameKind.PRIMARY if primary else NameKind.ORIGINAL_SCRIPT


def _in_reading_order(parts: list[NamePart], script: str) -> str:
    if len(parts) == 1:
        return parts[0].text
    if script in _FAMILY_FIRST:
        return "".join([part.text for part in sorted(parts, key=lambda part: part.kind is not NamePartKind.FAMILY)])
    ordered = sorted(parts, key=lambda part: _READING_ORDER[part.kind])
    return " ".join([part.text for part in ordered if part.text])
