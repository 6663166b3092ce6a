"""Whether numbers of one kind or another agree with their own check digits.

python-stdnum knows most kinds, each by a name (``imo``, ``ru.inn``); those
that it lacks stand here. A module of it is imported when the first number of
its kind is checked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from importlib import import_module
from types import MappingProxyType

#: What checks a number; it never raises for a text in ASCII.
Check = Callable[[str], bool]

#: Longer texts hold more than a number: the longest scheme, the LEI's, has 20 signs.
_LONGEST = 64

#: Weights of a company's or registered owner's IMO number. Source: IMO resolution MSC.160(78).
_IMO_COMPANY = (8, 6, 4, 2, 9, 7)
#: Numbers of the Russian registers of bodies (OGRN) and of sole traders (OGRNIP): length -> divisor of the check.
#: Source: order of the Ministry of Finance of Russia 165n of 30 October 2017.
_OGRN = MappingProxyType({13: 11, 15: 13})
#: Weights of an Iranian's national number and of an Iranian body's. Source: National Organization for Civil
#: Registration and State Organization for Registration of Deeds and Properties of Iran.
_IR_PERSON = (10, 9, 8, 7, 6, 5, 4, 3, 2)
_IR_BODY = (29, 27, 23, 19, 17, 29, 27, 23, 19, 17)


def _digits(number: str) -> list[int]:
    return [int(digit) for digit in number] if number.isascii() and number.isdigit() else []


def _weighed(digits: Sequence[int], weights: Sequence[int]) -> int:
    return sum(digit * weight for digit, weight in zip(digits, weights, strict=False))


def is_company_imo(number: str) -> bool:
    """Whether these are the seven digits of a company or a registered owner.

    >>> is_company_imo("1234565"), is_company_imo("1234566")
    (True, False)
    """
    digits = _digits(number)
    return len(digits) == len(_IMO_COMPANY) + 1 and (11 - _weighed(digits, _IMO_COMPANY) % 11) % 10 == digits[-1]


def is_ogrn(number: str) -> bool:
    """Whether these are the 13 or 15 digits of an entry in a Russian register.

    >>> is_ogrn("1027700132195"), is_ogrn("1027700132196")
    (True, False)
    """
    divisor = _OGRN.get(len(number))
    if divisor is None or not (number.isascii() and number.isdigit()):
        return False
    return int(number[:-1]) % divisor % 10 == int(number[-1])


def is_iranian_person(number: str) -> bool:
    """Whether these are the ten digits of an Iranian's national number.

    >>> is_iranian_person("0499370899"), is_iranian_person("0499370898")
    (True, False)
    """
    digits = _digits(number)
    if len(digits) != len(_IR_PERSON) + 1:
        return False
    left = _weighed(digits, _IR_PERSON) % 11
    return digits[-1] == (left if left < 2 else 11 - left)  # noqa: PLR2004


def is_iranian_body(number: str) -> bool:
    """Whether these are the eleven digits of an Iranian body's national number.

    >>> is_iranian_body("10380284790"), is_iranian_body("10380284791")
    (True, False)
    """
    digits = _digits(number)
    if len(digits) != len(_IR_BODY) + 1:
        return False
    raised = [digit + digits[-2] + 2 for digit in digits[:-1]]
    return _weighed(raised, _IR_BODY) % 11 % 10 == digits[-1]


_OWN: Mapping[str, Check] = MappingProxyType(
    {
        "imo_company": is_company_imo,
        "ir.person": is_iranian_person,
        "ir.body": is_iranian_body,
        "ru.ogrn": is_ogrn,
    }
)


@lru_cache(maxsize=256)
def check(scheme: str) -> Check:
    """The check of a scheme: ``imo_company``, ``ir.person``, ``ir.body``, ``ru.ogrn``, or a module of python-stdnum.

    Raises:
        ModuleNotFoundError: python-stdnum has no such module.
    """
    if scheme in _OWN:
        return _OWN[scheme]
    found: Check = import_module(f"stdnum.{scheme}").is_valid
    return found


def agrees(scheme: str, number: str) -> bool:
    """Whether a number is one of the scheme's: its length, its signs, its check digits.

    Spaces, and the prefix ``IMO``, do not count; a text that holds other
    letters than ASCII's, or more than 64 characters, is no number.

    >>> agrees("lei", "5493001KJTIIGC8Y1R12"), agrees("lei", "5493001KJTIIGC8Y1R13")
    (True, False)
    """
    return len(number) <= _LONGEST and number.isascii() and check(scheme)(number)


def is_vessel_imo(number: str) -> bool:
    """Whether these are the seven digits of a ship.

    >>> is_vessel_imo("9074729"), is_vessel_imo("9074728")
    (True, False)
    """
    return agrees("imo", number)
