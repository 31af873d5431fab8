"""The door of the room: files in, input files with their tables out."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from provenance.errors import Fault, InventoryError
from provenance.inventory.columnsfile import ColumnsFile
from provenance.inventory.grid import Grid, Sheet
from provenance.inventory.known import BY_WORDS, Known
from provenance.inventory.opening import Opening
from provenance.inventory.structured import read_json, read_parquet
from provenance.inventory.table import InputFile, column_letter
from provenance.inventory.tables import read_tables
from provenance.inventory.textfile import read_text
from provenance.inventory.workbook import read_workbook

WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb", ".ods"})
TEXTS = frozenset({".csv", ".tsv", ".tab", ".txt"})
OTHERS = frozenset({".json", ".jsonl", ".ndjson", ".parquet"})
SUFFIXES = WORKBOOKS | TEXTS | OTHERS
"""What is read from a folder."""
UNREAD = "unread"
"""The format of a file of which nothing could be read."""
_COMPANIONS = ("evidence", "waivers", "matter", "columns")
"""Beginnings of the names of files that speak about the inventories of a folder."""
_SYNTHETIC = "SYNTHETIC"


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a register or schedule: its cells by header."""

    sheet: str | None
    row: int
    """As the spreadsheet shows it, from 1."""
    cells: dict[str, str]
    """Header to text, trimmed; empty where the cell is."""
    places: dict[str, str]
    """Header to cell, `D17`."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """What was found for the paths a user gave."""

    files: tuple[tuple[Path, str], ...]
    """Path and the name it is known by in reports."""
    unread: tuple[str, ...]
    """Names of files in folders whose suffix is not known."""
    companions: tuple[str, ...] = ()
    """Names of files in folders that were passed over because their names say that they speak of inventories."""
    named: frozenset[Path] = frozenset()
    """The files that the user gave one by one: taken for what they are given as, whatever they hold."""


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
        path=path,
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
    if suffix in WORKBOOKS or magic[:4] == b"PK\x03\x04" or magic == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return read_workbook(path, shown, opening)
    if suffix in OTHERS:
        return read_json(path, shown)
    if magic[:5] == b"%PDF-":
        raise InventoryError(
            Fault(shown, "is a PDF, which holds no cells", "ask for the workbook it was printed from")
        )
    return read_text(path, shown)


def read_records(path: Path, *, name: str | None = None, opening: Opening | None = None) -> list[Record]:
    """Read a register or schedule: on each sheet the first row that is not blank names the columns.

    Args:
        path: The file, in any format that inventories come in.
        name: What messages call it; by default the file name.
        opening: Limits and password; those of the environment when None.

    Returns:
        The records that are not blank, in file order.

    Raises:
        InventoryError: It cannot be read.
    """
    shown = name or path.name
    return [
        record
        for sheet in read_grid(path, name=name, opening=opening).sheets
        for record in _records(sheet, shown)
    ]


def _records(sheet: Sheet, shown: str) -> list[Record]:
    names = [f"c{index}" for index in sheet.present]
    frame = sheet.rows(1).select("row", *names).collect()
    headers = [sheet.keys[index] for index in sheet.present] if sheet.keys is not None else None
    records: list[Record] = []
    for row, *raw in frame.iter_rows():
        cells = [(cell or "").replace("\u00a0", " ").strip() for cell in raw]
        if not any(cells):
            continue
        if headers is None:
            headers = [" ".join(cell.split()) for cell in cells]
            _refuse_repeats(headers, f"{shown}:{sheet.name}" if sheet.name else shown)
            continue
        named = {
            header: (cell, index)
            for header, cell, index in zip(headers, cells, sheet.present, strict=True)
            if header
        }
        records.append(
            Record(
                sheet.name,
                row,
                {header: cell for header, (cell, _) in named.items()},
                {header: f"{column_letter(index)}{row}" for header, (_, index) in named.items()},
            )
        )
    return records


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


def _refuse_repeats(headers: Sequence[str], where: str) -> None:
    repeated = [header for header, times in Counter(headers).items() if header and times > 1]
    if repeated:
        raise InventoryError(
            [Fault(where, f"two columns are named {header!r}", "rename or join them") for header in repeated]
        )


def find_inputs(paths: Sequence[Path], *, besides: Collection[Path] = ()) -> Inputs:
    """Find the inventories among the paths a user gave.

    Args:
        paths: Files, taken as they are, and folders, searched to the bottom for the formats that can be read. In
            folders, hidden files, locks (`~$`), settings and files whose name begins with evidence, waivers, matter or
            columns are passed over.
        besides: Files, resolved, that are no inventories where a folder holds them: registers, packing lists that
            one covers by, reports of an earlier run.

    Raises:
        InventoryError: A path does not exist, or a folder holds no inventory.
    """
    files: list[tuple[Path, str]] = []
    unread: list[str] = []
    companions: list[str] = []
    faults: list[Fault] = []
    for path in paths:
        if path.is_dir():
            held = _search(path, besides)
            if not held.files:
                faults.append(Fault(path.name or str(path), "holds no inventory", f"expected {_known()}"))
            files.extend(held.files)
            unread.extend(held.unread)
            companions.extend(held.companions)
        elif path.exists():
            files.append((path, path.name))
        else:
            faults.append(Fault(str(path), "does not exist", "check the path"))
    if faults:
        raise InventoryError(faults)
    return Inputs(
        named_apart(files),
        tuple(dict.fromkeys(unread)),
        tuple(dict.fromkeys(companions)),
        frozenset(path for path in paths if not path.is_dir()),
    )


def _search(folder: Path, besides: Collection[Path]) -> Inputs:
    found: list[tuple[Path, str]] = []
    others: list[str] = []
    companions: list[str] = []
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for file in names:
            path = Path(place, file)
            if file.startswith((".", "~$", "provenance.")) or path.resolve() in besides:
                continue
            name = path.relative_to(folder).as_posix()
            if file.lower().startswith(_COMPANIONS):
                companions.append(name)
            elif path.suffix.lower() in SUFFIXES:
                found.append((path, name))
            else:
                others.append(name)
    return Inputs(
        tuple(sorted(found, key=lambda item: item[1])), tuple(sorted(others)), tuple(sorted(companions))
    )


def named_apart(files: Iterable[tuple[Path, str]]) -> tuple[tuple[Path, str], ...]:
    """Give files of the same name from different places names that tell them apart, and drop repeats.

    Args:
        files: Each file with the name that it has by itself.

    Returns:
        Each file once, with as many of its folders before its name as it takes; never the whole path if less does.
    """
    first: dict[Path, str] = {}
    shown: dict[Path, Path] = {}
    for path, name in files:
        first.setdefault(path.resolve(), name)
        shown.setdefault(path.resolve(), path)
    names = dict(first)
    depth = 1
    while same := {name for name, times in Counter(names.values()).items() if times > 1}:
        depth += 1
        for path, name in names.items():
            if name in same:
                names[path] = "/".join(path.parts[-max(depth, first[path].count("/") + 2) :])
    return tuple((shown[path], name) for path, name in names.items())


def _known() -> str:
    return ", ".join(sorted(suffix.lstrip(".") for suffix in SUFFIXES))


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
