"""The schedule of a purchase agreement: which lot was contracted, of what model, in what quantity."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import polars as pl

from provenance.errors import Fault, OriginError
from provenance.inventory.reader import read_inventory
from provenance.inventory.table import Field, Table
from provenance.records import dataclass

_MOST_DIGITS = 12
_TOTAL = re.compile(r"\b(?:total|sum)\b|合计|总计", re.IGNORECASE)
_LOTS = (Field.BATCH, Field.ORDER)


@dataclass(frozen=True, slots=True)
class ContractLine:
    """One line of a schedule."""

    place: str
    """Where it stands: `schedule.xlsx:Sheet1!A4`."""
    batch: str | None
    order: str | None
    model: str
    """As written."""
    quantity: int
    """Units contracted."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """A schedule as it was read."""

    name: str
    sha256: str
    lines: tuple[ContractLine, ...]
    remarks: tuple[str, ...]
    """What a reader must know of how it was read: sentences."""


def read_schedule(path: Path, *, name: str | None = None) -> Schedule:
    """Read a schedule: batch or order, model and quantity, by the headers that inventories use; a total is checked.

    Args:
        path: A file in any format that inventories come in.
        name: What messages call it; by default the file's name.

    Raises:
        OriginError: A column is missing, or a line lacks its lot, its model or its quantity; all of them.
        InventoryError: It cannot be read.
    """
    shown = name or path.name
    read = read_inventory(path, name=shown)
    faults: list[Fault] = []
    lines: list[ContractLine] = []
    remarks: list[str] = []
    tables = [table for table in read.tables if table.column(Field.QUANTITY) and table.column(Field.MODEL)]
    tables = [table for table in tables if any(table.column(field) for field in _LOTS)]
    if not tables:
        what = "has no table with a batch or an order, a model and a quantity"
        raise OriginError(Fault(shown, what, "name the columns Batch, Model and Quantity"))
    for table in tables:
        found, totals = _lines(table, faults)
        lines += found
        held = sum(line.quantity for line in found)
        where = f"{shown}!{table.sheet}" if table.sheet else shown
        # Of several totals the last one is that of all, unless each is that of a part.
        if totals and held not in {totals[-1], sum(totals)}:
            remarks.append(f"{where}: its total says {totals[-1]:,} units and its lines add up to {held:,}.")
    if faults:
        raise OriginError(faults)
    return Schedule(shown, read.sha256, tuple(lines), tuple(remarks))


def _lines(table: Table, faults: list[Fault]) -> tuple[list[ContractLine], list[int]]:
    """Return the lines of a table, and the quantities of its totals."""
    rows = table.scan()
    present = rows.collect_schema().names()
    fields = [field.value for field in (*_LOTS, Field.MODEL, Field.QUANTITY) if field.value in present]
    raw = f"c{column.index}" if (column := table.column(Field.QUANTITY)) is not None else "row"
    read = rows.select("row", "rejection", *fields, written=pl.col(raw).cast(pl.String)).collect()
    lines: list[ContractLine] = []
    totals: list[int] = []
    for row in read.iter_rows(named=True):
        texts = [str(row[name]) for name in fields[:-1] if row.get(name) is not None]
        if row["rejection"] not in {None, "quantity"} or _TOTAL.search(" ".join(texts)):
            # The reader knows most totals; some it takes for a lot of that name.
            totals += _total(row)
            continue
        if not texts and not row["written"]:
            continue
        lines += _line(table, row, faults)
    return lines, totals


def _total(row: dict[str, Any]) -> list[int]:
    """Return the quantity of a total; a row that the reader rejects has it as it is written alone."""
    if row.get("model") or row["rejection"] not in {None, "quantity", "total"}:
        return []
    written = (row["written"] or "").strip().removesuffix(".0").replace(",", "")
    told = row["quantity"] if row["quantity"] is not None else written
    return [int(told)] if str(told).isdecimal() and len(str(told)) <= _MOST_DIGITS else []


def _line(table: Table, row: dict[str, Any], faults: list[Fault]) -> list[ContractLine]:
    where = f"{table.file}:{table.sheet}!" if table.sheet else f"{table.file}:"
    wrong = [
        (Field.QUANTITY, "is no whole number above zero")
        if row["rejection"] is not None or not row["written"]
        else None,
        (Field.MODEL, "is empty") if row.get("model") is None else None,
        (Field.BATCH, "neither a batch nor an order is given")
        if row.get("batch") is None and row.get("order") is None
        else None,
    ]
    found = [one for one in wrong if one is not None]
    faults += [
        Fault(f"{where}{table.cell(field, row['row'])}", f"{field.value}: {what}", "fill it")
        for field, what in found
    ]
    if found:
        return []
    cell = f"{where}{table.cell(Field.MODEL, row['row'])}"
    return [ContractLine(cell, row.get("batch"), row.get("order"), row["model"], int(row["quantity"]))]
