"""The hashrate that inventories state, summed per case: whole numbers, so that no order of rows changes a digit."""

from __future__ import annotations

import re
from dataclasses import dataclass

import polars as pl

from provenance.inventory.table import Field, Table

_BIG = 1_000_000
"""Rates from a gigahash on are summed in megahashes, so that a fleet of millions fits the integers of a column."""
_THOUSANDTHS = 1000
"""Numbers without a unit keep three decimals."""
_POWERS = {"": 0, "k": 3, "m": 6, "g": 9, "t": 12, "p": 15, "e": 18}
_CELL = r"(?i)^\s*(\d[\d.,]*)\s*([kmgtpe]?)(sol|h|)(?:/?s)?(?:/s)?\s*$"
_GROUPED = r"^\d{1,3}(,\d{3})+(\.\d+)?$"
_HEADER = re.compile(r"\b(?:([kmgtpe])(h|sol)(?: ?s)?|(t))\b")
_NO_WORD = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class HashTally:
    """What the rows of one case state in one kind of unit."""

    case: int
    kind: str
    """`h` for hashes, `sol` for solutions per second; empty where neither cell nor header names a unit."""
    units: int
    """Units whose rows state a rate."""
    total: int
    """The sum over these units, in hashes or solutions per second; where there is no unit, thousandths of the numbers."""
    model: str = ""
    """The model text of these rows; empty where missing."""
    selected: int = 0
    """Which of `Scan.selected.sets` means them."""


def hashrate_exprs(table: Table | None) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    """Return what a row states of its hashrate: the rate of one unit in hashes per second, and the kind of unit.

    Args:
        table: The table; its header says the unit where the cells do not.

    Returns:
        `hash_big` (Int64, megahashes), `hash_small` (Int64, hashes) and `hash_kind` (String); all null where the row
        states none, or states the sum of its line, which is no rate of a unit.
    """
    column = table.column(Field.HASHRATE) if table is not None else None
    if column is None or _is_sum(column.header):
        none = pl.lit(None, dtype=pl.Int64)
        return (
            none.alias("hash_big"),
            none.alias("hash_small"),
            pl.lit(None, dtype=pl.String).alias("hash_kind"),
        )
    prefix, kind = header_unit(column.header)
    text = pl.col("hashrate").cast(pl.String)
    written = text.str.extract_groups(_CELL)
    number = _number(written.struct.field("1"))
    own_prefix = written.struct.field("2").str.to_lowercase()
    own_kind = written.struct.field("3").str.to_lowercase()
    bare = (own_prefix == "") & (own_kind == "")
    power = own_prefix.replace_strict(_POWERS, default=None, return_dtype=pl.Int64)
    power = pl.when(bare).then(pl.lit(_POWERS[prefix])).otherwise(power)
    rate = number * pl.lit(10.0).pow(power)
    # `234T` names a prefix alone, and means hashes.
    named = pl.when(bare).then(pl.lit(kind)).when(own_kind == "").then(pl.lit("h")).otherwise(own_kind)
    counts = rate.is_not_null() & (rate > 0) & (rate < 1e24)
    big = counts & (rate >= 1e9)
    return (
        pl.when(big).then((rate / _BIG).round()).cast(pl.Int64, strict=False).alias("hash_big"),
        # Without a unit a number keeps its decimals as thousandths.
        pl.when(counts & ~big)
        .then((rate * pl.when(named == "").then(_THOUSANDTHS).otherwise(1)).round())
        .cast(pl.Int64, strict=False)
        .alias("hash_small"),
        pl.when(counts).then(named).alias("hash_kind"),
    )


def tally_hashrates(
    live: pl.DataFrame, case: pl.Series, counted: pl.Series, selected: pl.Series
) -> tuple[HashTally, ...]:
    """Return what the machines of each case state, by case and kind.

    Args:
        live: The rows that are machines, with the columns of `hashrate_exprs`.
        case: The case of each.
        counted: How many units each counts for.
        selected: Which set of selections means each.
    """
    if live["hash_kind"].null_count() == live.height:
        return ()
    keys = ("case", "hash_kind", "model", "selected")
    stated = pl.DataFrame(
        [
            live["hash_kind"],
            live["hash_big"],
            live["hash_small"],
            live["model"].cast(pl.String).fill_null("").alias("model"),
            case.alias("case"),
            counted.alias("n"),
            selected.alias("selected"),
        ]
    )
    sums = (
        stated.filter(pl.col("hash_kind").is_not_null() & (pl.col("n") > 0))
        .group_by(keys)
        .agg(
            units=pl.col("n").sum(),
            big=(pl.col("hash_big") * pl.col("n")).sum(),
            small=(pl.col("hash_small") * pl.col("n")).sum(),
        )
        .sort(keys)
    )
    return tuple(
        HashTally(index, kind, units, big * _BIG * (_THOUSANDTHS if not kind else 1) + small, model, chosen)
        for index, kind, model, chosen, units, big, small in sums.iter_rows()
    )


def _number(text: pl.Expr) -> pl.Expr:
    grouped = text.str.contains(_GROUPED)
    plain = pl.when(grouped).then(text.str.replace_all(",", "")).otherwise(text.str.replace_all(",", "."))
    return plain.cast(pl.Float64, strict=False)


def header_unit(header: str) -> tuple[str, str]:
    """Return prefix and kind of the unit that a header names: `Hashrate (TH/s)`; empty where it names none."""
    found = _HEADER.search(_NO_WORD.sub(" ", header.lower()))
    if found is None:
        return "", ""
    return (found[1], found[2]) if found[1] is not None else ("t", "h")


def _is_sum(header: str) -> bool:
    return re.search(r"total|sum|gesamt|合计|总", header.lower()) is not None
