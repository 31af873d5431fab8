"""The request list: what settles most comes first, every open unit is asked for, photographs are a fair sample."""

import re
from dataclasses import replace

import openpyxl
import pytest

from provenance.errors import ReportError
from provenance.report.document import build_document
from provenance.report.outputs import write_questions
from provenance.report.question_list import STANDING, photographs, questions


@pytest.fixture
def listed(tmp_path):
    def make(audit):
        write_questions(audit, None, tmp_path / "requests.md")
        return (tmp_path / "requests.md").read_text("utf-8")

    return make


def test_the_documents_that_settle_most_come_first(listed, audit):
    first = listed(audit).split("## 2.")[0]
    units = [int(row) for row in re.findall(r"^\| O-\d+ .* \| (\d+) \| \d+ \|$", first, re.MULTILINE)]
    assert len(units) == 5
    assert units == sorted(units, reverse=True)
    assert "61 units are not proven either way. These documents would settle 58 units of them." in first


def test_every_open_unit_is_asked_for_once(listed, audit):
    each = listed(audit).split("## 2.")[1].split("## 3.")[0]
    assert len(re.findall(r"^\| (?!Serial|---)", each, re.MULTILINE)) == 21


def test_standing_items_of_diligence_are_asked_of_every_seller(listed, audit):
    text = listed(audit)
    for word in ("invoices", "protests", "Liens", "swapped", "hosting customers"):
        assert word in text
    ids = [one.id for one in questions(build_document(audit)) if one.id.startswith("S-")]
    assert len(ids) == len(STANDING) == len(set(ids))


def test_nameplates_are_sampled_by_case_and_site_the_same_in_every_run(audit_of, made_cases):
    opened = next(made for made in made_cases if made.reason.value == "open")
    units = tuple(replace(opened.units[0], serial=f"N{number:04d}") for number in range(900))
    audit = audit_of([replace(opened, units=units)])
    (sample,) = photographs(audit)
    assert (sample.of, len(sample.lines)) == (900, 20)
    assert photographs(audit) == (sample,)
    assert [serial for serial, _ in sample.lines] != sorted(serial for serial, _ in sample.lines)


def test_a_small_group_is_photographed_whole(audit):
    assert [one for one in photographs(audit) if one.of <= 3 and len(one.lines) != one.of] == []


def test_the_workbook_has_the_same_requests(audit, tmp_path):
    write_questions(audit, None, tmp_path / "requests.xlsx")
    book = openpyxl.load_workbook(tmp_path / "requests.xlsx")
    assert book.sheetnames == ["Requests", "Photographs"]
    ids = [row[0] for row in book["Requests"].iter_rows(min_row=2, values_only=True)]
    assert ids == [one.id for one in questions(build_document(audit))]


@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_it_comes_as_a_document_too(audit, tmp_path, ending):
    write_questions(audit, None, tmp_path / f"requests.{ending}")
    assert (tmp_path / f"requests.{ending}").stat().st_size > 5_000


def test_an_ending_that_says_no_form_is_a_fault(audit, tmp_path):
    with pytest.raises(
        ReportError, match=r"its ending says no form; end it in one of \.md, \.docx, \.pdf, \.xlsx"
    ):
        write_questions(audit, None, tmp_path / "requests.txt")
