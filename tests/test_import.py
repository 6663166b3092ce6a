"""Importing the package is cheap, and every public name is there once asked for."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import metadata

import pytest

import sanctions_tracker

HEAVY = [
    "altair",
    "attrs",
    "cattrs",
    "hijridate",
    "jdatetime",
    "lxml",
    "numpy",
    "pandas",
    "polars",
    "pyarrow",
    "pycountry",
    "python_calamine",
    "rapidfuzz",
    "rich",
    "scipy",
    "stdnum",
    "typer",
]
#: What a verb may bring along; everything else that is heavy stays out until it is used.
WITH_VERB = {
    "PartialDate": {"attrs"},
    "Target": {"attrs"},
    "SanctionsList": {"attrs"},
}


def _loaded_by(code: str) -> set[str]:
    script = f"import sys, json\n{code}\nprint(json.dumps(sorted({{name.partition('.')[0] for name in sys.modules}})))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout)) & set(HEAVY)


def test_importing_the_package_loads_nothing_heavy() -> None:
    assert _loaded_by("import sanctions_tracker") == set()


def test_this_very_test_would_notice() -> None:
    assert _loaded_by("import numpy") == {"numpy"}


@pytest.mark.parametrize("name", WITH_VERB)
def test_the_model_loads_attrs_only(name: str) -> None:
    assert _loaded_by(f"import sanctions_tracker\nsanctions_tracker.{name}") == WITH_VERB[name]


@pytest.mark.parametrize("name", sanctions_tracker.__all__)
def test_every_public_name_is_there(name: str) -> None:
    value = getattr(sanctions_tracker, name)
    assert value.__name__ == name
    assert value.__doc__


def test_public_names_are_sorted_and_shown() -> None:
    assert sanctions_tracker.__all__ == sorted(sanctions_tracker.__all__)
    assert set(sanctions_tracker.__all__) <= set(dir(sanctions_tracker))


def test_a_name_that_is_not_there() -> None:
    with pytest.raises(AttributeError, match="module 'sanctions_tracker' has no attribute 'raed'"):
        _ = sanctions_tracker.raed


def test_the_version_is_the_package_s() -> None:
    try:
        installed = metadata.version("sanctions-tracker")
    except metadata.PackageNotFoundError:
        pytest.skip("the package is not installed in this environment")
    assert installed == sanctions_tracker.__version__
