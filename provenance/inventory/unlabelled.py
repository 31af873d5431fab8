"""The sum that closes a list without a word: a last row of figures that add up what stands above them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from provenance.expressions import expression
from provenance.inventory.grid import Sheet
from provenance.inventory.rejection import Shape
from provenance.inventory.table import Field

if TYPE_CHECKING:
    import polars as pl

_FIGURE = expression(r"^[$€£¥]?\s?-?\d[\d,]*(?:\.\d+)?$")
_SUMMED = frozenset({None, Field.QUANTITY, Field.UNIT_PRICE, Field.POWER, Field.HASHRATE})
"""Fields whose figures people add up, and columns that are none."""
_EXACT = 1e-6
"""The relative difference that adding decimals in another order may leave."""


def is_unlabelled_total(
    sheet: Sheet,
    first_row: int,
    last_row: int,
    columns: Sequence[int],
    shape: Shape,
    rejected: Collection[int],
) -> bool:
    """Return whether the last row of a table holds nothing but figures, each the sum of its column.

    Args:
        sheet: The sheet.
        first_row: The first row below the header.
        last_row: The last row that is not blank.
        columns: The columns that hold anything.
        shape: Headers and fields of the table.
        rejected: Rows that are no machine for another reason.
    """
    import polars as pl

    if last_row - first_row < 2 or last_row in rejected:
        return False
    names = [f"c{column}" for column in columns]
    (cells,) = sheet.rows(last_row).filter(pl.col("row") == last_row).select(names).collect().rows()
    filled = {
        column: cell.strip() for column, cell in zip(columns, cells, strict=True) if cell and cell.strip()
    }
    if not filled or any(
        not _FIGURE.match(text) or shape.fields.get(column) not in _SUMMED for column, text in filled.items()
    ):
        return False
    above = sheet.rows(first_row).filter(
        pl.col("row") < last_row, ~pl.col("row").is_in(pl.Series(list(rejected), dtype=pl.UInt32).implode())
    )
    sums = above.select(_figures(column).sum() for column in filled).collect(engine="streaming").row(0)
    totals = [float(re.sub(r"[$€£¥,\s]", "", text)) for text in filled.values()]
    return all(
        total != 0 and abs(total - found) <= _EXACT * abs(total)
        for total, found in zip(totals, sums, strict=True)
    )


def _figures(column: int) -> pl.Expr:
    import polars as pl

    text = pl.col(f"c{column}").str.replace_all(r"[$€£¥,\s]", "")
    return text.cast(pl.Float64, strict=False).alias(f"c{column}")
