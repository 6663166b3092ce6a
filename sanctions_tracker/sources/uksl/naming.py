"""The names of a designation, in Latin letters and in others."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from sanctions_tracker.model import Attribute, Name, NamePart
from sanctions_tracker.model.vocabulary import NameKind, NamePartKind, NameStrength, TargetKind
from sanctions_tracker.names.script import UNDETERMINED, has_letter_or_digit, script_of
from sanctions_tracker.sources import tables
from sanctions_tracker.sources.uk.sheet import Cell
from sanctions_tracker.sources.uksl.record import NAMES, SCRIPTS, Entry, Record

#: In the order in which a name is said; the table prints ``Name 6`` first.
NAME_COLUMNS = tuple(f"Name {number}" for number in range(1, 7))
_TYPE, _STRENGTH = "Name type", "Alias strength"
_SCRIPT, _SCRIPT_TYPE, _LANGUAGE = "Name non-latin script", "Non-latin script type", "Non-latin script language"
_KINDS = {
    "primary name": NameKind.PRIMARY,
    "primary name variation": NameKind.ALIAS,
    "alias": NameKind.ALIAS,
    "aka": NameKind.ALIAS,
    "fka": NameKind.FORMER,
}
_STRENGTHS = {"": NameStrength.STRONG, "good quality": NameStrength.STRONG, "low quality": NameStrength.WEAK}
_PARTS = {NAME_COLUMNS[0]: NamePartKind.GIVEN, NAME_COLUMNS[-1]: NamePartKind.FAMILY}


@lru_cache(maxsize=1)
def _languages() -> dict[str, str]:
    """The publisher's word -> BCP 47: the words of the consolidated list, and those that came with this one."""
    return {**tables.mapping("uk_languages", "word", "tag"), **tables.mapping("uksl_languages", "word", "tag")}


@lru_cache(maxsize=1)
def _scripts() -> dict[str, str]:
    return tables.mapping("uk_scripts", "word", "code")


def names(record: Record, kind: TargetKind) -> tuple[tuple[Name, ...], list[Attribute]]:
    """The distinct names of a record, primary ones first, and texts that are none.

    Distinct by text, kind and strength. A name entry without any part says
    nothing, and is left out; the list has a few.
    """
    found: dict[tuple[str, NameKind, NameStrength], Name] = {}
    texts: dict[str, Attribute] = {}
    read = [_latin(record, entry, kind, texts) for entry in record.group(NAMES)]
    read += [_in_own_script(record, entry, texts) for entry in record.group(SCRIPTS)]
    for name in read:
        if name:
            found.setdefault((name.text, name.kind, name.strength), name)
    ordered = sorted(found.values(), key=lambda name: name.kind is not NameKind.PRIMARY)
    if ordered and ordered[0].kind is not NameKind.PRIMARY:
        record.note("no name of the record is its primary one", Cell(ordered[0].text, _TYPE, record.locator))
    return tuple(ordered), list(texts.values())


class _Standing(NamedTuple):
    """What a name is and how strong; None where the publisher's word is unknown."""

    kind: NameKind | None
    strength: NameStrength | None
    note: str


def _latin(record: Record, entry: Entry, kind: TargetKind, texts: dict[str, Attribute]) -> Name | None:
    parts = [entry[column] for column in NAME_COLUMNS if column in entry]
    if not parts:
        return None
    text = " ".join([part.text for part in parts])
    cell = Cell(text, parts[-1].column, parts[-1].locator)
    if not has_letter_or_digit(text):
        _no_name(record, cell, texts)
        return None
    standing = _noted_standing(record, entry, cell)
    return Name(
        text,
        standing.kind or NameKind.ALIAS,
        standing.strength or NameStrength.STRONG,
        parts=_parts(parts, text, kind),
        note=standing.note,
        origin=record.origin(cell),
    )


def _no_name(record: Record, cell: Cell, texts: dict[str, Attribute]) -> None:
    """Keep a text that no comparison could use."""
    if cell.text not in texts:
        record.note("a name without letter or digit", cell)
        texts[cell.text] = Attribute(cell.column, cell.text, origin=record.origin(cell))


def _noted_standing(record: Record, entry: Entry, name: Cell) -> _Standing:
    kind, strength = entry.get(_TYPE), entry.get(_STRENGTH)
    standing = _standing(kind.text if kind else "", strength.text if strength else "")
    if standing.kind is None:
        record.note("unknown name type, read as an alias", kind or Cell("", _TYPE, name.locator))
    if strength and standing.strength is None:
        record.note("unknown alias strength, read as strong", strength)
    return standing


@lru_cache(maxsize=256)
def _standing(word: str, quality: str) -> _Standing:
    kind = _KINDS.get(" ".join(word.casefold().split()))
    strength = _STRENGTHS.get(quality.casefold().rstrip(" .").removesuffix("a.k.a").rstrip())
    unread = [text for text, known in ((word, kind), (quality, strength)) if text and known is None]
    return _Standing(kind, strength, "; ".join(unread))


def _parts(parts: list[Cell], whole: str, kind: TargetKind) -> tuple[NamePart, ...]:
    """Given, middle and family name of a person; a single part may be any of them and is whole."""
    if kind is not TargetKind.PERSON or len(parts) == 1:
        return (NamePart(NamePartKind.WHOLE, whole),)
    return tuple([NamePart(_PARTS.get(part.column, NamePartKind.MIDDLE), part.text) for part in parts])


def _in_own_script(record: Record, entry: Entry, texts: dict[str, Attribute]) -> Name | None:
    """A name in its own script.

    The list does not say which of the Latin names it is the original of. Some
    are in Latin letters after all: those are aliases, and say so in their note.
    """
    if _SCRIPT not in entry:
        record.unknown += entry.values()
        return None
    cell = entry[_SCRIPT]
    if not has_letter_or_digit(cell.text):
        _no_name(record, cell, texts)
        return None
    script = script_of(cell.text)
    latin = script in {"Latn", UNDETERMINED}
    tag, notes = _described(record, entry, script)
    return Name(
        cell.text,
        NameKind.ALIAS if latin else NameKind.ORIGINAL_SCRIPT,
        language=tag,
        script=script,
        note="; ".join([*([_SCRIPT] if latin else []), *notes]),
        origin=record.origin(cell),
    )


def _described(record: Record, entry: Entry, script: str) -> tuple[str, list[str]]:
    """The language's tag, and what the publisher says of language and script where that is not understood."""
    notes: list[str] = []
    language, told = entry.get(_LANGUAGE), entry.get(_SCRIPT_TYPE)
    tag = _languages().get(language.text.casefold(), "") if language else ""
    if language and not tag:
        record.note("unknown language", language)
        notes.append(f"{_LANGUAGE}: {language.text}")
    if told and _scripts().get(told.text.casefold()) != script:
        notes.append(f"{_SCRIPT_TYPE}: {told.text}")
    return tag, notes
