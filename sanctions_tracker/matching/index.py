"""Finding the like of one name among many, without looking carefully at each.

Every name is taken apart once (``encoding``). A query passes two sieves
(``sieves``), then the comparison itself. The sieves are estimates, with cut-offs
kept so far below the threshold that hardly anything above it is lost: how much,
``benchmarks/names.py --loss`` measures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from sanctions_tracker.matching.comparison import Comparison, compared, folded_name
from sanctions_tracker.names.tokens import Token, tokens_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sanctions_tracker.matching.encoding import Encoded


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
        self._names = tuple(names)
        self._kind = kind
        self._places: dict[tuple[Token, ...], list[int]] = {}
        for position, name in enumerate(self._names):
            self._places.setdefault(tokens_of(folded_name(name), kind), []).append(position)
        self._different = tuple(self._places)
        self._encoded: Encoded | None = None

    def __len__(self) -> int:
        return len(self._names)

    def __repr__(self) -> str:
        return f"<NameIndex of {len(self)} names, {len(self._different)} different>"

    def _arrays(self) -> Encoded:
        if self._encoded is None:
            from sanctions_tracker.matching.encoding import encoded  # noqa: PLC0415  (numpy, only where it is searched)

            self._encoded = encoded(self._different)
        return self._encoded

    def search(self, query: str, *, threshold: float, limit: int | None = None) -> list[tuple[int, Comparison]]:
        """Positions of the names whose score is ``threshold`` (0..1) or more, each with its comparison.

        Best first, ties by position; at most ``limit`` of them. ``left`` of each
        comparison is the query, ``right`` the name found.

        Raises:
            InvalidNameError: where the query holds no letter and no digit.
        """
        tokens = tokens_of(folded_name(query), self._kind)
        if not self._names:
            return []
        from sanctions_tracker.matching.sieves import candidates  # noqa: PLC0415

        found: list[tuple[int, Comparison]] = []
        for place in candidates(self._arrays(), tokens, threshold).tolist():
            other = self._different[place]
            positions = self._places[other]
            first = compared(query, self._names[positions[0]], tokens, other)
            if first.score >= threshold:
                found += [(at, attrs.evolve(first, right=self._names[at])) for at in positions]
        found.sort(key=lambda hit: (-hit[1].score, hit[0]))
        return found[:limit]
