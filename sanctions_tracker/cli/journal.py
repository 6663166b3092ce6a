"""Files that grow beside their place, so that a long run can stop anywhere and go on.

``hits.csv.part`` holds what was written, ``hits.csv.part.json`` (the journal)
how much of it counts and what question it answers. What was written behind the
last entry of the journal is cut off when the run goes on. The files take their
places at the end, by renaming.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from sanctions_tracker.errors import WriteError

#: The version of the journal written; another is not gone on with.
_VERSION = 1
_CHUNK = 1024 * 1024


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, read in pieces, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Tells what the system refuses, and that what is done is kept."""
    try:
        yield
    except OSError as error:
        message = f"{path}: cannot be written ({error.strerror or error}); what is done is kept, --resume goes on"
        raise WriteError(message) from error


class _Part:
    """A file that grows: its size and its SHA-256 so far."""

    def __init__(self, final: Path) -> None:
        self.final = final
        self.path = final.with_name(f"{final.name}.part")
        self.size = 0
        self._sha256 = hashlib.sha256()
        self._stream: BinaryIO | None = None

    def begin(self) -> None:
        self._stream = self.path.open("wb")

    def go_on(self, entry: Mapping[str, Any]) -> None:
        """Cuts the file to what the journal vouches for, after a look whether it is still that."""
        if not self.path.exists():
            raise self._changed()
        stream = self.path.open("r+b")
        left = entry["size"]
        while left and (chunk := stream.read(min(left, _CHUNK))):
            self._sha256.update(chunk)
            left -= len(chunk)
        if left or self._sha256.hexdigest() != entry["sha256"]:
            stream.close()
            raise self._changed()
        stream.truncate(entry["size"])
        stream.seek(entry["size"])
        self.size, self._stream = entry["size"], stream

    def _changed(self) -> WriteError:
        return WriteError(f"{self.path} is not as the run left it: give --restart to begin again")

    def write(self, text: str) -> None:
        data = text.encode("utf-8", "backslashreplace")
        self._sha256.update(data)
        self.size += len(data)
        if self._stream is not None:
            self._stream.write(data)

    def commit(self) -> dict[str, Any]:
        """On the disk, and what the journal is to say of it."""
        if self._stream is not None:
            self._stream.flush()
            os.fsync(self._stream.fileno())
        return {"size": self.size, "sha256": self._sha256.hexdigest()}

    def close(self) -> None:
        if self._stream is not None:
            self._stream.close()

    def put_in_place(self) -> None:
        if self.final.exists() and self.path.exists():
            self.path.chmod(self.final.stat().st_mode)
        if self.path.exists():
            self.path.replace(self.final)


class Journal:
    """The output and the file of rejected rows as they grow.

    ``question`` says in words what the run depends on: name -> JSON value.
    ``day`` is the day on which it began. ``row`` is the number of the last row
    that counts, ``counts`` what was counted up to it.
    """

    def __init__(self, output: Path, rejected: Path, question: Mapping[str, Any], day: str) -> None:
        self._parts = {"output": _Part(output), "rejected": _Part(rejected)}
        self.path = output.with_name(f"{output.name}.part.json")
        self._question: dict[str, Any] = json.loads(json.dumps(question))  # as it will be read again
        self.day = day
        self.row = 0
        self.counts: dict[str, int] = {}
        self.finished = False

    @property
    def is_there(self) -> bool:
        """Whether a run stopped before its end."""
        return self.path.exists()

    def begin(self, output: str, rejected: str) -> None:
        """A new output that begins with these texts; what a run before left is overwritten."""
        for part in self._parts.values():
            with writing(part.path):
                part.begin()
        self.write(output, rejected)
        self.commit(0, {})

    def go_on(self) -> None:
        """The output as the last entry of the journal vouches for it.

        Raises:
            WriteError: the run was another one (it says in what), or its files were changed.
        """
        entry = self._read()
        changed = [what for what, value in self._question.items() if entry["question"].get(what) != value]
        if changed:
            message = f"cannot go on: not as the run began are {', '.join(changed)}; give --restart to begin again"
            raise WriteError(message)
        self.day, self.row, self.counts, self.finished = (entry[key] for key in ("day", "row", "counts", "finished"))
        if not self.finished:
            for name, part in self._parts.items():
                with writing(part.path):
                    part.go_on(entry["parts"][name])

    def _read(self) -> dict[str, Any]:
        try:
            entry = json.loads(self.path.read_text("utf-8"))
        except (OSError, ValueError) as error:
            message = f"{self.path}: the journal of the run cannot be read; give --restart to begin again"
            raise WriteError(message) from error
        if not _is_entry(entry):
            message = f"{self.path} is no journal of this version; give --restart to begin again"
            raise WriteError(message)
        made: dict[str, Any] = entry
        return made

    def write(self, output: str, rejected: str = "") -> None:
        """Text behind what is there; it counts from the next `commit`."""
        for part, text in zip(self._parts.values(), (output, rejected), strict=True):
            if text:
                with writing(part.path):
                    part.write(text)

    def commit(self, row: int, counts: Mapping[str, int]) -> None:
        """All that was written counts, up to the row of that number."""
        self.row, self.counts = row, dict(counts)
        with writing(self.path):
            parts = {name: part.commit() for name, part in self._parts.items()}
            self._put({"row": row, "counts": self.counts, "parts": parts, "finished": self.finished, "day": self.day})

    def _put(self, entry: Mapping[str, Any]) -> None:
        fresh = self.path.with_name(f"{self.path.name}.new")
        with fresh.open("w", encoding="utf-8") as file:
            json.dump({"journal": _VERSION, "question": self._question, **entry}, file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.path)

    def finish(self) -> None:
        """Everything takes its place, and the journal goes; a run that stops in between is finished by the next."""
        if not self.finished:
            self.finished = True
            self.commit(self.row, self.counts)
        self.close()
        with writing(self.path):
            for part in reversed(self._parts.values()):
                part.put_in_place()
            self.path.unlink()

    def discard(self) -> None:
        """Nothing is left of the run."""
        self.close()
        for path in (*(part.path for part in self._parts.values()), self.path):
            path.unlink(missing_ok=True)

    def close(self) -> None:
        """The files are left as they are, to be gone on with."""
        for part in self._parts.values():
            part.close()


#: What an entry of the journal holds, and of what kind it is.
_SHAPE = {"question": dict, "day": str, "row": int, "counts": dict, "parts": dict, "finished": bool}


def _is_entry(data: Any) -> bool:
    if not isinstance(data, dict) or data.get("journal") != _VERSION:
        return False
    return all(isinstance(data.get(key), kind) for key, kind in _SHAPE.items()) and all(
        isinstance(part := data["parts"].get(name), dict)
        and isinstance(part.get("size"), int)
        and isinstance(part.get("sha256"), str)
        for name in ("output", "rejected")
    )
