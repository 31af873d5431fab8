"""A unit that several inventories list, with everything that they say of its origin: each source in its place."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from provenance.evidence import Grade
from provenance.inventory.table import Field, Table
from provenance.origin.scan import Scan
from provenance.policy.explain import GRADE_PHRASES

NAME = "_listings"
"""The column of these texts."""


def listing_texts(tables: Sequence[Table], scan: Scan) -> pl.Series:
    """Return per row read what all listings of its unit say of the origin, in words; null for units listed once.

    Args:
        tables: The inventory tables that were scanned, in order.
        scan: What was scanned.
    """
    rows = scan.rows
    nothing = pl.Series(NAME, [None], dtype=pl.String).new_from_index(0, rows.height)
    firsts = rows["listed_at"].drop_nulls().unique() if rows.height else rows["listed_at"]
    if firsts.is_empty():
        return nothing
    grouped = rows.select(
        "listed_at", live=pl.col("case").is_not_null(), index=pl.int_range(pl.len(), dtype=pl.UInt32)
    ).with_columns(position=(pl.col("live").cum_sum() - 1).cast(pl.UInt32))
    # The row that counts a unit is known by its position alone, the others by that of the row that counts it.
    own = pl.when(pl.col("live") & pl.col("position").is_in(firsts.implode())).then(pl.col("position"))
    grouped = grouped.select("index", group=pl.coalesce("listed_at", own))
    parts = [
        _texts(table, grouped.slice(start, stop - start))
        for table, start, stop in zip(tables, scan.starts, scan.starts[1:], strict=False)
    ]
    told = pl.concat(parts).sort("index")
    joined = told.group_by("group", maintain_order=True).agg(pl.col("text").sort().str.join("; "))
    placed = told.select("index", "group").join(joined, on="group", maintain_order="left")
    # A word of ours comes first: a file may be named as a formula begins.
    return nothing.clone().scatter(placed["index"], "listed at " + placed["text"])


def _texts(table: Table, grouped: pl.DataFrame) -> pl.DataFrame:
    """Return what one table says of the units that others list too: `index`, `group`, `text`."""
    column = table.column(Field.DECLARED_ORIGIN)
    where = f"{table.file}:{table.sheet}!" if table.sheet is not None else f"{table.file}:"
    row = pl.col("row").cast(pl.String)
    silent = pl.concat_str(pl.lit(f"{where}row "), row, pl.lit(": no origin stated"))
    if column is None:
        text, names = silent, ["row"]
    else:
        grade = GRADE_PHRASES[column.grade or Grade.DECLARED]
        said = pl.concat_str(
            pl.lit(f"{where}{column.letter}"),
            row,
            pl.lit(f": {grade}, "),
            pl.col("declared_origin").cast(pl.String),
        )
        text, names = pl.coalesce(said, silent), ["row", "declared_origin"]
    beside = pl.concat([table.scan().select(names), grouped.lazy()], how="horizontal")
    return beside.filter(pl.col("group").is_not_null()).select("index", "group", text=text).collect()
