"""Names in parts, each part with spellings of its own in other languages and scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from sanctions_tracker.model import Name, NamePart
from sanctions_tracker.model.vocabulary import NameKind, NamePartKind, NameStrength
from sanctions_tracker.names.script import has_letter_or_digit
from sanctions_tracker.sources import tables
from sanctions_tracker.sources.ch.record import Record, text_of

if TYPE_CHECKING:
    from lxml import etree

_KINDS = {"primary-name": NameKind.PRIMARY, "alias": NameKind.ALIAS, "formerly-known-as": NameKind.FORMER}
_STRENGTHS = {"good": NameStrength.STRONG, "low": NameStrength.WEAK, "": NameStrength.STRONG}
_PARTS = {
    "given-name": NamePartKind.GIVEN,
    "further-given-name": NamePartKind.MIDDLE,
    "father-name": NamePartKind.PATRONYMIC,
    "grand-father-name": NamePartKind.PATRONYMIC,
    "family-name": NamePartKind.FAMILY,
    "maiden-name": NamePartKind.MAIDEN,
    "whole-name": NamePartKind.WHOLE,
}
#: Parts of a name that have no kind in the model; a title stands apart from the name.
_OTHER_PARTS = frozenset({"suffix", "tribal-name", "other", "title"})
_TITLE = "title"
_ORDER = re.compile(r"\d{1,4}", re.ASCII)
#: A name of more spellings in all, or of more characters, is no name: its spellings are not written out.
_MOST_VARIANTS, _LONGEST = 256, 10_000
#: So many spellings of one name are written out; of more, each part's spelling beside the others' first.
_MOST = 16


class _Part(NamedTuple):
    kind: str
    value: str
    variants: dict[tuple[str, str], list[str]]


@lru_cache(maxsize=1)
def _languages() -> dict[str, str]:
    return tables.mapping("ch_languages", "word", "tag")


def names(record: Record, party: etree._Element) -> tuple[Name, ...]:
    """The distinct names of all identities, those of the main one first."""
    identities = sorted(party.iterchildren("identity"), key=lambda identity: identity.get("main") != "true")
    distinct: dict[tuple[str, NameKind, NameStrength], Name] = {}
    for number, identity in enumerate(identities):
        for element in identity.iterchildren("name"):
            for name in _spelt(record, element, main=number == 0):
                distinct.setdefault((name.text, name.kind, name.strength), name)
    ordered = sorted(distinct.values(), key=lambda name: name.kind is not NameKind.PRIMARY)
    if ordered and ordered[0].kind is not NameKind.PRIMARY:
        record.note("the record has no primary name", "identity/name", "")
    return tuple(ordered)


def _spelt(record: Record, element: etree._Element, *, main: bool) -> Iterator[Name]:
    path = f"name[@ssid='{element.get('ssid', '')}']"
    kind, strength = _standing(record, element, path)
    if not main and kind is NameKind.PRIMARY:
        kind = NameKind.ALIAS  # the name of another identity that the party uses
    parts = _parts(record, element, path)
    language = _language(record, element.get("lang", ""), path)
    text = " ".join(part.value for part in parts)
    if has_letter_or_digit(text):
        told = tuple(NamePart(_PARTS[part.kind], part.value) for part in parts if part.kind in _PARTS)
        yield Name(text, kind, strength, language=language, parts=told, origin=record.origin(path))
    elif text:
        record.note("a name without letter or digit", path, text)
        record.keep("name", text, path)
    if not _can_be_written_out(parts):
        record.note("more spellings than can be written out", path, "")
        for _, spelling in _variants(parts):
            record.keep("spelling-variant", spelling, path)
        return
    for tag, script in dict.fromkeys(key for key, _ in _variants(parts)):
        variant_kind = NameKind.ALIAS if kind is NameKind.PRIMARY else kind
        if kind is NameKind.PRIMARY and script not in {"LATN", ""}:
            variant_kind = NameKind.ORIGINAL_SCRIPT
        tongue = _language(record, tag, path)
        for spelling in _combined(parts, (tag, script)):
            if has_letter_or_digit(spelling):
                origin = record.origin(f"{path}/name-part/spelling-variant", spelling)
                yield Name(spelling, variant_kind, strength, language=tongue, origin=origin)


def _variants(parts: list[_Part]) -> Iterator[tuple[tuple[str, str], str]]:
    """The language and script, and the text, of each spelling of each part."""
    for part in parts:
        for key, spellings in part.variants.items():
            for spelling in spellings:
                yield key, spelling


def _can_be_written_out(parts: list[_Part]) -> bool:
    count, length = 0, sum(len(part.value) for part in parts)
    for _, spelling in _variants(parts):
        count, length = count + 1, length + len(spelling)
    return count <= _MOST_VARIANTS and length <= _LONGEST


def _standing(record: Record, element: etree._Element, path: str) -> tuple[NameKind, NameStrength]:
    word, quality = element.get("name-type", ""), element.get("quality", "")
    kind, strength = _KINDS.get(word), _STRENGTHS.get(quality)
    if kind is None:
        record.note("unknown type of name, read as an alias", f"{path}/@name-type", word)
        record.keep("name-type", word, path)
    if strength is None:
        record.note("unknown quality of name, read as strong", f"{path}/@quality", quality)
        record.keep("name quality", quality, path)
    return kind or NameKind.ALIAS, strength or NameStrength.STRONG


def _language(record: Record, word: str, path: str) -> str:
    tag = _languages().get(word.casefold(), "")
    if word and not tag:
        record.note("unknown language", path, word)
        record.keep("lang", word, path)
    return tag


def _parts(record: Record, element: etree._Element, path: str) -> list[_Part]:
    """The parts in the publisher's order; titles become attributes."""
    found = []
    for number, child in enumerate(element.iterchildren("name-part"), 1):
        kind, value = child.get("name-part-type", ""), text_of(child.find("value"))
        if kind not in _PARTS and kind not in _OTHER_PARTS:
            record.note("unknown part of a name", f"{path}/name-part/@name-part-type", kind)
            record.keep("name-part-type", kind, path)
        variants: dict[tuple[str, str], list[str]] = {}
        for variant in child.iterchildren("spelling-variant"):
            if text := text_of(variant):
                variants.setdefault((variant.get("lang", ""), variant.get("script", "").upper()), []).append(text)
        if kind == _TITLE:
            for text in (value, *(text for spellings in variants.values() for text in spellings)):
                record.keep("Title", text, f"{path}/name-part")
        elif value or variants:
            order = child.get("order", "")
            place = int(order) if _ORDER.fullmatch(order) else number
            found.append((place, _Part(kind, value, variants)))
    return [part for _, part in sorted(found, key=lambda numbered: numbered[0])]


def _combined(parts: list[_Part], key: tuple[str, str]) -> list[str]:
    """The whole name in one language and script.

    A part without a spelling of its own there stands as in the name itself,
    unless the script is another: then it is left out.
    """
    latin = key[1] in {"LATN", ""}
    choices = [part.variants.get(key) or ([part.value] if latin else []) for part in parts]
    choices = [choice for choice in choices if choice and choice != [""]]
    count = 1
    for choice in choices:
        count *= len(choice)
    if count <= _MOST:
        return [" ".join(words) for words in product(*choices)]
    first = [choice[0] for choice in choices]
    return list(
        dict.fromkeys(
            " ".join([*first[:at], word, *first[at + 1 :]]) for at, choice in enumerate(choices) for word in choice
        )
    )
