"""Records whose pieces lie scattered over a file, gathered by their key.

A piece without a key is a record of its own, handed on where it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

from sanctions_tracker.sources.document import Document

_Piece = TypeVar("_Piece")
_Part = TypeVar("_Part")

#: Key and pieces of one record, in the file's order.
Record = tuple[str, list[_Piece]]
#: How pieces become records: :func:`gathered`, or :func:`closing` for a second pass.
Gather = Callable[[Iterable[tuple[str, _Piece]]], Iterator[Record[_Piece]]]


def gathered(pieces: Iterable[tuple[str, _Piece]]) -> Iterator[Record[_Piece]]:
    """The records in the order in which they begin; all pieces are held until the file has ended.

    >>> list(gathered([("a", 1), ("b", 2), ("", 3), ("a", 4)]))
    [('', [3]), ('a', [1, 4]), ('b', [2])]
    """
    found: dict[str, list[_Piece]] = {}
    for key, piece in pieces:
        if not key:
            yield key, [piece]
        elif held := found.get(key):
            held.append(piece)
        else:
            found[key] = [piece]
    for key in list(found):
        yield key, found.pop(key)


def ends(keys: Iterable[str]) -> dict[str, int]:
    """Where the last piece of each record stands, counted from 0: what a first pass finds out."""
    return {key: place for place, key in enumerate(keys)}


def closing(last: Mapping[str, int]) -> Gather[_Piece]:
    """Gather in a second pass: a record is handed on once its last piece is read, so that only open ones are held.

    >>> list(closing(ends(["a", "b", "", "a"]))([("a", 1), ("b", 2), ("", 3), ("a", 4)]))
    [('b', [2]), ('', [3]), ('a', [1, 4])]
    """

    def gather(pieces: Iterable[tuple[str, _Piece]]) -> Iterator[Record[_Piece]]:
        begun: dict[str, list[_Piece]] = {}
        for place, (key, piece) in enumerate(pieces):
            if not key:
                yield key, [piece]
                continue
            begun.setdefault(key, []).append(piece)
            if last.get(key, place) == place:
                yield key, begun.pop(key)
        yield from begun.items()

    return gather


def in_two_passes(
    document: Document,
    keys: Callable[[Document], Iterable[str]],
    read: Callable[[Document, Gather[_Piece]], Iterator[_Part]],
) -> Iterator[_Part]:
    """Go through a file for the ``keys`` of its pieces, then ``read`` it with what gathers them sparingly.

    Raises:
        DamagedInputError: the file changed between the passes.
        ReadError: it is a stream that cannot seek.
    """
    gather: Gather[_Piece] = closing(ends(keys(document)))
    with document.again() as second:
        yield from read(second, gather)
