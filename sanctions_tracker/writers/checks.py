"""Whether a number may stand in a property that FollowTheMoney checks."""

from __future__ import annotations

import re
from collections.abc import Callable

from sanctions_tracker.model.vocabulary import IdentifierType

#: Weights of IMO numbers. Source: IMO resolutions A.1117(30), of ships, and MSC.160(78), of companies.
_IMO_VESSEL, _IMO_COMPANY = (7, 6, 5, 4, 3, 2), (8, 6, 4, 2, 9, 7)
_SEVEN_DIGITS = re.compile(r"\d{7}", re.ASCII)
#: Source: ISO 17442 (LEI), ISO 6166 (ISIN), ISO 9362 (BIC).
_LEI = re.compile(r"[A-Z0-9]{18}\d\d", re.ASCII)
_ISIN = re.compile(r"[A-Z]{2}[A-Z0-9]{9}\d", re.ASCII)
_BIC = re.compile(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?", re.ASCII)
#: A telephone number as ITU-T E.164 writes it.
_E164 = re.compile(r"\+[1-9]\d{7,14}", re.ASCII)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}", re.ASCII)
_URL = re.compile(r"https?://[\w.-]+\.[A-Za-z]{2,}(?:/[\w./%-]*)?", re.ASCII)


#: How long an identifier may be. Source: identifier type of followthemoney.
_LONGEST = 64


def _sum(number: str, weights: tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(number, weights, strict=False))


def is_vessel_imo(number: str) -> bool:
    """Whether these are the seven digits of a ship.

    >>> is_vessel_imo("9074729"), is_vessel_imo("9074728")
    (True, False)
    """
    return bool(_SEVEN_DIGITS.fullmatch(number)) and _sum(number, _IMO_VESSEL) % 10 == int(number[6])


def is_company_imo(number: str) -> bool:
    """Whether these are the seven digits of a company or a registered owner."""
    return bool(_SEVEN_DIGITS.fullmatch(number)) and (11 - _sum(number, _IMO_COMPANY) % 11) % 10 == int(number[6])


def _as_digits(text: str) -> str:
    """Letters as the numbers from 10 on that stand for them."""
    return "".join(str(int(letter, 36)) for letter in text)


def is_lei(number: str) -> bool:
    """Whether this is a legal entity identifier with its check digits.

    >>> is_lei("5493001KJTIIGC8Y1R12"), is_lei("5493001KJTIIGC8Y1R13")
    (True, False)
    """
    return bool(_LEI.fullmatch(number)) and int(_as_digits(number)) % 97 == 1


def is_isin(number: str) -> bool:
    """Whether this is a securities number with its check digit.

    >>> is_isin("US0378331005"), is_isin("US0378331006")
    (True, False)
    """
    if not _ISIN.fullmatch(number):
        return False
    digits = [int(digit) for digit in reversed(_as_digits(number))]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


_CHECKS: dict[IdentifierType, Callable[[str], bool]] = {
    IdentifierType.BIC: lambda text: bool(_BIC.fullmatch(text)),
    IdentifierType.PHONE: lambda text: bool(_E164.fullmatch(text)),
    IdentifierType.IMO_VESSEL: is_vessel_imo,
    IdentifierType.IMO_COMPANY: is_company_imo,
    IdentifierType.LEI: is_lei,
    IdentifierType.ISIN: is_isin,
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
