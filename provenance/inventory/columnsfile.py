"""The columns file: what the user says about tables, where the program should not decide by itself."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Literal

from pydantic import ConfigDict, model_validator
from pydantic import Field as Key

from provenance.datafile import Document, Strict, parse_model, read_document
from provenance.errors import Fault, InventoryError
from provenance.evidence import Grade
from provenance.inventory.table import Column, Field, InputFile, Role, column_index, column_letter
from provenance.inventory.vocabulary import fold
from provenance.records import dataclass

SCHEMA = "provenance-columns/1"
IGNORE = "ignore"
WITHHOLD = "withhold"
"""A column that no report may carry."""
COLUMN_GRADES: tuple[Grade, ...] = (Grade.NAMEPLATE, Grade.CUSTOMS_ENTRY, Grade.INVOICE, Grade.DECLARED)
"""What a column of an inventory may state, strongest first: what somebody copied from a plate or a commercial paper."""
_PAPERS = (Grade.FINDING, Grade.PRODUCTION_RECORD, Grade.CERTIFICATE)
"""What has an issuer, a status and goods that it names: no column can tell these, and they clear."""
_ALLOWED = "the grade must be one of " + ", ".join(COLUMN_GRADES)
_LETTERS = re.compile(r"^[A-Z]{1,3}$")


class _Graded(Strict):
    """A column and the grade of what it states."""

    field: Field
    grade: Grade

    @model_validator(mode="after")
    def _only_origin(self) -> _Graded:
        if self.field is not Field.DECLARED_ORIGIN:
            raise ValueError("a grade belongs to declared_origin alone")
        if self.grade in _PAPERS:
            raise ValueError(
                f"a column cannot be a {self.grade}: that is a document, and each stands in the evidence register; "
                + _ALLOWED
            )
        if self.grade not in COLUMN_GRADES:
            raise ValueError(_ALLOWED)
        return self


class _Table(Strict):
    """What is said about one table, or about all that match."""

    file: str | None = None
    sheet: str | None = None
    role: Role | None = None
    header_row: int | None = Key(default=None, ge=1)
    first_column: str | None = Key(default=None, pattern="^[A-Z]{1,3}$")
    columns: dict[str, Field | Literal["ignore", "withhold"] | _Graded] = Key(default_factory=dict)


class _File(Strict):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, populate_by_name=True)

    schema_: Literal["provenance-columns/1"] = Key(alias="schema")
    tables: list[_Table]


@dataclass(frozen=True, slots=True)
class TableChoice:
    """What a columns file says about one sheet of one file."""

    document: Document
    index: int
    """Which entry of the file, from 0."""
    role: Role | None
    header_row: int | None
    columns: tuple[tuple[str, Field | None, Grade | None], ...]
    """Header or letter, the field (None to ignore it), the grade for an origin column."""
    first_column: int | None = None
    """The leftmost column of the table, from 0, where several stand beside each other; None for any."""
    withheld: frozenset[str] = frozenset()
    """Headers or letters of columns that no report may carry."""

    def apply(self, columns: Sequence[Column], file: str, sheet: str | None) -> tuple[Column, ...]:
        """Return the columns as the user wants them; columns not named keep what was found, unless it is now taken.

        Raises:
            InventoryError: A header or letter is not in the table, or two columns claim one field.
        """
        place = f"{file}:{sheet}" if sheet else file
        chosen: dict[int, tuple[Field | None, Grade | None, str]] = {}
        faults: list[Fault] = []
        for name, field, grade in self.columns:
            where = f"{self.document.name}:{self.document.line(('tables', self.index, 'columns', name))}"
            found = _find(name, columns)
            if found is None:
                faults.append(Fault(where, f"{place} has no column {name!r}", _near(name, columns)))
            elif field is not None and any(field is other for other, _, _ in chosen.values()):
                faults.append(Fault(where, f"the field {field.value!r} is given to two columns", "keep one"))
            else:
                chosen[found] = (field, grade, where)
        if faults:
            raise InventoryError(faults)
        hidden = {_find(name, columns) for name in self.withheld}
        return tuple(
            _chosen(replace(column, withheld=column.withheld or column.index in hidden), chosen)
            for column in columns
        )


def _chosen(column: Column, chosen: dict[int, tuple[Field | None, Grade | None, str]]) -> Column:
    if column.index in chosen:
        field, grade, where = chosen[column.index]
        if field is Field.DECLARED_ORIGIN and grade is None:
            grade = Grade.DECLARED
        if (field, grade) == (column.field, column.grade):
            # What was found all the same keeps its reason, so that a replay says what the first run said.
            return column
        verb = "set" if field is not None else "withheld" if column.withheld else "left out"
        return replace(
            column,
            field=field,
            grade=grade,
            score=1.0 if field is not None else 0.0,
            reason=f"{verb} in {where}",
            # Who names what a column means has seen what it holds.
            withheld=column.withheld and field is None,
        )
    if column.field is not None and any(column.field is field for field, _, _ in chosen.values()):
        reason = f"the columns file gives {column.field.value} to another column"
        return replace(column, field=None, grade=None, score=0.0, reason=reason)
    return column


def _find(name: str, columns: Sequence[Column]) -> int | None:
    for column in columns:
        if column.header.strip() == name or (fold(name) and fold(column.header) == fold(name)):
            return column.index
    if _LETTERS.match(name):
        return next((column.index for column in columns if column.letter == name), None)
    return None


def _near(name: str, columns: Sequence[Column]) -> str:
    headers = [column.header for column in columns if column.header]
    near = difflib.get_close_matches(name, headers, n=1, cutoff=0.5)
    if near:
        return f"did you mean {near[0]!r}?"
    letters = ", ".join(column_letter(column.index) for column in columns[:3])
    return (
        f"it has {', '.join(repr(header) for header in headers[:8])}"
        if headers
        else f"use a letter: {letters}"
    )


@dataclass(frozen=True, slots=True)
class ColumnsFile:
    """A columns file that was read."""

    document: Document
    tables: tuple[tuple[str | None, str | None, TableChoice], ...]
    """Pattern of the file's name, name of the sheet, and what is said; the first that fits holds."""

    def choose(self, file: str, sheet: str | None) -> tuple[TableChoice, ...]:
        """Return what is said about the tables of a sheet.

        The first entry that fits, and where that names its header row all others that do so too.
        """
        fitting = [choice for pattern, title, choice in self.tables if _fits(pattern, title, file, sheet)]
        if not fitting or fitting[0].header_row is None:
            return tuple(fitting[:1])
        return tuple(choice for choice in fitting if choice.header_row is not None)

    def check_used(self, files: Iterable[InputFile]) -> None:
        """Refuse entries that speak of no table that was read: they are typing mistakes.

        Raises:
            InventoryError: Naming each such entry.
        """
        read = [(file.name, table.sheet) for file in files for table in file.tables]
        faults = [
            self.document.fault(
                ("tables", choice.index),
                f"no table that was read has {_spoken(pattern, title)}",
                "correct the name or remove the entry",
            )
            for pattern, title, choice in self.tables
            if not any(_fits(pattern, title, file, sheet) for file, sheet in read)
        ]
        if faults:
            raise InventoryError(faults)


