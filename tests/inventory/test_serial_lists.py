"""Cells with several serial numbers: one machine each, where their number is the row's quantity."""

from pathlib import Path

import polars as pl
import pytest

from provenance.inventory.reader import read_inventory
from provenance.inventory.serial_lists import split_serials


@pytest.mark.parametrize(
    ("text", "serials"),
    [
        ("A001, A002;A003", ("A001", "A002", "A003")),
        ("A001\nA002", ("A001", "A002")),
        ("A098-A101", ("A098", "A099", "A100", "A101")),
        ("SMTT0001 to SMTT0003", ("SMTT0001", "SMTT0002", "SMTT0003")),
        ("A001-003", ("A001", "A002", "A003")),
        ("A001~A002、B7", ("A001", "A002", "B7")),
        ("A001", ("A001",)),
        ("A001-B120", ("A001-B120",)),
        ("A120-A001", ("A120-A001",)),
        ("A001, A001", ()),
        ("see the annex, page 2", ()),
    ],
)
def test_lists_and_ranges_are_spelled_out_and_nothing_else(text, serials):
    assert split_serials(text) == serials


def _table(tmp_path: Path, text: str):
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    (table,) = read_inventory(path).tables
    return table


def test_a_row_that_lists_as_many_serials_as_its_quantity_gives_one_machine_each(tmp_path):
    table = _table(tmp_path, 'Model,Serial No,Qty\nS21,A001-A120,120\nS19,"b1x7, b1x8",2\nT21,C9001,1\n')

    frame = table.scan().collect()

    assert (table.rows, table.added, frame.height) == (3, 120, 123)
    assert frame.group_by("row", maintain_order=True).agg(pl.col("quantity").sum()).rows() == [
        (2, 120),
        (3, 2),
        (4, 1),
    ]
    assert frame["serial"].to_list()[118:] == ["A119", "A120", "B1X7", "B1X8", "C9001"]
    assert (
        "2 cells list several serial numbers, as many as the quantity beside them: 122 machines were read from them"
        in table.oddities
    )


def test_a_list_that_does_not_fit_the_quantity_stays_one_line_and_is_told(tmp_path):
    table = _table(tmp_path, "Model,Serial No,Qty\nS21,A001-A120,100\nS19,B1001,1\n")

    assert table.scan().select("serial", "quantity").collect().rows() == [("A001-A120", 100), ("B1001", 1)]
    assert (
        "1 cells list several serial numbers, but not as many as the quantity beside them" in table.oddities
    )
