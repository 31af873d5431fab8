"""Where a table stands on a sheet: its header among the first fifty rows, in one line or two, and what it says."""

from __future__ import annotations

from collections.abc import Sequence

from provenance.expressions import expression
from provenance.inventory.content import MAC
from provenance.inventory.grid import HEADER_WITHIN, Sheet
from provenance.inventory.table import Field
from provenance.inventory.vocabulary import fold, load_vocabulary, match_header
from provenance.records import dataclass

_DATA = expression(
    r"^[-+]?[$€£¥]?\s?\d[\d\s,.:/'%-]*$|^\d{4}-\d\d-\d\d|^(?:\d{1,3}\.){3}\d{1,3}|^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-"
    r"|^\d[\d.,]*\s?(?:[kKMGTP]?[hHW](?:/s)?|[TGM])$|^https?://"
)
_BRACKETED = expression(r"^[(\[（【].{1,12}[)\]）】]$")
"""A unit below a header: `(W)`."""
_TITLE = 4
"""Filled cells up to which a row above a header is a title or a note."""
_LONG = 60
"""Characters above which a cell is a sentence and no header."""


@dataclass(frozen=True, slots=True)
class Region:
    """One table on a sheet."""

    header_row: int | None
    """From 1; None where the content has to decide."""
    first_row: int
    """The first row below the header."""
    headers: tuple[str, ...]
    """One for each column of the sheet, as written, empty where there is none."""
    titles: tuple[str, ...]
    """The texts above the table."""
    last_row: int | None = None
    """The row above the next table; None where the sheet holds no other below."""
    columns: frozenset[int] | None = None
    """The columns of the table; None where no other stands beside it."""
    passed: tuple[int, ...] = ()
    """Rows above the header that hold more than a title and belong to no table."""


def find_header(head: Sequence[Sequence[str]]) -> int | None:
    """Return the index of the row that looks most like a header among the first fifty; None where none does.

    Args:
        head: The first rows of a sheet.
    """
    rows = head[:HEADER_WITHIN]
    filled = [filled_cells(row) for row in rows]
    best, best_score = None, 0.0
    for index in range(len(rows)):
        score = _score(filled, index)
        if score > best_score + 0.01 and not _is_among_its_like(rows, index):
            best, best_score = index, score
    return best if best is not None else _unknown_header(rows)


def _is_among_its_like(rows: Sequence[Sequence[str]], index: int) -> bool:
    """Whether a row has figures just where the rows above and below it have theirs: a row among rows, and no header."""
    figures = _figures(rows[index])
    if not figures or index == 0:
        return False
    return all(figures == _figures(row) for row in (rows[index - 1], *rows[index + 1 : index + 2]))


def _figures(row: Sequence[str]) -> list[int]:
    return [column for column, cell in enumerate(row) if is_data(cell.strip())]


def region_at(sheet: Sheet, header_row: int) -> Region:
    """Return the table whose header is known to stand in a row, from 1."""
    index = header_row - 1
    last = index + header_depth(sheet, index) - 1
    above = sheet.head[index - 1] if index > 0 and len(filled_cells(sheet.head[index - 1])) > 1 else ()
    headers = []
    for column in range(sheet.width):
        parts = [_cell(sheet.head[row], column) for row in range(index, min(last + 1, len(sheet.head)))]
        text = "\n".join(part for part in parts if part.strip())
        headers.append(text or _from_above(above, column))
    titles = tuple(cell for row in sheet.head[:index] for cell in row if cell.strip())
    passed = tuple(
        row + 1
        for row, cells in enumerate(sheet.head[: max(0, index - 1)])
        if len(filled_cells(cells)) > _TITLE
    )
    return Region(header_row, last + 2, tuple(_grouped(headers, above)), titles, passed=passed)


def header_depth(sheet: Sheet, index: int) -> int:
    """Return how many rows the header takes whose first stands at an index, from 0."""
    header_row = index + 1
    last = index
    for top, left, bottom, right in sheet.merged:
        if top == header_row and bottom > header_row and bottom - header_row < 5:
            last = max(last, bottom - 1)
        elif top == header_row and left < right and _is_below(sheet, header_row, left, right):
            last = max(last, index + 1)
    if last == index and _is_second_line(sheet.head, index):
        last = index + 1
    return last - index + 1


