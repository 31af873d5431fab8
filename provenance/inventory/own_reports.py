"""Which inputs are reports of this program: a data room that holds them does not hold their machines twice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from provenance.expressions import expression
from provenance.inventory.table import InputFile

REPORT = "is a report of this program, and its machines are not audited again"
"""What is odd about such a file."""

_MARKS = (
    frozenset({"provenance_verdict", "provenance_case"}),
    frozenset({"provenance verdict", "provenance case"}),
    frozenset({"case", "counted", "reason", "rule", "verdict"}),
)
"""Headers that only the reports have together: of the annotated sheets, and of the machines in parquet."""

_BEGINNINGS = expression(
    rb'\A(?:\{\s*"as_of": "[0-9-]{10}",\s*"asks": \['
    rb'|\{"\$schema": "http://cyclonedx\.org/schema/bom-1\.6\.schema\.json",\n"bomFormat"'
    rb'|\[\n\{"check_name": "[^"]+", "description": "'
    rb"|::(?:error|warning|notice) )"
)
"""How the reports without a header begin: json, bill of materials, code quality, annotations."""


def is_report(path: Path, one: InputFile) -> bool:
    """Tell whether a file that was read carries the verdicts of this program.

    Args:
        path: The file.
        one: What was read of it.
    """
    with path.open("rb") as file:
        if _BEGINNINGS.match(file.read(512)):
            return True
    headers = [
        # The workbook writes blanks where csv and parquet write underscores.
        {column.header.strip().lower().replace(" ", "_") for column in table.columns}
        for table in one.tables
    ]
    return any(mark <= found for found in headers for mark in _MARKS)


def without_reports(path: Path, one: InputFile) -> InputFile:
    """Return a file that was found in a folder: as it is, or without its tables if it is a report."""
    return replace(one, tables=(), oddities=(REPORT,)) if is_report(path, one) else one
