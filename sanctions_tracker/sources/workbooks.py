"""Workbooks that nobody vouches for: unpacked and measured before they are parsed.

The parser sets aside room for the whole area between the first cell and the
last one and gives each cell a copy of its text: two cells and a long text in a
file of a few hundred bytes may ask for more memory than there is, and that ends
the process. In a part that is cut short it may look for the end for ever. So the
parts are checked and measured first, as they really unpack, whatever the
archive's directory says.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from xml.parsers import expat

from sanctions_tracker.errors import DamagedInputError, UnsafeInputError

#: How many cells the area of a sheet may hold, empty ones included. The largest official workbook has 700,000.
MAX_CELLS = 10_000_000
#: What is read of a workbook: no binary parts, which are of another format, and no pictures.
_KIND = "mimetype"
_READ = (".xml", ".rels", _KIND)
#: More digits than any count or place that fits.
_DIGITS = 9
#: As many rows as numbers of five digits tell.
_FEW_ROWS = 99_999
#: What stands for the column of a cell whose place cannot be told: beyond all.
_NO_COLUMN = b"ZZZZZ"
#: The rows and columns that a sheet may have at most, by its own standard.
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384

_PLAIN_PLACE = re.compile(rb'<c r="([A-Z]+)[0-9]+"')
_PLAIN_NUMBER = re.compile(rb'<(?:c|row) r="[A-Z]*([0-9]+)"')
_MANY_ROWS = re.compile(rb'<(?:c r="[A-Z]+|row r=")[0-9]{6}')
_REFERENCE = re.compile(rb"\sr\s*=\s*[\"']([^\"']*)")
_PLACE = re.compile(rb"([A-Za-z]*)([0-9]+)")
_CELL = re.compile(rb"[<:]c[\s/>]")
_ROW = re.compile(rb"[<:]row[\s/>]")
_VALUE = re.compile(rb"<v>([^<&]*)</v>")
_SHARED_TEXT = re.compile(rb"[<:]si[\s/>]")
_INDEX = re.compile(rb"<v>([0-9]+)<")
_TABLE_CELL = re.compile(rb"<table:(?:covered-)?table-cell")
_COLUMNS_REPEATED = re.compile(rb"number-columns-repeated\s*=\s*[\"']([0-9]+)")
_ROWS_REPEATED = re.compile(rb"number-rows-repeated\s*=\s*[\"']([0-9]+)")


def _plain_rows(place: bytes) -> re.Pattern[bytes]:
    """All rows of an xlsx sheet whose cells say where they stand, by ``place``, and hold numbers only.

    As nearly all programs write them: texts are shared, so that their numbers stand here. What matches
    is sound XML. No quantifier gives back what it took, so that the time grows with the length.
    """
    attributes = rb'(?: [A-Za-z0-9:]++="[^"<>&\x00-\x1f\x7f-\xff]*+")*+'
    cell = rb'<c r="' + place + rb'"' + attributes + rb"(?:>(?:<v>[0-9.E-]*+</v>)?+</c>|/>)"
    row = rb'<row r="[0-9]{1,5}"' + attributes + rb"(?:>(?:" + cell + rb")*+</row>|/>)"
    return re.compile(rb"<sheetData>((?:" + row + rb")*+)</sheetData>")


#: What plain rows look like, and how many rows and columns they reach over then, at most.
_PLAIN = (
    (_plain_rows(rb"A?[A-Z][0-9]{1,5}"), (99_999, 52)),
    (_plain_rows(rb"[A-Z]{1,2}[0-9]{1,4}"), (9_999, 702)),
)
#: By one of these a cell of an ods table is known to hold something.
_HOLDS = (b"office:", b"table:formula", b"</table:table-cell>")


def unpacked(packed: bytes, most: int, name: str) -> bytes:
    """The workbook again, not compressed, its parts measured; ``name`` is the file's, for messages.

    Args:
        packed: an xlsx or ods file.
        most: how much its parts may unpack to together, and its cells' texts hold together, in bytes.
        name: the file's name.

    Raises:
        UnsafeInputError: it asks for more, or a sheet for more than :data:`MAX_CELLS` cells; a document type.
        DamagedInputError: a part is no XML, or cut short.
        zipfile.BadZipFile, RuntimeError, OSError, ValueError, zlib.error: the archive is damaged or locked.
    """
    parts = _parts(packed, most, name)
    for part, content in parts.items():
        area, rest = _plainly_told(content)
        if part != _KIND:
            _refuse_malformed(rest, part, name)
        rows, columns, texts = (*area, _plain_texts(content, parts)) if area else _asked_for(content, parts)
        if rows * columns > MAX_CELLS:
            message = f"a sheet that reaches over more than {MAX_CELLS:,} cells"
            raise UnsafeInputError(message, file=name)
        if texts > most:
            message = f"a workbook whose cells hold more than {most:,} bytes"
            raise UnsafeInputError(message, file=name)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part, content in parts.items():
            archive.writestr(zipfile.ZipInfo(part), content)
    return out.getvalue()


def _parts(packed: bytes, most: int, name: str) -> dict[str, bytes]:
    """The parts that are read. A directory that understates a size does not deceive."""
    parts: dict[str, bytes] = {}
    left = most
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        for member in archive.infolist():
            if not member.filename.endswith(_READ):
                continue
            member.file_size = left + 2  # beyond the limit, so that reading stops where the part really ends
            with archive.open(member) as stream:
                content = stream.read(left + 1)
            left -= len(content)
            if left < 0:
                message = f"a workbook that unpacks to more than {most:,} bytes"
                raise UnsafeInputError(message, file=name)
            parts[member.filename] = content
    return parts


def _plainly_told(content: bytes) -> tuple[tuple[int, int] | None, bytes]:
    """The rows and columns that a sheet of plain rows reaches over at most, and what is left of it without them.

    None and all of it for any other part, or where cells stand outside those rows.
    """
    if b"<!" not in content:  # no comment: what looks like a row is one
        for pattern, area in _PLAIN:
            if match := pattern.search(content):
                rest = content[: match.start(1)] + content[match.end(1) :]
                return (None, content) if _ROW.search(rest) or _CELL.search(rest) else (area, rest)
    return None, content


def _refuse_malformed(content: bytes, part: str, name: str) -> None:
    if b"<!" in content and b"<!DOCTYPE" in content:
        message = f"{part} declares a document type: no workbook does, and entities are refused"
        raise UnsafeInputError(message, file=name)
    try:
        expat.ParserCreate().Parse(content, True)  # noqa: FBT003  (it takes it by position only)
    except (expat.ExpatError, LookupError, ValueError) as error:  # an encoding that nobody knows, or of several bytes
        message = f"{part} is malformed or cut short ({error})"
        raise DamagedInputError(message, file=name) from error


def _asked_for(content: bytes, parts: Mapping[str, bytes]) -> tuple[int, int, int]:
    """The rows and columns of the area that a part asks for, and the bytes of its cells' texts."""
    if b"sheetData" in content:
        return *_area(content), _shared_texts(content, parts)
    if b"table:table" in content:
        return _table(content)
    return 0, 0, 0


