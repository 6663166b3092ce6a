"""Where a value comes from: a source, a record in it, a place in the record."""

from __future__ import annotations

import attrs

from sanctions_tracker.model.checks import not_blank
from sanctions_tracker.model.dates import PartialDate


@attrs.frozen
class Source:
    """A document that something was read from: an official list, a notice, a news report.

    ``id`` is unique within a list. ``sha256`` is that of the file as it was
    given (64 hexadecimal digits), empty for a web page. ``published`` is the
    document's own date. ``kind`` and ``reliability`` are free words
    (``official_list``, ``news``; ``high``, ``medium``, ``low``).
    """

    id: str = attrs.field(validator=not_blank)
    title: str = ""
    publisher: str = ""
    url: str = ""
    language: str = ""
    kind: str = ""
    reliability: str = ""
    published: PartialDate | None = None
    sha256: str = ""
    note: str = ""


@attrs.frozen
class Origin:
    """The place where one value stands.

    ``source`` is the id of a :class:`Source`, ``record`` the publisher's id of
    the record, ``locator`` the element path or the row and column, ``raw`` the
    text as printed where it was interpreted.
    """

    source: str = attrs.field(validator=not_blank)
    record: str = ""
    locator: str = ""
    raw: str | None = None

    def __str__(self) -> str:
        return " · ".join(part for part in (self.source, self.record, self.locator) if part)