def _fits(pattern: str | None, title: str | None, file: str, sheet: str | None) -> bool:
    named = pattern is None or fnmatchcase(file, pattern) or fnmatchcase(Path(file).name, pattern)
    return named and (title is None or title == sheet)


def _spoken(pattern: str | None, title: str | None) -> str:
    said = [f"the file {pattern!r}"] if pattern is not None else []
    return " and ".join([*said, *([f"the sheet {title!r}"] if title is not None else [])]) or "a name"


def load_columns_file(path: Path, *, name: str | None = None) -> ColumnsFile:
    """Read a columns file.

    Args:
        path: The YAML file.
        name: What messages call it; by default the path as given.

    Raises:
        InventoryError: It does not fit its schema; every fault with its line.
        DatafileError: It is no strict YAML.
    """
    document = read_document(path, name=name)
    model = parse_model(document, _File, InventoryError)
    tables = tuple(
        (
            table.file,
            table.sheet,
            TableChoice(
                document,
                index,
                table.role,
                table.header_row,
                _entries(table),
                column_index(table.first_column) if table.first_column is not None else None,
                frozenset(name for name, said in table.columns.items() if said == WITHHOLD),
            ),
        )
        for index, table in enumerate(model.tables)
    )
    return ColumnsFile(document, tables)


def _entries(table: _Table) -> tuple[tuple[str, Field | None, Grade | None], ...]:
    entries: list[tuple[str, Field | None, Grade | None]] = []
    for name, said in table.columns.items():
        if isinstance(said, _Graded):
            entries.append((name, said.field, said.grade))
        else:
            entries.append((name, None if said in {IGNORE, WITHHOLD} else Field(said), None))
    return tuple(entries)
