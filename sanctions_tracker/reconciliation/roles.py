"""What post a person holds, and what branch a unit is: stated in the data, or read from titles and names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

import attrs

from sanctions_tracker.model import Target
from sanctions_tracker.model.country import country_code
from sanctions_tracker.model.vocabulary import TargetKind
from sanctions_tracker.reconciliation.data_files import rows

#: A post that was held once is none now.
_FORMER = re.compile(r"\b(former|ex|retired|previously|until)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_POSTED_TO = re.compile(r"\bto\s+(?:the\s+)?(?P<country>[^,;()]+)", re.IGNORECASE)

#: What stands for the post where the bearer is a unit of armed forces, whose name tells its branch.
_UNIT = "unit"


@attrs.frozen(order=True)
class Role:
    """A post and where it is held: ``ambassador`` and ``iq``, ``commander`` and ``navy``, ``unit`` and ``air``.

    ``stated`` where the data set says so (`Target.role`), else it was read from a title or a name.
    """

    post: str
    area: str
    stated: bool = False

    def __str__(self) -> str:
        return f"{self.post}:{self.area}"


def roles_of(target: Target) -> tuple[Role, ...]:
    """The roles of a target, in order; none where no post *and* area are known.

    A post without its area says nothing: two ministers are not alike.
    Former posts are left out.
    """
    post, colon, area = target.role.partition(":")
    stated = {Role(post, area, stated=True)} if colon and post and area else set()
    read = {role for position in target.positions for role in _read(position)}
    if target.kind is TargetKind.MILITARY_UNIT:
        read |= {Role(_UNIT, area) for name in target.strong_names for area in _found("area", name.text)}
    known = {(role.post, role.area) for role in stated}
    return tuple(sorted(stated | {role for role in read if (role.post, role.area) not in known}))


def _read(position: str) -> Iterable[Role]:
    if _FORMER.search(position):
        return
    posts = _found("post", position)
    areas = set(_found("area", position))
    posted = _POSTED_TO.search(position)
    code = country_code(posted["country"]) if posted else None
    if code:
        areas = {code.casefold()}
    yield from (Role(post, area) for post in posts for area in areas)


def _found(part: str, text: str) -> list[str]:
    """The values of the longest forms that stand in a text; a form inside a longer one does not count."""
    words = [word.casefold() for word in _WORD.findall(text)]
    forms = _forms(part)
    found: list[str] = []
    at = 0
    while at < len(words):
        length = next(
            (n for n in range(min(_longest(part), len(words) - at), 0, -1) if tuple(words[at : at + n]) in forms), 0
        )
        if length:
            found.append(forms[tuple(words[at : at + length])])
        at += length or 1
    return sorted(set(found))


@lru_cache(maxsize=2)
def _forms(part: str) -> Mapping[tuple[str, ...], str]:
    return {
        tuple(word.casefold() for word in _WORD.findall(row["form"])): row["value"]
        for row in rows("roles")
        if row["part"] == part
    }


@lru_cache(maxsize=2)
def _longest(part: str) -> int:
    return max(map(len, _forms(part)))
