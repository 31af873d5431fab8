"""Which blocks of a sheet are tables: one below another, and side by side.

A table begins at a header and ends above the next one and its title; headers that merely repeat inside a table begin
none. Other rows between two tables belong to the upper one, where they are judged like all others, so that none is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from provenance.inventory.grid import HEAD_ROWS, Sheet
from provenance.inventory.locate import (
    Region,
    filled_cells,
    find_header,
    header_depth,
    is_data,
    region_at,
)
from provenance.inventory.table import Field
from provenance.inventory.vocabulary import fold, match_header

if TYPE_CHECKING:
    import polars as pl

_NAMING = frozenset({Field.MODEL, Field.SERIAL, Field.MAC, Field.MAKER, Field.IP, Field.ASSET_TAG})
"""A header of a further table names a machine by one of these at least."""
_SURE = 0.84
"""A header cell that scores above says what it means."""
_FARTHEST = 200
"""Further tables on one sheet that are told apart; more are some form, not lists."""
_TITLES = 3
"""Rows of one cell each that may stand above a header as its title."""
_LOOKED_AT = 5000
"""Rows behind blank ones that are looked at for a further header."""


def find_regions(sheet: Sheet) -> tuple[Region, ...]:
    """Find the tables of a sheet.

    Args:
        sheet: Its beginning is looked at, its rows are not read.
    """
    if not sheet.width:
        return ()
    if sheet.keys is not None:
        return (Region(None, 1, sheet.keys, ()),)
    rows = sheet.head
    first = find_header(rows)
    if first is None:
        start = next((index for index, row in enumerate(rows) if filled_cells(row)), 0)
        return (Region(None, start + 1, ("",) * sheet.width, ()),)
    return regions_from(
        sheet, [*_earlier(rows, first), first, *_later(rows, first, header_depth(sheet, first))]
    )


def regions_from(sheet: Sheet, starts: Sequence[int]) -> tuple[Region, ...]:
    """Return the tables whose headers stand in given rows.

    Args:
        sheet: The sheet.
        starts: Indexes of header rows, from 0, in order.
    """
    regions: list[Region] = []
    for place, start in enumerate(starts):
        region = region_at(sheet, start + 1)
        if place + 1 < len(starts):
            region = replace(region, last_row=_without_titles(sheet.head, starts[place + 1]))
        if place:
            above = sheet.head[_without_titles(sheet.head, start) : start]
            titles = tuple(cell for row in above for cell in filled_cells(row))
            region = replace(region, titles=titles, passed=())
        regions.extend(_side_by_side(sheet, region))
    return tuple(regions)


def _without_titles(rows: Sequence[Sequence[str]], start: int) -> int:
    """Return how many rows stand above a header at an index and the titles that a blank row sets apart above it."""
    above = start
    while above > 0 and start - above < _TITLES and len(filled_cells(rows[above - 1])) == 1:
        above -= 1
    return above if above > 0 and not filled_cells(rows[above - 1]) else start


def late_regions(
    sheet: Sheet, regions: Sequence[Region], blank: Sequence[int]
) -> tuple[Sheet, tuple[Region, ...]] | None:
    """Return the tables that begin below the rows that were looked at, with a sheet whose head reaches there.

    Args:
        sheet: The sheet.
        regions: Its tables so far.
        blank: Its blank rows; only what follows one of these is looked at.

    Returns:
        None where there is no such table.
    """
    import polars as pl

    head_rows = len(sheet.head)
    after = sorted({row + step for row in blank for step in (1, 2, 3) if row >= head_rows})[:_LOOKED_AT]
    if sheet.keys is not None or not after or any(region.columns is not None for region in regions):
        return None
    names = [f"c{index}" for index in sheet.present]
    beyond = sheet.rows(head_rows + 1)
    rows = beyond.filter(pl.col("row").is_in(pl.Series(after, dtype=pl.UInt32).implode()))
    starts = [
        row
        for row, *cells in rows.select("row", pl.col(names).cast(pl.String)).collect().iter_rows()
        if is_further_header([cell or "" for cell in cells])
    ]
    longer = reach(sheet, [start - 1 for start in starts])
    head = longer.head
    headers = [region.header_row - 1 for region in regions if region.header_row is not None]
    further = [start - 1 for start in starts if not headers or not _same(head[headers[-1]], head[start - 1])]
    if not further or len(headers) != len(regions):
        return None
    return longer, regions_from(longer, [*headers, *further])


def reach(sheet: Sheet, starts: Sequence[int]) -> Sheet:
    """Return a sheet whose head holds the rows from given ones on, with rows left blank that nobody looks at.

    Args:
        sheet: The sheet.
        starts: Indexes of rows, from 0, in order; those in its head cost nothing.
    """
    import polars as pl

    head = list(sheet.head)
    names = [f"c{index}" for index in sheet.present]
    for start in starts:
        if start < len(head):
            continue
        head.extend([()] * (start - len(head)))
        block = sheet.rows(start + 1).head(HEAD_ROWS).select(pl.col(names).cast(pl.String))
        for cells in block.collect().iter_rows():
            full = [""] * sheet.width
            for index, cell in zip(sheet.present, cells, strict=True):
                full[index] = cell or ""
            head.append(tuple(full))
    return replace(sheet, head=tuple(head)) if len(head) > len(sheet.head) else sheet


def part_of(sheet: Sheet, region: Region) -> Sheet:
    """Return a sheet that holds nothing but the rows and columns of one of its tables."""
    if region.last_row is None and region.columns is None:
        return sheet
    last, columns = region.last_row, region.columns

    def cut(read: Callable[[int], pl.LazyFrame]) -> Callable[[int], pl.LazyFrame]:
        import polars as pl

        return lambda first: read(first).filter(pl.col("row") <= last)

    present = tuple(index for index in sheet.present if columns is None or index in columns)
    bounded = replace(
        sheet,
        present=present,
        merged=tuple(
            span for span in sheet.merged if span[1] in present and (last is None or span[2] <= last)
        ),
    )
    if last is None:
        return bounded
    return replace(
        bounded,
        head=sheet.head[:last],
        rows=cut(sheet.rows),
        coded_rows=cut(sheet.coded_rows) if sheet.coded_rows is not None else None,
    )


def is_further_header(cells: Sequence[str]) -> bool:
    """Return whether a row is beyond doubt the header of a table: words alone, several of which name fields."""
    filled = filled_cells(cells)
    if len(filled) < 2 or any(is_data(cell) for cell in filled):
        return False
    fields: set[Field] = set()
    known = 0
    for cell in filled:
        sure = {field for field, match in match_header(cell).items() if match.score >= _SURE}
        known += bool(sure)
        fields |= sure
    return len(fields) >= 2 and bool(fields & _NAMING) and known >= max(2, 0.4 * len(filled))


def _earlier(rows: Sequence[Sequence[str]], first: int) -> list[int]:
    """Headers of smaller tables above the one that looks best: with rows of data below them and a gap behind."""
    found: list[int] = []
    for index in range(first - 2):
        if not is_further_header(rows[index]) or (found and _same(rows[found[-1]], rows[index])):
            continue
        below = [filled_cells(row) for row in rows[index + 1 : first]]
        gap = next((at for at, row in enumerate(below) if len(row) <= 1), None)
        if gap and not _same(rows[index], rows[first]):
            found.append(index)
    return found


def _later(rows: Sequence[Sequence[str]], first: int, depth: int) -> list[int]:
    found = [first]
    for index in range(first + depth, len(rows)):
        if len(found) > _FARTHEST:
            break
        if index - found[-1] < 2 or not is_further_header(rows[index]) or _same(rows[found[-1]], rows[index]):
            continue
        if index + 1 < len(rows) and any(filled_cells(row) for row in rows[index + 1 : index + 3]):
            found.append(index)
    return found[1:]


def _same(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether a header is another one repeated, in the same columns."""
    named = [(index, fold(cell)) for index, cell in enumerate(second) if cell.strip()]
    same = sum(index < len(first) and fold(first[index]) == text for index, text in named)
    return same >= 0.6 * len(named)


