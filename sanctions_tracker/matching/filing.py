"""Words filed by their feature signs: which of many are like one, without a look at each.

Import this module only where an index is used: it needs numpy.
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from math import ceil, floor
from typing import TYPE_CHECKING

import attrs
import numpy as np
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from sanctions_tracker.matching.letters import capped, counts_in, signs_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Integers = NDArray[np.int64]
    Places = NDArray[np.int32]
    Bytes = NDArray[np.uint8]

_ROUNDING = 1e-6

#: Up to so many signs can be counted in a byte.
_BYTE = 255


@attrs.frozen(eq=False)
class Filed:
    """Words by their features: ``features`` are the different ones, the shortest first.

    The words of ``features[i]`` stand at ``firsts[i]`` to ``firsts[i + 1]`` in whatever
    list they were filed for; ``counts[sign, i]`` is how often each sign stands in it.
    """

    features: Sequence[str]
    firsts: Places
    counts: Bytes
    _ends: Integers = attrs.field(init=False)

    @_ends.default
    def _ends_of_each_length(self) -> Integers:
        """``_ends[n]``: how many of the features are shorter than n."""
        sizes = self.counts.sum(axis=0, dtype=np.int64)
        return np.searchsorted(sizes, np.arange(int(sizes.max(initial=0)) + 2))

    def near(self, features: str, least: float) -> tuple[Integers, Floats]:
        """The places, ascending, of the features at least so alike (0..1) as a plain edit distance says; how alike.

        No edit distance finds more in common than the signs that both have at all,
        whatever their order: only where those suffice is it asked.
        """
        size, longest = len(features), len(self._ends) - 2
        shortest = min(ceil(size * least / (2 - least) - _ROUNDING), longest + 1)
        longest = min(floor(size * (2 - least) / least + _ROUNDING), longest)
        if longest < shortest:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
        ends = self._ends[shortest : longest + 2]
        needed = np.ceil(least * (size + np.arange(shortest, longest + 1)) / 2 - _ROUNDING)
        enough = np.repeat(np.minimum(needed, _BYTE).astype(np.uint8), np.diff(ends))
        places = ends[0] + np.flatnonzero(self._shared(features, int(ends[0]), int(ends[-1])) >= enough)
        texts = self._texts[places].tolist()
        alike = cdist([features], texts, scorer=Indel.normalized_similarity, score_cutoff=least, dtype=np.float32)[0]
        found = np.flatnonzero(alike)
        return places[found], alike[found]

    def of(self, places: Integers) -> list[str]:
        """The features of the words at some places."""
        found: list[str] = self._texts[np.searchsorted(self.firsts, places, side="right") - 1].tolist()
        return found

    @cached_property
    def _texts(self) -> NDArray[np.object_]:
        """The features as an array, of which numpy takes many at once."""
        return np.array(self.features, dtype=np.object_)

    def _shared(self, features: str, low: int, high: int) -> NDArray[np.unsignedinteger]:
        """How many signs each of them shares, at most 255 of a kind."""
        rows = Counter(signs_of(features))
        shared: NDArray[np.unsignedinteger] = np.zeros(
            high - low, dtype=np.uint8 if len(features) <= _BYTE else np.uint16
        )
        has = np.empty(high - low, dtype=np.bool_)
        for row, times in rows.items():
            for one in range(min(times, _BYTE)):  # comparing and adding flags is ten times as fast as a minimum
                np.greater(self.counts[row, low:high], np.uint8(one), out=has)
                shared += has.view(np.uint8)
        return shared


def filed(features: Sequence[str]) -> tuple[Filed, Integers]:
    """File words by the features of each; also the order in which the words are to be put."""
    ordered = sorted(sorted(set(features)), key=len)
    # Put together and taken apart they lie side by side in memory, in the order in which they are looked through.
    different = tuple("\n".join(ordered).split("\n")) if ordered else ()
    numbers = {text: number for number, text in enumerate(different)}
    filed_as = np.fromiter(map(numbers.__getitem__, features), dtype=np.int64, count=len(features))
    firsts = np.concatenate(([0], np.cumsum(np.bincount(filed_as, minlength=len(different))))).astype(np.int32)
    counts = capped(counts_in(different)).T.copy()
    return Filed(different, firsts, counts), np.argsort(filed_as, kind="stable")
