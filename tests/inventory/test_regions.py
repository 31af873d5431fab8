"""Several tables on one sheet: one below another, side by side, and far down."""

from pathlib import Path

import openpyxl
import pytest

from provenance.inventory.grid import frame_sheet
from provenance.inventory.reader import read_inventory
from provenance.inventory.regions import find_regions
from provenance.inventory.table import Field, Role

_MINERS = ["Model", "Serial Number", "Quantity"]


def _csv(tmp_path: Path, rows: list[list[str]], name: str = "room.csv"):
    path = tmp_path / name
    path.write_text("\n".join(",".join(row) for row in rows) + "\n", encoding="utf-8")
    return read_inventory(path).tables


def _machines(count: int, start: int = 0) -> list[list[str]]:
    return [["Antminer S21", f"AB{number:06d}", "1"] for number in range(start, start + count)]


def _mapped(table) -> dict[str, str]:
    return {column.field.value: column.letter for column in table.columns if column.field is not None}


def test_a_table_below_another_has_its_own_header_and_no_row_is_lost(tmp_path):
    rows = [
        ["Fleet of the northern site", "", "", ""],
        [*_MINERS, ""],
        *([*row, ""] for row in _machines(3)),
        ["", "", "", ""],
        ["Switches", "", "", ""],
        ["Manufacturer", "Type", "MAC Address", "Location"],
        ["Cisco", "C9300", "02:00:5e:00:00:01", "R1"],
        ["Cisco", "C9200", "02:00:5e:00:00:02", "R2"],
    ]

    first, second = _csv(tmp_path, rows)

    assert [(first.header_row, first.first_row, first.last_row), (second.header_row, second.last_row)] == [
        (2, 3, 5),
        (8, 10),
    ]
    assert _mapped(second) == {"maker": "A", "model": "B", "mac": "C", "location": "D"}
    assert first.scan().select("row", "rejection").collect().rows() == [(3, None), (4, None), (5, None)]


def test_a_small_table_above_a_larger_one_is_read_too(tmp_path):
    rows = [
        ["Model", "Serial", "", "", ""],
        ["Antminer S19", "XK90001", "", "", ""],
        ["", "", "", "", ""],
        ["Manufacturer", "Model", "Serial Number", "MAC Address", "Location"],
        *(["Cisco", "C9300", f"FOC{at:05d}", f"02:00:5e:00:00:{at:02x}", "R1"] for at in range(9)),
    ]

    first, second = _csv(tmp_path, rows)

    assert (first.header_row, second.header_row, second.rows) == (1, 4, 9)
    assert first.scan().collect()["serial"].to_list() == ["XK90001"]


def test_tables_side_by_side_are_told_apart_by_repeated_headers(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["No.", "Model", "SN", "No.", "Model", "SN", "No.", "Model", "SN"])
    for at in range(1, 6):
        book.active.append(
            [at, "S21", f"AA{at:05d}", at, "S19", f"BB{at:05d}", at if at < 3 else None]
            + (["M50", f"CC{at:05d}"] if at < 3 else [])
        )
    book.save(tmp_path / "a.xlsx")

    tables = read_inventory(tmp_path / "a.xlsx").tables

    assert [_mapped(table) for table in tables] == [
        {"model": "B", "serial": "C"},
        {"model": "E", "serial": "F"},
        {"model": "H", "serial": "I"},
    ]
    assert [table.cell(Field.SERIAL, 3) for table in tables] == ["C3", "F3", "I3"]
    assert tables[2].scan().collect()["serial"].drop_nulls().to_list() == ["CC00001", "CC00002"]


def test_tables_side_by_side_are_told_apart_by_an_empty_column_and_other_columns_stay_together(tmp_path):
    rows = [
        ["Model", "Serial", "", "Serial No", "Miner Type", "Site"],
        ["S21", "AA00001", "", "BB00001", "S19", "North"],
        ["S21", "AA00002", "", "BB00002", "S19", "North"],
    ]
    spaced = [["Model", "Serial", "", "Site"], ["S21", "AA00001", "", "North"]]

    first, second = _csv(tmp_path, rows)
    (one,) = _csv(tmp_path, spaced, "b.csv")

    assert (_mapped(first), _mapped(second)) == (
        {"model": "A", "serial": "B"},
        {"serial": "D", "model": "E", "site": "F"},
    )
    assert _mapped(one) == {"model": "A", "serial": "B", "site": "D"}


