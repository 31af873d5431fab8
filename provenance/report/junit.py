"""JUnit XML: every machine a test case under every rule, so that a CI server's test page lists what fails.

Limit: a file of less than 30 MB, https://docs.gitlab.com/ci/testing/unit_test_reports/ . Names are told apart, for
of two cases of one name readers keep the first.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree as ET

from provenance.policy.audit import Audit
from provenance.policy.rule import Rule
from provenance.policy.verdict import Verdict
from provenance.report.document import Document
from provenance.report.regions import Regions
from provenance.report.results import Result, left_out, results
from provenance.report.words import verdict_words, xml_line

CASES = 20_000
"""Failing test cases in one file: with the longest messages seen they stay below the 30 MB that GitLab reads."""


def write_junit(audit: Audit, document: Document, path: Path) -> None:
    """Write one suite per rule: the machines that it finds against, and one case that counts those that pass it.

    A non-conforming or undetermined machine is a failure, of that type; a waived one is skipped.
    """
    listed = list(results(audit, CASES))
    regions = Regions(audit, ())
    root = ET.Element("testsuites", name="provenance")
    for policy in audit.policies:
        for rule in policy.rules:
            root.append(
                _suite(audit, rule, [one for one in listed if one.finding.rule.id == rule.id], regions)
            )
    _count(root)
    cut = left_out(audit, CASES)
    said = [text for text in (document.stamp, cut, *document.warnings) if text]
    if said and len(root):
        ET.SubElement(root[0], "system-out").text = "\n".join(said)
    ET.indent(root)
    path.write_bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n")


def _suite(audit: Audit, rule: Rule, listed: Iterable[Result], regions: Regions) -> ET.Element:
    suite = ET.Element("testsuite", name=rule.id)
    properties = ET.SubElement(suite, "properties")
    for name, value in (("title", rule.title), ("citation", rule.citation), ("policy", rule.policy)):
        ET.SubElement(properties, "property", name=name, value=xml_line(value))
    passing = sum(
        case.lines
        for case in audit.cases
        for finding in case.findings
        if finding.rule.id == rule.id and finding.verdict in {Verdict.CONFORMING, Verdict.OUT_OF_SCOPE}
    )
    ET.SubElement(suite, "testcase", classname=rule.id, name=f"{passing:,} lines conform or are out of scope")
    for result in listed:
        suite.append(_case(result, regions))
    return suite


def _case(result: Result, regions: Regions) -> ET.Element:
    finding = result.finding
    case = ET.Element(
        "testcase",
        classname=finding.rule.id,
        name=xml_line(f"{result.spot.words} {result.title} {result.serial or ''}".strip()),
        file=xml_line(regions.uri(result.spot)),
    )
    if result.spot.line is not None:
        case.set("line", str(result.spot.line))
    kind = "skipped" if finding.verdict is Verdict.WAIVED else "failure"
    outcome = ET.SubElement(case, kind, message=xml_line(verdict_words(finding.verdict, finding.reason)))
    if kind == "failure":
        outcome.set("type", finding.verdict.value)
    outcome.text = xml_line(result.message)
    return case


def _count(root: ET.Element) -> None:
    for suite in root:
        for name, tag in (("tests", "testcase"), ("failures", "*/failure"), ("skipped", "*/skipped")):
            suite.set(name, str(len(suite.findall(tag))))
        suite.set("errors", "0")
    for name in ("tests", "failures", "skipped", "errors"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
