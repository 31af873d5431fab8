"""The columns of a table, before its rows are looked over; tables with one layout are mapped together.

Sixty sheets with the same headers are one list that somebody cut up: what their columns mean is decided from the values
of all of them, so that a sheet of three rows is read like its longer sisters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from provenance.inventory.cleaning import Manner
from provenance.inventory.columns import map_columns
from provenance.inventory.content import counts_rows
from provenance.inventory.grid import Sheet
from provenance.inventory.known import Known
from provenance.inventory.locate import Region
from provenance.inventory.presets import find_preset
from provenance.inventory.rejection import Shape
from provenance.inventory.table import Column
from provenance.inventory.vocabulary import fold
from provenance.inventory.withheld import why_withheld
from provenance.records import dataclass

if TYPE_CHECKING:
    # The schema of a columns file is loaded only where one is given.
    from provenance.inventory.columnsfile import TableChoice

_LOOKED_AT = 512
"""Columns whose content is asked what it is; of more, on a sheet of thousands, only those under a header."""
_POOLED = 400
"""Values of one column that are pooled from tables of one layout."""


@dataclass(frozen=True, slots=True)
class Outline:
    """One table as it stands on its sheet."""

    sheet: Sheet
    """What belongs to the table, and nothing else."""
    region: Region
    values: Mapping[int, Sequence[str]]
    """The cells of the first rows, by column of the sheet; columns without any are left out."""
    choices: tuple[TableChoice, ...] = ()
    """What a columns file says about it."""

    @property
    def headed(self) -> bool:
        """Whether its columns have names."""
        return self.region.header_row is not None or self.sheet.keys is not None

    @property
    def layout(self) -> tuple[str, ...]:
        """Its headers, folded; empty where it has none, so that no two such tables are alike."""
        folded = [fold(header) for header in self.region.headers]
        while folded and not folded[-1]:
            folded.pop()
        return tuple(folded) if self.headed else ()

    @property
    def present(self) -> tuple[int, ...]:
        """The columns of the sheet that are looked at."""
        alone = self.region.last_row is None and self.region.columns is None
        return tuple(
            index
            for index in self.sheet.present
            if index < len(self.region.headers)
            and (alone or index in self.values or self.region.headers[index].strip())
        )


@dataclass(frozen=True, slots=True)
class Draft:
    """A table before its rows were looked over."""

    columns: tuple[Column, ...]
    shape: Shape
    manner: Manner
    alike: int
    """How many tables of the file share its layout, itself included."""
    preset: str | None
    """The id of the export format that it is."""


def outline(sheet: Sheet, region: Region) -> Outline:
    """Return one table as it stands.

    Args:
        sheet: What belongs to the table.
        region: Where it stands.
    """
    body = sheet.head[region.first_row - 1 :]
    values: dict[int, list[str]] = {}
    for index in sheet.present:
        cells = [row[index] if index < len(row) else "" for row in body]
        if any(cell.strip() for cell in cells):
            values[index] = cells
    return Outline(sheet, region, values)


def draft_tables(outlines: Sequence[Outline], file: str, known: Known) -> list[Draft]:
    """Decide what the columns of tables mean, those of one layout together.

    Args:
        outlines: The tables of one file.
        file: Its name, for messages.
        known: Who knows the names of makers and products.

    Raises:
        InventoryError: A columns file names a column that is not there.
    """
    groups: dict[tuple[str, ...] | int, list[int]] = {}
    for place, one in enumerate(outlines):
        groups.setdefault(one.layout or place, []).append(place)
    drafts: dict[int, Draft] = {}
    for members in groups.values():
        together = [outlines[place] for place in members]
        mapped = _map(together, known)
        for place, one in zip(members, together, strict=True):
            drafts[place] = _draft(one, mapped, file, len(members))
    return [drafts[place] for place in range(len(outlines))]


def _map(together: Sequence[Outline], known: Known) -> dict[int, Column]:
    """Return the columns of tables of one layout, by their index in the sheet."""
    first = together[0]
    present = sorted({index for one in together for index in one.present})
    raw = [first.region.headers[index] if index < len(first.region.headers) else "" for index in present]
    pooled: dict[int, Sequence[str]] = {}
    for place, index in enumerate(present):
        if place >= _LOOKED_AT and not raw[place].strip():
            pooled[place] = ()
        elif len(together) == 1:
            pooled[place] = first.values.get(index, ())
        else:
            share = max(20, _POOLED // len(together))
            pooled[place] = [cell for one in together for cell in one.values.get(index, ())[:share]]
    secret = {
        place: why
        for place, header in enumerate(raw)
        if (why := why_withheld(header if first.headed else "", pooled[place])) is not None
    }
    shown = ["" if place in secret else header for place, header in enumerate(raw)]
    open_cells = {place: cells for place, cells in pooled.items() if place not in secret}
    mapped = map_columns(shown, open_cells, headed=first.headed, known=known, preset=find_preset(raw))
    columns = {}
    for place, (index, column) in enumerate(zip(present, mapped, strict=True)):
        named = replace(column, index=index, header=" ".join(raw[place].split()))
        if place in secret:
            reason = f"holds {secret[place]}: kept out of every report"
            named = replace(named, field=None, score=0.0, reason=reason, withheld=True)
        columns[index] = named
    return columns


def _draft(one: Outline, mapped: Mapping[int, Column], file: str, alike: int) -> Draft:
    columns = tuple(mapped[index] for index in one.present)
    for choice in one.choices:
        columns = choice.apply(columns, file, one.sheet.name)
    counters = frozenset(index for index, cells in one.values.items() if counts_rows(cells))
    fields = {column.index: column.field for column in columns if column.field is not None}
    shape = Shape(
        headers={column.index: column.header for column in columns if column.header} if one.headed else {},
        fields=fields,
        counters=counters - frozenset(fields),
        width=len(one.values),
    )
    preset = find_preset(one.region.headers) if one.headed else None
    manner = Manner(ascii=one.sheet.ascii, flat=one.sheet.flat)
    return Draft(columns, shape, manner, alike, preset.id if preset is not None else None)
