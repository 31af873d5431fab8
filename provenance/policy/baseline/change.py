"""What a comparison with an earlier report yields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from provenance.origin.exchanges import Exchange
from provenance.policy.audit import Count
from provenance.policy.verdict import Verdict
from provenance.records import dataclass

if TYPE_CHECKING:
    import polars as pl


class Change(StrEnum):
    """What became of a finding, in the order in which a reader looks at them.

    A finding is open when it is non-conforming, undetermined or waived.
    """

    NEW = "new"
    """Open now, and not in the baseline: the machine was not there, or its finding was not open."""
    CHANGED = "changed"
    """Open in the baseline, and not what it was: the verdict or what it rests on is another, without being cured."""
    KNOWN = "known"
    """As it was."""
    REMOVED = "removed"
    """Open in the baseline, and its machine is not here: removed, not shown cured."""
    CURED = "cured"
    """Open in the baseline, and cleared since by evidence that the baseline has not, or by a replacement that conforms."""


class Parity(StrEnum):
    """Whether a replacement does as much work as what it came for."""

    MET = "met"
    SHORT = "short"
    UNKNOWN = "not known"


@dataclass(frozen=True, slots=True)
class BaselineFile:
    """The earlier report."""

    name: str
    sha256: str
    tool: str
    as_of: date


@dataclass(frozen=True, slots=True)
class Tally:
    """Findings of one change."""

    findings: int
    """Machines told apart, times rules."""
    units: int
    """Units of these, once per rule: now for what is here, then for what is not."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed since a baseline."""

    baseline: BaselineFile
    counts: Mapping[Change, Tally]
    """Every change, zero where none."""
    unidentified_then: Mapping[Verdict, Count]
    """Machines of the baseline that nothing tells apart: compared with nothing, by their verdict then."""
    unidentified_now: Mapping[Verdict, Count]
    notes: tuple[str, ...]
    """What a reader must know of the comparison, in sentences."""
    changes: pl.DataFrame = field(repr=False, compare=False)
    """One row per finding that is not as it was, new ones first, then by rule and machine: `change`, `rule`, `serial`,
    `maker`, `asset_tag` (what it is told by), `verdict_before`, `reason_before`, `verdict`, `reason` (null where the
    machine or the finding is not there), `why` (String) and `units` (Int64)."""
    of_rows: pl.Series = field(repr=False, compare=False)
    """String, one per row that is a machine: the first change of its findings; null where none is open."""


@dataclass(frozen=True, slots=True)
class ExchangeUse:
    """One line of the table of replacements and what it does."""

    exchange: Exchange
    outcome: str
    """In a sentence."""
    conforms: bool | None
    """Whether the replacement itself conforms; None for what is no replacement."""
    parity: Parity | None
    hashrates: str
    """What parity rests on, in words; empty for what is no replacement."""
    cures: bool
    """Whether it cures what was open on the unit that it came for."""
