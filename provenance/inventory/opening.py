"""How inputs are opened: the limits they must keep to, and where a password comes from."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import field

from provenance.inventory.limits import Limits, limits_of
from provenance.records import dataclass

PASSWORD = "PROVENANCE_PASSWORD"  # noqa: S105 - the name of the variable
"""The variable that holds the password of protected workbooks; no option does, for other users see a command line."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What a run says about opening its inputs."""

    limits: Limits = field(default_factory=limits_of)
    password: str | None = field(default_factory=lambda: os.environ.get(PASSWORD), repr=False)
    """Tried on every protected workbook; the variable's when not given."""
    ask: Callable[[str], str | None] | None = field(default=None, repr=False)
    """Asks a person for the password of the file it is told, where there is one to ask; None for no answer."""
