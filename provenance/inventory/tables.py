"""From a sheet of text to a table: where it stands, what its columns mean, which rows are machines."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from provenance.inventory.cleaning import Manner, field_of
from provenance.inventory.coded import from_texts
from provenance.inventory.columns import map_columns
from provenance.inventory.columnsfile import TableChoice
from provenance.inventory.content import counts_rows
from provenance.inventory.grid import Sheet
from provenance.inventory.known import BY_WORDS, Known
from provenance.inventory.locate import Region, find_regions, region_at
from provenance.inventory.merges import merged_quantities, read_merges, with_merges
from provenance.inventory.profile import Profile, profile_rows
from provenance.inventory.rejection import KEYS, Shape
from provenance.inventory.table import Column, Field, Rejected, Rejection, Role, Table
from provenance.inventory.vocabulary import fold

if TYPE_CHECKING:
    import polars as pl

_NAMING = frozenset(
    {
        Field.SERIAL,
        Field.MODEL,
        Field.MAC,
        Field.MAKER,
        Field.IP,
        Field.HOSTNAME,
        Field.ASSET_TAG,
        Field.DECLARED_ORIGIN,
    }
)
"""A table with one of these columns may list machines."""
_SURE = 0.78
"""A column that alone makes its table an inventory."""
_JOIN_FROM = 2000
"""Rejected rows from which a join is quicker than a list of their numbers."""
_CUT = 200


def read_tables(
    sheet: Sheet, file: str, choice: TableChoice | None = None, known: Known = BY_WORDS
) -> tuple[Table, ...]:
    """Find the tables of a sheet and read their columns.

    Args:
        sheet: The sheet as text.
        file: The name of the file, for messages.
        choice: What a columns file says about the sheet, if anything.
        known: Who knows the names of makers and products.
    """
    if choice is not None and choice.header_row is not None and sheet.keys is None:
        regions: tuple[Region, ...] = (region_at(sheet, choice.header_row),)
    else:
        regions = find_regions(sheet)
    if not regions:
        return (_nothing(sheet, file),)
    return tuple(_read_table(sheet, region, file, choice, known) for region in regions)


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
        return _with_rejection(sheet.rows(1), {}).select("row", "line", "rejection")

    oddities = (*sheet.oddities, "holds no cells")
    return Table(file, sheet.name, sheet.hidden, Role.IGNORED, None, 1, 0, (), oddities, sheet.plain, scan)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A table before its rows were looked over."""

    columns: tuple[Column, ...]
    used: tuple[int, ...]
    shape: Shape
    manner: Manner


def _read_table(sheet: Sheet, region: Region, file: str, choice: TableChoice | None, known: Known) -> Table:
    draft = _draft(sheet, region, choice, file, known)
    profile = profile_rows(sheet, region.first_row, draft.used, draft.shape, draft.manner)
    columns = draft.columns
    role = choice.role if choice is not None and choice.role is not None else _role(columns, region, profile)
    oddities = [*sheet.oddities, *_oddities(region, draft, sheet), *profile.oddities]
    shared = merged_quantities(sheet, region.first_row, columns)
    if shared:
        oddities.append(
            f"one quantity stands for several rows ({', '.join(shared[:5])}): only the first row has it"
        )
    odd = len(profile.rejected.get(Rejection.QUANTITY, ()))
    if odd * 2 > profile.last_row - region.first_row + 1:
        oddities.append(
            f"{odd} quantities are no whole numbers above zero: the column may hold weights or areas"
        )
    if role is Role.INVENTORY and not any(column.field in KEYS for column in columns):
        oddities.append("no column was taken for serial numbers or MAC addresses")
    merges = read_merges(sheet, region.first_row, columns)
    if role is Role.IGNORED and (choice is None or choice.role is None):
        oddities.append("nothing in it names machines: not audited")
    return Table(
        file=file,
        sheet=sheet.name,
        hidden=sheet.hidden,
        role=role,
        header_row=region.header_row,
        first_row=region.first_row,
        last_row=profile.last_row,
        columns=columns,
        oddities=tuple(oddities),
        plain=sheet.plain,
        scan=_scan(sheet, region.first_row, columns, profile, merges),
        unquoted=sheet.unquoted,
        mac_mark=_mac_mark(profile.manner, draft.shape, merges),
    )


def _mac_mark(manner: Manner, shape: Shape, merges: Collection[int]) -> str | None:
    column = next((index for index, field in shape.fields.items() if field is Field.MAC), None)
    return manner.separators if manner.valid_macs and column is not None and column not in merges else None


