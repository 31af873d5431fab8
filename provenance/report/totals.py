"""Totals of an audit: by verdict, by reason, and by policy; and the proof that they reconcile."""

from __future__ import annotations

from collections.abc import Mapping

from provenance.errors import Fault, ReportError
from provenance.policy.audit import Audit, Case, Count
from provenance.policy.policy import Policy
from provenance.policy.verdict import Reason, Verdict, worst
from provenance.records import dataclass
from provenance.report.words import REASON_WORDS, VERDICT_MEANINGS, VERDICT_WORDS, counted


@dataclass(frozen=True, slots=True)
class Total:
    """One line of the totals."""

    verdict: Verdict
    reason: Reason | None
    """Only on the lines that split the undetermined."""
    label: str
    meaning: str
    lines: int
    units: int


def verdict_totals(by_verdict: Mapping[Verdict, Count]) -> tuple[Total, ...]:
    """Return one line per verdict, worst first, those without machines too."""
    none = Count(0, 0)
    return tuple(
        Total(
            verdict,
            None,
            VERDICT_WORDS[verdict],
            VERDICT_MEANINGS[verdict],
            by_verdict.get(verdict, none).lines,
            by_verdict.get(verdict, none).units,
        )
        for verdict in Verdict
    )


def reason_totals(audit: Audit) -> tuple[Total, ...]:
    """Return one line per reason of the undetermined machines, in the order of the reasons."""
    counts = sorted(audit.summary.by_reason.items(), key=lambda item: item[0].order)
    return tuple(
        Total(Verdict.UNDETERMINED, reason, reason.value, REASON_WORDS[reason], count.lines, count.units)
        for reason, count in counts
    )


def policy_verdict(case: Case, policy: Policy) -> Verdict:
    """Return the worst verdict of one policy's rules on a case."""
    return worst(finding.verdict for finding in case.findings if finding.rule.policy == policy.id)


def policy_totals(audit: Audit, policy: Policy) -> tuple[Total, ...]:
    """Return the totals under one policy alone; several policies cumulate in the totals of the audit."""
    lines = dict.fromkeys(Verdict, 0)
    units = dict.fromkeys(Verdict, 0)
    for case in audit.cases:
        verdict = policy_verdict(case, policy)
        lines[verdict] += case.lines
        units[verdict] += case.units
    return verdict_totals({verdict: Count(lines[verdict], units[verdict]) for verdict in Verdict})


def reconciliation(audit: Audit) -> tuple[str, ...]:
    """Return the sums that a reader can check, in sentences.

    Raises:
        ReportError: They do not come out; no report may then be written.
    """
    summary = audit.summary
    checks = (
        ("rows read", summary.rows_read, "lines and rejected rows", summary.lines + summary.rejected),
        ("lines", summary.lines, "the lines of the cases", sum(case.lines for case in audit.cases)),
        ("units", summary.units, "the units of the cases", sum(case.units for case in audit.cases)),
        ("lines", summary.lines, "the verdicts", sum(count.lines for count in summary.by_verdict.values())),
        ("units", summary.units, "the verdicts", sum(count.units for count in summary.by_verdict.values())),
        ("rejected rows", summary.rejected, "those listed", len(audit.rejected)),
    )
    faults = [
        Fault("totals", f"{total} {name} but {parts} {of}", "this is a fault of the program: report it")
        for name, total, of, parts in checks
        if total != parts
    ]
    if faults:
        raise ReportError(faults)
    equipment, rejected = counted(summary.lines, "line"), counted(summary.rejected, "rejected row")
    sentences = [f"{counted(summary.rows_read, 'row')} read = {equipment} of equipment + {rejected}."]
    if summary.lines:
        verb = "holds" if summary.lines == 1 else "hold"
        sentences.append(
            f"{counted(summary.lines, 'line')} {verb} {counted(summary.units, 'unit')}: "
            + " + ".join(
                f"{total.units:,} {total.label}"
                for total in verdict_totals(summary.by_verdict)
                if total.lines
            )
            + "."
        )
    if summary.also_listed:
        sentences.append(
            f"{counted(summary.also_listed, 'line')} among them: the unit stands at another line too and is "
            "counted there."
        )
    if not summary.complete:
        sentences.append(
            "An input could be read only in part: what was not read is in none of these figures."
        )
    return tuple(sentences)
