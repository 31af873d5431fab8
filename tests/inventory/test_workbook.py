"""What the cells of a workbook become."""

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from provenance.errors import InventoryError
from provenance.inventory import workbook_process
from provenance.inventory.limits import Limits
from provenance.inventory.opening import Opening
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
    monkeypatch.setattr(workbook_process, "_CHILD", child)

    with pytest.raises(InventoryError, match=r"fleet\.xlsx: made the workbook reader stop"):
        read_workbook(path, "fleet.xlsx")


def test_a_reader_that_runs_out_of_memory_becomes_an_error(tmp_path):
    path = tmp_path / "big.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    for row in range(1_000):
        sheet.write(row, 0, f"{row:08d}" * 3_500)  # 28 MB: below what the guard suspects
    book.close()

    with pytest.raises(
        InventoryError, match=r"big\.xlsx.*: (needs more than|made the workbook reader stop|cannot be read)"
    ):
        read_workbook(path, "big.xlsx", Opening(Limits(memory=50)))


def test_a_reader_that_never_ends_is_ended(tmp_path, monkeypatch):
    path = _book(tmp_path, [["a"]])
    child = tmp_path / "child.py"
    child.write_text("import time\ntime.sleep(60)\n")
    monkeypatch.setattr(workbook_process, "_CHILD", child)

    with pytest.raises(InventoryError, match="took the workbook reader more than 1 seconds; split it"):
        read_workbook(path, "fleet.xlsx", Opening(Limits(seconds=1)))


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


_DYING = """
import json, os, sys
job = json.loads(sys.stdin.readline())
def line(record):
    sys.stdout.write(json.dumps(record) + "\\n"); sys.stdout.flush()
for index, name in enumerate(["Good", "Bad", "Last"]):
    if index < job["first"]:
        continue
    line({"sheet": index, "name": name, "visible": "Visible", "kind": "WorkSheet"})
    if name == "Bad":
        os.abort()
    line({"bytes": 2}); sys.stdout.write("x\\n"); sys.stdout.flush()
    line({"rows": 1, "width": 1, "column": 0, "columns": 1, "merged": [], "rounded": 0})
line({"end": True})
"""


def test_a_sheet_that_kills_the_reader_is_lost_alone_and_named(tmp_path, monkeypatch):
    path = _book(tmp_path, [["a"]])
    child = tmp_path / "child.py"
    child.write_text(_DYING)
    monkeypatch.setattr(workbook_process, "_CHILD", child)

    grid = read_workbook(path, "fleet.xlsx")

    assert ([sheet.name for sheet in grid.sheets], grid.complete) == (["Good", "Last"], False)
    assert [oddity.split(": out of memory")[0] for oddity in grid.oddities] == [
        "fleet.xlsx:Bad: made the workbook reader stop (code -6)"
    ]


def test_a_sheet_with_a_far_cell_is_refused_and_the_others_are_read(tmp_path):
    path = tmp_path / "far.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("Fleet").write_row(0, 0, ["Model", "Serial"])
    far = book.add_worksheet("Far")
    far.write(0, 0, "Model")
    far.write(1_048_575, 16_383, "stray")
    book.close()

    grid = read_workbook(path, "far.xlsx")

    assert ([sheet.name for sheet in grid.sheets], grid.complete) == (["Fleet"], False)
    assert grid.oddities[0].startswith(
        "far.xlsx:Far!XFD1048576: a cell stands so far out that the sheet spans"
    )


def test_text_that_is_repeated_beyond_the_limit_ends_the_process_and_not_the_run(tmp_path):
    path = tmp_path / "swell.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    for row in range(400):
        sheet.write_row(row, 0, ["x" * 30_000] * 40)
    book.close()

    with pytest.raises(
        InventoryError, match=r"swell\.xlsx:Sheet1: (needs more than 300 MiB|made the workbook reader)"
    ):
        read_workbook(path, "swell.xlsx", Opening(Limits(memory=300)))


def test_the_reading_process_is_not_told_the_password(tmp_path, monkeypatch):
    path = _book(tmp_path, [["a"]])
    child = tmp_path / "child.py"
    child.write_text(
        "import json, os\n"
        "print(json.dumps({'error': 'Seen', 'message': str('PROVENANCE_PASSWORD' in os.environ)}), flush=True)\n"
    )
    monkeypatch.setattr(workbook_process, "_CHILD", child)
    monkeypatch.setenv("PROVENANCE_PASSWORD", "hush")

    with pytest.raises(InventoryError, match=r"cannot be read as a workbook \(False\)"):
        read_workbook(path, "fleet.xlsx")


def test_numbers_are_shown_in_the_mask_of_their_format(tmp_path):
    path = tmp_path / "mask.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    named = book.add_format({"num_format": '"SN-"00000'})
    sheet.write_column(0, 0, [42, 123456], named)
    sheet.write(2, 0, 42)
    book.close()

    assert _rows(path) == [("SN-00042",), ("SN-123456",), ("42",)]


def test_a_workbook_is_read_whatever_suffix_it_bears(tmp_path):
    path = _book(tmp_path, [["a", 1]])
    odd = path.rename(tmp_path / "fleet.xls")

    assert read_workbook(odd, "fleet.xls").format == "xlsx"
    assert _rows(odd) == [("a", "1")]


def test_blank_rows_and_columns_inside_a_sheet_keep_their_place_and_those_behind_it_do_not(tmp_path):
    path = tmp_path / "blank.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    grey = book.add_format({"bg_color": "#cccccc"})
    sheet.write(1, 1, "a")
    sheet.write(150_000, 3, "z")
    for row in range(150_001, 150_100):
        sheet.write_blank(row, 5, None, grey)
    book.close()

    read = read_workbook(path, "blank.xlsx").sheets[0]

    frame = read.rows(1).collect()
    assert (frame.height, read.width, read.present) == (150_001, 4, (1, 3))
    assert frame.filter(frame["c1"].is_not_null() | frame["c3"].is_not_null()).select(
        "row", "c1", "c3"
    ).rows() == [
        (2, "a", None),
        (150_001, None, "z"),
    ]


def test_a_column_alone_keeps_its_blank_rows(tmp_path):
    assert _rows(_book(tmp_path, [["a"], [None], ["b"]])) == [("a",), (None,), ("b",)]


def test_white_space_alone_is_nothing_and_other_white_space_stays(tmp_path):
    path = _book(tmp_path, [["a", "  "], [" b ", "\u00a0"], ["\t", "c"]])

    assert _rows(path) == [("a", None), (" b ", None), (None, "c")]
    assert read_workbook(path, "a.xlsx").sheets[0].solid
