"""Workbooks: xlsx, xlsm, xls, xlsb and ods, guarded first and then read by calamine in a process of its own."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from provenance.errors import Fault, InventoryError
from provenance.inventory.grid import HEAD_ROWS, HEADER_WITHIN, Grid, Sheet
from provenance.inventory.guard import Container, Kind, guard_container, note_sheets
from provenance.inventory.opening import Opening
from provenance.inventory.package import DIGIT, masked
from provenance.inventory.recode import recode_parts
from provenance.inventory.sheetnotes import SheetNotes
from provenance.inventory.table import column_letter
from provenance.inventory.unlock import unlock
from provenance.inventory.workbook_process import RawSheet, read_sheets

if TYPE_CHECKING:
    import polars as pl

_SUFFIXES = {
    Kind.XLSX: (".xlsx", ".xlsm"),
    Kind.XLSB: (".xlsb",),
    Kind.ODS: (".ods",),
    Kind.XLS: (".xls",),
    Kind.PACKAGE: (),
}
"""Suffixes by which the reader knows a kind."""
_LISTED = 8
"""How many rows or cells an oddity names before it only counts."""


def read_workbook(path: Path, name: str, opening: Opening | None = None) -> Grid:
    """Read every sheet of a workbook as text.

    Args:
        path: The file.
        name: What messages call it.
        opening: Limits and password; those of the environment when None.

    Raises:
        InventoryError: It is protected, damaged, no workbook, or built to exhaust the reader.
    """
    terms = opening if opening is not None else Opening()
    with TemporaryDirectory(prefix="provenance-") as folder:
        container = guard_container(path, name, terms.limits)
        if container.locked:
            path = unlock(path, name, container, terms, Path(folder))
            container = guard_container(path, name, terms.limits)
        if container.kind in {Kind.XLSX, Kind.ODS}:
            path = recode_parts(path, name, Path(folder))
        return _read(path, name, container, terms)


def _read(path: Path, name: str, container: Container, terms: Opening) -> Grid:
    notes: dict[str, SheetNotes] = {}

    def look() -> Mapping[str, Fault]:
        found, faults = note_sheets(path, name, terms.limits) if container.kind is not Kind.XLS else ({}, {})
        notes.update(found)
        import polars  # noqa: F401, ICN001 - it takes longer to load than a small workbook takes to read: side by side

        return faults

    named = path.suffix.lower() in _SUFFIXES[container.kind]
    raws = read_sheets(path, name, terms.limits, look, named=named)
    sheets: list[Sheet] = []
    oddities: list[str] = []
    faults: list[Fault] = []
    for raw in raws:
        if raw.kind != "WorkSheet":
            oddities.append(f"sheet {raw.name!r} is a {raw.kind}, which holds no rows")
        elif raw.fault is not None:
            faults.append(raw.fault)
        else:
            sheets.append(_sheet(raw, notes.get(raw.name, SheetNotes())))
    if faults and not sheets:
        raise InventoryError(faults)
    oddities.extend(str(fault) for fault in faults)
    hidden = [sheet.name for sheet in sheets if sheet.hidden]
    if hidden:
        oddities.append("hidden sheets, read all the same: " + ", ".join(repr(title) for title in hidden))
    return Grid(container.kind.value, tuple(sheets), tuple(oddities), complete=not faults)


def _sheet(raw: RawSheet, notes: SheetNotes) -> Sheet:
    import polars as pl

    said = raw.said
    offset, width = int(said["column"]), int(said["width"])
    total = offset + width if width else 0
    frame = _frame(raw)
    frame = _patch(frame, notes, total)
    present = tuple(int(at[1:]) for at in frame.columns[2:] if frame[at].null_count() < frame.height)
    frame = frame.select("row", "line", *[f"c{at}" for at in present])
    head = _head(frame, present) if _patched(notes) else _head_of_csv(raw.body, offset, total)
    return Sheet(
        name=raw.name,
        hidden=not raw.visible,
        width=total,
        head=head,
        rows=lambda first: frame.lazy().filter(pl.col("row") >= first) if first > 1 else frame.lazy(),
        present=present,
        ascii=raw.body.isascii(),
        flat=raw.body.count(b"\n") == frame.height,
        solid=True,
        merged=tuple((top + 1, left, bottom + 1, right) for top, left, bottom, right in said["merged"]),
        oddities=tuple(_oddities(said, notes)),
    )


def _frame(raw: RawSheet) -> pl.DataFrame:
    import polars as pl

    said = raw.said
    offset, count = int(said["column"]), int(said["rows"])
    columns = {f"c{offset + index}": pl.String for index in range(int(said["columns"]) if count else 0)}
    if raw.body:
        frame = pl.read_csv(raw.body, has_header=False, schema=columns, infer_schema=False)
    else:
        frame = pl.DataFrame(schema=columns)
    if frame.height != count:
        raise AssertionError(f"the sheet has {count} rows, its text {frame.height}")
    if len(columns) == 1:  # csv cannot tell a blank cell that is alone on its line from an empty text
        frame = frame.with_columns(pl.when(pl.all() != "").then(pl.all()))
    left = [pl.lit(None, dtype=pl.String).alias(f"c{index}") for index in range(offset if count else 0)]
    return frame.select(
        pl.Series("row", range(1, count + 1), dtype=pl.UInt32),
        pl.lit(None, dtype=pl.UInt32).alias("line"),
        *left,
        *list(columns)[: int(said["width"])],
    )


def _patched(notes: SheetNotes) -> bool:
    return bool(notes.padded or notes.errors)


def _patch(frame: pl.DataFrame, notes: SheetNotes, width: int) -> pl.DataFrame:
    """Put back what the values do not carry: the leading zeros a format shows, and the text of errors."""
    import polars as pl

    row = pl.col("row")
    for (column, mask), rows in notes.padded.items():
        if column < width:
            cell = pl.col(f"c{column}")
            whole = cell.str.contains(r"^[0-9]+$") & row.is_in(pl.Series(rows, dtype=pl.UInt32).implode())
            if mask.strip(DIGIT):
                texts = frame.filter(whole)[f"c{column}"].unique().to_list()
                shown = cell.replace({text: masked(text, mask) for text in texts})
            else:
                shown = cell.str.zfill(len(mask))
            frame = frame.with_columns(pl.when(whole).then(shown).otherwise(cell).alias(f"c{column}"))
    by_column: dict[int, dict[int, str]] = {}
    for (number, column), text in notes.errors.items():
        if column < width:
            by_column.setdefault(column, {})[number] = text
    for column, errors in by_column.items():
        patch = row.replace_strict(errors, default=None, return_dtype=pl.String)
        frame = frame.with_columns(pl.coalesce(pl.col(f"c{column}"), patch).alias(f"c{column}"))
    return frame


def _head(frame: pl.DataFrame, present: Sequence[int]) -> tuple[tuple[str, ...], ...]:
    head: list[tuple[str, ...]] = []
    for record in frame.head(HEAD_ROWS).select(f"c{at}" for at in present).iter_rows():
        cells = [""] * (present[-1] + 1 if present else 0)
        for at, cell in zip(present, record, strict=True):
            cells[at] = cell or ""
        head.append(tuple(cells))
    return tuple(head)


def _head_of_csv(body: bytes, offset: int, width: int) -> tuple[tuple[str, ...], ...]:
    left = ("",) * offset
    head: list[tuple[str, ...]] = []
    rows = max(
        HEADER_WITHIN, HEAD_ROWS * 100 // max(100, width)
    )  # a very wide sheet needs fewer rows to be understood
    # A cell holds at most 32,767 characters, so the csv module's limit is never met.
    for record in csv.reader(io.StringIO(body.decode("utf-8"), newline="")):
        head.append((*left, *record[: width - offset]))
        if len(head) == rows:
            break
    return tuple(head)


def _oddities(said: Mapping[str, Any], notes: SheetNotes) -> list[str]:
    found: list[str] = []
    if notes.hidden_rows:
        found.append(f"hidden rows, read all the same: {_listed([str(row) for row in notes.hidden_rows])}")
    if notes.hidden_columns:
        letters = [column_letter(index) for index in notes.hidden_columns if index < 16_384]
        found.append(f"hidden columns, read all the same: {_listed(letters)}")
    if notes.uncalculated:
        cells = [f"{column_letter(column)}{row}" for row, column in notes.uncalculated]
        found.append(f"formulas without a stored value, read as blank: {_listed(cells)}")
    if notes.errors:
        cells = [f"{column_letter(column)}{row} {text}" for (row, column), text in notes.errors.items()]
        found.append(f"cells that hold an error: {_listed(cells)}")
    if notes.padded:
        padded = sorted({column for column, _ in notes.padded})
        found.append(
            "numbers shown with leading zeros, read as shown: column "
            + ", ".join(column_letter(at) for at in padded)
        )
    if notes.unplaced:
        found.append("its cells carry no addresses, so number formats and hidden rows were not looked at")
    if said["rounded"]:
        found.append(f"{said['rounded']} numbers of 16 digits or more: the file has lost their last digits")
    if said["merged"]:
        found.append(f"{len(said['merged'])} merged ranges")
    return found


def _listed(items: list[str]) -> str:
    shown = ", ".join(items[:_LISTED])
    return shown if len(items) <= _LISTED else f"{shown} and {len(items) - _LISTED} more"
