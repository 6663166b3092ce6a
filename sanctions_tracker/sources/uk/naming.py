"""The names of a group: Latin parts, the name in its own script, and what each is."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from sanctions_tracker.model import Attribute, Name, NamePart
from sanctions_tracker.model.vocabulary import NameKind, NamePartKind, NameStrength, TargetKind
from sanctions_tracker.names.script import has_letter_or_digit, script_of
from sanctions_tracker.sources import tables
from sanctions_tracker.sources.uk.sheet import NAME_COLUMNS, Cell, Group, Row

_KINDS = {
    "primary name": NameKind.PRIMARY,
    "prime alias": NameKind.PRIMARY,
    "primary name variation": NameKind.ALIAS,
    "aka": NameKind.ALIAS,
    "fka": NameKind.FORMER,
}
_PARTS = {NAME_COLUMNS[0]: NamePartKind.GIVEN, NAME_COLUMNS[-1]: NamePartKind.FAMILY}
_STRENGTHS = {"": NameStrength.STRONG, "good quality": NameStrength.STRONG, "low quality": NameStrength.WEAK}
_SCRIPT, _SCRIPT_TYPE, _LANGUAGE = "Name Non-Latin Script", "Non-Latin Script Type", "Non-Latin Script Language"
#: Two rows that agree in these say the same of a name.
_COLUMNS = (*NAME_COLUMNS, "Alias Type", "Alias Quality", _SCRIPT, _SCRIPT_TYPE, _LANGUAGE)


@lru_cache(maxsize=1)
def _languages() -> dict[str, str]:
    """The publisher's word -> BCP 47. Some cells name a country instead of a language."""
    return tables.mapping("uk_languages", "word", "tag")


@lru_cache(maxsize=1)
def _scripts() -> dict[str, str]:
    """The publisher's word for a script -> ISO 15924. Persian is written in Arabic letters."""
    return tables.mapping("uk_scripts", "word", "code")


def names(group: Group, kind: TargetKind) -> tuple[tuple[Name, ...], list[Attribute]]:
    """The distinct names of a group, primary ones first, and texts that are none.

    Distinct by text, kind and strength. Rows repeat names, a Cartesian product
    with births and addresses: each name's origin is the row where it first stands.
    """
    found: dict[tuple[str, NameKind, NameStrength], Name] = {}
    texts: dict[str, Attribute] = {}
    for row in group.distinct_rows(_COLUMNS):
        for name in _row_names(group, row, kind, texts):
            found.setdefault((name.text, name.kind, name.strength), name)
    ordered = sorted(found.values(), key=lambda name: name.kind is not NameKind.PRIMARY)
    if ordered and ordered[0].kind is not NameKind.PRIMARY:
        group.note("no row of the group is its primary name", Cell(ordered[0].text, "Alias Type", group.rows[0].number))
    return tuple(ordered), list(texts.values())


class _Standing(NamedTuple):
    """What a row's name is, how strong, and the publisher's word where it is unknown."""

    kind: NameKind
    strength: NameStrength
    note: str


def _row_names(group: Group, row: Row, kind: TargetKind, texts: dict[str, Attribute]) -> Iterator[Name]:
    standing = _standing(group, row)
    parts = [(column, text) for column in NAME_COLUMNS if (text := group.text(row, column))]
    latin = Cell(" ".join([text for _, text in parts]), NAME_COLUMNS[-1], row.number)
    own_script = Cell(group.text(row, _SCRIPT), _SCRIPT, row.number)
    if has_letter_or_digit(latin.text):
        yield Name(latin.text, *standing[:2], parts=_parts(parts, kind), note=standing.note, origin=group.origin(latin))
    else:
        _no_name(group, latin, texts)
    if has_letter_or_digit(own_script.text):
        yield _in_own_script(group, row, own_script, standing)
    else:
        _no_name(group, own_script, texts)


def _no_name(group: Group, cell: Cell, texts: dict[str, Attribute]) -> None:
    """Keep a text that no comparison could use."""
    if cell.text and cell.text not in texts:
        group.note("a name without letter or digit", cell)
        texts[cell.text] = Attribute(cell.column, cell.text, origin=group.origin(cell))


def _standing(group: Group, row: Row) -> _Standing:
    word, quality = group.text(row, "Alias Type"), group.text(row, "Alias Quality")
    kind, strength = _KINDS.get(word.casefold()), _STRENGTHS.get(quality.casefold())
    if kind is None:
        group.note("unknown alias type, read as an alias", Cell(word, "Alias Type", row.number))
    if strength is None:
        group.note("unknown alias quality, read as strong", Cell(quality, "Alias Quality", row.number))
    note = "; ".join(text for text, known in ((word, kind), (quality, strength)) if text and known is None)
    return _Standing(kind or NameKind.ALIAS, strength or NameStrength.STRONG, note)


def _parts(texts: list[tuple[str, str]], kind: TargetKind) -> tuple[NamePart, ...]:
    """Given, middle and family name of a person; a single word may be any of them and is whole."""
    if kind is not TargetKind.PERSON or len(texts) == 1:
        return (NamePart(NamePartKind.WHOLE, " ".join([text for _, text in texts])),)
    return tuple([NamePart(_PARTS.get(column, NamePartKind.MIDDLE), text) for column, text in texts])


def _in_own_script(group: Group, row: Row, cell: Cell, standing: _Standing) -> Name:
    """The name in its own script, with its language; a script that the letters contradict is noted."""
    kind = NameKind.ORIGINAL_SCRIPT if standing.kind is NameKind.PRIMARY else standing.kind
    language, script = group.text(row, _LANGUAGE), group.text(row, _SCRIPT_TYPE)
    tag = _languages().get(language.casefold(), "")
    notes = [standing.note] if standing.note else []
    if language and not tag:
        group.note("unknown language", Cell(language, _LANGUAGE, row.number))
        notes.append(f"{_LANGUAGE}: {language}")
    if script and _scripts().get(script.casefold()) != script_of(cell.text):
        notes.append(f"{_SCRIPT_TYPE}: {script}")
    return Name(cell.text, kind, standing.strength, language=tag, note="; ".join(notes), origin=group.origin(cell))
