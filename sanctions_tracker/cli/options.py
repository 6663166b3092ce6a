"""Options that several commands share."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

ListFiles = Annotated[
    list[Path] | None,
    typer.Option("--list", "-l", help="An official list (repeatable). The bundled data set unless given."),
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON document instead of tables.")]
AsOf = Annotated[
    dt.datetime | None,
    typer.Option("--as-of", formats=["%Y-%m-%d"], help="The day asked about. The newest list's date unless given."),
]


def day(moment: dt.datetime | None) -> dt.date | None:
    """The day that an option gave."""
    return moment.date() if moment else None
