"""How fast ``sanctions_tracker.read`` reads every format, and how much memory it takes.

    python benchmarks/reading.py [FILE_OR_FOLDER ...] [--rounds N] [--no-goals]

Without an argument it takes all files of the folder that the environment
variable ``SANCTIONS_TRACKER_LISTS`` names, and makes lists of the formats that
stand in no file there: by repeating the records of a fixture, or by writing a
real list in another format. Packed files are unpacked first.

An XML list is held against a bare ``lxml.etree.iterparse`` of the same bytes,
which keeps its elements or clears them; a table against ``csv.reader``, or
python-calamine, yielding the same rows; JSON lines against ``json.loads`` of
each line. Each piece of work runs in a fresh process, and they take turns, so
that a busy machine slows all of them; seconds are of processor time, the
median of the rounds. ``stream`` goes through the list record by record.

Goals: XML within 3 times the bare loop that keeps its elements; tables at
10,000 rows a second or more; at most 600 MB. Status 1 where one is missed.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from lxml import etree

import sanctions_tracker as st
from sanctions_tracker.errors import SanctionsTrackerError
from sanctions_tracker.sources import default_registry
from sanctions_tracker.sources.document import open_document

MOST_TIMES, FEWEST_ROWS, MOST_MEGABYTES = 3.0, 10_000.0, 600.0
FIXTURES = Path(__file__).parents[1] / "tests" / "fixtures"
#: How often the three records of a fixture are repeated, how many rows a table gets that is made from nothing, and
#: the real list that others are made from.
TIMES, ROWS, MODEL = 1_500, 20_000, "us_ofac/sdn_2024-05-07.xml"
UNMEASURED = "the UK Sanctions List as ODS: its rows come through python-calamine like a workbook's"

READ, STREAM = "read", "stream"
#: What a file is, by its first bytes -> the loops that reading is held against, the first of them by its goal.
BARE = {
    "xml": ("iterparse, kept", "iterparse, cleared"),
    "csv": ("csv.reader",),
    "xlsx": ("calamine",),
    "json": ("json.loads",),
}
#: What each process does; it prints its rows, 0 where they are not counted.
_WORKS = {
    "iterparse, kept": "for _, element in etree.iterparse(path): pass",
    "iterparse, cleared": "for _, element in etree.iterparse(path): element.clear()",
    "csv.reader": """
for one in sorted(Path(path).glob("*.csv")) if Path(path).is_dir() else [path]:
    with open(one, encoding="latin-1", newline="") as file:
        for row in csv.reader(file): rows += 1""",
    "calamine": """
for row in CalamineWorkbook.from_path(path).get_sheet_by_index(0).iter_rows(): rows += 1""",
    "json.loads": """
with open(path, "rb") as file:
    for line in file: rows += 1; json.loads(line)""",
    READ: "st.read(path, on_rejected='collect')",
    STREAM: """
with st.stream(path, on_rejected='collect') as entries:
    for entry in entries: rows += 1""",
}
_PROCESS = """
import csv, json, resource, sys, time
from pathlib import Path
from lxml import etree
from python_calamine import CalamineWorkbook
import sanctions_tracker as st
from sanctions_tracker.sources import default_registry
default_registry()
path, rows = sys.argv[1], 0
start = time.process_time()
{work}
seconds = time.process_time() - start
status = Path("/proc/self/status")  # what getrusage tells on Linux may be the parent's
if status.exists():
    peak = next(int(line.split()[1]) / 1024 for line in status.read_text().splitlines() if line.startswith("VmHWM"))
else:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
print(json.dumps([seconds, peak, rows]))
"""


@dataclass(frozen=True)
class Subject:
    """A list to be measured: a file, or a folder of tables that are read together."""

    title: str
    path: Path
    kind: str

    @property
    def megabytes(self) -> float:
        """Size of all its files, in MB."""
        files = self.path.glob("*.csv") if self.path.is_dir() else [self.path]
        return sum(file.stat().st_size for file in files) / 1e6


@dataclass(frozen=True)
class Figures:
    """Medians of one subject: seconds, rows of its table, the ratio to each bare loop, peak memory in MB."""

    subject: Subject
    seconds: dict[str, float]
    ratios: dict[str, float]
    peaks: dict[str, float]
    rows: int

    @property
    def speed(self) -> float | None:
        """Rows a second of a table."""
        return self.rows / self.seconds[READ] if self.subject.kind in {"csv", "xlsx"} else None

    def missed(self) -> list[str]:
        """The goals that this list does not reach."""
        told = []
        if self.subject.kind == "xml" and self.ratios[BARE["xml"][0]] > MOST_TIMES:
            told.append(f"over {MOST_TIMES:g} times")
        if self.speed is not None and self.speed < FEWEST_ROWS:
            told.append(f"under {FEWEST_ROWS:,.0f} rows/s")
        if self.peaks[READ] > MOST_MEGABYTES:
            told.append(f"over {MOST_MEGABYTES:g} MB")
        return told


# what is measured


def subjects(path: Path, folder: Path) -> Iterator[Subject]:
    """The lists at a path, packed ones unpacked into ``folder``; what is no list is left out."""
    if path.is_file():
        yield from _of_file(path, folder)
    elif path.name.startswith(("csv_", "cons_csv_")):
        yield Subject(path.name, path, "csv")
    else:
        for inner in sorted(path.iterdir()):
            yield from subjects(inner, folder)


def _of_file(path: Path, folder: Path) -> Iterator[Subject]:
    try:
        with open_document(path) as document:
            if default_registry().recognised(document) is None:
                print(f"left out: {path.name}: no list")
                return
            kind = _kind(document.head, is_workbook=document.workbook is not None)
            packed = kind != "xlsx" and document.head[:16] != path.read_bytes()[:16]
            if packed:
                plain = folder / path.stem
                with plain.open("wb") as file:
                    shutil.copyfileobj(document.stream, file)
        yield Subject(f"{path.name}{', unpacked' * packed}", plain if packed else path, kind)
    except SanctionsTrackerError as error:
        print(f"left out: {path.name}: {type(error).__name__}")


def _kind(head: bytes, *, is_workbook: bool) -> str:
    if is_workbook:
        return "xlsx"
    first = head.lstrip(b"\xef\xbb\xbf \r\n")[:1]
    return {b"<": "xml", b"{": "json"}.get(first, "csv")


# lists that are made


def made(lists: Path, folder: Path) -> Iterator[Subject]:
    """Lists of the formats that no file of the folder has, written into ``folder``."""
    makers: dict[str, Callable[[Path], None]] = {
        "uk-sanctions-list.csv": _uk_table,
        "uk-sanctions-list.xml": lambda path: _repeated_xml("uksl.xml", "Designation", path),
        "seco.xml": lambda path: _repeated_xml("ch_seco.xml", "target", path),
        "iran.csv": _iranian_table,
    }
    if (lists / MODEL).is_file():
        model = st.read(lists / MODEL)
        makers |= {
            "entities.ftm.json": lambda path: st.write(model, path),
            "list.jsonl": lambda path: st.write(model, path),
            "targets.simple.csv": lambda path: _simple_table(model, path),
        }
    for name, make in makers.items():
        path = folder / name
        make(path)
        kind = "json" if "json" in path.suffix else path.suffix.removeprefix(".")
        yield Subject(f"{name}, made", path, kind)


def _repeated_xml(fixture: str, tag: str, path: Path) -> None:
    """The records of a fixture again and again, each time under other ids."""
    root = etree.parse(FIXTURES / fixture).getroot()
    records = list(root.iterchildren(tag))
    for time in range(TIMES):
        for record in records:
            record.addnext(_renumbered(record, time))
    etree.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)


def _renumbered(record: etree._Element, time: int) -> etree._Element:
    again = deepcopy(record)
    for element in again.iter("UniqueID"):
        element.text = f"{element.text}{time}"
    for element in again.iter("target", "identity"):
        if number := element.get("ssid"):
            element.set("ssid", f"{number}{time:06}")
    return again


def _uk_table(path: Path) -> None:
    with (FIXTURES / "uksl.csv").open(encoding="utf-8-sig", newline="") as file:
        first, heading, *rows = csv.reader(file)
    column = heading.index("Unique ID")
    again = ([*row[:column], f"{row[column]}{time}", *row[column + 1 :]] for time in range(TIMES // 3) for row in rows)
    _write_table(path, [first, heading, *again])


def _iranian_table(path: Path) -> None:
    columns = "Number,Name,Position,Country,Sanction Type,Sanction Date,Sanction Title,Source URL"
    rows = (
        [
            *(str(number), f"Wendell Duckworth {number}", "Commander of the Pond", "United States of America"),
            *("Individual", "December 12 2022", "Support of the geese", f"https://example.org/{number}"),
        ]
        for number in range(1, ROWS)
    )
    _write_table(path, [columns.split(","), *rows])


def _simple_table(model: st.SanctionsList, path: Path) -> None:
    columns = "id,schema,name,aliases,birth_date,countries,addresses,identifiers,sanctions,phones,emails,dataset"
    seen = "2024-05-07T00:00:00"
    rows = (
        [
            *(target.id, "LegalEntity", target.name, ";".join(f'"{name.text}"' for name in target.names[1:])),
            *(";".join(str(birth.date) for birth in target.births if birth.date), ""),
            *(";".join(f'"{place}"' for place in target.addresses), ";".join(_numbers(target))),
            *("A programme - 2024-04-18", "", "", "A list", seen, seen, seen),
        ]
        for target in model.targets
    )
    _write_table(path, [[*columns.split(","), "first_seen", "last_seen", "last_change"], *rows])


def _numbers(target: st.Target) -> Iterable[str]:
    return (f'"{identifier.number}"' for identifier in target.identifiers)


def _write_table(path: Path, rows: Iterable[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


# measuring and telling


def measured(work: str, path: Path) -> tuple[float, float, int]:
    """Processor seconds of a piece of work in a process of its own, that process's peak memory in MB, and its rows."""
    code = _PROCESS.format(work=_WORKS[work])
    done = subprocess.run([sys.executable, "-c", code, str(path)], check=True, capture_output=True, text=True)  # noqa: S603
    seconds, peak, rows = json.loads(done.stdout)
    return seconds, peak, rows


