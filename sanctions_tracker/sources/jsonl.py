"""The library's own JSON lines."""

from __future__ import annotations

import io
from collections.abc import Iterator

from sanctions_tracker.codec import from_json_lines
from sanctions_tracker.errors import CodecError, DamagedInputError
from sanctions_tracker.sources.document import Document
from sanctions_tracker.sources.parts import Part
from sanctions_tracker.sources.registry import ListFormat, ListSource


def _recognise(document: Document) -> bool:
    first = document.head_text.lstrip().partition("\n")[0]
    return first.startswith("{") and '"record": "list"' in first


def _parse(document: Document) -> Iterator[Part]:
    """The parts of the list; the whole is held at once, since a measure may stand far behind its target."""
    text = io.TextIOWrapper(io.BytesIO(document.content()), encoding="utf-8-sig")
    try:
        whole = from_json_lines(text)
    except (CodecError, UnicodeDecodeError) as error:
        raise DamagedInputError(str(error), file=document.name) from error
    yield whole


SOURCE = ListSource(
    id="jsonl",
    title="sanctions_tracker",
    sanctioner=None,
    formats=(ListFormat("sanctions-tracker-jsonl", "JSON lines of this library", _recognise, _parse),),
)
