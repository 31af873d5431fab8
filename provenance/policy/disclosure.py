"""The seller's disclosure schedule beside the verdicts: what was disclosed, what was not, what the inventory lacks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from provenance.errors import Fault, OriginError
from provenance.inventory.reader import read_inventory
from provenance.inventory.table import Field, Table
from provenance.origin.scan import Scan
from provenance.policy.audit import Case
from provenance.policy.verdict import Verdict
from provenance.records import dataclass


@dataclass(frozen=True, slots=True)
class DisclosureFile:
    """A disclosure schedule as it was read."""

    name: str
    sha256: str
    serials: tuple[str, ...]
    """Normalised, each once, sorted."""
    unnamed: int
    """Its rows without a serial number: they disclose no unit that could be told from others."""


@dataclass(frozen=True, slots=True)
class DisclosedUnit:
    """One line of the inventory that was disclosed, or should have been."""

    serial: str
    """Empty where the inventory gives none."""
    file: str
    sheet: str | None
    row: int
    units: int
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What a disclosure schedule says against what was found; it changes no verdict."""

    file: DisclosureFile
    disclosed: tuple[DisclosedUnit, ...]
    """Lines of the inventory that it names, with their verdicts."""
    undisclosed: tuple[DisclosedUnit, ...]
    """Non-conforming lines that it does not name."""
    lacking: tuple[str, ...]
    """Serial numbers that it names and the inventory lacks."""

    @property
    def disclosed_non_conforming(self) -> int:
        """Non-conforming units that were disclosed."""
        return sum(one.units for one in self.disclosed if one.verdict is Verdict.NON_CONFORMING)

    @property
    def disclosed_otherwise(self) -> int:
        """Units that were disclosed and are not non-conforming here."""
        return sum(one.units for one in self.disclosed if one.verdict is not Verdict.NON_CONFORMING)

    @property
    def undisclosed_units(self) -> int:
        """Non-conforming units that were not disclosed."""
        return sum(one.units for one in self.undisclosed)


def read_disclosed(path: Path, *, name: str | None = None) -> DisclosureFile:
    """Read a disclosure schedule: any file with a column of serial numbers.

    Raises:
        OriginError: No table has such a column.
        InventoryError: It cannot be read.
    """
    shown = name or path.name
    read = read_inventory(path, name=shown)
    tables = [table for table in read.tables if table.column(Field.SERIAL) is not None]
    if not tables:
        what = "has no column that was taken for serial numbers"
        raise OriginError(Fault(shown, what, "name the column Serial Number: a disclosure has to name units"))
    serials: set[str] = set()
    unnamed = 0
    for table in tables:
        found = (
            table.scan()
            .filter(pl.col("rejection").is_null())
            .select(Field.SERIAL.value)
            .collect()
            .to_series()
        )
        serials.update(found.drop_nulls().to_list())
        unnamed += found.null_count()
    return DisclosureFile(shown, read.sha256, tuple(sorted(serials)), unnamed)


def compare_disclosed(
    disclosed: DisclosureFile, tables: Sequence[Table], scan: Scan, cases: Sequence[Case]
) -> Disclosure:
    """Compare a disclosure schedule with the verdicts.

    Args:
        disclosed: What the seller disclosed.
        tables: The inventory tables that were scanned, in order.
        scan: What was scanned.
        cases: One per set of facts, in the order of `scan.facts`.
    """
    bad = [at for at, case in enumerate(cases) if case.verdict is Verdict.NON_CONFORMING]
    named = pl.Series(disclosed.serials, dtype=pl.String)
    units: list[tuple[bool, DisclosedUnit]] = []
    known: set[str] = set()
    for table, start, stop in zip(tables, scan.starts, scan.starts[1:], strict=False):
        rows = table.scan()
        has_serial = Field.SERIAL.value in rows.collect_schema().names()
        serial = pl.col(Field.SERIAL.value) if has_serial else pl.lit(None, dtype=pl.String).alias("serial")
        beside = scan.rows.select("counted", "case").slice(start, stop - start).lazy()
        found = (
            pl.concat([rows.select("row", serial), beside], how="horizontal")
            .with_columns(named=pl.col("serial").is_in(named.implode()).fill_null(value=False))
            .filter(pl.col("case").is_not_null() & (pl.col("named") | pl.col("case").is_in(bad)))
            .collect()
        )
        for row, number, counted, case, is_named in found.iter_rows():
            known |= {number} if is_named else set()
            if counted:
                place = (number or "", table.file, table.sheet, row, counted, cases[case].verdict)
                units.append((is_named, DisclosedUnit(*place)))
    return Disclosure(
        disclosed,
        tuple(unit for is_named, unit in units if is_named),
        tuple(unit for is_named, unit in units if not is_named),
        tuple(serial for serial in disclosed.serials if serial not in known),
    )
