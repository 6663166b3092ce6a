"""Links between parties: ownership, family, offices."""

from __future__ import annotations

from sanctions_tracker.model import Attribute, Relation
from sanctions_tracker.model.vocabulary import RelationKind
from sanctions_tracker.sources.opensanctions.entities import Entity, links
from sanctions_tracker.sources.opensanctions.graph import End, Graph
from sanctions_tracker.sources.opensanctions.values import share_of, span_of

_LABELS = ("role", "relationship")
_DATES = ("startDate", "endDate")
_OWN_WORDS = frozenset(RelationKind)


def target_id(entity_id: str) -> str:
    """The id of a party in this library's lists."""
    return f"ftm:{entity_id}"


def linked(graph: Graph) -> tuple[list[str], list[Relation], list[Attribute]]:
    """Positions held, relations, and what else the links of the party say."""
    positions: list[str] = []
    relations: list[Relation] = []
    attributes: list[Attribute] = []
    for end in graph.ends:
        if end.kind == "position":
            positions.append(_post(end, graph))
            attributes.append(Attribute(end.link.schema, positions[-1], note=_said(end), origin=end.link.origin()))
        else:
            relations.append(_relation(end, graph))
    return positions, relations, attributes


def _post(end: End, graph: Graph) -> str:
    post = graph.entity(end.other)
    return post.told() if post and not post.all("name") else ", ".join(post.all("name")) if post else end.other


def _taken(link: Entity) -> frozenset[str]:
    row = links()[link.schema]
    return frozenset({row["from"], row["to"]})


def _said(end: End) -> str:
    return end.link.told(but=_taken(end.link))


def _relation(end: End, graph: Graph) -> Relation:
    """The relation as seen from the party. The link's dates become one span where they can be read."""
    link = end.link
    start, stop = (link.first(name) for name in _DATES)
    during = span_of(start, stop)
    share = next((found for text in link.all("percentage") if (found := share_of(text)) is not None), None)
    labels = [text for name in _LABELS for text in link.all(name)]
    kind = next((word for word in labels if word in _OWN_WORDS), None) if link.schema == "UnknownLink" else None
    known = end.other in graph.parties
    return Relation(
        RelationKind(kind or end.kind),
        other=target_id(end.other) if known else "",
        text="" if known else end.other,
        label=", ".join(word for word in labels if word != kind) or ("" if kind else link.schema),
        share=share,
        during=during,
        note=link.told(but=_taken(link) | {*_LABELS} | _read_in_full(link, share=share is not None)),
        origin=link.origin(
            raw="; ".join((*link.all("percentage"), *link.all("startDate"), *link.all("endDate"))) or None
        ),
    )


def _read_in_full(link: Entity, *, share: bool) -> frozenset[str]:
    """Properties whose one value the relation holds already."""
    taken = {"percentage"} if share and len(link.all("percentage")) == 1 else set()
    readable = all(span_of(text, "") is not None for name in _DATES for text in link.all(name))
    single = all(len(link.all(name)) <= 1 for name in _DATES)
    if readable and single and span_of(*(link.first(name) for name in _DATES)) is not None:
        taken |= set(_DATES)
    return frozenset(taken)
