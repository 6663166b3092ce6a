"""Which country codes exist, and which code a publisher's spelling means.

Codes are ISO 3166-1 alpha-2 in capitals, withdrawn ones included (a birth in
the Soviet Union stays ``SU``), with ``EU``, ``UN`` and ``XK`` beside them.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import lru_cache
from importlib import resources

from sanctions_tracker.errors import UnknownCountryError

#: Codes beside ISO 3166: the European Union and the United Nations (exceptionally
#: reserved by the ISO 3166 Maintenance Agency) and Kosovo (user-assigned, used by the EU).
ADDITIONS = {"EU": "European Union", "UN": "United Nations", "XK": "Kosovo"}

#: Stands for "whoever it may be" where a law addresses no country in particular.
ANY_COUNTRY = "*"

_NOT_LETTERS = re.compile(r"[^\w]+")


@lru_cache(maxsize=1)
def known_codes() -> frozenset[str]:
    """Every code that the model accepts, in capitals."""
    import pycountry  # noqa: PLC0415  (slow to import; only needed once a country is met)

    current = {country.alpha_2 for country in pycountry.countries}
    withdrawn = {country.alpha_2 for country in pycountry.historic_countries if hasattr(country, "alpha_2")}
    return frozenset(current | withdrawn | ADDITIONS.keys())


def checked_code(code: str) -> str:
    """``code`` itself where it is known.

    Raises:
        UnknownCountryError: where it is not, lower-case codes included.
    """
    if code not in known_codes():
        raise UnknownCountryError(code)
    return code


def _key(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return " ".join(_NOT_LETTERS.sub(" ", "".join(c for c in decomposed if not unicodedata.combining(c))).split())


@lru_cache(maxsize=1)
def _spellings() -> dict[str, str]:
    """Folded spelling -> code: pycountry's names, then the reviewed table."""
    import pycountry  # noqa: PLC0415

    spellings = {_key(name): code for code, name in ADDITIONS.items()}
    for country in [*pycountry.historic_countries, *pycountry.countries]:
        code = getattr(country, "alpha_2", "")
        for field in ("name", "official_name", "common_name", "alpha_3"):
            name = getattr(country, field, "")
            if name and code:
                spellings[_key(name)] = code
    with resources.files("sanctions_tracker.model").joinpath("data/country_names.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            spellings[_key(row["spelling"])] = row["code"]
    return spellings


@lru_cache(maxsize=8192)
def country_code(text: str) -> str | None:
    """The code that a publisher's spelling means, or None where no table knows it.

    Codes, names and the reviewed spellings of ``data/country_names.tsv`` are
    known, whatever their case and accents.

    >>> country_code("Korea, North"), country_code("iran"), country_code("Côte d'Ivoire"), country_code("Ruritania")
    ('KP', 'IR', 'CI', None)
    """
    stripped = text.strip()
    if len(stripped) == 2 and stripped.upper() in known_codes():  # noqa: PLR2004  (alpha-2)
        return stripped.upper()
    return _spellings().get(_key(stripped))


@lru_cache(maxsize=512)
def country_name(code: str) -> str:
    """The short English name of a code, for people to read.

    What stands behind a comma is left out, unless two countries would then bear one name.

    Raises:
        UnknownCountryError: no table knows the code.

    >>> country_name("IR"), country_name("GB"), country_name("CD")
    ('Iran', 'United Kingdom', 'Congo, The Democratic Republic of the')
    """
    if code in ADDITIONS:
        return ADDITIONS[code]
    import pycountry  # noqa: PLC0415

    country = pycountry.countries.get(alpha_2=code) or pycountry.historic_countries.get(alpha_2=code)
    if country is None:
        raise UnknownCountryError(code)
    name = str(getattr(country, "common_name", country.name))
    short = name.partition(",")[0]
    alike = [other for other in pycountry.countries if other.name == short or other.name.startswith(f"{short},")]
    return short if short == name or len(alike) <= 1 else name
