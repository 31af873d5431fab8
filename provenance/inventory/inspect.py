"""How files were read, as plain data: what `inspect -f json` shows and its terminal view draws."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from provenance.inventory.table import Column, InputFile, Table
from provenance.inventory.tables import rejected_rows


def describe_inputs(files: Sequence[InputFile]) -> dict[str, Any]:
    """Describe how files were read.

    Args:
        files: The input files.

    Returns:
        `{"files": [{"name", "format", "size", "sha256", "complete", "synthetic", "encoding", "delimiter", "oddities", "tables":
        [...]}]}`, each table with `sheet, hidden, role, header_row, first_row, last_row, rows, machines, columns, rejected, oddities`.
    """
    return {"files": [_file(file) for file in files]}


def file_particulars(file: InputFile) -> dict[str, Any]:
    """Return what every account of a file begins with: `name, format, size, sha256, ...`."""
    return {
        "name": file.name,
        "format": file.format,
        "size": file.size,
        "sha256": file.sha256,
        "complete": file.complete,
        "synthetic": file.synthetic,
        "encoding": file.encoding,
        "delimiter": file.delimiter,
        "oddities": list(file.oddities),
    }


def table_particulars(table: Table) -> dict[str, Any]:
    """Return where a table stands: `sheet, hidden, role, preset, header_row, first_row, last_row`."""
    return {
        "sheet": table.sheet,
        "hidden": table.hidden,
        "role": table.role.value,
        "preset": table.preset,
        "header_row": table.header_row,
        "first_row": table.first_row,
        "last_row": table.last_row,
    }


def mapping_of(table: Table) -> list[dict[str, Any]]:
    """Return what the columns of a table were taken for, those that mean nothing to an audit left out."""
    return [
        {
            "letter": column.letter,
            "header": column.header,
            "field": column.field.value,
            "grade": column.grade.value if column.grade is not None else None,
        }
        for column in table.columns
        if column.field is not None
    ]


def _file(file: InputFile) -> dict[str, Any]:
    return {**file_particulars(file), "tables": [_table(table) for table in file.tables]}


def _table(table: Table) -> dict[str, Any]:
    rejected = [
        {"row": item.row, "rejection": item.rejection.value, "text": item.text}
        for item in rejected_rows(table)
    ]
    return {
        **table_particulars(table),
        "rows": table.rows,
        "machines": table.rows - len(rejected) + table.added,
        "alike": table.alike,
        "columns": [_column(column) for column in table.columns],
        "rejected": rejected,
        "oddities": list(table.oddities),
    }


def _column(column: Column) -> dict[str, Any]:
    return {
        "index": column.index,
        "letter": column.letter,
        "header": column.header,
        "field": column.field.value if column.field is not None else None,
        "score": column.score,
        "reason": column.reason,
        "grade": column.grade.value if column.grade is not None else None,
        "withheld": column.withheld,
    }
