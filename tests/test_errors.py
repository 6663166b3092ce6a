"""The tree of errors is what its module's head draws, and every message is one line."""

from __future__ import annotations

import copy
import inspect
import pickle
import re

import pytest

from sanctions_tracker import errors

EXAMPLES = [
    errors.SanctionsTrackerError("what"),
    errors.ModelError("what", value=3),
    errors.InvalidNameError("-- \n --"),
    errors.InvalidNameError("-" * 500),
    errors.InvalidDateError("31\n.2.", "there is no such day"),
    errors.UnknownCountryError("Ruri\ntania"),
    errors.UnknownRecordError("x\n1", kind="target", where="the list"),
    errors.QueryError("what", value="x"),
    errors.DecisionError("what"),
    errors.ReadError("what", file="a.xml", locator="line 3"),
    errors.InputNotFoundError("no such file", file="a.xml"),
    errors.EmptyInputError("empty"),
    errors.UnknownFormatError("unknown"),
    errors.DamagedInputError("damaged", locator="line 3"),
    errors.UnsafeInputError("unsafe"),
    errors.RejectedRecordsError(["the record"], file="a.xml"),
    errors.CodecError("what", paths=["$.names"]),
    errors.NothingToSearchError("what"),
    errors.StaleListError("a-list", dated="2024-01-01", today="2025-01-01", max_age_days=30),
    errors.ReconciliationError("what"),
    errors.WriteError("what"),
    errors.MissingExtraError("a workbook", "xlsx"),
]


def _drawn() -> dict[str, str]:
    """Class -> the class under which the docstring draws it."""
    above: dict[int, str] = {}
    parents = {}
    for line in (errors.__doc__ or "").splitlines():
        match = re.match(r"( *)[*+-] (\w+Error)\b", line)
        if match:
            depth = len(match[1])
            above[depth] = match[2]
            parents[match[2]] = above.get(depth - 2, "")
    return parents


def _real() -> dict[str, str]:
    classes = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if kind.__module__ == errors.__name__]
    return {kind.__name__: kind.__bases__[0].__name__ for kind in classes}


def test_the_tree_is_the_one_drawn() -> None:
    drawn = _drawn()
    assert drawn.pop("SanctionsTrackerError") == ""
    real = _real()
    assert real.pop("SanctionsTrackerError") == "Exception"
    assert drawn == real


def test_each_class_has_an_example() -> None:
    assert {type(error).__name__ for error in EXAMPLES} == _real().keys()


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
def test_a_message_is_one_line(error: Exception) -> None:
    assert str(error)
    assert len(str(error).splitlines()) == 1
    assert len(str(error)) < 300


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
def test_an_error_can_be_copied_and_crosses_processes(error: Exception) -> None:
    for other in (copy.copy(error), pickle.loads(pickle.dumps(error))):  # noqa: S301  (bytes of this very line)
        assert type(other) is type(error)
        assert str(other) == str(error)
        assert vars(other) == vars(error)


@pytest.mark.parametrize(
    ("kind", "builtin"),
    [
        (errors.ModelError, ValueError),
        (errors.UnknownRecordError, KeyError),
        (errors.InputNotFoundError, FileNotFoundError),
        (errors.CodecError, ValueError),
        (errors.NothingToSearchError, ValueError),
        (errors.ReconciliationError, ValueError),
        (errors.WriteError, ValueError),
        (errors.MissingExtraError, ImportError),
    ],
)
def test_existing_code_may_catch_the_built_in(kind: type, builtin: type) -> None:
    assert issubclass(kind, builtin)
    assert issubclass(kind, errors.SanctionsTrackerError)


def test_what_an_error_carries() -> None:
    assert errors.InvalidNameError("--").value == "--"
    assert errors.InvalidDateError("x", "why").why == "why"
    assert errors.UnknownRecordError("x", kind="target", where="l").kind == "target"
    read = errors.ReadError("what", file="a.xml", locator="line 3")
    assert (read.file, read.locator, str(read)) == ("a.xml", "line 3", "a.xml, line 3: what")
    assert errors.RejectedRecordsError(["r"], file="f").rejected == ("r",)
    assert errors.CodecError("what", paths=["$"]).paths == ("$",)
    assert errors.MissingExtraError("it", "xlsx").extra == "xlsx"
    assert "pip install 'sanctions-tracker[xlsx]'" in str(errors.MissingExtraError("it", "xlsx"))
