"""The rows of a table as a lazy frame: raw cells, cleaned fields, and why a row is no machine."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from provenance.inventory.cleaning import field_of
from provenance.inventory.coded import from_texts
from provenance.inventory.grid import Sheet
from provenance.inventory.merges import with_merges
from provenance.inventory.profile import Profile
from provenance.inventory.serial_lists import Listed
from provenance.inventory.table import Column, Field, Rejection
from provenance.records import dataclass

if TYPE_CHECKING:
    import polars as pl

WITHHELD = "(withheld)"
"""What stands in a report for a password, a credential or a contact."""
DITTO = (
    '"',
    "''",
    "〃",
    "”",
    "″",
    '-"-',
    '- " -',
    "ditto",
    "do.",
    "same as above",
    "同上",
    "то же",
    "dto.",
    "idem",
    "nt",
)
"""What people write for "as above"."""
_ALWAYS_STRING = frozenset({Field.SERIAL, Field.MAC})
"""Fields that no reader wants as categories."""
_JOIN_FROM = 2000
"""Rejected rows from which a join is quicker than a list of their numbers."""


class Fill(StrEnum):
    """Why a column says a thing once for several rows."""

    BLOCK = "once per block"
    """A blank cell says what stands above it."""
    DITTO = "ditto marks"
    """A mark says what stands above it, and a blank cell says nothing."""


@dataclass(frozen=True, slots=True)
class Repairs:
    """What the cells of a table say beyond their own text."""

    merges: Mapping[int, Mapping[int, str]] = field(default_factory=dict)
    """By column, the text of each row that a merged cell covers."""
    fills: Mapping[int, Fill] = field(default_factory=dict)
    """Columns that are written once per block, or with ditto marks."""
    mended: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    """By column, texts that were decoded wrongly before they came here, with what they said."""
    listed: Listed | None = None
    """Cells with several serial numbers."""


def scan_of(
    sheet: Sheet, first_row: int, columns: Sequence[Column], profile: Profile, repairs: Repairs
) -> Callable[[], pl.LazyFrame]:
    """Return what `Table.scan` is.

    Args:
        sheet: What belongs to the table.
        first_row: The first row below the header.
        columns: Its columns.
        profile: What all its rows show.
        repairs: What its cells say beyond their own text.
    """

    def scan() -> pl.LazyFrame:
        import polars as pl

        read = sheet.coded_rows or sheet.rows
        rows = with_rejection(read(first_row).filter(pl.col("row") <= profile.last_row), profile.rejected)
        if repairs.listed is not None:
            rows = rows.join(repairs.listed.frame().lazy(), on="row", how="left", maintain_order="left_right")
        cleaned = [
            _value(column, sheet, profile, repairs).alias(column.field.value)
            for column in columns
            if column.field is not None
        ]
        raw = [_raw(column) for column in columns]
        return rows.select("row", "line", "rejection", *cleaned, *raw)

    return scan


def _raw(column: Column) -> pl.Expr:
    import polars as pl

    cell = pl.col(f"c{column.index}")
    if not column.withheld:
        return cell
    return pl.when(cell.is_not_null()).then(pl.lit(WITHHELD)).alias(f"c{column.index}")


def _value(column: Column, sheet: Sheet, profile: Profile, repairs: Repairs) -> pl.Expr:
    """Return the cleaned value of a mapped column."""
    import polars as pl

    meant = column.field
    assert meant is not None  # noqa: S101 - mapped columns are asked for
    clean = partial(field_of, meant, manner=profile.manner, days=profile.days.get(meant))
    raw, shared = pl.col(f"c{column.index}"), repairs.merges.get(column.index)
    texts = sheet.codes.get(column.index)
    mended = repairs.mended.get(column.index)
    if mended:
        raw = raw.cast(pl.String).replace(list(mended), list(mended.values()))
        texts = None
    fill = repairs.fills.get(column.index)
    if fill is not None:
        value = clean(_filled_down(with_merges(raw.cast(pl.String), shared), fill))
    elif texts is None:
        value = clean(with_merges(raw, shared))
    elif shared or meant in _ALWAYS_STRING or repairs.listed is not None:
        value = clean(with_merges(raw.cast(pl.String), shared))
    else:
        value = from_texts(raw, texts, clean)
    if repairs.listed is not None and meant is Field.SERIAL:
        value = pl.coalesce(pl.col("_listed"), value)
    if meant is Field.QUANTITY:
        if repairs.listed is not None:
            value = pl.when(pl.col("_listed").is_not_null()).then(pl.lit(1, dtype=pl.Int64)).otherwise(value)
        value = pl.when(pl.col("rejection").is_null()).then(value)
    return value


def _filled_down(raw: pl.Expr, fill: Fill) -> pl.Expr:
    """Return a column with its last text repeated over what stands for it below, up to a row that is no machine."""
    import polars as pl

    text = raw.str.strip_chars().fill_null("")
    blank = pl.lit("") if fill is Fill.DITTO else pl.lit(None, dtype=pl.String)
    said = pl.when(text == "").then(blank).when(~text.str.to_lowercase().is_in(list(DITTO))).then(raw)
    filled = pl.when(pl.col("rejection").is_not_null()).then(pl.lit("")).otherwise(said).forward_fill()
    return pl.when(filled != "").then(filled)


def with_rejection(rows: pl.LazyFrame, rejected: Mapping[Rejection, Sequence[int]]) -> pl.LazyFrame:
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
