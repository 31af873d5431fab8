"""The annotated workbook: a summary with charts, the seller's own sheets with verdicts, and all that stands behind them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from provenance.errors import Fault, ReportError
from provenance.policy.audit import Audit
from provenance.policy.verdict import Verdict
from provenance.report.document import Document
from provenance.report.embargo import embargo_lines
from provenance.report.question_list import photographs, questions
from provenance.report.sheets import ROW_LIMIT, Sheets, open_book
from provenance.report.since import entries_of
from provenance.report.words import VERDICT_WORDS
from provenance.report.workbook_inventory import write_inventories
from provenance.report.workbook_readings import CHANGE_COLUMNS, READING_COLUMNS, change_rows, reading_rows
from provenance.report.workbook_summary import write_summary

CHANGES_LIMIT = ROW_LIMIT
"""Findings on the sheet of changes."""


def write_workbook(audit: Audit, document: Document, path: Path) -> None:
    """Write the workbook; the same audit gives the same bytes.

    Raises:
        ReportError: There are more rows, or more columns, than a sheet can hold.
    """
    _check_rows(audit)
    with open_book(path, "Audit of origin", document.stamp or document.disclaimer, audit.as_of) as sheets:
        write_summary(sheets, audit, document)
        write_inventories(sheets, audit)
        _cases(sheets, document)
        _embargo(sheets, audit, document)
        write_requests(sheets, audit, document)
        _rejected(sheets, document)
        sheets.fill("Readings", READING_COLUMNS, reading_rows(document))
        sheets.fill("Judged otherwise", CHANGE_COLUMNS, change_rows(document))
        _documents(sheets, document)
        _document_findings(sheets, document)
        _deliveries(sheets, document)
        _waivers(sheets, document)
        _changes(sheets, audit, document)
        _exchanges(sheets, document)
        _sources(sheets, document)


def write_questions_workbook(audit: Audit, document: Document, path: Path) -> None:
    """Write the request list alone, in the columns of a data room's questions and answers."""
    with open_book(path, "Request list", document.stamp or document.disclaimer, audit.as_of) as sheets:
        write_requests(sheets, audit, document)


def _check_rows(audit: Audit) -> None:
    if audit.summary.rows_read > ROW_LIMIT:
        raise ReportError(
            Fault(
                "xlsx",
                f"{audit.summary.rows_read:,} rows, and a sheet holds {ROW_LIMIT:,} below its header",
                "take csv, json or parquet",
            )
        )


def _cases(sheets: Sheets, document: Document) -> None:
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


def write_requests(sheets: Sheets, audit: Audit, document: Document) -> None:
    """Add the request list and the nameplates to photograph."""
    sheets.fill(
        "Requests",
        ("id", "category", "question", "owner", "status", "due", "units"),
        (
            (one.id, one.category, one.question, one.owner, one.status, one.due, one.units or None)
            for one in questions(document)
        ),
    )
    sheets.fill(
        "Photographs",
        ("machines", "site", "serial", "place", "case"),
        (
            (one.title, one.site, serial, where, one.case)
            for one in photographs(audit)
            for serial, where in one.lines
        ),
    )


def _rejected(sheets: Sheets, document: Document) -> None:
    sheets.fill(
        "Rejected rows",
        ("place", "why", "text"),
        ((entry.place, entry.why, entry.text) for entry in document.rejected),
    )


def _embargo(sheets: Sheets, audit: Audit, document: Document) -> None:
    """The goods under embargo, line by line, below the warning; no sheet where there are none."""
    if not document.embargo:
        return
    header = ("place", "maker", "model", "serial", "quantity", "site", "case", "verdict", "why")
    sheet = sheets.table("Under embargo", header)
    sheets.row(sheet, 1, (document.embargo_warning,), sheets.bold)
    for at, line in enumerate(embargo_lines(audit), start=2):
        values = (line.place, line.maker, line.model, line.serial, line.quantity, line.site, line.case)
        sheets.row(sheet, at, (*values, line.verdict, line.why))


def _documents(sheets: Sheets, document: Document) -> None:
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


def _deliveries(sheets: Sheets, document: Document) -> None:
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


def _document_findings(sheets: Sheets, document: Document) -> None:
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


def _waivers(sheets: Sheets, document: Document) -> None:
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


def _changes(sheets: Sheets, audit: Audit, document: Document) -> None:
    if audit.comparison is None or document.comparison is None:
        return
    found = document.comparison
    sheets.fill(
        "Since the baseline",
        ("change", "findings", "units", "meaning"),
        (
            *((total.change.value, total.findings, total.units, total.meaning) for total in found.totals),
            *((note,) for note in (found.title, *found.notes)),
            *((note,) for note in _left_out(audit.comparison.changes.height)),
        ),
    )
    fields = ("change", "rule", "machine", "before", "now", "why", "units")
    listed = entries_of(audit.comparison.changes.head(CHANGES_LIMIT))
    sheets.fill("Changes", fields, (tuple(getattr(entry, field) for field in fields) for entry in listed))


def _left_out(changes: int) -> Iterator[str]:
    if changes > CHANGES_LIMIT:
        yield f"The sheet Changes holds the first {CHANGES_LIMIT:,} of {changes:,} findings; the json report holds all."


def _exchanges(sheets: Sheets, document: Document) -> None:
    if not document.exchanges:
        return
    fields = ("kind", "old", "new", "day", "outcome", "parity", "note", "place")
    sheets.fill(
        "Replacements",
        fields,
        (tuple(getattr(entry, field) for field in fields) for entry in document.exchanges),
    )


def _sources(sheets: Sheets, document: Document) -> None:
    sheets.fill(
        "Sources",
        ("kind", "name", "data of", "detail", "sha256"),
        ((entry.kind, entry.name, entry.day, entry.detail, entry.sha256) for entry in document.sources),
    )
