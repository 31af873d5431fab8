"""What the cells of a workbook become."""

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from provenance.errors import InventoryError
from provenance.inventory import workbook
from provenance.inventory.workbook import read_workbook


def _rows(path: Path, sheet: int = 0) -> list[tuple[str | None, ...]]:
    found = read_workbook(path, path.name).sheets[sheet]
    return found.rows(1).select([f"c{at}" for at in found.present]).collect().rows()


def _book(tmp_path: Path, rows: list[list[object]], name: str = "a.xlsx") -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / name)
    return tmp_path / name


def test_cells_become_the_text_a_spreadsheet_shows(tmp_path):
    path = _book(
        tmp_path,
        [
            [
                12.0,
                1.5,
                123456789012345,
                True,
                dt.date(2024, 3, 1),
                dt.datetime.fromisoformat("2024-03-01T12:30"),
                0.00001,
                "x\ny",
                "007",
            ]
        ],
    )

    assert _rows(path) == [
        (
            "12",
            "1.5",
            "123456789012345",
            "TRUE",
            "2024-03-01",
            "2024-03-01 12:30:00",
            "0.00001",
            "x\ny",
            "007",
        )
    ]


def test_a_long_number_has_no_exponent_and_its_lost_digits_are_told(tmp_path):
    path = _book(tmp_path, [[234000000000000000.0]])

    sheet = read_workbook(path, "a.xlsx").sheets[0]

    assert _rows(path) == [("234000000000000000",)]
    assert sheet.oddities == ("1 numbers of 16 digits or more: the file has lost their last digits",)


def test_leading_zeros_that_a_format_shows_are_put_back(tmp_path):
    path = tmp_path / "zeros.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    zeros = book.add_format({"num_format": "00000000"})
    sheet.write_row(0, 0, ["Serial", "Units"])
    sheet.write_number(1, 0, 1234, zeros)
    sheet.write_number(1, 1, 3)
    book.close()

    assert _rows(path) == [("Serial", "Units"), ("00001234", "3")]


def test_errors_in_cells_stay_as_text(tmp_path):
    path = tmp_path / "errors.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Model", "Serial"])
    sheet.write_string(1, 0, "S21")
    sheet.write_formula(1, 1, "=NA()", None, "#N/A")
    book.close()

    assert _rows(path) == [("Model", "Serial"), ("S21", "#N/A")]


def test_cells_keep_their_place_when_the_sheet_begins_further_in(tmp_path):
    book = openpyxl.Workbook()
    book.active["C4"] = "Model"
    book.active["D5"] = "AB1"
    book.save(tmp_path / "in.xlsx")

    sheet = read_workbook(tmp_path / "in.xlsx", "in.xlsx").sheets[0]

    assert sheet.rows(4).select("row", "c2", "c3").collect().rows() == [(4, "Model", None), (5, None, "AB1")]
    assert sheet.head[3] == ("", "", "Model", "")


def test_hidden_and_very_hidden_sheets_are_read_and_marked(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "Seen"
    for title, state in (("Hidden", "hidden"), ("Very", "veryHidden")):
        sheet = book.create_sheet(title)
        sheet["A1"] = "x"
        sheet.sheet_state = state
    book.save(tmp_path / "h.xlsx")

    grid = read_workbook(tmp_path / "h.xlsx", "h.xlsx")

    assert [(sheet.name, sheet.hidden) for sheet in grid.sheets] == [
        ("Seen", False),
        ("Hidden", True),
        ("Very", True),
    ]
    assert grid.oddities == ("hidden sheets, read all the same: 'Hidden', 'Very'",)


def test_columns_that_hold_nothing_are_left_out(tmp_path):
    path = tmp_path / "wide.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    styled = book.add_format({"bold": True})
    sheet.write_row(0, 0, ["a", "", "c"])
    for column in range(3, 400):
        sheet.write_blank(0, column, None, styled)
    book.close()

    assert read_workbook(path, "wide.xlsx").sheets[0].present == (0, 2)


def test_a_reader_that_dies_becomes_an_error_that_names_the_file(tmp_path, monkeypatch):
    path = _book(tmp_path, [["a"]])
    child = tmp_path / "child.py"
    child.write_text("import os\nos.abort()\n")
    monkeypatch.setattr(workbook, "_CHILD", child)

    with pytest.raises(InventoryError, match=r"fleet\.xlsx: made the workbook reader stop"):
        read_workbook(path, "fleet.xlsx")


def test_a_reader_that_runs_out_of_memory_becomes_an_error(tmp_path, monkeypatch):
    path = tmp_path / "big.xlsx"
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet()
    for row in range(20_000):
        sheet.write_row(row, 0, [f"serial number {row:08d} of a machine"] * 10)
    book.close()
    monkeypatch.setattr(workbook, "MEMORY", 48 * 2**20)

    with pytest.raises(InventoryError, match=r"big\.xlsx: (needs more than|made the workbook reader stop)"):
        read_workbook(path, "big.xlsx")


def test_a_reader_that_never_ends_is_ended(tmp_path, monkeypatch):
    path = _book(tmp_path, [["a"]])
    child = tmp_path / "child.py"
    child.write_text("import time\ntime.sleep(60)\n")
    monkeypatch.setattr(workbook, "_CHILD", child)
    monkeypatch.setattr(workbook, "PATIENCE", 0.3)

    with pytest.raises(InventoryError, match="made the workbook reader stop"):
        read_workbook(path, "fleet.xlsx")


def test_a_file_beside_the_reader_is_not_imported_by_it(tmp_path, monkeypatch):
    path = _book(tmp_path, [["a"]])
    (tmp_path / "csv.py").write_text("raise SystemExit('taken over')")
    monkeypatch.chdir(tmp_path)

    assert _rows(path) == [("a",)]


def test_a_far_cell_is_named_by_the_guard_even_where_the_reader_dies_first(tmp_path):
    path = tmp_path / "far.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Fleet")
    sheet.write(0, 0, "Model")
    sheet.write(1_048_575, 16_383, "stray")
    book.close()

    with pytest.raises(InventoryError, match=r"far\.xlsx:Fleet!XFD1048576: a cell stands so far out"):
        read_workbook(path, "far.xlsx")
