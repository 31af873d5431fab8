"""The machine columns as plain texts: a column that takes few values may come as codes, which reports do not show."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl


def as_texts(frame: pl.LazyFrame) -> pl.LazyFrame:
    """Return the frame with every coded column (Enum or Categorical) as String."""
    import polars.selectors as cs
    from polars import String

    return frame.with_columns((cs.enum() | cs.categorical()).cast(String))
