"""Totals that reconcile with the rows read, what documents did, and what a reader must be warned of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import overload

import polars as pl

from provenance.inventory.reader import UNREAD
from provenance.inventory.table import Field, InputFile, Rejected, Rejection, Table
from provenance.origin.mentions import Matches
from provenance.origin.paper_findings import questions_on
from provenance.origin.register import RegisterLine
from provenance.origin.register_lines import RegisterLines
from provenance.origin.scan import Scan
from provenance.policy.audit import Case, DocumentUse, Summary
from provenance.policy.counts import count_by
from provenance.policy.policy import Policy
from provenance.policy.verdict import Verdict
from provenance.records import dataclass


def summarize(scan: Scan, cases: Sequence[Case], inputs: Sequence[InputFile]) -> Summary:
    """Count lines and units by verdict and reason; lines and rejected rows add up to the rows read."""
    undetermined = [case for case in cases if case.verdict is Verdict.UNDETERMINED]
    present = sorted({case.reason for case in undetermined if case.lines}, key=lambda reason: reason.order)
    return Summary(
        rows_read=scan.rows.height,
        lines=sum(case.lines for case in cases),
        units=sum(case.units for case in cases),
        by_verdict=count_by(Verdict, ((case, case.verdict) for case in cases)),
        by_reason=count_by(present, ((case, case.reason) for case in undetermined if case.lines)),
        rejected=scan.rejected,
        also_listed=scan.rows.height - scan.rows["listed_at"].null_count(),
        complete=all(one.complete for one in inputs),
    )


@dataclass(frozen=True, slots=True)
class DocumentUses(Sequence[DocumentUse]):
    """What each document of a register did, made when somebody asks for it."""

    lines: RegisterLines
    matches: Matches
    seen: Sequence[str] = ()
    """Per line what the folder of documents holds of it; empty where nobody named one."""

    def __len__(self) -> int:
        """Return how many lines the register has."""
        return len(self.lines)

    @overload
    def __getitem__(self, index: int) -> DocumentUse: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[DocumentUse]: ...
    def __getitem__(self, index: int | slice) -> DocumentUse | Sequence[DocumentUse]:
        """Return what one line did."""
        if isinstance(index, slice):
            return tuple(self[at] for at in range(*index.indices(len(self))))
        at = range(len(self))[index]
        return self._use(at, self.lines[at])

    def __iter__(self) -> Iterator[DocumentUse]:
        """Make every one in turn."""
        for at, line in enumerate(self.lines):
            yield self._use(at, line)

    def _use(self, at: int, line: RegisterLine) -> DocumentUse:
        questions = questions_on(at, line, self.matches)
        asked = (question.text for question in questions)
        notes = (*line.remarks, *asked, *_coverage(at, line, self.matches))
        seen = self.seen[at] if self.seen else ""
        return DocumentUse(line, self.matches.named.units[at], "; ".join(notes), questions, seen)

    def order(self) -> list[int]:
        """Return the lines, those that speak of most units first, then by register and row."""
        if not self.lines:
            return []
        units = pl.Series("units", self.matches.named.units, dtype=pl.Int64)
        told = self.lines.frame.select("register", "row").with_columns(units)
        return (
            told.select(pl.arg_sort_by("units", "register", "row", descending=[True, False, False]))
            .to_series()
            .to_list()
        )

    def noted(self) -> frozenset[int]:
        """Return the lines of which anything is to be said."""
        if not self.lines:
            return frozenset()
        named = self.matches.named
        counts = self.lines.serial_counts()
        told = self.lines.frame.select("note").with_columns(
            serials=counts.cast(pl.Int64),
            units=pl.Series(named.units, dtype=pl.Int64),
            found=pl.Series(named.serials_found, dtype=pl.Int64),
            short=pl.Series(named.shortfalls, dtype=pl.String) != "",
        )
        off = (pl.col("serials") > 0) & (
            (pl.col("found") < pl.col("serials")) | (pl.col("units") > pl.col("found"))
        )
        odd = told.select((pl.col("note") != "") | (pl.col("units") == 0) | pl.col("short") | off).to_series()
        asked = (*self.matches.questions, *self.lines.remarks, *(at for at, _ in self.matches.bearing))
        return frozenset((*odd.arg_true(), *asked))


def _coverage(index: int, line: RegisterLine, matches: Matches) -> Iterator[str]:
    units, found = matches.named.units[index], matches.named.serials_found[index]
    if not units:
        yield "names no machine of these inventories"
        return
    if matches.named.shortfalls[index]:
        yield matches.named.shortfalls[index]
    if line.serials and found < len(line.serials):
        yield f"{found} of the {len(line.serials)} serials it names are in these inventories"
    if line.serials and units > found:
        yield f"the {found} serials found stand on {units} units: those that repeat are not cleared"


def warnings_of(
    policies: Sequence[Policy],
    inputs: Sequence[InputFile],
    tables: Sequence[Table],
    rejected: Sequence[Rejected],
    as_of: date,
) -> tuple[str, ...]:
    """Return what every report must say before anyone relies on it."""
    stale = {
        f"The list {info.id} was due for review on {info.review_by}; its members are as of {info.as_of}."
        for policy in policies
        for info in policy.lists
        if as_of >= info.review_by
    }
    unread = [
        f"{one.name} was {'not read' if one.format == UNREAD else 'read in part only'}: {'; '.join(one.oddities)}."
        for one in inputs
        if not one.complete
    ]
    blind = [
        f"{_place(table)}: no column was taken for a model, a maker or a serial number."
        for table in tables
        if not any(table.column(field) for field in (Field.MODEL, Field.MAKER, Field.SERIAL))
    ]
    uncounted = sum(row.rejection is Rejection.QUANTITY for row in rejected)
    unsure = [
        f"{uncounted} rows were rejected because their quantity is no whole number above zero; they are not audited."
    ]
    return (*sorted(stale), *unread, *blind, *(unsure if uncounted else ()))


def _place(table: Table) -> str:
    return f"{table.file}!{table.sheet}" if table.sheet else table.file
