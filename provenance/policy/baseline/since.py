"""What a run says of its past: the baseline it is compared with, and the table of replacements it is given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from provenance.catalog.database import Catalogue
from provenance.origin.exchanges import Exchange
from provenance.origin.register import RegisterLine
from provenance.policy.baseline.change import Change, Comparison, ExchangeUse, Parity
from provenance.policy.machines import Machines
from provenance.policy.policy import Policy
from provenance.policy.waivers.apply import Judged

if TYPE_CHECKING:
    from provenance.policy.baseline.report_file import Baseline

_NEEDED = ("serial", "maker", "model", "asset_tag", "hashrate", "counted")


def since(
    baseline: Baseline | None,
    exchanges: Sequence[Exchange],
    machines: Machines,
    judged: Judged,
    lines: Sequence[RegisterLine],
    policies: Sequence[Policy],
    catalogue: Catalogue,
    as_of: date,
) -> tuple[Comparison | None, tuple[ExchangeUse, ...]]:
    """Compare a run with its baseline, and say what each line of its tables of replacements does.

    Args:
        baseline: The earlier report, where there is one.
        exchanges: The tables of replacements.
        machines: The machines of the run.
        judged: Their cases, waivers applied.
        lines: The evidence register.
        policies: What judged.
        catalogue: What the catalogue rates models at.
        as_of: The day on which the question is asked.
    """
    if baseline is None and not exchanges:
        return None, ()
    from provenance.policy.baseline.compare import Present, compare
    from provenance.policy.baseline.replaced import replacements_in

    scan, cases = judged
    here = machines.machines().select(pl.col(name).cast(_kind(name)) for name in _NEEDED).collect()
    coded = here.with_columns(scan.rows["case"].drop_nulls())
    uses, cures = replacements_in(exchanges, coded, cases, baseline, _bins(catalogue), as_of)
    if baseline is None:
        return None, uses
    present = Present(here, scan, cases, lines, policies, catalogue.sha256)
    return compare(baseline, present, cures), uses


def _kind(name: str) -> type[pl.DataType]:
    return pl.Int64 if name == "counted" else pl.String


def _bins(catalogue: Catalogue) -> Callable[[str | None], Sequence[str]]:
    return lambda model: catalogue.model(model).hashrates if model is not None else ()


def warnings_since(
    comparison: Comparison | None, uses: Sequence[ExchangeUse], as_of: date
) -> tuple[str, ...]:
    """Return what every report must say of the past of the run before anyone relies on it."""
    told = []
    if comparison is not None:
        name, then = comparison.baseline.name, comparison.baseline.as_of
        if then > as_of:
            told.append(f"The baseline {name} is of {then}, after the day of this report.")
        told += [f"Baseline {name}: {note}" for note in comparison.notes]
        gone = comparison.counts[Change.REMOVED]
        if gone.findings:
            told.append(
                f"{gone.units:,} units with findings open in the baseline are not here and not shown to be cured: name "
                "their replacements, or what became of them."
            )
    short = sum(use.parity is Parity.SHORT for use in uses)
    if short:
        told.append(f"{short:,} replacements do less work than what they came for.")
    idle = [use for use in uses if not use.cures and use.parity is not None]
    if idle:
        told.append(
            f"{len(idle):,} replacements named are not shown to cure anything: see the list of replacements."
        )
    return tuple(told)
