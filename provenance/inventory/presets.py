"""Export formats that are known by their headers: which one a table is, and what its headers mean there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from provenance.inventory.table import Field
from provenance.inventory.vocabulary import squash
from provenance.kept import Kept, code_digest
from provenance.records import dataclass

FILE = Path(__file__).with_name("presets.yaml")
CODE = (
    "datafile.py",
    "inventory/presets.py",
    "inventory/presets_file.py",
    "inventory/table.py",
    "inventory/vocabulary.py",
)
"""The modules that decide what the file becomes."""


@dataclass(frozen=True, slots=True)
class Preset:
    """One export format."""

    id: str
    title: str
    seen: str
    has: frozenset[str]
    """Squashed headers that a table of it has, all of them."""
    columns: dict[str, Field | None]
    """Squashed header to what it means; None where it misleads."""


def _compile() -> tuple[Preset, ...]:
    from provenance.inventory.presets_file import read_presets

    return read_presets(FILE)


KEPT = Kept("presets", lambda: (code_digest(*CODE), FILE.read_bytes()), (Preset, Field), _compile)


@lru_cache(maxsize=1)
def load_presets() -> tuple[Preset, ...]:
    """Return the formats that come with the program."""
    presets: tuple[Preset, ...] = KEPT.get()
    return presets


def find_preset(headers: Sequence[str]) -> Preset | None:
    """Return the export format whose headers a table has; of several the one that asks for most.

    Args:
        headers: As written.
    """
    squashed = {squash(header) for header in headers if header.strip()}
    fitting = [preset for preset in load_presets() if preset.has <= squashed]
    return max(fitting, key=lambda preset: (len(preset.has), preset.id), default=None)
