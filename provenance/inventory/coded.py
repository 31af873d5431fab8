"""Columns of few distinct texts: what a column becomes is decided for its texts, not again for each of its rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

_FEW = 12
"""Values up to which comparing a column with the texts of each is quicker than turning it into text again."""


def from_texts(raw: pl.Expr, texts: pl.Series, meaning: Callable[[pl.Expr], pl.Expr]) -> pl.Expr:
    """Return what a function makes of the texts of a column, as an expression over its categories.

    Args:
        raw: The column (Categorical).
        texts: All its texts (String, distinct, without null).
        meaning: Makes of an expression of text one of values, row by row; also of null.

    Returns:
        The values: Categorical where they are texts.
    """
    import polars as pl

    read = (
        texts.alias("text").extend_constant(None, 1).to_frame().select("text", value=meaning(pl.col("text")))
    )
    if read["value"].dtype == pl.String:
        return _changed(raw, read.drop_nulls("text"))
    values = read.group_by("value", maintain_order=True).agg("text").drop_nulls("value")
    if values.height > _FEW:
        return meaning(raw.cast(pl.String))
    dtype = read["value"].dtype
    found: pl.Expr = pl.when(raw.is_null()).then(pl.lit(read["value"][-1], dtype=dtype))
    for value, among in values.iter_rows():
        known = [text for text in among if text is not None]
        if known:
            found = pl.when(raw.is_in(known)).then(pl.lit(value, dtype=dtype)).otherwise(found)
    return found


def _changed(raw: pl.Expr, read: pl.DataFrame) -> pl.Expr:
    """Return a column of categories with the texts replaced that do not stay as they are."""
    import polars as pl

    changed = read.filter(pl.col("value").ne_missing(pl.col("text")))
    if changed.is_empty():
        return raw
    if changed["value"].null_count() == changed.height:
        return pl.when(~raw.is_in(changed["text"].to_list())).then(raw)
    return raw.replace(changed["text"], changed["value"])
