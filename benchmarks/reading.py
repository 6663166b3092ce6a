"""How long ``sanctions_tracker.read`` takes over a list, against lxml alone going through the same file.

    python benchmarks/reading.py [FILE]

Without FILE it takes OFAC's advanced list from the folder that the environment
variable ``SANCTIONS_TRACKER_LISTS`` names. The file is taken as it is given,
packed or not; a packed one is measured unpacked as well, for information. Each
piece of work runs in a fresh process, since memory that an earlier one has
warmed up would help; they take turns, so that a busy machine slows all of
them; the median round counts, by processor time. Goals for the OFAC list: at most 3 times the
bare loop, at most 600 MB.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from sanctions_tracker.sources.document import open_document

DEFAULT = "us_ofac/sdn_advanced_2025-11-19.xml.bz2"
ROUNDS = 3
MOST_TIMES, MOST_MEGABYTES = 3.0, 600.0

CLEARED, KEPT, READ = "bare, elements cleared", "bare, elements kept", "read"

#: What each process does once it has imported what it needs.
_WORKS = {
    CLEARED: "for _, element in etree.iterparse(opened(path)): element.clear()",
    KEPT: "for _, element in etree.iterparse(opened(path)): pass",
    READ: "st.read(path, on_rejected='collect')",
}

_PROCESS = """
import bz2, gzip, json, resource, sys, time
from lxml import etree
import sanctions_tracker as st
from sanctions_tracker.sources import default_registry
default_registry()
path = sys.argv[1]
def opened(path):
    return bz2.open(path) if path.endswith(".bz2") else gzip.open(path) if path.endswith(".gz") else path
start = time.process_time()
{work}
seconds = time.process_time() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
print(json.dumps([seconds, peak]))
"""


def given_file() -> Path:
    """The file to read: the first argument, else the default in the folder of lists."""
    if len(sys.argv) > 1:
        return Path(sys.argv[1])
    folder = os.environ.get("SANCTIONS_TRACKER_LISTS")
    if not folder:
        sys.exit("give a file, or set SANCTIONS_TRACKER_LISTS to the folder of the official lists")
    return Path(folder, DEFAULT)


def measured(work: str, path: Path) -> tuple[float, float]:
    """Processor seconds of a piece of work in a process of its own, and that process's peak memory in MB."""
    code = _PROCESS.format(work=_WORKS[work])
    done = subprocess.run([sys.executable, "-c", code, str(path)], check=True, capture_output=True, text=True)  # noqa: S603
    seconds, peak = json.loads(done.stdout)
    return seconds, peak


def compared(path: Path, title: str) -> tuple[float, float]:
    """Print the figures of one file; the ratio of reading to the bare loop that keeps its elements, and the peak."""
    rounds = [{work: measured(work, path) for work in _WORKS} for _ in range(ROUNDS)]
    seconds = {work: median(one[work][0] for one in rounds) for work in _WORKS}
    ratios = {bare: median(one[READ][0] / one[bare][0] for one in rounds) for bare in (KEPT, CLEARED)}
    peak = max(one[READ][1] for one in rounds)
    print(title)
    for work, taken in seconds.items():
        print(f"  {work:24}{taken:8.2f} s")
    for bare, ratio in ratios.items():
        print(f"  read / {bare:24}{ratio:5.2f}")
    print(f"  peak memory of read     {peak:8.0f} MB")
    return ratios[KEPT], peak


def main() -> None:
    """Print the figures; end with status 1 where a goal is missed."""
    given = given_file()
    ratio, memory = compared(given, f"{given.name}, as it is given")
    if given.suffix in {".bz2", ".gz", ".xz", ".zip"}:
        with tempfile.TemporaryDirectory() as folder:
            plain = Path(folder, "list.xml")
            with open_document(given) as document, plain.open("wb") as file:
                shutil.copyfileobj(document.stream, file)
            compared(plain, "the same, unpacked")
    print(f"goals: ratio {ratio:.2f} of at most {MOST_TIMES:g}, memory {memory:.0f} of at most {MOST_MEGABYTES:g} MB")
    sys.exit(ratio > MOST_TIMES or memory > MOST_MEGABYTES)


if __name__ == "__main__":
    main()
