"""Cells that hold several values: ``(1) Kabul (2) Logar``, ``a) General b) Major General``."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

#: What stands in a numbered list where the publisher has nothing to say.
NONE = frozenset({"-", "–", "—"})

_BOUNDARY = r"(?<![^\s.,;:])"
#: Style of the first marker -> how the markers of such a list look. ``(1)-(3)``, ``(1) to (3)`` and ``(1-3)``
#: repeat one value; ``(1) - (2) X`` with spaces is an empty first value.
_STYLES = (
    re.compile(
        _BOUNDARY
        + r"(?:\((?P<from>\d{1,2})\)(?:-| to )\((?P<to>\d{1,2})\)"
        + r"|\((?P<low>\d{1,2})-(?P<high>\d{1,2})\)|\((?P<one>\d{1,2})\))"
    ),
    re.compile(_BOUNDARY + r"\(?(?P<one>\d{1,2})\)"),
    re.compile(_BOUNDARY + r"\((?P<one>[a-z])\)"),
    re.compile(_BOUNDARY + r"\(?(?P<one>[a-z])\)"),
)
_LOOKS_NUMBERED = re.compile(r"\s*(?:\(?[1aA!]\)|\(1-\d)")
#: A list has at least two items: ``(1) 212 555 0100`` may be a telephone number.
_FEWEST = 2


class _Mark(NamedTuple):
    first: int
    last: int
    start: int
    end: int


def _number(text: str) -> int:
    return int(text) if text.isdigit() else ord(text) - ord("a") + 1


def _mark(match: re.Match[str]) -> _Mark:
    groups = match.groupdict()
    first = groups.get("from") or groups.get("low") or groups["one"]
    last = groups.get("to") or groups.get("high") or first
    return _Mark(_number(first), _number(last), match.start(), match.end())


def _marks(text: str, style: re.Pattern[str], *, lenient: bool) -> list[_Mark]:
    """The markers of one list, each following on the one before; empty where the numbering does not hold."""
    marks: list[_Mark] = []
    for mark in map(_mark, style.finditer(text)):
        if mark.first == (marks[-1].last + 1 if marks else 1) and mark.last >= mark.first:
            marks.append(mark)
        elif not lenient:
            return []
    return marks


def _trimmed(item: str) -> str:
    item = item.strip().rstrip(".,;").rstrip()
    return "" if item in NONE else item


@lru_cache(maxsize=8192)
def led_items(text: str, *, lenient: bool = False) -> tuple[str, tuple[str, ...]]:
    """What stands before a numbered list, and its items; an empty tuple where there is no list.

    The numbering must start at 1 or a and rise by one. An item that is a
    hyphen, or nothing, comes back as an empty string. With ``lenient``, markers
    that do not follow are text: for telephone numbers, ``(1) +98 (21) 86 (2) …``.

    >>> led_items("Passport no: a) S004370 b) D001369")
    ('Passport no:', ('S004370', 'D001369'))
    """
    found = [(marks[0].start, index, marks) for index, marks in enumerate(_lists(text, lenient=lenient)) if marks]
    if not found:
        return "", ()
    _, _, marks = min(found)
    ends = [*(mark.start for mark in marks[1:]), len(text)]
    items = [
        item
        for mark, end in zip(marks, ends, strict=True)
        for item in [_trimmed(text[mark.end : end])] * (mark.last - mark.first + 1)
    ]
    return text[: marks[0].start].strip(), tuple(items)


def _lists(text: str, *, lenient: bool) -> list[list[_Mark]]:
    if ")" not in text:
        return []
    lists = [_marks(text, style, lenient=lenient) for style in _STYLES]
    return [marks if marks and marks[-1].last >= _FEWEST else [] for marks in lists]


def items(text: str, *, lenient: bool = False) -> tuple[str, ...]:
    """The values of a cell: those of its numbered list, else the whole cell as one.

    >>> items("(1) Iraq. (2) -  (3) Congo (Democratic Republic)")
    ('Iraq', '', 'Congo (Democratic Republic)')
    >>> items("(1)-(2) Tunisia (3) Italy"), items("Mayor (2) of X")
    (('Tunisia', 'Tunisia', 'Italy'), ('Mayor (2) of X',))
    """
    if ")" not in text:
        return (text.strip(),)
    lead, listed = led_items(text, lenient=lenient)
    return listed if listed and not lead else (text.strip(),)


def broken_numbering(text: str) -> bool:
    """Whether a cell begins like a numbered list but is none, such as ``(1) … (3) …``.

    >>> broken_numbering("(1) Chief (3) Deputy"), broken_numbering("(1) Chief (2) Deputy"), broken_numbering("Chief")
    (True, False, False)
    """
    return ")" in text and bool(_LOOKS_NUMBERED.match(text)) and len(items(text)) < _FEWEST
