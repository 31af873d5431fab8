"""What holds for every test: promises are about verdicts, not about how busy the machine is."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import settings

# In CI the same examples every time, so that a landing does not hang on luck; by hand new ones every time.
settings.register_profile("project", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("project")

# What a developer imported into the own data folder plays no part in any test.
os.environ["PROVENANCE_LISTS"] = os.devnull


@pytest.fixture(scope="session")
def load_script() -> Callable[[Path], ModuleType]:
    """Return what loads a script that stands beside the tests, which is no module of a package."""

    def load(path: Path) -> ModuleType:
        spec = importlib.util.spec_from_file_location(path.stem, path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = module
        spec.loader.exec_module(module)
        return module

    return load
