"""The one place where hits are put into words and into plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sanctions_tracker.codec import unstructure
from sanctions_tracker.model.country import country_name
from sanctions_tracker.model.vocabulary import NameStrength

if TYPE_CHECKING:
    from sanctions_tracker.model import Measure
    from sanctions_tracker.model.vocabulary import MeasureStatus
    from sanctions_tracker.screening.hit import Hit, Screening


def sanctioner_in_words(hit: Hit, sanctioner_id: str) -> str:
    """The body's name and its country, or its id where the list does not describe it."""
    body = hit.sanctioners.get(sanctioner_id)
    if body is None:
        return sanctioner_id
    return f"{body.name} ({country_name(body.country)})" if body.country else body.name


def measures_in_words(hit: Hit) -> list[str]:
    """A line for measures that differ in kind alone: who, what, since when, on what ground, what held on the day."""
    kinds: dict[tuple[str, str, str, MeasureStatus], list[str]] = {}
    for measure, status in zip(hit.measures, hit.statuses, strict=True):
        since = f" since {measure.since}" if measure.since else ", date not stated"
        key = (sanctioner_in_words(hit, measure.sanctioner), since, _ground(measure), status)
        kinds.setdefault(key, []).append(measure.kind.replace("_", " "))
    return [
        f"{who}: {', '.join(what)}{since}{ground}: {status.replace('_', ' ')}"
        for (who, since, ground, status), what in kinds.items()
    ]


def _ground(measure: Measure) -> str:
    grounds = [part for part in (", ".join(measure.programmes), ", ".join(measure.legal_bases)) if part]
    return f" [{'; '.join(grounds)}]" if grounds else ""


def explain(hit: Hit) -> str:
    """Several lines: the party, the name that matched and how, the measures, the list's own places."""
    weak = " (a weak alias)" if hit.name.strength is NameStrength.WEAK else ""
    lines = [
        f"{hit.target.name} ({hit.target.kind.replace('_', ' ')}), {hit.target.id} in {hit.list_id}: {hit.score:.2f}",
        f"matched by the {hit.name.kind.replace('_', ' ')} name {hit.name.text!r}{weak}",
        hit.comparison.explain(),
        *measures_in_words(hit),
    ]
    origins = [hit.name.origin, *(origin for measure in hit.measures for origin in measure.origins)]
    lines += [f"source: {origin}" for origin in dict.fromkeys(origins) if origin]
    return "\n".join(lines)


def as_data(hit: Hit) -> dict[str, Any]:
    """A hit as plain data: everything that ``explain`` puts into words."""
    return {
        "target": unstructure(hit.target),
        "list": hit.list_id,
        "name": unstructure(hit.name),
        "score": hit.score,
        "evidence": [unstructure(evidence) for evidence in hit.comparison.evidence],
        "measures": [
            {**unstructure(measure), "status": status.value}
            for measure, status in zip(hit.measures, hit.statuses, strict=True)
        ],
        "sanctioners": {key: unstructure(body) for key, body in hit.sanctioners.items()},
    }


def screening_as_data(screening: Screening) -> dict[str, Any]:
    """A screening as plain data."""
    return {
        "query": screening.query,
        "as_of": screening.as_of.isoformat() if screening.as_of else None,
        "threshold": screening.threshold,
        "total": screening.total,
        "hits": [as_data(hit) for hit in screening.hits],
        "suppressed": [as_data(hit) for hit in screening.suppressed],
        "searched": [unstructure(searched) for searched in screening.searched],
        "stamp": screening.stamp,
    }


def summary(screening: Screening) -> str:
    """A line on what was searched, then a line a hit."""
    searched = "; ".join(
        f"{one.title or one.id}{f' of {one.date}' if one.date else ''} ({one.targets:,} targets, {one.names:,} names)"
        for one in screening.searched
    )
    if not screening.hits:
        return (
            f"nothing at or above {screening.threshold:.2f} for {screening.query!r} in {searched}; "
            f"{len(screening.suppressed)} suppressed. This is no clearance."
        )
    lines = [f"{screening.total} hit(s) for {screening.query!r} in {searched}"]
    lines += [f"{hit.score:.2f}  {hit.target.name}  ({hit.name.text}, {hit.list_id})" for hit in screening.hits]
    return "\n".join(lines)
