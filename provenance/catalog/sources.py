"""Reads the catalogue's source files: the makers, what no maker owns alone, the state, and the IEEE registry."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TypeVar

from pydantic import BaseModel

from provenance.catalog.registry_schema import CatalogueFile, CollisionsFile, FirmwareFile
from provenance.catalog.schema import MakerFile
from provenance.datafile import Document, Loc, parse_document, parse_model
from provenance.errors import CatalogError, DatafileError, Fault
from provenance.records import dataclass

MAKERS = "makers"
REGISTRY = "registry"
COLLISIONS = f"{REGISTRY}/collisions.yaml"
FIRMWARE = f"{REGISTRY}/firmware.yaml"
STATE = f"{REGISTRY}/catalogue.yaml"
IEEE = f"{REGISTRY}/ieee.csv.gz"
_BITS = {6: 24, 7: 28, 9: 36}
_HEADER = ["prefix", "organisation", "country"]

FileT = TypeVar("FileT", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Placed:
    """Where each value of an entry stands: in one file, or in the several that were laid over each other."""

    document: Document
    places: Mapping[Loc, tuple[Document, Loc]] = field(default_factory=dict)
    """What comes from another file, by its place in the whole."""

    @property
    def name(self) -> str:
        """The name of the file that messages show."""
        return self.document.name

    def place(self, loc: Loc) -> tuple[Document, Loc]:
        """Return the file that a value comes from, and its place there."""
        for length in range(min(len(loc), 2), 0, -1):
            if loc[:length] in self.places:
                document, start = self.places[loc[:length]]
                return document, (*start, *loc[length:])
        return self.document, loc

    def fault(self, loc: Loc, what: str, do: str = "") -> Fault:
        """Return a fault at the line of `loc` in the file that it comes from."""
        document, place = self.place(loc)
        return document.fault(place, what, do)


@dataclass(frozen=True, slots=True)
class MakerSource:
    """One maker's file, read."""

    placed: Placed
    maker: MakerFile

    @property
    def stem(self) -> str:
        """The name of its file without folder and suffix."""
        return PurePosixPath(self.placed.name).stem

    def fault(self, loc: Loc, what: str, do: str = "") -> Fault:
        """Return a fault at the line of `loc` in this file."""
        return self.placed.fault(loc, what, do)


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
    collisions_placed: Placed
    firmware: FirmwareFile
    firmware_placed: Placed
    state: CatalogueFile
    state_placed: Placed
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


def digest_files(root: Path, paths: Iterable[Path]) -> str:
    """Return the sha256, in hex, over the names below `root` and the bytes of some files."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(f"{path.relative_to(root).as_posix()}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def digest_sources(root: Path) -> str:
    """Return the sha256, in hex, over the names and bytes of the source files below `root`."""
    return digest_files(root, source_files(root))


def read_texts(root: Path) -> dict[str, bytes]:
    """Return the bytes of every YAML file below `root` by its name there.

    Raises:
        CatalogError: Some cannot be read.
    """
    texts: dict[str, bytes] = {}
    faults: list[Fault] = []
    for path in source_files(root):
        if path.suffix != ".yaml":
            continue
        name = path.relative_to(root).as_posix()
        try:
            texts[name] = path.read_bytes()
        except OSError as error:
            faults.append(Fault(name, f"cannot be read ({error.strerror})", "restore the file"))
    if faults:
        raise CatalogError(faults)
    return texts


def read_sources(root: Path) -> CatalogSources:
    """Read and validate every source file below `root`, each by itself.

    Args:
        root: The folder that holds `makers` and `registry`.

    Raises:
        CatalogError: Every fault of every file, with file and line.
    """
    return parse_sources(read_texts(root), lambda: read_blocks(root / IEEE), digest_sources(root))


def parse_sources(
    texts: Mapping[str, bytes], blocks: Callable[[], tuple[Block, ...]], digest: str, *, under: str = ""
) -> CatalogSources:
    """Validate source files, each by itself.

    Args:
        texts: The bytes of each YAML file by its name below the root.
        blocks: Reads the registry.
        digest: The digest of the whole.
        under: What messages write before the names.

    Raises:
        CatalogError: Every fault of every file, with file and line.
    """
    faults: list[Fault] = []
    makers = tuple(
        attempt(partial(_maker, texts[name], under + name), faults)
        for name in sorted(texts)
        if name.startswith(f"{MAKERS}/")
    )
    collisions = attempt(lambda: read_file(texts, COLLISIONS, CollisionsFile, under), faults)
    firmware = attempt(lambda: read_file(texts, FIRMWARE, FirmwareFile, under), faults)
    state = attempt(lambda: read_file(texts, STATE, CatalogueFile, under), faults)
    registry = attempt(blocks, faults)
    if faults or collisions is None or firmware is None or state is None or registry is None:
        raise CatalogError(faults)
    return CatalogSources(
        makers=tuple(source for source in makers if source is not None),
        collisions=collisions[1],
        collisions_placed=collisions[0],
        firmware=firmware[1],
        firmware_placed=firmware[0],
        state=state[1],
        state_placed=state[0],
        blocks=registry,
        digest=digest,
    )


def _maker(raw: bytes, name: str) -> MakerSource:
    document = parse_document(raw, name=name)
    return MakerSource(Placed(document), parse_model(document, MakerFile, CatalogError))


def read_file(
    texts: Mapping[str, bytes], name: str, model: type[FileT], under: str = ""
) -> tuple[Placed, FileT]:
    """Validate one of the files by its schema.

    Raises:
        CatalogError: It is missing or faulty.
    """
    if name not in texts:
        raise CatalogError(Fault(under + name, "is missing", "restore the file"))
    document = parse_document(texts[name], name=under + name)
    return Placed(document), parse_model(document, model, CatalogError)


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


def attempt(reader: Callable[[], ResultT], faults: list[Fault]) -> ResultT | None:
    """Return what `reader` reads, or None with its faults added, so that one pass reports them all."""
    try:
        return reader()
    except (CatalogError, DatafileError) as error:
        faults.extend(error.faults)
        return None
