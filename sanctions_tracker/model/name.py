"""A name that a target bears."""

from __future__ import annotations

from typing import Any

import attrs

from sanctions_tracker.errors import InvalidNameError
from sanctions_tracker.model.provenance import Origin
from sanctions_tracker.model.vocabulary import NameKind, NamePartKind, NameStrength
from sanctions_tracker.names.script import has_letter_or_digit, script_of


def _nameable(_instance: object, _attribute: attrs.Attribute[Any], text: str) -> None:
    if not has_letter_or_digit(text):
        raise InvalidNameError(text)


@attrs.frozen
class NamePart:
    """One part of a name, where the publisher tells the parts apart."""

    kind: NamePartKind
    text: str


@attrs.frozen
class Name:
    """A name in reading order, exactly as the publisher spells it.

    ``language`` is a BCP 47 tag where the publisher states one; ``script`` an
    ISO 15924 code, worked out from the letters unless given.

    Raises:
        InvalidNameError: a text without any letter or digit.
    """

    text: str = attrs.field(validator=_nameable)
    kind: NameKind = NameKind.PRIMARY
    strength: NameStrength = NameStrength.STRONG
    language: str = ""
    script: str = attrs.field()
    parts: tuple[NamePart, ...] = ()
    note: str = ""
    origin: Origin | None = None

    @script.default
    def _script_of_text(self) -> str:
        return script_of(self.text)

    def __str__(self) -> str:
        return self.text
