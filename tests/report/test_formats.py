"""All formats tell the same: whole outputs against golden files, and the same findings with the same counts."""

import csv
import io
import json
import re
import zipfile
from collections import Counter

import openpyxl
import polars as pl
import pypdf
import pytest

from provenance.policy.verdict import Verdict
from provenance.report.outputs import plan_outputs, write_reports
from provenance.report.registry import FORMATS


def text_of(path):
    """Return the text of a document, its headers and footers too."""
    if path.suffix == ".pdf":
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    with zipfile.ZipFile(path) as parts:
        return "".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml"))


@pytest.mark.parametrize("name", ["report.txt", "report.json", "machines.csv", "notice.md", "memorandum.md"])
def test_the_whole_output_is_the_golden_one(audit_of, golden, tmp_path, name):
    write_reports(audit_of(synthetic=True, default=True), None, plan_outputs([], [tmp_path]))
    golden(name, (tmp_path / name).read_bytes().decode())


def test_the_csv_of_several_tables_is_the_golden_one(audit_of, golden, tmp_path):
    write_reports(audit_of(several=True), None, [("csv", tmp_path / "several.csv")])
    golden("several.csv", (tmp_path / "several.csv").read_bytes().decode())


@pytest.mark.parametrize("offered", FORMATS, ids=lambda offered: offered.id)
def test_two_renders_give_the_same_bytes(audit_of, tmp_path, offered):
    write_reports(audit_of(), None, [(offered.id, tmp_path / "one")])
    write_reports(audit_of(), None, [(offered.id, tmp_path / "two")])
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


@pytest.mark.parametrize("offered", FORMATS, ids=lambda offered: offered.id)
def test_every_report_of_made_up_data_says_so(audit_of, tmp_path, offered):
    path = tmp_path / offered.file_name
    write_reports(audit_of(synthetic=True), None, [(offered.id, path)])
    if path.suffix == ".xlsx":
        text = openpyxl.load_workbook(path)["Summary"]["A1"].value
    elif path.suffix in {".docx", ".pdf"}:
        text = text_of(path)
    elif path.suffix == ".parquet":
        text = pl.read_parquet(path)["stamp"][0]
    else:
        text = path.read_text(encoding="utf-8")
    assert "SYNTHETIC" in text


def test_all_formats_name_the_same_findings_with_the_same_counts(audit, tmp_path):
    write_reports(audit, None, plan_outputs([], [tmp_path]))
    lines = {verdict.value: count.lines for verdict, count in audit.summary.by_verdict.items()}
    units = {verdict.value: count.units for verdict, count in audit.summary.by_verdict.items()}
    text = (tmp_path / "report.txt").read_text(encoding="utf-8")
    notice = (tmp_path / "notice.md").read_text(encoding="utf-8")
    memorandum = (tmp_path / "memorandum.md").read_text(encoding="utf-8")
    told = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    rows = csv.DictReader(io.StringIO((tmp_path / "machines.csv").read_text(encoding="utf-8")))
    sheet = openpyxl.load_workbook(tmp_path / "annotated.xlsx")["Fleet"]
    parquet = pl.read_parquet(tmp_path / "machines.parquet")

    in_csv = Counter(row["provenance_verdict"] for row in rows)
    at = [cell.value for cell in sheet[1]].index("provenance verdict")
    in_xlsx = Counter(row[at].value for row in sheet.iter_rows(min_row=2) if row[at].value)
    assert dict(in_csv) == dict(in_xlsx) == lines | {"rejected": audit.summary.rejected}
    assert dict(Counter(parquet["verdict"].to_list())) == lines
    assert dict(Counter(machine["verdict"] for machine in told["machines"])) == lines
    assert {key: count["units"] for key, count in told["summary"]["by_verdict"].items()} == units
    for verdict in Verdict:
        words = verdict.value if verdict is not Verdict.OUT_OF_SCOPE else "out of scope"
        assert re.search(rf"^{words}\s+{lines[verdict]}\s+{units[verdict]} ", text, re.MULTILINE)
        assert f"| {words} | {lines[verdict]} | {units[verdict]} |" in memorandum
    bad, asked = units["non-conforming"], units["undetermined"]
    assert f"{bad} units on {lines['non-conforming']} lines, listed in Schedules A and C" in notice
    assert f"proof of origin of {asked} units on {lines['undetermined']} lines" in notice

    by_case = Counter(machine["case"] for machine in told["machines"])
    assert dict(by_case) == {case["id"]: case["lines"] for case in told["cases"]}
    assert {case.id[:12] for case in audit.cases} == set(re.findall(r"^    case (\w+)", text, re.MULTILINE))
