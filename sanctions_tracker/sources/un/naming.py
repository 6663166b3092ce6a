"""The names of a record: the primary name, its original script, and aliases that may hold several."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import attrs

from sanctions_tracker.model import Name
from sanctions_tracker.model.vocabulary import NameKind, NameStrength
from sanctions_tracker.names.script import has_letter_or_digit, script_of
from sanctions_tracker.sources.un.record import Fields, Record, says_nothing

NAME_TAGS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
ORIGINAL = "NAME_ORIGINAL_SCRIPT"
ALIAS_TAGS = ("INDIVIDUAL_ALIAS", "ENTITY_ALIAS")
_ALIAS_FIELDS = frozenset({"QUALITY", "ALIAS_NAME", "DATE_OF_BIRTH", "CITY_OF_BIRTH", "COUNTRY_OF_BIRTH", "NOTE"})


class _Standing(NamedTuple):
    kind: NameKind
    strength: NameStrength


#: Individuals' aliases are graded, entities' are told apart by kind.
_QUALITIES = {
    "good": _Standing(NameKind.ALIAS, NameStrength.STRONG),
    "low": _Standing(NameKind.ALIAS, NameStrength.WEAK),
    "a.k.a.": _Standing(NameKind.ALIAS, NameStrength.STRONG),
    "f.k.a.": _Standing(NameKind.FORMER, NameStrength.STRONG),
    "": _Standing(NameKind.ALIAS, NameStrength.STRONG),
}
#: What a bracket behind a name says of it; any other bracket is part of the name.
_REMARKS = re.compile(
    r"(?:(?:previously|formerly) listed as|original script|birth name|combat name|nom de guerre|sub-unit name"
    r"|translation\b.*|transliterations?\b.*|.*\b(?:identity|passport)\b.*)\.?",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\((?P<inside>[^()]*)\)")
_BORN = re.compile(r"(?P<name>[^,;()]+),\s+(?P<remark>born\s.*)", re.DOTALL)
_OPENING_LABEL = re.compile(r"original script\s*:\s*", re.IGNORECASE)
_CLOSING_REMARK = re.compile(r"\s+-\s+(?P<remark>sub-unit name)(?=\)|$)", re.IGNORECASE)
#: Arabic beside Latin with nothing but a space between them.
_SIDES = re.compile(r"(?<=[A-Za-z])\s+(?=[\u0600-\u06ff])|(?<=[\u0600-\u06ff])\s+(?=[A-Za-z])")
_PARTS = re.compile(r"[();]|،")
#: A longer text, in characters, is no list of names: it stays as printed.
_LONGEST = 10_000
#: A name that a note tells in another script.
_SCRIPT_NOTE = re.compile(r"(?:original script|in arabic(?: script)?)\s*:\s*(?P<name>[^;.()]+)", re.IGNORECASE)
#: A list of spellings in a note: no figures and no labels, which tell of births and passports.
_SPELLINGS = re.compile(r"[^():;\d]+(?:;[^():;\d]+)+")
_TRANSLITERATIONS = re.compile(r"\(?transliterations?[^:()]*[:)]?", re.IGNORECASE)


def names(record: Record) -> tuple[Name, ...]:
    """The distinct names of a record, the primary one first.

    The publisher numbers the parts of a person's name but does not say which is
    the family's, so they stand in its order without kinds.
    """
    found = [*_primary(record), *_aliases(record, ALIAS_TAGS[0]), *_aliases(record, ALIAS_TAGS[1])]
    distinct: dict[tuple[str, NameKind, NameStrength], Name] = {}
    for name in found:
        key = (name.text, name.kind, name.strength)
        first = distinct.setdefault(key, name)
        if name.note not in first.note:  # one name, told of two identities
            distinct[key] = attrs.evolve(first, note="; ".join(filter(None, (first.note, name.note))))
    if distinct and found[0].kind is not NameKind.PRIMARY:
        record.note("the record has no primary name", NAME_TAGS[0], "")
    return tuple(distinct.values())


def _primary(record: Record) -> Iterator[Name]:
    parts = [(tag, text) for tag in NAME_TAGS if (text := record.one(tag))]
    path = f"{parts[0][0]} to {parts[-1][0]}" if len(parts) > 1 else NAME_TAGS[0]
    yield from _named(record, " ".join(text for _, text in parts), path, NameKind.PRIMARY)
    printed = record.one(ORIGINAL)
    text, remarks = _without_remarks(printed, last=r"\((?P<inside>[A-Z][a-z]+)\)$")  # "(Tigrinya)" is a language
    yield from _named(record, text, ORIGINAL, NameKind.ORIGINAL_SCRIPT, note=remarks, raw=printed)


def _named(  # noqa: PLR0917  (private)
    record: Record, text: str, path: str, kind: NameKind, note: str = "", raw: str | None = None
) -> Iterator[Name]:
    """The text as a name; kept as an attribute where no comparison could use it."""
    if has_letter_or_digit(text) and not says_nothing(text):
        yield Name(text, kind, note=note, origin=record.origin(path, raw if raw != text else None))
    elif text and not says_nothing(text):
        record.note("a name without letter or digit", path, text)
        record.keep(path, text)


def alias_fields(record: Record, tag: str) -> tuple[Fields, ...]:
    """The aliases of a record that hold anything; each may tell a birth of its own."""
    return record.groups(tag, _ALIAS_FIELDS)


def _aliases(record: Record, tag: str) -> Iterator[Name]:
    """Elements without a name are the publisher's way of saying that there is none."""
    for fields in alias_fields(record, tag):
        path, quality = f"{fields.path}/ALIAS_NAME", fields["QUALITY"]
        standing = _QUALITIES.get(quality.casefold())
        if standing is None:
            record.note("unknown alias quality, read as strong", f"{fields.path}/QUALITY", quality)
        printed, told = fields["ALIAS_NAME"], fields["NOTE"]
        kind, strength = standing or _QUALITIES[""]
        texts, remark = split_alias(printed) if printed else ((), "")
        note = told if standing and not remark else "; ".join(filter(None, (remark, told, "" if standing else quality)))
        for text in texts:
            yield Name(
                text, kind, strength, note=note, origin=record.origin(path, printed if printed != text else None)
            )
        for text in names_in_note(fields) if told else ():
            yield Name(
                text, kind, strength, origin=record.origin(f"{fields.path}/NOTE", told if told != text else None)
            )
        if not texts and (printed or told):
            record.note("an alias without a name", path, fields.printed("ALIAS_NAME", "NOTE"))
            record.keep(path, fields.printed("ALIAS_NAME", "NOTE"))


