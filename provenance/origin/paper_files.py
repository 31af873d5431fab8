"""Which files are papers and no inventories: the registers themselves, and the packing lists that they cover by."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


def paper_files(registers: Sequence[Path]) -> frozenset[Path]:
    """Return the files that a data room holds as evidence, resolved, so that nobody audits them as equipment.

    Args:
        registers: Evidence registers.

    Raises:
        ProvenanceError: A register cannot be read.
    """
    found: set[Path] = set()
    if not registers:
        return frozenset()
    from provenance.origin.register_rows import covered_files

    for register in registers:
        found.add(register.resolve())
        found |= {(register.parent / name).resolve() for name in covered_files(register)}
    return frozenset(found)
