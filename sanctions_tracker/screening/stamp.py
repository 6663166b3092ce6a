"""What was searched, and what reproduces an answer byte for byte."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Any

import attrs

from sanctions_tracker import __version__
from sanctions_tracker.codec import json_lines, unstructure
from sanctions_tracker.matching.version import matcher_version
from sanctions_tracker.model import PartialDate, SanctionsList
from sanctions_tracker.parties.record import series_of
from sanctions_tracker.screening.policy import Policy
from sanctions_tracker.screening.query import Query


@attrs.frozen
class SearchedList:
    """A list that was searched: which one, of when, how many targets and names.

    ``publisher`` is the series that a list is a version of (`parties.record.series_of`).
    ``sha256`` is that of the file as it was given; of several files, that of
    their hashes; of a list without a file, that of its JSON lines.
    """

    id: str
    publisher: str
    title: str
    date: PartialDate | None
    sha256: str
    targets: int
    names: int


def searched(one: SanctionsList) -> SearchedList:
    """What is to be said of a list that is searched."""
    names = sum(len(target.names) for target in one.targets)
    return SearchedList(one.id, series_of(one), one.title, one.date, _sha256(one), len(one.targets), names)


def _sha256(one: SanctionsList) -> str:
    hashes = sorted({source.sha256 for source in one.sources if source.sha256})
    if len(hashes) == 1:
        return hashes[0]
    return _hashed(hashes or json_lines(one))


def _hashed(lines: Any) -> str:
    found = hashlib.sha256()
    for line in lines:
        found.update(line.encode() + b"\n")
    return found.hexdigest()


@attrs.frozen
class Stamp:
    """The lists, the policy, the decisions, the versions and the question: the same stamp, the same bytes.

    ``lists`` are (id, date, SHA-256) of each list; ``policy`` and ``decisions``
    are hashes; ``matcher`` is the version of the matching and of its tables;
    ``decided_by`` is the day by which decisions expire, None where there is none.
    """

    lists: tuple[tuple[str, str, str], ...]
    policy: str
    decisions: str
    decided_by: dt.date | None
    version: str
    matcher: str
    query: dict[str, Any]
    as_of: dt.date | None
    limit: int | None

    def to_json(self) -> dict[str, Any]:
        """Plain data for JSON, with the stamp's own hash."""
        return {**self._fields(), "sha256": self.sha256}

    def _fields(self) -> dict[str, Any]:
        fields = attrs.asdict(self, recurse=False)
        days = {day: unstructure(fields[day]) for day in ("as_of", "decided_by")}
        return {**fields, "lists": [list(one) for one in self.lists], **days}

    @property
    def sha256(self) -> str:
        """SHA-256 of all of it, in hexadecimal."""
        return hashlib.sha256(json.dumps(self._fields(), sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def stamp(
    lists: tuple[SearchedList, ...],
    policy: Policy,
    decisions: str,
    query: Query | str,
    *,
    as_of: dt.date | None,
    today: dt.date | None,
    limit: int | None,
) -> Stamp:
    """The stamp of an answer; of a text that was scanned, its hash stands for the query."""
    if isinstance(query, Query):
        asked = query.to_json()
    else:
        asked = {"text": hashlib.sha256(query.encode("utf-8", "surrogatepass")).hexdigest()}
    return Stamp(
        lists=tuple((one.id, str(one.date or ""), one.sha256) for one in lists),
        policy=policy.hash,
        decisions=decisions,
        decided_by=today if decisions else None,
        version=__version__,
        matcher=matcher_version(),
        query=asked,
        as_of=as_of,
        limit=limit,
    )
