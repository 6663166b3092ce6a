"""Track sanctions: who is on whose list, what answers what, and what held on a given day.

The public face; everything here is loaded on first use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sanctions_tracker.matching import Comparison, compare
    from sanctions_tracker.model import (
        Action,
        Identifier,
        Measure,
        Name,
        PartialDate,
        Relation,
        Sanctioner,
        SanctionsList,
        Source,
        Target,
    )
    from sanctions_tracker.reconciliation import Reconciliation, Verification, reconcile, verify
    from sanctions_tracker.reconciliation.coalition import Coalition, coalition
    from sanctions_tracker.reconciliation.timeline import timeline
    from sanctions_tracker.screening import Decision, Decisions, Hit, Mention, Policy, Query, Screener, Screening
    from sanctions_tracker.sources import Entry, ListStream, bundled, read, stream
    from sanctions_tracker.writers import write

__version__ = "0.1.0"

__all__ = [
    "Action",
    "Coalition",
    "Comparison",
    "Decision",
    "Decisions",
    "Entry",
    "Hit",
    "Identifier",
    "ListStream",
    "Measure",
    "Mention",
    "Name",
    "PartialDate",
    "Policy",
    "Query",
    "Reconciliation",
    "Relation",
    "Sanctioner",
    "SanctionsList",
    "Screener",
    "Screening",
    "Source",
    "Target",
    "Verification",
    "bundled",
    "coalition",
    "compare",
    "read",
    "reconcile",
    "stream",
    "timeline",
    "verify",
    "write",
]

_MODEL = "sanctions_tracker.model"
_HOMES = {
    **dict.fromkeys(
        ("Action", "Identifier", "Measure", "Name", "PartialDate", "Relation", "Sanctioner", "SanctionsList"), _MODEL
    ),
    **dict.fromkeys(("Source", "Target"), _MODEL),
    **dict.fromkeys(("Comparison", "compare"), "sanctions_tracker.matching"),
    **dict.fromkeys(
        ("Decision", "Decisions", "Hit", "Mention", "Policy", "Query", "Screener", "Screening"),
        "sanctions_tracker.screening",
    ),
    **dict.fromkeys(("Reconciliation", "Verification", "reconcile", "verify"), "sanctions_tracker.reconciliation"),
    **dict.fromkeys(("Coalition", "coalition"), "sanctions_tracker.reconciliation.coalition"),
    "timeline": "sanctions_tracker.reconciliation.timeline",
    **dict.fromkeys(("Entry", "ListStream", "bundled", "read", "stream"), "sanctions_tracker.sources"),
    "write": "sanctions_tracker.writers",
}


def __getattr__(name: str) -> Any:
    """Load a public name on first use (PEP 562), so that importing stays cheap."""
    if name not in _HOMES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    from importlib import import_module  # noqa: PLC0415

    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
