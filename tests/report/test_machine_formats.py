"""The formats for machines: each valid for its reader, all with the same findings, none above its reader's limit."""

import json
import re
from collections import Counter
from dataclasses import replace
from importlib.resources import files

import jsonschema_rs
import polars as pl
import pytest
from junitparser import Failure, JUnitXml, Skipped
from pydantic import BaseModel, ConfigDict, Field
from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema as Sarif

from provenance.policy.audit import Count
from provenance.policy.verdict import Reason, Verdict
from provenance.report import github, gitlab, junit, sarif
from provenance.report.outputs import write_reports
from provenance.report.results import left_out, results, totals
from provenance.report.words import xml_line

MACHINE = ("sarif", "junit", "github", "gitlab", "cyclonedx", "summary-md")


@pytest.fixture
def written(tmp_path):
    def write(audit, format_id):
        write_reports(audit, None, [(format_id, tmp_path / "out")])
        return (tmp_path / "out").read_text(encoding="utf-8")

    return write


@pytest.fixture
def large_audit(audit):
    """The open case of the made-up fleet, a hundred thousand times."""
    case = next(case for case in audit.cases if case.reason is Reason.OPEN)
    case = replace(case, lines=100_000, units=100_000)
    one = audit.scan_machines().filter(pl.col("case") == case.id).head(1).collect()

    def machines():
        many = one.select(pl.all().repeat_by(100_000).explode()).lazy()
        return many.with_columns(row=pl.int_range(2, 100_002, dtype=pl.UInt32)).with_columns(
            serial=pl.format("SN-{}", pl.col("row")), cell=pl.format("C{}", pl.col("row"))
        )

    none = dict.fromkeys(Verdict, Count(0, 0))
    summary = replace(
        audit.summary,
        rows_read=100_000 + audit.summary.rejected,
        lines=100_000,
        units=100_000,
        by_verdict=none | {Verdict.UNDETERMINED: Count(100_000, 100_000)},
        by_reason={Reason.OPEN: Count(100_000, 100_000)},
    )
    return replace(
        audit, cases=(case,), summary=summary, scan_machines=lambda: machines().select(one.columns)
    )


@pytest.mark.parametrize("format_id", MACHINE)
def test_the_whole_output_is_the_golden_one(audit_of, golden, written, format_id):
    golden(f"{format_id}.txt", written(audit_of(synthetic=True, default=True), format_id))


def test_sarif_is_valid_by_its_schema(audit, written):
    Sarif.model_validate(json.loads(written(audit, "sarif")))


def _registry():
    folder = files("cyclonedx.schema._res")
    names = [f"{name}.SNAPSHOT.schema.json" for name in ("bom-1.6", "spdx", "jsf-0.82")]
    schemas = [json.loads((folder / name).read_text("utf-8")) for name in names]
    beside = [(f"http://cyclonedx.org/schema/{name}", one) for name, one in zip(names, schemas, strict=True)]
    return schemas[0], jsonschema_rs.Registry(beside)


def test_the_bill_of_materials_is_valid_by_the_cyclonedx_schema(audit, written):
    schema, registry = _registry()
    jsonschema_rs.validator_for(schema, registry=registry).validate(json.loads(written(audit, "cyclonedx")))


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Lines(_Strict):
    begin: int = Field(ge=1)


class _Location(_Strict):
    path: str = Field(pattern=r"^[^/.]")
    lines: _Lines


class _CodeQuality(_Strict):
    """The keys that GitLab documents for an entry."""

    description: str
    check_name: str
    fingerprint: str
    severity: str = Field(pattern=r"^(info|minor|major|critical|blocker)$")
    location: _Location


def test_gitlab_entries_have_the_documented_keys_and_fingerprints_of_their_own(audit, written):
    entries = [_CodeQuality.model_validate(entry) for entry in json.loads(written(audit, "gitlab"))]
    assert len({entry.fingerprint for entry in entries}) == len(entries)


