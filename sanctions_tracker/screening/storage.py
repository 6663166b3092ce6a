"""A screener in a file: arrays that numpy reads at once, and records that are parsed when they are hit.

The file is an uncompressed ``.npz``: the arrays of the indexes, the owners of
their names, and each record as compressed JSON. Nothing in it is executed on
reading. Import this module only where a screener is saved or loaded: it needs numpy.
"""

from __future__ import annotations

import json
import os
import zipfile
import zlib
from array import array
from collections.abc import Iterable, Mapping
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sanctions_tracker import __version__
from sanctions_tracker.codec import structure, unstructure
from sanctions_tracker.errors import CodecError, DamagedInputError, InputNotFoundError, ReadError
from sanctions_tracker.matching import NameIndex
from sanctions_tracker.matching.version import matcher_version
from sanctions_tracker.model import Measure, Sanctioner, Target
from sanctions_tracker.model.vocabulary import TargetKind
from sanctions_tracker.screening.entries import OWNER_NUMBERS, Book, Entries, LazyNumbers, Names, Numbers, Place
from sanctions_tracker.screening.stamp import SearchedList

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Arrays = Mapping[str, NDArray[Any]]

#: The version of the file's layout; a reader refuses what it does not know.
LAYOUT = 1

#: How many records of a book stay parsed.
_KEPT = 16384

#: A record of more bytes than this is none: the largest on any list has some hundred thousand.
_LARGEST = 16 * 1024 * 1024

#: What reading a file may raise that is not what it seems.
_DAMAGE = (AttributeError, CodecError, EOFError, KeyError, OSError, TypeError, ValueError, zipfile.BadZipFile)

_KINDS = (TargetKind.PERSON.value, None)


def save(entries: Entries, path: str | os.PathLike[str]) -> None:
    """Write entries to a file, whole or not at all."""
    place = Path(path)
    unfinished = place.with_name(place.name + ".part")
    try:
        with unfinished.open("wb") as file:
            arrays: Any = _arrays(entries)  # else mypy takes one of them for an option
            np.savez(file, **arrays)
        unfinished.replace(place)
    finally:
        unfinished.unlink(missing_ok=True)


def _arrays(entries: Entries) -> dict[str, NDArray[Any]]:
    found = {"head": _as_bytes(json.dumps(_head(entries), ensure_ascii=False).encode())}
    found["numbers"] = _as_bytes(json.dumps([[*key, places] for key, places in entries.numbers.items()]).encode())
    for number, names in enumerate(entries.names):
        found[f"names{number}.owners"] = np.frombuffer(names.owners, dtype=np.int64)
        found |= {f"names{number}.index.{key}": values for key, values in names.index.arrays().items()}
    for number, book in enumerate(entries.books):
        records = [_packed(*book.entry(entry)) for entry in range(book.searched.targets)]
        found[f"book{number}.ends"] = np.cumsum([len(record) for record in records], dtype=np.int64)
        found[f"book{number}.records"] = _as_bytes(b"".join(records))
    return found


def _head(entries: Entries) -> dict[str, Any]:
    return {
        "layout": LAYOUT,
        "version": __version__,
        "matcher": matcher_version(),
        "books": [
            {"searched": unstructure(book.searched), "sanctioners": [*map(unstructure, book.sanctioners.values())]}
            for book in entries.books
        ],
    }


def _packed(target: Target, measures: Iterable[Measure]) -> bytes:
    data = {"target": unstructure(target), "measures": [unstructure(measure) for measure in measures]}
    return zlib.compress(json.dumps(data, ensure_ascii=False).encode())


def _as_bytes(data: bytes) -> NDArray[np.uint8]:
    return np.frombuffer(data, dtype=np.uint8)


def load(path: str | os.PathLike[str]) -> Entries:
    """Entries from a file that `save` wrote.

    Raises:
        InputNotFoundError: there is no such file.
        ReadError: it was saved by another version of the layout or of the matcher.
        DamagedInputError: it is no such file, or a damaged one.
    """
    file = str(path)
    try:
        with np.load(path, allow_pickle=False) as held:
            _check_plain(held.zip)
            return _entries({name: held[name] for name in held.files}, file)
    except FileNotFoundError as error:
        message = "there is no such saved screener"
        raise InputNotFoundError(message, file=file) from error
    except _DAMAGE as error:
        message = f"this is no saved screener, or a damaged one: {error}"
        raise DamagedInputError(message, file=file) from error


