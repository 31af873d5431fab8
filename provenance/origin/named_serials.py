"""The serials that a line of a register names: listed in a cell, as a range, or in a packing list beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from provenance.inventory.cleaning import Manner, serial_of
from provenance.inventory.reader import read_inventory
from provenance.inventory.table import Field, InputFile, Table, column_index
from provenance.origin.register import Flag, Question
from provenance.records import dataclass

_TAIL = re.compile(r"^(.*?)([0-9]+)$")
_MOST_IN_A_RANGE = 1_000_000
_WHOLE = re.compile(r"^(?=.*[0-9]).{6,}$")
"""What can be a serial by itself; a shorter part between blanks is taken for a part of one."""
_NOT_ASCII = r"[^\x00-\x7F]"
_PARTED = r"[;,\s]"
_COLUMN = re.compile(r"[A-Za-z]{1,3}")


class SerialsNotReadError(ValueError):
    """A cell of a register names serials in a way that cannot be used."""

    def __init__(self, column: str, what: str, do: str) -> None:
        """Say which column it is, what is wrong and what to do."""
        super().__init__(what)
        self.column = column
        self.what = what
        self.do = do


def listed_serials(cells: pl.Series) -> pl.DataFrame:
    """Return the serials listed in the cells of a column: `line` (UInt32, their position) and `serial`, repeats included.

    Semicolons, commas and line breaks part serials. Blanks alone do so only between texts that can each be a serial:
    `HTM 0001` is one serial with a blank, and a document must not be applied to a machine `0001`.
    """
    lines = pl.DataFrame({"line": pl.int_range(len(cells), dtype=pl.UInt32, eager=True), "text": cells})
    filled = lines.filter(pl.col("text") != "")
    parted = filled["text"].str.contains(_PARTED)
    several = [(line, part) for line, cell in filled.filter(parted).iter_rows() for part in _parts(cell)]
    texts = pl.concat([filled.filter(~parted), pl.DataFrame(several, schema=filled.schema, orient="row")])
    # All cells are cleaned at once: cleaning one costs as much as cleaning ten thousand.
    return texts.select("line", serial=_cleaned(texts["text"])).drop_nulls()


def _parts(cell: str) -> list[str]:
    parts = [part.strip() for part in re.split(r"[;,\n\r\t]+", cell)]
    if len(parts) == 1:
        words = parts[0].split()
        if all(_WHOLE.match(word) for word in words):
            parts = words
    return [part for part in parts if part]


def range_serials(first: str, last: str) -> tuple[list[str], tuple[Question, ...]]:
    """Expand a range with one prefix and a decimal tail, and ask where its ends make none.

    Args:
        first: The first serial, as the register writes it.
        last: The last one.

    Returns:
        The serials of the range, or its two ends alone where these make none; and what is to be asked.

    Raises:
        SerialsNotReadError: An end is missing, or nobody could have that many units.
    """
    ends = [_only(first), _only(last)]
    for column, end in zip(("serial_from", "serial_to"), ends, strict=True):
        if not end:
            raise SerialsNotReadError(
                column, "a range needs a serial number at each end", "fill both or none"
            )
    if ends[0] == ends[1]:
        return ends[:1], ()
    low, high = (_TAIL.match(end) for end in ends)
    if low is None or high is None or low[1] != high[1] or len(low[2]) != len(high[2]):
        what = f"the ends of the range {ends[0]} to {ends[1]} differ in shape or prefix: which numbers are meant?"
        return ends, (Question(Flag.RANGE, what),)
    count = int(high[2]) - int(low[2]) + 1
    if count < 1:
        what = f"the range {ends[0]} to {ends[1]} runs backwards: which numbers are meant?"
        return ends, (Question(Flag.RANGE, what),)
    if count > _MOST_IN_A_RANGE:
        raise SerialsNotReadError("serial_to", f"the range has {count} serials", "split it")
    return [f"{low[1]}{number:0{len(low[2])}d}" for number in range(int(low[2]), int(high[2]) + 1)], ()


def _only(text: str) -> str:
    return next(iter(normal_serials([text])), "")


@dataclass(frozen=True, slots=True)
class PackingLists:
    """The lists of serial numbers beside a register; each file is read once."""

    register: Path
    read: dict[str, InputFile]

    def serials(self, reference: str) -> list[str]:
        """Read the serials of a list: `file.xlsx!Sheet!C`, `file.csv!C`, or without the column.

        Raises:
            SerialsNotReadError: The reference leads to no column with serials.
            InventoryError: The list cannot be read.
        """
        name, _, rest = reference.partition("!")
        # Without a file's name it is a sheet of the register itself.
        name = name or self.register.name
        path = self.register.parent / name
        if Path(name).is_absolute() or ".." in Path(name).parts or not path.is_file():
            raise _not_there(f"{name!r} is not beside the register", "put it there or correct the name")
        if name not in self.read:
            self.read[name] = read_inventory(path)
        tables = self.read[name].tables
        sheet, letters = _place_in(rest, {table.sheet for table in tables if table.sheet is not None})
        return _serials_of(name, _table(name, tables, sheet), letters)


def _place_in(rest: str, sheets: set[str]) -> tuple[str | None, str | None]:
    """Return the sheet and the column that a reference names behind the file; a sheet's name goes before a column's."""
    if not rest:
        return None, None
    if rest.strip("'") in sheets:
        return rest.strip("'"), None
    sheet, _, letters = rest.rpartition("!")
    if not _COLUMN.fullmatch(letters):
        raise _not_there("is not of the form file.xlsx!Sheet!C", "name file, sheet and column")
    return (sheet.strip("'") or None), letters.upper()


def _serials_of(name: str, table: Table, letters: str | None) -> list[str]:
    rows = table.scan().filter(pl.col("rejection").is_null())
    if letters is None:
        if table.column(Field.SERIAL) is None:
            raise _not_there(f"{name!r} has no column that was taken for serial numbers", "name the column")
        found = rows.select(Field.SERIAL.value).collect().to_series().drop_nulls().to_list()
    else:
        column = f"c{column_index(letters)}"
        if column not in rows.collect_schema():
            raise _not_there(f"{name!r} has no column {letters} there", "correct the column")
        found = normal_serials(rows.select(pl.col(column).cast(pl.String)).collect().to_series().drop_nulls())
    if not found:
        where = f"column {letters}" if letters is not None else "its column of serial numbers"
        raise _not_there(f"{name!r} has no serial in {where}", "correct the column")
    return found


def _table(name: str, tables: Sequence[Table], sheet: str | None) -> Table:
    chosen = [table for table in tables if sheet in {None, table.sheet}]
    if not chosen:
        raise _not_there(f"{name!r} has no table on a sheet {sheet!r}", "correct the sheet's name")
    if len(chosen) > 1:
        shown = ", ".join(table.sheet or f"rows {table.first_row} to {table.last_row}" for table in chosen)
        do = "name the sheet of one" if sheet is None else "give each a sheet of its own"
        raise _not_there(f"{name!r} has several tables ({shown})", f"{do}, or list the serials")
    return chosen[0]


def _not_there(what: str, do: str) -> SerialsNotReadError:
    return SerialsNotReadError("covers_file", what, do)


def normal_serials(texts: Sequence[str] | pl.Series) -> list[str]:
    """Return serials as the inventory's own are written, without those that are placeholders."""
    frame = pl.DataFrame({"text": texts}, schema={"text": pl.String})
    return frame.select(_cleaned(frame["text"])).to_series().drop_nulls().to_list()


