"""The cells and lines of a table in CSV (RFC 4180)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

#: A cell that begins with one of these may be taken for a formula by a spreadsheet; the last four are the full-width
#: forms of the first four. Source: OWASP, "CSV Injection".
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_GUARD = "'"

#: Not written, but told to the csv module: it quotes cells that hold one of these characters.
_LINE_END = "\r\n"


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe goes before what may begin one.

    >>> guarded("=1+1"), guarded("Ali")
    ("'=1+1", 'Ali')
    """
    return _GUARD + cell if cell.startswith(_FORMULA) else cell


def line(cells: Iterable[str], delimiter: str = ",") -> str:
    """Cells as a line without its end, quoted where they must be.

    >>> line(["Ali", 'a "b", c'])
    'Ali,"a ""b"", c"'
    """
    cells = [*cells]
    if not cells:
        return ""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=_LINE_END).writerow(cells)
    return out.getvalue().removesuffix(_LINE_END)
