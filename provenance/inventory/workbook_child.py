"""Reads one workbook in a process of its own and writes its sheets to standard output.

Run by path, as `python -I -S workbook_child.py`, with one line of JSON on standard input that says what to read: it
imports calamine and a little of the standard library alone, so it starts fast, and a workbook that makes the reader abort or
exhaust memory ends this process and no other.

For each sheet it writes one line of JSON, then chunks of csv, each behind a line that says how many bytes it has, then one
line of JSON; at the end one line of JSON more. So what had been read is known whatever happens later.
"""

from __future__ import annotations

import csv
import datetime as dt
import gc
import io
import json
import sys
from itertools import islice

TYPE_CHECKING = False  # `typing` itself takes longer to import than a small workbook to read
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, BinaryIO

_EXACT = 10**15
"""A whole number of sixteen digits or more has lost its last ones in the file: a spreadsheet keeps fifteen."""
_CHUNK = 1 << 16
"""Cells that are turned into text at once."""
_MOST_MERGES = 100_000


def main() -> None:
    """Read the workbook that the job on standard input names."""
    job = json.loads(sys.stdin.readline())
    sys.path.append(job["calamine"])
    _limit(job["memory"])
    # Nothing here refers to itself; looking for such things among a million cells costs a fifth of the time.
    gc.disable()
    out = sys.stdout.buffer
    try:
        _write_sheets(job, out)
    except MemoryError:
        _line(out, {"error": "memory", "message": "out of memory"})
        return
    except BaseException as error:  # noqa: BLE001 - a panic of the reader is no Exception; each is reported in words
        _line(out, {"error": type(error).__name__, "message": str(error)[:300]})
        return
    _line(out, {"end": True})


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


def _write_sheets(job: dict[str, Any], out: BinaryIO) -> None:
    import python_calamine

    # By its path it is taken for what its suffix says, as an open file for what it is.
    with open(job["path"], "rb") as file:  # noqa: PTH123 - `pathlib` takes longer to import than to do without
        book = python_calamine.load_workbook(job["path"] if job["named"] else file)
        _write_book(book, job, out)


def _write_book(book: Any, job: dict[str, Any], out: BinaryIO) -> None:
    import python_calamine

    left = job["memory"]
    for index, meta in enumerate(book.sheets_metadata):
        if index < job["first"]:
            continue
        kind = str(meta.typ).rsplit(".", 1)[-1]
        _line(
            out,
            {
                "sheet": index,
                "name": meta.name,
                "visible": str(meta.visible).rsplit(".", 1)[-1],
                "kind": kind,
            },
        )
        said: dict[str, Any] = {"rows": 0, "width": 0, "column": 0, "columns": 0, "merged": [], "rounded": 0}
        if kind == "WorkSheet" and meta.name not in job["skip"]:
            try:
                left = _sheet(book.get_sheet_by_index(index), out, said, left)
            except python_calamine.CalamineError as error:
                said["unread"] = str(error)[:200]
        _line(out, said)


def _sheet(sheet: Any, out: BinaryIO, said: dict[str, Any], left: int) -> int:
    """Write the cells of a sheet and note their place in `said`; return how many bytes more may be written."""
    if sheet.start is None:
        return left
    width = sheet.width
    said["column"], said["merged"] = (
        sheet.start[1],
        [[*top, *bottom] for top, bottom in (sheet.merged_cell_ranges or [])][:_MOST_MERGES],
    )
    rows, used, blank = 0, 0, 0
    records = iter(sheet.iter_rows())
    while chunk := list(islice(records, max(1, _CHUNK // width))):
        columns = [_solid(_texts(column, said)) for column in zip(*chunk, strict=True)]
        used = next((at + 1 for at in range(width - 1, used - 1, -1) if any(columns[at])), used)
        texts = list(zip(*columns, strict=True))
        filled = len(texts)
        while filled and not any(texts[filled - 1]):
            filled -= 1
        if not filled:
            blank += len(texts)
            continue
        buffer = io.StringIO()
        writer = csv.writer(buffer, lineterminator="\n")
        writer.writerows([[""] * width] * blank)
        writer.writerows(texts[:filled])
        rows += blank + filled
        blank = len(texts) - filled
        body = buffer.getvalue().encode("utf-8", "replace")
        left -= len(body)
        if left < 0:  # cells that repeat one long text swell only here
            raise MemoryError
        _line(out, {"bytes": len(body)})
        out.write(body)
    said["rows"], said["width"], said["columns"] = rows, used, width
    return left


def _texts(column: tuple[Any, ...], said: dict[str, Any]) -> Sequence[str]:
    """Return the cells of a column as the text that a spreadsheet would show; count numbers that have lost digits."""
    kinds = set(map(type, column))
    kinds.discard(str)
    if not kinds:
        return column
    if float in kinds:
        said["rounded"] += sum(
            cell.__class__ is float and not -_EXACT < cell < _EXACT and cell.is_integer() for cell in column
        )
    if kinds == {float}:
        return [
            cell
            if cell.__class__ is str
            else str(int(cell))
            if cell.is_integer() and -_EXACT < cell < _EXACT
            else _text(cell)
            for cell in column
        ]
    return [cell if cell.__class__ is str else _text(cell) for cell in column]


def _solid(texts: Sequence[str]) -> Sequence[str]:
    """Return the cells of a column with nothing in place of white space alone, so that nobody has to look for it again."""
    return ["" if text.isspace() else text for text in texts] if any(map(str.isspace, texts)) else texts


def _text(cell: Any) -> str:
    if cell.__class__ is dt.date:
        return cell.isoformat()
    if cell.__class__ is float:
        if cell.is_integer():
            if abs(cell) >= _EXACT:
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
    if isinstance(cell, dt.time):
        return cell.isoformat()
    return str(cell)


if __name__ == "__main__":
    main()
