"""What the table of replacements does: which findings of units that are gone it cures, and what it leaves open."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace
from datetime import date

import polars as pl

from provenance.origin.exchanges import Exchange, ExchangeKind
from provenance.origin.selected import with_serials
from provenance.policy.audit import Case
from provenance.policy.baseline.change import Change, ExchangeUse, Parity
from provenance.policy.baseline.hashrate import Hashrate, hashrate_of, parity_of
from provenance.policy.baseline.report_file import Baseline
from provenance.policy.verdict import Verdict, worst
from provenance.records import dataclass

Bins = Callable[[str | None], Sequence[str]]
"""Given a model id, the rated hashrates of the catalogue."""


@dataclass(frozen=True, slots=True)
class _Unit:
    """What is known of a serial in one report."""

    cases: tuple[int, ...]
    hashrate: str | None
    model_text: str | None
    model: str | None
    """Model id."""


@dataclass(frozen=True, slots=True)
class Cures:
    """What came for units that are gone."""

    by_serial: Mapping[str, tuple[bool, str]] = field(default_factory=dict)
    """By the serial of the old unit: whether what came for it cures, and why or why not."""

    def applied(self, found: pl.DataFrame) -> pl.DataFrame:
        """Return findings with those cured whose machine was replaced by one that conforms.

        Args:
            found: `change`, `why` and `serial` (String), one row per finding.
        """
        if not self.by_serial:
            return found
        told = self.by_serial.values()
        table = pl.DataFrame(
            {
                "serial": list(self.by_serial),
                "_cured": [cured for cured, _ in told],
                "_said": [why for _, why in told],
            },
            schema={"serial": pl.String, "_cured": pl.Boolean, "_said": pl.String},
        )
        joined = found.join(table, on="serial", how="left", maintain_order="left")
        gone = (pl.col("change") == Change.REMOVED.value) & pl.col("_said").is_not_null()
        return joined.with_columns(
            change=pl.when(gone & pl.col("_cured")).then(pl.lit(Change.CURED.value)).otherwise("change"),
            why=pl.when(gone).then("_said").otherwise("why"),
        ).drop("_cured", "_said")


def replacements_in(
    exchanges: Sequence[Exchange],
    machines: pl.DataFrame,
    cases: Sequence[Case],
    baseline: Baseline | None,
    bins: Bins,
    as_of: date,
) -> tuple[tuple[ExchangeUse, ...], Cures]:
    """Return what each line of the table does, and what that cures.

    A replacement cures only if it conforms itself, is here, and did not stand in the baseline already: a unit that
    was there before came for nothing. Where a replacement was replaced in turn, the last one counts.

    Args:
        exchanges: The table.
        machines: `serial`, `model`, `hashrate` (String) and `case` (UInt32), one row per machine that is here.
        cases: By code.
        baseline: The earlier report, where there is one.
        bins: What the catalogue rates a model at.
        as_of: The day on which the question is asked.
    """
    if not exchanges:
        return (), Cures()
    serials = [serial for one in exchanges for serial in (one.old, one.new) if serial is not None]
    here = _units(machines, serials, [case.facts.identity.model for case in cases])
    before = _units(baseline.machines, serials, [case.model for case in baseline.cases]) if baseline else {}
    following = {one.old: one for one in exchanges if one.new is not None and one.day <= as_of}
    uses = []
    cures: dict[str, tuple[bool, str]] = {}
    for one in exchanges:
        if one.kind is not ExchangeKind.REPLACEMENT or one.new is None:
            uses.append(ExchangeUse(one, _worked_on(one, here, as_of), None, None, "", cures=False))
            continue
        known = baseline is None or one.old in before
        use = _replaced(one, _last(one, following, here), here, before, cases, bins, as_of, known=known)
        uses.append(use)
        cures[one.old] = (use.cures, use.outcome)
    return tuple(uses), Cures(cures)


def _units(machines: pl.DataFrame, serials: Sequence[str], models: Sequence[str | None]) -> dict[str, _Unit]:
    placed = machines.with_row_index("position")
    found = with_serials(placed, pl.Series("serial", sorted(set(serials)), dtype=pl.String))
    rows = placed.select("serial", "case", "model", "hashrate")[found["position"].to_list()]
    units: dict[str, _Unit] = {}
    for serial, case, model_text, rate in rows.iter_rows():
        # Of a serial on several rows the worst verdict counts, and the first row tells the work it does.
        known = units.get(serial, _Unit((), rate, model_text, models[case]))
        units[serial] = replace(known, cases=(*known.cases, case))
    return units


def _last(one: Exchange, following: Mapping[str, Exchange], here: Mapping[str, _Unit]) -> Exchange:
    """Return the exchange whose unit is here now: a replacement may have been replaced in turn."""
    seen = {one.old}
    while one.new is not None and one.new not in here and one.new in following and one.new not in seen:
        later = following[one.new]
        if later.day < one.day:
            # Nothing is replaced before it came.
            return one
        seen.add(one.new)
        one = later
    return one


def _worked_on(one: Exchange, here: Mapping[str, _Unit], as_of: date) -> str:
    if one.day > as_of:
        return f"It is dated {one.day}, after the day of this report, and changes nothing yet."
    if one.old not in here:
        return "No machine here carries its serial number."
    return f"What was said of its boards before {one.day} clears nothing any more."


def _replaced(
    one: Exchange,
    last: Exchange,
    here: Mapping[str, _Unit],
    before: Mapping[str, _Unit],
    cases: Sequence[Case],
    bins: Bins,
    as_of: date,
    *,
    known: bool,
) -> ExchangeUse:
    new = last.new or ""
    unit = here.get(new)
    old_unit = here.get(one.old) or before.get(one.old)
    parity, hashrates = parity_of(_rate(old_unit, bins), _rate(unit, bins))
    verdict = worst(cases[case].verdict for case in unit.cases) if unit is not None else None
    conforms = verdict is Verdict.CONFORMING
    came = conforms and new not in before and one.day <= as_of
    counts = came and known and one.old not in here
    outcome = _said(one, new, verdict, in_baseline=new in before, still_here=one.old in here, as_of=as_of)
    short = " It does less work than what it came for." if came and parity is Parity.SHORT else ""
    unknown = " Whether it does as much work is not known." if came and parity is Parity.UNKNOWN else ""
    nothing = "" if known else f" {one.old} is not in the baseline, so that nothing was open on it."
    return ExchangeUse(
        one, f"{outcome}{short}{unknown}{nothing if came else ''}", conforms, parity, hashrates, cures=counts
    )


def _said(
    one: Exchange, new: str, verdict: Verdict | None, *, in_baseline: bool, still_here: bool, as_of: date
) -> str:
    if one.day > as_of:
        return (
            f"The replacement is dated {one.day}, after the day of this report, and counts for nothing yet."
        )
    if verdict is None:
        return f"The replacement {new} is in none of these inventories: removed, not shown cured."
    if in_baseline:
        return f"{new} stood in the baseline already, so that it came for nothing: removed, not shown cured."
    if verdict is not Verdict.CONFORMING:
        return f"The replacement {new} is itself {verdict.value.replace('-', ' ')}: removed, not shown cured."
    stays = f" {one.old} is still in the inventory: what is open on it stays." if still_here else ""
    return f"Replaced on {one.day} by {new}, which conforms.{stays}"


def _rate(unit: _Unit | None, bins: Bins) -> Hashrate | None:
    return hashrate_of(unit.hashrate, unit.model_text, bins(unit.model)) if unit is not None else None
