"""A coalition as lines of CSV, and as a network of parties and of those who list them."""

from __future__ import annotations

from collections.abc import Iterator

from sanctions_tracker.model.country import country_name
from sanctions_tracker.reconciliation.coalition import Coalition
from sanctions_tracker.reconciliation.coalition.listings import ListedParty, Listing
from sanctions_tracker.tables.network import Link, Network, Node
from sanctions_tracker.writers.cells import guarded, line

_FIRST = ("party", "name", "class", "listed_by")
_OF_EACH = ("since", "announced", "binds", "records")


def coalition_lines(result: Coalition) -> Iterator[str]:
    """A line a party after the headings; of each ally its first days, whether it binds, and its records."""
    yield line((*_FIRST, *(f"{by}_{what}" for by in result.sanctioners for what in _OF_EACH)))
    for party in result.parties:
        cells = [party.id, party.name, party.party_class.value, ";".join(sorted(party.bound_by))]
        for by in result.sanctioners:
            cells += _cells(party.listing(by))
        yield line(guarded(cell) for cell in cells)


def _cells(listing: Listing | None) -> tuple[str, ...]:
    if listing is None:
        return ("",) * len(_OF_EACH)
    return (
        str(listing.listed.date) if listing.listed else "",
        str(listing.announced.date) if listing.announced else "",
        _BINDS[listing.binds],
        ";".join("/".join(record.key) for record in listing.records),
    )


_BINDS = {True: "yes", False: "no", None: "unknown"}


def coalition_network(result: Coalition) -> Network:
    """The allies and the parties, a link a listing."""
    nodes = [Node(f"country:{by}", {"label": country_name(by), "type": "country"}) for by in result.sanctioners]
    nodes += [
        Node(f"party:{party.id}", {"label": party.name, "type": "party", "class": party.party_class.value})
        for party in result.parties
    ]
    return Network(tuple(nodes), tuple(_link(party, one) for party in result.parties for one in party.listings))


def _link(party: ListedParty, one: Listing) -> Link:
    values = {"relation": "lists", "since": str(one.since or ""), "binding": _BINDS[one.binds]}
    return Link(f"country:{one.by}", f"party:{party.id}", values)
