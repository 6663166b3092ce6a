"""Whether a number may stand in a property that FollowTheMoney checks."""

from __future__ import annotations

import re
from collections.abc import Callable

from sanctions_tracker.model.check_digits import agrees
from sanctions_tracker.model.vocabulary import IdentifierType

#: The signs of a number without a prefix or anything between, as FollowTheMoney wants it.
_SIGNS, _DIGITS = re.compile(r"[A-Z0-9]+", re.ASCII), re.compile(r"[0-9]+", re.ASCII)
#: A telephone number as ITU-T E.164 writes it.
_E164 = re.compile(r"\+[1-9]\d{7,14}", re.ASCII)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}", re.ASCII)
_URL = re.compile(r"https?://[\w.-]+\.[A-Za-z]{2,}(?:/[\w./%-]*)?", re.ASCII)


#: How long an identifier may be. Source: identifier type of followthemoney.
_LONGEST = 64


def _agrees(scheme: str, signs: re.Pattern[str] = _SIGNS) -> Callable[[str], bool]:
    return lambda text: bool(signs.fullmatch(text)) and agrees(scheme, text)


_CHECKS: dict[IdentifierType, Callable[[str], bool]] = {
    IdentifierType.BIC: _agrees("bic"),
    IdentifierType.PHONE: lambda text: bool(_E164.fullmatch(text)),
    IdentifierType.IMO_VESSEL: _agrees("imo", _DIGITS),
    IdentifierType.IMO_COMPANY: _agrees("imo_company"),
    IdentifierType.LEI: _agrees("lei"),
    IdentifierType.ISIN: _agrees("isin"),
    IdentifierType.EMAIL: lambda text: bool(_EMAIL.fullmatch(text)),
    IdentifierType.WEBSITE: lambda text: bool(_URL.fullmatch(text)),
}


def holds(kind: IdentifierType, number: str) -> bool:
    """Whether the number is what its type says, as far as that can be told."""
    check = _CHECKS.get(kind)
    return fits(number) and (check is None or check(number))


def fits(number: str) -> bool:
    """Whether the text is short enough for a number; longer ones are prose that could not be told apart."""
    return len(number) <= _LONGEST
