"""Finding the like of one name among many, without looking carefully at each.

Every name is taken apart once. A query then passes three sieves, each finer
and dearer than the last: how many feature signs the names share at all (one
numpy pass over everything, free of order and of word boundaries), how like the
query's words are to the names' words (``batch`` over the words that are left),
and the comparison itself. The first two are estimates, with cut-offs kept so
far below the threshold that nothing above it was lost where it was measured
(``benchmarks/names.py --loss``).
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import attrs

from sanctions_tracker.matching.alignment import MISSING
from sanctions_tracker.matching.comparison import Comparison, compared, folded_name
from sanctions_tracker.matching.weights import weight_of
from sanctions_tracker.names.concepts import near_concepts
from sanctions_tracker.names.particles import Role
from sanctions_tracker.names.skeleton import features_of, sounds
from sanctions_tracker.names.tokens import Token, neighbours, tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from sanctions_tracker.matching.batch import Words

    Floats = NDArray[np.float32]
    Integers = NDArray[np.int64]

#: How far below the threshold the two estimates may lie. Measured on the
#: development half of the name benchmark; see the module's head.
_LETTERS_MARGIN = 0.12
_WORDS_MARGIN = 0.12
#: Likewise for a query with words that are translated: their weight does not go by their letters.
_MEANINGS_MARGIN = 0.3

#: Letters of scripts without a table of sounds share this many bins.
_OTHER_BINS = 8

#: What the estimates look at. An initial fits many names: it is left to the comparison.
_COUNTED = frozenset({Role.NAME, Role.KUNYA})


@lru_cache(maxsize=1)
def _sign_bins() -> dict[str, int]:
    """Each feature sign of a consonant and its column in the matrix of counts."""
    features = (sound.features for sound in sounds().values() if sound.kind == "consonant")
    return {sign: column for column, sign in enumerate(sorted(set("".join(features))))}


_VOWEL_SIGNS = frozenset("WY")


def _bin(sign: str) -> int:
    bins = _sign_bins()
    known = bins.get(sign)
    return len(bins) + ord(sign) % _OTHER_BINS if known is None else known


class _Bins(dict[int, str]):
    """The column of each feature sign as a character, for ``str.translate``."""

    def __missing__(self, code: int) -> str:
        return chr(_bin(chr(code)))


@lru_cache(maxsize=1)
def _bins() -> _Bins:
    return _Bins(dict.fromkeys(map(ord, _VOWEL_SIGNS), ""))


@lru_cache(maxsize=131072)
def _columns(token: Token) -> bytes:
    return features_of(token.core).translate(_bins()).encode("latin-1")


def _counted(tokens: Iterable[Token]) -> list[Token]:
    return [token for token in tokens if token.role in _COUNTED]


def _pieces(tokens: tuple[Token, ...]) -> tuple[str, ...]:
    """Every word, in every reading and meaning, and every two neighbours read as one."""
    words = (*_counted(tokens), *neighbours(tokens))
    return tuple({piece: None for token in words for piece in _readings(token)})


def _readings(token: Token) -> tuple[str, ...]:
    from sanctions_tracker.matching.batch import meaning  # noqa: PLC0415  (needs numpy, as all of this)

    return (*token.readings, meaning(token)) if token.concepts else token.readings


@attrs.frozen(eq=False)
class _Encoded:
    """All different names as arrays: a column of ``counts`` each, and ``pieces[starts[i]:starts[i + 1]]`` its words.

    ``concepts`` tells which names have a word of a meaning.
    """

    counts: NDArray[np.uint8]
    sizes: Floats
    weights: Floats
    pieces: Integers
    starts: Integers
    vocabulary: Words
    concepts: dict[str, Integers]


def _counts(names: Sequence[tuple[Token, ...]]) -> NDArray[np.uint8]:
    import numpy as np  # noqa: PLC0415  (not needed until an index is used)

    width = len(_sign_bins()) + _OTHER_BINS
    flat = [b"".join(_columns(token) for token in _counted(name)) for name in names]
    columns = np.frombuffer(b"".join(flat), dtype=np.uint8).astype(np.int64)
    rows = np.repeat(np.arange(len(names)), [len(row) for row in flat])
    counted = np.bincount(rows * width + columns, minlength=len(names) * width)
    return np.minimum(counted, 255).astype(np.uint8).reshape(len(names), width).T.copy()


def _encoded(names: Sequence[tuple[Token, ...]]) -> _Encoded:
    import numpy as np  # noqa: PLC0415

    from sanctions_tracker.matching.batch import words_of  # noqa: PLC0415

    pieces = [_pieces(name) for name in names]
    ids: dict[str, int] = {}
    flat = [ids.setdefault(piece, len(ids)) for row in pieces for piece in row]
    counts = _counts(names)
    return _Encoded(
        counts=counts,
        sizes=counts.sum(axis=0, dtype=np.float32),
        weights=np.array([sum(map(weight_of, _counted(name))) for name in names], dtype=np.float32),
        pieces=np.array(flat, dtype=np.int64),
        starts=np.cumsum([0, *map(len, pieces)], dtype=np.int64),
        vocabulary=words_of(tuple(ids)),
        concepts=_bearers(names),
    )


def _bearers(names: Sequence[tuple[Token, ...]]) -> dict[str, Integers]:
    """The names that have a word of each meaning, or of one near to it."""
    import numpy as np  # noqa: PLC0415

    found: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        for concept in {near for token in name for one in token.concepts for near in near_concepts(one)}:
            found.setdefault(concept, []).append(place)
    return {concept: np.array(places, dtype=np.int64) for concept, places in found.items()}


def _shared(part: Floats, left: float, right: Floats) -> Floats:
    """The share of two names that ``part`` is, where what one merely lacks counts for little, as in a comparison."""
    import numpy as np  # noqa: PLC0415

    small, large = np.minimum(left, right), np.maximum(left, right)
    shared = np.minimum(part, small) / np.maximum(small + MISSING * (large - small), 1e-6)
    return shared.astype(np.float32)


def _letters_estimate(encoded: _Encoded, query: tuple[Token, ...]) -> Floats:
    import numpy as np  # noqa: PLC0415

    counts = _counts([query])[:, 0]
    present = np.flatnonzero(counts)
    common = np.zeros(encoded.counts.shape[1], dtype=np.float32)
    for sign in present.tolist():
        common += np.minimum(encoded.counts[sign], counts[sign])
    for token in query:  # a word that may be met by its meaning counts with all of its letters
        bearers = [encoded.concepts[concept] for concept in token.concepts if concept in encoded.concepts]
        if bearers:
            common[np.unique(np.concatenate(bearers))] += len(_columns(token))
    estimate = _shared(common, float(counts.sum()), encoded.sizes)
    # A name without consonants shares none with anything: it is for the next sieve.
    estimate[encoded.sizes == 0] = 1.0
    return estimate if len(present) else np.ones_like(estimate)


def _slices(encoded: _Encoded, chosen: Integers) -> tuple[Integers, Integers]:
    """The pieces of the chosen names in one array, and where each name's begin in it."""
    import numpy as np  # noqa: PLC0415

    first = encoded.starts[chosen]
    lengths = encoded.starts[chosen + 1] - first
    begins = np.concatenate(([0], np.cumsum(lengths)[:-1])).astype(np.int64)
    places = np.repeat(first - begins, lengths) + np.arange(int(lengths.sum()))
    return encoded.pieces[places], begins


