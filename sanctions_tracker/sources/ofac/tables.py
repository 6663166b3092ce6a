"""SDN.CSV and its companions ALT.CSV, ADD.CSV and SDN_COMMENTS.CSV; the consolidated list's CONS_PRIM.CSV and so on.

No file has a heading of its own (a copy that was saved again may have one);
``-0-`` stands for nothing, byte 1A ends a file. Source of the columns: OFAC,
"SDN.CSV data specification". The primary file can be read alone; a folder is
read together, see :func:`read_folder`. City, state and postal code are one
column, which stands in ``Address.city`` as it is.
"""

from __future__ import annotations

import csv
import io
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path

import attrs

from sanctions_tracker.errors import DamagedInputError, InputNotFoundError, UnknownFormatError
from sanctions_tracker.model import Address, Attribute, Note, Origin, RejectedRecord, Sanctioner, SanctionsList, Source
from sanctions_tracker.model.vocabulary import NameKind, TargetKind
from sanctions_tracker.sources.document import Document, open_document
from sanctions_tracker.sources.ofac.drafts import ALIASES, KINDS, Draft, Said
from sanctions_tracker.sources.ofac.listing import Gathered, Published, close, list_name, source_id
from sanctions_tracker.sources.ofac.remarks import LONGEST, read_remarks

FORMAT_ID = "ofac-sdn-csv"
_PRIMARY = (
    "ent_num",
    "SDN_Name",
    "SDN_Type",
    "Program",
    "Title",
    "Call_Sign",
    "Vess_type",
    "Tonnage",
    "GRT",
    "Vess_flag",
    "Vess_owner",
    "Remarks",
)
#: Column -> the label under which the other formats say it.
_VESSEL = (
    (5, "Vessel Call Sign"),
    (6, "VESSEL TYPE"),
    (7, "Vessel Tonnage"),
    (8, "Vessel Gross Registered Tonnage"),
    (9, "Vessel Flag"),
    (10, "Vessel Owner"),
)
#: Companion -> how many columns it has.
_COLUMNS = {"alt": 5, "add": 6, "comments": 2}
_COMPANIONS = {"alt": "aliases", "add": "addresses", "comments": "comments"}
_HEADINGS = frozenset({"id", "ent_num"})
_EMPTY = "-0-"
_END = "\x1a"

_Row = tuple[int, list[str]]


def _cells(row: list[str]) -> list[str]:
    """The cells stripped, ``-0-`` as nothing; a row that was saved as one cell is taken apart."""
    if len(row) == 1 and "," in row[0]:
        row = next(csv.reader([row[0]]), row)
    cells = [cell.strip() for cell in row]
    return ["" if cell == _EMPTY else cell for cell in cells]


def _is_row(cells: list[str]) -> bool:
    return cells[0].isdecimal() or cells[0].lower() in _HEADINGS


def _shape(document: Document) -> str:
    """Which of the four files it looks like; empty for none."""
    if document.workbook is not None or document.head.lstrip()[:1] in (b"<", b"{", b"["):
        return ""
    try:
        first = document.first_rows[:2]
    except csv.Error:
        return ""
    rows = [_cells(row) for row in first if row and row != [_END]]
    if not rows or (_EMPTY not in document.head_text and len(rows[0]) != _COLUMNS["comments"]):
        return ""
    if any(_is_row(cells) and len(cells) >= len(_PRIMARY) for cells in rows):
        return "primary"
    exact = (
        name for name, columns in _COLUMNS.items() if all(_is_row(cells) and len(cells) == columns for cells in rows)
    )
    return next(exact, "")


def recognise(document: Document) -> bool:
    """Whether the content is a primary file: twelve columns or more, a number first, ``-0-`` for nothing."""
    return _shape(document) == "primary"


@attrs.frozen
class _Table:
    """One file: the id that its values name as their source, its rows with their numbers, its notes and hash."""

    source: str
    rows: tuple[_Row, ...]
    notes: tuple[Note, ...]
    sha256: str


def _table(document: Document, source: str) -> _Table:
    content = document.content()
    notes: list[Note] = []
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        text = content.decode("latin-1")
        notes.append(Note(f"the file is not in UTF-8 ({error}): it was read as Latin-1", Origin(source)))
    if not text.rstrip().rstrip('"').endswith(_END):
        notes.append(Note("the file does not end with its end mark (byte 1A): it may be cut short", Origin(source)))
    return _Table(source, tuple(_rows(text, document.name, source, notes)), tuple(notes), document.sha256())


