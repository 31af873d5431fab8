"""What the guard refuses before anything reads a workbook, and what it notes on the way."""

import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from provenance.errors import InventoryError
from provenance.inventory.guard import guard_container, note_sheets
from provenance.inventory.sheetnotes import SheetNotes


def guard_workbook(path: Path, name: str) -> dict[str, SheetNotes]:
    return note_sheets(path, name) if guard_container(path, name) else {}


_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_BOOK = f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name="Fleet" sheetId="1" r:id="rId1"/></sheets></workbook>'
_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
)


def _raw_xlsx(path: Path, sheet: str, *, prolog: str = "", extra: dict[str, bytes] | None = None) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("xl/workbook.xml", _BOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", _RELS)
        archive.writestr(
            "xl/worksheets/sheet1.xml", f'{prolog}<worksheet xmlns="{_MAIN}">{sheet}</worksheet>'
        )
        for name, body in (extra or {}).items():
            archive.writestr(name, body)
    return path


def test_a_cell_at_the_far_corner_is_refused_and_named(tmp_path):
    rows = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    path = _raw_xlsx(tmp_path / "far.xlsx", rows)

    with pytest.raises(InventoryError, match=r"far\.xlsx:Fleet!XFD1048576: a cell stands so far out"):
        guard_workbook(path, "far.xlsx")


def test_a_sheet_of_many_columns_that_are_filled_is_let_through(tmp_path):
    path = tmp_path / "wide.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    for column in range(3000):
        sheet.write(0, column, "h")
        sheet.write(1, column, 1)
    book.close()

    assert guard_workbook(path, "wide.xlsx")["Sheet1"].last_row == 2


def test_a_zip_bomb_is_refused_with_the_part_that_swells(tmp_path):
    bomb = b"<sst>" + b"0" * (64 * 2**20)
    path = _raw_xlsx(tmp_path / "bomb.xlsx", "<sheetData/>", extra={"xl/sharedStrings.xml": bomb})

    with pytest.raises(InventoryError, match=r"bomb\.xlsx: its part xl/sharedStrings\.xml unpacks to 64 MiB"):
        guard_workbook(path, "bomb.xlsx")


def test_a_part_that_lies_about_its_size_is_refused(tmp_path):
    path = _raw_xlsx(tmp_path / "lie.xlsx", "<sheetData>" + "<row r='1'/>" * 5000 + "</sheetData>")
    data = bytearray(path.read_bytes())
    at = data.rfind(b"xl/worksheets/sheet1.xml") - 46
    data[at + 24 : at + 28] = (100).to_bytes(4, "little")
    path.write_bytes(data)

    with pytest.raises(InventoryError, match="is a damaged workbook"):
        guard_workbook(path, "lie.xlsx")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_dtd_is_refused_in_any_encoding(tmp_path, encoding):
    sheet = f'<!DOCTYPE w [<!ENTITY a "aaaa">]><worksheet xmlns="{_MAIN}"><sheetData/></worksheet>'
    path = tmp_path / "dtd.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", _BOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", _RELS)
        archive.writestr("xl/worksheets/sheet1.xml", sheet.encode(encoding))

    with pytest.raises(InventoryError, match="declares a DTD or entities"):
        guard_workbook(path, "dtd.xlsx")


def test_a_workbook_encrypted_by_office_says_that_it_is_protected(tmp_path):
    path = tmp_path / "secret.xlsx"
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(100)
    )

    with pytest.raises(
        InventoryError, match=r"secret\.xlsx: is protected by a password; save a copy without"
    ):
        guard_workbook(path, "secret.xlsx")


def test_an_xls_whose_stream_opens_with_a_password_record_says_that_it_is_protected(tmp_path):
    begin = b"\x09\x08\x10\x00" + bytes(16) + b"\x2f\x00\x06\x00" + bytes(6)
    path = tmp_path / "old.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + begin + bytes(512))

    with pytest.raises(InventoryError, match="is protected by a password"):
        guard_workbook(path, "old.xls")


