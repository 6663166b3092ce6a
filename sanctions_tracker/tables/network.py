"""Who lists whom and what answers what, as nodes and links for network tools (Gephi, Cytoscape, yEd).

GraphML and GEXF are written by networkx, which the extra ``network`` brings.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any

import attrs

from sanctions_tracker.errors import MissingExtraError
from sanctions_tracker.model import Action
from sanctions_tracker.model.country import country_name
from sanctions_tracker.reconciliation import Reconciliation
from sanctions_tracker.reconciliation.ledger import Ledger, LedgerLine
from sanctions_tracker.reconciliation.wording import counts_in_words

_WRITTEN_ON = re.compile(' lastmodifieddate="[0-9-]*"')

Value = str | int | float | bool
Values = MappingProxyType[str, Value]


def _values(values: Mapping[str, Value]) -> Values:
    return MappingProxyType({key: _plain(value) for key, value in values.items()})


def _plain(value: Value) -> Value:
    """Without the control characters that no XML may hold (XML 1.0, section 2.2)."""
    return "".join(filter(str.isprintable, value)) if isinstance(value, str) else value


@attrs.frozen
class Node:
    """A country, an action or a party. ``id`` begins with which of these it is; ``values`` are for the tool to show."""

    id: str
    values: Values = attrs.field(converter=_values)


@attrs.frozen
class Link:
    """From one node to another: ``announces``, ``names``, ``lists`` or ``answers`` (from the answer to the trigger)."""

    source: str
    target: str
    values: Values = attrs.field(converter=_values)


@attrs.frozen
class Network:
    """Nodes by their ids, each once, and links in order."""

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]

    def graphml(self) -> str:
        """The network in GraphML.

        Raises:
            MissingExtraError: networkx is not installed.
        """
        return self._written("write_graphml_xml")

    def gexf(self) -> str:
        """The network in GEXF 1.2.

        Raises:
            MissingExtraError: networkx is not installed.
        """
        # The writer notes the day on which it runs: one network gives one file.
        return _WRITTEN_ON.sub("", self._written("write_gexf"), count=1)

    def _written(self, writer: str) -> str:
        networkx = _networkx()
        graph = networkx.MultiDiGraph()
        graph.add_nodes_from((node.id, dict(node.values)) for node in self.nodes)
        graph.add_edges_from((link.source, link.target, dict(link.values)) for link in self.links)
        out = io.BytesIO()
        getattr(networkx, writer)(graph, out)
        return out.getvalue().decode("utf-8")


def _networkx() -> Any:
    try:
        return import_module("networkx")
    except ModuleNotFoundError as error:
        if error.name != "networkx":
            raise
        what = "a network file"
        raise MissingExtraError(what, "network") from error


def network(result: Reconciliation) -> Network:
    """The countries, actions and parties of a reconciliation, and how they are linked."""
    nodes: dict[str, Node] = {}
    links: dict[tuple[str, str, str], Link] = {}
    for part in (*(_of_ledger(one) for one in result.ledger), _answers(result)):
        for one in part:
            if isinstance(one, Node):
                nodes.setdefault(one.id, one)
            else:
                links.setdefault((one.source, one.target, str(one.values["relation"])), one)
    there = (link for link in links.values() if link.source in nodes and link.target in nodes)
    return Network(tuple(nodes.values()), tuple(there))


def _of_ledger(one: Ledger) -> Iterator[Node | Link]:
    by = f"country:{one.by}"
    for code in (one.by, one.on):
        yield Node(f"country:{code}", {"label": country_name(code), "type": "country"})
    for action in one.actions:
        yield _action(action)
        yield Link(by, f"action:{action.id}", {"relation": "announces", "date": str(action.date)})
        for target in action.named:
            yield Link(f"action:{action.id}", f"party:{target}", {"relation": "names"})
    for line in one.lines:
        yield from _party(line, by)


def _action(action: Action) -> Node:
    return Node(
        f"action:{action.id}",
        {
            "label": action.id,
            "type": "action",
            "kind": action.kind.value,
            "date": str(action.date),
            "counts": counts_in_words(action),
        },
    )


def _party(line: LedgerLine, by: str) -> Iterable[Node | Link]:
    node = f"party:{line.target.id}"
    measures = sorted({measure.kind.value for measure in line.measures})
    statuses = sorted({status.value for status in line.statuses})
    return (
        Node(node, {"label": line.target.name, "type": "party", "kind": line.target.kind.value, "list": line.list_id}),
        Link(
            by,
            node,
            {
                "relation": "lists",
                "binding": line.binding,
                "measures": ", ".join(measures),
                "status": ", ".join(statuses),
            },
        ),
    )


def _answers(result: Reconciliation) -> Iterator[Link]:
    for episode in result.episodes:
        for edge in episode.edges:
            low, high = edge.lag
            values: dict[str, Value] = {
                "relation": "answers",
                "evidence": edge.evidence.value,
                "basis": edge.basis.value,
                "lag_days": low,
                "lag_days_at_most": high,
                "order_known": edge.order_known,
            }
            yield Link(f"action:{edge.response.id}", f"action:{edge.trigger.id}", values)
