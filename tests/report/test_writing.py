import pytest

from provenance.errors import ReportError
from provenance.report.writing import write_whole


def says(text):
    return lambda path: path.write_text(text)


def breaks(path):
    path.write_text("half")
    raise ReportError([])


def test_outputs_appear_whole(tmp_path):
    write_whole([(tmp_path / "a", says("one")), (tmp_path / "b", says("two"))])
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"a": "one", "b": "two"}


def test_when_one_fails_none_appears_and_nothing_is_left_behind(tmp_path):
    with pytest.raises(ReportError):
        write_whole([(tmp_path / "a", says("one")), (tmp_path / "b", breaks)])
    assert list(tmp_path.iterdir()) == []


def test_what_stood_there_before_stays_when_a_later_output_fails(tmp_path):
    (tmp_path / "a").write_text("old")
    with pytest.raises(ReportError):
        write_whole([(tmp_path / "a", says("new")), (tmp_path / "b", breaks)])
    assert (tmp_path / "a").read_text() == "old"


def test_what_stood_there_before_comes_back_when_the_last_step_fails(tmp_path):
    (tmp_path / "a").write_text("old")
    blocked = tmp_path / "b"

    def block(path):
        path.write_text("new")
        blocked.mkdir()
        (blocked / "full").touch()

    with pytest.raises(ReportError, match=r"b: cannot be written"):
        write_whole([(tmp_path / "a", says("new")), (tmp_path / "c", says("x")), (blocked, block)])
    assert (tmp_path / "a").read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["a"]


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ReportError, match=r"nowhere/a: cannot be written \(No such file or directory\)"):
        write_whole([(tmp_path / "nowhere" / "a", says("one"))])


def test_two_reports_for_one_file_are_refused(tmp_path):
    with pytest.raises(ReportError, match="two reports go to one file"):
        write_whole([(tmp_path / "a", says("one")), (tmp_path / "." / "a", says("two"))])
    assert list(tmp_path.iterdir()) == []


def test_a_report_is_as_readable_as_any_file(tmp_path):
    (tmp_path / "plain").write_text("")
    write_whole([(tmp_path / "a", says("one"))])
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "plain").stat().st_mode
