"""The schema of `presets.yaml`, and what its formats become."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field as Key

from provenance.datafile import Document, Strict, parse_model, read_document
from provenance.errors import DatafileError
from provenance.inventory.presets import Preset
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


def read_presets(path: Path) -> tuple[Preset, ...]:
    """Read a file of formats.

    Raises:
        DatafileError: It does not fit its schema; every fault with its line.
    """
    document = read_document(path, name=path.name)
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
