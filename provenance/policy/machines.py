"""Machines as columns: the rows of the inventories, streamed again beside the verdict of their case."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy

import polars as pl

from provenance.evidence import Grade
from provenance.inventory.table import Field, Table
from provenance.origin.hashrate import header_unit
from provenance.origin.register_lines import RegisterLines
from provenance.origin.scan import Scan
from provenance.policy.audit import Case
from provenance.policy.citations import cite_sets
from provenance.policy.explain import GRADE_PHRASES, origin_words, phrase, waiver_words
from provenance.policy.listings import NAME as LISTINGS
from provenance.policy.listings import listing_texts

SHOWN = (
    Field.SERIAL, Field.MAKER, Field.MODEL, Field.MAC, Field.SITE, Field.LOCATION, Field.BATCH, Field.ORDER,
    Field.ASSET_TAG, Field.HASHRATE, Field.DECLARED_ORIGIN,
)  # fmt: skip
"""The fields that stand beside a machine in every report. No address, credential or contact is among them."""

COLUMNS = (
    "file", "sheet", "row", "line", "cell", *(field.value for field in SHOWN), "quantity", "counted", "case",
    "verdict", "reason", "rule", "origin", "evidence", "flags", "waiver", "change",
)  # fmt: skip
"""The columns of `Audit.machines`, in order."""


_CITING = ("_documents", "_serial_code")
"""The columns that quote evidence other than the inventory's own."""


class Machines:
    """Streams the rows of the inventories with the verdicts of their cases."""

    def __init__(
        self, tables: Sequence[Table], scan: Scan, cases: Sequence[Case], lines: RegisterLines
    ) -> None:
        """Prepare the columns that are the same for every output.

        Args:
            tables: The inventory tables that were scanned, in order.
            scan: What was scanned.
            cases: One per set of facts, in the order of `scan.facts`.
            lines: The evidence register.
        """
        self._tables = tables
        self._starts = scan.starts
        listings = listing_texts(tables, scan)
        self._verdicts = _verdict_columns(scan, cases, lines).with_columns(listings)
        self._listed = listings.null_count() < len(listings)
        self._cited = [name for name in _CITING if self._verdicts[name].null_count() < self._verdicts.height]

    def with_changes(self, changes: pl.Series) -> Machines:
        """Return the machines with what changed since a baseline.

        Args:
            changes: One text per row that is no rejected one, in order.
        """
        live = self._verdicts["case"].is_not_null().arg_true()
        if len(live) < self._verdicts.height:
            none = pl.Series([None], dtype=changes.dtype).new_from_index(0, self._verdicts.height)
            changes = none.scatter(live, changes)
        beside = copy(self)
        beside._verdicts = self._verdicts.with_columns(change=changes)  # noqa: SLF001 - a copy of our own
        return beside

    def rows(self, index: int) -> pl.LazyFrame:
        """Return every row of one table, rejected ones too, with the raw columns and the machine columns.

        Args:
            index: The position of the table among the inventory tables.
        """
        table = self._tables[index]
        start, stop = self._starts[index], self._starts[index + 1]
        beside = self._verdicts.slice(start, stop - start).lazy()
        return pl.concat([table.scan(), beside], how="horizontal").with_columns(
            _cell(table),
            _evidence(table, self._cited, listed=self._listed),
            file=pl.lit(table.file),
            sheet=pl.lit(table.sheet, dtype=pl.String),
            **_hashrate(table),
        )

    def machines(self) -> pl.LazyFrame:
        """Return the machines of all tables, without the rejected rows; see `Audit.machines`."""
        if not self._tables:
            numbers = {"row": pl.UInt32, "line": pl.UInt32, "quantity": pl.Int64, "counted": pl.Int64}
            return pl.LazyFrame(schema={name: numbers.get(name, pl.String) for name in COLUMNS})
        tables = [self.rows(index) for index in range(len(self._tables))]
        schemas = [lazy.collect_schema() for lazy in tables]
        return pl.concat(
            lazy.filter(pl.col("rejection").is_null()).select(
                _alike(name, schema, schemas) for name in COLUMNS
            )
            for lazy, schema in zip(tables, schemas, strict=True)
        )