@attrs.frozen(eq=False)
class _Question:
    """What the sieves look for: ``pieces`` (words in all readings and meanings, neighbours read as one).

    For each counted word of the query, ``rows`` are those of its pieces and ``weights`` what it weighs.
    """

    pieces: tuple[str, ...]
    rows: tuple[tuple[int, ...], ...]
    weights: Floats


def _question(query: tuple[Token, ...]) -> _Question:
    import numpy as np  # noqa: PLC0415

    words, joins = _counted(query), neighbours(query)
    pieces: dict[str, int] = {}
    rows: list[tuple[int, ...]] = []
    for word in words:
        around = [both for both in joins if word.text in both.text]
        readings = [reading for token in (word, *around) for reading in _readings(token)]
        rows.append(tuple(pieces.setdefault(reading, len(pieces)) for reading in readings))
    return _Question(tuple(pieces), tuple(rows), np.array([weight_of(word) for word in words], dtype=np.float32))


def _words_sieve(encoded: _Encoded, question: _Question, chosen: Integers, threshold: float) -> Integers:
    """Those of the chosen names whose words may be alike enough: first by features, then by sound."""
    import numpy as np  # noqa: PLC0415

    from sanctions_tracker.matching.batch import beside  # noqa: PLC0415

    words, begins = _slices(encoded, chosen)
    different, places = np.unique(words, return_inverse=True)
    near = beside(question.pieces, encoded.vocabulary, different)
    most = _score_estimate(near.at_most(), question, places, begins, encoded.weights[chosen])
    kept = np.flatnonzero(most >= threshold)
    lengths = np.diff(begins, append=len(places))
    inside = np.repeat(most >= threshold, lengths)
    columns, places = np.unique(places[inside], return_inverse=True)
    begins = np.concatenate(([0], np.cumsum(lengths[kept])[:-1])).astype(np.int64)
    alike = near.only(columns).likeness()
    estimate = _score_estimate(alike, question, places, begins, encoded.weights[chosen[kept]])
    passed: Integers = chosen[kept[estimate >= threshold]]
    return passed


