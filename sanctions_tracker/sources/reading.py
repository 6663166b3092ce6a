"""The verb ``read``: recognise a document by its content and parse it."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from typing import Literal

from sanctions_tracker.errors import ReadError, RejectedRecordsError, UnknownFormatError
from sanctions_tracker.model import SanctionsList
from sanctions_tracker.sources import jsonl, ofac, uk
from sanctions_tracker.sources.document import File, open_document
from sanctions_tracker.sources.registry import Registry


@lru_cache(maxsize=1)
def default_registry() -> Registry:
    """Every source that comes with the library."""
    return Registry((ofac.SOURCE, uk.SOURCE, jsonl.SOURCE))


def read(
    file: File,
    *,
    source: str | None = None,
    on_rejected: Literal["raise", "collect"] = "raise",
    registry: Registry | None = None,
) -> SanctionsList:
    """Read an official list.

    Args:
        file: a path, bytes or a binary stream; plain or packed by gzip, bzip2, xz or zip.
        source: the id of a source (``ofac``, ``uk``); worked out from the content unless given.
        on_rejected: ``"raise"`` raises where a record cannot be read,
            ``"collect"`` keeps going and returns them in ``rejected``.
        registry: other sources than those that come with the library.

    Raises:
        ReadError: see :mod:`sanctions_tracker.errors` for each kind.
        RejectedRecordsError: some records could not be read.
    """
    registry = registry or default_registry()
    known = [candidate.id for candidate in registry.sources]
    if source is not None and source not in known:
        message = f"unknown source {source!r}, expected one of {', '.join(known)}"
        raise ReadError(message)
    with open_document(file) as document:
        found = registry.recognised(document, source)
        if found is None:
            titles = "; ".join(known_format.title for known_format in registry.formats(source))
            message = f"the content is of no known format; known are: {titles}"
            raise UnknownFormatError(message, file=document.name)
        result = found.parse(document)
    if result.rejected and on_rejected == "raise":
        raise RejectedRecordsError(result.rejected, file=document.name)
    return result


@lru_cache(maxsize=1)
def bundled() -> SanctionsList:
    """The reciprocal data set inside the package: who sanctioned whom, and what answered what."""
    return read(resources.files("sanctions_tracker").joinpath("data/bundled.jsonl").read_bytes(), source="jsonl")
