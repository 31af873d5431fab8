"""Cells that hold several serial numbers: lists and ranges, each a machine where their number is the row's quantity."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from provenance.expressions import expression
from provenance.inventory.cleaning import Manner, serial_of, text_of
from provenance.inventory.grid import Sheet
from provenance.inventory.quantity import quantity_of
from provenance.inventory.rejection import Shape
from provenance.inventory.table import Field
from provenance.records import dataclass

if TYPE_CHECKING:
    import polars as pl

_BETWEEN = expression(r"\s*[,;，；、|\n\r/]+\s*")
"""What stands between the serial numbers of a list."""
_RANGE = expression(
    r"^([A-Za-z0-9\-_.]*?)([0-9]{1,12})\s*(?:-|–|—|~|～|\.\.+|…|\bto\b|\bthru\b|\bbis\b|至|到)\s*([A-Za-z0-9\-_.]*?)([0-9]{1,12})$"
)
_SERIAL = expression(r"^[A-Za-z0-9][A-Za-z0-9\-_.]{1,63}$")
_MOST = 100_000
"""Serial numbers that one cell may stand for."""
_ROWS = 200_000
"""Rows of a quantity above one that are looked at."""


@dataclass(frozen=True, slots=True)
class Listed:
    """The rows whose serial cell stands for several machines."""

    serials: tuple[tuple[int, tuple[str, ...]], ...]
    """Row and the serial number of each of its machines."""
    open: int = 0
    """Cells with several serial numbers whose count is not the row's quantity: left as one line."""

    @property
    def added(self) -> int:
        """How many machines there are beyond the rows."""
        return sum(len(serials) - 1 for _, serials in self.serials)

    def frame(self) -> pl.DataFrame:
        """Return one line per machine: `row` and `_listed`, its serial number."""
        import polars as pl

        return pl.DataFrame(
            {
                "row": pl.Series([row for row, serials in self.serials for _ in serials], dtype=pl.UInt32),
                "_listed": pl.Series(
                    [serial for _, serials in self.serials for serial in serials], dtype=pl.String
                ),
            }
        )


def split_serials(text: str) -> tuple[str, ...]:
    """Return the serial numbers that a cell lists, ranges spelled out; one alone, or none, when it is no list.

    Args:
        text: The cell, `A001, A002` or `A001-A120`.
    """
    found: list[str] = []
    for part in _BETWEEN.split(text.strip()):
        if not part:
            continue
        ends = _range(part)
        if ends is None and not _SERIAL.match(part):
            return ()
        found.extend(ends or [part])
        if len(found) > _MOST:
            return ()
    return tuple(found) if len(set(found)) == len(found) else ()


def _range(part: str) -> list[str] | None:
    match = _RANGE.match(part)
    if match is None:
        return None
    prefix, low, other, high = match.groups()
    if not other:
        # `A001-120` repeats nothing before the figures.
        other = prefix
        high = low[: len(low) - len(high)] + high if len(high) < len(low) else high
    if prefix.upper() != other.upper() or len(low) != len(high):
        return None
    first, last = int(low), int(high)
    if not first < last or last - first >= _MOST:
        return None
    return [f"{prefix}{number:0{len(low)}d}" for number in range(first, last + 1)]


def find_lists(
    sheet: Sheet, first_row: int, last_row: int, shape: Shape, manner: Manner, rejected: Sequence[int]
) -> Listed | None:
    """Return the rows of a table whose serial cell stands for as many machines as their quantity says.

    Args:
        sheet: What belongs to the table.
        first_row: The first row below the header.
        last_row: Its last row.
        shape: Headers and fields.
        manner: How it wants to be cleaned.
        rejected: Rows that are no machine.
    """
    import polars as pl

    fields = {field: index for index, field in shape.fields.items()}
    if Field.SERIAL not in fields or Field.QUANTITY not in fields:
        return None
    serial, quantity = (
        pl.col(f"c{fields[field]}").cast(pl.String) for field in (Field.SERIAL, Field.QUANTITY)
    )
    if _only_ones(sheet, fields[Field.QUANTITY], shape, manner):
        return None
    number = quantity_of(text_of(quantity, manner), plain=False)
    rows = (
        sheet.rows(first_row)
        .filter(
            pl.col("row") <= last_row,
            quantity != "1",
            serial.str.contains(r"[,;，；、|\n\r/~～…至到–—-]|\.\.|\w\s+\w"),
        )
        .head(_ROWS)
        .select("row", serial.alias("serial"), number.alias("quantity"))
        .filter(pl.col("quantity") > 1)
        .collect()
    )
    passed = frozenset(rejected)
    found: list[tuple[int, tuple[str, ...]]] = []
    left = 0
    for row, text, wanted in rows.iter_rows():
        serials = split_serials(text)
        if row in passed or len(serials) < 2:
            continue
        if len(serials) == wanted:
            found.append((row, serials))
        else:
            left += 1
    if not found and not left:
        return None
    return Listed(_cleaned(found, manner), left)


def _only_ones(sheet: Sheet, column: int, shape: Shape, manner: Manner) -> bool:
    """Whether the distinct texts of a quantity column, where they are at hand, leave no row with more than one machine."""
    import polars as pl

    texts = sheet.codes.get(column)
    if texts is None:
        return False
    body = texts.filter(texts != shape.headers.get(column, "")).alias("text").to_frame()
    numbers = body.select(quantity_of(text_of(pl.col("text"), manner), plain=False)).to_series()
    return not (numbers > 1).any()


def _cleaned(
    found: Sequence[tuple[int, tuple[str, ...]]], manner: Manner
) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """Return serial numbers as the reader cleans them; a list with one that is none stays out."""
    import polars as pl

    kept = []
    for row, serials in found:
        clean = pl.select(serial_of(pl.lit(pl.Series(serials)), manner)).to_series()
        if clean.null_count() == 0 and clean.n_unique() == len(clean):
            kept.append((row, tuple(clean.to_list())))
    return tuple(kept)