def _rows(text: str, name: str, source: str, notes: list[Note]) -> Iterator[_Row]:
    reader = csv.reader(io.StringIO(text, newline=""))
    number = 0
    try:
        for number, row in enumerate(reader, 1):
            if not row or row == [_END]:
                continue
            cells = _cells(row)
            if number == 1 and cells[0].lower() in _HEADINGS:
                notes.append(
                    Note(f"a heading, which the publisher's files do not have: {', '.join(cells)}", Origin(source))
                )
            else:
                yield number, cells
    except csv.Error as error:
        message = f"the table cannot be read ({error})"
        raise DamagedInputError(message, file=name, locator=f"row {number + 1}") from error


def parse(document: Document, sanctioner: Sanctioner) -> SanctionsList:
    """Read a primary file alone: the aliases and addresses stand in files of their own.

    Raises:
        DamagedInputError: a table that no parser can read.
    """
    return _List(document, sanctioner, {}).read()


def read_folder(path: str | os.PathLike[str], sanctioner: Sanctioner) -> SanctionsList:
    """Read a folder of CSV files of one list together.

    The files are known by their contents: one primary file, and those of
    aliases, addresses and comments as far as they are there. A file that is
    none of them is told in a note.

    Raises:
        InputNotFoundError: there is no such folder.
        EmptyInputError: one of the files is empty.
        UnknownFormatError: the folder holds no primary file, or two files of one kind.
        DamagedInputError: a table that no parser can read.
    """
    folder = Path(path)
    if not folder.is_dir():
        message = "no such folder"
        raise InputNotFoundError(message, file=str(path))
    found, others = _members(folder)
    with open_document(found.pop("primary")) as document:
        return _List(document, sanctioner, found, others).read()


def _members(folder: Path) -> tuple[dict[str, Path], list[str]]:
    """The files of a folder by shape, and the names of those of no shape."""
    found: dict[str, Path] = {}
    others: list[str] = []
    for path in sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")):
        with open_document(path) as document:
            shape = _shape(document)
        if shape in found:
            message = f"two files of the same kind, {found[shape].name} and {path.name}: give one folder a list"
            raise UnknownFormatError(message, file=folder.name)
        if shape:
            found[shape] = path
        else:
            others.append(path.name)
    if "primary" not in found:
        message = "the folder holds no primary file of a list (SDN.CSV or CONS_PRIM.CSV)"
        raise UnknownFormatError(message, file=folder.name)
    return found, others


