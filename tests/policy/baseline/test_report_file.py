"""Reading an earlier report: what is taken from it, and what is refused."""

from __future__ import annotations

import json

import polars as pl
import pytest

from provenance.errors import PolicyError
from provenance.policy.baseline import report_file
from provenance.policy.baseline.report_file import SCHEMA, read_baseline
from provenance.report import json_report


def test_the_schema_read_is_the_one_that_is_written():
    assert json_report.SCHEMA == SCHEMA


@pytest.mark.parametrize("laid_out_anew", [False, True])
def test_a_report_reads_alike_as_it_was_written_and_laid_out_anew(make, tmp_path, laid_out_anew):
    fleet = [make.machine(n, **{"Country of Origin": "China" if n == 2 else ""}) for n in (1, 2, 3)]
    path = make.report(tmp_path, fleet)
    if laid_out_anew:
        path.write_text(json.dumps(json.loads(path.read_text("utf-8")), indent=2), "utf-8")
    found = read_baseline(path, "b.json")
    assert found.machines.select("serial", "counted").rows() == [(make.serial(n), 1) for n in (1, 2, 3)]
    assert found.rules == {"cleanspark-mineone/origin"}
    case = found.cases[found.machines["case"][1]]
    assert (case.maker, case.model, case.verdict.value) == ("bitmain", "antminer-s21", "non-conforming")


def test_machines_are_read_in_parts(make, tmp_path, monkeypatch):
    path = make.report(tmp_path, [make.machine(n) for n in range(50)])
    whole = read_baseline(path, "b.json").machines
    monkeypatch.setattr(report_file, "_CHUNK", 100)
    assert read_baseline(path, "b.json").machines.equals(whole)


def test_a_report_without_machines_is_a_baseline_too(make, tmp_path):
    empty = tmp_path / "notes.csv"
    empty.write_text("remark\nnothing here\n", "utf-8")
    import provenance
    from provenance.report.outputs import write_reports

    path = tmp_path / "b.json"
    write_reports(provenance.audit([empty], policies=["china-ofac"]), None, [("json", path)])
    assert read_baseline(path, "b.json").machines.height == 0
    audit = make.audit(tmp_path, [make.machine(1)], policies=["china-ofac"], baseline=path)
    assert make.counts(audit) == {}


def damaged(change):
    def edit(report):
        change(report)
        return json.dumps(report)

    return edit


@pytest.mark.parametrize(
    ("edit", "what"),
    [
        (lambda _: "", "is empty"),
        (lambda _: "not json", "is no JSON"),
        (lambda _: "[" * 100_000, "is no JSON"),
        (
            damaged(lambda r: r["cases"].append({**r["cases"][0], "id": "x", "findings": []})),
            "has cases that not all of its rules judged",
        ),
        (damaged(lambda r: r["cases"].append(r["cases"][0])), "holds two cases of one id"),
        (lambda _: "[1, 2]", "is no report of this program"),
        (lambda _: '{"schema": "provenance-policy/1"}', "is no report of this program"),
        (
            damaged(lambda r: r.update(schema="provenance-report/0")),
            "is of the schema provenance-report/0, and",
        ),
        (damaged(lambda r: r.pop("cases")), "lacks what a report holds"),
        (damaged(lambda r: r["machines"].pop()), "holds 1 machines of 1 units, and its summary says 2 of 2"),
        (damaged(lambda r: r["machines"][0].update(counted=5)), "holds 2 machines of 6 units"),
        (damaged(lambda r: r["machines"][0].update(case="x")), "has machines of cases that it does not hold"),
        (damaged(lambda r: r["machines"][0].update(serial=[1])), "has machines that are none"),
        (damaged(lambda r: r.update(as_of="soon")), "has no as-of date"),
        (damaged(lambda r: r["cases"][0].update(verdict="fine")), "lacks what a report holds"),
    ],
)
def test_what_is_no_whole_report_of_this_schema_is_refused(make, tmp_path, edit, what):
    path = make.report(tmp_path, [make.machine(1), make.machine(2)])
    path.write_text(edit(json.loads(path.read_text("utf-8"))), "utf-8")
    with pytest.raises(PolicyError, match=r"b\.json: the baseline") as caught:
        read_baseline(path, "b.json")
    assert what in str(caught.value)
    assert "write the baseline again with `provenance audit -f json`" in str(caught.value)


def test_a_cell_with_line_ends_and_braces_is_one_text(make, tmp_path):
    fleet = [make.machine(1, Model='odd "},\n{" model'), make.machine(2)]
    machines = read_baseline(make.report(tmp_path, fleet), "b.json").machines
    assert machines["serial"].to_list() == [make.serial(1), make.serial(2)]
    assert machines.schema["counted"] == pl.Int64
