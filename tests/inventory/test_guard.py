"""What the guard refuses before anything reads a workbook, and what it notes on the way."""

import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from provenance.errors import InventoryError
from provenance.inventory.guard import Container, Kind, guard_container, note_sheets
from provenance.inventory.limits import Limits
from provenance.inventory.package import DIGIT
from provenance.inventory.sheetnotes import SheetNotes

DEFAULTS = Limits()


def guard_workbook(path: Path, name: str, limits: Limits = DEFAULTS) -> dict[str, SheetNotes]:
    guard_container(path, name, limits)
    notes, faults = note_sheets(path, name, limits)
    if faults:
        raise InventoryError(list(faults.values()))
    return notes


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

    with pytest.raises(InventoryError, match=r"lie\.xlsx:Fleet: is damaged"):
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


def test_a_workbook_encrypted_by_office_is_known_as_a_locked_package(tmp_path):
    path = tmp_path / "secret.xlsx"
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(100)
    )

    assert guard_container(path, "secret.xlsx", DEFAULTS) == Container(Kind.PACKAGE, locked=True)


def test_an_xls_whose_stream_opens_with_a_password_record_is_known_as_locked(tmp_path):
    begin = b"\x09\x08\x10\x00" + bytes(16) + b"\x2f\x00\x06\x00" + bytes(6)
    path = tmp_path / "old.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + begin + bytes(512))

    assert guard_container(path, "old.xls", DEFAULTS) == Container(Kind.XLS, locked=True)


def test_an_encrypted_ods_is_known_as_locked(tmp_path):
    path = tmp_path / "secret.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("META-INF/manifest.xml", "<manifest><encryption-data/></manifest>")
        archive.writestr("content.xml", b"\x01\x02")

    assert guard_container(path, "secret.ods", DEFAULTS) == Container(Kind.ODS, locked=True)


@pytest.mark.parametrize(
    ("part", "kind"),
    [("xl/workbook.xml", Kind.XLSX), ("XL\\Workbook.bin", Kind.XLSB), ("content.xml", Kind.ODS)],
)
def test_a_workbook_is_what_its_parts_say_whatever_its_name(tmp_path, part, kind):
    path = tmp_path / "fleet.dat"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(part, b"")

    assert guard_container(path, "fleet.dat", DEFAULTS) == Container(kind)


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (
            Limits(members=2),
            "holds 4 parts; at most 2 are read; save it again, or export csv, or raise the limit `members`",
        ),
        (
            Limits(unpacked=1),
            "unpacks to 2 MiB; at most 1 are read; save it again, or export csv, or raise the limit `unpacked`",
        ),
    ],
)
def test_limits_that_are_set_are_kept_and_named(tmp_path, limits, words):
    path = _raw_xlsx(tmp_path / "a.xlsx", "<sheetData/>" + " " * 2 * 2**20)

    with pytest.raises(InventoryError, match=words):
        guard_workbook(path, "a.xlsx", limits)


def test_the_area_of_a_nearly_empty_sheet_is_limited_as_set(tmp_path):
    rows = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="900"><c r="AAA900"><v>1</v></c></row></sheetData>'
    path = _raw_xlsx(tmp_path / "a.xlsx", rows)

    assert guard_workbook(path, "a.xlsx")["Fleet"].last_row == 900
    with pytest.raises(
        InventoryError, match="Fleet!AAA900: a cell stands so far out that the sheet spans 632,700 cells"
    ):
        guard_workbook(path, "a.xlsx", Limits(cells=1000))


def test_a_damaged_sheet_is_refused_alone(tmp_path):
    path = tmp_path / "two.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("Good").write(0, 0, "x")
    book.add_worksheet("Bad").write(0, 0, "x")
    book.close()
    data = bytearray(path.read_bytes())
    at = data.rfind(b"xl/worksheets/sheet2.xml") - 46
    data[at + 16] ^= 0xFF  # of its checksum
    path.write_bytes(data)

    notes, faults = note_sheets(path, "two.xlsx", DEFAULTS)

    assert (list(notes), list(faults)) == (["Good"], ["Bad"])
    assert str(faults["Bad"]).startswith("two.xlsx:Bad: is damaged (Bad CRC-32")


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

    assert guard_workbook(path, "zeros.xlsx")["Sheet1"].padded == {(2, DIGIT * 8): [2]}


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="C2" s="1"><v>7</v></c>',
        "<c r='C2' s='1'><v>7</v></c>",
        '<c s="1" r="C2"><v>7</v></c>',
        '<c t="n" s="1" r="C2"><v>7</v></c>',
    ],
)
def test_leading_zeros_are_noted_however_a_cell_is_written(tmp_path, cell):
    styles = (
        f'<styleSheet xmlns="{_MAIN}"><numFmts><numFmt numFmtId="164" formatCode="000"/></numFmts>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>'
    )
    path = _raw_xlsx(
        tmp_path / "a.xlsx",
        f'<sheetData><row r="2" s="1">{cell}<c r="D2" s="1" t="s"><v>0</v></c></row></sheetData>',
        extra={"xl/styles.xml": styles.encode()},
    )

    assert guard_workbook(path, "a.xlsx")["Fleet"].padded == {(2, DIGIT * 3): [2]}


def test_cells_without_addresses_are_told(tmp_path):
    rows = "<sheetData><row><c><v>1</v></c></row></sheetData>"

    assert guard_workbook(_raw_xlsx(tmp_path / "a.xlsx", rows), "a.xlsx")["Fleet"].unplaced


def test_parts_are_found_under_other_letters_and_slashes(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl\\Workbook.xml", _BOOK)
        archive.writestr(
            "xl/_rels/Workbook.xml.rels", _RELS.replace('"worksheets/', '"/xl/worksheets/../worksheets/')
        )
        archive.writestr(
            "xl/worksheets/Sheet1.xml",
            f'<x:worksheet xmlns:x="{_MAIN}"><x:sheetData><x:row r="4" hidden="1"/></x:sheetData></x:worksheet>',
        )

    assert guard_workbook(path, "a.xlsx")["Fleet"].hidden_rows == [4]


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
    monkeypatch.setattr("provenance.inventory.package.MAX_INDEX", 100)

    with pytest.raises(
        InventoryError, match=r"its part xl/workbook\.xml unpacks to 0 MiB, where a list of sheets"
    ):
        guard_workbook(_raw_xlsx(tmp_path / "a.xlsx", "<sheetData/>"), "a.xlsx")


def test_xml_in_an_encoding_that_does_not_exist_is_damaged(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", '<?xml version="1.0" encoding="UYF-8"?>' + _BOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", _RELS)

    with pytest.raises(InventoryError, match=r"a\.xlsx: is a damaged workbook \(unknown encoding: UYF-8\)"):
        guard_workbook(path, "a.xlsx")
