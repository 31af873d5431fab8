"""What the XML of a sheet says beyond its values.

Hidden rows and columns, formulas that were never calculated, cells that hold an error, numbers whose format shows leading
zeros, and how far out the outermost cell stands. Patterns over bytes read it several times as fast as an XML parser
calling back for each cell, and none of them looks beyond the tag it began in, so hostile XML costs no more than other.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field

from provenance.errors import Fault, InventoryError
from provenance.records import dataclass

MIN_FILL = 0.02
"""The part of a very large rectangle that must hold cells."""
MAX_CELL = 16 * 2**20
"""Bytes of one cell's XML: a cell holds at most 32,767 characters."""

_P = rb"(?:[A-Za-z0-9_]+:)?"
_Q = rb"[\"']"
_ROW = re.compile(rb"<" + _P + rb"row\b[^<>]*?\br=" + _Q + rb"([0-9]{1,10})" + _Q)
_ROW_HIDDEN = re.compile(
    rb"<" + _P + rb"row\b(?=[^<>]*\bhidden=" + _Q + rb"(?:1|true))[^<>]*?\br=" + _Q + rb"([0-9]{1,10})" + _Q
)
_WIDE = re.compile(rb" r=" + _Q + rb"([A-Z]{3})([0-9]{1,10})" + _Q)
_COLUMN_HIDDEN = re.compile(rb"<" + _P + rb"col\b(?=[^<>]*\bhidden=" + _Q + rb"(?:1|true))[^<>]*>")
_BOUND = re.compile(rb"\b(min|max)=" + _Q + rb"([0-9]{1,6})" + _Q)
_FORMULA_EMPTY = re.compile(
    rb"<" + _P + rb"c\b([^<>]*)><" + _P + rb"f\b(?:[^<>]*/>|[^<>]*>[^<]*</" + _P + rb"f>)"
    rb"(?:<" + _P + rb"v\s*/>|<" + _P + rb"v></" + _P + rb"v>)?</" + _P + rb"c>"
)
_ERROR = re.compile(
    rb"<"
    + _P
    + rb"c\b(?=[^<>]*\bt="
    + _Q
    + rb"e"
    + _Q
    + rb")([^<>]*)>(?:(?!</"
    + _P
    + rb"c>).){0,4000}?<"
    + _P
    + rb"v>([^<]{1,40})</",
    re.DOTALL,
)
_REF = re.compile(rb"\br=" + _Q + rb"([A-Z]{1,3})([0-9]{1,10})" + _Q)
_CELL = re.compile(rb"<" + _P + rb"c\b([^<>]*)>")
_PREFIXED = re.compile(rb"<[A-Za-z0-9_]+:(?:worksheet|sheetData|row|c)\b")
_SINGLE = re.compile(rb"<" + _P + rb"(?:row|c)\b[^<>]*='")


@dataclass(slots=True)
class SheetNotes:
    """What the XML of one sheet says beyond the values of its cells. Rows count from 1, columns from 0."""

    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    uncalculated: list[tuple[int, int]] = field(default_factory=list)
    """Cells with a formula and no value, as (row, column)."""
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    """Cells that hold an error such as `#N/A`."""
    padded: dict[tuple[int, str], list[int]] = field(default_factory=dict)
    """(column, mask) to the rows of whole numbers that are shown with leading zeros."""
    unplaced: bool = False
    """Whether the cells carry no addresses, so that none of all this can be told of them."""
    last_row: int = 0
    cells: int = 0


def read_sheet(
    chunks: Iterable[bytes], where: str, masks: Mapping[bytes, str], most_cells: int
) -> SheetNotes:
    """Look through the XML of one sheet.

    Args:
        chunks: The part in order, cut anywhere.
        where: File and sheet, for messages.
        masks: Cell styles that show leading zeros, with the mask of what they show.
        most_cells: Cells of the rectangle that the reader would lay out; above it a nearly empty sheet is refused.

    Raises:
        InventoryError: A cell stands so far out, or is so long, that the reader would be exhausted.
    """
    notes = SheetNotes()
    columns, last_wide, wide_cell = 0, 0, ""
    rest = b""
    hand = _hand_of(b"", masks)
    begun = False
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
        if not begun:
            cell = _CELL.search(data)
            begun = cell is not None
            hand = _hand_of(data, masks)
            notes.hidden_columns.extend(_hidden_columns(data))
            notes.unplaced = cell is not None and _REF.search(cell[1]) is None
        _note_rows(data, notes, hand)
        _note_cells(data, notes, hand)
        for match in _WIDE.finditer(data):
            column = _index(match[1])
            if column >= columns:
                columns, wide_cell = column + 1, (match[1] + match[2]).decode()
            last_wide = max(last_wide, int(match[2]))
    _note_rows(rest, notes, hand)
    _note_cells(rest, notes, hand)
    notes.last_row = max(notes.last_row, last_wide)
    area = notes.last_row * columns
    if area > most_cells and notes.cells < area * MIN_FILL:
        raise InventoryError(
            Fault(
                f"{where}!{wide_cell}",
                f"a cell stands so far out that the sheet spans {area:,} cells, of which {notes.cells:,} exist",
                "delete the empty columns and rows beyond the table, or copy the table to a new workbook",
            )
        )
    return notes


