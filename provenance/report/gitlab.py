"""GitLab's code quality report: the findings in a merge request's widget, on every tier.

Format: https://docs.gitlab.com/ci/testing/code_quality/ ; a finding without a fingerprint of its own is not shown.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from provenance.policy.audit import Audit
from provenance.policy.verdict import Verdict
from provenance.report.regions import Regions
from provenance.report.results import Result, left_out, results

FINDINGS = 25_000
"""No limit is published; a widget of more helps nobody, and the file stays below the 30 MB of its test reports."""

_SEVERITIES = {Verdict.NON_CONFORMING: "critical", Verdict.UNDETERMINED: "major", Verdict.WAIVED: "info"}


def write_gitlab(audit: Audit, path: Path) -> None:
    """Write the findings, the worst first, at most `FINDINGS`; one more entry says what was cut."""
    regions = Regions(audit, ())
    entries = [_entry(result, regions) for result in results(audit, FINDINGS)]
    cut = left_out(audit, FINDINGS)
    if cut:
        entries.append(
            {
                "check_name": "provenance/left-out",
                "description": cut,
                "fingerprint": "0" * 64,
                "location": entries[0]["location"],
                "severity": "info",
            }
        )
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
