"""The names of a record: one a row, each with the publisher's label."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from sanctions_tracker.model import Attribute, Name
from sanctions_tracker.model.vocabulary import NameKind, NameStrength
from sanctions_tracker.names.script import has_letter_or_digit
from sanctions_tracker.sources import tables
from sanctions_tracker.sources.au.sheet import NAME, NAME_KIND, STRENGTH
from sanctions_tracker.sources.rows import Cell, Record, Row

_STRENGTHS = {"": NameStrength.STRONG, "strong": NameStrength.STRONG, "weak": NameStrength.WEAK}
#: A remark behind the name that says what kind of name it is, at times with the name in Arabic letters.
_FORMER = re.compile(r"\((?:previously|formerly) listed as(?:[.,]\s*in arabic:(?P<arabic>[^()]+))?\)\Z", re.IGNORECASE)


@lru_cache(maxsize=1)
def _kinds() -> dict[str, NameKind]:
    """The publisher's label in small letters -> kind."""
    return {label: NameKind(kind) for label, kind in tables.mapping("au_name_types", "label", "kind").items()}


def names(record: Record) -> tuple[tuple[Name, ...], list[Attribute]]:
    """The names of a record, primary ones first, and texts that are none."""
    found: list[Name] = []
    texts: list[Attribute] = []
    for row in record.rows:
        cell = record.cell(row, NAME)
        if has_letter_or_digit(cell.text):
            found += _row_names(record, row, cell)
        else:
            record.note("a name without letter or digit", cell)
            texts += [Attribute(NAME, cell.text, origin=record.origin(cell))] if cell.text else []
    ordered = sorted(found, key=lambda name: name.kind is not NameKind.PRIMARY)
    _check_primary(record, ordered)
    return tuple(ordered), texts


def _check_primary(record: Record, ordered: list[Name]) -> None:
    primary = sum(name.kind is NameKind.PRIMARY for name in ordered)
    if ordered and primary != 1:
        what = (
            "several rows of the record are its primary name" if primary else "no row of the record is its primary name"
        )
        record.note(what, record.cell(record.rows[0], NAME))


def _row_names(record: Record, row: Row, cell: Cell) -> Iterator[Name]:
    kind, strength, note = _standing(record, row)
    match = _FORMER.search(cell.text) if "listed as" in cell.text else None
    if match is None:
        yield Name(cell.text, kind, strength, note=note, origin=record.origin(cell))
        return
    remark = "; ".join(part for part in (note, match[0]) if part)
    origin = record.origin(cell, cell.text)
    for text in (cell.text[: match.start()], match["arabic"]):
        if text and has_letter_or_digit(text):
            yield Name(text.strip(), NameKind.FORMER, strength, note=remark, origin=origin)


def _standing(record: Record, row: Row) -> tuple[NameKind, NameStrength, str]:
    """What a row's name is, how strong, and the publisher's words where they are unknown."""
    kind, strength, note = _read(record.text(row, NAME_KIND), record.text(row, STRENGTH))
    if kind is None:
        record.note("unknown name type, read as an alias", record.cell(row, NAME_KIND))
    if strength is None:
        record.note("unknown alias strength, read as strong", record.cell(row, STRENGTH))
    return kind or NameKind.ALIAS, strength or NameStrength.STRONG, note


@lru_cache(maxsize=256)
def _read(label: str, quality: str) -> tuple[NameKind | None, NameStrength | None, str]:
    kind, strength = _kinds().get(" ".join(label.casefold().split())), _STRENGTHS.get(quality.casefold())
    note = "; ".join(text for text, known in ((label, kind), (quality, strength)) if text and known is None)
    return kind, strength, note
