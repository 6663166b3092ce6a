"""The one place where hits are put into words and into plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sanctions_tracker.codec import unstructure
from sanctions_tracker.model.country import country_name
from sanctions_tracker.model.vocabulary import NameStrength

if TYPE_CHECKING:
    from sanctions_tracker.model import Measure
    from sanctions_tracker.model.vocabulary import MeasureStatus
    from sanctions_tracker.screening.decisions import Decision
    from sanctions_tracker.screening.hit import Hit, Listing, Screening, Term

#: What each reason for not alerting means, by the value of `Suppression`.
_REASONS = {
    "weak_alias": "found by a weak alias only, which corroborates and does not alert alone",
    "contradicted": "the name is like it, other evidence takes the score below the threshold",
    "not_in_force": "no measure counted by the policy held on the day asked",
    "outside_policy": "of a kind or of a sanctioner that the policy leaves out",
    "decided": "decided before to be a false match",
}


def sanctioner_in_words(listing: Listing, sanctioner_id: str) -> str:
    """The body's name and its country, or its id where the list does not describe it."""
    body = listing.sanctioners.get(sanctioner_id)
    if body is None:
        return sanctioner_id
    return f"{body.name} ({country_name(body.country)})" if body.country else body.name


def measures_in_words(listing: Listing) -> list[str]:
    """A line for measures that differ in kind alone: who, what, since when, on what ground, what held on the day."""
    kinds: dict[tuple[str, str, str, MeasureStatus], list[str]] = {}
    for measure, status in zip(listing.measures, listing.statuses, strict=True):
        since = f" since {measure.since}" if measure.since else ", date not stated"
        key = (sanctioner_in_words(listing, measure.sanctioner), since, _ground(measure), status)
        kinds.setdefault(key, []).append(measure.kind.replace("_", " "))
    return [
        f"{who}: {', '.join(what)}{since}{ground}: {status.replace('_', ' ')}"
        for (who, since, ground, status), what in kinds.items()
    ]


def _ground(measure: Measure) -> str:
    grounds = [part for part in (", ".join(measure.programmes), ", ".join(measure.legal_bases)) if part]
    return f" [{'; '.join(grounds)}]" if grounds else ""


def reasons_in_words(listing: Listing) -> list[str]:
    """Why a listing does not alert, a line a reason."""
    return [_REASONS[reason.value] for reason in listing.reasons]


def explain(hit: Hit) -> str:
    """Several lines a listing: the party, the names that met and how, what the score is added up from, the measures."""
    return "\n".join(line for listing in hit.listings for line in _listing_lines(listing))


def _listing_lines(one: Listing) -> list[str]:
    weak = " (a weak alias)" if one.name.strength is NameStrength.WEAK else ""
    dated = f" of {one.list_date}" if one.list_date else ""
    origins = [one.name.origin, *(origin for measure in one.measures for origin in measure.origins)]
    party = f"{one.target.name} ({one.target.kind.replace('_', ' ')})"
    return [
        f"{party}, {one.target.id} in {one.list_id}{dated}: {one.score:.2f}",
        f"matched by the {one.name.kind.replace('_', ' ')} name {one.name.text!r}{weak}",
        one.comparison.explain(),
        *(_term_in_words(term) for term in one.terms[1:]),
        *(f"suppressed: {reason}" for reason in reasons_in_words(one)),
        *(_decision_in_words(decision, one) for decision in one.decisions),
        *measures_in_words(one),
        *(f"source: {origin}" for origin in dict.fromkeys(origins) if origin),
    ]


def _term_in_words(term: Term) -> str:
    return f"{term.what.replace('_', ' ')}: {term.asked!r} asked, {term.listed!r} listed: {term.points:+.2f}"


def _decision_in_words(decision: Decision, listing: Listing) -> str:
    outcome = decision.outcome.replace("_", " ")
    until = f", until {decision.expires}" if decision.expires else ""
    changed = "" if decision.entry == listing.entry else "; the entry has changed since, so it is open again"
    return f"decision of {decision.date} by {decision.author}: {outcome}: {decision.reason}{until}{changed}"


def as_data(hit: Hit) -> dict[str, Any]:
    """A hit as plain data: everything that ``explain`` puts into words."""
    return {
        "target": hit.target.id,
        "list": hit.list_id,
        "name": hit.target.name,
        "matched": hit.name.text,
        "score": hit.score,
        "suppressed": [reason.value for reason in hit.reasons],
        "listings": [_listing_as_data(one) for one in hit.listings],
        "stamp": hit.stamp.sha256,
    }


def _listing_as_data(one: Listing) -> dict[str, Any]:
    return {
        "target": unstructure(one.target),
        "list": one.list_id,
        "list_date": unstructure(one.list_date),
        "name": unstructure(one.name),
        "score": one.score,
        "terms": [unstructure(term) for term in one.terms],
        "evidence": [unstructure(evidence) for evidence in one.comparison.evidence],
        "measures": [
            {**unstructure(measure), "status": status.value}
            for measure, status in zip(one.measures, one.statuses, strict=True)
        ],
        "sanctioners": {key: unstructure(body) for key, body in one.sanctioners.items()},
        "suppressed": [reason.value for reason in one.reasons],
        "decisions": [unstructure(decision) for decision in one.decisions],
        "entry": one.entry,
    }


def screening_as_data(screening: Screening) -> dict[str, Any]:
    """A screening as plain data."""
    return {
        "query": screening.query.to_json(),
        "as_of": screening.as_of.isoformat() if screening.as_of else None,
        "policy": screening.policy.to_json(),
        "total": screening.total,
        "hits": [as_data(hit) for hit in screening.hits],
        "suppressed": [as_data(hit) for hit in screening.suppressed],
        "searched": [unstructure(searched) for searched in screening.searched],
        "stamp": screening.stamp.to_json(),
    }


def summary(screening: Screening) -> str:
    """A line on what was searched, then a line a hit."""
    searched = "; ".join(
        f"{one.title or one.id}{f' of {one.date}' if one.date else ''} ({one.targets:,} targets, {one.names:,} names)"
        for one in screening.searched
    )
    name = screening.query.name
    if not screening.hits:
        return (
            f"nothing at or above {screening.threshold:.2f} for {name!r} in {searched}; "
            f"{len(screening.suppressed)} suppressed. This is no clearance."
        )
    lines = [f"{screening.total} hit(s) for {name!r} in {searched}"]
    for hit in screening.hits:
        lists = ", ".join(dict.fromkeys(one.list_id for one in hit.listings))
        lines.append(f"{hit.score:.2f}  {hit.target.name}  ({hit.name.text}, {lists})")
    return "\n".join(lines)
