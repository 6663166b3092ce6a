"""Check digits of numbers that the lists print."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

import attrs

from sanctions_tracker.model import Identifier, Note
from sanctions_tracker.model.check_digits import agrees, is_company_imo, is_vessel_imo
from sanctions_tracker.sources import tables
from sanctions_tracker.sources.parts import Entry, Part

#: What a note says of a number that disagrees with its scheme; the number itself is kept as printed.
FAILS = "the check digits fail"

_SEPARATORS = str.maketrans("", "", " \t\n\u00a0.:/-\u2010\u2011\u2012\u2013")
_PREFIX = re.compile(r"IMO(?![A-Z])", re.IGNORECASE)


@attrs.frozen
class _Rule:
    """A scheme, and the numbers that are checked against it: those of the pattern ``shape``, all where it is empty."""

    scheme: str
    shape: str

    def applies_to(self, number: str) -> bool:
        return not self.shape or _compiled(self.shape).fullmatch(number) is not None


@lru_cache(maxsize=64)
def _compiled(shape: str) -> re.Pattern[str]:
    """A pattern, compiled when first asked: most lists print few kinds of numbers."""
    return re.compile(shape, re.ASCII)


@lru_cache(maxsize=1)
def _rules() -> dict[tuple[str, str, str], tuple[_Rule, ...]]:
    """The reviewed table by type, country and label, each of the latter two empty where the row names none."""
    found: defaultdict[tuple[str, str, str], tuple[_Rule, ...]] = defaultdict(tuple)
    for row in tables.rows("check_digits"):
        found[row["type"], row["country"], row["label"]] += (_Rule(row["scheme"], row["shape"]),)
    return dict(found)


@lru_cache(maxsize=4096)
def _rules_for(kind: str, country: str | None, label: str) -> tuple[_Rule, ...]:
    """The rules of the nearest rows: a label of a country, a label, a country, the type alone.

    A number without a country is checked only where its type or its label
    leaves no doubt of whose it is.
    """
    rules = _rules()
    keys = ((kind, country or "", label), (kind, "", label), (kind, country or "", ""), (kind, "", ""))
    return next((rules[key] for key in keys if key in rules), ())


def fails(identifier: Identifier) -> bool:
    """Whether a number disagrees with the scheme of its type and country: in a check digit, a date, its length.

    Numbers of which no scheme is known pass, and so do those of another shape
    than the scheme's where the type may mean several things: a Russian
    registration number of eight digits is no OGRN.

    >>> from sanctions_tracker.model.vocabulary import IdentifierType
    >>> fails(Identifier(IdentifierType.TAX_ID, "7707083894", country="RU"))
    True
    >>> fails(Identifier(IdentifierType.TAX_ID, "7707083894"))
    False
    """
    rules = _rules_for(identifier.type, identifier.country, identifier.label)
    return bool(rules) and _disagrees(_bare(identifier.number), rules)


def noted(parts: Iterator[Part]) -> Iterator[Part]:
    """The parts of a list, each entry with a note on every number of its party that fails."""
    for part in parts:
        if type(part) is Entry and (failing := [one for one in part.target.identifiers if fails(one)]):
            yield attrs.evolve(part, notes=(*part.notes, *map(_note, failing)))
        else:
            yield part


def _note(identifier: Identifier) -> Note:
    return Note(f"{FAILS}: {identifier}", identifier.origin)


def _disagrees(number: str, rules: tuple[_Rule, ...]) -> bool:
    """Whether there are rules that apply to a number, and it agrees with none of them."""
    applied = False
    for rule in rules:
        if rule.applies_to(number):
            if agrees(rule.scheme, number):
                return False
            applied = True
    return applied


def _bare(number: str) -> str:
    """A number without the signs that only part it, nor the word before it."""
    if number.isdigit():
        return number
    return _PREFIX.sub("", number, count=1).translate(_SEPARATORS)


__all__ = ["FAILS", "fails", "is_company_imo", "is_vessel_imo", "noted"]
