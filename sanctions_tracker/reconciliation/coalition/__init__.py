"""The same party on several allies' lists: overlaps, gaps, lags, contradictions."""

from sanctions_tracker.reconciliation.coalition.allies import Coalition, coalition
from sanctions_tracker.reconciliation.coalition.overlap import Overlap, overlap

__all__ = ["Coalition", "Overlap", "coalition", "overlap"]
