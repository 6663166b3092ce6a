"""The verb ``read``: recognise a document by its content and parse it."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib import import_module, resources
from pathlib import Path
from typing import Literal

from sanctions_tracker.errors import ReadError, RejectedRecordsError, UnknownFormatError
from sanctions_tracker.model import SanctionsList
from sanctions_tracker.sources import jsonl
from sanctions_tracker.sources.document import File, open_document
from sanctions_tracker.sources.registry import Registry

#: The modules of the sources that come with the library, in the order in which they are asked.
_PUBLISHERS = ("ofac", "uk", "uksl", "un", "eu", "au", "ca", "ch", "ae", "ir", "opensanctions")


@lru_cache(maxsize=1)
def default_registry() -> Registry:
    """Every source that comes with the library; each module is loaded on first use."""
    modules = (import_module(f"sanctions_tracker.sources.{name}") for name in _PUBLISHERS)
    return Registry((jsonl.SOURCE, *(module.SOURCE for module in modules)))


def read(
    file: File,
    *,
    source: str | None = None,
    on_rejected: Literal["raise", "collect"] = "raise",
    registry: Registry | None = None,
) -> SanctionsList:
    """Read an official list.

    Args:
        file: a path, bytes or a binary stream; plain or packed by gzip, bzip2, xz or zip. A
            folder of the files that one list comes in (OFAC's CSV files) is read together.
        source: the id of a source (``ofac``, ``uk``, ``un``, ``eu``, …); worked out from the content unless given.
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
    with _collection_paused():
        folder = Path(file) if isinstance(file, (str, os.PathLike)) and Path(file).is_dir() else None
        result, name = _from_folder(folder, registry, source) if folder else _from_file(file, registry, source)
    if result.rejected and on_rejected == "raise":
        raise RejectedRecordsError(result.rejected, file=name)
    return result


def _from_file(file: File, registry: Registry, source: str | None) -> tuple[SanctionsList, str]:
    """The list, and the name of what it was read from."""
    with open_document(file) as document:
        found = registry.recognised(document, source)
        if found is None:
            titles = "; ".join(known_format.title for known_format in registry.formats(source))
            message = f"the content is of no known format; known are: {titles}"
            raise UnknownFormatError(message, file=document.name)
        return found.parse(document), document.name


def _from_folder(folder: Path, registry: Registry, source: str | None) -> tuple[SanctionsList, str]:
    """By the first source whose lists come in several files; OFAC's CSV files alone do today."""
    readers = [one.folder for one in registry.sources if one.folder and source in {None, one.id}]
    if not readers:
        message = "a folder, but no known list of that source comes in several files"
        raise UnknownFormatError(message, file=folder.name)
    return readers[0](folder), folder.name


@contextmanager
def _collection_paused() -> Iterator[None]:
    """Reading makes hundreds of thousands of values and no cycle: the collector would walk them again and again."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@lru_cache(maxsize=1)
def bundled() -> SanctionsList:
    """The reciprocal data set inside the package: who sanctioned whom, and what answered what."""
    content = resources.files("sanctions_tracker").joinpath("data/bundled.jsonl").read_bytes()
    return read(content, registry=Registry((jsonl.SOURCE,)))
