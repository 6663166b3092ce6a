"""Reconciliations as tables and as networks, read back by other readers."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import attrs
import networkx as nx
import pytest

import sanctions_tracker as st
from sanctions_tracker import model
from sanctions_tracker.errors import MissingExtraError, WriteError
from sanctions_tracker.model import Response
from sanctions_tracker.model.vocabulary import Evidence, MeasureKind
from sanctions_tracker.reconciliation.coalition import coalition
from sanctions_tracker.reconciliation.timeline import timeline
from sanctions_tracker.tables import Link, Network, Node, coalition_network, network, save
from tests.builders import announced, announcements, listed, official_list, target


@pytest.fixture(scope="module")
def iran_us() -> st.Reconciliation:
    return st.reconcile(st.bundled(), "IR", "US")


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8"), newline="")))


def answers_of(result: st.Reconciliation) -> set[tuple[str, str, str]]:
    edges = [edge for episode in result.episodes for edge in episode.edges]
    return {(edge.response.id, edge.trigger.id, edge.evidence.value) for edge in edges}


def test_the_timeline_holds_every_action_once_and_an_answer_after_what_it_answers(iran_us: st.Reconciliation) -> None:
    moments = timeline(iran_us)
    ids = [one.action.id for one in moments]
    assert sorted(ids) == sorted({action.id for one in iran_us.ledger for action in one.actions})
    assert {
        (one.action.id, edge.trigger.id, edge.evidence.value) for one in moments for edge in one.answers
    } == answers_of(iran_us)
    known = [edge for one in moments for edge in one.answers if edge.order_known]
    assert all(ids.index(edge.trigger.id) < ids.index(edge.response.id) for edge in known)
    assert ids.index("us-20190408") + 1 == ids.index("ir-20190408")  # one day, stated
    assert json.loads(json.dumps([one.to_json() for one in moments]))[0]["action"] == "us-20170324"


def test_actions_that_answer_each_other_on_one_day_have_an_end() -> None:
    ring = (
        announced("a", "2024-01-01", "left", "IR", responses=[Response(Evidence.STATED, "b")]),
        announced("b", "2024-01-01", "right", "US", responses=[Response(Evidence.STATED, "a")]),
    )
    bodies = (model.Sanctioner("left", "Left", country="US"), model.Sanctioner("right", "Right", country="IR"))
    one = model.SanctionsList("ring", date=model.PartialDate("2024-02-01"), sanctioners=bodies, actions=ring)
    assert sorted(moment.action.id for moment in timeline(st.reconcile(one, "IR", "US"))) == ["a", "b"]


def test_the_table_of_the_timeline(iran_us: st.Reconciliation, tmp_path: Path) -> None:
    save(iran_us, tmp_path / "x.csv", by_date=True)
    found = rows(tmp_path / "x.csv")
    assert {(row["action"], row["answers"], row["evidence"]) for row in found if row["answers"]} == answers_of(iran_us)
    spring = [row for row in found if row["action"] == "ir-20240502-us"]
    assert [(row["answers"], row["lag_days"], row["evidence"]) for row in spring] == [
        ("us-20240418", "14", "inferred"),
        ("us-20240423", "9", "inferred"),
        ("us-20240425", "7", "inferred"),
    ]


def test_the_table_of_the_ledgers(iran_us: st.Reconciliation, tmp_path: Path) -> None:
    save(iran_us, tmp_path / "x.csv")
    found = rows(tmp_path / "x.csv")
    assert len(found) == sum(len(one.lines) for one in iran_us.ledger)
    for one in iran_us.ledger:
        assert sum(row["by"] == one.by and row["binding"] == "yes" for row in found) == one.named_parties
    lockheed = next(row for row in found if row["record"] == "us-lockheed")
    assert (lockheed["by"], lockheed["on"], lockheed["since"]) == ("IR", "US", "2024-05-02")
    assert lockheed["party"] == "bundled/us-lockheed"
    assert lockheed["sources"]


@pytest.mark.parametrize(
    ("ending", "read"),
    [(".graphml", nx.read_graphml), (".gexf", nx.read_gexf), (".GEXF", nx.read_gexf)],
)
def test_networks_are_read_by_another_reader(
    iran_us: st.Reconciliation, tmp_path: Path, ending: str, read: object
) -> None:
    path = tmp_path / f"x{ending}"
    save(iran_us, path)
    graph = read(path)  # type: ignore[operator]
    made = network(iran_us)
    assert set(graph.nodes) == {node.id for node in made.nodes}
    assert graph.number_of_edges() == len(made.links)
    drawn = {
        (source, target, data["evidence"])
        for source, target, data in graph.edges(data=True)
        if data["relation"] == "answers"
    }
    assert drawn == {(f"action:{one}", f"action:{other}", how) for one, other, how in answers_of(iran_us)}
    assert {data["relation"] for *_, data in graph.edges(data=True)} == {"announces", "names", "lists", "answers"}


def test_the_same_result_gives_the_same_bytes(iran_us: st.Reconciliation, tmp_path: Path) -> None:
    for ending in (".csv", ".graphml", ".gexf"):
        paths = [tmp_path / f"{one}{ending}" for one in "ab"]
        for path in paths:
            save(iran_us, path)
        assert paths[0].read_bytes() == paths[1].read_bytes()
    assert b"lastmodified" not in (tmp_path / "a.gexf").read_bytes()


def test_names_that_no_xml_may_hold_are_written_without_what_it_forbids() -> None:
    bad = Network((Node("party:1", {"label": "A\x00\x0bB <&>"}), Node("party:2", {"label": "شركة"})), ())
    assert nx.parse_graphml(bad.graphml()).nodes["party:1"]["label"] == "AB <&>"
    assert nx.parse_graphml(bad.graphml()).nodes["party:2"]["label"] == "شركة"
    assert nx.read_gexf(io.BytesIO(bad.gexf().encode())).number_of_nodes() == 2


def test_links_lead_to_nodes_that_are_there(iran_us: st.Reconciliation) -> None:
    made = network(iran_us)
    ids = {node.id for node in made.nodes}
    assert len(ids) == len(made.nodes)
    assert all(link.source in ids and link.target in ids for link in made.links)
    assert isinstance(made.links[0], Link)


def test_another_ending_is_refused_before_anything_is_written(iran_us: st.Reconciliation, tmp_path: Path) -> None:
    with pytest.raises(WriteError, match=r"\.graphml"):
        save(iran_us, tmp_path / "x.pdf")
    assert not list(tmp_path.iterdir())


def test_without_networkx_the_extra_is_named(
    iran_us: st.Reconciliation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "networkx", None)
    with pytest.raises(MissingExtraError, match="network"):
        save(iran_us, tmp_path / "x.gexf")
    assert not list(tmp_path.iterdir())


def test_a_coalition_as_a_table_and_as_a_network(tmp_path: Path) -> None:
    result = coalition(st.bundled(), "IR")
    save(result, tmp_path / "x.csv")
    found = rows(tmp_path / "x.csv")
    assert len(found) == len(result.parties)
    staff = next(row for row in found if "General Staff" in row["name"])
    assert (staff["US_announced"], staff["GB_announced"], staff["CA_announced"]) == (
        "2019-11-04",
        "2024-04-18",
        "2024-04-25",
    )
    save(result, tmp_path / "x.graphml")
    graph = nx.read_graphml(tmp_path / "x.graphml")
    assert graph.number_of_edges() == sum(len(party.listings) for party in result.parties)
    assert set(graph.nodes) == {node.id for node in coalition_network(result).nodes}


def test_what_is_answered_outside_the_data_keeps_its_evidence(tmp_path: Path) -> None:
    said = [Response(Evidence.INFERRED, note="a law of 2023"), Response(Evidence.STATED, note="a speech")]
    bodies = (model.Sanctioner("left", "Left", country="US"), model.Sanctioner("right", "Right", country="IR"))
    actions = (announced("a", "2024-01-01", "right", "US", responses=said),)
    one = model.SanctionsList("few", date=model.PartialDate("2024-02-01"), sanctioners=bodies, actions=actions)
    result = st.reconcile(one, "IR", "US")
    save(result, tmp_path / "x.csv", by_date=True)
    assert [(row["note"], row["evidence"]) for row in rows(tmp_path / "x.csv")] == [
        ("a law of 2023", "inferred"),
        ("a speech", "stated"),
    ]
    assert result.to_json()["episodes"][0]["unexplained"] == [
        {"note": "a law of 2023", "evidence": "inferred"},
        {"note": "a speech", "evidence": "stated"},
    ]


def test_a_party_on_two_lists_is_one_node_with_what_both_say(tmp_path: Path) -> None:
    ali = target("x", "Ali Hosseini Rezaei Tabrizi", "Ali H. Rezaei", country="IR")
    born = model.Birth(date=model.PartialDate("1961-03-04"), place="Tabriz")
    ali = attrs.evolve(ali, births=(born,))
    first = official_list("US", "2024-05-01", [(ali, listed("x", "2020-01-01"))], list_id="first")
    ban = attrs.evolve(listed("x", "2021-01-01"), kind=MeasureKind.TRAVEL_BAN)
    second = official_list("US", "2024-05-01", [(ali, ban)], list_id="second")
    result = st.reconcile([second, first], "IR", "US")
    assert result.ledger[1].named_parties == 1
    made = network(result)
    parties = [node for node in made.nodes if node.values["type"] == "party"]
    assert [(node.id, node.values["list"]) for node in parties] == [("party:first/x", "first, second")]
    assert [link.values["measures"] for link in made.links] == ["asset_freeze, travel_ban"]
    save(result, tmp_path / "x.csv")
    assert [(row["party"], row["list"]) for row in rows(tmp_path / "x.csv")] == [
        ("first/x", "first"),
        ("first/x", "second"),
    ]


def test_two_parties_of_one_id_on_two_lists_are_two_nodes() -> None:
    lists = [
        official_list("US", "2024-05-01", [(target("1", name, country="IR"), listed("1", "2020-01-01"))], list_id=name)
        for name in ("Ali Rezaei", "Petrochemical Trading Group")
    ]
    made = network(st.reconcile(lists, "IR", "US"))
    assert [node.values["label"] for node in made.nodes if node.values["type"] == "party"] == [
        "Ali Rezaei",
        "Petrochemical Trading Group",
    ]


def test_names_and_ids_keep_what_xml_can_hold(tmp_path: Path) -> None:
    # A zero-width non-joiner, a line separator, a hard space.
    name = "\u0639\u0644\u06cc\u200c\u0631\u0636\u0627 \u2028A\u00a0B"
    one = official_list("US", "2024-05-01", [(target("x\x01", name, country="IR"), listed("x\x01", "2020-01-01"))])
    for ending, read in ((".graphml", nx.read_graphml), (".gexf", nx.read_gexf)):
        save(st.reconcile(one, "IR", "US"), tmp_path / f"x{ending}")
        assert read(tmp_path / f"x{ending}").nodes["party:official/x"]["label"] == name


def test_a_lag_of_open_end_has_no_number(tmp_path: Path) -> None:
    actions = (
        announced("a", "../2020-01-01"),
        announced("b", "2021-01-01", "right", "US", responses=[Response(Evidence.STATED, "a")]),
    )
    result = st.reconcile(announcements(*actions), "IR", "US")
    save(result, tmp_path / "x.csv", by_date=True)
    assert [(row["lag_days"], row["lag_days_at_most"]) for row in rows(tmp_path / "x.csv")] == [("", ""), ("366", "")]
    (answer,) = (link.values for link in network(result).links if link.values["relation"] == "answers")
    assert answer["lag_days"] == 366
    assert "lag_days_at_most" not in answer
