"""Results as files: tables in CSV, networks in GraphML and GEXF."""

from sanctions_tracker.tables.allies import coalition_network
from sanctions_tracker.tables.files import ENDINGS, ending_of, save, save_verifications
from sanctions_tracker.tables.network import Link, Network, Node, network

__all__ = [
    "ENDINGS",
    "Link",
    "Network",
    "Node",
    "coalition_network",
    "ending_of",
    "network",
    "save",
    "save_verifications",
]
