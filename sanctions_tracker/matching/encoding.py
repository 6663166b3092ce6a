"""Many names as arrays, encoded once for all queries.

Words repeat from name to name: each different one, and each two that stand side
by side, is looked at once, and numpy puts the names together from them.
Import this module only where an index is used: it needs numpy.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, TypeVar

import attrs
import numpy as np

from sanctions_tracker.matching.filing import Filed, filed
from sanctions_tracker.matching.letters import COUNTED, capped, counts_in, letter_rows, light_in, spelt_weights_of
from sanctions_tracker.matching.vocabulary import Vocabulary, ranges
from sanctions_tracker.matching.weights import weight_of
from sanctions_tracker.names.skeleton import features_of
from sanctions_tracker.names.tokens import joinable, joined_readings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sanctions_tracker.matching.apart import Apart
    from sanctions_tracker.names.tokens import Token

    Floats = NDArray[np.float32]
    Integers = NDArray[np.int64]
    Places = NDArray[np.int32]
    Bytes = NDArray[np.uint8]

_Number = TypeVar("_Number", bound=np.generic)


@attrs.frozen(eq=False)
class Encoded:
    """Many names: a row of ``counts`` each, and ``pieces[starts[i]:starts[i + 1]]`` its words in the ``vocabulary``.

    The pieces of a name are its words in every reading, and every two neighbours read
    as one; its meanings stand in the vocabulary only. ``sizes`` are the sums of ``counts``, of
    which ``light`` belong to words that say little; ``weights`` the sums of the
    words' weights, ``spelt_weights`` if none were met by its meaning.
    """

    counts: Bytes
    sizes: Floats
    light: Floats
    weights: Floats
    spelt_weights: Floats
    pieces: Places
    starts: Integers
    vocabulary: Vocabulary

    def __len__(self) -> int:
        return len(self.sizes)


@attrs.frozen(eq=False)
class _Pieces:
    """The different things that others have, and ``names[i]`` which name bears ``pieces[i]``, each pair once."""

    things: tuple[str, ...]
    pieces: Integers
    names: Integers

    def reordered(self, order: Integers) -> _Pieces:
        """The same with the things in another order."""
        places = np.empty(len(order), dtype=np.int64)
        places[order] = np.arange(len(order))
        things = tuple([self.things[place] for place in order.tolist()])
        return _Pieces(things, places[self.pieces], self.names)


def _different(numbers: Integers) -> Integers:
    """The different numbers, ascending: sorting alone takes half the time of ``np.unique``."""
    ordered = np.sort(numbers)
    return ordered[np.flatnonzero(np.diff(ordered, prepend=-1))]


def _pieces(had: Sequence[Sequence[str]], owners: Integers, names: Integers, count: int) -> _Pieces:
    """Pieces of names: ``had`` tells what each of many owners has, and ``owners[i]`` is borne by ``names[i]``."""
    ids = {thing: number for number, thing in enumerate(dict.fromkeys(chain.from_iterable(had)))}
    lengths = np.fromiter(map(len, had), dtype=np.int64, count=len(had))
    flat = np.fromiter(map(ids.__getitem__, chain.from_iterable(had)), dtype=np.int64, count=int(lengths.sum()))
    begins = np.cumsum(lengths) - lengths
    pieces = flat[ranges(begins[owners], lengths[owners])]
    pairs = _different(pieces * max(count, 1) + np.repeat(names, lengths[owners]))
    return _Pieces(tuple(ids), *np.divmod(pairs, max(count, 1)))


def _summed(values: NDArray[_Number], owners: Integers, count: int) -> NDArray[_Number]:
    """The values (or rows) of each of ``count`` owners added up; ``owners`` ascends."""
    total = np.zeros((count, *values.shape[1:]), dtype=values.dtype)
    first = np.flatnonzero(np.diff(owners, prepend=-1))
    if len(first):
        total[owners[first]] = np.add.reduceat(values, first, axis=0)
    return total


def _added(letters: Bytes, own: Integers, names: Integers, count: int) -> NDArray[np.uint16]:
    """The letters of each of ``count`` names: those of its words added up, all first words first, for they are few."""
    total = np.zeros((count, letters.shape[1]), dtype=np.uint16)
    place = np.arange(len(names)) - np.searchsorted(names, names)
    for nth in range(int(place.max(initial=-1)) + 1):
        total[names[place == nth]] += letters[own[place == nth]]
    return total


def encoded(apart: Apart) -> Encoded:
    """Encode names that were taken apart."""
    count = len(apart.rows)
    lengths = np.fromiter(map(len, apart.rows), dtype=np.int64, count=count)
    flat = np.fromiter(chain.from_iterable(apart.rows), dtype=np.int64, count=int(lengths.sum()))
    owners = np.repeat(np.arange(count), lengths)
    joins = np.array([bool(joinable((token,))) for token in apart.words], dtype=np.bool_)[flat]
    flat, owners = flat[joins], owners[joins]
    counts = np.array([token.role in COUNTED for token in apart.words], dtype=np.bool_)[flat]
    own, names = flat[counts], owners[counts]
    letters = capped(counts_in([features_of(token.core) for token in apart.words])[:, : letter_rows()])
    signs = _added(letters, own, names, count)
    weights = np.array([weight_of(token) for token in apart.words], dtype=np.float64)
    vocabulary = _vocabulary(apart.words, (own, names), (flat, owners), count)
    pieces, starts = _by_name(vocabulary, count)
    return Encoded(
        counts=capped(signs),
        sizes=signs.sum(axis=1, dtype=np.float32),
        light=_summed(light_in(letters.sum(axis=1), weights)[own], names, count),
        weights=_summed(weights.astype(np.float32)[own], names, count),
        spelt_weights=_summed(spelt_weights_of(apart.words)[own], names, count),
        pieces=pieces,
        starts=starts,
        vocabulary=vocabulary,
    )


def _starts(numbers: NDArray[np.signedinteger], count: int) -> Integers:
    """Where each number's part begins in what is sorted by them, and the end of all."""
    return np.concatenate(([0], np.cumsum(np.bincount(numbers, minlength=count)))).astype(np.int64)


