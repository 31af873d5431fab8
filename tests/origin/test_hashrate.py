"""The hashrate columns of inventories."""

from __future__ import annotations

import polars as pl
import pytest

from provenance.inventory.table import Column, Field, Table
from provenance.origin.hashrate import HashTally, hashrate_exprs, tally_hashrates


def tallied(header: str, cells: list[str | None], counted: list[int] | None = None) -> tuple[HashTally, ...]:
    column = Column(0, header, Field.HASHRATE, 1.0, "")
    rows = pl.DataFrame({"hashrate": pl.Series(cells, dtype=pl.String)})
    live = rows.select(*hashrate_exprs(_table(column)), model=pl.lit("M", dtype=pl.Categorical))
    zeros = pl.Series([0] * len(cells), dtype=pl.UInt32)
    return tally_hashrates(live, zeros, pl.Series(counted or [1] * len(cells), dtype=pl.Int64), zeros)


def _table(column: Column) -> Table:
    class _Stub:
        @staticmethod
        def column(_: Field) -> Column:
            return column

    return _Stub()  # type: ignore[return-value]


TERA = 10**12


@pytest.mark.parametrize(
    ("header", "cell", "expected"),
    [
        ("Hashrate (TH/s)", "199.5", ("h", 199_500_000_000_000)),
        ("Hashrate", "234 TH/s", ("h", 234 * TERA)),
        ("Hashrate", "234T", ("h", 234 * TERA)),
        ("hashrate_ths", "1,234.5", ("h", 1_234_500_000_000_000)),
        ("Hashrate GH/s", "9,5", ("h", 9_500_000_000)),
        ("Hashrate", "840 kSol/s", ("sol", 840_000)),
        ("Hashrate", "750 H/s", ("h", 750)),
        ("Hashrate", "234.5", ("", 234_500)),
    ],
)
def test_a_cell_or_its_header_says_the_unit(header, cell, expected):
    ((kind, total),) = [(one.kind, one.total) for one in tallied(header, [cell])]
    assert (kind, total) == expected


@pytest.mark.parametrize("cell", [None, "", "n/a", "0", "fast", "-5 TH/s"])
def test_a_cell_that_states_no_rate_counts_for_none(cell):
    assert tallied("Hashrate (TH/s)", [cell]) == ()


def test_a_rate_is_that_of_one_unit_and_counts_as_often_as_the_line():
    assert tallied("Hashrate (TH/s)", ["100", "200", "50"], [1, 3, 0]) == (
        HashTally(0, "h", 4, 700 * TERA, "M"),
    )


def test_a_column_of_sums_is_no_rate_of_a_unit():
    assert tallied("Total Hashrate TH/s", ["2000"]) == ()
