"""What is searched: the records of the lists, and every name of theirs in an index."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import NamedTuple, Protocol

import attrs

from sanctions_tracker.errors import NothingToSearchError
from sanctions_tracker.matching import NameIndex
from sanctions_tracker.model import Measure, Sanctioner, SanctionsList, Target
from sanctions_tracker.model.vocabulary import NameStrength, TargetKind
from sanctions_tracker.parties.numbers import key_of
from sanctions_tracker.screening.stamp import SearchedList, searched


class Place(NamedTuple):
    """Where a record stands: the number of its book, and its number in the book."""

    book: int
    entry: int


class Book(Protocol):
    """One list, as far as a search needs it."""

    searched: SearchedList

    @property
    def sanctioners(self) -> Mapping[str, Sanctioner]:
        """The bodies by their ids."""

    def entry(self, number: int) -> tuple[Target, tuple[Measure, ...]]:
        """A target by its number in the list, with the measures on it."""


class ListBook:
    """A list that is held in memory."""

    def __init__(self, one: SanctionsList) -> None:
        self.list = one
        self.searched = searched(one)

    @property
    def sanctioners(self) -> Mapping[str, Sanctioner]:
        """The bodies by their ids."""
        return self.list.sanctioners_by_id

    def entry(self, number: int) -> tuple[Target, tuple[Measure, ...]]:
        """A target by its number in the list, with the measures on it."""
        target = self.list.targets[number]
        return target, self.list.measures_on(target.id)


#: Numbers that `Names.owners` holds for each name.
OWNER_NUMBERS = 4


@attrs.frozen(eq=False)
class Names:
    """Names of one kind in an index.

    ``owners`` holds four numbers a name: its book, its entry, its place among
    the bearer's names, and 1 where it is a weak alias.
    """

    kind: str | None
    index: NameIndex
    owners: array[int]

    def owner(self, position: int) -> tuple[Place, int]:
        """Whose the name at a position of the index is, and which of its bearer's names."""
        book, entry, name, _ = self.owners[OWNER_NUMBERS * position : OWNER_NUMBERS * (position + 1)]
        return Place(book, entry), name

    def is_weak(self, position: int) -> bool:
        """Whether the name at a position of the index is a weak alias."""
        return bool(self.owners[OWNER_NUMBERS * position + 3])


#: Family and normalised number -> the records that bear it.
Numbers = Mapping[tuple[str, str], Sequence[Place]]


@attrs.frozen(eq=False)
class Entries:
    """All that is searched: books, the names of persons and of all others, and identifiers."""

    books: tuple[Book, ...]
    names: tuple[Names, ...]
    numbers: Numbers

    def entry(self, place: Place) -> tuple[Target, tuple[Measure, ...]]:
        """The target at a place, with the measures on it."""
        return self.books[place.book].entry(place.entry)


def entries_of(lists: Iterable[SanctionsList]) -> Entries:
    """The entries of lists.

    Raises:
        NothingToSearchError: no list, or one without a target.
    """
    lists = tuple(lists)
    if not lists:
        message = "there is no list to search: an empty answer would be no clearance"
        raise NothingToSearchError(message)
    for one in lists:
        if not one.targets:
            message = (
                f"{one.id} has no target on it, as a failed download has not: an empty answer would be no clearance"
            )
            raise NothingToSearchError(message)
    return Entries(tuple(map(ListBook, lists)), tuple(_names(lists)), LazyNumbers(partial(_numbers, lists)))


def _names(lists: Sequence[SanctionsList]) -> Iterable[Names]:
    """Persons and all others apart: persons' names are not translated, and none of their words is a legal form."""
    texts: tuple[list[str], list[str]] = ([], [])
    owners: tuple[array[int], array[int]] = (array("q"), array("q"))
    for book, one in enumerate(lists):
        for entry, target in enumerate(one.targets):
            group = 0 if target.kind is TargetKind.PERSON else 1
            for place, name in enumerate(target.names):
                texts[group].append(name.text)
                owners[group].extend((book, entry, place, int(name.strength is NameStrength.WEAK)))
    for kind, group_texts, group_owners in zip((TargetKind.PERSON.value, None), texts, owners, strict=True):
        yield Names(kind, NameIndex(group_texts, kind=kind), group_owners)


class LazyNumbers(Mapping[tuple[str, str], Sequence[Place]]):
    """Identifiers that are ``gathered`` when the first is looked up: many searches ask for none."""

    def __init__(self, gathered: Callable[[], Numbers]) -> None:
        self._gathered = gathered

    @cached_property
    def _held(self) -> Numbers:
        return self._gathered()

    def __getitem__(self, key: tuple[str, str]) -> Sequence[Place]:
        return self._held[key]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)


def _numbers(lists: Sequence[SanctionsList]) -> Numbers:
    found: dict[tuple[str, str], list[Place]] = {}
    for book, one in enumerate(lists):
        for entry, target in enumerate(one.targets):
            for key in {key_of(identifier) for identifier in target.identifiers} - {None}:
                if key:
                    found.setdefault(key, []).append(Place(book, entry))
    return found
