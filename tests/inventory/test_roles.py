"""What tables are for."""

from pathlib import Path

import openpyxl

from provenance.inventory.columnsfile import load_columns_file
from provenance.inventory.reader import read_inventory
from provenance.inventory.table import Role


def _book(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    book.active.title = "Fleet"
    for row in (["Model", "Serial"], ["S21", "AB10001"]):
        book.active.append(row)
    papers = book.create_sheet("Papers")
    for row in (
        ["document", "kind", "issuer", "country", "serials"],
        ["C-1", "certificate", "Chamber", "MY", "AB10001"],
    ):
        papers.append(row)
    schedule = book.create_sheet("Schedule 1 to the Agreement")
    for row in (["Model", "Qty", "Unit price"], ["S21", 500, 3000]):
        schedule.append(row)
    dates = book.create_sheet("Versions")
    for row in (["Version", "Changed by"], ["1", "JD"]):
        dates.append(row)
    book.save(tmp_path / "room.xlsx")
    return tmp_path / "room.xlsx"


def test_roles_are_proposed_by_headers_and_titles(tmp_path):
    tables = read_inventory(_book(tmp_path)).tables

    assert [table.role for table in tables] == [Role.INVENTORY, Role.EVIDENCE, Role.SCHEDULE, Role.IGNORED]
    assert "not audited: it looks like an evidence register; give it with --evidence" in tables[1].oddities


def test_the_columns_file_has_the_last_word_on_a_role(tmp_path):
    said = tmp_path / "columns.yaml"
    said.write_text(
        "schema: provenance-columns/1\ntables:\n  - sheet: Schedule 1 to the Agreement\n    role: inventory\n",
        "utf-8",
    )

    tables = read_inventory(_book(tmp_path), columns=load_columns_file(said)).tables

    assert tables[2].role is Role.INVENTORY
