"""Where a finding stands in a file of a repository: its path, and the physical line and column in a text file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from provenance.inventory.positions import cell_positions
from provenance.inventory.table import InputFile, column_index
from provenance.policy.audit import Audit
from provenance.records import dataclass
from provenance.report.results import Spot


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of one physical line, columns from 1 in characters, the end just behind the last one."""

    line: int
    start: int | None
    end: int | None


class Regions:
    """Finds the places of findings in the inputs of an audit; each text file is read once."""

    def __init__(self, audit: Audit, spots: Iterable[Spot]) -> None:
        """Look up the places of findings.

        Args:
            audit: What the run yielded.
            spots: The places to be asked for.
        """
        self._files = {file.name: file for file in audit.inputs}
        wanted: dict[str, dict[tuple[int, int], None]] = defaultdict(dict)
        for spot in spots:
            column = _column(spot)
            if spot.line is not None and column is not None:
                wanted[spot.file][spot.line, column] = None
        self._positions: dict[str, Mapping[tuple[int, int], tuple[int, int]]] = {
            name: _positions(self._files.get(name), tuple(cells)) for name, cells in wanted.items()
        }

    def uri(self, spot: Spot) -> str:
        """Return the path of the file from the working directory, else the name that reports give it."""
        file = self._files.get(spot.file)
        return repository_path(file) if file is not None else spot.file

    def region(self, spot: Spot) -> Region | None:
        """Return the line and columns of a finding in a text file; None in a workbook."""
        if spot.line is None:
            return None
        column = _column(spot)
        found = self._positions.get(spot.file, {}).get((spot.line, column)) if column is not None else None
        return Region(spot.line, *(found or (None, None)))


def repository_path(file: InputFile) -> str:
    """Return the path of an input from the working directory, which in CI is the repository; else its name."""
    if file.path is None:
        return file.name
    try:
        return file.path.resolve().relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError):
        return file.name


def _column(spot: Spot) -> int | None:
    letters = spot.cell.rstrip("0123456789")
    return column_index(letters) if letters.isalpha() and letters.isascii() else None


def _positions(
    file: InputFile | None, cells: tuple[tuple[int, int], ...]
) -> Mapping[tuple[int, int], tuple[int, int]]:
    return cell_positions(file.path, cells) if file is not None and file.path is not None else {}
