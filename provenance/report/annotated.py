"""The sheet for people: the rows as they came in with the verdict columns beside them; csv and workbook share it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provenance.inventory.table import Role, Table, column_letter
from provenance.policy.audit import Audit
from provenance.records import dataclass
from provenance.report.formulas import neutral, neutral_column, running_columns
from provenance.report.texts import as_texts
from provenance.report.words import REJECTION_WORDS, SYNTHETIC

if TYPE_CHECKING:
    import polars as pl

REJECTED = "rejected"
"""Stands in the verdict column of a row that is no machine."""

QUOTED = ',"\r\n'
"""A cell of a csv file that holds one of these stands in quotes."""

_RAW = re.compile(r"^c(\d+)$")
_VERDICT_COLUMNS = ("verdict", "reason", "rule", "origin", "evidence", "flags", "case")
_MACHINE_COLUMNS = (
    "cell",
    "maker",
    "model",
    "serial",
    "mac",
    "quantity",
    "declared_origin",
    "site",
    "location",
    "batch",
    "order",
    "asset_tag",
)


@dataclass(frozen=True, slots=True)
class Annotated:
    """The rows of an audit as a sheet."""

    frame: pl.LazyFrame
    """In file order; column names are the headers; every String is safe in a spreadsheet."""
    own_columns: int
    """How many columns, from the left, are the inventory's own; 0 where several tables stand under each other."""
    unquoted: bool
    """Whether no cell of the inventory's own columns, nor their headers, needs quotes in a csv file."""
    quoting: bool
    """Whether a verdict column may hold a quote itself."""


def needs_quotes(text: str) -> bool:
    """Return whether a csv file has to put a text in quotes."""
    return not text or any(sign in text for sign in QUOTED)


def inventory_tables(audit: Audit) -> tuple[Table, ...]:
    """Return the inventory tables of all inputs in the order in which `Audit.scan_rows` counts them."""
    return tuple(table for file in audit.inputs for table in file.tables if table.role is Role.INVENTORY)


def annotated(audit: Audit) -> Annotated:
    """Return every row with its verdict, rejected rows too.

    One inventory table comes out under its own headers. Several have no headers in common, so their machines come
    out under the names of the fields, with file, sheet and row in front and the rejected rows at the end.
    """
    tables = inventory_tables(audit)
    return _one_table(audit, tables[0]) if len(tables) == 1 else _several_tables(audit)


def _one_table(audit: Audit, table: Table) -> Annotated:
    import polars as pl

    frame = audit.scan_rows(0)
    raw = sorted(
        (name for name in frame.collect_schema().names() if _RAW.match(name)), key=lambda name: int(name[1:])
    )
    titles = {f"c{column.index}": column.header for column in table.columns}
    headers = _distinct(
        [neutral(titles.get(name, "")) or f"column {column_letter(int(name[1:]))}" for name in raw]
    )
    running = running_columns(frame, [name for name in raw if int(name[1:]) not in table.plain])
    out = _with_rejected(audit, frame).select(
        *(
            (neutral_column(name) if name in running else pl.col(name)).alias(header)
            for name, header in zip(raw, headers, strict=True)
        ),
        *_prefixed(audit),
        pl.col("row").alias("provenance_row"),
        *_stamp(audit),
    )
    return Annotated(
        out,
        len(raw),
        unquoted=table.unquoted and not any(needs_quotes(header) for header in headers),
        quoting=not table.unquoted or _quoted_labels(frame),
    )


def _quoted_labels(frame: pl.LazyFrame) -> bool:
    """Whether a text of the enumerations among the columns holds a quote."""
    import polars as pl

    enums = (dtype for dtype in frame.collect_schema().dtypes() if isinstance(dtype, pl.Enum))
    return any(bool(dtype.categories.str.contains('"', literal=True).any()) for dtype in enums)


def _several_tables(audit: Audit) -> Annotated:
    import polars as pl

    rejected = pl.LazyFrame(
        {
            "file": [row.file for row in audit.rejected],
            "sheet": [row.sheet for row in audit.rejected],
            "row": [row.row for row in audit.rejected],
            "rejection": [row.rejection.value for row in audit.rejected],
            "evidence": [neutral(row.text) for row in audit.rejected],
        },
        schema={
            "file": pl.String,
            "sheet": pl.String,
            "row": pl.UInt32,
            "rejection": pl.String,
            "evidence": pl.String,
        },
    )
    rows = pl.concat([as_texts(audit.machines), rejected], how="diagonal")
    out = _with_rejected(audit, rows).select(
        neutral_column("file"),
        neutral_column("sheet"),
        "row",
        *(neutral_column(name) if name != "quantity" else pl.col(name) for name in _MACHINE_COLUMNS),
        *_prefixed(audit),
        *_stamp(audit),
    )
    return Annotated(out, 0, unquoted=False, quoting=True)


def _with_rejected(audit: Audit, frame: pl.LazyFrame) -> pl.LazyFrame:
    """Return the frame with words for the rows that are no machines."""
    import polars as pl

    if not audit.rejected:
        return frame
    words = {rejection.value: text for rejection, text in REJECTION_WORDS.items()}
    reason = pl.col("rejection").cast(pl.String)
    gone = pl.col("verdict").is_null()
    return frame.with_columns(
        pl.when(gone).then(pl.lit(REJECTED)).otherwise(pl.col("verdict").cast(pl.String)).alias("verdict"),
        pl.when(gone)
        .then(reason.replace_strict(words, default=reason, return_dtype=pl.String))
        .otherwise(pl.col("reason").cast(pl.String))
        .alias("reason"),
    )


def _prefixed(audit: Audit) -> list[pl.Expr]:
    """The verdict columns under their names. They begin with words of ours, so that none of them can run."""
    import polars as pl

    # Who gives no waiver and no baseline has no column for them.
    more = (("waiver", bool(audit.waivers)), ("change", audit.comparison is not None))
    names = (*_VERDICT_COLUMNS, *(name for name, given in more if given))
    return [pl.col(name).alias(f"provenance_{name}") for name in names]


def _stamp(audit: Audit) -> list[pl.Expr]:
    import polars as pl

    return [pl.lit(SYNTHETIC.split(" ", 1)[0]).alias("provenance_stamp")] if audit.synthetic else []


def _distinct(headers: list[str]) -> list[str]:
    """Return the headers with a number behind each one that stands before already."""
    seen: set[str] = set()
    out = []
    for header in headers:
        name, count = header, 2
        while name in seen or name.startswith("provenance_"):
            name, count = f"{header} ({count})", count + 1
            if name not in seen:
                break
        seen.add(name)
        out.append(name)
    return out
