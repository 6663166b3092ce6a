"""The formats that can be read, held as values in one table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import attrs

from sanctions_tracker.model import Sanctioner
from sanctions_tracker.sources.document import Document
from sanctions_tracker.sources.parts import Part


@attrs.frozen
class ListFormat:
    """One publisher's format.

    ``recognise`` looks at the beginning of the content, never at the file's
    name; ``parse`` reads the whole and hands on its parts: a
    :class:`~sanctions_tracker.sources.parts.Heading` first, then entries,
    rejected records and notes as they come. Both are plain functions, so that a
    new format is a value and not a subclass.

    ``sparing`` is for a format that scatters a record over the file: it hands on
    the same parts in two passes (:meth:`Document.again`) and holds less, at times
    in another order, since a record is whole where its last piece stands. None
    where ``parse`` itself holds one record at a time, or where the file is held
    whole by what opens it, as a workbook is.
    """

    id: str
    title: str
    recognise: Callable[[Document], bool]
    parse: Callable[[Document], Iterator[Part]]
    sparing: Callable[[Document], Iterator[Part]] | None = None


@attrs.frozen
class ListSource:
    """A publisher: whose list it is, and in which formats it comes.

    ``folder`` reads a list that comes in several files, where one does.
    """

    id: str
    title: str
    sanctioner: Sanctioner | None
    formats: tuple[ListFormat, ...]
    folder: Callable[[Path], Iterator[Part]] | None = None


@attrs.frozen
class Registry:
    """Sources in the order in which they are asked; immutable."""

    sources: tuple[ListSource, ...] = ()

    def with_source(self, source: ListSource) -> Registry:
        """A registry that asks ``source`` first."""
        return Registry((source, *(other for other in self.sources if other.id != source.id)))

    def formats(self, source: str | None = None) -> Iterator[ListFormat]:
        """The formats of one source, or of all."""
        for candidate in self.sources:
            if source is None or candidate.id == source:
                yield from candidate.formats

    def recognised(self, document: Document, source: str | None = None) -> ListFormat | None:
        """The first format that knows the document, None where none does."""
        return next((known for known in self.formats(source) if known.recognise(document)), None)
