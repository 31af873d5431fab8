"""Which rows are no machine; every doubt keeps the row."""

import pytest

from provenance.inventory.rejection import Shape, judge_row
from provenance.inventory.table import Field, Rejection

_SHAPE = Shape(
    headers={0: "No", 1: "Maker", 2: "Model", 3: "Serial Number", 4: "Qty", 5: "Remarks"},
    fields={1: Field.MAKER, 2: Field.MODEL, 3: Field.SERIAL, 4: Field.QUANTITY},
    counters=frozenset({0}),
    width=6,
)


def _judge(*cells: str) -> Rejection | None:
    row = [*cells, *[""] * (6 - len(cells))]
    return judge_row(row, range(6), _SHAPE)


@pytest.mark.parametrize("row", [(), ("", " ", "\u00a0"), ("7",), ("-", "N/A", "---")])
def test_rows_without_a_value_are_blank(row):
    assert _judge(*row) is Rejection.BLANK


@pytest.mark.parametrize(
    "row",
    [
        ("Total", "", "", "", "500"),
        ("TOTAL:", "", "", "", "500", "12,000.00"),
        ("Grand Total", "", "", "", "500"),
        ("In Total", "", "", "", "500"),
        ("IN  TOTAL:", "", "", "", "500", "12,000.00"),
        ("合计", "", "", "", "48.8"),
        ("", "", "Итого", "", "12"),
        ("", "", "Subtotal", "", "12"),
        ("Total miners: 500",),
        ("Всего по цеху", "", "", "", "17"),
        ("Tổng cộng", "", "", "", "9"),
        ("", "TOTAL", "", "-", "12"),
    ],
)
def test_totals_are_no_machines(row):
    assert _judge(*row) is Rejection.TOTAL


@pytest.mark.parametrize(
    "row",
    [
        ("RIG-NVIDIA",),
        ("Khu vực lắp ráp",),
        ("备注：",),
        ("Note: all units are used",),
        ("", "", "Note: all units are sold as seen and without any warranty of the seller whatsoever"),
        ("Prepared by:", "", "J. Doe"),
        ("Подпись", "", "", "", "", "________"),
        ("# exported by tool, version 3", "", ""),
        (
            "",
            "",
            "Building 2:",
        ),
    ],
)
def test_notes_headings_and_signatures_are_no_machines(row):
    assert _judge(*row) is Rejection.NOTE


def test_a_header_that_comes_again_is_no_machine():
    assert _judge("No", "Maker", "Model", "SERIAL NUMBER", "Qty") is Rejection.HEADER


@pytest.mark.parametrize(
    "row",
    [
        ("1", "Bitmain", "S21", "AB1", "1"),
        ("", "", "", "AB1"),
        ("", "", "S21"),
        ("", "", "thing"),
        ("", "Adtran", "Total Access 5000", "", "1"),
        ("", "", "Total Access 5000"),
        ("Total", "", "", "SMTT0001", "1"),
        ("", "Bitmain"),
        ("1", "", "", "", "4"),
        ("", "", "", "", "53106"),
        ("", "", "?? unreadable ??", "", "1", "damp"),
        ("note", "Bitmain", "S21", "", "1"),
        ("", "", "Sumitomo pump", "", "1"),
    ],
)
def test_what_may_be_a_machine_stays(row):
    assert _judge(*row) is None
