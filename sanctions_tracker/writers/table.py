"""The flat table: a row a target."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sanctions_tracker.model import Birth, Identifier, Name, SanctionsList, Target
from sanctions_tracker.model.vocabulary import NameStrength
from sanctions_tracker.writers.cells import guarded, line

COLUMNS = (
    "id",
    "kind",
    "name",
    "strong_names",
    "weak_names",
    "births",
    "countries",
    "identifiers",
    "sanctioners",
    "programmes",
    "measures",
    "listed",
    "list",
)


def csv_lines(sanctions_list: SanctionsList) -> Iterator[str]:
    """The table's lines, without line ends: the headings, then a row a target.

    Several values of a cell are parted by semicolons and quoted among themselves where they hold one.
    """
    yield line(COLUMNS)
    names = {one.id: one.name for one in sanctions_list.sanctioners}
    for target in sanctions_list.targets:
        yield line(guarded(cell) for cell in _cells(target, sanctions_list, names))


def _cells(target: Target, one: SanctionsList, sanctioners: dict[str, str]) -> tuple[str, ...]:
    measures = one.measures_on(target.id)
    ties = [tie.country or tie.text for tie in target.countries]
    since = sorted((day for measure in measures if (day := measure.since)), key=lambda day: day.sort_key())
    return (
        target.id,
        target.kind.value,
        target.name,
        _several(name.text for name in target.strong_names),
        _several(name.text for name in target.names if _is_weak(name)),
        _several(map(_birth, target.births)),
        _several(ties),
        _several(map(_identifier, target.identifiers)),
        _several(sanctioners.get(measure.sanctioner, measure.sanctioner) for measure in measures),
        _several(programme for measure in measures for programme in measure.programmes),
        _several(measure.kind.value for measure in measures),
        _several(map(str, since)),
        one.id,
    )


def _is_weak(name: Name) -> bool:
    return name.strength is NameStrength.WEAK


def _birth(birth: Birth) -> str:
    """Date, then place and country in round brackets."""
    place = ", ".join(part for part in (birth.place, birth.country) if part)
    return " ".join(part for part in (str(birth.date or birth.note), f"({place})" if place else "") if part)


def _identifier(identifier: Identifier) -> str:
    """Type, number, and the issuing country in round brackets."""
    issued_by = f" ({identifier.country})" if identifier.country else ""
    return f"{identifier.type.value} {identifier.number}{issued_by}"


def _several(values: Iterable[str]) -> str:
    """Each distinct value once, in order."""
    return line(dict.fromkeys(value for value in values if value.strip()), delimiter=";")
