"""The United Kingdom."""

from sanctions_tracker.sources.registry import ListSource

SOURCE = ListSource("uk", "UK", None, ())
