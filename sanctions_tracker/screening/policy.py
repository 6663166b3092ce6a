"""How to screen: every parameter in one frozen value."""

from __future__ import annotations

import hashlib
from typing import Any

import attrs

from sanctions_tracker.codec import to_json
from sanctions_tracker.errors import ModelError

#: The score at and above which a name is a hit, unless the policy says otherwise: one for all
#: scripts and kinds. Chosen on the development half of the name benchmark (``benchmarks/names.py``):
#: at .80 to .84 recall on full names lies between .93 and .96 and precision between .87 and .97.
DEFAULT_THRESHOLD = 0.82


def _a_score(_instance: object, _attribute: attrs.Attribute[Any], value: float) -> None:
    if not 0 < value <= 1:
        message = f"a threshold is above 0 and at most 1, not {value}"
        raise ModelError(message, value=value)


@attrs.frozen
class Policy:
    """The parameters of a search.

    ``threshold`` is the least score of a hit (above 0, at most 1).
    ``weak_aliases_alert`` lets a weak alias alert alone; by default a target
    found by weak aliases only is suppressed, and stays visible as such.
    """

    threshold: float = attrs.field(default=DEFAULT_THRESHOLD, validator=_a_score, converter=float)
    weak_aliases_alert: bool = False

    @property
    def hash(self) -> str:
        """SHA-256 of the policy's canonical JSON, in hexadecimal: equal policies, equal hashes."""
        return hashlib.sha256(to_json(attrs.asdict(self)).encode()).hexdigest()
