"""Is this name listed, by whom, and why do you say so?"""

from sanctions_tracker.screening.hit import Hit, Screening, SearchedList
from sanctions_tracker.screening.policy import Policy
from sanctions_tracker.screening.screener import Screener

__all__ = ["Hit", "Policy", "Screener", "Screening", "SearchedList"]
