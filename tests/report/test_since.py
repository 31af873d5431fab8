"""What changed since a baseline, and what replacements do, in every report that shows it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import jsonschema_rs
import openpyxl
import polars as pl
import pytest

from provenance.origin.exchanges import Exchange, ExchangeKind
from provenance.policy.audit import Count
from provenance.policy.baseline.change import BaselineFile, Change, Comparison, ExchangeUse, Parity, Tally
from provenance.policy.verdict import Verdict
from provenance.report import workbook
from provenance.report.document import build_document
from provenance.report.outputs import write_reports
from provenance.report.schema import report_schema
from provenance.report.terminal import render

RULE = "sale-clause/origin"
CHANGES = [
    ("new", RULE, "=1+1", "Bitmain", None, None, None, "non-conforming", "condemned", None, 1),
    ("removed", RULE, None, "Bitmain", "T-1", "undetermined", "open", None, None, "not here", 2),
    ("cured", RULE, "SN-9", None, None, "undetermined", "open", "conforming", "cleared", "a paper", 1),
]
COLUMNS = (
    "change", "rule", "serial", "maker", "asset_tag", "verdict_before", "reason_before", "verdict", "reason", "why",
    "units",
)  # fmt: skip


@pytest.fixture
def compared(audit):
    """The made-up fleet with a made-up past."""
    counts = {change: Tally(0, 0) for change in Change} | {
        Change.NEW: Tally(1, 1), Change.REMOVED: Tally(1, 2), Change.CURED: Tally(1, 1), Change.KNOWN: Tally(7, 9),
    }  # fmt: skip
    comparison = Comparison(
        BaselineFile("old.json", "0" * 64, "provenance 0.1.0", date(2024, 5, 31)),
        counts,
        {Verdict.UNDETERMINED: Count(1, 3)},
        {},
        ("The catalogue is not what it was.",),
        pl.DataFrame(CHANGES, schema=dict.fromkeys(COLUMNS, pl.String) | {"units": pl.Int64}, orient="row"),
        pl.Series([], dtype=pl.String),
    )
    use = ExchangeUse(
        Exchange(ExchangeKind.REPLACEMENT, "SN-9", "SN-10", date(2024, 6, 1), "made up", "swaps.csv:A2"),
        "Replaced on 2024-06-01 by SN-10, which conforms.",
        True,
        Parity.SHORT,
        "200 TH/s by the inventory before, 188 TH/s by the inventory now",
        cures=True,
    )
    return replace(audit, comparison=comparison, exchanges=(use,), compared_files=(("old.json", "0" * 64),))


def test_the_terminal_tells_the_counts_the_first_changes_and_the_replacements(compared):
    text = render(build_document(compared), width=160)
    assert "Changes since old.json (as of 2024-05-31, provenance 0.1.0)" in text
    assert "known           7      9  as it was" in text
    assert "new: =1+1 under sale-clause/origin, not there then, non-conforming now" in text
    assert (
        "removed: Bitmain / T-1 under sale-clause/origin, undetermined (open) then, not there now: not here"
        in text
    )
    assert "then 3 units undetermined." in text
    assert "replacement SN-9 to SN-10, 2024-06-01: Replaced on 2024-06-01 by SN-10, which conforms." in text
    assert "Parity short: 200 TH/s by the inventory before" in " ".join(text.split())


def test_the_json_report_holds_every_change_and_fits_its_schema(compared, tmp_path):
    path = tmp_path / "report.json"
    write_reports(compared, None, [("json", path)])
    told = json.loads(path.read_text("utf-8"))
    jsonschema_rs.validator_for(report_schema()).validate(told)
    assert told["baseline"]["counts"]["known"] == {"findings": 7, "units": 9}
    assert [[row[column] for column in COLUMNS] for row in told["changes"]] == [list(row) for row in CHANGES]
    assert (told["replacements"][0]["parity"], told["replacements"][0]["cures"]) == ("short", True)


def test_a_report_without_a_baseline_says_so_with_null(audit, tmp_path):
    path = tmp_path / "report.json"
    write_reports(audit, None, [("json", path)])
    told = json.loads(path.read_text("utf-8"))
    assert (told["baseline"], told["changes"], told["replacements"]) == (None, [], [])


def test_the_workbook_has_sheets_for_the_changes_and_the_replacements(compared, tmp_path):
    path = tmp_path / "annotated.xlsx"
    write_reports(compared, None, [("xlsx", path)])
    book = openpyxl.load_workbook(path)
    assert [name for name in book.sheetnames if name in {"Since the baseline", "Changes", "Replacements"}] == [
        "Since the baseline", "Changes", "Replacements",
    ]  # fmt: skip
    rows = list(book["Changes"].iter_rows(values_only=True))
    assert [row[:3] for row in rows[1:]] == [
        ("new", RULE, "'=1+1"), ("removed", RULE, "Bitmain / T-1"), ("cured", RULE, "SN-9"),
    ]  # fmt: skip


def test_a_sheet_of_changes_that_is_full_says_how_many_it_leaves_out(compared, tmp_path, monkeypatch):
    def notes(path):
        write_reports(compared, None, [("xlsx", path)])
        told = [row[0].value for row in openpyxl.load_workbook(path)["Since the baseline"].iter_rows()]
        return [text for text in told if "The sheet Changes" in str(text)]

    assert notes(tmp_path / "whole.xlsx") == []
    monkeypatch.setattr(workbook, "CHANGES_LIMIT", 2)
    assert notes(tmp_path / "full.xlsx") == [
        "The sheet Changes holds the first 2 of 3 findings; the json report holds all."
    ]
    assert len(list(openpyxl.load_workbook(tmp_path / "full.xlsx")["Changes"].iter_rows())) == 3


def test_the_annotated_sheet_has_a_column_for_the_change_only_beside_a_baseline(audit, compared, tmp_path):
    headers = []
    for one in (audit, compared):
        write_reports(one, None, [("csv", tmp_path / "machines.csv")])
        headers.append((tmp_path / "machines.csv").read_text("utf-8").splitlines()[0])
    assert ["provenance_change" in header for header in headers] == [False, True]
