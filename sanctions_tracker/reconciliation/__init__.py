"""Who sanctions whom between two countries, what answers what, and whether a list bears an announcement out."""

from sanctions_tracker.reconciliation.crossfire import (
    Crossfire,
    CrossfireKind,
    acting_together,
    crossfire,
    opposing_sides,
)
from sanctions_tracker.reconciliation.episodes import Basis, Beside, Edge, Episode, Unexplained
from sanctions_tracker.reconciliation.ledger import Counting, Ledger, Tally
from sanctions_tracker.reconciliation.lines import LedgerLine
from sanctions_tracker.reconciliation.mirrors import Feature, Likeness, Mirror, MirroredParty, Mirrors
from sanctions_tracker.reconciliation.naming import Elsewhere, FoundEntry
from sanctions_tracker.reconciliation.ownership import (
    Ownership,
    OwnershipRule,
    Share,
    Standing,
    ownership,
    ownership_rule,
)
from sanctions_tracker.reconciliation.reconciliation import Reconciliation, reconcile
from sanctions_tracker.reconciliation.remainders import Fill, Remainder
from sanctions_tracker.reconciliation.verification import Verdict, Verification, verify

__all__ = [
    "Basis",
    "Beside",
    "Counting",
    "Crossfire",
    "CrossfireKind",
    "Edge",
    "Elsewhere",
    "Episode",
    "Feature",
    "Fill",
    "FoundEntry",
    "Ledger",
    "LedgerLine",
    "Likeness",
    "Mirror",
    "MirroredParty",
    "Mirrors",
    "Ownership",
    "OwnershipRule",
    "Reconciliation",
    "Remainder",
    "Share",
    "Standing",
    "Tally",
    "Unexplained",
    "Verdict",
    "Verification",
    "acting_together",
    "crossfire",
    "opposing_sides",
    "ownership",
    "ownership_rule",
    "reconcile",
    "verify",
]
