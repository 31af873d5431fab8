"""The door of the room: files in, input files with their tables out."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from provenance.errors import Fault, InventoryError
from provenance.inventory.find import OLE_MAGIC, OTHERS, WORKBOOKS, ZIP_MAGIC
from provenance.inventory.grid import Grid, Sheet
from provenance.inventory.known import BY_WORDS, Known
from provenance.inventory.opening import Opening
from provenance.inventory.spool import is_spooled
from provenance.inventory.structured import read_json, read_parquet
from provenance.inventory.table import InputFile
from provenance.inventory.tables import read_tables
from provenance.inventory.textfile import read_text

if TYPE_CHECKING:
    # The schema of a columns file is loaded only where one is given.
    from provenance.inventory.columnsfile import ColumnsFile

UNREAD = "unread"
"""The format of a file of which nothing could be read."""
_SYNTHETIC = "SYNTHETIC"


def read_inventory(
    path: Path,
    *,
    name: str | None = None,
    columns: ColumnsFile | None = None,
    known: Known = BY_WORDS,
    opening: Opening | None = None,
) -> InputFile:
    """Read one file: every table on every sheet, hidden ones too.

    Args:
        path: xlsx, xlsm, xls, xlsb, ods, csv, tsv, parquet or json.
        name: What reports and messages call it; by default the file name.
        columns: What the user says about its tables.
        known: Who knows the names of makers and products.
        opening: Limits and password; those of the environment when None.

    Raises:
        InventoryError: It cannot be read; the message says what to do.
    """
    shown = name if name is not None else path.name
    with ThreadPoolExecutor(max_workers=1) as pool:
        # Hashing lets go of the interpreter, so it costs no time beside the reading.
        digest = pool.submit(digest_file, path, shown)
        grid = read_grid(path, name=shown, opening=opening)
        size, sha256 = digest.result()
    tables = read_tables(grid.sheets, shown, columns, known)
    return InputFile(
        name=shown,
        format=grid.format,
        size=size,
        sha256=sha256,
        tables=tables,
        oddities=grid.oddities,
        complete=grid.complete,
        encoding=grid.encoding,
        delimiter=grid.delimiter,
        synthetic=_SYNTHETIC in shown.upper() or any(_is_marked(sheet, tables) for sheet in grid.sheets),
        path=None if is_spooled(path) else path,
    )


def read_grid(path: Path, *, name: str | None = None, opening: Opening | None = None) -> Grid:
    """Read one file as sheets of text, without asking what they mean.

    Args:
        path: The file.
        name: What messages call it; by default the file name.
        opening: Limits and password; those of the environment when None.

    Raises:
        InventoryError: It cannot be read.
    """
    shown = name if name is not None else path.name
    try:
        with path.open("rb") as file:
            magic = file.read(8)
    except OSError as error:
        raise InventoryError(Fault(shown, f"cannot be read ({error.strerror})", "check the path")) from error
    suffix = path.suffix.lower()
    if suffix == ".parquet" or magic[:4] == b"PAR1":
        return read_parquet(path, shown)
    if suffix in WORKBOOKS or magic[:4] in ZIP_MAGIC or magic == OLE_MAGIC:
        # Zips, XML and processes are loaded only for a workbook: most of the time of reading a small csv is imports.
        from provenance.inventory.workbook import read_workbook

        return read_workbook(path, shown, opening)
    if suffix in OTHERS:
        return read_json(path, shown)
    if not suffix and magic.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in {b"[", b"{"}:
        with suppress(InventoryError):  # what came through a pipe has no suffix to say what it is
            return read_json(path, shown)
    if magic[:5] == b"%PDF-":
        raise InventoryError(
            Fault(shown, "is a PDF, which holds no cells", "ask for the workbook it was printed from")
        )
    return read_text(path, shown)


def unread_input(path: Path, name: str, error: InventoryError) -> InputFile:
    """Return what a data room says of a file that could not be read: no table, and why.

    Args:
        path: The file.
        name: What reports call it.
        error: Why it could not be read.
    """
    try:
        size, sha256 = digest_file(path, name)
    except InventoryError:
        size, sha256 = 0, ""
    return InputFile(
        name=name,
        format=UNREAD,
        size=size,
        sha256=sha256,
        tables=(),
        oddities=tuple(f"{fault.what}; {fault.do}" if fault.do else fault.what for fault in error.faults),
        complete=False,
        synthetic=_SYNTHETIC in name.upper(),
    )


def refused_input(name: str, fault: Fault) -> InputFile:
    """Return what a data room says of a file that must not be opened: no table, and why.

    Args:
        name: What reports call it.
        fault: Why.
    """
    return InputFile(
        name=name,
        format=UNREAD,
        size=0,
        sha256="",
        tables=(),
        oddities=(f"{fault.what}; {fault.do}" if fault.do else fault.what,),
        complete=False,
        synthetic=_SYNTHETIC in name.upper(),
    )


def digest_file(path: Path, shown: str) -> tuple[int, str]:
    """Return the size of a file in bytes and its sha256 in hex.

    Raises:
        InventoryError: It cannot be read; `shown` is what the message calls it.
    """
    try:
        with path.open("rb") as file:
            return os.fstat(file.fileno()).st_size, hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise InventoryError(Fault(shown, f"cannot be read ({error.strerror})", "check the path")) from error


def _is_marked(sheet: Sheet, tables: Sequence[object]) -> bool:
    """Whether a cell above a table says SYNTHETIC."""
    from provenance.inventory.table import Table

    first = min(
        (table.first_row for table in tables if isinstance(table, Table) and table.sheet == sheet.name),
        default=1,
    )
    return any(_SYNTHETIC in cell for row in sheet.head[: first - 1] for cell in row)
