"""Columns that say a thing once for several rows: brand or site written at the head of each block, or ditto marks."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from provenance.inventory.merges import OWN
from provenance.inventory.scanning import DITTO, Fill
from provenance.inventory.table import Column, Field

_ONCE = frozenset(
    {
        Field.MAKER,
        Field.MODEL,
        Field.SITE,
        Field.LOCATION,
        Field.CATEGORY,
        Field.BATCH,
        Field.ORDER,
        Field.SUPPLIER,
    }
)
"""What people write once per block. An origin is no such thing: a blank one is missing, and missing proves nothing."""
_FEW = 0.6
"""Filled cells per row above which a column is merely incomplete."""
_MOST_ROWS = 0.9
"""Rows in which the column that tells the machines apart has to be filled."""


def find_fills(
    columns: Sequence[Column],
    values: Mapping[int, Sequence[str]],
    first_row: int,
    rejected: Collection[int],
) -> dict[int, Fill]:
    """Return the columns that are to be filled down, each with why.

    Args:
        columns: The columns of the table.
        values: The cells of its first rows, by column.
        first_row: The row of the first of them.
        rejected: Rows that are no machine.
    """
    found: dict[int, Fill] = {}
    for column in columns:
        if column.field is None or column.field in OWN or column.index not in values:
            continue
        cells = [
            cell.strip()
            for row, cell in enumerate(values[column.index], start=first_row)
            if row not in rejected
        ]
        if any(cell.lower() in DITTO for cell in cells):
            found[column.index] = Fill.DITTO
        elif column.field in _ONCE and _once_per_block(cells) and _told_apart(columns, values, len(cells)):
            found[column.index] = Fill.BLOCK
    return found


def _once_per_block(cells: Sequence[str]) -> bool:
    """Whether texts stand at the head of blocks: the first row has one, none is followed by itself, most cells are blank."""
    texts = [cell for cell in cells if cell]
    if len(texts) < 2 or not cells[0] or len(texts) > _FEW * len(cells):
        return False
    again = sum(one == other for one, other in pairwise(texts))
    return again == 0


def _told_apart(columns: Sequence[Column], values: Mapping[int, Sequence[str]], rows: int) -> bool:
    """Whether another column names each row, so that a blank cell is a continuation and no missing machine."""
    naming = {Field.SERIAL, Field.MAC, Field.ASSET_TAG, Field.IP, Field.HOSTNAME, Field.MODEL}
    return any(
        sum(bool(cell.strip()) for cell in values.get(column.index, ())) >= _MOST_ROWS * rows
        for column in columns
        if column.field in naming
    )
