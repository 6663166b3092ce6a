"""Official lists: bytes in, a ``SanctionsList`` out. One publisher a module; no network."""

from sanctions_tracker.sources.reading import bundled, default_registry, read
from sanctions_tracker.sources.registry import ListFormat, ListSource, Registry

__all__ = ["ListFormat", "ListSource", "Registry", "bundled", "default_registry", "read"]
