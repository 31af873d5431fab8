"""Hashrates as inventories, models and ratings write them."""

from __future__ import annotations

import polars as pl
import pytest

from provenance.origin.hashrate import tally_hashrates
from provenance.origin.rates import Rate, bare_number, rates_in, unit_near


@pytest.mark.parametrize(
    ("text", "rates"),
    [
        ("200T", [(200 * 10**12, "h")]),
        ("Antminer S21 Pro 234T", [(234 * 10**12, "h")]),
        ("9,050 GH/s", [(9_050 * 10**9, "h")]),
        ("0.19 PH/s", [(190 * 10**12, "h")]),
        ("13,5 TH", [(13_500 * 10**9, "h")]),
        ("420 kSol/s", [(420_000, "sol")]),
        ("65 H/s", [(65, "h")]),
        ("188T or 200T", [(188 * 10**12, "h"), (200 * 10**12, "h")]),
        ("24 h", []),
        ("3.5 kg", []),
        ("Antminer S19K Pro", []),
        ("M30S++", []),
        ("T21", []),
        ("200", []),
        ("", []),
        (None, []),
    ],
)
def test_a_hashrate_is_read_with_its_unit_and_not_without(text, rates):
    assert [(one.per_second, one.kind) for one in rates_in(text)] == rates


@pytest.mark.parametrize(
    "text", ["200T", "9,050 GH/s", "0.19 PH/s", "13,5 TH", "420 kSol/s", "65 H/s", "1.5 MH"]
)
def test_a_column_of_cells_reads_as_each_cell_does(text):
    live = pl.DataFrame({"hash_text": [text], "model": ["M"]}).with_columns(hash_unit=pl.lit(""))
    nothing = pl.Series([0], dtype=pl.UInt32)
    (tally,) = tally_hashrates(live, nothing, pl.Series([1]), nothing)
    (rate,) = rates_in(text)
    assert (tally.total, tally.kind) == (rate.per_second, rate.kind)


@pytest.mark.parametrize(
    ("text", "number"), [(" 200 ", 200.0), ("9,050", 9050.0), ("13,5", 13.5), ("200T", None), ("", None)]
)
def test_a_number_alone_is_told_from_one_with_a_unit(text, number):
    assert bare_number(text) == number


def test_a_number_without_a_unit_takes_that_of_the_ratings_near_it_where_they_agree():
    tera, giga = Rate(200.0, 10**12, "h"), Rate(210.0, 10**9, "h")
    assert unit_near(190, [tera]) == tera
    assert (unit_near(20, [tera]), unit_near(190, [tera, giga])) == (None, None)
