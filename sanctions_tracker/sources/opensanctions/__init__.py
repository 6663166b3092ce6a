"""OpenSanctions: its FollowTheMoney entities, whole or nested, and the simplified table ``targets.simple.csv``.

**What counts as a record.** In FollowTheMoney, an entity of a party's schema (Person, LegalEntity, Organization,
Company, PublicBody, Vessel, Airplane, Vehicle and the other assets, Security and CryptoWallet among them; see
``data/ftm_schemata.tsv``), an entity of a schema that the table does not know and that bears a name, a line whose id
stood before, and a line that is no entity. Sanctions, papers, addresses, positions and links are joined to the parties
that they speak of; one that speaks of none becomes a note. In the table, a record is a row.

A file holds parties that nobody sanctions as well (an owner, a relative): they are targets without a measure.

**The list's date** is the newest ``last_seen``, the day on which OpenSanctions last saw the sources: the files state
no other. The bookkeeping of joined entities (their own ``first_seen`` and the like) is not kept.

Source of the layouts: the schemata of FollowTheMoney 4.11 and 3.8, OpenSanctions' documentation of its bulk data.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sanctions_tracker.errors import DamagedInputError
from sanctions_tracker.model import RejectedRecord, Sanctioner, Source, Target
from sanctions_tracker.sources.document import Document
from sanctions_tracker.sources.opensanctions import simple
from sanctions_tracker.sources.opensanctions.entities import SOURCE_ID, Entity, Line, read_lines, role
from sanctions_tracker.sources.opensanctions.graph import Graph, Shelf, Whole
from sanctions_tracker.sources.opensanctions.imposing import Sanctioners, measures
from sanctions_tracker.sources.opensanctions.party import target
from sanctions_tracker.sources.opensanctions.values import date_of
from sanctions_tracker.sources.parts import Entry, Heading, Part
from sanctions_tracker.sources.registry import ListFormat, ListSource

TITLE = "OpenSanctions"
_OBJECT = re.compile(r"\ufeff?\s*\{")
_SCHEMA = re.compile(r'"schema"\s*:\s*"[A-Z][A-Za-z]*"')
_PROPERTIES = re.compile(r'"properties"\s*:\s*\{')
_NESTED = re.compile(r'"properties"\s*:\s*\{.*"properties"\s*:\s*\{')
#: How many data sets the title names.
_SHOWN = 3


def _is_ftm(document: Document) -> bool:
    """Whether the first line is, or begins like, an entity: a long one is not within the head as a whole."""
    text = document.head_text
    first = text.lstrip("\ufeff \t\r\n").partition("\n")[0]
    return bool(_OBJECT.match(text) and _PROPERTIES.search(first) and _SCHEMA.search(first))


def _is_nested(document: Document) -> bool:
    lines = document.head_text.splitlines()
    return _is_ftm(document) and any(map(_NESTED.search, lines))


def _parse(document: Document) -> Iterator[Part]:
    """The parts in one pass: every entity is held, since those of a party may stand anywhere.

    Raises:
        DamagedInputError: a line that is no UTF-8 or no JSON, or no party in the whole file.
        UnsafeInputError: a line is too long to be held.
    """
    lines = list(read_lines(document))
    yield from _parts(Whole.of(lines, dict), lines, document.name)


def _parse_sparingly(document: Document) -> Iterator[Part]:
    """The same in two passes: the first keeps, as short texts, what is no party and not nested in the line of one.

    Raises:
        DamagedInputError: as in one pass; the file changed between the two.
        UnsafeInputError: a line is too long to be held.
    """
    whole = Whole.of(read_lines(document), Shelf)
    with document.again() as second:
        yield from _parts(whole, read_lines(second), document.name)


def _parts(whole: Whole, lines: Iterable[Line], name: str) -> Iterator[Part]:
    yield _heading(whole)
    sanctioners, seen = Sanctioners(), False
    for part in _records(whole, lines, sanctioners):
        seen = seen or isinstance(part, (Entry, RejectedRecord))
        yield part
    if not seen:
        message = "the file holds no person, company or other party: it is not whole"
        raise DamagedInputError(message, file=name)
    yield from whole.rest()
    yield _heading(whole, *sanctioners.found.values())


def _records(whole: Whole, lines: Iterable[Line], sanctioners: Sanctioners) -> Iterator[Part]:
    """Lines in their order, then the parties that stand inside others only."""
    for line in lines:
        if isinstance(line, RejectedRecord):
            yield line
        elif line[0].id not in whole.first:
            return  # the file changed since the first pass: its hash will tell
        elif whole.first[line[0].id] != line[0].line:
            yield _second(line[0], whole)
        elif role(line[0]) == "party":
            yield from _record(line[0], whole, whole.around(line[0], line), sanctioners)
    for party in whole.inner.values():
        yield from _record(party, whole, whole.around(party), sanctioners)


def _second(entity: Entity, whole: Whole) -> RejectedRecord:
    """A line whose id stood before, be it of a party or of what hangs on one."""
    return RejectedRecord(entity.origin(), f"the id stands twice, first in line {whole.first[entity.id]}")


def _record(party: Entity, whole: Whole, graph: Graph, sanctioners: Sanctioners) -> Iterator[Part]:
    read = target(party, graph)
    imposed = tuple(measures(party, graph, sanctioners)) if isinstance(read, Target) else ()
    whole.close(graph)
    notes = tuple(dict.fromkeys(graph.notes))
    if isinstance(read, Target):
        yield Entry(read, imposed, notes)
    else:
        yield RejectedRecord(party.origin(), read)
        yield from notes


def _heading(whole: Whole, *sanctioners: Sanctioner) -> Heading:
    date = date_of(whole.newest) if whole.newest else None
    source = Source(SOURCE_ID, title=TITLE, publisher=TITLE, kind="aggregated_list", published=date)
    return Heading.of(source, *sanctioners, title=_title(whole))


def _title(whole: Whole) -> str:
    """The data sets by name, unless they are many."""
    shown = ", ".join(whole.datasets) if len(whole.datasets) <= _SHOWN else f"{len(whole.datasets)} data sets"
    return f"{TITLE}: {shown}" if whole.datasets else TITLE


SOURCE = ListSource(
    id=SOURCE_ID,
    title=TITLE,
    sanctioner=None,
    formats=(
        ListFormat(
            "ftm-nested",
            "FollowTheMoney entities, nested (targets.nested.json)",
            _is_nested,
            _parse,
            _parse_sparingly,
        ),
        ListFormat("ftm-entities", "FollowTheMoney entities (entities.ftm.json)", _is_ftm, _parse, _parse_sparingly),
        ListFormat(
            simple.FORMAT, "OpenSanctions targets.simple.csv", simple.recognise, simple.parse, simple.parse_sparingly
        ),
    ),
)
