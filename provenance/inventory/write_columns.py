"""Writing how files were read as a columns file, so that the next run reads them the same way."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence

from provenance.evidence import Grade
from provenance.inventory.columnsfile import IGNORE, SCHEMA, WITHHOLD
from provenance.inventory.table import Column, InputFile, Table, column_letter
from provenance.inventory.vocabulary import fold


def columns_file_of(files: Sequence[InputFile]) -> str:
    """Return a columns file that says of every table of some files what was found.

    Args:
        files: The input files, as they were read.
    """
    lines = [
        "# How these files were read. Correct what is wrong: a field, `ignore`, or `withhold` for what no report may carry.",
        f"schema: {SCHEMA}",
        "tables:",
    ]
    for file in files:
        for table in file.tables:
            beside = [
                other
                for other in file.tables
                if other.sheet == table.sheet and other.header_row == table.header_row
            ]
            lines.extend(_table(file.name, table, beside=len(beside) > 1))
    return "\n".join(lines) + "\n" if len(lines) > 3 else "\n".join([*lines[:2], "tables: []"]) + "\n"


def _table(file: str, table: Table, *, beside: bool) -> Iterator[str]:
    yield f"  - file: {_quoted(file)}"
    if table.sheet is not None:
        yield f"    sheet: {_quoted(table.sheet)}"
    if table.header_row is not None:
        yield f"    header_row: {table.header_row}"
    if beside and table.columns:
        yield f"    first_column: {table.columns[0].letter}"
    yield f"    role: {table.role.value}"
    entries = list(_columns(table.columns))
    if entries:
        yield "    columns:"
        yield from entries


def _columns(columns: Sequence[Column]) -> Iterator[str]:
    exact = Counter(column.header for column in columns)
    folded = Counter(fold(column.header) for column in columns)
    for column in columns:
        named = bool(column.header) and exact[column.header] == 1 and folded[fold(column.header)] <= 1
        name = column.header if named else column_letter(column.index)
        if not named and name in exact:
            # A letter that is also a header would mean the column of that header.
            continue
        yield f"      {_quoted(name)}: {_meaning(column)}"


def _meaning(column: Column) -> str:
    if column.field is None:
        return WITHHOLD if column.withheld else IGNORE
    if column.grade is not None and column.grade is not Grade.DECLARED:
        return f"{{field: {column.field.value}, grade: {column.grade.value}}}"
    return column.field.value


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