def figures(subject: Subject, rounds: int) -> Figures:
    """Measure one list, all pieces of work in turn.

    Raises:
        CalledProcessError: it cannot be read.
    """
    bare = BARE[subject.kind]
    turns = [{work: measured(work, subject.path) for work in (READ, STREAM, *bare)} for _ in range(rounds)]
    return Figures(
        subject,
        seconds={work: median(turn[work][0] for turn in turns) for work in turns[0]},
        ratios={work: median(turn[READ][0] / max(turn[work][0], 1e-6) for turn in turns) for work in bare},
        peaks={work: max(turn[work][1] for turn in turns) for work in turns[0]},
        rows=turns[0][bare[0]][2],
    )


def line(found: Figures) -> str:
    """One line of the table that :data:`HEADING` heads."""
    bare = BARE[found.subject.kind]
    cleared = f"{found.ratios[bare[1]]:7.2f}" if len(bare) > 1 else f"{'':7}"
    speed = f"{found.speed:10,.0f}" if found.speed is not None else f"{'':10}"
    return (
        f"{found.subject.title:55.55}{found.subject.megabytes:7.1f}{found.seconds[bare[0]]:8.3f}"
        f"{found.seconds[READ]:8.3f}{found.ratios[bare[0]]:8.2f}{cleared}{speed}{found.peaks[READ]:7.0f}"
        f"{found.seconds[STREAM]:9.3f}{found.peaks[STREAM]:7.0f}  {', '.join(found.missed()) or 'met'}"
    )


HEADING = (
    f"{'list':55}{'MB':>7}{'bare s':>8}{'read s':>8}{'ratio':>8}{'clear':>7}{'rows/s':>10}{'peak':>7}"
    f"{'stream s':>9}{'peak':>7}  goals"
)


def given() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path, help="files or folders; else SANCTIONS_TRACKER_LISTS")
    parser.add_argument("--rounds", type=int, default=3, help="rounds, of which the median counts")
    parser.add_argument("--no-goals", action="store_true", help="status 0 even where a goal is missed")
    found = parser.parse_args()
    if not found.paths and not os.environ.get("SANCTIONS_TRACKER_LISTS"):
        parser.error("give a file, or set SANCTIONS_TRACKER_LISTS to the folder of the official lists")
    return found


def main() -> None:
    """Measure, print the table, and end with status 1 where a goal is missed."""
    asked = given()
    lists = Path(os.environ.get("SANCTIONS_TRACKER_LISTS", "."))
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        measuring = [subject for path in asked.paths or [lists] for subject in subjects(path, folder)]
        if not asked.paths:
            measuring += made(lists, folder)
            print(f"not measured: {UNMEASURED}")
        all_found = []
        print(HEADING)
        for subject in measuring:
            try:
                found = figures(subject, asked.rounds)
            except subprocess.CalledProcessError as error:
                print(f"{subject.title:55.55} left out: {error.stderr.strip().splitlines()[-1]:.120}")
            else:
                all_found.append(found)
                print(line(found), flush=True)
    print(
        "bare: iterparse with its elements kept (clear: read against iterparse with them cleared), csv.reader,"
        " calamine or json.loads; processor seconds; peak memory in MB"
    )
    missed = [found.subject.title for found in all_found if found.missed()]
    print(f"goals missed by {len(missed)} of {len(all_found)}: {'; '.join(missed)}" if missed else "all goals are met")
    sys.exit(bool(missed) and not asked.no_goals)


if __name__ == "__main__":
    main()
