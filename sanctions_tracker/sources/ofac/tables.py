"""SDN.CSV and its companions ALT.CSV, ADD.CSV and SDN_COMMENTS.CSV; the consolidated list's CONS_PRIM.CSV and so on.

Source of the columns: OFAC, "SDN.CSV data specification". The primary file can
be read alone; a folder is read together, see :func:`read_folder`. City, state
and postal code are one column, which stands in ``Address.city`` as it is.

Every file is gone through several times: for its encoding, for the names that
links are told by, for the order of its rows, and for what it says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

import attrs

from sanctions_tracker.errors import UnknownFormatError
from sanctions_tracker.model import Address, Attribute, Note, Origin, RejectedRecord, Sanctioner, Source
from sanctions_tracker.model.vocabulary import NameKind, TargetKind
from sanctions_tracker.sources.document import Document, open_document
from sanctions_tracker.sources.ofac.companions import Companion, in_order
from sanctions_tracker.sources.ofac.csv_files import PRIMARY_COLUMNS, CsvFile, CsvRow, cells_of, shape_of
from sanctions_tracker.sources.ofac.drafts import ALIASES, KINDS, Draft, Said
from sanctions_tracker.sources.ofac.listing import Closing, Found, by_name, checked, heading, list_name, source_id
from sanctions_tracker.sources.ofac.remarks import LONGEST, read_remarks
from sanctions_tracker.sources.parts import Heading, Part

FORMAT_ID = "ofac-sdn-csv"
#: Column -> the label under which the other formats say it, and the column's own name.
_VESSEL = (
    (5, "Vessel Call Sign", "Call_Sign"),
    (6, "VESSEL TYPE", "Vess_type"),
    (7, "Vessel Tonnage", "Tonnage"),
    (8, "Vessel Gross Registered Tonnage", "GRT"),
    (9, "Vessel Flag", "Vess_flag"),
    (10, "Vessel Owner", "Vess_owner"),
)
_COMPANIONS = {"alt": "aliases", "add": "addresses", "comments": "comments"}


def recognise(document: Document) -> bool:
    """Whether the content is a primary file: twelve columns or more, a number first, ``-0-`` for nothing."""
    return shape_of(document) == "primary"


def parse(document: Document, sanctioner: Sanctioner) -> Iterator[Part]:
    """Read a primary file alone: the aliases and addresses stand in files of their own.

    Raises:
        DamagedInputError: a table that no parser can read.
        UnsafeInputError: a table too large to be held in memory.
    """
    return _alone(document, sanctioner, in_memory=True)


def sparing(document: Document, sanctioner: Sanctioner) -> Iterator[Part]:
    """Read a primary file alone, one row at a time; otherwise as :func:`parse`.

    Raises:
        ReadError: the input cannot be read again, or changed in between.
    """
    return _alone(document, sanctioner, in_memory=False)


def _alone(document: Document, sanctioner: Sanctioner, *, in_memory: bool) -> Iterator[Part]:
    name = _list_name(document)
    file = CsvFile.of(document, source_id("csv", name), in_memory=in_memory)
    yield heading(name, file.source, sanctioner)
    yield from _List(name, file, {}).parts()


def read_folder(folder: Path, sanctioner: Sanctioner) -> Iterator[Part]:
    """Read a folder of CSV files of one list together.

    The files are known by their contents: one primary file, and those of
    aliases, addresses and comments as far as they are there. A file that is
    none of them is told in a note.

    Raises:
        EmptyInputError: one of the files is empty.
        UnknownFormatError: the folder holds no primary file, or two files of one kind.
        DamagedInputError: a table that no parser can read, or a file that changes while it is read.
    """
    members, others = _members(folder)
    with open_document(members.pop("primary")) as document:
        name = _list_name(document)
        primary = CsvFile.of(document, source_id("csv", name))
        top = heading(name, primary.source, sanctioner, sha256=document.sha256())
        top = attrs.evolve(top, format=FORMAT_ID)  # a folder's is recognised by nobody else
    files: dict[str, CsvFile] = {}
    for kind, path in members.items():
        with open_document(path) as document:
            files[kind] = CsvFile.of(document, f"{primary.source}/{kind}")
            top = _with_file(top, files[kind].source, document.sha256())
    yield top
    for other in others:
        yield Note(f"a file of no kind that this reader knows: {other}", Origin(primary.source))
    yield from _List(name, primary, files).parts()


def _members(folder: Path) -> tuple[dict[str, Path], list[str]]:
    """The files of a folder by shape, and the names of those of no shape."""
    found: dict[str, Path] = {}
    others: list[str] = []
    for path in sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")):
        with open_document(path) as document:
            shape = shape_of(document)
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


def _with_file(top: Heading, source: str, sha256: str) -> Heading:
    """The heading with one more file among its sources."""
    publisher = top.sanctioners[0].name
    other = Source(source, kind="official_list", publisher=publisher, sha256=sha256)
    return attrs.evolve(top, sources=(*top.sources, other))


def _list_name(document: Document) -> str:
    rows = (cells_of(row) for row in document.first_rows)
    return list_name([_programmes(cells[3]) for cells in rows if len(cells) == PRIMARY_COLUMNS])


class _List:
    """A primary file and its companions by kind; ``name`` is that of OFAC's list."""

    def __init__(self, name: str, primary: CsvFile, files: Mapping[str, CsvFile]) -> None:
        self._name = name
        self._primary = primary
        self._source = primary.source
        self._files = files
        self._companions: dict[str, Companion] = {}

    def parts(self) -> Iterator[Part]:
        """Everything but the heading."""
        for file in (self._primary, *self._files.values()):
            yield from file.notes
        for kind in ("alt", "add"):
            if kind not in self._files:
                yield Note(f"the file of {_COMPANIONS[kind]} was not given", Origin(self._source))
        names = by_name(self._named())
        merging = bool(self._files) and in_order(self._primary.rows())
        self._companions = {kind: Companion(kind, file, merging=merging) for kind, file in self._files.items()}
        yield from Closing(self._name, self._source, None, names).parts(self._found())
        for companion in self._companions.values():
            yield from companion.notes()

    def _named(self) -> Iterator[Found]:
        """The parties with their names and no more."""
        for number, cells in self._primary.rows():
            if len(cells) >= PRIMARY_COLUMNS:
                yield from checked(self._begun(number, cells))

    def _found(self) -> Iterator[Found]:
        for number, cells in self._primary.rows():
            if len(cells) >= PRIMARY_COLUMNS:
                draft = self._begun(number, cells)
                self._fill(draft, number, cells)
                yield from checked(draft)
            else:
                reason = f"{len(cells)} columns where {PRIMARY_COLUMNS} are expected"
                yield RejectedRecord(Origin(self._source, cells[0], f"row {number}"), reason)

    def _begun(self, number: int, cells: list[str]) -> Draft:
        """A draft with its kind and its name."""
        kind = KINDS.get(cells[2].lower())
        draft = Draft(kind or TargetKind.UNKNOWN, Origin(self._source, cells[0], f"row {number}"))
        if kind is None:
            draft.add_note(
                f"no kind of party is known by the name {cells[2]!r}", self._place(draft, number, "SDN_Type")
            )
        if cells[1]:
            draft.name("", cells[1], NameKind.PRIMARY, self._place(draft, number, "SDN_Name"))
        return draft

    def _fill(self, draft: Draft, number: int, cells: list[str]) -> None:
        draft.programmes.extend(_programmes(cells[3]))
        if cells[4]:
            draft.positions.append(cells[4])
        if any(cells[5:11]):
            for column, label, name in _VESSEL:
                if cells[column]:
                    draft.add(Said(label, cells[column], self._place(draft, number, name)))
        for column, text in enumerate(islice(cells, PRIMARY_COLUMNS, None), PRIMARY_COLUMNS + 1):
            if text:
                name = f"column {column}"
                draft.attributes.append(Attribute(name, text, origin=self._place(draft, number, name)))
        rows = {kind: companion.of(cells[0]) for kind, companion in self._companions.items()}
        _aliases(draft, rows.get("alt", ()), f"{self._source}/alt")
        _addresses(draft, rows.get("add", ()), f"{self._source}/add")
        self._remarks(draft, number, cells, rows.get("comments", ()))

    def _place(self, draft: Draft, number: int, column: str) -> Origin:
        return Origin(self._source, draft.origin.record, f"row {number}, column {column}")

    def _remarks(self, draft: Draft, number: int, cells: list[str], comments: list[CsvRow] | tuple[()]) -> None:
        """The remarks, continued by the comments where there are any."""
        remarks, title = cells[11], cells[4]
        if not remarks and not comments:
            return
        more = "".join(row[1] for _, row in comments)
        # A copy may have lost the space at the cut.
        space = " " if more and len(remarks) < LONGEST and not more[0].isspace() else ""
        cut = len(remarks) >= LONGEST - 1 and not more and not remarks.endswith(".")
        read_remarks(draft, remarks + space + more, title, self._place(draft, number, "Remarks"), cut=cut)