def _is_second_line(head: Sequence[Sequence[str]], index: int) -> bool:
    """Whether the row below a header is its second line: units, or names below cells that were left blank."""
    if index + 2 >= len(head):
        return False
    cells = [(column, cell.strip()) for column, cell in enumerate(head[index + 1]) if cell.strip()]
    if not cells or not filled_cells(head[index + 2]):
        return False
    units = load_vocabulary().units
    if sum(fold(cell) in units or _BRACKETED.match(cell) is not None for _, cell in cells) >= 0.6 * len(
        cells
    ):
        return True
    if len(cells) < 2 or any(is_data(cell) or len(cell) > _LONG for _, cell in cells):
        return False
    sure = [
        column for column, cell in cells if any(match.score > 0.8 for match in match_header(cell).values())
    ]
    below_blank = [column for column in sure if not _cell(head[index], column).strip()]
    return bool(below_blank) and len(sure) >= 0.5 * len(cells)


def _grouped(headers: Sequence[str], above: Sequence[str]) -> list[str]:
    """Return headers that stand there more than once with the name of their group: a transformer's serial is its own."""
    repeated = {fold(header) for header in headers if header.strip() and headers.count(header) > 1}
    if not repeated or not above:
        return list(headers)
    named: list[str] = []
    group = ""
    for column, header in enumerate(headers):
        group = _cell(above, column).strip() or group
        parts = load_vocabulary().never[Field.SERIAL]
        of_part = any(f" {part} " in f" {fold(group)} " for part in parts if part)
        named.append(f"{group}\n{header}" if of_part and fold(header) in repeated else header)
    return named


def _is_below(sheet: Sheet, header_row: int, left: int, right: int) -> bool:
    """Whether the row below a header that spans several columns holds its parts, not data."""
    if header_row >= len(sheet.head):
        return False
    below = [_cell(sheet.head[header_row], column).strip() for column in range(left, right + 1)]
    return (
        sum(bool(cell) and not _DATA.match(cell) and len(cell) < _LONG for cell in below) >= 2
        and len(filled_cells(sheet.head[header_row]))
        <= len(filled_cells(sheet.head[header_row - 1])) + right - left
    )


def _from_above(above: Sequence[str], column: int) -> str:
    text = _cell(above, column).strip()
    return text if text and not _DATA.match(text) and match_header(text) else ""


def _cell(row: Sequence[str], column: int) -> str:
    return row[column] if column < len(row) else ""


def is_data(cell: str) -> bool:
    """Return whether a cell holds a figure, a date, an address or a code, as headers do not."""
    return _DATA.match(cell) is not None or MAC.match(cell) is not None


def filled_cells(row: Sequence[str]) -> list[str]:
    """Return the cells of a row that are not blank, trimmed."""
    return [cell.strip() for cell in row if cell.strip()]


def _score(filled: Sequence[Sequence[str]], index: int) -> float:
    """Return how much a row, given its filled cells, looks like the header of what follows; 0 for not at all."""
    cells = filled[index]
    if not cells:
        return 0.0
    data = sum(is_data(cell) for cell in cells)
    long = sum(len(cell) > _LONG for cell in cells)
    if data > 0.3 * len(cells) or long > 0.3 * len(cells):
        return 0.0
    width = max((len(row) for row in filled[index + 1 : index + 21]), default=0)
    if len(cells) == 1 and width > 2:
        return 0.0  # a title
    strength: dict[str, float] = {}
    placeholder = load_vocabulary().placeholder
    for cell in cells:
        if cell.casefold() in placeholder:
            continue
        for field, match in match_header(cell).items():
            strength[field] = max(strength.get(field, 0.0), match.score)
    strong = sum(score for score in strength.values() if score > 0.8)
    weak = sum(score for score in strength.values() if score <= 0.8)
    if strong == 0 and weak < 1.0 and not (len(cells) > 2 and weak > 0):
        return 0.0
    unique = len({fold(cell) for cell in cells}) / len(cells)
    fullness = min(1.0, len(cells) / max(1, width))
    return (2 * strong + weak + 0.1 * len(cells)) * (0.4 + 0.6 * unique) * (
        0.5 + 0.5 * fullness
    ) - 0.02 * index


def _unknown_header(rows: Sequence[Sequence[str]]) -> int | None:
    """Return the row that can only be a header by its shape: words, above rows with numbers in the same columns."""
    filled = [filled_cells(row) for row in rows]
    width = max(map(len, filled), default=0)
    for index, (row, cells) in enumerate(zip(rows, filled, strict=True)):
        if len(cells) < max(2, 0.7 * width):
            continue
        if any(_DATA.match(cell) or MAC.match(cell) or len(cell) > _LONG for cell in cells):
            return None
        below = [row for row in rows[index + 1 :] if filled_cells(row)]
        if not below:
            return None
        data = sum(
            bool(_DATA.match(_cell(other, column).strip()))
            for other in below
            for column in range(len(row))
            if row[column].strip()
        )
        return index if data >= 0.2 * len(below) * len(cells) and len(set(cells)) == len(cells) else None
    return None
