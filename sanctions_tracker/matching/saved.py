"""An index as plain arrays, to be kept in a file, and back.

Nothing is taken apart or encoded again: words of a name are looked at only when
it comes to a comparison. What is read back is checked: an index that lost a part
would answer that nobody is listed.
Import this module only where an index is used: it needs numpy.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, NoReturn

import attrs
import numpy as np

from sanctions_tracker.errors import DamagedInputError, InvalidNameError
from sanctions_tracker.matching.comparison import folded_name
from sanctions_tracker.matching.encoding import Encoded
from sanctions_tracker.matching.filing import Filed
from sanctions_tracker.matching.letters import letter_rows, sign_rows
from sanctions_tracker.matching.version import matcher_version
from sanctions_tracker.matching.vocabulary import Vocabulary
from sanctions_tracker.names.tokens import Token, tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from sanctions_tracker.matching.apart import Apart

    Array = NDArray[Any]
    Bytes = NDArray[np.uint8]

#: Raised with every change of what the arrays are or mean.
_FORMAT = 1

_BYTES, _PLACES, _LONG, _FLOATS = np.dtype(np.uint8), np.dtype(np.int32), np.dtype(np.int64), np.dtype(np.float32)

#: Every array of a saved index: its type and how many dimensions it has.
_ARRAYS = {
    "made_by": (_BYTES, 1),
    "kind": (_BYTES, 1),
    "texts": (_BYTES, 1),
    "text_starts": (_LONG, 1),
    "text_of": (_PLACES, 1),
    "name_of": (_PLACES, 1),
    "counts": (_BYTES, 2),
    "sizes": (_FLOATS, 1),
    "light": (_FLOATS, 1),
    "weights": (_FLOATS, 1),
    "spelt_weights": (_FLOATS, 1),
    "pieces": (_PLACES, 1),
    "piece_starts": (_LONG, 1),
    "words": (_BYTES, 1),
    "word_features": (_BYTES, 1),
    "word_firsts": (_PLACES, 1),
    "word_counts": (_BYTES, 2),
    "joins": (_BYTES, 1),
    "join_features": (_BYTES, 1),
    "join_firsts": (_PLACES, 1),
    "join_counts": (_BYTES, 2),
    "meanings": (_BYTES, 1),
    "bearers": (_PLACES, 1),
    "bearer_starts": (_LONG, 1),
    "sha256": (_BYTES, 1),
}

#: Stands behind every word: no folded word has one.
_END = "\n"


def _refuse(what: str) -> NoReturn:
    message = f"the saved index is damaged or of another version: {what}; make it anew from the lists"
    raise DamagedInputError(message)


@attrs.frozen(eq=False)
class _Texts:
    """Texts that are read from their bytes when they are asked for."""

    content: bytes
    starts: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, place: int) -> str:
        return self.content[self.starts[place] : self.starts[place + 1]].decode("utf-8", "surrogatepass")


@attrs.frozen(eq=False)
class SavedNames:
    """Names that were taken apart before, as `Apart`: a name's words are found again when it is compared."""

    texts: _Texts
    text_of: NDArray[np.int32]
    name_of: NDArray[np.int32]
    kind: str | None
    _text: NDArray[np.int64]
    _known: dict[int, tuple[Token, ...]] = attrs.field(init=False, factory=dict)

    def __len__(self) -> int:
        return len(self._text)

    def tokens(self, name: int) -> tuple[Token, ...]:
        """The words of a different name.

        Raises:
            DamagedInputError: its text holds no letter and no digit.
        """
        if name not in self._known:
            try:
                self._known[name] = tokens_of(folded_name(self.texts[int(self._text[name])]), self.kind)
            except InvalidNameError as error:
                _refuse(str(error))
        return self._known[name]


def _bytes(text: str) -> Bytes:
    return np.frombuffer(text.encode("utf-8", "surrogatepass"), dtype=np.uint8)


def _lines(texts: Iterable[str]) -> Bytes:
    return _bytes("".join(text + _END for text in texts))


def _made_by() -> str:
    return f"{_FORMAT} {matcher_version()}"


def saved(names: Apart | SavedNames, encoded: Encoded, kind: str | None) -> dict[str, Array]:
    """The arrays of an index: numbers and bytes only, as ``numpy.savez`` keeps them without pickling."""
    words = encoded.vocabulary
    texts = [names.texts[place].encode("utf-8", "surrogatepass") for place in range(len(names.texts))]
    arrays: dict[str, Array] = {
        "made_by": _bytes(_made_by()),
        "kind": _bytes(kind or ""),
        "texts": np.frombuffer(b"".join(texts), dtype=np.uint8),
        "text_starts": np.cumsum([0, *map(len, texts)], dtype=np.int64),
        "text_of": np.array(names.text_of, dtype=np.int32),
        "name_of": np.array(names.name_of, dtype=np.int32),
        "counts": encoded.counts,
        "sizes": encoded.sizes,
        "light": encoded.light,
        "weights": encoded.weights,
        "spelt_weights": encoded.spelt_weights,
        "pieces": encoded.pieces,
        "piece_starts": encoded.starts,
        "words": _lines(words.words),
        **_of_filed("word", words.filed),
        "joins": _lines(words.joins),
        **_of_filed("join", words.filed_joins),
        "meanings": _lines(",".join(sorted(one)) for one in words.meanings),
        "bearers": words.bearers,
        "bearer_starts": words.starts,
    }
    arrays["sha256"] = _digest(arrays)
    return arrays


def _of_filed(what: str, filed: Filed) -> dict[str, Array]:
    return {f"{what}_features": _lines(filed.features), f"{what}_firsts": filed.firsts, f"{what}_counts": filed.counts}


