"""Are two records the same party? Names, births, countries, identifiers, with the evidence as data."""

from sanctions_tracker.parties.comparison import Ground, PartyComparison, PartyEvidence, Verdict, compare_parties
from sanctions_tracker.parties.decisions import PartyDecision, read_decisions, write_decisions
from sanctions_tracker.parties.findings import Finding, Level, findings
from sanctions_tracker.parties.grouping import grouped
from sanctions_tracker.parties.particulars import Particulars, particulars_of
from sanctions_tracker.parties.record import Record
from sanctions_tracker.parties.resolution import Cluster, Open, Parties, resolve

__all__ = [
    "Cluster",
    "Finding",
    "Ground",
    "Level",
    "Open",
    "Particulars",
    "Parties",
    "PartyComparison",
    "PartyDecision",
    "PartyEvidence",
    "Record",
    "Verdict",
    "compare_parties",
    "findings",
    "grouped",
    "particulars_of",
    "read_decisions",
    "resolve",
    "write_decisions",
]
