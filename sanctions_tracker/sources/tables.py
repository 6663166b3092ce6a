"""Reviewed tables: tab-separated files with a source column, read on first use."""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib import resources


@lru_cache(maxsize=64)
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of ``data/<name>.tsv``, each a dict by column."""
    with resources.files("sanctions_tracker.sources").joinpath(f"data/{name}.tsv").open(encoding="utf-8") as file:
        return tuple(csv.DictReader(file, delimiter="\t"))


@lru_cache(maxsize=64)
def mapping(name: str, key: str, value: str) -> dict[str, str]:
    """One column of a table by another."""
    return {row[key]: row[value] for row in rows(name)}
