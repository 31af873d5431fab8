"""Which files are papers and no inventories: the registers themselves, and the packing lists that they cover by."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from provenance.inventory.reader import read_records

_COVERS = "covers_file"


def paper_files(registers: Iterable[Path]) -> frozenset[Path]:
    """Return the files that a data room holds as evidence, resolved, so that nobody audits them as equipment.

    Args:
        registers: Evidence registers.

    Raises:
        InventoryError: A register cannot be read.
    """
    found: set[Path] = set()
    for register in registers:
        found.add(register.resolve())
        for record in read_records(register):
            if covered := record.cells.get(_COVERS, ""):
                # `packing_list.xlsx!Sheet1!C`: the file stands before the sheet and the column.
                found.add((register.parent / covered.split("!", 1)[0].strip()).resolve())
    return frozenset(found)