class _List:
    """A primary file and its companions."""

    def __init__(
        self, document: Document, sanctioner: Sanctioner, companions: Mapping[str, Path], others: Iterable[str] = ()
    ) -> None:
        programmes = [_programmes(_cells(row)[3]) for row in document.first_rows if len(_cells(row)) == len(_PRIMARY)]
        self._name = list_name(programmes)
        self._source = source_id("csv", self._name)
        self._sanctioner = sanctioner
        self._gathered = Gathered()
        self._primary = _table(document, self._source)
        self._tables = {kind: self._companion(kind, path) for kind, path in companions.items()}
        notes = self._gathered.notes
        notes.extend(note for table in (self._primary, *self._tables.values()) for note in table.notes)
        notes.extend(Note(f"a file of no kind that this reader knows: {name}", Origin(self._source)) for name in others)
        notes.extend(
            Note(f"the file of {_COMPANIONS[kind]} was not given", Origin(self._source))
            for kind in ("alt", "add")
            if kind not in self._tables
        )

    def _companion(self, kind: str, path: Path) -> _Table:
        with open_document(path) as document:
            return _table(document, f"{self._source}/{kind}")

    def read(self) -> SanctionsList:
        grouped = {kind: self._grouped(kind) for kind in _COLUMNS}
        for number, cells in self._primary.rows:
            self._record(number, cells, {kind: grouped[kind].pop(cells[0], []) for kind in _COLUMNS})
        for kind, groups in grouped.items():
            for record, rows in groups.items():
                for number, cells in rows:
                    origin = Origin(self._tables[kind].source, record, f"row {number}")
                    text = f"a row for a party that the primary file does not hold: {', '.join(filter(None, cells))}"
                    self._gathered.notes.append(Note(text, origin))
        published = Published(self._name, self._source, FORMAT_ID, None, self._primary.sha256)
        others = [
            Source(table.source, kind="official_list", publisher=self._sanctioner.name, sha256=table.sha256)
            for table in self._tables.values()
        ]
        return close(self._gathered, published, self._sanctioner, others)

    def _grouped(self, kind: str) -> dict[str, list[_Row]]:
        """The rows of a companion by the party's number; those of another shape are notes."""
        found: defaultdict[str, list[_Row]] = defaultdict(list)
        table = self._tables.get(kind)
        for number, cells in table.rows if table else ():
            if len(cells) < _COLUMNS[kind] or not cells[0]:
                text = f"a row of {len(cells)} columns where {_COLUMNS[kind]} are expected: {', '.join(cells)}"
                self._gathered.notes.append(
                    Note(text, Origin(table.source if table else "", cells[0], f"row {number}"))
                )
            else:
                found[cells[0]].append((number, cells))
        return found

    def _record(self, number: int, cells: list[str], companions: Mapping[str, list[_Row]]) -> None:
        origin = Origin(self._source, cells[0], f"row {number}")
        if len(cells) < len(_PRIMARY):
            reason = f"{len(cells)} columns where {len(_PRIMARY)} are expected"
            self._gathered.rejected.append(RejectedRecord(origin, reason))
            return
        self._gathered.add(self._draft(number, cells, companions), origin)

    def _draft(self, number: int, cells: list[str], companions: Mapping[str, list[_Row]]) -> Draft:
        place = self._place
        kind = KINDS.get(cells[2].lower())
        draft = Draft(cells[0], kind or TargetKind.UNKNOWN, self._gathered.notes)
        if kind is None:
            draft.add_note(f"no kind of party is known by the name {cells[2]!r}", place(draft, number, "SDN_Type"))
        if cells[1]:
            draft.name("", cells[1], NameKind.PRIMARY, place(draft, number, "SDN_Name"))
        draft.programmes.extend(_programmes(cells[3]))
        if cells[4]:
            draft.positions.append(cells[4])
        for column, label in _VESSEL:
            if cells[column]:
                draft.add(Said(label, cells[column], place(draft, number, _PRIMARY[column])))
        for column, text in enumerate(islice(cells, len(_PRIMARY), None), len(_PRIMARY) + 1):
            if text:
                name = f"column {column}"
                draft.attributes.append(Attribute(name, text, origin=place(draft, number, name)))
        self._aliases(draft, companions["alt"])
        self._addresses(draft, companions["add"])
        self._remarks(draft, number, cells, companions["comments"])
        return draft

    def _place(self, draft: Draft, number: int, column: str, kind: str = "") -> Origin:
        source = self._tables[kind].source if kind else self._source
        return Origin(source, draft.record, f"row {number}, column {column}")

    def _remarks(self, draft: Draft, number: int, cells: list[str], comments: list[_Row]) -> None:
        """The remarks, continued by the comments where there are any."""
        remarks, title = cells[11], cells[4]
        more = "".join(row[1] for _, row in comments)
        # A space at the cut is lost with the cells' margins.
        space = " " if more and len(remarks) < LONGEST else ""
        cut = len(remarks) >= LONGEST - 1 and not more and not remarks.endswith(".")
        read_remarks(draft, remarks + space + more, title, self._place(draft, number, "Remarks"), cut=cut)

    def _aliases(self, draft: Draft, rows: list[_Row]) -> None:
        for number, (_, subid, word, text, remarks, *more) in rows:
            origin = self._place(draft, number, "alt_name", "alt")
            kind, note = ALIASES.get(word.replace(".", "").lower()) or (NameKind.ALIAS, word)
            said = "; ".join(filter(None, (note, remarks)))
            if text:
                draft.name("", text, kind, origin, note=said)
            else:
                draft.add_note(f"the alias {subid} has no name: {said}", origin)
            self._keep(draft, more, origin)

    def _addresses(self, draft: Draft, rows: list[_Row]) -> None:
        for number, (_, _subid, line, city, country, remarks, *more) in rows:
            origin = self._place(draft, number, "Address", "add")
            if line or city or country or remarks:
                code = draft.country(country, origin)
                lines = (line,) if line else ()
                draft.addresses.append(
                    Address(lines, city, country=code, country_text=country, note=remarks, origin=origin)
                )
            self._keep(draft, more, origin)

    @staticmethod
    def _keep(draft: Draft, more: Iterable[str], origin: Origin) -> None:
        """Columns that the publisher may add one day."""
        draft.attributes.extend(Attribute("further column", text, origin=origin) for text in more if text)


def _programmes(cell: str) -> list[str]:
    """``SDGT] [IFSR`` is two."""
    return [programme for part in cell.split("] [") if (programme := part.strip(" []"))]
