"""The interpretation matrix: what each reading of each policy makes of the fleet, and which cases it judges otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from provenance.policy.audit import Case, Change, Count, ReadingOutcome
from provenance.policy.counts import count_by
from provenance.policy.hashrates import Hashrate, added
from provenance.policy.judge import verdict_under
from provenance.policy.policy import Policy
from provenance.policy.rule import Rule
from provenance.policy.verdict import Verdict, worst
from provenance.policy.waivers.waiver import waives

DECLARED = "declared"
"""The id of the reading that the notice and the exit code follow."""


def read_otherwise(
    policies: Sequence[Policy], cases: Sequence[Case], as_of: date
) -> tuple[ReadingOutcome, ...]:
    """Return the interpretation matrix.

    Args:
        policies: Those that judged, in their order.
        cases: The cases with their findings.
        as_of: The day on which the question is asked.

    Returns:
        For each policy the declared reading and then the others, in the order of its file.
    """
    outcomes = []
    offset = 0
    for policy in policies:
        findings = slice(offset, offset + len(policy.rules))
        offset += len(policy.rules)
        declared = [worst(finding.verdict for finding in case.findings[findings]) for case in cases]
        outcomes.append(_outcome(policy, (DECLARED, "as declared", ""), cases, declared, declared))
        for reading in policy.readings:
            read = [_read(reading.rules, case, as_of) for case in cases]
            named = (reading.id, reading.title, reading.note)
            outcomes.append(_outcome(policy, named, cases, read, declared))
    return tuple(outcomes)


def uncleared_elsewhere(outcomes: Iterable[ReadingOutcome]) -> dict[str, int]:
    """Return, by policy, the units that it clears as declared and that at least one other reading would not clear."""
    units: dict[str, dict[str, int]] = {}
    for outcome in outcomes:
        lost = units.setdefault(outcome.policy, {})
        lost |= {
            change.case: change.units
            for change in outcome.changes
            if change.declared is Verdict.CONFORMING and change.verdict not in _CLEAR
        }
    return {policy: sum(lost.values()) for policy, lost in units.items()}


_CLEAR = frozenset({Verdict.CONFORMING, Verdict.OUT_OF_SCOPE})


def _read(rules: Sequence[Rule], case: Case, as_of: date) -> Verdict:
    found = ((rule.id, verdict_under(rule, case.facts, as_of)) for rule in rules)
    return worst(
        Verdict.WAIVED if any(waives(one, rule, verdict) for one in case.waivers) else verdict
        for rule, verdict in found
    )


def _outcome(
    policy: Policy,
    named: tuple[str, str, str],
    cases: Sequence[Case],
    read: Sequence[Verdict],
    declared: Sequence[Verdict],
) -> ReadingOutcome:
    reading, title, note = named
    changes = tuple(
        Change(case.id, before, after, case.lines, case.units)
        for case, before, after in zip(cases, declared, read, strict=True)
        if before is not after and case.lines
    )
    lost = (one for one in changes if one.declared is Verdict.CONFORMING and one.verdict not in _CLEAR)
    return ReadingOutcome(
        policy=policy.id,
        reading=reading,
        title=title,
        note=note,
        declared=reading == DECLARED,
        by_verdict=count_by(Verdict, zip(cases, read, strict=True)),
        changed_units=sum(change.units for change in changes),
        hashrates=_hashrates(cases, read),
        sites=_sites(cases, read),
        changes=changes,
        uncleared_units=sum(change.units for change in lost),
    )


def _hashrates(cases: Sequence[Case], read: Sequence[Verdict]) -> dict[Verdict, tuple[Hashrate, ...]]:
    return {
        verdict: added(
            rate for case, one in zip(cases, read, strict=True) if one is verdict for rate in case.hashrates
        )
        for verdict in Verdict
    }


def _sites(cases: Sequence[Case], read: Sequence[Verdict]) -> dict[str, dict[Verdict, Count]]:
    found: dict[str, dict[Verdict, Count]] = {}
    for case, verdict in zip(cases, read, strict=True):
        for site, count in case.by_site.items():
            if site not in found:
                found[site] = {each: Count(0, 0) for each in Verdict}
            counts = found[site]
            known = counts[verdict]
            counts[verdict] = Count(known.lines + count.lines, known.units + count.units)
    return dict(sorted(found.items()))
