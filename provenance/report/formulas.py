"""Cells that a spreadsheet would run: in sheets for people they get a leading apostrophe, nowhere else."""

from __future__ import annotations

import re
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


def neutral_column(name: str) -> pl.Expr:
    """Return the expression that does what `neutral` does to a whole String column."""
    import polars as pl

    column = pl.col(name)
    runs = column.str.contains(_STARTS) & ~column.str.contains(_PLAIN)
    return pl.when(runs).then(pl.concat_str(pl.lit("'"), column)).otherwise(column).alias(name)
