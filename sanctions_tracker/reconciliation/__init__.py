"""Who sanctions whom between two countries, what answers what, and whether a list bears an announcement out."""

from sanctions_tracker.reconciliation.episodes import Edge, Episode
from sanctions_tracker.reconciliation.ledger import Ledger, LedgerLine, Remainder
from sanctions_tracker.reconciliation.naming import Elsewhere, FoundEntry
from sanctions_tracker.reconciliation.reconciliation import Reconciliation, reconcile
from sanctions_tracker.reconciliation.verification import Verdict, Verification, verify

__all__ = [
    "Edge",
    "Elsewhere",
    "Episode",
    "FoundEntry",
    "Ledger",
    "LedgerLine",
    "Reconciliation",
    "Remainder",
    "Verdict",
    "Verification",
    "reconcile",
    "verify",
]
