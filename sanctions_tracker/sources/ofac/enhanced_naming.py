"""The names of the enhanced format: each with its translations, that is, its spellings by script."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sanctions_tracker.errors import InvalidNameError
from sanctions_tracker.model import Name, NamePart, Origin
from sanctions_tracker.model.vocabulary import NameKind, NamePartKind, NameStrength
from sanctions_tracker.sources.ofac.drafts import ALIASES, Draft
from sanctions_tracker.sources.ofac.reference import joined
from sanctions_tracker.sources.ofac.words import Words

if TYPE_CHECKING:
    from lxml import etree

_PARTS = {
    "First Name": NamePartKind.GIVEN,
    "Middle Name": NamePartKind.MIDDLE,
    "Nickname": NamePartKind.NICKNAME,
    "Patronymic": NamePartKind.PATRONYMIC,
    "Last Name": NamePartKind.FAMILY,
    "Matronymic": NamePartKind.MATRONYMIC,
    "Maiden Name": NamePartKind.MAIDEN,
    "Entity Name": NamePartKind.WHOLE,
    "Vessel Name": NamePartKind.WHOLE,
    "Aircraft Name": NamePartKind.WHOLE,
}
#: The order in which a name is read, the advanced format's: nicknames come last.
_ORDER = {
    kind: place
    for place, kind in enumerate(
        (
            NamePartKind.GIVEN,
            NamePartKind.MIDDLE,
            NamePartKind.FAMILY,
            NamePartKind.PATRONYMIC,
            NamePartKind.MATRONYMIC,
            NamePartKind.MAIDEN,
            NamePartKind.NICKNAME,
            NamePartKind.WHOLE,
        )
    )
}
#: The publisher's words for scripts -> ISO 15924.
_SCRIPTS = {
    "Latin": "Latn",
    "Arabic": "Arab",
    "Cyrillic": "Cyrl",
    "Chinese Simplified": "Hans",
    "Chinese Traditional": "Hant",
    "Hebrew": "Hebr",
    "Japanese": "Jpan",
    "Korean": "Kore",
    "Greek": "Grek",
    "Thai": "Thai",
    "Armenian": "Armn",
    "Georgian": "Geor",
}
#: Scripts that write the family name first and without a space.
_FAMILY_FIRST = frozenset({"Hans", "Hant", "Jpan", "Kore"})
#: Marks of direction that the formatted names carry.
_MARKS = dict.fromkeys([*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF])
_FORMATTED = ("formattedFirstName", "formattedLastName", "formattedFullName")


class NameReader:
    """Turns the names of an entity into the model's, one for each spelling."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._name_shape = words.shape(("isPrimary", "aliasType", "isLowQuality", "comments"), ("translations",))
        self._spelling_shape = words.shape(("isPrimary", "script", "comments", *_FORMATTED), ("nameParts",))
        self._part_shape = words.shape(("type", "value"))
        self._translation_tag, self._part_tag = words.ns + "translation", words.ns + "namePart"

    def read(self, elements: Sequence[etree._Element], draft: Draft) -> None:
        """Add the names to the draft, the primary one first; one that cannot be compared becomes a note."""
        found = [name for element in elements for name in self._spellings(element, draft)]
        draft.names.extend(sorted(found, key=_is_further) if len(found) > 1 else found)

    def _spellings(self, element: etree._Element, draft: Draft) -> Iterator[Name]:
        words, party = self._words, draft.origin
        place = words.place(party, element, "name")
        said, held = words.read(element, self._name_shape, draft, place)
        alias, primary = said.get("aliasType", ""), said.get("isPrimary") == "true"
        kind, note = (NameKind.PRIMARY, alias) if primary else _alias(alias)
        strength = NameStrength.WEAK if said.get("isLowQuality") == "true" else NameStrength.STRONG
        for spelling in words.members(held.get("translations", ()), self._translation_tag, draft, place):
            origin = words.place(party, spelling, "translation")
            inner, parts = words.read(spelling, self._spelling_shape, draft, origin)
            own = NameKind.ORIGINAL_SCRIPT if primary and inner.get("isPrimary") == "false" else kind
            remark = joined(note, said.get("comments", ""), inner.get("comments", ""))
            found = self._parts(parts.get("nameParts", ()), draft, origin)
            try:
                yield _name(inner, found, (own, strength, remark), origin)
            except InvalidNameError as error:
                draft.add_note(str(error), origin)

    def _parts(self, holders: Sequence[etree._Element], draft: Draft, origin: Origin) -> list[NamePart]:
        found = []
        for part in self._words.members(holders, self._part_tag, draft, origin):
            said, _ = self._words.read(part, self._part_shape, draft, origin)
            kind = _PARTS.get(said.get("type", ""))
            if kind is None:
                draft.add_note(f"parts of names of no known kind: {said.get('type', '')!r}", origin)
            if text := said.get("value"):
                found.append(NamePart(kind or NamePartKind.WHOLE, text))
        return found


def _is_further(name: Name) -> bool:
    return name.kind is not NameKind.PRIMARY


def _alias(word: str) -> tuple[NameKind, str]:
    return ALIASES.get(word.replace(".", "").lower()) or (NameKind.ALIAS, word)


def _name(
    said: dict[str, str], parts: list[NamePart], given: tuple[NameKind, NameStrength, str], origin: Origin
) -> Name:
    """One spelling, and what its name says of it.

    Raises:
        InvalidNameError: it holds no letter and no digit.
    """
    kind, strength, note = given
    script = _SCRIPTS.get(said.get("script", ""), "")
    text, formatted = _in_reading_order(parts, script), said.get("formattedFullName", "")
    if not text:
        text = formatted
    elif not _same_words(text, formatted, said):
        note = joined(note, f"formatted: {formatted}")
    stated: dict[str, Any] = {"script": script} if script else {}
    whole = all(part.kind is NamePartKind.WHOLE for part in parts)
    return Name(text, kind, strength, parts=() if whole else tuple(parts), note=note, origin=origin, **stated)


def _in_reading_order(parts: list[NamePart], script: str) -> str:
    if len(parts) == 1:
        return parts[0].text
    if script in _FAMILY_FIRST:
        return "".join([part.text for part in sorted(parts, key=lambda part: part.kind is not NamePartKind.FAMILY)])
    return " ".join([part.text for part in sorted(parts, key=lambda part: _ORDER[part.kind])])


def _same_words(text: str, formatted: str, said: dict[str, str]) -> bool:
    """Whether the publisher's formatted name, and its two halves, hold the letters of the name and no others."""
    first, last = said.get("formattedFirstName", ""), said.get("formattedLastName", "")
    halves = f"{first} {last}" if first else last
    return _same_letters(text, formatted) and (halves == formatted or _same_letters(halves, formatted))


def _same_letters(one: str, other: str) -> bool:
    one, other = one.casefold(), other.casefold()
    return one == other or _bag(one) == _bag(other)


def _bag(text: str) -> list[str]:
    """The letters of a name in small letters, whatever their order and the marks of direction among them."""
    return sorted(filter(str.isalnum, text if text.isascii() else text.translate(_MARKS)))
