"""The report on a terminal: the verdict first, then what is open and why, what to ask for and what to do next."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TextIO

from provenance.policy.verdict import Verdict
from provenance.report.document import Document, PolicyEntry
from provenance.report.entries import CaseEntry
from provenance.report.page import Page, Styled
from provenance.report.papers import DocumentFindingEntry
from provenance.report.totals import Total
from provenance.report.waivers import entry_words
from provenance.report.words import VERDICT_WORDS, counted, joined

CASES_SHOWN: dict[Verdict, int] = {
    Verdict.NON_CONFORMING: 10,
    Verdict.UNDETERMINED: 10,
    Verdict.WAIVED: 5,
    Verdict.CONFORMING: 3,
    Verdict.OUT_OF_SCOPE: 3,
}
"""A screenful or two, with the largest of each verdict; the csv, xlsx and json reports hold all cases."""
ASKS_SHOWN = 5
DOCUMENTS_SHOWN = 10
QUESTIONS_SHOWN = 3
DELIVERIES_SHOWN = 30
WAIVERS_SHOWN = 10
EXCHANGES_SHOWN = 10
WARNINGS_SHOWN = 20

_NARROWEST = 60
_USUAL = 80
"""Columns of a terminal that does not tell."""
_STYLES: dict[Verdict, str] = {
    Verdict.NON_CONFORMING: "bold red",
    Verdict.UNDETERMINED: "bold yellow",
    Verdict.WAIVED: "bold magenta",
    Verdict.CONFORMING: "bold green",
    Verdict.OUT_OF_SCOPE: "bold",
}
_READ = (Verdict.NON_CONFORMING, Verdict.UNDETERMINED, Verdict.WAIVED, Verdict.CONFORMING)
"""The verdicts that stand in the table of readings."""
_SITES_SHOWN = 3


def render(document: Document, *, width: int = 100, color: bool = False) -> str:
    """Return the report as text.

    Args:
        document: What to say.
        width: Columns; fewer than 60 are taken as 60. The same width gives the same text everywhere.
        color: Whether to set ANSI colours.
    """
    page = Page(max(width, _NARROWEST), color=color)
    _fill(page, document)
    return page.text()


def show(document: Document, stream: TextIO) -> None:
    """Write the report to a stream: in its width and in colour on a terminal, 100 columns without colour elsewhere."""
    forced = os.environ.get("FORCE_COLOR", "0") not in {"", "0"}
    able = forced or (stream.isatty() and os.environ.get("TERM") != "dumb")
    color = able and not os.environ.get("NO_COLOR")
    if stream.isatty():
        stream.write(render(document, width=_width_of(stream), color=color))
    else:
        stream.write(render(document, color=color))


def _width_of(terminal: TextIO) -> int:
    """Return how many columns a terminal has, or is said to have by the variable that all programs heed."""
    said = os.environ.get("COLUMNS", "")
    if said.isdecimal() and int(said):
        return int(said)
    try:
        return os.get_terminal_size(terminal.fileno()).columns or _USUAL
    except OSError:
        return _USUAL


def _fill(page: Page, document: Document) -> None:
    _top(page, document)
    _totals(page, document)
    _cases(page, document)
    _embargo(page, document)
    _asks(page, document)
    _readings(page, document)
    _documents(page, document)
    _document_findings(page, document)
    _deliveries(page, document)
    _waivers(page, document)
    _comparison(page, document)
    _exchanges(page, document)
    _warnings(page, document)
    page.heading("What to do next")
    page.paragraph(document.headline.next_step)
    if document.cases:
        page.paragraph("One machine in full: provenance explain FILE SERIAL")
    page.heading("Basis")
    for source in document.sources:
        day = f", data of {source.day}" if source.day else ""
        name = source.kind if source.name == source.kind else f"{source.kind} {source.name}"
        page.paragraph(f"{name}{day}, sha256 {source.sha256[:12]}", hang=4)
    page.blank()
    page.paragraph(document.disclaimer, style="dim")


def _top(page: Page, document: Document) -> None:
    headline = document.headline
    for line in (headline.default_policy, document.stamp):
        if line:
            page.paragraph(line, style="bold")
    page.paragraph(headline.word, style=_STYLES[headline.verdict])
    page.paragraph(headline.sentence)
    for policy in document.policies:
        page.paragraph(f"Judged under {policy.id}: {policy.title}", hang=4)
        if len(document.policies) > 1:
            page.paragraph(f"alone: {_alone(policy)}", indent=4, hang=4)
    page.paragraph(f"As of {document.as_of}; {document.tool}")


def _alone(policy: PolicyEntry) -> str:
    """Return what one of several policies makes of the fleet, in units."""
    return ", ".join(f"{total.units:,} {total.label}" for total in policy.totals if total.lines)


def _totals(page: Page, document: Document) -> None:
    page.heading("Totals")
    rows = []
    for total in document.totals:
        rows.append(_total(total, ""))
        if total.verdict is Verdict.UNDETERMINED:
            rows += [_total(reason, "  ") for reason in document.reasons]
    page.table(("verdict", "lines", "units", "meaning"), rows)
    for sentence in (*document.reconciliation, *document.clearance):
        page.paragraph(sentence)


def _total(total: Total, indent: str) -> tuple[Styled, ...]:
    style = _STYLES[total.verdict] if total.lines and not indent else ""
    return (
        Styled(f"{indent}{total.label}", style),
        *_row((total.lines, total.units), total.meaning),
    )


def _row(figures: Iterable[int], text: str) -> tuple[Styled, ...]:
    return (*(Styled(f"{figure:,}") for figure in figures), Styled(text))


def _cases(page: Page, document: Document) -> None:
    if not document.cases:
        return
    page.heading("Cases (machines whose facts lead to the same judgement)")
    for verdict, most in CASES_SHOWN.items():
        entries = [entry for entry in document.cases if entry.verdict is verdict]
        for entry in entries[:most]:
            _case(page, entry)
        if rest := entries[most:]:
            units = counted(sum(entry.units for entry in rest), "unit")
            more = counted(len(rest), f"more {VERDICT_WORDS[verdict]} case")
            page.paragraph(f"... and {more} with {units}: the json, csv and xlsx reports hold all of them.")


def _case(page: Page, entry: CaseEntry) -> None:
    words = entry.words.upper() if entry.verdict is Verdict.NON_CONFORMING else entry.words
    title = Styled(words, _STYLES[entry.verdict])
    counts = f"  {counted(entry.units, 'unit')}, {counted(entry.lines, 'line')}"
    if page.fits(f"{words}{counts}  {entry.title}"):
        page.line(title, Styled(f"{counts}  {entry.title}"))
    else:
        page.line(title, Styled(counts))
        page.paragraph(entry.title, indent=4)
    sites = [f"{name} {units:,}" for name, units in entry.sites[:_SITES_SHOWN]]
    if len(entry.sites) > _SITES_SHOWN:
        sites.append(counted(len(entry.sites) - _SITES_SHOWN, "other site"))
    _detail(page, f"case {entry.id[:12]}; sites: {joined(sites)}" if sites else f"case {entry.id[:12]}")
    if entry.worst is None:
        return
    _detail(page, f"{entry.worst.rule}: {entry.worst.sentence}")
    for sentence in entry.worst.contesting:
        _detail(page, f"says otherwise: {sentence}")
    for sentence in entry.worst.open_questions:
        _detail(page, f"mind: {sentence}")
    for citation in entry.worst.unverified:
        _detail(page, f"rests on a list entry that nobody verified: {citation}")
    if entry.worst.would_clear:
        _detail(page, f"to settle it: {entry.worst.would_clear}")


def _asks(page: Page, document: Document) -> None:
    if not document.asks:
        return
    page.heading("What to ask for, most units first")
    for place, ask in enumerate(document.asks[:ASKS_SHOWN], start=1):
        page.paragraph(
            f"{place}. {joined(ask.needs)}, for {ask.goods}: {counted(ask.units, 'unit')}",
            hang=3,
        )
    rest = document.asks[ASKS_SHOWN:]
    if rest:
        units = sum(ask.units for ask in rest)
        page.paragraph(
            f"... and {counted(len(rest), 'more request')} for {counted(units, 'unit')}: see Schedule B of the notice.",
        )


def _readings(page: Page, document: Document) -> None:
    if not document.readings:
        return
    page.heading("The same fleet under other readings (units)")
    rows = []
    for row in document.readings:
        by_verdict = {total.verdict: total.units for total in row.counts}
        figures = (*(by_verdict[verdict] for verdict in _READ), row.changed_units, row.uncleared_units)
        mark = " (adopted)" if row.declared else ""
        rows.append(_row(figures, f"{row.title or row.reading}{mark}"))
    page.table(
        ("non-conf.", "undet.", "waived", "conf.", "changed", "not cleared", "reading"),
        rows,
    )
    for row in document.readings:
        if row.declared or row.changes:
            page.paragraph(f"{row.title or row.reading}:", hang=4)
            for sentence in row.told():
                page.paragraph(sentence, indent=4, hang=4)


def _embargo(page: Page, document: Document) -> None:
    if not document.embargo:
        return
    page.heading("Goods under embargo")
    page.paragraph(document.embargo_warning, style="bold")
    for entry in document.embargo:
        sites = "; ".join(f"{site} {units:,}" for site, units in entry.sites)
        page.paragraph(
            f"{entry.title}: {counted(entry.units, 'unit')}, {entry.words} (case {entry.id})", hang=4
        )
        page.paragraph(f"{entry.embargo}; sites: {sites}", indent=4, hang=4)


def _documents(page: Page, document: Document) -> None:
    if not document.documents:
        return
    odd = document.documents_noted
    page.heading("Documents of the register")
    recorded = counted(len(document.documents), "document")
    page.paragraph(
        f"{recorded} recorded, {document.documents_idle:,} without a unit here, {len(odd):,} with a note.",
    )
    for entry in odd[:DOCUMENTS_SHOWN]:
        page.paragraph(f"{entry.document} ({entry.place}): {entry.note}", indent=4, hang=2)
    if len(odd) > DOCUMENTS_SHOWN:
        page.paragraph(f"... and {len(odd) - DOCUMENTS_SHOWN:,} more: see the xlsx or json report.")


def _deliveries(page: Page, document: Document) -> None:
    if document.deliveries:
        page.heading("Contracted, delivered, evidenced (units)")
        rows = []
        for entry in document.deliveries[:DELIVERIES_SHOWN]:
            units = dict(entry.by_verdict)
            said = f"{entry.lot}: {entry.model}" + (f" - {entry.remark}" if entry.remark else "")
            figures = (
                entry.contracted,
                entry.delivered,
                entry.covered,
                units.get(Verdict.CONFORMING, 0),
                units.get(Verdict.NON_CONFORMING, 0),
            )
            rows.append(_row(figures, said))
        page.table(("contracted", "delivered", "documents", "conf.", "non-conf.", "lot"), rows)
        if len(document.deliveries) > DELIVERIES_SHOWN:
            rest = len(document.deliveries) - DELIVERIES_SHOWN
            page.paragraph(f"... and {rest:,} more: see the xlsx or json report.")
    if document.disclosure is not None:
        page.heading(f"Disclosed by the seller in {document.disclosure.name}")
        for sentence in document.disclosure.sentences:
            page.paragraph(sentence)


def _document_findings(page: Page, document: Document) -> None:
    if not document.document_findings:
        return
    page.heading("Questions about the documents")
    by_flag: dict[str, list[DocumentFindingEntry]] = {}
    for entry in document.document_findings:
        by_flag.setdefault(entry.flag, []).append(entry)
    for flag, entries in by_flag.items():
        stops = ": clears nothing until answered" if entries[0].stops_clearing else ""
        page.paragraph(f"{flag} ({len(entries):,}){stops}", indent=2)
        for entry in entries[:QUESTIONS_SHOWN]:
            units = f", {counted(entry.units, 'unit')}" if entry.units else ""
            page.paragraph(f"{entry.documents}{units}: {entry.question}", indent=4, hang=2)
        if len(entries) > QUESTIONS_SHOWN:
            page.paragraph(
                f"... and {len(entries) - QUESTIONS_SHOWN:,} more: see the xlsx or json report.",
                indent=4,
            )


def _waivers(page: Page, document: Document) -> None:
    if not document.waivers:
        return
    page.heading("Waivers")
    for entry in document.waivers[:WAIVERS_SHOWN]:
        page.paragraph(entry_words(entry), hang=4)
    if len(document.waivers) > WAIVERS_SHOWN:
        page.paragraph(
            f"... and {len(document.waivers) - WAIVERS_SHOWN:,} more: see the xlsx or json report."
        )
    page.paragraph("The machines stand in the csv, xlsx and json reports with the waiver beside them.")


def _comparison(page: Page, document: Document) -> None:
    found = document.comparison
    if found is None:
        return
    page.heading(found.title)
    rows = [
        (Styled(total.change.value), *_row((total.findings, total.units), total.meaning))
        for total in found.totals
    ]
    page.table(("change", "findings", "units", "meaning"), rows)
    for note in found.notes:
        page.paragraph(note)
    for entry in found.first:
        why = f": {entry.why}" if entry.why else ""
        page.paragraph(
            f"{entry.change}: {entry.machine} under {entry.rule}, {entry.before} then, {entry.now} now{why}",
            indent=4,
            hang=2,
        )
    if found.first:
        page.paragraph("The json and xlsx reports hold every finding that is not as it was.")


def _exchanges(page: Page, document: Document) -> None:
    if not document.exchanges:
        return
    page.heading("Replacements, board swaps and returns")
    for entry in document.exchanges[:EXCHANGES_SHOWN]:
        parity = f" Parity {entry.parity}." if entry.parity else ""
        unit = f"{entry.old} to {entry.new}" if entry.new else entry.old
        page.paragraph(f"{entry.kind} {unit}, {entry.day}: {entry.outcome}{parity}", indent=4, hang=2)
    if len(document.exchanges) > EXCHANGES_SHOWN:
        rest = len(document.exchanges) - EXCHANGES_SHOWN
        page.paragraph(f"... and {rest:,} more: see the xlsx or json report.")


def _warnings(page: Page, document: Document) -> None:
    if not document.warnings:
        return
    page.heading("Warnings")
    for warning in document.warnings[:WARNINGS_SHOWN]:
        page.paragraph(f"- {warning}", hang=2)
    if len(document.warnings) > WARNINGS_SHOWN:
        page.paragraph(f"... and {len(document.warnings) - WARNINGS_SHOWN:,} more in the json report.")


def _detail(page: Page, text: str) -> None:
    page.paragraph(text, indent=4, hang=2)
