"""What every test may ask for: the data beside the project, and how hypothesis behaves."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# A slow machine is no failure; in CI the same examples every time, so that a failure can be repeated.
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("here"), derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def _given(variable: str, what: str) -> Path:
    value = os.environ.get(variable)
    if not value:
        pytest.skip(f"{variable} does not name {what}")
    path = Path(value)
    if not path.exists():
        pytest.fail(f"{variable} names {what} that does not exist: {value}")
    return path


@pytest.fixture(scope="session")
def lists_folder() -> Path:
    """The folder of official lists."""
    return _given("SANCTIONS_TRACKER_LISTS", "a folder of official lists")


@pytest.fixture(scope="session")
def facts_path() -> Path:
    """The facts that the bundled data set is made from."""
    return _given("SANCTIONS_TRACKER_FACTS", "the file of facts")


@pytest.fixture(scope="session")
def names_folder() -> Path:
    """The name pairs and benchmarks."""
    return _given("SANCTIONS_TRACKER_NAMES", "a folder of names")
