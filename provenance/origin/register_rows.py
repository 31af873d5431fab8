"""The rows of a register as columns of text with the place of each cell, from csv, workbook and YAML alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import field
from pathlib import Path
from typing import Any

import polars as pl

from provenance.datafile import Document, read_document
from provenance.errors import Fault
from provenance.inventory.grid import Sheet
from provenance.inventory.reader import read_grid
from provenance.inventory.table import column_letter
from provenance.origin.register_columns import COLUMNS, NAMES, REQUIRED, SCHEMA
from provenance.records import dataclass

HELP_SHEET = "Columns"
"""The sheet of a workbook that explains the columns, and is no part of the register."""

_YAML = frozenset({".yaml", ".yml"})
_LISTING = frozenset(column.name for column in COLUMNS if column.listing)


@dataclass(frozen=True, slots=True)
class RegisterTable:
    """The rows of one sheet of a register that are not blank."""

    sheet: str | None
    rows: pl.Series
    """UInt32: of each, as the spreadsheet shows it, from 1; the line of each document where it is YAML."""
    columns: dict[str, pl.Series]
    """By column name, trimmed texts (String), empty where the cell is."""
    place: Callable[[int, str], str] = field(repr=False)
    """Where the cell of a row (by position in `rows`) and a column stands: `evidence.xlsx:Sheet1!D17`."""
    faults: tuple[Fault, ...] = ()
    """What is wrong with its columns: some are not known, stand twice or are missing."""

    def texts(self, column: str) -> pl.Series:
        """Return the texts of a column, one per row; empty ones where the register does not have it."""
        found = self.columns.get(column)
        return pl.Series([""]).new_from_index(0, len(self.rows)) if found is None else found


def read_register_tables(path: Path, shown: str) -> list[RegisterTable]:
    """Read the tables of a register: the columns that are known, and what is wrong with the others.

    Args:
        path: A csv, a workbook or a YAML file.
        shown: What messages call it.

    Raises:
        InventoryError: The file cannot be read at all.
        DatafileError: It is no strict YAML.
    """
    if path.suffix.lower() in _YAML:
        return [_yaml_table(read_document(path, name=shown))]
    sheets = [sheet for sheet in read_grid(path, name=shown).sheets if sheet.name != HELP_SHEET]
    found = [table for sheet in sheets if (table := _sheet_table(sheet, shown)) is not None]
    listed = {
        reference.split("!")[1].strip("'")
        for table in found
        for reference in table.texts("covers_file").unique()
        if reference.startswith(("!", f"{path.name}!"))
    }
    # A sheet that a line covers by is a list of serial numbers and no part of the register.
    return [table for table in found if table.sheet not in listed]


def covered_files(path: Path) -> set[str]:
    """Return the names of the files whose lists of serial numbers a register covers by, as it writes them.

    Raises:
        ProvenanceError: The register cannot be read.
    """
    return {
        name
        for table in read_register_tables(path, path.name)
        for text in table.texts("covers_file").unique()
        if (name := text.split("!", 1)[0].strip())
    }


def _sheet_table(sheet: Sheet, shown: str) -> RegisterTable | None:
    names = [f"c{index}" for index in sheet.present]
    plain = [pl.col(name).fill_null("") for name in names]
    if not sheet.ascii:
        plain = [text.str.replace_all("\u00a0", " ", literal=True) for text in plain]
    plain = [text.str.strip_chars() for text in plain]
    frame = sheet.rows(1).select("row", *plain).collect() if names else pl.DataFrame({"row": []})
    frame = frame.filter(pl.any_horizontal(pl.col(names) != "")) if names else frame
    if sheet.keys is not None:
        headers = [sheet.keys[index] for index in sheet.present]
    elif frame.is_empty():
        return None
    else:
        headers = [" ".join(str(cell).split()) for cell in frame.row(0)[1:]]
        frame = frame.slice(1)
    where = f"{shown}:{sheet.name}" if sheet.name else shown
    letters = {
        header: column_letter(index) for header, index in zip(headers, sheet.present, strict=True) if header
    }
    rows = frame["row"].cast(pl.UInt32)

    def place(at: int, column: str) -> str:
        cell = f"{letters[column]}{rows[at]}" if column in letters else f"row {rows[at]}"
        return f"{where}!{cell}" if sheet.name else f"{shown}:{cell}"

    columns = {header: frame[name] for header, name in zip(headers, names, strict=True) if header in NAMES}
    return RegisterTable(sheet.name, rows, columns, place, tuple(_header_faults(where, headers)))


def _header_faults(where: str, headers: list[str]) -> Iterator[Fault]:
    for header in dict.fromkeys(header for header in headers if header):
        if headers.count(header) > 1:
            yield Fault(where, f"two columns are named {header!r}", "rename or join them")
        if header not in NAMES:
            yield Fault(where, f"the register has a column {header!r} that is not known", hint(header, NAMES))
    for name in REQUIRED:
        if name not in headers:
            yield Fault(where, f"the register has no column {name!r}", "add it")


def hint(text: str, known: tuple[str, ...]) -> str:
    """Return what to write instead of a word that is not known."""
    from rapidfuzz import fuzz, process

    near = process.extractOne(text, known, scorer=fuzz.ratio, score_cutoff=60)
    return f"did you mean {near[0]!r}?" if near else f"known are: {', '.join(known)}"


def _yaml_table(document: Document) -> RegisterTable:
    faults: list[Fault] = []
    entries = _entries(document, faults)
    for at, entry in entries:
        for key, value in entry.items():
            loc = ("documents", at, key)
            if key not in NAMES:
                faults.append(
                    document.fault(loc, f"the register has a key {key!r} that is not known", hint(key, NAMES))
                )
            elif isinstance(value, dict) or (isinstance(value, list) and key not in _LISTING):
                faults.append(document.fault(loc, f"{key}: is no plain text", "write one text"))
            elif isinstance(value, list) and any(not isinstance(item, str) for item in value):
                faults.append(
                    document.fault(loc, f"{key}: an item of the list is no plain text", "write texts")
                )

    def place(at: int, column: str) -> str:
        return f"{document.name}:{document.line(('documents', entries[at][0], column))}"

    return RegisterTable(
        None,
        pl.Series([document.line(("documents", at)) for at, _ in entries], dtype=pl.UInt32),
        {
            name: pl.Series(name, [_text(entry.get(name)) for _, entry in entries], dtype=pl.String)
            for name in NAMES
        },
        place,
        tuple(faults),
    )


def _entries(document: Document, faults: list[Fault]) -> list[tuple[int, dict[str, Any]]]:
    data = document.data
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        faults.append(
            document.fault(("schema",), "is no evidence register", f"begin it with `schema: {SCHEMA}`")
        )
        return []
    faults += [
        document.fault((key,), f"the key {key!r} is not known here", "known are: schema, documents")
        for key in data
        if key not in {"schema", "documents"}
    ]
    listed = data.get("documents")
    if not isinstance(listed, list):
        faults.append(
            document.fault(("documents",), "documents: is no list", "begin each document with a dash")
        )
        return []
    faults += [
        document.fault(
            ("documents", at), "the document is no set of keys", "write `document: ...`, `kind: ...`"
        )
        for at, entry in enumerate(listed)
        if not isinstance(entry, dict)
    ]
    return [(at, entry) for at, entry in enumerate(listed) if isinstance(entry, dict) and any(entry.values())]


def _text(value: object) -> str:
    match value:
        case None | dict():
            return ""
        case bool():
            return "true" if value else "false"
        case list():
            return ";".join(str(item) for item in value)
        case _:
            return str(value).strip()
