"""The lists that the variants are made from and asked of, and two who are asked: the screener and rapidfuzz."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import attrs
import numpy as np
from rapidfuzz import fuzz, process, utils

import sanctions_tracker as st
from sanctions_tracker.errors import InvalidNameError, ReadError

#: Where each publisher's lists stand below the folder of lists: of each line the newest that can be read.
PUBLISHERS = (
    "us_ofac/sdn_advanced_*",
    "un/consolidated_*.xml",
    "eu/full_*.xml",
    "uk/ConList_*",
    "au/*.xlsx",
    "ca/*.xml",
    "ae/*.csv",
)
#: The scores of ``token_set_ratio`` from which it is said to alert.
TOKEN_SET = (85.0, 90.0)
_CHUNK = 40

#: A party: the id of its list, and its own.
Key = tuple[str, str]
#: What a query alerts on.
Found = frozenset[Key]


def show(text: str = "") -> None:
    """A line of the report."""
    sys.stdout.write(text + "\n")


def _date_in(path: Path) -> str:
    found = re.search(r"\d{4}-\d{2}-\d{2}", path.name)
    return found[0] if found else ""


def _newest(paths: Iterable[Path]) -> st.SanctionsList | None:
    for path in sorted(paths, key=_date_in, reverse=True):
        try:
            return st.read(path, on_rejected="collect")
        except ReadError as error:
            show(f"{path.name} is left out, the one before it is read: {type(error).__name__}")
    return None


def newest_lists(folder: Path) -> list[st.SanctionsList]:
    """The newest list of every publisher that has one below the folder; a damaged file gives way to the one before it.

    Raises:
        SystemExit: there is none.
    """
    lists = [one for pattern in PUBLISHERS if (one := _newest(folder.glob(pattern))) is not None]
    if not lists:
        sys.exit(f"there is no list below {folder}")
    return lists


def folder_of_lists(given: str | None) -> Path:
    """The folder given, or that which ``SANCTIONS_TRACKER_LISTS`` names.

    Raises:
        SystemExit: neither is there.
    """
    folder = given or os.environ.get("SANCTIONS_TRACKER_LISTS")
    return Path(folder) if folder else sys.exit("give the folder of lists, or set SANCTIONS_TRACKER_LISTS")


@attrs.frozen
class Party:
    """A target and the list it stands on."""

    list_id: str
    target: st.Target

    @property
    def key(self) -> Key:
        """Which party it is, over all lists."""
        return self.list_id, self.target.id

    @property
    def is_person(self) -> bool:
        """Whether its list calls it a person."""
        return self.target.kind == "person"

    @property
    def is_organisation(self) -> bool:
        """Whether it is neither a person nor a ship nor an aeroplane."""
        return self.target.kind not in {"person", "vessel", "aircraft"}

    def names(self, script: str) -> list[str]:
        """Its strong names in a script (ISO 15924)."""
        return [name.text for name in self.target.strong_names if name.script == script]


def _same(name: str) -> str:
    return " ".join(name.casefold().split())


class Parties:
    """All parties of the lists, and which of them are one party on several lists."""

    def __init__(self, lists: Sequence[st.SanctionsList]) -> None:
        self.all = tuple(Party(one.id, target) for one in lists for target in one.targets)
        self._by_key = {party.key: party for party in self.all}
        self._by_name: dict[str, list[Key]] = defaultdict(list)
        for party in self.all:
            for name in party.target.strong_names:
                self._by_name[_same(name.text)].append(party.key)

    def __getitem__(self, key: Key) -> Party:
        return self._by_key[key]

    def bears(self, name: str) -> list[Key]:
        """The parties that a list gives this very name, capitals and spaces apart."""
        return self._by_name.get(_same(name), [])

    def own(self, key: Key) -> Found:
        """The party itself, and on other lists every party that shares a strong name with it."""
        names = self._by_key[key].target.strong_names
        others = {other for name in names for other in self.bears(name.text) if other[0] != key[0]}
        return frozenset({key, *others})


def without_names(lists: Iterable[st.SanctionsList], withheld: dict[Key, frozenset[str]]) -> list[st.SanctionsList]:
    """The targets of the lists without those names, and nothing else of them; a party of no other name is left out."""
    return [
        st.SanctionsList(one.id, one.title, one.date, targets=tuple(_targets_without(one, withheld))) for one in lists
    ]


def _targets_without(one: st.SanctionsList, withheld: dict[Key, frozenset[str]]) -> Iterator[st.Target]:
    for target in one.targets:
        hidden = withheld.get((one.id, target.id), frozenset())
        names = tuple(name for name in target.names if name.text not in hidden)
        if names:
            yield attrs.evolve(target, names=names) if hidden else target


# who is asked


class Answers(NamedTuple):
    """What a query alerts on: by the screener, and by ``token_set_ratio`` at each of `TOKEN_SET`.

    Entries of lists, on either side: a hit of the screener that joins the entries of several lists is so many.
    """

    own: Found
    others: tuple[Found, ...]

    @property
    def sides(self) -> tuple[Found, ...]:
        """What each alerts on, the screener first."""
        return self.own, *self.others


class Asked:
    """The screener at its default policy, and ``token_set_ratio`` over the same names.

    rapidfuzz is given the strong names only, as weak ones do not alert by default either.
    """

    def __init__(self, lists: Sequence[st.SanctionsList]) -> None:
        self.screener = st.Screener(lists)
        bearers: dict[str, set[Key]] = defaultdict(set)
        for one in lists:
            for target in one.targets:
                for name in target.strong_names:
                    bearers[utils.default_process(name.text)].add((one.id, target.id))
        self._names = list(bearers)
        self._bearers = list(bearers.values())

    def __len__(self) -> int:
        """How many different names rapidfuzz is given."""
        return len(self._names)

    def answers(self, queries: Sequence[str]) -> Iterator[Answers]:
        """The answers in the order of the queries."""
        for start in range(0, len(queries), _CHUNK):
            chunk = queries[start : start + _CHUNK]
            for query, others in zip(chunk, self._token_set(chunk), strict=True):
                yield Answers(self._screened(query), others)

    def _screened(self, query: str) -> Found:
        try:
            hits = self.screener.screen(query)
        except InvalidNameError:
            return frozenset()
        return frozenset((one.list_id, one.target.id) for hit in hits for one in hit.listings if one.alerts)

    def _token_set(self, queries: Sequence[str]) -> Iterator[tuple[Found, ...]]:
        asked = [utils.default_process(query) for query in queries]
        scores = process.cdist(
            asked, self._names, scorer=fuzz.token_set_ratio, score_cutoff=min(TOKEN_SET), dtype=np.float32, workers=1
        )
        for row in scores:
            yield tuple(self._over(row, least) for least in TOKEN_SET)

    def _over(self, scores: np.ndarray[tuple[int, ...], np.dtype[np.float32]], least: float) -> Found:
        places: Collection[int] = np.flatnonzero(scores >= least).tolist()
        return frozenset(key for place in places for key in self._bearers[place])


# two processes


_shared: list[Callable[[Sequence[str]], list[Answers]]] = []


def _ask_shared(queries: Sequence[str]) -> list[Answers]:
    return _shared[-1](queries)


def ask(asked: Asked, queries: Sequence[str], jobs: int) -> list[Answers]:
    """The answers in the order of the queries; ``jobs`` processes share the work, and the lists in memory."""
    if jobs == 1:
        return list(asked.answers(queries))
    next(asked.answers(["warm up"]))  # what is made on first use is made once, before the fork
    parts = [queries[start : start + _CHUNK] for start in range(0, len(queries), _CHUNK)]
    with _sharing(lambda part: list(asked.answers(part))), multiprocessing.get_context("fork").Pool(jobs) as pool:
        return [answer for part in pool.map(_ask_shared, parts, chunksize=1) for answer in part]


@contextlib.contextmanager
def _sharing(function: Callable[[Sequence[str]], list[Answers]]) -> Iterator[None]:
    """Forked processes find the function here: it holds the lists, and is not sent to them."""
    _shared.append(function)
    try:
        yield
    finally:
        _shared.pop()
