"""The report on a terminal: the verdict first, then what is open and why, what to ask for and what to do next."""

from __future__ import annotations

import io
import os
from typing import TextIO

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from provenance.policy.verdict import Verdict
from provenance.report.document import Document, PolicyEntry
from provenance.report.entries import CaseEntry
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
_STYLES: dict[Verdict, str] = {
    Verdict.NON_CONFORMING: "bold red",
    Verdict.UNDETERMINED: "bold yellow",
    Verdict.WAIVED: "bold magenta",
    Verdict.CONFORMING: "bold green",
    Verdict.OUT_OF_SCOPE: "bold",
}
_SITES_SHOWN = 3


def render(document: Document, *, width: int = 100, color: bool = False) -> str:
    """Return the report as text.

    Args:
        document: What to say.
        width: Columns; fewer than 60 are taken as 60. The same width gives the same text everywhere.
        color: Whether to set ANSI colours.
    """
    written = io.StringIO()
    console = Console(
        file=written,
        width=max(width, _NARROWEST),
        force_terminal=color,
        no_color=not color,
        color_system="standard" if color else None,
        legacy_windows=False,
        highlight=False,
        emoji=False,
        markup=False,
        _environ={},
    )
    _print(console, document)
    return "\n".join(line.rstrip() for line in written.getvalue().splitlines()) + "\n"


def show(document: Document, stream: TextIO) -> None:
    """Write the report to a stream: in its width and in colour on a terminal, 100 columns without colour elsewhere."""
    forced = os.environ.get("FORCE_COLOR", "0") not in {"", "0"}
    able = forced or (stream.isatty() and os.environ.get("TERM") != "dumb")
    color = able and not os.environ.get("NO_COLOR")
    if stream.isatty():
        stream.write(render(document, width=Console(file=stream).width, color=color))
    else:
        stream.write(render(document, color=color))


def _print(console: Console, document: Document) -> None:
    _top(console, document)
    _totals(console, document)
    _cases(console, document)
    _embargo(console, document)
    _asks(console, document)
    _readings(console, document)
    _documents(console, document)
    _document_findings(console, document)
    _deliveries(console, document)
    _waivers(console, document)
    _comparison(console, document)
    _exchanges(console, document)
    _warnings(console, document)
    _heading(console, "What to do next")
    _line(console, document.headline.next_step)
    if document.cases:
        _line(console, "One machine in full: provenance explain FILE SERIAL")
    _heading(console, "Basis")
    for source in document.sources:
        day = f", data of {source.day}" if source.day else ""
        name = source.kind if source.name == source.kind else f"{source.kind} {source.name}"
        _line(console, f"{name}{day}, sha256 {source.sha256[:12]}", hang=4)
    _blank(console)
    _line(console, document.disclaimer, style="dim")


def _top(console: Console, document: Document) -> None:
    headline = document.headline
    for line in (headline.default_policy, document.stamp):
        if line:
            _line(console, line, style="bold")
    _line(console, headline.word, style=_STYLES[headline.verdict])
    _line(console, headline.sentence)
    for policy in document.policies:
        _line(console, f"Judged under {policy.id}: {policy.title}", hang=4)
        if len(document.policies) > 1:
            _line(console, f"alone: {_alone(policy)}", indent=4, hang=4)
    _line(console, f"As of {document.as_of}; {document.tool}")


def _alone(policy: PolicyEntry) -> str:
    """Return what one of several policies makes of the fleet, in units."""
    return ", ".join(f"{total.units:,} {total.label}" for total in policy.totals if total.lines)


def _totals(console: Console, document: Document) -> None:
    _heading(console, "Totals")
    table = _table("verdict", "lines", "units", "meaning")
    for total in document.totals:
        _total(table, total, "")
        if total.verdict is Verdict.UNDETERMINED:
            for reason in document.reasons:
                _total(table, reason, "  ")
    console.print(table)
    for sentence in (*document.reconciliation, *document.clearance):
        _line(console, sentence)