def _score_estimate(similar: Floats, question: _Question, places: Integers, begins: Integers, others: Floats) -> Floats:
    """The score that names could have: each query word meets the best word, the surplus is missing.

    ``similar`` tells how alike pieces (rows) and words (columns) are; a name's words are the columns
    ``places[begins[i]:begins[i + 1]]`` and weigh ``others[i]``.
    """
    import numpy as np  # noqa: PLC0415

    # A name without words has no slice: a nought at the end gives the last ones a place to begin.
    met = np.stack([np.append(similar[list(row)].max(axis=0)[places], np.float32(0)) for row in question.rows])
    met = np.maximum.reduceat(met, begins, axis=1)
    # A query longer than the name cannot meet more words than the name has:
    # its worst met words are then missing, not contradicted.
    order = np.argsort(-met, axis=0)
    met, ordered = np.take_along_axis(met, order, axis=0), question.weights[order]
    before = np.cumsum(ordered, axis=0) - ordered
    within = np.clip((others - before) / np.maximum(ordered, 1e-6), 0.0, 1.0) * ordered
    counted = within * (2 - met)
    surplus = np.abs(others - ordered.sum(axis=0)) * MISSING
    estimate: Floats = (counted * met).sum(axis=0) / np.maximum(counted.sum(axis=0) + surplus, 1e-6)
    return estimate


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
        self._encoded: _Encoded | None = None

    def __len__(self) -> int:
        return len(self._names)

    def __repr__(self) -> str:
        return f"<NameIndex of {len(self)} names, {len(self._different)} different>"

    def _arrays(self) -> _Encoded:
        if self._encoded is None:
            self._encoded = _encoded(self._different)
        return self._encoded

    def _candidates(self, query: tuple[Token, ...], threshold: float) -> list[int]:
        """The different names that may reach the threshold."""
        import numpy as np  # noqa: PLC0415

        encoded = self._arrays()
        margin = _MEANINGS_MARGIN if any(token.concepts for token in query) else _LETTERS_MARGIN
        chosen: Integers = np.flatnonzero(_letters_estimate(encoded, query) >= threshold - margin)
        if len(chosen) and _counted(query):
            unknown = encoded.weights[chosen] == 0
            passed = _words_sieve(encoded, _question(query), chosen[~unknown], threshold - _WORDS_MARGIN)
            chosen = np.sort(np.concatenate((chosen[unknown], passed)))
        return [int(place) for place in chosen]

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
        found: list[tuple[int, Comparison]] = []
        for place in self._candidates(tokens, threshold):
            other = self._different[place]
            positions = self._places[other]
            first = compared(query, self._names[positions[0]], tokens, other)
            if first.score >= threshold:
                found += [(at, attrs.evolve(first, right=self._names[at])) for at in positions]
        found.sort(key=lambda hit: (-hit[1].score, hit[0]))
        return found[:limit]
