"""The column ``Other Information``: labelled pieces, ``(UN Ref):QDi.018. … (Gender):Male``."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

import attrs

from sanctions_tracker.model import Attribute, CountryTie, Identifier, PartialDate, Relation
from sanctions_tracker.model.vocabulary import IdentifierType, RelationKind, TieRole
from sanctions_tracker.sources.numbered import items
from sanctions_tracker.sources.printed import partial_date, place_code
from sanctions_tracker.sources.uk.documents import registrations
from sanctions_tracker.sources.uk.sheet import Cell, Group

COLUMN = "Other Information"

#: Labels known to be followed by a space at times; any other label must touch its value, so that
#: a bracket before a colon in running text, such as "resolution 2662 (2022): (i)", is none.
_SPACED = (
    "Phone number|Fax|Tel|Mobile|Website|Email address|Gender|UN Ref|UK Sanctions List Ref|UK Statement of Reasons"
)
_LABEL = re.compile(rf"\((?:(?P<known>{_SPACED})\)\s?:|(?P<other>[A-Z][A-Za-z /-]{{1,48}})\):(?=\S|\s*$|\s+\())")

_REFERENCE = re.compile(r"(?P<number>[A-Z]{2,3}[A-Z]?\d{3,5}|[A-Z]{2}[a-z]\. ?\d{3}|[A-Z.]+\d+(?:\.[A-Z\d]+)*)")
_REFERENCES = re.compile(
    rf"\s*(?P<all>{_REFERENCE.pattern.replace('?P<number>', '?:')}"
    rf"(?: and {_REFERENCE.pattern.replace('?P<number>', '?:')})*)\.?(?P<rest>.*)",
    re.DOTALL,
)
#: The UN reference as the list of 2020 printed it, at the start of a sentence.
_UN_REF = re.compile(r"(?:^|[.\]] )UN Ref:? ?(?P<number>[A-Z]+[a-z]?\.(?:[A-Z\d]+\.)*\d+)", re.IGNORECASE)
_GENDER = re.compile(r"(?:^|\. )Gender: (?P<gender>male|female)\b", re.IGNORECASE)
_TRUST_SERVICES = re.compile(r"Date trust services sanctions imposed:\s*(?P<date>\d\d/\d\d/\d{4})")

_CONTACT_SPLIT = re.compile(r"\.\s+|\s*[;,]\s*|\s+and\s+|\s+(?=\S+@)|\n+")
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_WEBSITE = re.compile(r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)+(?:/\S*)?")
_PHONE = re.compile(r"[+\d(][\d\s()/+.–-]{3,}\d\)?(?:\s*\([^()]*\))?")
_CONTACTS = (
    (IdentifierType.EMAIL, _EMAIL),
    (IdentifierType.WEBSITE, _WEBSITE),
    (IdentifierType.PHONE, _PHONE),
)


class Piece(NamedTuple):
    """One labelled text; the label is empty for what stands outside every label."""

    label: str
    text: str


@attrs.define
class Information:
    """What one group's other information says, gathered piece by piece."""

    group: Group
    cell: Cell
    gender: str = ""
    grounds: list[str] = attrs.field(factory=list)
    identifiers: list[Identifier] = attrs.field(factory=list)
    relations: list[Relation] = attrs.field(factory=list)
    countries: list[CountryTie] = attrs.field(factory=list)
    attributes: list[Attribute] = attrs.field(factory=list)
    trust_services: PartialDate | None = None

    def attribute(self, label: str, text: str) -> None:
        """Keep a text as the publisher labels it."""
        if text.strip():
            origin = self.group.origin(self.cell)
            self.attributes.append(Attribute(label or COLUMN, text.strip(), origin=origin))

    def identify(self, kind: IdentifierType, number: str, label: str, raw: str | None = None) -> None:
        """Add a number or an address."""
        self.identifiers.append(Identifier(kind, number, label, origin=self.group.origin(self.cell, raw)))


def pieces(text: str) -> list[Piece]:
    """The labelled pieces in order; nothing of the text but labels and white space is left out.

    >>> pieces("Annex (2). (UN Ref):QDi.001. (Gender):Male")
    [Piece(label='', text='Annex (2).'), Piece(label='UN Ref', text='QDi.001.'), Piece(label='Gender', text='Male')]
    """
    matches = list(_LABEL.finditer(text))
    ends = [*(match.start() for match in matches), len(text)]
    found = [Piece("", text[: ends[0]].strip())]
    found += [
        Piece(match["known"] or match["other"], text[match.end() : end].strip())
        for match, end in zip(matches, ends[1:], strict=True)
    ]
    return [piece for piece in found if piece.text]


def information(group: Group) -> Information | None:
    """Read a group's other information; None where it has none."""
    cells = group.cells(COLUMN)
    if not cells:
        return None
    gathered = Information(group, cells[0])
    for cell in cells:
        gathered.cell = cell
        for piece in pieces(cell.text):
            _HANDLERS.get(piece.label.casefold(), _other)(gathered, piece)
    return gathered


