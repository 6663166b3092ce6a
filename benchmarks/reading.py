"""How long ``sanctions_tracker.read`` takes over a list, against lxml alone going through the same file.

    python benchmarks/reading.py [FILE]

Without FILE it takes OFAC's advanced list from the folder that the environment
variable ``SANCTIONS_TRACKER_LISTS`` names. A packed XML file is unpacked
first, so that nothing but reading is measured. Each piece of work runs in a
fresh process, since memory that an earlier one has warmed up would help, and
is measured in processor time; they take turns, so that a busy machine slows all
of them, and the best of three counts.
Goals for the OFAC list: at most 3 times the faster bare loop, at most 600 MB.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from sanctions_tracker.sources.document import open_document

DEFAULT = "us_ofac/sdn_advanced_2025-11-19.xml.bz2"
ROUNDS = 3
MOST_TIMES, MOST_MEGABYTES = 3.0, 600.0

CLEARED, KEPT, READ = "bare, elements cleared", "bare, elements kept", "read"

#: What each process does once it has imported what it needs.
_WORKS = {
    CLEARED: "for _, element in etree.iterparse(path, events=('end',)): element.clear()",
    KEPT: "for _, element in etree.iterparse(path, events=('end',)): pass",
    READ: "st.read(path, on_rejected='collect')",
}

_PROCESS = """
import json, resource, sys, time
from lxml import etree
import sanctions_tracker as st
st.read
path = sys.argv[1]
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


def main() -> None:
    """Print the figures; end with status 1 where a goal is missed."""
    seconds = dict.fromkeys(_WORKS, float("inf"))
    memory = 0.0
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder, "list.xml")
        with open_document(given_file()) as document, plain.open("wb") as file:
            shutil.copyfileobj(document.stream, file)
        for _ in range(ROUNDS):
            for work in _WORKS:
                taken, peak = measured(work, plain)
                seconds[work] = min(seconds[work], taken)
                memory = max(memory, peak) if work == READ else memory
    ratio = seconds[READ] / min(seconds[CLEARED], seconds[KEPT])
    for work, taken in seconds.items():
        print(f"{work:24}{taken:8.2f} s")
    print(f"{'read / faster bare loop':24}{ratio:8.2f}    (at most {MOST_TIMES:g})")
    print(f"{'peak memory of read':24}{memory:8.0f} MB (at most {MOST_MEGABYTES:g})")
    sys.exit(ratio > MOST_TIMES or memory > MOST_MEGABYTES)


if __name__ == "__main__":
    main()