def split_alias(text: str) -> tuple[tuple[str, ...], str]:
    """The names that one alias holds, and a remark on them.

    Semicolons always separate. Brackets do where they hold another script, as
    the publisher writes a name and its spellings so.

    >>> split_alias("حسن غول (Hassan Ghul; Hasan Gul)")
    (('حسن غول', 'Hassan Ghul', 'Hasan Gul'), '')
    >>> split_alias("El Para (combat name)"), split_alias("Butayev (Butaev)")
    ((('El Para',), 'combat name'), (('Butayev (Butaev)',), ''))
    """
    if len(text) > _LONGEST:
        return ((text,) if has_letter_or_digit(text) else ()), ""
    if text.isascii() and "(" not in text and ";" not in text and " - " not in text and "born" not in text:
        text = _trimmed(text)
        return ((text,) if has_letter_or_digit(text) else ()), ""
    text, remark = _without_remarks(text)
    if "born" in text and (match := _BORN.fullmatch(text)):
        text, remark = match["name"], "; ".join(filter(None, (match["remark"], remark)))
    if "(" in text and len({script_of(part) for part in _pieces(text)}) > 1:
        return tuple(dict.fromkeys(_pieces(text))), remark
    if not text.isascii():
        text = _SIDES.sub(";", text.replace("،", ";"))
    parts = text.split(";")
    return tuple(dict.fromkeys(part for part in map(_trimmed, parts) if has_letter_or_digit(part))), remark


def _pieces(text: str) -> list[str]:
    pieces = [_trimmed(_OPENING_LABEL.sub("", part)) for part in _PARTS.split(text)]
    return [piece for piece in pieces if has_letter_or_digit(piece)]


def _trimmed(text: str) -> str:
    return text.strip().lstrip(")").rstrip(",").strip()


def _without_remarks(text: str, last: str = "") -> tuple[str, str]:
    """A name without what its brackets say of it, and that."""
    if ("(" not in text and "sub-unit" not in text) or len(text) > _LONGEST:
        return text, ""
    remarks = []
    for match in [*_BRACKET.finditer(text), *(re.finditer(last, text) if last else ())]:
        if last or _REMARKS.fullmatch(match["inside"].strip()):
            remarks.append(match["inside"].strip())
            text = text.replace(match[0], " ")
    if closing := _CLOSING_REMARK.search(text):
        remarks.append(closing["remark"])
        text = text[: closing.start()] + text[closing.end() :]
    return " ".join(text.split()), "; ".join(remarks)


def names_in_note(fields: Fields) -> list[str]:
    """The names that an alias's note spells: in the original script, or as a list of transliterations.

    >>> names_in_note(Fields({"ALIAS_NAME": "Abu Basir", "NOTE": "Previously listed as. In Arabic: أبو بصير"}, ""))
    ['أبو بصير']
    """
    note = fields["NOTE"]
    if not note or len(note) > _LONGEST:
        return []
    found = [match["name"] for match in _SCRIPT_NOTE.finditer(note)]
    if "transliteration" in note.casefold():
        found += re.split(r"[;,]", re.sub(r"\(transl\w+:.*", "", _TRANSLITERATIONS.sub("", note), flags=re.IGNORECASE))
    else:
        lists = [match["inside"] for match in _BRACKET.finditer(note)]
        if script_of(fields["ALIAS_NAME"]) != "Latn":
            lists.append(note)
        found += [part for spelt in lists if _SPELLINGS.fullmatch(spelt) for part in spelt.split(";")]
    return [text for part in found if has_letter_or_digit(text := part.strip(" ()"))]
