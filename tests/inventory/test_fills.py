"""What is written once per block holds for the block, and a blank origin stays blank."""

from pathlib import Path

from provenance.inventory.reader import read_inventory


def _table(tmp_path: Path, text: str):
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    (table,) = read_inventory(path).tables
    return table


def test_a_brand_written_once_per_block_is_filled_down(tmp_path):
    table = _table(
        tmp_path,
        "Brand,Model,Serial\nBitmain,S21,AB10001\n,S19,AB10002\n,T21,AB10003\nMicroBT,M50,XK10001\n,M60,XK10002\n",
    )

    assert table.scan().collect()["maker"].to_list() == ["Bitmain"] * 3 + ["MicroBT"] * 2
    assert "column A ('Brand') is filled down: once per block" in table.oddities
    assert table.scan().collect()["c0"].to_list() == ["Bitmain", None, None, "MicroBT", None]


def test_a_block_ends_at_a_row_that_is_no_machine(tmp_path):
    table = _table(
        tmp_path,
        "Brand,Model,Serial\nBitmain,S21,AB10001\n,S19,AB10002\nTotal,,\n,M50,XK10001\nMicroBT,M60,XK10002\n,M61,XK10003\n,M61,XK10004\n",
    )

    makers = table.scan().collect()["maker"].to_list()
    assert makers[:2] + makers[3:] == ["Bitmain", "Bitmain", None, "MicroBT", "MicroBT", "MicroBT"]


def test_a_column_that_is_merely_incomplete_is_not_filled(tmp_path):
    table = _table(
        tmp_path,
        "Brand,Model,Serial\nBitmain,S21,AB10001\n,S19,AB10002\nBitmain,T21,AB10003\n,M50,XK10001\n,M60,XK10002\n",
    )

    assert table.scan().collect()["maker"].to_list() == ["Bitmain", None, "Bitmain", None, None]


def test_an_origin_is_never_filled_down_but_by_ditto_marks(tmp_path):
    blank = "Model,Serial,Country of origin\nS21,AB10001,Malaysia\nS21,AB10002,\nS19,AB10003,\nS19,AB10004,China\n"
    ditto = 'Model,Serial,Country of origin\nS21,AB10001,Malaysia\nS21,AB10002,"""\nS19,AB10003,同上\n'

    assert _table(tmp_path, blank).scan().collect()["declared_origin"].to_list() == [
        "Malaysia",
        None,
        None,
        "China",
    ]
    assert (
        _table(tmp_path, ditto.replace('"""', "ditto")).scan().collect()["declared_origin"].to_list()
        == ["Malaysia"] * 3
    )


def test_among_ditto_marks_a_blank_cell_stays_blank(tmp_path):
    table = _table(
        tmp_path,
        "Model,Serial,Country of origin\nS21,AB10001,China\nS21,AB10002,ditto\nS19,AB10003,\nS19,AB10004,ditto\nS19,AB10005,Malaysia\nS19,AB10006,\n",
    )

    assert table.scan().collect()["declared_origin"].to_list() == [
        "China",
        "China",
        None,
        None,
        "Malaysia",
        None,
    ]
