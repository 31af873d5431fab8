"""Export formats that are known by their headers: which one a table is, and what its headers mean there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field as Key

from provenance.datafile import Document, Strict, parse_model, read_document
from provenance.errors import DatafileError
from provenance.inventory.table import Field
from provenance.inventory.vocabulary import squash


class _Preset(Strict):
    id: str
    title: str
    seen: str
    """Where its headers were seen."""
    has: list[str] = Key(min_length=3)
    columns: dict[str, Field | Literal["ignore"]]


class _File(Strict):
    schema_: Literal["provenance-presets/1"]
    presets: list[_Preset]


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


@lru_cache(maxsize=1)
def load_presets() -> tuple[Preset, ...]:
    """Read the formats that come with the program."""
    document = read_document(Path(__file__).with_name("presets.yaml"), name="presets.yaml")
    data = dict(document.data)
    data["schema_"] = data.pop("schema", None)
    file = parse_model(Document(document.name, data, document.lines, document.digest), _File, DatafileError)
    return tuple(
        Preset(
            one.id,
            one.title,
            one.seen,
            frozenset(map(squash, one.has)),
            {squash(name): None if said == "ignore" else Field(said) for name, said in one.columns.items()},
        )
        for one in file.presets
    )


def find_preset(headers: Sequence[str]) -> Preset | None:
    """Return the export format whose headers a table has; of several the one that asks for most.

    Args:
        headers: As written.
    """
    squashed = {squash(header) for header in headers if header.strip()}
    fitting = [preset for preset in load_presets() if preset.has <= squashed]
    return max(fitting, key=lambda preset: (len(preset.has), preset.id), default=None)
