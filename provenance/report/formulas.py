"""Cells that a spreadsheet would run: in sheets for people they get a leading apostrophe, nowhere else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

_STARTS = r"^(?:[\t\r\n]|[\s\x{feff}]*[=+\-@\x{ff1d}\x{ff0b}\x{ff0d}\x{ff20}])"
# A spreadsheet skips blanks before the sign, and East Asian editions read the full-width signs too.
_PLAIN = r"^-(?:[0-9]+(?:[.,][0-9]+)*%?|-*)$"
# A negative number, and the dashes that mean "nothing here", run nothing and stay as they are.

_STARTS_RE = re.compile(_STARTS.replace(r"\x{", r"\u").replace("}", ""))
_PLAIN_RE = re.compile(_PLAIN)


def neutral(text: str) -> str:
    """Return the text of one cell so that no spreadsheet runs it: CWE-1236."""
    return f"'{text}" if _STARTS_RE.match(text) and not _PLAIN_RE.match(text) else text


def running_columns(frame: pl.LazyFrame, names: Sequence[str]) -> frozenset[str]:
    """Return the String columns in which some cell begins as a formula does.

    Looking costs a fraction of rewriting, and hardly any inventory has such a cell.
    """
    import polars as pl

    if not names:
        return frozenset()
    found = frame.select(pl.col(name).cast(pl.String).str.contains(_STARTS).any() for name in names).collect(
        engine="streaming"
    )
    return frozenset(name for name in names if found.item(0, name))


def neutral_column(name: str) -> pl.Expr:
    """Return the expression that does what `neutral` does to a whole String column."""
    import polars as pl

    column = pl.col(name).cast(pl.String)
    runs = column.str.contains(_STARTS) & ~column.str.contains(_PLAIN)
    return pl.when(runs).then(pl.concat_str(pl.lit("'"), column)).otherwise(column).alias(name)
