"""Columns of values turned into columns of small codes, so that thinking happens once per distinct combination."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

import polars as pl

from provenance.records import dataclass

_LARGEST = 2**62
"""Codes are combined in 64-bit integers; past this the combination is first brought down to what occurs."""

_TABLE_SIZE = 1 << 22
"""Codes below this are looked up in a table of so many entries at most."""

_FEW = 2_000
"""Rows that are coded one by one before a question to the columnar engine is answered, which takes its time to ask."""


@dataclass(frozen=True, slots=True)
class Coded:
    """A column as codes into its distinct values."""

    codes: pl.Series
    """UInt32, one per row."""
    values: list[Any]
    """The distinct values; code n stands for value n. None is a value like any other."""

    def at(self, positions: pl.Series) -> Coded:
        """Return the column at some rows only; its values are all that there are."""
        return Coded(self.codes.gather(positions), self.values)

    def think(self, thought: Callable[[Any], Hashable]) -> Coded:
        """Return the column of what a function makes of each value, called once per distinct value."""
        thoughts = [thought(value) for value in self.values]
        # Hashing a thought can cost more than having it, and many values share one.
        apart = {id(one): one for one in thoughts}
        codes: dict[Hashable, int] = {}
        known = {key: codes.setdefault(one, len(codes)) for key, one in apart.items()}
        table = [known[id(one)] for one in thoughts]
        return Coded(pl.Series(table, dtype=pl.UInt32).gather(self.codes), list(codes))


def encode(column: pl.Series) -> Coded:
    """Return a column as codes into its distinct values, the null included.

    Args:
        column: Strings, categories, dates, integers or booleans.
    """
    if 0 < column.null_count() == len(column):
        return Coded(_nothing_but_zeros(len(column)), [None])
    if len(column) <= _FEW:
        known: dict[Any, int] = {}
        codes = [known.setdefault(value, len(known)) for value in column.to_list()]
        return Coded(pl.Series(codes, dtype=pl.UInt32), list(known))
    if column.dtype == pl.String:
        column = column.cast(pl.Categorical)
    distinct = column.unique(maintain_order=True)
    if column.dtype == pl.Categorical:
        return Coded(
            _positions(column.to_physical(), distinct.to_physical()), distinct.cast(pl.String).to_list()
        )
    return Coded(_positions(column, distinct), distinct.to_list())


def combine(columns: Mapping[str, Coded]) -> tuple[pl.Series, list[dict[str, Any]]]:
    """Combine coded columns into one code per distinct combination.

    Args:
        columns: By name, at least one; all of one length.

    Returns:
        The code of each row (UInt32), and for each code its combination, the values by column name.
    """
    codes, chosen = _combined(list(columns.values()))
    return codes, [dict(zip(columns, row, strict=True)) for row in zip(*chosen, strict=True)]


def join(first: Coded, second: Coded) -> Coded:
    """Return two columns of texts joined end to end; null where either is."""
    codes, chosen = _combined([first, second])
    joined = [
        None if head is None or tail is None else head + tail for head, tail in zip(*chosen, strict=True)
    ]
    return Coded(codes, joined)


def _combined(columns: Sequence[Coded]) -> tuple[pl.Series, list[list[Any]]]:
    """Return one code per distinct combination for each row, and the values of each combination by column."""
    key: pl.Series | None = None
    size = 1
    for coded in columns:
        width = max(len(coded.values), 1)
        if key is not None and size * width > _LARGEST:
            distinct = key.unique()
            key, size = _positions(key, distinct).cast(pl.UInt64), len(distinct)
        if width == 1:
            continue
        key = coded.codes.cast(pl.UInt64) if key is None else key * width + coded.codes
        size *= width
    if key is None:
        # Every column has one value: one combination, on every row there is.
        key = next(iter(columns)).codes.cast(pl.UInt64)
    distinct = key.unique(maintain_order=True)
    codes = _positions(key, distinct)
    firsts = codes.arg_unique()
    return codes, [[coded.values[code] for code in coded.codes.gather(firsts).to_list()] for coded in columns]


def _positions(keys: pl.Series, distinct: pl.Series) -> pl.Series:
    """Return for each key its position among the distinct ones."""
    if len(distinct) <= 1:
        return _nothing_but_zeros(len(keys))
    positions = pl.Series(range(len(distinct)), dtype=pl.UInt32)
    largest = distinct.max()
    if keys.dtype in {pl.UInt32, pl.UInt64} and isinstance(largest, int) and largest < _TABLE_SIZE:
        # Codes of categories are small: looking them up in a table beats hashing them four to one.
        keys, distinct = keys.cast(pl.UInt32), distinct.cast(pl.UInt32)
        table = pl.Series([0], dtype=pl.UInt32).new_from_index(0, largest + 1)
        known = distinct.is_not_null()
        table = table.scatter(distinct.filter(known), positions.filter(known))
        found = table.gather(keys)
        missing = positions.filter(~known)
        return found.fill_null(missing[0]) if len(missing) else found
    return keys.replace_strict(distinct, positions, return_dtype=pl.UInt32)


def _nothing_but_zeros(length: int) -> pl.Series:
    return pl.Series([0], dtype=pl.UInt32).new_from_index(0, length)