def _alike(name: str, schema: pl.Schema, schemas: Sequence[pl.Schema]) -> pl.Expr:
    """Return a column of one table in the type that it has in all: what one file repeats is text in another."""
    if name == "quantity":
        return pl.col(name) if name in schema else pl.lit(1, dtype=pl.Int64).alias(name)
    types = {found[name] for found in schemas if name in found}
    dtype = types.pop() if len(types) == 1 else pl.String()
    if name not in schema:
        return pl.lit(None, dtype=dtype).alias(name)
    return pl.col(name) if schema[name] == dtype else pl.col(name).cast(dtype)


def _verdict_columns(scan: Scan, cases: Sequence[Case], lines: RegisterLines) -> pl.DataFrame:
    rows = scan.rows
    case = rows["case"]

    def of_case(name: str, text: Callable[[Case], str | None]) -> pl.Series:
        return _labelled(name, case, pl.Series([text(one) for one in cases], dtype=pl.String))

    return pl.DataFrame(
        [
            rows["counted"],
            of_case("case", lambda one: one.id),
            of_case("verdict", lambda one: one.verdict.value),
            of_case("reason", lambda one: one.reason.value),
            of_case("rule", lambda one: one.worst.rule.id),
            of_case("origin", lambda one: origin_words(one.worst.atoms) if one.worst.atoms else None),
            of_case("flags", lambda one: "; ".join(one.facts.flags) or None),
            of_case("waiver", _waiver),
            of_case("_serial_code", _serial_code),
            _labelled(
                "_documents",
                rows["documents"],
                cite_sets(lines, scan.matches),
            ),
        ]
    )


def _labelled(name: str, codes: pl.Series, labels: pl.Series) -> pl.Series:
    """Return texts for codes as an enumeration: one small integer per row, however long the texts."""
    texts = labels.drop_nulls().unique(maintain_order=True)
    if texts.is_empty():
        return pl.Series(name, [None], dtype=pl.String).new_from_index(0, len(codes))
    return labels.cast(pl.Enum(texts)).gather(codes).rename(name)


def _waiver(case: Case) -> str | None:
    found = [waiver_words(one.waived.waiver) for one in case.findings if one.waived is not None]
    return "; ".join(dict.fromkeys(found)) or None


def _serial_code(case: Case) -> str | None:
    found = [phrase(piece) for piece in case.facts.pieces if piece.grade is Grade.SERIAL_CODE]
    return "; ".join(found) or None


def _cell(table: Table) -> pl.Expr:
    """Return the cell that a reader looks up: of the serial, else of the model, else of its first column."""
    column = table.column(Field.SERIAL) or table.column(Field.MODEL)
    letter = (column or table.columns[0]).letter
    return pl.concat_str(pl.lit(letter), pl.col("row")).alias("cell")


def _hashrate(table: Table) -> dict[str, pl.Expr]:
    """Return the hashrate with the unit of its header where the cell has none."""
    column = table.column(Field.HASHRATE)
    prefix, kind = header_unit(column.header) if column is not None else ("", "")
    if kind != "h":
        return {}
    text = pl.col("hashrate").cast(pl.String)
    bare = text.str.contains(r"^[0-9][0-9.,]*$")
    return {
        "hashrate": pl.when(bare).then(pl.concat_str(text, pl.lit(f" {prefix.upper()}H/s"))).otherwise(text)
    }


def _evidence(table: Table, cited: Sequence[str], *, listed: bool) -> pl.Expr:
    """Return the evidence of each machine in words; null where there is none."""
    parts = [pl.col(name).cast(pl.String) for name in cited]
    column = table.column(Field.DECLARED_ORIGIN)
    own = pl.lit(None, dtype=pl.String)
    if column is not None:
        grade = GRADE_PHRASES[column.grade or Grade.DECLARED]
        declared = pl.col("declared_origin").cast(pl.String)
        own = pl.concat_str(pl.lit(column.letter), pl.col("row"), pl.lit(f": {grade}, "), declared)
    if listed:
        # What every listing of the unit says, this row's own among it.
        parts.append(pl.coalesce(LISTINGS, own))
    elif column is not None:
        parts.append(own)
    if len(parts) == 1:
        return parts[0].alias("evidence")
    if not parts:
        return pl.lit(None, dtype=pl.String).alias("evidence")
    joined = pl.concat_str(parts, separator="; ", ignore_nulls=True)
    return pl.when(joined != "").then(joined).alias("evidence")
