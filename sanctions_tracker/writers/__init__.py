"""Lists out: JSON lines (lossless), FollowTheMoney entities, a flat table.

What each format cannot hold is told in docs/reference/writers.md.
"""

from sanctions_tracker.writers.writing import FORMATS, format_of, write

__all__ = ["FORMATS", "format_of", "write"]