def _check_plain(held: zipfile.ZipFile) -> None:
    """Nothing in it may unpack to more than the file holds."""
    if any(member.compress_type != zipfile.ZIP_STORED for member in held.infolist()):
        message = "a part of it is compressed, which no saved screener's is"
        raise ValueError(message)


def _entries(arrays: Arrays, file: str) -> Entries:
    head = json.loads(arrays["head"].tobytes())
    _check(head, file)
    books = tuple(_SavedBook(data, arrays, number, file) for number, data in enumerate(head["books"]))
    sizes = np.array([book.searched.targets for book in books], dtype=np.int64)
    names = tuple(_names(arrays, number, kind, sizes) for number, kind in enumerate(_KINDS))
    return Entries(books, names, LazyNumbers(partial(_numbers, arrays["numbers"].tobytes(), file)))


def _check(head: Any, file: str) -> None:
    saved = head["layout"], head["matcher"]
    if saved != (LAYOUT, matcher_version()):
        message = (
            f"saved in layout {saved[0]} by matcher {saved[1]}, this is layout {LAYOUT} and matcher "
            f"{matcher_version()}: make it anew from the lists"
        )
        raise ReadError(message, file=file)


def _names(arrays: Arrays, number: int, kind: str | None, sizes: NDArray[np.int64]) -> Names:
    begin = f"names{number}.index."
    index = NameIndex.from_arrays(
        {name.removeprefix(begin): values for name, values in arrays.items() if name.startswith(begin)}, kind=kind
    )
    owners = np.ascontiguousarray(arrays[f"names{number}.owners"], dtype=np.int64).reshape(-1, OWNER_NUMBERS)
    in_range = len(owners) == len(index) and (owners >= 0).all()
    if not in_range or not (owners[:, 0] < len(sizes)).all() or not (owners[:, 1] < sizes[owners[:, 0]]).all():
        message = "names that belong to no record"
        raise ValueError(message)
    held = array("q")
    held.frombytes(owners.tobytes())
    return Names(kind, index, held)


class _SavedBook(Book):
    """A list whose records are parsed when they are asked for."""

    def __init__(self, data: Any, arrays: Arrays, number: int, file: str) -> None:
        self.searched = structure(data["searched"], SearchedList)
        self._bodies = {body.id: body for body in (structure(one, Sanctioner) for one in data["sanctioners"])}
        self._ends = arrays[f"book{number}.ends"].astype(np.int64)
        self._records = arrays[f"book{number}.records"].tobytes()
        self._file = file
        grows = np.diff(self._ends, prepend=0) > 0
        if len(self._ends) != self.searched.targets or not grows.all() or self._ends[-1] != len(self._records):
            message = f"the records of {self.searched.id} are not those that it counts"
            raise ValueError(message)
        self._entry = lru_cache(maxsize=_KEPT)(self._parsed)

    @property
    def sanctioners(self) -> Mapping[str, Sanctioner]:
        return self._bodies

    def entry(self, number: int) -> tuple[Target, tuple[Measure, ...]]:
        return self._entry(number)

    def _parsed(self, number: int) -> tuple[Target, tuple[Measure, ...]]:
        begin = int(self._ends[number - 1]) if number else 0
        try:
            data = json.loads(_unpacked(self._records[begin : int(self._ends[number])]))
            return structure(data["target"], Target), structure(data["measures"], tuple[Measure, ...])
        except (zlib.error, ValueError, KeyError, TypeError) as error:
            message = f"record {number} of {self.searched.id} is damaged: {error}"
            raise DamagedInputError(message, file=self._file) from error


def _unpacked(packed: bytes) -> bytes:
    unpacking = zlib.decompressobj()
    data = unpacking.decompress(packed, _LARGEST)
    if not unpacking.eof:
        message = "it ends early or unpacks beyond the limit"
        raise ValueError(message)
    return data


def _numbers(data: bytes, file: str) -> Numbers:
    try:
        rows = json.loads(data)
        return {(family, number): [Place(*place) for place in places] for family, number, places in rows}
    except (ValueError, TypeError) as error:
        message = f"the identifiers are damaged: {error}"
        raise DamagedInputError(message, file=file) from error
