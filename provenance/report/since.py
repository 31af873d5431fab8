"""What changed since a baseline, and what replacements do, as reports show them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from provenance.policy.audit import Audit, Count
from provenance.policy.baseline.change import Change, Comparison, ExchangeUse
from provenance.policy.verdict import Verdict
from provenance.records import dataclass
from provenance.report.words import VERDICT_WORDS, counted, joined, one_line

if TYPE_CHECKING:
    import polars as pl

CHANGE_MEANINGS: dict[Change, str] = {
    Change.NEW: "open now, and not in the baseline",
    Change.CHANGED: "open in the baseline, and not what it was",
    Change.KNOWN: "as it was",
    Change.REMOVED: "open in the baseline, and its machine is not here: removed, not shown cured",
    Change.CURED: "cleared since by evidence that the baseline has not, or by a replacement that conforms",
}
_SHOWN = 5
"""Changes of each kind that a short report lists."""
_BATCH = 65_536


@dataclass(frozen=True, slots=True)
class ChangeTotal:
    """One line of the changes."""

    change: Change
    findings: int
    units: int
    meaning: str


@dataclass(frozen=True, slots=True)
class ChangeEntry:
    """One finding that is not as it was."""

    change: str
    rule: str
    machine: str
    """What it is told by: the serial, else maker and asset tag."""
    before: str
    now: str
    why: str
    units: int


@dataclass(frozen=True, slots=True)
class ComparisonEntry:
    """The comparison with a baseline as a reader meets it."""

    title: str
    totals: tuple[ChangeTotal, ...]
    """One per change."""
    notes: tuple[str, ...]
    first: tuple[ChangeEntry, ...]
    """The first of each kind; all of them stand in the json and xlsx reports."""


@dataclass(frozen=True, slots=True)
class ExchangeEntry:
    """One line of a table of replacements."""

    kind: str
    old: str
    new: str
    day: str
    outcome: str
    parity: str
    """Whether it does as much work, and what that rests on; empty for what is no replacement."""
    note: str
    place: str


def comparison_entry(audit: Audit) -> ComparisonEntry | None:
    """Return the comparison; None where no baseline was given."""
    found = audit.comparison
    if found is None:
        return None
    baseline = found.baseline
    title = f"Changes since {one_line(baseline.name)} (as of {baseline.as_of}, {one_line(baseline.tool)})"
    totals = tuple(
        ChangeTotal(change, tally.findings, tally.units, CHANGE_MEANINGS[change])
        for change, tally in found.counts.items()
    )
    import polars as pl

    first = [
        entry
        for change in Change
        for entry in entries_of(found.changes.filter(pl.col("change") == change.value).head(_SHOWN))
    ]
    notes = (*_unidentified(found), *(one_line(note) for note in found.notes))
    return ComparisonEntry(title, totals, notes, tuple(first))


def _unidentified(found: Comparison) -> Iterator[str]:
    sides = [
        f"{when} {', '.join(_count(verdict, count) for verdict, count in counts.items())}"
        for when, counts in (("then", found.unidentified_then), ("now", found.unidentified_now))
        if counts
    ]
    if sides:
        yield (
            "Machines without a serial number, and without maker and asset tag, are told by nothing and compared with "
            f"nothing: {'; '.join(sides)}."
        )


def _count(verdict: Verdict, count: Count) -> str:
    return f"{counted(count.units, 'unit')} {VERDICT_WORDS[verdict]}"


def entries_of(changes: pl.DataFrame) -> Iterator[ChangeEntry]:
    """Yield findings that are not as they were, in their order."""
    for row in changes.iter_rows(named=True):
        yield ChangeEntry(
            change=row["change"],
            rule=row["rule"],
            machine=one_line(row["serial"] or joined([row["maker"] or "", row["asset_tag"] or ""], last="/")),
            before=_verdict(row["verdict_before"], row["reason_before"]),
            now=_verdict(row["verdict"], row["reason"]),
            why=one_line(row["why"] or ""),
            units=row["units"],
        )


def _verdict(verdict: str | None, reason: str | None) -> str:
    if verdict is None:
        return "not there"
    return f"{verdict} ({reason})" if verdict == Verdict.UNDETERMINED else verdict


def exchange_entries(audit: Audit) -> tuple[ExchangeEntry, ...]:
    """Return the lines of the tables of replacements in their order."""
    return tuple(_exchange(use) for use in audit.exchanges)


def _exchange(use: ExchangeUse) -> ExchangeEntry:
    one = use.exchange
    return ExchangeEntry(
        kind=one.kind.value,
        old=one.old,
        new=one.new or "",
        day=one.day.isoformat(),
        outcome=one_line(use.outcome),
        parity=one_line(f"{use.parity}: {use.hashrates}") if use.parity is not None else "",
        note=one_line(one.note),
        place=one_line(one.place),
    )


def baseline_record(found: Comparison | None) -> dict[str, Any] | None:
    """Return the comparison for the report for programs, without its changes."""
    if found is None:
        return None
    return {
        "file": found.baseline.name,
        "sha256": found.baseline.sha256,
        "tool": found.baseline.tool,
        "as_of": found.baseline.as_of.isoformat(),
        "counts": {
            change.value: {"findings": tally.findings, "units": tally.units}
            for change, tally in found.counts.items()
        },
        "unidentified": {
            "then": _counts(found.unidentified_then),
            "now": _counts(found.unidentified_now),
        },
        "notes": list(found.notes),
    }


def _counts(counts: Mapping[Verdict, Count]) -> dict[str, dict[str, int]]:
    return {verdict.value: {"lines": count.lines, "units": count.units} for verdict, count in counts.items()}


def change_lines(found: Comparison | None) -> Iterator[str]:
    """Yield the findings that are not as they were as JSON, one each."""
    if found is None:
        return
    for batch in found.changes.iter_slices(_BATCH):
        for row in batch.select(sorted(batch.columns)).iter_rows(named=True):
            yield json.dumps(row, ensure_ascii=False)


def exchange_record(use: ExchangeUse) -> dict[str, Any]:
    """Return one line of a table of replacements for the report for programs."""
    one = use.exchange
    return {
        "kind": one.kind.value,
        "old_serial": one.old,
        "new_serial": one.new,
        "date": one.day.isoformat(),
        "note": one.note,
        "place": one.place,
        "outcome": use.outcome,
        "conforms": use.conforms,
        "cures": use.cures,
        "parity": use.parity.value if use.parity is not None else None,
        "hashrates": use.hashrates,
    }
