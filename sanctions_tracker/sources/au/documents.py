"""Numbers that free text plainly labels: passports, IMO numbers, the reference of the United Nations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sanctions_tracker.model import Identifier
from sanctions_tracker.model.vocabulary import IdentifierType
from sanctions_tracker.sources.au.listing import listing
from sanctions_tracker.sources.au.sheet import ADDRESS, IMO, INFORMATION, KIND, LISTING
from sanctions_tracker.sources.check_digits import FAILS, is_company_imo, is_vessel_imo
from sanctions_tracker.sources.printed import place_code
from sanctions_tracker.sources.rows import Cell, Record

#: Four digits at least, with the letters and signs that stand inside a number.
_NUMBER = r"(?<![\w/])(?P<number>(?=(?:[A-Z /-]*\d){4})[A-Z]{0,4}[ /-]?\d[\dA-Z]*(?:[/-][\dA-Z]+)*)(?![\w/]|[ .]\d)"
_COUNTRY = (
    r"(?:(?P<country>[A-Z][A-Za-z'’ ]{2,38}?),?\s+(?:[Pp]assport\s+)?(?:(?:[Nn]umber|[Pp]assport|[Nn]o\.?)\s+)?)?"
)
_LABELLED = re.compile(
    r"(?P<before>(?:(?<!\w)[A-Z][\w'’-]{1,30}[ ]){0,3})[Pp]assport(?:\s+(?:[Nn]o|[Nn]umber)s?\b)?\.?"
    rf"\s*(?:\((?P<of>[^()\d]{{2,30}})\))?\s*:?\s*(?:na\s+)?{_COUNTRY}{_NUMBER}(?:\s*\((?P<after>[^()\d]{{2,40}})\))?"
)
#: ``Passport no: a) … b) …``, as far as the next label or sentence.
_LIST = re.compile(
    r"[Pp]assport (?:[Nn]o|[Nn]umber)s?\.?:?\s*(?=a\))(?P<items>.*?)(?=\.\s+[A-Z]|[Nn]ational|[Tt]itle:|$)", re.DOTALL
)
_ITEM = re.compile(rf"\b[a-j]\)\s*{_COUNTRY}{_NUMBER}(?:\s*\((?P<after>[^()\d]{{2,40}})\))?")
_IMO = re.compile(
    r"\bIMO\)?(?:\s+(?:identification|ship|company|number|no)\b\.?)*\s*[.:]?\s*(?P<number>\d{7})(?!\d)", re.IGNORECASE
)
_UN_REFERENCE = re.compile(r"\s*(?:UN Ref\w*(?: Number)?:?\s*)?(?P<number>[A-Z]{2}[ie]\.\d{3})(?!\d)")


def identifiers(record: Record) -> tuple[Identifier, ...]:
    """The documents of a record, each once, in the order in which they are printed."""
    found: dict[tuple[IdentifierType, str], Identifier] = {}
    for identifier in _all(record):
        found.setdefault((identifier.type, identifier.number), identifier)
    return tuple(found.values())


def _all(record: Record) -> Iterator[Identifier]:
    for cell in record.cells(IMO):
        yield _imo(record, cell, cell.text, IMO)
    for cell in record.cells(INFORMATION):
        yield from _references(record, cell)
        yield from _passports(record, cell)
    for column in (INFORMATION, ADDRESS):
        for cell in record.cells(column):
            for match in _IMO.finditer(_single_spaced(cell.text)) if "IMO" in cell.text else ():
                yield _imo(record, cell, match["number"], match[0])
    for cell in record.cells(LISTING):
        for number in listing(cell.text).references:
            yield Identifier(
                IdentifierType.LIST_REFERENCE, number, "UN Reference Number", origin=record.origin(cell, number)
            )


def _single_spaced(text: str) -> str:
    """The lines of a text with one space between words, so that no pattern walks through endless white space."""
    return "\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip())


def _references(record: Record, cell: Cell) -> Iterator[Identifier]:
    """The permanent reference number of the United Nations, with which the text begins."""
    if match := _UN_REFERENCE.match(cell.text):
        yield Identifier(
            IdentifierType.LIST_REFERENCE,
            match["number"],
            "UN permanent reference number",
            "UN",
            origin=record.origin(cell, match[0].strip()),
        )


def _passports(record: Record, cell: Cell) -> Iterator[Identifier]:
    if "assport" not in cell.text:
        return
    text = _single_spaced(cell.text)
    listed = [item for found in _LIST.finditer(text) for item in _ITEM.finditer(found["items"])]
    for match in (*_LABELLED.finditer(text), *listed):
        issuer = _issuer(match)
        if match["country"] and issuer is None:
            continue  # the words before the number are no country: it is not plainly a passport's
        origin = record.origin(cell, match[0].strip())
        yield Identifier(IdentifierType.PASSPORT, match["number"].strip(), "Passport", issuer, origin=origin)


def _issuer(match: re.Match[str]) -> str | None:
    """The country that the words beside the number name; ``before`` may open with words of another sentence."""
    groups = match.groupdict()
    words = (groups.get("before") or "").split()
    beside = [groups["after"], groups.get("of"), *(" ".join(words[at:]) for at in range(len(words)))]
    found = [groups["country"]] if groups["country"] else beside
    return next((code for text in found if text and len(text) > 2 and (code := place_code(text))), None)  # noqa: PLR2004


def _imo(record: Record, cell: Cell, number: str, words: str) -> Identifier:
    """A vessel's or a company's number, as its check digit tells; one that fits neither is kept and noted.

    One number in ten fits both: then it is a vessel's where the record is one.
    """
    vessel = cell.column == IMO or any(kind.text.casefold() == "vessel" for kind in record.cells(KIND))
    if vessel or (is_vessel_imo(number) and not is_company_imo(number)):
        kind = IdentifierType.IMO_VESSEL
    elif is_company_imo(number):
        kind = IdentifierType.IMO_COMPANY
    else:
        kind = IdentifierType.OTHER
        record.note(FAILS, cell._replace(text=number))
    return Identifier(kind, number, "IMO", origin=record.origin(cell, words.strip() if words != IMO else None))
