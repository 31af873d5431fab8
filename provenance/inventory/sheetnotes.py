"""What the XML of a sheet says beyond its values.

Hidden rows and columns, formulas that were never calculated, cells that hold an error, numbers whose format shows leading
zeros, and how far out the outermost cell stands. Patterns over bytes read it several times as fast as an XML parser
calling back for each cell, and none of them looks beyond the tag it began in, so hostile XML costs no more than other.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from provenance.errors import Fault, InventoryError

MAX_AREA = 40_000_000
"""Cells of the rectangle that the reader would lay out; above it a nearly empty sheet is refused."""
MIN_FILL = 0.02
"""The part of such a rectangle that must hold cells."""
MAX_CELL = 16 * 2**20
"""Bytes of one cell's XML: a cell holds at most 32,767 characters."""

_P = rb"(?:[A-Za-z0-9]+:)?"
_ROW = re.compile(rb"<" + _P + rb'row\b[^<>]*?\br="([0-9]{1,10})"([^<>]*)>')
_ROW_HIDDEN = re.compile(rb"<" + _P + rb'row\b(?=[^<>]*\bhidden="(?:1|true)")[^<>]*?\br="([0-9]{1,10})"')
_WIDE = re.compile(rb' r="([A-Z]{3})([0-9]{1,10})"')
_COLUMN_HIDDEN = re.compile(rb"<" + _P + rb'col\b(?=[^<>]*\bhidden="(?:1|true)")[^<>]*>')
_BOUND = re.compile(rb'\b(min|max)="([0-9]{1,6})"')
_FORMULA_EMPTY = re.compile(
    rb"<" + _P + rb"c\b([^<>]*)><" + _P + rb"f\b(?:[^<>]*/>|[^<>]*>[^<]*</" + _P + rb"f>)"
    rb"(?:<" + _P + rb"v\s*/>|<" + _P + rb"v></" + _P + rb"v>)?</" + _P + rb"c>"
)
_ERROR = re.compile(
    rb"<"
    + _P
    + rb'c\b(?=[^<>]*\bt="e")([^<>]*)>(?:(?!</'
    + _P
    + rb"c>).){0,4000}?<"
    + _P
    + rb"v>([^<]{1,40})</",
    re.DOTALL,
)
_REF = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,10})"')


@dataclass(slots=True)
class SheetNotes:
    """What the XML of one sheet says beyond the values of its cells. Rows count from 1, columns from 0."""

    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    uncalculated: list[tuple[int, int]] = field(default_factory=list)
    """Cells with a formula and no value, as (row, column)."""
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    """Cells that hold an error such as `#N/A`."""
    padded: dict[tuple[int, int], list[int]] = field(default_factory=dict)
    """(column, digits) to the rows of whole numbers that are shown with leading zeros."""
    last_row: int = 0
    cells: int = 0


def read_sheet(chunks: Iterable[bytes], where: str, padded: dict[bytes, int]) -> SheetNotes:
    """Look through the XML of one sheet.

    Args:
        chunks: The part in order, cut anywhere.
        where: File and sheet, for messages.
        padded: Cell styles that show leading zeros, with how many digits.

    Raises:
        InventoryError: A cell stands so far out, or is so long, that the reader would be exhausted.
    """
    notes = SheetNotes()
    styled = _styled_pattern(padded)
    columns, last_wide, wide_cell = 0, 0, ""
    rest = b""
    first = True
    for chunk in chunks:
        data, rest = _whole_cells(rest + chunk)
        if len(rest) > MAX_CELL:
            raise InventoryError(
                Fault(
                    where,
                    f"a cell takes more than {MAX_CELL >> 20} MiB",
                    "open it in a spreadsheet and save it again",
                )
            )
        if first:
            notes.hidden_columns.extend(_hidden_columns(data))
            first = False
        _note_rows(data, notes)
        _note_cells(data, notes, styled, padded)
        for match in _WIDE.finditer(data):
            column = _index(match[1])
            if column >= columns:
                columns, wide_cell = column + 1, (match[1] + match[2]).decode()
            last_wide = max(last_wide, int(match[2]))
    _note_rows(rest, notes)
    _note_cells(rest, notes, styled, padded)
    notes.last_row = max(notes.last_row, last_wide)
    area = notes.last_row * columns
    if area > MAX_AREA and notes.cells < area * MIN_FILL:
        raise InventoryError(
            Fault(
                f"{where}!{wide_cell}",
                f"a cell stands so far out that the sheet spans {area:,} cells, of which {notes.cells:,} exist",
                "delete the empty columns and rows beyond the table, or copy the table to a new workbook",
            )
        )
    return notes


def _whole_cells(data: bytes) -> tuple[bytes, bytes]:
    """Split behind the last closed cell, so that no pattern is cut in two."""
    at = max(data.rfind(b"</c>"), data.rfind(b":c>"))
    if at < 0:
        at = data.rfind(b">")
        return (data[: at + 1], data[at + 1 :]) if at >= 0 else (b"", data)
    end = data.find(b">", at) + 1
    return data[:end], data[end:]


def _hidden_columns(data: bytes) -> Iterator[int]:
    for match in _COLUMN_HIDDEN.finditer(data):
        bounds = {key: int(value) for key, value in _BOUND.findall(match[0])}
        low, high = bounds.get(b"min", 1), bounds.get(b"max", 1)
        # Hiding "everything to the right" is how people frame a sheet; it hides no data of a table.
        if high - low < 1000:
            yield from range(low - 1, high)


def _note_rows(data: bytes, notes: SheetNotes) -> None:
    notes.cells += data.count(b"</c>") + data.count(b":c>")
    last = deque(_ROW.finditer(data, max(0, data.rfind(b"<", 0, max(0, data.rfind(b"row "))))), 1) or deque(
        _ROW.finditer(data), 1
    )
    if last:
        notes.last_row = max(notes.last_row, int(last[0][1]))
    if b"hidden=" in data:
        notes.hidden_rows.extend(int(row) for row in _ROW_HIDDEN.findall(data))


def _styled_pattern(padded: dict[bytes, int]) -> re.Pattern[bytes] | None:
    if not padded:
        return None
    ids = b"|".join(sorted(padded))
    return re.compile(
        rb"<" + _P + rb'c\b(?=[^<>]*\bs="(' + ids + rb')")(?![^<>]*\bt="(?:s|str|inlineStr|b|e)")([^>/]*)>'
    )


def _note_cells(
    data: bytes, notes: SheetNotes, styled: re.Pattern[bytes] | None, padded: dict[bytes, int]
) -> None:
    if b"<f>" in data or b"<f " in data or b":f>" in data or b":f " in data:
        notes.uncalculated.extend(
            cell for match in _FORMULA_EMPTY.finditer(data) if (cell := _cell(match[1])) is not None
        )
    if b't="e"' in data:
        for match in _ERROR.finditer(data):
            cell = _cell(match[1])
            if cell is not None:
                notes.errors[cell] = match[2].decode("utf-8", "replace")
    if styled is not None:
        for match in styled.finditer(data):
            cell = _cell(match[2])
            if cell is not None:
                notes.padded.setdefault((cell[1], padded[match[1]]), []).append(cell[0])


def _cell(attributes: bytes) -> tuple[int, int] | None:
    match = _REF.search(attributes)
    return None if match is None else (int(match[2]), _index(match[1]))


def _index(letters: bytes) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + letter - 64
    return index - 1
