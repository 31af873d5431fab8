"""Workbooks whose XML is in another encoding than UTF-8."""

import zipfile
from pathlib import Path

import openpyxl
import pytest

from provenance.errors import InventoryError
from provenance.inventory.recode import encoding_of, recode_parts
from provenance.inventory.workbook import read_workbook


def _recoded(tmp_path: Path, encoding: str, declared: str) -> Path:
    """Return a workbook every part of which is in the encoding."""
    book = openpyxl.Workbook()
    book.active.title = "Flotte"
    book.active.append(["Modèle", "Série"])
    book.active.append(["Größe é", "A001"])
    book.active.row_dimensions[2].hidden = True
    book.save(tmp_path / "plain.xlsx")
    path = tmp_path / "fleet.xlsx"
    with zipfile.ZipFile(tmp_path / "plain.xlsx") as plain, zipfile.ZipFile(path, "w") as archive:
        for member in plain.namelist():
            text = (
                plain.read(member).decode().split("?>", 1)[-1] if member.endswith((".xml", ".rels")) else ""
            )
            archive.writestr(member, f'<?xml version="1.0" encoding="{declared}"?>\n{text}'.encode(encoding))
    return path


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-16", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("utf-16-le", "utf-16"),
        ("cp1252", "windows-1252"),
        ("utf-8", "UTF-8"),
    ],
)
def test_a_workbook_is_read_whatever_its_xml_is_encoded_in(tmp_path, encoding, declared):
    grid = read_workbook(_recoded(tmp_path, encoding, declared), "fleet.xlsx")

    (sheet,) = grid.sheets
    assert (sheet.name, sheet.head) == ("Flotte", (("Modèle", "Série"), ("Größe é", "A001")))
    assert sheet.oddities == ("hidden rows, read all the same: 2",)


def test_a_workbook_in_utf8_is_not_copied(tmp_path):
    path = _recoded(tmp_path, "utf-8", "UTF-8")

    assert recode_parts(path, "fleet.xlsx", tmp_path) == path


def test_a_part_that_is_not_in_the_encoding_it_declares_is_refused(tmp_path):
    path = tmp_path / "fleet.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", b"\xff\xfe<\x00w\x00\x00\xd8")

    with pytest.raises(InventoryError, match=r"fleet\.xlsx: its part xl/workbook\.xml is not in utf-16"):
        recode_parts(path, "fleet.xlsx", tmp_path)


@pytest.mark.parametrize("declared", ["zlib", "rot13", "idna", "no-such", "hex"])
def test_a_codec_that_is_no_encoding_of_documents_is_not_used(declared):
    assert encoding_of(f'<?xml version="1.0" encoding="{declared}"?><a/>'.encode()) == "utf-8"
