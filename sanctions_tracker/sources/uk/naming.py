"""The names of a group: Latin parts, the name in its own script, and what each is."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from sanctions_tracker.model import Attribute, Name, NamePart
from sanctions_tracker.model.vocabulary import NameKind, NamePartKind, NameStrength, TargetKind
from sanctions_tracker.names.script import has_letter_or_digit, script_of
from sanctions_tracker.sources import tables
from sanctions_tracker.sources.uk.sheet import NAME_COLUMNS, Cell, Group

_KINDS = {
    "primary name": NameKind.PRIMARY,
    "prime alias": NameKind.PRIMARY,
    "primary name variation": NameKind.ALIAS,
    "aka": NameKind.ALIAS,
    "fka": NameKind.FORMER,
}
#: What each of the name columns holds.
_PARTS = (NamePartKind.GIVEN, *(NamePartKind.MIDDLE,) * 4, NamePartKind.FAMILY)
_STRENGTHS = {"": NameStrength.STRONG, "good quality": NameStrength.STRONG, "low quality": NameStrength.WEAK}
_SCRIPT, _SCRIPT_TYPE, _LANGUAGE = "Name Non-Latin Script", "Non-Latin Script Type", "Non-Latin Script Language"
_TYPE, _QUALITY = "Alias Type", "Alias Quality"
#: Two rows that agree in these say the same of a name.
_COLUMNS = (*NAME_COLUMNS, _TYPE, _QUALITY, _SCRIPT, _SCRIPT_TYPE, _LANGUAGE)
_PARTS_END = len(NAME_COLUMNS)


@lru_cache(maxsize=1)
def _languages() -> dict[str, str]:
    """The publisher's word -> BCP 47. Some cells name a country instead of a language."""
    return tables.mapping("uk_languages", "word", "tag")


@lru_cache(maxsize=1)
def _scripts() -> dict[str, str]:
    """The publisher's word for a script -> ISO 15924. Persian is written in Arabic letters."""
    return tables.mapping("uk_scripts", "word", "code")


class _Standing(NamedTuple):
    """What a row's name is and how strong; None where the publisher's word is unknown."""

    kind: NameKind | None
    strength: NameStrength | None
    note: str


class _Found:
    """The names of a group as they are found, and texts that are none.

    Distinct by text, kind and strength. Rows repeat names, a Cartesian product
    with births and addresses: each name's origin is the row where it first stands.
    """

    def __init__(self, group: Group, kind: TargetKind) -> None:
        self.names: dict[tuple[str, NameKind, NameStrength], Name] = {}
        self.texts: dict[str, Attribute] = {}
        self._group = group
        self._kind = kind

    def take(self, texts: tuple[str, ...], row: int) -> None:
        """Take in what a row says of names: the texts of :data:`_COLUMNS`."""
        parts, (word, quality, own_script, script, language) = texts[:_PARTS_END], texts[_PARTS_END:]
        standing = _standing(word, quality)
        kind, strength = standing.kind or NameKind.ALIAS, standing.strength or NameStrength.STRONG
        if standing.note or standing.kind is None:
            self._note(standing, word, quality, row)
        latin = " ".join(filter(None, parts))
        if self._is_name(latin, NAME_COLUMNS[-1], row) and (latin, kind, strength) not in self.names:
            origin = self._group.place(row, NAME_COLUMNS[-1])
            made = _parts(parts, latin, self._kind)
            self.names[latin, kind, strength] = Name(
                latin, kind, strength, parts=made, note=standing.note, origin=origin
            )
        if self._is_name(own_script, _SCRIPT, row):
            kind = NameKind.ORIGINAL_SCRIPT if kind is NameKind.PRIMARY else kind
            tag, notes = self._described(own_script, script, language, row)
            note = "; ".join(filter(None, (standing.note, *notes)))
            if (own_script, kind, strength) not in self.names:
                origin = self._group.place(row, _SCRIPT)
                name = Name(own_script, kind, strength, language=tag, note=note, origin=origin)
                self.names[own_script, kind, strength] = name

    def _is_name(self, text: str, column: str, row: int) -> bool:
        """Whether there is a name; a text that no comparison could use is kept as an attribute."""
        if not text or has_letter_or_digit(text):
            return bool(text)
        if text not in self.texts:
            cell = Cell.at(text, column, row)
            self._group.note("a name without letter or digit", cell)
            self.texts[text] = Attribute(column, text, origin=self._group.origin(cell))
        return False

    def _note(self, standing: _Standing, word: str, quality: str, row: int) -> None:
        if standing.kind is None:
            self._group.note("unknown alias type, read as an alias", Cell.at(word, _TYPE, row))
        if standing.strength is None:
            self._group.note("unknown alias quality, read as strong", Cell.at(quality, _QUALITY, row))

    def _described(self, text: str, script: str, language: str, row: int) -> tuple[str, list[str]]:
        """The language's tag, and what is said of language and script where it is unknown or the letters contradict."""
        tag = _languages().get(language.casefold(), "")
        notes = []
        if language and not tag:
            self._group.note("unknown language", Cell.at(language, _LANGUAGE, row))
            notes.append(f"{_LANGUAGE}: {language}")
        if script and _scripts().get(script.casefold()) != script_of(text):
            notes.append(f"{_SCRIPT_TYPE}: {script}")
        return tag, notes


def names(group: Group, kind: TargetKind) -> tuple[tuple[Name, ...], list[Attribute]]:
    """The distinct names of a group, primary ones first, and texts that are none."""
    found = _Found(group, kind)
    for texts, row in group.distinct(_COLUMNS).items():
        found.take(texts, row)
    ordered = sorted(found.names.values(), key=_is_no_primary)
    if ordered and _is_no_primary(ordered[0]):
        group.note("no row of the group is its primary name", Cell.at(ordered[0].text, _TYPE, group.rows[0].number))
    return tuple(ordered), list(found.texts.values())


def _is_no_primary(name: Name) -> bool:
    return name.kind is not NameKind.PRIMARY


@lru_cache(maxsize=256)
def _standing(word: str, quality: str) -> _Standing:
    kind, strength = _KINDS.get(word.casefold()), _STRENGTHS.get(quality.casefold())
    return _Standing(
        kind,
        strength,
        "; ".join(text for text, known in ((word, kind), (quality, strength)) if text and known is None),
    )


def _parts(texts: tuple[str, ...], whole: str, kind: TargetKind) -> tuple[NamePart, ...]:
    """Given, middle and family name of a person; a single word may be any of them and is whole."""
    if kind is not TargetKind.PERSON or whole in texts:
        return (NamePart(NamePartKind.WHOLE, whole),)
    return tuple([NamePart(part, text) for part, text in zip(_PARTS, texts, strict=True) if text])
