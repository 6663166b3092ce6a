"""Legal forms written out, in whatever language: they say nothing of who a body is, and are left out of its name."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources

from sanctions_tracker.names.folding import Folded


def data_rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of ``data/<name>.tsv`` beside this module."""
    with resources.files(__package__).joinpath(f"data/{name}.tsv").open(encoding="utf-8") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    """All forms of the table, the longest first; a star stands for the rest of a word."""
    forms = sorted((row["form"] for row in data_rows("legal_forms")), key=len, reverse=True)
    alternatives = "|".join(re.escape(form).replace(r"\*", r"\w*") for form in forms)
    return re.compile(rf"(?<!\S)(?:{alternatives})(?!\S)")


def without_forms(name: Folded) -> Folded:
    """A body's folded name without its legal form; empty where there is nothing else.

    >>> without_forms(Folded("obshchestvo s ogranichennoy otvetstvennostyu mayak"))
    'mayak'
    """
    return Folded(" ".join(_pattern().sub(" ", name).split()))
