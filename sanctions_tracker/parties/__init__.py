"""Are two records the same party? Names, births, countries, identifiers, with the evidence as data."""

from sanctions_tracker.parties.findings import Finding, Level, findings
from sanctions_tracker.parties.particulars import Particulars, particulars_of

__all__ = ["Finding", "Level", "Particulars", "findings", "particulars_of"]
