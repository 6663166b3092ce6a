"""Questions whose answers are kept, byte for byte, in ``tests/fixtures/golden_screenings.json``.

``python -m tests.screening.golden`` writes them anew, after a change that is meant to move a score, a field or the
version.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path

import sanctions_tracker as st

KEPT = Path(__file__).parents[1] / "fixtures" / "golden_screenings.json"

_QUERIES: tuple[object, ...] = (
    "لوكهيد مارتن",
    "Lockheed Martin Corp",
    {"name": "Bryan P. Fenton", "kind": "person", "country": "US"},
    {"name": "General Dynamics", "kind": "vessel"},
    "Islamic Revolutionary Guard Corps Navy",
    "Ruhollah Zzyzx",
)


def answers() -> str:
    """The answers of the bundled data set, as JSON."""
    screener = st.Screener(st.bundled(), st.Policy(sanctioners=("IR", "US", "GB")))
    screenings = [screener.screen(query, as_of=dt.date(2024, 6, 1)) for query in _QUERIES]  # type: ignore[arg-type]
    return json.dumps([one.to_json() for one in screenings], ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    if "--print" in sys.argv:
        sys.stdout.buffer.write(answers().encode())
    else:
        KEPT.write_text(answers(), encoding="utf-8")