def _aliases(draft: Draft, rows: list[CsvRow] | tuple[()], source: str) -> None:
    for number, (_, subid, word, text, remarks, *more) in rows:
        origin = Origin(source, draft.origin.record, f"row {number}, column alt_name")
        kind, note = ALIASES.get(word.replace(".", "").lower()) or (NameKind.ALIAS, word)
        said = "; ".join(filter(None, (note, remarks)))
        if text:
            draft.name("", text, kind, origin, note=said)
        else:
            draft.add_note(f"the alias {subid} has no name: {said}", origin)
        _keep(draft, more, origin)


def _addresses(draft: Draft, rows: list[CsvRow] | tuple[()], source: str) -> None:
    for number, (_, _subid, line, city, country, remarks, *more) in rows:
        origin = Origin(source, draft.origin.record, f"row {number}, column Address")
        if line or city or country or remarks:
            code = draft.country(country, origin)
            lines = (line,) if line else ()
            draft.addresses.append(Address(lines, city, "", "", code, country, remarks, origin))
        _keep(draft, more, origin)


def _keep(draft: Draft, more: list[str], origin: Origin) -> None:
    """Columns that the publisher may add one day."""
    draft.attributes.extend(Attribute("further column", text, origin=origin) for text in more if text)


def _programmes(cell: str) -> list[str]:
    """``SDGT] [IFSR`` is two."""
    return [programme for part in cell.split("] [") if (programme := part.strip(" []"))]
