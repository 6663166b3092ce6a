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
_ORDER = (
    NamePartKind.GIVEN,
    NamePartKind.MIDDLE,
    NamePartKind.FAMILY,
    NamePartKind.PATRONYMIC,
    NamePartKind.MATRONYMIC,
    NamePartKind.MAIDEN,
    NamePartKind.NICKNAME,
    NamePartKind.WHOLE,
)
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
_NAME = ("isPrimary", "aliasType", "isLowQuality", "translations", "comments")
_TRANSLATION = (
    "isPrimary",
    "script",
    "formattedFirstName",
    "formattedLastName",
    "formattedFullName",
    "nameParts",
    "comments",
)


def names_of(words: Words, elements: Sequence[etree._Element], draft: Draft, party: Origin) -> list[Name]:
    """The names of an entity, the primary one first; one that cannot be compared becomes a note."""
    found = [name for element in elements for name in _translations(words, element, draft, party)]
    return sorted(found, key=lambda name: name.kind is not NameKind.PRIMARY)


def _translations(words: Words, element: etree._Element, draft: Draft, party: Origin) -> Iterator[Name]:
    said = words.read(element, _NAME, draft, words.place(party, element))
    alias = said.get("aliasType", "")
    primary = said.get("isPrimary") == "true"
    kind, note = (NameKind.PRIMARY, alias) if primary else _alias(alias)
    weak = said.get("isLowQuality") == "true"
    for translation in element.iterfind(f"{words.ns}translations/{words.ns}translation"):
        origin = words.place(party, translation)
        inner = words.read(translation, _TRANSLATION, draft, origin)
        spelling = NameKind.ORIGINAL_SCRIPT if primary and inner.get("isPrimary") == "false" else kind
        remark = joined(note, said.get("comments", ""), inner.get("comments", ""))
        try:
            yield _name(words, translation, inner, (spelling, weak, remark), draft, origin)
        except InvalidNameError as error:
            draft.add_note(str(error), origin)


def _alias(word: str) -> tuple[NameKind, str]:
    return ALIASES.get(word.replace(".", "").lower()) or (NameKind.ALIAS, word)


def _name(  # noqa: PLR0917  (private: one spelling and what its name says of it)
    words: Words,
    element: etree._Element,
    said: dict[str, str],
    given: tuple[NameKind, bool, str],
    draft: Draft,
    origin: Origin,
) -> Name:
    """One spelling.

    Raises:
        InvalidNameError: it holds no letter and no digit.
    """
    kind, weak, note = given
    script = _SCRIPTS.get(said.get("script", ""), "")
    parts = _parts(words, element, draft, origin)
    text, formatted = _in_reading_order(parts, script), said.get("formattedFullName", "")
    if not text:
        text = formatted
    elif _bag(text) != _bag(formatted) or _bag(_formatted_parts(said)) != _bag(formatted):
        note = joined(note, f"formatted: {formatted}")
    stated: dict[str, Any] = {"script": script} if script else {}
    return Name(
        text,
        kind,
        NameStrength.WEAK if weak else NameStrength.STRONG,
        parts=() if all(part.kind is NamePartKind.WHOLE for part in parts) else tuple(parts),
        note=note,
        origin=origin,
        **stated,
    )


def _parts(words: Words, element: etree._Element, draft: Draft, origin: Origin) -> list[NamePart]:
    found = []
    for part in element.iterfind(f"{words.ns}nameParts/{words.ns}namePart"):
        said = words.read(part, ("type", "value"), draft, origin)
        kind = _PARTS.get(said.get("type", ""))
        if kind is None:
            draft.add_note(f"parts of names of no known kind: {said.get('type', '')!r}", origin)
        if said.get("value"):
            found.append(NamePart(kind or NamePartKind.WHOLE, said["value"]))
    return found


def _in_reading_order(parts: list[NamePart], script: str) -> str:
    if script in _FAMILY_FIRST:
        return "".join(part.text for part in sorted(parts, key=lambda part: part.kind is not NamePartKind.FAMILY))
    return " ".join(part.text for part in sorted(parts, key=lambda part: _ORDER.index(part.kind)))


def _formatted_parts(said: dict[str, str]) -> str:
    return f"{said.get('formattedFirstName', '')} {said.get('formattedLastName', '')}"


def _bag(text: str) -> list[str]:
    """The letters of a name, whatever their case, order and marks of direction."""
    return sorted(character for character in text.translate(_MARKS).casefold() if character.isalnum())
