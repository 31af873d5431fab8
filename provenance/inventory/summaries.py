"""Small tables that only sum up another one of the same file: counting them again would double the fleet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from provenance.inventory.table import Field, Role, Table
from provenance.inventory.vocabulary import squash

_UNITS = frozenset({Field.SERIAL, Field.MAC, Field.IP, Field.ASSET_TAG, Field.HOSTNAME})
"""Fields that speak of single machines: a summary has none."""
_BY = (Field.MODEL, Field.MAKER)
"""What people sum up by."""
NO_KEYS = "no column was taken for serial numbers or MAC addresses"
_LONGEST = 200
"""Lines of a summary."""


def without_summaries(tables: Sequence[Table]) -> tuple[Table, ...]:
    """Return tables with those set aside whose every line is the sum of another table's.

    Args:
        tables: The tables of one file, as they were read.
    """
    lists = [table for table in tables if table.role is Role.INVENTORY]
    # What a columns file leaves out may have been set aside here before; what it calls an inventory stays one.
    asked = [
        table
        for table in tables
        if table.said is not Role.INVENTORY and table.role in {Role.INVENTORY, table.said}
    ]
    return tuple(
        _set_aside(table, summed)
        if table in asked and (summed := _summed(table, lists)) is not None
        else table
        for table in tables
    )


def _set_aside(table: Table, summed: Table) -> Table:
    place = f"sheet {summed.sheet!r}, " if summed.sheet not in {None, table.sheet} else ""
    idle = f"it sums up the table in {place}rows {summed.first_row} to {summed.last_row}"
    others = (oddity for oddity in table.oddities if oddity not in {f"not audited: {table.idle}", NO_KEYS})
    return replace(table, role=Role.IGNORED, idle=idle, oddities=(*others, f"not audited: {idle}"))


def _summed(table: Table, lists: Sequence[Table]) -> Table | None:
    """Return the table that another one sums up, line by line; None where it does not."""
    by = next((field for field in _BY if table.column(field) is not None), None)
    if by is None or table.column(Field.QUANTITY) is None or table.rows > _LONGEST:
        return None
    if any(table.column(field) is not None for field in _UNITS):
        return None
    lines = _sums(table, by)
    if len(lines) < 2:
        return None
    for other in lists:
        if other is table or other.rows <= table.rows or other.column(by) is None:
            continue
        if not any(other.column(field) is not None for field in _UNITS):
            continue
        sums = _sums(other, by)
        if lines == sums:
            return other
    return None


def _sums(table: Table, by: Field) -> dict[str, int]:
    """Return how many machines a table has of each model, or of each maker."""
    import polars as pl

    count = pl.col("quantity").sum() if table.column(Field.QUANTITY) is not None else pl.len().cast(pl.Int64)
    counted = (
        table.scan()
        .filter(pl.col("rejection").is_null(), pl.col(by.value).is_not_null())
        .group_by(pl.col(by.value).cast(pl.String))
        .agg(count.alias("n"))
        .collect(engine="streaming")
    )
    sums: dict[str, int] = {}
    for name, number in counted.iter_rows():
        sums[squash(name)] = sums.get(squash(name), 0) + number
    return sums