def test_all_formats_name_the_same_findings_with_the_same_counts(audit, written):
    counts = {verdict.value: count for verdict, count in totals(audit).items()}
    failing = counts["non-conforming"] + counts["undetermined"]

    found = json.loads(written(audit, "sarif"))["runs"][0]["results"]
    assert counts == Counter(result["properties"]["verdict"] for result in found)

    suites = list(JUnitXml.fromstring(written(audit, "junit").encode()))
    outcomes = [outcome for suite in suites for case in suite for outcome in case.result]
    assert failing == sum(isinstance(outcome, Failure) for outcome in outcomes)
    assert counts["waived"] == sum(isinstance(outcome, Skipped) for outcome in outcomes)
    assert counts["undetermined"] == sum(outcome.type == "undetermined" for outcome in outcomes)

    entries = [
        one for one in json.loads(written(audit, "gitlab")) if not one["check_name"].startswith("provenance/")
    ]
    by_severity = {"critical": "non-conforming", "major": "undetermined", "info": "waived"}
    assert counts == Counter(by_severity[entry["severity"]] for entry in entries)
    prints = {result["partialFingerprints"]["provenanceMachine/v1"] for result in found}
    assert prints == {entry["fingerprint"] for entry in entries}

    bill = json.loads(written(audit, "cyclonedx"))
    verdicts = [
        item["value"]
        for device in bill["components"]
        for item in device["properties"]
        if item["name"].startswith("provenance:rule:")
    ]
    assert counts == {verdict: Counter(verdicts)[verdict] for verdict in counts}

    told = json.loads(written(audit, "json"))
    of_case = {case["id"]: [one["verdict"] for one in case["findings"]] for case in told["cases"]}
    in_json = Counter(verdict for machine in told["machines"] for verdict in of_case[machine["case"]])
    assert counts == {verdict: in_json[verdict] for verdict in counts}

    lines = written(audit, "github").splitlines()
    levels = Counter(line.split(" ")[0] for line in lines)
    assert levels["::error"] == min(10, counts["non-conforming"])
    assert levels["::warning"] == min(10, counts["undetermined"])
    cut = counts["undetermined"] - levels["::warning"]
    assert f"Not annotated: {cut} undetermined" in lines[-1]


@pytest.mark.parametrize("format_id", MACHINE)
def test_a_list_past_its_review_warns_in_every_format_for_machines(audit, written, format_id):
    assert "The list embargoed was due for review on 2024-06-01." in written(audit, format_id)


def test_a_fingerprint_stays_where_rows_move_and_no_two_are_equal(audit):
    moved = replace(
        audit,
        scan_machines=lambda: audit.scan_machines().with_columns(
            row=pl.col("row") + 7, line=pl.col("row") + 8
        ),
    )
    before = [result.fingerprint for result in results(audit)]
    assert before == [result.fingerprint for result in results(moved)]
    assert len(set(before)) == len(before)


def test_findings_come_worst_first_and_a_limit_says_what_it_cuts(audit):
    counts = totals(audit)
    order = [result.finding.verdict for result in results(audit)]
    assert order == sorted(order, key=lambda verdict: -verdict.severity)
    limit = counts[Verdict.NON_CONFORMING] + 1
    cut = counts[Verdict.UNDETERMINED] - 1
    said = f"left out are {cut} undetermined and {counts[Verdict.WAIVED]} waived"
    assert said in left_out(audit, limit)
    assert left_out(audit, sum(counts.values())) == ""


def test_a_hundred_thousand_findings_stay_within_each_readers_limits(large_audit, written):
    run = json.loads(written(large_audit, "sarif"))["runs"][0]
    assert len(run["results"]) == sarif.RESULTS == 25_000
    said = [one["message"]["text"] for one in run["invocations"][0]["toolExecutionNotifications"]]
    assert any("25,000 of 100,000 findings are listed" in text for text in said)

    text = written(large_audit, "junit")
    assert len(text.encode()) < 30_000_000
    assert text.count("<failure") == junit.CASES
    assert "80,000 undetermined" in text

    entries = json.loads(written(large_audit, "gitlab"))
    assert [one["check_name"] for one in entries[gitlab.FINDINGS :]] == [
        "provenance/mind",
        "provenance/left-out",
    ]
    assert "75,000 undetermined" in entries[-1]["description"]

    assert len(written(large_audit, "github").splitlines()) == github.PER_LEVEL + 2
    assert len(written(large_audit, "summary-md").splitlines()) <= 20


def test_the_summary_of_any_audit_has_at_most_twenty_lines(audit_of, written):
    for audit in (audit_of(), audit_of(synthetic=True, default=True), audit_of(several=True)):
        assert len(written(audit, "summary-md").splitlines()) <= 20


@pytest.mark.parametrize("format_id", MACHINE)
def test_no_cell_becomes_a_command_or_markup(audit, written, format_id):
    text = written(audit, format_id)
    assert "\x1b" not in text
    if format_id == "github":
        assert all(re.match(r"::(error|warning|notice) ", line) for line in text.splitlines())
    if format_id in {"summary-md", "junit"}:
        assert "<script>" not in text


def test_what_no_xml_can_hold_is_replaced():
    assert xml_line("a\x00b\x0bc\ud800d\uffff") == "a\ufffdb c\ufffdd\ufffd"
