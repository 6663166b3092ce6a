"""Cells of the CSV that say what the XML says in several attributes or elements."""

from __future__ import annotations

import re
from functools import lru_cache

from sanctions_tracker.sources import tables
from sanctions_tracker.sources.eu.record import Act, Part, Record

_ACT = "act."
_CONTACT = re.compile(r"(?P<key>[A-Z]+)\[(?P<value>.*)\]", re.DOTALL)
#: Between two contacts, or two remarks, of one cell.
_BREAK = re.compile(r"\n(?=[A-Z]+\[|\()")
_MISTYPED = "a number without a known type behind it"


def text_of(cell: str) -> str:
    r"""The cell's text: a line break is written as a backslash and an n."""
    return cell.replace("\\n", "\n").strip()


def remarks_of(cell: str) -> tuple[str, ...]:
    r"""The remarks of a cell, each in brackets of its own, a line break between them.

    >>> remarks_of("(born in (old) X)\\n(dead)"), remarks_of("plain"), remarks_of("")
    (('born in (old) X', 'dead'), ('plain',), ())
    """
    text = text_of(cell)
    if text.startswith("(") and text.endswith(")"):
        return tuple(remark for part in text[1:-1].split(")\n(") if (remark := part.strip()))
    return (text,) if text else ()


def part_of(record: Record, tag: str, fields: dict[str, str], locator: str) -> Part:
    """One part of a record from the cells of a row, under the names of the XML."""
    told = {field.removeprefix(_ACT): fields.pop(field) for field in list(fields) if field.startswith(_ACT)}
    remarks = remarks_of(fields.pop("remark", ""))
    contacts, more = _contacts(fields.pop("contacts", ""))
    combined = fields.pop("numberAndType", "")
    fields = {name: text_of(text) for name, text in fields.items()}
    if combined:
        typed, after = _typed(text_of(combined))
        fields |= typed
        remarks = (*remarks, *after)
    part = Part(fields, f"{locator}, {tag}", (*remarks, *more), (Act(**told),) if told else (), contacts)
    if combined and "identificationTypeCode" not in fields:
        record.note(_MISTYPED, part.locator, combined)
        fields["identificationTypeCode"] = "other"
    return part


def _contacts(cell: str) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """The contacts of a cell, ``PHONE[…]`` and the like, and what else it says."""
    contacts: list[tuple[str, str]] = []
    remarks: list[str] = []
    for piece in _BREAK.split(text_of(cell)):
        if match := _CONTACT.fullmatch(piece.strip()):
            contacts.append((match["key"], match["value"]))
        elif piece.strip():
            remarks += remarks_of(piece)
    return tuple(contacts), tuple(remarks)


@lru_cache(maxsize=1)
def _types() -> tuple[tuple[str, str, str], ...]:
    """Code, description, and how the two stand behind a number."""
    rows = tables.rows("eu_identifications")
    return tuple((row["code"], row["description"], f"({row['code']}-{row['description']})") for row in rows)


def _typed(text: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """Number, type and remarks: ``123 (passport-National passport) (lost)``."""
    for code, description, written in _types():
        number, found, rest = text.partition(written)
        if found:
            fields = {
                "number": number.strip(),
                "identificationTypeCode": code,
                "identificationTypeDescription": description,
            }
            return fields, remarks_of(rest)
    return {"number": text}, ()