def test_repeated_headers_that_name_no_machine_make_no_further_table():
    headers = ["Serial", "Address", "City", "Country", "Address", "City", "Country"]
    rows = [headers, ["AB10001", "1 Main", "Austin", "US", "2 Main", "Reno", "US"]]

    assert len(find_regions(frame_sheet(None, rows))) == 1


def test_the_header_repeated_on_each_page_begins_no_table(tmp_path):
    rows = [_MINERS, *_machines(3), _MINERS, *_machines(3, 3)]

    (table,) = _csv(tmp_path, rows)

    assert (table.rows, table.scan().collect()["rejection"].drop_nulls().to_list()) == (7, ["header"])


@pytest.mark.parametrize("above", [1500, 4000])
def test_a_table_that_begins_far_down_is_found_behind_a_blank_row(tmp_path, above):
    rows = [
        _MINERS,
        *_machines(above),
        ["", "", ""],
        ["MAC Address", "Manufacturer", "Device Type"],
        ["02:00:5e:00:00:01", "Cisco", "C9300"],
    ]

    first, second = _csv(tmp_path, rows)

    assert (first.last_row, second.header_row, second.rows) == (above + 1, above + 3, 1)
    assert _mapped(second) == {"mac": "A", "maker": "B", "model": "C"}
    assert second.scan().collect()["mac"].to_list() == ["02005E000001"]


def test_units_below_the_header_are_its_second_line(tmp_path):
    rows = [
        ["Model", "Serial Number", "Hashrate", "Power"],
        ["", "", "(TH/s)", "W"],
        ["Antminer S21", "AB10001", "200", "3500"],
        ["Antminer S19", "AB10002", "95", "3250"],
    ]

    (table,) = _csv(tmp_path, rows)

    assert (table.first_row, table.columns[2].header) == (3, "Hashrate (TH/s)")
    assert _mapped(table) == {"model": "A", "serial": "B", "hashrate": "C", "power": "D"}


def test_a_header_in_two_rows_without_merged_cells_is_joined(tmp_path):
    rows = [
        ["Equipment", "", "Serial Number", "Location"],
        ["Manufacturer", "Model", "", ""],
        ["Dell", "R740", "AB12345", "R1"],
        ["HPE", "DL360", "AB12346", "R2"],
    ]

    (table,) = _csv(tmp_path, rows)

    assert _mapped(table) == {"maker": "A", "model": "B", "serial": "C", "location": "D"}
    assert table.rows == 2


def test_a_group_of_a_part_keeps_its_columns_from_being_the_machines(tmp_path):
    rows = [
        ["Miner", "", "", "Transformer", "", ""],
        ["Manufacturer", "Model", "Serial Number", "Manufacturer", "Model", "Serial Number"],
        ["Bitmain", "S21", "AB10001", "ABB", "TX-5", "TX00001"],
        ["Bitmain", "S21", "AB10002", "ABB", "TX-5", "TX00002"],
    ]

    (table,) = _csv(tmp_path, rows)

    assert _mapped(table) == {"maker": "A", "model": "B", "serial": "C"}


def test_rows_above_the_header_that_are_more_than_a_title_are_told(tmp_path):
    rows = [
        ["S21", "AB10001", "1", "x", "y", "z"],
        ["", "", "", "", "", ""],
        ["Model", "Serial Number", "Quantity", "Site", "MAC", "Owner"],
        ["S21", "AB10002", "1", "North", "02:00:5e:00:00:02", "A"],
        ["S21", "AB10003", "1", "North", "02:00:5e:00:00:03", "A"],
    ]

    (table,) = _csv(tmp_path, rows)

    assert "rows above the header hold cells that are in no table: 1" in table.oddities


def test_sheets_of_one_layout_are_read_as_one(tmp_path):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number in range(67):
        sheet = book.create_sheet(f"Box {number + 1}")
        sheet.append(["Item", "Code", "Qty"])
        sheet.append([f"Antminer S{19 + 2 * (number % 2)}", f"SMTT{number:08d}", 1])
    book.save(tmp_path / "packing.xlsx")

    tables = read_inventory(tmp_path / "packing.xlsx").tables

    assert len({tuple(column.field for column in table.columns) for table in tables}) == 1
    assert {(table.alike, table.role) for table in tables} == {(67, Role.INVENTORY)}
    assert "67 tables of this file have this layout: their columns were read as one" in tables[0].oddities
    assert [table.sheet for table in tables[:2]] == ["Box 1", "Box 2"]
