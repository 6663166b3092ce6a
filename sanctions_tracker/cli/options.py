"""Options and arguments that several commands share, each written once, and the days they speak of."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

# what is asked of, and how the answer looks

ListFiles = Annotated[
    list[Path] | None,
    typer.Option("--list", "-l", help="An official list (repeatable). The bundled data set unless given."),
]
Saved = Annotated[
    Path | None, typer.Option("--screener", help="A screener saved by `prepare`, instead of lists: ready at once.")
]
AsOf = Annotated[
    dt.datetime | None,
    typer.Option("--as-of", formats=["%Y-%m-%d"], help="The day asked about. The newest list's date unless given."),
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON document instead of tables.")]
Explain = Annotated[bool, typer.Option("--explain", help="Say why each is a hit.")]

# what counts as a hit

Threshold = Annotated[float | None, typer.Option(help="The least score of a hit, above 0 and at most 1.")]
PolicyFile = Annotated[Path | None, typer.Option("--policy", help="A policy as JSON; what it leaves out is default.")]
DecisionsFile = Annotated[Path | None, typer.Option("--decisions", help="Decisions recorded by `decide`.")]
MaxAge = Annotated[
    int | None,
    typer.Option("--max-age", min=0, help="Refuse lists older than so many days today. Any age unless given."),
]
Weak = Annotated[bool, typer.Option("--weak-aliases", help="Let weak aliases alert alone.")]

# who is looked for

Name = Annotated[str, typer.Argument(help="A name of a person or an organisation, in any script.")]
Kind = Annotated[str, typer.Option(help="person, entity, vessel, aircraft …, where it is known.")]
Births = Annotated[list[str] | None, typer.Option("--birth", help="1975, 1975-03 or 1975-03-21 (repeatable).")]
Countries = Annotated[list[str] | None, typer.Option("--country", help="A country of the bearer's (repeatable).")]
Identifiers = Annotated[
    list[str] | None, typer.Option("--identifier", help="passport='P123456 (IR)', tax_id=… (repeatable).")
]
Gender = Annotated[str, typer.Option(help="male or female.")]
Address = Annotated[str, typer.Option(help="An address, as one text.")]

# how a file of queries is read

Delimiter = Annotated[
    str | None, typer.Option(help="comma, semicolon, tab or pipe, or the sign itself. By the headings unless given.")
]
Encoding = Annotated[str, typer.Option(help="How the file is encoded: utf-8, cp1256, utf-16 …")]
NamedColumns = Annotated[
    list[str] | None,
    typer.Option("--column", metavar="NAME=HEADING", help="What a heading of the file means (repeatable)."),
]
Ignored = Annotated[
    list[str] | None, typer.Option("--ignore", metavar="HEADING", help="A column to pass over (repeatable).")
]
IgnoreUnknown = Annotated[
    bool, typer.Option("--ignore-columns", help="Pass over all columns whose heading means nothing.")
]


def day(moment: dt.datetime | None) -> dt.date | None:
    """The day that an option gave."""
    return moment.date() if moment else None


def today() -> dt.date:
    """Today's date (UTC): by it decisions expire, and lists grow old where the policy says so."""
    return dt.datetime.now(dt.UTC).date()
