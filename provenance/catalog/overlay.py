"""Reads a catalogue of the user's own: whole makers, changes to embedded ones, collisions and firmware beside them.

makers/<id>.yaml            a maker (`provenance-maker/1`) or a change to an embedded one (`provenance-maker-change/1`)
registry/collisions.yaml    optional: names that its models share with others
registry/firmware.yaml      optional
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from provenance.catalog.change_schema import CHANGE_SCHEMA, MakerChange
from provenance.catalog.registry_schema import CollisionsFile, FirmwareFile
from provenance.catalog.schema import MAKER_SCHEMA, MakerFile
from provenance.catalog.sources import (
    COLLISIONS,
    FIRMWARE,
    MAKERS,
    MakerSource,
    Placed,
    attempt,
    digest_files,
    read_file,
)
from provenance.datafile import parse_document, parse_model
from provenance.errors import CatalogError, Fault
from provenance.records import dataclass

_MAY_STAND = (COLLISIONS, FIRMWARE)


@dataclass(frozen=True, slots=True)
class ChangeSource:
    """A change to one embedded maker, read."""

    placed: Placed
    change: MakerChange


@dataclass(frozen=True, slots=True)
class Overlay:
    """A catalogue of the user's own, each file valid in itself."""

    name: str
    """What messages write before the names of its files: its folder as it was given."""
    makers: tuple[MakerSource, ...]
    changes: tuple[ChangeSource, ...]
    collisions: tuple[Placed, CollisionsFile] | None
    firmware: tuple[Placed, FirmwareFile] | None


def overlay_files(folder: Path) -> tuple[Path, ...]:
    """Return the files of a catalogue of the user's own, sorted by their path.

    Raises:
        CatalogError: There is no such folder, it holds no maker, or a YAML file stands where none is read.
    """
    if not folder.is_dir():
        raise CatalogError(Fault(folder.as_posix(), "is no folder", "name a folder that holds makers/*.yaml"))
    found = sorted(path for path in folder.rglob("*") if path.suffix in {".yaml", ".yml"} and path.is_file())
    stray = [path for path in found if not _read_here(path.relative_to(folder).as_posix())]
    if stray:
        do = f"keep makers in {MAKERS}/<id>.yaml, the rest in {' or '.join(_MAY_STAND)}"
        raise CatalogError([Fault(path.as_posix(), "stands where no file is read", do) for path in stray])
    if not found:
        do = f"write {MAKERS}/<id>.yaml; `provenance catalog schema` says what stands in one"
        raise CatalogError(Fault(folder.as_posix(), "holds no file of a catalogue", do))
    return tuple(found)


def _read_here(name: str) -> bool:
    parts = name.split("/")
    return name in _MAY_STAND or (len(parts) == 2 and parts[0] == MAKERS and name.endswith(".yaml"))


def digest_overlay(folder: Path) -> str:
    """Return the sha256, in hex, over the names and bytes of the files of a catalogue of the user's own.

    Raises:
        CatalogError: There is no such folder, or it holds none.
    """
    return digest_files(folder, overlay_files(folder))


def read_overlay(folder: Path) -> Overlay:
    """Read and validate every file of a catalogue of the user's own, each by itself.

    Raises:
        CatalogError: Every fault of every file, with file and line.
    """
    texts: dict[str, bytes] = {}
    faults: list[Fault] = []
    for path in overlay_files(folder):
        try:
            texts[path.relative_to(folder).as_posix()] = path.read_bytes()
        except OSError as error:
            faults.append(Fault(path.as_posix(), f"cannot be read ({error.strerror})", "check its rights"))
    under = f"{folder.as_posix()}/"
    read = [
        attempt(partial(_maker_or_change, texts[name], under + name), faults)
        for name in sorted(texts)
        if name.startswith(f"{MAKERS}/")
    ]
    collisions = (
        attempt(lambda: read_file(texts, COLLISIONS, CollisionsFile, under), faults)
        if COLLISIONS in texts
        else None
    )
    firmware = (
        attempt(lambda: read_file(texts, FIRMWARE, FirmwareFile, under), faults)
        if FIRMWARE in texts
        else None
    )
    if faults:
        raise CatalogError(faults)
    return Overlay(
        name=folder.as_posix(),
        makers=tuple(one for one in read if isinstance(one, MakerSource)),
        changes=tuple(one for one in read if isinstance(one, ChangeSource)),
        collisions=collisions,
        firmware=firmware,
    )


def _maker_or_change(raw: bytes, name: str) -> MakerSource | ChangeSource:
    document = parse_document(raw, name=name)
    said = document.data.get("schema") if isinstance(document.data, dict) else None
    if said == CHANGE_SCHEMA:
        return ChangeSource(Placed(document), parse_model(document, MakerChange, CatalogError))
    if said != MAKER_SCHEMA:
        what = f"its schema is {said!r}, expected {MAKER_SCHEMA} or {CHANGE_SCHEMA}"
        raise CatalogError(document.fault(("schema",), what, "write one of the two"))
    return MakerSource(Placed(document), parse_model(document, MakerFile, CatalogError))
