"""Reading the data files of this package: tab-separated, one header line, a ``source`` in every row."""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib import resources


@lru_cache(maxsize=32)
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of ``data/<name>.tsv`` in file order, as column name -> cell.

    Read once, on first use; nothing is read on import.
    """
    file = resources.files(__package__).joinpath(f"data/{name}.tsv")
    with file.open(encoding="utf-8") as lines:
        return tuple(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@lru_cache(maxsize=32)
def mapping(name: str, key: str, value: str) -> dict[str, str]:
    """One column of ``data/<name>.tsv`` by another; do not change the returned dictionary."""
    return {row[key]: row[value] for row in rows(name)}
