"""What every reader of a format yields: a sheet of text cells, before anyone asks what it means."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING

from provenance.records import dataclass

if TYPE_CHECKING:
    import polars as pl

HEAD_ROWS = 1200
"""How many records of a sheet are looked at to find its header and to tell its columns apart."""

HEADER_WITHIN = 50
"""Rows in which a header is looked for; the deepest one seen in a real list stands in row 27."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook, or the one table of a text file, as text."""

    name: str | None
    hidden: bool
    width: int
    """Columns, from A on."""
    head: tuple[tuple[str, ...], ...]
    """The first records as raw text, empty for nothing; as many as `HEAD_ROWS`, each of any length up to `width`."""
    rows: Callable[[int], pl.LazyFrame] = field(repr=False, compare=False)
    """Given the first row wanted (from 1), a lazy frame in file order: `row` (UInt32), `line` (UInt32 or null), and
    a column `c0`, `c1`, ... (String, null for nothing) for each index in `present`."""
    present: tuple[int, ...] = ()
    """The columns that hold anything, where that is known; else all of them."""
    ascii: bool = False
    """Whether every cell is known to be plain ASCII, so that cleaning can be cheap."""
    flat: bool = False
    """Whether no cell is known to hold a line break."""
    solid: bool = False
    """Whether no cell is known to hold white space alone, so that null is the only blank."""
    plain: frozenset[int] = frozenset()
    """Columns of which it is known that no cell is empty text or begins with a blank or one of `=+-@`."""
    unquoted: bool = False
    """Whether no cell is known to hold a comma, a quote, a line break or empty text: csv takes them as they are."""
    codes: Mapping[int, pl.Series] = field(default_factory=dict, repr=False, compare=False)
    """Columns of few distinct texts that are held as categories: all texts of each (String, without null), so that
    what is asked of a column is asked of its texts and not of its rows."""
    coded_rows: Callable[[int], pl.LazyFrame] | None = field(default=None, repr=False, compare=False)
    """As `rows`, the columns of `codes` as Categorical; None where nothing is held that way."""
    keys: tuple[str, ...] | None = None
    """The names of the columns where the format carries them (parquet, json); `head` then starts with data."""
    merged: tuple[tuple[int, int, int, int], ...] = ()
    """Merged cells: first row, first column, last row, last column; rows from 1, columns from 0."""
    oddities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """One file as sheets of text."""

    format: str
    sheets: tuple[Sheet, ...]
    oddities: tuple[str, ...] = ()
    complete: bool = True
    encoding: str | None = None
    """Of a text file, as Python names it; None for formats that have one of their own."""
    delimiter: str | None = None
    """What separates the cells of a text file."""


def frame_sheet(
    name: str | None,
    records: Sequence[Sequence[str]],
    *,
    lines: Sequence[int] | None = None,
    oddities: tuple[str, ...] = (),
) -> Sheet:
    """Return a sheet of records that are already in memory.

    Args:
        name: The sheet's name; None for text files.
        records: Rows of text, each of any length, the first being row 1.
        lines: The physical line of each record, for text files.
        oddities: What was noticed on the way.
    """
    import polars as pl

    width = max((len(record) for record in records), default=0)
    columns = {
        f"c{index}": pl.Series(
            f"c{index}",
            [record[index] or None if index < len(record) else None for record in records],
            dtype=pl.String,
        )
        for index in range(width)
    }
    count = len(records)
    frame = pl.DataFrame(
        {
            "row": pl.Series("row", range(1, count + 1), dtype=pl.UInt32),
            "line": pl.Series("line", lines if lines is not None else [None] * count, dtype=pl.UInt32),
            **columns,
        }
    )
    return Sheet(
        name=name,
        hidden=False,
        width=width,
        head=tuple(tuple(record) for record in records[:HEAD_ROWS]),
        rows=lambda first: frame.lazy().filter(pl.col("row") >= first) if first > 1 else frame.lazy(),
        present=tuple(range(width)),
        ascii=all(cell.isascii() for record in records for cell in record),
        solid=not any(cell and not cell.strip() for record in records for cell in record),
        flat=not any("\n" in cell or "\r" in cell for record in records for cell in record),
        oddities=oddities,
    )
