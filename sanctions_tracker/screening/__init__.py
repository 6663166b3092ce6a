"""Is this name listed, by whom, and why do you say so?"""

from sanctions_tracker.screening.decisions import Decision, Decisions, Outcome
from sanctions_tracker.screening.hit import Hit, Listing, Mention, Screening, Suppression, Term
from sanctions_tracker.screening.policy import Policy, Weights
from sanctions_tracker.screening.query import Query
from sanctions_tracker.screening.screener import Screener
from sanctions_tracker.screening.stamp import SearchedList, Stamp

__all__ = [
    "Decision",
    "Decisions",
    "Hit",
    "Listing",
    "Mention",
    "Outcome",
    "Policy",
    "Query",
    "Screener",
    "Screening",
    "SearchedList",
    "Stamp",
    "Suppression",
    "Term",
    "Weights",
]
