"""The command line; needs the extra ``cli``."""

from __future__ import annotations

import sys

from sanctions_tracker.cli.exits import AT_FAULT
from sanctions_tracker.errors import MissingExtraError, SanctionsTrackerError


def main() -> int:
    """Run the command line and return the exit code; an error is one line on standard error.

    Raises:
        SystemExit: where the arguments themselves are at fault, or help was asked for.
    """
    try:
        from sanctions_tracker.cli.app import app  # noqa: PLC0415  (typer and rich are optional)
    except ModuleNotFoundError as error:
        if error.name not in {"typer", "rich"}:
            raise
        what = "the command line"
        print(f"sanctions-tracker: {MissingExtraError(what, 'cli')}", file=sys.stderr)  # noqa: T201
        return AT_FAULT
    try:
        app()
    except SanctionsTrackerError as error:
        print(f"sanctions-tracker: {' '.join(str(error).split())}", file=sys.stderr)  # noqa: T201
        return AT_FAULT
    return 0
