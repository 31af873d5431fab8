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
        "Figures",
        "Fleet",
        "Cases",
        "Under embargo",
        "Requests",
        "Photographs",
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


def test_the_sellers_own_sheet_comes_back_with_every_row_where_it_stood(audit, tmp_path):
    sheet = book(audit, tmp_path)["Fleet"]
    verdicts = column(sheet, "provenance verdict")
    assert len([verdict for verdict in verdicts if verdict]) == audit.summary.rows_read
    assert verdicts.count("non-conforming") == 6
    assert verdicts.count("rejected") == 3
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref is not None
    at = [cell.value for cell in sheet[1]].index("Serial") + 1
    machines = audit.machines.collect().select("row", "serial").iter_rows()
    moved = [
        row
        for row, serial in machines
        if serial
        and serial.isascii()
        and serial.isprintable()
        and serial not in str(sheet.cell(row, at).value)
    ]
    assert moved == []


def test_ground_and_request_stand_beside_each_row(audit, tmp_path):
    sheet = book(audit, tmp_path)["Fleet"]
    rows = zip(
        column(sheet, "provenance verdict"),
        column(sheet, "provenance ground"),
        column(sheet, "provenance request"),
        strict=True,
    )
    told = {(verdict, bool(ground), bool(request)) for verdict, ground, request in rows if verdict}
    assert told == {
        ("non-conforming", True, False), ("undetermined", True, True), ("waived", True, False),
        ("conforming", True, False), ("out-of-scope", True, False), ("rejected", False, False),
    }  # fmt: skip


def test_verdicts_are_coloured(audit, tmp_path):
    sheet = book(audit, tmp_path)["Fleet"]
    at = [cell.value for cell in sheet[1]].index("provenance verdict")
    assert sheet.cell(2, at + 1).fill.start_color.rgb == "FFF8CBAD"


def test_the_summary_has_charts_drawn_from_figures_that_add_up(audit, tmp_path):
    workbook = book(audit, tmp_path)
    assert len(workbook["Summary"]._charts) == 3
    figures = list(workbook["Figures"].iter_rows(min_row=2, values_only=True))
    for title in ("Units by verdict and site", "Units by verdict and maker"):
        assert sum(row[-1] for row in figures if row[0] == title) == audit.summary.units
    texts = [cell.value for cell in workbook["Summary"]["A"] if cell.value]
    assert any(text.startswith("The largest maker is Bitmain: ") for text in texts)


def test_requests_have_the_columns_of_a_data_rooms_questions_and_answers(audit, tmp_path):
    sheet = book(audit, tmp_path)["Requests"]
    assert [cell.value for cell in sheet[1]][:6] == ["id", "category", "question", "owner", "status", "due"]
    assert column(sheet, "id")[0] == "O-001"
    assert set(column(sheet, "status")) == {"open"}


def test_no_cell_of_any_sheet_is_a_formula_or_a_link(audit_of, made_cases, tmp_path):
    linked = replace(made_cases[0], units=(replace(made_cases[0].units[0], note="https://example.org"),))
    workbook = book(audit_of([linked, *made_cases[1:]]), tmp_path)
    cells = [cell for sheet in workbook for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink] == []
    with zipfile.ZipFile(tmp_path / "annotated.xlsx") as parts:
        assert [name for name in parts.namelist() if b"<f>" in parts.read(name)] == []


def test_a_cell_that_means_harm_carries_an_apostrophe(audit, tmp_path):
    models = column(book(audit, tmp_path)["Fleet"], "Model")
    assert "'=cmd|' /C calc'!A0" in models


def test_the_cases_sheet_holds_each_finding_with_its_units(audit, tmp_path):
    sheet = book(audit, tmp_path)["Cases"]
    assert column(sheet, "case") == [case.id for case in audit.cases]
    assert sum(column(sheet, "units")) == audit.summary.units


def test_what_is_to_be_proven_adds_up(audit, tmp_path):
    units = column(book(audit, tmp_path)["Requests"], "units")
    assert sum(count for count in units if count) == 61


def test_a_text_longer_than_a_cell_is_cut_and_says_so(audit_of, made_cases, tmp_path):
    long = replace(made_cases[0], units=(replace(made_cases[0].units[0], note="x" * 40_000),))
    notes = column(book(audit_of([long]), tmp_path)["Fleet"], "'=Note")
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