def _area(content: bytes) -> tuple[int, int]:
    """Rows and columns of an xlsx sheet, counted from the first of the sheet; more rather than less."""
    letters = _PLAIN_PLACE.findall(content)
    if _is_plain(content, len(letters)):
        columns = max(map(_column, set(letters)), default=0)
        if not _MANY_ROWS.search(content) and columns * _FEW_ROWS <= MAX_CELLS:
            return _FEW_ROWS, columns
        numbers, implied_rows, implied_columns = set(_PLAIN_NUMBER.findall(content)), 0, 0
    else:
        found = [_PLACE.fullmatch(reference) for reference in set(_REFERENCE.findall(content))]
        columns = max((_column(match[1] if match else _NO_COLUMN) for match in found), default=0)
        numbers = {match[2] for match in found if match}
        # Cells and rows that do not say where they stand follow one another.
        implied_rows = len(_ROW.findall(content))
        implied_columns = max(len(_CELL.findall(row)) for row in _ROW.split(content))
    rows = max((int(number[:_DIGITS]) for number in numbers), default=0)
    if rows > _MOST_ROWS or columns > _MOST_COLUMNS:  # the parser's own arithmetic may overflow
        return MAX_CELLS + 1, 1
    return rows + implied_rows, columns + implied_columns


def _is_plain(content: bytes, cells: int) -> bool:
    """Whether every cell and row begins by saying where it stands, as all programs write them."""
    others = sum(content.count(sign) for sign in (b"<col", b"<cfRule", b"<conditional"))
    return (
        content.count(b"<c") == cells + others
        and content.count(b"<row") == content.count(b'<row r="')
        and b"<!" not in content
        and b":sheetData" not in content
    )


