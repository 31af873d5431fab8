import zipfile
from dataclasses import replace

import openpyxl
import pytest

from provenance.errors import ReportError
from provenance.policy.verdict import Reason
from provenance.report.document import build_document
from provenance.report.workbook import ROW_LIMIT, write_workbook


def book(audit, tmp_path):
    path = tmp_path / "annotated.xlsx"
    write_workbook(audit, build_document(audit), path)
    return openpyxl.load_workbook(path)


def column(sheet, header):
    at = [cell.value for cell in sheet[1]].index(header)
    return [row[at].value for row in sheet.iter_rows(min_row=2)]


def test_the_sheets_stand_in_reading_order(audit, tmp_path):
    assert book(audit, tmp_path).sheetnames == [
        "Summary",
        "Machines",
        "Cases",
        "Under embargo",
        "Still to be proven",
        "Rejected rows",
        "Readings",
        "Judged otherwise",
        "Documents",
        "Document findings",
        "Contracted and delivered",
        "Disclosure",
        "Waivers",
        "Sources",
    ]


def test_every_row_of_the_inventory_stands_in_the_machines_sheet_with_its_verdict(audit, tmp_path):
    sheet = book(audit, tmp_path)["Machines"]
    verdicts = column(sheet, "provenance_verdict")
    assert len(verdicts) == audit.summary.rows_read
    assert verdicts.count("non-conforming") == 6
    assert verdicts.count("rejected") == 3
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref is not None


def test_verdicts_are_coloured(audit, tmp_path):
    sheet = book(audit, tmp_path)["Machines"]
    at = [cell.value for cell in sheet[1]].index("provenance_verdict")
    assert sheet.cell(2, at + 1).fill.start_color.rgb == "FFF8CBAD"


def test_no_cell_of_any_sheet_is_a_formula_or_a_link(audit_of, made_cases, tmp_path):
    linked = replace(made_cases[0], units=(replace(made_cases[0].units[0], note="https://example.org"),))
    workbook = book(audit_of([linked, *made_cases[1:]]), tmp_path)
    cells = [cell for sheet in workbook for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink] == []
    with zipfile.ZipFile(tmp_path / "annotated.xlsx") as parts:
        assert [name for name in parts.namelist() if b"<f>" in parts.read(name)] == []


def test_a_cell_that_means_harm_carries_an_apostrophe(audit, tmp_path):
    models = column(book(audit, tmp_path)["Machines"], "Model")
    assert "'=cmd|' /C calc'!A0" in models


def test_the_cases_sheet_holds_each_finding_with_its_units(audit, tmp_path):
    sheet = book(audit, tmp_path)["Cases"]
    assert column(sheet, "case") == [case.id for case in audit.cases]
    assert sum(column(sheet, "units")) == audit.summary.units


def test_what_is_to_be_proven_adds_up(audit, tmp_path):
    assert sum(column(book(audit, tmp_path)["Still to be proven"], "units")) == 61


def test_a_text_longer_than_a_cell_is_cut_and_says_so(audit_of, made_cases, tmp_path):
    long = replace(made_cases[0], units=(replace(made_cases[0].units[0], note="x" * 40_000),))
    notes = column(book(audit_of([long]), tmp_path)["Machines"], "'=Note")
    assert len(notes[0]) == 32_767
    assert notes[0].endswith("[cut: the json report holds the whole text]")


def test_more_rows_than_a_sheet_holds_are_refused(audit, tmp_path):
    document = build_document(audit)
    big = replace(audit, summary=replace(audit.summary, rows_read=ROW_LIMIT + 1))
    with pytest.raises(
        ReportError, match="1,048,576 rows, and a sheet holds 1,048,575 below its header; take csv"
    ):
        write_workbook(big, document, tmp_path / "a.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_made_up_data_are_stamped_on_the_first_sheet(audit_of, made_cases, tmp_path):
    cleared = [made for made in made_cases if made.reason is Reason.CLEARED]
    first = book(audit_of(cleared, synthetic=True), tmp_path)["Summary"]
    assert first["A1"].value.startswith("SYNTHETIC")
