"""SARIF 2.1.0: the findings for code scanning, each at the line and column or the cell it is about.

Format: OASIS Static Analysis Results Interchange Format (SARIF) Version 2.1.0. Limits: what GitHub's code scanning
takes of one run, https://docs.github.com/code-security/code-scanning/troubleshooting-sarif/results-exceed-limit
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

from provenance.policy.audit import Audit
from provenance.policy.rule import Rule
from provenance.policy.verdict import Verdict
from provenance.report.document import Document
from provenance.report.regions import Regions
from provenance.report.results import Result, left_out, results
from provenance.report.words import one_line

RESULTS = 25_000
"""A run with more is rejected by GitHub's code scanning."""
SHOWN_RESULTS = 5_000
"""Of the results of a run, GitHub's code scanning shows so many, the most severe."""

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Verdict.NON_CONFORMING: "error", Verdict.UNDETERMINED: "warning", Verdict.WAIVED: "note"}


def write_sarif(audit: Audit, document: Document, path: Path) -> None:
    """Write the findings as one SARIF run, at most `RESULTS` of them, the worst first; what was cut is said in it."""
    listed = list(results(audit, RESULTS))
    regions = Regions(audit, (result.spot for result in listed))
    rules = {rule.id: place for place, rule in enumerate(_rules(audit))}
    run = {
        "tool": {
            "driver": {
                "name": "Provenance",
                "semanticVersion": audit.tool.rpartition(" ")[2],
                "rules": [_rule(rule) for rule in _rules(audit)],
            }
        },
        "columnKind": "unicodeCodePoints",
        "automationDetails": {"id": f"provenance/{'+'.join(policy.id for policy in audit.policies)}"},
        "invocations": [_invocation(audit, document)],
        "results": [_result(result, regions, rules[result.finding.rule.id]) for result in listed],
    }
    text = json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def _rules(audit: Audit) -> list[Rule]:
    return [rule for policy in audit.policies for rule in policy.rules]


def _rule(rule: Rule) -> dict[str, Any]:
    citation, help_text = one_line(rule.citation), one_line(rule.help)
    return {
        "id": rule.id,
        "name": one_line(rule.title),
        "shortDescription": {"text": one_line(rule.title)},
        "fullDescription": {"text": f"{one_line(rule.question)} ({citation})"},
        "help": {
            "text": f"{help_text}\n\n{citation}",
        },
        "properties": {
            "citation": citation,
            "tags": ["origin", rule.facet.value if rule.facet is not None else "list", rule.policy],
        },
    }


def _invocation(audit: Audit, document: Document) -> dict[str, Any]:
    said = [document.stamp, document.headline.default_policy, left_out(audit, RESULTS), *document.warnings]
    return {
        "executionSuccessful": audit.summary.complete,
        "toolExecutionNotifications": [
            {"level": "note" if text == document.stamp else "warning", "message": {"text": text}}
            for text in said
            if text
        ],
    }


def _result(result: Result, regions: Regions, rule_index: int) -> dict[str, Any]:
    finding = result.finding
    out = {
        "ruleId": finding.rule.id,
        "ruleIndex": rule_index,
        "level": _LEVELS[finding.verdict],
        "kind": "fail",
        "message": {"text": result.message},
        "locations": [_location(result, regions)],
        "partialFingerprints": {"provenanceMachine/v1": result.fingerprint},
        "properties": {
            "case": result.case.id,
            "reason": finding.reason.value,
            "units": result.units,
            "verdict": finding.verdict.value,
        },
    }
    if finding.verdict is Verdict.WAIVED:
        out["suppressions"] = [{"kind": "external", "justification": one_line(finding.explanation)}]
    return out


def _location(result: Result, regions: Regions) -> dict[str, Any]:
    spot = result.spot
    physical: dict[str, Any] = {"artifactLocation": {"uri": quote(regions.uri(spot), safe="/")}}
    region = regions.region(spot)
    if region is not None:
        columns = {"startColumn": region.start, "endColumn": region.end}
        physical["region"] = {"startLine": region.line, **{k: v for k, v in columns.items() if v is not None}}
    else:
        # Viewers want a line even of what has none; the row of the sheet is the nearest there is.
        physical["region"] = {"startLine": spot.row}
    out: dict[str, Any] = {"physicalLocation": physical}
    if spot.sheet is not None:
        name = f"{spot.sheet}!{spot.cell}"
        out["logicalLocations"] = [
            {"name": one_line(spot.cell), "fullyQualifiedName": one_line(name), "kind": "cell"}
        ]
    return out
