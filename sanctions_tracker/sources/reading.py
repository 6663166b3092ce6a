"""The verbs ``read`` and ``stream``: recognise a document by its content and parse it."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib import import_module, resources
from pathlib import Path
from typing import Literal

from sanctions_tracker.errors import ReadError, RejectedRecordsError, UnknownFormatError
from sanctions_tracker.model import SanctionsList
from sanctions_tracker.sources import jsonl
from sanctions_tracker.sources.check_digits import noted
from sanctions_tracker.sources.document import Document, File, open_document, seekable
from sanctions_tracker.sources.parts import Part
from sanctions_tracker.sources.registry import ListFormat, Registry
from sanctions_tracker.sources.streaming import ListStream

#: The modules of the sources that come with the library, in the order in which they are asked.
_PUBLISHERS = ("ofac", "uk", "uksl", "un", "eu", "au", "ca", "ch", "ae", "ir", "opensanctions")


@lru_cache(maxsize=1)
def default_registry() -> Registry:
    """Every source that comes with the library; each module is loaded on first use."""
    modules = (import_module(f"sanctions_tracker.sources.{name}") for name in _PUBLISHERS)
    return Registry((jsonl.SOURCE, *(module.SOURCE for module in modules)))


def stream(
    file: File,
    *,
    source: str | None = None,
    on_rejected: Literal["raise", "collect"] = "raise",
    registry: Registry | None = None,
) -> ListStream:
    """Read an official list record by record, in bounded memory.

    Memory stays that of a few records, and of the marks that join what a format
    scatters over the file (OFAC's advanced format and the UK's ConList are gone
    through twice for that). A workbook and this library's own JSON lines are held
    whole. Use the stream as a context manager.

    Args:
        file: as for :func:`read`. A stream that cannot seek is copied to a temporary file where two passes are needed.
        source: as for :func:`read`.
        on_rejected: ``"raise"`` raises at a record that cannot be read,
            ``"collect"`` goes on and gathers them in the stream's ``rejected``.
        registry: as for :func:`read`.

    Raises:
        ReadError: see :mod:`sanctions_tracker.errors` for each kind; damage further on is raised while iterating.
    """
    collect = on_rejected == "collect"
    return _opened(seekable(file), registry or default_registry(), source, collect=collect, sparing=True)


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
    with _collection_paused(), _opened(file, registry or default_registry(), source, collect=True) as records:
        result = records.sanctions_list()
        if result.rejected and on_rejected == "raise":
            raise RejectedRecordsError(result.rejected, file=records.name)
    return result


def _opened(file: File, registry: Registry, source: str | None, *, collect: bool, sparing: bool = False) -> ListStream:
    known = [candidate.id for candidate in registry.sources]
    if source is not None and source not in known:
        message = f"unknown source {source!r}, expected one of {', '.join(known)}"
        raise ReadError(message)
    if isinstance(file, (str, os.PathLike)) and Path(file).is_dir():
        return _folder_opened(Path(file), registry, source, collect=collect)
    document = open_document(file)
    try:
        found = _recognised(document, registry, source)
    except BaseException:
        document.close()
        raise
    parse = found.sparing if sparing and found.sparing else found.parse
    return ListStream(
        noted(_parts(parse, document)),
        format_id=found.id,
        name=document.name,
        collect_rejected=collect,
        sha256=document.sha256,
        close=document.close,
    )


def _recognised(document: Document, registry: Registry, source: str | None) -> ListFormat:
    found = registry.recognised(document, source)
    if found is None:
        titles = "; ".join(known_format.title for known_format in registry.formats(source))
        message = f"the content is of no known format; known are: {titles}"
        raise UnknownFormatError(message, file=document.name)
    return found


def _folder_opened(folder: Path, registry: Registry, source: str | None, *, collect: bool) -> ListStream:
    """By the first source whose lists come in several files; OFAC's CSV files alone do today."""
    readers = [one for one in registry.sources if one.folder and source in {None, one.id}]
    if not readers or readers[0].folder is None:
        message = "a folder, but no known list of that source comes in several files"
        raise UnknownFormatError(message, file=folder.name)
    parts = noted(readers[0].folder(folder))
    return ListStream(parts, format_id="", name=folder.name, collect_rejected=collect)


def _parts(parse: Callable[[Document], Iterator[Part]], document: Document) -> Iterator[Part]:
    """The parts; nothing of a reader runs before the stream stands that closes the file."""
    yield from parse(document)


@contextmanager
def _collection_paused() -> Iterator[None]:
    """Reading makes hundreds of thousands of values and no cycle: the collector would walk them again and again."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            if not gc.get_freeze_count():  # what was made is old at once, or the next collections would walk it
                gc.freeze()
                gc.unfreeze()
            gc.enable()


@lru_cache(maxsize=1)
def bundled() -> SanctionsList:
    """The reciprocal data set inside the package: who sanctioned whom, and what answered what."""
    content = resources.files("sanctions_tracker").joinpath("data/bundled.jsonl").read_bytes()
    return read(content, registry=Registry((jsonl.SOURCE,)))
