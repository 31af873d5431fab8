"""Checks the catalogue's source files: each by itself, all of them together, and the form they are written in.

What no single file can know to be wrong is found in three rooms: `check_names` (who claims a name), `check_references`
(what points at what) and `check_patterns` (numberings, and the examples that they must read).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from provenance.catalog.check_names import name_faults
from provenance.catalog.check_patterns import pattern_faults
from provenance.catalog.check_references import reference_faults
from provenance.catalog.sources import CatalogSources, read_sources
from provenance.catalog.write import canonical_text
from provenance.errors import CatalogError, Fault


def check_sources(root: Path) -> list[Fault]:
    """Return every fault of the source files below `root`: schema, facts across files, canonical form.

    Args:
        root: The folder that holds `makers` and `registry`.
    """
    try:
        sources = read_sources(root)
    except CatalogError as error:
        return list(error.faults)
    faults = list(cross_faults(sources))
    for source in sources.makers:
        faults.extend(_form_faults(source.path, source.document.name, canonical_text(source.maker)))
    registry = root / "registry"
    name = sources.collisions_document.name
    faults.extend(_form_faults(registry / "collisions.yaml", name, canonical_text(sources.collisions)))
    name = sources.firmware_document.name
    faults.extend(_form_faults(registry / "firmware.yaml", name, canonical_text(sources.firmware)))
    name = sources.state_document.name
    faults.extend(_form_faults(registry / "catalogue.yaml", name, canonical_text(sources.state)))
    return faults


def cross_faults(sources: CatalogSources) -> Iterator[Fault]:
    """Yield what is wrong between files that are each valid; a database is compiled only if nothing is."""
    yield from name_faults(sources)
    yield from reference_faults(sources)
    for source in sources.makers:
        yield from pattern_faults(source)
    if sources.state.ieee.blocks != len(sources.blocks):
        what = f"says {sources.state.ieee.blocks} blocks, the registry has {len(sources.blocks)}"
        yield sources.state_document.fault(("ieee", "blocks"), what, "correct the number")


def _form_faults(path: Path, name: str, text: str) -> Iterator[Fault]:
    lines, expected = path.read_text(encoding="utf-8").split("\n"), text.split("\n")
    if lines != expected:
        pairs = enumerate(zip(lines, expected, strict=False), start=1)
        line = next((at for at, (left, right) in pairs if left != right), min(len(lines), len(expected)))
        wanted = expected[line - 1] if line <= len(expected) else "the end of the file"
        yield Fault(f"{name}:{line}", f"is not in canonical form, expected {wanted.strip()!r}", "rewrite it")
