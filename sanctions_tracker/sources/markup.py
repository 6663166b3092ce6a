"""Streaming through XML that nobody vouches for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from sanctions_tracker.errors import DamagedInputError, UnsafeInputError
from sanctions_tracker.sources.document import Document


def elements(document: Document, tags: Sequence[str]) -> Iterator[etree._Element]:
    """Each element of one of the ``tags`` (with its namespace), whole, in the file's order.

    An element is let go of once the next one is asked for: keep values, not
    elements. Memory stays that of the largest one.

    Raises:
        UnsafeInputError: the document declares a DTD (entities, external or not).
        DamagedInputError: it is not well-formed, or cut short; with line and column.
    """
    events = etree.iterparse(
        document.stream,
        events=("end",),
        tag=tags,
        # Nothing that a reader wants, and a comment inside a text would cut it in two.
        remove_blank_text=True,
        remove_comments=True,
        remove_pis=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    checked = False
    try:
        for _, element in events:
            if not checked:
                _refuse_dtd(element, document)
                checked = True
            yield element
            _forget(element)
    except etree.XMLSyntaxError as error:
        _refuse_declared(document, error)
        line, column = error.position
        message = f"the XML is malformed or cut short: {error.msg}"
        raise DamagedInputError(message, file=document.name, locator=f"line {line}, column {column}") from error
    if not checked and events.root is not None:
        _refuse_dtd(events.root, document)


def _forget(element: etree._Element) -> None:
    """Drop what stands before the element; it goes itself with the next one."""
    parent = element.getparent()
    if parent is None:
        element.clear()
        return
    while element.getprevious() is not None:
        del parent[0]


def _refuse_dtd(element: etree._Element, document: Document) -> None:
    if element.getroottree().docinfo.internalDTD is not None:
        message = "the XML declares a document type: no official list does, and entities are refused"
        raise UnsafeInputError(message, file=document.name)


def _refuse_declared(document: Document, error: Exception) -> None:
    if "<!DOCTYPE" in document.head_text or "<!ENTITY" in document.head_text:
        message = "the XML declares a document type: no official list does, and entities are refused"
        raise UnsafeInputError(message, file=document.name) from error