_Borne = tuple["Integers", "Integers"]


def _meaning(token: Token) -> tuple[str, ...]:
    return (",".join(sorted(token.concepts)),) if token.concepts else ()


def _vocabulary(tokens: Sequence[Token], own: _Borne, joinable: _Borne, count: int) -> Vocabulary:
    words, of_words = _filed(_pieces([token.readings for token in tokens], *own, count))
    joins, of_joins = _filed(_joined(tokens, *joinable, count))
    meant = _pieces([_meaning(token) for token in tokens], *own, count)
    sizes = np.cumsum([len(words.things), len(joins.things), len(meant.things)])
    numbers = np.concatenate((words.pieces, sizes[0] + joins.pieces, sizes[1] + meant.pieces))
    bearers = np.concatenate((words.names, joins.names, meant.names))
    pairs = np.sort(numbers * max(count, 1) + bearers)
    return Vocabulary(
        words=words.things,
        filed=of_words,
        joins=joins.things,
        filed_joins=of_joins,
        meanings=tuple(frozenset(one.split(",")) for one in meant.things),
        starts=_starts(numbers, int(sizes[2])),
        bearers=(pairs % max(count, 1)).astype(np.int32),
    )


def _by_name(vocabulary: Vocabulary, count: int) -> tuple[Places, Integers]:
    """The places of each name's words and joins, and where each name's begin."""
    spelt = len(vocabulary.words) + len(vocabulary.joins)
    places = np.repeat(np.arange(spelt, dtype=np.int32), np.diff(vocabulary.starts[: spelt + 1]))
    names = vocabulary.bearers[: len(places)]
    return places[np.argsort(names, kind="stable")], _starts(names, count)


def _filed(pieces: _Pieces) -> tuple[_Pieces, Filed]:
    of_words, order = filed([features_of(word) for word in pieces.things])
    return pieces.reordered(order), of_words


def _joined(tokens: Sequence[Token], flat: Integers, owners: Integers, count: int) -> _Pieces:
    """Each two neighbours read as one."""
    beside = np.flatnonzero(owners[1:] == owners[:-1])
    size = max(len(tokens), 1)
    pairs, met = np.unique(flat[beside] * size + flat[beside + 1], return_inverse=True)
    numbers = zip((pairs // size).tolist(), (pairs % size).tolist(), strict=True)
    return _pieces([joined_readings(tokens[one], tokens[other]) for one, other in numbers], met, owners[beside], count)
