"""GitLab's code quality report: the findings in a merge request's widget, on every tier.

Format: https://docs.gitlab.com/ci/testing/code_quality/ ; a finding without a fingerprint of its own is not shown.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from provenance.policy.audit import Audit
from provenance.policy.verdict import Verdict
from provenance.report.document import Document
from provenance.report.regions import Regions, repository_path
from provenance.report.results import Result, left_out, results

FINDINGS = 25_000
"""No limit is published; a widget of more helps nobody, and the file stays below the 30 MB of its test reports."""

_SEVERITIES = {Verdict.NON_CONFORMING: "critical", Verdict.UNDETERMINED: "major", Verdict.WAIVED: "info"}


def write_gitlab(audit: Audit, document: Document, path: Path) -> None:
    """Write the findings, the worst first, at most `FINDINGS`; further entries say what was cut and what to mind."""
    regions = Regions(audit, ())
    entries = [_entry(result, regions) for result in results(audit, FINDINGS)]
    cut = left_out(audit, FINDINGS)
    if document.warnings:
        entries.append(_remark(audit, "provenance/mind", " ".join(document.warnings)))
    if cut:
        entries.append(_remark(audit, "provenance/left-out", cut))
    text = ",\n".join(json.dumps(entry, sort_keys=True) for entry in entries)
    path.write_text(f"[\n{text}\n]\n" if entries else "[]\n", encoding="utf-8", newline="\n")


def _entry(result: Result, regions: Regions) -> dict[str, Any]:
    spot = result.spot
    return {
        "check_name": result.finding.rule.id,
        "description": result.message,
        "fingerprint": result.fingerprint,
        "location": {"path": regions.uri(spot), "lines": {"begin": spot.line or spot.row}},
        "severity": _SEVERITIES[result.finding.verdict],
    }


def _remark(audit: Audit, name: str, text: str) -> dict[str, Any]:
    """Return an entry that is of no machine: at the head of the first input, for GitLab drops one without a place."""
    return {
        "check_name": name,
        "description": text,
        "fingerprint": hashlib.sha256(name.encode()).hexdigest(),
        "location": {"path": repository_path(audit.inputs[0]), "lines": {"begin": 1}},
        "severity": "info",
    }