def _other(gathered: Information, piece: Piece) -> None:
    gathered.attribute(piece.label, piece.text)
    if not piece.label:
        _unlabelled(gathered, piece.text)


def _unlabelled(gathered: Information, text: str) -> None:
    """Running text is kept whole; what it plainly states is read from it as well."""
    small = text.lower()
    if "un ref" in small and (match := _UN_REF.search(text)):
        gathered.identify(IdentifierType.LIST_REFERENCE, match["number"], "UN Ref", match[0].strip(". "))
    if "gender: " in small and (match := _GENDER.search(text)):
        gathered.gender = gathered.gender or match["gender"].casefold()
    if match := _TRUST_SERVICES.search(text):
        gathered.trust_services = partial_date(match["date"])


def _reference(gathered: Information, piece: Piece) -> None:
    """A reference, then whatever sentence the publisher let follow it."""
    match = _REFERENCES.fullmatch(piece.text)
    if match is None:
        gathered.group.note(f"no reference after ({piece.label})", gathered.cell._replace(text=piece.text))
        gathered.attribute(piece.label, piece.text)
        return
    for number in match["all"].split(" and "):
        gathered.identify(IdentifierType.LIST_REFERENCE, number.replace(" ", ""), piece.label, number)
    if rest := match["rest"].strip():
        _other(gathered, Piece("", rest))


def _grounds(gathered: Information, piece: Piece) -> None:
    gathered.grounds.append(piece.text)


def _gender(gathered: Information, piece: Piece) -> None:
    """Keep male and female in small letters, anything else as printed."""
    word = piece.text.rstrip(".").casefold()
    gathered.gender = word if word in {"male", "female"} else piece.text


def _contact(kind: IdentifierType) -> Callable[[Information, Piece], None]:
    def handle(gathered: Information, piece: Piece) -> None:
        for item in filter(None, items(piece.text, lenient=kind is IdentifierType.PHONE)):
            parts = [part for part in _CONTACT_SPLIT.split(item.removeprefix("and ")) if part]
            if not all(map(_contact_type, parts)):
                parts = [item]
            for part in parts:
                gathered.identify(_contact_type(part) or kind, part, piece.label, piece.text)

    return handle


def _contact_type(text: str) -> IdentifierType | None:
    """What an address is by its shape: publishers put e-mail addresses under ``Website`` and the reverse."""
    return next((kind for kind, pattern in _CONTACTS if pattern.fullmatch(text)), None)


def _registration(gathered: Information, piece: Piece) -> None:
    gathered.identifiers += registrations(gathered.group, piece.text, gathered.cell, piece.label)


def _imo(gathered: Information, piece: Piece) -> None:
    for item in filter(None, items(piece.text)):
        gathered.identify(IdentifierType.IMO_VESSEL, item, piece.label, piece.text)


def _relation(kind: RelationKind, *, former: bool = False) -> Callable[[Information, Piece], None]:
    def handle(gathered: Information, piece: Piece) -> None:
        origin = gathered.group.origin(gathered.cell, piece.text)
        gathered.relations += [
            Relation(kind, text=item, label=piece.label, former=former, origin=origin)
            for item in items(piece.text)
            if item
        ]

    return handle


def _flag(role: TieRole) -> Callable[[Information, Piece], None]:
    def handle(gathered: Information, piece: Piece) -> None:
        origin = gathered.group.origin(gathered.cell, piece.text)
        for item in filter(None, items(piece.text)):
            parts = re.split(r"\.\s+|,\s+", item)
            flags = parts if all(map(place_code, parts)) else [item]
            for flag in flags:
                gathered.countries.append(CountryTie(role, place_code(flag), flag, origin=origin))
                if place_code(flag) is None:
                    gathered.group.note("no country known by this name", gathered.cell._replace(text=flag))

    return handle


_HANDLERS: dict[str, Callable[[Information, Piece], None]] = {
    "uk sanctions list ref": _reference,
    "un ref": _reference,
    "uk statement of reasons": _grounds,
    "gender": _gender,
    "phone number": _contact(IdentifierType.PHONE),
    "fax": _contact(IdentifierType.PHONE),
    "tel": _contact(IdentifierType.PHONE),
    "mobile": _contact(IdentifierType.PHONE),
    "website": _contact(IdentifierType.WEBSITE),
    "email address": _contact(IdentifierType.EMAIL),
    "business reg no": _registration,
    "imo number": _imo,
    "parent company": _relation(RelationKind.SUBSIDIARY_OF),
    "subsidiaries": _relation(RelationKind.PARENT_OF),
    "current owners": _relation(RelationKind.OWNED_OR_CONTROLLED_BY),
    "previous owners": _relation(RelationKind.OWNED_OR_CONTROLLED_BY, former=True),
    "flag of ship": _flag(TieRole.FLAG),
    "previous flags": _flag(TieRole.FORMER_FLAG),
}
