"""A body that imposes sanctions."""

from __future__ import annotations

import attrs

from sanctions_tracker.model.checks import known_country, not_blank
from sanctions_tracker.model.name import Name
from sanctions_tracker.model.vocabulary import SanctionerKind


@attrs.frozen
class Sanctioner:
    """A state, one of its agencies, or an intergovernmental body.

    ``country`` is the jurisdiction on whose behalf it acts (``EU`` for the
    Council, ``UN`` for a Security Council committee); ``parent`` the id of the
    body above it; ``official_list`` the title or the address of its list.
    """

    id: str = attrs.field(validator=not_blank)
    name: str = attrs.field(validator=not_blank)
    kind: SanctionerKind = SanctionerKind.AGENCY
    country: str | None = attrs.field(default=None, validator=known_country)
    parent: str | None = None
    aliases: tuple[Name, ...] = ()
    agencies: tuple[str, ...] = ()
    official_list: str = ""
    note: str = ""

    def __str__(self) -> str:
        return self.name
