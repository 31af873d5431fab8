"""The hashrate that inventories state, summed per case: whole numbers, so that no order of rows changes a digit."""

from __future__ import annotations

import re

import polars as pl

from provenance.expressions import expression
from provenance.inventory.table import Field, Table
from provenance.origin.rates import POWERS
from provenance.records import dataclass

_BIG = 1_000_000
"""Rates from a gigahash on are summed in megahashes, so that a fleet of millions fits the integers of a column."""
_THOUSANDTHS = 1000
"""Numbers without a unit keep three decimals."""
_UNITS = {f"{prefix}{kind}": (prefix, kind) for kind in ("h", "sol") for prefix in POWERS} | {"": ("", "")}
"""Every unit that a header can name, and none, as prefix and kind."""
_UNIT = pl.Enum(list(_UNITS))
_FACTORS = {unit: 10.0 ** POWERS[prefix] for unit, (prefix, _) in _UNITS.items()}
_KIND_OF = {unit: kind for unit, (_, kind) in _UNITS.items()}
_CELL = r"(?i)^\s*(\d[\d.,]*)\s*([kmgtpe]?)(sol|h|)(?:/?s)?(?:/s)?\s*$"
_GROUPED = r"^\d{1,3}(,\d{3})+(\.\d+)?$"
_HEADER = expression(r"\b(?:([kmgtpe])(h|sol)(?: ?s)?|(t))\b")
_NO_WORD = expression(r"[^a-z0-9]+")


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


def hashrate_exprs(table: Table | None) -> tuple[pl.Expr, pl.Expr]:
    """Return what a row states of its hashrate: `hash_text` (String), and the unit of its header as `hash_unit` (Enum).

    Both are null where a table has no such column, or one with the sum of a line, which is no rate of a unit.
    """
    column = table.column(Field.HASHRATE) if table is not None else None
    if column is None or _is_sum(column.header):
        return pl.lit(None, dtype=pl.String).alias("hash_text"), pl.lit(None, dtype=_UNIT).alias("hash_unit")
    unit = "".join(header_unit(column.header))
    return pl.col("hashrate").cast(pl.String).alias("hash_text"), pl.lit(unit, dtype=_UNIT).alias("hash_unit")


def tally_hashrates(
    live: pl.DataFrame, case: pl.Series, counted: pl.Series, selected: pl.Series
) -> tuple[HashTally, ...]:
    """Return what the machines of each case state, by case and kind.

    Args:
        live: The rows that are machines, with their `model` and the columns of `hashrate_exprs`.
        case: The case of each.
        counted: How many units each counts for.
        selected: Which set of selections means each.
    """
    if live["hash_text"].null_count() == live.height:
        return ()
    rows = (
        live.lazy()
        .select("hash_text", "hash_unit", "model")
        .with_columns(
            case.alias("case"),
            counted.alias("n"),
            selected.alias("selected"),
            plain=pl.col("hash_text").cast(pl.Float64, strict=False),
        )
        .filter(pl.col("hash_text").is_not_null() & (pl.col("n") > 0))
        .collect()
    )
    # Nearly every cell is a bare number; only the others are worth a look at each letter.
    is_bare = pl.col("plain").is_not_null()
    rated = rows.lazy().filter(is_bare).with_columns(**_by_header(pl.col("plain")))
    if rows["plain"].null_count():
        rated = pl.concat([rated, rows.lazy().filter(~is_bare).with_columns(**_by_cell())])
    sums = _summed(rated.filter(pl.col("rate").is_finite() & (pl.col("rate") > 0))).collect()
    return tuple(
        HashTally(index, kind, units, big * _BIG * (_THOUSANDTHS if not kind else 1) + small, model, chosen)
        for index, kind, model, chosen, units, big, small in sums.iter_rows()
    )


def _summed(rows: pl.LazyFrame) -> pl.LazyFrame:
    keys = ("case", "kind", "model", "selected")
    big = pl.col("rate") >= 1e9
    scale = pl.when(pl.col("kind") == "").then(_THOUSANDTHS).otherwise(1)
    return (
        rows.filter(pl.col("rate") < 1e24)
        .with_columns(
            pl.col("model").cast(pl.String).fill_null(""),
            big=pl.when(big).then((pl.col("rate") / _BIG).round()).cast(pl.Int64),
            # Without a unit a number keeps its decimals as thousandths.
            small=pl.when(~big).then((pl.col("rate") * scale).round()).cast(pl.Int64),
        )
        .group_by(keys)
        .agg(
            pl.col("n").sum(),
            (pl.col("big") * pl.col("n")).sum(),
            (pl.col("small") * pl.col("n")).sum(),
        )
        .sort(keys)
    )


def _by_header(number: pl.Expr) -> dict[str, pl.Expr]:
    """Return rate and kind of a bare number, in the unit of the header."""
    unit = pl.col("hash_unit")
    return {
        "rate": number * unit.replace_strict(_FACTORS, default=1.0, return_dtype=pl.Float64),
        "kind": unit.replace_strict(_KIND_OF, default="", return_dtype=pl.String),
    }


def _by_cell() -> dict[str, pl.Expr]:
    """Return rate and kind of a text, in its own unit, and in that of the header where it has none."""
    written = pl.col("hash_text").str.extract_groups(_CELL)
    number = _number(written.struct.field("1"))
    prefix = written.struct.field("2").str.to_lowercase()
    kind = written.struct.field("3").str.to_lowercase()
    headed = _by_header(number)
    unitless = (prefix == "") & (kind == "")
    powers = {name: 10.0**power for name, power in POWERS.items()}
    own = number * prefix.replace_strict(powers, default=None, return_dtype=pl.Float64)
    return {
        "rate": pl.when(unitless).then(headed["rate"]).otherwise(own),
        # `234T` names a prefix alone, and means hashes.
        "kind": pl.when(unitless).then(headed["kind"]).when(kind == "").then(pl.lit("h")).otherwise(kind),
    }


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
