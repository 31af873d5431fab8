"""Workbooks: xlsx, xlsm, xls, xlsb and ods, guarded first and then read by calamine in a process of its own."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from provenance.errors import Fault, InventoryError
from provenance.inventory.grid import HEAD_ROWS, HEADER_WITHIN, Grid, Sheet
from provenance.inventory.guard import guard_container, note_sheets
from provenance.inventory.sheetnotes import SheetNotes
from provenance.inventory.table import column_letter

if TYPE_CHECKING:
    import polars as pl

MEMORY = 4 * 2**30
"""Bytes of address space the reading process may take; a sheet of a million rows by twelve columns takes a third."""
PATIENCE = 120.0
"""Seconds after which a reading process that does not end is ended, plus one for every `PACE` bytes of the file."""
PACE = 2**19
"""Bytes a second: twenty times slower than the slowest workbook measured."""
_CHILD = Path(__file__).with_name("workbook_child.py")
_LIMITED = sys.platform != "win32"
"""Whether the reading process can limit its own memory."""
_LISTED = 8
"""How many rows or cells an oddity names before it only counts."""
_SAVE_AGAIN = "open it in a spreadsheet and save it again as xlsx, or export the sheet as csv"


@dataclass(frozen=True, slots=True)
class _Raw:
    """What the reading process says of one sheet."""

    record: dict[str, Any]
    body: bytes


def read_workbook(path: Path, name: str) -> Grid:
    """Read every sheet of a workbook as text.

    Args:
        path: The file.
        name: What messages call it.

    Raises:
        InventoryError: It is protected, damaged, no workbook, or built to exhaust the reader.
    """
    zipped = guard_container(path, name)
    if zipped and not _LIMITED:
        notes = note_sheets(path, name)
        raws = _read_child(path, name, lambda: None)
    else:
        # The process is held down by a limit of its own, so it may start while the XML is looked through.
        notes = {}
        raws = _read_child(path, name, lambda: notes.update(note_sheets(path, name)) if zipped else None)
    sheets: list[Sheet] = []
    oddities: list[str] = []
    complete = True
    for raw in raws:
        title = str(raw.record["name"])
        if raw.record["kind"] != "WorkSheet":
            oddities.append(f"sheet {title!r} is a {raw.record['kind']}, which holds no rows")
            continue
        if "unread" in raw.record:
            complete = False
            oddities.append(f"sheet {title!r} could not be read ({raw.record['unread']})")
            continue
        sheets.append(_sheet(raw, notes.get(title, SheetNotes())))
    hidden = [sheet.name for sheet in sheets if sheet.hidden]
    if hidden:
        oddities.append("hidden sheets, read all the same: " + ", ".join(repr(title) for title in hidden))
    kind = path.suffix.lower().lstrip(".")
    return Grid(
        "xlsx" if kind in {"xlsm", "xltx", "xltm"} else kind, tuple(sheets), tuple(oddities), complete
    )


def _read_child(path: Path, name: str, meanwhile: Callable[[], None]) -> list[_Raw]:
    """Run the reading process, do something else while it reads, and take its sheets over."""
    command = [sys.executable, "-P", "-X", "utf8", str(_CHILD), str(path), str(MEMORY)]
    # Out of memory, a backtrace of the reader itself needs memory and waits for ever on its own lock.
    quiet = {**os.environ, "RUST_BACKTRACE": "0"}
    sheets: list[_Raw] = []
    with subprocess.Popen(  # noqa: S603 - our own interpreter on our own file
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=quiet
    ) as child:
        patience = threading.Timer(PATIENCE + path.stat().st_size / PACE, child.kill)
        patience.start()
        try:
            assert child.stdout is not None  # noqa: S101 - asked for above
            meanwhile()
            record = _take(child.stdout)
            while record is not None and "name" in record:
                sheets.append(_Raw(record, child.stdout.read(int(record["bytes"]))))
                record = _take(child.stdout)
            child.stdout.read()
        except BaseException:
            child.kill()
            raise
        finally:
            patience.cancel()
    if record is None:
        raise InventoryError(
            Fault(
                name,
                f"made the workbook reader stop (code {child.returncode}): a cell far outside the table or a damaged part",
                "delete empty rows and columns beyond the table and save it again, or export the sheet as csv",
            )
        )
    if "error" in record:
        raise _error(name, str(record["error"]), str(record["message"]))
    return sheets


def _take(stream: IO[bytes]) -> dict[str, Any] | None:
    line = stream.readline()
    if not line.endswith(b"\n"):
        return None
    record = json.loads(line)
    return record if isinstance(record, dict) else None


def _error(name: str, kind: str, message: str) -> InventoryError:
    if kind == "PasswordError":
        return InventoryError(
            Fault(name, "is protected by a password", "save a copy without the password and read that")
        )
    if kind in {"memory", "MemoryError"}:
        return InventoryError(
            Fault(
                name, f"needs more than {MEMORY >> 30} GiB to read as a workbook", "split it, or export csv"
            )
        )
    if "Codepage" in message:
        # What calamine says of an xls obfuscated by a password (XOR): the record it stumbles over is scrambled.
        return InventoryError(
            Fault(
                name, f"is protected by a password or damaged ({message})", "save a copy without the password"
            )
        )
    return InventoryError(Fault(name, f"cannot be read as a workbook ({message or kind})", _SAVE_AGAIN))


def _sheet(raw: _Raw, notes: SheetNotes) -> Sheet:
    import polars as pl

    record = raw.record
    offset, width = int(record["column"]), int(record["width"])
    total = offset + width if width else 0
    frame = _frame(raw.body, offset, width, int(record["rows"]))
    frame = _patch(frame, notes, total)
    present = tuple(int(at[1:]) for at in frame.columns[2:] if frame[at].null_count() < frame.height)
    frame = frame.select("row", "line", *[f"c{at}" for at in present])
    head = _head(frame, present) if _patched(notes) else _head_of_csv(raw.body, offset, total)
    return Sheet(
        name=str(record["name"]),
        hidden=record["visible"] != "Visible",
        width=total,
        head=head,
        rows=lambda first: frame.lazy().filter(pl.col("row") >= first) if first > 1 else frame.lazy(),
        present=present,
        ascii=raw.body.isascii(),
        flat=raw.body.count(b"\n") == frame.height,
        merged=tuple((top + 1, left, bottom + 1, right) for top, left, bottom, right in record["merged"]),
        oddities=tuple(_oddities(record, notes)),
    )


def _frame(body: bytes, offset: int, width: int, rows: int) -> pl.DataFrame:
    import polars as pl

    columns = {f"c{offset + index}": pl.String for index in range(width)}
    if body:
        frame = pl.read_csv(body, has_header=False, schema=columns, infer_schema=False)
    else:
        frame = pl.DataFrame(schema=columns)
    if frame.height != (rows if width else 0):
        raise AssertionError(f"the sheet has {rows} rows, its text {frame.height}")
    count = frame.height
    left = [pl.lit(None, dtype=pl.String).alias(f"c{index}") for index in range(offset if width else 0)]
    return frame.select(
        pl.Series("row", range(1, count + 1), dtype=pl.UInt32),
        pl.lit(None, dtype=pl.UInt32).alias("line"),
        *left,
        *columns,
    )


def _patched(notes: SheetNotes) -> bool:
    return bool(notes.padded or notes.errors)


def _patch(frame: pl.DataFrame, notes: SheetNotes, width: int) -> pl.DataFrame:
    """Put back what the values do not carry: the leading zeros a format shows, and the text of errors."""
    import polars as pl

    row = pl.col("row")
    for (column, digits), rows in notes.padded.items():
        if column < width:
            cell = pl.col(f"c{column}")
            whole = cell.str.contains(r"^[0-9]+$") & row.is_in(pl.Series(rows, dtype=pl.UInt32).implode())
            frame = frame.with_columns(
                pl.when(whole).then(cell.str.zfill(digits)).otherwise(cell).alias(f"c{column}")
            )
    by_column: dict[int, dict[int, str]] = {}
    for (number, column), text in notes.errors.items():
        if column < width:
            by_column.setdefault(column, {})[number] = text
    for column, texts in by_column.items():
        patch = row.replace_strict(texts, default=None, return_dtype=pl.String)
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
        head.append((*left, *record))
        if len(head) == rows:
            break
    return tuple(head)


def _oddities(record: dict[str, Any], notes: SheetNotes) -> list[str]:
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
    if record["rounded"]:
        found.append(f"{record['rounded']} numbers of 16 digits or more: the file has lost their last digits")
    if record["merged"]:
        found.append(f"{len(record['merged'])} merged ranges")
    return found


def _listed(items: list[str]) -> str:
    shown = ", ".join(items[:_LISTED])
    return shown if len(items) <= _LISTED else f"{shown} and {len(items) - _LISTED} more"