def _cleaned(texts: pl.Series) -> pl.Expr:
    """Return the column `text` as serials are written in inventories, as thoroughly as its texts need."""
    return serial_of(pl.col("text"), Manner(ascii=not texts.str.contains(_NOT_ASCII).any(), flat=False))


def asked_of_serials(
    found: Sequence[str], distinct: Sequence[str], quantity: int | None, *, ranged: bool
) -> Iterator[Question]:
    """Ask what the serials of a line leave open.

    Args:
        found: As named, repeats included.
        distinct: Each once.
        quantity: How many units the document claims; None where it does not say.
        ranged: Whether a range is among them.
    """
    if ranged and quantity is None:
        yield Question(Flag.RANGE, "the range comes without a quantity: does every number in it exist?")
    if len(distinct) < len(found):
        yield Question(Flag.REPEATED, "the document names a serial more than once: which unit is meant?")
    if wordy := [serial for serial in distinct if not any(map(str.isdigit, serial))]:
        yield Question(Flag.NO_DIGIT, f"{', '.join(wordy[:3])} has no digit: is it a serial number?")
    if quantity is not None and distinct and quantity != len(distinct):
        yield Question(
            Flag.RANGE if ranged else Flag.COUNT,
            f"the document claims {quantity} units and names {len(distinct)} serials: which is right?",
        )