def _table(label: str, *columns: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column(label, no_wrap=True)
    for column in columns:
        numeric = column not in {"meaning", "reading"}
        table.add_column(column, justify="right" if numeric else "left", no_wrap=numeric, overflow="fold")
    return table


def _total(table: Table, total: Total, indent: str) -> None:
    style = _STYLES[total.verdict] if total.lines and not indent else ""
    table.add_row(
        Text(f"{indent}{total.label}", style=style),
        f"{total.lines:,}",
        f"{total.units:,}",
        Text(total.meaning),
    )


def _cases(console: Console, document: Document) -> None:
    if not document.cases:
        return
    _heading(console, "Cases (machines whose facts lead to the same judgement)")
    for verdict, most in CASES_SHOWN.items():
        entries = [entry for entry in document.cases if entry.verdict is verdict]
        for entry in entries[:most]:
            _case(console, entry)
        if rest := entries[most:]:
            units = counted(sum(entry.units for entry in rest), "unit")
            more = counted(len(rest), f"more {VERDICT_WORDS[verdict]} case")
            _line(console, f"... and {more} with {units}: the json, csv and xlsx reports hold all of them.")


def _case(console: Console, entry: CaseEntry) -> None:
    title = Text(entry.words.upper() if entry.verdict is Verdict.NON_CONFORMING else entry.words)
    title.stylize(_STYLES[entry.verdict])
    counts = f"  {counted(entry.units, 'unit')}, {counted(entry.lines, 'line')}"
    head = Text.assemble(title, counts, f"  {entry.title}")
    if head.cell_len <= console.width:
        _put(console, head, 0)
    else:
        _put(console, Text.assemble(title, counts), 0)
        _line(console, entry.title, indent=4)
    sites = [f"{name} {units:,}" for name, units in entry.sites[:_SITES_SHOWN]]
    if len(entry.sites) > _SITES_SHOWN:
        sites.append(counted(len(entry.sites) - _SITES_SHOWN, "other site"))
    _detail(console, f"case {entry.id[:12]}; sites: {joined(sites)}" if sites else f"case {entry.id[:12]}")
    if entry.worst is None:
        return
    _detail(console, f"{entry.worst.rule}: {entry.worst.sentence}")
    for sentence in entry.worst.contesting:
        _detail(console, f"says otherwise: {sentence}")
    for sentence in entry.worst.open_questions:
        _detail(console, f"mind: {sentence}")
    for citation in entry.worst.unverified:
        _detail(console, f"rests on a list entry that nobody verified: {citation}")
    if entry.worst.would_clear:
        _detail(console, f"to settle it: {entry.worst.would_clear}")


def _asks(console: Console, document: Document) -> None:
    if not document.asks:
        return
    _heading(console, "What to ask for, most units first")
    for place, ask in enumerate(document.asks[:ASKS_SHOWN], start=1):
        _line(
            console,
            f"{place}. {joined(ask.needs)}, for {ask.goods}: {counted(ask.units, 'unit')}",
            hang=3,
        )
    rest = document.asks[ASKS_SHOWN:]
    if rest:
        units = sum(ask.units for ask in rest)
        _line(
            console,
            f"... and {counted(len(rest), 'more request')} for {counted(units, 'unit')}: see Schedule B of the notice.",
        )


def _readings(console: Console, document: Document) -> None:
    if not document.readings:
        return
    _heading(console, "The same fleet under other readings (units)")
    table = _table("non-conf.", "undet.", "waived", "conf.", "changed", "not cleared", "reading")
    for row in document.readings:
        by_verdict = {total.verdict: total.units for total in row.counts}
        mark = " (adopted)" if row.declared else ""
        table.add_row(
            *(
                f"{by_verdict[verdict]:,}"
                for verdict in (
                    Verdict.NON_CONFORMING,
                    Verdict.UNDETERMINED,
                    Verdict.WAIVED,
                    Verdict.CONFORMING,
                )
            ),
            f"{row.changed_units:,}",
            f"{row.uncleared_units:,}",
            Text(f"{row.title or row.reading}{mark}"),
        )
    console.print(table)
    for row in document.readings:
        if row.declared or row.changes:
            _line(console, f"{row.title or row.reading}:", hang=4)
            for sentence in row.told():
                _line(console, sentence, indent=4, hang=4)


def _embargo(console: Console, document: Document) -> None:
    if not document.embargo:
        return
    _heading(console, "Goods under embargo")
    _line(console, document.embargo_warning, style="bold")
    for entry in document.embargo:
        sites = "; ".join(f"{site} {units:,}" for site, units in entry.sites)
        _line(
            console, f"{entry.title}: {counted(entry.units, 'unit')}, {entry.words} (case {entry.id})", hang=4
        )
        _line(console, f"{entry.embargo}; sites: {sites}", indent=4, hang=4)


def _documents(console: Console, document: Document) -> None:
    if not document.documents:
        return
    odd = document.documents_noted
    _heading(console, "Documents of the register")
    recorded = counted(len(document.documents), "document")
    _line(
        console,
        f"{recorded} recorded, {document.documents_idle:,} without a unit here, {len(odd):,} with a note.",
    )
    for entry in odd[:DOCUMENTS_SHOWN]:
        _line(console, f"{entry.document} ({entry.place}): {entry.note}", indent=4, hang=2)
    if len(odd) > DOCUMENTS_SHOWN:
        _line(console, f"... and {len(odd) - DOCUMENTS_SHOWN:,} more: see the xlsx or json report.")


def _deliveries(console: Console, document: Document) -> None:
    if document.deliveries:
        _heading(console, "Contracted, delivered, evidenced (units)")
        table = _table("contracted", "delivered", "documents", "conf.", "non-conf.", "reading")
        for entry in document.deliveries[:DELIVERIES_SHOWN]:
            units = dict(entry.by_verdict)
            said = f"{entry.lot}: {entry.model}" + (f" - {entry.remark}" if entry.remark else "")
            figures = (
                entry.delivered,
                entry.covered,
                units.get(Verdict.CONFORMING, 0),
                units.get(Verdict.NON_CONFORMING, 0),
            )
            table.add_row(f"{entry.contracted:,}", *(f"{figure:,}" for figure in figures), Text(said))
        table.columns[-1].header = "lot"
        console.print(table)
        if len(document.deliveries) > DELIVERIES_SHOWN:
            rest = len(document.deliveries) - DELIVERIES_SHOWN
            _line(console, f"... and {rest:,} more: see the xlsx or json report.")
    if document.disclosure is not None:
        _heading(console, f"Disclosed by the seller in {document.disclosure.name}")
        for sentence in document.disclosure.sentences:
            _line(console, sentence)


def _document_findings(console: Console, document: Document) -> None:
    if not document.document_findings:
        return
    _heading(console, "Questions about the documents")
    by_flag: dict[str, list[DocumentFindingEntry]] = {}
    for entry in document.document_findings:
        by_flag.setdefault(entry.flag, []).append(entry)
    for flag, entries in by_flag.items():
        stops = ": clears nothing until answered" if entries[0].stops_clearing else ""
        _line(console, f"{flag} ({len(entries):,}){stops}", indent=2)
        for entry in entries[:QUESTIONS_SHOWN]:
            units = f", {counted(entry.units, 'unit')}" if entry.units else ""
            _line(console, f"{entry.documents}{units}: {entry.question}", indent=4, hang=2)
        if len(entries) > QUESTIONS_SHOWN:
            _line(
                console,
                f"... and {len(entries) - QUESTIONS_SHOWN:,} more: see the xlsx or json report.",
                indent=4,
            )


def _waivers(console: Console, document: Document) -> None:
    if not document.waivers:
        return
    _heading(console, "Waivers")
    for entry in document.waivers[:WAIVERS_SHOWN]:
        _line(console, entry_words(entry), hang=4)
    if len(document.waivers) > WAIVERS_SHOWN:
        _line(
            console, f"... and {len(document.waivers) - WAIVERS_SHOWN:,} more: see the xlsx or json report."
        )
    _line(console, "The machines stand in the csv, xlsx and json reports with the waiver beside them.")


def _comparison(console: Console, document: Document) -> None:
    found = document.comparison
    if found is None:
        return
    _heading(console, found.title)
    table = _table("change", "findings", "units", "meaning")
    for total in found.totals:
        table.add_row(total.change.value, f"{total.findings:,}", f"{total.units:,}", Text(total.meaning))
    console.print(table)
    for note in found.notes:
        _line(console, note)
    for entry in found.first:
        why = f": {entry.why}" if entry.why else ""
        _line(
            console,
            f"{entry.change}: {entry.machine} under {entry.rule}, {entry.before} then, {entry.now} now{why}",
            indent=4,
            hang=2,
        )
    if found.first:
        _line(console, "The json and xlsx reports hold every finding that is not as it was.")


def _exchanges(console: Console, document: Document) -> None:
    if not document.exchanges:
        return
    _heading(console, "Replacements, board swaps and returns")
    for entry in document.exchanges[:EXCHANGES_SHOWN]:
        parity = f" Parity {entry.parity}." if entry.parity else ""
        unit = f"{entry.old} to {entry.new}" if entry.new else entry.old
        _line(console, f"{entry.kind} {unit}, {entry.day}: {entry.outcome}{parity}", indent=4, hang=2)
    if len(document.exchanges) > EXCHANGES_SHOWN:
        rest = len(document.exchanges) - EXCHANGES_SHOWN
        _line(console, f"... and {rest:,} more: see the xlsx or json report.")


def _warnings(console: Console, document: Document) -> None:
    if not document.warnings:
        return
    _heading(console, "Warnings")
    for warning in document.warnings[:WARNINGS_SHOWN]:
        _line(console, f"- {warning}", hang=2)
    if len(document.warnings) > WARNINGS_SHOWN:
        _line(console, f"... and {len(document.warnings) - WARNINGS_SHOWN:,} more in the json report.")


def _heading(console: Console, text: str) -> None:
    _blank(console)
    _line(console, text, style="bold underline")


def _blank(console: Console) -> None:
    console.file.write("\n")


def _detail(console: Console, text: str) -> None:
    _line(console, text, indent=4, hang=2)


def _line(console: Console, text: str, *, style: str = "", indent: int = 0, hang: int = 0) -> None:
    """Print one paragraph, wrapped; lines after the first stand `hang` columns further in."""
    if text.isascii() and text.isprintable() and indent + len(text) <= console.width:
        _put(console, Text(text, style=style), indent)
        return
    width = console.width - indent - hang
    lines = _wrapped(console, text, style, console.width - indent)
    if hang and len(lines) > 1:
        head = str(lines[0]).rstrip()
        tail = _wrapped(console, text[len(head) :].lstrip(), style, width)
        _put(console, Text(head, style=style), indent)
        for part in tail:
            _put(console, part, indent + hang)
        return
    for part in lines:
        _put(console, part, indent)


def _wrapped(console: Console, text: str, style: str, width: int) -> list[Text]:
    return list(Text(text, style=style).wrap(console, width))


def _put(console: Console, line: Text, indent: int) -> None:
    """Print one line that fits."""
    if console.color_system is not None and (line.style or line.spans):
        console.print(Padding(line, (0, 0, 0, indent)))
    else:
        # A line without any style is the same characters wherever it is shown, at a tenth of the time.
        console.file.write(f"{' ' * indent}{line.plain}\n")
