"""Validators that several models share."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs

from sanctions_tracker.errors import ModelError
from sanctions_tracker.model.country import ANY_COUNTRY, checked_code


def not_blank(instance: object, attribute: attrs.Attribute[Any], value: str) -> None:
    """Refuse a text of white space alone."""
    if not value or value.isspace():
        message = f"{type(instance).__name__}.{attribute.name} must not be blank"
        raise ModelError(message, value=value)


def known_country(_instance: object, _attribute: attrs.Attribute[Any], value: str | None) -> None:
    """Refuse a code that no table knows; None stands for a country not stated."""
    if value is not None:
        checked_code(value)


def known_countries(_instance: object, _attribute: attrs.Attribute[Any], values: tuple[str, ...]) -> None:
    """Refuse unknown codes; ``*`` stands for any country."""
    for value in values:
        if value != ANY_COUNTRY:
            checked_code(value)


def with_time_zone(_instance: object, _attribute: attrs.Attribute[Any], moment: dt.datetime | None) -> None:
    """Refuse a moment that does not say in which time zone it is told."""
    if moment is not None and moment.utcoffset() is None:
        message = f"the moment {moment.isoformat()} needs a time zone"
        raise ModelError(message, value=moment)
