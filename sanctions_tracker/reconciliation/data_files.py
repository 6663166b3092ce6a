"""Reading this package's data files: tab-separated, one header line, a ``source`` in every row."""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib import resources


@lru_cache(maxsize=8)
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of ``data/<name>.tsv`` in file order, as column name -> cell; read once, on first use."""
    file = resources.files(__package__).joinpath(f"data/{name}.tsv")
    with file.open(encoding="utf-8") as lines:
        return tuple(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
