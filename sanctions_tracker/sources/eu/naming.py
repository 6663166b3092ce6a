"""The names of a record: which is shown, which are former, which are weak."""

from __future__ import annotations

import re
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
#: Texts that plainly are of one script, told without looking at each letter; all others go to ``script_of``.
_PLAIN = (
    ("Latn", re.compile(r"[\x00-\xa0\xc0-\u024f\u1e00-\u1eff\u2010-\u2027]*")),
    ("Cyrl", re.compile(r"[\x00-\x40\x5b-\x60\x7b-\xa0\u0400-\u052f\u2010-\u2027\xab\xbb]*")),
)


class _Standing(NamedTuple):
    kind: NameKind
    strength: NameStrength
    rank: int


class _Found(NamedTuple):
    rank: int
    part: Part
    text: str
    script: str
    language: str
    note: str
    standing: _Standing


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
def _standing(remark: str, strong: str) -> _Standing:
    """What a name is, by its remark. The attribute ``strong`` has never been anything but true."""
    weak = strong.casefold() in {"false", "0"} or _WEAK.search(remark)
    kind = _kinds().get(remark.casefold().strip(" ().:;,’'"), NameKind.ALIAS)
    if _FORMER.fullmatch(remark):
        kind = NameKind.FORMER
    rank = (8 if weak else 0) + (4 if kind is not NameKind.ALIAS else 0)
    return _Standing(kind, NameStrength.WEAK if weak else NameStrength.STRONG, rank)


_part = lru_cache(maxsize=65536)(NamePart)


def naming(record: Record) -> Naming:
    """The names by the publisher's number, the one to show first.

    The publisher marks none as the main one. Shown is the first strong name in
    Latin letters without a language or in English; else the first in Latin
    letters; else the first.
    """
    parts = record.parts["nameAlias"]
    found: list[_Found] = []
    texts: list[Attribute] = []
    for part in parts:
        _read(record, part, found, texts)
    names: tuple[Name, ...] = ()
    if found:
        shown = min(found, key=_rank)
        first = _name(record.id, shown, NameKind.PRIMARY)
        names = (first, *[_name(record.id, each, each.standing.kind) for each in found if each is not shown])
    functions = [text for part in parts if (text := part.fields.get("function", "").strip())]
    return Naming(names, tuple(texts), tuple(dict.fromkeys(functions)), _gender(record, parts))


def _rank(found: _Found) -> int:
    """Of two names of one rank the earlier one is shown."""
    return found.rank


def _read(record: Record, part: Part, found: list[_Found], texts: list[Attribute]) -> None:
    """Read one nameAlias: a name, or a text that no comparison could use."""
    fields = part.fields
    text = fields.get("wholeName", "").strip() or " ".join(
        [text for _, name in _PARTS[1:] if (text := part.text(name))]
    )
    script = _script(text)
    if script == UNDETERMINED and not has_letter_or_digit(text):
        if text:
            record.note("a name without letter or digit", part.locator, text)
            texts.append(Attribute("wholeName", text, note=part.remark, origin=record.origin(part.locator)))
        return
    note = part.remark if part.remarks else ""
    standing = _standing(note, fields.get("strong", ""))
    language = ""
    if code := fields.get("nameLanguage"):
        language, unlike = _language(code.strip())
        note = joined(note, unlike) if unlike else note
        if not language and code.strip():
            record.note("unknown language", part.locator, code)
    if fields.get("regulationLanguage", ACT_LANGUAGE) != ACT_LANGUAGE:
        note = joined(note, part.act_language)
    rank = standing.rank + (2 if script != "Latn" else 0) + (language not in _SHOWN)
    found.append(_Found(rank, part, text, script, language, note, standing))


@lru_cache(maxsize=256)
def _language(code: str) -> tuple[str, str]:
    """The tag of a language's code, and the code in words where it is not simply the tag."""
    tag = _languages().get(code.upper(), "")
    return tag, f"nameLanguage: {code}" if tag != code.lower() else ""


def _script(text: str) -> str:
    if text.upper() != text.lower():  # there are letters
        if text.isascii():
            return "Latn"
        for script, plain in _PLAIN:
            if plain.fullmatch(text):
                return script
    return script_of(text)


def _name(record_id: str, found: _Found, kind: NameKind) -> Name:
    fields = found.part.fields
    return Name(
        found.text,
        kind,
        found.standing.strength,
        found.language,
        found.script,
        tuple([_part(part_kind, text) for part_kind, name in _PARTS if (text := fields.get(name, "").strip())]),
        found.note,
        Origin(LIST_ID, record_id, found.part.locator),
    )


def _gender(record: Record, parts: list[Part]) -> str:
    """The gender that stands beside the names; both, with a note, where they disagree."""
    told = dict.fromkeys([text for part in parts if (text := part.fields.get("gender", "").strip())])
    words = [_GENDERS.get(text.upper(), text) for text in told]
    if len(words) > 1:
        record.note("names of more than one gender", record.locator, ", ".join(words))
    return ", ".join(words)