def _side_by_side(sheet: Sheet, region: Region) -> list[Region]:
    """Return the tables that stand beside each other below one row of headers; the region itself when it is one."""
    named = [index for index, header in enumerate(region.headers) if header.strip()]
    texts = [fold(region.headers[index]) for index in named]
    starts = _repeats(texts)
    if len(starts) > 1:
        blocks = [named[start:stop] for start, stop in zip(starts, [*starts[1:], len(named)], strict=True)]
    else:
        blocks = _apart(sheet, region)
    if len(blocks) < 2:
        return [region]
    edges = [block[0] for block in blocks[1:]] + [sheet.width]
    regions = []
    left = 0
    for edge in edges:
        columns = frozenset(range(left, edge))
        headers = tuple(header if index in columns else "" for index, header in enumerate(region.headers))
        regions.append(replace(region, headers=headers, columns=columns))
        left = edge
    return regions


def _repeats(texts: Sequence[str]) -> list[int]:
    """Return where a group of headers begins anew, when nothing but that group stands there, twice or more often."""
    count = len(texts)
    for size in range(2, count // 2 + 1):
        if count % size == 0 and all(text == texts[at % size] for at, text in enumerate(texts)):
            if any(_named_by(text) & _NAMING for text in texts[:size]) and len(set(texts[:size])) == size:
                return list(range(0, count, size))
            return [0]
    return [0]


def _apart(sheet: Sheet, region: Region) -> list[list[int]]:
    """Return the blocks of columns that empty columns set apart, as far as each names machines in the same way."""
    body = sheet.head[region.first_row - 1 : region.last_row]
    used = [
        index
        for index, header in enumerate(region.headers)
        if header.strip() or any(index < len(row) and row[index].strip() for row in body)
    ]
    blocks: list[list[int]] = []
    for index in used:
        if blocks and index == blocks[-1][-1] + 1:
            blocks[-1].append(index)
        else:
            blocks.append([index])
    joined: list[list[int]] = []
    seen: set[Field] = set()
    for block in blocks:
        fields = {field for index in block for field in _named_by(region.headers[index])} & _NAMING
        if joined and not (fields & seen and len(fields) >= 1 and len(block) >= 2):
            joined[-1].extend(block)
        else:
            joined.append(list(block))
        seen |= fields
    return joined


def _named_by(header: str) -> set[Field]:
    return (
        {field for field, match in match_header(header).items() if match.score >= _SURE} if header else set()
    )
