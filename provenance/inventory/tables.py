"""From sheets of text to tables: where each stands, what its columns mean, which rows are machines."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from provenance.inventory.cleaning import Manner
from provenance.inventory.drafts import Draft, Outline, draft_tables, outline
from provenance.inventory.fills import find_fills
from provenance.inventory.grid import Sheet
from provenance.inventory.known import BY_WORDS, Known
from provenance.inventory.locate import Region
from provenance.inventory.merges import merged_quantities, read_merges
from provenance.inventory.mojibake import find_mojibake
from provenance.inventory.profile import Profile, profile_rows
from provenance.inventory.regions import find_regions, late_regions, part_of, reach, regions_from
from provenance.inventory.rejection import KEYS, Shape
from provenance.inventory.roles import propose_role, why_idle
from provenance.inventory.scanning import Fill, Repairs, scan_of, with_rejection
from provenance.inventory.serial_lists import Listed, find_lists
from provenance.inventory.summaries import NO_KEYS, without_summaries
from provenance.inventory.table import Column, Field, Rejected, Rejection, Role, Table
from provenance.inventory.vocabulary import fold

if TYPE_CHECKING:
    # The schema of a columns file is loaded only where one is given.
    from provenance.inventory.columnsfile import ColumnsFile, TableChoice

if TYPE_CHECKING:
    import polars as pl

_CUT = 200


def read_tables(
    sheets: Sequence[Sheet], file: str, columns: ColumnsFile | None = None, known: Known = BY_WORDS
) -> tuple[Table, ...]:
    """Find the tables of a file and read their columns, those of one layout together.

    Args:
        sheets: Its sheets as text.
        file: Its name, for messages.
        columns: What the user says about its tables.
        known: Who knows the names of makers and products.

    Raises:
        InventoryError: A columns file names a column that is not there.
    """
    chosen = [columns.choose(file, sheet.name) if columns is not None else () for sheet in sheets]
    placed = [_placed(sheet, choices) for sheet, choices in zip(sheets, chosen, strict=True)]
    read = _read_placed(placed, chosen, file, known)
    later = {}
    for place, (sheet, regions) in enumerate(placed):
        blank = [row for _, rows in read[place] for row in rows]
        if blank and not any(choice.header_row is not None for choice in chosen[place]):
            found = late_regions(sheet, regions, blank)
            if found is not None:
                later[place] = found
    if later:
        placed = [later.get(place, one) for place, one in enumerate(placed)]
        read = _read_placed(placed, chosen, file, known)
    return without_summaries([table for tables in read for table, _ in tables])


def _placed(sheet: Sheet, choices: tuple[TableChoice, ...]) -> tuple[Sheet, tuple[Region, ...]]:
    """Return a sheet with where its tables stand."""
    given = sorted({choice.header_row for choice in choices if choice.header_row is not None})
    if given and sheet.keys is None:
        starts = [row - 1 for row in given]
        reaching = reach(sheet, starts)
        return reaching, regions_from(reaching, starts)
    return sheet, find_regions(sheet)


def _read_placed(
    placed: Sequence[tuple[Sheet, tuple[Region, ...]]],
    chosen: Sequence[tuple[TableChoice, ...]],
    file: str,
    known: Known,
) -> list[list[tuple[Table, tuple[int, ...]]]]:
    """Return the tables of each sheet, each with its blank rows."""
    outlines = [
        [_outline(sheet, region, choices) for region in regions]
        for (sheet, regions), choices in zip(placed, chosen, strict=True)
    ]
    drafts = iter(draft_tables([one for group in outlines for one in group], file, known))
    return [
        [_read_table(one, next(drafts), file) for one in group] or [(_nothing(sheet, file), ())]
        for (sheet, _), group in zip(placed, outlines, strict=True)
    ]


def _outline(sheet: Sheet, region: Region, choices: tuple[TableChoice, ...]) -> Outline:
    one = outline(part_of(sheet, region), region)
    left = one.present[0] if one.present else None
    return replace(
        one,
        choices=tuple(
            choice
            for choice in choices
            if choice.header_row in {None, region.header_row} and choice.first_column in {None, left}
        )[:1],
    )


def rejected_rows(table: Table) -> Iterator[Rejected]:
    """Yield the rows of a table that are no machine, in file order, with their text."""
    import polars as pl

    names = [f"c{column.index}" for column in table.columns]
    if not names:
        return
    frame = (
        table.scan().filter(pl.col("rejection").is_not_null()).select("row", "rejection", *names).collect()
    )
    for row, rejection, *cells in frame.iter_rows():
        text = " | ".join(" ".join(cell.split()) for cell in cells if cell and cell.strip())
        yield Rejected(table.file, table.sheet, row, Rejection(rejection), text[:_CUT])


def _nothing(sheet: Sheet, file: str) -> Table:
    def scan() -> pl.LazyFrame:
        return with_rejection(sheet.rows(1), {}).select("row", "line", "rejection")

    oddities = (*sheet.oddities, "holds no cells")
    return Table(file, sheet.name, sheet.hidden, Role.IGNORED, None, 1, 0, (), oddities, sheet.plain, scan)


def _read_table(one: Outline, draft: Draft, file: str) -> tuple[Table, tuple[int, ...]]:
    sheet, region, columns = one.sheet, one.region, draft.columns
    profile = profile_rows(sheet, region.first_row, one.present, draft.shape, draft.manner)
    proposed = propose_role(columns, region, sheet.name, profile.last_row)
    given = next((choice.role for choice in one.choices if choice.role is not None), None)
    role = given if given is not None else proposed
    rejected = {row for numbers in profile.rejected.values() for row in numbers}
    merges = read_merges(sheet, region.first_row, columns)
    fills = find_fills(columns, one.values, region.first_row, rejected)
    listed = find_lists(
        sheet, region.first_row, profile.last_row, draft.shape, profile.manner, sorted(rejected)
    )
    mended = find_mojibake(sheet, region.first_row, columns, one.values)
    oddities = [
        *sheet.oddities,
        *_layout_oddities(one, draft),
        *profile.oddities,
        *_row_oddities(one, columns, profile, fills, listed),
        *(
            f"texts that were decoded wrongly are mended: {wrong!r} is {right!r}"
            for wrong, right in _first(mended)
        ),
    ]
    idle = why_idle(role, proposed)
    if idle:
        oddities.append(f"not audited: {idle}")
    elif not any(column.field in KEYS for column in columns):
        oddities.append(NO_KEYS)
    if listed is not None and not listed.serials:
        listed = None
    table = Table(
        file=file,
        sheet=sheet.name,
        hidden=sheet.hidden,
        role=role,
        header_row=region.header_row,
        first_row=region.first_row,
        last_row=profile.last_row,
        columns=columns,
        oddities=tuple(oddities),
        plain=sheet.plain - {column.index for column in columns if column.withheld},
        scan=scan_of(sheet, region.first_row, columns, profile, Repairs(merges, fills, mended, listed)),
        unquoted=sheet.unquoted,
        said=given,
        idle=idle,
        added=listed.added if listed is not None else 0,
        preset=draft.preset,
        alike=draft.alike,
        mac_mark=_mac_mark(profile.manner, draft.shape, merges),
    )
    return table, profile.rejected.get(Rejection.BLANK, ())


def _mac_mark(manner: Manner, shape: Shape, merges: Collection[int]) -> str | None:
    column = next((index for index, field in shape.fields.items() if field is Field.MAC), None)
    return manner.separators if manner.valid_macs and column is not None and column not in merges else None


def _layout_oddities(one: Outline, draft: Draft) -> Iterator[str]:
    if not one.headed:
        yield "no header row was found: the content decided what the columns are"
    if draft.alike > 1:
        yield f"{draft.alike} tables of this file have this layout: their columns were read as one"
    if one.region.passed:
        yield (
            f"rows above the header hold cells that are in no table: {', '.join(map(str, one.region.passed[:5]))}"
            + (" and more" if len(one.region.passed) > 5 else "")
        )
    seen: dict[str, list[str]] = {}
    for column in draft.columns:
        if column.header:
            seen.setdefault(fold(column.header), []).append(column.letter)
    for header, letters in seen.items():
        if len(letters) > 1 and header:
            yield f"the header {header!r} stands over columns {', '.join(letters)}"
    for column in draft.columns:
        if column.withheld:
            yield f"column {column.letter} ({column.header!r}): {column.reason}"
        elif "neither was taken" in column.reason:
            yield f"column {column.letter} ({column.header!r}) {column.reason}"
        elif column.field is None and column.reason == "counts the rows" and "serial" in fold(column.header):
            yield f"column {column.letter} ({column.header!r}) counts the rows and was not taken for serial numbers"


def _row_oddities(
    one: Outline,
    columns: Sequence[Column],
    profile: Profile,
    fills: Mapping[int, Fill],
    listed: Listed | None,
) -> Iterator[str]:
    shared = merged_quantities(one.sheet, one.region.first_row, columns)
    if shared:
        yield f"one quantity stands for several rows ({', '.join(shared[:5])}): only the first row has it"
    odd = len(profile.rejected.get(Rejection.QUANTITY, ()))
    if odd * 2 > profile.last_row - one.region.first_row + 1:
        yield f"{odd} quantities are no whole numbers above zero: the column may hold weights or areas"
    for column in columns:
        if column.index in fills:
            yield f"column {column.letter} ({column.header!r}) is filled down: {fills[column.index]}"
    if listed is not None and listed.serials:
        yield (
            f"{len(listed.serials)} cells list several serial numbers, as many as the quantity beside them: "
            f"{listed.added + len(listed.serials)} machines were read from them"
        )
    if listed is not None and listed.open:
        yield f"{listed.open} cells list several serial numbers, but not as many as the quantity beside them"


def _first(mended: Mapping[int, Mapping[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield one example per table."""
    yield from islice((pair for texts in mended.values() for pair in texts.items()), 1)
