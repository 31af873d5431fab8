"""The command as it is installed, run as a user runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

FIXTURES = Path(__file__).parent.parent.parent / "fixtures"


@pytest.fixture(scope="session")
def run() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Return what runs the command in a folder, with a text to read and with variables, and returns what came of it."""
    command = Path(sys.executable).with_name("provenance")

    def run_it(
        *arguments: object, folder: Path = FIXTURES, text: str | None = None, **variables: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(command), *map(str, arguments)],
            cwd=folder,
            input=text,
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, "COLUMNS": "100", **variables},
            check=False,
        )

    return run_it
