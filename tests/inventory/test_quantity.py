"""How many machines a line stands for, as people write it."""

import polars as pl
import pytest

from provenance.inventory.quantity import quantity_of


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12), ("12.0", 12), ("12,00", 12), ("1,200", 1200), ("1 200 шт.", 1200), ("1'200", 1200), ("2 pcs", 2),
        ("two", 2), ("Two units", 2), ("три шт", 3), ("两台", 2), ("zwei Stück", 2), ("đầu", None), ("2 (two)", 2),
        ("two (2)", 2), ("x3", 3), ("0", None), ("-1", None), ("1.5", None), ("2,5", None), ("按需", None), ("", None),
    ],
)  # fmt: skip
def test_whole_numbers_are_read_and_nothing_else(text, number):
    frame = pl.DataFrame({"q": [text]})

    assert frame.select(quantity_of(pl.col("q"), plain=False)).item() == number


def test_a_missing_quantity_is_one():
    frame = pl.DataFrame({"q": [None]}, schema={"q": pl.String})

    assert frame.select(quantity_of(pl.col("q"), plain=False)).item() == 1
