"""The schemas of the catalogue's source files as JSON Schema, for editors and for whoever writes a catalogue."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from provenance.catalog.change_schema import MakerChange
from provenance.catalog.registry_schema import CollisionsFile, FirmwareFile
from provenance.catalog.schema import MakerFile
from provenance.datafile import Strict

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


class SourceFile(StrEnum):
    """Which file of a catalogue a schema is of."""

    MAKER = "maker"
    """A whole maker: `makers/<id>.yaml`."""
    CHANGE = "change"
    """A change to an embedded maker: `makers/<id>.yaml` of a catalogue of the user's own."""
    COLLISIONS = "collisions"
    FIRMWARE = "firmware"


_MODELS: dict[SourceFile, type[Strict]] = {
    SourceFile.MAKER: MakerFile,
    SourceFile.CHANGE: MakerChange,
    SourceFile.COLLISIONS: CollisionsFile,
    SourceFile.FIRMWARE: FirmwareFile,
}


def catalogue_json_schema(file: SourceFile) -> dict[str, Any]:
    """Return the JSON Schema of one kind of source file; its `$id` is the version that such a file begins with."""
    body = _MODELS[file].model_json_schema(by_alias=True)
    return {"$schema": _DIALECT, "$id": body["properties"]["schema"]["const"], **body}
