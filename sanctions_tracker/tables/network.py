"""Who lists whom and what answers what, as nodes and links for network tools (Gephi, Cytoscape, yEd).

GraphML and GEXF are written by networkx, which the extra ``network`` brings.
"""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any

import attrs

from sanctions_tracker.errors import MissingExtraError
from sanctions_tracker.model import Action
from sanctions_tracker.model.country import country_name
from sanctions_tracker.reconciliation import Reconciliation
from sanctions_tracker.reconciliation.days import as_days
from sanctions_tracker.reconciliation.ledger import Ledger, LedgerLine
from sanctions_tracker.reconciliation.wording import counts_in_words

#: What no XML may hold, not even escaped. Source: XML 1.0, section 2.2.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WRITTEN_ON = re.compile(' lastmodifieddate="[0-9-]*"')

Value = str | int | float | bool
Values = MappingProxyType[str, Value]


def _values(values: Mapping[str, Value]) -> Values:
    return MappingProxyType({key: _plain(value) for key, value in values.items()})


def _plain(value: Value) -> Value:
    return _text(value) if isinstance(value, str) else value


def _text(value: str) -> str:
    """Without what no XML may hold. All else stays: Persian names need their zero-width non-joiner."""
    return _FORBIDDEN.sub("", value)


@attrs.frozen
class Node:
    """A country, an action or a party. ``id`` begins with which of these it is; ``values`` are for the tool to show."""

    id: str = attrs.field(converter=_text)
    values: Values = attrs.field(converter=_values)


@attrs.frozen
class Link:
    """From one node to another: ``announces``, ``names``, ``lists`` or ``answers`` (from the answer to the trigger)."""

    source: str = attrs.field(converter=_text)
    target: str = attrs.field(converter=_text)
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
    """The countries, actions and parties of a reconciliation, and how they are linked.

    A party is one node, ``party:`` and its key (list and id of its first
    record), on however many lists it stands.
    """
    nodes: dict[str, Node] = {}
    links: dict[tuple[str, str, str], Link] = {}
    for part in (_parties(result), *(_of_ledger(one) for one in result.ledger), _answers(result)):
        for one in part:
            if isinstance(one, Node):
                nodes.setdefault(one.id, one)
            else:
                links.setdefault((one.source, one.target, str(one.values["relation"])), one)
    there = (link for link in links.values() if link.source in nodes and link.target in nodes)
    # Countries and actions first: they are what a party's links come from.
    parties_last = sorted(nodes.values(), key=lambda node: node.values["type"] == "party")
    return Network(tuple(parties_last), tuple(there))


def _of_ledger(one: Ledger) -> Iterator[Node | Link]:
    by = f"country:{one.by}"
    for code in (one.by, one.on):
        yield Node(f"country:{code}", {"label": country_name(code), "type": "country"})
    named = {
        (key, line.target.id): _id(line) for line in one.lines for measure in line.measures for key in measure.actions
    }
    for action in one.actions:
        yield _action(action)
        yield Link(by, f"action:{action.id}", {"relation": "announces", "date": str(action.date)})
        for target in action.named:
            if (action.id, target) in named:
                yield Link(f"action:{action.id}", named[action.id, target], {"relation": "names"})
    for party, several in _by_party(one.lines).items():
        yield _lists(by, party, several)


def _id(line: LedgerLine) -> str:
    return f"party:{'/'.join(line.party)}"


def _by_party(lines: Iterable[LedgerLine]) -> dict[str, list[LedgerLine]]:
    found: defaultdict[str, list[LedgerLine]] = defaultdict(list)
    for line in lines:
        found[_id(line)].append(line)
    return found


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


def _parties(result: Reconciliation) -> Iterator[Node]:
    for party, lines in _by_party(line for one in result.ledger for line in one.lines).items():
        target = lines[0].target
        lists = ", ".join(sorted({line.list_id for line in lines}))
        yield Node(party, {"label": target.name, "type": "party", "kind": target.kind.value, "list": lists})


def _lists(by: str, party: str, lines: Iterable[LedgerLine]) -> Link:
    lines = tuple(lines)
    measures = sorted({measure.kind.value for line in lines for measure in line.measures})
    statuses = sorted({status.value for line in lines for status in line.statuses})
    values: dict[str, Value] = {
        "relation": "lists",
        "binding": any(line.binding for line in lines),
        "measures": ", ".join(measures),
        "status": ", ".join(statuses),
    }
    return Link(by, party, values)


def _answers(result: Reconciliation) -> Iterator[Link]:
    for episode in result.episodes:
        for edge in episode.edges:
            lag = zip(("lag_days", "lag_days_at_most"), as_days(edge.lag), strict=True)
            values: dict[str, Value] = {
                "relation": "answers",
                "evidence": edge.evidence.value,
                "basis": edge.basis.value,
                **{name: days for name, days in lag if days is not None},  # an open end is left out
                "order_known": edge.order_known,
            }
            yield Link(f"action:{edge.response.id}", f"action:{edge.trigger.id}", values)
