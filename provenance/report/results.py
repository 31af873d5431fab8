"""The findings one by one, as gates in CI show them: one machine under one rule, worst first, with its place."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain, islice
from typing import Any

from provenance.plain import canonical_json
from provenance.policy.audit import Audit, Case, Finding
from provenance.policy.verdict import Verdict
from provenance.records import dataclass
from provenance.report.entries import case_title, place
from provenance.report.texts import as_texts
from provenance.report.words import counted, one_line, verdict_words

SHOWN = (Verdict.NON_CONFORMING, Verdict.UNDETERMINED, Verdict.WAIVED)
"""The verdicts that a gate lists, worst first; the others are nothing to act on."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a machine stands."""

    file: str
    """The input as reports name it."""
    sheet: str | None
    row: int
    """The record as a spreadsheet shows it, from 1."""
    line: int | None
    """The physical line, from 1; only in text files."""
    cell: str

    @property
    def words(self) -> str:
        """`fleet.xlsx:Sheet1!B17`, or `fleet.csv:B17` for files without sheets."""
        return place(self.file, self.sheet, self.cell)


@dataclass(frozen=True, slots=True)
class Result:
    """One machine under one rule that it does not plainly pass."""

    case: Case
    finding: Finding
    spot: Spot
    title: str
    """What the machine is: as identified, else as written."""
    serial: str | None
    units: int
    identity: str
    """What the machine is told by: the same in every run, wherever its row moves; 64 hexadecimal digits."""
    fingerprint: str
    """Rule and identity; the same in every run, never twice in a report."""
    synthetic: bool
    """Whether the data are made up: each message then says so, for readers show it alone."""

    @property
    def message(self) -> str:
        """What is found, why, and what would settle it, on one line."""
        finding = self.finding
        serial = f", serial number {one_line(self.serial)}" if self.serial else ""
        units = f" ({counted(self.units, 'unit')})" if self.units > 1 else ""
        settle = f" What would settle it: {one_line(finding.would_clear)}." if finding.would_clear else ""
        stamp = "SYNTHETIC " if self.synthetic else ""
        return (
            f"{stamp}{self.spot.words}: {self.title}{serial}{units} is {verdict_words(finding.verdict, finding.reason)}"
            f" under {finding.rule.id}. {one_line(finding.explanation)}{settle}"
        )


def totals(audit: Audit) -> dict[Verdict, int]:
    """Return how many results of each shown verdict there are: lines of machines times rules."""
    counts = dict.fromkeys(SHOWN, 0)
    for case in audit.cases:
        for finding in case.findings:
            if finding.verdict in counts:
                counts[finding.verdict] += case.lines
    return counts


def results(audit: Audit, limit: int | None = None, *, only: Verdict | None = None) -> Iterator[Result]:
    """Yield the findings on each machine, the worst verdict first, in input order within one verdict.

    Args:
        audit: What the run yielded; its machines are read once per verdict.
        limit: How many at most; None for all. `left_out` says what a limit cuts.
        only: The one verdict that is asked for.
    """
    seen: Counter[str] = Counter()
    chosen = SHOWN if only is None else (only,)
    yield from islice(chain.from_iterable(_of_verdict(audit, verdict, seen) for verdict in chosen), limit)


def left_out(audit: Audit, limit: int) -> str:
    """Return what a limit cuts, in a sentence; empty where it cuts nothing."""
    total = sum(totals(audit).values())
    if total <= limit:
        return ""
    rest = limit
    parts = []
    for verdict, count in totals(audit).items():
        shown = min(count, rest)
        rest -= shown
        if count > shown:
            parts.append(f"{count - shown:,} {verdict.value}")
    return (
        f"{limit:,} of {total:,} findings are listed, the worst first; left out are {' and '.join(parts)}. "
        "The json, csv and parquet reports hold all of them."
    )


def _of_verdict(audit: Audit, verdict: Verdict, seen: Counter[str]) -> Iterator[Result]:
    import polars as pl

    found = {
        case.id: (case, findings)
        for case in audit.cases
        if (findings := [finding for finding in case.findings if finding.verdict is verdict])
    }
    if not found:
        return
    wanted = as_texts(audit.machines).filter(pl.col("case").is_in(list(found)))
    for batch in wanted.collect_batches(chunk_size=8192, maintain_order=True):
        for row in batch.iter_rows(named=True):
            case, findings = found[row["case"]]
            for finding in findings:
                yield _result(case, finding, row, seen, synthetic=audit.synthetic)


def _result(
    case: Case, finding: Finding, row: Mapping[str, Any], seen: Counter[str], *, synthetic: bool
) -> Result:
    identity = machine_identity(case, row)
    key = f"{finding.rule.id}|{identity}"
    seen[key] += 1
    # What cannot be told apart still has to be counted apart: consumers drop a fingerprint that they have seen.
    again = f"|{seen[key]}" if seen[key] > 1 else ""
    title = case_title(case)
    return Result(
        case=case,
        finding=finding,
        spot=Spot(row["file"], row["sheet"], row["row"], row["line"], row["cell"]),
        title=one_line(title),
        serial=row["serial"],
        units=row["quantity"],
        identity=identity,
        fingerprint=_digest(f"{key}{again}"),
        synthetic=synthetic,
    )


def machine_identity(case: Case, row: Mapping[str, Any]) -> str:
    """Return what a machine is told by, as a digest: serial and maker, else maker and asset tag, else what it says.

    The number of a row plays no part: a row inserted above moves no machine.
    """
    maker = case.facts.identity.maker or _folded(row["maker"])
    if row["serial"]:
        return _digest(canonical_json(["serial", maker, _folded(row["serial"])]))
    if row["asset_tag"]:
        return _digest(canonical_json(["asset tag", maker, _folded(row["asset_tag"])]))
    told = [row[name] for name in ("file", "sheet", "model", "mac", "site", "location", "batch", "order")]
    return _digest(canonical_json(["row", maker, *told]))


def _folded(text: str | None) -> str:
    return " ".join((text or "").split()).casefold()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()
