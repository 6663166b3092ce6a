"""What the benchmarks of variants and of noise share: their options, the lists, whom they find, and their tables."""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from statistics import mean
from typing import NamedTuple

import sanctions_tracker as st
from benchmarks.variants_cases import Case, sample, withheld_sample
from benchmarks.variants_lists import (
    TOKEN_SET,
    Answers,
    Asked,
    Parties,
    ask,
    folder_of_lists,
    newest_lists,
    without_names,
)

#: The headings of those who run beside the screener, in the order of `Answers.others`.
BESIDE = tuple(f"`token_set_ratio` {least:.0f}" for least in TOKEN_SET)


# what it is run with


def parser_of(description: str | None) -> argparse.ArgumentParser:
    """A parser whose help is the text of a script, with ``--seed`` and ``--jobs``."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=20240418)
    parser.add_argument("--jobs", type=int, default=1, help="processes that share the work")
    return parser


def take_folder(parser: argparse.ArgumentParser) -> None:
    """The folder of lists as the next argument; it may be left out."""
    parser.add_argument("folder", nargs="?", help="the folder of lists; else SANCTIONS_TRACKER_LISTS")


class Ground(NamedTuple):
    """The lists, their parties, and those who are asked over the whole of them."""

    lists: Sequence[st.SanctionsList]
    parties: Parties
    asked: Asked


def ground_of(folder: str | None) -> Ground:
    """The newest lists below a folder, or below the one that ``SANCTIONS_TRACKER_LISTS`` names.

    Raises:
        SystemExit: neither is there, or no list is.
    """
    lists = newest_lists(folder_of_lists(folder))
    return Ground(lists, Parties(lists), Asked(lists))


class How(NamedTuple):
    """How a sample is drawn and asked: ``size`` parties of each class, and how many processes share the work."""

    size: int
    seed: int
    jobs: int


# whom they find


class Judged(NamedTuple):
    """A case and what was found for it: whether its party was, and how many others; the screener first."""

    case: Case
    found: tuple[bool, ...]
    others: tuple[int, ...]


def judged(parties: Parties, cases: Sequence[Case], answers: Iterable[Answers]) -> Iterator[Judged]:
    """What the answers are worth."""
    for case, answer in zip(cases, answers, strict=True):
        own = parties.own(case.party)
        yield Judged(
            case,
            tuple(not own.isdisjoint(found) for found in answer.sides),
            tuple(len(found - own) for found in answer.sides),
        )


def asked_and_judged(parties: Parties, cases: Sequence[Case], asked: Asked, jobs: int) -> list[Judged]:
    """Ask every case, and say what the answers are worth."""
    return list(judged(parties, cases, ask(asked, [case.query for case in cases], jobs)))


def measured(ground: Ground, how: How) -> list[Judged]:
    """Every class of variants; where a list holds what is asked, that name is left out of it."""
    lists, parties, asked = ground
    rows = asked_and_judged(parties, sample(parties, how.size, how.seed), asked, how.jobs)
    cases, hidden = withheld_sample(parties, how.size, how.seed)
    return rows + asked_and_judged(parties, cases, Asked(without_names(lists, hidden)), how.jobs)


# what is told


def share(values: Iterable[bool]) -> str:
    """A share as ``.930``."""
    return f"{mean(values):.3f}".removeprefix("0")


def write_table(path: Path, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table in UTF-8 whose columns are parted by tabs."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, delimiter="\t", lineterminator="\n")
        table.writerow(headings)
        table.writerows(rows)
