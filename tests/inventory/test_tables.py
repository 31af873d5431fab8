"""Tables of whole files: their rows, what was rejected, and what streams."""

from datetime import date
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from provenance.inventory import textfile
from provenance.inventory.reader import read_inventory
from provenance.inventory.table import DATE_FIELDS, Field, Rejection, Role
from provenance.inventory.tables import rejected_rows

_HEADER = "No,Manufacturer,Model,Serial Number,MAC Address,Qty,Country of Origin,Delivery Date\n"


def _machine(number: int, day: str = "2024-01-05") -> str:
    return f"{number},Bitmain,Antminer S21,smtt{number:08d},02:00:00:00:{number // 256:02x}:{number % 256:02x},1,MY,{day}\n"


def _table(tmp_path: Path, text: str, name: str = "fleet.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    (table,) = read_inventory(path).tables
    return table


def _kinds(table) -> dict[int, str]:
    frame = table.scan().filter(pl.col("rejection").is_not_null()).select("row", "rejection").collect()
    return dict(frame.rows())


def test_every_row_is_a_machine_or_rejected_with_its_reason(tmp_path):
    text = (
        "SYNTHETIC fleet\n\n"
        + _HEADER
        + _machine(1)
        + "\n"
        + "Building 2,,,,,,,\n"
        + _machine(2)
        + _HEADER
        + "3,Bitmain,Antminer S19,smtt00000003,,-2,MY,2024-01-05\n"
        + "4,,something unreadable,,,,,\n"
        + "Total,,,,,4,,\n"
        + "Prepared by: J. Doe,,,,,,,\n"
        + "\n\n"
    )

    table = _table(tmp_path, text)

    assert (table.header_row, table.first_row, table.last_row, table.rows) == (3, 4, 12, 9)
    assert _kinds(table) == {5: "blank", 6: "note", 8: "header", 9: "quantity", 11: "total", 12: "note"}
    assert table.rows == table.scan().collect().height
    assert table.scan().filter(pl.col("rejection").is_null()).collect()["row"].to_list() == [4, 7, 10]
    assert next((item.row, item.rejection, item.text) for item in rejected_rows(table) if item.row == 9) == (
        9,
        Rejection.QUANTITY,
        "3 | Bitmain | Antminer S19 | smtt00000003 | -2 | MY | 2024-01-05",
    )


def test_a_scan_has_the_columns_and_types_it_promises(tmp_path):
    table = _table(tmp_path, _HEADER + _machine(1) + "2,,,,,,,\n")

    frame = table.scan().collect()

    assert frame.columns[:3] == ["row", "line", "rejection"]
    assert {"row": pl.UInt32, "line": pl.UInt32, "rejection": pl.String} == dict(
        list(frame.schema.items())[:3]
    )
    for column in table.columns:
        assert frame.schema[f"c{column.index}"] == pl.String
        if column.field is not None:
            expected = (
                pl.Date
                if column.field in DATE_FIELDS
                else pl.Int64
                if column.field is Field.QUANTITY
                else pl.String
            )
            assert frame.schema[column.field.value] == expected
    assert ("SMTT00000001", "smtt00000001", date(2024, 1, 5), 1) == frame.select(
        "serial", "c3", "delivery_date", "quantity"
    ).row(0)


def test_a_cell_of_a_field_is_where_the_spreadsheet_has_it(tmp_path):
    table = _table(tmp_path, _HEADER + _machine(1))

    assert (table.cell(Field.SERIAL, 2), table.cell(Field.SITE, 2)) == ("D2", "row 2")


def test_a_missing_quantity_is_one_and_an_impossible_one_rejects(tmp_path):
    rows = [
        "S21,AB10001,",
        "S21,AB10002,N/A",
        "S21,AB10003,2 pcs",
        "S21,AB10004,0",
        'S21,AB10005,"1,200"',
        "S21,AB10006,abc",
    ]
    table = _table(tmp_path, "Model,Serial,Units\n" + "\n".join(rows) + "\n")

    assert table.scan().collect()["quantity"].to_list() == [1, 1, 2, None, 1200, None]
    assert _kinds(table) == {5: "quantity", 7: "quantity"}


def test_dates_of_a_column_that_could_be_either_are_left_out_and_told(tmp_path):
    table = _table(tmp_path, _HEADER + _machine(1, "03/04/2024") + _machine(2, "05/06/2024"))

    assert table.scan().collect()["delivery_date"].to_list() == [None, None]
    assert any(
        oddity.startswith("delivery_date: day and month cannot be told apart") for oddity in table.oddities
    )


def test_one_date_decides_for_its_whole_column(tmp_path):
    table = _table(tmp_path, _HEADER + _machine(1, "03/04/2024") + _machine(2, "25/06/2024 10:00"))

    assert [date(2024, 4, 3), date(2024, 6, 25)] == table.scan().collect()["delivery_date"].to_list()


def test_damaged_serials_are_told(tmp_path):
    table = _table(tmp_path, "Model,Serial\nS21,6.37702E+15\nS21,AB10002\n")

    assert "1 serial numbers are in scientific notation: a spreadsheet has damaged them" in table.oddities


def test_a_table_that_names_no_machines_is_ignored_and_told(tmp_path):
    table = _table(tmp_path, "Date,Version,Modified by\n2024-01-01,1,JD\n2024-02-01,2,JD\n")

    assert (table.role, "not audited: nothing in it names machines" in table.oddities) == (Role.IGNORED, True)
    assert table.rows == table.scan().collect().height == 2


def test_a_list_without_headers_is_read_by_its_content(tmp_path):
    rows = [
        f"2025-02-15 21:50:22,Antminer S21,SMTTYRHB{number:06d}AB,10.0.0.{number},200T"
        for number in range(1, 20)
    ]
    table = _table(tmp_path, "\n".join(rows))

    found = {column.field.value: column.letter for column in table.columns if column.field is not None}
    assert found == {"model": "B", "serial": "C", "ip": "D", "hashrate": "E"}
    assert (table.header_row, table.first_row, table.rows) == (None, 1, 19)
    assert "no header row was found: the content decided what the columns are" in table.oddities


def test_every_sheet_is_a_table_also_hidden_and_empty_ones(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Model", "Serial"])
    book.active.append(["S21", "AB10001"])
    spare = book.create_sheet("Spare")
    spare.append(["Serial No.", "Miner Type"])
    spare.append(["AB10002", "Antminer S19"])
    spare.sheet_state = "veryHidden"
    book.create_sheet("Empty")
    book.save(tmp_path / "a.xlsx")

    tables = read_inventory(tmp_path / "a.xlsx").tables

    assert [(table.sheet, table.hidden, table.role) for table in tables] == [
        ("Sheet", False, Role.INVENTORY),
        ("Spare", True, Role.INVENTORY),
        ("Empty", False, Role.IGNORED),
    ]
    assert 0 == tables[2].rows == tables[2].scan().collect().height


def test_workbook_rows_are_numbered_as_the_spreadsheet_shows_them(tmp_path):
    book = openpyxl.Workbook()
    for at, row in {3: ["Model", "Serial"], 4: ["S21", "AB10001"], 6: ["S19", "AB10002"]}.items():
        for column, value in enumerate(row, start=2):
            book.active.cell(at, column, value)
    book.save(tmp_path / "a.xlsx")

    (table,) = read_inventory(tmp_path / "a.xlsx").tables

    assert table.scan().select("row", "rejection", "serial", "line").collect().rows() == [
        (4, None, "AB10001", None),
        (5, "blank", None, None),
        (6, None, "AB10002", None),
    ]
    assert table.cell(Field.SERIAL, 6) == "C6"


def _long(count: int) -> str:
    lines = [_machine(number, f"2024-01-{number % 28 + 1:02d}") for number in range(1, count)]
    for at in range(50, count - 2, 97):
        lines.insert(at, ",,,,,,,\n")
    lines.append("Total,,,,,9000,,\n")
    return _HEADER + "".join(lines)


def test_a_long_file_streams_to_the_same_rows_as_one_read_into_memory(tmp_path, monkeypatch):
    text = _long(9000)
    slow = _table(tmp_path, text)
    monkeypatch.setattr(textfile, "FAST_FROM", 1 << 40)
    in_memory = _table(tmp_path, text, "again.csv")

    assert in_memory.scan().collect().rows() == slow.scan().collect(engine="streaming").rows()
    assert (in_memory.columns, in_memory.oddities, in_memory.last_row) == (
        slow.columns,
        slow.oddities,
        slow.last_row,
    )


def test_thousands_of_rejected_rows_keep_their_order(tmp_path):
    text = _HEADER + "".join(_machine(number) + ",,,,,,,\n" for number in range(1, 3000))
    table = _table(tmp_path, text)

    frame = table.scan().collect(engine="streaming")

    assert list(range(2, 6000 - 1)) == frame["row"].to_list()
    assert frame["rejection"].count() == 2998


@pytest.mark.parametrize("late", ["lower case ", "N/A", "82212836977.0", "0000"])
def test_what_only_shows_far_down_is_cleaned_all_the_same(tmp_path, late):
    text = "Model,Serial,Units\n" + "".join(f"S21,AB{number:06d},1\n" for number in range(3000))
    table = _table(tmp_path, text + f"S21 ,{late},2 pcs\n")
    expected = {"lower case ": "LOWERCASE", "N/A": None, "82212836977.0": "82212836977", "0000": None}[late]

    assert ("S21", expected, 2) == table.scan().select("model", "serial", "quantity").collect().row(-1)


def test_a_total_below_placeholder_serials_is_found_far_down(tmp_path):
    text = "Model,Serial,Units\n" + "".join(f"S21,AB{number:06d},1\n" for number in range(3000))

    assert _kinds(_table(tmp_path, text + "Total,N/A,3000\n")) == {3002: "total"}


def test_addresses_in_another_notation_far_down_are_read_too(tmp_path):
    text = "Model,Serial,MAC\n" + "".join(
        f"S21,AB{at:06d},02:00:00:00:00:{at % 256:02x}\n" for at in range(3000)
    )
    table = _table(tmp_path, text + "S21,AB900000,02-00-00-00-0A-0B\nS21,AB900001,none of it\n")

    assert table.scan().collect()["mac"].to_list()[-2:] == ["020000000A0B", None]


@pytest.mark.parametrize(
    ("last", "rejected"),
    [(",,,,,12,,", True), (",,,,,13,,", False), (",,,SMTT900,,12,,", False), (",,12,,,,,", False)],
)
def test_a_last_row_of_nothing_but_the_sum_is_a_total_without_a_word(tmp_path, last, rejected):
    text = _HEADER + "".join(_machine(at).replace(",1,MY", f",{at},MY") for at in (3, 4, 5)) + last + "\n"

    assert _kinds(_table(tmp_path, text)) == ({5: "total"} if rejected else {})


def test_a_merged_cell_speaks_of_all_its_rows_but_lends_no_serial_and_no_quantity(tmp_path):
    book = openpyxl.Workbook()
    for row in [
        ["Manufacturer", "Model", "Serial Number", "Qty", "Country of Origin"],
        ["Bitmain", "S21", "AB10001", 2, "MY"],
        [None, "S19", None, None, None],
        ["Canaan", "A1566", "AB10003", 1, None],
    ]:
        book.active.append(row)
    for span in ("A2:A3", "C2:C3", "D2:D3", "E2:E3"):
        book.active.merge_cells(span)
    book.save(tmp_path / "a.xlsx")

    (table,) = read_inventory(tmp_path / "a.xlsx").tables

    assert table.scan().select("maker", "serial", "quantity", "declared_origin", "c0").collect().rows() == [
        ("Bitmain", "AB10001", 2, "MY", "Bitmain"),
        ("Bitmain", None, 1, "MY", None),
        ("Canaan", "AB10003", 1, None, "Canaan"),
    ]
    assert "one quantity stands for several rows (D2:D3): only the first row has it" in table.oddities


def test_on_a_sheet_of_thousands_of_columns_those_under_a_header_are_asked_what_they_hold(tmp_path):
    blanks = "," * 600
    rows = [f"S21,{'x,' * 600}AB{number:05d},02:00:00:00:00:{number:02x}" for number in range(1, 30)]

    table = _table(tmp_path, "\n".join([f"Model{blanks},Serial Number,", *rows]) + "\n")

    found = {column.index: column.field for column in table.columns if column.field is not None}
    assert found == {0: Field.MODEL, 601: Field.SERIAL}
    assert (len(table.columns), table.rows) == (603, 29)
