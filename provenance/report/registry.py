"""The formats of a report: one explicit tuple, each with what writes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from provenance.errors import Fault, ReportError
from provenance.policy.audit import Audit
from provenance.records import dataclass
from provenance.report.document import Document, build_document

if TYPE_CHECKING:
    from provenance.report.matter import Matter
    from provenance.report.prose import Paper


@dataclass(frozen=True)
class Report:
    """An audit on its way to its formats; the model is built once, and only for a format that wants it."""

    audit: Audit
    matter: Matter | None = None
    template: Path | None = None
    """Counsel's own Word template for the notice."""

    @cached_property
    def document(self) -> Document:
        """The model; see `build_document`."""
        return build_document(self.audit, self.matter)

    @cached_property
    def for_the_other_side(self) -> Report:
        """The report that a notice is drawn from; see `Audit.for_the_other_side`."""
        seen = self.audit.for_the_other_side
        return self if seen is self.audit else Report(seen, self.matter, self.template)


@dataclass(frozen=True, slots=True)
class Format:
    """One form of a report."""

    id: str
    file_name: str
    """Its name in a directory that takes all."""
    write: Callable[[Report, Path], None] = field(repr=False)
    suffixes: tuple[str, ...] = ()
    """The endings of an output that take this format."""
    binary: bool = False
    """Not for a terminal."""
    row_limit: int | None = None
    """Rows read, above which the format refuses; None: any number."""
    needs: str = ""
    """The module of an extra that it is written with; empty: none."""


def _terminal(report: Report, path: Path) -> None:
    from provenance.report.terminal import render

    path.write_text(render(report.document), encoding="utf-8", errors="backslashreplace", newline="\n")


def _json(report: Report, path: Path) -> None:
    from provenance.report.json_report import write_json

    write_json(report.audit, report.document, report.matter, path)


def _csv(report: Report, path: Path) -> None:
    from provenance.report.csv_report import write_csv

    write_csv(report.audit, path)


def _xlsx(report: Report, path: Path) -> None:
    from provenance.report.workbook import write_workbook

    write_workbook(report.audit, report.document, path)


def _parquet(report: Report, path: Path) -> None:
    from provenance.report.parquet_report import write_parquet

    write_parquet(report.audit, path)


def _notice(report: Report) -> Paper:
    from provenance.report.notice import notice_paper

    # What goes to the other side is drawn from an audit that knows nothing of what the house accepted for itself.
    seen = report.for_the_other_side
    return notice_paper(seen.audit, seen.document, seen.matter)


def _memorandum(report: Report) -> Paper:
    from provenance.report.memorandum import memorandum_paper

    return memorandum_paper(report.audit, report.document, report.matter)


def _questions(report: Report) -> Paper:
    from provenance.report.questions import questions_paper

    return questions_paper(report.audit, report.document, report.matter)


def _questions_workbook(report: Report, path: Path) -> None:
    from provenance.report.workbook import write_questions_workbook

    write_questions_workbook(report.audit, report.document, path)


def _in_markdown(paper: Callable[[Report], Paper], report: Report, path: Path) -> None:
    from provenance.report.prose_markdown import write_markdown

    write_markdown(paper(report), path)


def _in_pdf(paper: Callable[[Report], Paper], report: Report, path: Path) -> None:
    from provenance.report.prose_pdf import write_pdf

    write_pdf(paper(report), report.audit.as_of, path)


def _in_word(paper: Callable[[Report], Paper], report: Report, path: Path) -> None:
    from provenance.report.prose_word import write_word

    write_word(paper(report), path)


def _notice_in_word(report: Report, path: Path) -> None:
    from provenance.report.prose_word import write_word

    if report.template is None:
        write_word(_notice(report), path)
        return
    from provenance.report.notice_fields import notice_fields

    seen = report.for_the_other_side
    fields = notice_fields(seen.audit, seen.document, seen.matter)
    write_word(_notice(report), path, fields, report.template)


def _sarif(report: Report, path: Path) -> None:
    from provenance.report.sarif import write_sarif

    write_sarif(report.audit, report.document, path)


def _junit(report: Report, path: Path) -> None:
    from provenance.report.junit import write_junit

    write_junit(report.audit, report.document, path)


def _github(report: Report, path: Path) -> None:
    from provenance.report.github import write_github

    write_github(report.audit, report.document, path)


