"""What holds for every test: promises are about verdicts, not about how busy the machine is."""

from __future__ import annotations

import os

from hypothesis import settings

# In CI the same examples every time, so that a landing does not hang on luck; by hand new ones every time.
settings.register_profile("project", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("project")

# What a developer imported into the own data folder plays no part in any test.
os.environ["PROVENANCE_LISTS"] = os.devnull
