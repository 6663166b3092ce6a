"""The same question on the same lists gives the same bytes, a year later and in another process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.screening.golden import KEPT


@pytest.mark.parametrize("seed", ["0", "4711"])
def test_the_bytes_that_were_kept(seed: str) -> None:
    answered = subprocess.run(
        [sys.executable, "-m", "tests.screening.golden", "--print"],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        check=True,
    )
    assert answered.stdout == KEPT.read_bytes()
