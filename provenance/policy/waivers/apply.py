"""Waivers put onto judged cases: what is open becomes waived, and machines waived and not waived become two cases.

Nothing is judged again: a waiver changes the verdict of a finding and keeps what it would be without it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

import polars as pl

from provenance.origin.facts import CaseFacts, case_id
from provenance.origin.interning import Coded, combine
from provenance.origin.scan import Scan
from provenance.policy.audit import Case, Finding, Waived
from provenance.policy.cases import counted
from provenance.policy.explain import waived_sentence
from provenance.policy.judge import verdict_under
from provenance.policy.policy import Policy
from provenance.policy.rule import Rule
from provenance.policy.verdict import Reason, Verdict
from provenance.policy.waivers.waiver import Waiver, strongest, waives


class Judged(NamedTuple):
    """Rows with their cases."""

    scan: Scan
    cases: tuple[Case, ...]
    """One per set of facts, in the order of `scan.facts`."""


def apply_waivers(
    judged: Judged, waivers: Mapping[int, Waiver], policies: Sequence[Policy], as_of: date
) -> Judged:
    """Return the cases with the waivers applied.

    A case is split only where a waiver changes what a rule, or a reading of one, says of some of its machines; all
    others keep their case and its id.

    Args:
        judged: The cases as the rules alone judge them.
        waivers: The waivers in force, by the selector of the scan that finds their machines.
        policies: What judged.
        as_of: The day on which the question is asked.
    """
    if not waivers:
        return judged
    scan, cases = judged.scan, list(judged.cases)
    otherwise = [rule for policy in policies for reading in policy.readings for rule in reading.rules]
    pairs = {(tally.case, tally.selected) for tally in scan.tallies}
    ids: dict[str, int] = {}
    placed: dict[tuple[int, int], int] = {}
    for index, chosen in sorted(pairs):
        reaching = _reaching(judged.cases[index].facts, waivers, scan.selected.sets[chosen])
        working = _working(judged.cases[index], reaching, otherwise, as_of)
        if working:
            split = _waived(judged.cases[index], working)
            at = ids.setdefault(split.id, len(cases))
            if at == len(cases):
                cases.append(split)
            placed[index, chosen] = at
    if not placed:
        return judged
    tallies = tuple(
        replace(tally, case=placed.get((tally.case, tally.selected), tally.case)) for tally in scan.tallies
    )
    parted = replace(
        scan,
        rows=_placed(scan, placed),
        facts=tuple(case.facts for case in cases),
        ids=tuple(case.id for case in cases),
        tallies=tallies,
        hashrates=tuple(
            replace(tally, case=placed.get((tally.case, tally.selected), tally.case))
            for tally in scan.hashrates
        ),
    )
    return Judged(parted, counted(cases, tallies))


def waived_by(finding: Finding, waivers: Sequence[Waiver]) -> Finding:
    """Return a finding as it stands under some waivers in force that reach its machines."""
    covering = tuple(one for one in waivers if waives(one, finding.rule.id, finding.verdict))
    if not covering:
        return finding
    waiver = strongest(covering)
    return replace(
        finding,
        verdict=Verdict.WAIVED,
        reason=Reason.WAIVER,
        explanation=f"{finding.explanation} {waived_sentence(waiver, finding.verdict, finding.reason)}",
        waived=Waived(waiver, finding.verdict, finding.reason),
    )


def _reaching(facts: CaseFacts, waivers: Mapping[int, Waiver], meant: Sequence[int]) -> list[Waiver]:
    return [waivers[index] for index in meant if index in waivers and waivers[index].fits(facts)]


def _working(
    case: Case, waivers: Sequence[Waiver], otherwise: Sequence[Rule], as_of: date
) -> tuple[Waiver, ...]:
    """Return the waivers that change what some rule or reading says of a case, by id."""
    if not waivers:
        return ()
    said = [(finding.rule.id, finding.verdict) for finding in case.findings]
    said += [
        (rule.id, verdict_under(rule, case.facts, as_of))
        for rule in otherwise
        if any(one.covers_rule(rule.id) for one in waivers)
    ]
    working = [one for one in waivers if any(waives(one, rule, verdict) for rule, verdict in said)]
    return tuple(sorted(working, key=lambda one: one.id))


def _waived(case: Case, waivers: tuple[Waiver, ...]) -> Case:
    facts = replace(case.facts, waivers=tuple(one.id for one in waivers))
    findings = tuple(waived_by(finding, waivers) for finding in case.findings)
    decisive = max(findings, key=lambda finding: finding.verdict.severity)
    return replace(
        case,
        id=case_id(facts),
        facts=facts,
        findings=findings,
        verdict=decisive.verdict,
        reason=decisive.reason,
        waivers=waivers,
    )


def _placed(scan: Scan, placed: Mapping[tuple[int, int], int]) -> pl.DataFrame:
    """Return the rows with their new cases; thought once per pair of case and selection that occurs."""
    live = scan.rows["case"].is_not_null().arg_true()
    rows = scan.rows if len(live) == scan.rows.height else scan.rows.gather(live)
    codes, pairs = combine(
        {
            "case": Coded(rows["case"], list(range(len(scan.facts)))),
            "selected": Coded(rows["selected"], list(range(len(scan.selected.sets)))),
        }
    )
    table = [placed.get((pair["case"], pair["selected"]), pair["case"]) for pair in pairs]
    case = pl.Series("case", table, dtype=pl.UInt32).gather(codes)
    if len(live) < scan.rows.height:
        case = scan.rows["case"].clone().scatter(live, case)
    return scan.rows.with_columns(case)
