"""Checks the catalogue's source files: each by itself, all of them together, and the form they are written in.

What no single file can know to be wrong is found in three rooms: `check_names` (who claims a name), `check_references`
(what points at what) and `check_patterns` (numberings, and the examples that they must read).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

from provenance.catalog.check_names import name_faults
from provenance.catalog.check_patterns import pattern_faults
from provenance.catalog.check_references import cited, reference_faults
from provenance.catalog.embedded import embedded_sources
from provenance.catalog.lay_over import lay_over
from provenance.catalog.overlay import read_overlay
from provenance.catalog.records import Change
from provenance.catalog.sources import STATE, CatalogSources, attempt, read_sources, sources_root
from provenance.catalog.storage import connect, find_database
from provenance.catalog.terms import SourceKind, source_kind
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
    faults = [*cross_faults(sources), *_embedded_faults(sources)]
    entries = [(source.placed, source.maker) for source in sources.makers]
    others = [
        (sources.collisions_placed, sources.collisions),
        (sources.firmware_placed, sources.firmware),
        (sources.state_placed, sources.state),
    ]
    for placed, entry in (*entries, *others):
        faults.extend(_form_faults(root / placed.name, placed.name, canonical_text(entry)))
    return faults


def check_folders(folders: Sequence[Path]) -> list[Fault]:
    """Return every fault of the catalogues in some folders, or of this checkout's where none is given.

    Args:
        folders: One whole catalogue, told by its `registry/catalogue.yaml`; or catalogues of the user's own, which
            are checked as they lie over the embedded one.
    """
    if not folders:
        return check_sources(sources_root())
    if len(folders) == 1 and (folders[0] / STATE).is_file():
        return check_sources(folders[0])
    with closing(connect(find_database())) as connection:
        base = embedded_sources(connection)
    return check_overlays(base, folders)


def check_overlays(base: CatalogSources, folders: Sequence[Path]) -> list[Fault]:
    """Return every fault of catalogues of the user's own, each laid over what comes before it.

    Args:
        base: The embedded sources.
        folders: The catalogues, in their order.
    """
    try:
        lay_all_over(base, folders)
    except CatalogError as error:
        return list(error.faults)
    return []


def lay_all_over(
    base: CatalogSources, folders: Sequence[Path]
) -> tuple[CatalogSources, tuple[tuple[Change, ...], ...]]:
    """Return the embedded sources with the user's own catalogues laid over them, and what each of these changed.

    Raises:
        CatalogError: Every fault of every catalogue, with file and line; what the embedded sources contribute to a
            clash is told only where no file of the user's own can be named.
    """
    faults: list[Fault] = []
    overlays = [attempt(partial(read_overlay, folder), faults) for folder in folders]
    if faults:
        raise CatalogError(faults)
    sources, changes = base, []
    for overlay in overlays:
        if overlay is not None:
            sources, changed = lay_over(sources, overlay)
            changes.append(changed)
    found = list(cross_faults(sources))
    own = [
        fault
        for fault in found
        if fault.where.startswith(tuple(f"{folder.as_posix()}/" for folder in folders))
    ]
    if found:
        raise CatalogError(own or found)
    return sources, tuple(changes)


def cross_faults(sources: CatalogSources) -> Iterator[Fault]:
    """Yield what is wrong between files that are each valid; a database is compiled only if nothing is."""
    yield from name_faults(sources)
    yield from reference_faults(sources)
    for source in sources.makers:
        yield from pattern_faults(source)
    if sources.state.ieee.blocks != len(sources.blocks):
        what = f"says {sources.state.ieee.blocks} blocks, the registry has {len(sources.blocks)}"
        yield sources.state_placed.fault(("ieee", "blocks"), what, "correct the number")


def _embedded_faults(sources: CatalogSources) -> Iterator[Fault]:
    """Yield what only a catalogue of the user's own may say."""
    for source in sources.makers:
        if source.maker.replaces:
            yield source.fault(("replaces",), "there is nothing below it to replace", "drop the key")
        for kind, index, refs in cited(source):
            if any(source_kind(ref) is SourceKind.DOCUMENT for ref in refs):
                yield source.fault(
                    (kind, index), "rests on a document that no reader has", "name an open source"
                )


def _form_faults(path: Path, name: str, text: str) -> Iterator[Fault]:
    lines, expected = path.read_text(encoding="utf-8").split("\n"), text.split("\n")
    if lines != expected:
        pairs = enumerate(zip(lines, expected, strict=False), start=1)
        line = next((at for at, (left, right) in pairs if left != right), min(len(lines), len(expected)))
        wanted = expected[line - 1] if line <= len(expected) else "the end of the file"
        yield Fault(f"{name}:{line}", f"is not in canonical form, expected {wanted.strip()!r}", "rewrite it")
