"""The annotated workbook: a summary, the machines with their verdicts, and everything that stands behind them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from provenance.errors import Fault, ReportError
from provenance.policy.audit import Audit
from provenance.policy.verdict import Verdict
from provenance.report.annotated import REJECTED, annotated
from provenance.report.document import Document
from provenance.report.embargo import embargo_lines
from provenance.report.formulas import neutral
from provenance.report.totals import Total
from provenance.report.words import VERDICT_WORDS, joined
from provenance.report.workbook_readings import CHANGE_COLUMNS, READING_COLUMNS, change_rows, reading_rows

ROW_LIMIT = 1_048_576 - 1
"""Rows of one sheet of the format, less the header."""
COLUMN_LIMIT = 16_384
"""Columns of one sheet of the format."""

_CELL_LIMIT = 32_767
"""Characters of one cell of the format."""
_CUT = " [cut: the json report holds the whole text]"

_COLOURS: dict[str, str] = {
    Verdict.NON_CONFORMING.value: "#F8CBAD",
    Verdict.UNDETERMINED.value: "#FFE699",
    Verdict.WAIVED.value: "#D9C3E8",
    Verdict.CONFORMING.value: "#C6E0B4",
    Verdict.OUT_OF_SCOPE.value: "#E7E6E6",
    REJECTED: "#D0CECE",
}
_WIDTHS = {"evidence": 60, "meaning": 60, "sentence": 70, "question": 70, "note": 50, "sha256": 66}


def write_workbook(audit: Audit, document: Document, path: Path) -> None:
    """Write the workbook; the same audit gives the same bytes.

    Raises:
        ReportError: There are more rows, or more columns, than a sheet can hold.
    """
    import xlsxwriter

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "in_memory": False,
        "nan_inf_to_errors": True,
    }
    _check_rows(audit)
    book = xlsxwriter.Workbook(str(path), options)
    try:
        # A clock in the file would change its bytes from run to run.
        book.set_properties(
            {
                "title": "Audit of origin",
                "comments": document.stamp or document.disclaimer,
                "created": datetime.combine(audit.as_of, time(), UTC).replace(tzinfo=None),
            }
        )
        sheets = _Sheets(book)
        _summary(sheets, document)
        _machines(sheets, audit)
        _cases(sheets, document)
        _embargo(sheets, audit, document)
        _asks(sheets, document)
        _rejected(sheets, document)
        sheets.fill("Readings", READING_COLUMNS, reading_rows(document))
        sheets.fill("Judged otherwise", CHANGE_COLUMNS, change_rows(document))
        _documents(sheets, document)
        _document_findings(sheets, document)
        _deliveries(sheets, document)
        _waivers(sheets, document)
        _sources(sheets, document)
    finally:
        book.close()


def _check_rows(audit: Audit) -> None:
    if audit.summary.rows_read > ROW_LIMIT:
        raise ReportError(
            Fault(
                "xlsx",
                f"{audit.summary.rows_read:,} rows, and a sheet holds {ROW_LIMIT:,} below its header",
                "take csv, json or parquet",
            )
        )


class _Sheets:
    """Writes rows of plain values to sheets; nothing it writes runs."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.header = book.add_format({"bold": True, "bottom": 1, "bg_color": "#DDEBF7"})
        self.bold = book.add_format({"bold": True})
        self.big = book.add_format({"bold": True, "font_size": 16})
        self.wrap = book.add_format({"text_wrap": True, "valign": "top"})
        self.verdicts = {
            verdict: book.add_format({"bg_color": colour}) for verdict, colour in _COLOURS.items()
        }

    def verdict_format(self, verdict: Verdict) -> Any:
        """Return the colour of a verdict."""
        return self.verdicts[verdict.value]

    def table(self, name: str, header: Sequence[str]) -> Any:
        """Add a sheet with a frozen header row."""
        sheet = self.book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for column, title in enumerate(header):
            key = title.removeprefix("provenance_")
            sheet.set_column(column, column, _WIDTHS.get(key, 18))
            sheet.write_string(0, column, _cell(title), self.header)
        return sheet

    def fill(self, name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Add a sheet and write its rows; a `Verdict` among the values is coloured."""
        sheet = self.table(name, header)
        last = 0
        for last, row in enumerate(rows, start=1):
            self.row(sheet, last, row)
        sheet.autofilter(0, 0, max(last, 1), len(header) - 1)

    def row(self, sheet: Any, at: int, values: Sequence[object], style: Any = None) -> None:
        """Write one row of texts, counts and verdicts."""
        for column, value in enumerate(values):
            match value:
                case None | "":
                    continue
                case Verdict():
                    sheet.write_string(at, column, VERDICT_WORDS[value], self.verdict_format(value))
                case int():
                    sheet.write_number(at, column, value, style)
                case _:
                    sheet.write_string(at, column, _cell(neutral(str(value))), style)


def _cell(text: str) -> str:
    return text if len(text) <= _CELL_LIMIT else text[: _CELL_LIMIT - len(_CUT)] + _CUT


def _summary(sheets: _Sheets, document: Document) -> None:
    sheet = sheets.book.add_worksheet("Summary")
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 2, 12)
    sheet.set_column(3, 3, 90)
    at = 0
    for text, style in (
        (document.headline.default_policy, sheets.bold),
        (document.stamp, sheets.bold),
        (document.headline.word, sheets.big),
        (document.headline.sentence, sheets.bold),
        (f"As of {document.as_of}; {document.tool}", None),
    ):
        if text:
            sheets.row(sheet, at, (text,), style)
            at += 1
    at += 1
    sheets.row(sheet, at, ("verdict", "lines", "units", "meaning"), sheets.header)
    for total in _split(document):
        at += 1
        label = total.verdict if total.reason is None else f"   {total.label}"
        sheets.row(sheet, at, (label, total.lines, total.units, total.meaning))
    at += 1
    paragraphs = (
        *document.reconciliation,
        *(f"Judged under {policy.id}: {policy.title} ({policy.citation})" for policy in document.policies),
        f"What to do next: {document.headline.next_step}",
        *(f"Warning: {warning}" for warning in document.warnings),
        document.disclaimer,
    )
    for paragraph in paragraphs:
        at += 1
        sheets.row(sheet, at, (paragraph,))


def _split(document: Document) -> list[Total]:
    lines: list[Total] = []
    for total in document.totals:
        lines.append(total)
        if total.verdict is Verdict.UNDETERMINED:
            lines += document.reasons
    return lines


def _machines(sheets: _Sheets, audit: Audit) -> None:
    rows = annotated(audit).frame
    header = rows.collect_schema().names()
    if len(header) > COLUMN_LIMIT:
        raise ReportError(
            Fault(
                "xlsx", f"{len(header):,} columns, and a sheet holds {COLUMN_LIMIT:,}", "take csv or parquet"
            )
        )
    sheet = sheets.table("Machines", header)
    verdict_at = header.index("provenance_verdict")
    at = 0
    for batch in rows.collect_batches(chunk_size=16_384, maintain_order=True):
        for values in batch.iter_rows():
            at += 1
            for column, value in enumerate(values):
                if value is None or value == "":
                    continue
                if isinstance(value, str):
                    style = sheets.verdicts.get(value) if column == verdict_at else None
                    sheet.write_string(at, column, _cell(value), style)
                else:
                    sheet.write_number(at, column, value)
    sheet.autofilter(0, 0, max(at, 1), len(header) - 1)


def _cases(sheets: _Sheets, document: Document) -> None:
    sheets.fill(
        "Cases",
        (
            "case",
            "verdict",
            "reason",
            "units",
            "lines",
            "machines",
            "rule",
            "origin",
            "sentence",
            "says otherwise",
            "left open",
            "to settle it",
            "sites",
            "identified",
            "likely",
            "flags",
            "under other readings",
            "embargo",
        ),
        (
            (
                entry.id,
                finding.verdict,
                finding.reason.value,
                entry.units,
                entry.lines,
                entry.title,
                finding.rule,
                finding.origin,
                finding.sentence,
                "; ".join(finding.contesting),
                "; ".join((*finding.open_questions, *finding.unverified)),
                finding.would_clear,
                "; ".join(f"{site} {units:,}" for site, units in entry.sites),
                entry.identified,
                entry.likely,
                "; ".join(entry.flags),
                entry.otherwise,
                entry.embargo,
            )
            for entry in document.cases
            for finding in entry.findings
        ),
    )


def _asks(sheets: _Sheets, document: Document) -> None:
    sheets.fill(
        "Still to be proven",
        (
            "place",
            "ask for",
            "goods",
            "maker",
            "models",
            "sites",
            "units",
            "lines",
            "settled so far",
            "cases",
        ),
        (
            (
                place,
                joined(ask.needs),
                ask.goods,
                ask.maker,
                "; ".join(ask.models),
                "; ".join(ask.sites),
                ask.units,
                ask.lines,
                ask.settled_units,
                " ".join(ask.cases),
            )
            for place, ask in enumerate(document.asks, start=1)
        ),
    )


def _rejected(sheets: _Sheets, document: Document) -> None:
    sheets.fill(
        "Rejected rows",
        ("place", "why", "text"),
        ((entry.place, entry.why, entry.text) for entry in document.rejected),
    )


def _embargo(sheets: _Sheets, audit: Audit, document: Document) -> None:
    """The goods under embargo, line by line, below the warning; no sheet where there are none."""
    if not document.embargo:
        return
    header = ("place", "maker", "model", "serial", "quantity", "site", "case", "verdict", "why")
    sheet = sheets.table("Under embargo", header)
    sheets.row(sheet, 1, (document.embargo_warning,), sheets.bold)
    for at, line in enumerate(embargo_lines(audit), start=2):
        values = (line.place, line.maker, line.model, line.serial, line.quantity, line.site, line.case)
        sheets.row(sheet, at, (*values, line.verdict, line.why))


def _documents(sheets: _Sheets, document: Document) -> None:
    sheets.fill(
        "Documents",
        (
            "document",
            "page",
            "kind",
            "stated by",
            "issuer",
            "date",
            "says",
            "status",
            "names",
            "units here",
            "note",
            "register",
            "sha256",
            "seen",
        ),
        (
            (
                entry.document,
                entry.page,
                entry.kind,
                entry.stated_by,
                entry.issuer,
                entry.day,
                entry.says,
                entry.status,
                entry.covers,
                entry.units,
                entry.note,
                entry.place,
                entry.sha256,
                entry.seen,
            )
            for entry in document.documents
        ),
    )


def _deliveries(sheets: _Sheets, document: Document) -> None:
    if document.deliveries:
        verdicts = tuple(Verdict)
        sheets.fill(
            "Contracted and delivered",
            (
                "lot",
                "model",
                "contracted",
                "delivered",
                "documents cover",
                *(VERDICT_WORDS[verdict] for verdict in verdicts),
                "note",
                "schedule",
            ),
            (
                (
                    entry.lot,
                    entry.model,
                    entry.contracted,
                    entry.delivered,
                    entry.covered,
                    *(dict(entry.by_verdict).get(verdict, 0) for verdict in verdicts),
                    entry.remark,
                    entry.place,
                )
                for entry in document.deliveries
            ),
        )
    if document.disclosure is not None:
        sheets.fill(
            "Disclosure",
            ("what", "serial", "place", "units", "verdict"),
            ((one.what, one.serial, one.place, one.units, one.verdict) for one in document.disclosure.units),
        )


def _document_findings(sheets: _Sheets, document: Document) -> None:
    sheets.fill(
        "Document findings",
        ("flag", "documents", "question", "units here", "clears nothing until answered", "register"),
        (
            (
                entry.flag,
                entry.documents,
                entry.question,
                entry.units,
                "yes" if entry.stops_clearing else "",
                entry.places,
            )
            for entry in document.document_findings
        ),
    )


def _waivers(sheets: _Sheets, document: Document) -> None:
    if not document.waivers:
        return
    fields = (
        "id", "kind", "status", "rule", "scope", "instrument", "given", "expires", "reason", "comment", "owner",
        "approver", "evidence", "lines", "units", "was", "note", "place",
    )  # fmt: skip
    sheets.fill(
        "Waivers",
        (*fields, "cases"),
        ((*(getattr(entry, field) for field in fields), " ".join(entry.cases)) for entry in document.waivers),
    )


def _sources(sheets: _Sheets, document: Document) -> None:
    sheets.fill(
        "Sources",
        ("kind", "name", "data of", "detail", "sha256"),
        ((entry.kind, entry.name, entry.day, entry.detail, entry.sha256) for entry in document.sources),
    )