def test_an_encrypted_ods_says_that_it_is_protected(tmp_path):
    path = tmp_path / "secret.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("META-INF/manifest.xml", "<manifest><encryption-data/></manifest>")
        archive.writestr("content.xml", b"\x01\x02")

    with pytest.raises(InventoryError, match="is protected by a password"):
        guard_workbook(path, "secret.ods")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", r"is empty \(0 bytes\)"),
        (b"Attachme" + bytes(60), "is no workbook"),
        (b"PK\x03\x04" + bytes(60), "is a damaged workbook"),
    ],
)
def test_what_is_no_workbook_is_refused_with_a_reason(tmp_path, content, words):
    path = tmp_path / "odd.xlsx"
    path.write_bytes(content)

    with pytest.raises(InventoryError, match=words):
        guard_workbook(path, "odd.xlsx")


def test_hidden_rows_and_columns_are_noted(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in range(1, 7):
        sheet.append([row, "x", "y"])
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["B"].hidden = True
    book.save(tmp_path / "hidden.xlsx")

    notes = guard_workbook(tmp_path / "hidden.xlsx", "hidden.xlsx")["Sheet"]

    assert (notes.hidden_rows, notes.hidden_columns) == ([4], [1])


def test_formulas_that_were_never_calculated_are_noted(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Serial", "Copy"])
    book.active.append(["AB1", "=A2"])
    book.save(tmp_path / "formula.xlsx")

    assert guard_workbook(tmp_path / "formula.xlsx", "formula.xlsx")["Sheet"].uncalculated == [(2, 1)]


def test_a_formula_with_its_value_is_not_noted(tmp_path):
    path = tmp_path / "value.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet().write_formula(0, 0, "=1+1", None, 2)
    book.close()

    assert guard_workbook(path, "value.xlsx")["Sheet1"].uncalculated == []


def test_numbers_shown_with_leading_zeros_are_noted_with_their_digits(tmp_path):
    path = tmp_path / "zeros.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    zeros = book.add_format({"num_format": "00000000"})
    sheet.write_number(1, 2, 1234, zeros)
    sheet.write_number(2, 2, 99)
    sheet.write_string(3, 2, "12", zeros)
    book.close()

    assert guard_workbook(path, "zeros.xlsx")["Sheet1"].padded == {(2, 8): [2]}


def test_errors_in_cells_are_noted_with_their_text(tmp_path):
    rows = '<sheetData><row r="3"><c r="B3" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="C3"><v>0</v></c></row></sheetData>'

    notes = guard_workbook(_raw_xlsx(tmp_path / "errors.xlsx", rows), "errors.xlsx")["Fleet"]

    assert notes.errors == {(3, 1): "#DIV/0!"}


def test_notes_are_the_same_when_cells_stand_across_the_borders_of_reading(tmp_path, monkeypatch):
    book = openpyxl.Workbook()
    for row in range(1, 200):
        book.active.append([row, f"=A{row}", "text"])
    book.active.row_dimensions[150].hidden = True
    book.save(tmp_path / "long.xlsx")
    whole = guard_workbook(tmp_path / "long.xlsx", "long.xlsx")["Sheet"]

    monkeypatch.setattr("provenance.inventory.guard._CHUNK", 97)
    cut = guard_workbook(tmp_path / "long.xlsx", "long.xlsx")["Sheet"]

    assert (cut.last_row, len(cut.uncalculated), cut.hidden_rows) == (199, 199, [150])
    assert whole == cut


def test_a_cell_without_end_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("provenance.inventory.sheetnotes.MAX_CELL", 1 << 16)
    rows = '<sheetData><row r="1"><c r="A1" t="str"><v>' + "x" * (3 << 20)
    path = _raw_xlsx(tmp_path / "endless.xlsx", rows)

    with pytest.raises(InventoryError, match=r"endless\.xlsx:Fleet: a cell takes more than"):
        guard_workbook(path, "endless.xlsx")


def test_tags_that_never_close_cost_no_more_than_others(tmp_path):
    path = _raw_xlsx(tmp_path / "open.xlsx", "<row " * 400_000)

    assert guard_workbook(path, "open.xlsx")["Fleet"].last_row == 0


def test_a_list_of_sheets_of_absurd_size_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("provenance.inventory.guard.MAX_INDEX", 100)

    with pytest.raises(
        InventoryError, match=r"its part xl/workbook\.xml unpacks to 0 MiB, where a list of sheets"
    ):
        guard_workbook(_raw_xlsx(tmp_path / "a.xlsx", "<sheetData/>"), "a.xlsx")
