"""Reads one workbook in a process of its own and writes its sheets to standard output.

Run by path, as `python -P workbook_child.py FILE MEMORY`: it imports calamine and the standard library alone, so it
starts fast, and a workbook that makes the reader abort or exhaust memory ends this process and no other.

For each sheet it writes one line of JSON and then as many bytes of csv as that line says; at the end one line of JSON.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import sys
from typing import Any, BinaryIO

_EXACT = 10**15
"""A whole number of sixteen digits or more has lost its last ones in the file: a spreadsheet keeps fifteen."""


def main(arguments: list[str]) -> int:
    """Read the workbook named by the arguments: its path and how many bytes of memory it may take."""
    path, memory = arguments[1], int(arguments[2])
    _limit(memory)
    out = sys.stdout.buffer
    try:
        _write_sheets(path, out)
    except MemoryError:
        _line(out, {"error": "memory", "message": "out of memory"})
        return 0
    except BaseException as error:  # noqa: BLE001 - a panic of the reader is no Exception; each is reported in words
        _line(out, {"error": type(error).__name__, "message": str(error)[:300]})
        return 0
    _line(out, {"end": True})
    return 0


def _limit(memory: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit; there the guard alone protects
        return
    try:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ValueError, OSError):  # a lower limit of the system stands
        return


def _line(out: BinaryIO, record: dict[str, Any]) -> None:
    out.write(json.dumps(record).encode() + b"\n")
    out.flush()


def _write_sheets(path: str, out: BinaryIO) -> None:
    import python_calamine

    book = python_calamine.load_workbook(path)
    for index, meta in enumerate(book.sheets_metadata):
        kind = str(meta.typ).rsplit(".", 1)[-1]
        record: dict[str, Any] = {
            "name": meta.name,
            "visible": str(meta.visible).rsplit(".", 1)[-1],
            "kind": kind,
            "rows": 0,
            "width": 0,
            "column": 0,
            "bytes": 0,
            "merged": [],
            "rounded": 0,
        }
        body = b""
        if kind == "WorkSheet":
            try:
                body = _sheet(book.get_sheet_by_index(index), record)
            except python_calamine.CalamineError as error:
                record["unread"] = str(error)[:200]
        record["bytes"] = len(body)
        _line(out, record)
        out.write(body)


def _sheet(sheet: Any, record: dict[str, Any]) -> bytes:
    start = sheet.start
    if start is None:
        return b""
    record["column"] = start[1]
    texts = _Texts()
    rows: list[list[str]] = []
    width, last = 0, 0
    for number, row in enumerate(sheet.iter_rows(), start=1):
        used = len(row)
        while used > width and row[used - 1] == "":
            used -= 1
        width = max(width, used)
        if last < number and any(cell != "" for cell in row):
            last = number
        rows.append(texts.row(row))
    record["rows"], record["width"], record["rounded"] = last, width, texts.rounded
    record["merged"] = [[*top, *bottom] for top, bottom in (sheet.merged_cell_ranges or [])][:100_000]
    if not width:
        return b""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    blank = [""] * width
    writer.writerows(row[:width] if len(row) >= width else (row + blank)[:width] for row in rows[:last])
    return buffer.getvalue().encode("utf-8", "replace")


class _Texts:
    """Turns cells into the text a spreadsheet would show, and counts numbers that have lost digits."""

    def __init__(self) -> None:
        self.rounded = 0

    def row(self, row: list[Any]) -> list[str]:
        return [cell if cell.__class__ is str else self.text(cell) for cell in row]

    def text(self, cell: Any) -> str:
        if cell.__class__ is float:
            if cell.is_integer():
                if abs(cell) >= _EXACT:
                    self.rounded += 1
                    return f"{cell:.0f}" if abs(cell) < 1e40 else repr(cell)
                return str(int(cell))
            text = format(cell, ".15g")  # fifteen digits are what a spreadsheet keeps and shows
            return format(cell, ".15f").rstrip("0") if "e" in text and abs(cell) < 1 else text
        if cell is True:
            return "TRUE"
        if cell is False:
            return "FALSE"
        if isinstance(cell, dt.datetime):
            return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ", "seconds")
        if isinstance(cell, dt.date | dt.time):
            return cell.isoformat()
        return str(cell)


if __name__ == "__main__":
    sys.exit(main(sys.argv))
