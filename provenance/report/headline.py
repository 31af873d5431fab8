"""What a report says first: the verdict, how much of the fleet it is, and what to do next."""

from __future__ import annotations

from provenance.policy.audit import Audit
from provenance.policy.verdict import Verdict
from provenance.records import dataclass
from provenance.report.asks import Ask
from provenance.report.words import NO_REMEDY, UNDER_READING, counted, joined


@dataclass(frozen=True, slots=True)
class Headline:
    """The first lines of a report."""

    verdict: Verdict
    word: str
    """In capitals."""
    sentence: str
    default_policy: str
    """Says that nobody chose the policy; empty where somebody did."""
    next_step: str


def headline(audit: Audit, asks: tuple[Ask, ...]) -> Headline:
    """Return the first lines of a report."""
    word = audit.verdict.value.replace("-", " ").upper() if audit.summary.lines else "NOTHING TO AUDIT"
    if audit.verdict is Verdict.NON_CONFORMING:
        word = "NON-CONFORMING"
    return Headline(audit.verdict, word, _sentence(audit), default_policy(audit), _next_step(audit, asks))


def default_policy(audit: Audit) -> str:
    """Return the first line of a report whose policy nobody chose; empty where somebody did."""
    named = joined([policy.id for policy in audit.policies])
    return f"No policy was chosen, so {named} was used." if audit.policy_is_default else ""


def _sentence(audit: Audit) -> str:
    summary = audit.summary
    if not summary.lines:
        return "No row of the inputs is a machine."
    total = counted(summary.units, "unit")
    bad, open_ones, good = (
        summary.by_verdict[verdict].units
        for verdict in (Verdict.NON_CONFORMING, Verdict.UNDETERMINED, Verdict.CONFORMING)
    )
    match audit.verdict:
        case Verdict.NON_CONFORMING:
            verb = "is" if bad == 1 else "are"
            return (
                f"{bad:,} of {total} {verb} {UNDER_READING}; {_remedies(audit)}."
                f" {open_ones:,} undetermined, {_waived(audit)}{good:,} conforming.{_embargo(audit)}"
            )
        case Verdict.UNDETERMINED:
            return (
                f"No unit is non-conforming on the evidence listed, but {open_ones:,} of {total} "
                f"{'is' if open_ones == 1 else 'are'} not proven either way. {_waived(audit)}{good:,} conforming.{_embargo(audit)}"
            )
        case Verdict.WAIVED:
            waived = summary.by_verdict[Verdict.WAIVED].units
            return f"{waived:,} of {total} rest on a waiver in force. {good:,} conforming.{_embargo(audit)}"
        case Verdict.CONFORMING:
            told = (
                f"{good:,} of {total} are proven to conform under this reading; the others are out of scope."
                if good < summary.units
                else f"All {total} are proven to conform under this reading."
            )
            return told + _embargo(audit)
        case Verdict.OUT_OF_SCOPE:
            return f"No rule reaches any of {total}.{_embargo(audit)}"


def _waived(audit: Audit) -> str:
    units = audit.summary.by_verdict[Verdict.WAIVED].units
    return f"{units:,} waived, " if units else ""


def _embargo(audit: Audit) -> str:
    units = sum(case.units for case in audit.cases if case.embargo)
    if not units:
        return ""
    return f" {units:,} {'is' if units == 1 else 'are'} under embargo: counsel comes before any return, shipment or payment."


def _remedies(audit: Audit) -> str:
    claims = sorted(
        {
            (finding.rule.remedy.kind, finding.rule.policy)
            for case in audit.cases
            for finding in case.findings
            if finding.verdict is Verdict.NON_CONFORMING and finding.rule.remedy.kind != NO_REMEDY
        }
    )
    if not claims:
        return "no remedy is stated"
    if len(audit.policies) == 1:
        return f"remedy claimed: {joined(list(dict.fromkeys(_plain(kind) for kind, _ in claims)))}"
    return f"remedy claimed: {joined([f'{_plain(kind)} under {policy}' for kind, policy in claims])}"


def _plain(kind: str) -> str:
    return kind.replace("-", " ")


def _next_step(audit: Audit, asks: tuple[Ask, ...]) -> str:
    steps = []
    if not audit.summary.complete:
        steps.append("Supply the parts that could not be read: see the warnings.")
    if any(case.embargo for case in audit.cases) and audit.verdict is not Verdict.NON_CONFORMING:
        steps.append("Ask counsel before anything is done with the goods under embargo.")
    if audit.verdict is Verdict.NON_CONFORMING:
        steps.append("Have counsel read the notice (-f notice-md) and its schedules before it goes out.")
    if asks:
        share = f"{asks[0].units:,} of {asks[-1].settled_units:,}"
        steps.append(
            f"Ask for {asks[0].needs[0]} for {asks[0].goods}: it would settle {share} undetermined units."
        )
    if not audit.summary.lines:
        steps.append("Check how the files were read with `provenance inspect`.")
    elif audit.verdict is Verdict.OUT_OF_SCOPE:
        steps.append("Nothing is asked of these machines: name another policy, or another day with --as-of.")
    elif not steps:
        steps.append(
            "Nothing is left to prove under this reading; keep this report with the documents it lists."
        )
    return " ".join(steps)
