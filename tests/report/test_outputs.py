from dataclasses import replace
from pathlib import Path

import pytest

from provenance.errors import ReportError
from provenance.report import registry
from provenance.report.outputs import plan_outputs, write_reports
from provenance.report.registry import FORMATS, format_for, format_of
from provenance.report.workbook import ROW_LIMIT


def test_ids_names_and_endings_are_each_used_once():
    endings = [suffix for offered in FORMATS for suffix in offered.suffixes]
    for values in ([offered.id for offered in FORMATS], [offered.file_name for offered in FORMATS], endings):
        assert len(set(values)) == len(values)


def test_an_output_goes_by_its_ending_and_markdown_means_the_notice():
    assert [format_for(Path(name)).id for name in ("a.md", "a.JSON", "a.csv", "a.xlsx", "a.parquet")] == [
        "notice-md",
        "json",
        "csv",
        "xlsx",
        "parquet",
    ]


def test_an_ending_of_no_format_is_refused_with_those_there_are():
    with pytest.raises(
        ReportError, match=r"a.pages: its ending says no format; end it in one of .txt, .json"
    ):
        format_for(Path("a.pages"))


def test_an_unknown_format_is_refused_with_those_there_are():
    with pytest.raises(ReportError, match="'yaml' is no format; take one of terminal, json, csv"):
        format_of("yaml")


def test_a_directory_takes_all_formats_under_fixed_names(tmp_path):
    assert plan_outputs([], [tmp_path]) == (
        ("terminal", tmp_path / "report.txt"),
        ("json", tmp_path / "report.json"),
        ("csv", tmp_path / "machines.csv"),
        ("xlsx", tmp_path / "annotated.xlsx"),
        ("parquet", tmp_path / "machines.parquet"),
        ("notice-md", tmp_path / "notice.md"),
        ("notice-docx", tmp_path / "notice.docx"),
        ("notice-pdf", tmp_path / "notice.pdf"),
        ("memo-md", tmp_path / "memorandum.md"),
        ("memo-docx", tmp_path / "memorandum.docx"),
        ("memo-pdf", tmp_path / "memorandum.pdf"),
        ("sarif", tmp_path / "report.sarif"),
        ("junit", tmp_path / "junit.xml"),
        ("github", tmp_path / "annotations.txt"),
        ("gitlab", tmp_path / "gl-code-quality-report.json"),
        ("cyclonedx", tmp_path / "bom.cdx.json"),
        ("summary-md", tmp_path / "summary.md"),
    )


def test_a_directory_takes_only_the_formats_asked_for(tmp_path):
    assert plan_outputs(["csv"], [tmp_path]) == (("csv", tmp_path / "machines.csv"),)


def test_formats_and_outputs_pair_in_order():
    assert plan_outputs(["json", "csv"], [Path("a"), Path("b")]) == (("json", Path("a")), ("csv", Path("b")))


def test_formats_and_outputs_that_do_not_pair_are_refused():
    with pytest.raises(ReportError, match=r"2 formats \(-f\) and 1 output \(-o\) do not pair"):
        plan_outputs(["json", "csv"], [Path("a")])


def test_a_text_that_ends_in_a_slash_is_a_directory_that_is_made(audit, tmp_path):
    plan = plan_outputs(["csv"], [f"{tmp_path}/new/out/"])
    assert write_reports(audit, None, plan).files == (tmp_path / "new/out/machines.csv",)
    assert (tmp_path / "new/out/machines.csv").is_file()


def test_an_output_whose_folder_is_not_there_is_refused_before_anything_is_written(tmp_path):
    with pytest.raises(ReportError, match=r"there is no folder .*nowhere'; make it, or name another"):
        plan_outputs([], [tmp_path / "nowhere/report.json"])


def test_all_reports_are_written(audit, tmp_path):
    write_reports(audit, None, plan_outputs([], [tmp_path]))
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        offered.file_name for offered in FORMATS
    )


def test_a_format_above_its_limit_stops_before_anything_is_written(audit, tmp_path):
    big = replace(audit, summary=replace(audit.summary, rows_read=ROW_LIMIT + 1))
    with pytest.raises(ReportError, match="xlsx: 1,048,576 rows, and this format takes 1,048,575; take csv"):
        write_reports(big, None, [("csv", tmp_path / "a.csv"), ("xlsx", tmp_path / "a.xlsx")])
    assert list(tmp_path.iterdir()) == []


def test_the_limit_that_the_registry_names_is_that_of_the_workbook():
    assert format_of("xlsx").row_limit == ROW_LIMIT


def test_the_model_is_not_built_for_a_format_that_does_not_want_it(audit, tmp_path, monkeypatch):
    def never(*_):
        raise AssertionError

    monkeypatch.setattr(registry, "build_document", never)
    write_reports(audit, None, [("csv", tmp_path / "a.csv"), ("parquet", tmp_path / "a.parquet")])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "a.parquet"]


def test_without_an_output_one_format_goes_to_standard_output():
    assert plan_outputs([], []) == (("terminal", None),)
    assert plan_outputs(["csv"], []) == (("csv", None),)


def test_two_formats_do_not_share_standard_output():
    with pytest.raises(
        ReportError, match=r"2 formats \(-f\) and one standard output; give each a file with -o"
    ):
        plan_outputs(["csv", "json"], [])


def test_the_files_written_are_told(audit, tmp_path):
    assert write_reports(audit, None, [("csv", tmp_path / "a.csv")]).files == (tmp_path / "a.csv",)


def test_standard_output_gets_what_a_file_gets(audit, tmp_path, capfdbinary):
    assert write_reports(audit, None, [("json", None)]).files == ()
    write_reports(audit, None, [("json", tmp_path / "a.json")])
    assert capfdbinary.readouterr().out == (tmp_path / "a.json").read_bytes()


def test_standard_output_takes_the_terminal_report(audit, capsys):
    write_reports(audit, None, [("terminal", None)])
    assert capsys.readouterr().out.startswith("NON-CONFORMING\n")


def test_a_terminal_takes_no_binary_format(audit, monkeypatch):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    with pytest.raises(ReportError, match="xlsx is no text for a terminal; name a file with -o"):
        write_reports(audit, None, [("xlsx", None)])


def test_a_format_that_is_not_installed_is_a_fault_where_it_was_named_and_left_out_where_it_was_not(
    audit, tmp_path, monkeypatch
):
    monkeypatch.setattr("provenance.report.outputs.find_spec", lambda name: None if name == "typst" else name)
    with pytest.raises(
        ReportError, match=r"notice-pdf: is written with typst, which is not installed; install"
    ):
        write_reports(audit, None, [("notice-pdf", tmp_path / "a.pdf")])
    written = write_reports(audit, None, plan_outputs([], [tmp_path]), spare=True)
    assert {path.suffix for path in written.files} & {".pdf"} == set()
    assert [reason.split(":")[0] for reason in written.left_out] == ["notice-pdf", "memo-pdf"]