def _gitlab(report: Report, path: Path) -> None:
    from provenance.report.gitlab import write_gitlab

    write_gitlab(report.audit, report.document, path)


def _cyclonedx(report: Report, path: Path) -> None:
    from provenance.report.cyclonedx import write_cyclonedx

    write_cyclonedx(report.audit, report.document, path)


def _summary(report: Report, path: Path) -> None:
    from provenance.report.summary_markdown import write_summary

    write_summary(report.document, path)


XLSX_ROWS = 1_048_575
"""Rows of one sheet below its header."""
NOTICE_ROWS = 1_000_000
"""A longer notice is no letter any more, and its schedules are sorted in memory."""
WORD_ROWS = 100_000
"""A word processor opens no longer table in a time that anyone waits."""
PDF_ROWS = 60_000
"""Laying a row out takes some 80 kB of memory."""

FORMATS: tuple[Format, ...] = (
    Format("terminal", "report.txt", _terminal, suffixes=(".txt",)),
    Format("json", "report.json", _json, suffixes=(".json",)),
    Format("csv", "machines.csv", _csv, suffixes=(".csv",)),
    Format("xlsx", "annotated.xlsx", _xlsx, suffixes=(".xlsx",), binary=True, row_limit=XLSX_ROWS),
    Format("parquet", "machines.parquet", _parquet, suffixes=(".parquet",), binary=True),
    Format(
        "notice-md", "notice.md", partial(_in_markdown, _notice), suffixes=(".md",), row_limit=NOTICE_ROWS
    ),
    Format(
        "notice-docx",
        "notice.docx",
        _notice_in_word,
        suffixes=(".docx",),
        binary=True,
        row_limit=WORD_ROWS,
        needs="docxtpl",
    ),
    Format(
        "notice-pdf",
        "notice.pdf",
        partial(_in_pdf, _notice),
        suffixes=(".pdf",),
        binary=True,
        row_limit=PDF_ROWS,
        needs="typst",
    ),
    Format("memo-md", "memorandum.md", partial(_in_markdown, _memorandum), row_limit=NOTICE_ROWS),
    Format(
        "memo-docx",
        "memorandum.docx",
        partial(_in_word, _memorandum),
        binary=True,
        row_limit=WORD_ROWS,
        needs="docxtpl",
    ),
    Format(
        "memo-pdf",
        "memorandum.pdf",
        partial(_in_pdf, _memorandum),
        binary=True,
        row_limit=PDF_ROWS,
        needs="typst",
    ),
    Format("sarif", "report.sarif", _sarif, suffixes=(".sarif",)),
    Format("junit", "junit.xml", _junit, suffixes=(".xml",)),
    Format("github", "annotations.txt", _github),
    Format("gitlab", "gl-code-quality-report.json", _gitlab),
    Format("cyclonedx", "bom.cdx.json", _cyclonedx, suffixes=(".cdx.json",)),
    Format("summary-md", "summary.md", _summary),
)

FORMAT_IDS: tuple[str, ...] = tuple(offered.id for offered in FORMATS)


def format_of(format_id: str) -> Format:
    """Return a format by its id.

    Raises:
        ReportError: There is none of that id.
    """
    found = next((offered for offered in FORMATS if offered.id == format_id), None)
    if found is None:
        raise ReportError(Fault("", f"{format_id!r} is no format", f"take one of {', '.join(FORMAT_IDS)}"))
    return found


def format_for(path: Path) -> Format:
    """Return the format that the ending of an output asks for; `.md` means the notice.

    Raises:
        ReportError: The ending belongs to no format.
    """
    found = next((offered for offered in FORMATS if path.name.lower().endswith(offered.suffixes)), None)
    if found is None:
        known = ", ".join(suffix for offered in FORMATS for suffix in offered.suffixes)
        raise ReportError(
            Fault(
                path.as_posix(), "its ending says no format", f"end it in one of {known}, or name one with -f"
            )
        )
    return found


QUESTIONS: dict[str, Callable[[Report, Path], None]] = {
    ".md": partial(_in_markdown, _questions),
    ".docx": partial(_in_word, _questions),
    ".pdf": partial(_in_pdf, _questions),
    ".xlsx": _questions_workbook,
}
"""The forms of the request list, by the ending of its file."""
