"""A list accounts for every record, and what it says holds together."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from hypothesis import given

from sanctions_tracker.errors import ModelError, UnknownRecordError
from sanctions_tracker.model import (
    Action,
    Count,
    Measure,
    Name,
    Origin,
    PartialDate,
    RejectedRecord,
    Sanctioner,
    SanctionsList,
    Source,
    Target,
    TriggerEvent,
)
from sanctions_tracker.model.vocabulary import ActionKind, MeasureKind, PartyClass, TargetKind
from tests import strategies

DATE = PartialDate("2024-04-18")
ALI = Target("t1", TargetKind.PERSON, (Name("Ali"),))
REZA = Target("t2", TargetKind.PERSON, (Name("Reza"),))
FREEZE = Measure("m1", "us", "t1", MeasureKind.ASSET_FREEZE)
BAN = Measure("m2", "us", "t1", MeasureKind.TRAVEL_BAN)
ACTION = Action("a1", "us", ActionKind.DESIGNATION, DATE, named=("t1", "t2"))
REJECTED = RejectedRecord(Origin("s"), "no name")


def made(**fields: Any) -> SanctionsList:
    return SanctionsList("l", targets=fields.pop("targets", (ALI, REZA)), **fields)


def test_every_record_is_accounted_for() -> None:
    assert made().records_seen == 2
    assert made(rejected=(REJECTED,)).records_seen == 3
    assert SanctionsList("l").records_seen == 0
    with pytest.raises(ModelError, match="4 records were seen, but 2 targets and 1 rejected records account for 3"):
        made(rejected=(REJECTED,), records_seen=4)


@given(strategies.sanctions_lists())
def test_the_accounts_of_any_list(one: SanctionsList) -> None:
    assert one.records_seen == len(one.targets) + len(one.rejected)
    with pytest.raises(ModelError, match="records were seen"):
        attrs.evolve(one, records_seen=one.records_seen + 1)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"targets": (ALI, ALI)}, "the target id 't1' stands twice"),
        ({"measures": (FREEZE, FREEZE)}, "the measure id 'm1' stands twice"),
        ({"actions": (ACTION, ACTION)}, "the action id 'a1' stands twice"),
        ({"sanctioners": (Sanctioner("us", "US"),) * 2}, "the sanctioner id 'us' stands twice"),
        ({"sources": (Source("s"),) * 2}, "the source id 's' stands twice"),
        ({"triggers": (TriggerEvent("e", DATE, "what"),) * 2}, "the trigger id 'e' stands twice"),
    ],
)
def test_no_id_stands_twice(fields: dict[str, Any], said: str) -> None:
    with pytest.raises(ModelError, match=said):
        made(**fields)


def test_a_measure_speaks_of_a_target_that_is_there() -> None:
    with pytest.raises(UnknownRecordError, match="no target 't1' in l, of which measure m1 speaks"):
        made(targets=(REZA,), measures=(FREEZE,))


def test_an_action_names_targets_that_are_there() -> None:
    with pytest.raises(UnknownRecordError, match="no target 't2' in l, which action a1 names"):
        made(targets=(ALI,), actions=(ACTION,))


def test_an_action_names_no_more_than_it_counts() -> None:
    counted = attrs.evolve(ACTION, counts=(Count(1, PartyClass.PERSON),))
    with pytest.raises(ModelError, match="names 2"):
        made(actions=(counted,))
    at_least = attrs.evolve(ACTION, counts=(Count(1, PartyClass.PERSON, at_least=True),))
    assert made(actions=(at_least,)).actions == (at_least,)


def test_records_are_found_by_their_ids() -> None:
    one = made(
        measures=(FREEZE, BAN),
        actions=(ACTION,),
        sanctioners=(Sanctioner("us", "US", country="US"), Sanctioner("x", "X")),
        sources=(Source("s"),),
    )
    assert one.target("t1") is ALI
    assert one.action("a1") is ACTION
    assert one.sources_by_id["s"] == Source("s")
    assert one.measures_on("t1") == (FREEZE, BAN)
    assert one.measures_on("t2") == ()
    assert one.country_of("us") == "US"
    assert one.country_of("x") is None
    assert one.country_of("nobody") is None


def test_what_is_not_there() -> None:
    with pytest.raises(UnknownRecordError, match="no target 'x' in l"):
        made().target("x")
    with pytest.raises(UnknownRecordError, match="no action 'x' in l"):
        made().action("x")


def test_the_tables_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        made().targets_by_id["t3"] = ALI  # type: ignore[index]  # that is what is tried


def test_a_list_in_one_line() -> None:
    assert str(made()) == "l: 2 targets"
    assert str(made(title="A list", date=DATE)) == "A list of 2024-04-18: 2 targets"
