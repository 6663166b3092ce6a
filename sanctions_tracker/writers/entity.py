"""One FollowTheMoney entity as it is written."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from typing import Any

import attrs

from sanctions_tracker.model import PartialDate
from sanctions_tracker.model.country import ADDITIONS

_PLAIN_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?", re.ASCII)
#: What FollowTheMoney does not allow in an id. Source: followthemoney.types.entity.
_NOT_IN_IDS = re.compile(r"[^0-9A-Za-z.\-]+")
#: How long an id may grow before its end becomes a hash.
_LONGEST_ID = 200
#: Codes of countries that are no more. Source: country type of followthemoney.
_FORMER = {"SU": "suhh", "YU": "yucs", "DD": "dd"}


@attrs.define
class Entity:
    """An entity in the making: texts by property, each once, in order."""

    id: str
    schema: str
    properties: dict[str, list[str]] = attrs.field(factory=dict)
    caption: str = ""

    def add(self, name: str, *texts: str) -> None:
        """Add values; blank ones and repeated ones are passed over."""
        for text in texts:
            if text.strip() and text not in self.properties.get(name, ()):
                self.properties.setdefault(name, []).append(text)

    def add_date(self, name: str, date: PartialDate | None, heading: str) -> None:
        """Add a date, as far as the format can write it; else in words."""
        if date is not None:
            plain = date_text(date)
            self.add(name if plain else "summary", plain or f"{heading}: {date}")

    def to_json(self) -> dict[str, Any]:
        """Plain data in FollowTheMoney's form; a party bears its caption and is a target."""
        party = {"caption": self.caption, "target": True, "referents": []} if self.caption else {}
        return {"id": self.id, "schema": self.schema, **party, "properties": self.properties}


@attrs.define
class Ids:
    """Ids that the format allows, no two alike: the same list gives the same ids."""

    taken: set[str] = attrs.field(factory=set)

    def of(self, wished: str) -> str:
        """An id as like ``wished`` as may be.

        >>> ids = Ids()
        >>> ids.of("us:123"), ids.of("us:123/456"), ids.of("us-123")
        ('us-123', 'us-123-456', 'us-123-e0a19d23')
        """
        made = _NOT_IN_IDS.sub("-", wished).strip("-.") or "id"
        marked = made if len(made) <= _LONGEST_ID else f"{made[:_LONGEST_ID]}-{_hash(wished)}"
        number = 0
        while marked in self.taken:
            marked = f"{made[:_LONGEST_ID]}-{_hash(wished + '#' * number)}"
            number += 1
        self.taken.add(marked)
        return marked


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def date_text(date: PartialDate) -> str:
    """The date where it is a plain year, month or day, else nothing: the format knows no ranges and no circa."""
    return date.edtf if _PLAIN_DATE.fullmatch(date.edtf) else ""


@lru_cache(maxsize=512)
def country_code_of(code: str | None) -> str:
    """FollowTheMoney's code of a country; nothing for a country that it does not know.

    >>> country_code_of("IR"), country_code_of("SU"), country_code_of("ZR"), country_code_of(None)
    ('ir', 'suhh', '', '')
    """
    if code is None or code in _FORMER:
        return _FORMER.get(code or "", "")
    import pycountry  # noqa: PLC0415  (slow to import)

    return code.casefold() if code in ADDITIONS or pycountry.countries.get(alpha_2=code) else ""
