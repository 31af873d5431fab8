"""The seller's own sheets given back: every row where it stood, with verdict, reason, ground and request beside it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from provenance.errors import Fault, ReportError
from provenance.inventory.table import Table, column_letter
from provenance.policy.audit import Audit, Case
from provenance.policy.verdict import Verdict
from provenance.records import dataclass
from provenance.report.annotated import REJECTED, inventory_tables
from provenance.report.asks import needs
from provenance.report.formulas import neutral, neutral_column, running_columns
from provenance.report.sheets import COLUMN_LIMIT, Sheets, cell
from provenance.report.words import REJECTION_WORDS, SYNTHETIC, joined, one_line

if TYPE_CHECKING:
    import polars as pl

_RAW = re.compile(r"^c(\d+)$")
_BESIDE = ("verdict", "reason", "ground", "request", "origin", "evidence", "rule", "case")
"""What stands to the right of each row."""
_ROWS = 16_384
"""Rows taken at a time."""


@dataclass(frozen=True, slots=True)
class _Beside:
    """What all machines of a case have beside them."""

    verdict: str
    reason: str
    ground: str
    request: str
    rule: str


def write_inventories(sheets: Sheets, audit: Audit) -> None:
    """Add one sheet per inventory table, under the name that it had; rows keep their numbers.

    Raises:
        ReportError: A table has more columns than a sheet can hold.
    """
    beside = {case.id: _beside(case) for case in audit.cases}
    for index, table in enumerate(inventory_tables(audit)):
        _write(sheets, audit, index, table, beside)


def _beside(case: Case) -> _Beside:
    worst = case.worst
    wanted = joined(needs(case.findings)) if case.verdict is Verdict.UNDETERMINED else ""
    return _Beside(
        case.verdict.value,
        case.reason.value,
        cell(neutral(one_line(worst.explanation))),
        cell(neutral(wanted)),
        worst.rule.id,
    )


def _write(sheets: Sheets, audit: Audit, index: int, table: Table, beside: dict[str, _Beside]) -> None:
    frame = audit.scan_rows(index)
    raw = sorted(
        (name for name in frame.collect_schema().names() if _RAW.match(name)), key=lambda name: int(name[1:])
    )
    first = max((int(name[1:]) for name in raw), default=-1) + 1
    if first + len(_BESIDE) > COLUMN_LIMIT:
        raise ReportError(
            Fault(
                "xlsx",
                f"{table.file} has {first:,} columns, and a sheet holds {COLUMN_LIMIT:,} with the verdicts",
                "take csv or parquet",
            )
        )
    sheet = sheets.add(table.sheet or table.file.rpartition("/")[2])
    head = (table.header_row or max(1, table.first_row - 1)) - 1
    _head(sheets, sheet, audit, table, head, first)
    last = head
    for batch in _rows(frame, raw, table).collect_batches(chunk_size=_ROWS, maintain_order=True):
        last = _fill(sheets, sheet, batch, raw, first, beside)
    sheet.autofilter(head, 0, max(last, head + 1), first + len(_BESIDE) - 1)
    # A serial number is text whatever it looks like; the program says so before the spreadsheet asks.
    sheet.ignore_errors({"number_stored_as_text": f"A1:{column_letter(first)}{last + 1}"})


def _head(sheets: Sheets, sheet: Any, audit: Audit, table: Table, head: int, first: int) -> None:
    titles = {column.index: column.header for column in table.columns}
    sheet.set_column(0, max(first - 1, 0), 16)
    sheet.set_column(first, first + len(_BESIDE) - 1, 18)
    sheet.set_column(first + 2, first + 3, 50)
    if head and audit.synthetic:
        sheet.write_string(0, 0, SYNTHETIC, sheets.bold)
    for at in range(first):
        sheet.write_string(head, at, cell(neutral(one_line(titles.get(at, "")))), sheets.header)
    for at, name in enumerate(_BESIDE, start=first):
        sheet.write_string(head, at, f"provenance {name}", sheets.header)
    sheet.freeze_panes(head + 1, 0)


def _rows(frame: pl.LazyFrame, raw: list[str], table: Table) -> pl.LazyFrame:
    import polars as pl

    running = running_columns(frame, [name for name in raw if int(name[1:]) not in table.plain])
    names = set(frame.collect_schema().names())
    own = [neutral_column(name) if name in running else pl.col(name).cast(pl.String) for name in raw]
    told = [
        pl.col(name).cast(pl.String) if name in names else pl.lit(None, dtype=pl.String).alias(name)
        for name in ("rejection", "case", "origin", "evidence")
    ]
    return frame.select("row", *own, *told)


def _fill(
    sheets: Sheets, sheet: Any, batch: pl.DataFrame, raw: list[str], first: int, beside: dict[str, _Beside]
) -> int:
    """Write one batch of rows at the numbers they had; return the last."""
    write, styles = sheet.write_string, sheets.verdicts
    columns = [int(name[1:]) for name in raw]
    at = 0
    for row, *values, rejection, case, origin, evidence in batch.iter_rows():
        at = row - 1
        for column, value in zip(columns, values, strict=True):
            if value:
                write(at, column, cell(value))
        if rejection is not None:
            write(at, first, REJECTED, styles[REJECTED])
            write(at, first + 1, REJECTION_WORDS.get(rejection, rejection))
            continue
        told = beside[case]
        write(at, first, told.verdict, styles[told.verdict])
        write(at, first + 1, told.reason)
        write(at, first + 2, told.ground)
        if told.request:
            write(at, first + 3, told.request)
        if origin:
            write(at, first + 4, origin)
        if evidence:
            write(at, first + 5, cell(evidence))
        write(at, first + 6, told.rule)
        write(at, first + 7, case)
    return at
