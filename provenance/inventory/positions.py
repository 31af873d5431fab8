"""At which characters of a physical line a cell of a text file stands, for tools that point into the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from provenance.inventory.encoding import find_encoding
from provenance.inventory.textfile import find_delimiter


def cell_positions(path: Path, cells: Sequence[tuple[int, int]]) -> Mapping[tuple[int, int], tuple[int, int]]:
    """Find cells in a delimited text file.

    Args:
        path: The file.
        cells: Physical lines, from 1, at which a record begins, each with the index of a column from 0.

    Returns:
        Per cell that stands whole on that line: its first character and the one behind its last, from 1. A cell that
        a line break inside quotes has moved to another line is left out, as is a file that cannot be read again.
    """
    try:
        data = path.read_bytes()
    except OSError:
        return {}
    decoding = find_encoding(data)
    lines = data[decoding.bom :].decode(decoding.encoding, "replace").splitlines()
    delimiter = find_delimiter("\n".join(lines[:200]))
    found = {}
    for number, column in cells:
        place = _within(lines[number - 1], column, delimiter) if 0 < number <= len(lines) else None
        if place is not None:
            found[number, column] = place
    return found


def _within(line: str, column: int, delimiter: str) -> tuple[int, int] | None:
    start, quoted, index = 0, False, 0
    for place, sign in enumerate(line):
        if sign == '"':
            quoted = not quoted
        elif sign == delimiter and not quoted:
            if index == column:
                return start + 1, place + 1
            start, index = place + 1, index + 1
    return (start + 1, len(line) + 1) if index == column and not quoted else None
