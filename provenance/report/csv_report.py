"""The annotated sheet as csv, streamed: the inventory's rows with the verdict columns beside them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from provenance.policy.audit import Audit
from provenance.report.annotated import QUOTED, Annotated, annotated, needs_quotes

if TYPE_CHECKING:
    import polars as pl


def write_csv(audit: Audit, path: Path) -> None:
    """Write the annotated sheet as UTF-8 csv, rows in file order; memory does not grow with the rows.

    Cells that a spreadsheet would run carry a leading apostrophe; the json and parquet reports hold the exact text.
    """
    write_sheet(annotated(audit), path)


def write_sheet(sheet: Annotated, path: Path) -> None:
    """Write a sheet as csv, quotes only where a cell needs them."""
    if sheet.unquoted:
        # Looking at every cell for signs that need quotes takes a third of the writing.
        _quoted(sheet).sink_csv(path, maintain_order=True, line_terminator="\n", quote_style="never")
    else:
        sheet.frame.sink_csv(path, maintain_order=True, line_terminator="\n")


def _quoted(sheet: Annotated) -> pl.LazyFrame:
    """Return the sheet with quotes in the columns of ours that need some; the inventory's own need none."""
    import polars as pl

    own = list(sheet.frame.collect_schema().items())[sheet.own_columns :]
    return sheet.frame.with_columns(
        _quoted_column(name, quoting=sheet.quoting) for name, dtype in own if _may_need(dtype, pl.Enum)
    )


def _may_need(dtype: pl.DataType, enum: type[pl.Enum]) -> bool:
    """Return whether texts of a type may need quotes; an enumeration names all of its texts."""
    if isinstance(dtype, enum):
        return any(needs_quotes(text) for text in dtype.categories)
    return not dtype.is_numeric()


def _quoted_column(name: str, *, quoting: bool) -> pl.Expr:
    import polars as pl

    text = pl.col(name).cast(pl.String)
    doubled = text.str.replace_all('"', '""', literal=True) if quoting else text
    needed = text.str.contains(f"[{QUOTED}]") | (text == "")
    return pl.when(needed).then(pl.concat_str(pl.lit('"'), doubled, pl.lit('"'))).otherwise(text).alias(name)