@dataclass(frozen=True, slots=True)
class _Hand:
    """How whoever wrote a sheet writes XML: it spares looking for what does not occur."""

    prefixed: bool
    """Whether tags carry the prefix of a namespace."""
    single: bool
    """Whether attributes stand in single quotes."""
    masks: Mapping[bytes, str]
    masked: re.Pattern[bytes] | None
    """A cell of a style with a mask, address first, style second and type third, as nearly everyone writes it."""
    mention: re.Pattern[bytes] | None
    """Any mention of such a style."""
    anyhow: re.Pattern[bytes] | None
    """A number of such a style, attributes in any order; several times slower."""


def _hand_of(data: bytes, masks: Mapping[bytes, str]) -> _Hand:
    ids = b"|".join(sorted(masks))
    # Text, shared or not, truth and errors are no numbers.
    typed = rb"[^<>]*\bt=" + _Q + rb"(?:s|str|inlineStr|b|e)" + _Q
    first = rb' r="([A-Z]{1,3})([0-9]{1,10})" s="(' + ids + rb')"(?!' + typed + rb")"
    anyhow = (
        rb"<" + _P + rb"c\b(?=[^<>]*\bs=" + _Q + rb"(" + ids + rb")" + _Q + rb")(?!" + typed + rb")([^>/]*)>"
    )
    return _Hand(
        prefixed=_PREFIXED.search(data) is not None,
        single=_SINGLE.search(data) is not None,
        masks=masks,
        masked=re.compile(first) if masks else None,
        mention=re.compile(rb" s=" + _Q + rb"(?:" + ids + rb")" + _Q) if masks else None,
        anyhow=re.compile(anyhow) if masks else None,
    )


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


def _note_rows(data: bytes, notes: SheetNotes, hand: _Hand) -> None:
    notes.cells += data.count(b":c>" if hand.prefixed else b"</c>")
    last = deque(_ROW.finditer(data, max(0, data.rfind(b"<", 0, max(0, data.rfind(b"row "))))), 1) or deque(
        _ROW.finditer(data), 1
    )
    if last:
        notes.last_row = max(notes.last_row, int(last[0][1]))
    if b"hidden=" in data:
        notes.hidden_rows.extend(int(row) for row in _ROW_HIDDEN.findall(data))


def _note_cells(data: bytes, notes: SheetNotes, hand: _Hand) -> None:
    if (b":f" if hand.prefixed else b"<f") in data:
        notes.uncalculated.extend(
            cell for match in _FORMULA_EMPTY.finditer(data) if (cell := _cell(match[1])) is not None
        )
    if b't="e"' in data or (hand.single and b"t='e'" in data):
        for match in _ERROR.finditer(data):
            cell = _cell(match[1])
            if cell is not None:
                notes.errors[cell] = match[2].decode("utf-8", "replace")
    if hand.masked is not None:
        _note_masked(data, notes, hand)


def _note_masked(data: bytes, notes: SheetNotes, hand: _Hand) -> None:
    assert hand.masked is not None  # noqa: S101 - asked by the only caller
    assert hand.mention is not None  # noqa: S101 - set together
    assert hand.anyhow is not None  # noqa: S101 - set together
    found: list[tuple[bytes, bytes, bytes]] = hand.masked.findall(data)
    if len(found) != sum(1 for _ in hand.mention.finditer(data)):
        # Some are written otherwise, or are no numbers.
        found = [
            (at[1], at[2], match[1])
            for match in hand.anyhow.finditer(data)
            if (at := _REF.search(match[2])) is not None
        ]
    for letters, row, style in found:
        notes.padded.setdefault((_index(letters), hand.masks[style]), []).append(int(row))


def _cell(attributes: bytes) -> tuple[int, int] | None:
    match = _REF.search(attributes)
    return None if match is None else (int(match[2]), _index(match[1]))


def _index(letters: bytes) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + letter - 64
    return index - 1
