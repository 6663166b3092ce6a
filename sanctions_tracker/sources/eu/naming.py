"""The names of a record: which is shown, which are former, which are weak."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from sanctions_tracker.model import Attribute, Name, NamePart, Origin
from sanctions_tracker.model.vocabulary import NameKind, NamePartKind, NameStrength
from sanctions_tracker.names.script import UNDETERMINED, has_letter_or_digit, script_of
from sanctions_tracker.sources import tables
from sanctions_tracker.sources.eu.record import ACT_LANGUAGE, LIST_ID, Part, Record, joined

_PARTS = (
    (NamePartKind.TITLE, "title"),
    (NamePartKind.GIVEN, "firstName"),
    (NamePartKind.MIDDLE, "middleName"),
    (NamePartKind.FAMILY, "lastName"),
)
_GENDERS = {"M": "male", "F": "female"}
#: ``low quality alias``, ``Low quality a.k.a.``, ``Lo quality alias``.
_WEAK = re.compile(r"\blow?[\s-]+quality\b", re.IGNORECASE)
#: ``former name of X`` says that the name is one of X's; ``formerly known as X`` would say that it is none.
_FORMER = re.compile(r"(?:former|previous) name of\b.*", re.IGNORECASE | re.DOTALL)
#: In which languages a name is shown: the publisher leaves English unsaid, or says it.
_SHOWN = frozenset({"", "en"})
_COMMON = r"\x00-\x40\x5b-\x60\x7b-\xa0\u2010-\u2027"
_LATIN = r"A-Za-z\xc0-\xd6\xd8-\xf6\xf8-\u024f\u1e00-\u1eff"
_CYRILLIC = r"\u0400-\u0481\u048a-\u052f"
#: Texts that plainly are of one script, told without looking at each letter; all others go to ``script_of``.
_PLAIN = re.compile(
    rf"[{_COMMON}]*(?:(?P<Latn>[{_LATIN}][{_LATIN}{_COMMON}]*)|(?P<Cyrl>[{_CYRILLIC}][{_CYRILLIC}{_COMMON}]*))"
)


class _Said(NamedTuple):
    """What is said of a name beside it: what it is, how strong, in which language, and the words themselves."""

    kind: NameKind
    strength: NameStrength
    rank: int
    language: str
    note: str
    unknown: bool


class _Found(NamedTuple):
    rank: int
    part: Part
    text: str
    script: str
    said: _Said


class Naming(NamedTuple):
    """What the nameAlias elements say: names, texts that are none, functions and the gender."""

    names: tuple[Name, ...]
    texts: tuple[Attribute, ...]
    positions: tuple[str, ...]
    gender: str


@lru_cache(maxsize=1)
def _kinds() -> dict[str, NameKind]:
    return {remark: NameKind(kind) for remark, kind in tables.mapping("eu_name_remarks", "remark", "kind").items()}


@lru_cache(maxsize=1)
def _languages() -> dict[str, str]:
    return tables.mapping("eu_languages", "code", "tag")


@lru_cache(maxsize=4096)
def _said(remark: str, strong: str, code: str, act_language: str) -> _Said:
    """Read what stands beside a name. The attribute ``strong`` has never been anything but true."""
    weak = strong.casefold() in {"false", "0"} or _WEAK.search(remark)
    kind = _kinds().get(remark.casefold().strip(" ().:;,’'"), NameKind.ALIAS)
    if _FORMER.fullmatch(remark):
        kind = NameKind.FORMER
    code = code.strip()
    language = _languages().get(code.upper(), "")
    unlike = f"nameLanguage: {code}" if language != code.lower() else ""
    rank = (8 if weak else 0) + (4 if kind is not NameKind.ALIAS else 0) + (language not in _SHOWN)
    strength = NameStrength.WEAK if weak else NameStrength.STRONG
    return _Said(kind, strength, rank, language, joined(remark, unlike, act_language), bool(code) and not language)


_part = lru_cache(maxsize=65536)(NamePart)


def naming(record: Record) -> Naming:
    """The names by the publisher's number, the one to show first.

    The publisher marks none as the main one. Shown is the first strong name in
    Latin letters without a language or in English; else the first in Latin
    letters; else the first.
    """
    found: list[_Found] = []
    texts: list[Attribute] = []
    functions: dict[str, None] = {}
    genders: dict[str, None] = {}
    for part in record.parts["nameAlias"]:
        fields = part.fields
        if text := fields.get("function"):
            functions[text.strip()] = None
        if text := fields.get("gender"):
            genders[text.strip()] = None
        _read(record, part, found, texts)
    names: tuple[Name, ...] = ()
    if found:
        shown = min(found, key=_rank)
        first = _name(record.id, shown, NameKind.PRIMARY)
        names = (first, *[_name(record.id, each, each.said.kind) for each in found if each is not shown])
    return Naming(names, tuple(texts), tuple(filter(None, functions)), _gender(record, genders))


def _rank(found: _Found) -> int:
    """Of two names of one rank the earlier one is shown."""
    return found.rank


def _read(record: Record, part: Part, found: list[_Found], texts: list[Attribute]) -> None:
    """Read one nameAlias: a name, or a text that no comparison could use."""
    fields = part.fields
    text = fields.get("wholeName", "").strip() or _whole_name(part)
    script = _script(text)
    if script == UNDETERMINED and not has_letter_or_digit(text):
        if text:
            record.note("a name without letter or digit", part.locator, text)
            code = part.text("nameLanguage")
            note = joined(part.remark, f"nameLanguage: {code}" if code else "")
            texts.append(Attribute("wholeName", text, note=note, origin=record.origin(part.locator)))
        return
    remark = part.remark if part.remarks else ""
    act_language = "" if fields.get("regulationLanguage") == ACT_LANGUAGE else part.act_language
    said = _said(remark, fields.get("strong", ""), fields.get("nameLanguage", ""), act_language)
    if said.unknown:
        record.note("unknown language", part.locator, fields["nameLanguage"])
    found.append(_Found(said.rank + (2 if script != "Latn" else 0), part, text, script, said))


def _whole_name(part: Part) -> str:
    return " ".join([text for _, name in _PARTS[1:] if (text := part.text(name))])


def _script(text: str) -> str:
    match = _PLAIN.fullmatch(text)
    return match.lastgroup or "" if match else script_of(text)


def _name(record_id: str, found: _Found, kind: NameKind) -> Name:
    _, part, text, script, said = found
    fields = part.fields
    parts = [
        _part(part_kind, piece)
        for part_kind, name in _PARTS
        if (printed := fields.get(name)) and (piece := printed.strip())
    ]
    origin = Origin(LIST_ID, record_id, part.locator)
    return Name(text, kind, said.strength, said.language, script, tuple(parts), said.note, origin)


def _gender(record: Record, told: Iterable[str]) -> str:
    """The gender that stands beside the names; both, with a note, where they disagree."""
    words = [_GENDERS.get(text.upper(), text) for text in told if text]
    if len(words) > 1:
        record.note("names of more than one gender", record.locator, ", ".join(words))
    return ", ".join(words)
