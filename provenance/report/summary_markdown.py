"""The summary for a pull request: at most twenty lines of Markdown, whatever the size of the fleet."""

from __future__ import annotations

from pathlib import Path

from provenance.policy.verdict import Verdict
from provenance.report.document import Document
from provenance.report.markdown import escape, table_head, table_row
from provenance.report.words import counted

_CASES = 5
_WARNINGS = 3
_MARKS = {
    Verdict.NON_CONFORMING: "❌",
    Verdict.UNDETERMINED: "❓",
    Verdict.WAIVED: "✋",
    Verdict.CONFORMING: "✅",
    Verdict.OUT_OF_SCOPE: "➖",
}


def write_summary(document: Document, path: Path) -> None:
    """Write the verdict, the totals, the worst cases and the next step."""
    path.write_text(summary(document), encoding="utf-8", errors="backslashreplace", newline="\n")


def summary(document: Document) -> str:
    """Return the summary, at most twenty lines."""
    headline = document.headline
    lines = [f"### Provenance: {_MARKS[headline.verdict]} {escape(headline.word.lower())}", ""]
    said = (document.stamp, headline.default_policy, headline.sentence)
    lines += [" ".join(escape(text) for text in said if text), ""]
    worst = [
        case for case in document.cases if case.verdict in {Verdict.NON_CONFORMING, Verdict.UNDETERMINED}
    ]
    if worst:
        lines += table_head(("units", "machine", "verdict", "what would settle it")).splitlines()
        lines += [
            table_row(
                (
                    f"{case.units:,}",
                    case.title,
                    f"{_MARKS[case.verdict]} {case.words}",
                    case.worst.would_clear if case.worst else "",
                )
            ).rstrip("\n")
            for case in worst[:_CASES]
        ]
        if len(worst) > _CASES:
            units = sum(case.units for case in worst[_CASES:])
            lines.append(
                table_row((f"{units:,}", f"in {len(worst) - _CASES:,} further cases", "", "")).rstrip("\n")
            )
        lines.append("")
    lines.append(f"**Next:** {escape(headline.next_step)}")
    policies = ", ".join(escape(policy.id) for policy in document.policies)
    more = len(document.warnings) - _WARNINGS
    told = [*map(escape, document.warnings[:_WARNINGS])]
    told += [f"{counted(more, 'further warning')}: see the report."] if more > 0 else []
    warned = f" Mind: {' '.join(told)}" if told else ""
    lines += [
        "",
        f"Judged by {policies} as of {document.as_of}; {escape(document.tool)}.{warned} {escape(document.disclaimer)}",
    ]
    return "\n".join(lines) + "\n"
