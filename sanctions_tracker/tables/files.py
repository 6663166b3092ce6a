"""Results into files, by how the file's name ends."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from sanctions_tracker.errors import WriteError
from sanctions_tracker.reconciliation import Reconciliation, Verification
from sanctions_tracker.reconciliation.coalition import Coalition
from sanctions_tracker.reconciliation.timeline import timeline
from sanctions_tracker.tables.allies import coalition_lines, coalition_network
from sanctions_tracker.tables.network import network
from sanctions_tracker.tables.reconciling import ledger_lines, timeline_lines
from sanctions_tracker.tables.verifying import verification_lines
from sanctions_tracker.writers.whole import put_into

#: How a file's name ends, and what is then written.
ENDINGS = {".csv": "a table", ".graphml": "a network in GraphML", ".gexf": "a network in GEXF"}


def ending_of(path: str | os.PathLike[str]) -> str:
    """The ending by which a result is written.

    Raises:
        WriteError: another ending.

    >>> ending_of("IR-US.GraphML")
    '.graphml'
    """
    ending = Path(path).suffix.lower()
    if ending not in ENDINGS:
        message = f"{path}: a result is written as {', '.join(f'{one} ({what})' for one, what in ENDINGS.items())}"
        raise WriteError(message)
    return ending


def save_verifications(results: Iterable[Verification], path: str | os.PathLike[str]) -> None:
    """Write what official lists say of announcements as ``.csv``, whole or not at all.

    Raises:
        WriteError: another ending, or a place that takes no file.
    """
    if ending_of(path) != ".csv":
        message = f"{path}: verifications are written as .csv; a network is made of reconciliations and coalitions"
        raise WriteError(message)
    put_into(path, verification_lines(results))


def save(result: Reconciliation | Coalition, path: str | os.PathLike[str], *, by_date: bool = False) -> None:
    """Write a result, whole or not at all.

    A reconciliation is written as ``.csv`` (its ledgers, a line a party), a
    coalition likewise (a line a party, columns for each ally), both as
    ``.graphml`` and ``.gexf`` for network tools.

    Args:
        result: the reconciliation or coalition.
        path: the file; its name's ending says the format.
        by_date: of a reconciliation write the timeline as ``.csv`` in place of the ledgers.

    Raises:
        WriteError: another ending, or a place that takes no file.
        MissingExtraError: a network without the extra ``network``.
    """
    ending = ending_of(path)
    put_into(path, _table(result, by_date=by_date) if ending == ".csv" else _network(result, ending))


def _table(result: Reconciliation | Coalition, *, by_date: bool) -> Iterable[str]:
    if isinstance(result, Coalition):
        return coalition_lines(result)
    return timeline_lines(timeline(result)) if by_date else ledger_lines(result)


def _network(result: Reconciliation | Coalition, ending: str) -> Iterable[str]:
    made = coalition_network(result) if isinstance(result, Coalition) else network(result)
    text = made.graphml() if ending == ".graphml" else made.gexf()
    return text.removesuffix("\n").split("\n")  # splitlines would break names at other signs too
