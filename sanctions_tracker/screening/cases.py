"""Questions with known answers, to calibrate by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from sanctions_tracker.errors import ModelError, QueryError
from sanctions_tracker.screening.hit import Listing
from sanctions_tracker.screening.query import Query

#: The headings of a labelled table beside those of a query.
LABELS = ("match", "target", "list")
_MATCH = {"yes": True, "true": True, "1": True, "y": True, "no": False, "false": False, "0": False, "n": False}


def _only_of_a_match(case: Case, _attribute: attrs.Attribute[Any], target: str) -> None:
    if target and not case.match:
        message = f"match is no, and yet the listed party {target!r} is expected"
        raise QueryError(message, value=target)


def _only_with_a_target(case: Case, _attribute: attrs.Attribute[Any], one: str) -> None:
    if one and not case.target:
        message = f"the list {one!r} is given without the target expected on it"
        raise QueryError(message, value=one)


@attrs.frozen
class Case:
    """A question with its answer.

    ``match`` says whether its bearer is a listed party. ``target`` is then the
    id of that party and ``list`` the id of its list, empty where any will do.
    ``row`` is where it stands in its table, the headings being row 1.

    Raises:
        QueryError: a party is expected of a bearer that is none, or a list without a party.
    """

    query: Query
    match: bool
    target: str = attrs.field(default="", validator=_only_of_a_match)
    list: str = attrs.field(default="", validator=_only_with_a_target)
    row: int = 0

    @classmethod
    def of(cls, row: Mapping[str, Any], *, number: int = 0) -> Case:
        """A case from a row of a table: the headings of a query, ``match`` and perhaps ``target`` and ``list``.

        ``match`` is yes or no, true or false, 1 or 0.

        Raises:
            QueryError: a row without an answer, or one that is no query.
            InvalidNameError: a name without letter or digit.

        >>> Case.of({"name": "Jon Smith", "match": "no"}).match
        False
        """
        if None in row:  # where csv.DictReader puts what stands beyond the last heading
            message = "the row has more cells than there are headings"
            raise QueryError(message, value=row)
        labels = {key: str(row.get(key) if row.get(key) is not None else "").strip() for key in LABELS}
        match = _MATCH.get(labels["match"].lower())
        if match is None:
            message = f"match is yes or no, not {labels['match']!r}"
            raise QueryError(message, value=labels["match"])
        query = Query.of({heading: value for heading, value in row.items() if heading not in LABELS})
        return cls(query, match, labels["target"], labels["list"], number)

    def expects(self, listing: Listing) -> bool:
        """Whether a listing is of the party expected; any is where no party is named."""
        return self.target in {"", listing.target.id} and self.list in {"", listing.list_id}


@attrs.frozen
class RejectedCase:
    """A row that is no case: where it stands, and why not."""

    row: int
    reason: str

    def __str__(self) -> str:
        return f"row {self.row}: {self.reason}"


def cases_of(rows: Iterable[tuple[int, Mapping[str, Any]]]) -> Iterator[Case | RejectedCase]:
    """The cases of numbered rows; a row that is none is handed on as rejected."""
    for number, row in rows:
        try:
            yield Case.of(row, number=number)
        except ModelError as error:
            yield RejectedCase(number, str(error))
