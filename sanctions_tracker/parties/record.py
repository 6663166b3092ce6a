"""One list's record of a party, with whose list it is."""

from __future__ import annotations

import attrs

from sanctions_tracker.model import PartialDate, SanctionsList, Target


def series_of(sanctions_list: SanctionsList) -> str:
    """Which publisher's records a list holds: the id of its one sanctioner, else the list's own.

    Versions and formats of one publisher's list are one series: OFAC's
    advanced, sdn, csv and enhanced files share it, and their target ids.

    >>> series_of(SanctionsList("mine"))
    'mine'
    """
    bodies = sanctions_list.sanctioners
    return bodies[0].id if len(bodies) == 1 else sanctions_list.id


@attrs.frozen
class Record:
    """A target as one list describes it.

    ``publisher`` is the series (see `series_of`): one id in one series is one
    party by the publisher's own word. ``dated`` is the list's date, which tells
    two versions of one list apart.
    """

    list_id: str
    publisher: str
    target: Target
    dated: PartialDate | None = None

    def __hash__(self) -> int:  # the whole target would be hashed; whoever is unlike is told apart by ==
        return hash((self.list_id, self.dated, self.target.id))

    @classmethod
    def of(cls, sanctions_list: SanctionsList, target: Target) -> Record:
        """The record of a target of a list."""
        return cls(sanctions_list.id, series_of(sanctions_list), target, sanctions_list.date)

    @property
    def key(self) -> tuple[str, str]:
        """List id and target id."""
        return self.list_id, self.target.id

    def sort_key(self) -> tuple[str, str, str, str]:
        """An order that does not depend on how the records were given: publisher, list, date, target."""
        return self.publisher, self.list_id, str(self.dated or ""), self.target.id

    def __str__(self) -> str:
        return f"{self.target.name} ({self.target.id} in {self.list_id})"
