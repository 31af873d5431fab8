"""Comparing a run with a baseline: thought once per pair of cases and rule, columns for the machines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict

import polars as pl

from provenance.evidence import Grade
from provenance.origin.register import RegisterLine
from provenance.origin.scan import Scan
from provenance.policy.audit import Case, Count, Finding
from provenance.policy.baseline.change import Change, Comparison, Tally
from provenance.policy.baseline.identity import with_keys, with_makers
from provenance.policy.baseline.replaced import Cures
from provenance.policy.baseline.report_file import Baseline, OldCase, OldFinding
from provenance.policy.baseline.thought import think
from provenance.policy.policy import Policy
from provenance.policy.rule import Rule
from provenance.policy.verdict import Verdict
from provenance.records import dataclass

_ORDER = {change: at for at, change in enumerate(Change)}
_COLUMNS = ("serial", "maker", "asset_tag", "counted")


@dataclass(frozen=True, slots=True)
class Present:
    """The run that is compared."""

    machines: pl.DataFrame
    """`serial`, `maker`, `asset_tag` (String) and `counted` (Int64), one row per machine, in the order of the scan."""
    scan: Scan
    cases: Sequence[Case]
    """One per set of facts, in the order of `scan.facts`."""
    lines: Sequence[RegisterLine]
    policies: Sequence[Policy]
    catalogue: str
    """sha256."""


def compare(baseline: Baseline, present: Present, cures: Cures) -> Comparison:
    """Compare a run with a baseline.

    Args:
        baseline: The earlier report.
        present: The run.
        cures: What came for units that are not here.
    """
    live = present.scan.rows.filter(pl.col("case").is_not_null())
    now = present.machines.select(*_COLUMNS).with_columns(live["case"], live["documents"])
    then = with_makers(baseline.machines, [case.maker for case in baseline.cases])
    now = with_makers(now, [case.facts.identity.maker for case in present.cases])
    then, now = with_keys(then, now)
    rules = [rule for policy in present.policies for rule in policy.rules]
    shared = [rule for rule in rules if rule.id in baseline.rules]
    parts = [
        _compare_rule(
            rule,
            then,
            now.with_columns(_fresh(baseline, present, rule).gather(now["documents"])),
            (baseline.cases, present.cases),
            cures,
        )
        for rule in shared
    ]
    changes = pl.concat(part.changes for part in parts) if parts else _compare_none()
    order = pl.Enum([change.value for change in Change])
    return Comparison(
        baseline=baseline.file,
        counts=_counts([part.counts for part in parts]),
        unidentified_then=_unidentified(then, [case.verdict for case in baseline.cases]),
        unidentified_now=_unidentified(now, [case.verdict for case in present.cases]),
        notes=(*_notes(baseline, present, rules),),
        changes=changes.sort(pl.col("change").cast(order), "rule", "serial", "maker", "asset_tag"),
        of_rows=_of_rows(now, parts),
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """What changed under one rule."""

    changes: pl.DataFrame
    counts: Mapping[Change, Tally]
    keys: pl.DataFrame
    """`key` and `order` (UInt8, of the change) of the machines that are here and have an open or cured finding."""


def _fresh(baseline: Baseline, present: Present, rule: Rule) -> pl.Series:
    """Return per set of mentions whether a document in it that may clear is not among those of the baseline.

    One that covers only some of the units that it could mean is allocated to none of them, so that it clears none.
    """
    matches, lines = present.scan.matches, present.lines
    strong = rule.clears_from
    clears = [
        line.facet is rule.facet
        and isinstance(strong, Grade)
        and line.kind.at_least(strong)
        and not any(question.flag.stops_clearing for question in matches.questions.get(at, ()))
        and not matches.named.shortfalls[at]
        and not baseline.has_document(asdict(line))
        for at, line in enumerate(lines)
    ]
    return pl.Series(
        "fresh",
        [any(clears[one.line] and not one.flags for one in mentions) for mentions in matches.mentions()],
        dtype=pl.Boolean,
    )


def _compare_rule(
    rule: Rule,
    then: pl.DataFrame,
    now: pl.DataFrame,
    cases: tuple[Sequence[OldCase], Sequence[Case]],
    cures: Cures,
) -> _Part:
    old_cases, new_cases = cases
    old_rank, old_order = _ranked([_old(rule, case).verdict for case in old_cases])
    new_findings = [_new(rule, case) for case in new_cases]
    new_rank, new_order = _ranked([finding.verdict for finding in new_findings])
    before = _grouped(then, old_rank, [])
    after = _grouped(now, new_rank, [pl.col("fresh").any()])
    both = before.join(after, on="key", how="full", coalesce=True, suffix="_now")
    # Told by its serial unless it begins as no serial does.
    both = both.with_columns(by_serial=~pl.col("key").str.starts_with("\n"))
    pairs = both.select("rank", "rank_now", "fresh", "by_serial").unique(maintain_order=True)
    thoughts = [
        think(
            _old(rule, old_cases[old_order[old]]) if old is not None else None,
            new_findings[new_order[new]] if new is not None else None,
            old_cases[old_order[old]] if old is not None else None,
            fresh=bool(fresh),
            by_serial=by_serial,
        )
        for old, new, fresh, by_serial in pairs.iter_rows()
    ]
    told = pairs.with_columns(
        pl.Series("change", [one.change.value if one.change else None for one in thoughts], dtype=pl.String),
        *(
            pl.Series(name, [getattr(one, name) for one in thoughts], dtype=pl.String)
            for name in ("verdict_before", "reason_before", "verdict", "reason", "why")
        ),
    )
    found = both.join(
        told, on=["rank", "rank_now", "fresh", "by_serial"], how="left", nulls_equal=True
    ).filter(pl.col("change").is_not_null())
    return _part(rule, cures.applied(found))


def _part(rule: Rule, found: pl.DataFrame) -> _Part:
    units = pl.coalesce("units_now", "units")
    counts = found.group_by("change").agg(findings=pl.len(), units=units.sum())
    changes = found.filter(pl.col("change") != Change.KNOWN.value).select(
        "change",
        pl.lit(rule.id).alias("rule"),
        *(pl.coalesce(f"{name}_now", name).alias(name) for name in ("serial", "maker", "asset_tag")),
        "verdict_before", "reason_before", "verdict", "reason", "why",
        units.cast(pl.Int64).alias("units"),
    )  # fmt: skip
    here = found.filter(pl.col("rank_now").is_not_null())
    order = here["change"].replace_strict(
        {change.value: at for change, at in _ORDER.items()}, return_dtype=pl.UInt8
    )
    return _Part(
        changes,
        {Change(change): Tally(findings, total) for change, findings, total in counts.iter_rows()},
        here.select("key").with_columns(order=order),
    )


def _ranked(verdicts: Sequence[Verdict]) -> tuple[pl.Series, list[int]]:
    """Return a rank per case, the worse the higher, and the case of each rank."""
    order = sorted(range(len(verdicts)), key=lambda at: (verdicts[at].severity, at))
    ranks = [0] * len(verdicts)
    for rank, at in enumerate(order):
        ranks[at] = rank
    return pl.Series(ranks, dtype=pl.UInt32), order


def _grouped(machines: pl.DataFrame, rank: pl.Series, more: Sequence[pl.Expr]) -> pl.DataFrame:
    """Return one row per machine told apart: rows of one key are one machine, and its worst finding counts."""
    keyed = machines.with_columns(rank=rank.gather(machines["case"]), units=pl.col("counted")).filter(
        pl.col("key").is_not_null()
    )
    names = [expression.meta.output_name() for expression in more]
    columns = ["key", "serial", "maker", "asset_tag", "rank", "units", *names]
    digest = keyed["key"].hash()
    if digest.n_unique() == keyed.height:
        return keyed.select(columns)
    repeated = digest.is_duplicated()
    joined = (
        keyed.filter(repeated)
        .group_by("key", maintain_order=True)
        .agg(
            pl.col("serial", "maker", "asset_tag").first(), pl.col("rank").max(), pl.col("units").sum(), *more
        )
    )
    return pl.concat([keyed.filter(~repeated).select(columns), joined.select(columns)])


def _old(rule: Rule, case: OldCase) -> OldFinding:
    return case.findings[rule.id]


def _new(rule: Rule, case: Case) -> Finding:
    return next(finding for finding in case.findings if finding.rule.id == rule.id)


def _counts(parts: Sequence[Mapping[Change, Tally]]) -> dict[Change, Tally]:
    totals = {}
    for change in Change:
        found = [part[change] for part in parts if change in part]
        totals[change] = Tally(sum(one.findings for one in found), sum(one.units for one in found))
    return totals


def _unidentified(machines: pl.DataFrame, verdicts: Sequence[Verdict]) -> dict[Verdict, Count]:
    unknown = machines.filter(pl.col("key").is_null())
    names = pl.Series([verdict.value for verdict in verdicts], dtype=pl.String).gather(unknown["case"])
    grouped = (
        unknown.select("counted", verdict=names).group_by("verdict").agg(pl.len(), pl.col("counted").sum())
    )
    found = {Verdict(verdict): Count(lines, units) for verdict, lines, units in grouped.iter_rows()}
    return {verdict: found[verdict] for verdict in Verdict if verdict in found}


def _of_rows(now: pl.DataFrame, parts: Sequence[_Part]) -> pl.Series:
    if not parts:
        return pl.Series("change", [None], dtype=pl.String).new_from_index(0, now.height)
    keys = pl.concat(part.keys for part in parts)
    if len(parts) > 1:
        keys = keys.group_by("key").agg(pl.col("order").min())
    order = now.select("key").join(keys, on="key", how="left", maintain_order="left")["order"]
    words = [change.value for change in Change]
    return pl.Series("change", words, dtype=pl.Enum(words)).gather(order)


def _compare_none() -> pl.DataFrame:
    texts = (
        "change", "rule", "serial", "maker", "asset_tag", "verdict_before", "reason_before", "verdict", "reason", "why",
    )  # fmt: skip
    return pl.DataFrame(schema=dict.fromkeys(texts, pl.String) | {"units": pl.Int64})


def _notes(baseline: Baseline, present: Present, rules: Sequence[Rule]) -> list[str]:
    """Return what else differs between the two runs: a finding may have changed because of it."""
    judged = {rule.id for rule in rules}
    notes = [
        f"The rule {rule} judges now and did not in the baseline: its findings are compared with nothing."
        for rule in sorted(judged - baseline.rules)
    ]
    notes += [
        f"The rule {rule} judged in the baseline and does not now: its findings are compared with nothing."
        for rule in sorted(baseline.rules - judged)
    ]
    notes += [
        f"The policy {policy.id} or one of its lists is not what it was."
        for policy in present.policies
        if baseline.policies.get(policy.id, policy.sha256) != policy.sha256
    ]
    if baseline.catalogue != present.catalogue:
        notes.append("The catalogue is not what it was.")
    return notes
