"""Which matcher it was: for stamps that let an answer be given again."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.resources import files

#: Raised with every change that can move a score.
MATCHER_VERSION = 1


@lru_cache(maxsize=1)
def matcher_version() -> str:
    """The version and the first 12 hexadecimal digits of the SHA-256 of all tables it works with."""
    found = hashlib.sha256()
    tables = files("sanctions_tracker.names").joinpath("data").iterdir()
    for table in sorted(tables, key=lambda table: table.name):
        if table.name.endswith(".tsv"):
            found.update(table.name.encode() + b"\0" + table.read_bytes() + b"\0")
    return f"{MATCHER_VERSION}-{found.hexdigest()[:12]}"
