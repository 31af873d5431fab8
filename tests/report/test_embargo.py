"""Goods under embargo have a schedule of their own, with the warning, in every report that lists machines."""

from __future__ import annotations

import json
from dataclasses import replace

import openpyxl

from provenance.policy.embargo import WARNING
from provenance.policy.verdict import Reason, Verdict
from provenance.report.document import build_document
from provenance.report.embargo import embargo_lines
from provenance.report.json_report import write_json
from provenance.report.notice import notice_paper
from provenance.report.prose_markdown import write_markdown
from provenance.report.terminal import render
from provenance.report.workbook import write_workbook


def test_every_line_of_such_a_case_is_listed(audit):
    lines = list(embargo_lines(audit))
    assert [(line.verdict, "Iran" in line.why) for line in lines] == [(Verdict.NON_CONFORMING, True)]


def test_terminal_json_and_workbook_carry_schedule_and_warning(audit, tmp_path):
    document = build_document(audit)
    text = " ".join(render(document).split())
    assert "Goods under embargo" in text
    assert WARNING in text
    write_json(audit, document, None, tmp_path / "report.json")
    told = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert told["embargo"]["warning"] == WARNING
    (case,) = told["embargo"]["cases"]
    assert next(one for one in told["cases"] if one["id"] == case["case"])["embargo"] == case["why"]
    write_workbook(audit, document, tmp_path / "report.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "report.xlsx")["Under embargo"]
    assert sheet.cell(2, 1).value == WARNING
    assert sheet.max_row == 3


def _notice(audit, path):
    write_markdown(notice_paper(audit, build_document(audit), None), path)
    return path.read_text(encoding="utf-8")


def test_the_notice_claims_no_remedy_for_them_without_the_warning(audit, tmp_path):
    text = _notice(audit, tmp_path / "notice.md")
    assert text.count(WARNING) >= 2
    assert "replacement of each unit; not to be taken up before counsel has advised" in text


def test_goods_that_are_not_proven_but_point_there_stand_in_both_schedules(audit, tmp_path):
    pointing = next(case for case in audit.cases if case.reason is Reason.UNPROVEN)
    cases = tuple(
        replace(case, embargo="all that is stated of its origin points to Iran") if case is pointing else case
        for case in audit.cases
    )
    text = _notice(replace(audit, cases=cases), tmp_path / "notice.md")
    schedule = text[text.index("Schedule C: units under embargo") :]
    assert "it is not said to be non-conforming; Schedule B counts it" in schedule
    assert "stand in Schedule C too" in text


def test_without_such_goods_nothing_is_said_of_an_embargo(audit_of, made_cases):
    opened = audit_of([made for made in made_cases if made.reason is Reason.OPEN])
    document = build_document(opened)
    assert (document.embargo, document.embargo_warning, list(embargo_lines(opened))) == ((), "", [])
    assert "Goods under embargo" not in render(document)
