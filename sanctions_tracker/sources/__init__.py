"""Official lists: bytes in, a ``SanctionsList`` out. One publisher a module; no network."""

from sanctions_tracker.sources.document import Document
from sanctions_tracker.sources.parts import Entry, Heading, Part
from sanctions_tracker.sources.reading import bundled, default_registry, read, stream
from sanctions_tracker.sources.registry import ListFormat, ListSource, Registry
from sanctions_tracker.sources.streaming import ListStream

__all__ = [
    "Document",
    "Entry",
    "Heading",
    "ListFormat",
    "ListSource",
    "ListStream",
    "Part",
    "Registry",
    "bundled",
    "default_registry",
    "read",
    "stream",
]