def _draft(sheet: Sheet, region: Region, choice: TableChoice | None, file: str, known: Known) -> _Draft:
    body = sheet.head[region.first_row - 1 :]
    values: dict[int, list[str]] = {}
    for index in sheet.present:
        cells = [row[index] for row in body if index < len(row)]
        if cells:
            values[index] = cells
    present = [index for index in sheet.present if index < len(region.headers)]
    headers = [" ".join(region.headers[index].split()) for index in present]
    by_place = {place: values.get(index, []) for place, index in enumerate(present)}
    raw = [region.headers[index] for index in present]
    headed = region.header_row is not None or sheet.keys is not None
    mapped = map_columns(raw, by_place, headed=headed, known=known)
    columns = tuple(
        replace(column, index=present[place], header=headers[place]) for place, column in enumerate(mapped)
    )
    if choice is not None:
        columns = choice.apply(columns, file, sheet.name)
    counters = frozenset(index for index, cells in values.items() if counts_rows(cells))
    fields = {column.index: column.field for column in columns if column.field is not None}
    shape = Shape(
        headers={column.index: column.header for column in columns if column.header} if headed else {},
        fields=fields,
        counters=counters - frozenset(fields),
        width=sum(any(cell.strip() for cell in cells) for cells in values.values()),
    )
    manner = Manner(ascii=sheet.ascii, flat=sheet.flat)
    return _Draft(columns, tuple(present), shape, manner)


def _role(columns: Sequence[Column], region: Region, profile: Profile) -> Role:
    mapped = [column for column in columns if column.field is not None]
    naming = [column for column in mapped if column.field in _NAMING]
    if profile.last_row < region.first_row or not naming:
        return Role.IGNORED
    if len(mapped) >= 2 or any(column.score >= _SURE for column in naming):
        return Role.INVENTORY
    return Role.IGNORED


def _oddities(region: Region, draft: _Draft, sheet: Sheet) -> Iterator[str]:
    if region.header_row is None and sheet.keys is None:
        yield "no header row was found: the content decided what the columns are"
    seen: dict[str, list[str]] = {}
    for column in draft.columns:
        if column.header:
            seen.setdefault(fold(column.header), []).append(column.letter)
    for header, letters in seen.items():
        if len(letters) > 1 and header:
            yield f"the header {header!r} stands over columns {', '.join(letters)}"
    for column in draft.columns:
        if column.field is None and column.reason == "counts the rows" and "serial" in fold(column.header):
            yield f"column {column.letter} ({column.header!r}) counts the rows and was not taken for serial numbers"


_ALWAYS_STRING = frozenset({Field.SERIAL, Field.MAC})
"""Fields that no reader wants as categories."""


def _scan(
    sheet: Sheet,
    first_row: int,
    columns: Sequence[Column],
    profile: Profile,
    merges: Mapping[int, Mapping[int, str]],
) -> Callable[[], pl.LazyFrame]:
    def scan() -> pl.LazyFrame:
        import polars as pl

        read = sheet.coded_rows or sheet.rows
        rows = _with_rejection(read(first_row).filter(pl.col("row") <= profile.last_row), profile.rejected)
        cleaned = []
        for column in columns:
            if column.field is None:
                continue
            clean = partial(
                field_of, column.field, manner=profile.manner, days=profile.days.get(column.field)
            )
            raw, shared = pl.col(f"c{column.index}"), merges.get(column.index)
            texts = sheet.codes.get(column.index)
            if texts is None:
                value = clean(with_merges(raw, shared))
            elif shared or column.field in _ALWAYS_STRING:
                value = clean(with_merges(raw.cast(pl.String), shared))
            else:
                value = from_texts(raw, texts, clean)
            if column.field is Field.QUANTITY:
                value = pl.when(pl.col("rejection").is_null()).then(value)
            cleaned.append(value.alias(column.field.value))
        return rows.select("row", "line", "rejection", *cleaned, *[f"c{column.index}" for column in columns])

    return scan


def _with_rejection(rows: pl.LazyFrame, rejected: Mapping[Rejection, Sequence[int]]) -> pl.LazyFrame:
    """Add why each row is no machine; the rows were found once, so no cell is read again for it."""
    import polars as pl

    if sum(map(len, rejected.values())) < _JOIN_FROM:
        reason = pl.lit(None, dtype=pl.String)
        for kind, numbers in rejected.items():
            among = pl.col("row").is_in(pl.Series(numbers, dtype=pl.UInt32).implode())
            reason = pl.when(among).then(pl.lit(kind.value)).otherwise(reason)
        return rows.with_columns(reason.alias("rejection"))
    listed = [
        pl.DataFrame(
            {"row": pl.Series(numbers, dtype=pl.UInt32), "rejection": [kind.value] * len(numbers)},
            schema={"row": pl.UInt32, "rejection": pl.String},
        )
        for kind, numbers in rejected.items()
    ]
    return rows.join(pl.concat(listed).lazy(), on="row", how="left", maintain_order="left")
