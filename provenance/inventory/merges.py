"""Merged cells: one cell that stands for several rows says the same of each of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from provenance.inventory.grid import Sheet
from provenance.inventory.table import Column, Field, column_letter

if TYPE_CHECKING:
    import polars as pl

OWN = frozenset({Field.SERIAL, Field.MAC, Field.IP, Field.HOSTNAME, Field.ASSET_TAG, Field.QUANTITY})
"""What each machine has for itself: never taken over from a merged cell."""


def read_merges(sheet: Sheet, first_row: int, columns: Sequence[Column]) -> dict[int, dict[int, str]]:
    """Return what merged cells say of the rows below their first.

    Args:
        sheet: The sheet.
        first_row: The first row below the header.
        columns: The columns of the table.

    Returns:
        By column, the text of each covered row; only for fields that several machines can share.
    """
    import polars as pl

    shared = {column.index for column in columns if column.field is not None and column.field not in OWN}
    spans = [
        (top, bottom, left)
        for top, left, bottom, _ in sheet.merged
        if left in shared and top >= first_row and bottom > top
    ]
    if not spans:
        return {}
    tops = pl.Series(sorted({top for top, _, _ in spans}), dtype=pl.UInt32)
    wanted = sorted({left for _, _, left in spans})
    frame = (
        sheet.rows(first_row)
        .filter(pl.col("row").is_in(tops.implode()))
        .select("row", *[f"c{at}" for at in wanted])
    )
    texts = {row: dict(zip(wanted, cells, strict=True)) for row, *cells in frame.collect().iter_rows()}
    filled: dict[int, dict[int, str]] = {}
    for top, bottom, left in spans:
        text = texts.get(top, {}).get(left)
        if text:
            filled.setdefault(left, {}).update(dict.fromkeys(range(top + 1, bottom + 1), text))
    return filled


def merged_quantities(sheet: Sheet, first_row: int, columns: Sequence[Column]) -> list[str]:
    """Return the merged ranges in the quantity column, as `E5:E7`: whether each row counts once is left to people."""
    quantity = {column.index for column in columns if column.field is Field.QUANTITY}
    return [
        f"{column_letter(left)}{top}:{column_letter(left)}{bottom}"
        for top, left, bottom, _ in sheet.merged
        if left in quantity and top >= first_row and bottom > top
    ]


def with_merges(raw: pl.Expr, texts: Mapping[int, str] | None) -> pl.Expr:
    """Return the raw text of a column, merged cells repeated for the rows they cover."""
    import polars as pl

    if not texts:
        return raw
    covered = pl.col("row").replace_strict(dict(texts), default=None, return_dtype=pl.String)
    return pl.coalesce(raw, covered)