def _digest(arrays: Mapping[str, Array]) -> Bytes:
    found = hashlib.sha256()
    for name in _ARRAYS:
        if name != "sha256":
            found.update(f"{name} {arrays[name].shape}".encode())
            found.update(np.ascontiguousarray(arrays[name]).data)
    return np.frombuffer(found.digest(), dtype=np.uint8)


def loaded(arrays: Mapping[str, Array], kind: str | None) -> tuple[SavedNames, Encoded]:
    """What `saved` made arrays of.

    Raises:
        DamagedInputError: an array is missing, changed, or does not fit the others; they were made by
            another version of the matcher or of its tables, or for names of another kind.
    """
    _check_types(arrays)
    if arrays["made_by"].tobytes() != _made_by().encode():
        _refuse(f"it was not made by matcher {_made_by()}")
    if arrays["kind"].tobytes() != (kind or "").encode():
        _refuse(f"its names are not of the kind {kind!r}")
    if not np.array_equal(_digest(arrays), arrays["sha256"]):
        _refuse("its content is not what its checksum says")
    names = _names(arrays, kind)
    return names, _encoded(arrays, len(names))


def _check_types(arrays: Mapping[str, Array]) -> None:
    for name, (dtype, dimensions) in _ARRAYS.items():
        if name not in arrays:
            _refuse(f"the array {name!r} is missing")
        found = arrays[name]
        if found.dtype != dtype or found.ndim != dimensions:
            _refuse(f"the array {name!r} is {found.ndim}-dimensional {found.dtype}, not {dimensions} of {dtype}")


def _check(fits: bool, name: str) -> None:  # noqa: FBT001  (says what was checked)
    if not fits:
        _refuse(f"the array {name!r} does not fit the others")


def _check_starts(name: str, starts: Array, end: int, count: int | None = None) -> None:
    """Starts ascend from 0 to ``end``; there is one more of them than of what they begin."""
    fits = len(starts) >= 1 and int(starts[0]) == 0 and int(starts[-1]) == end
    _check(fits and bool((np.diff(starts) >= 0).all()) and count in {None, len(starts) - 1}, name)


def _check_places(name: str, places: Array, size: int) -> None:
    _check(not places.size or (int(places.min()) >= 0 and int(places.max()) < size), name)


def _names(arrays: Mapping[str, Array], kind: str | None) -> SavedNames:
    content, starts = arrays["texts"], arrays["text_starts"]
    _check_starts("text_starts", starts, len(content))
    _text(arrays, "texts")
    inside = content[starts[:-1][np.diff(starts) > 0]]
    _check(not ((inside & 0xC0) == 0x80).any(), "text_starts")  # noqa: PLR2004  (no text begins inside a letter)
    text_of, name_of = arrays["text_of"], arrays["name_of"]
    _check(len(name_of) == len(starts) - 1, "name_of")
    _check_places("text_of", text_of, len(name_of))
    _check(len(np.unique(text_of)) == len(name_of), "text_of")
    different, first = np.unique(name_of[text_of], return_index=True)
    _check(np.array_equal(different, np.arange(len(arrays["sizes"]))), "name_of")
    return SavedNames(_Texts(content.tobytes(), starts), text_of, name_of, kind, text_of[first])


def _text(arrays: Mapping[str, Array], name: str) -> str:
    try:
        return arrays[name].tobytes().decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        _refuse(f"the array {name!r} is no text in UTF-8")


def _texts(arrays: Mapping[str, Array], name: str) -> tuple[str, ...]:
    *texts, rest = _text(arrays, name).split(_END)
    _check(not rest, name)
    return tuple(texts)


def _encoded(arrays: Mapping[str, Array], names: int) -> Encoded:
    _check(arrays["counts"].shape == (names, letter_rows()), "counts")
    for name in ("sizes", "light", "weights", "spelt_weights"):
        numbers = arrays[name]
        _check(len(numbers) == names and bool((np.isfinite(numbers) & (numbers >= 0)).all()), name)
    vocabulary = _vocabulary(arrays, names)
    _check_starts("piece_starts", arrays["piece_starts"], len(arrays["pieces"]), names)
    _check_places("pieces", arrays["pieces"], len(vocabulary.words) + len(vocabulary.joins))
    return Encoded(
        counts=arrays["counts"],
        sizes=arrays["sizes"],
        light=arrays["light"],
        weights=arrays["weights"],
        spelt_weights=arrays["spelt_weights"],
        pieces=arrays["pieces"],
        starts=arrays["piece_starts"],
        vocabulary=vocabulary,
    )


def _vocabulary(arrays: Mapping[str, Array], names: int) -> Vocabulary:
    words, joins, meanings = (_texts(arrays, name) for name in ("words", "joins", "meanings"))
    starts, bearers = arrays["bearer_starts"], arrays["bearers"]
    _check_starts("bearer_starts", starts, len(bearers), len(words) + len(joins) + len(meanings))
    _check_places("bearers", bearers, names)
    return Vocabulary(
        words,
        _filed(arrays, "word", words),
        joins,
        _filed(arrays, "join", joins),
        tuple(frozenset(one.split(",")) for one in meanings),
        starts,
        bearers,
    )


def _filed(arrays: Mapping[str, Array], what: str, texts: Sequence[str]) -> Filed:
    features = _texts(arrays, f"{what}_features")
    firsts, counts = arrays[f"{what}_firsts"], arrays[f"{what}_counts"]
    _check_starts(f"{what}_firsts", firsts, len(texts), len(features))
    _check(bool((np.diff(firsts) > 0).all()), f"{what}_firsts")
    _check(counts.shape == (sign_rows(), len(features)), f"{what}_counts")
    _check(bool((np.diff(counts.sum(axis=0, dtype=np.int64)) >= 0).all()), f"{what}_counts")
    return Filed(features, firsts, counts)
