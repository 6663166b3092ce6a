"""Every parameter in one value."""

from __future__ import annotations

import json
from typing import Any

import attrs
import pytest

import sanctions_tracker as st
from sanctions_tracker.errors import CodecError, ModelError
from sanctions_tracker.model.vocabulary import MeasureStatus, TargetKind
from sanctions_tracker.parties import Level
from sanctions_tracker.screening import Weights


def test_a_policy_goes_through_json() -> None:
    policy = st.Policy(0.9, kinds=("vessel", "person"), sanctioners=("Iran", "us-ofac"), weights=Weights(birth_near=0))
    data = json.loads(json.dumps(policy.to_json()))
    assert st.Policy.from_json(data) == policy
    assert policy.kinds == (TargetKind.PERSON, TargetKind.VESSEL)
    assert policy.sanctioners == ("IR", "us-ofac")


def test_every_field_is_written_out() -> None:
    assert set(st.Policy().to_json()) == {field.name for field in attrs.fields(st.Policy)}
    assert set(st.Policy().to_json()["weights"]) == {level.value for level in Level}


def test_what_has_ended_does_not_count_unless_asked() -> None:
    assert MeasureStatus.DELISTED not in st.Policy().statuses
    assert MeasureStatus.UNKNOWN in st.Policy().statuses
    assert st.Policy(statuses=["delisted"]).statuses == (MeasureStatus.DELISTED,)


def test_a_changed_policy_is_another() -> None:
    changed = st.Policy().evolve(weak_aliases_alert=True)
    assert changed.hash != st.Policy().hash
    assert changed.evolve(weak_aliases_alert=False) == st.Policy()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"kinds": ["firm"]}, "unknown TargetKind firm"),
        ({"statuses": ["gone"]}, "unknown MeasureStatus gone"),
        ({"max_age_days": -1}, "0 or more"),
    ],
)
def test_values_out_of_range(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ModelError, match=message):
        st.Policy(**fields)


@pytest.mark.parametrize("points", [-2.1, 3, float("nan")])
def test_weights_out_of_range(points: float) -> None:
    with pytest.raises(ModelError, match="birth_near is between"):
        Weights(birth_near=points)


def test_an_unknown_field_is_no_policy() -> None:
    with pytest.raises(CodecError, match="there is no field treshold"):
        st.Policy.from_json({"treshold": 0.9})
