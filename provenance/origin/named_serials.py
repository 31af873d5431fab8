"""The serials that a line of a register names: listed in a cell, as a range, or in a packing list beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from provenance.inventory.cleaning import Manner, serial_of
from provenance.inventory.reader import read_inventory
from provenance.inventory.table import Table, column_index

_TAIL = re.compile(r"^(.*?)([0-9]+)$")
_MOST_IN_A_RANGE = 1_000_000
_WHOLE = re.compile(r"^(?=.*[0-9]).{6,}$")
"""What can be a serial by itself; a shorter part between blanks is taken for a part of one."""


class SerialsNotReadError(ValueError):
    """A cell of a register names serials in a way that cannot be used."""

    def __init__(self, column: str, what: str, do: str) -> None:
        """Say which column it is, what is wrong and what to do."""
        super().__init__(what)
        self.column = column
        self.what = what
        self.do = do


def listed_serials(cell: str) -> list[str]:
    """Return the serials listed in a cell, in their order, repeats included.

    Semicolons, commas and line breaks part serials. Blanks alone do so only between texts that can each be a serial:
    `HTM 0001` is one serial with a blank, and a document must not be applied to a machine `0001`.
    """
    parts = [part.strip() for part in re.split(r"[;,\n\r\t]+", cell)]
    if len(parts) == 1:
        words = parts[0].split()
        if all(_WHOLE.match(word) for word in words):
            parts = words
    return normal_serials([part for part in parts if part])


def range_serials(first: str, last: str) -> list[str]:
    """Expand a range with one prefix and a decimal tail; anything else must be listed.

    Raises:
        SerialsNotReadError: The ends do not make a range.
    """
    low, high = (_TAIL.match(end) for end in (_only(first), _only(last)))
    if low is None or high is None:
        raise SerialsNotReadError(
            "serial_from", "a range needs two serials that end in digits", "list the serials instead"
        )
    width, count = len(low[2]), int(high[2]) - int(low[2]) + 1
    if low[1] != high[1] or width != len(high[2]) or count < 1:
        raise SerialsNotReadError(
            "serial_to", "the ends of the range differ in shape or order", "list the serials instead"
        )
    if count > _MOST_IN_A_RANGE:
        raise SerialsNotReadError("serial_to", f"the range has {count} serials", "split it")
    return [f"{low[1]}{number:0{width}d}" for number in range(int(low[2]), int(high[2]) + 1)]


def _only(text: str) -> str:
    return next(iter(normal_serials([text])), "")


def packing_list_serials(folder: Path, reference: str) -> list[str]:
    """Read the serials of a packing list: `file.xlsx!Sheet!C`, or `file.csv!C`, beside the register.

    Raises:
        SerialsNotReadError: The reference leads to no column with serials.
        InventoryError: The packing list cannot be read.
    """
    parts = reference.split("!")
    if len(parts) not in {2, 3} or not re.fullmatch(r"[A-Za-z]{1,3}", parts[-1]):
        raise _not_there("is not of the form file.xlsx!Sheet!C", "name file, sheet and column")
    name, letters = parts[0], parts[-1].upper()
    path = folder / name
    if Path(name).is_absolute() or ".." in Path(name).parts or not path.is_file():
        raise _not_there(f"{name!r} is not beside the register", "put it there or correct the name")
    table = _table(name, read_inventory(path).tables, parts[1] if len(parts) == 3 else None)
    column = f"c{column_index(letters)}"
    rows = table.scan().filter(pl.col("rejection").is_null())
    if column not in rows.collect_schema():
        raise _not_there(f"{name!r} has no column {letters} there", "correct the column")
    found = normal_serials(rows.select(pl.col(column).cast(pl.String)).collect().to_series().drop_nulls())
    if not found:
        raise _not_there(f"{name!r} has no serial in column {letters}", "correct the column")
    return found


def _table(name: str, tables: Sequence[Table], sheet: str | None) -> Table:
    chosen = [table for table in tables if sheet in {None, table.sheet}]
    if not chosen:
        raise _not_there(f"{name!r} has no table on a sheet {sheet!r}", "correct the sheet's name")
    if len(chosen) > 1:
        shown = ", ".join(table.sheet or f"rows {table.first_row} to {table.last_row}" for table in chosen)
        raise _not_there(
            f"{name!r} has several tables ({shown})", "name the sheet of one, or list the serials"
        )
    return chosen[0]


def _not_there(what: str, do: str) -> SerialsNotReadError:
    return SerialsNotReadError("covers_file", what, do)


def normal_serials(texts: Sequence[str] | pl.Series) -> list[str]:
    """Return serials as the inventory's own are written, without those that are placeholders."""
    if not len(texts):
        return []
    cleaned = serial_of(pl.col("text"), Manner(ascii=False, flat=False))
    frame = pl.DataFrame({"text": texts}, schema={"text": pl.String})
    return frame.select(cleaned).to_series().drop_nulls().to_list()
