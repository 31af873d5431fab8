"""What reading an inventory yields: input files, their tables, the mapping of columns to fields, rejected rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from enum import StrEnum
from typing import TYPE_CHECKING

from provenance.evidence import Grade
from provenance.records import dataclass

if TYPE_CHECKING:
    from pathlib import Path

    import polars as pl


class Field(StrEnum):
    """What a column of an inventory can mean: a closed set."""

    MAKER = "maker"
    MODEL = "model"
    SERIAL = "serial"
    MAC = "mac"
    IP = "ip"
    HOSTNAME = "hostname"
    QUANTITY = "quantity"
    DECLARED_ORIGIN = "declared_origin"
    SITE = "site"
    LOCATION = "location"
    ASSET_TAG = "asset_tag"
    BATCH = "batch"
    ORDER = "order"
    SUPPLIER = "supplier"
    OWNER = "owner"
    IMPORTER = "importer"
    ENTRY_NUMBER = "entry_number"
    PURCHASE_DATE = "purchase_date"
    CONTRACT_DATE = "contract_date"
    DELIVERY_DATE = "delivery_date"
    INSTALLATION_DATE = "installation_date"
    MANUFACTURE_DATE = "manufacture_date"
    AUTHORISATION_DATE = "authorisation_date"
    HASHRATE = "hashrate"
    POWER = "power"
    UNIT_PRICE = "unit_price"
    CURRENCY = "currency"
    CONDITION = "condition"
    CATEGORY = "category"
    FIRMWARE = "firmware"


DATE_FIELDS: frozenset[Field] = frozenset(
    {
        Field.PURCHASE_DATE,
        Field.CONTRACT_DATE,
        Field.DELIVERY_DATE,
        Field.INSTALLATION_DATE,
        Field.MANUFACTURE_DATE,
        Field.AUTHORISATION_DATE,
    }
)
"""The fields whose column in a scan is of type Date."""


class Role(StrEnum):
    """What a table is for."""

    INVENTORY = "inventory"
    EVIDENCE = "evidence"
    SCHEDULE = "schedule"
    IGNORED = "ignored"


class Rejection(StrEnum):
    """Why a row is no machine. Nothing else rejects a row: what cannot be understood is an undetermined machine."""

    BLANK = "blank"
    TOTAL = "total"
    NOTE = "note"
    HEADER = "header"
    """The header row, repeated inside the table."""
    QUANTITY = "quantity"
    """A quantity that is no whole number above zero."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table and what it was taken for."""

    index: int
    """From 0, in the sheet."""
    header: str
    """As written; empty where there is none."""
    field: Field | None
    score: float
    """0 to 1: how well header and content fit the field."""
    reason: str
    """Why, in words."""
    grade: Grade | None = None
    """For an origin column: the grade of what it states; `declared` unless a columns file says otherwise."""
    withheld: bool = False
    """Whether its cells are kept out of every report: passwords, credentials, contacts."""

    @property
    def letter(self) -> str:
        """The column's letters in a spreadsheet: A, B, ..., AA."""
        return column_letter(self.index)


@dataclass(frozen=True, slots=True)
class Rejected:
    """One row that is no machine."""

    file: str
    sheet: str | None
    row: int
    rejection: Rejection
    text: str
    """The row's filled cells, joined, cut to 200 characters."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a file: where it stands, how its columns were read, and its rows as a lazy frame."""

    file: str
    sheet: str | None
    """None for files without sheets."""
    hidden: bool
    role: Role
    header_row: int | None
    """The row of the header as the spreadsheet shows it, from 1; None when the content decided."""
    first_row: int
    """The first row below the header, from 1."""
    last_row: int
    columns: tuple[Column, ...]
    oddities: tuple[str, ...]
    plain: frozenset[int]
    """Columns of the sheet, by index, of which it is known that no cell begins with a blank or one of `=+-@`."""
    scan: Callable[[], pl.LazyFrame] = field(repr=False, compare=False)
    """Returns the rows of the table in file order, all of them, rejected ones too, a row again for each machine that it
    lists beyond its first: `row` (UInt32, the record as the
    spreadsheet shows it, from 1), `line` (UInt32, the physical line; null except in text files), `rejection`
    (String, a `Rejection` value or null), one cleaned column per mapped field named by the field (text, null for
    missing; Date for `DATE_FIELDS`; Int64 for quantity, 1 where missing, null where rejected), and the raw text of each
    column of the sheet as `c0`, `c1`, .... Text is String, or Categorical where a column has few distinct texts;
    serials and MAC addresses are String. Streams: selecting few columns reads only these."""
    unquoted: bool = False
    """Whether no raw cell is known to hold a comma, a quote, a line break or empty text."""
    said: Role | None = None
    """The role that a columns file gave it."""
    idle: str = ""
    """Why a table is not audited, in words; empty for an inventory."""
    added: int = 0
    """Machines beyond the rows: cells that list several serial numbers give one machine each, on the same row."""
    preset: str | None = None
    """The id of the known export format that its headers are those of."""
    alike: int = 1
    """How many tables of the file have its layout, itself included; their columns were read as one."""
    mac_mark: str | None = None
    """Where every raw MAC address is one, and all are written alike: what stands between their octets, maybe nothing."""

    @property
    def used(self) -> bool:
        """Whether a columns file says that it is a register or schedule, so that it is read for what it is."""
        return self.said in {Role.EVIDENCE, Role.SCHEDULE}

    @property
    def rows(self) -> int:
        """How many rows stand below the header, blank ones within the table included."""
        return max(0, self.last_row - self.first_row + 1)

    def column(self, wanted: Field) -> Column | None:
        """Return the column mapped to a field."""
        return next((column for column in self.columns if column.field is wanted), None)

    def cell(self, wanted: Field, row: int) -> str:
        """Return the cell of a field in a row, `D17`; the row alone when the field has no column."""
        column = self.column(wanted)
        return f"{column.letter}{row}" if column is not None else f"row {row}"


@dataclass(frozen=True, slots=True)
class InputFile:
    """One file that was read."""

    name: str
    """As the user gave it, without directories of the machine: relative to the folder given, else the file name."""
    format: str
    """xlsx, xls, xlsb, ods, csv, tsv, parquet or json."""
    size: int
    """Bytes."""
    sha256: str
    tables: tuple[Table, ...]
    oddities: tuple[str, ...] = ()
    """What is odd about the file as a whole: encoding, hidden sheets, unread parts."""
    complete: bool = True
    """False when a part could not be read; the run then never exits 0."""
    synthetic: bool = False
    """Whether a cell of the file above a table, or its name, says SYNTHETIC: every report then says so too."""
    encoding: str | None = None
    """Of a text file, as Python names it: utf-8, utf-16-le, gb18030; None for formats that have one of their own."""
    delimiter: str | None = None
    """What separates the cells of a text file; None for formats that need no such thing."""
    path: Path | None = field(default=None, repr=False, compare=False)
    """Where it stands, for whoever looks into it again; None where that is no file of the user's own."""


def column_letter(index: int) -> str:
    """Return the spreadsheet letters of a column index from 0."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """Return the column index from 0 of spreadsheet letters: the inverse of `column_letter`."""
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - 64
    return index - 1
