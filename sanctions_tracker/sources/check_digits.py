"""Check digits of numbers that the lists print."""

from __future__ import annotations

from collections.abc import Sequence

#: Weights of a Russian taxpayer's number (INN): 10 digits for bodies, 12 for persons.
#: Source: order of the Federal Tax Service of Russia ММВ-7-6/435 of 29 June 2012.
_INN_10 = (2, 4, 10, 3, 5, 9, 4, 6, 8)
_INN_11 = (7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
_INN_12 = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)

#: Weights of the two kinds of IMO numbers. Source: IMO resolutions A.1117(30), of
#: ships, and MSC.160(78), of companies and registered owners.
_IMO_VESSEL = (7, 6, 5, 4, 3, 2)
_IMO_COMPANY = (8, 6, 4, 2, 9, 7)
_IMO_DIGITS = 7


def _weighed(digits: Sequence[int], weights: Sequence[int]) -> int:
    return sum(digit * weight for digit, weight in zip(digits, weights, strict=False))


def _digits(number: str) -> list[int]:
    return [int(digit) for digit in number] if number.isascii() and number.isdigit() else []


def is_vessel_imo(number: str) -> bool:
    """Whether these are the seven digits of a ship.

    >>> is_vessel_imo("9074729"), is_vessel_imo("9074728")
    (True, False)
    """
    digits = _digits(number)
    return len(digits) == _IMO_DIGITS and _weighed(digits, _IMO_VESSEL) % 10 == digits[6]


def is_company_imo(number: str) -> bool:
    """Whether these are the seven digits of a company or a registered owner.

    >>> is_company_imo("1234565"), is_company_imo("1234566")
    (True, False)
    """
    digits = _digits(number)
    return len(digits) == _IMO_DIGITS and (11 - _weighed(digits, _IMO_COMPANY) % 11) % 10 == digits[6]


def is_inn(number: str) -> bool:
    """Whether these are the ten or twelve digits of a Russian taxpayer.

    >>> is_inn("7707083893"), is_inn("500100732259"), is_inn("7707083894")
    (True, True, False)
    """
    digits = _digits(number)
    if len(digits) == len(_INN_10) + 1:
        return _weighed(digits, _INN_10) % 11 % 10 == digits[9]
    if len(digits) == len(_INN_12) + 1:
        return (_weighed(digits, _INN_11) % 11 % 10, _weighed(digits, _INN_12) % 11 % 10) == (digits[10], digits[11])
    return False
