"""Reads the catalogue's source files: the makers, the collisions, the state, and the IEEE registry."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from provenance.catalog.schema import CatalogueFile, CollisionsFile, FirmwareFile, MakerFile
from provenance.datafile import Document, Loc, parse_document, parse_model
from provenance.errors import CatalogError, DatafileError, Fault

MAKERS = "makers"
REGISTRY = "registry"
IEEE = "ieee.csv.gz"
_BITS = {6: 24, 7: 28, 9: 36}
_HEADER = ["prefix", "organisation", "country"]

FileT = TypeVar("FileT", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class MakerSource:
    """One maker's file, read."""

    path: Path
    document: Document
    maker: MakerFile

    def fault(self, loc: Loc, what: str, do: str = "") -> Fault:
        """Return a fault at the line of `loc` in this file."""
        return self.document.fault(loc, what, do)


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the IEEE registry."""

    prefix: str
    """6, 7 or 9 upper-case hexadecimal digits: 24, 28 or 36 bits."""
    organisation: str
    country: str | None
    """ISO 3166-1 alpha-2, as the registry has it."""

    @property
    def bits(self) -> int:
        """Length of the prefix."""
        return _BITS[len(self.prefix)]


@dataclass(frozen=True, slots=True)
class CatalogSources:
    """All source files, each valid in itself."""

    makers: tuple[MakerSource, ...]
    """Sorted by file name."""
    collisions: CollisionsFile
    collisions_document: Document
    firmware: FirmwareFile
    firmware_document: Document
    state: CatalogueFile
    state_document: Document
    blocks: tuple[Block, ...]
    """Sorted by prefix."""
    digest: str
    """sha256 over the names and bytes of all files, in hex."""


def sources_root() -> Path:
    """Return the folder of the catalogue's sources in this checkout.

    Raises:
        CatalogError: This is an installed package, which carries the compiled database only.
    """
    root = Path(__file__).parent
    if not (root / MAKERS).is_dir():
        what = "an installed package carries the compiled catalogue without its sources"
        raise CatalogError(Fault(root.as_posix(), what, "run this in a checkout of the project"))
    return root


def source_files(root: Path) -> tuple[Path, ...]:
    """Return the source files below `root`, sorted by their path."""
    makers = (root / MAKERS).glob("*.yaml")
    registry = (path for path in (root / REGISTRY).glob("*") if path.suffix in {".yaml", ".gz"})
    return tuple(sorted([*makers, *registry]))


def digest_sources(root: Path) -> str:
    """Return the sha256, in hex, over the names and bytes of the source files below `root`."""
    digest = hashlib.sha256()
    for path in source_files(root):
        digest.update(f"{path.parent.name}/{path.name}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def read_sources(root: Path) -> CatalogSources:
    """Read and validate every source file below `root`, each by itself.

    Args:
        root: The folder that holds `makers` and `registry`.

    Raises:
        CatalogError: Every fault of every file, with file and line.
    """
    faults: list[Fault] = []
    makers = tuple(_collect(_read_makers(root), faults))
    collisions = _attempt(lambda: _read(root / REGISTRY / "collisions.yaml", root, CollisionsFile), faults)
    firmware = _attempt(lambda: _read(root / REGISTRY / "firmware.yaml", root, FirmwareFile), faults)
    state = _attempt(lambda: _read(root / REGISTRY / "catalogue.yaml", root, CatalogueFile), faults)
    blocks = _attempt(lambda: read_blocks(root / REGISTRY / IEEE), faults)
    if faults or collisions is None or firmware is None or state is None or blocks is None:
        raise CatalogError(faults)
    return CatalogSources(
        makers=makers,
        collisions=collisions[1],
        collisions_document=collisions[0],
        firmware=firmware[1],
        firmware_document=firmware[0],
        state=state[1],
        state_document=state[0],
        blocks=blocks,
        digest=digest_sources(root),
    )


def _read_makers(root: Path) -> Iterator[Callable[[], MakerSource]]:
    def reader(path: Path) -> Callable[[], MakerSource]:
        def read() -> MakerSource:
            document, maker = _read(path, root, MakerFile)
            return MakerSource(path, document, maker)

        return read

    for path in sorted((root / MAKERS).glob("*.yaml")):
        yield reader(path)


def _read(path: Path, root: Path, model: type[FileT]) -> tuple[Document, FileT]:
    name = path.relative_to(root).as_posix()
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise CatalogError(Fault(name, f"cannot be read ({error.strerror})", "restore the file")) from error
    document = parse_document(raw, name=name)
    return document, parse_model(document, model, CatalogError)


def read_blocks(path: Path) -> tuple[Block, ...]:
    """Read the registry: `prefix,organisation,country`, sorted by prefix, gzip-compressed.

    Raises:
        CatalogError: It cannot be read, or rows are malformed, unsorted or double.
    """
    name = f"{path.parent.name}/{path.name}"
    try:
        rows = list(csv.reader(io.StringIO(gzip.decompress(path.read_bytes()).decode("utf-8"), newline="")))
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise CatalogError(Fault(name, f"cannot be read ({error})", "restore the file")) from error
    if rows[:1] != [_HEADER]:
        raise CatalogError(Fault(f"{name}:1", f"expected the header {','.join(_HEADER)}"))
    faults: list[Fault] = []
    blocks: list[Block] = []
    for line, row in enumerate(rows[1:], start=2):
        if len(row) != len(_HEADER) or len(row[0]) not in _BITS or not set(row[0]) <= set("0123456789ABCDEF"):
            faults.append(Fault(f"{name}:{line}", "expected a prefix of 6, 7 or 9 digits, a name, a country"))
            continue
        if blocks and row[0] <= blocks[-1].prefix:
            faults.append(Fault(f"{name}:{line}", f"{row[0]} does not come after {blocks[-1].prefix}"))
        blocks.append(Block(row[0], row[1], row[2] or None))
    if faults:
        raise CatalogError(faults)
    return tuple(blocks)


ResultT = TypeVar("ResultT")


def _collect(readers: Iterable[Callable[[], ResultT]], faults: list[Fault]) -> Iterator[ResultT]:
    for reader in readers:
        result = _attempt(reader, faults)
        if result is not None:
            yield result


def _attempt(reader: Callable[[], ResultT], faults: list[Fault]) -> ResultT | None:
    """Return what `reader` reads, or None with its faults added, so that one pass reports them all."""
    try:
        return reader()
    except (CatalogError, DatafileError) as error:
        faults.extend(error.faults)
        return None
