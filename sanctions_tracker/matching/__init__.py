"""How two names compare, and how one finds its like among many."""

from sanctions_tracker.matching.comparison import Comparison, compare
from sanctions_tracker.matching.evidence import How, TokenEvidence
from sanctions_tracker.matching.index import NameIndex

__all__ = ["Comparison", "How", "NameIndex", "TokenEvidence", "compare"]