def _column(letters: bytes) -> int:
    """The number of a column, ``A`` is 1; that of a name of five letters is large enough for any."""
    number = 0
    for letter in letters[:5].upper():
        number = number * 26 + letter - 64
    return number


def _plain_texts(content: bytes, parts: Mapping[str, bytes]) -> int:
    """How much the cells of plain rows hold together."""
    return _used(_INDEX.findall(content), _lengths(parts))


def _shared_texts(content: bytes, parts: Mapping[str, bytes]) -> int:
    """How much the cells hold together that refer to the table of shared texts."""
    values, lengths = _VALUE.findall(content), _lengths(parts)
    others = content.count(b"<v") + content.count(b":v") - len(values)  # written in some other way
    return _used(values, lengths) + others * max(lengths, default=0)


def _lengths(parts: Mapping[str, bytes]) -> list[int]:
    """The lengths of the shared texts, by their numbers."""
    shared = b"".join(text for part, text in parts.items() if part.casefold().endswith("sharedstrings.xml"))
    texts = _SHARED_TEXT.split(shared) if b":si" in shared else shared.split(b"<si")
    return list(map(len, texts))[1:]


def _used(values: list[bytes], lengths: list[int]) -> int:
    """How much the shared texts hold together that values refer to."""
    uses = ((_index(value), count) for value, count in Counter(values).items())
    return sum(lengths[index] * count for index, count in uses if index < len(lengths))


def _index(value: bytes) -> int:
    """The number of a shared text, as generously as the parser reads it; one beyond all for a value that is none."""
    digits = value.strip().removeprefix(b"+")
    return int(digits.lstrip(b"0")[:_DIGITS] or b"0") if digits.isdigit() else 10**_DIGITS


def _table(content: bytes) -> tuple[int, int, int]:
    """Rows, columns and bytes of an ods table; what is empty at the ends does not count."""
    rows = columns = texts = behind = 0
    for times, held, width in _table_rows(content):
        behind += times
        if held:
            rows, columns = rows + behind, max(columns, width)
            texts += held * times
            behind = 0
    return rows, columns, texts


def _table_rows(content: bytes) -> Iterator[tuple[int, int, int]]:
    """For each row: how often it stands there, how many bytes its cells hold, and in how many columns."""
    for piece in content.split(b"<table:table-row")[1:]:
        row = piece.partition(b"</table:table-row")[0]
        times = _times(_ROWS_REPEATED, row, _MOST_ROWS)
        held = _up_to_the_last_that_holds(row)
        cells = _TABLE_CELL.split(held)[1:]
        if b"columns-repeated" not in row:
            yield times, len(held), len(cells)
        else:
            repeated = [(cell, _times(_COLUMNS_REPEATED, cell, _MOST_COLUMNS)) for cell in cells]
            texts = sum(len(cell) * count for cell, count in repeated if any(sign in cell for sign in _HOLDS[:2]))
            yield times, texts, sum(count for _, count in repeated)


def _up_to_the_last_that_holds(row: bytes) -> bytes:
    """A row without the empty cells at its end."""
    last = max(map(row.rfind, _HOLDS))
    behind = row.find(b"<table:", last) if last >= 0 else 0
    return row if behind < 0 else row[:behind]


def _times(pattern: re.Pattern[bytes], text: bytes, most: int) -> int:
    """How often something is repeated, at most as often as there are rows or columns."""
    return min(most, max((int(number[:_DIGITS]) for number in pattern.findall(text)), default=1))
