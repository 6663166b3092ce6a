"""Finding the like of one name among many, without looking carefully at each.

Every name is taken apart once (``apart``, ``encoding``). A query passes three sieves
(``sieves``), then the comparison itself. The sieves are estimates, with cut-offs
kept so far below the threshold that hardly anything above it is lost: how much,
``benchmarks/names.py --loss`` measures.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from sanctions_tracker.matching.apart import Apart, taken_apart
from sanctions_tracker.matching.comparison import Comparison, compared, folded_name
from sanctions_tracker.names.tokens import tokens_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from sanctions_tracker.matching.encoding import Encoded
    from sanctions_tracker.matching.saved import SavedNames

# numpy is loaded only where an index is searched.
# ruff: noqa: PLC0415


class NameIndex:
    """Many names, encoded once, to be searched for the like of one.

    Names that are the same after folding share all work. Immutable; a search
    changes nothing but caches. ``kind`` is as in `compare`, for all names.

    Raises:
        InvalidNameError: where one of the names holds no letter and no digit.

    >>> index = NameIndex(["Lockheed Martin", "General Dynamics"])
    >>> [(position, found.right) for position, found in index.search("لوكهيد مارتن", threshold=0.8)]
    [(0, 'Lockheed Martin')]
    """

    def __init__(self, names: Sequence[str], *, kind: str | None = None) -> None:
        self._kind = kind
        self._names: Apart | SavedNames = taken_apart(names, kind)

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]], *, kind: str | None = None) -> NameIndex:
        """The index whose `arrays` these are; it finds what the other one found, with the same scores.

        Little is worked out anew: it is there in a tenth of a second for 100,000 names.
        A checksum tells arrays that were damaged; it does not tell those that somebody forged.

        Args:
            arrays: what `arrays` returned, or an ``NpzFile`` with it.
            kind: the kind that the index was made for.

        Raises:
            DamagedInputError: an array is missing, changed, or does not fit the others; they were made by
                another version of the matcher or of its tables, or for names of another kind.

        >>> index = NameIndex.from_arrays(NameIndex(["Lockheed Martin"]).arrays())
        >>> [found.right for _, found in index.search("لوكهيد مارتن", threshold=0.8)]
        ['Lockheed Martin']
        """
        from sanctions_tracker.matching.saved import loaded

        index = cls.__new__(cls)
        index._kind = kind  # noqa: SLF001  (its own)
        index._names, index._encoded = loaded(arrays, kind)  # noqa: SLF001
        return index

    def arrays(self) -> dict[str, NDArray[Any]]:
        """The index as arrays of numbers and bytes, its names included, for ``numpy.savez``; see `from_arrays`."""
        from sanctions_tracker.matching.saved import saved

        return saved(self._names, self._encoded, self._kind)

    def __len__(self) -> int:
        return len(self._names.text_of)

    @cached_property
    def names(self) -> Sequence[str]:
        """The names, in the order in which they were given."""
        texts = [self._names.texts[place] for place in range(len(self._names.texts))]
        return tuple([texts[place] for place in self._names.text_of])

    def __repr__(self) -> str:
        return f"<NameIndex of {len(self)} names, {len(self._names)} different>"

    @cached_property
    def _encoded(self) -> Encoded:
        from sanctions_tracker.matching.encoding import encoded

        if not isinstance(self._names, Apart):  # pragma: no cover  (what was loaded brings it along)
            raise TypeError(type(self._names))
        return encoded(self._names)

    @cached_property
    def _positions(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The positions of all names, those of one different name together; where each one's begin."""
        import numpy as np

        names = np.asarray(self._names.name_of)[np.asarray(self._names.text_of)]
        starts = np.concatenate(([0], np.cumsum(np.bincount(names, minlength=len(self._names)))))
        return np.argsort(names, kind="stable"), starts

    def _text(self, position: int) -> str:
        return self._names.texts[self._names.text_of[position]]

    def search(self, query: str, *, threshold: float, limit: int | None = None) -> list[tuple[int, Comparison]]:
        """Positions of the names whose score is ``threshold`` (0..1) or more, each with its comparison.

        Best first, ties by position; at most ``limit`` of them. ``left`` of each
        comparison is the query, ``right`` the name found.

        Raises:
            InvalidNameError: where the query holds no letter and no digit.
            DamagedInputError: a name that was loaded is no name.
        """
        tokens = tokens_of(folded_name(query), self._kind)
        if not len(self):
            return []
        from sanctions_tracker.matching.sieves import candidates

        found: list[tuple[int, Comparison]] = []
        order, starts = self._positions
        for name in candidates(self._encoded, tokens, threshold).tolist():
            positions = order[starts[name] : starts[name + 1]].tolist()
            first = compared(query, self._text(positions[0]), tokens, self._names.tokens(name))
            if first.score >= threshold:
                found += [(at, Comparison(query, self._text(at), first.score, first.evidence)) for at in positions]
        found.sort(key=lambda hit: (-hit[1].score, hit[0]))
        return found[:limit]
