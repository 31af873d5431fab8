"""Workflow commands of GitHub Actions: annotations beside the very line of a list under version control.

Format: https://docs.github.com/actions/reference/workflow-commands-for-github-actions . GitHub shows ten errors and ten
warnings of one step and drops the others without a word, so the words are ours.
"""

from __future__ import annotations

from pathlib import Path

from provenance.policy.audit import Audit
from provenance.policy.verdict import Verdict
from provenance.report.document import Document
from provenance.report.regions import Regions
from provenance.report.results import Result, results, totals
from provenance.report.words import verdict_words

PER_LEVEL = 10
"""Annotations of one level that GitHub shows of one step."""

_LEVELS = {Verdict.NON_CONFORMING: "error", Verdict.UNDETERMINED: "warning"}


def write_github(audit: Audit, document: Document, path: Path) -> None:
    """Write at most ten errors and ten warnings, then a notice that counts them all and says what was cut.

    What every report says before anyone relies on it, such as a list past its review, is a notice before it.
    """
    shown: dict[Verdict, list[Result]] = {verdict: [] for verdict in _LEVELS}
    for verdict in _LEVELS:
        for result in results(audit, PER_LEVEL, only=verdict):
            shown[verdict].append(result)
    regions = Regions(audit, (one.spot for found in shown.values() for one in found))
    lines = [_annotation(one, regions) for found in shown.values() for one in found]
    if document.warnings:
        lines.append(f"::notice title={_property('Provenance, mind')}::{_data(' '.join(document.warnings))}")
    lines.append(f"::notice title=Provenance::{_data(_summary(audit, document, shown))}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", errors="backslashreplace", newline="\n")


def _annotation(result: Result, regions: Regions) -> str:
    finding, spot = result.finding, result.spot
    values = {"file": regions.uri(spot)}
    region = regions.region(spot)
    if region is not None:
        values["line"] = str(region.line)
        if region.start is not None and region.end is not None:
            values |= {"col": str(region.start), "endColumn": str(region.end - 1)}
    values["title"] = f"{result.title}: {verdict_words(finding.verdict, finding.reason)}"
    properties = ",".join(f"{name}={_property(value)}" for name, value in values.items())
    return f"::{_LEVELS[finding.verdict]} {properties}::{_data(result.message)}"


def _summary(audit: Audit, document: Document, shown: dict[Verdict, list[Result]]) -> str:
    counts = totals(audit)
    cut = [
        f"{counts[verdict] - len(found):,} {verdict.value}"
        for verdict, found in shown.items()
        if counts[verdict] > len(found)
    ]
    more = f" Not annotated: {' and '.join(cut)}; the other reports list them." if cut else ""
    parts = (document.stamp, document.headline.default_policy, document.headline.sentence)
    return " ".join(part for part in parts if part) + more


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
